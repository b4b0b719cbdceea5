//! Menus over the room: each is opened by one key, and lists what can be done now, one letter each.
//!
//! A line stands for a command, and for what has to be said with it: words, a member, or a text that is asked for. So it
//! does what the typed command does. To add a line is to add it to [`LINES`]; to add a menu is to add it to [`Menu`], and the
//! key that opens it to the keymap.

mod care;
mod turns;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub use super::keymap::Menu;
use super::keymap::Who;
use crate::command::{COMMANDS, Word};
use crate::session::{Room, Side, Speaker};
use crate::text::{self, Text, menus};

/// What follows a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// These words.
    Say(&'static str),
    /// A member's name: of the selected member, or else it is asked for.
    Member(Text),
    /// An answer to this question.
    Text(Text),
    /// The same, and the answer is a number.
    Number(Text),
    /// The same, and the answer may be empty.
    MaybeNumber(Text),
    /// One of the devices of this side, of which the question names all.
    Device(Side),
}

/// One line of a menu.
#[derive(Debug)]
pub struct Line {
    /// Where.
    pub menu: Menu,
    /// The letter that does it. Not q, which goes back.
    pub key: char,
    /// The command that it stands for.
    pub word: Word,
    /// What follows the command.
    pub parts: &'static [Part],
    /// The people who can.
    pub who: Who,
    /// Whether there is something to do with it now.
    pub now: fn(&Room) -> bool,
    /// What it does, one sentence.
    pub help: Text,
}

macro_rules! line {
    ($menu:ident $key:literal $word:ident [$($part:expr),*] $who:ident $now:expr, $text:ident) => {
        Line {
            menu: Menu::$menu,
            key: $key,
            word: Word::$word,
            parts: &[$($part),*],
            who: Who::$who,
            now: $now,
            help: menus::$text,
        }
    };
}

fn always(_: &Room) -> bool {
    true
}

fn paused(room: &Room) -> bool {
    room.speaker == Speaker::Paused
}

fn others(room: &Room) -> bool {
    room.state.circle.seats.len() > 1
}

fn proposed(room: &Room) -> bool {
    !room.state.decisions.open.is_empty()
}

fn to_agree(room: &Room) -> bool {
    proposed(room) || room.me.is_some_and(|me| room.state.decisions.minutes_wait_for(me, &room.state.circle))
}

/// Whether the minutes wait for my word, and nothing else does.
pub(super) fn only_minutes(room: &Room) -> bool {
    !proposed(room) && room.me.is_some_and(|me| room.state.decisions.minutes_wait_for(me, &room.state.circle))
}

fn mine(room: &Room) -> bool {
    let me = room.me.and_then(|me| room.state.circle.seats.get(&me).map(|member| (me, member.arrival)));
    room.state.decisions.open.iter().any(|open| Some(open.by) == me)
}

fn voted(room: &Room) -> bool {
    room.state.decisions.vote().is_some()
}

fn read(room: &Room) -> bool {
    room.state.decisions.is_read()
}

/// All lines, in the order in which they are shown.
#[rustfmt::skip]
pub static LINES: &[Line] = &[
    line!(Turns 'f' Done [] Everybody turns::mine, DONE),
    line!(Turns 'o' Pass [] Everybody turns::mine, PASS),
    line!(Turns 'b' Later [] Everybody turns::can_wait, LATER),
    line!(Turns 'y' Yes [] Everybody turns::asked, YES),
    line!(Turns 'j' Back [] Everybody turns::not_back, BACK),
    line!(Turns 'h' Hand [] Everybody always, HAND),
    line!(Turns 'a' Ask [] Everybody turns::can_ask, ASK),
    line!(Turns 's' Stick [Part::Member(menus::STICK_TO)] Everybody turns::has_stick, STICK),
    line!(Turns 'd' Stick [Part::Say("down")] Everybody turns::stick_is_up, STICK_DOWN),
    line!(Turns 'n' Next [] Facilitator turns::someone_waits, NEXT),
    line!(Turns 'l' Order [Part::Say("least")] Facilitator turns::by_hands, LEAST_FIRST),
    line!(Turns 'g' Order [Part::Say("hands")] Facilitator turns::by_least, FIRST_FIRST),
    line!(Turns 'm' Mute [Part::Member(menus::MUTE_WHOM)] Facilitator others, MUTE),
    line!(Turns 'e' Mute [Part::Say("all")] Facilitator others, MUTE_ALL),
    line!(Turns 'u' Unmute [Part::Say("all")] Facilitator turns::some_muted, UNMUTE_ALL),
    line!(Turns 'i' Round [Part::Say("checkin"), Part::MaybeNumber(menus::SECONDS)] Facilitator turns::no_round, CHECK_IN),
    line!(Turns 't' Round [Part::Say("checkout"), Part::MaybeNumber(menus::SECONDS)] Facilitator turns::no_round, CHECK_OUT),
    line!(Turns 'r' Round [Part::Say("free"), Part::MaybeNumber(menus::SECONDS)] Facilitator turns::no_round, FREE_ROUND),
    line!(Turns 'k' Done [] Facilitator turns::anothers, SKIP_TURN),
    line!(Turns 'x' Round [Part::Say("end")] Facilitator turns::round, END_ROUND),
    line!(Turns 'w' Agenda [] Everybody turns::agenda, AGENDA),
    line!(Turns 'p' Agenda [Part::Text(menus::POINT), Part::Number(menus::POINT_MINUTES)]
        Facilitator always, ADD_POINT),
    line!(Turns 'v' Agenda [Part::Say("next")] Facilitator turns::agenda, NEXT_POINT),
    line!(Turns 'c' Agenda [Part::Say("clear")] Facilitator turns::agenda, CLEAR_AGENDA),
    line!(Turns 'z' Break [Part::Number(menus::BREAK_MINUTES)] Facilitator turns::no_break, BREAK),
    line!(Turns '0' Break [Part::Say("end")] Facilitator turns::rest, END_BREAK),
    line!(Turns '1' Bell [Part::Text(menus::BELL_MINUTES)] Facilitator always, BELL),
    line!(Decide 'p' Propose [Part::Text(menus::PROPOSE_WHAT)] Everybody always, PROPOSE),
    line!(Decide 'a' Agree [] Everybody to_agree, AGREE),
    line!(Decide 's' Aside [] Everybody proposed, ASIDE),
    line!(Decide 'b' Block [Part::Text(menus::BLOCK_WHY)] Everybody proposed, BLOCK),
    line!(Decide 'n' Block [] Everybody only_minutes, NOT_RIGHT),
    line!(Decide 'e' Amend [Part::Text(menus::AMEND_TO)] Everybody mine, AMEND),
    line!(Decide 'w' Withdraw [] Everybody mine, WITHDRAW),
    line!(Decide 't' Test [] Everybody proposed, TEST),
    line!(Decide 'o' Vote [Part::Say("open")] Everybody proposed, OPEN_VOTE),
    line!(Decide 'v' Vote [Part::Say("secret")] Everybody proposed, SECRET_VOTE),
    line!(Decide 'x' Vote [Part::Say("end")] Facilitator voted, END_VOTE),
    line!(Decide 'f' Motion [Part::Say("role"), Part::Member(menus::MOVE_WHOM), Part::Say("facilitator")] Everybody others, MOVE_FACILITATOR),
    line!(Decide 'g' Motion [Part::Say("charter"), Part::Text(menus::WHICH_RULE)] Everybody always, CHANGE_RULES),
    line!(Decide 'r' Motion [Part::Say("remove"), Part::Member(menus::REMOVE_WHOM)] Everybody others, ASK_TO_REMOVE),
    line!(Decide 'i' Proposal [] Everybody proposed, PROPOSAL),
    line!(Decide 'm' Minutes [] Everybody always, MINUTES),
    line!(Decide 'k' Save [Part::Text(menus::SAVE_WHERE)] Everybody read, SAVE),
    line!(Decide 'z' Close [] Facilitator always, CLOSE),
    line!(Care 'h' HelpMe [] Everybody others, HELP_ME),
    line!(Care 'p' Private [Part::Member(menus::PRIVATE_TO), Part::Text(menus::PRIVATE_WHAT)]
        Everybody others, PRIVATE),
    line!(Care 'e' Here [] Everybody always, HERE),
    line!(Care 'a' Applaud [] Everybody always, APPLAUD),
    line!(Care 'f' FollowUp [Part::Member(menus::FOLLOW_UP_WHOM), Part::Text(menus::FOLLOW_UP_WHAT)]
        Everybody always, FOLLOW_UP),
    line!(Care 'd' Handled [Part::Text(menus::HANDLED_WHOM)] Everybody care::trouble, HANDLED),
    line!(Care 'n' Note [Part::Text(menus::NOTE_WHAT)] Everybody care::at_door, NOTE),
    line!(Roles 'c' Role [Part::Member(menus::CO_FACILITATOR_WHO), Part::Say("co")] Facilitator others, CO_FACILITATOR),
    line!(Roles 'f' Role [Part::Member(menus::FACILITATOR_WHO), Part::Say("facilitator")] Facilitator
        others, FACILITATOR),
    line!(Roles 'm' Role [Part::Member(menus::MEMBER_WHO), Part::Say("member")] Everybody
        care::leads, MEMBER),
    line!(Roles 'l' Lead [Part::Member(menus::LEAD_WHO)] Everybody care::chaired, LEAD),
    line!(Roles 't' TakeBack [] Everybody care::take_back, TAKE_BACK),
    line!(Sound 'm' MicDevice [Part::Device(Side::Mic)] Everybody always, MIC_DEVICE),
    line!(Sound 's' SpeakerDevice [Part::Device(Side::Speaker)] Everybody always, SPEAKER_DEVICE),
    line!(Sound 'v' Volume [Part::Member(menus::VOLUME_WHOM), Part::Number(menus::VOLUME_PERCENT)]
        Everybody others, VOLUME),
    line!(Sound 'a' Aloud [] Everybody paused, ALOUD),
];

impl Line {
    /// The command as it is typed, without what follows it.
    pub fn command(&self) -> String {
        let typed = COMMANDS.iter().find(|entry| entry.word == self.word).map_or("", |entry| entry.typed);
        format!("/{typed}")
    }
}

/// The first line that stands for a command.
pub fn of(word: Word) -> Option<&'static Line> {
    LINES.iter().find(|line| line.word == word)
}

/// The lines of a menu that this person can use now.
pub fn lines(menu: Menu, room: &Room) -> Vec<&'static Line> {
    LINES.iter().filter(|line| line.menu == menu && line.who.may(room) && (line.now)(room)).collect()
}

/// The line for a note at the door, which is no menu's there.
pub fn note() -> Option<&'static Line> {
    LINES.iter().find(|line| line.word == Word::Note)
}

/// Whether somebody vanished or asks for help, and I am one of those who are told.
pub fn someone_needs_care(room: &Room) -> bool {
    care::trouble(room)
}

/// The line that a key means.
pub fn find(menu: Menu, room: &Room, event: &KeyEvent) -> Option<&'static Line> {
    let KeyCode::Char(typed) = event.code else { return None };
    if event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META)
    {
        return None;
    }
    let all = lines(menu, room);
    let exact = |typed: char| all.iter().find(|line| line.key == typed).copied();
    exact(typed).or_else(|| exact(typed.to_ascii_lowercase()))
}

/// A line of a menu that asks for something before it's done.
#[derive(Clone, Debug)]
pub struct Prompt {
    line: &'static Line,
    /// What there is of the command.
    typed: String,
    /// The part that is being asked for.
    at: usize,
}

impl PartialEq for Prompt {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.line, other.line) && (&self.typed, self.at) == (&other.typed, other.at)
    }
}

/// How far a command from a menu is.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// This is asked next.
    Ask(Prompt),
    /// It's whole, as if it were typed.
    Typed(String),
}

impl Prompt {
    /// The question. What only one is to read is asked for with their name, however they were chosen.
    pub fn question(&self, room: &Room) -> String {
        match self.line.parts.get(self.at) {
            Some(Part::Text(question)) if self.line.word == Word::Private => {
                let name = self.typed.split_once(' ').map_or("", |(_, name)| name);
                menus::only_for(name, question)
            }
            Some(
                Part::Member(question) | Part::Text(question) | Part::Number(question) | Part::MaybeNumber(question),
            ) => (*question).to_owned(),
            Some(Part::Device(side)) => text::which_device(*side, room),
            Some(Part::Say(_)) | None => String::new(),
        }
    }

    /// The same where there is little room.
    pub fn question_in_short(&self, room: &Room) -> String {
        match self.line.parts.get(self.at) {
            Some(Part::Device(side)) => text::which_device_in_short(*side),
            _ => self.question(room),
        }
    }

    /// Whether a member is asked for.
    pub fn asks_for_member(&self) -> bool {
        matches!(self.line.parts.get(self.at), Some(Part::Member(_)))
    }

    /// Whether there need not be an answer.
    pub fn may_be_empty(&self) -> bool {
        matches!(self.line.parts.get(self.at), Some(Part::MaybeNumber(_)))
    }

    /// Whether the answer is a number, so that nothing else need be taken.
    pub fn asks_for_number(&self) -> bool {
        matches!(self.line.parts.get(self.at), Some(Part::Number(_) | Part::MaybeNumber(_)))
    }

    /// The way on after an answer.
    pub fn answered(&self, answer: &str) -> Step {
        let typed = format!("{}{}{}", self.typed, self.gap(), answer.trim());
        Self { typed: typed.trim_end().to_owned(), at: self.at + 1, ..self.clone() }.advance(None)
    }

    /// What stands before the next part. No name and no line has a line end, so that a text is never taken for more of a name.
    fn gap(&self) -> char {
        let before = self.at.checked_sub(1).and_then(|before| self.line.parts.get(before));
        match (before, self.line.parts.get(self.at)) {
            (Some(Part::Member(_)), Some(Part::Text(_) | Part::Number(_))) => '\n',
            _ => ' ',
        }
    }

    fn advance(mut self, picked: Option<&str>) -> Step {
        loop {
            let said = match (self.line.parts.get(self.at), picked) {
                (None, _) => return Step::Typed(self.typed),
                (Some(Part::Say(words)), _) => words,
                (Some(Part::Member(_)), Some(name)) => name,
                (Some(_), _) => return Step::Ask(self),
            };
            self.typed = format!("{}{}{said}", self.typed, self.gap());
            self.at += 1;
        }
    }
}

/// The way to do what a line says, with the selected member's name.
pub fn begin(line: &'static Line, picked: Option<&str>) -> Step {
    Prompt { line, typed: line.command(), at: 0 }.advance(picked)
}

#[cfg(test)]
mod tests;
