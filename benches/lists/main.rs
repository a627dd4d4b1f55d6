//! How long the console's pages take with 100,000 stored messages and 2,000 pairs: a store and a knowledge are filled,
//! the real server gathers what it has to and is asked as a browser asks. Fails where anything takes longer than it
//! may: `cargo bench --bench lists`.

mod knowledge;
mod patients;
mod publish;
mod server;

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use server::{Server, Staff, hire};

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Result<T> = std::result::Result<T, Failure>;

const CONVERSATIONS: usize = 25_000;
const TURNS: i64 = 4;
/// Each list is asked for so often.
const TIMES: usize = 25;
/// The longest that a list may take.
const LONGEST: Duration = Duration::from_millis(200);
/// Conversations that staff come into.
const TAKEN: usize = 40;

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    let (data, knowledge, questions) = (at("data"), at("knowledge"), at("questions"));
    let begun = Instant::now();
    tokio::runtime::Runtime::new()?.block_on(patients::fill(&data))?;
    let messages = CONVERSATIONS as i64 * TURNS;
    println!("{messages} messages of {CONVERSATIONS} conversations stored in {:.0?}", begun.elapsed());

    hire(&data, "bench", "administrator")?;
    hire(&data, "editor", "editor")?;
    knowledge::write(&knowledge)?;
    knowledge::edit(&data, &knowledge, "bench")?;
    publish::questions(&questions)?;
    let begun = Instant::now();
    let server = Server::start(&data, &at("index"), &knowledge, &questions)?;
    println!("{} pairs, with what staff published, answer after {:.1?}", knowledge::PAIRS, begun.elapsed());
    await_gathered(&data, messages)?;
    let boss = server.sign_in("bench")?;
    lists(&boss)?;
    publish::measure(&server, &server.sign_in("editor")?, &boss)
}

fn await_gathered(data: &Path, messages: i64) -> Result<()> {
    let begun = Instant::now();
    let database = rusqlite::Connection::open(data.join("mujib.db"))?;
    // Turns come first, then thumbs, then wishes for a person.
    let left = "SELECT ?1 - (SELECT count(*) FROM turn_fact) + (SELECT count(DISTINCT conversation) FROM handoff) \
                - (SELECT count(handoff) FROM conversation_fact)";
    while database.query_row(left, [messages], |row| row.get::<_, i64>(0))? > 0 {
        std::thread::sleep(Duration::from_millis(250));
    }
    let groups: i64 = database.query_row("SELECT count(*) FROM inbox_group", [], |row| row.get(0))?;
    println!("gathered in {:.0?}, {groups} groups in the inbox", begun.elapsed());
    Ok(())
}

/// A path, and how many items it has to have at least: what is empty is no measure.
type Asked = (String, usize);

/// Every list with every filter.
fn lists(staff: &Staff<'_>) -> Result<()> {
    let first = |path: &str| -> Result<Value> { staff.get(path)?.json() };
    let mut paths = inbox(&first)?;
    paths.extend(conversations(staff, &first)?);
    paths.extend(knowledge_pages(&first)?);
    paths.extend(others()?);
    println!("{:<78} {:>6} {:>9} {:>9} {:>9}", "list", "items", "median", "longest", "bytes");
    let mut too_long = 0;
    for (path, least) in paths {
        let mut times = Vec::with_capacity(TIMES);
        let (mut bytes, mut items) = (0, 0);
        for _ in 0..TIMES {
            let answer = staff.get(&path)?;
            times.push(answer.took);
            bytes = answer.body.len();
            items = answer.json().ok().and_then(|page| page["items"].as_array().map(Vec::len)).unwrap_or(0);
        }
        times.sort();
        let (median, longest) = (times[TIMES / 2], times[TIMES - 1]);
        println!("{path:<78} {items:>6} {median:>9.1?} {longest:>9.1?} {bytes:>9}");
        if items < least {
            return Err(format!("{path}: {items} items are too few to time").into());
        }
        too_long += usize::from(longest > LONGEST);
    }
    if too_long > 0 {
        return Err(format!("{too_long} lists took longer than {LONGEST:?}").into());
    }
    Ok(())
}

fn inbox(first: &dyn Fn(&str) -> Result<Value>) -> Result<Vec<Asked>> {
    let inbox = first("/inbox?sort=count&limit=1")?;
    let group = inbox["items"][0]["id"].clone();
    let after = inbox["next"].as_str().ok_or("no second page")?.to_owned();
    Ok(vec![
        ("/inbox".to_owned(), 50),
        ("/inbox?limit=200".into(), 200),
        ("/inbox?kind=unanswered&state=new".into(), 50),
        ("/inbox?kind=low_confidence&lang=fa&sort=count".into(), 50),
        ("/inbox?sort=first".into(), 50),
        (format!("/inbox?sort=count&cursor={after}"), 50),
        // A word that many messages hold, two words, one that none holds.
        ("/inbox?q=%D8%AC%D9%84%D8%B3%D9%87".into(), 50),
        ("/inbox?q=%D8%AC%D9%84%D8%B3%D9%87%20%D9%85%D9%88&sort=count".into(), 1),
        ("/inbox?q=xkqjw".into(), 0),
        (format!("/inbox/{group}"), 0),
    ])
}

fn conversations(staff: &Staff<'_>, first: &dyn Fn(&str) -> Result<Value>) -> Result<Vec<Asked>> {
    let waiting = first(&format!("/conversations?handoff=waiting&limit={TAKEN}"))?;
    for conversation in waiting["items"].as_array().into_iter().flatten() {
        let id = conversation["id"].as_str().ok_or("no conversation")?;
        staff.post(&format!("/conversations/{id}/take"), &serde_json::json!({}))?;
    }
    let conversations = first("/conversations?limit=200")?;
    let conversation = conversations["items"][0]["id"].as_str().ok_or("no conversation")?.to_owned();
    let later = conversations["next"].as_str().ok_or("no second page")?.to_owned();
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let weeks_ago = today.checked_sub(jiff::ToSpan::days(21))?;
    Ok(vec![
        ("/conversations".to_owned(), 50),
        ("/conversations?limit=200".into(), 200),
        (format!("/conversations?limit=200&cursor={later}"), 200),
        (format!("/conversations?from={weeks_ago}&to={weeks_ago}"), 50),
        ("/conversations?lang=fa&outcome=emergency&emergency=true".into(), 50),
        ("/conversations?feedback=down".into(), 50),
        ("/conversations?handoff=waiting".into(), 50),
        ("/conversations?handoff=taken".into(), TAKEN),
        ("/conversations?q=%D8%AC%D9%84%D8%B3%D9%87".into(), 50),
        ("/conversations?q=xkqjw".into(), 0),
        (format!("/conversations/{conversation}"), 0),
    ])
}

fn knowledge_pages(first: &dyn Fn(&str) -> Result<Value>) -> Result<Vec<Asked>> {
    let pairs = first("/knowledge/pairs?limit=200")?;
    let later = pairs["next"].as_str().ok_or("no second page")?.to_owned();
    let changed = first("/knowledge/history?limit=1&state=published")?["items"][0].clone();
    let (revision, id) = (&changed["number"], changed["id"].as_str().ok_or("nothing was published")?);
    Ok(vec![
        ("/knowledge".to_owned(), 0),
        ("/knowledge/pairs".into(), 50),
        ("/knowledge/pairs?limit=200".into(), 200),
        (format!("/knowledge/pairs?limit=200&cursor={later}"), 200),
        ("/knowledge/pairs?topic=made-3".into(), 50),
        ("/knowledge/pairs?state=draft".into(), 50),
        ("/knowledge/pairs?review_due=true".into(), 0),
        // A word that many pairs hold, and one that one holds.
        ("/knowledge/pairs?q=%D8%AC%D9%84%D8%B3%D9%87".into(), 20),
        ("/knowledge/pairs?q=made-1500".into(), 1),
        ("/knowledge/entries".into(), 50),
        ("/knowledge/entries?kind=pair&limit=200".into(), 200),
        ("/knowledge/entries?kind=concept&q=%D8%A7%D8%A8%D8%B1".into(), 1),
        ("/knowledge/entries/pair/what-is".into(), 0),
        (format!("/knowledge/entries/pair/{id}"), 0),
        ("/knowledge/sources".into(), 5),
        ("/knowledge/questions".into(), 1),
        ("/knowledge/history".into(), 50),
        ("/knowledge/history?limit=200&state=published".into(), 200),
        (format!("/knowledge/history?kind=pair&id={id}"), 1),
        (format!("/knowledge/revisions/{revision}"), 0),
    ])
}

/// What else is listed.
fn others() -> Result<Vec<Asked>> {
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let week = today.checked_sub(jiff::ToSpan::days(6))?;
    Ok(vec![
        ("/overview".to_owned(), 0),
        (format!("/overview?from={week}&to={today}"), 0),
        ("/overview.csv".into(), 0),
        ("/audit".into(), 50),
        ("/audit?limit=200".into(), 200),
        ("/audit?action=knowledge.".into(), 50),
        (format!("/audit?from={week}&to={today}&action=settings.change"), 50),
        ("/users".into(), 2),
        ("/tokens".into(), 0),
        ("/settings".into(), 0),
        ("/sessions".into(), 1),
        ("/presence".into(), 0),
    ])
}
