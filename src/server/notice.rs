//! What the server itself says to patients: one kind sentence, in the conversation's language.

mod person;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::language::Lang;

pub use person::{Back, Promise, came, handoff, is_here, left};

/// Why something was refused. The names on the wire are in snake case.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Not a frame of the protocol.
    BadFrame,
    /// A message without words.
    Empty,
    /// A message or a frame that is too long.
    TooLong,
    /// Too many in a short time.
    RateLimited,
    /// Credentials that this server does not know.
    Unauthorized,
    /// A wrong token, another's conversation, or a page that may not connect.
    Forbidden,
    /// A conversation that never was, was erased, or is past its retention.
    UnknownConversation,
    /// More conversations than this connection may hold.
    TooManyConversations,
    /// The server has too much to do.
    Busy,
    /// The server's own fault.
    Internal,
}

impl Code {
    /// All of them, in the order of the protocol.
    pub const ALL: [Code; 10] = [
        Code::BadFrame,
        Code::Empty,
        Code::TooLong,
        Code::RateLimited,
        Code::Unauthorized,
        Code::Forbidden,
        Code::UnknownConversation,
        Code::TooManyConversations,
        Code::Busy,
        Code::Internal,
    ];

    /// The status of an HTTP answer.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Code::BadFrame | Code::Empty => StatusCode::BAD_REQUEST,
            Code::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            Code::Unauthorized => StatusCode::UNAUTHORIZED,
            Code::Forbidden => StatusCode::FORBIDDEN,
            Code::UnknownConversation => StatusCode::NOT_FOUND,
            Code::TooManyConversations => StatusCode::CONFLICT,
            Code::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Whether it was the client's doing. Such errors count towards flooding.
    #[must_use]
    pub const fn is_clients(self) -> bool {
        !matches!(self, Code::Busy | Code::Internal)
    }

    /// What the patient reads.
    #[must_use]
    pub const fn sentence(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Code::BadFrame, Lang::Ar) => "تعذّرت قراءة هذه الرسالة؛ يُرجى تحديث الصفحة ثم إرسالها من جديد.",
            (Code::BadFrame, Lang::Fa) => "این پیام خوانده نشد؛ لطفاً صفحه را تازه کنید و دوباره بفرستید.",
            (Code::Empty, Lang::Ar) => "الرسالة فارغة؛ يُرجى كتابة السؤال أولًا.",
            (Code::Empty, Lang::Fa) => "پیام خالی است؛ لطفاً پرسش خود را بنویسید.",
            (Code::TooLong, Lang::Ar) => "الرسالة طويلة جدًا؛ يُرجى اختصارها وإرسالها من جديد.",
            (Code::TooLong, Lang::Fa) => "پیام خیلی طولانی است؛ لطفاً آن را کوتاه‌تر کنید و دوباره بفرستید.",
            (Code::RateLimited, Lang::Ar) => {
                "وصلت رسائل كثيرة في وقت قصير؛ يُرجى الانتظار قليلًا ثم الإرسال من جديد."
            }
            (Code::RateLimited, Lang::Fa) => {
                "در زمان کوتاهی پیام‌های زیادی رسید؛ لطفاً کمی صبر کنید و دوباره بفرستید."
            }
            (Code::Unauthorized, Lang::Ar) => "لم يتعرّف الخادم على بيانات الدخول هذه.",
            (Code::Unauthorized, Lang::Fa) => "سرور این مشخصات ورود را نمی‌شناسد.",
            (Code::Forbidden, Lang::Ar) => "لا يمكن فتح هذه المحادثة من هنا؛ يمكن بدء محادثة جديدة.",
            (Code::Forbidden, Lang::Fa) => {
                "این گفت‌وگو از اینجا باز نمی‌شود؛ می‌توانید گفت‌وگوی تازه‌ای را شروع کنید."
            }
            (Code::UnknownConversation, Lang::Ar) => "لم تعد هذه المحادثة موجودة؛ يمكن بدء محادثة جديدة.",
            (Code::UnknownConversation, Lang::Fa) => {
                "این گفت‌وگو دیگر وجود ندارد؛ می‌توانید گفت‌وگوی تازه‌ای را شروع کنید."
            }
            (Code::TooManyConversations, Lang::Ar) => "لا يتسع هذا الاتصال إلا لمحادثة واحدة.",
            (Code::TooManyConversations, Lang::Fa) => "در هر اتصال فقط یک گفت‌وگو می‌تواند باز باشد.",
            (Code::Busy, Lang::Ar) => "الخدمة مشغولة الآن؛ يُرجى المحاولة مرة أخرى بعد قليل.",
            (Code::Busy, Lang::Fa) => "سامانه اکنون شلوغ است؛ لطفاً کمی بعد دوباره امتحان کنید.",
            (Code::Internal, Lang::Ar) => "حدث خطأ لدينا ولم تُحفظ الرسالة؛ نعتذر، ويُرجى إرسالها من جديد.",
            (Code::Internal, Lang::Fa) => {
                "خطایی از سوی ما رخ داد و پیام ثبت نشد؛ پوزش می‌خواهیم، لطفاً دوباره بفرستید."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_code_has_its_own_sentence_in_both_languages() {
        let sentences: HashSet<&str> =
            Code::ALL.into_iter().flat_map(|code| Lang::ALL.map(|lang| code.sentence(lang))).collect();
        assert_eq!(sentences.len(), 20);
        assert!(sentences.iter().all(|sentence| sentence.ends_with('.') && sentence.len() > 30));
    }
}
