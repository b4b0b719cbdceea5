//! The group's keys as this member has them. What isn't sealed with them goes nowhere.
//!
//! Every entry of the log is sealed with the keys of its place there: the relay passes over what is sealed with older ones,
//! and its maker seals it again. So nothing is ever opened with keys of the past, and those are gone at once.

use serde::Serialize;

use super::Member;
use crate::crypto::frame::Frames;
use crate::crypto::group::{Allowed, Group, GroupError};
use crate::ids::{ActionNo, SeatId, SeatSet, Time};
use crate::session::{Ended, Event, Fact, Trouble};
use crate::wire::{Act, Blob};

/// Keys of the log, and keys of voices that come of them.
pub(super) struct Keys {
    pub(super) group: Group,
    pub(super) frames: Frames,
}

impl Keys {
    /// The keys of a group that I have just opened or come into.
    pub(super) fn new(group: Group, seats: SeatSet) -> Result<Self, GroupError> {
        let frames = Frames::new(group.me(), group.epoch(), &*group.frame_key()?, seats);
        Ok(Self { group, frames })
    }

    /// Leaves of members whose seats were given up, to be cut off by the next commit.
    pub(super) fn gone(&self, seats: SeatSet) -> SeatSet {
        self.group.seats().iter().filter(|seat| !seats.contains(*seat)).collect()
    }
}

/// What the relay sees of an action, authenticated with what it doesn't see.
pub(super) fn bound(number: ActionNo, act: &Act) -> Vec<u8> {
    #[derive(Serialize)]
    struct Bound<'a>(ActionNo, &'a Act);
    postcard::to_stdvec(&Bound(number, act)).unwrap_or_default()
}

impl Member {
    /// The seats of everybody in the circle.
    pub(super) fn seats(&self) -> SeatSet {
        self.room.state.seats.keys().copied().collect()
    }

    /// Reads somebody else's entry. What can't be opened says nothing; `None` if it's a commit that doesn't hold, after which
    /// this member has no keys for what follows.
    pub(super) fn open(&mut self, seat: SeatId, number: ActionNo, act: Act, body: &Blob, now: Time) -> Option<Fact> {
        let seats = self.seats();
        let keys = self.keys.as_mut()?;
        let bound = bound(number, &act);
        let Act::Commit { admit, replace, remove } = act else {
            let plain = keys.group.open(body.bytes(), seat, &bound).ok();
            let said = plain.and_then(|plain| self.history.read(&plain));
            if said.as_ref().is_none_or(|(_, same)| !same) && self.history.warns(now) {
                self.tell(Event::Trouble(Trouble::Diverged));
            }
            return Some(Fact::Action { seat, number, act, op: said.map(|(op, _)| op) });
        };
        let state = &self.room.state;
        if state.facilitator() != Some(seat) || !(admit.is_empty() || state.may_admit(seat)) {
            return None;
        }
        let must_remove: SeatSet = replace.iter().chain(remove.iter()).collect();
        let may_remove = must_remove.iter().chain(keys.gone(seats).iter()).collect();
        let allowed = Allowed { add: admit.iter().map(|(_, seat)| *seat).collect(), must_remove, may_remove };
        let changed = keys.group.apply(body.bytes(), seat, &bound, &allowed).ok()?;
        Some(Fact::Commit { seat, number, admitted: changed.added, replaced: replace, removed: remove })
    }

    /// A commit is in the log and its keys are mine: from here on they are used, and none before. `left` are the seats that it
    /// has taken, be they given anew or not.
    pub(super) fn enter_epoch(&mut self, left: SeatSet, now: Time) {
        let seats = self.seats();
        let Some(keys) = &mut self.keys else { return };
        let Ok(base) = keys.group.frame_key() else { return self.end(Ended::KeysLost) };
        keys.frames.forget(left);
        let early = keys.frames.enter(keys.group.epoch(), &base, seats, now);
        if self.actions.enter_epoch() {
            keys.group.drop_commit();
        }
        for (head, plain) in early {
            self.play(&head, &plain, now);
        }
        self.flush();
    }
}
