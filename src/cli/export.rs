//! `mujib export`: the pairs, for other tools.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::command::{CommandError, Ending, Setup};
use crate::evaluation::foreign::ForeignPair;
use crate::knowledge::{self, Pair, Source};
use crate::language::Lang;

/// Arguments of `mujib export`.
#[derive(Debug, Clone, clap::Args)]
pub struct ExportArgs {
    /// The form
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub form: Form,
    /// Only this language, ar or fa; faqpage is of one language
    #[arg(long, value_parser = lang)]
    pub lang: Option<Lang>,
    /// Write to a file instead of the terminal; for files, the folder that they are written to
    #[arg(long, value_name = "OUT")]
    pub out: Option<PathBuf>,
    /// Folder of the database, for files [default: data] [env: MUJIB_DATA]
    #[arg(long, value_name = "FOLDER")]
    pub data: Option<String>,
}

/// A form of the pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// One pair and language a line.
    Jsonl,
    /// schema.org FAQPage in JSON-LD, for a web page.
    Faqpage,
    /// For a spreadsheet.
    Csv,
    /// The files of the knowledge, with what staff published in them; needs --out.
    Files,
}

fn lang(code: &str) -> Result<Lang, String> {
    Lang::ALL.into_iter().find(|lang| lang.code() == code).ok_or_else(|| "ar or fa".to_owned())
}

/// Writes the pairs.
///
/// # Errors
/// Knowledge with problems, a FAQPage without a language, output that cannot be written.
pub fn run(args: &ExportArgs, setup: &Setup, out: &mut dyn Write) -> Result<Ending, CommandError> {
    let langs: &[Lang] = args.lang.as_ref().map_or(&Lang::ALL, std::slice::from_ref);
    let page_lang = match (args.form, args.lang) {
        (Form::Faqpage, None) => {
            let what = "a FAQPage is of one language. Add --lang ar or --lang fa";
            return Err(CommandError::Usage(what.to_owned()));
        }
        (_, lang) => lang.unwrap_or(Lang::Ar),
    };
    if args.form == Form::Files {
        let what = "files go into a folder. Add --out FOLDER";
        return Err(CommandError::Usage(what.to_owned()));
    }
    let knowledge = knowledge::load(&setup.knowledge).map_err(CommandError::Knowledge)?;
    let text = match args.form {
        Form::Jsonl => jsonl(&knowledge.pairs, langs)?,
        Form::Faqpage => faqpage(&knowledge.pairs, &knowledge.sources, page_lang)?,
        Form::Csv | Form::Files => csv(&knowledge.pairs, langs),
    };
    match &args.out {
        None => out.write_all(text.as_bytes())?,
        Some(path) => {
            fs::write(path, text).map_err(|source| CommandError::File { path: path.clone(), source })?;
        }
    }
    Ok(Ending::Well)
}

/// Every pair in every language of `langs`.
fn records<'a>(pairs: &'a [Pair], langs: &'a [Lang]) -> impl Iterator<Item = (&'a Pair, ForeignPair)> {
    pairs.iter().flat_map(|pair| {
        langs.iter().map(move |lang| {
            let wording = pair.wording(*lang);
            let record = ForeignPair {
                id: pair.id.clone(),
                lang: *lang,
                question: wording.question.clone(),
                variants: wording.variants.clone(),
                answer: wording.answer.clone(),
            };
            (pair, record)
        })
    })
}

/// One object a line and language: `id`, `lang`, `question`, `variants`, `answer`.
///
/// # Errors
/// None that strings can cause.
pub fn jsonl(pairs: &[Pair], langs: &[Lang]) -> Result<String, serde_json::Error> {
    let mut text = String::new();
    for (_, record) in records(pairs, langs) {
        text += &serde_json::to_string(&record)?;
        text.push('\n');
    }
    Ok(text)
}

/// A schema.org FAQPage in `lang`: markers and bold are taken out of the answers, and the documents behind
/// them named. Safe to stand in a `script` element.
///
/// # Errors
/// None that strings can cause.
pub fn faqpage(pairs: &[Pair], sources: &[Source], lang: Lang) -> Result<String, serde_json::Error> {
    let questions: Vec<Value> = pairs
        .iter()
        .map(|pair| {
            let wording = pair.wording(lang);
            json!({
                "@type": "Question",
                "name": wording.question,
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": unmarked(&wording.answer),
                    "citation": cited(pair, sources, lang),
                },
            })
        })
        .collect();
    let page = json!({
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": lang.code(),
        "mainEntity": questions,
    });
    // `<` only ever stands within strings; unescaped, `</script>` in an answer would end the element.
    Ok(serde_json::to_string_pretty(&page)?.replace('<', "\\u003c") + "\n")
}

/// The documents that a pair cites, each once, in order.
fn cited(pair: &Pair, sources: &[Source], lang: Lang) -> Vec<Value> {
    let mut ids: Vec<&str> = Vec::new();
    for cite in &pair.cites {
        if !ids.contains(&cite.source.as_str()) {
            ids.push(&cite.source);
        }
    }
    let found = ids.into_iter().filter_map(|id| sources.iter().find(|source| source.id == id));
    found
        .map(|source| {
            let mut work =
                json!({"@type": "CreativeWork", "name": source.title.get(lang), "inLanguage": source.lang});
            if let (Some(url), Some(work)) = (&source.url, work.as_object_mut()) {
                work.insert("url".to_owned(), json!(url));
            }
            work
        })
        .collect()
}

/// An answer without its `[n]` markers, the spaces before them, and the stars of bold words.
#[must_use]
pub fn unmarked(answer: &str) -> String {
    let mut text = String::with_capacity(answer.len());
    let mut rest = answer;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        match after.split_once(']') {
            Some((number, behind)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => {
                text.truncate(text.trim_end_matches(' ').len());
                rest = behind;
            }
            _ => {
                text.push('[');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text.replace("**", "").trim().to_owned()
}

/// The columns of the spreadsheet.
const COLUMNS: [&str; 7] = ["id", "topic", "lang", "question", "variants", "answer", "cites"];

/// RFC 4180 with a byte-order mark, by which spreadsheets know that it is UTF-8: one row a pair and language,
/// variants and citations one a line within their cell.
#[must_use]
pub fn csv(pairs: &[Pair], langs: &[Lang]) -> String {
    let mut text = format!("\u{feff}{}\r\n", COLUMNS.join(","));
    for (pair, record) in records(pairs, langs) {
        let cites: Vec<String> = pair.cites.iter().map(|c| format!("{}#{}", c.source, c.passage)).collect();
        let (variants, cites) = (record.variants.join("\n"), cites.join("\n"));
        let row: [&str; COLUMNS.len()] = [
            &record.id,
            &pair.topic,
            record.lang.code(),
            &record.question,
            &variants,
            &record.answer,
            &cites,
        ];
        text += &row.map(cell).join(",");
        text.push_str("\r\n");
    }
    text
}

/// A cell, in quotes where it has to be.
fn cell(value: &str) -> String {
    if value.contains(['"', ',', '\n', '\r']) || value != value.trim() {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::lines;
    use crate::knowledge::{Asks, Bilingual, Cite, SourceKind, Wording};

    fn wording(question: &str, variants: &[&str], answer: &str) -> Wording {
        Wording {
            question: question.to_owned(),
            variants: variants.iter().map(|v| (*v).to_owned()).collect(),
            answer: answer.to_owned(),
        }
    }

    fn pairs() -> Vec<Pair> {
        vec![Pair {
            id: "sessions-count".into(),
            topic: "sessions".into(),
            asks: Asks::HowMany,
            subject: vec!["treatment".into()],
            risk: vec![],
            cites: ["s#p1", "t#p2", "s#p3"].map(|c| Cite::parse(c).unwrap()).to_vec(),
            related: vec![],
            review_by: "2027-11-01".into(),
            ar: wording(
                "كم جلسة، تقريباً؟",
                &["عدد الجلسات", "كم \"جلسة\""],
                "**ثلاث** إلى خمس [1].\n\n- أو أكثر [2][3]",
            ),
            fa: wording("چند جلسه لازم است؟", &["تعداد جلسه‌ها"], "سه تا پنج [1]؛ <b>[الف]</b>"),
        }]
    }

    fn sources() -> Vec<Source> {
        let source = |id: &str, url: Option<&str>| Source {
            id: id.into(),
            lang: Lang::Ar,
            kind: SourceKind::Article,
            title: Bilingual { ar: format!("عنوان {id}"), fa: format!("نام {id}") },
            url: url.map(str::to_owned),
            passages: vec![],
        };
        vec![source("s", None), source("t", Some("https://clinic.example/t"))]
    }

    #[test]
    fn jsonl_reads_back() {
        let text = jsonl(&pairs(), &Lang::ALL).unwrap();
        let read: Vec<ForeignPair> =
            lines::parse("x", &text).unwrap().into_iter().map(|(_, pair)| pair).collect();
        let (pairs, langs) = (pairs(), Lang::ALL);
        let written: Vec<ForeignPair> = records(&pairs, &langs).map(|(_, record)| record).collect();
        assert_eq!(read, written);
        assert!(text.starts_with(r#"{"id":"sessions-count","lang":"ar","question":"#), "{text}");
        assert_eq!(jsonl(&pairs, &[Lang::Fa]).unwrap().lines().count(), 1);
    }

    /// RFC 4180, as any reader has it.
    fn read_csv(text: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '"' if quoted && rest.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {
                    assert_eq!(rest.next(), Some('\n'));
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                c => cell.push(c),
            }
        }
        assert!(row.is_empty() && cell.is_empty() && !quoted, "the last line is not ended");
        rows
    }

    #[test]
    fn csv_reads_back() {
        let (pairs, langs) = (pairs(), Lang::ALL);
        let text = csv(&pairs, &langs);
        let rows = read_csv(text.strip_prefix('\u{feff}').unwrap());
        assert_eq!(rows[0], COLUMNS);
        assert_eq!(rows.len(), 3);
        for (row, (pair, record)) in rows[1..].iter().zip(records(&pairs, &langs)) {
            let [id, topic, lang, question, variants, answer, cites] = row.as_slice() else {
                panic!("{row:?}")
            };
            let read = ForeignPair {
                id: id.clone(),
                lang: Lang::from_code(lang).unwrap(),
                question: question.clone(),
                variants: variants.split('\n').map(str::to_owned).collect(),
                answer: answer.clone(),
            };
            assert_eq!(read, record);
            assert_eq!((topic.as_str(), cites.as_str()), (pair.topic.as_str(), "s#p1\nt#p2\ns#p3"));
        }
    }

    #[test]
    fn a_page_for_search_engines() {
        insta::assert_snapshot!(faqpage(&pairs(), &sources(), Lang::Ar).unwrap(), @r#"
        {
          "@context": "https://schema.org",
          "@type": "FAQPage",
          "inLanguage": "ar",
          "mainEntity": [
            {
              "@type": "Question",
              "acceptedAnswer": {
                "@type": "Answer",
                "citation": [
                  {
                    "@type": "CreativeWork",
                    "inLanguage": "ar",
                    "name": "عنوان s"
                  },
                  {
                    "@type": "CreativeWork",
                    "inLanguage": "ar",
                    "name": "عنوان t",
                    "url": "https://clinic.example/t"
                  }
                ],
                "text": "ثلاث إلى خمس.\n\n- أو أكثر"
              },
              "name": "كم جلسة، تقريباً؟"
            }
          ]
        }
        "#);
        let persian = faqpage(&pairs(), &sources(), Lang::Fa).unwrap();
        assert!(!persian.contains('<') && persian.contains("\\u003cb>[الف]\\u003c/b>"), "{persian}");
        let page: Value = serde_json::from_str(&persian).unwrap();
        assert_eq!(page["mainEntity"][0]["acceptedAnswer"]["text"], "سه تا پنج؛ <b>[الف]</b>");
    }

    #[test]
    fn markers_are_taken_out() {
        for (answer, text) in [
            ("أ [1]. ب [12][3]", "أ. ب"),
            ("[1]", ""),
            ("أ [x] ب [", "أ [x] ب ["),
            ("[أ [1] ب]", "[أ ب]"),
            ("**مهم** [2]: نعم", "مهم: نعم"),
            ("", ""),
        ] {
            assert_eq!(unmarked(answer), text, "{answer}");
        }
    }
}
