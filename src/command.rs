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

/// The words of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the table says what each does")]
pub enum Word {
    Mic,
    Hand,
    Who,
    Link,
    Invite,
    Agree,
    Sound,
    Rules,
    Privacy,
    Match,
    Mismatch,
    Help,
    Quit,
    Admit,
    Decline,
    Mute,
    Unmute,
    Lock,
    Unlock,
    Remove,
    Try,
    NewCode,
    Verify,
    Close,
    Role,
    TakeBack,
    Ask,
    Stick,
    Pass,
    Done,
    Later,
    Yes,
    Back,
    Agenda,
    Next,
    Order,
    Round,
    Break,
    Bell,
    Propose,
    Amend,
    Withdraw,
    Aside,
    Block,
    Test,
    Vote,
    Ballot,
    Motion,
    Minutes,
    Save,
    Proposal,
    Skip,
    HelpMe,
    Private,
    Here,
    FollowUp,
    Handled,
    Note,
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
    /// What it does, one sentence.
    pub help: &'static str,
}

const fn entry(word: Word, typed: &'static str, argument: &'static str, needs: Use, help: &'static str) -> Entry {
    Entry { word, typed, argument, needs, help }
}

/// All commands, everybody's first.
pub static COMMANDS: &[Entry] = &[
    entry(Word::Mic, "mic", "on|off", Use::Always, "Opens or closes your microphone."),
    entry(Word::Hand, "hand", "[up|down]", Use::Inside, "Raises your hand, or lowers it again."),
    entry(Word::Who, "who", "", Use::Inside, "Tells who is here, who speaks and whose hand is up."),
    entry(Word::Link, "link", "", Use::Always, "Tells how your line is and how much data it has used."),
    entry(Word::Invite, "invite", "", Use::Inside, "Shows what others join with."),
    entry(
        Word::Agree,
        "agree",
        "",
        Use::Always,
        "Agrees: to what is proposed or read back, or at the door to the rules.",
    ),
    entry(Word::Sound, "sound", "", Use::Waiting, "At the door: checks your sound; nothing is sent."),
    entry(Word::Rules, "rules", "", Use::Always, "Shows the ground rules."),
    entry(Word::Privacy, "privacy", "", Use::Always, "Tells what is private, and what the relay can see."),
    entry(Word::Match, "match", "", Use::Inside, "When words are compared: they are the same."),
    entry(Word::Mismatch, "mismatch", "", Use::Inside, "When words are compared: they are not the same."),
    entry(Word::Help, "help", "", Use::Always, "Shows what you can do."),
    entry(Word::Quit, "quit", "", Use::Always, "Leaves the group; it goes on without you."),
    entry(Word::Admit, "admit", "NAME|all", Use::Facilitator, "Lets someone in who waits at the door."),
    entry(Word::Decline, "decline", "NAME", Use::Facilitator, "Does not let someone in who waits at the door."),
    entry(Word::Mute, "mute", "NAME|all", Use::Facilitator, "Takes a member's voice off the floor, or everybody's."),
    entry(Word::Unmute, "unmute", "NAME|all", Use::Facilitator, "Lets a muted member speak again, or everybody."),
    entry(Word::Lock, "lock", "", Use::Facilitator, "Locks the door: nobody can knock."),
    entry(Word::Unlock, "unlock", "", Use::Facilitator, "Unlocks the door."),
    entry(Word::Remove, "remove", "NAME", Use::Facilitator, "Takes a member out of the group."),
    entry(Word::Try, "try", "", Use::Facilitator, "Lets one more try the code, after too many wrong tries."),
    entry(Word::NewCode, "newcode", "", Use::Facilitator, "Changes the words of the code; who is inside stays inside."),
    entry(
        Word::Verify,
        "verify",
        "",
        Use::Facilitator,
        "Compares four words with everybody, to see that nobody listens in.",
    ),
    entry(Word::Close, "close", "", Use::Facilitator, "Ends the group for everybody, once the minutes are read back."),
    entry(
        Word::Role,
        "role",
        "NAME facilitator|co|member",
        Use::Inside,
        "Gives a member a role; whoever leads can step back.",
    ),
    entry(Word::TakeBack, "takeback", "", Use::Inside, "Takes the group back, after your line was gone."),
    entry(Word::Ask, "ask", "", Use::Inside, "Asks the facilitator to let you speak, or no longer does."),
    entry(
        Word::Stick,
        "stick",
        "NAME|down",
        Use::Inside,
        "Passes the talking stick, or puts it down: only who has it is heard.",
    ),
    entry(Word::Done, "done", "", Use::Inside, "Finishes your turn in a round; the facilitator's goes on to the next."),
    entry(Word::Pass, "pass", "", Use::Inside, "Passes your turn in a round."),
    entry(Word::Later, "later", "", Use::Inside, "Puts your turn in a round at the end."),
    entry(Word::Yes, "yes", "", Use::Inside, "Agrees that all stay muted for longer, when that is asked."),
    entry(Word::Back, "back", "", Use::Inside, "Tells the others that you are back from a break."),
    entry(
        Word::Agenda,
        "agenda",
        "[TEXT MINUTES|next|clear]",
        Use::Inside,
        "Shows the agenda; the facilitator adds a point, goes on or clears it.",
    ),
    entry(
        Word::Next,
        "next",
        "[NAME]",
        Use::Facilitator,
        "Gives the word to the next with a raised hand, or to this one.",
    ),
    entry(
        Word::Order,
        "order",
        "hands|least",
        Use::Facilitator,
        "Orders raised hands as they were raised, or who was heard least first.",
    ),
    entry(
        Word::Round,
        "round",
        "checkin|checkout|free [SECONDS]|end",
        Use::Facilitator,
        "Begins a go-round, with a soft sign after so many seconds each, or ends it.",
    ),
    entry(Word::Break, "break", "MINUTES|end", Use::Facilitator, "Begins a break, or ends it."),
    entry(
        Word::Bell,
        "bell",
        "MINUTES|off",
        Use::Facilitator,
        "Sets when the group's time is over: a sentence says it, and another five minutes before.",
    ),
    entry(Word::Propose, "propose", "TEXT", Use::Inside, "Proposes something to the group."),
    entry(Word::Amend, "amend", "TEXT", Use::Inside, "Changes what you have proposed; all answer anew."),
    entry(Word::Withdraw, "withdraw", "", Use::Inside, "Takes back what you have proposed."),
    entry(Word::Aside, "aside", "", Use::Inside, "Stands aside: you don't agree, and won't stand in the way."),
    entry(Word::Block, "block", "REASON", Use::Inside, "Says that you can't let it be, and why."),
    entry(Word::Test, "test", "", Use::Inside, "Asks everybody whether there is agreement."),
    entry(Word::Vote, "vote", "open|secret|end", Use::Inside, "Puts the proposal to a vote, or ends the vote."),
    entry(Word::Ballot, "ballot", "yes|no|abstain", Use::Inside, "Votes."),
    entry(
        Word::Motion,
        "motion",
        "role NAME facilitator",
        Use::Inside,
        "Moves a role; or charter, rotate, remove NAME, mute NAME, lock or close.",
    ),
    entry(
        Word::Minutes,
        "minutes",
        "",
        Use::Inside,
        "Shows the minutes; the facilitator reads them back to everybody.",
    ),
    entry(Word::Proposal, "proposal", "", Use::Inside, "Shows what is proposed, and what is said to it."),
    entry(
        Word::Save,
        "save",
        "PATH",
        Use::Inside,
        "Keeps the minutes in a file on this computer, once they were read back.",
    ),
    entry(Word::Skip, "skip", "", Use::Inside, "When you hear what you missed: skips the rest of it."),
    entry(Word::HelpMe, "help-me", "", Use::Inside, "Asks those who lead for help; nobody else sees it."),
    entry(Word::Private, "private", "NAME TEXT", Use::Inside, "Writes to one member, and nobody else."),
    entry(Word::Here, "here", "", Use::Inside, "Tells the others that you are here, without a word."),
    entry(
        Word::FollowUp,
        "followup",
        "NAME TEXT",
        Use::Inside,
        "Tells those who lead what to do if NAME vanishes; of yourself, or as one of them.",
    ),
    entry(Word::Handled, "handled", "NAME", Use::Inside, "You lead, and have seen to who vanished or asked for help."),
    entry(
        Word::Note,
        "note",
        "TEXT",
        Use::Waiting,
        "At the door: leaves a note for those who lead, such as whom to call.",
    ),
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
        (Word::Hand, "") => Intent::Hand { up: !room.me.is_some_and(|me| room.state.hands.contains(&me)) },
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
    if room.state.seats.len() < 2 {
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

/// What can be typed, a line a command: the facilitator's only for the facilitator.
pub fn help(room: &Room) -> Vec<String> {
    let mut lines: Vec<_> = COMMANDS
        .iter()
        .filter(|entry| entry.needs != Use::Facilitator || room.am_facilitator())
        .map(|entry| format!("{}: {}", format!("/{} {}", entry.typed, entry.argument).trim_end(), entry.help))
        .collect();
    lines.push("Any other line is written to everybody.".to_owned());
    lines
}

#[cfg(test)]
mod tests;
