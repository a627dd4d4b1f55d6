//! Gathers what was committed into what the console lists: after the patients were answered, a little at a time.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::tell_counts;
use crate::dialogue::Engine;
use crate::language::{Lang, fold, fold::ZWNJ};
use crate::server::App;
use crate::server::console::{Event, Problem};
use crate::server::conversation::now_ms;
use crate::store::facts::{self, RawTurn, TurnFact};
use crate::store::{Inlet, News, missed};

/// News worked on at one time: some milliseconds of the writer's thread.
const BATCH: usize = 128;

/// Commits whose news are taken at once.
const COMMITS: usize = 256;

/// News that wait, at most; what comes on top is found in the database later.
const WAITING: usize = 50_000;

/// After each batch there is a rest this many times as long as the batch took while patients write, so that they hardly
/// notice.
const REST: u32 = 39;

/// The same while nobody writes.
const REST_IN_SILENCE: u32 = 1;

/// The same while so much waits that many patients must be writing.
const REST_IN_STORM: u32 = 49;

/// News that wait in such a storm.
const STORM: usize = 5_000;

/// The longest rest.
const LONGEST_REST: Duration = Duration::from_secs(2);

/// Conversations of one batch that are told of one by one, at most.
const LISTED: usize = 32;

/// How long a failure is waited out.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// How often it is noted that everything is gathered.
const NOTE_MS: i64 = 60_000;

/// Answers that are less sure are shown to staff.
const LOW_CONFIDENCE: f64 = 0.7;

/// The part of a reply's body that counts.
#[derive(Deserialize)]
struct Body {
    outcome: String,
    lang: Lang,
    pair: Option<String>,
}

/// What is known of a thumb or of words to a person, once its turn is gathered.
enum Other {
    Thumb { conversation: Uuid, seq: i64, helpful: bool, key: [u8; 16] },
    Heard { conversation: Uuid, number: i64, folded: String },
    Handoff { conversation: Uuid },
}

/// A patient's words as they are searched: folded, and written together where Persian parts them or not.
#[must_use]
pub fn searched(text: &str) -> String {
    fold(text).replace(ZWNJ, "")
}

/// Folded words of a search, each to be found on its own; at most eight. What has no word stands as it is, so that it
/// finds nothing instead of everything.
#[must_use]
pub fn words(q: Option<&str>) -> Vec<String> {
    let q = q.unwrap_or_default().trim();
    let folded = searched(q);
    let is_word = |word: &&str| !matches!(*word, "" | "." | "," | "?");
    let words: Vec<String> = folded.split(' ').filter(is_word).take(8).map(Into::into).collect();
    if words.is_empty() && !q.is_empty() { vec![q.to_owned()] } else { words }
}

/// The kind of the inbox group for a reply, if staff should see it.
fn kind(outcome: &str, confidence: f64) -> Option<&'static str> {
    match outcome {
        "no_answer" => Some("unanswered"),
        "clarify" => Some("clarified"),
        "emergency" => Some("emergency"),
        "answer" if confidence < LOW_CONFIDENCE => Some("low_confidence"),
        _ => None,
    }
}

/// The key under which messages alike meet. Emergencies meet by their red flag, all else by what it asks.
fn key(engine: &Engine, text: &str, lang: Lang, emergency: bool) -> [u8; 16] {
    let alike = engine.alike(text, lang);
    let mut digest = Sha256::new();
    match alike.red_flag.filter(|_| emergency) {
        Some(flag) => digest.update(flag),
        None => alike.terms.iter().for_each(|term| {
            digest.update(term);
            digest.update([0]);
        }),
    }
    let mut key = [0; 16];
    key.iter_mut().zip(digest.finalize()).for_each(|(byte, from)| *byte = from);
    key
}

fn fact(engine: &Engine, raw: &RawTurn) -> Option<TurnFact> {
    // A body of another version of mujib that cannot be read is in no list.
    let body: Body = serde_json::from_str(&raw.body).ok()?;
    let kind = kind(&body.outcome, raw.confidence);
    let group = kind.map(|kind| (kind, key(engine, &raw.text, body.lang, body.outcome == "emergency")));
    Some(TurnFact {
        conversation: raw.conversation,
        seq: raw.seq,
        at_ms: raw.at_ms,
        lang: body.lang.code().to_owned(),
        outcome: body.outcome,
        pair: body.pair,
        confidence: raw.confidence,
        took_us: raw.took_us,
        folded: searched(&raw.text),
        groups: group.into_iter().collect(),
    })
}

/// Reads what `news`, which are no turns, are about.
fn other(engine: &Engine, connection: &rusqlite::Connection, news: &News) -> rusqlite::Result<Option<Other>> {
    Ok(match *news {
        News::Turn { .. } => None,
        News::Handoff { conversation } => Some(Other::Handoff { conversation }),
        News::Heard { conversation, number } => facts::heard_text(connection, conversation, number)?
            .map(|text| Other::Heard { conversation, number, folded: searched(&text) }),
        News::Feedback { conversation, reply } => {
            let Some((seq, helpful)) = facts::feedback(connection, conversation, reply)? else {
                return Ok(None);
            };
            let Some(raw) = facts::turn(connection, conversation, seq)? else { return Ok(None) };
            let Ok(body) = serde_json::from_str::<Body>(&raw.body) else { return Ok(None) };
            let key = key(engine, &raw.text, body.lang, false);
            Some(Other::Thumb { conversation, seq, helpful, key })
        }
    })
}

struct Gatherer {
    app: Arc<App>,
    inlet: Inlet,
    waiting: VecDeque<News>,
    /// Commits whose news waited after the batch before: when there are no more, nobody writes.
    commits: usize,
    /// Whether something is gathered that the note in the database does not cover.
    since_note: bool,
    noted_ms: i64,
}

/// Gathers until the store is closed. To be called once.
pub(in crate::server) async fn gather(app: Arc<App>) {
    let Some(inlet) = app.store.news() else { return };
    let mut gatherer =
        Gatherer { app, inlet, waiting: VecDeque::new(), commits: 0, since_note: true, noted_ms: 0 };
    while let Err(problem) = gatherer.run().await {
        // The cause is in the log already. What was taken and not gathered is found again in the database.
        tracing::warn!(code = problem.code(), "the inbox is behind; will try again");
        tokio::time::sleep(AFTER_FAILURE).await;
    }
}

impl Gatherer {
    async fn run(&mut self) -> Result<(), Problem> {
        let mut behind = true;
        loop {
            if behind {
                self.catch_up().await?;
            }
            if self.waiting.is_empty() {
                self.note().await?;
            }
            if !self.take().await {
                return Ok(());
            }
            behind = self.inlet.has_missed() || self.waiting.len() > WAITING;
            self.waiting.truncate(WAITING);
            let count = self.waiting.len().min(BATCH);
            let batch: Vec<News> = self.waiting.drain(..count).collect();
            self.batch(batch).await?;
        }
    }

    /// Takes what there is, and waits for it if nothing waits; `false` when the store is closed.
    async fn take(&mut self) -> bool {
        let mut news = Vec::new();
        let next = self.inlet.next(&mut news, COMMITS);
        let goes_on = if self.waiting.is_empty() {
            next.await
        } else {
            // Nothing there yet is no reason to wait; what the call would take stays where it is.
            futures_util::FutureExt::now_or_never(next).unwrap_or(true)
        };
        self.waiting.extend(news);
        goes_on
    }

    /// Gathers what was said while nobody gathered, or what found no room.
    async fn catch_up(&mut self) -> Result<(), Problem> {
        let since_ms = self.read(missed::gathered_through).await?;
        let mut from = Some(missed::Position::default());
        while let Some(position) = from {
            let (news, next) =
                self.read(move |connection| missed::turns(connection, since_ms, position, BATCH)).await?;
            self.batch(news).await?;
            from = next;
        }
        let mut others = self.read(move |connection| missed::others(connection, since_ms)).await?;
        while !others.is_empty() {
            let rest = others.split_off(others.len().min(BATCH));
            self.batch(std::mem::replace(&mut others, rest)).await?;
        }
        self.since_note = true;
        Ok(())
    }

    /// Notes now and then that all is gathered, so that the next start need not look at it again.
    async fn note(&mut self) -> Result<(), Problem> {
        let now = now_ms();
        if !self.since_note || now - self.noted_ms < NOTE_MS {
            return Ok(());
        }
        (self.since_note, self.noted_ms) = (false, now);
        self.app.store.transact(move |tx| missed::set_gathered_through(tx, now).map_err(Problem::from)).await
    }

    /// Gathers `news`, then rests.
    async fn batch(&mut self, news: Vec<News>) -> Result<(), Problem> {
        if news.is_empty() {
            return Ok(());
        }
        let begun = Instant::now();
        let conversations: HashSet<Uuid> = news.iter().map(News::conversation).collect();
        let (turns, others): (Vec<News>, Vec<News>) =
            news.into_iter().partition(|news| matches!(news, News::Turn { .. }));
        let mut inbox = self.turns(turns).await?;
        inbox |= self.others(others).await?;
        if inbox {
            tell_counts(&self.app).await;
        }
        self.tell_listed(conversations);
        self.since_note = true;
        let commits = self.inlet.waiting();
        let rest = match commits == self.commits {
            true => REST_IN_SILENCE,
            false if self.waiting.len() > STORM => REST_IN_STORM,
            false => REST,
        };
        self.commits = commits;
        tokio::time::sleep((begun.elapsed() * rest).min(LONGEST_REST)).await;
        Ok(())
    }

    /// Tells whoever watches that the lists know of what happened in `conversations`.
    fn tell_listed(&self, conversations: HashSet<Uuid>) {
        if conversations.len() > LISTED {
            return self.app.console.tell(Event::resync());
        }
        for id in conversations {
            self.app.console.tell(Event::conversation(id, "listed"));
        }
    }

    /// Whether the inbox is different now.
    async fn turns(&self, turns: Vec<News>) -> Result<bool, Problem> {
        if turns.is_empty() {
            return Ok(false);
        }
        let engine = self.app.engine.load_full();
        let facts = self
            .read(move |connection| {
                let mut facts = Vec::with_capacity(turns.len());
                for news in turns {
                    let News::Turn { conversation, seq } = news else { continue };
                    let raw = facts::turn(connection, conversation, seq)?;
                    facts.extend(raw.and_then(|raw| fact(&engine, &raw)));
                }
                Ok(facts)
            })
            .await?;
        let inbox = facts.iter().any(|fact: &TurnFact| !fact.groups.is_empty());
        self.app
            .store
            .transact(move |tx| {
                facts.iter().try_for_each(|fact| facts::record(tx, fact).map(drop)).map_err(Problem::from)
            })
            .await?;
        Ok(inbox)
    }

    /// Whether the inbox is different now. Their turns are gathered before.
    async fn others(&self, others: Vec<News>) -> Result<bool, Problem> {
        if others.is_empty() {
            return Ok(false);
        }
        let engine = self.app.engine.load_full();
        let found = self
            .read(move |connection| {
                let found = others.iter().map(|news| other(&engine, connection, news));
                found.filter_map(Result::transpose).collect::<rusqlite::Result<Vec<Other>>>()
            })
            .await?;
        self.app
            .store
            .transact(move |tx| {
                let mut inbox = false;
                for other in found {
                    match other {
                        Other::Thumb { conversation, seq, helpful, key } => {
                            inbox |= facts::judge(tx, conversation, seq, helpful, &key)?;
                        }
                        Other::Heard { conversation, number, folded } => {
                            facts::heard(tx, conversation, number, &folded)?;
                        }
                        Other::Handoff { conversation } => facts::refresh_handoff(tx, conversation)?,
                    }
                }
                Ok::<_, Problem>(inbox)
            })
            .await
    }

    async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Problem> {
        self.app.store.read(move |connection| look(connection).map_err(Problem::from)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_see_what_was_not_answered_well() {
        for (outcome, confidence, expected) in [
            ("no_answer", 0.9, Some("unanswered")),
            ("clarify", 0.9, Some("clarified")),
            ("emergency", 1.0, Some("emergency")),
            ("answer", 0.69, Some("low_confidence")),
            ("answer", 0.7, None),
            ("personal", 0.1, None),
            ("smalltalk", 0.1, None),
        ] {
            assert_eq!(kind(outcome, confidence), expected, "{outcome} {confidence}");
        }
    }

    #[test]
    fn words_are_searched_whatever_the_keyboard() {
        for (q, expected) in [
            (Some("  كم   السِّعر؟ "), vec!["کم", "السعر"]),
            (Some("%"), vec!["%"]),
            (Some(" ؟ "), vec!["؟"]),
            (Some("می‌خواهم"), vec!["میخواهم"]),
            (Some(""), vec![]),
            (None, vec![]),
        ] {
            assert_eq!(words(q), expected, "{q:?}");
        }
        assert_eq!(words(Some(&"ا ".repeat(50))).len(), 8);
    }
}
