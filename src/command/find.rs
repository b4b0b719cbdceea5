//! Whom a typed name means.

use super::table::typed as how;
use super::user_error::user_error;
use crate::ids::{Attempt, SeatId};
use crate::session::{Room, Trouble, clean};
use crate::text::{Word, typed as say};

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
            Err(user_error(say::nobody_called(&short(typed), &here)))
        }
        several => {
            let several: Vec<_> = several.iter().map(|seat| name(room, *seat)).collect();
            Err(user_error(say::several_begin(&short(typed), &several)))
        }
    }
}

/// The knock a name means. Two who wait under one name are told apart by a number: `Ana 2` is the second.
pub(super) fn at_door(room: &Room, typed: &str, word: Word) -> Result<Attempt, Trouble> {
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
        [] => Err(user_error(say::nobody_waits_called(&short(typed), &all))),
        [first, rest @ ..] if rest.iter().all(|other| clean::same_name(&other.name, &first.name)) => {
            Err(user_error(say::several_wait_called(&first.name, fits.len(), word, how)))
        }
        several => {
            let several: Vec<_> = several.iter().map(|waiting| waiting.name.as_str()).collect();
            Err(user_error(say::several_begin(&short(typed), &several)))
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
