//! Whom a typed name means.

use super::user_error;
use crate::ids::{Attempt, SeatId};
use crate::session::{Room, Trouble, clean};
use crate::text::names;

/// The member a name means: the one with this name in any letter case, or the only one whose name begins so.
pub(super) fn in_circle(room: &Room, typed: &str) -> Result<SeatId, Trouble> {
    if let Some(seat) = room.state.circle.seat_named(typed) {
        return Ok(seat);
    }
    let roster = room.roster();
    let fits: Vec<_> = roster.iter().filter(|seat| begins(name(room, **seat), typed)).copied().collect();
    match fits.as_slice() {
        [one] => Ok(*one),
        [] => {
            let here: Vec<_> = roster.iter().map(|seat| name(room, *seat)).collect();
            Err(user_error(format!("Nobody here is called \"{}\".", short(typed)), choices("Here are", &here)))
        }
        several => {
            let several: Vec<_> = several.iter().map(|seat| name(room, *seat)).collect();
            Err(user_error(
                format!("Several names begin with \"{}\".", short(typed)),
                choices("Type a little more:", &several),
            ))
        }
    }
}

/// The knock a name means. Two who wait under one name are told apart by a number: `Ana 2` is the second.
pub(super) fn at_door(room: &Room, typed: &str, word: &str) -> Result<Attempt, Trouble> {
    if room.door.is_empty() {
        return Err(Trouble::NobodyWaits);
    }
    let called = |typed: &str| -> Vec<_> {
        let equal: Vec<_> = room.door.iter().filter(|waiting| clean::same_name(&waiting.name, typed)).collect();
        let begun = || room.door.iter().filter(|waiting| begins(&waiting.name, typed)).collect();
        if equal.is_empty() { begun() } else { equal }
    };
    let mut fits = called(typed);
    if fits.is_empty()
        && let Some((stem, number)) = typed.rsplit_once(' ')
        && let Ok(number) = number.parse::<usize>()
    {
        fits = called(stem.trim_end()).into_iter().skip(number.saturating_sub(1)).take(1).collect();
    }
    let all: Vec<_> = room.door.iter().map(|waiting| waiting.name.as_str()).collect();
    match fits.as_slice() {
        [one] => Ok(one.attempt),
        [] => Err(user_error(
            format!("Nobody at the door is called \"{}\".", short(typed)),
            choices("At the door:", &all),
        )),
        [first, rest @ ..] if rest.iter().all(|other| clean::same_name(&other.name, &first.name)) => {
            let name = &first.name;
            Err(user_error(
                format!("{} at the door are called \"{name}\".", fits.len()),
                format!("Type {word} {name} 1 for the first of them, {word} {name} 2 for the second."),
            ))
        }
        several => {
            let several: Vec<_> = several.iter().map(|waiting| waiting.name.as_str()).collect();
            Err(user_error(
                format!("Several names begin with \"{}\".", short(typed)),
                choices("Type a little more:", &several),
            ))
        }
    }
}

fn name(room: &Room, seat: SeatId) -> &str {
    room.state.circle.name(seat).unwrap_or_default()
}

pub(super) fn begins(name: &str, typed: &str) -> bool {
    name.to_lowercase().starts_with(&typed.to_lowercase())
}

fn short(typed: &str) -> String {
    clean::name(typed)
}

/// At most eight of the names, so that the sentence stays one.
fn choices(lead: &str, all: &[&str]) -> String {
    match all {
        all if all.len() > 8 => format!("{lead} {} and {} more.", all[..8].join(", "), all.len() - 8),
        all => format!("{lead} {}.", names(all)),
    }
}
