//! The ground rules, and the sound check.

use super::catalogue::{Text, text};
use super::charter::charter;
use crate::session::{Hearing, Room, SoundCheck};

/// What holds in every group, a sentence or two each.
pub fn first_rules() -> [&'static str; 6] {
    [
        text("lobby-what-said-stays"),
        text("lobby-find-place-where-nobody"),
        text("lobby-nobody-records-anything"),
        text("lobby-one-person-speaks-time"),
        text("lobby-may-pass-may-silent"),
        text("lobby-if-need-help-say"),
    ]
}

/// The ground rules of a group, with what it holds itself by, one sentence or two each. The only place they are taken from.
pub fn ground_rules(room: &Room) -> Vec<String> {
    first_rules().map(str::to_owned).into_iter().chain(charter(&room.state.circle.charter)).collect()
}

/// The rules with what leads to them, for `/rules`.
pub fn rules(room: &Room) -> Vec<String> {
    let mut lines = vec![text("lobby-ground-rules").to_owned()];
    lines.extend(ground_rules(room).into_iter().map(|rule| format!("- {rule}")));
    lines
}

/// Whether somebody at the door has agreed to the ground rules, for the facilitator.
pub fn agreement(agreed: bool) -> &'static str {
    if agreed { text("lobby-agreed-rules") } else { text("lobby-reading-rules") }
}

/// While the sound check listens.
pub const NOTHING_IS_SENT: Text = Text::new("lobby-nothing-is-sent");

/// A sound check in sentences: what to do while it listens, or what it has found.
pub fn sound_check(check: &SoundCheck) -> Vec<&'static str> {
    sound_heard(check.hearing)
}

/// The same from what it hears.
pub fn sound_heard(hearing: Hearing) -> Vec<&'static str> {
    match hearing {
        Hearing::Listening => {
            vec![text("lobby-should-hear-two-soft"), NOTHING_IS_SENT.get()]
        }
        Hearing::Replaying => vec![text("lobby-how-others-will-hear"), NOTHING_IS_SENT.get()],
        Hearing::Well => vec![text("lobby-microphone-hears-well"), NOTES.get()],
        Hearing::Faintly => vec![text("lobby-microphone-hears-but-only"), NOTES.get()],
        Hearing::Loudly => vec![text("lobby-voice-loud-distorted-move"), NOTES.get()],
        Hearing::WithEcho => {
            vec![text("lobby-microphone-hears-speaker-too"), NOTES.get()]
        }
        Hearing::WithNoise => vec![text("lobby-microphone-hears-much-noise"), NOTES.get()],
        Hearing::Nothing => {
            vec![text("lobby-microphone-hears-nothing-check"), NOTES.get()]
        }
        Hearing::NoMicrophone => {
            vec![text("lobby-no-microphone-use-can"), NOTES.get()]
        }
        Hearing::NoSound => vec![text("lobby-computer-sound-cant-used"), text("lobby-closing-other-programs-use")],
    }
}

const NOTES: Text = Text::new("lobby-notes");

/// The same in one word, for scripts. The words stay.
pub fn hearing(hearing: Hearing) -> &'static str {
    match hearing {
        Hearing::Listening => "listening",
        Hearing::Replaying => "replaying",
        Hearing::Well => "well",
        Hearing::Faintly => "faintly",
        Hearing::Loudly => "loudly",
        Hearing::WithEcho => "with_echo",
        Hearing::WithNoise => "with_noise",
        Hearing::Nothing => "nothing",
        Hearing::NoMicrophone => "no_microphone",
        Hearing::NoSound => "no_sound",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_few_and_plain() {
        assert!(first_rules().iter().all(|rule| rule.ends_with('.') && rule.is_ascii() && rule.len() <= 70));
    }
}
