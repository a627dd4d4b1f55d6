//! What people may be called.

/// Characters of a login, at most.
const LOGIN_CHARS: usize = 64;

/// Characters of a name, at most.
const NAME_CHARS: usize = 80;

/// Why a login or a name is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// A login with other characters, or too many.
    #[error("take 2 to {LOGIN_CHARS} letters, digits or any of . _ - @ +")]
    Login,
    /// A name that is empty, too long, or holds what cannot be seen.
    #[error("take 1 to {NAME_CHARS} characters, all of them visible")]
    Name,
}

/// A login as it is stored: in lower case, without spaces around it.
///
/// # Errors
/// `NameError::Login`.
pub fn check_login(text: &str) -> Result<String, NameError> {
    let login = as_login(text);
    let good = |letter: char| letter.is_alphanumeric() || "._-@+".contains(letter);
    let fits = (2..=LOGIN_CHARS).contains(&login.chars().count()) && login.chars().all(good);
    if fits { Ok(login) } else { Err(NameError::Login) }
}

/// A login as it is looked for. What is too long for any is cut, since failures are remembered under it.
pub(super) fn as_login(text: &str) -> String {
    text.trim().chars().take(LOGIN_CHARS + 1).flat_map(char::to_lowercase).collect()
}

/// A name as it is shown, to patients too, without spaces around it.
///
/// # Errors
/// `NameError::Name`.
pub fn check_name(text: &str) -> Result<String, NameError> {
    let name = text.trim();
    // What turns the direction of the text around it has no place in a name. ZWNJ has: Persian names hold it.
    let unseen = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    let fits = (1..=NAME_CHARS).contains(&name.chars().count()) && !name.chars().any(unseen);
    if fits { Ok(name.to_owned()) } else { Err(NameError::Name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked() {
        for (login, expected) in [
            (" Mona.H ", Some("mona.h")),
            ("م.حسینی", Some("م.حسینی")),
            ("mona@clinic.example", Some("mona@clinic.example")),
            ("m", None),
            ("mona h", None),
            ("<b>", None),
            ("a\u{202e}b", None),
        ] {
            assert_eq!(check_login(login).ok().as_deref(), expected, "{login}");
        }
        for (name, expected) in [
            (" منی حسینی ", Some("منی حسینی")),
            ("نیک\u{200c}نام", Some("نیک\u{200c}نام")),
            ("<script>", Some("<script>")),
            ("  ", None),
            ("a\u{202e}b", None),
            ("a\nb", None),
        ] {
            assert_eq!(check_name(name).ok().as_deref(), expected, "{name}");
        }
        assert!(check_name(&"ا".repeat(81)).is_err() && check_login(&"a".repeat(65)).is_err());
    }
}
