//! `mujib ask`: one reply, as a patient would get it.

use std::io::Write;

use serde::Serialize;

use super::command::{CommandError, Ending, Setup};
use crate::dialogue::{Citation, Context, Engine, Message, Reply};
use crate::server::console::{Explained, laid_out};
use crate::server::wire;

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
    if args.json {
        let (reply, explanation) = laid_out(&engine, explanation).map_err(std::io::Error::from)?;
        let explanation = args.explain.then_some(explanation);
        serde_json::to_writer_pretty(&mut *out, &Shown { reply, explanation })?;
        writeln!(out)?;
    } else {
        write!(out, "{}", plain(&explanation.reply))?;
        if args.explain {
            writeln!(out, "\n{:#}", serde_json::to_value(explanation).unwrap_or_default())?;
        }
    }
    Ok(Ending::Well)
}

/// The reply object of the chat protocol, of the conversation `none`, and what led to it as the console's API has it.
#[derive(Debug, Serialize)]
struct Shown {
    #[serde(flatten)]
    reply: wire::Reply,
    /// What `--explain` adds; the protocol's readers ignore fields that they do not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Explained>,
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
    use crate::dialogue::{Disclaimer, Outcome, Suggestion};
    use crate::language::Lang;

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
}
