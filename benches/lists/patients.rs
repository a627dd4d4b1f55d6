//! A month of patients: conversations straight into the store, as the chat writes them.

use std::path::Path;
use std::time::Instant;

use futures_util::future::try_join_all;
use mujib::config::Synchronous;
use mujib::language::Lang;
use mujib::store::{Body, Feedback, Frame, FrameKind, Handoff, Masked, Opening, Store, Turn, Write as Job};
use serde_json::json;
use uuid::Uuid;

use crate::{CONVERSATIONS, Result, TURNS};

/// How many of a hundred replies are of each outcome.
const SHARES: [(&str, u64, f32); 7] = [
    ("answer", 55, 0.9),
    ("answer", 12, 0.6),
    ("no_answer", 14, 0.3),
    ("clarify", 7, 0.4),
    ("emergency", 2, 1.0),
    ("personal", 4, 0.8),
    ("smalltalk", 6, 0.9),
];

/// Numbers that look random and are the same every time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n.max(1)
    }

    fn from<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let at = self.below(u64::try_from(all.len()).ok()?);
        all.get(usize::try_from(at).ok()?)
    }

    fn outcome(&mut self) -> (&'static str, f32) {
        let mut left = self.below(100);
        for (outcome, share, confidence) in SHARES {
            if left < share {
                return (outcome, confidence);
            }
            left -= share;
        }
        ("answer", 0.9)
    }
}

/// What patients ask: a variant of a pair, mostly with words of another around it, so that there are many groups.
fn questions() -> Result<[Vec<String>; 2]> {
    let knowledge =
        mujib::knowledge::load(Path::new("knowledge")).map_err(|p| format!("{} problems", p.len()))?;
    Ok(Lang::ALL.map(|lang| {
        knowledge.pairs.iter().flat_map(|pair| pair.wording(lang).forms().map(str::to_owned)).collect()
    }))
}

fn question(draw: &mut Draw, questions: &[String]) -> String {
    let mut text = draw.from(questions).cloned().unwrap_or_default();
    if draw.below(10) < 7 {
        let words: Vec<&str> =
            draw.from(questions).map(|other| other.split(' ').collect()).unwrap_or_default();
        for _ in 0..2 {
            text = format!("{text} {}", draw.from(&words).copied().unwrap_or_default());
        }
    }
    text
}

/// Stores all conversations.
pub async fn fill(data: &Path) -> Result<()> {
    let store = Store::open(data, Synchronous::Normal).await?;
    let questions = questions()?;
    let mut draw = Draw(7);
    let now = jiff::Timestamp::now().as_millisecond();
    let month = 29 * 86_400_000;
    for batch in 0..CONVERSATIONS / 250 {
        let mut jobs = Vec::new();
        for n in 0..250 {
            let at = i64::try_from(batch * 250 + n)? * month / CONVERSATIONS as i64;
            conversation(&mut draw, &questions, now - month + at, &mut jobs)?;
        }
        try_join_all(jobs.into_iter().map(|job| store.write(job))).await?;
    }
    store.close().await;
    Ok(())
}

fn conversation(draw: &mut Draw, questions: &[Vec<String>; 2], at: i64, jobs: &mut Vec<Job>) -> Result<()> {
    let seconds = u64::try_from(at / 1000)?;
    let id = Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, 0));
    let lang = if draw.below(2) == 0 { Lang::Ar } else { Lang::Fa };
    let opening = Opening {
        id,
        token: [0; 32],
        channel: Some("web".into()),
        locale: Some(lang.code()),
        created_ms: at,
        greeting: None,
    };
    jobs.push(Job::Open(Box::new(opening)));
    let of_lang = if lang == Lang::Ar { &questions[0] } else { &questions[1] };
    for seq in 1..=TURNS {
        let (outcome, confidence) = draw.outcome();
        let pair = (outcome == "answer").then(|| format!("pair-{}", draw.below(300)));
        let body = json!({
            "outcome": outcome, "lang": lang.code(), "dir": "rtl", "text": "نص الرد ".repeat(60),
            "citations": [], "disclaimers": [], "suggestions": [], "pair": pair, "knowledge": "sha256:0"
        });
        let frame = Frame {
            seq,
            id: Uuid::now_v7(),
            kind: FrameKind::Reply,
            in_reply_to: Some(format!("m{seq}")),
            sent_ms: at + seq * 1000,
            confidence: Some(confidence),
            body: Body::shared(body.to_string()),
        };
        let reply = frame.id;
        jobs.push(Job::Turn(Box::new(Turn {
            conversation: id,
            text: Masked::new(&question(draw, of_lang)),
            received_ms: at + seq * 1000 - 1,
            received: Instant::now(),
            frame,
            context: "{}".into(),
        })));
        if draw.below(100) < 4 {
            jobs.push(Job::Feedback(Box::new(Feedback {
                conversation: id,
                reply,
                helpful: draw.below(3) > 0,
                comment: None,
                given_ms: at + seq * 1000 + 500,
            })));
        }
    }
    if draw.below(100) < 2 {
        let frame = Frame {
            seq: TURNS + 1,
            id: Uuid::now_v7(),
            kind: FrameKind::Message,
            in_reply_to: None,
            sent_ms: at + 10_000,
            confidence: None,
            body: Body::Own(r#"{"from":"system","text":"…"}"#.into()),
        };
        jobs.push(Job::Handoff(Box::new(Handoff { conversation: id, contact: None, frame })));
    }
    Ok(())
}
