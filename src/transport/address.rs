//! Which of this machine's addresses leads to a relay. That changes, for instance when a hotspot takes over from a cable.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// Any address of this machine in the family of `peer`, and any port.
pub(super) fn any(peer: SocketAddr) -> SocketAddr {
    let any: IpAddr = if peer.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    (any, 0).into()
}

/// The address of this machine that leads to `peer` now. Nothing is sent: connecting a UDP socket asks the system for the way
/// at once, whereas packets sent into nowhere would only be waited for.
///
/// # Errors
/// The system's error if no way leads there.
pub(super) fn towards(peer: SocketAddr) -> io::Result<IpAddr> {
    let probe = UdpSocket::bind(any(peer))?;
    probe.connect(peer)?;
    Ok(probe.local_addr()?.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_this_machine_is_its_own_address() {
        assert_eq!(towards("127.0.0.1:9".parse().expect("an address")).ok(), Some(Ipv4Addr::LOCALHOST.into()));
    }
}
