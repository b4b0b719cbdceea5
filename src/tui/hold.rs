//! Push-to-talk with the key of the microphone: held down, it opens the microphone and closes it when it goes up, where the
//! terminal reports that; pressed shortly, it leaves it open.

use std::time::Duration;

use crate::ids::Time;

/// Whoever holds the key for less has pressed it.
const SHORT: Duration = Duration::from_millis(400);
/// A key that has repeated and is silent for this long has gone up unseen: the terminal lost it, or the line is slow.
const LOST: Duration = Duration::from_secs(1);
/// Presses with no more than this between them are one key that is held down, where the terminal doesn't tell.
const REPEATS: Duration = Duration::from_millis(120);

/// The key of the microphone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Hold {
    /// When it went down, if it opened the microphone and is still down.
    since: Option<Time>,
    /// When it last repeated while it is down.
    repeated: Option<Time>,
    pressed: Option<Time>,
}

impl Hold {
    /// It went down, and opens the microphone or closes it. `false` if it is the same press as before.
    pub(super) fn press(&mut self, opens: bool, now: Time) -> bool {
        let before = self.pressed.replace(now);
        if before.is_some_and(|at| now > at && now.since(at) < REPEATS) {
            return false;
        }
        (self.since, self.repeated) = (opens.then_some(now), None);
        true
    }

    /// It is still down.
    pub(super) fn repeat(&mut self, now: Time) {
        if self.since.is_some() {
            self.repeated = Some(now);
        }
    }

    /// It went up, or the window is no longer looked at: whether the microphone closes.
    pub(super) fn release(&mut self, now: Time) -> bool {
        self.repeated = None;
        self.since.take().is_some_and(|since| now.since(since) >= SHORT)
    }

    /// Whether the microphone closes because nothing is heard of the key any more.
    pub(super) fn is_lost(&mut self, now: Time) -> bool {
        let lost = self.repeated.is_some_and(|at| now.since(at) >= LOST);
        if lost {
            (self.since, self.repeated) = (None, None);
        }
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Time = Time(5_000_000);

    fn after(millis: u64) -> Time {
        START + Duration::from_millis(millis)
    }

    #[test]
    fn a_short_press_leaves_it_open_and_a_long_one_closes_it() {
        let mut hold = Hold::default();
        assert!(hold.press(true, START));
        assert!(!hold.release(after(150)));
        assert!(hold.press(true, after(1000)));
        assert!(hold.release(after(2600)));
        // What closed it closes nothing when it goes up.
        assert!(hold.press(false, after(4000)));
        assert!(!hold.release(after(9000)));
    }

    #[test]
    fn a_held_key_whose_end_is_lost_closes_it() {
        let mut hold = Hold::default();
        hold.press(true, START);
        for at in (500..3000).step_by(33) {
            hold.repeat(after(at));
            assert!(!hold.is_lost(after(at + 20)));
        }
        assert!(hold.is_lost(after(4200)) && !hold.is_lost(after(9000)));
        // Without repeats nothing is known of it.
        hold.press(true, after(20_000));
        assert!(!hold.is_lost(after(60_000)));
    }

    #[test]
    fn presses_faster_than_a_hand_are_one() {
        let mut hold = Hold::default();
        assert!(hold.press(true, START) && hold.press(false, after(500)));
        assert!((1..50).all(|count| !hold.press(true, after(500 + count * 33))));
        assert!(hold.press(true, after(4000)));
    }
}
