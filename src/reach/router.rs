//! Asking the router for a port, so that people elsewhere can come in: by PCP or NAT-PMP (RFC 6887, RFC 6886), or else UPnP.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU16;
use std::time::Duration;

use crab_nat::{GatewayAddress, InternetProtocol, PortMapping, PortMappingOptions, PortMappingType, TimeoutConfig};
use igd_next::aio::Gateway;
use igd_next::aio::tokio::{Tokio, search_gateway};
use igd_next::{AddPortError, PortMappingProtocol, SearchOptions};

use super::addresses::is_global;

/// For how long the port is asked for, in seconds. It is asked for again after half of it.
const LEASE: u32 = 3600;
/// How long to look for a router that speaks UPnP.
const SEARCH: Duration = Duration::from_secs(3);
/// What the router shows its owner.
const WHAT_FOR: &str = "ingle";
/// How long to wait for a router that speaks PCP or NAT-PMP: 1.75 s in all.
const PATIENCE: TimeoutConfig =
    TimeoutConfig { initial_timeout: Duration::from_millis(250), max_retries: 2, max_retry_timeout: None };

/// A port that the router passes on to this machine.
pub struct Opened {
    outside: SocketAddr,
    /// The port's address in here.
    inside: SocketAddr,
    how: How,
}

enum How {
    /// For UDP, and where the router gives it too, for the same port of TCP.
    Packet(Box<PortMapping>, Option<Box<PortMapping>>),
    Upnp(Box<Gateway<Tokio>>, u32),
}

impl Opened {
    /// Asks for a UDP port that leads to `port` at this address of this machine, and for the same of TCP, for guests where UDP is
    /// blocked. `None` if there is no router that gives the one of UDP.
    pub async fn ask(own: Ipv4Addr, port: u16) -> Option<Self> {
        let inside = SocketAddr::from((own, port));
        match by_packet(own, port).await {
            Some((outside, mapping)) => {
                let tcp = tcp_by_packet(own, port, outside.port()).await;
                Some(Self { outside, inside, how: How::Packet(Box::new(mapping), tcp) })
            }
            None => {
                let (outside, gateway, lease) = by_upnp(inside).await?;
                Some(Self { outside, inside, how: How::Upnp(Box::new(gateway), lease) })
            }
        }
    }

    /// Where the router says that it can be reached. `None` if that is no address of the whole internet: then another router is
    /// between this one and the rest.
    pub fn outside(&self) -> Option<SocketAddr> {
        Some(self.outside).filter(|outside| is_global(outside.ip()))
    }

    /// After how long [`Self::renew`] is due.
    pub fn due(&self) -> Duration {
        let lease = match &self.how {
            How::Packet(mapping, _) => mapping.lifetime(),
            How::Upnp(_, lease) => *lease,
        };
        // Where it is for good, a router may have been restarted.
        Duration::from_secs(u64::from(if lease == 0 { LEASE } else { lease }.max(120) / 2))
    }

    /// Asks for the same port again. `None` if the router doesn't give it any more.
    pub async fn renew(self) -> Option<Self> {
        let (outside, inside) = (self.outside, self.inside);
        match self.how {
            How::Packet(mut mapping, tcp) => {
                mapping.renew().await.ok()?;
                let outside = SocketAddr::new(outside.ip(), mapping.external_port().get());
                let tcp = match tcp {
                    Some(mut tcp) => tcp.renew().await.is_ok().then_some(tcp),
                    None => None,
                };
                Some(Self { outside, inside, how: How::Packet(mapping, tcp) })
            }
            How::Upnp(gateway, _) => {
                let lease = add(&gateway, PortMappingProtocol::UDP, outside.port(), inside).await.ok()?;
                add_tcp(&gateway, outside.port(), inside).await;
                Some(Self { outside, inside, how: How::Upnp(gateway, lease) })
            }
        }
    }

    /// Gives the port back.
    pub async fn give_back(self) {
        match self.how {
            // Whoever doesn't take it back closes it when the time is up.
            How::Packet(mapping, tcp) => {
                drop(mapping.try_drop().await);
                if let Some(tcp) = tcp {
                    drop(tcp.try_drop().await);
                }
            }
            How::Upnp(gateway, _) => {
                for protocol in [PortMappingProtocol::UDP, PortMappingProtocol::TCP] {
                    drop(gateway.remove_port(protocol, self.outside.port()).await);
                }
            }
        }
    }
}

/// Asks for the port `outside` of the router's, or for any if it can't be had.
async fn map(own: Ipv4Addr, protocol: InternetProtocol, port: u16, outside: u16) -> Option<PortMapping> {
    let gateway = GatewayAddress::from(gateway()?);
    let (port, outside) = (NonZeroU16::new(port)?, NonZeroU16::new(outside)?);
    let options = PortMappingOptions {
        external_port: Some(outside),
        lifetime_seconds: Some(LEASE),
        timeout_config: Some(PATIENCE),
    };
    PortMapping::new(gateway, own.into(), protocol, port, options).await.ok()
}

/// The same port of TCP as of UDP: guests know of one number alone.
async fn tcp_by_packet(own: Ipv4Addr, port: u16, outside: u16) -> Option<Box<PortMapping>> {
    let mapping = map(own, InternetProtocol::Tcp, port, outside).await?;
    if mapping.external_port().get() == outside {
        return Some(Box::new(mapping));
    }
    drop(mapping.try_drop().await);
    None
}

async fn by_packet(own: Ipv4Addr, port: u16) -> Option<(SocketAddr, PortMapping)> {
    let gateway = GatewayAddress::from(gateway()?);
    let mapping = map(own, InternetProtocol::Udp, port, port).await?;
    let outside: IpAddr = match mapping.mapping_type() {
        PortMappingType::Pcp { external_ip, .. } => external_ip.to_canonical(),
        PortMappingType::NatPmp => crab_nat::natpmp::external_address(gateway, Some(PATIENCE)).await.ok()?.into(),
    };
    Some((SocketAddr::new(outside, mapping.external_port().get()), mapping))
}

async fn by_upnp(inside: SocketAddr) -> Option<(SocketAddr, Gateway<Tokio>, u32)> {
    let mut options = SearchOptions::default();
    options.bind_addr = SocketAddr::new(inside.ip(), 0);
    options.timeout = Some(SEARCH);
    options.single_search_timeout = Some(SEARCH);
    let gateway = search_gateway(options).await.ok()?;
    let outside = gateway.get_external_ip().await.ok()?;
    let (port, lease) = match add(&gateway, PortMappingProtocol::UDP, inside.port(), inside).await {
        Ok(lease) => (inside.port(), lease),
        // Another machine has it.
        Err(AddPortError::PortInUse) => {
            let udp = PortMappingProtocol::UDP;
            (gateway.add_any_port(udp, inside, LEASE, WHAT_FOR).await.ok()?, LEASE)
        }
        Err(_) => return None,
    };
    add_tcp(&gateway, port, inside).await;
    Some((SocketAddr::new(outside, port), gateway, lease))
}

/// For how long the router has given the port, in seconds; 0 if it gives ports only for good.
async fn add(
    gateway: &Gateway<Tokio>,
    protocol: PortMappingProtocol,
    port: u16,
    inside: SocketAddr,
) -> Result<u32, AddPortError> {
    match gateway.add_port(protocol, port, inside, LEASE, WHAT_FOR).await {
        Ok(()) => Ok(LEASE),
        Err(AddPortError::OnlyPermanentLeasesSupported) => {
            gateway.add_port(protocol, port, inside, 0, WHAT_FOR).await.map(|()| 0)
        }
        Err(error) => Err(error),
    }
}

/// The same port of TCP. Where it isn't given, guests come in over UDP alone.
async fn add_tcp(gateway: &Gateway<Tokio>, port: u16, inside: SocketAddr) {
    drop(add(gateway, PortMappingProtocol::TCP, port, inside).await);
}

/// The router, as far as the system tells it.
fn gateway() -> Option<IpAddr> {
    let table = std::fs::read_to_string("/proc/net/route").ok()?;
    table.lines().skip(1).find_map(default_gateway).map(IpAddr::V4)
}

/// The gateway of a line of Linux's table of routes, if it is the one for everything.
fn default_gateway(line: &str) -> Option<Ipv4Addr> {
    let mut fields = line.split_whitespace();
    let (to, gateway) = (fields.nth(1)?, fields.next()?);
    let gateway = u32::from_str_radix(gateway, 16).ok().filter(|gateway| *gateway != 0)?;
    // The system writes it as it lies in memory.
    (to == "00000000").then(|| Ipv4Addr::from(gateway.to_ne_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_endian = "little")]
    fn the_way_out_is_read_from_the_systems_table() {
        let line = "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0";
        assert_eq!(default_gateway(line), Some(Ipv4Addr::new(192, 168, 1, 1)));
        for other in ["eth0\t0001A8C0\t00000000\t0001", "eth0\t00000000\t00000000\t0001", "eth0", "", "a b c"] {
            assert_eq!(default_gateway(other), None, "{other}");
        }
    }
}
