//! What is for a few eyes only, and looking after each other.

use super::advice::Advice;
use super::catalogue::{Text, say, text};
use super::commands::Word;
use super::guide::Guide;
use crate::session::{Alarm, CareEvent, ChatLine, Gesture, Room};

/// The sentence for an event about care; `None` if it's about a member who has left, or an alarm that is over.
pub fn cared(event: &CareEvent, room: &Room, how: Guide) -> Option<String> {
    let done = |name: &str| say!("care-once-somebody-looked-after", name, handled = how(Word::Handled, name));
    Some(match event {
        CareEvent::Private { to, text, mine: true, .. } => private_to(to, text),
        CareEvent::Private { from, text, .. } => private_from(from, text),
        CareEvent::Help(name) => say!("care-asks-help-only-those", name, done = done(name)),
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
    say!("care-only-from", from, text)
}

/// My private word is with them.
fn private_to(to: &str, text: &str) -> String {
    say!("care-only-from-2", to, text)
}

/// A line as it stands among what was written.
pub fn chat_text(line: &ChatLine, me: Option<&str>) -> String {
    match &line.only {
        None => line.text.clone(),
        Some(to) if me == Some(to.as_str()) => say!("care-only", text = line.text),
        Some(to) => say!("care-only-2", to, text = line.text),
    }
}

/// A private word that reached nobody, and went to nobody else.
pub fn private_lost(name: &str, text: &str) -> Advice {
    (say!("care-gone-words-reached-nobody", name), say!("care-nobody-else-seen-them", text))
}

/// My own call for help is out.
const HELP_SENT: Text = Text::new("care-help-sent");

/// Somebody has given a quiet sign.
fn gestured(gesture: Gesture, me: bool, name: &str) -> String {
    match (gesture, me) {
        (Gesture::Here, true) => text("care-told-others").to_owned(),
        (Gesture::Here, false) => say!("care-quietly", name),
        (Gesture::Applause, true) => text("care-applaud-others-see").to_owned(),
        (Gesture::Applause, false) => say!("care-applauds", name),
    }
}

/// A quiet sign beside a name.
pub(super) fn gesture_words(gesture: Gesture) -> &'static str {
    match gesture {
        Gesture::Here => text("care-is-here"),
        Gesture::Applause => text("care-applauds-2"),
    }
}

/// Somebody vanished; in one sentence, for those who lead.
pub fn alarm(room: &Room, alarm: &Alarm) -> String {
    let name = &alarm.name;
    let back = alarm.back;
    match room.confided.follow_ups.get(&alarm.arrival) {
        Some(follow_up) => say!("care-vanished-do", name, back, text = follow_up.text()),
        None => say!("care-vanished", name, back),
    }
}

/// The same in as few words as there are.
pub fn alarm_short(room: &Room, alarm: &Alarm) -> String {
    let Alarm { name, back, .. } = alarm;
    match room.confided.follow_ups.get(&alarm.arrival) {
        Some(follow_up) => say!("care-vanished-do-short", name, back, text = follow_up.text()),
        None => say!("care-vanished-short", name, back),
    }
}

/// An alarm was seen to, by somebody who leads.
fn seen_to(by: &str, name: &str) -> String {
    say!("care-looked-after", by, name)
}

/// What is to be done if somebody vanishes, for those who lead.
fn follow_up(name: &str, text: &str) -> String {
    if text.is_empty() {
        say!("care-if-vanishes-nothing-needs", name)
    } else {
        say!("care-if-vanishes-only-those", name, text)
    }
}

/// Somebody has left a note at the door, for those who lead.
fn note(name: &str, text: &str) -> String {
    say!("care-note-from-only-those", name, text)
}

/// My own note is with the door.
const NOTE_SENT: Text = Text::new("care-note-sent");
