//! Menus over the room: each is opened by one key, and lists what can be done now, one letter each.
//!
//! A line stands for a command, and for what has to be said with it: words, a member, or a text that is asked for. So it
//! does what the typed command does. To add a line is to add it to [`LINES`]; to add a menu is to add it to [`Menu`], and the
//! key that opens it to the keymap.

mod care;
mod turns;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::keymap::Who;
use crate::command::{COMMANDS, Word};
use crate::session::Room;

/// Which menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Who speaks, and who comes next.
    Turns,
    /// What is proposed, voted on and decided.
    Decide,
    /// Looking after each other.
    Care,
    /// Who leads.
    Roles,
}

impl Menu {
    /// What stands above it.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Turns => "Turns",
            Self::Decide => "Decide",
            Self::Care => "Care",
            Self::Roles => "Roles",
        }
    }
}

/// What follows a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// These words.
    Say(&'static str),
    /// A member's name: of who is selected in the circle, or else it is asked for.
    Member(&'static str),
    /// An answer to this question.
    Text(&'static str),
    /// The same, and the answer may be empty.
    Maybe(&'static str),
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
    /// Who can.
    pub who: Who,
    /// Whether there is something to do with it now.
    pub now: fn(&Room) -> bool,
    /// What it does, one sentence.
    pub help: &'static str,
}

macro_rules! line {
    ($menu:ident $key:literal $word:ident [$($part:expr),*] $who:ident $now:expr, $help:literal) => {
        Line {
            menu: Menu::$menu,
            key: $key,
            word: Word::$word,
            parts: &[$($part),*],
            who: Who::$who,
            now: $now,
            help: $help,
        }
    };
}

fn always(_: &Room) -> bool {
    true
}

fn others(room: &Room) -> bool {
    room.state.seats.len() > 1
}

fn proposed(room: &Room) -> bool {
    !room.state.decisions.open.is_empty()
}

fn to_agree(room: &Room) -> bool {
    proposed(room) || room.me.is_some_and(|me| room.state.minutes_wait_for(me))
}

/// Whether the minutes wait for my word, and nothing else does.
pub(super) fn only_minutes(room: &Room) -> bool {
    !proposed(room) && room.me.is_some_and(|me| room.state.minutes_wait_for(me))
}

fn mine(room: &Room) -> bool {
    let me = room.me.and_then(|me| room.state.seats.get(&me).map(|member| (me, member.arrival)));
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
    line!(Turns 'f' Done [] Everybody turns::mine,
        "Your turn in the round: you have finished."),
    line!(Turns 'o' Pass [] Everybody turns::mine,
        "Your turn in the round: pass."),
    line!(Turns 'b' Later [] Everybody turns::can_wait,
        "Your turn in the round: let it come at the end."),
    line!(Turns 'y' Yes [] Everybody turns::asked,
        "Yes, all may stay muted for as long again."),
    line!(Turns 'j' Back [] Everybody turns::not_back,
        "You are back from the break."),
    line!(Turns 'h' Hand [] Everybody always,
        "Raise your hand, or lower it."),
    line!(Turns 'a' Ask [] Everybody turns::can_ask,
        "Ask the facilitator to let you speak, or no longer."),
    line!(Turns 's' Stick [Part::Member("Who gets the talking stick? Write a name.")] Everybody turns::has_stick,
        "Give the talking stick to who is selected, or by name."),
    line!(Turns 'd' Stick [Part::Say("down")] Everybody turns::stick_is_up,
        "Put the talking stick down."),
    line!(Turns 'n' Next [] Facilitator turns::someone_waits,
        "Give the word to the next with a raised hand, or who asks."),
    line!(Turns 'l' Order [Part::Say("least")] Facilitator turns::by_hands,
        "Raised hands: who was heard least comes first."),
    line!(Turns 'g' Order [Part::Say("hands")] Facilitator turns::by_least,
        "Raised hands: who raised it first comes first."),
    line!(Turns 'm' Mute [Part::Member("Whom do you want to mute? Write a name.")] Facilitator others,
        "Mute one member: who is selected, or by name."),
    line!(Turns 'e' Mute [Part::Say("all")] Facilitator others,
        "Mute everybody but yourself for a while."),
    line!(Turns 'u' Unmute [Part::Say("all")] Facilitator turns::some_muted,
        "Let all speak again."),
    line!(Turns 'i' Round [Part::Say("checkin"), Part::Maybe(turns::SECONDS)] Facilitator turns::no_round,
        "Begin a check-in round."),
    line!(Turns 't' Round [Part::Say("checkout"), Part::Maybe(turns::SECONDS)] Facilitator turns::no_round,
        "Begin a check-out round."),
    line!(Turns 'r' Round [Part::Say("free"), Part::Maybe(turns::SECONDS)] Facilitator turns::no_round,
        "Begin another round."),
    line!(Turns 'k' Done [] Facilitator turns::anothers,
        "Let the round go on to the next."),
    line!(Turns 'x' Round [Part::Say("end")] Facilitator turns::round,
        "End the round."),
    line!(Turns 'w' Agenda [] Everybody turns::agenda,
        "Read the agenda."),
    line!(Turns 'p' Agenda [Part::Text("What is the next point about?"), Part::Text("How many minutes?")]
        Facilitator always,
        "Add a point to the agenda."),
    line!(Turns 'v' Agenda [Part::Say("next")] Facilitator turns::agenda,
        "Go on to the next point of the agenda."),
    line!(Turns 'c' Agenda [Part::Say("clear")] Facilitator turns::agenda,
        "Clear the agenda."),
    line!(Turns 'z' Break [Part::Text("How many minutes of break?")] Facilitator turns::no_break,
        "Begin a break."),
    line!(Turns '0' Break [Part::Say("end")] Facilitator turns::rest,
        "End the break."),
    line!(Turns '1' Bell [Part::Text("In how many minutes is the group's time over? Or write off.")] Facilitator always,
        "Set when the group's time is over."),
    line!(Decide 'p' Propose [Part::Text("What do you propose?")] Everybody always,
        "Propose something to the group."),
    line!(Decide 'a' Agree [] Everybody to_agree,
        "Agree to what is proposed, or to the minutes."),
    line!(Decide 's' Aside [] Everybody proposed,
        "Stand aside: you don't agree, and won't stand in the way."),
    line!(Decide 'b' Block [Part::Text("Why can you not let it be?")] Everybody proposed,
        "Block, and say why."),
    line!(Decide 'n' Block [] Everybody only_minutes,
        "Say that the minutes are not right."),
    line!(Decide 'e' Amend [Part::Text("What do you propose instead?")] Everybody mine,
        "Change what you have proposed."),
    line!(Decide 'w' Withdraw [] Everybody mine,
        "Take back what you have proposed."),
    line!(Decide 't' Test [] Everybody proposed,
        "Ask everybody whether there is agreement."),
    line!(Decide 'o' Vote [Part::Say("open")] Everybody proposed,
        "Put it to an open vote."),
    line!(Decide 'v' Vote [Part::Say("secret")] Everybody proposed,
        "Put it to a secret vote."),
    line!(Decide 'x' Vote [Part::Say("end")] Facilitator voted,
        "End the vote, once half have voted."),
    line!(Decide 'f' Motion [Part::Say("role"), Part::Member("Who should be the facilitator? Write a name."), Part::Say("facilitator")] Everybody others,
        "Move the facilitator's role: a vote on who is selected, or by name."),
    line!(Decide 'g' Motion [Part::Say("charter"), Part::Text("Which rule, and how? For example: close group.")] Everybody always,
        "Change the ground rules: a vote."),
    line!(Decide 'r' Motion [Part::Say("remove"), Part::Member("Who should leave the group? Write a name.")] Everybody others,
        "Ask the group to remove a member."),
    line!(Decide 'i' Proposal [] Everybody proposed,
        "Read what is proposed, and what is said to it."),
    line!(Decide 'm' Minutes [] Everybody always,
        "Read the minutes; the facilitator reads them back to everybody."),
    line!(Decide 'k' Save [Part::Text("Into which file?")] Everybody read,
        "Keep the minutes in a file on this computer."),
    line!(Decide 'z' Close [] Facilitator always,
        "Come to the close: the minutes are read back, and then the group ends."),
    line!(Care 'h' HelpMe [] Everybody others,
        "Ask those who lead for help; nobody else sees it."),
    line!(Care 'p' Private [Part::Member("To whom only? Write a name."), Part::Text("What do you want to say?")]
        Everybody others, "Write a word to one member, and nobody else."),
    line!(Care 'e' Here [] Everybody always,
        "Tell the others that you are here, without a word."),
    line!(Care 'f' FollowUp [Part::Member("Who might vanish? Write a name."), Part::Text("What is to be done then?")]
        Everybody always, "Say what is to be done if a line is lost; those who lead see it."),
    line!(Care 'd' Handled [Part::Text("Whom have you seen to? Write the name.")] Everybody care::trouble,
        "You have seen to who vanished, or asked for help."),
    line!(Care 'n' Note [Part::Text("What should those who lead know? Nobody else sees it.")] Everybody care::at_door,
        "Leave a note for those who lead, such as whom to call."),
    line!(Roles 'c' Role [Part::Member("Who is to be co-facilitator? Write a name."), Part::Say("co")] Facilitator others,
        "Make a member co-facilitator: they follow you, in the order of naming."),
    line!(Roles 'f' Role [Part::Member("Who is to be facilitator? Write a name."), Part::Say("facilitator")] Facilitator
        others, "Make a member facilitator; you stay at their side."),
    line!(Roles 'm' Role [Part::Member("Who is to be a member again? Write a name."), Part::Say("member")] Everybody
        care::leads, "Make a member of somebody who leads; everybody may step back."),
    line!(Roles 't' TakeBack [] Everybody care::take_back,
        "Take the group back, after your line was gone."),
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
    pub fn question(&self) -> String {
        match self.line.parts.get(self.at) {
            Some(Part::Text(question)) if self.line.word == Word::Private => {
                let name = self.typed.split_once(' ').map_or("", |(_, name)| name);
                format!("Only {name} sees it. {question}")
            }
            Some(Part::Member(question) | Part::Text(question) | Part::Maybe(question)) => (*question).to_owned(),
            Some(Part::Say(_)) | None => String::new(),
        }
    }

    /// Whether a member is asked for.
    pub fn asks_for_member(&self) -> bool {
        matches!(self.line.parts.get(self.at), Some(Part::Member(_)))
    }

    /// Whether there need not be an answer.
    pub fn may_be_empty(&self) -> bool {
        matches!(self.line.parts.get(self.at), Some(Part::Maybe(_)))
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
            (Some(Part::Member(_)), Some(Part::Text(_))) => '\n',
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

/// The way to do what a line says, with who is selected in the circle.
pub fn begin(line: &'static Line, picked: Option<&str>) -> Step {
    Prompt { line, typed: line.command(), at: 0 }.advance(picked)
}

#[cfg(test)]
mod tests;
