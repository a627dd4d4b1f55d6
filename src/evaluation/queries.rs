//! Labelled questions as queries for other systems, each with the pairs that would be right.

use super::foreign::ForeignQuery;
use super::judge::judge;
use super::lines::ReadError;
use super::questions::{Kind, Question};
use crate::dialogue::{Engine, Reply};
use crate::language::Lang;

/// Queries made of labelled questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queries {
    /// The queries, in the order of the questions; gold are the pairs whose answer alone passes, none for a question
    /// that the documents do not answer.
    pub queries: Vec<ForeignQuery>,
    /// Questions left out, because a search cannot answer them: earlier turns, red flags, small talk.
    pub others: usize,
    /// Questions left out, because they want an answer and no pair's alone passes.
    pub without_pair: usize,
}

/// The questions of one turn that want an answer or a refusal, as queries against the knowledge of `engine`.
///
/// # Errors
/// A pattern that takes too long, with its place.
pub fn queries(engine: &Engine, questions: &[Question]) -> Result<Queries, ReadError> {
    let answers: [Vec<Reply>; 2] = Lang::ALL.map(|lang| {
        engine.knowledge().pairs.iter().filter_map(|pair| engine.answer_of(&pair.id, lang)).collect()
    });
    let mut out = Queries::default();
    for question in questions {
        let lang = Lang::ALL.into_iter().find(|lang| lang.code() == question.lang);
        let (Some(lang), [text], Kind::Answer | Kind::Refuse) =
            (lang, question.turns.as_slice(), question.kind)
        else {
            out.others += 1;
            continue;
        };
        let gold = match question.kind {
            Kind::Answer => passing(question, &answers[lang as usize])?,
            _ => Vec::new(),
        };
        if question.kind == Kind::Answer && gold.is_empty() {
            out.without_pair += 1;
        } else {
            out.queries.push(ForeignQuery { id: question.id.clone(), lang, text: text.clone(), gold });
        }
    }
    Ok(out)
}

/// The pairs whose answer alone passes.
fn passing(question: &Question, answers: &[Reply]) -> Result<Vec<String>, ReadError> {
    let mut gold = Vec::new();
    for reply in answers {
        let why =
            judge(question, reply).map_err(|error| ReadError::line(&question.place, error.to_string()))?;
        gold.extend(reply.pair.clone().filter(|_| why.is_none()));
    }
    Ok(gold)
}
