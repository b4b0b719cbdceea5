//! The sockets around the relay's [core](crate::relay::core).
//!
//! One task accepts, one keeps time, and each connection has one that serves it and one that writes what waits for it. All of
//! them call the core under one lock, never across an await, and its outputs go out before the lock is given back: datagrams
//! into QUIC's own small queue, control messages into the connection's outbox. So every member gets them in the core's order,
//! and a member that is too slow for its outbox loses its connection, but costs the others no time.

mod connected;
mod figures;
mod gate;
mod gauge;
mod guide;
mod helm;
mod hub;
mod limits;
mod listen;
mod onlooker;
mod road;
mod seldom;
mod serve;
mod slots;
mod tcp;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use quinn::{Endpoint, Runtime, VarInt};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

pub use self::figures::Figures;
use self::gate::Gate;
pub use self::gauge::Gauge;
pub use self::guide::{Asked, Guide, Way};
pub use self::helm::Helm;
use self::hub::Hub;
pub use self::limits::Limits;
pub use self::listen::{Listen, ListenError};
use self::seldom::Seldom;
use self::tcp::Answering;
use crate::ids::Time;
use crate::relay::core::Relay;
use crate::transport::probe::{Awaited, Watching};
use crate::transport::read_lag::ReadLag;
use crate::transport::serving::Serving;
use crate::transport::settings::{self, SettingsError};
use crate::transport::thrift::Thrift;
use crate::transport::websocket::accept::Acceptor;
use crate::transport::{Fingerprint, Identity, IdentityError};
use crate::wire::limits::RESTORED_BY;
use crate::wire::{self, Refusal};

/// How long members have to read that the relay stops.
const DRAIN: Duration = Duration::from_secs(2);
/// How long the last packets may take to leave this machine.
const LAST_PACKETS: Duration = Duration::from_millis(200);
/// Tries to find a port that is free for UDP and for TCP.
const PORTS: u32 = 16;
const STOPPED: VarInt = VarInt::from_u32(0);

/// Where a relay listens and keeps its key.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Addresses and port, for UDP and for TCP; port 0 takes a free one.
    pub listen: Listen,
    /// The directory of the relay's key. Without one the key is gone when the relay stops.
    pub data_dir: Option<PathBuf>,
}

/// Why a relay stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It won't be back.
    ForGood,
    /// It may be started again: its members are to wait for it.
    ForNow,
}

/// Why a relay did not start. The text is one sentence for a person; [`ServerError::hint`] says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The key can't be made or read.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// Another program has the port.
    #[error("Another program already listens on {0}.")]
    PortInUse(SocketAddr),
    /// Ports below 1024 are for the system.
    #[error("This user may not listen on {0}.")]
    PortForbidden(SocketAddr),
    /// The address is not one of this machine's.
    #[error("This machine does not have the address {0}.")]
    NotOurAddress(SocketAddr),
    /// The system refuses the socket for another reason.
    #[error("The relay can't listen on {at}: {source}.")]
    Listen {
        /// Where.
        at: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system gives no threads.
    #[error("The relay can't run on this machine: {0}.")]
    Threads(std::io::Error),
    /// The machine lacks what encryption needs.
    #[error("The relay can't set up encryption on this machine: {0}.")]
    Settings(#[from] SettingsError),
}

impl ServerError {
    /// What to do next, in one sentence.
    pub fn hint(&self) -> String {
        match self {
            Self::Identity(error) => error.hint(),
            Self::PortInUse(_) => "Stop the other program, or choose another port with --listen.".into(),
            Self::PortForbidden(_) => "Choose a port from 1024 up with --listen.".into(),
            Self::NotOurAddress(_) => "Write the port alone to listen on all addresses that this machine has.".into(),
            Self::Listen { .. } => "Choose another address or port with --listen.".into(),
            Self::Threads(_) => "Close other programs or restart the machine, then try again.".into(),
            Self::Settings(_) => "Start the relay again; if it stays, try another machine.".into(),
        }
    }

    /// Whether listening at another address would fail in the same way.
    fn settles(&self) -> bool {
        match self {
            Self::Listen { .. } | Self::NotOurAddress(_) => false,
            Self::Identity(_) | Self::PortInUse(_) | Self::PortForbidden(_) | Self::Threads(_) | Self::Settings(_) => {
                true
            }
        }
    }

    fn listen(at: SocketAddr, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::AddrInUse => Self::PortInUse(at),
            std::io::ErrorKind::PermissionDenied => Self::PortForbidden(at),
            std::io::ErrorKind::AddrNotAvailable => Self::NotOurAddress(at),
            _ => Self::Listen { at, source },
        }
    }
}

/// A running relay. Dropping it ends all connections at once; [`Server::stop`] tells the members first.
pub struct Server {
    endpoint: Endpoint,
    addr: SocketAddr,
    fingerprint: Fingerprint,
    hub: Arc<Hub>,
    answering: Arc<Answering>,
    serving: Serving,
    gate: Arc<Gate>,
    awaited: Arc<Awaited>,
    tasks: Vec<JoinHandle<()>>,
}

impl Server {
    /// Starts a relay. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// [`ServerError`] if the key, the port or what encryption needs can't be had.
    pub fn start(config: ServerConfig) -> Result<Self, ServerError> {
        let identity = match &config.data_dir {
            Some(dir) => Identity::load_or_create(dir)?,
            None => Identity::ephemeral()?,
        };
        Self::start_at(&identity, &config.listen)
    }

    /// Starts a relay with this key. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// As [`Server::start_as`].
    pub fn start_at(identity: &Identity, listen: &Listen) -> Result<Self, ServerError> {
        Self::start_limited(identity, listen, &Limits::default())
    }

    /// The same, with limits of its own.
    ///
    /// # Errors
    /// As [`Server::start_as`].
    pub fn start_limited(identity: &Identity, listen: &Listen, limits: &Limits) -> Result<Self, ServerError> {
        listen.first(|addr| Self::start_both(identity, addr, limits), ServerError::settles)
    }

    /// Starts a relay with this key, at an address, a UDP port and the TCP port of the same number if it is free. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// [`ServerError`] if the port or what encryption needs can't be had.
    pub fn start_as(identity: &Identity, listen: SocketAddr) -> Result<Self, ServerError> {
        Self::start_both(identity, listen, &Limits::default())
    }

    fn start_both(identity: &Identity, listen: SocketAddr, limits: &Limits) -> Result<Self, ServerError> {
        let mut tries = PORTS;
        let awaited = Arc::new(Awaited::default());
        let thrift = Thrift::default();
        let lag = thrift.lag();
        let runtime: Arc<dyn Runtime> = Arc::new(Watching::on(Arc::new(thrift), awaited.clone()));
        loop {
            // A free port of one kind may be taken of the other.
            let listener = settings::listener(listen).and_then(TcpListener::from_std);
            let port = listener.as_ref().ok().and_then(|listener| listener.local_addr().ok());
            tries -= 1;
            let on = (runtime.clone(), lag.clone());
            match (Self::bounded(identity, port.unwrap_or(listen), on, limits), listener) {
                (Err(ServerError::PortInUse(_)), _) if listen.port() == 0 && tries > 0 => {}
                (Err(error), _) => return Err(error),
                (Ok(mut server), Ok(listener)) => {
                    server.awaited = awaited;
                    server.take_tcp(listener, false);
                    return Ok(server);
                }
                (Ok(mut server), Err(error)) => {
                    server.awaited = awaited;
                    // Only those for whom UDP is blocked can't come.
                    tracing::warn!(%error, "no members over TCP");
                    return Ok(server);
                }
            }
        }
    }

    /// As [`Server::start_as`], with a `runtime` that gives QUIC its clock and its network.
    ///
    /// # Errors
    /// As [`Server::start_as`].
    pub fn start_on(identity: &Identity, listen: SocketAddr, runtime: Arc<dyn Runtime>) -> Result<Self, ServerError> {
        Self::bounded(identity, listen, (runtime, ReadLag::default()), &Limits::default())
    }

    /// On a runtime that says how long its sockets leave packets unread.
    fn bounded(
        identity: &Identity,
        listen: SocketAddr,
        (runtime, lag): (Arc<dyn Runtime>, ReadLag),
        limits: &Limits,
    ) -> Result<Self, ServerError> {
        let (endpoint_config, server_config) = settings::relay(identity, wire::ALPN)?;
        let refused = |source| ServerError::listen(listen, source);
        let socket = settings::socket(listen).map_err(refused)?;
        let addr = socket.local_addr().map_err(refused)?;
        let (serving, runtime) = Serving::on(runtime, server_config.clone());
        let endpoint = Endpoint::new(endpoint_config, Some(server_config), socket, runtime).map_err(refused)?;
        let secret = identity.secret("ingle rooms 1");
        // A key that was here before may have rooms whose members come back now.
        let restored_by = if identity.was_kept() { Time(0) + RESTORED_BY } else { Time(0) };
        let core = Relay::with_secret(settings::random()?, *secret, restored_by).limited(limits.core.clone());
        let hub = Arc::new(Hub::new(core, limits.waiting_bytes, lag));
        let gate = Gate::new(limits.clone());
        let answering = Arc::new(Answering {
            acceptor: RwLock::new(Arc::new(Acceptor::new(identity)?)),
            hub: hub.clone(),
            gate: gate.clone(),
            no_more: Seldom::default(),
            stopped: watch::Sender::new(false),
        });
        let tasks = vec![
            tokio::spawn(serve::accept(endpoint.clone(), hub.clone(), gate.clone(), serving.clone())),
            tokio::spawn(serve::keep_time(hub.clone())),
        ];
        let fingerprint = identity.fingerprint();
        tracing::info!(port = addr.port(), %fingerprint, "relay started");
        Ok(Self { endpoint, addr, fingerprint, hub, tasks, answering, serving, gate, awaited: Arc::default() })
    }

    /// Takes members over TCP at another address and port too: those for whom UDP is blocked. Where it listens, with the port
    /// that was taken.
    ///
    /// # Errors
    /// [`ServerError`] if the port can't be had.
    pub fn listen_tcp(&mut self, listen: &Listen) -> Result<SocketAddr, ServerError> {
        listen.first(|addr| self.bind_tcp(addr, false), ServerError::settles)
    }

    /// Takes members from a web server in front of the relay, which ends the TLS of a domain and passes WebSockets on to this
    /// address and port. It must name the address that called in `X-Forwarded-For`. Where it listens, as above.
    ///
    /// # Errors
    /// [`ServerError`] if the port can't be had.
    pub fn listen_behind_proxy(&mut self, listen: &Listen) -> Result<SocketAddr, ServerError> {
        listen.first(|addr| self.bind_tcp(addr, true), ServerError::settles)
    }

    fn bind_tcp(&mut self, listen: SocketAddr, proxied: bool) -> Result<SocketAddr, ServerError> {
        let refused = |source| ServerError::listen(listen, source);
        let listener = settings::listener(listen).and_then(TcpListener::from_std).map_err(refused)?;
        let addr = listener.local_addr().map_err(refused)?;
        self.take_tcp(listener, proxied);
        Ok(addr)
    }

    fn take_tcp(&mut self, listener: TcpListener, proxied: bool) {
        self.tasks.push(tokio::spawn(tcp::accept(listener, self.answering.clone(), proxied)));
    }

    /// Where it listens, with the port that was taken.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// What a test from outside is to wait for ([`crate::transport::probe`]). Only relays that [`Server::start_as`] has started, or
    /// those above it, see such packets.
    pub fn awaited(&self) -> Arc<Awaited> {
        self.awaited.clone()
    }

    /// The fingerprint of its key.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Makes it one of several relays. From here on `guide` says where groups are, and rooms are opened at numbers alone that it
    /// offers; nothing is sent for any room before [`Helm::open`]. To be called once, before anybody comes.
    pub fn join_fleet(&self, guide: Arc<dyn Guide>) -> Helm {
        self.hub.join_fleet(guide);
        Helm { hub: self.hub.clone() }
    }

    /// Reads what goes on, for as long as anybody wants to know.
    pub fn gauge(&self) -> Gauge {
        Gauge { hub: self.hub.clone(), gate: self.gate.clone() }
    }

    /// Shows this key and certificate to whoever comes from now on. Those who are here stay as they are, and so do the rooms.
    ///
    /// # Errors
    /// [`ServerError`] if the machine can't do it; then everything is as before.
    pub fn reload(&self, identity: &Identity) -> Result<(), ServerError> {
        let (_, config) = settings::relay(identity, wire::ALPN)?;
        self.answering.show(Acceptor::new(identity)?);
        self.serving.show(config.clone());
        self.endpoint.set_server_config(Some(config));
        Ok(())
    }

    /// Tells every member, waits up to two seconds until they have it, and stops. Members stay for a relay that may be back
    /// soon.
    pub async fn stop(self, stop: Stop) {
        let connections = self.hub.drain(match stop {
            Stop::ForGood => Refusal::Unavailable,
            Stop::ForNow => Refusal::Restarting,
        });
        tracing::info!(connections, "relay stops");
        // A member who has not read it by then finds the relay gone.
        let _ = timeout(DRAIN, self.hub.emptied()).await;
        self.endpoint.close(STOPPED, b"");
        let _ = timeout(LAST_PACKETS, self.endpoint.wait_idle()).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
        self.answering.stopped.send_replace(true);
        self.endpoint.close(STOPPED, b"");
    }
}
