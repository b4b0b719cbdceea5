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
        (true, Role::Member) => {
            format!("No facilitator is here, so you chair the group, and can't let anybody in. {}", how_to_choose(how))
        }
        (false, Role::Member) => format!(
            "No facilitator is here. {name}, who has been here longest, chairs the group, and it goes on. {}",
            how_to_choose(how)
        ),
    }
}

/// How a group without a facilitator chooses one.
fn how_to_choose(how: Guide) -> String {
    format!("More than half of you choose who leads: to offer yourself, {}.", how(Word::Lead, ""))
}

/// While nobody who leads is there: what one key does, or how far my choice is. `None` while somebody leads.
pub fn choosing(room: &Room, selected: Option<SeatId>, how: Guide) -> Option<String> {
    let (me, roles) = (room.me.filter(|_| room.is_chaired())?, &room.state.circle.roles);
    let lead = how(Word::Lead, "");
    let needed = roles.majority();
    Some(match (room.would_choose(selected), roles.chosen_by(me)) {
        (Some(whom), _) if whom == me => format!("No facilitator is here. To offer yourself to lead, {lead}."),
        (Some(whom), _) => {
            format!("No facilitator is here. To choose {} to lead{}, {lead}.", name(room, whom), so_far(room, whom))
        }
        (None, Some(whom)) => {
            let chosen = if whom == me { "yourself" } else { name(room, whom) };
            format!("You chose {chosen} to lead. {needed} have to choose the same.")
        }
        (None, None) => return None,
    })
}

/// How many have chosen a member, in brackets; nothing if nobody has.
fn so_far(room: &Room, whom: SeatId) -> String {
    let roles = &room.state.circle.roles;
    match roles.choices_of(whom) {
        0 => String::new(),
        count => format!(" ({count} of the {} needed)", roles.majority()),
    }
}

/// The same for everybody, without the way.
pub(super) fn choices(room: &Room) -> Option<String> {
    let roles = &room.state.circle.roles;
    room.is_chaired().then(|| match roles.leading() {
        Some(whom) => format!(
            "No facilitator is here, and the group chooses who leads. {}{}.",
            name(room, whom),
            so_far(room, whom)
        ),
        None => "No facilitator is here, and the group has yet to choose who leads.".to_owned(),
    })
}

/// A member has chosen who is to lead.
pub fn choice_made(room: &Room, seat: SeatId, whom: SeatId, how: Guide) -> String {
    let roles = &room.state.circle.roles;
    let (by, chosen) = (name(room, seat), name(room, whom));
    let made = match (room.me == Some(seat), seat == whom) {
        (true, true) => "You offer to lead".to_owned(),
        (true, false) => format!("You choose {chosen} to lead"),
        (false, true) => format!("{by} offers to lead"),
        (false, false) => format!("{by} chooses {chosen} to lead"),
    };
    // With the choice that was the last it needed, it is over.
    if roles.chosen_by(seat).is_none() {
        return format!("{made}.");
    }
    let agree = if room.me != Some(seat) && room.would_choose(None) == Some(whom) {
        format!(" To agree, {}.", how(Word::Lead, ""))
    } else {
        String::new()
    };
    format!("{made}{}.{agree}", so_far(room, whom))
}

/// The member who led before is here again, and I lead.
pub fn led_before(name: &str, how: Guide) -> String {
    let yes = how(Word::GiveBack, name);
    format!("{name}, who led the group before, is here again. To give {name} that role back, {yes}.")
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
