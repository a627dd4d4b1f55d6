//! What was measured, for programs: the form that comparisons with other systems read.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::Measured;
use crate::language::Lang;

/// Raw results in the form that comparisons with other systems read.
#[derive(Debug, Serialize)]
pub struct Raw<'a> {
    peer: &'static str,
    version: &'static str,
    fields: &'static str,
    peak_rss_mb: f64,
    langs: BTreeMap<&'static str, RawLang>,
    results: Vec<RawResult<'a>>,
}

#[derive(Debug, Serialize)]
struct RawLang {
    pairs: usize,
    forms: usize,
    build_s: f64,
    queries: usize,
    skipped: usize,
    wall_s: f64,
}

#[derive(Debug, Serialize)]
struct RawResult<'a> {
    id: &'a str,
    lang: Lang,
    ms: f64,
    hits: &'a [(String, f32)],
}

/// The raw results of the first draw.
#[must_use]
pub fn raw(measured: &[Measured], with_answers: bool) -> Raw<'_> {
    let lang = |m: &Measured| RawLang {
        pairs: m.pairs,
        forms: m.forms,
        build_s: m.build_s,
        queries: m.found.len(),
        skipped: 0,
        wall_s: m.wall_s,
    };
    let results = measured.iter().flat_map(|m| {
        m.found.iter().map(|(id, found)| RawResult { id, lang: m.lang, ms: found.ms, hits: &found.hits })
    });
    Raw {
        peer: "mujib",
        version: env!("CARGO_PKG_VERSION"),
        fields: if with_answers { "qa" } else { "q" },
        peak_rss_mb: peak_rss_mb(Path::new("/proc/self/status")).unwrap_or(0.0),
        langs: measured.iter().map(|m| (m.lang.code(), lang(m))).collect(),
        results: results.collect(),
    }
}

/// The most memory that this process held so far, in megabytes; `None` where the system does not say.
fn peak_rss_mb(status: &Path) -> Option<f64> {
    let status = fs::read_to_string(status).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}
