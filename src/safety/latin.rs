//! Arabic and Persian in Latin letters, reduced to what writers agree on: the consonants.

/// The consonants of a lower-case Latin word, with digits and digraphs of Arabizi and Finglish read as
/// letters; vowels, `y`, a final `h` and doublings fall away. `nafasam` and `nafesam` are both `nfsm`.
pub(super) fn skeleton(word: &str, out: &mut String) {
    let from = out.len();
    // A letter typed twice is one; with a vowel between they are two («momken» is no «mikone»).
    let mut vowel = false;
    let bytes = word.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        let (letter, step) = match (byte, next) {
            (b'k', Some(b'h')) => (Some('x'), 2),
            (b'g', Some(b'h')) => (Some('q'), 2),
            (b's', Some(b'h')) => (Some('$'), 2),
            (b'c', Some(b'h')) => (Some('$'), 2),
            (b't', Some(b'h')) => (Some('t'), 2),
            (b'd', Some(b'h')) => (Some('d'), 2),
            (b'z', Some(b'h')) => (Some('j'), 2),
            (b'p', Some(b'h')) => (Some('f'), 2),
            (b'c', _) => (Some('k'), 1),
            (b'v', _) => (Some('w'), 1),
            (b'5', _) => (Some('x'), 1),
            (b'6', _) => (Some('t'), 1),
            (b'7', _) => (Some('h'), 1),
            (b'8', _) => (Some('q'), 1),
            (b'9', _) => (Some('q'), 1),
            (b'4', _) => (Some('$'), 1),
            (b'h', None) => (None, 1),
            (b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'0'..=b'3', _) => (None, 1),
            (b'a'..=b'z', _) => (Some(byte as char), 1),
            _ => (None, 1),
        };
        if let Some(letter) = letter
            && (vowel || out.len() == from || !out.ends_with(letter))
        {
            out.push(letter);
        }
        vowel = letter.is_none();
        at += step;
    }
}

/// Consonants that a Latin word may end in as a Persian or Arabic ending: my, your, his, the plural.
pub(super) fn ending(skeleton: &str) -> Option<&str> {
    let mut chars = skeleton.chars();
    let last = chars.next_back()?;
    let rest = chars.as_str();
    (matches!(last, 'm' | 't' | '$' | 'k' | 'h' | 'n') && rest.len() >= 3).then_some(rest)
}

/// The skeleton without a leading Arabic article or particle.
pub(super) fn beginning(skeleton: &str) -> Option<&str> {
    skeleton.strip_prefix(['l', 'b', 'w']).filter(|rest| rest.len() >= 3)
}
