//! Labelled questions through the engine, in process.

use std::time::Instant;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::judge::{Why, judge};
use super::lines::ReadError;
use super::questions::Question;
use crate::dialogue::{Context, Message, Reply};

/// A question, the reply to its last turn, and the judgement.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What was asked.
    pub question: Question,
    /// What came back to the last turn.
    pub reply: Reply,
    /// Why it does not pass; `None` if it does.
    pub why: Option<Why>,
    /// Milliseconds that the last reply took.
    pub ms: f64,
}

impl Judged {
    /// Whether the reply passes.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.why.is_none()
    }
}

/// As one object of the results file: `item` (the line as read), `ok`, `why`, `ms`, `reply`.
impl Serialize for Judged {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Judged", 5)?;
        object.serialize_field("item", &self.question.object)?;
        object.serialize_field("ok", &self.passed())?;
        object.serialize_field("why", &self.why.as_ref().map_or_else(String::new, Why::to_string))?;
        object.serialize_field("ms", &self.ms)?;
        object.serialize_field("reply", &self.reply)?;
        object.end()
    }
}

/// Asks every question in a conversation of its own and judges the replies. `reply` is the engine.
///
/// # Errors
/// A pattern that takes too long, with its place.
pub fn run(
    questions: Vec<Question>,
    reply: impl Fn(&Context, &Message) -> Reply,
) -> Result<Vec<Judged>, ReadError> {
    questions.into_iter().map(|question| ask(question, &reply)).collect()
}

fn ask(question: Question, reply: &impl Fn(&Context, &Message) -> Reply) -> Result<Judged, ReadError> {
    let mut context = Context::default();
    let mut last = None;
    for turn in &question.turns {
        let message = Message::new(turn.as_str());
        let began = Instant::now();
        let said = reply(&context, &message);
        let ms = began.elapsed().as_secs_f64() * 1000.0;
        context = said.context.clone();
        last = Some((said, ms));
    }
    let Some((reply, ms)) = last else {
        return Err(ReadError::line(&question.place, "turns is empty. Give the patient's messages"));
    };
    let why =
        judge(&question, &reply).map_err(|error| ReadError::line(&question.place, error.to_string()))?;
    Ok(Judged { question, reply, why, ms })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::Outcome;
    use crate::evaluation::judge::tests::{question, reply};
    use crate::language::Lang;

    #[test]
    fn turns_share_a_conversation_and_questions_do_not() {
        let mut two_turns = question("followup", "ar", "");
        two_turns.turns = vec!["الشعر".into(), "كم جلسة".into()];
        let engine = |context: &Context, message: &Message| {
            let mut said = reply(Outcome::Answer, Lang::Ar, &context.subjects.join(","), &["s"]);
            said.context.subjects = context.subjects.iter().cloned().chain([message.text.clone()]).collect();
            said
        };
        let judged = run(vec![two_turns, question("answer", "ar", "")], engine).unwrap();
        let texts: Vec<&str> = judged.iter().map(|j| j.reply.text.as_str()).collect();
        assert_eq!(texts, ["الشعر", ""]);
        assert!(judged.iter().all(Judged::passed));
    }

    #[test]
    fn results_are_objects() {
        let engine = |_: &Context, _: &Message| reply(Outcome::NoAnswer, Lang::Ar, "", &[]);
        let judged = run(vec![question("answer", "ar", "")], engine).unwrap();
        let object = serde_json::to_value(&judged[0]).unwrap();
        assert_eq!((&object["ok"], &object["why"]), (&false.into(), &"outcome no_answer".into()));
        assert_eq!(
            (&object["item"]["id"], &object["reply"]["outcome"]),
            (&"q-answer-ar".into(), &"no_answer".into())
        );
    }
}
