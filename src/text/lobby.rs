//! The ground rules, and the sound check.

use super::charter::charter;
use crate::session::{Hearing, Room, SoundCheck};

/// What holds in every group, a sentence or two each.
pub fn first_rules() -> [&'static str; 6] {
    [
        "What is said here stays here.",
        "Find a place where nobody can listen in, and use headphones.",
        "Nobody records anything.",
        "One person speaks at a time, and everybody is heard.",
        "You may pass, you may be silent, and you may leave at any time.",
        "If you need help, say so or write it, and somebody will answer.",
    ]
}

/// The ground rules of a group, with what it holds itself by, one sentence or two each. The only place they are taken from.
pub fn ground_rules(room: &Room) -> Vec<String> {
    first_rules().map(str::to_owned).into_iter().chain(charter(&room.state.circle.charter)).collect()
}

/// The rules with what leads to them, for `/rules`.
pub fn rules(room: &Room) -> Vec<String> {
    let mut lines = vec!["The ground rules:".to_owned()];
    lines.extend(ground_rules(room).into_iter().map(|rule| format!("- {rule}")));
    lines
}

/// Whether somebody at the door has agreed to the ground rules, for the facilitator.
pub fn agreement(agreed: bool) -> &'static str {
    if agreed { "has agreed to the rules" } else { "is reading the rules" }
}

/// While the sound check listens.
pub const NOTHING_IS_SENT: &str = "Only you can see this; nothing is sent.";

/// A sound check in sentences: what to do while it listens, or what it has found.
pub fn sound_check(check: &SoundCheck) -> Vec<&'static str> {
    sound_heard(check.hearing)
}

/// The same from what it hears.
pub fn sound_heard(hearing: Hearing) -> Vec<&'static str> {
    match hearing {
        Hearing::Listening => {
            vec!["You should hear two soft notes now. Then say a few words.", NOTHING_IS_SENT]
        }
        Hearing::Replaying => vec!["This is how the others will hear you.", NOTHING_IS_SENT],
        Hearing::Well => vec!["Your microphone hears you well.", NOTES],
        Hearing::Faintly => vec![
            "Your microphone hears you, but only faintly. Come closer, or turn it up in your system's settings.",
            NOTES,
        ],
        Hearing::Loudly => vec![
            "Your voice is so loud that it is distorted. Move back a little, or turn the microphone down in your system's settings.",
            NOTES,
        ],
        Hearing::WithEcho => {
            vec!["Your microphone hears you, and your speaker too. With headphones, nobody hears themselves.", NOTES]
        }
        Hearing::WithNoise => vec![
            "Your microphone hears you, and much noise around you. It helps to close a window, or to use a headset.",
            NOTES,
        ],
        Hearing::Nothing => {
            vec!["Your microphone hears nothing. Check that it is plugged in and switched on, then try again.", NOTES]
        }
        Hearing::NoMicrophone => {
            vec!["No microphone is in use. You can still come in, listen and write.", NOTES]
        }
        Hearing::NoSound => vec![
            "This computer's sound can't be used at the moment. You can still come in and write.",
            "Closing other programs that use sound may help. Then try again.",
        ],
    }
}

const NOTES: &str = "If you did not hear two notes, turn the sound up, or choose another speaker with --speaker.";

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
