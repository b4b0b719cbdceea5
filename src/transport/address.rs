//! Which of this machine's addresses leads to a relay. That changes, for instance when a hotspot takes over from a cable.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use socket2::{Domain, Protocol, Socket, Type};

use super::interface::{self, Interface};

/// Any address of this machine in the family of `peer`, and any port.
pub(super) fn any(peer: SocketAddr) -> SocketAddr {
    let any: IpAddr = if peer.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    (any, 0).into()
}

/// The address of this machine that leads to `peer` now, over an interface if one is named. Nothing is sent: connecting a UDP socket asks the system for the way
/// at once, whereas packets sent into nowhere would only be waited for.
///
/// # Errors
/// The system's error if no way leads there.
pub(super) fn towards(peer: SocketAddr, via: Option<&Interface>) -> io::Result<IpAddr> {
    let probe = Socket::new(Domain::for_address(peer), Type::DGRAM, Some(Protocol::UDP))?;
    interface::bind(&probe, any(peer), via)?;
    probe.connect(&peer.into())?;
    let own = probe.local_addr()?.as_socket();
    own.map(|own| own.ip()).ok_or_else(|| io::Error::from(io::ErrorKind::AddrNotAvailable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_this_machine_is_its_own_address() {
        assert_eq!(towards("127.0.0.1:9".parse().expect("an address"), None).ok(), Some(Ipv4Addr::LOCALHOST.into()));
    }
}
