//! This machine's addresses, as others may use them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

use if_addrs::{IfAddr, Interface};

/// More addresses are not told to anybody.
const MOST: usize = 3;
/// Addresses of nobody, from blocks that are set aside for examples: asking for the way there tells which of this machine's
/// addresses is used for most others. Nothing is sent.
const ELSEWHERE: [IpAddr; 2] =
    [IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1))];
/// How the interfaces of virtual machines and containers begin, which nobody elsewhere can reach.
const VIRTUAL: [&str; 9] = ["docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "podman", "cni", "lxc"];

/// From where an address can be expected to be reached, the farthest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Everybody4,
    Everybody6,
    Network4,
    Network6,
    /// A network without anybody who gives out addresses.
    Link4,
}

/// The addresses by which others may reach this machine, at most three, those that lead farthest first. Nothing is sent to find
/// them out. There are none if this machine has no network.
pub fn own() -> Vec<IpAddr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let found = interfaces.into_iter().map(|interface| (interface.ip(), interface.name)).collect::<Vec<_>>();
    rank(&found, &ELSEWHERE.map(towards).into_iter().flatten().collect::<Vec<_>>())
}

/// The address of this machine that leads to another.
fn towards(elsewhere: IpAddr) -> Option<IpAddr> {
    let any: IpAddr = if elsewhere.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect((elsewhere, 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// Whether an interface is one of virtual machines or containers, as far as its name tells.
pub(super) fn is_virtual(name: &str) -> bool {
    VIRTUAL.iter().any(|start| name.starts_with(start))
}

/// Whether an address is on a network that one of these interfaces is on.
pub(super) fn is_on_network(address: IpAddr, interfaces: &[Interface]) -> bool {
    let mut networks = interfaces.iter().filter(|interface| !interface.is_loopback()).map(|interface| &interface.addr);
    networks.any(|own| match (own, address) {
        (IfAddr::V4(own), IpAddr::V4(other)) => {
            shares(own.ip.to_bits().into(), other.to_bits().into(), 96 + own.prefixlen)
        }
        // Those of one link alone can't be called without saying which link.
        (IfAddr::V6(own), IpAddr::V6(other)) => {
            !other.is_unicast_link_local() && shares(own.ip.to_bits(), other.to_bits(), own.prefixlen)
        }
        (IfAddr::V4(_), IpAddr::V6(_)) | (IfAddr::V6(_), IpAddr::V4(_)) => false,
    })
}

/// Whether so many of the first bits are the same.
fn shares(one: u128, other: u128, bits: u8) -> bool {
    bits > 0 && (one ^ other).checked_shr(128 - u32::from(bits.min(128))).unwrap_or(0) == 0
}

/// `ways` are the addresses that are used for most others.
fn rank(found: &[(IpAddr, String)], ways: &[IpAddr]) -> Vec<IpAddr> {
    let mut all: Vec<_> = found
        .iter()
        .filter(|(address, name)| ways.contains(address) || !is_virtual(name))
        .filter_map(|(address, _)| Some((reach(*address)?, !ways.contains(address), *address)))
        .collect();
    all.sort();
    // Of IPv6 an interface has several addresses for the same thing.
    all.dedup_by(|next, first| next.2 == first.2 || (next.2.is_ipv6() && next.0 == first.0));
    all.into_iter().map(|(_, _, address)| address).take(MOST).collect()
}

fn reach(address: IpAddr) -> Option<Reach> {
    match address {
        IpAddr::V4(v4) if v4.is_loopback() || v4.is_unspecified() || v4.is_multicast() || v4.is_broadcast() => None,
        IpAddr::V4(v4) if v4.is_link_local() => Some(Reach::Link4),
        IpAddr::V4(v4) if is_local(v4) => Some(Reach::Network4),
        IpAddr::V4(_) => Some(Reach::Everybody4),
        // Those of one link alone can't be written so that they mean the same on another machine.
        IpAddr::V6(v6) => match v6.segments()[0] {
            0x2000..=0x3fff => Some(Reach::Everybody6),
            0xfc00..=0xfdff => Some(Reach::Network6),
            _ => None,
        },
    }
}

/// Private networks, networks behind a provider's own translation (RFC 6598), and those for measuring (RFC 2544).
fn is_local(v4: Ipv4Addr) -> bool {
    let [a, b, ..] = v4.octets();
    v4.is_private() || (a == 100 && b & 0xc0 == 64) || (a == 198 && b & 0xfe == 18)
}

/// Whether an address is one of the whole internet, as far as it tells by itself.
pub fn is_global(address: IpAddr) -> bool {
    matches!(reach(address), Some(Reach::Everybody4 | Reach::Everybody6))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(found: &[(&str, &str)], ways: &[&str]) -> Vec<String> {
        let parse = |text: &str| text.parse::<IpAddr>().expect("an address");
        let found: Vec<_> = found.iter().map(|(text, name)| (parse(text), (*name).to_owned())).collect();
        let ways: Vec<_> = ways.iter().map(|text| parse(text)).collect();
        rank(&found, &ways).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_ipv6_only_machine_has_its_ipv6_address() {
        let found = [("::1", "lo"), ("fe80::1", "eth0"), ("2001:db8::5", "eth0")];
        assert_eq!(ranked(&found, &["2001:db8::5"]), ["2001:db8::5"]);
        assert_eq!(ranked(&[("fd00::7", "eth0"), ("fe80::1", "eth0")], &[]), ["fd00::7"]);
    }

    #[test]
    fn a_network_without_a_way_out_has_its_addresses_too() {
        let island = [("127.0.0.1", "lo"), ("192.168.7.2", "wlan0"), ("fe80::2", "wlan0"), ("172.17.0.1", "docker0")];
        assert_eq!(ranked(&island, &[]), ["192.168.7.2"]);
        assert_eq!(ranked(&[("169.254.3.4", "eth0")], &[]), ["169.254.3.4"], "two machines and a cable");
        assert_eq!(ranked(&[("127.0.0.1", "lo"), ("::1", "lo")], &[]), [""; 0], "no network at all");
    }

    #[test]
    fn what_leads_farthest_comes_first_and_three_are_enough() {
        let found = [
            ("10.8.0.2", "tun0"),
            ("192.168.1.5", "eth0"),
            ("2001:db8::bad", "eth0"),
            ("2001:db8::5", "eth0"),
            ("fd00::5", "eth0"),
            ("203.0.113.9", "ppp0"),
        ];
        assert_eq!(ranked(&found, &["192.168.1.5", "2001:db8::5"]), ["203.0.113.9", "2001:db8::5", "192.168.1.5"]);
        assert_eq!(ranked(&found[..2], &["10.8.0.2"]), ["10.8.0.2", "192.168.1.5"], "the way out first");
    }

    #[test]
    fn only_addresses_on_this_machines_networks_are_near() {
        let parse = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert!(shares(0xff00, 0xff01, 127) && !shares(0xff00, 0xff02, 127) && shares(7, 7, 128) && !shares(1, 1, 0));
        let v4 = if_addrs::Ifv4Addr {
            ip: Ipv4Addr::new(192, 168, 1, 5),
            netmask: Ipv4Addr::new(255, 255, 255, 0),
            prefixlen: 24,
            broadcast: None,
        };
        let interface = |addr| Interface {
            name: "eth0".to_owned(),
            addr,
            index: Some(2),
            oper_status: if_addrs::IfOperStatus::Up,
            is_p2p: false,
            #[cfg(windows)]
            adapter_name: String::new(),
        };
        let own = [interface(IfAddr::V4(v4))];
        for (address, near) in [("192.168.1.77", true), ("192.168.2.1", false), ("8.8.8.8", false), ("::1", false)] {
            assert_eq!(is_on_network(parse(address), &own), near, "{address}");
        }
    }

    #[test]
    fn this_machine_has_no_loopback_among_its_addresses() {
        assert!(own().iter().all(|address| !address.is_loopback() && !address.is_unspecified()));
    }
}
