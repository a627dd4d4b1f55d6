//! Other ways to type the same question: another keyboard, a careless thumb, a copied PDF, a polite patient.
//! Deterministic: the same question is always respelled the same.

mod latin;
mod letters;
mod marks;
mod polite;
mod words;

use std::fmt;

use super::draw::Draw;
use super::questions::{Kind, Question};
use crate::language::Lang;

/// One way to type a question otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Spelling {
    /// ی for ي and ک for ك, and the reverse.
    Keyboard,
    /// ZWNJ left out or a space.
    Zwnj,
    /// Digits of another set.
    Digits,
    /// Hamza and madda left out.
    Hamza,
    /// One typing error in the last message.
    Typo,
    /// One space of the last message missing.
    Space,
    /// Words drawn out with tatweel.
    Tatweel,
    /// Vowel marks on every word.
    Harakat,
    /// Presentation forms, as copied from old PDF files.
    Forms,
    /// Vowels repeated for stress.
    Stretched,
    /// Arabizi or Finglish.
    Latin,
    /// A greeting before and thanks after the last message.
    Polite,
}

impl Spelling {
    /// All of them, in the order of every table.
    pub const ALL: [Spelling; 12] = [
        Spelling::Keyboard,
        Spelling::Zwnj,
        Spelling::Digits,
        Spelling::Hamza,
        Spelling::Typo,
        Spelling::Space,
        Spelling::Tatweel,
        Spelling::Harakat,
        Spelling::Forms,
        Spelling::Stretched,
        Spelling::Latin,
        Spelling::Polite,
    ];

    /// The name in tables and flags.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Spelling::Keyboard => "keyboard",
            Spelling::Zwnj => "zwnj",
            Spelling::Digits => "digits",
            Spelling::Hamza => "hamza",
            Spelling::Typo => "typo",
            Spelling::Space => "space",
            Spelling::Tatweel => "tatweel",
            Spelling::Harakat => "harakat",
            Spelling::Forms => "forms",
            Spelling::Stretched => "stretched",
            Spelling::Latin => "latin",
            Spelling::Polite => "polite",
        }
    }

    /// The spelling whose [`name`](Spelling::name) is `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Spelling> {
        Spelling::ALL.into_iter().find(|spelling| spelling.name() == name)
    }

    /// `text`, a message in `lang`, spelled like this; the same text where this spelling changes nothing in it.
    #[must_use]
    pub fn apply(self, text: &str, lang: Lang, draw: &mut Draw) -> String {
        match self {
            Spelling::Keyboard => letters::other_keyboard(text),
            Spelling::Zwnj => words::zwnj_lost(text, draw),
            Spelling::Digits => letters::other_digits(text, draw),
            Spelling::Hamza => letters::hamza_lost(text),
            Spelling::Typo => words::typo(text, draw),
            Spelling::Space => words::missing_space(text, draw),
            Spelling::Tatweel => marks::tatweel(text, draw),
            Spelling::Harakat => marks::harakat(text, draw),
            Spelling::Forms => marks::presentation_forms(text),
            Spelling::Stretched => marks::stretched(text, draw),
            Spelling::Latin => latin::latin_letters(text, lang),
            Spelling::Polite => polite::polite(text, lang, draw),
        }
    }

    /// The question with its messages spelled like this, drawn by its id. `None` where nothing in it changes, where
    /// it is in another language, or where a frame would be put around small talk, which is one itself.
    #[must_use]
    pub fn respell(self, question: &Question) -> Option<Question> {
        let lang = Lang::from_code(&question.lang).filter(|_| !question.any_lang)?;
        if self == Spelling::Polite && question.kind == Kind::Smalltalk {
            return None;
        }
        let mut draw = Draw::named(&format!("{}/{}", question.id, self.name()));
        let mut turns = question.turns.clone();
        // One error is one error: in the message that is judged.
        let first = match self {
            Spelling::Typo | Spelling::Space | Spelling::Polite => turns.len().saturating_sub(1),
            _ => 0,
        };
        for turn in turns.iter_mut().skip(first) {
            *turn = self.apply(turn, lang, &mut draw);
        }
        if turns == question.turns {
            return None;
        }
        let mut object = question.object.clone();
        if let Some(members) = object.as_object_mut() {
            members.insert("turns".to_owned(), turns.clone().into());
            members.insert("spelling".to_owned(), self.name().into());
        }
        Some(Question { turns, object, ..question.clone() })
    }
}

impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::judge::tests::question;

    fn asked(kind: &str, lang: &str, turns: &[&str]) -> Question {
        Question { turns: turns.iter().map(|t| (*t).to_owned()).collect(), ..question(kind, lang, "") }
    }

    #[test]
    fn names() {
        for spelling in Spelling::ALL {
            assert_eq!(Spelling::from_name(spelling.name()), Some(spelling));
        }
        assert_eq!(Spelling::from_name("plain"), None);
    }

    #[test]
    fn every_spelling_of_one_question() {
        for (lang, turn) in [("ar", "هل أحتاج إلى ٣ جلسات؟"), ("fa", "آیا می\u{200c}شود ۳ جلسه گرفتم؟")]
        {
            let question = asked("answer", lang, &[turn]);
            for spelling in Spelling::ALL {
                let respelled = spelling.respell(&question);
                assert_eq!(respelled.is_some(), lang == "fa" || spelling != Spelling::Zwnj, "{spelling}");
                let Some(respelled) = respelled else { continue };
                assert_ne!(respelled.turns, question.turns);
                assert_eq!(respelled.object["turns"][0], respelled.turns[0].as_str());
                assert_eq!(respelled.object["spelling"], spelling.name());
                assert_eq!(spelling.respell(&question).map(|q| q.turns), Some(respelled.turns));
            }
        }
    }

    #[test]
    fn what_does_not_apply() {
        let none = |spelling: Spelling, question: &Question| {
            assert!(spelling.respell(question).is_none(), "{spelling}");
        };
        none(Spelling::Digits, &asked("answer", "ar", &["كم جلسة"]));
        none(Spelling::Latin, &asked("answer", "fa", &["chand jalase"]));
        none(Spelling::Polite, &asked("smalltalk", "fa", &["سلام"]));
        let open = Question { any_lang: true, ..asked("refuse", "ar", &["بكم هذا"]) };
        Spelling::ALL.iter().for_each(|spelling| none(*spelling, &open));
    }

    #[test]
    fn one_error_is_in_the_message_that_is_judged() {
        let question = asked("followup", "ar", &["كم جلسة أحتاج لبشرتي؟", "وبعد الجلسات متى أستفيد؟"]);
        for spelling in Spelling::ALL {
            let Some(respelled) = spelling.respell(&question) else { continue };
            let only_last = matches!(spelling, Spelling::Typo | Spelling::Space | Spelling::Polite);
            assert_eq!(respelled.turns[0] == question.turns[0], only_last, "{spelling}");
        }
    }
}
