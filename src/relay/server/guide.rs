//! Where groups are, for a relay that is one of several.

use std::future::Future;
use std::pin::Pin;

use crate::ids::Nameplate;
use crate::wire::RelayAt;

/// What somebody asks a relay for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A new room.
    Host,
    /// To be let in where this number is.
    Knock(Nameplate),
    /// A seat in the room of this number, which a ticket gives.
    Resume(Nameplate),
}

/// Which way they are to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// They are right.
    Here,
    /// To this relay.
    There(RelayAt),
    /// It can't be said at the moment.
    NotYet,
}

/// Says where groups are.
pub trait Guide: Send + Sync {
    /// Which way somebody is to go. For a number nobody must see from how long it takes whether there is a group.
    fn lead(&self, asked: Asked) -> Pin<Box<dyn Future<Output = Way> + Send + '_>>;

    /// The relay stood still for so long that its rooms may be others' by now. It sends nothing until
    /// [`Helm::open`](super::Helm::open). Called under the relay's lock, so it must do no more than take note.
    fn stood_still(&self);
}
