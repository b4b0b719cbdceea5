//! Serves until it is told to stop.

use std::future::Future;
use std::io::{self, Write};

use ingle::reach::Announcement;
use ingle::relay::server::{Listen, Server, Stop};
use ingle::transport::{Identity, IdentityError};

use super::arguments::Arguments;
use super::confine::{self, Confinement};
use super::{Failure, fleet, metrics};

/// Serves. What needs files or names is done first, so that the rest can be done without.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let listen = Listen::parse(&arguments.listen)?;
    let read = |text: &Option<String>| text.as_deref().map(Listen::parse).transpose();
    let (tcp, proxied) = (read(&arguments.listen_tcp)?, read(&arguments.behind_proxy)?);
    let limits = arguments.limits(confine::machine_memory());
    let fleet = fleet::prepare(&arguments.fleet, &limits)?;
    let mut identity = identity(arguments)?;
    if let Some(fleet) = &fleet {
        identity = fleet.keep(identity);
    }
    confine::raise_descriptors();
    let confined = match arguments.unconfined {
        true => Confinement::default(),
        false => {
            let kept = [&arguments.cert, &arguments.key, &arguments.data_dir];
            confine::confine(kept.into_iter().flatten(), fleet.is_some())
        }
    };
    tracing::info!(confined.files, confined.calls, "what the relay has no use for was given up");
    // One thread: what a packet costs is mostly memory that isn't at hand, and a second would fetch it once more.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (stop, mut reload) = (stop_signal()?, OnSignal::hangup()?);
        let mut drain = if fleet.is_some() { OnSignal::user()? } else { OnSignal::never() };
        let mut server = Server::start_limited(&identity, &listen, &limits)?;
        drop(identity);
        let membership = match &fleet {
            Some(fleet) => Some(fleet::join(fleet, &server).await?),
            None => None,
        };
        if let Some(listen) = &tcp {
            server.listen_tcp(listen)?;
        }
        if let Some(listen) = &proxied {
            server.listen_behind_proxy(listen)?;
        }
        let metrics = match arguments.metrics {
            Some(at) => Some(metrics::listen(at).await?),
            None => None,
        };
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
        let shown = metrics.map(|listener| tokio::spawn(metrics::serve(listener, server.gauge())));
        tokio::select! {
            () = stop => {}
            () = async { loop { reload.next().await; read_again(arguments, &server); } } => {}
            () = async { loop { drain.next().await; if let Some(fleet) = &membership { fleet.drain().await; } } } => {}
        }
        if let Some(fleet) = membership {
            fleet.leave().await;
        }
        shown.iter().for_each(tokio::task::JoinHandle::abort);
        if let Some(announcement) = announcement {
            announcement.stop();
        }
        server.stop(Stop::ForNow).await;
        Ok(())
    })
}

/// The relay's key and certificate. With a certificate and a data directory both, groups outlive a restart even when the
/// certificate was renewed with another key.
fn identity(arguments: &Arguments) -> Result<Identity, IdentityError> {
    let own = arguments.data_dir.as_deref().map(Identity::load_or_create).transpose()?;
    match (&arguments.cert, &arguments.key, own) {
        (Some(cert), Some(key), Some(own)) => Ok(Identity::from_pem(cert, key)?.keeping(&own)),
        (Some(cert), Some(key), None) => Identity::from_pem(cert, key),
        (_, _, Some(own)) => Ok(own),
        (_, _, None) => Identity::ephemeral(),
    }
}

/// Shows a renewed certificate to whoever comes from now on. Whoever is here stays. If it can't be used, the one before stays.
fn read_again(arguments: &Arguments, server: &Server) {
    if arguments.cert.is_none() {
        return;
    }
    match identity(arguments).map_err(Failure::from).and_then(|identity| Ok(server.reload(&identity)?)) {
        Ok(()) => tracing::info!("the certificate was read again"),
        Err(Failure { problem, hint }) => {
            tracing::error!(problem, hint, "the certificate was not read again; the one before stays");
        }
    }
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

/// Each signal of a kind; elsewhere than on Unix there is none.
#[derive(Default)]
struct OnSignal {
    #[cfg(unix)]
    signals: Option<tokio::signal::unix::Signal>,
}

impl OnSignal {
    /// None ever.
    fn never() -> Self {
        Self::default()
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(signals) = &mut self.signals
            && signals.recv().await.is_some()
        {
            return;
        }
        std::future::pending().await
    }

    /// Each SIGHUP.
    #[cfg(unix)]
    fn hangup() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { signals: Some(signal(SignalKind::hangup())?) })
    }

    /// Each SIGUSR1.
    #[cfg(unix)]
    fn user() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { signals: Some(signal(SignalKind::user_defined1())?) })
    }

    #[cfg(not(unix))]
    fn hangup() -> io::Result<Self> {
        Ok(Self::never())
    }

    #[cfg(not(unix))]
    fn user() -> io::Result<Self> {
        Ok(Self::never())
    }
}
