//! `mujib ask`: one reply, as a patient would get it.

use std::io::Write;

use jiff::{Timestamp, Unit};
use serde::Serialize;

use super::command::{CommandError, Ending, Setup};
use crate::dialogue::{Citation, Context, Disclaimer, Engine, Message, Outcome, Reply, Suggestion};
use crate::language::Lang;

/// Arguments of `mujib ask`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct AskArgs {
    /// The question; several words need no quotes
    #[arg(required = true, value_name = "TEXT")]
    pub text: Vec<String>,
    /// Write the reply object of the chat protocol
    #[arg(long)]
    pub json: bool,
    /// Show language, analysis, candidates and their features
    #[arg(long)]
    pub explain: bool,
}

/// Asks the engine once, in a conversation that has not begun, and writes the reply.
///
/// # Errors
/// Knowledge with problems, an index that cannot be built, output that cannot be written.
pub fn run(args: &AskArgs, setup: &Setup, out: &mut dyn Write) -> Result<Ending, CommandError> {
    let engine = Engine::open(&setup.knowledge, &setup.index, &setup.engine)?;
    let message = Message::new(args.text.join(" "));
    let context = Context::default();
    // A patient gets an answer without the signal too, so a terminal does.
    let signal = setup.signal(&engine).unwrap_or_else(|error| {
        eprintln!("mujib: answered without the semantic signal: {error}");
        None
    });
    let likeness = signal.and_then(|signal| signal.likeness(&engine, &message));
    let explanation = engine.explain_with_likeness(&context, &message, likeness.as_ref());
    let reply = explanation.reply.clone();
    let explanation = args.explain.then(|| serde_json::to_value(explanation).unwrap_or_default());
    if args.json {
        let sent_at = Timestamp::now().round(Unit::Second).unwrap_or_default();
        serde_json::to_writer_pretty(&mut *out, &Frame::new(&reply, explanation, sent_at))?;
        writeln!(out)?;
    } else {
        write!(out, "{}", plain(&reply))?;
        if let Some(explanation) = explanation {
            writeln!(out, "\n{explanation:#}")?;
        }
    }
    Ok(Ending::Well)
}

/// The reply object of the chat protocol without the ids of a conversation.
#[derive(Debug, Serialize)]
struct Frame<'a> {
    r#type: &'static str,
    outcome: Outcome,
    lang: Lang,
    dir: &'static str,
    text: &'a str,
    citations: &'a [Citation],
    disclaimers: &'a [Disclaimer],
    suggestions: &'a [Suggestion],
    pair: Option<&'a str>,
    confidence: f32,
    knowledge: &'a str,
    sent_at: Timestamp,
    /// What `--explain` adds; the protocol's readers ignore fields that they do not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<serde_json::Value>,
}

impl<'a> Frame<'a> {
    fn new(reply: &'a Reply, explanation: Option<serde_json::Value>, sent_at: Timestamp) -> Frame<'a> {
        Frame {
            r#type: "reply",
            outcome: reply.outcome,
            lang: reply.lang,
            // Both languages are written from right to left.
            dir: "rtl",
            text: &reply.text,
            citations: &reply.citations,
            disclaimers: &reply.disclaimers,
            suggestions: &reply.suggestions,
            pair: reply.pair.as_deref(),
            confidence: reply.confidence,
            knowledge: &reply.knowledge,
            sent_at,
            explanation,
        }
    }
}

/// The reply for a terminal: text, then citations, disclaimers and suggestions, parted by blank lines.
fn plain(reply: &Reply) -> String {
    let mut parts = vec![reply.text.clone()];
    let citations = reply.citations.iter().map(|c| {
        let Citation { marker, source, passage, title, section, gist, .. } = c;
        let url = c.url.as_ref().map_or_else(String::new, |url| format!("\n    {url}"));
        format!("[{marker}] {title} · {section} ({source}#{passage})\n    {gist}{url}")
    });
    parts.push(citations.collect::<Vec<_>>().join("\n"));
    parts.push(reply.disclaimers.iter().map(|d| format!("⚠ {}", d.text)).collect::<Vec<_>>().join("\n"));
    parts.push(reply.suggestions.iter().map(|s| format!("› {}", s.text)).collect::<Vec<_>>().join("\n"));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply() -> Reply {
        Reply {
            outcome: Outcome::Answer,
            lang: Lang::Ar,
            text: "من 3 إلى 5 جلسات [1].".into(),
            citations: vec![Citation {
                marker: 1,
                source: "ar-face-mesotherapy-guide".into(),
                title: "دليل".into(),
                section: "الجلسات".into(),
                lang: Lang::Ar,
                passage: "p6".into(),
                gist: "عدد الجلسات.".into(),
                url: None,
            }],
            disclaimers: vec![Disclaimer { code: "general".into(), text: "معلومات عامة.".into() }],
            suggestions: vec![Suggestion {
                text: "كم بين الجلسات؟".into(), pair: "interval".into()
            }],
            pair: Some("sessions-count".into()),
            confidence: 0.93,
            knowledge: "sha256:0".into(),
            context: Context::default(),
        }
    }

    #[test]
    fn plain_text() {
        insta::assert_snapshot!(plain(&reply()), @r#"
        من 3 إلى 5 جلسات [1].

        [1] دليل · الجلسات (ar-face-mesotherapy-guide#p6)
            عدد الجلسات.

        ⚠ معلومات عامة.

        › كم بين الجلسات؟
        "#);
        let short = Reply { citations: vec![], disclaimers: vec![], suggestions: vec![], ..reply() };
        assert_eq!(plain(&short), "من 3 إلى 5 جلسات [1].\n");
    }

    #[test]
    fn json_is_the_protocols_reply() {
        let text = serde_json::to_string_pretty(&Frame::new(&reply(), None, Timestamp::UNIX_EPOCH)).unwrap();
        insta::assert_snapshot!(text, @r#"
        {
          "type": "reply",
          "outcome": "answer",
          "lang": "ar",
          "dir": "rtl",
          "text": "من 3 إلى 5 جلسات [1].",
          "citations": [
            {
              "marker": 1,
              "source": "ar-face-mesotherapy-guide",
              "title": "دليل",
              "section": "الجلسات",
              "lang": "ar",
              "passage": "p6",
              "gist": "عدد الجلسات.",
              "url": null
            }
          ],
          "disclaimers": [
            {
              "code": "general",
              "text": "معلومات عامة."
            }
          ],
          "suggestions": [
            {
              "text": "كم بين الجلسات؟",
              "pair": "interval"
            }
          ],
          "pair": "sessions-count",
          "confidence": 0.93,
          "knowledge": "sha256:0",
          "sent_at": "1970-01-01T00:00:00Z"
        }
        "#);
    }
}
