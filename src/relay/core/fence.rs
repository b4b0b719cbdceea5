//! Keeps a relay of a fleet from sending for rooms that may be another's by now.

use std::time::Duration;

use crate::ids::Time;

/// A relay that looks at nothing for this long stood still. A registry that comes back gives each lease its whole time, 3 s, before
/// anybody can take a room; and a relay that doesn't stand still asks it every second.
const STOOD_STILL: Duration = Duration::from_millis(1500);

/// Whether anything may be sent. A relay that holds a lease on its rooms may send until others can have them; after that as long as
/// it has not stood still since, because the registry is away then for whoever would take them. A relay that was stopped meanwhile
/// sends nothing more until the registry has said whose its rooms are.
#[derive(Clone, Debug)]
pub struct Fence {
    sure_until: Time,
    looked: Time,
    closed: bool,
}

impl Fence {
    /// Closed until the registry is heard from.
    pub fn closed(now: Time) -> Self {
        Self { sure_until: now, looked: now, closed: true }
    }

    /// Nobody else can have the rooms until then.
    pub fn sure(&mut self, until: Time) {
        self.sure_until = self.sure_until.max(until);
    }

    /// The rooms are said to be others'.
    pub fn close(&mut self) {
        self.closed = true;
    }

    /// All rooms that are here are this relay's, if the time isn't over yet until which that is sure. Whether it's open now.
    pub fn open(&mut self, now: Time) -> bool {
        self.closed = now >= self.sure_until;
        !self.closed
    }

    /// To be called at least four times a second, and before anything is sent. Whether it may be; and whether it has just turned out
    /// that the relay stood still.
    pub fn look(&mut self, now: Time) -> (bool, bool) {
        let stood_still = now.since(self.looked) >= STOOD_STILL;
        self.looked = self.looked.max(now);
        let shuts = stood_still && now >= self.sure_until;
        self.closed |= shuts;
        (!self.closed, shuts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(until: u64) -> Fence {
        let mut fence = Fence::closed(Time(0));
        fence.sure(Time(0) + Duration::from_millis(until));
        fence.open(Time(0));
        fence
    }

    fn at(ms: u64) -> Time {
        Time(0) + Duration::from_millis(ms)
    }

    #[test]
    fn a_relay_that_stands_still_past_its_lease_sends_nothing_more() {
        let mut fence = open(3000);
        assert_eq!(fence.look(at(250)), (true, false));
        assert_eq!(fence.look(at(2900)), (true, false), "it is still its own");
        assert_eq!(fence.look(at(4500)), (false, true));
        assert_eq!(fence.look(at(4501)), (false, false), "it's told once");
        fence.sure(at(9000));
        assert_eq!(fence.look(at(4502)), (false, false), "the registry must say whose the rooms are");
        assert!(fence.open(at(4503)));
        assert_eq!(fence.look(at(4503)), (true, false));
        assert_eq!(fence.look(at(20_000)), (false, true));
        assert!(!fence.open(at(20_000)), "that word was from before it stood still");
    }

    #[test]
    fn a_relay_that_is_awake_goes_on_while_the_registry_is_away() {
        let mut fence = open(3000);
        assert!((0..40).all(|quarter| fence.look(at(quarter * 250)).0));
        fence.close();
        assert!(!fence.look(at(10_000)).0);
    }
}
