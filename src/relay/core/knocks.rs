//! Those who knock: at a room's door, at a decoy where there is no room, or waiting where one may still be restored.

use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

use super::context::Context;
use super::decoy::Decoys;
use super::guest::Guest;
use super::outbox::ConnId;
use super::restoring::Restorations;
use super::rooms::Rooms;
use super::waiting::Waiting;
use crate::ids::{Attempt, Nameplate, Time};
use crate::wire::{Blob, Refusal};

/// What each connection is whose knock has gone on, or why it is refused.
pub(super) type LetOn = Vec<(ConnId, Result<Guest, Refusal>)>;

/// All knocks of a relay, each with a number of its own.
pub(super) struct Knocks {
    pub(super) decoys: Decoys,
    /// Those who knock where a room may still be restored.
    pub(super) waiting: Waiting,
    attempts: u32,
}

impl Knocks {
    /// Until `restored_by` whoever knocks is kept waiting, as any room may be restored.
    pub(super) fn new(restored_by: Time, rng: &mut ChaCha20Rng) -> Self {
        let decoys = Decoys::new(rng);
        // What joiners have begun with a door before a restart is never taken for what they begin now.
        let attempts = if restored_by == Time(0) { 0 } else { rng.next_u32() };
        Self { decoys, waiting: Waiting::until(restored_by), attempts }
    }

    /// A joiner knocks. What it is from here on.
    ///
    /// # Errors
    /// Why it may not.
    pub(super) fn knock(
        &mut self,
        conn: ConnId,
        nameplate: Nameplate,
        body: Blob,
        (rooms, restorations): (&mut Rooms, &Restorations),
        cx: &mut Context<'_>,
    ) -> Result<Guest, Refusal> {
        self.attempts = self.attempts.wrapping_add(1);
        let attempt = Attempt(self.attempts);
        if let Some(room) = rooms.get_mut(nameplate).filter(|room| room.has_door()) {
            room.knock(attempt, conn, body, cx)?;
            return Ok(Guest::Joiner { nameplate, attempt });
        }
        if self.waiting.holds(cx.now) || restorations.expect(nameplate) {
            self.waiting.add(attempt, nameplate, conn, body)?;
            return Ok(Guest::Waiting { attempt });
        }
        self.knock_at_decoy(conn, attempt, nameplate, &body, cx)
    }

    fn knock_at_decoy(
        &mut self,
        conn: ConnId,
        attempt: Attempt,
        nameplate: Nameplate,
        body: &Blob,
        cx: &mut Context<'_>,
    ) -> Result<Guest, Refusal> {
        self.decoys.knock(nameplate, attempt, conn, body, cx)?;
        Ok(Guest::AtDecoy { nameplate, attempt })
    }

    /// Those who knocked where a room might have been restored are at its door now, or at a decoy's.
    pub(super) fn let_on(&mut self, (rooms, restorations): (&mut Rooms, &Restorations), cx: &mut Context<'_>) -> LetOn {
        let holds = self.waiting.holds(cx.now);
        let on = self.waiting.take(|nameplate| rooms.contains(nameplate) || !holds && !restorations.expect(nameplate));
        let let_on = on.into_iter().map(|(attempt, (nameplate, conn, body))| {
            let at_door = match rooms.get_mut(nameplate).filter(|room| room.has_door()) {
                Some(room) => room.knock(attempt, conn, body, cx).map(|()| Guest::Joiner { nameplate, attempt }),
                None => self.knock_at_decoy(conn, attempt, nameplate, &body, cx),
            };
            (conn, at_door)
        });
        let_on.collect()
    }

    /// All of them are over.
    pub(super) fn clear(&mut self) {
        self.waiting.clear();
        self.decoys.clear();
    }
}
