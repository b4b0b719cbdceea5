//! Looking for something in the help.

use super::catalogue::{Text, say};
use super::commands::Word;
use super::guide::Guide;
use super::key_text::{KeyText, key};

/// The key that begins it.
pub const SEARCH: KeyText = key(Text::new("search-begin"), Text::new("search-begin-help"));
/// The key that ends the writing of it.
pub const SEARCH_DONE: KeyText = key(Text::new("search-done"), Text::new("search-done-help"));
/// The key that ends it.
pub const SEARCH_STOP: KeyText = key(Text::new("search-stop"), Text::new("search-stop-help"));

/// Before what is looked for.
pub fn searching(wanted: &str) -> String {
    format!("{} {wanted}", Text::new("search-heading"))
}

/// Nothing has the words.
pub fn nothing_found(wanted: &str) -> String {
    say!("search-nothing", wanted)
}

/// The same in sentences.
pub fn no_command_found(wanted: &str, how: Guide) -> String {
    format!("{} {}", nothing_found(wanted), say!("search-all-commands", help = how(Word::Help, "")))
}

/// Whether a sentence has all the words that are looked for, in any order and letter case.
pub fn is_found(wanted: &str, sentence: &str) -> bool {
    let sentence = sentence.to_lowercase();
    wanted.to_lowercase().split_whitespace().all(|word| sentence.contains(word))
}
