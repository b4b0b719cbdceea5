//! Who holds the door, as far as it follows from what of the log is in the clear: one rule for the relay and the members.
//!
//! The door is the first of those named for it whose line isn't gone, then whoever has been there longest. The names are
//! given by the door itself while it was named, or by more than half of the electors, without the door's consent. Electors are
//! all members but those who were named and lost the door with their line. So the relay follows what the members have decided,
//! though it can't read their decisions; and members, who count only what the others have signed, never follow a door that a
//! relay has made up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::limits;
use crate::ids::{SeatId, SeatSet};

/// Who may hold the door, in order. Bounded by the room's seats.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doors {
    /// Everybody, in the order of arrival.
    seats: Vec<SeatId>,
    /// Those named for the door. At most [`limits::LEADS`].
    named: Vec<SeatId>,
    /// Whom each seat wants named. Once more than half of the electors want the same, these are named.
    wanted: BTreeMap<SeatId, Vec<SeatId>>,
    /// Members who lost the door with their line, and haven't taken it back. Never everybody.
    lapsed: SeatSet,
}

impl Doors {
    /// The seat whose commits count and whose acts are carried out.
    pub fn door(&self) -> Option<SeatId> {
        let here = |seat: &&SeatId| !self.lapsed.contains(**seat);
        self.named.iter().find(here).or_else(|| self.seats.iter().find(here)).copied()
    }

    /// Those named for the door, in their order.
    pub fn named(&self) -> &[SeatId] {
        &self.named
    }

    /// Everybody, in the order of arrival.
    pub fn seats(&self) -> &[SeatId] {
        &self.seats
    }

    /// Whether a seat may let others in: it has the door because it was named, and not only for being there longest.
    pub fn may_admit(&self, seat: SeatId) -> bool {
        self.door() == Some(seat) && self.named.contains(&seat)
    }

    /// Whether a seat has lost the door with its line, and not taken it back.
    pub fn has_lapsed(&self, seat: SeatId) -> bool {
        self.lapsed.contains(seat)
    }

    /// Whom a seat wants named, as long as others are.
    pub fn wanted_by(&self, seat: SeatId) -> Option<&[SeatId]> {
        self.wanted.get(&seat).map(Vec::as_slice)
    }

    /// The room is opened: its first seat is named.
    pub fn open(&mut self, seat: SeatId) {
        self.arrive(seat);
        self.named = vec![seat];
    }

    /// Someone came in.
    pub fn arrive(&mut self, seat: SeatId) {
        self.depart(seat);
        self.seats.push(seat);
    }

    /// A seat is free again.
    pub fn depart(&mut self, seat: SeatId) {
        self.seats.retain(|other| *other != seat);
        self.lapsed.remove(seat);
        self.named.retain(|other| *other != seat);
        self.wanted.remove(&seat);
        // Nobody wants a member named who is gone.
        self.wanted.retain(|_, named| !named.contains(&seat));
        self.keep_one();
        self.heed();
    }

    /// Whether `named` are seats that could be named.
    pub fn can_name(&self, named: &[SeatId]) -> bool {
        let set: SeatSet = named.iter().copied().collect();
        named.len() <= limits::LEADS
            && set.iter().count() == named.len()
            && named.iter().all(|seat| self.seats.contains(seat))
    }

    /// Whether a seat counts where more than half are needed: not if it was named and lost the door with its line, so that
    /// whoever is left can go on without it.
    pub fn is_elector(&self, seat: SeatId) -> bool {
        self.seats.contains(&seat) && !(self.lapsed.contains(seat) && self.named.contains(&seat))
    }

    /// How many seats count where more than half are needed.
    pub fn electors(&self) -> usize {
        self.seats.iter().filter(|seat| self.is_elector(**seat)).count()
    }

    /// A seat wants these to be named. They are at once if a door that was named says so, or more than half of the electors do
    /// now. A door that holds it only for being there longest can't name itself.
    pub fn name(&mut self, by: SeatId, named: &[SeatId]) {
        if !self.can_name(named) || !self.seats.contains(&by) {
            return;
        }
        if named == self.named {
            self.wanted.remove(&by);
            return;
        }
        self.wanted.insert(by, named.to_vec());
        if self.may_admit(by) || self.is_wanted(named) {
            self.set(named.to_vec());
        }
    }

    /// The door's line is gone: the next has it, until it is taken back. Any other seat's line changes nothing here.
    pub fn lapse(&mut self, seat: SeatId) {
        if self.door() == Some(seat) && self.seats.len() > 1 {
            self.lapsed.insert(seat);
            if self.seats.iter().all(|seat| self.lapsed.contains(*seat)) {
                // Once around: everybody has had it, and whoever comes first may have it again.
                self.lapsed = [seat].into_iter().collect();
            }
            self.heed();
        }
    }

    /// A member who lost the door with its line is back, and counts again at its old place.
    pub fn take_back(&mut self, seat: SeatId) {
        self.lapsed.remove(seat);
        self.heed();
    }

    /// Whether this could have come about by the calls above.
    pub fn is_sound(&self) -> bool {
        let set: SeatSet = self.seats.iter().copied().collect();
        self.seats.len() <= limits::MEMBERS
            && set.iter().count() == self.seats.len()
            && self.can_name(&self.named)
            && self.wanted.iter().all(|(by, named)| set.contains(*by) && self.can_name(named) && !self.is_wanted(named))
            && self.lapsed.iter().all(|seat| set.contains(seat))
            && (self.seats.is_empty() || self.door().is_some())
    }

    fn is_wanted(&self, named: &[SeatId]) -> bool {
        let wants = |(by, wanted): &(&SeatId, &Vec<SeatId>)| self.is_elector(**by) && *wanted == named;
        self.wanted.iter().filter(wants).count() * 2 > self.electors()
    }

    /// Others count than before: what more than half want now is so.
    fn heed(&mut self) {
        let by_most = self.wanted.values().find(|named| self.is_wanted(named)).cloned();
        if let Some(named) = by_most {
            self.set(named);
        }
    }

    fn set(&mut self, named: Vec<SeatId>) {
        self.named = named;
        self.wanted.clear();
    }

    fn keep_one(&mut self) {
        if self.seats.iter().all(|seat| self.lapsed.contains(*seat)) {
            self.lapsed = SeatSet::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seats(numbers: &[u8]) -> Vec<SeatId> {
        numbers.iter().copied().map(SeatId).collect()
    }

    fn of(count: u8) -> Doors {
        let mut doors = Doors::default();
        doors.open(SeatId(0));
        (1..count).for_each(|seat| doors.arrive(SeatId(seat)));
        doors
    }

    #[test]
    fn the_door_names_and_the_named_follow_in_order() {
        let mut doors = of(5);
        assert_eq!(doors.door(), Some(SeatId(0)));
        doors.name(SeatId(0), &seats(&[0, 3, 2]));
        for next in [3, 2, 1, 4] {
            let door = doors.door().expect("somebody");
            doors.depart(door);
            assert_eq!(doors.door(), Some(SeatId(next)));
            assert_eq!(doors.may_admit(SeatId(next)), next == 3 || next == 2, "the longest there only holds it");
        }
    }

    #[test]
    fn more_than_half_of_all_seats_move_the_door_and_no_fewer() {
        let mut doors = of(4);
        doors.name(SeatId(1), &seats(&[2]));
        doors.name(SeatId(1), &seats(&[2]));
        doors.name(SeatId(3), &seats(&[2]));
        assert_eq!(doors.door(), Some(SeatId(0)), "half is not more than half, however often it is said");
        doors.name(SeatId(2), &seats(&[2]));
        assert_eq!((doors.door(), doors.wanted_by(SeatId(1))), (Some(SeatId(2)), None));
        doors.name(SeatId(0), &seats(&[0]));
        assert_eq!(doors.door(), Some(SeatId(2)), "who was the door before is one of four");
    }

    #[test]
    fn with_fewer_seats_what_is_wanted_may_be_so() {
        let mut doors = of(4);
        doors.name(SeatId(1), &seats(&[2]));
        doors.name(SeatId(2), &seats(&[2]));
        doors.depart(SeatId(3));
        assert_eq!(doors.door(), Some(SeatId(2)));
    }

    #[test]
    fn nobody_absent_is_named_and_nobody_twice_or_too_many() {
        let mut doors = of(9);
        let many: Vec<u8> = (0..=limits::LEADS as u8).collect();
        for wrong in [&[9][..], &[1, 1], &many] {
            doors.name(SeatId(0), &seats(wrong));
            assert_eq!(doors.named(), seats(&[0]), "{wrong:?}");
        }
        doors.name(SeatId(9), &seats(&[1]));
        assert!(doors.is_sound());
    }

    #[test]
    fn a_lost_line_passes_the_door_on_until_it_is_taken_back() {
        let mut doors = of(3);
        doors.name(SeatId(0), &seats(&[0, 2]));
        doors.lapse(SeatId(1));
        assert_eq!(doors.door(), Some(SeatId(0)), "another's line changes nothing");
        doors.lapse(SeatId(0));
        assert!(doors.may_admit(SeatId(2)));
        doors.lapse(SeatId(2));
        assert_eq!((doors.door(), doors.may_admit(SeatId(1))), (Some(SeatId(1)), false));
        doors.take_back(SeatId(2));
        assert_eq!(doors.door(), Some(SeatId(2)));
        doors.take_back(SeatId(0));
        assert_eq!(doors.door(), Some(SeatId(0)));
    }

    #[test]
    fn a_chair_can_not_name_itself() {
        let mut doors = of(4);
        doors.lapse(SeatId(0));
        doors.name(SeatId(1), &seats(&[1]));
        assert_eq!((doors.door(), doors.may_admit(SeatId(1))), (Some(SeatId(1)), false), "one of three");
        doors.name(SeatId(3), &seats(&[1]));
        assert!(doors.may_admit(SeatId(1)));
    }

    #[test]
    fn whoever_is_left_is_more_than_half_without_the_named() {
        let mut doors = of(2);
        doors.name(SeatId(1), &seats(&[1]));
        assert_eq!(doors.door(), Some(SeatId(0)), "not while the door is there");
        doors.lapse(SeatId(0));
        assert!(doors.may_admit(SeatId(1)), "and at once when it no longer is");
        // A member who never was named counts, wherever the line is; nor can doors that lapse one by one leave one to decide.
        let mut doors = of(4);
        (0..3).for_each(|seat| doors.lapse(SeatId(seat)));
        assert_eq!((doors.door(), doors.electors()), (Some(SeatId(3)), 3));
        doors.name(SeatId(3), &seats(&[3]));
        assert!(!doors.may_admit(SeatId(3)));
        // Whoever comes back counts again.
        doors.take_back(SeatId(0));
        assert_eq!((doors.door(), doors.electors()), (Some(SeatId(0)), 4));
    }

    #[test]
    fn when_everybody_has_lapsed_it_begins_anew() {
        let mut doors = of(2);
        doors.lapse(SeatId(0));
        doors.lapse(SeatId(1));
        assert_eq!(doors.door(), Some(SeatId(0)));
        let mut alone = of(1);
        alone.lapse(SeatId(0));
        assert_eq!(alone.door(), Some(SeatId(0)));
    }

    proptest! {
        #[test]
        fn there_is_a_door_whatever_comes(calls in proptest::collection::vec((0..5_u8, 0..8_u8, 0..8_u8, 0..8_u8), 0..60)) {
            let mut doors = of(3);
            for (call, seat, a, b) in calls {
                let seat = SeatId(seat);
                match call {
                    0 => doors.arrive(seat),
                    1 if doors.seats().len() > 1 => doors.depart(seat),
                    2 => doors.name(seat, &seats(&[a, b])),
                    3 => doors.lapse(seat),
                    _ => doors.take_back(seat),
                }
                prop_assert!(doors.is_sound(), "{:?}", doors);
                prop_assert!(doors.door().is_some_and(|door| doors.seats().contains(&door)));
            }
        }
    }
}
