//! What a person can type, on any face: one table, one parser.
//!
//! A line that begins with `/` is a command, `//` stands for a `/` that is meant, and any other line is chat.

mod already;
mod care;
mod decide;
mod devices;
mod find;
mod length;
mod table;
mod turns;
mod usage;
mod user_error;

use crate::ids::SeatId;
use crate::session::{Comparing, Intent, InviteForm, LetsIn, Phase, Role, Room, Trouble, Whom};
pub use crate::text::Word;
use crate::text::{self, Verbosity, typed as say};
pub use decide::{agree, current, voted};
pub use devices::louder;
use find::{at_door, in_circle};
pub use table::{COMMANDS, Command, Entry, Use, slashed, typed};
pub use turns::{done, next};
pub use usage::lacking;
use usage::{misread, unknown, usage};
use user_error::user_error;

/// What a typed line asks for; `None` if it is blank.
///
/// # Errors
/// A problem and a hint, if it is no command, can't be used now, or names nobody or several.
pub fn parse(line: &str, room: &Room) -> Result<Option<Command>, Trouble> {
    let line = line.trim();
    if line.is_empty() {
        return Ok(None);
    }
    let Some(typed) = line.strip_prefix('/').filter(|rest| !rest.starts_with('/')) else {
        permit(Use::Inside, room)?;
        let text = line.strip_prefix('/').unwrap_or(line);
        return length::fits(Command::Intent(Intent::Chat(text.to_owned()))).map(Some);
    };
    let (typed, argument) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let word = typed.to_lowercase();
    let entry = COMMANDS.iter().find(|entry| entry.typed == word).ok_or_else(|| unknown(&word, line))?;
    permit(entry.needs, room)?;
    let command = command(entry, argument.trim(), room).map_err(|trouble| misread(entry, argument, trouble))?;
    length::fits(command).map(Some)
}

/// Checks that a command can be used now.
///
/// # Errors
/// A problem and a hint, if it can't.
pub fn permit(needs: Use, room: &Room) -> Result<(), Trouble> {
    match (needs, &room.phase) {
        (Use::Always, _) => Ok(()),
        (Use::Waiting, Phase::Waiting) => Ok(()),
        (Use::Waiting, Phase::In | Phase::Returning(_)) => Err(user_error(say::inside_already())),
        (_, Phase::Connecting | Phase::Waiting) => Err(user_error(say::not_inside_yet())),
        (_, Phase::Over(_)) => Err(user_error(say::no_longer_inside())),
        (Use::Facilitator, _) if !room.am_facilitator() => Err(Trouble::NotFacilitator),
        _ => Ok(()),
    }
}

fn command(entry: &Entry, argument: &str, room: &Room) -> Result<Command, Trouble> {
    if entry.word != Word::Agree || !matches!(room.phase, Phase::Waiting) {
        if entry.word == Word::Agree {
            permit(Use::Inside, room)?;
        }
        if let Some(command) = decide::decide(entry.word, argument, room)? {
            return Ok(command);
        }
    }
    let theirs = turns::command(entry, argument, room)
        .or_else(|| care::command(entry, argument, room))
        .or_else(|| devices::command(entry, argument, room));
    if let Some(command) = theirs {
        return command;
    }
    let answer = argument.to_lowercase();
    let intent = match (entry.word, answer.as_str()) {
        (Word::Who, "") => return Ok(Command::Who),
        (Word::Link, "") => return Ok(Command::Link),
        (Word::Invite, "") => return Ok(Command::Invite),
        (Word::Copy, "") => return Ok(Command::Copy(InviteForm::Long)),
        (Word::Copy, text::qr::SHORT) => return Ok(Command::Copy(InviteForm::Short)),
        (Word::Rules, "") => return Ok(Command::Rules),
        (Word::Privacy, "") => return Ok(Command::Privacy),
        (Word::Help, _) => return Ok(Command::Help(argument.to_owned())),
        (Word::Quit, "") => return Ok(Command::Quit),
        (Word::Verbose, "") => return Ok(Command::Verbose(None)),
        (Word::Verbose, level) => {
            let level = Verbosity::typed(level).ok_or_else(|| usage(entry))?;
            return Ok(Command::Verbose(Some(level)));
        }
        (Word::Mic, "on") => Intent::Mic { open: true },
        (Word::Mic, "off") => Intent::Mic { open: false },
        (Word::Hand, "up") => Intent::Hand { up: true },
        (Word::Hand, "down") => Intent::Hand { up: false },
        (Word::Hand, "") => Intent::Hand { up: !room.me.is_some_and(|me| room.state.turns.queue.hands.contains(&me)) },
        (Word::Lock, "") => Intent::Lock { locked: true },
        (Word::Unlock, "") => Intent::Lock { locked: false },
        (Word::Try, "") => Intent::AllowTry,
        (Word::NewCode, "") => Intent::NewCode,
        (Word::Close, "") => Intent::Close,
        (Word::TakeBack, "") => Intent::TakeBack,
        (Word::Lead, "") => lead(room, None)?,
        (Word::Lead, _) => lead(room, Some(in_circle(room, argument)?))?,
        (Word::Quit, _) => hand_over(room, argument)?,
        (Word::GiveBack, "") => give_back(room, None)?,
        (Word::GiveBack, _) => give_back(room, Some(in_circle(room, argument)?))?,
        (Word::Role, name) if !name.is_empty() => role(entry, room, argument)?,
        (Word::Skip, "") => skip(room)?,
        (Word::Agree, "") => Intent::Agree,
        (Word::Sound, "") => Intent::SoundCheck,
        (Word::Verify, "") => verify(room)?,
        (Word::Match, "") => compared(room, true)?,
        (Word::Mismatch, "") => compared(room, false)?,
        (Word::Admit, "all") if room.door.is_empty() => return Err(Trouble::NobodyWaits),
        (Word::Admit, "all") => Intent::Admit(Whom::All),
        (Word::Mute, "all") => Intent::Mute { whom: Whom::All, muted: true },
        (Word::Unmute, "all") => Intent::Mute { whom: Whom::All, muted: false },
        (Word::Admit, name) if !name.is_empty() => Intent::Admit(Whom::One(at_door(room, argument, Word::Admit)?)),
        (Word::Decline, name) if !name.is_empty() => Intent::TurnAway(at_door(room, argument, Word::Decline)?),
        (Word::Mute, name) if !name.is_empty() => {
            Intent::Mute { whom: Whom::One(in_circle(room, argument)?), muted: true }
        }
        (Word::Unmute, name) if !name.is_empty() => {
            Intent::Mute { whom: Whom::One(in_circle(room, argument)?), muted: false }
        }
        (Word::Remove, name) if !name.is_empty() => Intent::Remove(another(room, in_circle(room, argument)?)?),
        _ => return Err(usage(entry)),
    };
    already::already(intent, room).map(Command::Intent)
}

/// `NAME facilitator|co|member`.
fn role(entry: &Entry, room: &Room, argument: &str) -> Result<Intent, Trouble> {
    let (name, word) = argument.rsplit_once(char::is_whitespace).ok_or_else(|| usage(entry))?;
    let role = match word.to_lowercase().as_str() {
        "facilitator" => Role::Facilitator,
        "co" | "cofacilitator" | "co-facilitator" => Role::CoFacilitator,
        "member" => Role::Member,
        _ => return Err(usage(entry)),
    };
    Ok(Intent::Role(in_circle(room, name.trim())?, role))
}

/// The member whom a name means: all of it in any letter case, or the beginning of only one.
///
/// # Errors
/// A problem and a hint, if it means nobody or several.
pub fn member(room: &Room, typed: &str) -> Result<SeatId, Trouble> {
    in_circle(room, typed)
}

/// The wish to compare words.
///
/// # Errors
/// A problem and a hint, if there is nobody to compare them with.
pub fn verify(room: &Room) -> Result<Intent, Trouble> {
    if room.state.circle.seats.len() < 2 {
        return Err(user_error(say::nobody_to_compare()));
    }
    Ok(Intent::Verify)
}

/// The wish to give a member who is back on a new line the old place again: the one named, by either name, or else the first
/// who may be one. Or the one who led before, and was away meanwhile, that role.
///
/// # Errors
/// [`Trouble::NothingToGiveBack`].
pub fn give_back(room: &Room, named: Option<SeatId>) -> Result<Intent, Trouble> {
    let fits = |seat: &SeatId| named.is_none_or(|named| *seat == named || room.seat_to_give_back(*seat) == Some(named));
    let mut all = room.namesakes().into_iter().chain(room.role_to_give_back());
    all.find(fits).map(Intent::GiveBack).ok_or(Trouble::NothingToGiveBack)
}

/// The wish that a member leads, while nobody does: the one who is named, or else whom others have chosen, or else me. From a
/// facilitator it hands the role on.
///
/// # Errors
/// [`Trouble::SomebodyLeads`] if I can't choose now, [`Trouble::ChosenAlready`] if I have.
pub fn lead(room: &Room, named: Option<SeatId>) -> Result<Intent, Trouble> {
    let called = |seat: SeatId| room.state.circle.name(seat).unwrap_or_default().to_owned();
    if let Some(whom) = room.would_choose(named) {
        return Ok(Intent::Choose(whom));
    }
    match (room.keeper(), named) {
        (LetsIn::Member(_), Some(seat)) if room.am_facilitator() => Ok(Intent::Role(seat, Role::Facilitator)),
        (LetsIn::Member(name), _) => Err(Trouble::SomebodyLeads(name)),
        (LetsIn::Nobody, _) => {
            let chosen = named.or(room.me.and_then(|me| room.state.circle.roles.chosen_by(me)));
            Err(chosen.map_or(Trouble::NotTaken(None), |seat| Trouble::ChosenAlready(called(seat))))
        }
    }
}

/// The wish to leave once the member with this name has the facilitator's role from me.
///
/// # Errors
/// A problem and a hint, if it isn't mine or the name means nobody who can have it.
fn hand_over(room: &Room, name: &str) -> Result<Intent, Trouble> {
    permit(Use::Facilitator, room)?;
    let seat = another(room, in_circle(room, name)?)?;
    match room.successor(Some(seat)) {
        Some(next) if next == seat => Ok(Intent::HandOver(seat)),
        Some(_) | None => Err(user_error(say::can_not_take_over(room.state.circle.name(seat).unwrap_or_default()))),
    }
}

/// The wish not to hear what was missed.
///
/// # Errors
/// A problem and a hint, if nothing was missed.
pub fn skip(room: &Room) -> Result<Intent, Trouble> {
    if room.me.is_none_or(|me| !room.behind.contains_key(&me)) {
        return Err(user_error(say::nothing_to_skip()));
    }
    Ok(Intent::SkipMissed)
}

/// What a listener says of the words.
///
/// # Errors
/// A problem and a hint, if nothing is asked of me.
pub fn compared(room: &Room, same: bool) -> Result<Intent, Trouble> {
    match room.comparing(room.clock.0) {
        // Without words to compare with, nobody can know.
        Some((Comparing::Listen, _)) if room.words.is_none() => Err(user_error(say::words_not_there())),
        Some((Comparing::Listen, _)) => Ok(Intent::Verified { same }),
        Some((Comparing::Read, _)) => Err(user_error(say::you_read())),
        Some((Comparing::Answered, _)) => Err(user_error(say::answered_already())),
        None => Err(user_error(say::nothing_compared())),
    }
}

/// Checks that a seat is not mine.
///
/// # Errors
/// A problem and a hint, if it is.
pub fn another(room: &Room, seat: SeatId) -> Result<SeatId, Trouble> {
    if room.me == Some(seat) {
        return Err(user_error(say::that_is_you(typed)));
    }
    Ok(seat)
}

/// What can be typed, a line a command: the facilitator's only for the facilitator. If words are given, only what has them.
pub fn help(room: &Room, wanted: &str) -> Vec<String> {
    let mut lines: Vec<_> = COMMANDS
        .iter()
        .filter(|entry| entry.needs != Use::Facilitator || room.am_facilitator())
        .map(|entry| format!("{}: {}", format!("/{} {}", entry.typed, entry.argument).trim_end(), entry.word.help()))
        .collect();
    if wanted.is_empty() {
        lines.push(text::OTHER_LINES.to_owned());
        return lines;
    }
    lines.retain(|line| text::search::is_found(wanted, line));
    if lines.is_empty() {
        lines.push(text::search::no_command_found(wanted, typed));
    }
    lines
}

#[cfg(test)]
mod tests;
