//! How many connections may be open, in all and from one address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// Counts connections. A [`Slot`] is given back by dropping it.
pub(super) struct Slots {
    most: usize,
    most_per_address: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// The right to one connection.
pub(super) struct Slot {
    slots: Arc<Slots>,
    address: IpAddr,
}

impl Slots {
    pub(super) fn new(most: usize, most_per_address: usize) -> Arc<Self> {
        Arc::new(Self { most, most_per_address, taken: Mutex::default() })
    }

    /// A slot for a connection from `address`. `None` if there is none left for it.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Option<Slot> {
        let address = household(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all >= self.most || taken.by_address.get(&address).is_some_and(|n| *n >= self.most_per_address) {
            return None;
        }
        taken.all += 1;
        *taken.by_address.entry(address).or_default() += 1;
        drop(taken);
        Some(Slot { slots: self.clone(), address })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.slots.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all = taken.all.saturating_sub(1);
        if let Some(n) = taken.by_address.get_mut(&self.address) {
            *n = n.saturating_sub(1);
            if *n == 0 {
                taken.by_address.remove(&self.address);
            }
        }
    }
}

/// The household that an address belongs to. A household has one IPv4 address for all, and with IPv6 at least all addresses
/// that share the first 64 bits, which is the smallest block that a network hands out (RFC 6177, section 2). It may have 256 of
/// those blocks or more, and then as many shares; but larger blocks would make strangers in one town share one limit.
pub(super) fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn an_address_gets_its_share_of_slots_and_no_more() {
        let slots = Slots::new(10, 2);
        let first = slots.take(ip("192.0.2.1"));
        let second = slots.take(ip("::ffff:192.0.2.1"));
        assert!(first.is_some() && second.is_some());
        assert!(slots.take(ip("192.0.2.1")).is_none(), "both spellings of the address are one");
        assert!(slots.take(ip("192.0.2.2")).is_some(), "others have their own share");
        drop(first);
        assert!(slots.take(ip("192.0.2.1")).is_some());
    }

    #[test]
    fn a_household_can_not_multiply_by_changing_its_lower_64_bits() {
        let slots = Slots::new(10, 1);
        let _held = slots.take(ip("2001:db8::1"));
        assert!(slots.take(ip("2001:db8::ffff:2")).is_none());
        assert!(slots.take(ip("2001:db8:0:1::1")).is_some());
    }

    #[test]
    fn all_slots_together_are_bounded_and_freed_ones_forgotten() {
        let slots = Slots::new(3, 2);
        let held: Vec<_> = (1..=4).map(|n| slots.take(IpAddr::from([192, 0, 2, n]))).collect();
        assert_eq!(held.iter().flatten().count(), 3);
        drop(held);
        assert!(slots.taken.lock().expect("no panic").by_address.is_empty());
    }
}
