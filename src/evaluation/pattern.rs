//! Patterns in the syntax of Python's `re`, which labelled questions are written in.
//!
//! They are rewritten for [`fancy_regex`], which knows lookarounds and backreferences but spells some things
//! otherwise: what Python reads as a plain letter (`[` in a class, `{` that counts nothing, an escaped Arabic
//! letter) may be syntax there, and the reverse. `\w`, `\b` and `$` differ only at combining marks and line
//! ends, and folded text has neither.

use std::fmt;
use std::iter::Peekable;
use std::str::Chars;

use fancy_regex::Regex;

/// A compiled pattern and how it was written.
#[derive(Debug, Clone)]
pub struct Pattern {
    source: String,
    regex: Regex,
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It is no pattern of Python's `re`.
    #[error("the pattern {pattern} is broken: {what}. Write it as Python's re reads it")]
    Broken {
        /// The pattern as written.
        pattern: String,
        /// What is wrong.
        what: String,
    },
    /// It took too many steps on a reply.
    #[error("the pattern {pattern} takes too long on a reply. Write it without nested repetitions")]
    TooSlow {
        /// The pattern as written.
        pattern: String,
    },
}

impl Pattern {
    /// Compiles `source`.
    ///
    /// # Errors
    /// [`PatternError::Broken`] for what Python's `re` would refuse, and for verbose mode and named
    /// characters (`(?x)`, `\N{…}`), which are not supported.
    pub fn new(source: &str) -> Result<Pattern, PatternError> {
        let broken = |what: String| PatternError::Broken { pattern: source.to_owned(), what };
        let translated = translate(source).map_err(broken)?;
        let regex = Regex::new(&translated).map_err(|error| broken(error.to_string()))?;
        Ok(Pattern { source: source.to_owned(), regex })
    }

    /// Whether it matches anywhere in `text`.
    ///
    /// # Errors
    /// [`PatternError::TooSlow`] where the search was given up.
    pub fn found_in(&self, text: &str) -> Result<bool, PatternError> {
        self.regex.is_match(text).map_err(|_| PatternError::TooSlow { pattern: self.source.clone() })
    }

    /// As it was written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

/// The same pattern as `fancy_regex` spells it, or what is wrong with it.
fn translate(source: &str) -> Result<String, String> {
    let mut rewriter = Rewriter { rest: source.chars().peekable(), out: String::new() };
    while let Some(c) = rewriter.rest.next() {
        match c {
            '\\' => rewriter.escape()?,
            '[' => rewriter.class()?,
            '{' => rewriter.brace(),
            '(' => rewriter.group()?,
            _ => rewriter.out.push(c),
        }
    }
    Ok(rewriter.out)
}

struct Rewriter<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
}

/// One member of a character class.
enum Member {
    Letter(char),
    /// A set such as `\d`, which cannot begin or end a range.
    Set(char),
}

impl Rewriter<'_> {
    /// Writes `c` so that it stands for itself, in a class and outside.
    fn letter(&mut self, c: char) {
        if c.is_ascii_punctuation() && !matches!(c, '<' | '>' | '_') {
            self.out.push('\\');
        }
        self.out.push(c);
    }

    /// What follows a backslash outside a class.
    fn escape(&mut self) -> Result<(), String> {
        match self.rest.peek().copied() {
            None => return Err("it ends in a backslash".to_owned()),
            Some(c @ ('A' | 'b' | 'B' | 'd' | 'D' | 's' | 'S' | 'w' | 'W')) => {
                self.rest.next();
                self.out.extend(['\\', c]);
            }
            Some('Z') => {
                self.rest.next();
                self.out.push_str("\\z");
            }
            Some('1'..='9') if !self.is_octal(3) => {
                let number = self.digits(2, 10);
                self.out.push('\\');
                self.out.push_str(&number);
                // Keeps a digit that follows from being read as part of the number.
                self.out.push_str("(?:)");
            }
            Some(_) => {
                let c = self.escaped_letter(false)?;
                self.letter(c);
            }
        }
        Ok(())
    }

    /// The letter that an escape stands for; the backslash is read already.
    fn escaped_letter(&mut self, in_class: bool) -> Result<char, String> {
        let Some(c) = self.rest.next() else { return Err("it ends in a backslash".to_owned()) };
        Ok(match c {
            'a' => '\u{07}',
            'f' => '\u{0c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{0b}',
            'x' => self.code(2)?,
            'u' => self.code(4)?,
            'U' => self.code(8)?,
            c @ '0'..='7' if c == '0' || in_class || self.is_octal(2) => {
                let octal = format!("{c}{}", self.digits(2, 8));
                let code = u32::from_str_radix(&octal, 8).ok().filter(|code| *code <= 0o377);
                code.and_then(char::from_u32).ok_or_else(|| format!("\\{octal} is above \\377"))?
            }
            c if c.is_ascii_alphanumeric() => return Err(format!("\\{c} is no escape")),
            c => c,
        })
    }

    /// Whether the next `len` characters are octal digits.
    fn is_octal(&self, len: usize) -> bool {
        let mut ahead = self.rest.clone();
        (0..len).all(|_| ahead.next().is_some_and(|c| c.is_digit(8)))
    }

    /// The character of exactly `len` hexadecimal digits.
    fn code(&mut self, len: usize) -> Result<char, String> {
        let digits = self.digits(len, 16);
        let code = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == len);
        code.and_then(char::from_u32).ok_or_else(|| format!("an escape lacks its {len} hexadecimal digits"))
    }

    /// Up to `most` digits of `radix`.
    fn digits(&mut self, most: usize, radix: u32) -> String {
        let mut digits = String::new();
        while digits.len() < most
            && let Some(c) = self.rest.next_if(|c| c.is_digit(radix))
        {
            digits.push(c);
        }
        digits
    }

    /// A class: everything in it is written out so that no letter is syntax.
    fn class(&mut self) -> Result<(), String> {
        const OPEN: &str = "a character class is not closed";
        self.out.push('[');
        if self.rest.next_if_eq(&'^').is_some() {
            self.out.push('^');
        }
        let mut first = true;
        loop {
            match self.rest.peek() {
                None => return Err(OPEN.to_owned()),
                Some(']') if !first => {
                    self.rest.next();
                    self.out.push(']');
                    return Ok(());
                }
                Some(_) => {}
            }
            first = false;
            let low = self.member()?;
            // A hyphen makes a range unless it is the last member.
            let mut ahead = self.rest.clone();
            let is_range = ahead.next() == Some('-') && ahead.peek().is_some_and(|c| *c != ']');
            if !is_range {
                self.write_member(&low);
                continue;
            }
            self.rest.next();
            let (Member::Letter(low), Member::Letter(high)) = (low, self.member()?) else {
                return Err("a range begins or ends with a set".to_owned());
            };
            if low > high {
                return Err(format!("the range {low}-{high} runs backwards"));
            }
            self.letter(low);
            self.out.push('-');
            self.letter(high);
        }
    }

    fn member(&mut self) -> Result<Member, String> {
        match self.rest.next() {
            None => Err("a character class is not closed".to_owned()),
            Some('\\') => match self.rest.peek().copied() {
                Some(c @ ('d' | 'D' | 's' | 'S' | 'w' | 'W')) => {
                    self.rest.next();
                    Ok(Member::Set(c))
                }
                Some('b') => {
                    self.rest.next();
                    Ok(Member::Letter('\u{08}'))
                }
                _ => self.escaped_letter(true).map(Member::Letter),
            },
            Some(c) => Ok(Member::Letter(c)),
        }
    }

    fn write_member(&mut self, member: &Member) {
        match member {
            Member::Letter(c) => self.letter(*c),
            Member::Set(c) => self.out.extend(['\\', *c]),
        }
    }

    /// An opening brace: a count (`{2}`, `{2,}`, `{,3}`, `{2,3}`), or the letter itself.
    fn brace(&mut self) {
        let ahead = self.rest.clone();
        let low = self.digits(9, 10);
        let comma = self.rest.next_if_eq(&',').is_some();
        let high = if comma { self.digits(9, 10) } else { String::new() };
        let counts = (comma || !low.is_empty()) && self.rest.next_if_eq(&'}').is_some();
        if !counts {
            self.rest = ahead;
            self.letter('{');
            return;
        }
        let low = if low.is_empty() { "0" } else { &low };
        let count = if comma { format!("{{{low},{high}}}") } else { format!("{{{low}}}") };
        self.out.push_str(&count);
    }

    /// An opening parenthesis; what makes a group special is checked and copied.
    fn group(&mut self) -> Result<(), String> {
        self.out.push('(');
        if self.rest.next_if_eq(&'?').is_none() {
            return Ok(());
        }
        let ahead: String = self.rest.clone().take(2).collect();
        if ahead.starts_with('#') {
            // A comment: the parenthesis written above goes with it.
            self.out.pop();
            return match self.rest.by_ref().find(|c| *c == ')') {
                Some(_) => Ok(()),
                None => Err("a comment is not closed".to_owned()),
            };
        }
        self.out.push('?');
        let plain =
            ahead.starts_with([':', '=', '!', '>', '(']) || ["<=", "<!", "P<", "P="].contains(&&*ahead);
        if plain {
            return Ok(());
        }
        let mut flags = false;
        while let Some(c) = self.rest.next_if(|c| matches!(c, 'i' | 'm' | 's' | 'u' | '-')) {
            flags = true;
            // Every pattern is Unicode's anyway.
            if c != 'u' {
                self.out.push(c);
            }
        }
        match self.rest.peek() {
            Some(')' | ':') if flags => {
                if self.out.ends_with("(?") && self.rest.next_if_eq(&')').is_some() {
                    // `(?u)` alone: nothing is left of it.
                    self.out.truncate(self.out.len() - 2);
                }
                Ok(())
            }
            Some(c) => Err(format!("(?{c} is not supported")),
            None => Err("a group is not closed".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, found: bool) {
        let compiled = Pattern::new(pattern).unwrap();
        assert_eq!(compiled.found_in(text), Ok(found), "{pattern} in {text}");
    }

    #[track_caller]
    fn check_broken(pattern: &str, what: &str) {
        let error = Pattern::new(pattern).unwrap_err().to_string();
        assert!(error.contains(what) && error.contains(pattern), "{error}");
    }

    #[test]
    fn lookarounds() {
        check("(?<!لا )يمكن", "لا يمكن", false);
        check("(?<!لا )يمكن", "نعم يمكن", true);
        check("توقف(?! عن)", "توقف عن الدواء", false);
        check("توقف(?= عن)", "توقف عن الدواء", true);
        check("(?<=جلسه )[0-9]+", "جلسه 3", true);
        check("^(?!.*قطعا).*احتمال", "احتمال دارد", true);
        check("^(?!.*قطعا).*احتمال", "قطعا احتمال دارد", false);
    }

    #[test]
    fn words_of_both_languages() {
        check(r"\bجلسه\b", "چند جلسه لازم", true);
        check(r"\bجلس\b", "چند جلسه لازم", false);
        check(r"3 ?(-|تا|الى) ?5", "3 تا 5 جلسه", true);
        check(r"[\u0600-\u06ff]{4}", "كتاب", true);
        check(r"\d+ (أ|ا)سابيع", "6 اسابيع", true);
        check("(?i)PRP", "prp", true);
    }

    #[test]
    fn as_python_reads_them() {
        for (pattern, text, found) in [
            ("[[]a", "[a", true),
            ("[]a]+b", "]ab", true),
            ("[a&&b]", "&", true),
            ("[+--]", ",", true),
            ("[a~~b]", "~", true),
            ("[a-]", "-", true),
            (r"[\w-]+x", "-x", true),
            ("a{,2}b", "aab", true),
            ("^a{,1}b", "aab", false),
            ("a{x}", "a{x}", true),
            ("{", "{", true),
            (r"\Z", "a", true),
            (r"a\Z", "ab", false),
            (r"\ا\-\/\<", "ا-/<", true),
            (r"(a)(b)\2\1", "abba", true),
            ("a(?#any [ word)b", "ab", true),
            ("(?u)ا", "ا", true),
            ("(?P<n>a)(?P=n)", "aa", true),
            ("(?:a|b)++c", "abc", true),
            ("(?>a|ab)c", "abc", false),
            (r"\x41\u0042\103[\104]\0?", "ABCD", true),
            ("", "", true),
            ("(?s:a.b)", "a b", true),
        ] {
            check(pattern, text, found);
        }
    }

    #[test]
    fn broken_ones_say_what_and_which() {
        check_broken("(a", "broken");
        check_broken(r"(a)\10", "broken");
        check_broken(r"\400", "above");
        check_broken("a)", "broken");
        check_broken("[a", "class is not closed");
        check_broken("*a", "broken");
        check_broken(r"\q", "\\q is no escape");
        check_broken("a\\", "ends in a backslash");
        check_broken(r"\u12", "4 hexadecimal digits");
        check_broken("[b-a]", "runs backwards");
        check_broken("[a--b]", "runs backwards");
        check_broken(r"[a-\d]", "range");
        check_broken("(?<n>a)", "(?< is not supported");
        check_broken("(?x)a", "(?x is not supported");
    }

    #[test]
    fn a_search_that_explodes_is_given_up() {
        let pattern = Pattern::new("(x+x+)+(?!z)y").unwrap();
        let error = pattern.found_in(&"x".repeat(60)).unwrap_err();
        assert_eq!(error, PatternError::TooSlow { pattern: "(x+x+)+(?!z)y".to_owned() });
    }
}
