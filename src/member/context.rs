//! What every part of a member works with: the room that the screens show, the effects asked for, chance and the time.

use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

use super::effect::{Effect, Effects};
use crate::ids::{SeatId, SeatSet, Time};
use crate::session::{Event, Phase, Room, Trouble};
use crate::wire::ToRelay;

/// What the parts share, and nothing else: each keeps what only it needs.
pub(super) struct Context {
    /// What the screens show.
    pub(super) room: Room,
    /// What the shell is to do.
    pub(super) effects: Effects,
    /// All randomness: equal seeds give equal effects.
    pub(super) rng: ChaCha20Rng,
    /// The time of the call that is being handled.
    pub(super) now: Time,
    /// Whether there is a link to the relay. [`super::connection::Connection`] sets it, and nobody else.
    pub(super) line_up: bool,
    /// Whether there is a second way to it, over which something comes. [`super::second_way::SecondWay`] sets it.
    pub(super) second_up: bool,
    /// The key that the relay has shown; likewise.
    pub(super) relay_key: [u8; 32],
}

impl Context {
    /// Shows an event; the room is already as it says.
    pub(super) fn tell(&mut self, event: Event) {
        self.effects.push(Effect::Tell(event));
    }

    /// Says what went wrong, if anything did.
    pub(super) fn report(&mut self, result: Result<(), Trouble>) {
        if let Err(trouble) = result {
            self.tell(Event::Trouble(trouble));
        }
    }

    /// Sends a control message, if there is a link.
    pub(super) fn send(&mut self, message: ToRelay) {
        if self.line_up {
            self.effects.push(Effect::Control(message));
        }
    }

    /// Sends a datagram, whether or not there is a link.
    pub(super) fn datagram(&mut self, bytes: Vec<u8>) {
        self.effects.push(Effect::Datagram(bytes));
    }

    /// Draws 32 bytes.
    pub(super) fn draw(&mut self) -> [u8; 32] {
        let mut seed = [0; 32];
        self.rng.fill_bytes(&mut seed);
        seed
    }

    /// Whether it is all over.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.room.phase, Phase::Over(_))
    }

    /// Whether this member is in the circle, and its line isn't taken for cut.
    pub(super) fn is_in(&self) -> bool {
        self.room.phase == Phase::In
    }

    /// Whether this member is in the circle and has a link.
    pub(super) fn is_live(&self) -> bool {
        self.is_in() && (self.line_up || self.second_up)
    }

    /// The group's time now, in milliseconds.
    pub(super) fn group_ms(&self) -> u64 {
        self.room.group_ms(self.now)
    }

    /// The seats of everybody in the circle.
    pub(super) fn seats(&self) -> SeatSet {
        self.room.state.circle.seats.keys().copied().collect()
    }

    /// A member's name; empty for a seat that nobody has.
    pub(super) fn name(&self, seat: SeatId) -> String {
        self.room.state.circle.name(seat).unwrap_or_default().to_owned()
    }

    /// My name.
    pub(super) fn my_name(&self) -> String {
        self.room.me.map(|me| self.name(me)).unwrap_or_default()
    }
}
