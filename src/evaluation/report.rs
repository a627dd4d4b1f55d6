//! Judged replies to a table that a person reads.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::str::FromStr;

use super::calibration::{Bin, Calibration};
use super::questions::Kind;
use super::run::Judged;
use crate::dialogue::Outcome;

/// How many passed, of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Replies that passed.
    pub passed: usize,
    /// All replies.
    pub total: usize,
}

impl Tally {
    /// Counts one reply more.
    pub fn count(&mut self, passed: bool) {
        self.passed += usize::from(passed);
        self.total += 1;
    }

    /// The share that passed, in per cent; 0 of none.
    #[must_use]
    pub fn percent(&self) -> f64 {
        if self.total == 0 { 0.0 } else { 100.0 * self.passed as f64 / self.total as f64 }
    }
}

/// A share of passed replies below which the evaluation fails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Floor {
    /// The kind of questions; `None` for all of them.
    pub kind: Option<Kind>,
    /// The least share that has to pass, in per cent.
    pub percent: f64,
}

impl Floor {
    fn name(&self) -> &'static str {
        self.kind.map_or("all", Kind::name)
    }
}

impl FromStr for Floor {
    type Err = String;

    fn from_str(text: &str) -> Result<Floor, String> {
        let (name, percent) = text.split_once('=').ok_or("write it as kind=percent, such as answer=85")?;
        let kind = match name {
            "all" => None,
            name => Some(Kind::from_name(name).ok_or_else(|| {
                let names = Kind::ALL.map(Kind::name).join(", ");
                format!("{name} is no kind of questions: {names} or all")
            })?),
        };
        let percent: f64 = percent.trim_end_matches('%').parse().map_err(|_| "the percent is no number")?;
        if !(0.0..=100.0).contains(&percent) {
            return Err("the percent lies between 0 and 100".to_owned());
        }
        Ok(Floor { kind, percent })
    }
}

/// The figures over all judged replies.
#[derive(Debug)]
pub struct Report<'a> {
    judged: &'a [Judged],
    /// By kind and language; `ALL` and `all` are the sums.
    table: BTreeMap<(String, String), Tally>,
    registers: BTreeMap<(String, String), Tally>,
}

/// Reasons shown at most.
const SHOWN_WHYS: usize = 14;
/// Characters of a failed reply shown at most.
const SHOWN_TEXT: usize = 160;

impl<'a> Report<'a> {
    /// Counts `judged`.
    #[must_use]
    pub fn new(judged: &'a [Judged]) -> Report<'a> {
        let mut table: BTreeMap<(String, String), Tally> = BTreeMap::new();
        let mut registers: BTreeMap<(String, String), Tally> = BTreeMap::new();
        for one in judged {
            let (kind, lang) = (one.question.kind.name(), one.question.lang.as_str());
            for (row, column) in [(kind, lang), (kind, "all"), ("ALL", lang), ("ALL", "all")] {
                table.entry((row.to_owned(), column.to_owned())).or_default().count(one.passed());
            }
            let register = (lang.to_owned(), one.question.register.clone());
            registers.entry(register).or_default().count(one.passed());
        }
        Report { judged, table, registers }
    }

    /// The figures of a kind, or of all questions.
    #[must_use]
    pub fn tally(&self, kind: Option<Kind>) -> Tally {
        let row = kind.map_or("ALL", Kind::name).to_owned();
        self.table.get(&(row, "all".to_owned())).copied().unwrap_or_default()
    }

    /// One line for each floor that was not reached, in their order. A floor of a kind without questions is
    /// not reached: what is not asked is not shown to work.
    #[must_use]
    pub fn below(&self, floors: &[Floor]) -> Vec<String> {
        floors
            .iter()
            .filter_map(|floor| {
                let (name, floor_percent, tally) = (floor.name(), floor.percent, self.tally(floor.kind));
                if tally.total == 0 {
                    return Some(format!(
                        "below the floor: {name} has no questions (floor {floor_percent}%)"
                    ));
                }
                (tally.percent() < floor_percent).then(|| {
                    format!("below the floor: {name} {:.1}% (floor {floor_percent}%)", tally.percent())
                })
            })
            .collect()
    }

    /// The whole report as text with the first `show` failures; its last line is `N passed, N failed`.
    #[must_use]
    pub fn text(&self, floors: &[Floor], show: usize) -> String {
        let mut parts = self.table_lines();
        parts.push(self.register_line());
        parts.push(self.why_line());
        parts.extend(self.latency_line());
        parts.extend(self.calibration_lines());
        parts.push(self.refusal_line());
        let failed = self.judged.iter().filter(|one| !one.passed());
        parts.extend(failed.take(show).map(failure_line));
        parts.extend(self.below(floors));
        let all = self.tally(None);
        parts.push(format!("{} passed, {} failed", all.passed, all.total - all.passed));
        parts.join("\n") + "\n"
    }

    fn table_lines(&self) -> Vec<String> {
        self.table
            .iter()
            .map(|((kind, lang), tally)| {
                let (passed, total, percent) = (tally.passed, tally.total, tally.percent());
                format!("{kind:10} {lang:4} {passed:4}/{total:<4} {percent:5.1}%")
            })
            .collect()
    }

    fn register_line(&self) -> String {
        let each: Vec<String> = self
            .registers
            .iter()
            .map(|((lang, register), tally)| format!("{lang}/{register} {}/{}", tally.passed, tally.total))
            .collect();
        format!("registers: {}", each.join("  "))
    }

    /// The commonest reasons, with lists in brackets cut off so that like is counted with like.
    fn why_line(&self) -> String {
        let mut counts: Vec<(String, usize)> = Vec::new();
        for one in self.judged {
            let Some(why) = &one.why else { continue };
            let why = why.to_string();
            let reason = format!("{}:{}", one.question.kind, why.split('[').next().unwrap_or_default());
            match counts.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, count)) => *count += 1,
                None => counts.push((reason, 1)),
            }
        }
        // Stable, so that equals stay in the order they were met.
        counts.sort_by_key(|(_, count)| Reverse(*count));
        let each: Vec<String> =
            counts.iter().take(SHOWN_WHYS).map(|(reason, count)| format!("{reason} x{count}")).collect();
        format!("why: {}", each.join("; "))
    }

    fn latency_line(&self) -> Option<String> {
        let mut took: Vec<f64> = self.judged.iter().map(|one| one.ms).collect();
        took.sort_by(f64::total_cmp);
        let median = took.get(took.len() / 2)?;
        let p99 = took.get((took.len() as f64 * 0.99) as usize)?;
        Some(format!("ms a reply, in process: median {median:.2}, p99 {p99:.2}"))
    }

    /// How far the confidences of answers given can be believed.
    #[must_use]
    pub fn calibration(&self) -> Calibration {
        let answers = self.judged.iter().filter(|one| one.reply.outcome == Outcome::Answer);
        Calibration::new(answers.map(|one| (one.reply.confidence, one.passed())))
    }

    fn calibration_lines(&self) -> Vec<String> {
        let calibration = self.calibration();
        let answers = calibration.answers();
        let Some(error) = calibration.error() else {
            return vec!["calibration: no answer was given".to_owned()];
        };
        let mut lines = vec![format!("calibration over {answers} answers: expected error {error:.3}")];
        let bins = calibration.bins.iter().enumerate();
        lines.extend(bins.map(|(at, bin)| bin_line(at, bin)));
        lines
    }

    fn refusal_line(&self) -> String {
        let (mut refused, mut asked_back, mut answered) =
            (Tally::default(), Tally::default(), Tally::default());
        for one in self.judged {
            let outcome = one.reply.outcome;
            if one.question.kind.in_scope() {
                refused.count(outcome == Outcome::NoAnswer);
                asked_back.count(outcome == Outcome::Clarify);
            } else if one.question.kind == Kind::Refuse {
                answered.count(outcome == Outcome::Answer);
            }
        }
        let show = |tally: Tally| format!("{}/{} ({:.1}%)", tally.passed, tally.total, tally.percent());
        format!(
            "refusals: in scope refused {}, asked back {}; out of scope answered {}",
            show(refused),
            show(asked_back),
            show(answered)
        )
    }
}

fn bin_line(at: usize, bin: &Bin) -> String {
    let (low, high) = (at as f64 / 10.0, (at + 1) as f64 / 10.0);
    let mut line = format!("  {low:.1}-{high:.1} {:4} answers", bin.answers);
    if let Some((confidence, accuracy)) = bin.confidence().zip(bin.accuracy()) {
        // Writing to a String cannot fail.
        let _ = write!(line, ", confidence {confidence:.2}, right {accuracy:.2}");
    }
    line
}

/// A reply that does not pass, in one line: id, kind, reason, messages, and the start of the reply.
#[must_use]
pub fn failure_line(one: &Judged) -> String {
    let question = &one.question;
    let why = one.why.as_ref().map_or_else(String::new, ToString::to_string);
    let text: String = one.reply.text.chars().take(SHOWN_TEXT).collect();
    let text = text.replace('\n', "\\n");
    let (turns, outcome) = (question.turns.join(" / "), one.reply.outcome.name());
    format!("- {} {} {why} | {turns} | {outcome}: '{text}'", question.id, question.kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::Reply;
    use crate::evaluation::judge::judge;
    use crate::evaluation::judge::tests::{question, reply};
    use crate::language::Lang;

    fn judged(kind: &str, lang: Lang, expect: &str, outcome: Outcome, confidence: f32, ms: f64) -> Judged {
        let question = question(kind, lang.code(), expect);
        let sources: &[&str] = if outcome == Outcome::Answer { &["ar-face-mesotherapy-guide"] } else { &[] };
        let reply = Reply { confidence, ..reply(outcome, lang, "من 3 إلى 5\nجلسات", sources) };
        Judged { why: judge(&question, &reply).unwrap(), question, reply, ms }
    }

    fn sample() -> Vec<Judged> {
        use Outcome::{Answer, Clarify, Emergency, NoAnswer, Smalltalk};
        let mut sample = vec![
            judged("answer", Lang::Ar, r#""any_of":[["3"]]"#, Answer, 0.97, 0.5),
            judged("answer", Lang::Ar, r#""any_of":[["7","8"]]"#, Answer, 0.55, 0.5),
            judged("answer", Lang::Fa, "", NoAnswer, 0.2, 0.75),
            judged("answer", Lang::Fa, r#""any_of":[["9"]]"#, Answer, 0.58, 0.75),
            judged("followup", Lang::Fa, "", Clarify, 0.4, 1.0),
            judged("refuse", Lang::Ar, "", NoAnswer, 0.1, 0.25),
            judged("refuse", Lang::Fa, "", Answer, 0.62, 0.25),
            judged("emergency", Lang::Ar, "", Emergency, 1.0, 0.125),
            judged("smalltalk", Lang::Fa, "", Smalltalk, 0.9, 3.0),
        ];
        sample[0].question.register = "gulf".to_owned();
        sample
    }

    #[test]
    fn the_whole_report() {
        let sample = sample();
        let floors = ["answer=85", "all=50", "personal=90"].map(|f| f.parse().unwrap());
        insta::assert_snapshot!(Report::new(&sample).text(&floors, 2), @r#"
        ALL        all     4/9     44.4%
        ALL        ar      3/4     75.0%
        ALL        fa      1/5     20.0%
        answer     all     1/4     25.0%
        answer     ar      1/2     50.0%
        answer     fa      0/2      0.0%
        emergency  all     1/1    100.0%
        emergency  ar      1/1    100.0%
        followup   all     0/1      0.0%
        followup   fa      0/1      0.0%
        refuse     all     1/2     50.0%
        refuse     ar      1/1    100.0%
        refuse     fa      0/1      0.0%
        smalltalk  all     1/1    100.0%
        smalltalk  fa      1/1    100.0%
        registers: ar/- 2/3  ar/gulf 1/1  fa/- 1/5
        why: answer:lacks  x2; answer:outcome no_answer x1; followup:outcome clarify x1; refuse:outcome answer x1
        ms a reply, in process: median 0.50, p99 3.00
        calibration over 4 answers: expected error 0.445
          0.0-0.1    0 answers
          0.1-0.2    0 answers
          0.2-0.3    0 answers
          0.3-0.4    0 answers
          0.4-0.5    0 answers
          0.5-0.6    2 answers, confidence 0.56, right 0.00
          0.6-0.7    1 answers, confidence 0.62, right 0.00
          0.7-0.8    0 answers
          0.8-0.9    0 answers
          0.9-1.0    1 answers, confidence 0.97, right 1.00
        refusals: in scope refused 1/5 (20.0%), asked back 1/5 (20.0%); out of scope answered 1/2 (50.0%)
        - q-answer-ar answer lacks ['7', '8'] | ؟ | answer: 'من 3 إلى 5\nجلسات'
        - q-answer-fa answer outcome no_answer | ؟ | no_answer: 'من 3 إلى 5\nجلسات'
        below the floor: answer 25.0% (floor 85%)
        below the floor: all 44.4% (floor 50%)
        below the floor: personal has no questions (floor 90%)
        4 passed, 5 failed
        "#);
    }

    #[test]
    fn no_questions_at_all() {
        insta::assert_snapshot!(Report::new(&[]).text(&[], 5), @r#"
        registers: 
        why: 
        calibration: no answer was given
        refusals: in scope refused 0/0 (0.0%), asked back 0/0 (0.0%); out of scope answered 0/0 (0.0%)
        0 passed, 0 failed
        "#);
    }

    #[test]
    fn floors_are_read() {
        for (text, kind, percent) in [
            ("answer=85", Some(Kind::Answer), 85.0),
            ("all=90.5", None, 90.5),
            ("refuse=0%", Some(Kind::Refuse), 0.0),
        ] {
            assert_eq!(text.parse(), Ok(Floor { kind, percent }));
        }
        for (text, what) in [
            ("answer", "kind=percent"),
            ("answers=85", "answers is no kind"),
            ("answer=x", "no number"),
            ("answer=101", "between 0 and 100"),
        ] {
            let error = Floor::from_str(text).unwrap_err();
            assert!(error.contains(what), "{error}");
        }
    }

    #[test]
    fn a_floor_that_is_reached_says_nothing() {
        let sample = sample();
        let floors = ["answer=25", "emergency=100"].map(|f| f.parse().unwrap());
        assert_eq!(Report::new(&sample).below(&floors), Vec::<String>::new());
    }
}
