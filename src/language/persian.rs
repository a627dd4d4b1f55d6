//! Persian words, formal and colloquial: what is written onto them, joined, split or with a ZWNJ.
//!
//! Everything works on folded words (see [`fold`](super::fold())).

use super::arabic::without_end;
use super::token::{Script, Token};

/// Letters that a word must keep after something was taken off.
const LEAST: usize = 3;

/// Marks of the present and of negation, longest first.
const VERB_MARKS: [&str; 4] = ["نمی", "می", "ب", "ن"];

/// Endings, longest first: plurals with possessives, colloquial possessives, comparison, copulas, ezafe,
/// the object mark و of «پوستمو».
const ENDINGS: [&str; 52] = [
    "هایشان",
    "هایمان",
    "هایتان",
    "هاشونو",
    "هاشون",
    "هامون",
    "هاتون",
    "ترینها",
    "هایش",
    "هایم",
    "هایت",
    "هایی",
    "هامو",
    "هاشو",
    "هاتو",
    "های",
    "هام",
    "هاش",
    "هات",
    "هاي",
    "ترین",
    "مونو",
    "شونو",
    "تونو",
    "مون",
    "تون",
    "شون",
    "مان",
    "تان",
    "شان",
    "ها",
    "تر",
    "یها",
    "یم",
    "ید",
    "ند",
    "ست",
    "ای",
    "یی",
    "ام",
    "ات",
    "اش",
    "رو",
    "مو",
    "شو",
    "تو",
    "ه",
    "م",
    "ت",
    "ش",
    "ی",
    "و",
];

/// All readings of a folded word from whole to barest, without repetition; the first is the word itself.
///
/// Each is a slice of the word that keeps at least three letters (two before a plural: موها).
pub fn readings<'a>(word: &'a str, out: &mut Vec<&'a str>) {
    out.clear();
    let mut fronts = vec![word];
    for mark in VERB_MARKS {
        if let Some(rest) = word.strip_prefix(mark).filter(|r| r.chars().count() >= LEAST) {
            fronts.push(rest);
        }
    }
    for front in fronts {
        push(out, front);
        for ending in ENDINGS {
            let Some(rest) = without_end(front, ending) else { continue };
            let least = if ending.starts_with("ها") { 2 } else { LEAST };
            if rest.chars().count() < least {
                continue;
            }
            push(out, rest);
            // A plural or possessive on a plural or an indefinite: لک‌هایی, کلینیکتون.
            if let Some(rest) = rest.strip_suffix("ها").filter(|r| r.chars().count() >= 2) {
                push(out, rest);
            }
        }
    }
    out.sort_by_key(|reading| std::cmp::Reverse(reading.len()));
}

fn push<'a>(out: &mut Vec<&'a str>, reading: &'a str) {
    if !out.contains(&reading) {
        out.push(reading);
    }
}

/// The light stem that index and query share: plural, comparison and possessive endings off, the verb
/// mark off, colloquial ون for ان (خونه, تهرون). Never empty for a word that is not.
#[must_use]
pub fn stem(word: &str) -> String {
    let mut stem = word;
    for mark in ["نمی", "می"] {
        if let Some(rest) = stem.strip_prefix(mark).filter(|r| r.chars().count() >= 2) {
            stem = rest;
            break;
        }
    }
    for ending in ENDINGS {
        let Some(rest) = without_end(stem, ending) else { continue };
        let least = if ending.starts_with("ها") { 2 } else { LEAST + usize::from(ending.len() <= 2) };
        if rest.chars().count() >= least {
            stem = rest;
            break;
        }
    }
    stem.replace("ون", "ان")
}

/// Joins what Persian writes apart: می and نمی to their verb, ها, تر and their like to the word before.
/// So «می شود», «می‌شود» and «میشود» are one token.
#[must_use]
pub fn join(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut mark: Option<Token> = None;
    for mut token in tokens {
        if let Some(before) = mark.take() {
            if token.script == Script::Arabic && token.clause == before.clause {
                token.parts = vec![before.text.clone(), token.text.clone()];
                token.text.insert_str(0, &before.text);
            } else {
                out.push(before);
            }
        }
        if matches!(token.text.as_str(), "می" | "نمی") {
            mark = Some(token);
            continue;
        }
        match out.last_mut() {
            Some(last)
                if is_loose_ending(&token.text)
                    && last.script == Script::Arabic
                    && last.clause == token.clause =>
            {
                if last.parts.is_empty() {
                    last.parts.push(last.text.clone());
                }
                last.parts.push(token.text.clone());
                last.text.push_str(&token.text);
            }
            _ => out.push(token),
        }
    }
    out.extend(mark);
    out
}

fn is_loose_ending(word: &str) -> bool {
    matches!(
        word,
        "ها" | "های"
            | "هایی"
            | "هام"
            | "هات"
            | "هاش"
            | "هایم"
            | "هایت"
            | "هایش"
            | "تر"
            | "ترین"
            | "ام"
            | "اش"
            | "مون"
            | "تون"
            | "شون"
            | "هامون"
            | "هاشون"
            | "هاتون"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{fold, tokenize};

    fn check(word: &str, reading: &str) {
        let (word, reading) = (fold(word).replace('\u{200c}', ""), fold(reading));
        let mut out = Vec::new();
        readings(&word, &mut out);
        assert!(out.contains(&reading.as_str()), "{word} has no reading {reading}: {out:?}");
        assert_eq!(out[0], word);
    }

    #[test]
    fn endings_come_off() {
        check("پوستمو", "پوست");
        check("لک‌هایی", "لک");
        check("صورتشون", "صورت");
        check("جلسه‌ها", "جلسه");
        check("می‌خوام", "خوام");
        check("موهام", "مو");
        check("نوبتم", "نوبت");
        check("بهتره", "بهتر");
    }

    #[test]
    fn apart_joined_and_zwnj_are_one() {
        let words = |t: &str| join(tokenize(&fold(t))).into_iter().map(|t| t.text).collect::<Vec<_>>();
        assert_eq!(words("می شود"), words("می‌شود"));
        assert_eq!(words("می شود"), words("میشود"));
        assert_eq!(words("لک های صورت"), words("لک‌های صورت"));
        assert_eq!(words("برای چه می"), ["برای", "چه", "می"]);
    }

    #[test]
    fn one_stem_for_a_word() {
        let stems =
            |words: &[&str]| words.iter().map(|w| stem(&fold(w).replace('\u{200c}', ""))).collect::<Vec<_>>();
        assert_eq!(stems(&["چروک", "چروک‌ها", "چروک‌های"]), vec!["چروک"; 3]);
        assert_eq!(stems(&["درمون", "درمان"]), vec!["درمان"; 2]);
    }
}
