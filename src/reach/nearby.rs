//! Relays on the local network: announcing one, and looking for them, by multicast DNS (RFC 6762, RFC 6763).
//!
//! What is announced says that there is a relay, at which port, and which key it has; no title, name or code. Anybody on the
//! network can announce anything. So what is found is only a place to knock at: the door's check decides, as with any relay.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use if_addrs::Interface;
use mdns_sd::{IfKind, IfPredicate, ResolvedService, ServiceDaemon, ServiceEvent, ServiceInfo};

use super::addresses::{is_on_network, is_virtual};
use crate::transport::{Dial, Fingerprint, MOST_WAYS, Pin, settings};

const SERVICE: &str = "_ingle._udp.local.";
/// The port of multicast DNS.
const PORT: u16 = 5353;
/// The name of the key's field, whose value is its fingerprint in hexadecimal digits.
const KEY: &str = "key";
/// How long the last word may take to leave this machine.
const GOODBYE: Duration = Duration::from_millis(300);
/// More relays on one network are not tried: each is given one guess at the words of a code.
pub const MOST_NEARBY: usize = 4;

/// Why nothing can be announced or looked for.
#[derive(Debug, thiserror::Error)]
#[error("The local network can't be asked for relays: {0}.")]
pub struct NearbyError(String);

impl From<mdns_sd::Error> for NearbyError {
    fn from(error: mdns_sd::Error) -> Self {
        Self(error.to_string())
    }
}

/// A relay that others on the local network can find. Dropping it ends that without a word; [`Announcement::stop`] says goodbye.
pub struct Announcement {
    daemon: ServiceDaemon,
    name: String,
}

impl Announcement {
    /// Announces the relay that listens at `addr` and has this key, from a thread of its own. Nothing is announced of a relay that
    /// only this machine can reach.
    ///
    /// # Errors
    /// [`NearbyError`] if that can't be done here.
    pub fn start(addr: SocketAddr, key: Fingerprint) -> Result<Option<Self>, NearbyError> {
        if addr.ip().is_loopback() {
            return Ok(None);
        }
        Self::on(daemon(PORT, suits)?, addr, key).map(Some)
    }

    fn on(daemon: ServiceDaemon, addr: SocketAddr, key: Fingerprint) -> Result<Self, NearbyError> {
        // A name of the machine would say whose it is.
        let random: [u8; 8] = settings::random().map_err(|error| NearbyError(error.to_string()))?;
        let name = format!("ingle-{:016x}", u64::from_be_bytes(random));
        let own: Vec<IpAddr> = if addr.ip().is_unspecified() { vec![] } else { vec![addr.ip()] };
        let host = format!("{name}.local.");
        let mut info = ServiceInfo::new(SERVICE, &name, &host, &own[..], addr.port(), &[(KEY, key.whole())][..])?;
        if own.is_empty() {
            if addr.is_ipv4() {
                daemon.disable_interface(IfKind::IPv6)?;
            }
            info = info.enable_addr_auto();
        }
        // Nobody else draws the same name, so nobody has to be asked for three quarters of a second whether they have.
        info.set_requires_probe(false);
        let name = info.get_fullname().to_owned();
        daemon.register(info)?;
        Ok(Self { daemon, name })
    }

    /// Tells the network that the relay is gone. Takes at most 300 ms.
    pub fn stop(self) {
        // Whoever doesn't hear it finds the relay silent, and forgets it in time.
        if let Ok(done) = self.daemon.unregister(&self.name) {
            let _ = done.recv_timeout(GOODBYE);
        }
    }
}

impl Drop for Announcement {
    fn drop(&mut self) {
        // It has ended already if this fails.
        let _ = self.daemon.shutdown();
    }
}

/// Looks for relays on the local network: up to `wait` for the first, and then for `others` longer. At most [`MOST_NEARBY`] are
/// given, each with the key that it must show.
///
/// # Errors
/// [`NearbyError`] if that can't be done here.
pub fn search(wait: Duration, others: Duration) -> Result<Vec<Dial>, NearbyError> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    search_on(&daemon(PORT, suits)?, wait, others, |address| is_on_network(address, &interfaces))
}

fn search_on(
    daemon: &ServiceDaemon,
    wait: Duration,
    others: Duration,
    is_near: impl Fn(IpAddr) -> bool,
) -> Result<Vec<Dial>, NearbyError> {
    let events = daemon.browse(SERVICE)?;
    let (mut found, mut until) = (BTreeMap::new(), Instant::now() + wait);
    while found.len() < MOST_NEARBY {
        match events.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(ServiceEvent::ServiceResolved(service)) => {
                if let Some(relay) = read(&service, &is_near) {
                    if found.is_empty() {
                        until = until.min(Instant::now() + others);
                    }
                    found.insert(service.fullname, relay);
                }
            }
            Ok(ServiceEvent::ServiceRemoved(_, name)) => {
                found.remove(&name);
            }
            Ok(_) => {}
            Err(_) => break,
        }
    }
    // It ends by itself if it can't be told.
    let _ = daemon.shutdown();
    Ok(found.into_values().collect())
}

/// A relay out of what anybody on the network may have sent. Only addresses on the network itself count, so that nobody is made to
/// call somebody far away.
fn read(service: &ResolvedService, is_near: impl Fn(IpAddr) -> bool) -> Option<Dial> {
    let key = Fingerprint::from_whole(service.get_property_val_str(KEY)?)?;
    let port = Some(service.port).filter(|port| *port != 0)?;
    let mut near: Vec<IpAddr> =
        service.addresses.iter().map(mdns_sd::ScopedIp::to_ip_addr).filter(|address| is_near(*address)).collect();
    near.sort();
    near.dedup();
    let ways: Vec<_> = near.into_iter().take(MOST_WAYS).map(|address| Dial::written((address, port).into())).collect();
    (!ways.is_empty()).then(|| Dial { host: ways.join(","), pin: Some(Pin::only(key)) })
}

fn daemon(port: u16, suits: fn(&Interface) -> bool) -> Result<ServiceDaemon, NearbyError> {
    let daemon = ServiceDaemon::new_with_port(port)?;
    daemon.disable_interface(IfKind::Predicate(IfPredicate::new(move |interface| !suits(interface))))?;
    Ok(daemon)
}

/// Whether people near this machine are at the other end. A tunnel leads elsewhere.
fn suits(interface: &Interface) -> bool {
    !interface.is_p2p() && !interface.is_loopback() && !is_virtual(&interface.name)
}

#[cfg(test)]
mod tests {
    use std::net::UdpSocket;

    use super::*;

    const FIRST: Fingerprint = Fingerprint([0xab; 32]);

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// A port that nobody else uses for this at the same time.
    fn port() -> u16 {
        UdpSocket::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port()
    }

    fn here(port: u16) -> ServiceDaemon {
        daemon(port, |interface| interface.is_loopback() && interface.ip().is_ipv4()).expect("a daemon")
    }

    #[test]
    fn what_is_announced_is_found_with_its_key_until_the_goodbye() {
        let (port, at) = (port(), "127.0.0.1:7001".parse().expect("an address"));
        let announced = Announcement::on(here(port), at, FIRST).expect("announced");
        let look = |wait| search_on(&here(port), wait, ms(300), |address| address.is_loopback()).expect("looked");
        let found = Dial { host: "127.0.0.1:7001".to_owned(), pin: Some(Pin::only(FIRST)) };
        assert_eq!(look(ms(10_000)), [found]);
        announced.stop();
        assert_eq!(look(ms(300)), []);
        let none = Announcement::start(at, FIRST).expect("nothing to do");
        assert!(none.is_none(), "what only this machine can reach is no matter of the network");
    }

    fn service(key: &str, port: u16, addresses: &[&str]) -> ResolvedService {
        let info = ServiceInfo::new(SERVICE, "x", "x.local.", addresses, port, &[(KEY, key)][..]).expect("a service");
        info.as_resolved_service()
    }

    #[test]
    fn only_whole_answers_with_addresses_of_this_network_count() {
        let near = |address: IpAddr| address.to_string().starts_with("192.168.1.") || address.is_ipv6();
        let key = FIRST.whole();
        let all = ["192.168.1.9", "192.168.1.5", "203.0.113.7", "2001:db8::5", "2001:db8::6"];
        let found = read(&service(&key, 7000, &all), near).expect("a relay");
        assert_eq!(found.host, "192.168.1.5:7000,192.168.1.9:7000,[2001:db8::5]:7000");
        assert_eq!(found.pin, Some(Pin::only(FIRST)));
        for (key, port, addresses) in [
            (&key[1..], 7000, &["192.168.1.5"][..]),
            ("", 7000, &["192.168.1.5"]),
            ("\u{1b}[2J", 7000, &["192.168.1.5"]),
            (&key, 0, &["192.168.1.5"]),
            (&key, 7000, &["203.0.113.7", "127.0.0.1"]),
            (&key, 7000, &[]),
        ] {
            assert_eq!(read(&service(key, port, addresses), near), None, "{key} {port} {addresses:?}");
        }
    }

    #[test]
    fn however_many_are_announced_few_are_given() {
        let port = port();
        let announced: Vec<_> = (0..MOST_NEARBY + 3)
            .map(|nth| {
                let at = SocketAddr::from(([127, 0, 0, 1], 7100 + u16::try_from(nth).expect("few")));
                Announcement::on(here(port), at, FIRST).expect("announced")
            })
            .collect();
        let found = search_on(&here(port), ms(10_000), ms(10_000), |address| address.is_loopback()).expect("looked");
        assert_eq!(found.len(), MOST_NEARBY);
        drop(announced);
    }
}
