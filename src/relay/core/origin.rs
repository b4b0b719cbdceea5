//! How often knocks and hosts may come from one place.
//!
//! Members who are in a room, or come back with a ticket, never wait for any of this.

use std::time::Duration;

use super::bucket::Bucket;
use super::limits::Limits;
use super::remembered::Remembered;
use crate::ids::{Nameplate, Time};
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
    fn new(limits: &Limits, times: u32, now: Time) -> Self {
        let bucket = |most: u32, every: Duration| Bucket::new(most * times, every / times, now);
        Self {
            knocks: bucket(limits.knocks_each, limits::ORIGIN_KNOCKS_EVERY),
            rooms: bucket(limits.rooms_each, limits::ORIGIN_ROOMS_EVERY),
            returns: bucket(limits.returns_each, limits::ORIGIN_RETURNS_EVERY),
        }
    }
}

/// The visits by their places, of which at most [`limits::ORIGINS`] are held.
pub(super) struct Origins {
    limits: Limits,
    visits: Remembered<Origin, Visits>,
    /// From all places together.
    knocks: Bucket,
}

impl Origins {
    pub(super) fn new(limits: Limits) -> Self {
        let knocks = Bucket::of(limits.knocks.burst, limits.knocks.per_second, Time(0));
        Self { limits, visits: Remembered::new(limits::ORIGINS, FULL_AGAIN), knocks }
    }

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
        let of_all = match purpose {
            // Where no code leads, a knock costs nothing.
            Purpose::Knock(at, _) => !(Nameplate::MIN..=Nameplate::MAX).contains(&at.0) || self.knocks.take(now),
            Purpose::Host | Purpose::Resume(..) | Purpose::SecondWay(_) => true,
        };
        if of_all { Ok(()) } else { Err(Refusal::Busy) }
    }

    fn visit_one(&mut self, from: Origin, times: u32, purpose: &Purpose, now: Time) -> Result<(), Refusal> {
        let visits = self.visits.get(from, now, || Visits::new(&self.limits, times, now));
        let bucket = match purpose {
            Purpose::Host => &mut visits.rooms,
            Purpose::Knock(..) => &mut visits.knocks,
            Purpose::Resume(..) | Purpose::SecondWay(_) => &mut visits.returns,
        };
        if bucket.take(now) { Ok(()) } else { Err(Refusal::Busy) }
    }

    /// Forgets places from which nobody has come for long.
    pub(super) fn forget(&mut self, now: Time) {
        self.visits.forget(now);
    }

    /// How many are held.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.visits.held()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::LogHead;
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
        let mut origins = Origins::new(Limits::default());
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
    fn all_places_together_have_a_budget_for_knocks() {
        let limits = Limits::default();
        let mut origins = Origins::new(limits.clone());
        let mut knock_at = |from: u64, now| u32::from(origins.visit(Origin(from).into(), &knock(), now).is_ok());
        assert_eq!((0..20_000).map(|from| knock_at(from, Time(0))).sum::<u32>(), limits.knocks.burst);
        let second = Time(0) + Duration::from_secs(1);
        assert_eq!((0..20_000).map(|from| knock_at(from, second)).sum::<u32>(), limits.knocks.per_second);
    }

    #[test]
    fn many_households_of_one_network_share_a_budget() {
        let mut origins = Origins::new(Limits::default());
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
        let knocks = limits::Budget { burst: 1 << 20, per_second: 1000 };
        let mut origins = Origins::new(Limits { knocks, ..Limits::default() });
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
