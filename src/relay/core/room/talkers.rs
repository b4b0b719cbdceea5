//! Whose voices are forwarded when many speak: those of the loudest few, who keep their places for a moment.

use crate::ids::{SeatId, Time};
use crate::wire::limits;

struct ActiveTalker {
    seat: SeatId,
    level: u8,
    since: Time,
    heard: Time,
}

/// Up to [`limits::TALKERS`] seats.
#[derive(Default)]
pub(super) struct Talkers(Vec<ActiveTalker>);

impl Talkers {
    /// Whether a frame of `seat` at `level` (`0..=7`) is forwarded. A talker keeps the place for [`limits::TALKER_STICKS`], and
    /// then gives it up only to somebody clearly louder.
    pub(super) fn admit(&mut self, seat: SeatId, level: u8, now: Time) -> bool {
        self.0.retain(|talker| now.since(talker.heard) < limits::TALKER_STICKS);
        if let Some(talker) = self.0.iter_mut().find(|talker| talker.seat == seat) {
            // A level that falls slowly keeps the pause between two words from costing the place.
            talker.level = level.max(talker.level.saturating_sub(1));
            talker.heard = now;
            return true;
        }
        if self.0.len() >= limits::TALKERS {
            let settled = self.0.iter().enumerate().filter(|(_, t)| now.since(t.since) >= limits::TALKER_STICKS);
            let Some((at, quietest)) = settled.min_by_key(|(_, talker)| talker.level) else { return false };
            if level < quietest.level.saturating_add(2) {
                return false;
            }
            self.0.remove(at);
        }
        self.0.push(ActiveTalker { seat, level, since: now, heard: now });
        true
    }

    /// All whose voices are forwarded except for this listener, in the order in which they began.
    pub(super) fn others(&self, listener: SeatId) -> impl Iterator<Item = SeatId> {
        self.0.iter().map(|talker| talker.seat).filter(move |talker| *talker != listener)
    }

    /// Takes a seat's place away.
    pub(super) fn forget(&mut self, seat: SeatId) {
        self.0.retain(|talker| talker.seat != seat);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Time {
        Time(ms * 1000)
    }

    #[test]
    fn three_speak_and_the_fourth_must_be_louder() {
        let mut talkers = Talkers::default();
        assert!((1..=3).all(|seat| talkers.admit(SeatId(seat), 4, at(0))));
        assert!(!talkers.admit(SeatId(4), 7, at(100)), "nobody loses the place within its first moment");
        assert!((1..=3).all(|seat| talkers.admit(SeatId(seat), 4, at(290))));
        assert!(!talkers.admit(SeatId(4), 5, at(310)), "a little louder is not enough");
        assert!(talkers.admit(SeatId(4), 6, at(310)));
        assert_eq!((1..=3).filter(|seat| talkers.admit(SeatId(*seat), 4, at(320))).count(), 2);
    }

    #[test]
    fn a_place_is_free_once_its_holder_is_silent() {
        let mut talkers = Talkers::default();
        assert!((1..=3).all(|seat| talkers.admit(SeatId(seat), 7, at(0))));
        assert!(!talkers.admit(SeatId(4), 1, at(299)));
        assert!(talkers.admit(SeatId(4), 1, at(301)));
        talkers.forget(SeatId(4));
        assert!((5..=7).all(|seat| talkers.admit(SeatId(seat), 1, at(302))));
    }
}
