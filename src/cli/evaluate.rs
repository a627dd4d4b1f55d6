//! `mujib evaluate`: labelled questions, or foreign pairs, to figures.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use super::command::{CommandError, Ending, Setup};
use super::languages;
use crate::dialogue::{Context, Engine, Message};
use crate::evaluation::matching::{self, Plan, measure_matcher};
use crate::evaluation::page::{self, Evaluation};
use crate::evaluation::queries::{self, Queries};
use crate::evaluation::{
    Floor, Judged, Loss, Question, Report, Respelled, Study, Suite, foreign, questions, suite,
};
use crate::knowledge::Concept;
use crate::semantic::Blocking;

/// Arguments of `mujib evaluate`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct EvaluateArgs {
    /// Labelled questions; with --pairs, queries
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Show the first N failures
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "pairs")]
    pub show: usize,
    /// Write all results to a file
    #[arg(long, value_name = "OUT")]
    pub json: Option<PathBuf>,
    /// Fail if fewer replies pass, such as answer=85 or all=90; may be given more than once
    #[arg(long, value_name = "KIND=PERCENT", conflicts_with = "pairs")]
    pub floor: Vec<Floor>,
    /// Ask every question again under twelve other spellings and compare; --floor and --json then speak of those
    #[arg(long, conflicts_with = "pairs")]
    pub spellings: bool,
    /// Fail if more points are lost: 3 by each spelling, typo=5 by one, all=4 by all together; may be given more
    /// than once
    #[arg(long, value_name = "[SPELLING=]POINTS", requires = "spellings")]
    pub loss: Vec<Loss>,
    /// Propose thresholds and a calibration, and say what each choice costs. Where the semantic signal
    /// is set, the calibration for it
    #[arg(long, conflicts_with_all = ["pairs", "spellings"])]
    pub thresholds: bool,
    /// Write everything as one page to read in a browser; never with the semantic signal
    #[arg(long, value_name = "OUT.html", conflicts_with = "pairs")]
    pub report: Option<PathBuf>,
    /// Write the questions that a search can answer as queries for other systems, with the pairs whose answers pass
    #[arg(long, value_name = "OUT",
          conflicts_with_all = ["pairs", "json", "floor", "spellings", "thresholds", "report", "languages"])]
    pub queries: Option<PathBuf>,
    /// Measure how well the language of labelled texts is told: one {"text", "lang", "kind"?} a line
    #[arg(long, conflicts_with_all = ["pairs", "json", "floor"])]
    pub languages: bool,
    /// Measure the matcher alone over these pairs
    #[arg(long, value_name = "PAIRS")]
    pub pairs: Option<PathBuf>,
    /// Lexicon for the matcher: a file, or none; the knowledge folder's if not given
    #[arg(long, value_name = "FILE|none", requires = "pairs")]
    pub lexicon: Option<String>,
    /// What of each pair is indexed: q (question and variants) or qa (the answer too)
    #[arg(long, value_enum, default_value_t, requires = "pairs")]
    pub fields: Fields,
    /// Keep N variants of each pair beside its question, drawn at random
    #[arg(long, value_name = "N", requires = "pairs")]
    pub per_intent: Option<usize>,
    /// Where the first draw begins; the same seed draws the same
    #[arg(long, value_name = "S", default_value_t = 1, requires = "per_intent")]
    pub seed: u64,
    /// Draw K times and print the means; --json writes the first draw
    #[arg(long, value_name = "K", default_value_t = 1, requires = "per_intent",
          value_parser = clap::value_parser!(u64).range(1..))]
    pub draws: u64,
}

/// What of each pair is indexed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Fields {
    /// Question and variants.
    Q,
    /// The answer too.
    #[default]
    Qa,
}

/// Measures and writes the figures.
///
/// # Errors
/// Files that cannot be used, knowledge with problems, an index that cannot be built, results that cannot be
/// written. Figures below their floor are an [`Ending::Amiss`].
pub fn run(args: &EvaluateArgs, setup: &Setup, out: &mut dyn Write) -> Result<Ending, CommandError> {
    match &args.pairs {
        None if args.languages => languages::run(args, setup, out),
        None => evaluate_replies(args, setup, out),
        Some(pairs) => evaluate_matcher(args, pairs, setup, out),
    }
}

fn evaluate_replies(args: &EvaluateArgs, setup: &Setup, out: &mut dyn Write) -> Result<Ending, CommandError> {
    let questions = questions::read(&args.files)?;
    let engine = Engine::open(&setup.knowledge, &setup.index, &setup.engine)?;
    if let Some(path) = &args.queries {
        return write_queries(path, &engine, &questions, out);
    }
    let signal = if args.report.is_some() { None } else { setup.signal(&engine)? };
    let likeness = |message: &Message| signal.as_ref().and_then(|signal| signal.likeness(&engine, message));
    let reply = |context: &Context, message: &Message| {
        engine.reply_with_likeness(context, message, likeness(message).as_ref())
    };
    let judged = crate::evaluation::run(questions, reply)?;
    if let Some(path) = &args.report {
        write_page(path, args, &engine, &judged)?;
    }
    if args.thresholds {
        write!(out, "{}", Study::new(&engine, &judged, &likeness)?.text())?;
        return Ok(Ending::Well);
    }
    if args.spellings {
        let respelled = suite::respell(&judged, reply)?;
        signal_line(signal.as_ref(), out)?;
        return spellings(args, judged.len(), &respelled, out);
    }
    if let Some(path) = &args.json {
        write_json(path, &judged)?;
    }
    let report = Report::new(&judged);
    signal_line(signal.as_ref(), out)?;
    write!(out, "{}", report.text(&args.floor, args.show))?;
    Ok(if report.below(&args.floor).is_empty() { Ending::Well } else { Ending::Amiss })
}

/// Writes the questions as queries, one a line, and says how many.
fn write_queries(
    path: &Path,
    engine: &Engine,
    questions: &[Question],
    out: &mut dyn Write,
) -> Result<Ending, CommandError> {
    let Queries { queries, others, without_pair } = queries::queries(engine, questions)?;
    let mut text = String::new();
    for query in &queries {
        text += &serde_json::to_string(query)?;
        text.push('\n');
    }
    fs::write(path, text).map_err(|source| CommandError::File { path: path.to_owned(), source })?;
    let outside = queries.iter().filter(|query| query.gold.is_empty()).count();
    writeln!(out, "{} queries, {outside} of them outside the knowledge", queries.len())?;
    writeln!(
        out,
        "left out: {others} that no search can answer alone, {without_pair} that no pair answers alone"
    )?;
    Ok(Ending::Well)
}

/// How often the semantic signal spoke, where one is set.
fn signal_line(signal: Option<&Blocking>, out: &mut dyn Write) -> Result<(), CommandError> {
    if let Some((answered, asked)) = signal.map(Blocking::counts) {
        writeln!(out, "semantic signal: {answered} of {asked} messages; no red flag is ever sent")?;
    }
    Ok(())
}

fn write_page(
    path: &Path,
    args: &EvaluateArgs,
    engine: &Engine,
    judged: &[Judged],
) -> Result<(), CommandError> {
    let respelled = suite::respell(judged, |context, message| engine.reply(context, message))?;
    let study = Study::new(engine, judged, &|_| None)?;
    let files = args.files.iter().map(|file| file.display().to_string()).collect();
    let page = page::page(&Evaluation { engine, files, judged, respelled: &respelled, study: &study });
    fs::write(path, page).map_err(|source| CommandError::File { path: path.to_owned(), source })
}

/// Writes what other spellings of `plain` questions get.
fn spellings(
    args: &EvaluateArgs,
    plain: usize,
    respelled: &[Respelled],
    out: &mut dyn Write,
) -> Result<Ending, CommandError> {
    if let Some(path) = &args.json {
        write_json(path, &respelled)?;
    }
    let suite = Suite::new(plain, respelled);
    write!(out, "{}", suite.text(args.show))?;
    let judged: Vec<Judged> = respelled.iter().map(|one| one.judged.clone()).collect();
    let mut amiss = suite.beyond(&args.loss);
    amiss.extend(Report::new(&judged).below(&args.floor));
    for line in &amiss {
        writeln!(out, "{line}")?;
    }
    Ok(if amiss.is_empty() { Ending::Well } else { Ending::Amiss })
}

fn evaluate_matcher(
    args: &EvaluateArgs,
    pairs: &Path,
    setup: &Setup,
    out: &mut dyn Write,
) -> Result<Ending, CommandError> {
    let pairs = foreign::read_pairs(pairs)?;
    let queries = foreign::read_queries(&args.files)?;
    let (lexicon, note) = lexicon(args.lexicon.as_deref(), setup)?;
    writeln!(out, "{note}")?;
    let with_answers = args.fields == Fields::Qa;
    // Beside the knowledge's own vectors, which a set of other pairs must not push out.
    let signal = setup.semantic.as_ref().map(|settings| Blocking::new(settings, &setup.index.join("pairs")));
    let signal = signal.transpose()?;
    let plan = Plan {
        signal: signal.as_ref(),
        pairs: &pairs,
        queries: &queries,
        lexicon: &lexicon,
        with_answers,
        variants: args.per_intent,
        seed: args.seed,
        draws: args.draws.max(1),
    };
    let measured = measure_matcher(&plan)?;
    for lang in crate::language::Lang::ALL {
        let asked = queries.iter().filter(|q| q.lang == lang).count();
        if asked > 0 && measured.iter().all(|m| m.lang != lang) {
            writeln!(out, "{}: {asked} queries but no pair; not measured", lang.code())?;
        }
    }
    if let Some(path) = &args.json {
        write_json(path, &matching::raw(&measured, with_answers))?;
    }
    signal_line(signal.as_ref(), out)?;
    write!(out, "{}", matching::table(&measured, plan.draws))?;
    Ok(Ending::Well)
}

/// `lexicon.toml` as written.
#[derive(Debug, Deserialize)]
struct LexiconFile {
    #[serde(default, rename = "concept")]
    concepts: Vec<Concept>,
}

/// The words to match with and a line that says where they are from. A lexicon that was asked for has to
/// load; the knowledge folder's need not, as foreign pairs can be matched without any.
fn lexicon(wanted: Option<&str>, setup: &Setup) -> Result<(Vec<Concept>, String), CommandError> {
    if wanted == Some("none") {
        return Ok((Vec::new(), "lexicon: none".to_owned()));
    }
    let path = wanted.map_or_else(|| setup.knowledge.join("lexicon.toml"), PathBuf::from);
    let read = || {
        let file = |source| CommandError::File { path: path.clone(), source };
        let text = fs::read_to_string(&path).map_err(file)?;
        toml::from_str::<LexiconFile>(&text)
            .map_err(|error| CommandError::Usage(format!("{}: {}", path.display(), error.message())))
    };
    match read() {
        Ok(LexiconFile { concepts }) => {
            let note = format!("lexicon: {} ({} concepts)", path.display(), concepts.len());
            Ok((concepts, note))
        }
        Err(error) if wanted.is_some() => Err(error),
        Err(error) => Ok((Vec::new(), format!("lexicon: none ({error})"))),
    }
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<(), CommandError> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    fs::write(path, text).map_err(|source| CommandError::File { path: path.to_owned(), source })
}
