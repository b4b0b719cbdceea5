//! Which relay a number belongs to while no relay has it: consistent hashing (Karger, 1997), over the secret order of numbers.

use std::collections::BTreeSet;
use std::sync::Arc;

use rand_core::RngCore;

use super::numbers::{Number, Numbers};
use super::record::RelayId;

/// Relays in the order of numbers. A number belongs to the first relay from it on.
pub(super) struct Ring {
    numbers: Arc<Numbers>,
    points: BTreeSet<(u32, RelayId)>,
}

impl Ring {
    pub(super) fn new(numbers: Arc<Numbers>) -> Self {
        Self { numbers, points: BTreeSet::new() }
    }

    pub(super) fn insert(&mut self, relay: RelayId) {
        self.points.extend(self.numbers.points(relay).map(|point| (point, relay)));
    }

    pub(super) fn remove(&mut self, relay: RelayId) {
        for point in self.numbers.points(relay) {
            self.points.remove(&(point, relay));
        }
    }

    /// The relay that a number belongs to; `None` without relays, or if it's no number.
    pub(super) fn home(&self, number: Number) -> Option<RelayId> {
        let slot = self.numbers.slot(number)?;
        let from = self.points.range((slot, RelayId(0))..).next();
        from.or_else(|| self.points.first()).map(|(_, relay)| *relay)
    }

    /// A number that belongs to this relay; `None` if none does.
    pub(super) fn draw(&self, relay: RelayId, rng: &mut impl RngCore) -> Option<Number> {
        let spans = self.numbers.points(relay).map(|point| self.span(point, relay));
        let all: u32 = spans.iter().map(|(_, length)| length).sum();
        let mut at = if all == 0 { return None } else { (rng.next_u64() % u64::from(all)) as u32 };
        for (last, length) in spans {
            if at < length {
                let count = self.numbers.count();
                return self.numbers.at((last + count - at) % count);
            }
            at -= length;
        }
        None
    }

    /// The last slot that leads to this point, and how many do.
    fn span(&self, point: u32, relay: RelayId) -> (u32, u32) {
        let own = (point, relay);
        // Of several relays at one slot the first has it.
        let is_first = self.points.range((point, RelayId(0))..).next() == Some(&own);
        if !is_first {
            return (point, 0);
        }
        let before = self.points.range(..own).next_back().or_else(|| self.points.last()).map_or(point, |(at, _)| *at);
        let count = self.numbers.count();
        let length = (point + count - before) % count;
        (point, if length == 0 { count } else { length })
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    const FIRST: u32 = 1000;
    const COUNT: u32 = 9000;

    fn ring(relays: u64) -> Ring {
        let mut ring = Ring::new(Arc::new(Numbers::new(FIRST, COUNT, [7; 32])));
        (0..relays).for_each(|relay| ring.insert(RelayId(relay)));
        ring
    }

    fn homes(ring: &Ring) -> Vec<RelayId> {
        (FIRST..FIRST + COUNT).map(|number| ring.home(Number(number)).expect("relays")).collect()
    }

    #[test]
    fn every_number_belongs_to_one_relay_and_no_other_number_to_any() {
        let ring = ring(12);
        let homes = homes(&ring);
        for relay in (0..12).map(RelayId) {
            let part = homes.iter().filter(|home| **home == relay).count();
            // Eight arcs of chance lengths: a gamma distribution with a mean of 750.
            assert!((100..2400).contains(&part), "{part}");
        }
        assert_eq!((ring.home(Number(999)), ring.home(Number(FIRST + COUNT))), (None, None));
    }

    #[test]
    fn a_relay_that_goes_spreads_its_numbers_and_moves_no_others() {
        let mut ring = ring(12);
        let before = homes(&ring);
        ring.remove(RelayId(3));
        let after = homes(&ring);
        let mut takers = BTreeSet::new();
        for (before, after) in before.iter().zip(&after) {
            if *before == RelayId(3) {
                takers.insert(*after);
            } else {
                assert_eq!(before, after);
            }
        }
        assert!(takers.len() >= 4, "{takers:?}");
        ring.insert(RelayId(3));
        assert_eq!(homes(&ring), before);
    }

    #[test]
    fn a_number_that_a_relay_draws_is_its_own() {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        for relays in [1, 2, 12, 400] {
            let ring = ring(relays);
            for relay in (0..relays).map(RelayId) {
                for _ in 0..50 {
                    if let Some(number) = ring.draw(relay, &mut rng) {
                        assert_eq!(ring.home(number), Some(relay));
                    }
                }
            }
        }
    }
}
