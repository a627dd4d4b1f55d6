//! What was asked and answered in a span of time, counted in one pass over the facts.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, params};

/// Languages and outcomes are a handful; one that is not known counts under this name.
const OTHER: &str = "other";

/// The languages of facts.
const LANGS: [&str; 2] = ["ar", "fa"];

/// The outcomes of facts, as on the wire.
const OUTCOMES: [&str; 6] = ["answer", "clarify", "no_answer", "emergency", "personal", "smalltalk"];

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Messages by the number of their span, language and outcome.
    pub days: BTreeMap<(usize, &'static str, &'static str), u64>,
    /// Conversations in which something was said.
    pub conversations: u64,
    /// Thumbs up.
    pub helpful: u64,
    /// Thumbs down.
    pub unhelpful: u64,
    /// Answers by pair.
    pub pairs: HashMap<String, u64>,
    /// Microseconds from each message to its reply, where they were measured, in no order.
    pub took_us: Vec<u32>,
}

impl Tally {
    /// Messages with one of `outcomes`.
    #[must_use]
    pub fn of(&self, outcomes: &[&str]) -> u64 {
        let days = self.days.iter().filter(|((.., outcome), _)| outcomes.contains(outcome));
        days.map(|(_, count)| count).sum()
    }

    /// Messages in all.
    #[must_use]
    pub fn messages(&self) -> u64 {
        self.days.values().sum()
    }
}

/// Counts what came from the first of `bounds` up to the last; they are the beginnings of the days and the end of the
/// last, in ms since 1970, in order. With fewer than two there is nothing to count.
///
/// # Errors
/// The database's word.
pub fn tally(connection: &Connection, bounds: &[i64]) -> rusqlite::Result<Tally> {
    let mut tally = Tally::default();
    let (Some(first), Some(last)) = (bounds.first(), bounds.last()) else { return Ok(tally) };
    // In the order of the index, so that the day only ever moves on.
    let mut statement = connection.prepare_cached(
        "SELECT at_ms, lang, outcome, pair, took_us, helpful FROM turn_fact \
         WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms",
    )?;
    let mut rows = statement.query(params![first, last])?;
    let mut day = 0;
    let mut counts: BTreeMap<(usize, &'static str, &'static str), u64> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let at_ms: i64 = row.get(0)?;
        while bounds.get(day + 1).is_some_and(|end| *end <= at_ms) {
            day += 1;
        }
        let lang = known(&LANGS, row.get_ref(1)?.as_str().unwrap_or_default());
        let outcome = known(&OUTCOMES, row.get_ref(2)?.as_str().unwrap_or_default());
        *counts.entry((day, lang, outcome)).or_default() += 1;
        if outcome == "answer"
            && let Ok(Some(pair)) = row.get_ref(3)?.as_str_or_null()
        {
            match tally.pairs.get_mut(pair) {
                Some(count) => *count += 1,
                None => drop(tally.pairs.insert(pair.to_owned(), 1)),
            }
        }
        if let Ok(Some(took_us)) = row.get_ref(4)?.as_i64_or_null() {
            tally.took_us.push(u32::try_from(took_us).unwrap_or(u32::MAX));
        }
        match row.get_ref(5)?.as_i64_or_null() {
            Ok(Some(0)) => tally.unhelpful += 1,
            Ok(Some(_)) => tally.helpful += 1,
            _ => {}
        }
    }
    tally.days = counts;
    let conversations: i64 = connection
        .prepare_cached("SELECT count(*) FROM conversation_fact WHERE last_ms >= ? AND started_ms < ?")?
        .query_row(params![first, last], |row| row.get(0))?;
    tally.conversations = conversations.unsigned_abs();
    Ok(tally)
}

fn known(names: &[&'static str], name: &str) -> &'static str {
    names.iter().find(|known| **known == name).copied().unwrap_or(OTHER)
}
