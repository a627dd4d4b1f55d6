//! Message and context to a question that stands by itself: language, the part that asks, and what the
//! conversation has to add.

use serde::Serialize;

use super::courtesy::Courtesies;
use super::heard::Heard;
use super::several::{self, Question};
use super::{Context, Message, leaning};
use crate::language::detect::Detection;
use crate::language::{Lang, Script, Token};
use crate::search::matcher::Matcher;
use crate::search::query::{Origin, Query};
use crate::search::{Candidate, ClassKind, Hint, Likeness, Ranking};

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
    /// The questions that the message asks one after another, in their order; empty for one question.
    pub questions: Vec<Question>,
}

/// A message of more words than this may hold a story before its question, and one with a stop or a comma in it from
/// fewer.
const STORY_WORDS: usize = 11;
const CUT_STORY_WORDS: usize = 7;

/// Margin from which a part of a message may stand for the whole.
const PART_MARGIN: f32 = -0.4;
/// How much better it has to fit than the whole.
const PART_GAIN: f32 = 0.4;
/// How far behind the whole message's best what it asks for may be there.
const PART_GAP: f32 = 2.0;
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
    let questions = several::questions(matcher, tokens, lang, &ranking);
    let mut of_part: Option<(Ranking, Query)> = None;
    if may_hold_story(tokens) {
        for segment in segments(tokens) {
            let candidate = matcher.read(segment, lang);
            let ranked = matcher.rank(&candidate, &Hint::default());
            let so_far = of_part.as_ref().map_or(&ranking, |(ranked, _)| ranked);
            let gain = best_score(&ranked) - best_score(so_far);
            if gain > PART_GAIN && ranked.best().is_some_and(|best| speaks_for(best, &ranking)) {
                of_part = Some((ranked, candidate));
            }
        }
    }
    let mut completed = None;
    let (part, asked) = match of_part {
        Some((ranked, candidate)) => {
            ranking = ranked;
            ("question", candidate)
        }
        None => {
            if let Some((fuller, together)) = leaning::completed(matcher, &query, &ranking, context) {
                (completed, ranking) = (Some(fuller), together);
            }
            ("whole", query)
        }
    };
    // What is read with the conversation is another question than the one that was embedded.
    // Small talk is told by its words, and the confidence that it needs is for those.
    let small_talk = ranking.best().is_some_and(|best| best.kind == ClassKind::Smalltalk);
    if likeness.is_some() && completed.is_none() && !small_talk {
        ranking = matcher.rank_with(&asked, &Hint::default(), likeness);
    }
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

/// Whether the best candidate of a part answers the message: the message as a whole comes near it too. «للعلم» at the
/// end of a question on peanuts asks for no proof.
fn speaks_for(best: &Candidate, whole: &Ranking) -> bool {
    best.kind == ClassKind::Pair
        && best.features.margin > PART_MARGIN
        && whole.candidates.iter().any(|c| c.class == best.class && best_score(whole) - c.score < PART_GAP)
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

fn may_hold_story(tokens: &[Token]) -> bool {
    let cut = tokens.windows(2).any(|two| two[0].clause != two[1].clause);
    tokens.len() > if cut { CUT_STORY_WORDS } else { STORY_WORDS }
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
