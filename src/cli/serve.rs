//! `mujib serve`: the server, until SIGTERM or SIGINT.

use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use tokio::net::TcpListener;

use super::{Failure, log};
use crate::config::{Flags, ServeFlags, Settings};
use crate::semantic::Signal;
use crate::server::publisher::{EditionError, Places, Publisher};
use crate::server::{App, clinic, reload};
use crate::store::Store;

/// The flags of `mujib serve`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    settings: ServeFlags,
    /// Reload the knowledge when a file of it changes (SIGHUP always does)
    #[arg(long)]
    watch: bool,
}

pub(super) fn run(flags: &Flags, args: Args) -> Result<(), Failure> {
    let settings = Settings::load(flags, &args.settings)?;
    log::start(settings.log);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Internal(format!("cannot start: {error}")))?;
    let result = runtime.block_on(serve(settings, args.watch));
    // A reload that still builds is not waited for.
    runtime.shutdown_background();
    result
}

async fn serve(settings: Settings, watch: bool) -> Result<(), Failure> {
    let started = Instant::now();
    for warning in &settings.warnings {
        tracing::warn!("{warning}");
    }
    // Caught before anything slow begins, so that a stop during the start is a stop too.
    let shutdown = shutdown_signal()?;
    let signal = signal(&settings)?;
    let store = Store::open(&settings.folders.data, settings.store.synchronous)
        .await
        .map_err(|error| Failure::Surroundings(error.to_string()))?;
    let store = Arc::new(store);
    let clinic = clinic::at_start(&settings, &store)
        .await
        .map_err(|error| Failure::Surroundings(error.to_string()))?;
    let publisher = publisher(&settings, &clinic, &store).await?;

    let reloader = reload::Reloader::start(Arc::clone(&publisher));
    let _watch =
        if watch {
            let folder = &settings.folders.knowledge;
            Some(reload::on_change(folder, reloader.clone()).map_err(|error| {
                Failure::Surroundings(format!("cannot watch {}: {error}", folder.display()))
            })?)
        } else {
            None
        };
    #[cfg(unix)]
    reload::on_hangup(reloader)
        .map_err(|error| Failure::Surroundings(format!("cannot catch SIGHUP: {error}")))?;

    let address = settings.listen.clone();
    let cannot_listen = |error| {
        Failure::Surroundings(format!("cannot listen on {address}: {error}; set --listen to another"))
    };
    let listener = TcpListener::bind(&address).await.map_err(cannot_listen)?;
    let local = listener.local_addr().map_err(cannot_listen)?;
    let limited = settings.limits.enabled;
    let link = crate::server::console::link(&store).await.map_err(|_| {
        Failure::Surroundings("the link for the first administrator could not be stored".into())
    })?;
    announce(local, limited, settings.access.public_url.as_deref(), link.as_deref());
    tracing::info!(
        knowledge = publisher.edition().version(),
        ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        "mujib {} listens on {local}",
        env!("CARGO_PKG_VERSION")
    );
    if !limited {
        tracing::warn!("the limits are off: for measuring only");
    }
    let app = App::new(publisher, store, signal, settings, clinic);
    crate::server::run(listener, app, shutdown)
        .await
        .map_err(|error| Failure::Surroundings(format!("the listener failed: {error}")))
}

/// One line on the output, from which whoever started mujib learns the port. Another one while nobody can sign in
/// to the console: the link that makes the first administrator. It is said here only, and never in the log.
fn announce(local: std::net::SocketAddr, limited: bool, public_url: Option<&str>, link: Option<&str>) {
    let limits = if limited { "" } else { " (limits are off: for measuring only)" };
    let mut words = format!("mujib listens on http://{local}{limits}\n");
    if let Some(token) = link {
        let here = public_url.map_or_else(|| format!("http://{local}"), str::to_owned);
        words += &format!("make the console's first administrator at {here}/console/#/setup?token={token}\n");
    }
    let mut out = std::io::stdout().lock();
    // Nobody may be reading, which is no reason not to serve.
    let _unread = out.write_all(words.as_bytes()).and_then(|()| out.flush());
}

/// The knowledge with what staff published over it.
async fn publisher(
    settings: &Settings,
    clinic: &clinic::Shared,
    store: &Arc<Store>,
) -> Result<Arc<Publisher>, Failure> {
    let places = Places {
        knowledge: settings.folders.knowledge.clone(),
        index: settings.folders.index.clone(),
        questions: settings.folders.questions.clone(),
    };
    let opened = Publisher::open(places, Arc::clone(clinic), Arc::clone(store)).await;
    opened.map_err(|error| match error {
        EditionError::Open(error) => Failure::Problems(error.to_string()),
        EditionError::Store(error) => Failure::Surroundings(error.to_string()),
        EditionError::Broken => Failure::Internal("the knowledge could not be read: a bug in mujib".into()),
    })
}

/// The semantic signal, if one is set.
fn signal(settings: &Settings) -> Result<Option<Arc<Signal>>, Failure> {
    let signal = settings.semantic.as_ref().map(|semantic| Signal::new(semantic, &settings.folders.index));
    let signal = signal.transpose().map_err(|error| Failure::Surroundings(error.to_string()))?;
    Ok(signal.map(Arc::new))
}

/// Ends with the first SIGTERM or SIGINT.
#[cfg(unix)]
fn shutdown_signal() -> Result<impl Future<Output = ()> + Send + 'static, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let cannot = |error| Failure::Surroundings(format!("cannot catch signals: {error}"));
    let mut terminate = signal(SignalKind::terminate()).map_err(cannot)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(cannot)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ends with Ctrl-C.
#[cfg(not(unix))]
fn shutdown_signal() -> Result<impl Future<Output = ()> + Send + 'static, Failure> {
    Ok(async {
        // Without the signal there is nothing to wait for but the end of the process.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
