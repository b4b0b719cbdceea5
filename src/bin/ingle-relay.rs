//! The machine in the middle, as a program of its own.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use clap::builder::NonEmptyStringValueParser;
use ingle::reach::Announcement;
use ingle::relay::server::{Listen, Server, ServerConfig, ServerError, Stop};
use ingle::transport::Identity;
use tracing_subscriber::filter::{EnvFilter, LevelFilter};

/// Passes voice and messages between the members of groups who meet by a code.
#[derive(Parser)]
#[command(name = "ingle-relay", version)]
struct Arguments {
    /// Where to listen: a UDP port on all addresses, of IPv6 as well as IPv4, or an address or name of this machine before it;
    /// port 0 takes a free one
    #[arg(long, value_name = "ADDR:PORT", default_value = "4433", value_parser = NonEmptyStringValueParser::new())]
    listen: String,

    /// Where else to take members over TCP, because UDP is blocked where they are, or all ports but 443 are. The TCP port of the
    /// number in --listen is taken in any case, if it's free
    #[arg(long, value_name = "ADDR:PORT")]
    listen_tcp: Option<String>,

    /// Where a web server on this machine passes members on, as plain HTTP with WebSocket; it must set X-Forwarded-For to the
    /// address that called
    #[arg(long, value_name = "ADDR:PORT")]
    behind_proxy: Option<String>,

    /// Directory for the relay's key, made at the first start; without it the key is new at every start
    #[arg(long, value_name = "DIR", env = "INGLE_DATA_DIR")]
    data_dir: Option<PathBuf>,

    /// Certificate that was issued for this machine's name, with its chain, in PEM; members who call the name then need not
    /// compare keys. Read at the start only
    #[arg(long, value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,

    /// The certificate's key, in PEM
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,

    /// Let members on this machine's local network find the relay by themselves; what they find names its port and key
    #[arg(long)]
    announce: bool,

    /// What to log on standard error: off, error, warn, info, debug or trace. No address, name or room up to info
    #[arg(long, value_name = "LEVEL", default_value = "warn")]
    log: LevelFilter,
}

/// A sentence for what went wrong, and one for what to do.
struct Failure {
    problem: String,
    hint: String,
}

fn main() -> ExitCode {
    let kept = ingle::memory::keep_off_disks();
    let arguments = Arguments::parse();
    let filter = filter(arguments.log);
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(false).init();
    if !kept.no_core || !kept.locked {
        tracing::info!(kept.no_core, kept.locked, "memory may reach a disk: by a core file, or by swapping");
    }
    // The message of a panic may hold what somebody sent; the place of it can't.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a fault in the relay");
    }));
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { problem, hint }) => {
            // Without a standard error there is nobody to tell.
            let _ = writeln!(io::stderr(), "{problem}\n{hint}");
            ExitCode::FAILURE
        }
    }
}

/// Up to info only our own words are logged: QUIC's warnings name addresses.
fn filter(level: LevelFilter) -> EnvFilter {
    EnvFilter::new(if level >= LevelFilter::DEBUG { level.to_string() } else { format!("off,ingle={level}") })
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let read = |text: &String| {
        Listen::parse(text).map_err(|error| Failure { problem: error.to_string(), hint: error.hint().into() })
    };
    let cant_listen = |error: ServerError| Failure { problem: error.to_string(), hint: error.hint() };
    let listen = read(&arguments.listen)?;
    let [tcp, proxied] = [arguments.listen_tcp, arguments.behind_proxy].map(|text| text.as_ref().map(read).transpose());
    let (tcp, proxied) = (tcp?, proxied?);
    let no_signals = |error: io::Error| Failure {
        problem: format!("The relay can't run on this machine: {error}."),
        hint: "Close other programs or restart the machine, then try again.".into(),
    };
    // One thread: what a packet costs is mostly memory that isn't at hand, and a second would fetch it once more.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(no_signals)?;
    runtime.block_on(async {
        let stop = stop_signal().map_err(no_signals)?;
        let mut server = match (arguments.cert, arguments.key) {
            (Some(cert), Some(key)) => Identity::from_pem(&cert, &key)
                .map_err(ServerError::from)
                .and_then(|identity| Server::start_at(&identity, &listen)),
            _ => Server::start(ServerConfig { listen, data_dir: arguments.data_dir }),
        }
        .map_err(cant_listen)?;
        if let Some(listen) = &tcp {
            server.listen_tcp(listen).map_err(cant_listen)?;
        }
        if let Some(listen) = &proxied {
            server.listen_behind_proxy(listen).map_err(cant_listen)?;
        }
        // A closed standard output is no reason not to serve.
        let _ =
            writeln!(io::stdout(), "ingle-relay listens on {}, fingerprint {}", server.addr(), server.fingerprint());
        let announcement = match arguments.announce {
            true => Announcement::start(server.addr(), server.fingerprint()).map_err(|error| Failure {
                problem: error.to_string(),
                hint: "Start the relay without --announce, or where it has a local network.".into(),
            })?,
            false => None,
        };
        stop.await;
        if let Some(announcement) = announcement {
            announcement.stop();
        }
        server.stop(Stop::ForNow).await;
        Ok(())
    })
}

/// Completes at the first SIGTERM or SIGINT. The handlers stand when this returns.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Completes at the first Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without the handler the system ends the program by itself.
        let _ = tokio::signal::ctrl_c().await;
    })
}
