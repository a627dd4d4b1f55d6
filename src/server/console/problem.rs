//! What the console's API says when it refuses: problem details (RFC 9457), with a code that programs can rely on.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::store::{ReadError, WriteError};

/// When to try again what failed for want of room.
const BUSY_RETRY_MS: u64 = 1000;

/// One problem of a text or a file, in the words of `mujib check`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fault {
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub mend: String,
    /// The field that it is about, as in `ar.answer`.
    pub field: Option<String>,
    /// The file that it is in.
    pub file: Option<String>,
    /// Its line, from 1.
    pub line: Option<usize>,
}

/// Why a request was refused, as `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Details {
    /// Names the kind of problem: `urn:mujib:` and the code.
    pub r#type: String,
    /// The code in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened here, in English, and what to do.
    pub detail: String,
    /// A stable word for programs, as in `changed_meanwhile`.
    pub code: &'static str,
    /// What is wrong with the content, if that is why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub problems: Vec<Fault>,
    /// What is wrong with single fields of the request, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(required = false)]
    pub fields: BTreeMap<String, String>,
    /// When it is worth trying again, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
    /// How the thing is now, if somebody else changed it meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Value>,
}

/// A refusal. Small where it is passed on; give it back from a handler as the error.
#[derive(Debug)]
pub struct Problem(Box<Details>);

impl Problem {
    /// A refusal with `status`; `code` is one word in snake case, `detail` a sentence for people.
    #[must_use]
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        let mut title = code.replace('_', " ");
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Self(Box::new(Details {
            r#type: format!("urn:mujib:{code}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            code,
            problems: Vec::new(),
            fields: BTreeMap::new(),
            retry_after_ms: None,
            current: None,
        }))
    }

    /// 400 `bad_request`: the request cannot be read.
    #[must_use]
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", detail)
    }

    /// 404 `not_found`.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is no such thing, or it is gone.")
    }

    /// 409 with `code`: it cannot be done as things are.
    #[must_use]
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// 422 `invalid`: a field of the request is not as it must be.
    #[must_use]
    pub fn invalid(field: &str, expected: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Correct the fields that are named.")
            .field(field, expected)
    }

    /// 500 `internal`. The cause belongs into the log, said once by whoever met it.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something failed in the server; its log says what. Try again.",
        )
    }

    /// 503 `busy`: try again soon.
    #[must_use]
    pub fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "The server is busy. Try again in a moment.")
            .retry_after(BUSY_RETRY_MS)
    }

    /// With what is wrong with one more field.
    #[must_use]
    pub fn field(mut self, field: &str, expected: impl Into<String>) -> Self {
        self.0.fields.insert(field.to_owned(), expected.into());
        self
    }

    /// With what is wrong with the content.
    #[must_use]
    pub fn faults(mut self, faults: Vec<Fault>) -> Self {
        self.0.problems = faults;
        self
    }

    /// With a time to wait.
    #[must_use]
    pub fn retry_after(mut self, ms: u64) -> Self {
        self.0.retry_after_ms = Some(ms);
        self
    }

    /// With the present state of what was to be changed.
    #[must_use]
    pub fn current(mut self, current: Value) -> Self {
        self.0.current = Some(current);
        self
    }

    /// What happened, in English.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The stable word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code
    }
}

impl From<WriteError> for Problem {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Busy | WriteError::Closed => Self::busy(),
            WriteError::Refused => Self::internal(),
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        if matches!(error, ReadError::Closed) {
            return Self::busy();
        }
        tracing::error!(%error, "the console could not read");
        Self::internal()
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        // SQLite names tables and columns, never values.
        tracing::error!(%error, "the database refused what the console asked");
        Self::internal()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // Strings and numbers always serialize.
        let json = serde_json::to_string(&self.0).unwrap_or_default();
        let mut response =
            (status, [(header::CONTENT_TYPE, "application/problem+json")], json).into_response();
        if let Some(ms) = self.0.retry_after_ms {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(ms.div_ceil(1000)));
        }
        response
    }
}
