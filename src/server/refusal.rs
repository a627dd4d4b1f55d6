//! Why a client is refused: what the server's errors mean to it.

use super::conversation::Ended;
use super::hub::HubError;
use super::limits::RetryAfterMs;
use super::notice::Code;
use super::wire;
use crate::language::Lang;
use crate::store::{self, WriteError};

/// When a client should try again that found the server busy.
pub(super) const BUSY_RETRY_MS: RetryAfterMs = 1000;

/// What was refused, before it is put into the patient's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub code: Code,
    /// When it is worth trying again.
    pub retry_after_ms: Option<RetryAfterMs>,
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        let retry_after_ms = matches!(code, Code::Busy | Code::Internal).then_some(BUSY_RETRY_MS);
        Self { code, retry_after_ms }
    }
}

impl From<WriteError> for Refusal {
    fn from(error: WriteError) -> Self {
        match error {
            // A store that is closed belongs to a server that stops: another one may be there soon.
            WriteError::Busy | WriteError::Closed => Code::Busy.into(),
            WriteError::Refused => Code::Internal.into(),
        }
    }
}

impl From<store::ReadError> for Refusal {
    fn from(error: store::ReadError) -> Self {
        tracing::error!(%error, "a conversation could not be read");
        Code::Internal.into()
    }
}

impl From<HubError> for Refusal {
    fn from(error: HubError) -> Self {
        match error {
            HubError::Write(error) => error.into(),
            HubError::Read(error) => error.into(),
        }
    }
}

impl From<Ended> for Refusal {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Forgotten => Code::UnknownConversation.into(),
            Ended::Failed | Ended::Panicked => Code::Internal.into(),
        }
    }
}

impl Refusal {
    /// Too many; `retry_after_ms` says when there is room again.
    #[must_use]
    pub fn limited(retry_after_ms: RetryAfterMs) -> Self {
        Self { code: Code::RateLimited, retry_after_ms: Some(retry_after_ms) }
    }

    /// The frame, in `lang`.
    #[must_use]
    pub fn frame(&self, lang: Lang, in_reply_to: Option<String>) -> wire::Error {
        wire::Error::new(self.code, lang, in_reply_to, self.retry_after_ms)
    }
}
