//! Messages for a few: a private word, a call for help, what is confided to those who lead, and the words of the code.
//!
//! All are sealed to their recipients (`crypto::group`) within what is sent to everybody, in one size. The recipients are fixed
//! when something is said: if they are gone by the time it is in the log, it has reached nobody.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::context::Context;
use crate::crypto::group::Group;
use crate::ids::SeatId;
use crate::session::{Op, State, Trouble};
use crate::wire::limits;

/// What is sealed.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) enum Said {
    /// From one to another.
    Word(String),
    /// I need help.
    Help,
    /// The member who asked for help, by arrival, has been seen to.
    Helped(u64),
    /// About members, for those who lead.
    Confided(Vec<Item>),
    /// The words of the code, and how often they had been replaced before.
    Code(u32, String),
}

/// One thing about one member.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct Item {
    pub(super) arrival: u64,
    /// What they left at the door; otherwise what is to be done if they vanish.
    pub(super) note: bool,
    pub(super) text: String,
}

/// Somebody whom it is for, and not the next member on the seat.
struct Recipient {
    seat: SeatId,
    arrival: u64,
    name: String,
    signer: Vec<u8>,
}

/// Something private on its way into the log.
pub(super) struct Private {
    to: Vec<Recipient>,
    pub(super) said: Said,
    plain: Zeroizing<Vec<u8>>,
    secret: Zeroizing<[u8; 32]>,
}

impl Private {
    /// Something for these seats and nobody else.
    ///
    /// # Errors
    /// [`Trouble::NotTaken`] if nobody is there, there are too many, or it is too long.
    pub(super) fn new(seats: &[SeatId], said: Said, group: &Group, cx: &mut Context) -> Result<Self, Trouble> {
        let recipient = |seat: &SeatId| {
            let member = cx.room.state.circle.seats.get(seat)?;
            let signer = group.signer(*seat)?;
            Some(Recipient { seat: *seat, arrival: member.arrival, name: member.name.clone(), signer })
        };
        let to: Vec<Recipient> = seats.iter().filter_map(recipient).collect();
        let plain = postcard::to_stdvec(&said).map(Zeroizing::new).map_err(|_| Trouble::NotTaken(None))?;
        if to.is_empty() || to.len() > limits::LEADS || plain.len() >= limits::PRIVATE {
            return Err(Trouble::NotTaken(None));
        }
        Ok(Self { to, said, plain, secret: Zeroizing::new(cx.draw()) })
    }

    /// Whether somebody whom it is for is still there.
    pub(super) fn reaches_somebody(&self, state: &State) -> bool {
        self.to.iter().any(|to| state.circle.seats.get(&to.seat).is_some_and(|member| member.arrival == to.arrival))
    }

    /// The name of the first whom it is for.
    pub(super) fn first_name(&self) -> String {
        self.to.first().map(|to| to.name.clone()).unwrap_or_default()
    }

    /// As an operation, sealed with the present keys to those who are still there.
    pub(super) fn op(&self, group: &Group) -> Option<Op> {
        let there = |to: &&Recipient| group.signer(to.seat).is_some_and(|signer| signer == to.signer);
        let seats: Vec<SeatId> = self.to.iter().filter(there).map(|to| to.seat).collect();
        group.seal_to(&seats, &self.secret, &self.plain).ok().map(Op::Private)
    }
}
