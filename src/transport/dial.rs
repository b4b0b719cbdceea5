//! A member's way to a relay: find it, race a few attempts, and say plainly what went wrong.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use quinn::{Runtime, TokioRuntime};
use tokio::net::lookup_host;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::dial_error::DialError;
use super::event::LinkEvent;
use super::fallback::Fallback;
use super::identity::Fingerprint;
use super::interface::Interface;
use super::link::Link;
use super::race::{ADDRESSES, LIMIT, Place, Race};
use super::resume::Resumption;
use super::target::{Called, Dial, NO_NAME, split};
use super::trust;
use super::websocket::call;
use crate::wire::{ToRelay, encode};

/// Calls a relay, within five seconds, or ten by the slow road. Everything that comes over the link arrives at the receiver,
/// which ends after [`LinkEvent::Closed`].
///
/// # Errors
/// [`DialError`] if the relay was not reached, or is not the one that `dial` names.
pub async fn dial(dial: &Dial) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
    Race::new(dial, Fallback::new(false)).run(find(dial, Arc::new(TokioRuntime), true), None).await
}

/// As [`dial()`], with addresses that are known, in the order in which they are to be tried, and over UDP alone. `runtime` gives
/// the clock and the network for this connection, and for those that [`dial_again`] opens after it.
///
/// # Errors
/// As [`dial()`].
pub async fn dial_at(
    dial: &Dial,
    addresses: Vec<SocketAddr>,
    runtime: Arc<dyn Runtime>,
) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
    let (dial_to, way, name) = (dial.clone(), dial.host.clone(), NO_NAME.to_owned());
    let called = Called { dial: dial_to, way, name, platform: None, runtime, via: None, slow: false };
    Race::new(dial, Fallback::none()).run(async { Ok(vec![Place { called, addresses }]) }, None).await
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
    again(call, resumption, greeting, false).await
}

/// As [`dial_again`], beside a link that has fallen silent: perhaps because UDP is dead, so that the slow road is tried sooner.
///
/// # Errors
/// As [`dial()`].
pub async fn dial_beside(
    call: &Dial,
    resumption: Option<Arc<Resumption>>,
    greeting: &ToRelay,
) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
    again(call, resumption, greeting, true).await
}

/// Calls a relay over UDP alone, and gives the link only once datagrams are known to get through. For a member on the slow road.
///
/// # Errors
/// As [`dial()`]; [`DialError::Silent`] if datagrams get lost.
pub async fn dial_udp(call: &Dial) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
    let race = Race::new(call, Fallback::none());
    let (link, events) = race.run(find(call, Arc::new(TokioRuntime), true), None).await?;
    if link.holds().await { Ok((link, events)) } else { Err(DialError::Silent(call.spoken())) }
}

/// Calls a relay over UDP alone, over an interface if one is named, besides another link to it. Where it was reached before, it's
/// called there: its name may only be looked up over a line that is dead.
///
/// # Errors
/// As [`dial()`].
pub async fn dial_via(
    call: &Dial,
    reached: Option<Arc<Resumption>>,
    via: Option<Interface>,
) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
    let found = async {
        match reached.filter(|reached| reached.called.dial.host == call.host) {
            Some(reached) => Ok(vec![Place { called: reached.called.clone(), addresses: vec![reached.address] }]),
            None => find(call, Arc::new(TokioRuntime), false).await,
        }
    };
    let found = async {
        let mut found = found.await?;
        found.iter_mut().for_each(|place| place.called.via.clone_from(&via));
        Ok(found)
    };
    Race::new(call, Fallback::none()).run(found, None).await
}

/// Whether a relay answers over TCP alone, at its own port or at 443, and which one it is.
///
/// # Errors
/// As [`dial()`].
pub async fn reach_tcp(call: &Dial) -> Result<Fingerprint, DialError> {
    let places = find(call, Arc::new(TokioRuntime), true).await?;
    let all = places
        .into_iter()
        .flat_map(|Place { called, addresses }| addresses.into_iter().map(move |address| (called.clone(), address)));
    let reached = timeout(2 * LIMIT, call::race(all.collect(), Arc::default())).await;
    reached.unwrap_or_else(|_| Err(DialError::Silent(call.spoken()))).map(|reached| reached.relay.key)
}

async fn again(
    call: &Dial,
    resumption: Option<Arc<Resumption>>,
    greeting: &ToRelay,
    silent: bool,
) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
    let ticket = resumption.filter(|resumption| resumption.called.dial.host == call.host);
    let (Some(ticket), Ok(greeting)) = (ticket, encode(greeting)) else {
        return Race::new(call, Fallback::new(silent)).run(find(call, Arc::new(TokioRuntime), true), None).await;
    };
    let (host, tried) = (call.spoken(), ticket.address);
    let (runtime, slow) = (ticket.called.runtime.clone(), ticket.called.slow);
    let mut race = Race::new(call, if slow { Fallback::new(silent) } else { Fallback::none() });
    race.running.spawn(async move { ticket.attempt(&greeting).await.ok_or(DialError::Broke(host)) });
    race.run(find(call, runtime, slow), Some(tried)).await
}

/// Looks up which relay is called, and where it is.
async fn find(dial: &Dial, runtime: Arc<dyn Runtime>, slow: bool) -> Result<Vec<Place>, DialError> {
    let mut looking = JoinSet::new();
    for (nth, way) in dial.ways().enumerate() {
        let (dial, way, runtime) = (dial.clone(), way.to_owned(), runtime.clone());
        looking.spawn(async move { (nth, look_up(dial, way, runtime, slow).await) });
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

async fn look_up(dial: Dial, way: String, runtime: Arc<dyn Runtime>, slow: bool) -> Result<Place, DialError> {
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
    Ok(Place { called: Called { dial, way, name, platform, runtime, via: None, slow }, addresses })
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
