//! What is asked back at a typed line: what a command still lacks, by numbered lists and questions, and whether it is meant.
//!
//! Each answer concerns who or what was shown, however things have changed meanwhile.

mod choice;
mod lacking;

use std::time::Duration;

use self::choice::{Choice, Shown};
use self::lacking::{Slot, slots};
use crate::command::{self, Command, typed};
use crate::ids::Time;
use crate::session::{CHAT_CHARS, Intent, Phase, Room, Side, Trouble};
use crate::text::{self, Word, home, lists};

/// How long a question stands that is answered with yes or no. Later, "yes" is a line like any other.
const STANDS: Duration = Duration::from_secs(60);

/// What comes of a typed line.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// What is told first.
    pub told: Vec<String>,
    /// What is to be done.
    pub command: Option<Command>,
}

/// Takes typed lines, and remembers what was asked.
#[derive(Debug, Default)]
pub struct Dialogue {
    /// Whether a person types, who is asked before somebody is removed, the group ends or they leave.
    asks: bool,
    open: Option<Open>,
}

/// What was asked.
#[derive(Clone, Debug)]
enum Open {
    /// One of these, to follow what there is of the command.
    List { typed: String, choices: Vec<Choice> },
    /// A text to follow it; whether it may be empty, and what is asked next.
    Text { typed: String, maybe: bool, next: &'static [Slot] },
    /// Whether this is meant, and whom it concerns.
    Sure { command: Command, whom: Option<Shown>, until: Time },
}

impl Dialogue {
    /// With a person who is asked before they remove somebody, end the group or leave; or with a program.
    pub fn new(asks: bool) -> Self {
        Self { asks, open: None }
    }

    /// Whether a person is asked before they leave.
    pub fn asks(&self) -> bool {
        self.asks
    }

    /// Takes in lines that came at once. Several were pasted, and are no commands.
    ///
    /// # Errors
    /// What is wrong with the line, and what to do next. What was asked stays asked then.
    pub fn handle(&mut self, lines: &[String], room: &Room, now: Time) -> Result<Reply, Trouble> {
        match lines {
            [] => Ok(Reply::default()),
            [line] => self.line(line.trim(), room, now),
            lines => Ok(self.pasted(lines, now)),
        }
    }

    /// Several lines are one message, if that is meant.
    fn pasted(&mut self, lines: &[String], now: Time) -> Reply {
        let text = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        match text.chars().count() {
            0 => Reply::default(),
            count if count > CHAT_CHARS => told(lists::pasted_too_much(count, CHAT_CHARS)),
            _ => {
                let command = Command::Intent(Intent::Chat(text));
                self.open = Some(Open::Sure { command, whom: None, until: now + STANDS });
                told(lists::pasted(lines.len()))
            }
        }
    }

    fn line(&mut self, line: &str, room: &Room, now: Time) -> Result<Reply, Trouble> {
        let is_command = line.starts_with('/') && !line.starts_with("//");
        let parsed = command::parse(line, room);
        match self.open.take() {
            Some(Open::Sure { command, whom, until }) if now < until => {
                let again = is_command && parsed.as_ref().is_ok_and(|parsed| parsed.as_ref() == Some(&command));
                match line {
                    _ if home::is_yes(line) => return Ok(meant(command, whom.as_ref(), room)),
                    _ if home::is_no(line) => return Ok(told(lists::NOTHING_DONE)),
                    _ if again => return Ok(meant(command, whom.as_ref(), room)),
                    _ if is_command => {}
                    _ => {
                        self.open = Some(Open::Sure { command, whom, until });
                        return Ok(told(lists::YES_OR_NO));
                    }
                }
            }
            Some(open @ (Open::List { .. } | Open::Text { .. })) if !is_command => {
                let reply = self.answer(&open, line, room, now);
                if reply.is_err() {
                    self.open = Some(open);
                }
                return reply;
            }
            Some(_) | None => {}
        }
        if let Some(entry) = command::lacking(line, &parsed)
            && let Some(slots) = slots(entry.word)
        {
            return self.ask(format!("/{}", entry.typed), slots, room, now);
        }
        Ok(parsed?.map_or_else(Reply::default, |command| self.ready(command, room, now)))
    }

    fn answer(&mut self, open: &Open, line: &str, room: &Room, now: Time) -> Result<Reply, Trouble> {
        match open {
            Open::List { .. } if matches!(line, "" | "0") => Ok(told(lists::NOTHING_DONE)),
            Open::List { typed, choices } => {
                let Some(choice) = choice::find(choices, line) else {
                    self.open = Some(open.clone());
                    return Ok(told(lists::none_of_them(choices.len())));
                };
                let Some(said) = choice.shown.said(room) else {
                    return Ok(told(lists::no_longer_there(&choice.label)));
                };
                self.ask(format!("{typed} {said}"), choice.next, room, now)
            }
            Open::Text { maybe: false, .. } if line.is_empty() => Ok(told(lists::NOTHING_DONE)),
            Open::Text { typed, next, .. } => self.ask(format!("{typed}{line}"), next, room, now),
            Open::Sure { .. } => Ok(Reply::default()),
        }
    }

    /// Asks for what is to follow, or does it, if it's whole.
    fn ask(&mut self, typed: String, next: &'static [Slot], room: &Room, now: Time) -> Result<Reply, Trouble> {
        let Some((slot, rest)) = next.split_first() else {
            let command = command::parse(typed.trim_end(), room)?;
            return Ok(command.map_or_else(Reply::default, |command| self.ready(command, room, now)));
        };
        match slot {
            Slot::Text(question) | Slot::Maybe(question) => {
                let maybe = matches!(slot, Slot::Maybe(_));
                // Whoever alone is to read it is named.
                let only = typed.split_once(' ').filter(|(command, _)| *command == command::slashed(Word::Private));
                let question = match only {
                    Some((_, name)) => text::menus::only_for(name, question),
                    None => (*question).to_owned(),
                };
                // No name has a line end, so that a text is never taken for more of a name.
                let typed = format!("{typed}{}", if typed.contains(' ') && !maybe { '\n' } else { ' ' });
                self.open = Some(Open::Text { typed, maybe, next: rest });
                Ok(told(if maybe { question } else { lists::write_it(&question) }))
            }
            Slot::One { question, of, words } => {
                let choices = choice::choices(*of, words, rest, room);
                if choices.is_empty() {
                    return Ok(told(lists::NOBODY_TO_CHOOSE));
                }
                let mut lines = vec![(*question).to_owned()];
                lines.extend((1..).zip(&choices).map(|(number, choice)| lists::item(number, &choice.label)));
                lines.push(lists::type_a_number(choices.len()));
                self.open = Some(Open::List { typed, choices });
                Ok(Reply { told: lines, command: None })
            }
        }
    }

    /// Does what was typed, once it's meant.
    fn ready(&mut self, command: Command, room: &Room, now: Time) -> Reply {
        if let Command::Devices(side) = &command {
            // The answer to it numbers them.
            let choices = choice::devices(*side, room);
            let word = if *side == Side::Mic { Word::MicDevice } else { Word::SpeakerDevice };
            let typed = command::slashed(word);
            self.open = (!choices.is_empty()).then_some(Open::List { typed, choices });
        }
        let Some(told) = question(&command, room).filter(|_| self.asks) else {
            return Reply { command: Some(command), told: vec![] };
        };
        let whom = match &command {
            Command::Intent(Intent::Remove(seat) | Intent::HandOver(seat)) => Shown::member(*seat, room),
            Command::Intent(Intent::TurnAway(attempt)) => Some(Shown::Knock(*attempt)),
            _ => None,
        };
        self.open = Some(Open::Sure { command, whom, until: now + STANDS });
        Reply { told, command: None }
    }
}

/// What is asked before this is done, if anything is.
fn question(command: &Command, room: &Room) -> Option<Vec<String>> {
    let sure = |[question, hint]: [String; 2]| Some(vec![format!("{question} {hint}"), lists::YES_OR_NO.to_owned()]);
    match command {
        Command::Quit if matches!(room.phase, Phase::Connecting | Phase::Over(_)) => None,
        Command::Quit => Some(text::leaving_in_sentences(room, typed)),
        Command::Intent(Intent::Remove(seat)) => sure(text::remove_question(room.state.circle.name(*seat), typed)),
        Command::Intent(Intent::TurnAway(attempt)) => {
            let waiting = room.door.iter().find(|waiting| waiting.attempt == *attempt);
            sure(text::decline_question(waiting.map(|waiting| waiting.name.as_str())))
        }
        Command::Intent(Intent::Close) => sure(text::end_question()),
        Command::Intent(Intent::HandOver(seat)) => sure(lists::hand_over_question(text::name(room, *seat))),
        _ => None,
    }
}

/// It is meant: done to the one who was shown, or else not at all.
fn meant(command: Command, whom: Option<&Shown>, room: &Room) -> Reply {
    match whom {
        Some(shown) if shown.said(room).is_none() => told(lists::GONE_MEANWHILE),
        Some(_) | None => Reply { command: Some(command), told: vec![] },
    }
}

fn told(sentence: impl Into<String>) -> Reply {
    Reply { told: vec![sentence.into()], command: None }
}

#[cfg(test)]
mod tests;
