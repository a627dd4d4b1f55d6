//! What is written together with a word: Arabic particles and pronouns, Persian endings.

/// Arabic particles before a word, longest first.
const ARABIC_BEFORE: [&str; 24] = [
    "وبال", "وهال", "وال", "فال", "بال", "کال", "ولل", "هال", "عال", "شال", "وب", "ول", "لل", "ال", "و", "ف",
    "ب", "ل", "ک", "ه", "ع", "ح", "س", "د",
];

/// Arabic endings, with whether they say whose it is.
const ARABIC_AFTER: [(&str, Owner); 27] = [
    ("ی", Owner::Me),
    ("نی", Owner::Me),
    ("تی", Owner::Me),
    ("یا", Owner::Me),
    ("ک", Owner::Other),
    ("ها", Owner::Other),
    ("نا", Owner::Me),
    ("کم", Owner::Other),
    ("هم", Owner::Other),
    ("هن", Owner::Other),
    ("تها", Owner::Other),
    ("تک", Owner::Other),
    ("تنا", Owner::Me),
    ("تهم", Owner::Other),
    ("یها", Owner::Other),
    ("یه", Owner::None),
    ("ته", Owner::None),
    ("ه", Owner::None),
    ("و", Owner::None),
    ("ین", Owner::None),
    ("ینی", Owner::Me),
    ("ون", Owner::None),
    ("ات", Owner::None),
    ("اتی", Owner::Me),
    ("ان", Owner::None),
    ("ت", Owner::None),
    ("وا", Owner::None),
];

/// Persian endings, with whether they say whose it is. «ات», "your", is the Arabic plural far more often.
const PERSIAN_AFTER: [(&str, Owner); 50] = [
    ("م", Owner::Me),
    ("ت", Owner::Other),
    ("ش", Owner::Other),
    ("مون", Owner::Me),
    ("تون", Owner::Other),
    ("شون", Owner::Other),
    ("مان", Owner::Me),
    ("تان", Owner::Other),
    ("شان", Owner::Other),
    ("ام", Owner::Me),
    ("ات", Owner::None),
    ("اش", Owner::Other),
    ("مو", Owner::Me),
    ("تو", Owner::Other),
    ("شو", Owner::Other),
    ("امو", Owner::Me),
    ("اشو", Owner::Other),
    ("هام", Owner::Me),
    ("هات", Owner::Other),
    ("هاش", Owner::Other),
    ("هامو", Owner::Me),
    ("هاشو", Owner::Other),
    ("هایم", Owner::Me),
    ("هایت", Owner::Other),
    ("هایش", Owner::Other),
    ("هامون", Owner::Me),
    ("هاتون", Owner::Other),
    ("هاشون", Owner::Other),
    ("هایمان", Owner::Me),
    ("هایشان", Owner::Other),
    ("امون", Owner::Me),
    ("اتون", Owner::Other),
    ("اشون", Owner::Other),
    ("ایم", Owner::Me),
    ("ایش", Owner::Other),
    ("یم", Owner::Me),
    ("یش", Owner::Other),
    ("مم", Owner::Me),
    ("شم", Owner::Other),
    ("ها", Owner::None),
    ("های", Owner::None),
    ("هایی", Owner::None),
    ("ا", Owner::None),
    ("ای", Owner::None),
    ("ی", Owner::None),
    ("یی", Owner::None),
    ("رو", Owner::None),
    ("و", Owner::None),
    ("ه", Owner::None),
    ("ان", Owner::None),
];

/// Whose something is, as far as its ending says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Owner {
    /// It does not say.
    #[default]
    None,
    /// The writer's.
    Me,
    /// Somebody else's.
    Other,
}

/// An ending that may be taken off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    /// Bytes to take off at the end.
    pub bytes: usize,
    /// Whose it is.
    pub owner: Owner,
    /// Arabic (else Persian): only forms of that language may be left over.
    pub arabic: bool,
}

/// Byte lengths of the Arabic particles that `word` may begin with, the whole word excepted.
pub(super) fn beginnings(word: &str, into: &mut Vec<usize>) {
    // Hardly any fits, and all letters begin with like bytes: their second tells most apart at no cost.
    let second = word.as_bytes().get(1);
    let fits = |particle: &str| {
        particle.as_bytes().get(1) == second && word.len() > particle.len() && word.starts_with(particle)
    };
    into.extend(ARABIC_BEFORE.into_iter().filter(|p| fits(p)).map(str::len));
}

/// The endings that `word` may have, the whole word excepted.
pub(super) fn endings(word: &str, into: &mut Vec<Ending>) {
    let last = word.as_bytes().last();
    let mut add = |table: &[(&str, Owner)], arabic: bool| {
        for (ending, owner) in table {
            if ending.as_bytes().last() == last && word.len() > ending.len() && word.ends_with(ending) {
                into.push(Ending { bytes: ending.len(), owner: *owner, arabic });
            }
        }
    };
    add(&ARABIC_AFTER, true);
    add(&PERSIAN_AFTER, false);
}
