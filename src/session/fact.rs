//! A log entry as the reducer takes it.

use super::Op;
use crate::ids::{ActionNo, SeatId, SeatSet};
use crate::wire::{Act, Gone};

/// A log entry, opened, and with its body read if it could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A member's action.
    Action {
        /// Whose.
        seat: SeatId,
        /// Its number.
        number: ActionNo,
        /// What the relay carried out.
        act: Act,
        /// What the member said; `None` if it could not be read.
        op: Option<Op>,
    },
    /// The door's commit, once its keys were found to do what its act says.
    Commit {
        /// Whose.
        seat: SeatId,
        /// Its number.
        number: ActionNo,
        /// The members who come in, with the names they asked for.
        admitted: Vec<(SeatId, String)>,
        /// Seats of members who are away, each given up to the member on another seat: the same person on a new line.
        replaced: Vec<(SeatId, SeatId)>,
        /// Seats taken away.
        removed: SeatSet,
    },
    /// A seat is free again.
    Gone(SeatId, Gone),
    /// The door's line is gone.
    Lapsed(SeatId),
    /// The relay had lost the room, and its members have restored it.
    Restored,
}
