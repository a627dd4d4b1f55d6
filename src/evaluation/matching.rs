//! The matcher alone over foreign pairs: one index a language, every query ranked, nothing decided.

mod raw;
mod table;

use std::collections::HashSet;
use std::time::Instant;

use super::confidence::{self, hits};
use super::draw::Draw;
use super::foreign::{ForeignPair, ForeignQuery, class};
use super::measures::{Found, Measures, measure};
use crate::knowledge::Concept;
use crate::language::{Lang, fold, tokenize};
use crate::search::{BuildError, Class, Hint, prepare};
use crate::semantic::{self, Blocking};

pub use raw::{Raw, raw};
pub use table::table;

/// What stands for the version of pairs that have none.
const VERSION: &str = "foreign pairs";

/// Hits kept of each query.
const KEPT_HITS: usize = 10;

/// Why the matcher could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum MatchingError {
    /// No folder for the index.
    #[error("no temporary folder can be made: {0}. Set TMPDIR to one that can be written")]
    Folder(#[from] std::io::Error),
    /// The index could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The pairs could not be embedded.
    #[error(transparent)]
    Embedding(#[from] semantic::BuildError),
}

/// What is measured.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The semantic signal, if its part is to be measured too.
    pub signal: Option<&'a Blocking>,
    /// The pairs, of both languages.
    pub pairs: &'a [ForeignPair],
    /// The queries, of both languages.
    pub queries: &'a [ForeignQuery],
    /// Words tied to concepts; may be empty.
    pub lexicon: &'a [Concept],
    /// Whether answers are indexed too.
    pub with_answers: bool,
    /// Variants kept of each pair beside its question; all if `None`.
    pub variants: Option<usize>,
    /// Where the first draw begins; each further draw begins one higher.
    pub seed: u64,
    /// How many times variants are drawn and everything is measured; at least once.
    pub draws: u64,
}

/// What was measured in one language.
#[derive(Debug, Clone)]
pub struct Measured {
    /// The language.
    pub lang: Lang,
    /// How many pairs were indexed.
    pub pairs: usize,
    /// How many forms were, in the first draw.
    pub forms: usize,
    /// Gold ids that no pair of the language has; such queries cannot come out right.
    pub unknown_gold: usize,
    /// Seconds to build, mean over the draws.
    pub build_s: f64,
    /// Seconds that all queries took, in the first draw.
    pub wall_s: f64,
    /// The figures, mean over the draws.
    pub measures: Measures,
    /// The lowest and highest share of right best hits over the draws.
    pub accuracy_range: Option<(f64, f64)>,
    /// What was found in the first draw, in the order of the language's queries, with their ids.
    pub found: Vec<(String, Found)>,
}

/// Measures every language that has both pairs and queries.
///
/// # Errors
/// See [`MatchingError`].
pub fn measure_matcher(plan: &Plan<'_>) -> Result<Vec<Measured>, MatchingError> {
    let mut measured = Vec::new();
    for lang in Lang::ALL {
        let pairs: Vec<&ForeignPair> = plan.pairs.iter().filter(|p| p.lang == lang).collect();
        let queries: Vec<&ForeignQuery> = plan.queries.iter().filter(|q| q.lang == lang).collect();
        if !pairs.is_empty() && !queries.is_empty() {
            measured.push(measure_language(plan, lang, &pairs, &queries)?);
        }
    }
    Ok(measured)
}

fn measure_language(
    plan: &Plan<'_>,
    lang: Lang,
    pairs: &[&ForeignPair],
    queries: &[&ForeignQuery],
) -> Result<Measured, MatchingError> {
    let mut runs = Vec::new();
    for draw in 0..plan.draws.max(1) {
        let classes = drawn(plan, pairs, plan.seed.wrapping_add(draw));
        runs.push(run(lang, classes, plan, queries)?);
    }
    let each: Vec<Measures> =
        runs.iter().map(|run| measure(&run.found, f64::from(confidence::answer_threshold()))).collect();
    let accuracies = || each.iter().filter_map(|m| m.accuracy_1);
    let accuracy_range = accuracies().reduce(f64::min).zip(accuracies().reduce(f64::max));
    let build_s = runs.iter().map(|run| run.build_s).sum::<f64>() / runs.len() as f64;
    let ids: HashSet<&str> = pairs.iter().map(|p| p.id.as_str()).collect();
    let unknown_gold = queries.iter().flat_map(|q| &q.gold).filter(|id| !ids.contains(id.as_str())).count();
    let first = runs.into_iter().next().unwrap_or_default();
    Ok(Measured {
        lang,
        pairs: pairs.len(),
        forms: first.forms,
        unknown_gold,
        build_s,
        wall_s: first.wall_s,
        measures: Measures::mean_of(&each),
        accuracy_range,
        found: queries.iter().map(|q| q.id.clone()).zip(first.found).collect(),
    })
}

/// The classes of `pairs`, each with as many variants as the plan keeps.
fn drawn(plan: &Plan<'_>, pairs: &[&ForeignPair], seed: u64) -> Vec<Class> {
    let mut draw = Draw::new(seed);
    let mut kept = |pair: &ForeignPair| match plan.variants {
        Some(n) => ForeignPair { variants: draw.some(&pair.variants, n), ..pair.clone() },
        None => pair.clone(),
    };
    pairs.iter().map(|pair| class(&kept(pair), plan.with_answers)).collect()
}

#[derive(Debug, Default)]
struct Run {
    forms: usize,
    build_s: f64,
    wall_s: f64,
    found: Vec<Found>,
}

fn run(
    lang: Lang,
    classes: Vec<Class>,
    plan: &Plan<'_>,
    queries: &[&ForeignQuery],
) -> Result<Run, MatchingError> {
    let forms = classes.iter().flat_map(|c| &c.forms).map(Vec::len).sum();
    let folder = tempfile::tempdir()?;
    let began = Instant::now();
    let (matcher, _) = prepare(folder.path(), classes, plan.lexicon, true)?;
    if let Some(signal) = plan.signal {
        signal.prepare(VERSION, matcher.classes())?;
    }
    let build_s = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let found = queries
        .iter()
        .map(|query| {
            let began = Instant::now();
            let likeness = plan.signal.and_then(|signal| signal.likeness_for(VERSION, &query.text));
            let read = matcher.read(&tokenize(&fold(&query.text)), lang);
            let ranking = matcher.rank_with(&read, &Hint::default(), likeness.as_ref());
            let ms = began.elapsed().as_secs_f64() * 1000.0;
            Found { gold: query.gold.clone(), hits: hits(&ranking, KEPT_HITS), ms }
        })
        .collect();
    Ok(Run { forms, build_s, wall_s: began.elapsed().as_secs_f64(), found })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(id: &str, lang: Lang, question: &str, variants: &[&str]) -> ForeignPair {
        let variants = variants.iter().map(|v| (*v).to_owned()).collect();
        ForeignPair { id: id.into(), lang, question: question.into(), variants, answer: String::new() }
    }

    fn query(id: &str, lang: Lang, text: &str, gold: &[&str]) -> ForeignQuery {
        let gold = gold.iter().map(|g| (*g).to_owned()).collect();
        ForeignQuery { id: id.into(), lang, text: text.into(), gold }
    }

    fn pairs() -> Vec<ForeignPair> {
        vec![
            pair("hours", Lang::Ar, "متى تفتح العيادة؟", &["ما هي ساعات العمل؟", "أوقات الدوام"]),
            pair("price", Lang::Ar, "كم سعر الجلسة؟", &["بكم الجلسة", "ما تكلفة العلاج؟"]),
            pair("hours", Lang::Fa, "کلینیک چه ساعتی باز است؟", &["ساعت کاری شما"]),
            pair("price", Lang::Fa, "هزینه جلسه چقدر است؟", &["قیمت درمان"]),
        ]
    }

    fn plan<'a>(pairs: &'a [ForeignPair], queries: &'a [ForeignQuery]) -> Plan<'a> {
        Plan {
            signal: None,
            pairs,
            queries,
            lexicon: &[],
            with_answers: false,
            variants: None,
            seed: 1,
            draws: 1,
        }
    }

    #[test]
    fn every_language_is_indexed_alone() {
        let pairs = pairs();
        let queries = [
            query("1", Lang::Ar, "ما هي أوقات العمل في العيادة", &["hours"]),
            query("2", Lang::Ar, "كم تكلفة الجلسة", &["price"]),
            query("3", Lang::Fa, "قیمت هر جلسه", &["price"]),
            query("4", Lang::Ar, "كم سعر الجلسة؟", &["unknown"]),
        ];
        let measured = measure_matcher(&plan(&pairs, &queries)).unwrap();
        let figures: Vec<_> = measured
            .iter()
            .map(|m| (m.lang, m.pairs, m.forms, m.measures.in_scope, m.unknown_gold))
            .collect();
        assert_eq!(figures, [(Lang::Ar, 2, 6, 3, 1), (Lang::Fa, 2, 4, 1, 0)]);
        let best = |at: usize, of: usize| measured[at].found[of].1.hits[0].0.as_str();
        assert_eq!([best(0, 0), best(0, 1), best(1, 0)], ["hours", "price", "price"]);
        let text = serde_json::to_value(raw(&measured, false)).unwrap();
        assert_eq!((&text["peer"], &text["fields"]), (&"mujib".into(), &"q".into()));
        assert_eq!((&text["langs"]["fa"]["pairs"], &text["results"][3]["id"]), (&2.into(), &"3".into()));
        assert_eq!(text["results"][0]["hits"][0][0], "hours");
    }

    #[test]
    fn hits_descend_in_confidence() {
        let pairs = pairs();
        let queries = [query("1", Lang::Ar, "كم سعر العيادة", &["price"])];
        let measured = measure_matcher(&plan(&pairs, &queries)).unwrap();
        let confidences: Vec<f32> = measured[0].found[0].1.hits.iter().map(|(_, c)| *c).collect();
        assert!(confidences.is_sorted_by(|a, b| a >= b), "{confidences:?}");
        assert!(confidences.iter().all(|c| (0.0..=1.0).contains(c)), "{confidences:?}");
    }

    #[test]
    fn draws_keep_the_question_and_some_variants() {
        let pairs = pairs();
        let borrowed: Vec<&ForeignPair> = pairs.iter().collect();
        let one = Plan { variants: Some(1), ..plan(&pairs, &[]) };
        let forms: Vec<Vec<String>> =
            drawn(&one, &borrowed, 1).into_iter().map(|c| c.forms.concat()).collect();
        assert!(forms.iter().all(|f| f.len() == 2), "{forms:?}");
        assert!(forms.iter().zip(&pairs).all(|(f, p)| f[0] == p.question), "{forms:?}");
    }
}
