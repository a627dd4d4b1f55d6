//! A large knowledge: our own with made-up pairs to two thousand, many of them changed by staff.

use std::fmt::Write as _;
use std::path::Path;

use mujib::knowledge::{EntryKind, Files, entries, fingerprint};
use rusqlite::{Connection, params};
use serde_json::json;

use crate::Result;

/// Pairs in all.
pub const PAIRS: usize = 2_000;
/// Pairs that staff have published over their files, and drafts that are on their way.
const PUBLISHED: usize = 1_000;
const DRAFTS: usize = 60;
/// Changes that the record holds.
const RECORDED: usize = 20_000;
/// Pairs of a topic.
const TOPIC: usize = 100;

/// What is put around a made-up word, in each language: no two pairs share a way to ask.
const ASKED: [(&str, [&str; 8]); 2] = [
    (
        "ar",
        [
            "ما هو {}؟",
            "متى أستعمل {}؟",
            "هل ينفع {} معي",
            "احكيلي عن {}",
            "وش سالفة {}",
            "ايه حكاية {}",
            "معلومات عن {}",
            "سمعت عن {} وما فهمت",
        ],
    ),
    (
        "fa",
        [
            "{} چیست؟",
            "کی از {} استفاده کنم؟",
            "{} به درد من می‌خوره؟",
            "دربارهٔ {} بگو",
            "{} یعنی چی",
            "راجع به {} توضیح بده",
            "اطلاعات {}",
            "اسم {} رو شنیدم، چیه",
        ],
    ),
];

/// A word that no language has, another for each number.
fn word(mut number: usize) -> String {
    const PARTS: [&str; 12] = ["با", "تو", "سي", "ما", "نو", "رو", "لا", "كو", "فا", "دو", "قا", "شو"];
    let mut word = String::from("ثم");
    for _ in 0..4 {
        word.push_str(PARTS[number % PARTS.len()]);
        number /= PARTS.len();
    }
    word
}

/// Writes our own knowledge and the made-up pairs to `folder`.
pub fn write(folder: &Path) -> Result<()> {
    let mut files = Files::read(Path::new("knowledge"));
    let own = entries(&files).iter().filter(|entry| entry.kind == EntryKind::Pair).count();
    let made: Vec<usize> = (0..PAIRS - own).collect();
    for (at, numbers) in made.chunks(TOPIC).enumerate() {
        let mut text =
            format!("[topic]\nid = \"made-{at}\"\ntitle = {{ ar = \"موضوع {at}\", fa = \"موضوع {at}\" }}\n");
        for number in numbers {
            pair(&mut text, *number)?;
        }
        files.set(&format!("topics/made-{at}.toml"), text);
    }
    files.write(folder).map_err(|(path, error)| format!("{}: {error}", path.display()))?;
    Ok(())
}

fn pair(text: &mut String, number: usize) -> Result<()> {
    let word = word(number);
    write!(
        text,
        "\n[[pair]]\nid = \"made-{number}\"\nasks = \"what\"\nsubject = [\"treatment\"]\nrisk = []\n\
         cites = [\"fa-skin-mesotherapy#p4\"]\nrelated = []\nreview_by = 2027-11-01\n"
    )?;
    for (lang, asked) in ASKED {
        let forms: Vec<String> =
            asked.iter().map(|asked| format!("\"{}\"", asked.replace("{}", &word))).collect();
        let answer = format!("{word} [1]. {}", "نص طويل لجواب كامل. ".repeat(20));
        write!(
            text,
            "\n[pair.{lang}]\nquestion = {}\nvariants = [{}]\nanswer = \"\"\"{answer}\"\"\"\n",
            forms[0],
            forms[1..].join(", ")
        )?;
    }
    Ok(())
}

/// Has staff change half of the pairs, draft some more, and do much else that is recorded.
pub fn edit(data: &Path, folder: &Path, by: &str) -> Result<()> {
    let all = entries(&Files::read(folder));
    let pairs: Vec<_> = all.iter().filter(|entry| entry.kind == EntryKind::Pair).rev().collect();
    let mut database = Connection::open(data.join("mujib.db"))?;
    let transaction = database.transaction()?;
    let author: Vec<u8> =
        transaction.query_row("SELECT id FROM account WHERE login = ?", [by], |row| row.get(0))?;
    let now = jiff::Timestamp::now().as_millisecond();
    for (at, entry) in pairs.iter().take(PUBLISHED + DRAFTS).enumerate() {
        let state = if at < PUBLISHED { "published" } else { "draft" };
        let before = entry.content.to_string();
        let mut after = entry.content.clone();
        after["ar"]["answer"] = json!(format!("{} نص", after["ar"]["answer"].as_str().unwrap_or_default()));
        let number = transaction
            .prepare_cached(
                "INSERT INTO revision (kind, entry, state, before, content, beneath, author, reason, created_ms, \
                 changed_ms, published_ms) VALUES ('pair', ?, ?, ?, ?, ?, ?, 'أوضح', ?7, ?7, ?8)",
            )?
            .insert(params![
                entry.id,
                state,
                before,
                after.to_string(),
                fingerprint(Some(&entry.content)),
                author,
                now,
                (at < PUBLISHED).then_some(now)
            ])?;
        transaction
            .prepare_cached("INSERT INTO revision_hand (revision, account) VALUES (?, ?)")?
            .execute(params![number, author])?;
    }
    for at in 0..RECORDED {
        let action = ["inbox.change", "knowledge.draft", "conversation.take", "settings.change"][at % 4];
        transaction
            .prepare_cached(
                "INSERT INTO audit (at_ms, actor, action, target, detail) VALUES (?, ?, ?, ?, '{}')",
            )?
            .execute(params![now - at as i64 * 60_000, author, action, format!("made-{at}")])?;
    }
    transaction.commit()?;
    Ok(())
}
