//! Names for the things everybody counts: seats, rooms, log entries, frames and time. Every module may use them.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub mod overhead;

/// Which of the two codings of a voice a frame is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The talker's plan, for listeners whose lines have room for it.
    #[default]
    Full,
    /// Fewer bytes and longer packets, for the others.
    Thin,
}

impl Layer {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Full, Self::Thin];
}

/// A place in a room, `0..64`. A seat is held while its member's line is away and is free again once it is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8")]
pub struct SeatId(pub u8);

/// A number from the network that no room gives out as a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no seat has this number")]
pub struct NoSeat;

impl TryFrom<u8> for SeatId {
    type Error = NoSeat;

    fn try_from(number: u8) -> Result<Self, NoSeat> {
        Some(Self(number)).filter(|seat| seat.is_valid()).ok_or(NoSeat)
    }
}

impl SeatId {
    /// Seats are numbered below this, so that a [`SeatSet`] and a frame's one-byte key id hold them all.
    pub const COUNT: u8 = 64;

    /// Whether the number is one that a room can give out.
    pub fn is_valid(self) -> bool {
        self.0 < Self::COUNT
    }
}

impl fmt::Display for SeatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seat {}", self.0)
    }
}

/// A set of seats, one bit a seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SeatSet(u64);

impl SeatSet {
    /// Whether `seat` is in the set.
    pub fn contains(self, seat: SeatId) -> bool {
        seat.is_valid() && self.0 >> seat.0 & 1 == 1
    }

    /// Puts `seat` into the set; a number that no room gives out is left out.
    pub fn insert(&mut self, seat: SeatId) {
        if seat.is_valid() {
            self.0 |= 1 << seat.0;
        }
    }

    /// Takes `seat` out of the set.
    pub fn remove(&mut self, seat: SeatId) {
        if seat.is_valid() {
            self.0 &= !(1 << seat.0);
        }
    }

    /// Whether nobody is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The seats in the set, lowest first.
    pub fn iter(self) -> impl Iterator<Item = SeatId> {
        (0..SeatId::COUNT).map(SeatId).filter(move |seat| self.contains(*seat))
    }
}

impl FromIterator<SeatId> for SeatSet {
    fn from_iter<I: IntoIterator<Item = SeatId>>(seats: I) -> Self {
        let mut set = Self::default();
        seats.into_iter().for_each(|seat| set.insert(seat));
        set
    }
}

/// The public half of a code, `1000..=9999`: by it a relay finds the room. The words of the code never reach a relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Nameplate(pub u16);

impl Nameplate {
    /// The lowest nameplate.
    pub const MIN: u16 = 1000;
    /// The highest nameplate.
    pub const MAX: u16 = 9999;
}

impl fmt::Display for Nameplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

/// One knock at one room's door, numbered by the relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Attempt(pub u32);

/// A position in a room's log. The first entry has index 1; 0 is the empty log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Index(pub u64);

impl Index {
    /// The index of the entry that follows.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Which room it is, among all that ever have the same nameplate. Its relay draws it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RoomId(pub [u8; 8]);

/// Stands for all of a log up to an entry: a hash chain's link, cut to 128 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Chain(pub [u8; Self::LEN]);

impl Chain {
    /// Bytes of a link.
    pub const LEN: usize = 16;
}

/// How far a log goes, or is known, and which log it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LogHead {
    /// The newest entry; 0 for the empty log.
    pub index: Index,
    /// Stands for it and all before it.
    pub chain: Chain,
}

/// The number of a group's keys, from 0. It grows by one with each commit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Epoch(pub u32);

impl Epoch {
    /// The number of the keys that follow.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Which key sealed a frame, in one byte: the talker's seat and the last two bits of the epoch. Every byte is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kid(pub u8);

impl Kid {
    /// The key of `seat` in `epoch`. Of a seat's number its low six bits count, which is all that a room gives out.
    pub fn new(seat: SeatId, epoch: Epoch) -> Self {
        Self(seat.0 << 2 | (epoch.0 & 3) as u8)
    }

    /// Whose key it is.
    pub fn seat(self) -> SeatId {
        SeatId(self.0 >> 2)
    }

    /// The epoch modulo 4.
    pub fn epoch_bits(self) -> u8 {
        self.0 & 3
    }
}

/// The number of an action within its seat, from 1, without gaps: by it the relay applies each action once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActionNo(pub u64);

impl ActionNo {
    /// The number of the action that follows.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// The number of a sealed frame within its talker, without gaps, modulo 2^16.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FrameNo(pub u16);

impl FrameNo {
    /// The number of the frame that follows.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }

    /// The last `count` numbers up to this one, the first of them first.
    pub fn last(self, count: u16) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (0..count).rev().map(move |back| Self(self.0.wrapping_sub(back)))
    }

    /// How many frames `self` comes after `earlier`; negative if before. Right within 32,767 frames either way.
    pub fn since(self, earlier: Self) -> i16 {
        self.0.wrapping_sub(earlier.0).cast_signed()
    }

    /// The numbers from this one on that the bits of `mask` name: bit n the number n after it.
    pub fn named_by(self, mask: u16) -> impl Iterator<Item = Self> {
        (0..16).filter(move |n| mask >> n & 1 == 1).map(move |n| Self(self.0.wrapping_add(n)))
    }

    /// The bit of `number` in a mask that begins with this one; 0 if it is outside.
    pub fn bit(self, number: Self) -> u16 {
        1_u16.checked_shl(number.0.wrapping_sub(self.0).into()).unwrap_or(0)
    }

    /// The number without the modulus: of all that it can stand for the one nearest to `near`.
    pub fn unwrapped(self, near: i64) -> i64 {
        near + i64::from(self.since(Self(near as u16)))
    }
}

/// Some of one talker's frames, which are wanted later than their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackfillRequest {
    /// Whose.
    pub seat: SeatId,
    /// The first number that is wanted.
    pub first: FrameNo,
    /// Bit n: the number `first + n` is wanted. Bit 0 is set.
    pub wanted: u16,
}

/// A probe's place in its row, below 128.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProbeNo(pub u8);

impl ProbeNo {
    /// Whether it is a long one: long and short ones take turns.
    pub fn is_long(self) -> bool {
        self.0.is_multiple_of(2)
    }
}

/// When a datagram left its sender, in units of 8 ms, modulo 128.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SendStamp(u8);

impl SendStamp {
    /// Length of a unit.
    pub const UNIT: Duration = Duration::from_millis(8);
    /// Units after which it begins anew.
    pub const UNITS: u8 = 128;

    /// The stamp of a datagram that leaves at `now` by the sender's clock.
    pub fn at(now: Time) -> Self {
        Self((now.millis() / Self::UNIT.as_millis() as u64) as u8 & (Self::UNITS - 1))
    }

    /// The units, `0..128`.
    pub fn units(self) -> u8 {
        self.0
    }

    /// From its units; `None` unless they are below 128.
    pub fn from_units(units: u8) -> Option<Self> {
        (units < Self::UNITS).then_some(Self(units))
    }

    /// How long after `earlier` this one left, if that was less than 1.024 s.
    pub fn since(self, earlier: Self) -> Duration {
        Self::UNIT * u32::from(self.0.wrapping_sub(earlier.0) & (Self::UNITS - 1))
    }
}

/// A moment, in microseconds since a start that only its clock knows. The pure parts get it as `now`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

impl Time {
    /// A moment that does not come.
    pub const NEVER: Self = Self(u64::MAX);

    /// The time from `earlier` to `self`, zero if `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0))
    }

    /// Milliseconds since the clock's start.
    pub fn millis(self) -> u64 {
        self.0 / 1000
    }
}

impl Add<Duration> for Time {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(span.as_micros()).unwrap_or(u64::MAX)))
    }
}

impl Sub<Duration> for Time {
    type Output = Self;

    fn sub(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(u64::try_from(span.as_micros()).unwrap_or(u64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frame_numbers_compare_across_the_wrap() {
        assert_eq!(FrameNo(2).since(FrameNo(65_534)), 4);
        assert_eq!(FrameNo(65_534).since(FrameNo(2)), -4);
        assert_eq!(FrameNo(u16::MAX).next(), FrameNo(0));
    }

    #[test]
    fn masks_name_numbers_across_the_wrap() {
        let numbers: Vec<u16> = FrameNo(65_535).named_by(0x8003).map(|number| number.0).collect();
        assert_eq!(numbers, [65_535, 0, 14]);
        let bit = |first, number| FrameNo(first).bit(FrameNo(number));
        assert_eq!([bit(65_535, 0), bit(5, 20), bit(5, 21), bit(5, 4)], [2, 0x8000, 0, 0]);
    }

    #[test]
    fn a_set_holds_valid_seats_only() {
        let set: SeatSet = [SeatId(3), SeatId(63), SeatId(64), SeatId(255)].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [SeatId(3), SeatId(63)]);
        assert!(!set.contains(SeatId(64)));
    }

    #[test]
    fn a_key_id_names_seat_and_epoch() {
        for seat in (0..SeatId::COUNT).map(SeatId) {
            for epoch in [0, 3, 4, u32::MAX].map(Epoch) {
                let kid = Kid::new(seat, epoch);
                assert_eq!((kid.seat(), u32::from(kid.epoch_bits())), (seat, epoch.0 % 4));
            }
        }
        assert!((0..=255).all(|byte| Kid(byte).seat().is_valid()));
        assert_eq!(Kid::new(SeatId(5), Epoch(6)), Kid(0b0001_0110));
    }

    #[test]
    fn no_number_from_the_network_wraps() {
        assert_eq!(Index(u64::MAX).next(), Index(u64::MAX));
        assert_eq!(ActionNo(u64::MAX).next(), ActionNo(u64::MAX));
        assert_eq!(Epoch(u32::MAX).next(), Epoch(u32::MAX));
    }

    #[test]
    fn time_never_runs_below_its_start() {
        assert_eq!(Time(5).since(Time(9)), Duration::ZERO);
        assert_eq!(Time(5) - Duration::from_secs(1), Time(0));
        assert_eq!(Time::NEVER + Duration::from_secs(1), Time::NEVER);
    }
}
