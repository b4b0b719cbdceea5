//! How a person is told to do something: with the keys of a screen, or by typing a command.

use super::catalogue::{say, text};
use super::commands::Word;

/// How a face says to do what a command does: "press r" or "type /hand". The text is what stands after the command where it is
/// typed; keys leave out what they ask for.
pub type Guide = fn(Word, &str) -> String;

/// To press these keys, one after the other.
pub fn press<S: AsRef<str>>(keys: &[S]) -> String {
    let keys: Vec<_> = keys.iter().map(AsRef::as_ref).collect();
    say!("guide-press", keys = keys.join(text("guide-then")))
}

/// Whether a way to do something takes several keys, one after the other.
pub(super) fn takes_several(way: &str) -> bool {
    way.contains(text("guide-then"))
}

/// To type this line.
pub fn type_in(line: &str) -> String {
    say!("guide-type", line)
}

/// A guide for the tests of sentences.
#[cfg(test)]
pub(super) fn any_guide(word: Word, rest: &str) -> String {
    type_in(format!("/{word:?} {rest}").to_lowercase().trim_end())
}
