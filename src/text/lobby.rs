//! At the door: the ground rules, and the sound check.

use crate::session::{Hearing, Room, SoundCheck};

/// What holds in every group, a sentence or two each.
pub fn first_rules() -> [&'static str; 6] {
    [
        "What is said here stays here.",
        "Find a place where nobody listens in, and use headphones.",
        "Nobody records anything.",
        "One speaks at a time, and everybody is heard.",
        "You may pass, you may be silent, and you may go at any time.",
        "If you need help, say so or write it; somebody will answer.",
    ]
}

/// The ground rules of a group, with what it holds itself by, one sentence or two each. The only place they are taken from.
pub fn ground_rules(room: &Room) -> Vec<String> {
    first_rules().map(str::to_owned).into_iter().chain(super::charter(&room.state.charter)).collect()
}

/// The rules with what leads to them, for `/rules`.
pub fn rules(room: &Room) -> Vec<String> {
    let mut lines = vec!["The ground rules:".to_owned()];
    lines.extend(ground_rules(room).into_iter().map(|rule| format!("- {rule}")));
    lines
}

/// Who waits, for the facilitator: whether they have agreed to the ground rules.
pub fn agreement(agreed: bool) -> &'static str {
    if agreed { "has agreed to the rules" } else { "is reading the rules" }
}

/// While the sound check listens.
pub const NOTHING_IS_SENT: &str = "Only you can see this; nothing is sent.";

/// A sound check in sentences: what to do while it listens, or what it has found.
pub fn sound_check(check: &SoundCheck) -> Vec<&'static str> {
    match check.hearing {
        Hearing::Listening => {
            vec!["You should hear two soft notes now; then say a few words.", NOTHING_IS_SENT]
        }
        Hearing::Well => vec!["Your microphone hears you well.", NOTES],
        Hearing::Faintly => vec![
            "Your microphone hears you, but faintly. Come closer, or turn it up in the settings of your system.",
            NOTES,
        ],
        Hearing::Nothing => {
            vec!["Your microphone hears nothing. See whether it is plugged in and switched on, then try again.", NOTES]
        }
        Hearing::NoMicrophone => {
            vec!["There is no microphone in use. You can come in all the same, listen, and write.", NOTES]
        }
        Hearing::NoSound => vec![
            "The sound of this computer can't be used at the moment. You can come in all the same, and write.",
            "Closing other programs that use sound may help; then try again.",
        ],
    }
}

const NOTES: &str = "If you did not hear two notes, turn your sound up, or choose another speaker with --speaker.";

/// The same in one word, for scripts. The words stay.
pub fn hearing(hearing: Hearing) -> &'static str {
    match hearing {
        Hearing::Listening => "listening",
        Hearing::Well => "well",
        Hearing::Faintly => "faintly",
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
