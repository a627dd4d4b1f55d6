//! Decision to reply: text, citations, disclaimers, suggestions. Adds no statement of its own.

use super::reply::{Citation, Disclaimer, Suggestion};
use crate::knowledge::{Knowledge, Pair};
use crate::language::Lang;

/// Suggestions under a reply, at most.
const SUGGESTIONS: usize = 3;

/// The answers of `pairs` as one text, with citations numbered through.
///
/// Several pairs are joined in order as paragraphs of their own.
#[must_use]
pub fn answer(knowledge: &Knowledge, pairs: &[&Pair], lang: Lang) -> (String, Vec<Citation>) {
    let (answers, citations) = answers(knowledge, pairs, lang);
    (answers.join("\n\n"), citations)
}

/// The answers to several questions under their own numbered questions, then what is said of those that lie `outside`.
#[must_use]
pub fn numbered<'a>(
    knowledge: &Knowledge,
    pairs: &[&Pair],
    outside: impl IntoIterator<Item = &'a str>,
    lang: Lang,
) -> (String, Vec<Citation>) {
    let (answers, citations) = answers(knowledge, pairs, lang);
    let headed = pairs.iter().zip(answers).zip(1..).map(|((pair, answer), n)| {
        format!("**{}. {}**\n\n{answer}", number(n, lang), pair.wording(lang).question)
    });
    let outside = outside.into_iter().zip(pairs.len() + 1..);
    let outside = outside.map(|(said, n)| format!("**{}.** {said}", number(n, lang)));
    (headed.chain(outside).collect::<Vec<_>>().join("\n\n"), citations)
}

/// A number in the digits that the answers of a language use.
fn number(n: usize, lang: Lang) -> String {
    let digits = n.to_string();
    match lang {
        Lang::Ar => digits,
        Lang::Fa => digits.bytes().filter_map(|d| "۰۱۲۳۴۵۶۷۸۹".chars().nth(usize::from(d - b'0'))).collect(),
    }
}

/// The answer of each pair, with citations numbered through; a passage that two of them cite keeps one number.
fn answers(knowledge: &Knowledge, pairs: &[&Pair], lang: Lang) -> (Vec<String>, Vec<Citation>) {
    let mut citations: Vec<Citation> = Vec::new();
    let mut paragraphs = Vec::new();
    for pair in pairs {
        let numbers: Vec<usize> = pair
            .cites
            .iter()
            .filter_map(|cite| {
                let (source, passage) = knowledge.passage(cite)?;
                let known = citations.iter().find(|c| c.source == cite.source && c.passage == cite.passage);
                if let Some(known) = known {
                    return Some(known.marker);
                }
                let marker = citations.len() + 1;
                citations.push(Citation {
                    marker,
                    source: source.id.clone(),
                    title: source.title.get(lang).to_owned(),
                    section: passage.section.get(lang).to_owned(),
                    lang: source.lang,
                    passage: passage.id.clone(),
                    gist: passage.gist.get(lang).to_owned(),
                    url: source.url.clone(),
                });
                Some(marker)
            })
            .collect();
        paragraphs.push(renumber(&pair.wording(lang).answer, &numbers));
    }
    (paragraphs, citations)
}

/// Replaces each `[n]` by the number at place `n` of `numbers`; anything else in brackets stays.
fn renumber(text: &str, numbers: &[usize]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let number = after
            .split_once(']')
            .and_then(|(inside, _)| inside.parse::<usize>().ok())
            .and_then(|n| numbers.get(n.wrapping_sub(1)).map(|number| (n, number)));
        match number {
            Some((n, number)) => {
                out.push_str(&format!("[{number}]"));
                rest = after.get(n.to_string().len() + 1..).unwrap_or_default();
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The disclaimers of `codes`, in order, each once; an unknown code is passed over.
#[must_use]
pub fn disclaimers<'a>(
    knowledge: &Knowledge,
    codes: impl IntoIterator<Item = &'a str>,
    lang: Lang,
) -> Vec<Disclaimer> {
    let mut out: Vec<Disclaimer> = Vec::new();
    for code in codes {
        if out.iter().any(|d| d.code == code) {
            continue;
        }
        if let Some(text) = knowledge.policy.disclaimer(code) {
            out.push(Disclaimer { code: code.to_owned(), text: text.get(lang).to_owned() });
        }
    }
    out
}

/// The questions of the pairs `ids`, in order, each once, at most three; unknown ids are passed over.
#[must_use]
pub fn suggestions<'a>(
    knowledge: &Knowledge,
    ids: impl IntoIterator<Item = &'a str>,
    lang: Lang,
    limit: usize,
) -> Vec<Suggestion> {
    let mut out: Vec<Suggestion> = Vec::new();
    for id in ids {
        if out.len() >= limit.max(SUGGESTIONS) {
            break;
        }
        if out.iter().any(|s| s.pair == id) {
            continue;
        }
        if let Some(pair) = knowledge.pair(id) {
            out.push(Suggestion { text: pair.wording(lang).question.clone(), pair: id.to_owned() });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_renumbered() {
        for (text, numbers, out) in [
            ("أ [1] ب [2].", vec![3, 1], "أ [3] ب [1]."),
            ("[1][2]", vec![1, 12], "[1][12]"),
            ("[x] [9] [", vec![1], "[x] [9] ["),
            ("", vec![], ""),
        ] {
            assert_eq!(renumber(text, &numbers), out);
        }
    }
}
