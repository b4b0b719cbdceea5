//! What members want, and what that means for connections.

use std::time::Duration;

use crate::ids::{ActionNo, SeatId, Time};
use crate::relay::core::outbox::{ConnId, Outbox};
use crate::wire::{Act, Blob, Refusal};

/// What a member wants in the log.
pub(super) struct Action {
    pub(super) number: ActionNo,
    pub(super) act: Act,
    pub(super) body: Blob,
}

/// What an act did to connections.
#[derive(Default)]
pub(super) struct CarriedOut {
    /// Joiners that have a seat now.
    pub(super) admitted: Vec<(ConnId, SeatId)>,
    /// Connections that are to end, and why.
    pub(super) refused: Vec<(ConnId, Refusal)>,
}

/// What a member's message means for connections.
#[derive(Default)]
pub(in crate::relay::core) struct Moves {
    /// Joiners that have a seat now.
    pub(in crate::relay::core) admitted: Vec<(ConnId, SeatId)>,
    /// Connections that end, and have been told.
    pub(in crate::relay::core) over: Vec<ConnId>,
    /// How long the door took to answer a flight.
    pub(in crate::relay::core) door_delay: Option<Duration>,
    /// When the room's voice, or what it has to tell, is due, if that may be sooner now.
    pub(in crate::relay::core) voice_due: Option<Time>,
}

impl Moves {
    /// Ends the connections that are `refused`, and then those that are `evicted`.
    pub(super) fn of(done: CarriedOut, evicted: Vec<ConnId>, out: &mut Outbox) -> Self {
        done.refused.iter().for_each(|(conn, refusal)| out.refuse(*conn, *refusal));
        evicted.iter().for_each(|conn| out.close(*conn));
        let over = done.refused.into_iter().map(|(conn, _)| conn).chain(evicted).collect();
        Self { admitted: done.admitted, over, ..Self::default() }
    }
}
