//! How long it takes from the word "publish" until an open conversation is answered with the correction.

use std::path::Path;
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::server::{Server, Staff};
use crate::{Failure, Result};

/// The pair that is corrected, and a way to ask it.
const PAIR: &str = "what-is";
const ASKED: &str = "ما هو الميزوثيرابي؟";
/// The longest that it may take.
const LONGEST: Duration = Duration::from_secs(2);
/// How often it is done.
const TIMES: usize = 3;

/// Writes questions that have to be answered before anything is published: a few, what they decide is not timed.
pub fn questions(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let question = json!({
        "id": "one", "lang": "ar", "register": "gulf", "kind": "emergency",
        "turns": ["مو قادر اتنفس وحلقي قاعد يضيق"], "expect": {}
    });
    Ok(std::fs::write(folder.join("few.jsonl"), question.to_string())?)
}

/// Corrects a pair while a patient's socket is open, and prints when the correction is there.
pub fn measure(server: &Server, editor: &Staff<'_>, reviewer: &Staff<'_>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (mut socket, _) =
        runtime.block_on(tokio_tungstenite::connect_async(format!("ws://{}/v1/chat", server.address)))?;
    let mut asked = 0;
    let mut ask = || -> Result<String> {
        asked += 1;
        let id = format!("m{asked}");
        runtime.block_on(async {
            socket.send(Frame::text(json!({"type": "ask", "id": id, "text": ASKED}).to_string())).await?;
            while let Some(frame) = socket.next().await {
                let frame: Value = serde_json::from_str(frame?.to_text()?)?;
                if frame["in_reply_to"] == id {
                    return Ok(frame["text"].as_str().unwrap_or_default().to_owned());
                }
            }
            Err::<_, Failure>("the server closed the conversation".into())
        })
    };
    let mut took = Vec::new();
    for time in 1..=TIMES {
        let words = format!("تصحيح رقم {time}");
        let candidate = corrected(editor, reviewer, &words)?;
        if ask()?.contains(&words) {
            return Err("the correction is there before it is published".into());
        }
        let begun = Instant::now();
        reviewer.post(&format!("/knowledge/candidates/{candidate}/publish"), &json!({"reason": "نشر"}))?;
        while !ask()?.contains(&words) {
            if begun.elapsed() > LONGEST {
                return Err(format!("the correction is not there after {LONGEST:?}").into());
            }
        }
        took.push(begun.elapsed());
    }
    println!("a published correction answers on an open socket after {took:.1?}");
    Ok(())
}

/// A candidate with the correction, to be published.
fn corrected(editor: &Staff<'_>, reviewer: &Staff<'_>, words: &str) -> Result<String> {
    let path = format!("/knowledge/entries/pair/{PAIR}");
    let entry = editor.get(&path)?;
    let mut content = entry.json()?["published"].clone();
    let answer = content["ar"]["answer"].as_str().unwrap_or_default().to_owned();
    content["ar"]["answer"] = json!(format!("{words}. {answer}"));
    let body = json!({"content": content, "reason": "أوضح"});
    editor.ask("PUT", &format!("{path}/draft"), entry.header("etag"), Some(&body))?;
    editor.post(&format!("{path}/draft/submit"), &json!({}))?;
    reviewer.post(&format!("{path}/draft/approve"), &json!({}))?;
    let candidate = reviewer.post("/knowledge/candidates", &json!({}))?.json()?;
    if candidate["publishable"] != true {
        return Err(format!("it cannot be published: {}", candidate["why_not"]).into());
    }
    Ok(candidate["id"].as_str().unwrap_or_default().to_owned())
}
