//! What has to be true between the files: references, citations, both languages, no form twice.

mod folded;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rustc_hash::FxHashMap;
use toml::Spanned;

use super::aside::RawAside;
use super::decision::DecisionFigures;
use super::files::File;
use super::lexicon::{Concept, ConceptKind};
use super::lint;
use super::policy::Policy;
use super::problem::{FileProblems, Problem};
use super::source::SourceFile;
use super::topic::{Asks, Cite, RawPair, RawWording, TopicFile};
use folded::Folded;

/// Ways to ask that a pair needs besides its question, in each language.
pub const LEAST_VARIANTS: usize = 6;

/// What a pair may be about.
pub const SUBJECTS: [&str; 10] =
    ["treatment", "face", "skin", "hair", "body", "prp", "botox", "filler", "laser", "microneedling"];

/// All files as written; the numbers are places in the list of files.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub sources: Vec<(usize, SourceFile)>,
    pub topics: Vec<(usize, TopicFile)>,
    pub lexicon: Option<(usize, Vec<Concept>)>,
    pub smalltalk: Option<(usize, Vec<RawAside>)>,
    pub courtesies: Vec<String>,
    pub outside: Option<(usize, Vec<RawAside>)>,
    pub policy: Option<Policy>,
    pub decision: Option<DecisionFigures>,
    /// The policy was there but did not parse: nothing is said of what it would have held.
    pub policy_broken: bool,
}

impl Parsed {
    /// Takes over what was read of files that come behind these.
    pub(super) fn extend(&mut self, behind: Parsed) {
        self.sources.extend(behind.sources);
        self.topics.extend(behind.topics);
        self.courtesies.extend(behind.courtesies);
        self.lexicon = self.lexicon.take().or(behind.lexicon);
        self.smalltalk = self.smalltalk.take().or(behind.smalltalk);
        self.outside = self.outside.take().or(behind.outside);
        self.policy = self.policy.take().or(behind.policy);
        self.decision = self.decision.take().or(behind.decision);
        self.policy_broken |= behind.policy_broken;
    }
}

/// Adds every problem between the files to `problems`.
pub(super) fn check(parsed: &Parsed, files: &[File], problems: &mut Vec<Problem>) {
    let mut checker = Checker {
        books: files.iter().map(|f| FileProblems::new(&f.name, &f.text)).collect(),
        files,
        passages: passages(parsed),
        pair_ids: parsed
            .topics
            .iter()
            .flat_map(|(_, f)| f.pairs.iter().map(|p| p.get_ref().id.get_ref().clone()))
            .collect(),
        risks: parsed.policy.as_ref().map(Policy::disclaimer_codes),
        cited: BTreeSet::new(),
        folded: Folded::new(parsed),
    };
    checker.sources(parsed);
    checker.topics(parsed);
    checker.asides(parsed);
    checker.forms(parsed);
    checker.lexicon(parsed);
    checker.uncited_passages(parsed);
    problems.extend(checker.books.into_iter().flat_map(FileProblems::into_found));
}

fn passages(parsed: &Parsed) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, file) in &parsed.sources {
        let ids = all.entry(file.source.id.get_ref().clone()).or_default();
        ids.extend(file.passages.iter().map(|p| p.id.get_ref().clone()));
    }
    all
}

struct Checker<'a> {
    /// One book of problems a file.
    books: Vec<FileProblems<'a>>,
    files: &'a [File],
    passages: BTreeMap<String, BTreeSet<String>>,
    pair_ids: BTreeSet<String>,
    /// Disclaimer codes of the policy; `None` where the policy did not load.
    risks: Option<BTreeSet<String>>,
    cited: BTreeSet<Cite>,
    folded: Folded<'a>,
}

impl Checker<'_> {
    fn say(&mut self, file: usize, place: &Spanned<String>, what: impl Into<String>, mend: &str) {
        if let Some(book) = self.books.get_mut(file) {
            book.at(place.span(), what, mend);
        }
    }

    /// Says where `ids` repeat.
    fn unique<'b>(&mut self, kind: &str, ids: impl Iterator<Item = (usize, &'b Spanned<String>)>) {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (file, id) in ids {
            if let Some(first) = seen.get(id.get_ref().as_str()) {
                let other = self.files.get(*first).map_or("", |f| f.name.as_str());
                self.say(
                    file,
                    id,
                    format!("{kind} id {} stands twice (also in {other})", id.get_ref()),
                    "Give one of them another id",
                );
            } else {
                seen.insert(id.get_ref(), file);
            }
        }
    }

    fn sources(&mut self, parsed: &Parsed) {
        self.unique("source", parsed.sources.iter().map(|(at, f)| (*at, &f.source.id)));
        for (at, file) in &parsed.sources {
            let id = &file.source.id;
            if self.files.get(*at).is_some_and(|f| f.name != format!("sources/{}.toml", id.get_ref())) {
                let what = format!("the source {} stands in a file of another name", id.get_ref());
                self.say(*at, id, what, "Name the file after the source's id");
            }
            self.unique("passage", file.passages.iter().map(|p| (*at, &p.id)));
            for passage in &file.passages {
                for (lang, text) in [("ar", &passage.gist.ar), ("fa", &passage.gist.fa)] {
                    if text.trim().is_empty() {
                        let what = format!("passage {} has an empty gist in {lang}", passage.id.get_ref());
                        self.say(*at, &passage.id, what, "Write what the passage says, in your own words");
                    }
                }
            }
        }
    }

    fn topics(&mut self, parsed: &Parsed) {
        self.unique("topic", parsed.topics.iter().map(|(at, f)| (*at, &f.topic.id)));
        let pairs = || parsed.topics.iter().flat_map(|(at, f)| f.pairs.iter().map(|p| (*at, p.get_ref())));
        self.unique("pair", pairs().map(|(at, p)| (at, &p.id)));
        for (at, pair) in pairs() {
            self.pair(at, pair);
        }
    }

    fn pair(&mut self, at: usize, pair: &RawPair) {
        let id = pair.id.get_ref();
        if Asks::from_name(pair.asks.get_ref()).is_none() {
            let names: Vec<_> = Asks::ALL.iter().map(|a| a.name()).collect();
            let what = format!("pair {id} asks {:?}, which is not known", pair.asks.get_ref());
            self.say(at, &pair.asks, what, &format!("Use one of {}", names.join(", ")));
        }
        for subject in &pair.subject {
            if !SUBJECTS.contains(&subject.get_ref().as_str()) {
                let what = format!("pair {id} has the unknown subject {:?}", subject.get_ref());
                self.say(at, subject, what, &format!("Use one of {}", SUBJECTS.join(", ")));
            }
        }
        for risk in &pair.risk {
            if self.risks.as_ref().is_some_and(|known| !known.contains(risk.get_ref())) {
                let what =
                    format!("pair {id} has the risk tag {:?}, which has no disclaimer", risk.get_ref());
                self.say(at, risk, what, "Write that disclaimer in policy.toml, or mend the tag");
            }
        }
        for related in &pair.related {
            if !self.pair_ids.contains(related.get_ref()) || related.get_ref() == id {
                let what = format!("pair {id} is related to {:?}, which is no other pair", related.get_ref());
                self.say(at, related, what, "Name the id of another pair");
            }
        }
        self.cites(at, pair);
        for (lang, wording) in [("ar", &pair.ar), ("fa", &pair.fa)] {
            match wording {
                Some(wording) => self.wording(at, pair, lang, wording),
                None => self.say(
                    at,
                    &pair.id,
                    format!("pair {id} has no [pair.{lang}]"),
                    "Write question, variants and answer in that language",
                ),
            }
        }
    }

    fn cites(&mut self, at: usize, pair: &RawPair) {
        let id = pair.id.get_ref();
        if pair.cites.is_empty() {
            let what = format!("pair {id} cites no passage");
            self.say(
                at,
                &pair.id,
                what,
                "Add cites = [\"source#passage\"] for every statement of the answer",
            );
        }
        for cite in &pair.cites {
            let Some(parsed) = Cite::parse(cite.get_ref()) else {
                let what = format!("pair {id} cites {:?}, which is not source#passage", cite.get_ref());
                self.say(at, cite, what, "Write the source's id, #, and the passage's id");
                continue;
            };
            match self.passages.get(&parsed.source) {
                None => {
                    let what = format!("pair {id} cites the unknown source {:?}", parsed.source);
                    self.say(at, cite, what, "Use the id of a file in sources/");
                }
                Some(ids) if !ids.contains(&parsed.passage) => {
                    let what =
                        format!("pair {id} cites {:?}, which is no passage of its source", cite.get_ref());
                    self.say(at, cite, what, "Use a passage id of that source's file");
                }
                Some(_) => {
                    self.cited.insert(parsed);
                }
            }
        }
    }

    fn wording(&mut self, at: usize, pair: &RawPair, lang: &str, wording: &RawWording) {
        let id = pair.id.get_ref();
        if wording.variants.len() < LEAST_VARIANTS {
            let what = format!("pair {id} has {} variants in {lang}", wording.variants.len());
            self.say(at, &wording.question, what, &format!("Write at least {LEAST_VARIANTS} ways to ask it"));
        }
        for text in wording.forms().chain([&wording.answer]) {
            if self.folded.of(text).is_empty() {
                self.say(
                    at,
                    text,
                    format!("pair {id} has an empty text in {lang}"),
                    "Write it or take it out",
                );
            }
        }
        let markers = markers(wording.answer.get_ref());
        for marker in &markers {
            if *marker == 0 || *marker > pair.cites.len() {
                let what = format!("the {lang} answer of {id} has the marker [{marker}] without a citation");
                self.say(at, &wording.answer, what, "Add the passage to cites, or take the marker out");
            }
        }
        for n in 1..=pair.cites.len() {
            if !markers.contains(&n) {
                let what = format!("the {lang} answer of {id} never uses its citation [{n}]");
                self.say(at, &wording.answer, what, "Put the marker behind what the passage says");
            }
        }
        for finding in lint::unsafe_sentences(wording.answer.get_ref()) {
            let what = format!("the {lang} answer of {id} {}: «{}»", finding.what, finding.sentence);
            self.say(at, &wording.answer, what, finding.mend);
        }
    }

    fn asides(&mut self, parsed: &Parsed) {
        for list in [&parsed.outside, &parsed.smalltalk].into_iter().flatten() {
            let (at, asides) = (list.0, &list.1);
            self.unique("entry", asides.iter().map(|a| (at, &a.id)));
            for aside in asides {
                for near in &aside.near {
                    if !self.pair_ids.contains(near.get_ref()) {
                        let what =
                            format!("{} is near {:?}, which is no pair", aside.id.get_ref(), near.get_ref());
                        self.say(at, near, what, "Name the id of a pair");
                    }
                }
                for wording in [&aside.ar, &aside.fa] {
                    if wording.forms.is_empty() || wording.reply.get_ref().trim().is_empty() {
                        let what = format!("{} lacks ways to say it or a reply", aside.id.get_ref());
                        self.say(at, &wording.reply, what, "Write both, in both languages");
                    }
                }
            }
        }
    }

    /// No way to ask may stand in two places: the matcher could not tell them apart.
    fn forms(&mut self, parsed: &Parsed) {
        let mut seen: FxHashMap<(bool, String), String> = FxHashMap::default();
        let mut all: Vec<(usize, bool, String, &Spanned<String>)> = Vec::new();
        for (at, file) in &parsed.topics {
            for pair in &file.pairs {
                let pair = pair.get_ref();
                for (arabic, wording) in [(true, &pair.ar), (false, &pair.fa)] {
                    for form in wording.iter().flat_map(RawWording::forms) {
                        all.push((*at, arabic, pair.id.get_ref().clone(), form));
                    }
                }
            }
        }
        for (kind, list) in [("outside", &parsed.outside), ("small talk", &parsed.smalltalk)] {
            for (at, asides) in list.iter().map(|l| (l.0, &l.1)) {
                for aside in asides {
                    for (arabic, wording) in [(true, &aside.ar), (false, &aside.fa)] {
                        let id = format!("{kind} {}", aside.id.get_ref());
                        all.extend(wording.forms.iter().map(|f| (at, arabic, id.clone(), f)));
                    }
                }
            }
        }
        for (at, arabic, id, form) in all {
            let form_of = (arabic, self.folded.bare(form));
            match seen.get(&form_of) {
                Some(other) if *other != id => {
                    let what = format!("«{}» stands in {id} and in {other}", form.get_ref());
                    self.say(at, form, what, "Leave it where it fits best");
                }
                Some(_) => {
                    let what = format!("«{}» stands twice in {id}", form.get_ref());
                    self.say(at, form, what, "Take one of them out");
                }
                None => {
                    seen.insert(form_of, id);
                }
            }
        }
    }

    fn lexicon(&mut self, parsed: &Parsed) {
        let Some((at, concepts)) = &parsed.lexicon else { return };
        self.unique("concept", concepts.iter().map(|c| (*at, &c.id)));
        // Languages have words of their own; one form may mean two things in two of them.
        let mut seen: FxHashMap<(usize, String), String> = FxHashMap::default();
        for concept in concepts {
            let id = concept.id.get_ref();
            if concept.kind == ConceptKind::Asks && Asks::from_name(id).is_none() {
                let what = format!("{id} is of the kind asks, but no question wants that");
                self.say(*at, &concept.id, what, "Use the name of a value of `asks`, or another kind");
            }
            for (list, form) in concept.forms() {
                let folded = (list, self.folded.bare(form));
                match seen.get(&folded) {
                    Some(other) if other != id => {
                        let what = format!("«{}» stands in the concepts {id} and {other}", form.get_ref());
                        self.say(*at, form, what, "Leave it in the one where it serves best");
                    }
                    _ => {
                        seen.insert(folded, id.clone());
                    }
                }
            }
        }
    }

    fn uncited_passages(&mut self, parsed: &Parsed) {
        for (at, file) in &parsed.sources {
            for passage in &file.passages {
                let cite =
                    Cite { source: file.source.id.get_ref().clone(), passage: passage.id.get_ref().clone() };
                if !self.cited.contains(&cite) {
                    let what = format!("no pair cites passage {}", passage.id.get_ref());
                    self.say(*at, &passage.id, what, "Cite it in the pair that rests on it, or take it out");
                }
            }
        }
    }
}

/// The numbers of the `[n]` markers of a text, in order, with repetitions.
pub(super) fn markers(text: &str) -> Vec<usize> {
    text.split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
        .filter_map(|(inside, _)| inside.parse().ok())
        .collect()
}
