//! Looking after each other, as events.

use serde::Serialize;

use super::Event;
use crate::command::COMMANDS;
use crate::session::{Happening, Room, Secret};

/// Two things have this name: a member who asks for help, and what can be typed.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Help<'a> {
    Asked { name: &'a str },
    Commands { commands: Vec<Entry> },
}

#[derive(Serialize)]
pub(super) struct Entry {
    command: String,
    help: &'static str,
}

/// What can be typed.
pub(super) fn commands() -> Help<'static> {
    let form = |typed: &str, argument: &str| format!("/{typed} {argument}").trim_end().to_owned();
    let entries = COMMANDS.iter().map(|entry| Entry { command: form(entry.typed, entry.argument), help: entry.help });
    Help::Commands { commands: entries.collect() }
}

/// The object for a happening about care; `None` if it's about something else, or about somebody who has gone.
pub(super) fn event<'a>(happening: &'a Happening, room: &'a Room) -> Option<Event<'a>> {
    Some(match happening {
        Happening::Private { from, to, text, .. } => Event::Private { from, to, text },
        Happening::Help(name) => Event::Help(Help::Asked { name }),
        Happening::HelpSent => Event::HelpSent,
        Happening::Here(seat) => Event::Here { name: room.state.name(*seat)? },
        Happening::FollowUp(name, text) => Event::Followup { name, followup: text.text() },
        Happening::Note(name, text) | Happening::KnockNote(_, name, text) => Event::Note { name, text: text.text() },
        Happening::NoteSent => Event::NoteSent,
        Happening::Alarm(arrival, name) => {
            let followup = room.confided.follow_ups.get(arrival).map_or("", Secret::text);
            Event::Alarm { name, followup, back: room.state.alarm(*arrival).is_some_and(|alarm| alarm.back) }
        }
        Happening::SeenTo { by, name } => Event::Handled { name, by },
        _ => return None,
    })
}
