//! How often knocks and hosts may come from one place.
//!
//! Members who are in a room, or come back with a ticket, never wait for any of this.

use std::collections::BTreeMap;
use std::time::Duration;

use super::bucket::Bucket;
use crate::ids::Time;
use crate::wire::{Purpose, Refusal, limits};

/// After this long without a visit every bucket is full again, and need not be kept.
const FULL_AGAIN: Duration = Duration::from_secs(10 * 60);

/// Where a connection comes from: a number that the shell gives to all connections from one place, and that says nothing else
/// about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(pub u64);

struct Visits {
    knocks: Bucket,
    rooms: Bucket,
}

/// The visits by their places, in two halves: the younger takes all that come, and when it is full or old it becomes the older,
/// which is forgotten as a whole. So at most [`limits::ORIGINS`] are held, and forgetting costs nothing.
#[derive(Default)]
pub(super) struct Origins {
    young: BTreeMap<Origin, Visits>,
    old: BTreeMap<Origin, Visits>,
    turned: Time,
}

impl Origins {
    /// Counts a visit.
    ///
    /// # Errors
    /// [`Refusal::Busy`] if it is one too many.
    pub(super) fn visit(&mut self, from: Origin, purpose: &Purpose, now: Time) -> Result<(), Refusal> {
        if matches!(purpose, Purpose::Resume(..)) {
            return Ok(());
        }
        self.forget(now);
        if !self.young.contains_key(&from) {
            let visits = self.old.remove(&from).unwrap_or_else(|| Visits {
                knocks: Bucket::new(limits::ORIGIN_KNOCKS, limits::ORIGIN_KNOCKS_EVERY, now),
                rooms: Bucket::new(limits::ORIGIN_ROOMS, limits::ORIGIN_ROOMS_EVERY, now),
            });
            if self.young.len() >= limits::ORIGINS / 2 {
                self.turn(now);
            }
            self.young.insert(from, visits);
        }
        let Some(visits) = self.young.get_mut(&from) else { return Ok(()) };
        let bucket = if matches!(purpose, Purpose::Host) { &mut visits.rooms } else { &mut visits.knocks };
        if bucket.take(now) { Ok(()) } else { Err(Refusal::Busy) }
    }

    /// Forgets places from which nobody has come for long.
    pub(super) fn forget(&mut self, now: Time) {
        if now.since(self.turned) >= FULL_AGAIN {
            self.turn(now);
        }
    }

    /// How many are held.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.young.len() + self.old.len()
    }

    fn turn(&mut self, now: Time) {
        self.old = std::mem::take(&mut self.young);
        self.turned = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Index, Nameplate};
    use crate::wire::{Blob, Ticket};

    const HERE: Origin = Origin(7);

    fn knock() -> Purpose {
        Purpose::Knock(Nameplate(4821), Blob::default())
    }

    fn allowed(origins: &mut Origins, purpose: &Purpose, now: Time) -> u32 {
        (0..1000).map(|_| u32::from(origins.visit(HERE, purpose, now).is_ok())).sum()
    }

    #[test]
    fn a_place_has_a_burst_and_then_one_visit_at_a_time() {
        let mut origins = Origins::default();
        for (purpose, most, every) in [
            (knock(), limits::ORIGIN_KNOCKS, limits::ORIGIN_KNOCKS_EVERY),
            (Purpose::Host, limits::ORIGIN_ROOMS, limits::ORIGIN_ROOMS_EVERY),
        ] {
            assert_eq!(allowed(&mut origins, &purpose, Time(0)), most);
            assert_eq!(origins.visit(Origin(8), &purpose, Time(0)), Ok(()), "others have their own");
            assert_eq!(allowed(&mut origins, &purpose, Time(0) + every / 2), 0);
            assert_eq!(allowed(&mut origins, &purpose, Time(0) + every), 1);
            assert_eq!(allowed(&mut origins, &purpose, Time(0) + FULL_AGAIN), most);
        }
        let back = Purpose::Resume(Ticket([7; 16]), Index(1));
        assert_eq!(allowed(&mut origins, &back, Time(0)), 1000);
    }

    #[test]
    fn origins_are_bounded_and_forgotten_once_their_buckets_fill() {
        let mut origins = Origins::default();
        assert_eq!(allowed(&mut origins, &knock(), Time(0)), limits::ORIGIN_KNOCKS);
        for from in 100..100 + 3 * limits::ORIGINS as u64 {
            assert_eq!(origins.visit(Origin(from), &knock(), Time(0)), Ok(()));
            assert!(origins.held() <= limits::ORIGINS);
            if from < 100 + limits::ORIGINS as u64 / 2 {
                assert_eq!(
                    origins.visit(HERE, &knock(), Time(0)),
                    Err(Refusal::Busy),
                    "a place that is used is not forgotten"
                );
            }
        }
        origins.forget(Time(0) + FULL_AGAIN);
        origins.forget(Time(0) + FULL_AGAIN * 2);
        assert_eq!(origins.held(), 0);
    }
}
