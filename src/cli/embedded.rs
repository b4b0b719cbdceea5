//! The relay in this process.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::outside::{Question, attend};
use crate::app::Outside;
use crate::reach::{Announcement, own_addresses};
use crate::relay::server::{Listen, Server, ServerError, Stop};
use crate::text::start;
use crate::transport::{Dial, Identity, KnownRelays, Pin};

/// Threads of the embedded relay have this name: a fault there ends a connection, not the program.
pub(super) const RELAY_THREAD: &str = "relay";

/// How long a router may take to take its port back.
const GIVE_BACK: Duration = Duration::from_secs(2);

/// A relay in this process, on threads of its own.
pub(super) struct Embedded {
    runtime: tokio::runtime::Runtime,
    server: Server,
    /// Where others may reach it, best first.
    addresses: Vec<SocketAddr>,
    announcement: Option<Announcement>,
    /// Ends the task that keeps the router's port, and the task.
    attending: Option<(Arc<Notify>, JoinHandle<()>)>,
}

impl Embedded {
    pub(super) fn start(key: &Identity, listen: &Listen) -> Result<Self, ServerError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name(RELAY_THREAD)
            .enable_all()
            .build()
            .map_err(ServerError::Threads)?;
        let server = runtime.block_on(async { Server::start_at(key, listen) })?;
        let addresses = addresses(server.addr(), own_addresses);
        Ok(Self { runtime, server, addresses, announcement: None, attending: None })
    }

    pub(super) fn handle(&self) -> tokio::runtime::Handle {
        self.runtime.handle().clone()
    }

    /// How this process reaches it.
    pub(super) fn near(&self) -> Dial {
        Dial { host: near(self.server.addr()).to_string(), pin: Some(Pin::only(self.server.fingerprint())) }
    }

    /// How others are likely to reach it, best way first.
    pub(super) fn far(&self) -> String {
        let alone = self.is_alone().then(|| near(self.server.addr()));
        let ways = self.addresses.iter().copied().chain(alone).map(Dial::written);
        ways.collect::<Vec<_>>().join(",")
    }

    /// Whether it is meant for others, but this machine has no network by which they could come.
    pub(super) fn is_alone(&self) -> bool {
        self.addresses.is_empty()
    }

    /// Lets others on the local network find it by themselves. Where that can't be done, there is still the invitation.
    pub(super) fn announce(&mut self) {
        self.announcement = Announcement::start(self.server.addr(), self.server.fingerprint()).ok().flatten();
    }

    /// Finds out beside the session who can reach it: asks the router for a port if `ask_router`, and has another relay test it.
    /// What only this machine can reach needs no router.
    pub(super) fn attend(&mut self, ask_router: bool, onlooker: Option<Dial>) -> Option<mpsc::Receiver<Outside>> {
        let (addr, ways) = (self.server.addr(), self.addresses.clone());
        let ask_router = ask_router && !addr.ip().is_loopback() && !self.is_alone();
        if !ask_router && onlooker.is_none() {
            return None;
        }
        let (tell, told) = mpsc::channel(1);
        let end = Arc::new(Notify::new());
        let awaited = self.server.awaited();
        let question = Question { ways, port: addr.port(), ask_router, onlooker, awaited };
        let task = self.runtime.spawn(attend(question, tell, end.clone()));
        self.attending = Some((end, task));
        Some(told)
    }

    pub(super) fn stop(self) {
        if let Some((end, task)) = self.attending {
            end.notify_one();
            // A router that doesn't answer forgets the port in an hour.
            let _ = self.runtime.block_on(async { timeout(GIVE_BACK, task).await });
        }
        if let Some(announcement) = self.announcement {
            announcement.stop();
        }
        self.runtime.block_on(self.server.stop(Stop::ForGood));
        // A router may be asked on a thread that can't be interrupted.
        // A name may be looked up on a thread that can't be interrupted.
        self.runtime.shutdown_background();
    }
}

/// The key of this computer's relay, kept beside the relays that it has met, and a sentence if it can't be kept. Without a place
/// for it the key is new each time, which is no trouble: whoever asked for nothing to be kept knows.
///
/// # Errors
/// [`ServerError`] if there can't be any key.
pub(super) fn key(known: Option<&KnownRelays>) -> Result<(Identity, Option<String>), ServerError> {
    let Some(known) = known else { return Ok((Identity::ephemeral()?, None)) };
    match Identity::load_or_create(known.dir()) {
        Ok(key) => Ok((key, None)),
        Err(error) => Ok((Identity::ephemeral()?, Some(start::fresh_key(&error.to_string())))),
    }
}

/// Where this process reaches what listens at `addr`.
fn near(addr: SocketAddr) -> SocketAddr {
    // What listens on any address of IPv6 serves both families, and not every machine that has such sockets has an address for them.
    if addr.ip().is_unspecified() { (Ipv4Addr::LOCALHOST, addr.port()).into() } else { addr }
}

/// Where others reach what listens at `addr` on a machine with these addresses.
fn addresses(addr: SocketAddr, own: impl FnOnce() -> Vec<IpAddr>) -> Vec<SocketAddr> {
    if !addr.ip().is_unspecified() {
        return vec![addr];
    }
    let serves = |address: &IpAddr| address.is_ipv4() || addr.is_ipv6();
    own().into_iter().filter(serves).map(|address| (address, addr.port()).into()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_family_is_told_that_is_served_and_never_loopback() {
        let told = |addr: &str, own: &[&str]| {
            let own = own.iter().map(|text| text.parse().expect("an address")).collect();
            let all = addresses(addr.parse().expect("an address"), || own);
            all.into_iter().map(Dial::written).collect::<Vec<_>>()
        };
        let both = ["2001:db8::5", "192.168.1.5"];
        assert_eq!(told("[::]:4433", &both), ["2001:db8::5", "192.168.1.5:4433"]);
        assert_eq!(told("[::]:7000", &both), ["[2001:db8::5]:7000", "192.168.1.5:7000"]);
        assert_eq!(told("0.0.0.0:4433", &both), ["192.168.1.5:4433"]);
        assert_eq!(told("[::]:4433", &[]), [""; 0]);
        assert_eq!(told("127.0.0.1:7000", &both), ["127.0.0.1:7000"], "as asked for");
    }
}
