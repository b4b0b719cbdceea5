//! Commands about looking after each other.

use super::find::{begins, in_circle};
use super::table::{Command, Entry};
use super::usage::usage;
use super::user_error::user_error;
use crate::ids::SeatId;
use crate::session::{Gesture, Intent, PRIVATE_CHARS, Room, Trouble, clean};
use crate::text::{Word, typed as say};

/// What a command about care asks for; `None` if the word is another's.
pub(super) fn command(entry: &Entry, argument: &str, room: &Room) -> Option<Result<Command, Trouble>> {
    let intent = match (entry.word, argument) {
        (Word::HelpMe, "") => Ok(Intent::HelpMe),
        (Word::Here, "") => Ok(Intent::Gesture(Gesture::Here)),
        (Word::Applaud, "") => Ok(Intent::Gesture(Gesture::Applause)),
        (Word::Private, _) => {
            told_of(entry, argument, room).and_then(|(seat, text)| Ok(Intent::Private(other(room, seat)?, text)))
        }
        (Word::FollowUp, _) => {
            told_of(entry, argument, room).and_then(|(seat, text)| Ok(Intent::FollowUp(mine(room, seat)?, text)))
        }
        (Word::Handled, name) if !name.is_empty() => in_trouble(room, name).map(Intent::Handled),
        (Word::Note, text) if !text.is_empty() => short_enough(text).map(Intent::Note),
        (Word::HelpMe | Word::Here | Word::Applaud | Word::Handled | Word::Note, _) => Err(usage(entry)),
        _ => return None,
    };
    Some(intent.map(Command::Intent))
}

/// Checks that a private word isn't to myself.
fn other(room: &Room, seat: SeatId) -> Result<SeatId, Trouble> {
    if room.me == Some(seat) {
        return Err(user_error(say::private_to_yourself()));
    }
    Ok(seat)
}

/// Checks that I may say what is to be done if this one vanishes.
fn mine(room: &Room, seat: SeatId) -> Result<SeatId, Trouble> {
    if room.me != Some(seat) && !room.am_lead() {
        return Err(user_error(say::only_for_yourself()));
    }
    Ok(seat)
}

/// `NAME TEXT`.
fn told_of(entry: &Entry, argument: &str, room: &Room) -> Result<(SeatId, String), Trouble> {
    let (seat, text) = addressed(room, argument)?.ok_or_else(|| usage(entry))?;
    Ok((seat, short_enough(text)?))
}

/// What only a few are to read has one size, and no room for more.
fn short_enough(text: &str) -> Result<String, Trouble> {
    if text.chars().count() > PRIVATE_CHARS {
        return Err(user_error(say::too_long_for_few(PRIVATE_CHARS)));
    }
    Ok(text.to_owned())
}

/// The member whom a line begins with, and the rest of it: what stands before a line end, or else the longest name that fits,
/// or else the first word. `None` if there is no rest.
fn addressed<'a>(room: &Room, typed: &'a str) -> Result<Option<(SeatId, &'a str)>, Trouble> {
    if let Some((name, rest)) = typed.split_once('\n') {
        return Ok(Some((in_circle(room, name.trim())?, rest.trim())).filter(|(_, rest)| !rest.is_empty()));
    }
    let rest = |length: usize| {
        let (name, rest) = (typed.get(..length)?, typed.get(length..)?);
        rest.starts_with(char::is_whitespace).then_some((name, rest.trim()))
    };
    let spaces = typed.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let mut fits =
        spaces.filter_map(rest).filter_map(|(name, rest)| Some((room.state.circle.seat_named(name.trim())?, rest)));
    let found = match (fits.next_back(), typed.split_once(char::is_whitespace)) {
        (Some(found), _) => Some(found),
        (None, Some((name, rest))) => Some((in_circle(room, name)?, rest.trim())),
        (None, None) => None,
    };
    Ok(found.filter(|(_, rest)| !rest.is_empty()))
}

/// The member of this name who vanished or asked for help; by arrival.
fn in_trouble(room: &Room, typed: &str) -> Result<u64, Trouble> {
    if !room.hears_of_trouble() {
        return Err(Trouble::NotFacilitator);
    }
    let gone = room.state.care.alarms().iter().map(|alarm| (alarm.arrival, alarm.name.as_str()));
    let here = room.confided.help.keys().filter_map(|arrival| {
        let seat = room.state.circle.seat_arrived(*arrival)?;
        Some((*arrival, room.state.circle.name(seat)?))
    });
    let all: Vec<(u64, &str)> = here.chain(gone).collect();
    let equal = all.iter().find(|(_, name)| clean::same_name(name, typed));
    let fits = || all.iter().find(|(_, name)| begins(name, typed));
    equal.or_else(fits).map(|(arrival, _)| *arrival).ok_or(Trouble::NothingToHandle)
}
