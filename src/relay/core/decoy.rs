//! Decoys: where a code's number has no group, a knock is answered as a door would answer wrong words.
//!
//! So nobody who tries codes can tell the numbers that have a group from those that have none. A decoy plays the door of
//! [`crate::wire::knock`], on a line of its own: flights reach it after half of a delay, and its answers come back after the
//! other half. It deals with one knock at a time, pauses after wrong words, and after [`limits::FREE_GUESSES`] lets everybody
//! wait, like a door whose facilitator doesn't say yes. At times it's away ([`absence`]). Nothing is cut where a group comes into
//! being: joiners at the decoy by then stay there, and only those who come later are at the group's door.

mod absence;
mod door;
mod line;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use rand_chacha::ChaCha20Rng;

use self::door::Up;
use self::line::{Decoy, Knock};
use super::context::Context;
use super::delays::Delays;
use super::outbox::{ConnId, Outbox};
use crate::ids::{Attempt, Nameplate, Time};
use crate::wire::{Attempting, Blob, Refusal, ToMember, limits};

/// All decoys.
pub(super) struct Decoys {
    /// At most [`limits::DECOYS`], because only real nameplates get one.
    all: BTreeMap<Nameplate, Decoy>,
    /// When each has something to do.
    agenda: BTreeSet<(Time, Nameplate)>,
    delays: Delays,
}

impl Decoys {
    pub(super) fn new(rng: &mut ChaCha20Rng) -> Self {
        Self { all: BTreeMap::new(), agenda: BTreeSet::new(), delays: Delays::new(rng) }
    }

    /// A door has answered a flight this long after it was passed on.
    pub(super) fn door_took(&mut self, room: Nameplate, span: Duration) {
        self.delays.add(room, span);
    }

    /// When [`Self::run`] is due.
    pub(super) fn due(&self) -> Time {
        self.agenda.first().map_or(Time::NEVER, |(due, _)| *due)
    }

    pub(super) fn knock(
        &mut self,
        nameplate: Nameplate,
        attempt: Attempt,
        conn: ConnId,
        body: &Blob,
        cx: &mut Context<'_>,
    ) -> Result<(), Refusal> {
        if !(Nameplate::MIN..=Nameplate::MAX).contains(&nameplate.0) {
            // No code begins with it, so there is nothing to learn.
            return Err(Refusal::NoRoom);
        }
        if body.bytes().len() > limits::KNOCK_FIRST {
            return Err(Refusal::Protocol);
        }
        let Self { all, delays, .. } = &mut *self;
        let decoy = all.entry(nameplate).or_insert_with(|| Decoy::new(delays.some_door(cx.rng), cx.rng, cx.now));
        if decoy.knocks.len() >= limits::KNOCKS || !decoy.shown.take(cx.now) {
            return Err(Refusal::Busy);
        }
        cx.out.tell(conn, &ToMember::Attempt(Attempting::AtDoor));
        decoy.knocks.insert(attempt, Knock { conn, since: cx.now, flights: 1, answered: false });
        self.send(nameplate, attempt, Up::read(body), cx);
        Ok(())
    }

    /// A joiner's next flight.
    ///
    /// # Errors
    /// [`Refusal::Protocol`] if it is one too many, too large, or comes before the door's answer.
    pub(super) fn next_flight(
        &mut self,
        nameplate: Nameplate,
        attempt: Attempt,
        body: &Blob,
        cx: &mut Context<'_>,
    ) -> Result<(), Refusal> {
        let knock = self.all.get_mut(&nameplate).and_then(|decoy| decoy.knocks.get_mut(&attempt));
        let knock = knock.ok_or(Refusal::Protocol)?;
        if !knock.answered || knock.flights >= limits::KNOCK_FLIGHTS || body.bytes().len() > limits::KNOCK_FLIGHT {
            return Err(Refusal::Protocol);
        }
        knock.flights += 1;
        self.send(nameplate, attempt, Up::read(body), cx);
        Ok(())
    }

    /// A joiner goes away.
    pub(super) fn knock_over(&mut self, nameplate: Nameplate, attempt: Attempt, cx: &mut Context<'_>) {
        if self.all.get_mut(&nameplate).is_some_and(|decoy| decoy.over(attempt, cx.now)) {
            self.send(nameplate, attempt, Up::Over, cx);
        }
    }

    /// Whether somebody has knocked at this number lately.
    pub(super) fn is_known(&self, nameplate: Nameplate) -> bool {
        self.all.contains_key(&nameplate)
    }

    /// Does what is due. The connections that it turns away.
    pub(super) fn run(&mut self, cx: &mut Context<'_>) -> Vec<ConnId> {
        let mut gone = Vec::new();
        while let Some((due, nameplate)) = self.agenda.first().copied().filter(|(due, _)| *due <= cx.now) {
            self.agenda.remove(&(due, nameplate));
            let Some(decoy) = self.all.get_mut(&nameplate) else { continue };
            decoy.run(&self.delays, cx, &mut gone);
            decoy.noted = decoy.due();
            self.agenda.insert((decoy.noted, nameplate));
        }
        gone
    }

    /// Looks at what has run out: the joiners who have waited too long, and are refused, and decoys at which nobody is.
    pub(super) fn tick(&mut self, now: Time, out: &mut Outbox) -> Vec<ConnId> {
        let mut refused = Vec::new();
        let Self { all, agenda, .. } = self;
        all.retain(|nameplate, decoy| {
            let old = decoy.is_old(now);
            if old {
                agenda.remove(&(decoy.noted, *nameplate));
            }
            !old
        });
        for decoy in self.all.values_mut() {
            let late = decoy.knocks.extract_if(.., |_, knock| now.since(knock.since) >= limits::KNOCK_TIME);
            for (attempt, knock) in late {
                // Its place on the agenda may be too early now, which does no harm.
                decoy.door.forget(attempt);
                out.refuse(knock.conn, Refusal::Busy);
                refused.push(knock.conn);
            }
        }
        refused
    }

    pub(super) fn clear(&mut self) {
        self.all.clear();
        self.agenda.clear();
    }

    /// How many there are, and how many flights are on their lines.
    #[cfg(test)]
    pub(super) fn held(&self) -> (usize, usize) {
        (self.all.len(), self.all.values().map(|decoy| decoy.on_the_way()).sum())
    }

    fn send(&mut self, nameplate: Nameplate, attempt: Attempt, what: Up, cx: &mut Context<'_>) {
        let Some(decoy) = self.all.get_mut(&nameplate) else { return };
        decoy.send(attempt, what, &self.delays, cx);
        self.agenda.remove(&(decoy.noted, nameplate));
        decoy.noted = decoy.due();
        self.agenda.insert((decoy.noted, nameplate));
    }
}
