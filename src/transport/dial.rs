//! A member's way to a relay: find it, race a few attempts, and say plainly what went wrong.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use quinn::{ConnectionError, Endpoint, Runtime, TokioRuntime, TransportErrorCode};
use tokio::net::lookup_host;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

use super::dial_error::DialError;
use super::first::Beginning;
use super::hedge::{Hedge, Next};
use super::link::{Link, LinkEvent};
use super::resume::{Reached, Resumption};
use super::target::{Called, Dial, NO_NAME, Pin, split};
use super::trust::{self, AnyRelay, Seen};
use super::{address, settings};
use crate::wire::{ToRelay, encode};

/// How long it may take altogether to find and reach a relay.
const LIMIT: Duration = Duration::from_secs(5);
/// How many addresses of one name are tried.
const ADDRESSES: usize = 3;
/// The TLS alert for "no protocol in common".
const NO_APPLICATION_PROTOCOL: u8 = 120;

/// Calls a relay, within five seconds. Everything that comes over the link arrives at the receiver, which ends after
/// [`LinkEvent::Closed`].
///
/// # Errors
/// [`DialError`] if the relay was not reached, or is not the one that `dial` names.
pub async fn dial(dial: &Dial) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
    Race::new(dial).run(find(dial, Arc::new(TokioRuntime)), None).await
}

/// As [`dial()`], with addresses that are known, in the order in which they are to be tried. `runtime` gives the clock and the
/// network for this connection, and for those that [`dial_again`] opens after it.
///
/// # Errors
/// As [`dial()`].
pub async fn dial_at(
    dial: &Dial,
    addresses: Vec<SocketAddr>,
    runtime: Arc<dyn Runtime>,
) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
    let (dial_to, way, name) = (dial.clone(), dial.host.clone(), NO_NAME.to_owned());
    let called = Called { dial: dial_to, way, name, platform: None, runtime };
    Race::new(dial).run(async { Ok(vec![Place { called, addresses }]) }, None).await
}

/// Calls a relay again that was reached before, with `greeting` in the first packet. The greeting must do no harm when it comes
/// twice. If there is no answer soon, the relay is also called as by [`dial()`], and the greeting may still have to be sent:
/// [`Link::is_greeted`] says whether.
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
    let (host, tried, runtime) = (call.spoken(), ticket.address, ticket.called.runtime.clone());
    let mut race = Race::new(call);
    race.running.spawn(async move { ticket.attempt(&greeting).await.ok_or(DialError::Broke(host)) });
    race.run(find(call, runtime), Some(tried)).await
}

/// A way to a relay, and the addresses that it leads to.
struct Place {
    called: Called,
    addresses: Vec<SocketAddr>,
}

/// Looks up which relay is called, and where it is.
async fn find(dial: &Dial, runtime: Arc<dyn Runtime>) -> Result<Vec<Place>, DialError> {
    let mut looking = JoinSet::new();
    for (nth, way) in dial.ways().enumerate() {
        let (dial, way, runtime) = (dial.clone(), way.to_owned(), runtime.clone());
        looking.spawn(async move { (nth, look_up(dial, way, runtime).await) });
    }
    let mut found = looking.join_all().await;
    found.sort_by_key(|(nth, _)| *nth);
    let (mut places, mut failed) = (Vec::new(), DialError::Address(dial.host.clone()));
    for (_, found) in found {
        match found {
            Ok(place) => places.push(place),
            Err(error) => failed = error,
        }
    }
    if places.is_empty() { Err(failed) } else { Ok(places) }
}

async fn look_up(dial: Dial, way: String, runtime: Arc<dyn Runtime>) -> Result<Place, DialError> {
    let (name, port) = split(&way).ok_or_else(|| DialError::Address(way.clone()))?;
    let unknown = || DialError::Name(name.to_owned());
    let is_address = name.parse::<IpAddr>().is_ok();
    let platform = async { if is_address { None } else { trust::platform().await } };
    let (found, platform) = tokio::join!(timeout(LIMIT, lookup_host((name, port))), platform);
    let addresses = pick(found.map_err(|_| unknown())?.map_err(|_| unknown())?);
    if addresses.is_empty() {
        return Err(unknown());
    }
    let name = if is_address { NO_NAME } else { name }.to_owned();
    Ok(Place { called: Called { dial, way, name, platform, runtime }, addresses })
}

/// In which order the addresses are tried: the first of each way, then the second of each.
fn order(places: &[Place]) -> Vec<SocketAddr> {
    let mut all: Vec<SocketAddr> = Vec::new();
    for nth in 0..ADDRESSES {
        for address in places.iter().filter_map(|place| place.addresses.get(nth)) {
            if !all.contains(address) && all.len() < ADDRESSES {
                all.push(*address);
            }
        }
    }
    all
}

/// The first few addresses, the two families in turn, in the system's order of preference.
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
        Self { host: dial.spoken(), start: Instant::now(), running, answered }
    }

    /// The link to what is reached first. `found` is which relay is called, and where it is; an attempt at `tried` runs already.
    async fn run(
        mut self,
        found: impl Future<Output = Result<Vec<Place>, DialError>>,
        tried: Option<SocketAddr>,
    ) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
        let reached = self.first(found, tried).await?;
        Link::start(reached).await.ok_or(DialError::Broke(self.host))
    }

    async fn first(
        &mut self,
        found: impl Future<Output = Result<Vec<Place>, DialError>>,
        tried: Option<SocketAddr>,
    ) -> Result<Reached, DialError> {
        let deadline = self.start + LIMIT;
        let mut found = pin!(found);
        let mut plan: Option<(Vec<Place>, Hedge)> = None;
        let mut sought = false;
        let mut failed = DialError::Silent(self.host.clone());
        loop {
            let next = match &mut plan {
                Some((places, hedge)) => {
                    let answered = self.answered.swap(false, Ordering::Relaxed);
                    match hedge.next(self.start.elapsed(), self.running.len(), answered) {
                        Next::Try(address) => {
                            // A way that was found before, and no longer is, leads to the same relay.
                            let leads = |place: &&Place| place.addresses.contains(&address);
                            if let Some(place) = places.iter().find(leads).or(places.first()) {
                                self.running.spawn(attempt(place.called.clone(), address, self.answered.clone()));
                            }
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
                    // At another of several ways somebody else may answer.
                    Ok(Err(error)) if error.is_final() && plan.as_ref().is_none_or(|(places, _)| places.len() == 1) => {
                        return Err(error);
                    }
                    Ok(Err(_)) if failed.is_final() => {}
                    Ok(Err(error)) => failed = error,
                    Err(_) => failed = DialError::Broke(self.host.clone()),
                },
                result = &mut found, if !sought => {
                    sought = true;
                    match result {
                        Ok(places) => {
                            let hedge = Hedge::new(&order(&places), tried);
                            plan = Some((places, hedge));
                        }
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
    let Called { dial, way, name, platform, runtime } = called.clone();
    let local = |error: &dyn std::fmt::Display| DialError::Local(error.to_string());
    address::towards(address).map_err(|_| DialError::Offline(way.clone()))?;
    let socket = settings::socket(address::any(address)).map_err(|error| local(&error))?;

    let trust = AnyRelay::new(dial.pin, platform);
    let (endpoint_config, config) = settings::member(trust.clone()).map_err(|error| local(&error))?;
    let endpoint = Endpoint::new(endpoint_config, None, socket, Arc::new(Beginning::on(runtime)))
        .map_err(|error| local(&error))?;
    let mut connecting =
        endpoint.connect_with(config.clone(), address, &name).map_err(|_| DialError::Address(way.clone()))?;
    if connecting.handshake_data().await.is_ok() {
        answered.store(true, Ordering::Relaxed);
    }
    match connecting.await {
        Ok(connection) => {
            let relay = trust.seen().ok_or_else(|| DialError::Broke(way.clone()))?;
            let resumption = Arc::new(Resumption { called, address, config, trust });
            Ok(Reached { endpoint, connection, relay, stream: None, resumption })
        }
        Err(error) => Err(explain(way, dial.pin, &error, trust.seen())),
    }
}

fn explain(host: String, pin: Option<Pin>, error: &ConnectionError, seen: Option<Seen>) -> DialError {
    let other_version = TransportErrorCode::crypto(NO_APPLICATION_PROTOCOL);
    match (error, seen) {
        (ConnectionError::TransportError(_), Some(seen)) if pin.is_some_and(|pin| !seen.fits(pin)) => {
            DialError::Key { host, seen: seen.key, vouched: seen.vouched }
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
    fn families_take_turns_among_the_addresses_tried() {
        let parse = |text: &str| text.parse::<SocketAddr>().expect("an address");
        let six = ["[2001:db8::1]:1", "[2001:db8::2]:1", "[2001:db8::3]:1"].map(parse);
        let four = parse("192.0.2.1:1");
        assert_eq!(pick([six[0], six[1], six[2], four].into_iter()), [six[0], four, six[1]]);
        assert_eq!(pick([four].into_iter()), [four]);
        assert_eq!(pick(std::iter::empty()), []);
    }
}
