//! Hosting: at a relay somewhere, or with the relay in this process.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use super::arguments::{Host, Shared};
use super::sentence::Stop;
use super::session::{seed, session, setup};
use crate::app::{Clock, FaceChoice, Setup, Trust};
use crate::audio::AudioSetup;
use crate::member::Config;
use crate::relay::server::{Server, ServerConfig, ServerError};
use crate::text::start;
use crate::transport::{DEFAULT_PORT, Dial, Pin};

/// Threads of the embedded relay have this name: a fault there ends a connection, not the program.
pub(super) const RELAY_THREAD: &str = "relay";

/// A relay in this process, on threads of its own.
struct Embedded {
    runtime: tokio::runtime::Runtime,
    server: Server,
}

impl Embedded {
    fn start(listen: SocketAddr) -> Result<Self, ServerError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name(RELAY_THREAD)
            .enable_all()
            .build()
            .map_err(|source| ServerError::Listen { at: listen, source })?;
        let server = runtime.block_on(async { Server::start(ServerConfig { listen, data_dir: None }) })?;
        Ok(Self { runtime, server })
    }

    /// How this process reaches it.
    fn near(&self) -> Dial {
        let mut addr = self.server.addr();
        if addr.ip().is_unspecified() {
            addr.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        Dial { host: addr.to_string(), pin: Some(Pin::only(self.server.fingerprint())) }
    }

    /// How others are likely to reach it.
    fn far(&self) -> String {
        let mut addr = self.server.addr();
        if addr.ip().is_unspecified() {
            addr.set_ip(own_address());
        }
        addr.to_string()
    }

    fn stop(self) {
        self.runtime.block_on(self.server.stop());
    }
}

/// The address by which this machine reaches others. Nothing is sent to find it out.
fn own_address() -> IpAddr {
    let elsewhere = (Ipv4Addr::new(192, 0, 2, 1), 9);
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0));
    let addr = socket.and_then(|socket| socket.connect(elsewhere).and_then(|()| socket.local_addr()));
    addr.map_or(Ipv4Addr::LOCALHOST.into(), |addr| addr.ip())
}

pub(super) fn run(
    host: Host,
    relay: Option<(Dial, Trust)>,
    config: Config,
    audio: AudioSetup,
    notices: Vec<String>,
    face: FaceChoice,
    clock: Clock,
) -> Result<(), Stop> {
    if let Some((relay, trust)) = relay {
        let advertised = relay.host.clone();
        let made = setup(&host.shared, config, relay, advertised, audio, face);
        return session(Setup { trust, notices, ..made }, clock);
    }
    let relay = listen(host.listen.as_deref())?;
    let made = setup(&host.shared, config, relay.near(), relay.far(), audio, face);
    let outcome = session(Setup { ends_group: true, notices, ..made }, clock);
    relay.stop();
    outcome
}

/// A group on this machine alone, with the practice members.
pub(super) fn rehearse(
    shared: &Shared,
    config: Config,
    audio: AudioSetup,
    missing: Vec<String>,
    face: FaceChoice,
    clock: Clock,
) -> Result<(), Stop> {
    // A program is told what went wrong, and this is no trouble.
    let to_a_person = !matches!(face, FaceChoice::Json);
    let notices = to_a_person.then(|| start::REHEARSAL.to_owned()).into_iter().chain(missing).collect();
    let relay = Embedded::start((Ipv4Addr::LOCALHOST, 0).into()).map_err(|error| no_relay(&error))?;
    let seed = seed()?;
    let dial = relay.near();
    let handle = relay.runtime.handle().clone();
    let on_open: Box<dyn FnOnce(String) + Send> = {
        let dial = dial.clone();
        Box::new(move |code| crate::rehearse::start(&handle, &code, dial, seed))
    };
    let made = setup(shared, config, dial, relay.far(), audio, face);
    let outcome = session(Setup { notices, on_open: Some(on_open), ..made }, clock);
    relay.stop();
    outcome
}

fn listen(asked: Option<&str>) -> Result<Embedded, Stop> {
    let Some(asked) = asked else {
        let usual = SocketAddr::from((Ipv4Addr::UNSPECIFIED, DEFAULT_PORT));
        return match Embedded::start(usual) {
            // Nobody asked for this port; the invitation tells which it is.
            Err(ServerError::PortInUse(_)) => Embedded::start((Ipv4Addr::UNSPECIFIED, 0).into()),
            started => started,
        }
        .map_err(|error| no_relay(&error));
    };
    let addr = asked.parse().map_err(|_| Stop::usage(start::not_an_address(asked)))?;
    Embedded::start(addr).map_err(|error| no_relay(&error))
}

fn no_relay(error: &ServerError) -> Stop {
    Stop::failure((error.to_string(), error.hint()))
}
