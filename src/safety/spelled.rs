//! Messages in Latin letters, read as the words of the policy that they spell: nobody can list all the ways to write
//! «نفسم بالا نمیاد» in Latin letters.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::verbs;
use crate::knowledge::policy::{Forms, Policy};
use crate::language::latin::Romanized;
use crate::language::{self, Lang, Script};

/// A word that is spelled worse is left as it stands.
const WORST: f32 = 0.6;
/// Of a word of the policy and another one that a spelling fits as well, the policy's is read.
const USE: u32 = 4;
/// Latin words of fewer letters stand for too many.
const LEAST_LETTERS: usize = 2;
/// So many words must be read, for a reading to be worth a screening.
const LEAST_READ: usize = 2;

/// The policy's words of both languages, findable by how they are written in Latin letters.
#[derive(Debug)]
pub(super) struct Spelled {
    arabic: Romanized,
    persian: Romanized,
}

impl Spelled {
    /// Makes the words of all forms of `policy` findable, and folded words of the `knowledge` that mean nothing here.
    pub(super) fn new(policy: &Policy, knowledge: &[&str]) -> Self {
        let forms = || policy.signs.iter().map(|s| &s.forms).chain(policy.frames.iter().map(|f| &f.forms));
        let of = |lang: Lang, list: fn(&Forms) -> &Vec<String>| {
            let mut words = FxHashSet::default();
            forms().flat_map(list).for_each(|form| add(form, lang, &mut words));
            let other = knowledge.iter().filter(|word| !words.contains(**word)).map(|word| (*word, 1));
            let mut all: Vec<(&str, u32)> = other.collect();
            all.extend(words.iter().map(|word| (word.as_str(), USE)));
            all.sort_unstable();
            Romanized::new(lang, Arc::new(all.into_iter().collect()))
        };
        Self { arabic: of(Lang::Ar, |f| &f.ar), persian: of(Lang::Fa, |f| &f.fa) }
    }

    /// The folded message with its Latin words read in `lang`; `None` if too few of them spell anything.
    pub(super) fn read(&self, folded: &str, lang: Lang) -> Option<String> {
        let words = match lang {
            Lang::Ar => &self.arabic,
            Lang::Fa => &self.persian,
        };
        let mut read = 0;
        let reading: Vec<&str> = folded
            .split(' ')
            .map(|word| {
                let latin = word.bytes().any(|b| b.is_ascii_alphabetic()) && word.len() >= LEAST_LETTERS;
                match latin.then(|| words.find(word)).flatten().filter(|found| found.cost <= WORST) {
                    Some(found) => {
                        read += 1;
                        found.word
                    }
                    None => word,
                }
            })
            .collect();
        (read >= LEAST_READ).then(|| reading.join(" "))
    }
}

/// Adds the folded words of a form, a verb's in all persons.
fn add(form: &str, lang: Lang, words: &mut FxHashSet<String>) {
    let all = match form.strip_prefix(verbs::STEM) {
        Some(stem) => verbs::persons(stem, lang == Lang::Ar),
        None => vec![form.trim_start_matches('=').to_owned()],
    };
    for form in all {
        let tokens = language::tokenize(&language::fold(&form)).into_iter();
        words.extend(tokens.filter(|t| t.script == Script::Arabic).map(|t| t.text));
    }
}
