//! Relays and members for the tests.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ingle::relay::server::{Server, ServerConfig};
use ingle::transport::{Dial, Identity, Link, LinkEvent, dial, dial_at, settings};
use ingle::wire::{Hello, Purpose, Refusal, ToMember, ToRelay, VERSION};
use quinn::{Connection, Endpoint, TokioRuntime};
use tokio::sync::mpsc::Receiver;

use crate::network::Network;
use crate::stranger::client;

/// Longer than anything here takes, so that a hang fails instead of hanging.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a test with a limit on its time.
pub(crate) fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let done = runtime.block_on(async { tokio::time::timeout(PATIENCE, test).await.expect("done in time") });
    runtime.shutdown_timeout(Duration::from_secs(1));
    done
}

/// A relay on a free port, with a key of its own.
pub(crate) fn relay() -> Server {
    let config = ServerConfig { listen: SocketAddr::from(([127, 0, 0, 1], 0)).into(), data_dir: None };
    Server::start(config).expect("a free port")
}

/// A relay on a network in memory, with a key of its own.
pub(crate) fn relay_on(network: &Network) -> Server {
    let identity = Identity::ephemeral().expect("a key");
    Server::start_on(&identity, "127.0.0.1:0".parse().expect("an address"), network.runtime()).expect("a free port")
}

/// How a member calls `relay`.
pub(crate) fn to(relay: &Server) -> Dial {
    Dial { host: relay.addr().to_string(), pin: None }
}

/// A member's end of a link.
pub(crate) struct Member {
    pub link: Link,
    pub events: Receiver<LinkEvent>,
}

impl Member {
    pub(crate) async fn connect(relay: &Server) -> Self {
        Self::connect_at(&relay.addr().to_string()).await
    }

    pub(crate) async fn connect_at(addr: &str) -> Self {
        let relay = Dial { host: addr.to_owned(), pin: None };
        let (link, events) = dial(&relay).await.unwrap_or_else(|error| panic!("{error}"));
        Self { link, events }
    }

    /// A member on a network in memory.
    pub(crate) async fn connect_on(network: &Network, at: SocketAddr) -> Self {
        let relay = Dial { host: at.to_string(), pin: None };
        let reached = dial_at(&relay, vec![at], network.runtime()).await;
        let (link, events) = reached.unwrap_or_else(|error| panic!("{error}"));
        Self { link, events }
    }

    /// A member that has opened a room.
    pub(crate) async fn host(relay: &Server) -> Self {
        Self::host_at(&relay.addr().to_string()).await
    }

    /// A member that has opened a room on the relay at an address.
    pub(crate) async fn host_at(addr: &str) -> Self {
        Self::connect_at(addr).await.opens_room().await
    }

    /// A member on a network in memory that has opened a room.
    pub(crate) async fn host_on(network: &Network, at: SocketAddr) -> Self {
        Self::connect_on(network, at).await.opens_room().await
    }

    async fn opens_room(mut self) -> Self {
        self.hello(VERSION, Purpose::Host);
        assert!(matches!(self.control().await, Some(ToMember::Hosting { .. })), "a room was opened");
        self
    }

    pub(crate) fn hello(&self, version: u16, purpose: Purpose) {
        self.link.control(&ToRelay::Hello(Hello { version, purpose })).expect("queued");
    }

    /// The next control message, or `None` if the link ends before.
    pub(crate) async fn control(&mut self) -> Option<ToMember> {
        loop {
            match self.events.recv().await? {
                LinkEvent::Control(message) => return Some(message),
                LinkEvent::Datagram(_) => {}
                LinkEvent::Closed(_) => return None,
            }
        }
    }

    /// Why the relay does not serve this member; the link ends after it.
    pub(crate) async fn refusal(&mut self) -> Option<Refusal> {
        loop {
            match self.control().await? {
                ToMember::Refused(why) => {
                    assert!(self.control().await.is_none(), "a refusal is the last message");
                    return Some(why);
                }
                _ => continue,
            }
        }
    }
}

/// Whether the relay still opens rooms for others.
pub(crate) async fn serves(relay: &Server) {
    Member::host(relay).await.link.close().await;
}

/// A bare endpoint with a relay's settings. Returns its address too.
pub(crate) fn listen(alpn: &[u8]) -> (Endpoint, String) {
    let identity = Identity::ephemeral().expect("a key");
    let (endpoint, config) = settings::relay(&identity, alpn).expect("settings");
    let socket = settings::socket("127.0.0.1:0".parse().expect("an address")).expect("a socket");
    let at = socket.local_addr().expect("bound").to_string();
    (Endpoint::new(endpoint, Some(config), socket, Arc::new(TokioRuntime)).expect("an endpoint"), at)
}

/// A connection without any of our manners, with a protocol name of its choice.
pub(crate) async fn stranger(relay: &Server, alpn: &[u8]) -> Result<Connection, quinn::ConnectionError> {
    let (endpoint, config) = client(alpn);
    endpoint.connect_with(config, relay.addr(), "any.invalid").expect("a way").await
}
