//! How long the console's lists take with 100,000 stored messages: a store is filled, the real server gathers it and
//! is asked as a browser asks. Fails where a list takes longer than it may: `cargo bench --bench lists`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use mujib::config::Synchronous;
use mujib::language::Lang;
use mujib::store::{Body, Feedback, Frame, FrameKind, Handoff, Masked, Opening, Store, Turn, Write as Job};
use serde_json::{Value, json};
use uuid::Uuid;

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Result<T> = std::result::Result<T, Failure>;

const CONVERSATIONS: usize = 25_000;
const TURNS: i64 = 4;
/// Each list is asked for so often.
const TIMES: usize = 25;
/// The longest that a list may take.
const LONGEST: Duration = Duration::from_millis(200);
const PASSWORD: &str = "correct horse battery";

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

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let begun = Instant::now();
    tokio::runtime::Runtime::new()?.block_on(fill(&data))?;
    let messages = CONVERSATIONS as i64 * TURNS;
    println!("{messages} messages of {CONVERSATIONS} conversations stored in {:.0?}", begun.elapsed());

    let mut user = Command::new(env!("CARGO_BIN_EXE_mujib"));
    user.args(["user", "add", "bench", "--role", "administrator", "--data"]).arg(&data);
    let mut user = user.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    writeln!(user.stdin.take().ok_or("no input")?, "{PASSWORD}")?;
    if !user.wait()?.success() {
        return Err("nobody could be added".into());
    }
    let server = Server::start(&data, &folder.path().join("index"))?;
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
    lists(&server)
}

/// Every list with every filter.
fn lists(server: &Server) -> Result<()> {
    let cookie = server.sign_in()?;
    let first = |path: &str| -> Result<Value> { Ok(serde_json::from_str(&server.get(&cookie, path)?.1)?) };
    let inbox = first("/inbox?sort=count&limit=1")?;
    let group = inbox["items"][0]["id"].clone();
    let after = inbox["next"].as_str().ok_or("no second page")?.to_owned();
    let conversations = first("/conversations?limit=200")?;
    let conversation = conversations["items"][0]["id"].as_str().ok_or("no conversation")?.to_owned();
    let later = conversations["next"].as_str().ok_or("no second page")?.to_owned();
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let weeks_ago = today.checked_sub(jiff::ToSpan::days(21))?;
    let paths = [
        "/inbox".to_owned(),
        "/inbox?limit=200".into(),
        "/inbox?kind=unanswered&state=new".into(),
        "/inbox?kind=low_confidence&lang=fa&sort=count".into(),
        "/inbox?sort=first".into(),
        format!("/inbox?sort=count&cursor={after}"),
        // A word that many messages hold, two words, one that none holds.
        "/inbox?q=%D8%AC%D9%84%D8%B3%D9%87".into(),
        "/inbox?q=%D8%AC%D9%84%D8%B3%D9%87%20%D9%85%D9%88&sort=count".into(),
        "/inbox?q=xkqjw".into(),
        format!("/inbox/{group}"),
        "/conversations".into(),
        "/conversations?limit=200".into(),
        format!("/conversations?limit=200&cursor={later}"),
        format!("/conversations?from={weeks_ago}&to={weeks_ago}"),
        "/conversations?lang=fa&outcome=emergency&emergency=true".into(),
        "/conversations?feedback=down".into(),
        "/conversations?handoff=waiting".into(),
        "/conversations?handoff=taken".into(),
        "/conversations?q=%D8%AC%D9%84%D8%B3%D9%87".into(),
        "/conversations?q=xkqjw".into(),
        format!("/conversations/{conversation}"),
    ];
    println!("{:<66} {:>9} {:>9} {:>9}", "list", "median", "longest", "bytes");
    let mut too_long = 0;
    for path in paths {
        let mut times = Vec::with_capacity(TIMES);
        let mut bytes = 0;
        for _ in 0..TIMES {
            let (took, body) = server.get(&cookie, &path)?;
            times.push(took);
            bytes = body.len();
        }
        times.sort();
        let (median, longest) = (times[TIMES / 2], times[TIMES - 1]);
        println!("{path:<66} {median:>9.1?} {longest:>9.1?} {bytes:>9}");
        too_long += usize::from(longest > LONGEST);
    }
    if too_long > 0 {
        return Err(format!("{too_long} lists took longer than {LONGEST:?}").into());
    }
    Ok(())
}

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

async fn fill(data: &Path) -> Result<()> {
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

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(data: &Path, index: &PathBuf) -> Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mujib"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--limits", "off", "--log-level", "error"]);
        command.arg("--data").arg(data).arg("--index").arg(index).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let line = BufReader::new(child.stdout.take().ok_or("no output")?).lines().next();
        let line = line.ok_or("the server did not start")??;
        let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next());
        let address = address.ok_or("no address")?.to_owned();
        Ok(Self { child, address })
    }

    /// How long it took, and the whole answer.
    fn send(&self, request: &str, body: &str) -> Result<(Duration, String)> {
        let begun = Instant::now();
        let mut stream = TcpStream::connect(&self.address)?;
        let (address, length) = (&self.address, body.len());
        write!(
            stream,
            "{request} HTTP/1.0\r\nhost: {address}\r\norigin: http://{address}\r\nx-mujib-console: 1\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n"
        )?;
        write!(stream, "\r\n{body}")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok((begun.elapsed(), answer))
    }

    fn sign_in(&self) -> Result<String> {
        let body = json!({"login": "bench", "password": PASSWORD}).to_string();
        let (_, answer) = self.send("POST /api/v1/session", &body)?;
        let mut headers = answer.lines().filter_map(|line| line.split_once(": "));
        let (_, cookie) =
            headers.find(|(name, _)| name.eq_ignore_ascii_case("set-cookie")).ok_or("nobody is signed in")?;
        Ok(cookie.split(';').next().unwrap_or_default().to_owned())
    }

    fn get(&self, cookie: &str, path: &str) -> Result<(Duration, String)> {
        let begun = Instant::now();
        let mut stream = TcpStream::connect(&self.address)?;
        let address = &self.address;
        write!(stream, "GET /api/v1{path} HTTP/1.0\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let took = begun.elapsed();
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no head")?;
        if !head.lines().next().is_some_and(|line| line.contains(" 200 ")) {
            return Err(format!("{path}: {answer}").into());
        }
        Ok((took, body.to_owned()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already dead is dead too.
        let _dead = self.child.kill();
        let _dead = self.child.wait();
    }
}
