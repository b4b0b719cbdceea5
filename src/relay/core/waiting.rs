//! Joiners who knock where a room may still be restored. They wait, as at a door whose member is away, and are at the room's
//! door or a decoy's as soon as it's clear which.

use std::collections::BTreeMap;

use super::outbox::ConnId;
use crate::ids::{Attempt, Nameplate, Time};
use crate::wire::{Blob, Refusal, limits};

/// Where each knocks, and the first flight of its knock.
type Knock = (Nameplate, ConnId, Blob);

/// At most [`limits::RESTORE_KNOCKS`] of them.
pub(super) struct Waiting {
    until: Time,
    knocks: BTreeMap<Attempt, Knock>,
}

impl Waiting {
    /// Until then any room may be restored.
    pub(super) fn until(until: Time) -> Self {
        Self { until, knocks: BTreeMap::new() }
    }

    /// Whether all who knock are to wait.
    pub(super) fn holds(&self, now: Time) -> bool {
        now < self.until
    }

    /// A joiner waits from here on.
    ///
    /// # Errors
    /// As at a door: [`Refusal::NoRoom`] where no code leads, [`Refusal::Protocol`] if the flight is too long,
    /// [`Refusal::Busy`] if too many wait.
    pub(super) fn add(
        &mut self,
        attempt: Attempt,
        nameplate: Nameplate,
        conn: ConnId,
        body: Blob,
    ) -> Result<(), Refusal> {
        if !(Nameplate::MIN..=Nameplate::MAX).contains(&nameplate.0) {
            return Err(Refusal::NoRoom);
        }
        if body.bytes().len() > limits::KNOCK_FIRST {
            return Err(Refusal::Protocol);
        }
        let here = self.knocks.values().filter(|(other, ..)| *other == nameplate).count();
        if here >= limits::KNOCKS || self.knocks.len() >= limits::RESTORE_KNOCKS {
            return Err(Refusal::Busy);
        }
        self.knocks.insert(attempt, (nameplate, conn, body));
        Ok(())
    }

    /// A joiner goes away.
    pub(super) fn over(&mut self, attempt: Attempt) {
        self.knocks.remove(&attempt);
    }

    /// Takes out those at numbers of which this is true.
    pub(super) fn take(&mut self, at: impl Fn(Nameplate) -> bool) -> Vec<(Attempt, Knock)> {
        self.knocks.extract_if(.., |_, (nameplate, ..)| at(*nameplate)).collect()
    }

    pub(super) fn clear(&mut self) {
        self.knocks.clear();
    }
}
