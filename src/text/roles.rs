//! Who leads the group.

use crate::ids::SeatId;
use crate::session::{Role, Room};

/// A role in words.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Facilitator => "facilitator",
        Role::CoFacilitator => "co-facilitator",
        Role::Member => "member",
    }
}

/// A member has another role now.
pub fn has_role(room: &Room, seat: SeatId, now: Role) -> String {
    let name = room.state.name(seat).unwrap_or("Someone");
    match (room.me == Some(seat), now) {
        (true, Role::Facilitator) => "You are the facilitator now.".to_owned(),
        (true, Role::CoFacilitator) => {
            "You are co-facilitator now: you follow the facilitator, and see when somebody needs something.".to_owned()
        }
        (true, Role::Member) => "You are a member like the others now.".to_owned(),
        (false, Role::Facilitator) => format!("{name} is the facilitator now."),
        (false, Role::CoFacilitator) => format!("{name} is co-facilitator now."),
        (false, Role::Member) => format!("{name} is a member like the others now."),
    }
}

/// Door and floor are with another now; `help` is how to see what can be done.
pub fn held_by(room: &Room, seat: SeatId, help: &str) -> String {
    let name = room.state.name(seat).unwrap_or("Someone");
    let away = room.state.leads().first().and_then(|lead| room.state.name(*lead)).unwrap_or("the facilitator");
    match (room.me == Some(seat), room.state.role(seat)) {
        (true, Role::Facilitator) => format!("You hold the group now. To see what you can do, {help}."),
        (false, Role::Facilitator) => format!("{name} holds the group now, as facilitator."),
        (true, Role::CoFacilitator) => {
            format!("{away}'s line is gone, so you hold the group until they are back. To see what you can do, {help}.")
        }
        (false, Role::CoFacilitator) if room.me.is_some_and(|me| room.state.leads().first() == Some(&me)) => {
            format!("Your line was gone, so {name} holds the group.")
        }
        (false, Role::CoFacilitator) => {
            format!("{away}'s line is gone, so {name} holds the group until they are back.")
        }
        (true, Role::Member) => format!(
            "No facilitator is here, so you chair the group: you can let nobody in. To see what you can do, {help}."
        ),
        (false, Role::Member) => {
            format!("No facilitator is here. {name}, who is here longest, chairs the group, and it goes on.")
        }
    }
}

/// For who leads nobody, and looks for something to do about roles.
pub const ROLES_ARE_GIVEN: &str = "The facilitator gives the roles. If you would like another to lead, press d and then f: the group \
                                   votes on it.";

/// My line was gone, and another has taken over; `take` is how I take it back.
pub fn can_take_back(room: &Room, take: &str) -> String {
    let holder = room.state.facilitator().and_then(|seat| room.state.name(seat)).unwrap_or("Another");
    format!("Your line was gone for a while, and {holder} holds the group. To take it back, {take}.")
}
