//! How much of a question each class's forms hold, and the reverse: by the terms that they share.

use rustc_hash::FxHashMap;

use super::ahead::ask_for;
use super::reading::TermsOf;

/// How much each term says, in one language.
#[derive(Debug, Clone, Default)]
pub struct Information {
    idf: FxHashMap<u64, f32>,
    /// What a term counts that no form holds.
    unknown: f32,
}

/// A text's terms with what they say: keys ascending.
#[derive(Debug, Clone, Default)]
pub struct Weighed {
    terms: Vec<(u64, f32)>,
    total: f32,
}

impl Information {
    /// From the forms of each class: a term that few classes use says much.
    #[must_use]
    pub(super) fn new(forms: &TermsOf) -> Self {
        let mut counts: FxHashMap<u64, f32> = FxHashMap::default();
        let mut keys: Vec<u64> = Vec::new();
        let mut classes = 0usize;
        for forms in forms.classes() {
            keys.clear();
            keys.extend(forms.flatten().map(|(key, _)| *key));
            keys.sort_unstable();
            keys.dedup();
            keys.iter().for_each(|key| *counts.entry(*key).or_default() += 1.0);
            classes += 1;
        }
        let total = classes as f32;
        let idf: FxHashMap<u64, f32> =
            counts.into_iter().map(|(key, count)| (key, (1.0 + total / count).ln())).collect();
        // An unknown word is often part of a story; it says about as much as a middling known one.
        let unknown = (1.0 + total / 12.0).ln();
        Self { idf, unknown }
    }

    /// The terms of a text with what they say.
    #[must_use]
    pub fn weigh(&self, terms: impl IntoIterator<Item = (u64, f32)>) -> Weighed {
        let mut weighed = Weighed::default();
        self.weigh_into(terms, &mut weighed);
        weighed
    }

    /// The same in the room of another text that is not needed any more.
    fn weigh_into(&self, terms: impl IntoIterator<Item = (u64, f32)>, into: &mut Weighed) {
        let says = |key| self.idf.get(&key).copied().unwrap_or(self.unknown);
        into.terms.clear();
        into.terms.extend(terms.into_iter().map(|(key, weight)| (key, weight * says(key))));
        into.terms.sort_unstable_by_key(|(key, _)| *key);
        into.total = into.terms.iter().map(|(_, w)| w).sum();
    }
}

/// What a question shares with a class. All from 0 to 1, and 0 where nothing is shared.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Overlap {
    /// Share of the question's information that the form fitting best holds.
    pub coverage: f32,
    /// Share of that form's information that the question holds.
    pub reverse: f32,
    /// Share of the question's information that any form or the answer holds.
    pub known: f32,
}

/// Who holds a term: one place for each class that does, and behind it the forms.
#[derive(Debug, Clone, Copy)]
struct Holder {
    class: u16,
    /// Where its forms begin in [`Overlaps::held`]; they end where the next holder's begin. None for a term that only
    /// the answer holds.
    start: u32,
}

/// The forms of all classes by their terms, so that a question meets only the forms that it shares a term with.
#[derive(Debug, Clone, Default)]
pub struct Overlaps {
    /// For each term its range of `holders`, which are ordered by class.
    terms: FxHashMap<u64, (u32, u32)>,
    /// One more than there are, so that each has a next.
    holders: Vec<Holder>,
    /// The place of a form in its class, and what the term says there.
    held: Vec<(u16, f32)>,
    /// For each class what each of its forms says in all.
    totals: Vec<Vec<f32>>,
}

/// Stands for "the answer, and no form".
const ANSWER: u16 = u16::MAX;

impl Overlaps {
    /// Lays out the forms and the answer of each class. Forms beyond 65,534 of one class are passed over.
    #[must_use]
    pub(super) fn new(forms: &TermsOf, answers: &TermsOf, information: &Information) -> Self {
        let mut entries: Vec<(u64, u16, u16, f32)> = Vec::new();
        let mut out = Overlaps::default();
        let mut weighed = Weighed::default();
        for ((class, forms), answers) in (0..).zip(forms.classes()).zip(answers.classes()) {
            let mut totals = Vec::new();
            for (at, form) in (0..ANSWER).zip(forms) {
                information.weigh_into(form.iter().copied(), &mut weighed);
                entries.extend(weighed.terms.iter().map(|(key, says)| (*key, class, at, *says)));
                totals.push(weighed.total);
            }
            for answer in answers {
                information.weigh_into(answer.iter().copied(), &mut weighed);
                entries.extend(weighed.terms.iter().map(|(key, says)| (*key, class, ANSWER, *says)));
            }
            totals.shrink_to_fit();
            out.totals.push(totals);
        }
        entries.sort_unstable_by_key(|(key, class, form, _)| (*key, *class, *form));
        let mut last = None;
        for (key, class, form, says) in entries {
            if last != Some((key, class)) {
                last = Some((key, class));
                let (at, start) = (out.holders.len() as u32, out.held.len() as u32);
                out.terms.entry(key).or_insert((at, at)).1 = at + 1;
                out.holders.push(Holder { class, start });
            }
            if form != ANSWER {
                out.held.push((form, says));
            }
        }
        out.holders.push(Holder { class: u16::MAX, start: out.held.len() as u32 });
        out.holders.shrink_to_fit();
        out.held.shrink_to_fit();
        out
    }

    /// What the question shares with each of `classes`, in their order.
    #[must_use]
    pub fn of(&self, question: &Weighed, classes: &[usize]) -> Vec<Overlap> {
        let mut asked = Asked::new(self, classes);
        let terms: Vec<(&[Holder], f32)> =
            question.terms.iter().filter_map(|(key, says)| Some((self.holders_of(*key)?, *says))).collect();
        ask_for(terms.iter().map(|(holders, _)| *holders), |holder| holder.class as u8);
        let shared = asked.shared(&self.held, &terms);
        ask_for(shared.iter().map(|shared| shared.held), |(form, _)| *form as u8);
        shared.into_iter().for_each(|shared| asked.add(shared));
        let share = |known: &f32| if question.total > 0.0 { known / question.total } else { 0.0 };
        let forms = |place: usize| (asked.sums_of(place), self.totals_of(classes.get(place)));
        asked
            .known
            .iter()
            .enumerate()
            .map(|(place, known)| Overlap { known: share(known), ..best(question.total, forms(place)) })
            .collect()
    }

    fn totals_of(&self, class: Option<&usize>) -> &[f32] {
        class.and_then(|class| self.totals.get(*class)).map_or(&[], Vec::as_slice)
    }

    /// Who holds a term, and behind the last where its forms end.
    fn holders_of(&self, key: u64) -> Option<&[Holder]> {
        let (start, end) = self.terms.get(&key)?;
        self.holders.get(*start as usize..=*end as usize)
    }
}

/// A term that the question shares with a class that is asked about.
struct Shared<'a> {
    /// The place of the class.
    place: usize,
    /// What the term says in the question.
    says: f32,
    /// The forms that hold it, and what it says there.
    held: &'a [(u16, f32)],
}

/// The classes that are asked about, and what is added up for them, each at the place where it was named.
struct Asked {
    /// The place of each class; [`ELSEWHERE`] for one that is not asked about.
    places: Vec<u16>,
    /// What the terms say that anything of the class holds.
    known: Vec<f32>,
    /// What the shared terms say here and in each form of all classes.
    sums: Vec<(f32, f32)>,
    /// Where the forms of each class begin in `sums`, and of the last one end.
    starts: Vec<usize>,
}

const ELSEWHERE: u16 = u16::MAX;

impl Asked {
    fn new(overlaps: &Overlaps, classes: &[usize]) -> Self {
        let mut places = vec![ELSEWHERE; overlaps.totals.len()];
        let mut starts = vec![0];
        let mut forms = 0;
        for (place, class) in (0..ELSEWHERE).zip(classes) {
            if let Some(slot) = places.get_mut(*class) {
                *slot = place;
            }
            forms += overlaps.totals_of(Some(class)).len();
            starts.push(forms);
        }
        Self { places, known: vec![0.0; classes.len()], sums: vec![(0.0, 0.0); forms], starts }
    }

    /// What the question shares with the classes, term by term. Most holders of a term are not asked about, but to go
    /// past them costs less than to search each class among them.
    fn shared<'a>(&self, held: &'a [(u16, f32)], terms: &[(&[Holder], f32)]) -> Vec<Shared<'a>> {
        let mut shared = Vec::with_capacity(terms.len() * self.known.len());
        for (holders, says) in terms {
            for two in holders.windows(2) {
                let [holder, next] = two else { continue };
                if let Some(place) = self.place(holder.class) {
                    let held = held.get(holder.start as usize..next.start as usize).unwrap_or_default();
                    shared.push(Shared { place, says: *says, held });
                }
            }
        }
        shared
    }

    fn add(&mut self, shared: Shared<'_>) {
        let Shared { place, says, held } = shared;
        if let Some(known) = self.known.get_mut(place) {
            *known += says;
        }
        let range = self.range(place);
        let sums = self.sums.get_mut(range).unwrap_or_default();
        for (form, theirs) in held {
            if let Some(sum) = sums.get_mut(usize::from(*form)) {
                sum.0 += says;
                sum.1 += theirs;
            }
        }
    }

    fn place(&self, class: u16) -> Option<usize> {
        self.places
            .get(usize::from(class))
            .filter(|place| **place != ELSEWHERE)
            .map(|place| usize::from(*place))
    }

    fn range(&self, place: usize) -> std::ops::Range<usize> {
        let at = |place: usize| self.starts.get(place).copied().unwrap_or_default();
        at(place)..at(place + 1)
    }

    fn sums_of(&self, place: usize) -> &[(f32, f32)] {
        self.sums.get(self.range(place)).unwrap_or_default()
    }
}

/// The form that fits a question of `total` best, of those whose sums and totals these are.
fn best(total: f32, (sums, totals): (&[(f32, f32)], &[f32])) -> Overlap {
    let mut best = Overlap::default();
    for ((ours, theirs), of_form) in sums.iter().zip(totals).filter(|((ours, _), _)| *ours > 0.0) {
        let (coverage, reverse) = (ours / total, theirs / of_form);
        // Covering the question matters more than being covered by it: stories hold much besides.
        if coverage + 0.6 * reverse > best.coverage + 0.6 * best.reverse {
            (best.coverage, best.reverse) = (coverage, reverse);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_class_by_class() {
        // Terms 1 and 2 are in all classes' forms, 3 in one form, 4 in one answer only.
        let texts = |classes: &[&[&[u64]]]| {
            let mut texts = TermsOf::default();
            for class in classes {
                class.iter().for_each(|text| texts.add(text.iter().map(|key| (*key, 1.0))));
                texts.end_class();
            }
            assert!(texts.is_whole(classes.len()) && !texts.is_whole(classes.len() + 1));
            texts
        };
        let forms = texts(&[&[&[1, 2], &[1, 3]], &[&[1, 2]], &[]]);
        let answers = texts(&[&[], &[&[4]], &[]]);
        let information = Information::new(&forms);
        let overlaps = Overlaps::new(&forms, &answers, &information);
        let weigh = |terms: &[(u64, f32)]| information.weigh(terms.iter().copied());
        let check = |question: &[(u64, f32)], class: usize, whole: [bool; 3]| {
            let found = overlaps.of(&weigh(question), &[class]);
            let Overlap { coverage, reverse, known } = found[0];
            assert_eq!(
                [coverage, reverse, known].map(|share| share > 0.999),
                whole,
                "{question:?} {found:?}"
            );
            assert!([coverage, reverse, known].into_iter().all(|share| (0.0..=1.001).contains(&share)));
        };
        check(&[(1, 1.0), (3, 1.0)], 0, [true, true, true]);
        check(&[(1, 1.0)], 0, [true, false, true]);
        check(&[(1, 1.0), (2, 1.0), (3, 1.0)], 0, [false, true, true]);
        check(&[(1, 1.0), (2, 1.0), (4, 1.0)], 1, [false, true, true]);
        check(&[(4, 1.0)], 1, [false, false, true]);
        check(&[(9, 1.0)], 1, [false, false, false]);
        check(&[(1, 1.0)], 2, [false, false, false]);
        assert_eq!(overlaps.of(&Weighed::default(), &[0, 7]), vec![Overlap::default(); 2]);
    }
}
