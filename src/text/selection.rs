//! When a key has nobody to do something to, or nothing to send.

use super::advice::{Advice, advice};
use super::catalogue::{Text, say, text};
use super::commands::Word;
use super::guide::Guide;

/// Nobody is selected.
pub fn nobody_selected() -> Advice {
    advice(text("selection-nobody-selected"), text("selection-choose-someone-arrow-keys"))
}

/// The person who was selected at the door has gone.
pub fn no_longer_waits() -> Advice {
    advice(text("selection-person-selected-no-longer"), text("selection-choose-someone-else-arrow"))
}

/// I am selected, and can't be muted by myself.
pub fn own_microphone(how: Guide) -> Advice {
    advice(text("selection-that-is-you"), say!("selection-open-close-own-microphone", mic = how(Word::Mic, "on")))
}

/// A question is to be answered with nothing.
pub fn nothing_written(send: &str, stop: &str) -> Advice {
    advice(text("selection-nothing-written-yet"), say!("selection-write-press-press-leave", send, stop))
}

/// A letter was typed where a number is asked for.
pub const A_NUMBER_IS_ASKED: Text = Text::new("selection-a-number-is-asked");

/// Text was pasted where there is no line to write.
pub const NOTHING_TO_WRITE: Text = Text::new("selection-nothing-to-write");

/// Text was pasted: what becomes of it by these keys.
pub fn pasted_text(send: &str, stop: &str) -> String {
    say!("selection-pasted-text-sends-message", capital = capital(send), capital2 = capital(stop))
}

/// Text was pasted that is longer than a line may be.
pub fn pasted_in_part(count: usize, most: usize) -> String {
    say!("selection-pasted-characters-line-room", count, most)
}

/// A key's name at the start of a sentence.
pub(super) fn capital(key: &str) -> String {
    let mut letters = key.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
