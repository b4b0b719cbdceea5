//! The facilitator before this one, to whom the role can be given back.

use serde::{Deserialize, Serialize};

use crate::ids::SeatId;
use crate::session::{Departure, Role, clean};
use crate::wire::Gone;

/// The member who led before, and how the role was lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::session) enum Former {
    /// Gave it to another and stayed. Nothing is to be given back.
    Beside(SeatId),
    /// Was away when the group chose another, or is here again by the name of the one who went.
    Replaced(SeatId),
    /// Went, or was lost; the name that the member had.
    Gone(String),
}

impl Former {
    /// The one to whom the role can be given back, while they have a seat.
    pub(super) fn replaced(&self) -> Option<SeatId> {
        match self {
            Self::Replaced(seat) => Some(*seat),
            Self::Beside(_) | Self::Gone(_) => None,
        }
    }

    /// A member of this role and name gives up a seat: what is kept then.
    pub(super) fn after(before: Option<Self>, seat: SeatId, role: Role, name: &str, why: Departure) -> Option<Self> {
        let was = match &before {
            Some(Self::Beside(former) | Self::Replaced(former)) => *former == seat,
            Some(Self::Gone(_)) | None => false,
        };
        match why {
            Departure::Gone(Gone::Left | Gone::Lost) | Departure::Returned if was || role == Role::Facilitator => {
                Some(Self::Gone(name.to_owned()))
            }
            Departure::Removed | Departure::Gone(Gone::NeverCame) if was => None,
            Departure::Gone(_) | Departure::Removed | Departure::Returned => before,
        }
    }

    /// Whether this could have come about among these members.
    pub(super) fn is_sound(&self, seats: &[SeatId]) -> bool {
        match self {
            Self::Beside(seat) | Self::Replaced(seat) => seats.contains(seat),
            Self::Gone(name) => *name == clean::name(name),
        }
    }
}
