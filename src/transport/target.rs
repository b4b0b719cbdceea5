//! Which relay is called: as a person has typed it, and as it is known.

use std::net::{Ipv6Addr, SocketAddr};
use std::sync::Arc;

use quinn::Runtime;
use rustls_platform_verifier::Verifier;

use super::dial_error::DialError;
use super::identity::Fingerprint;
use super::interface::Interface;

/// The port of a relay, unless another is named.
pub const DEFAULT_PORT: u16 = 4433;

/// More ways to one relay are not tried.
pub const MOST_WAYS: usize = 3;

/// QUIC wants a name. A relay that is called by its address is known by its key alone.
pub(super) const NO_NAME: &str = "relay.invalid";

/// The key that a relay must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The key.
    pub key: Fingerprint,
    /// Whether a certificate that this computer trusts for the relay's name serves as well.
    pub or_certificate: bool,
}

impl Pin {
    /// This key, and nothing else.
    pub fn only(key: Fingerprint) -> Self {
        Self { key, or_certificate: false }
    }
}

/// Which relay to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dial {
    /// Name or address, with a port unless it is [`DEFAULT_PORT`], as a person typed it. Or several ways to the same relay, with
    /// commas between them, the best one first; at most [`MOST_WAYS`] are tried.
    pub host: String,
    /// The key that the relay must have, if it is known.
    pub pin: Option<Pin>,
}

impl Dial {
    /// An address as a person writes it. An IPv6 address before the usual port stands alone: brackets mean something else in
    /// some shells.
    pub fn written(addr: SocketAddr) -> String {
        if addr.is_ipv6() && addr.port() == DEFAULT_PORT { addr.ip().to_string() } else { addr.to_string() }
    }

    /// Whether the text can be a relay's address at all, without asking anybody.
    ///
    /// # Errors
    /// [`DialError::Address`] if it can't.
    pub fn check(&self) -> Result<(), DialError> {
        match self.ways().find(|way| split(way).is_none()) {
            Some(way) => Err(DialError::Address(way.to_owned())),
            None if self.ways().next().is_none() => Err(DialError::Address(self.host.clone())),
            None => Ok(()),
        }
    }

    /// Each of the ways to the relay, the best one first.
    pub fn ways(&self) -> impl Iterator<Item = &str> {
        self.host.split(',').map(str::trim).filter(|way| !way.is_empty()).take(MOST_WAYS)
    }

    /// Where the relay is, for a sentence.
    pub fn spoken(&self) -> String {
        if self.ways().nth(1).is_none() { self.host.clone() } else { self.ways().collect::<Vec<_>>().join(" or ") }
    }

    /// A way's name in [`super::KnownRelays`]: always with its port, and the same for all spellings.
    pub fn known_as(way: &str) -> String {
        match split(way) {
            Some((name, port)) if name.contains(':') => format!("[{}]:{port}", name.to_lowercase()),
            Some((name, port)) => format!("{}:{port}", name.to_lowercase()),
            None => way.trim().to_lowercase(),
        }
    }
}

/// The relay that is called, the name that a certificate may vouch for, and the runtime that carries the connection.
#[derive(Clone)]
pub(super) struct Called {
    pub(super) dial: Dial,
    /// The way to it that is tried, as in [`Dial::ways`].
    pub(super) way: String,
    pub(super) name: String,
    pub(super) platform: Option<Arc<Verifier>>,
    pub(super) runtime: Arc<dyn Runtime>,
    /// The interface over which it's called, if one is named.
    pub(super) via: Option<Interface>,
    /// Whether it may be called over TCP too: on the network of this machine.
    pub(super) slow: bool,
}

/// The name and the port in what a person typed. An IPv6 address before a port stands in brackets, as in web addresses.
pub(super) fn split(host: &str) -> Option<(&str, u16)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_becomes_a_name_and_a_port() {
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
    fn several_ways_to_a_relay_stand_beside_each_other() {
        let dial = |host: &str| Dial { host: host.to_owned(), pin: None };
        let two = dial("192.0.2.1:7000, 2001:db8::5,");
        assert_eq!(two.ways().collect::<Vec<_>>(), ["192.0.2.1:7000", "2001:db8::5"]);
        assert_eq!((two.check(), two.spoken()), (Ok(()), "192.0.2.1:7000 or 2001:db8::5".to_owned()));
        assert_eq!(dial(&["a"; 9].join(",")).ways().count(), MOST_WAYS);
        assert_eq!(dial("a:1,b:x").check(), Err(DialError::Address("b:x".to_owned())));
        for none in ["", ",", " , "] {
            assert_eq!(dial(none).check(), Err(DialError::Address(none.to_owned())));
        }
    }

    #[test]
    fn a_relay_is_known_by_one_name() {
        let known = Dial::known_as;
        assert_eq!(known(" Relay.Example.org"), "relay.example.org:4433");
        assert_eq!(known("relay.example.org:4433"), known("RELAY.example.org"));
        assert_eq!([known("::1"), known("[::1]"), known("[::1]:4433")], ["[::1]:4433"; 3]);
        assert_ne!(known("192.0.2.1:1"), known("192.0.2.1:2"));
    }
}
