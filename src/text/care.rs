//! What is for a few eyes only, and looking after each other.

use super::advice::Advice;
use super::commands::Word;
use super::guide::Guide;
use crate::session::{Alarm, CareEvent, ChatLine, Gesture, Room};

/// The sentence for an event about care; `None` if it's about a member who has left, or an alarm that is over.
pub fn cared(event: &CareEvent, room: &Room, how: Guide) -> Option<String> {
    let done = |name: &str| format!("Once somebody has looked after {name}, {}.", how(Word::Handled, name));
    Some(match event {
        CareEvent::Private { to, text, mine: true, .. } => private_to(to, text),
        CareEvent::Private { from, text, .. } => private_from(from, text),
        CareEvent::Help(name) => format!("{name} asks for help. Only those who lead see this. {}", done(name)),
        CareEvent::HelpSent => HELP_SENT.to_owned(),
        CareEvent::Gesture { seat, gesture } => {
            gestured(*gesture, room.me == Some(*seat), room.state.circle.name(*seat)?)
        }
        CareEvent::FollowUp { name, text } => follow_up(name, text.text()),
        CareEvent::Note { name, text } | CareEvent::KnockNote { name, note: text, .. } => note(name, text.text()),
        CareEvent::NoteSent => NOTE_SENT.to_owned(),
        CareEvent::Alarm { arrival, name } => {
            let told = room.state.care.alarm(*arrival).map(|one| alarm(room, one))?;
            format!("{told} {}", done(name))
        }
        CareEvent::SeenTo { by, name } => seen_to(by, name),
    })
}

/// A private word came.
fn private_from(from: &str, text: &str) -> String {
    format!("Only to you, from {from}: {text}")
}

/// My private word is with them.
fn private_to(to: &str, text: &str) -> String {
    format!("Only to {to}, from you: {text}")
}

/// A line as it stands among what was written.
pub fn chat_text(line: &ChatLine, me: Option<&str>) -> String {
    match &line.only {
        None => line.text.clone(),
        Some(to) if me == Some(to.as_str()) => format!("(only to you) {}", line.text),
        Some(to) => format!("(only to {to}) {}", line.text),
    }
}

/// A private word that reached nobody, and went to nobody else.
pub fn private_lost(name: &str, text: &str) -> Advice {
    (
        format!("{name} is gone, so your words reached nobody."),
        format!("Nobody else has seen them. You wrote: \"{text}\"."),
    )
}

/// My own call for help is out.
const HELP_SENT: &str = "Those who lead have been told, and nobody else. You don't have to say anything now.";

/// Somebody has given a quiet sign.
fn gestured(gesture: Gesture, me: bool, name: &str) -> String {
    match (gesture, me) {
        (Gesture::Here, true) => "You have told the others that you are here.".to_owned(),
        (Gesture::Here, false) => format!("{name} is here, quietly."),
        (Gesture::Applause, true) => "You applaud; the others see it.".to_owned(),
        (Gesture::Applause, false) => format!("{name} applauds."),
    }
}

/// A quiet sign beside a name.
pub(super) fn gesture_words(gesture: Gesture) -> &'static str {
    match gesture {
        Gesture::Here => "is here",
        Gesture::Applause => "applauds",
    }
}

/// Somebody vanished; in one sentence, for those who lead.
pub fn alarm(room: &Room, alarm: &Alarm) -> String {
    let name = &alarm.name;
    let back = if alarm.back { ", and somebody with this name has come in since" } else { "" };
    match room.confided.follow_ups.get(&alarm.arrival) {
        Some(follow_up) => format!("{name} vanished{back}. What to do: {}.", follow_up.text()),
        None => format!("{name} vanished{back}. Nobody has said what to do then."),
    }
}

/// The same in as few words as there are.
pub fn alarm_short(room: &Room, alarm: &Alarm) -> String {
    let back = if alarm.back { " (back?)" } else { "" };
    match room.confided.follow_ups.get(&alarm.arrival) {
        Some(follow_up) => format!("{} vanished{back}: {}", alarm.name, follow_up.text()),
        None => format!("{} vanished{back}", alarm.name),
    }
}

/// An alarm was seen to, by somebody who leads.
fn seen_to(by: &str, name: &str) -> String {
    format!("{by} has looked after {name}.")
}

/// What is to be done if somebody vanishes, for those who lead.
fn follow_up(name: &str, text: &str) -> String {
    if text.is_empty() {
        format!("If {name} vanishes, nothing needs to be done.")
    } else {
        format!("If {name} vanishes: {text}. Only those who lead see this.")
    }
}

/// Somebody has left a note at the door, for those who lead.
fn note(name: &str, text: &str) -> String {
    format!("A note from {name}, only for those who lead: {text}")
}

/// My own note is with the door.
const NOTE_SENT: &str = "Those who lead have your note, and nobody else. It is gone when the group ends.";
