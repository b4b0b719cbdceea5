//! How many connections may be open, in all and from one address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// Counts connections. A [`Slot`] is given back by dropping it.
pub(super) struct Slots {
    most: usize,
    /// Of one household, of a block of them, and of a whole network.
    most_each: [usize; 3],
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_block: HashMap<Block, usize>,
}

/// The right to one connection.
pub(super) struct Slot {
    slots: Arc<Slots>,
    blocks: [Option<Block>; 3],
}

impl Slots {
    /// So many in all, and so many from one household, from a block of them, and from a whole network.
    pub(super) fn new(most: usize, most_each: [usize; 3]) -> Arc<Self> {
        Arc::new(Self { most, most_each, taken: Mutex::default() })
    }

    /// A slot for a connection from `address`. `None` if there is none left for it.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Option<Slot> {
        let blocks = blocks(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |(block, most): (&Block, usize)| taken.by_block.get(block).is_some_and(|n| *n >= most);
        let mut counted = blocks.iter().zip(self.most_each).filter_map(|(block, most)| Some((block.as_ref()?, most)));
        if taken.all >= self.most || counted.any(is_full) {
            return None;
        }
        taken.all += 1;
        for block in blocks.iter().flatten() {
            *taken.by_block.entry(*block).or_default() += 1;
        }
        drop(taken);
        Some(Slot { slots: self.clone(), blocks })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.slots.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all = taken.all.saturating_sub(1);
        for block in self.blocks.iter().flatten() {
            if let Some(n) = taken.by_block.get_mut(block) {
                *n = n.saturating_sub(1);
                if *n == 0 {
                    taken.by_block.remove(block);
                }
            }
        }
    }
}

/// Addresses that share their first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Block {
    first: IpAddr,
    bits: u8,
}

/// The blocks that share a limit with an address, the smallest first. A household has one IPv4 address for all, and with IPv6 at
/// least all addresses that share the first 64 bits, which is the smallest block that a network hands out (RFC 6177, section 2).
/// It may have 256 of those, or 65,536: so all that share the first 56 bits, and the first 48, have a second and a third limit,
/// larger because they may be strangers in one town.
pub(super) fn blocks(address: IpAddr) -> [Option<Block>; 3] {
    match address.to_canonical() {
        IpAddr::V6(address) => [64, 56, 48].map(|bits: u8| {
            let host = 128 - u32::from(bits);
            Some(Block { first: Ipv6Addr::from_bits(address.to_bits() >> host << host).into(), bits })
        }),
        first => [Some(Block { first, bits: 32 }), None, None],
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
        let slots = Slots::new(10, [2, 5, 9]);
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
        let slots = Slots::new(10, [1, 5, 9]);
        let _held = slots.take(ip("2001:db8::1"));
        assert!(slots.take(ip("2001:db8::ffff:2")).is_none());
        assert!(slots.take(ip("2001:db8:0:1::1")).is_some());
    }

    #[test]
    fn all_slots_together_are_bounded_and_freed_ones_forgotten() {
        let slots = Slots::new(3, [2, 5, 9]);
        let held: Vec<_> = (1..=4).map(|n| slots.take(IpAddr::from([192, 0, 2, n]))).collect();
        assert_eq!(held.iter().flatten().count(), 3);
        drop(held);
        assert!(slots.taken.lock().expect("no panic").by_block.is_empty());
    }

    #[test]
    fn a_large_block_of_addresses_is_not_many_households() {
        let slots = Slots::new(1000, [4, 8, 16]);
        let mut held = vec![];
        let mut take = |address: String| {
            held.extend(slots.take(ip(&address)));
            held.len()
        };
        // All of one /56, then of its /48, then of others.
        assert_eq!((0..256).map(|n| take(format!("2001:db8:0:{n:x}::1"))).max(), Some(8));
        assert_eq!((0..256).map(|n| take(format!("2001:db8:0:{n:x}00::1"))).max(), Some(16));
        assert_eq!((0..20).map(|n| take(format!("2001:db8:{:x}::1", n + 1))).max(), Some(36));
        assert_eq!((0..20).map(|n| take(format!("192.0.2.{n}"))).max(), Some(56), "addresses of IPv4 share nothing");
    }
}
