//! A member's way to a relay: find it, race a few attempts, say plainly what went wrong.

use std::future::Future;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use quinn::{ConnectionError, Endpoint, Runtime, TokioRuntime, TransportErrorCode};
use rustls_platform_verifier::Verifier;
use tokio::net::lookup_host;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

use super::first::Beginning;
use super::hedge::{Hedge, Next};
use super::identity::Fingerprint;
use super::link::{Link, LinkEvent};
use super::resume::{Reached, Resumption};
use super::trust::{self, AnyRelay};
use super::{address, settings};
use crate::wire::{ToRelay, encode};

/// The port of a relay, unless another is named.
pub const DEFAULT_PORT: u16 = 4433;

/// How long finding and reaching a relay may take altogether.
const LIMIT: Duration = Duration::from_secs(5);
/// Addresses of one name that are tried.
const ADDRESSES: usize = 3;
/// QUIC wants a name. A relay that is called by its address is known by its key alone.
const NO_NAME: &str = "relay.invalid";
/// The TLS alert for "no protocol in common".
const NO_APPLICATION_PROTOCOL: u8 = 120;

/// Which relay to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dial {
    /// Name or address, with a port unless it is [`DEFAULT_PORT`], as a person typed it.
    pub host: String,
    /// The key that the relay must have, if it is known. A certificate that this computer trusts for the name in `host`
    /// serves as well.
    pub pin: Option<Fingerprint>,
}

impl Dial {
    /// Whether the text can be a relay's address at all, without asking anybody.
    ///
    /// # Errors
    /// [`DialError::Address`] if it can't.
    pub fn check(&self) -> Result<(), DialError> {
        split(&self.host).map(|_| ()).ok_or_else(|| DialError::Address(self.host.clone()))
    }

    /// The relay as [`super::KnownRelays`] names it: always with its port, and one for all spellings.
    pub fn known_as(&self) -> String {
        match split(&self.host) {
            Some((name, port)) if name.contains(':') => format!("[{}]:{port}", name.to_lowercase()),
            Some((name, port)) => format!("{}:{port}", name.to_lowercase()),
            None => self.host.trim().to_lowercase(),
        }
    }
}

/// Why a relay was not reached. The text is one sentence for a person; [`DialError::hint`] says what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DialError {
    /// The text is no address.
    #[error("“{0}” is not the address of a relay.")]
    Address(String),
    /// Nothing has this name, or nobody could be asked for it.
    #[error("No machine with the name “{0}” can be found.")]
    Name(String),
    /// This computer has no way to the relay's address.
    #[error("This computer has no connection to {0} at the moment.")]
    Offline(String),
    /// Nothing answered in time.
    #[error("Nothing answers at {0}.")]
    Silent(String),
    /// The other side speaks another protocol or version.
    #[error("The relay at {0} speaks another version of ingle.")]
    Version(String),
    /// The relay takes no more connections.
    #[error("The relay at {0} has no room for another connection.")]
    Full(String),
    /// The relay shows another key than it must have.
    #[error("The relay at {host} shows another key than the one that is known for it.")]
    Key {
        /// Which relay.
        host: String,
        /// The key it showed.
        seen: Fingerprint,
    },
    /// It answered, and then the connection broke.
    #[error("The relay at {0} answered, but the connection broke off.")]
    Broke(String),
    /// This machine does not give what a connection needs.
    #[error("This computer can't open a connection: {0}.")]
    Local(String),
}

impl DialError {
    /// What to do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Address(_) => "Write it as NAME:PORT, for example relay.example.org:4433.",
            Self::Name(_) => "Check the spelling, and that this computer is online.",
            Self::Offline(_) => "Check that this computer is online, then try again.",
            Self::Silent(_) => {
                "Check the port, and ask whoever runs the relay whether it is on and its UDP port is open."
            }
            Self::Version(_) => "Install the newest version of ingle, or ask whoever runs the relay to.",
            Self::Full(_) => "Try again in a few minutes.",
            Self::Key { .. } => {
                "Someone may be intercepting the connection: ask whoever runs the relay for its fingerprint before \
                 you go on."
            }
            Self::Broke(_) => "Try again; if it stays, ask whoever runs the relay.",
            Self::Local(_) => "Close other programs or restart the computer, then try again.",
        }
    }

    /// Whether another attempt could not change it.
    fn is_final(&self) -> bool {
        matches!(self, Self::Version(_) | Self::Full(_) | Self::Key { .. })
    }
}

/// Calls a relay, within five seconds. Everything that comes over the link arrives at the receiver, which ends after
/// [`LinkEvent::Closed`].
///
/// # Errors
/// [`DialError`] if it was not reached, or is not the one that `dial` names.
pub async fn dial(dial: &Dial) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
    Race::new(dial).run(find(dial, Arc::new(TokioRuntime)), None).await
}

/// As [`dial()`], where the relay's addresses are known, in the order in which they are to be tried. `runtime` gives the clock
/// and the network, for this connection and for those that [`dial_again`] opens after it.
///
/// # Errors
/// As [`dial()`].
pub async fn dial_at(
    dial: &Dial,
    addresses: Vec<SocketAddr>,
    runtime: Arc<dyn Runtime>,
) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
    let called = Called { dial: dial.clone(), name: NO_NAME.to_owned(), platform: None, runtime };
    Race::new(dial).run(async { Ok((called, addresses)) }, None).await
}

/// Calls a relay again that was reached before, with the first message, which must do no harm when it comes twice, in the first
/// packet. Where nothing comes of that soon, it is called as by [`dial()`] besides, and the message may still have to be sent:
/// [`Link::is_greeted`] says so.
///
/// # Errors
/// As [`dial()`].
pub async fn dial_again(
    call: &Dial,
    resumption: Option<Arc<Resumption>>,
    greeting: &ToRelay,
) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
    let ticket = resumption.filter(|resumption| resumption.called.dial.host == call.host);
    let (Some(ticket), Ok(greeting)) = (ticket, encode(greeting)) else { return dial(call).await };
    let (host, tried, runtime) = (call.host.clone(), ticket.address, ticket.called.runtime.clone());
    let mut race = Race::new(call);
    race.running.spawn(async move { ticket.attempt(&greeting).await.ok_or(DialError::Broke(host)) });
    race.run(find(call, runtime), Some(tried)).await
}

/// Looks up who is called, and where.
async fn find(dial: &Dial, runtime: Arc<dyn Runtime>) -> Result<(Called, Vec<SocketAddr>), DialError> {
    let (name, port) = split(&dial.host).ok_or_else(|| DialError::Address(dial.host.clone()))?;
    let unknown = || DialError::Name(name.to_owned());
    let is_address = name.parse::<IpAddr>().is_ok();
    let platform = async { if is_address { None } else { trust::platform().await } };
    let (found, platform) = tokio::join!(timeout(LIMIT, lookup_host((name, port))), platform);
    let addresses = pick(found.map_err(|_| unknown())?.map_err(|_| unknown())?);
    if addresses.is_empty() {
        return Err(unknown());
    }
    let name = if is_address { NO_NAME } else { name };
    Ok((Called { dial: dial.clone(), name: name.to_owned(), platform, runtime }, addresses))
}

/// Name and port of what a person typed. IPv6 addresses stand in brackets before a port, as in web addresses.
fn split(host: &str) -> Option<(&str, u16)> {
    let host = host.trim();
    if host.parse::<Ipv6Addr>().is_ok() {
        return Some((host, DEFAULT_PORT));
    }
    let (name, port) = match host.strip_prefix('[') {
        Some(bracketed) => {
            let (name, rest) = bracketed.split_once(']')?;
            name.parse::<Ipv6Addr>().ok()?;
            (name, if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) })
        }
        None => match host.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (host, None),
        },
    };
    let port = port.map_or(Some(DEFAULT_PORT), |port| port.parse().ok().filter(|port| *port != 0))?;
    let is_name =
        !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || "/@[]".contains(c));
    is_name.then_some((name, port))
}

/// The first few addresses, families in turn, in the system's order of preference.
fn pick(found: impl Iterator<Item = SocketAddr>) -> Vec<SocketAddr> {
    let (mut one, mut other): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
    let mut family = None;
    for address in found {
        let first = *family.get_or_insert(address.is_ipv4());
        if first == address.is_ipv4() { one.push(address) } else { other.push(address) }
    }
    let (mut one, mut other) = (one.into_iter(), other.into_iter());
    std::iter::from_fn(|| Some([one.next(), other.next()]).filter(|pair| pair.iter().any(Option::is_some)))
        .flatten()
        .flatten()
        .take(ADDRESSES)
        .collect()
}

/// The relay that is called, the name by which a certificate may vouch for it, and the runtime that carries the connection.
#[derive(Clone)]
pub(super) struct Called {
    pub(super) dial: Dial,
    pub(super) name: String,
    pub(super) platform: Option<Arc<Verifier>>,
    pub(super) runtime: Arc<dyn Runtime>,
}

/// Attempts that run beside each other, each without waiting for the others to fail.
struct Race {
    host: String,
    start: Instant,
    running: JoinSet<Result<Reached, DialError>>,
    answered: Arc<AtomicBool>,
}

impl Race {
    fn new(dial: &Dial) -> Self {
        let (running, answered) = (JoinSet::new(), Arc::new(AtomicBool::new(false)));
        Self { host: dial.host.clone(), start: Instant::now(), running, answered }
    }

    /// The link over what is reached first, `found` being who is called and where; an attempt at `tried` runs already.
    async fn run(
        mut self,
        found: impl Future<Output = Result<(Called, Vec<SocketAddr>), DialError>>,
        tried: Option<SocketAddr>,
    ) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
        let reached = self.first(found, tried).await?;
        Link::start(reached).await.ok_or(DialError::Broke(self.host))
    }

    async fn first(
        &mut self,
        found: impl Future<Output = Result<(Called, Vec<SocketAddr>), DialError>>,
        tried: Option<SocketAddr>,
    ) -> Result<Reached, DialError> {
        let deadline = self.start + LIMIT;
        let mut found = pin!(found);
        let mut plan: Option<(Called, Hedge)> = None;
        let mut sought = false;
        let mut failed = DialError::Silent(self.host.clone());
        loop {
            let next = match &mut plan {
                Some((called, hedge)) => {
                    let answered = self.answered.swap(false, Ordering::Relaxed);
                    match hedge.next(self.start.elapsed(), self.running.len(), answered) {
                        Next::Try(address) => {
                            self.running.spawn(attempt(called.clone(), address, self.answered.clone()));
                            continue;
                        }
                        Next::Wait(since_start) => self.start + since_start,
                        Next::Done => deadline,
                    }
                }
                None => deadline,
            };
            if sought && next == deadline && self.running.is_empty() {
                return Err(failed);
            }
            tokio::select! {
                Some(ended) = self.running.join_next() => match ended {
                    Ok(Ok(reached)) => return Ok(reached),
                    Ok(Err(error)) if error.is_final() => return Err(error),
                    Ok(Err(error)) => failed = error,
                    Err(_) => failed = DialError::Broke(self.host.clone()),
                },
                result = &mut found, if !sought => {
                    sought = true;
                    match result {
                        Ok((called, addresses)) => plan = Some((called, Hedge::new(&addresses, tried))),
                        Err(error) => failed = error,
                    }
                }
                () = sleep_until(next.min(deadline)) => {
                    if Instant::now() >= deadline {
                        return Err(failed);
                    }
                }
            }
        }
    }
}

/// One attempt. It notes in `answered` when the relay has answered at all.
async fn attempt(called: Called, address: SocketAddr, answered: Arc<AtomicBool>) -> Result<Reached, DialError> {
    let Called { dial, name, platform, runtime } = called.clone();
    let local = |error: &dyn std::fmt::Display| DialError::Local(error.to_string());
    address::towards(address).map_err(|_| DialError::Offline(dial.host.clone()))?;
    let socket = settings::socket(address::any(address)).map_err(|error| local(&error))?;

    let trust = AnyRelay::new(dial.pin, platform);
    let (endpoint_config, config) = settings::member(trust.clone()).map_err(|error| local(&error))?;
    let endpoint = Endpoint::new(endpoint_config, None, socket, Arc::new(Beginning::on(runtime)))
        .map_err(|error| local(&error))?;
    let mut connecting =
        endpoint.connect_with(config.clone(), address, &name).map_err(|_| DialError::Address(dial.host.clone()))?;
    if connecting.handshake_data().await.is_ok() {
        answered.store(true, Ordering::Relaxed);
    }
    match connecting.await {
        Ok(connection) => {
            let relay = trust.seen().ok_or_else(|| DialError::Broke(dial.host.clone()))?;
            let resumption = Arc::new(Resumption { called, address, config, trust });
            Ok(Reached { endpoint, connection, relay, stream: None, resumption })
        }
        Err(error) => Err(explain(&dial, &error, trust.seen().map(|seen| seen.key))),
    }
}

fn explain(dial: &Dial, error: &ConnectionError, seen: Option<Fingerprint>) -> DialError {
    let host = dial.host.clone();
    let other_version = TransportErrorCode::crypto(NO_APPLICATION_PROTOCOL);
    match (error, seen) {
        (ConnectionError::TransportError(_), Some(seen)) if dial.pin.is_some_and(|pin| pin != seen) => {
            DialError::Key { host, seen }
        }
        (ConnectionError::TimedOut, _) => DialError::Silent(host),
        (ConnectionError::VersionMismatch, _) => DialError::Version(host),
        (ConnectionError::TransportError(error), _) if error.code == other_version => DialError::Version(host),
        (ConnectionError::ConnectionClosed(close), _) if close.error_code == other_version => DialError::Version(host),
        (ConnectionError::ConnectionClosed(close), _) if close.error_code == TransportErrorCode::CONNECTION_REFUSED => {
            DialError::Full(host)
        }
        _ => DialError::Broke(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_becomes_name_and_port() {
        assert_eq!(split("relay.example.org"), Some(("relay.example.org", 4433)));
        assert_eq!(split(" relay.example.org:7000 "), Some(("relay.example.org", 7000)));
        assert_eq!(split("192.0.2.1:1"), Some(("192.0.2.1", 1)));
        assert_eq!(split("::1"), Some(("::1", 4433)));
        assert_eq!(split("[::1]:7000"), Some(("::1", 7000)));
        assert_eq!(split("[::1]"), Some(("::1", 4433)));
        let bad = ["", ":4433", "a b:1", "host:", "host:0", "host:65536", "host:x", "[::1", "[::1]7", "[x]:1", "u@h:1"];
        for text in bad {
            assert_eq!(split(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_relay_is_known_by_one_name() {
        let known = |host: &str| Dial { host: host.to_owned(), pin: None }.known_as();
        assert_eq!(known(" Relay.Example.org"), "relay.example.org:4433");
        assert_eq!(known("relay.example.org:4433"), known("RELAY.example.org"));
        assert_eq!([known("::1"), known("[::1]"), known("[::1]:4433")], ["[::1]:4433"; 3]);
        assert_ne!(known("192.0.2.1:1"), known("192.0.2.1:2"));
    }

    #[test]
    fn families_take_turns_among_the_addresses_tried() {
        let parse = |text: &str| text.parse::<SocketAddr>().expect("an address");
        let six = ["[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8::3]:1"].map(parse);
        let four = parse("192.0.2.1:1");
        assert_eq!(pick([six[0], six[1], six[2], four].into_iter()), [six[0], four, six[1]]);
        assert_eq!(pick([four].into_iter()), [four]);
        assert_eq!(pick(std::iter::empty()), []);
    }
}
