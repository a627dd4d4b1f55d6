//! Questions that lean on the conversation: what a message lacks («وللشعر؟», «چند جلسه؟», «امتی؟»), and whether what
//! was spoken of completes it. A message that is complete by itself is never bent.

use super::Context;
use crate::knowledge::Asks;
use crate::search::matcher::Matcher;
use crate::search::query::Query;
use crate::search::{Class, ClassKind, Hint, Ranking};

/// Concepts so general that naming one alone does not say what a message is about.
const GENERAL: [&str; 14] = [
    "session",
    "result",
    "benefit",
    "treatment",
    "injection",
    "doctor",
    "clinic",
    "substance",
    "needle",
    "medicine",
    "number",
    "time",
    "allowed",
    "improvement",
];

/// A message of more content terms than this is complete by itself.
const LEANING_TERMS: usize = 4;
/// What a term taken over from the conversation counts.
const CARRIED: f32 = 0.75;
/// Score that the completed question may lose against the message alone.
const LEANING_LOSS: f32 = 4.0;

/// The question with what the conversation adds, and its candidates, where that is the better reading of the message
/// than `alone`; `None` where it is not.
#[must_use]
pub fn completed(
    matcher: &Matcher,
    query: &Query,
    alone: &Ranking,
    context: &Context,
) -> Option<(Query, Ranking)> {
    if !leans(query, context) {
        return None;
    }
    let fuller = complete(matcher, query, context);
    let mut together = matcher.rank(&fuller, &hint(matcher, query, context));
    drop_unnamed(&mut together, !leaves_topic_open(query, context));
    let kept = is_bare(query) && keep_to_topic(matcher, &mut together, context);
    (kept || takes_over(query, alone, &together)).then_some((fuller, together))
}

/// Whether a message may need the conversation: it is short, and lacks what it is about or what it wants.
fn leans(query: &Query, context: &Context) -> bool {
    if context.pair.is_none() && context.things.is_empty() && context.subjects.is_empty() {
        return false;
    }
    let open = leaves_topic_open(query, context);
    query.terms.len() <= LEANING_TERMS && (open || lacks_asks(query) || lacks_subject(query, context))
}

/// Whether it leaves open what it wants: no question word, or the «how» and «what» of "what about hair?".
fn lacks_asks(query: &Query) -> bool {
    let frame_only = query.asks.iter().all(|a| matches!(a, Asks::How | Asks::What));
    query.asks.is_empty() || (frame_only && query.terms.len() <= 2 && names_something(query))
}

/// Whether it names a thing that is not general, or a subject besides the treatment.
pub(super) fn names_something(query: &Query) -> bool {
    query.things.iter().any(|t| !GENERAL.contains(&t.as_str()))
        || !query.outside.is_empty()
        || query.subjects.iter().any(|s| !GENERAL.contains(&s.as_str()))
}

/// Parts of the body where whatever was spoken of may be.
const PLACES: [&str; 4] = ["face", "skin", "body", "scalp"];

/// Whether it leaves open what it is about: it names nothing, or only where («نشانه‌های پوستی‌اش چیست؟») in a
/// conversation that is not about some other place.
fn leaves_topic_open(query: &Query, context: &Context) -> bool {
    let only_where = || {
        let place = |s: &String| GENERAL.contains(&s.as_str()) || PLACES.contains(&s.as_str());
        query.outside.is_empty()
            && query.things.iter().all(|t| GENERAL.contains(&t.as_str()))
            && query.subjects.iter().all(place)
            && context.subjects.iter().all(|s| GENERAL.contains(&s.as_str()))
            && !lacks_asks(query)
    };
    !names_something(query) || only_where()
}

/// Whether the conversation is about something special (hair, PRP …) that the message does not name.
fn lacks_subject(query: &Query, context: &Context) -> bool {
    let own = |list: &[String]| list.iter().any(|s| !GENERAL.contains(&s.as_str()));
    own(&context.subjects) && !own(&query.subjects)
}

/// The question with the conversation's terms for what it lacks.
fn complete(matcher: &Matcher, query: &Query, context: &Context) -> Query {
    let mut fuller = query.clone();
    let mut add = |id: &str| {
        let term = matcher.term(id, CARRIED).filter(|t| fuller.terms.iter().all(|own| own.key != t.key));
        let added = term.is_some();
        fuller.terms.extend(term);
        added
    };
    let mut subjects = Vec::new();
    let mut things = Vec::new();
    if !query.subjects.iter().any(|s| !GENERAL.contains(&s.as_str())) {
        subjects.extend(context.subjects.iter().filter(|s| !GENERAL.contains(&s.as_str())).take(1).cloned());
    }
    if leaves_topic_open(query, context) {
        things.extend(context.things.iter().filter(|t| !GENERAL.contains(&t.as_str())).take(2).cloned());
    }
    subjects.retain(|s| add(s));
    things.retain(|t| add(t));
    if lacks_asks(query)
        && let Some(asks) = context.asks.as_deref().and_then(Asks::from_name)
    {
        add(asks.name());
        if !fuller.asks.is_empty() {
            // "What about hair?": the frame's words ask for nothing, only its concepts count.
            let frame: Vec<String> = fuller.asks.iter().map(|a| format!("c:{}", a.name())).collect();
            fuller.terms.retain(|t| !frame.contains(&t.name));
            fuller.words.clear();
        }
        fuller.asks = vec![asks];
    }
    fuller.subjects.extend(subjects);
    fuller.things.extend(things);
    fuller
}

/// What lifts a pair that belongs to the last answer and has what the message wants.
const RELATED: f32 = 1.0;

/// What lifts a pair of the same special subject.
const SAME_SUBJECT: f32 = 0.4;

/// Pairs near the last answer: those related to it that answer what the message wants, and those of the
/// same special subject where the message names none.
fn hint(matcher: &Matcher, query: &Query, context: &Context) -> Hint {
    let last = context.pair.as_deref().and_then(|id| matcher.class(ClassKind::Pair, id));
    let Some(last) = last.filter(|_| leaves_topic_open(query, context)) else { return Hint::default() };
    let special = last.subject.iter().any(|s| !GENERAL.contains(&s.as_str()));
    let lift = |class: &Class| {
        if class.kind != ClassKind::Pair || class.id == last.id {
            return None;
        }
        let wants = |asks| query.asks.iter().any(|want| *want == asks || lasts(*want, asks));
        if class.asks.is_some_and(wants) && last.related.contains(&class.id) {
            return Some(RELATED);
        }
        (special && class.subject == last.subject).then_some(SAME_SUBJECT)
    };
    let lifted = matcher.classes().iter().enumerate().filter_map(|(at, class)| Some((at, lift(class)?)));
    Hint { lifted: lifted.collect() }
}

/// Whether one asks when something ends and the other how long it lasts.
fn lasts(want: Asks, asks: Asks) -> bool {
    matches!((want, asks), (Asks::When, Asks::HowLong) | (Asks::HowLong, Asks::When))
}

/// Drops what a message that leans on the conversation cannot mean: kinds of outside questions that it names nothing
/// of («چند وقت می‌مونه؟» after the bruises asks of them, not of the result), where a pair that belongs to the last
/// answer has what it wants; and small talk, where it names a thing («سیگار چی؟»).
fn drop_unnamed(ranked: &mut Ranking, named: bool) {
    let wanted = ranked.candidates.iter().any(|c| c.kind == ClassKind::Pair && c.features.context >= RELATED);
    ranked.candidates.retain(|c| match c.kind {
        ClassKind::Outside => named || !wanted,
        ClassKind::Smalltalk => !named,
        ClassKind::Pair => true,
    });
}

/// Question words that mean nothing without what was spoken of before.
const BARE: [Asks; 5] = [Asks::When, Asks::Why, Asks::Where, Asks::How, Asks::What];

/// Whether a message is such question words and nothing else.
fn is_bare(query: &Query) -> bool {
    !query.asks.is_empty()
        && query.asks.iter().all(|asks| BARE.contains(asks))
        && query.terms.len() == query.asks.len()
        && query.things.is_empty()
        && query.subjects.is_empty()
}

/// Keeps a bare question («امتی؟», «چرا؟») to the last answer and what is near it: after who invented it, "when" does
/// not ask when results show. Whether there was a last answer to keep to.
fn keep_to_topic(matcher: &Matcher, ranked: &mut Ranking, context: &Context) -> bool {
    let last = context.pair.as_deref().and_then(|id| matcher.class(ClassKind::Pair, id));
    let Some(last) = last else { return false };
    let special = last.subject.iter().any(|s| !GENERAL.contains(&s.as_str()));
    ranked.candidates.retain(|candidate| {
        let Some(class) = matcher.class(candidate.kind, &candidate.id) else { return false };
        let same = class.id == last.id || (special && class.subject == last.subject);
        let related = last.related.contains(&class.id) || class.related.contains(&last.id);
        class.kind == ClassKind::Pair && (same || related)
    });
    true
}

/// Whether the completed question is the better reading: it has to explain the message's own words about
/// as well as the message alone, so that a message that is complete by itself is never bent.
fn takes_over(query: &Query, alone: &Ranking, together: &Ranking) -> bool {
    let (Some(first), Some(second)) = (alone.best(), together.best()) else { return false };
    // "Thanks, goodbye" asks for nothing, whatever was spoken of before.
    let said = first.features.known > 0.9 && first.features.margin > -0.5;
    if first.kind == ClassKind::Smalltalk && said && query.asks.is_empty() && !names_something(query) {
        return false;
    }
    if second.kind != ClassKind::Pair {
        return false;
    }
    second.score >= first.score - LEANING_LOSS || !names_something(query)
}
