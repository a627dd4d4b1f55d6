//! Message and context to a question that stands by itself: language, the part that asks, and what the
//! conversation has to add.

use serde::Serialize;

use super::courtesy::Courtesies;
use super::heard::Heard;
use super::{Context, Message};
use crate::knowledge::Asks;
use crate::language::detect::Detection;
use crate::language::{Lang, Script, Token};
use crate::search::matcher::Matcher;
use crate::search::query::{Origin, Query};
use crate::search::{Class, ClassKind, Hint, Likeness, Ranking};

/// A message as the engine understood it.
#[derive(Debug, Clone, Serialize)]
pub struct Understanding {
    /// The language of the reply.
    pub lang: Lang,
    /// Whether the message is in neither language.
    pub foreign: bool,
    /// Whether a foreign message is a few words that patients borrow, such as "hi" and "thank you".
    pub borrowed_talk: bool,
    /// The evidence for the language.
    pub detection: Detection,
    /// Where the language was taken from: `message`, `conversation`, `locale`, `match` or `default`.
    pub lang_from: &'static str,
    /// The question as read from the message alone.
    pub query: Query,
    /// The same with what the conversation added; `None` where nothing was.
    pub completed: Option<Query>,
    /// The candidates for the question, completed where it was.
    pub ranking: Ranking,
    /// Which part of the message was taken: `whole` or `question` (a story was cut off).
    pub part: &'static str,
    /// The pairs of two questions in one message, in their order; empty for one question.
    pub questions: Vec<String>,
}

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
/// A message of more words than this may hold a story before its question.
const STORY_WORDS: usize = 11;

/// Margin from which a part of a message may stand for the whole.
const PART_MARGIN: f32 = -0.4;
/// A borrowed greeting or thanks has no more words than this.
const BORROWED_WORDS: usize = 5;
/// A spelling that weighs less may be any word of any language.
const ALIKE: f32 = 0.86;

/// Understands a message in a conversation about `context`. `likeness` is what an embedding model says of it, if
/// one was asked.
#[must_use]
pub fn understand(
    matcher: &Matcher,
    courtesies: &Courtesies,
    context: &Context,
    heard: Heard,
    likeness: Option<&Likeness>,
) -> Understanding {
    let Heard { message, tokens, detection } = heard;
    let (lang, lang_from) = language(matcher, &detection, context, &message, &tokens);
    let tokens = asked(matcher, courtesies, &tokens, lang);
    let query = matcher.read(tokens, lang);
    let foreign = detection.other
        || (detection.latin && detection.lang.is_none() && (lang_from == "default" || only_alike(&query)));
    let used = tokens.iter().filter(|t| t.script == Script::Latin && matcher.uses_latin(&t.text)).count();
    let borrowed_talk = tokens.len() <= BORROWED_WORDS && used * 2 >= tokens.len();
    let mut ranking = matcher.rank(&query, &Hint::default());
    let mut part = "whole";
    let mut asked = query.clone();
    if tokens.len() > STORY_WORDS {
        for segment in segments(tokens) {
            let candidate = matcher.read(segment, lang);
            let ranked = matcher.rank(&candidate, &Hint::default());
            let gain = best_score(&ranked) - best_score(&ranking);
            if gain > 0.4
                && ranked.best().is_some_and(|c| c.kind == ClassKind::Pair && c.features.margin > PART_MARGIN)
            {
                (ranking, asked, part) = (ranked, candidate, "question");
            }
        }
    }
    let mut completed = None;
    if part == "whole" && leans(&query, context) {
        let fuller = complete(matcher, &query, context);
        let mut ranked = matcher.rank(&fuller, &hint(matcher, &query, context));
        drop_unnamed(&mut ranked, &query);
        if takes_over(&query, &ranking, &ranked) {
            ranking = ranked;
            completed = Some(fuller);
        }
    }
    // What is read with the conversation is another question than the one that was embedded.
    // Small talk is told by its words, and the confidence that it needs is for those.
    let small_talk = ranking.best().is_some_and(|best| best.kind == ClassKind::Smalltalk);
    if likeness.is_some() && completed.is_none() && !small_talk {
        ranking = matcher.rank_with(&asked, &Hint::default(), likeness);
    }
    let questions = if part == "whole" { two_questions(matcher, &query, tokens) } else { Vec::new() };
    Understanding {
        lang,
        foreign,
        borrowed_talk,
        detection,
        lang_from,
        query: asked,
        completed,
        ranking,
        part,
        questions,
    }
}

/// Whether every word of a query in Latin letters is only something like a known one.
fn only_alike(query: &Query) -> bool {
    query.words.iter().all(|w| w.origin == Origin::Spelled && w.weight < ALIKE)
}

/// The message without the courtesies around it, where that leaves something to go by.
pub(super) fn asked<'a>(
    matcher: &Matcher,
    courtesies: &Courtesies,
    tokens: &'a [Token],
    lang: Lang,
) -> &'a [Token] {
    let rest = courtesies.peel(tokens);
    if rest.is_empty() || rest.len() == tokens.len() {
        return tokens;
    }
    let query = matcher.read(rest, lang);
    if query.terms.len() > 1 || !query.asks.is_empty() {
        return rest;
    }
    // «شلونك عيني» is small talk as a whole: one word that asks for nothing is a question only where the whole is
    // none and some class knows it.
    let best = |query: &Query, of: fn(ClassKind) -> bool| {
        let ranked = matcher.rank(query, &Hint::default());
        ranked.best().is_some_and(|c| of(c.kind) && c.features.margin > PART_MARGIN)
    };
    let small_talk = best(&matcher.read(tokens, lang), |kind| kind == ClassKind::Smalltalk);
    if !small_talk && best(&query, |kind| kind != ClassKind::Smalltalk) { rest } else { tokens }
}

/// Wants that are asked for themselves, so that two of them in one message are two questions.
const OWN_QUESTIONS: [Asks; 6] =
    [Asks::HowMany, Asks::HowOften, Asks::HowLong, Asks::When, Asks::Hurts, Asks::Harm];
/// Margin from which a part of a message is a question of its own.
const OWN_MARGIN: f32 = -0.25;

/// The pairs of two questions that a message joins with «و» or a stop, where both are sure.
fn two_questions(matcher: &Matcher, query: &Query, tokens: &[Token]) -> Vec<String> {
    if query.asks.iter().filter(|a| OWN_QUESTIONS.contains(a)).count() < 2 {
        return Vec::new();
    }
    let pair = |part: &[Token]| {
        let read = matcher.read(part, query.lang);
        let ranked = matcher.rank(&read, &Hint::default());
        let best = ranked.best()?;
        let asked = best.asks.is_some_and(|a| read.asks.contains(&a) && OWN_QUESTIONS.contains(&a));
        (asked && best.features.margin > OWN_MARGIN).then(|| best.id.clone())
    };
    for at in 1..tokens.len() {
        let joined = tokens[at].text == "و" || tokens[at].clause != tokens[at - 1].clause;
        let (before, after) = (&tokens[..at], tokens.get(at + usize::from(tokens[at].text == "و")..));
        if joined
            && let (Some(first), Some(second)) = (pair(before), after.and_then(pair))
            && first != second
        {
            return vec![first, second];
        }
    }
    Vec::new()
}

fn best_score(ranking: &Ranking) -> f32 {
    ranking.best().map_or(f32::MIN, |c| c.score)
}

/// The language: the message's own evidence, else the conversation's, the page's, the better match.
fn language(
    matcher: &Matcher,
    detection: &Detection,
    context: &Context,
    message: &Message,
    tokens: &[Token],
) -> (Lang, &'static str) {
    if let Some(lang) = detection.lang {
        return (lang, "message");
    }
    if let Some(lang) = context.lang {
        return (lang, "conversation");
    }
    if let Some(lang) = message.locale {
        return (lang, "locale");
    }
    let score = |lang| best_score(&matcher.rank(&matcher.read(tokens, lang), &Hint::default()));
    let (arabic, persian) = (score(Lang::Ar), score(Lang::Fa));
    match () {
        () if arabic.max(persian) < -1.0 => (Lang::Ar, "default"),
        () if persian > arabic => (Lang::Fa, "match"),
        () => (Lang::Ar, "match"),
    }
}

/// The parts of a long message that may be its question: every sentence, and the ends of the message
/// from each clause on, the shortest last.
fn segments(tokens: &[Token]) -> Vec<&[Token]> {
    let mut segments = Vec::new();
    let mut start = 0;
    for at in 1..=tokens.len() {
        let ends = at == tokens.len() || tokens[at].sentence != tokens[at - 1].sentence;
        if ends {
            if at - start < tokens.len() && at - start >= 2 {
                segments.push(&tokens[start..at]);
            }
            start = at;
        }
    }
    let mut ends: Vec<usize> =
        (1..tokens.len()).filter(|at| tokens[*at].clause != tokens[*at - 1].clause).collect();
    ends.reverse();
    segments.extend(ends.into_iter().take(4).map(|at| &tokens[at..]).filter(|s| s.len() > 1));
    // A message without stops: its last words.
    if segments.is_empty() && tokens.len() > STORY_WORDS {
        segments.push(&tokens[tokens.len() - STORY_WORDS..]);
        segments.push(&tokens[tokens.len() - STORY_WORDS / 2..]);
    }
    segments.dedup();
    segments
}

/// Whether a message may need the conversation: it is short, and lacks what it is about or what it wants.
fn leans(query: &Query, context: &Context) -> bool {
    if context.pair.is_none() && context.things.is_empty() && context.subjects.is_empty() {
        return false;
    }
    let own = names_something(query);
    query.terms.len() <= LEANING_TERMS && (!own || lacks_asks(query) || lacks_subject(query, context))
}

/// Whether it leaves open what it wants: no question word, or the «how» and «what» of "what about hair?".
fn lacks_asks(query: &Query) -> bool {
    let frame_only = query.asks.iter().all(|a| matches!(a, Asks::How | Asks::What));
    query.asks.is_empty() || (frame_only && query.terms.len() <= 2 && names_something(query))
}

/// Whether it names a thing that is not general, or a subject besides the treatment.
fn names_something(query: &Query) -> bool {
    query.things.iter().any(|t| !GENERAL.contains(&t.as_str()))
        || !query.outside.is_empty()
        || query.subjects.iter().any(|s| !GENERAL.contains(&s.as_str()))
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
    if !names_something(query) {
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
    let Some(last) = last.filter(|_| !names_something(query)) else { return Hint::default() };
    let special = last.subject.iter().any(|s| !GENERAL.contains(&s.as_str()));
    let lift = |class: &Class| {
        if class.kind != ClassKind::Pair || class.id == last.id {
            return None;
        }
        let wanted = class.asks.is_some_and(|asks| query.asks.contains(&asks));
        if wanted && last.related.contains(&class.id) {
            return Some(RELATED);
        }
        (special && class.subject == last.subject).then_some(SAME_SUBJECT)
    };
    let lifted = matcher.classes().iter().enumerate().filter_map(|(at, class)| Some((at, lift(class)?)));
    Hint { lifted: lifted.collect() }
}

/// Drops what a message that leans on the conversation cannot mean: kinds of outside questions that it names nothing
/// of («چند وقت می‌مونه؟» after the bruises asks of them, not of the result), where a pair that belongs to the last
/// answer has what it wants; and small talk, where it names a thing («سیگار چی؟»).
fn drop_unnamed(ranked: &mut Ranking, query: &Query) {
    let named = names_something(query);
    let wanted = ranked.candidates.iter().any(|c| c.kind == ClassKind::Pair && c.features.context >= RELATED);
    ranked.candidates.retain(|c| match c.kind {
        ClassKind::Outside => named || !wanted,
        ClassKind::Smalltalk => !named,
        ClassKind::Pair => true,
    });
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
