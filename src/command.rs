//! What a person can type, on any face: one table, one parser.
//!
//! A line that begins with `/` is a command, `//` stands for a `/` that is meant, and any other line is chat.

mod already;
mod care;
mod decide;
mod find;
mod length;
mod turns;
mod usage;

use crate::ids::SeatId;
use crate::session::{Comparing, Intent, Phase, Role, Room, Trouble, Whom};
use crate::text;
pub use crate::text::Word;
pub use decide::{agree, current, voted};
use find::{at_door, in_circle};
pub use turns::{done, next};
use usage::{misread, unknown, usage};

/// What a typed line or a key asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Something for the member's core.
    Intent(Intent),
    /// Tell who is there.
    Who,
    /// Tell how the line is.
    Link,
    /// Show the invitation again.
    Invite,
    /// Show the ground rules.
    Rules,
    /// Tell what is private and what the relay can see.
    Privacy,
    /// Tell what can be typed or pressed.
    Help,
    /// Go, and end the program; no more questions.
    Quit,
    /// Stop for now and give the shell back. The microphone was closed by the command before.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Show the agenda.
    Agenda,
    /// Show the minutes.
    Minutes,
    /// Show what is proposed, and what is said to it.
    Proposal,
    /// Keep the minutes in a file of this name.
    Save(String),
}

/// When a command can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Always.
    Always,
    /// At the door.
    Waiting,
    /// In the circle.
    Inside,
    /// In the circle, by the facilitator.
    Facilitator,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Which.
    pub word: Word,
    /// As typed, without the slash.
    pub typed: &'static str,
    /// What follows it, for the help.
    pub argument: &'static str,
    /// When it can be used.
    pub needs: Use,
}

const fn entry(word: Word, typed: &'static str, argument: &'static str, needs: Use) -> Entry {
    Entry { word, typed, argument, needs }
}

/// All commands, everybody's first.
pub static COMMANDS: &[Entry] = &[
    entry(Word::Mic, "mic", "on|off", Use::Always),
    entry(Word::Hand, "hand", "[up|down]", Use::Inside),
    entry(Word::Who, "who", "", Use::Inside),
    entry(Word::Link, "link", "", Use::Always),
    entry(Word::Invite, "invite", "", Use::Inside),
    entry(Word::Agree, "agree", "", Use::Always),
    entry(Word::Sound, "sound", "", Use::Waiting),
    entry(Word::Rules, "rules", "", Use::Always),
    entry(Word::Privacy, "privacy", "", Use::Always),
    entry(Word::Match, "match", "", Use::Inside),
    entry(Word::Mismatch, "mismatch", "", Use::Inside),
    entry(Word::Help, "help", "", Use::Always),
    entry(Word::Quit, "quit", "", Use::Always),
    entry(Word::Admit, "admit", "NAME|all", Use::Facilitator),
    entry(Word::Decline, "decline", "NAME", Use::Facilitator),
    entry(Word::Mute, "mute", "NAME|all", Use::Facilitator),
    entry(Word::Unmute, "unmute", "NAME|all", Use::Facilitator),
    entry(Word::Lock, "lock", "", Use::Facilitator),
    entry(Word::Unlock, "unlock", "", Use::Facilitator),
    entry(Word::Remove, "remove", "NAME", Use::Facilitator),
    entry(Word::Try, "try", "", Use::Facilitator),
    entry(Word::NewCode, "newcode", "", Use::Facilitator),
    entry(Word::Verify, "verify", "", Use::Facilitator),
    entry(Word::Close, "close", "", Use::Facilitator),
    entry(Word::Role, "role", "NAME facilitator|co|member", Use::Inside),
    entry(Word::TakeBack, "takeback", "", Use::Inside),
    entry(Word::Ask, "ask", "", Use::Inside),
    entry(Word::Stick, "stick", "NAME|down", Use::Inside),
    entry(Word::Done, "done", "", Use::Inside),
    entry(Word::Pass, "pass", "", Use::Inside),
    entry(Word::Later, "later", "", Use::Inside),
    entry(Word::Yes, "yes", "", Use::Inside),
    entry(Word::Back, "back", "", Use::Inside),
    entry(Word::Agenda, "agenda", "[TEXT MINUTES|next|clear]", Use::Inside),
    entry(Word::Next, "next", "[NAME]", Use::Facilitator),
    entry(Word::Order, "order", "hands|least", Use::Facilitator),
    entry(Word::Round, "round", "checkin|checkout|free [SECONDS]|end", Use::Facilitator),
    entry(Word::Break, "break", "MINUTES|end", Use::Facilitator),
    entry(Word::Bell, "bell", "MINUTES|off", Use::Facilitator),
    entry(Word::Propose, "propose", "TEXT", Use::Inside),
    entry(Word::Amend, "amend", "TEXT", Use::Inside),
    entry(Word::Withdraw, "withdraw", "", Use::Inside),
    entry(Word::Aside, "aside", "", Use::Inside),
    entry(Word::Block, "block", "REASON", Use::Inside),
    entry(Word::Test, "test", "", Use::Inside),
    entry(Word::Vote, "vote", "open|secret|end", Use::Inside),
    entry(Word::Ballot, "ballot", "yes|no|abstain", Use::Inside),
    entry(Word::Motion, "motion", "role NAME facilitator", Use::Inside),
    entry(Word::Minutes, "minutes", "", Use::Inside),
    entry(Word::Proposal, "proposal", "", Use::Inside),
    entry(Word::Save, "save", "PATH", Use::Inside),
    entry(Word::Skip, "skip", "", Use::Inside),
    entry(Word::HelpMe, "help-me", "", Use::Inside),
    entry(Word::Private, "private", "NAME TEXT", Use::Inside),
    entry(Word::Here, "here", "", Use::Inside),
    entry(Word::FollowUp, "followup", "NAME TEXT", Use::Inside),
    entry(Word::Handled, "handled", "NAME", Use::Inside),
    entry(Word::Note, "note", "TEXT", Use::Waiting),
];

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
        (Use::Waiting, Phase::In | Phase::Returning(_)) => {
            Err(user_error("You are in the circle already.", "That is for the time at the door."))
        }
        (_, Phase::Connecting | Phase::Waiting) => {
            Err(user_error("You are not in the circle yet.", "Please wait until you are let in."))
        }
        (_, Phase::Over(_)) => {
            Err(user_error("You are no longer in the circle.", "You can knock again with the same code."))
        }
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
    let theirs = turns::command(entry, argument, room).or_else(|| care::command(entry, argument, room));
    if let Some(command) = theirs {
        return command;
    }
    let answer = argument.to_lowercase();
    let intent = match (entry.word, answer.as_str()) {
        (Word::Who, "") => return Ok(Command::Who),
        (Word::Link, "") => return Ok(Command::Link),
        (Word::Invite, "") => return Ok(Command::Invite),
        (Word::Rules, "") => return Ok(Command::Rules),
        (Word::Privacy, "") => return Ok(Command::Privacy),
        (Word::Help, _) => return Ok(Command::Help),
        (Word::Quit, "") => return Ok(Command::Quit),
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
        (Word::Admit, name) if !name.is_empty() => Intent::Admit(Whom::One(at_door(room, argument, "/admit")?)),
        (Word::Decline, name) if !name.is_empty() => Intent::TurnAway(at_door(room, argument, "/decline")?),
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
        return Err(user_error("Nobody else is here.", "Words can be compared once somebody has joined."));
    }
    Ok(Intent::Verify)
}

/// The wish not to hear what was missed.
///
/// # Errors
/// A problem and a hint, if nothing was missed.
pub fn skip(room: &Room) -> Result<Intent, Trouble> {
    if room.me.is_none_or(|me| !room.behind.contains_key(&me)) {
        return Err(user_error("There is nothing to skip.", "You hear everything as it is said."));
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
        Some((Comparing::Listen, _)) if room.words.is_none() => {
            Err(user_error("The words are not there yet.", "They will be in a moment."))
        }
        Some((Comparing::Listen, _)) => Ok(Intent::Verified { same }),
        Some((Comparing::Read, _)) => {
            Err(user_error("You read the words aloud.", "The others say whether they are the same."))
        }
        Some((Comparing::Answered, _)) => {
            Err(user_error("You have answered already.", "The facilitator can compare again if it was a slip."))
        }
        None => {
            Err(user_error("Nothing is being compared at the moment.", "The facilitator can begin it with /verify."))
        }
    }
}

/// Checks that a seat is not mine.
///
/// # Errors
/// A problem and a hint, if it is.
pub fn another(room: &Room, seat: SeatId) -> Result<SeatId, Trouble> {
    if room.me == Some(seat) {
        return Err(user_error("That is you.", "To leave, type /quit; to end the group for everybody, /close."));
    }
    Ok(seat)
}

fn user_error(message: impl Into<String>, hint: impl Into<String>) -> Trouble {
    Trouble::Message { message: message.into(), hint: hint.into() }
}

/// How to type a command with what stands after it, in a sentence: "type /mute Ana".
pub fn typed(word: Word, rest: &str) -> String {
    text::type_in(format!("/{} {rest}", word_typed(word)).trim_end())
}

/// A command as it is typed, without the slash.
fn word_typed(word: Word) -> &'static str {
    COMMANDS.iter().find(|entry| entry.word == word).map_or("", |entry| entry.typed)
}

/// What can be typed, a line a command: the facilitator's only for the facilitator.
pub fn help(room: &Room) -> Vec<String> {
    let mut lines: Vec<_> = COMMANDS
        .iter()
        .filter(|entry| entry.needs != Use::Facilitator || room.am_facilitator())
        .map(|entry| format!("{}: {}", format!("/{} {}", entry.typed, entry.argument).trim_end(), entry.word.help()))
        .collect();
    lines.push(text::OTHER_LINES.to_owned());
    lines
}

#[cfg(test)]
mod tests;
