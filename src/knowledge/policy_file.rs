//! `policy.toml` as written, checked, and turned into a [`Policy`].

mod check;

use serde::Deserialize;
use toml::Spanned;

use super::bilingual::Bilingual;
use super::policy::{
    DisclaimerText, EmergencyNumber, EmergencyTexts, Forms, Frame, FrameKind, Level, PersonalKind,
    PersonalPolicy, Policy, RedFlagPolicy, RiskGroup, Rule, Sign, Texts,
};
use super::problem::{FileProblems, Problem};

/// Signs of a rule may span so many words unless it says otherwise: a body part, its state and the small
/// words between them.
const WITHIN: usize = 7;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    #[serde(default, rename = "sign")]
    signs: Vec<RawSign>,
    #[serde(default, rename = "red_flag")]
    red_flags: Vec<RawRedFlag>,
    #[serde(default, rename = "frame")]
    frames: Vec<RawFrame>,
    #[serde(default)]
    personal: Vec<RawPersonal>,
    #[serde(default, rename = "group")]
    groups: Vec<RawGroup>,
    #[serde(default, rename = "disclaimer")]
    disclaimers: Vec<RawDisclaimer>,
    texts: Spanned<Texts>,
    emergency: Spanned<EmergencyTexts>,
    #[serde(default, rename = "number")]
    numbers: Vec<Spanned<EmergencyNumber>>,
    #[serde(default)]
    never_typos: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSign {
    id: Spanned<String>,
    #[serde(default)]
    negative: bool,
    made_of: Option<Spanned<[String; 2]>>,
    #[serde(default)]
    ar: Vec<Spanned<String>>,
    #[serde(default)]
    fa: Vec<Spanned<String>>,
    #[serde(default)]
    latin: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    id: Spanned<String>,
    kind: FrameKind,
    #[serde(default)]
    ar: Vec<Spanned<String>>,
    #[serde(default)]
    fa: Vec<Spanned<String>>,
    #[serde(default)]
    latin: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    all: Vec<Spanned<String>>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    #[serde(default)]
    not_after: Vec<Spanned<String>>,
    within: Option<usize>,
    #[serde(default)]
    denied: bool,
    #[serde(default)]
    in_order: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRedFlag {
    id: Spanned<String>,
    level: Level,
    rules: Vec<RawRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPersonal {
    kind: Spanned<PersonalKind>,
    rules: Vec<RawRule>,
    decline: Bilingual,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    id: Spanned<String>,
    pair: Option<String>,
    #[serde(default)]
    rules: Vec<RawRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDisclaimer {
    code: Spanned<String>,
    ar: String,
    fa: String,
}

/// Reads, checks and builds; see [`Policy::parse`].
pub(super) fn parse(text: &str, file: &str) -> Result<Policy, Vec<Problem>> {
    let mut problems = FileProblems::new(file, text);
    let raw: PolicyFile = match toml::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            let what = error.message().lines().collect::<Vec<_>>().join(" ");
            let mend = "See CONTRIBUTING.md for the form of this file";
            problems.at(error.span().unwrap_or(0..0), what, mend);
            return Err(problems.into_found());
        }
    };
    check::check(&raw, &mut problems);
    let found = problems.into_found();
    if found.is_empty() { Ok(build(raw)) } else { Err(found) }
}

fn build(raw: PolicyFile) -> Policy {
    Policy {
        signs: raw
            .signs
            .into_iter()
            .map(|s| Sign {
                id: s.id.into_inner(),
                negative: s.negative,
                forms: forms(s.ar, s.fa, s.latin),
                made_of: s.made_of.map(Spanned::into_inner),
            })
            .collect(),
        red_flags: raw
            .red_flags
            .into_iter()
            .map(|f| RedFlagPolicy { id: f.id.into_inner(), level: f.level, rules: rules(f.rules) })
            .collect(),
        frames: raw
            .frames
            .into_iter()
            .map(|f| Frame { id: f.id.into_inner(), kind: f.kind, forms: forms(f.ar, f.fa, f.latin) })
            .collect(),
        personal: raw
            .personal
            .into_iter()
            .map(|p| PersonalPolicy {
                kind: p.kind.into_inner(),
                rules: rules(p.rules),
                decline: trimmed(p.decline),
            })
            .collect(),
        groups: raw
            .groups
            .into_iter()
            .map(|g| RiskGroup { id: g.id.into_inner(), pair: g.pair, rules: rules(g.rules) })
            .collect(),
        disclaimers: raw
            .disclaimers
            .into_iter()
            .map(|d| DisclaimerText {
                code: d.code.into_inner(),
                text: trimmed(Bilingual { ar: d.ar, fa: d.fa }),
            })
            .collect(),
        texts: raw.texts.into_inner(),
        emergency: raw.emergency.into_inner(),
        numbers: raw.numbers.into_iter().map(Spanned::into_inner).collect(),
        never_typos: raw.never_typos,
    }
}

fn forms(ar: Vec<Spanned<String>>, fa: Vec<Spanned<String>>, latin: Vec<Spanned<String>>) -> Forms {
    let plain = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect();
    Forms { ar: plain(ar), fa: plain(fa), latin: plain(latin) }
}

fn rules(raw: Vec<RawRule>) -> Vec<Rule> {
    let ids = |entry: Spanned<String>| entry.into_inner().split('|').map(str::to_owned).collect::<Vec<_>>();
    raw.into_iter()
        .map(|r| Rule {
            denied: r.denied,
            in_order: r.in_order,
            within: r.within.unwrap_or(WITHIN).max(r.all.len()),
            all: r.all.into_iter().map(ids).collect(),
            unless: r.unless.into_iter().flat_map(ids).collect(),
            not_after: r.not_after.into_iter().flat_map(ids).collect(),
        })
        .collect()
}

fn trimmed(text: Bilingual) -> Bilingual {
    Bilingual { ar: text.ar.trim().to_owned(), fa: text.fa.trim().to_owned() }
}
