//! When a key has nobody to do something to, or nothing to send.

use super::advice::{Advice, advice};
use super::commands::Word;
use super::guide::Guide;

/// Nobody is selected.
pub fn nobody_selected() -> Advice {
    advice("Nobody is selected.", "Choose someone with the arrow keys first.")
}

/// The person who was selected at the door has gone.
pub fn no_longer_waits() -> Advice {
    advice("The person you selected is no longer waiting.", "Choose someone else with the arrow keys.")
}

/// I am selected, and can't be muted by myself.
pub fn own_microphone(how: Guide) -> Advice {
    advice("That is you.", format!("To open or close your own microphone, {}.", how(Word::Mic, "on")))
}

/// A question is to be answered with nothing.
pub fn nothing_written(send: &str, stop: &str) -> Advice {
    advice("Nothing is written yet.", format!("Write it and press {send}, or press {stop} to leave it."))
}
