//! The measures of speed and memory, printed as one table. Everything is taken in one run on one machine,
//! so that ratios mean something: `make bench`.
//!
//! Names of groups choose what is measured (`cargo bench -- engine sockets`), numbers how many connections (`sockets
//! 16`); without any, all are. `cargo bench` itself passes `--bench`; the hidden argument `--echo` turns this program
//! into the bare axum echo server that the WebSocket figures are compared with.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::extract::ws::WebSocketUpgrade;
use futures_util::{SinkExt, StreamExt};
use mujib::dialogue::{Context, Engine, EngineSettings, Message};
use mujib::language::Lang;
use tokio_tungstenite::tungstenite::Message as Frame;

/// The same as the server's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Result<T> = std::result::Result<T, Failure>;

/// Different questions that are asked over WebSockets.
const ASKED: usize = 600;
/// Connections that ask at the same time.
const CONNECTIONS: [usize; 3] = [1, 16, 256];
/// The echo and the server are measured in turn, so many times each, so that both meet the machine's better and worse
/// moments.
const ROUNDS: u32 = 3;
/// How long a round is measured.
const MEASURE: Duration = Duration::from_millis(1500);
/// How long each is warmed up before.
const WARM_UP: Duration = Duration::from_millis(500);

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    if std::env::args().any(|a| a == "--echo") {
        return runtime.block_on(echo());
    }
    let folder = tempfile::tempdir()?;
    let questions = Arc::new(questions()?);
    println!("{} different questions, {} cores", questions.len(), std::thread::available_parallelism()?);
    println!("{:<46} {:>12} {:>10} {:>10}  ratio", "measure", "value", "p50", "p99");
    let (connections, names): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .partition(|a| a.bytes().all(|b| b.is_ascii_digit()));
    let mut connections =
        connections.iter().map(|n| n.parse()).collect::<std::result::Result<Vec<usize>, _>>()?;
    if connections.is_empty() {
        connections.extend(CONNECTIONS);
    }
    let wanted = |group: &str| names.is_empty() || names.iter().any(|name| name == group);
    if wanted("engine") {
        engine(folder.path(), &questions)?;
    }
    if wanted("index") {
        index(folder.path())?;
    }
    if wanted("start-up") {
        start_up(folder.path())?;
    }
    if wanted("sockets") {
        runtime.block_on(sockets(folder.path(), &questions, &connections))?;
    }
    if wanted("idle") {
        runtime.block_on(idle(folder.path()))?;
    }
    Ok(())
}

fn row(name: &str, value: &str, p50: &str, p99: &str, ratio: &str) {
    println!("{name:<46} {value:>12} {p50:>10} {p99:>10}  {ratio}");
}

/// Every way to ask every pair, in both languages: the reply cache that could help here does not exist.
fn questions() -> Result<Vec<String>> {
    let knowledge =
        mujib::knowledge::load(Path::new("knowledge")).map_err(|p| format!("{} problems", p.len()))?;
    let all = knowledge.pairs.iter().flat_map(|pair| {
        Lang::ALL.into_iter().flat_map(move |lang| pair.wording(lang).forms().map(str::to_owned))
    });
    Ok(all.collect())
}

fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let at = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or_default()
}

fn micros(d: Duration) -> String {
    format!("{:.0} µs", d.as_secs_f64() * 1e6)
}

fn engine(folder: &Path, questions: &[String]) -> Result<()> {
    let engine = Engine::open(Path::new("knowledge"), &folder.join("index"), &EngineSettings::default())?;
    let context = Context::default();
    let mut times = Vec::with_capacity(questions.len());
    for text in questions {
        std::hint::black_box(engine.reply(&context, &Message::new(text)));
    }
    let began = Instant::now();
    for text in questions {
        let at = Instant::now();
        std::hint::black_box(engine.reply(&context, &Message::new(text)));
        times.push(at.elapsed());
    }
    let rate = questions.len() as f64 / began.elapsed().as_secs_f64();
    times.sort();
    let (p50, p99) = (percentile(&times, 0.5), percentile(&times, 0.99));
    row("engine in process, one thread, replies/s", &format!("{rate:.0}"), &micros(p50), &micros(p99), "");
    Ok(())
}

/// The built `mujib`, in the profile of this run.
fn binary() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_mujib"))
}

fn index(folder: &Path) -> Result<()> {
    let mut times = Vec::new();
    for _ in 0..5 {
        let at = Instant::now();
        let status = Command::new(binary())
            .args(["index", "--rebuild", "--index"])
            .arg(folder.join("rebuilt"))
            .stdout(Stdio::null())
            .status()?;
        if !status.success() {
            return Err("mujib index failed".into());
        }
        times.push(at.elapsed());
    }
    times.sort();
    let best = percentile(&times, 0.0);
    row("index build, whole command", &format!("{:.0} ms", best.as_secs_f64() * 1e3), "", "", "best of 5");
    Ok(())
}

/// A server of ours that ends with the value.
struct Server {
    child: Child,
    address: String,
    ready: Duration,
}

impl Server {
    fn start(mut command: Command) -> Result<Server> {
        let at = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let out = child.stdout.take().ok_or("no output")?;
        for line in BufReader::new(out).lines() {
            let line = line?;
            if let Some((_, address)) = line.split_once("http://") {
                let address: String = address
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || ".:[]".contains(*c))
                    .collect();
                return Ok(Server { child, address, ready: at.elapsed() });
            }
        }
        Err("the server did not say where it listens".into())
    }

    fn mujib(folder: &Path) -> Result<Server> {
        let mut command = Command::new(binary());
        command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env("MUJIB_LIMITS", "off")
            .env("MUJIB_LOG_LEVEL", "error");
        command.arg("--data").arg(folder.join("data")).arg("--index").arg(folder.join("index"));
        Self::start(command)
    }

    /// Processor time that it has used so far, in seconds, of all its threads.
    fn processor_seconds(&self) -> Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // Fields 14 and 15 of proc(5), in ticks of 1/100 s; the name before them may hold spaces.
        let (_, rest) = stat.rsplit_once(')').ok_or("no name")?;
        let ticks = rest.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
        Ok(ticks.sum::<std::result::Result<f64, _>>()? / 100.0)
    }

    fn memory_mb(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|l| l.starts_with("VmRSS:")).ok_or("no VmRSS")?;
        let kb: f64 = line.split_whitespace().nth(1).ok_or("no figure")?.parse()?;
        Ok(kb / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that has ended already is what we want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start_up(folder: &Path) -> Result<()> {
    let mut times = Vec::new();
    for _ in 0..5 {
        times.push(Server::mujib(folder)?.ready);
    }
    times.sort();
    let best = percentile(&times, 0.0);
    row(
        "start-up with an existing index",
        &format!("{:.0} ms", best.as_secs_f64() * 1e3),
        "",
        "",
        "best of 5",
    );
    Ok(())
}

async fn sockets(folder: &Path, questions: &Arc<Vec<String>>, connections: &[usize]) -> Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--echo");
    let bare = Server::start(command)?;
    let server = Server::mujib(folder)?;
    let step = questions.len().div_ceil(ASKED);
    let questions = Arc::new(questions.iter().step_by(step).cloned().collect::<Vec<_>>());
    println!("{:<46} {:>12}", "different questions over WebSockets", questions.len());
    for connections in connections {
        let (mut echo, mut ours) = (Driven::default(), Driven::default());
        for _ in 0..ROUNDS {
            drive(&bare, "echo", *connections, &questions, &mut echo).await?;
            drive(&server, "v1/chat", *connections, &questions, &mut ours).await?;
        }
        ours.times.sort();
        let name = format!("WebSocket, {connections} connections, replies/s");
        let ratio = format!(
            "{:.1} % of the bare echo's {:.0}/s; {:.0} µs of processor a reply, the echo {:.0} µs",
            100.0 * ours.rate() / echo.rate(),
            echo.rate(),
            ours.processor_micros(),
            echo.processor_micros(),
        );
        let (p50, p99) = (percentile(&ours.times, 0.5), percentile(&ours.times, 0.99));
        row(&name, &format!("{:.0}", ours.rate()), &micros(p50), &micros(p99), &ratio);
    }
    Ok(())
}

async fn idle(folder: &Path) -> Result<()> {
    let server = Server::mujib(folder)?;
    let before = server.memory_mb()?;
    row("memory at rest", &format!("{before:.0} MB"), "", "", "");
    let mut idle = Vec::new();
    for _ in 0..1000 {
        let (mut socket, _) =
            tokio_tungstenite::connect_async(format!("ws://{}/v1/chat", server.address)).await?;
        socket.send(Frame::text(r#"{"type":"start"}"#)).await?;
        socket.next().await.ok_or("closed")??;
        idle.push(socket);
    }
    let after = server.memory_mb()?;
    row(
        "memory with 1,000 idle connections",
        &format!("{after:.0} MB"),
        "",
        "",
        &format!("{:.1} KB each", (after - before) * 1.024),
    );
    Ok(())
}

/// What a server did under load, in all rounds.
#[derive(Default)]
struct Driven {
    /// How long each reply took that was measured.
    times: Vec<Duration>,
    /// Replies, those of the warming up too.
    replies: usize,
    /// Seconds of processor time that the server used for those.
    processor: f64,
}

impl Driven {
    /// Replies a second.
    fn rate(&self) -> f64 {
        self.times.len() as f64 / (MEASURE * ROUNDS).as_secs_f64()
    }

    /// Processor time that the server used for a reply.
    fn processor_micros(&self) -> f64 {
        self.processor * 1e6 / self.replies.max(1) as f64
    }
}

/// Asks over `connections` sockets, one question at a time each.
async fn drive(
    server: &Server,
    path: &str,
    connections: usize,
    questions: &Arc<Vec<String>>,
    driven: &mut Driven,
) -> Result<()> {
    let address = &server.address;
    let used = server.processor_seconds()?;
    let next = Arc::new(AtomicUsize::new(0));
    let begin = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..connections {
        let (next, questions) = (Arc::clone(&next), Arc::clone(questions));
        let url = format!("ws://{address}/{path}");
        tasks.push(tokio::spawn(async move {
            let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
            let mut times = Vec::new();
            while begin.elapsed() < WARM_UP + MEASURE {
                let n = next.fetch_add(1, Ordering::Relaxed);
                let text = questions.get(n % questions.len()).ok_or("no question")?;
                let frame = serde_json::json!({"type": "ask", "id": n.to_string(), "text": text}).to_string();
                let at = Instant::now();
                socket.send(Frame::text(frame)).await?;
                loop {
                    let frame = socket.next().await.ok_or("closed")??;
                    // The echo gives the question back; the server may say `started` before its reply.
                    if let Frame::Text(text) = frame
                        && !text.starts_with(r#"{"type":"started""#)
                    {
                        if text.starts_with(r#"{"type":"error""#) {
                            return Err(text.to_string().into());
                        }
                        break;
                    }
                }
                if begin.elapsed() > WARM_UP {
                    times.push(at.elapsed());
                }
            }
            Ok::<_, Failure>(times)
        }));
    }
    for task in tasks {
        driven.times.extend(task.await??);
    }
    driven.replies += next.load(Ordering::Relaxed);
    driven.processor += server.processor_seconds()? - used;
    Ok(())
}

/// The bare server that ours is compared with: axum, the same frames, nothing behind it.
async fn echo() -> Result<()> {
    let app = axum::Router::new().route(
        "/echo",
        axum::routing::any(|upgrade: WebSocketUpgrade| async {
            upgrade.on_upgrade(|mut socket| async move {
                while let Some(Ok(frame)) = socket.recv().await {
                    if socket.send(frame).await.is_err() {
                        break;
                    }
                }
            })
        }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
