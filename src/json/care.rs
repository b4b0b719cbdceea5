//! Looking after each other, as events.

use super::line::{Entry, Help, LineEvent};
use crate::command::COMMANDS;
use crate::session::{CareEvent, Room, Secret};
use crate::text::search;

/// What can be typed.
pub(super) fn commands(wanted: &str) -> Help<'static> {
    let form = |typed: &str, argument: &str| format!("/{typed} {argument}").trim_end().to_owned();
    let entries =
        COMMANDS.iter().map(|entry| Entry { command: form(entry.typed, entry.argument), help: entry.word.help() });
    let found = entries.filter(|entry| search::is_found(wanted, &format!("{} {}", entry.command, entry.help)));
    Help::Commands { commands: found.collect() }
}

/// The object for an event about care; `None` if it's about a member who has left.
pub(super) fn event<'a>(event: &'a CareEvent, room: &'a Room) -> Option<LineEvent<'a>> {
    Some(match event {
        CareEvent::Private { from, to, text, .. } => LineEvent::Private { from, to, text },
        CareEvent::Help(name) => LineEvent::Help(Help::Asked { name }),
        CareEvent::HelpSent => LineEvent::HelpSent,
        CareEvent::Gesture { seat, gesture } => {
            LineEvent::Gesture { event: gesture.word(), name: room.state.circle.name(*seat)? }
        }
        CareEvent::FollowUp { name, text } => LineEvent::Followup { name, followup: text.text() },
        CareEvent::Note { name, text } | CareEvent::KnockNote { name, note: text, .. } => {
            LineEvent::Note { name, text: text.text() }
        }
        CareEvent::NoteSent => LineEvent::NoteSent,
        CareEvent::Alarm { arrival, name } => {
            let followup = room.confided.follow_ups.get(arrival).map_or("", Secret::text);
            LineEvent::Alarm { name, followup, back: room.state.care.alarm(*arrival).is_some_and(|alarm| alarm.back) }
        }
        CareEvent::SeenTo { by, name } => LineEvent::Handled { name, by },
    })
}
