//! Several questions in one message: where each begins, and what it asks for.

use serde::Serialize;

use super::decide::{Evidence, evidence};
use super::{Context, leaning};
use crate::language::{Lang, Token};
use crate::search::matcher::Matcher;
use crate::search::query::Query;
use crate::search::{ClassKind, Hint, Ranking, rank};

/// One of several questions in a message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Question {
    /// Whether a pair answers it, or it is of a kind that lies outside.
    pub kind: ClassKind,
    /// The id of that pair or kind.
    pub id: String,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// More parts than this are a story, not questions.
const MOST_PARTS: usize = 8;
/// Margin from which a part is a question that a pair answers.
const PAIR_MARGIN: f32 = -0.25;
/// Margin from which it needs nothing of the part before.
const ALONE_MARGIN: f32 = 0.0;
/// Margin from which a part is a question of a kind that lies outside.
const OUTSIDE_MARGIN: f32 = -0.2;

/// The questions that `tokens` ask one after another: parts that say themselves what they want, each about something
/// else; a later one may lean on the one before it («كم جلسة وكم بينهم؟»). Fewer than two, none that a pair answers, or
/// parts no surer than the `whole` is of something else, as in "I want to compare first, what speaks against botox?", give none: the
/// message is then one question.
#[must_use]
pub fn questions(matcher: &Matcher, tokens: &[Token], lang: Lang, whole: &Ranking) -> Vec<Question> {
    let parts = parts(matcher, tokens, lang);
    if !(2..=MOST_PARTS).contains(&parts.len()) {
        return Vec::new();
    }
    let mut before = Before::Nothing;
    let mut found: Vec<Question> = Vec::new();
    for part in parts {
        let Some(question) = question(matcher, part, lang, &mut before) else { continue };
        if found.iter().all(|known| (known.kind, &known.id) != (question.kind, &question.id)) {
            found.push(question);
        }
    }
    let least =
        found.iter().filter(|q| q.kind == ClassKind::Pair).map(|q| q.evidence.margin).reduce(f32::min);
    // Where the whole is one of its own questions, that one is only the loudest.
    let other =
        whole.best().filter(|best| best.kind == ClassKind::Pair && found.iter().all(|q| q.id != best.id));
    let surer = least.is_some_and(|margin| other.is_none_or(|best| margin > best.features.margin));
    if found.len() > 1 && surer { found } else { Vec::new() }
}

/// What the part before asked about.
enum Before {
    Nothing,
    Pair(Context),
    /// Something outside: what leans on it lies outside too («شو رأيك بشفط الدهون، بتوجع؟»).
    Outside,
}

/// What one part asks for, as a question after the one `before`, which it becomes; `None` where it asks nothing that is
/// sure enough.
fn question(matcher: &Matcher, part: &[Token], lang: Lang, before: &mut Before) -> Option<Question> {
    let read = matcher.read(part, lang);
    if read.asks.is_empty() {
        return None;
    }
    let alone = matcher.rank(&read, &Hint::default());
    let (query, ranking) = match before {
        Before::Outside if !leaning::names_something(&read) => return None,
        // "Does it hurt?" needs nothing from the question before.
        Before::Pair(context) if !is_sure(&read, &alone, ALONE_MARGIN) => {
            leaning::completed(matcher, &read, &alone, context).unwrap_or((read, alone))
        }
        _ => (read, alone),
    };
    if !is_sure(&query, &ranking, PAIR_MARGIN) {
        return None;
    }
    let best = ranking.best()?;
    let outside = !query.outside.is_empty();
    let question = Question { kind: best.kind, id: best.id.clone(), evidence: evidence(&ranking, outside) };
    *before = match question.kind {
        ClassKind::Pair => Before::Pair(spoken_of(matcher, &query, &question.id)),
        _ => Before::Outside,
    };
    Some(question)
}

/// Whether the best candidate is what a part asks for: a pair that answers what the part wants, from `margin` on, or a
/// kind that lies outside.
fn is_sure(query: &Query, ranking: &Ranking, margin: f32) -> bool {
    ranking.best().is_some_and(|best| match best.kind {
        ClassKind::Pair => rank::asks_fit(&query.asks, best.asks) > 0.0 && best.features.margin > margin,
        ClassKind::Outside => best.features.margin > OUTSIDE_MARGIN,
        ClassKind::Smalltalk => false,
    })
}

/// What a next part may lean on behind a question for the pair `id`.
fn spoken_of(matcher: &Matcher, query: &Query, id: &str) -> Context {
    let class = matcher.class(ClassKind::Pair, id);
    let mut subjects = query.subjects.clone();
    subjects.extend(
        class.into_iter().flat_map(|class| &class.subject).filter(|s| !query.subjects.contains(s)).cloned(),
    );
    Context {
        lang: Some(query.lang),
        pair: Some(id.to_owned()),
        subjects,
        things: query.things.clone(),
        asks: query.asks.first().map(|asks| asks.name().to_owned()),
        ..Context::default()
    }
}

/// The parts of a message that may be questions of their own: cut at stops and commas, and before «و» and the words
/// that it is written on where a question goes on behind it.
fn parts<'a>(matcher: &Matcher, tokens: &'a [Token], lang: Lang) -> Vec<&'a [Token]> {
    let mut parts = Vec::new();
    let mut start = 0;
    for at in 1..tokens.len() {
        let (token, last) = (&tokens[at], &tokens[at - 1]);
        let joins = token.text == "و" || (token.text.starts_with('و') && asks(matcher, token, lang));
        if token.clause != last.clause || token.sentence != last.sentence || joins {
            parts.push(&tokens[start..at]);
            start = at + usize::from(token.text == "و");
        }
    }
    parts.push(tokens.get(start..).unwrap_or_default());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Particles of questions that want a yes or a no; they say nothing of what is wanted.
const YES_OR_NO: [&str; 2] = ["هل", "ایا"];

/// Whether a word that «و» is written on begins a question («وكم», «وهل», «وبينفع»).
fn asks(matcher: &Matcher, token: &Token, lang: Lang) -> bool {
    token.text.strip_prefix('و').is_some_and(|rest| YES_OR_NO.contains(&rest))
        || !matcher.read(std::slice::from_ref(token), lang).asks.is_empty()
}
