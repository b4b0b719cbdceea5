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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(pub u64);

/// All that a connection shares a limit with: its household, and with IPv6 the block and the network that this is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The smallest.
    pub household: Origin,
    /// A block of households, such as a provider hands out.
    pub block: Option<Origin>,
    /// A whole network.
    pub network: Option<Origin>,
}

impl From<Origin> for Place {
    fn from(household: Origin) -> Self {
        Self { household, block: None, network: None }
    }
}

struct Visits {
    knocks: Bucket,
    rooms: Bucket,
    returns: Bucket,
}

impl Visits {
    /// Those of a place that may have so many times as much as a household.
    fn new(times: u32, now: Time) -> Self {
        let bucket = |most: u32, every: Duration| Bucket::new(most * times, every / times, now);
        Self {
            knocks: bucket(limits::ORIGIN_KNOCKS, limits::ORIGIN_KNOCKS_EVERY),
            rooms: bucket(limits::ORIGIN_ROOMS, limits::ORIGIN_ROOMS_EVERY),
            returns: bucket(limits::ORIGIN_RETURNS, limits::ORIGIN_RETURNS_EVERY),
        }
    }
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
    pub(super) fn visit(&mut self, from: Place, purpose: &Purpose, now: Time) -> Result<(), Refusal> {
        let origins = [Some(from.household), from.block, from.network];
        for (origin, times) in origins.into_iter().zip(limits::ORIGIN_TIMES) {
            if let Some(origin) = origin {
                self.visit_one(origin, times, purpose, now)?;
            }
        }
        Ok(())
    }

    fn visit_one(&mut self, from: Origin, times: u32, purpose: &Purpose, now: Time) -> Result<(), Refusal> {
        self.forget(now);
        if !self.young.contains_key(&from) {
            let visits = self.old.remove(&from).unwrap_or_else(|| Visits::new(times, now));
            if self.young.len() >= limits::ORIGINS / 2 {
                self.turn(now);
            }
            self.young.insert(from, visits);
        }
        let Some(visits) = self.young.get_mut(&from) else { return Ok(()) };
        let bucket = match purpose {
            Purpose::Host => &mut visits.rooms,
            Purpose::Knock(..) => &mut visits.knocks,
            Purpose::Resume(..) => &mut visits.returns,
        };
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
    use crate::ids::{LogHead, Nameplate};
    use crate::wire::{Blob, Ticket};

    const HERE: Origin = Origin(7);

    fn knock() -> Purpose {
        Purpose::Knock(Nameplate(4821), Blob::default())
    }

    fn allowed(origins: &mut Origins, purpose: &Purpose, now: Time) -> u32 {
        (0..2000).map(|_| u32::from(origins.visit(HERE.into(), purpose, now).is_ok())).sum()
    }

    #[test]
    fn a_place_has_a_burst_and_then_one_visit_at_a_time() {
        let mut origins = Origins::default();
        for (purpose, most, every) in [
            (knock(), limits::ORIGIN_KNOCKS, limits::ORIGIN_KNOCKS_EVERY),
            (Purpose::Host, limits::ORIGIN_ROOMS, limits::ORIGIN_ROOMS_EVERY),
            (
                Purpose::Resume(Ticket([7; Ticket::LEN]), LogHead::default()),
                limits::ORIGIN_RETURNS,
                limits::ORIGIN_RETURNS_EVERY,
            ),
        ] {
            assert_eq!(allowed(&mut origins, &purpose, Time(0)), most);
            assert_eq!(origins.visit(Origin(8).into(), &purpose, Time(0)), Ok(()), "others have their own");
            assert_eq!(allowed(&mut origins, &purpose, Time(0) + every / 2), 0);
            assert_eq!(allowed(&mut origins, &purpose, Time(0) + every), 1);
            assert_eq!(allowed(&mut origins, &purpose, Time(0) + FULL_AGAIN), most);
        }
    }

    #[test]
    fn many_households_of_one_network_share_a_budget() {
        let mut origins = Origins::default();
        let mut knocked = [0_u32; 3];
        // 256 blocks of 256 households, one knock each.
        for n in 0..1 << 16 {
            let (block, household) = (Origin(1 << 40 | n >> 8), Origin(1 << 41 | n));
            let place = Place { household, block: Some(block), network: Some(Origin(9)) };
            let allowed = u32::from(origins.visit(place, &knock(), Time(0)).is_ok());
            knocked[2] += allowed;
            knocked[1] += if n < 256 { allowed } else { 0 };
        }
        let most = limits::ORIGIN_TIMES.map(|times| times * limits::ORIGIN_KNOCKS);
        assert_eq!(knocked[1..], most[1..]);
    }

    #[test]
    fn origins_are_bounded_and_forgotten_once_their_buckets_fill() {
        let mut origins = Origins::default();
        assert_eq!(allowed(&mut origins, &knock(), Time(0)), limits::ORIGIN_KNOCKS);
        for from in 100..100 + 3 * limits::ORIGINS as u64 {
            assert_eq!(origins.visit(Origin(from).into(), &knock(), Time(0)), Ok(()));
            assert!(origins.held() <= limits::ORIGINS);
            if from < 100 + limits::ORIGINS as u64 / 2 {
                assert_eq!(
                    origins.visit(HERE.into(), &knock(), Time(0)),
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
