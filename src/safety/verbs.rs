//! Verbs of the policy: one stem stands for all persons («~شوف»: أشوف، يشوف، تشوف، نشوف; «~می‌بین»: می‌بینم،
//! می‌بینه …), and for the Arabic negation that is written around it («مبتشوفش» is «ما» + «تشوف»).

/// Marks a form of the policy as a stem.
pub(super) const STEM: char = '~';

/// Letters before an Arabic stem, for I, he, she or you, and we; none for the past and the imperative.
const ARABIC_PERSONS: [&str; 5] = ["", "ا", "ي", "ت", "ن"];
/// Endings of a Persian stem, by person; none for "he did".
const PERSIAN_PERSONS: [&str; 10] = ["", "م", "ی", "ه", "د", "یم", "ید", "ین", "ن", "ند"];
/// What stands before an Arabic verb to say that it goes on or is to come.
const ASPECTS: [char; 4] = ['ب', 'ه', 'ح', 'ک'];
/// Objects and persons at the end of an Arabic verb, longest first.
const OBJECTS: [&str; 13] = ["تها", "ها", "نی", "هم", "یت", "تی", "وا", "ت", "ه", "و", "ی", "ک", ""];
/// Shorter verbs are not read out of a word between «م» and «ش».
const LEAST_VERB: usize = 3;

/// The forms that a stem without its mark stands for. The prefix goes to the first word of an Arabic phrase,
/// the ending to the last word of a Persian one.
pub(super) fn persons(stem: &str, arabic: bool) -> Vec<String> {
    if arabic {
        ARABIC_PERSONS.iter().map(|prefix| format!("{prefix}{stem}")).collect()
    } else {
        PERSIAN_PERSONS.iter().map(|ending| format!("{stem}{ending}")).collect()
    }
}

/// The verb inside a folded word that negates it on both sides, as a range of bytes: of «مبتشوفش» it is
/// «تشوف». `is_verb` says what is one.
pub(super) fn negated(word: &str, is_verb: impl Fn(&str) -> bool) -> Option<std::ops::Range<usize>> {
    let inner = word.strip_suffix('ش')?;
    let bare = inner.strip_prefix(['و', 'ف']).unwrap_or(inner);
    let bodies = [bare.strip_prefix("ما"), bare.strip_prefix('م')];
    bodies.into_iter().flatten().find_map(|body| {
        let bare = body.strip_prefix(ASPECTS);
        [Some(body), bare].into_iter().flatten().find_map(|verb| {
            let fits = |object: &str| {
                let stem = verb.strip_suffix(object).unwrap_or_default();
                stem.chars().nth(LEAST_VERB - 1).is_some() && is_verb(stem)
            };
            OBJECTS.into_iter().find(|object| fits(object))?;
            Some(inner.len() - verb.len()..inner.len())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, verb: Option<&str>) {
        let known = ["شوف", "تشوف", "تحرک", "قدر", "یوقف"];
        let found = negated(word, |v| known.contains(&v)).and_then(|range| word.get(range));
        assert_eq!(found, verb, "{word}");
    }

    #[test]
    fn verbs_between_their_negations() {
        check("مبتشوفش", Some("تشوف"));
        check("مابشوفش", Some("شوف"));
        check("مبیوقفش", Some("یوقف"));
        check("ماقدرتش", Some("قدرت"));
        check("مقدرش", Some("قدر"));
        check("وماکتحرکش", Some("تحرک"));
        check("مامانش", None);
        check("مشمش", None);
        check("ش", None);
    }

    #[test]
    fn persons_of_a_stem() {
        assert!(persons("شوف", true).contains(&"تشوف".to_owned()));
        assert!(persons("می‌بین", false).contains(&"می‌بینه".to_owned()));
    }
}
