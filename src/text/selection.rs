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

/// A letter was typed where a number is asked for.
pub const A_NUMBER_IS_ASKED: &str = "That key does nothing here: a number is asked for.";

/// Text was pasted where there is no line to write.
pub const NOTHING_TO_WRITE: &str = "You pasted text. There is nothing to write to here, so it was dropped.";

/// Text was pasted: what becomes of it by these keys.
pub fn pasted_text(send: &str, stop: &str) -> String {
    format!("You pasted text. {} sends it as a message, {} drops it.", capital(send), capital(stop))
}

/// Text was pasted that is longer than a line may be.
pub fn pasted_in_part(count: usize, most: usize) -> String {
    format!("You pasted {count} characters, and a line has room for {most}: the end was left out.")
}

/// A key's name at the start of a sentence.
fn capital(key: &str) -> String {
    let mut letters = key.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
