//! Many words with their counts in little room: one text instead of a string each.

/// Words with their counts, by their places from 0.
#[derive(Debug, Clone, Default)]
pub struct WordList {
    text: Box<str>,
    /// Where each word ends in the text, and its count.
    words: Box<[(u32, u32)]>,
}

impl WordList {
    /// The word at a place, with its count.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<(&str, u32)> {
        let (end, count) = self.words.get(at)?;
        let start = at.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |(end, _)| *end);
        Some((self.text.get(start as usize..*end as usize)?, *count))
    }

    /// All words, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl<S: AsRef<str>> FromIterator<(S, u32)> for WordList {
    fn from_iter<I: IntoIterator<Item = (S, u32)>>(words: I) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for (word, count) in words {
            text.push_str(word.as_ref());
            ends.push((text.len() as u32, count));
        }
        Self { text: text.into(), words: ends.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back() {
        let list: WordList = [("کم", 3), ("", 1), ("جلسه", 2)].into_iter().collect();
        assert_eq!(list.iter().collect::<Vec<_>>(), [("کم", 3), ("", 1), ("جلسه", 2)]);
        assert_eq!((list.get(2), list.get(3), list.len()), (Some(("جلسه", 2)), None, 3));
        assert!(WordList::default().is_empty());
    }
}
