//! The commands: what each asks for, how it is typed, and when it can be used.

use crate::session::{Intent, InviteForm, Side};
use crate::text::{self, Verbosity, Word};

/// What a typed line or a key asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Something for the member's core.
    Intent(Intent),
    /// Tell who is there.
    Who,
    /// Tell which devices there are on this side.
    Devices(Side),
    /// Tell how the line is.
    Link,
    /// Tell what the line may cost.
    Spending,
    /// Show the invitation again.
    Invite,
    /// Copy the invitation in this form, as far as the terminal allows, and show it.
    Copy(InviteForm),
    /// Show the ground rules.
    Rules,
    /// Tell what is private and what the relay can see.
    Privacy,
    /// Tell what can be typed or pressed: about these words, or all of it if there are none.
    Help(String),
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
    /// Tell this much of those who speak, or else how much is told.
    Verbose(Option<Verbosity>),
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
    entry(Word::Copy, "copy", "[short]", Use::Inside),
    entry(Word::Agree, "agree", "", Use::Always),
    entry(Word::Sound, "sound", "", Use::Waiting),
    entry(Word::Rules, "rules", "", Use::Always),
    entry(Word::Privacy, "privacy", "", Use::Always),
    entry(Word::Match, "match", "", Use::Inside),
    entry(Word::Mismatch, "mismatch", "", Use::Inside),
    entry(Word::Help, "help", "[WORD]", Use::Always),
    entry(Word::Quit, "quit", "[NAME]", Use::Always),
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
    entry(Word::Lead, "lead", "[NAME]", Use::Inside),
    entry(Word::TakeBack, "takeback", "", Use::Inside),
    entry(Word::GiveBack, "giveback", "[NAME]", Use::Facilitator),
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
    entry(Word::Applaud, "applaud", "", Use::Inside),
    entry(Word::FollowUp, "followup", "NAME TEXT", Use::Inside),
    entry(Word::Handled, "handled", "NAME", Use::Inside),
    entry(Word::MicDevice, "mic-device", "[NAME]", Use::Always),
    entry(Word::SpeakerDevice, "speaker-device", "[NAME]", Use::Always),
    entry(Word::Volume, "volume", "NAME PERCENT", Use::Inside),
    entry(Word::Plan, "plan", "[auto|thin|full]", Use::Always),
    entry(Word::Aloud, "aloud", "", Use::Always),
    entry(Word::Verbose, "verbose", "[1|2|3]", Use::Always),
    entry(Word::Note, "note", "TEXT", Use::Waiting),
];

/// A command as it is typed, with the slash.
pub fn slashed(word: Word) -> String {
    format!("/{}", word_typed(word))
}

/// How to type a command with what stands after it, in a sentence: "type /mute Ana".
pub fn typed(word: Word, rest: &str) -> String {
    text::type_in(format!("{} {rest}", slashed(word)).trim_end())
}

/// A command as it is typed, without the slash.
fn word_typed(word: Word) -> &'static str {
    COMMANDS.iter().find(|entry| entry.word == word).map_or("", |entry| entry.typed)
}
