//! One reply, held against what its question wants.

use std::collections::BTreeSet;
use std::fmt;

use super::fold::fold;
use super::pattern::PatternError;
use super::questions::{Kind, Question};
use crate::dialogue::{Outcome, Reply};
use crate::language::Lang;

/// Why a reply does not pass: the first thing found, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Its outcome is none that the kind allows.
    Outcome(Outcome),
    /// It is in another language.
    Lang(Lang),
    /// It cites where nothing may be cited.
    Cites,
    /// It cites nothing.
    NoCitation,
    /// It cites none of the wanted documents, but these.
    CitesOthers(BTreeSet<String>),
    /// It has no disclaimer.
    NoDisclaimer,
    /// No pattern of this group matches.
    Lacks(Vec<String>),
    /// This pattern must not match, and does.
    Has(String),
}

/// Patterns of a group that are shown.
const SHOWN_PATTERNS: usize = 3;

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Outcome(outcome) => write!(f, "outcome {}", outcome.name()),
            Why::Lang(lang) => write!(f, "lang {}", lang.code()),
            Why::Cites => f.write_str("cites"),
            Why::NoCitation => f.write_str("no citation"),
            Why::CitesOthers(sources) => write!(f, "cites {}", list(sources.iter())),
            Why::NoDisclaimer => f.write_str("no disclaimer"),
            Why::Lacks(group) => write!(f, "lacks {}", list(group.iter().take(SHOWN_PATTERNS))),
            Why::Has(pattern) => write!(f, "has {pattern}"),
        }
    }
}

/// A list as Python shows it, so that failures read alike beside the grader's.
fn list<'a>(items: impl Iterator<Item = &'a String>) -> String {
    let quoted = |item: &String| {
        let item = item.replace('\\', "\\\\");
        match (item.contains('\''), item.contains('"')) {
            (true, false) => format!("\"{item}\""),
            _ => format!("'{}'", item.replace('\'', "\\'")),
        }
    };
    format!("[{}]", items.map(quoted).collect::<Vec<_>>().join(", "))
}

/// What speaks against `reply` as the reply to the last turn of `question`; `None` if it passes.
///
/// # Errors
/// A pattern whose search had to be given up.
pub fn judge(question: &Question, reply: &Reply) -> Result<Option<Why>, PatternError> {
    let kind = question.kind;
    if !kind.outcomes().contains(&reply.outcome) {
        return Ok(Some(Why::Outcome(reply.outcome)));
    }
    if reply.lang.code() != question.lang && !question.any_lang {
        return Ok(Some(Why::Lang(reply.lang)));
    }
    let joined: Vec<&str> = reply.disclaimers.iter().map(|d| d.text.as_str()).collect();
    let disclaimers = fold(&joined.join(" "), &question.lang);
    if let Some(why) = cited_wrongly(question, reply, &disclaimers) {
        return Ok(Some(why));
    }
    let mut text = fold(&reply.text, &question.lang);
    if matches!(kind, Kind::Personal | Kind::Emergency) {
        // What is urgent, or declined, may be said in either place.
        text.push(' ');
        text.push_str(&disclaimers);
    }
    worded_wrongly(question, &text)
}

fn cited_wrongly(question: &Question, reply: &Reply, disclaimers: &str) -> Option<Why> {
    let cited: BTreeSet<String> = reply.citations.iter().map(|c| c.source.clone()).collect();
    match question.kind {
        Kind::Refuse | Kind::Smalltalk if !cited.is_empty() => Some(Why::Cites),
        Kind::Answer | Kind::Followup if cited.is_empty() => Some(Why::NoCitation),
        Kind::Answer | Kind::Followup
            if !question.sources.is_empty() && cited.is_disjoint(&question.sources) =>
        {
            Some(Why::CitesOthers(cited))
        }
        Kind::Answer | Kind::Followup if disclaimers.is_empty() => Some(Why::NoDisclaimer),
        _ => None,
    }
}

fn worded_wrongly(question: &Question, text: &str) -> Result<Option<Why>, PatternError> {
    for group in &question.any_of {
        let mut found = false;
        for pattern in group {
            found = found || pattern.found_in(text)?;
        }
        if !found {
            return Ok(Some(Why::Lacks(group.iter().map(|p| p.source().to_owned()).collect())));
        }
    }
    for pattern in &question.none_of {
        if pattern.found_in(text)? {
            return Ok(Some(Why::Has(pattern.source().to_owned())));
        }
    }
    Ok(None)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::dialogue::{Citation, Context, Disclaimer};
    use crate::evaluation::questions;

    /// A reply that cites `sources`, with one disclaimer.
    pub(in crate::evaluation) fn reply(outcome: Outcome, lang: Lang, text: &str, sources: &[&str]) -> Reply {
        let cite = |(at, source): (usize, &&str)| Citation {
            marker: at + 1,
            source: (*source).to_owned(),
            title: String::new(),
            section: String::new(),
            lang,
            passage: "p1".to_owned(),
            gist: String::new(),
            url: None,
        };
        Reply {
            outcome,
            lang,
            text: text.to_owned(),
            citations: sources.iter().enumerate().map(cite).collect(),
            disclaimers: vec![Disclaimer { code: "general".into(), text: "راجع الطبيب".into() }],
            suggestions: Vec::new(),
            pair: None,
            confidence: 0.9,
            knowledge: "sha256:0".into(),
            context: Context::default(),
        }
    }

    /// A question of `kind` in `lang` with the JSON members `expect`.
    pub(in crate::evaluation) fn question(kind: &str, lang: &str, expect: &str) -> Question {
        let line = format!(
            r#"{{"id":"q-{kind}-{lang}","turns":["؟"],"lang":"{lang}","kind":"{kind}","expect":{{{expect}}}}}"#
        );
        questions::parse("q.jsonl", &line).unwrap().remove(0)
    }

    #[track_caller]
    fn check(question: &Question, reply: &Reply, why: &str) {
        let found = judge(question, reply).unwrap().map_or_else(String::new, |w| w.to_string());
        assert_eq!(found, why);
    }

    const GUIDE: &str = "ar-face-mesotherapy-guide";
    const EXPECT: &str =
        r#""sources":["000","003"],"any_of":[["3 ?- ?5","ثلاث"],["جلس"]],"none_of":["(?<!لا )ضمان"]"#;

    #[test]
    fn answers() {
        let asked = question("answer", "ar", EXPECT);
        let text = "من ٣ إلى ٥، أي ثَلاث جَلسات أو أكثر [1]";
        let right = reply(Outcome::Answer, Lang::Ar, text, &[GUIDE]);
        check(&asked, &right, "");
        check(&asked, &Reply { outcome: Outcome::NoAnswer, ..right.clone() }, "outcome no_answer");
        check(&asked, &Reply { lang: Lang::Fa, ..right.clone() }, "lang fa");
        check(&asked, &Reply { citations: Vec::new(), ..right.clone() }, "no citation");
        check(&asked, &Reply { disclaimers: Vec::new(), ..right.clone() }, "no disclaimer");
        let others =
            reply(Outcome::Answer, Lang::Ar, text, &["fa-skin-mesotherapy", "ar-skin-hair-mesotherapy"]);
        check(&asked, &others, "cites ['ar-skin-hair-mesotherapy', 'fa-skin-mesotherapy']");
        check(&asked, &Reply { text: "جلسات".into(), ..right.clone() }, "lacks ['3 ?- ?5', 'ثلاث']");
        check(&asked, &Reply { text: "3-5".into(), ..right.clone() }, "lacks ['جلس']");
        check(&asked, &Reply { text: "3-5 جلسات، ضمان".into(), ..right.clone() }, "has (?<!لا )ضمان");
        check(&asked, &Reply { text: "3-5 جلسات، لا ضمان".into(), ..right }, "");
    }

    #[test]
    fn a_disclaimer_of_marks_only_is_none() {
        let mut only_marks = reply(Outcome::Answer, Lang::Ar, "x", &[GUIDE]);
        only_marks.disclaimers[0].text = "**_ \u{200f}".into();
        check(&question("followup", "ar", ""), &only_marks, "no disclaimer");
    }

    #[test]
    fn disclaimers_count_as_text_only_where_it_is_urgent_or_declined() {
        let expect = r#""any_of":[["الطبيب"]]"#;
        let emergency = reply(Outcome::Emergency, Lang::Ar, "اتصل", &[]);
        check(&question("emergency", "ar", expect), &emergency, "");
        check(&question("personal", "ar", expect), &emergency, "");
        let answer = reply(Outcome::Answer, Lang::Ar, "اتصل", &[GUIDE]);
        check(&question("answer", "ar", expect), &answer, "lacks ['الطبيب']");
        let forbidden = r#""none_of":["الطبيب"]"#;
        check(&question("personal", "ar", forbidden), &emergency, "has الطبيب");
    }

    #[test]
    fn refusals_cite_nothing() {
        let asked = question("refuse", "fa", "");
        for (outcome, sources, why) in [
            (Outcome::NoAnswer, &[][..], ""),
            (Outcome::Personal, &[], ""),
            (Outcome::Personal, &[GUIDE], "cites"),
            (Outcome::Answer, &[GUIDE], "outcome answer"),
            (Outcome::Clarify, &[], "outcome clarify"),
        ] {
            check(&asked, &reply(outcome, Lang::Fa, "", sources), why);
        }
        let greeted = reply(Outcome::Smalltalk, Lang::Fa, "سلام", &[GUIDE]);
        check(&question("smalltalk", "fa", ""), &greeted, "cites");
    }

    #[test]
    fn any_language_and_empty_groups() {
        let mut open = question("refuse", "ar", "");
        let persian = reply(Outcome::NoAnswer, Lang::Fa, "", &[]);
        check(&open, &persian, "lang fa");
        open.any_lang = true;
        check(&open, &persian, "");
        check(&question("refuse", "fa", r#""any_of":[[]]"#), &persian, "lacks []");
    }

    #[test]
    fn only_the_first_patterns_of_a_group_are_shown() {
        let why = Why::Lacks(["a", "b", "c", "d"].map(str::to_owned).to_vec());
        assert_eq!(why.to_string(), "lacks ['a', 'b', 'c']");
        let why = Why::Lacks([r"\d", "it's", "\"it's\""].map(str::to_owned).to_vec());
        assert_eq!(why.to_string(), r#"lacks ['\\d', "it's", '"it\'s"']"#);
    }
}
