//! Roles, and the members who lead the group.

use super::commands::Word;
use super::guide::Guide;
use super::names::name;
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
    let name = name(room, seat);
    match (room.me == Some(seat), now) {
        (true, Role::Facilitator) => "You are the facilitator now.".to_owned(),
        (true, Role::CoFacilitator) => {
            "You are co-facilitator now: you take over if the facilitator's line is lost, and see when somebody needs help.".to_owned()
        }
        (true, Role::Member) => "You are a member like all the others now.".to_owned(),
        (false, Role::Facilitator) => format!("{name} is the facilitator now."),
        (false, Role::CoFacilitator) => format!("{name} is co-facilitator now."),
        (false, Role::Member) => format!("{name} is a member like all the others now."),
    }
}

/// Door and floor are with another now.
pub fn held_by(room: &Room, seat: SeatId, how: Guide) -> String {
    let name = name(room, seat);
    let help = how(Word::Help, "");
    let away = room
        .state
        .circle
        .roles
        .leads()
        .first()
        .and_then(|lead| room.state.circle.name(*lead))
        .unwrap_or("the facilitator");
    match (room.me == Some(seat), room.state.circle.roles.role(seat)) {
        (true, Role::Facilitator) => format!("You hold the group now. To see what you can do, {help}."),
        (false, Role::Facilitator) => format!("{name} holds the group now, as facilitator."),
        (true, Role::CoFacilitator) => {
            format!("{away}'s line is lost, so you hold the group until they are back. To see what you can do, {help}.")
        }
        (false, Role::CoFacilitator)
            if room.me.is_some_and(|me| room.state.circle.roles.leads().first() == Some(&me)) =>
        {
            format!("Your line was lost, so {name} holds the group.")
        }
        (false, Role::CoFacilitator) => {
            format!("{away}'s line is lost, so {name} holds the group until they are back.")
        }
        (true, Role::Member) => format!(
            "No facilitator is here, so you chair the group. You can't let anybody in. To see what you can do, {help}."
        ),
        (false, Role::Member) => {
            format!("No facilitator is here. {name}, who has been here longest, chairs the group, and it goes on.")
        }
    }
}

/// For a member who doesn't lead, and looks for something to do about roles.
pub fn roles_are_given(how: Guide) -> String {
    let vote = how(Word::Motion, "role NAME facilitator");
    format!("The facilitator gives the roles. To let the group vote on another facilitator, {vote}.")
}

/// My line was lost, and another has taken over.
pub fn can_take_back(room: &Room, how: Guide) -> String {
    let holder =
        room.state.circle.facilitator().and_then(|seat| room.state.circle.name(seat)).unwrap_or("Somebody else");
    let take = how(Word::TakeBack, "");
    format!("Your line was lost for a while, and {holder} holds the group. To take it back, {take}.")
}
