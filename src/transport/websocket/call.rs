//! A member's way to a relay over TCP.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_tungstenite::client_async_with_config;

use super::byte_stream::{ByteStream, Duplex};
use super::counted::{Counted, Counts};
use super::line::{Line, Reader, Writer};
#[cfg(feature = "client")]
use super::proxy::Proxy;
use super::{settings, upgrade};
use crate::transport::dial_error::DialError;
#[cfg(feature = "client")]
use crate::transport::target::split;
use crate::transport::target::{Called, NO_NAME};
use crate::transport::trust::{AnyRelay, Seen};

/// The port at which firewalls let most through.
const HTTPS: u16 = 443;
/// After this long without an answer the next place is tried as well.
const NEXT: Duration = Duration::from_millis(300);

/// A relay that was reached.
pub(crate) struct Reached {
    pub(super) line: Line,
    pub(super) reader: Reader,
    pub(super) writer: Writer,
    pub(super) address: SocketAddr,
    pub(crate) relay: Seen,
    /// The way that led there, as a person typed it.
    pub(crate) way: String,
}

/// Calls the relay at each of these addresses, at its own port and at [`HTTPS`], each beside those before. `taken` is told when
/// one of them takes a TCP connection.
///
/// # Errors
/// [`DialError`] if it was not reached at any of them.
pub(in crate::transport) async fn race(
    addresses: Vec<(Called, SocketAddr)>,
    taken: Arc<Notify>,
) -> Result<Reached, DialError> {
    let way = addresses.first().map(|(called, _)| called.way.clone());
    let mut places = places(addresses).into_iter();
    let mut running = JoinSet::new();
    let mut failed = DialError::Silent(way.unwrap_or_default());
    loop {
        let next = places.next();
        let last = next.is_none();
        if let Some((called, address)) = next {
            running.spawn(call(called, address, taken.clone()));
        }
        let patience = sleep(NEXT);
        tokio::pin!(patience);
        loop {
            tokio::select! {
                ended = running.join_next() => match ended {
                    Some(Ok(Ok(reached))) => return Ok(reached),
                    Some(Ok(Err(error))) if error.is_final() => return Err(error),
                    Some(Ok(Err(error))) => failed = error,
                    Some(Err(_)) => {}
                    None if last => return Err(failed),
                    None => break,
                },
                () = &mut patience, if !last => break,
            }
        }
    }
}

/// Where a relay at these addresses may be over TCP.
fn places<T: Clone>(addresses: Vec<(T, SocketAddr)>) -> Vec<(T, SocketAddr)> {
    let mut places: Vec<(T, SocketAddr)> = Vec::new();
    for (called, address) in addresses {
        for place in [address, SocketAddr::new(address.ip(), HTTPS)] {
            if !places.iter().any(|(_, other)| *other == place) {
                places.push((called.clone(), place));
            }
        }
    }
    places
}

/// Opens a TCP connection to `address` and calls the relay over it.
async fn call(called: Called, address: SocketAddr, taken: Arc<Notify>) -> Result<Reached, DialError> {
    let stream = connect(&called, address).await.map_err(|_| DialError::Silent(called.way.clone()))?;
    taken.notify_one();
    // Through a proxy, the way to the proxy counts.
    let next = stream.peer_addr().unwrap_or(address);
    over(&called, stream, address, next).await
}

/// A TCP connection to the relay, through a proxy where the environment names one, which then looks up the name.
async fn connect(called: &Called, address: SocketAddr) -> io::Result<TcpStream> {
    #[cfg(feature = "client")]
    {
        let target = match split(&called.way) {
            Some((name, _)) if called.name != NO_NAME => format!("{name}:{}", address.port()),
            _ => address.to_string(),
        };
        if let Some(proxy) = Proxy::of_environment(&target) {
            return proxy.connect(&target).await;
        }
    }
    #[cfg(not(feature = "client"))]
    let _ = called;
    settings::connect(address).await
}

/// Calls the relay over a TCP connection that leads to it.
async fn over(called: &Called, stream: TcpStream, address: SocketAddr, next: SocketAddr) -> Result<Reached, DialError> {
    let (inner, counts, relay) = shake(called, stream, address).await?;
    let (line, reader, writer) = Line::over(inner, counts);
    Ok(Reached { line, reader, writer, address: next, relay, way: called.way.clone() })
}

/// All handshakes, one within the other.
async fn shake(
    called: &Called,
    stream: TcpStream,
    address: SocketAddr,
) -> Result<(Box<dyn Duplex>, Arc<Counts>, Seen), DialError> {
    let host = || called.way.clone();
    let broke = || DialError::Broke(host());
    settings::tune(&stream);
    let (stream, counts) = Counted::new(stream);
    let name = ServerName::try_from(called.name.clone()).map_err(|_| DialError::Address(host()))?;
    let named = called.name != NO_NAME;
    let local = |error: crate::transport::settings::SettingsError| DialError::Local(error.to_string());
    let outer = settings::outer(named).map_err(local)?.connect(name.clone(), stream).await.map_err(|_| broke())?;

    let authority = if named { called.name.clone() } else { address.to_string() };
    let request = upgrade::request(&authority).ok_or_else(|| DialError::Address(host()))?;
    let outer: Box<dyn Duplex> = Box::new(outer);
    let upgraded = client_async_with_config(request, outer, Some(settings::websocket())).await;
    let (socket, _) = upgraded.map_err(|_| broke())?;

    let trust = AnyRelay::new(called.dial.pin, called.platform.clone());
    let inner = settings::inner(trust.clone()).map_err(local)?.connect(name, ByteStream::new(socket)).await;
    let inner = inner.map_err(|error| explain(called, &error, trust.seen()))?;
    let relay = trust.seen().ok_or_else(broke)?;
    Ok((Box::new(inner), counts, relay))
}

/// What is within the handshakes, for whoever wants to say something else than a member would.
#[cfg(test)]
pub(crate) async fn stranger(address: SocketAddr) -> Box<dyn Duplex> {
    use crate::transport::target::Dial;
    let dial = Dial { host: address.to_string(), pin: None };
    let runtime = Arc::new(quinn::TokioRuntime);
    let called = Called {
        way: dial.host.clone(),
        dial,
        name: NO_NAME.to_owned(),
        platform: None,
        runtime,
        via: None,
        slow: true,
    };
    let stream = TcpStream::connect(address).await.expect("taken");
    shake(&called, stream, address).await.unwrap_or_else(|error| panic!("{error}")).0
}

fn explain(called: &Called, error: &io::Error, seen: Option<Seen>) -> DialError {
    let host = called.way.clone();
    if let Some(seen) = seen.filter(|seen| called.dial.pin.is_some_and(|pin| !seen.fits(pin))) {
        return DialError::Key { host, seen: seen.key, vouched: seen.vouched };
    }
    let tls = error.get_ref().and_then(|source| source.downcast_ref::<rustls::Error>());
    match tls {
        Some(rustls::Error::AlertReceived(rustls::AlertDescription::NoApplicationProtocol)) => DialError::Version(host),
        _ => DialError::Broke(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_is_sought_at_its_own_port_and_at_that_of_the_web() {
        let parse = |text: &&str| text.parse::<SocketAddr>().expect("an address");
        let of = |addresses: &[&str]| {
            let found = places(addresses.iter().map(|text| ((), parse(text))).collect());
            found.into_iter().map(|(_, place)| place).collect::<Vec<_>>()
        };
        let all = ["192.0.2.1:4433", "192.0.2.1:443", "[2001:db8::1]:4433", "[2001:db8::1]:443"];
        assert_eq!(of(&["192.0.2.1:4433", "[2001:db8::1]:4433"]), all.iter().map(parse).collect::<Vec<_>>());
        assert_eq!(of(&["192.0.2.1:443"]), [parse(&"192.0.2.1:443")]);
    }
}
