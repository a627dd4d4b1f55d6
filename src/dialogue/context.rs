//! What a conversation carries from one message to the next.

use super::heard::Heard;
use super::understand::Understanding;
use super::{Context, Message, Outcome, Reply};
use crate::knowledge::Knowledge;
use crate::safety::Screening;

/// How many subjects, things and groups a context keeps, the newest first.
const KEPT: usize = 4;

/// Words that pick the n-th of what was offered.
const ORDINALS: [(&str, usize); 22] = [
    ("اول", 0),
    ("الاول", 0),
    ("اولی", 0),
    ("الاولی", 0),
    ("اولیش", 0),
    ("نعم", 0),
    ("بله", 0),
    ("اره", 0),
    ("ایوه", 0),
    ("ای", 0),
    ("دوم", 1),
    ("دومی", 1),
    ("ثانی", 1),
    ("الثانی", 1),
    ("الثانیه", 1),
    ("دومیش", 1),
    ("سوم", 2),
    ("سومی", 2),
    ("الثالث", 2),
    ("الثالثه", 2),
    ("چهارمی", 3),
    ("الرابع", 3),
];

/// Words that may stand beside those: "the second question, please".
const BESIDE_ORDINALS: [&str; 18] = [
    "السوال",
    "سوال",
    "رقم",
    "شماره",
    "گزینه",
    "مورد",
    "الخیار",
    "خیار",
    "رو",
    "را",
    "لطفا",
    "عن",
    "یکی",
    "همون",
    "همان",
    "هذا",
    "ب",
    "و",
];

/// The message that an answer to a `clarify` stands for: "the second one" becomes the second question
/// that was offered. `None` for any other message, which stays as it is.
#[must_use]
pub fn chosen(knowledge: &Knowledge, context: &Context, heard: &Heard) -> Option<Message> {
    let Heard { message, tokens, detection } = heard;
    if context.offered.is_empty() || tokens.is_empty() || tokens.len() > 3 {
        return None;
    }
    let ordinal = |text: &str| {
        let number = text.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        number.or_else(|| ORDINALS.iter().find(|(word, _)| *word == text).map(|(_, at)| *at))
    };
    // «زي الأول» picks nothing: beside the ordinal only what points at it may stand.
    let points = |text: &str| ordinal(text).is_some() || BESIDE_ORDINALS.contains(&text);
    if !tokens.iter().all(|t| points(&t.text)) {
        return None;
    }
    let place = tokens.iter().find_map(|t| ordinal(&t.text))?;
    // "Yes" picks only where one thing was asked back; digits and ordinals pick anywhere.
    let affirms =
        tokens.len() == 1 && matches!(tokens[0].text.as_str(), "نعم" | "بله" | "اره" | "ایوه" | "ای");
    if affirms && context.outcome != Some(Outcome::Clarify) {
        return None;
    }
    let lang = context.lang.or(detection.lang).or(message.locale)?;
    let pair = knowledge.pair(context.offered.get(place)?)?;
    Some(Message { text: pair.wording(lang).question.clone(), locale: Some(lang) })
}

/// Writes into the reply's context what the next message may lean on.
pub fn carry(reply: &mut Reply, knowledge: &Knowledge, understanding: &Understanding, screening: &Screening) {
    let query = understanding.completed.as_ref().unwrap_or(&understanding.query);
    let context = &mut reply.context;
    for group in &screening.groups {
        if !context.groups.contains(group) {
            context.groups.insert(0, group.clone());
        }
    }
    context.groups.truncate(KEPT * 2);
    context.offered = reply.suggestions.iter().map(|s| s.pair.clone()).collect();
    // Small talk does not change the subject.
    if reply.outcome == Outcome::Smalltalk {
        return;
    }
    let named = !query.subjects.is_empty() || !query.things.is_empty();
    if named {
        context.subjects = query.subjects.clone();
        context.things = query.things.clone();
    }
    context.asks = query.asks.first().map(|a| a.name().to_owned());
    match reply.pair.as_deref().and_then(|id| knowledge.pair(id)) {
        Some(pair) => {
            for subject in &pair.subject {
                if !context.subjects.contains(subject) {
                    context.subjects.push(subject.clone());
                }
            }
            context.asks.get_or_insert_with(|| pair.asks.name().to_owned());
            context.pair = Some(pair.id.clone());
        }
        None if named => context.pair = None,
        None => {}
    }
    context.subjects.truncate(KEPT);
    context.things.truncate(KEPT);
}
