//! Where a relay listens, as a person writes it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};

use crate::transport::DEFAULT_PORT;

/// More addresses of one name are not tried.
const MOST: usize = 8;

/// Where to listen: the addresses to try one after another. The first that can be had is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listen(Vec<SocketAddr>);

/// Why a text says nowhere to listen. It is one sentence for a person; [`ListenError::hint`] says what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListenError {
    /// The text can't be an address.
    #[error("\u{201c}{0}\u{201d} is not an address to listen on.")]
    Address(String),
    /// Nothing has this name.
    #[error("No machine with the name \u{201c}{0}\u{201d} can be found.")]
    Name(String),
}

impl ListenError {
    /// What to do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Address(_) => "Write a port alone, for example 4433, or ADDRESS:PORT, for example 0.0.0.0:4433.",
            Self::Name(_) => "Write one of this machine's names or addresses, or a port alone, for example 4433.",
        }
    }
}

impl Listen {
    /// On all addresses of this machine, of both families as far as it has them. Port 0 takes a free one.
    pub fn everywhere(port: u16) -> Self {
        Self(vec![(Ipv6Addr::UNSPECIFIED, port).into(), (Ipv4Addr::UNSPECIFIED, port).into()])
    }

    /// Reads a port, an address or a name, or one of these before a colon and a port. Asks the system for the addresses of a name,
    /// which may take some seconds.
    ///
    /// # Errors
    /// [`ListenError`] if it can't be read, or the name can't be found.
    pub fn parse(text: &str) -> Result<Self, ListenError> {
        let text = text.trim();
        let not_one = || ListenError::Address(text.to_owned());
        if let Ok(port) = text.strip_prefix(':').unwrap_or(text).parse() {
            return Ok(Self::everywhere(port));
        }
        if let Ok(addr) = text.parse::<SocketAddr>() {
            return Ok(addr.into());
        }
        let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        if let Ok(address) = bare.parse::<IpAddr>() {
            return Ok(SocketAddr::from((address, DEFAULT_PORT)).into());
        }
        let (name, port) = match text.split_once(':') {
            Some((name, port)) => (name, port.parse().map_err(|_| not_one())?),
            None => (text, DEFAULT_PORT),
        };
        let is_name = |c: char| c.is_alphanumeric() || "-._".contains(c);
        // Digits and dots alone are an address with a slip, which the system might read in a way of its own.
        if name.is_empty() || !name.chars().all(is_name) || !name.contains(char::is_alphabetic) {
            return Err(not_one());
        }
        let found = (name, port).to_socket_addrs().map_err(|_| ListenError::Name(name.to_owned()))?;
        let addresses: Vec<_> = found.take(MOST).collect();
        if addresses.is_empty() { Err(ListenError::Name(name.to_owned())) } else { Ok(Self(addresses)) }
    }

    /// What `try_one` makes of the first address that can be had; otherwise why the first could not be had. A port that is taken or
    /// forbidden in one family isn't looked for in the other.
    pub(super) fn first<T, E>(
        &self,
        mut try_one: impl FnMut(SocketAddr) -> Result<T, E>,
        settles: impl Fn(&E) -> bool,
    ) -> Result<T, E> {
        let (first, others) = match self.0.split_first() {
            Some((first, others)) => (*first, others),
            None => ((Ipv4Addr::UNSPECIFIED, 0).into(), &[][..]),
        };
        let error = match try_one(first) {
            Err(error) if !settles(&error) => error,
            settled => return settled,
        };
        others.iter().find_map(|addr| try_one(*addr).ok()).ok_or(error)
    }
}

impl From<SocketAddr> for Listen {
    /// Any address of IPv6 stands for both families.
    fn from(addr: SocketAddr) -> Self {
        if addr.ip() == Ipv6Addr::UNSPECIFIED { Self::everywhere(addr.port()) } else { Self(vec![addr]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        Listen::parse(text).expect(text).0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn ports_addresses_and_names_are_read() {
        for both in ["7000", ":7000", "[::]:7000", " 7000 "] {
            assert_eq!(read(both), ["[::]:7000", "0.0.0.0:7000"], "{both}");
        }
        assert_eq!(read("::"), ["[::]:4433", "0.0.0.0:4433"]);
        assert_eq!(read("0.0.0.0:0"), ["0.0.0.0:0"]);
        assert_eq!(read("192.0.2.7"), ["192.0.2.7:4433"]);
        assert_eq!([read("2001:db8::7"), read("[2001:db8::7]")], [["[2001:db8::7]:4433"]; 2]);
        assert!(read("localhost:7000").contains(&"127.0.0.1:7000".to_owned()));
        for wrong in ["", ":", "70000", "a b:1", "host:x", "host:70000", "1.2.3:4433", "[::1", "a/b", "[x]:1", "::1:x"]
        {
            assert_eq!(Listen::parse(wrong), Err(ListenError::Address(wrong.trim().to_owned())), "{wrong:?}");
        }
        assert!(matches!(Listen::parse("no.such.name.invalid:4433"), Err(ListenError::Name(_))));
    }

    #[test]
    fn a_machine_without_ipv6_listens_in_the_other_family() {
        let both = Listen::everywhere(7000);
        let only_four = |addr: SocketAddr| if addr.is_ipv4() { Ok(addr) } else { Err("no such family") };
        assert_eq!(both.first(only_four, |_| false).map(|addr| addr.to_string()), Ok("0.0.0.0:7000".to_owned()));
        assert_eq!(both.first(|_| Err::<(), _>("taken"), |_| true), Err("taken"));
        let mut tried = 0;
        let neither = |addr: SocketAddr| {
            tried += 1;
            Err::<(), _>(if addr.is_ipv6() { "first" } else { "second" })
        };
        assert_eq!((both.first(neither, |_| false), tried), (Err("first"), 2));
    }
}
