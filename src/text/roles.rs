//! Roles, and the members who lead the group.

use super::catalogue::{say, text};
use super::commands::Word;
use super::guide::Guide;
use super::names::name;
use crate::ids::SeatId;
use crate::session::{Role, Room};

/// A role in words.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Facilitator => text("roles-facilitator"),
        Role::CoFacilitator => text("roles-co-facilitator"),
        Role::Member => text("roles-member"),
    }
}

/// A member has another role now.
pub fn has_role(room: &Room, seat: SeatId, now: Role) -> String {
    let name = name(room, seat);
    match (room.me == Some(seat), now) {
        (true, Role::Facilitator) => text("roles-facilitator-now").to_owned(),
        (true, Role::CoFacilitator) => text("roles-co-facilitator-now-take").to_owned(),
        (true, Role::Member) => text("roles-member-like-all-others").to_owned(),
        (false, Role::Facilitator) => say!("roles-facilitator-now-2", name),
        (false, Role::CoFacilitator) => say!("roles-co-facilitator-now", name),
        (false, Role::Member) => say!("roles-member-like-all-others-now", name),
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
        .unwrap_or(text("roles-facilitator-2"));
    match (room.me == Some(seat), room.state.circle.roles.role(seat)) {
        (true, Role::Facilitator) => say!("roles-hold-group-now-see", help),
        (false, Role::Facilitator) => say!("roles-holds-group-now-facilitator", name),
        (true, Role::CoFacilitator) => {
            say!("roles-line-lost-hold-group", away, help)
        }
        (false, Role::CoFacilitator)
            if room.me.is_some_and(|me| room.state.circle.roles.leads().first() == Some(&me)) =>
        {
            say!("roles-line-lost-holds-group", name)
        }
        (false, Role::CoFacilitator) => {
            say!("roles-line-lost-holds-group-until", away, name)
        }
        (true, Role::Member) => {
            say!("roles-no-facilitator-chair-group", how_to_choose = how_to_choose(how))
        }
        (false, Role::Member) => say!("roles-no-facilitator-who-longest", name, how_to_choose = how_to_choose(how)),
    }
}

/// How a group without a facilitator chooses one.
fn how_to_choose(how: Guide) -> String {
    say!("roles-more-than-half-choose", lead = how(Word::Lead, ""))
}

/// While nobody who leads is there: what one key does, or how far my choice is. `None` while somebody leads.
pub fn choosing(room: &Room, selected: Option<SeatId>, how: Guide) -> Option<String> {
    let (me, roles) = (room.me.filter(|_| room.is_chaired())?, &room.state.circle.roles);
    let lead = how(Word::Lead, "");
    let needed = roles.majority();
    Some(match (room.would_choose(selected), roles.chosen_by(me)) {
        (Some(whom), _) if whom == me => say!("roles-no-facilitator-offer-yourself", lead),
        (Some(whom), _) => {
            say!("roles-no-facilitator-choose-lead", name = name(room, whom), so_far = so_far(room, whom), lead)
        }
        (None, Some(whom)) => {
            say!("roles-you-chose", me = whom == me, name = name(room, whom), needed)
        }
        (None, None) => return None,
    })
}

/// How many have chosen a member, in brackets; nothing if nobody has.
fn so_far(room: &Room, whom: SeatId) -> String {
    let roles = &room.state.circle.roles;
    match roles.choices_of(whom) {
        0 => String::new(),
        count => format!(" {}", say!("roles-so-far", count, needed = roles.majority())),
    }
}

/// The same for everybody, without the way.
pub(super) fn choices(room: &Room) -> Option<String> {
    let roles = &room.state.circle.roles;
    room.is_chaired().then(|| match roles.leading() {
        Some(whom) => say!("roles-no-facilitator-group-chooses", name = name(room, whom), so_far = so_far(room, whom)),
        None => text("roles-no-facilitator-group-yet").to_owned(),
    })
}

/// A member has chosen who is to lead.
pub fn choice_made(room: &Room, seat: SeatId, whom: SeatId, how: Guide) -> String {
    let roles = &room.state.circle.roles;
    let (by, chosen) = (name(room, seat), name(room, whom));
    let made = match (room.me == Some(seat), seat == whom) {
        (true, true) => text("roles-you-offer").to_owned(),
        (true, false) => say!("roles-you-choose", chosen),
        (false, true) => say!("roles-offers", by),
        (false, false) => say!("roles-chooses", by, chosen),
    };
    // With the choice that was the last it needed, it is over.
    if roles.chosen_by(seat).is_none() {
        return format!("{made}.");
    }
    let agree = if room.me != Some(seat) && room.would_choose(None) == Some(whom) {
        format!(" {}", say!("roles-to-agree", lead = how(Word::Lead, "")))
    } else {
        String::new()
    };
    format!("{made}{}.{agree}", so_far(room, whom))
}

/// The member who led before is here again, and I lead.
pub fn led_before(name: &str, how: Guide) -> String {
    let yes = how(Word::GiveBack, name);
    say!("roles-who-led-group-before", name, yes)
}

/// For a member who doesn't lead, and looks for something to do about roles.
pub fn roles_are_given(how: Guide) -> String {
    let vote = how(Word::Motion, "role NAME facilitator");
    say!("roles-facilitator-gives-roles-let", vote)
}

/// My line was lost, and another has taken over.
pub fn can_take_back(room: &Room, how: Guide) -> String {
    let holder = room
        .state
        .circle
        .facilitator()
        .and_then(|seat| room.state.circle.name(seat))
        .unwrap_or(text("roles-somebody-else"));
    let take = how(Word::TakeBack, "");
    say!("roles-line-lost-while-holds", holder, take)
}
