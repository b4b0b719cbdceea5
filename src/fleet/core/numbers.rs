//! The numbers that groups can have, in an order that only the fleet knows.

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};
use sha2::{Digest, Sha256};

use super::record::RelayId;

/// The number of a group, with which its code begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(pub u32);

/// Places of one relay in the order of numbers.
pub(super) const POINTS: usize = 8;

/// All numbers, shuffled with a key that the relays of a fleet share: whoever doesn't have it can't tell which relay a number belongs
/// to, and so not whether it belongs elsewhere than where it is.
pub struct Numbers {
    key: [u8; 32],
    first: u32,
    /// The numbers, less the first, in their secret order.
    order: Vec<u32>,
    /// Where each stands in it.
    slots: Vec<u32>,
}

impl Numbers {
    /// So many numbers from `first` on.
    pub fn new(first: u32, count: u32, key: [u8; 32]) -> Self {
        let mut rng = ChaCha20Rng::from_seed(key);
        let mut order: Vec<u32> = (0..count).collect();
        for last in (1..order.len()).rev() {
            // The bias of a remainder of 64 bits is nothing that could be measured.
            order.swap(last, (rng.next_u64() % (last as u64 + 1)) as usize);
        }
        let mut slots = vec![0; order.len()];
        for (slot, number) in (0..).zip(&order) {
            slots[*number as usize] = slot;
        }
        Self { key, first, order, slots }
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        self.order.len() as u32
    }

    /// Where a number stands; `None` if it's none of these.
    pub(super) fn slot(&self, number: Number) -> Option<u32> {
        self.slots.get(number.0.checked_sub(self.first)? as usize).copied()
    }

    /// The number that stands there.
    pub(super) fn at(&self, slot: u32) -> Option<Number> {
        self.order.get(slot as usize).map(|number| Number(self.first + number))
    }

    /// Where a relay stands in the same order.
    pub(super) fn points(&self, relay: RelayId) -> [u32; POINTS] {
        let digest = Sha256::new().chain_update(self.key).chain_update(relay.0.to_be_bytes()).finalize();
        let mut points = [0; POINTS];
        for (point, bytes) in points.iter_mut().zip(digest.chunks_exact(4)) {
            let drawn = bytes.iter().fold(0, |drawn, byte| drawn << 8 | u64::from(*byte));
            *point = (drawn % u64::from(self.count().max(1))) as u32;
        }
        points
    }
}
