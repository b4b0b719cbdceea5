//! The prompt for a code: what is said while it is typed.

use super::catalogue::{Text, say, text};
use super::names::any_of;

/// What the prompt says.
pub const CODE_PROMPT: Text = Text::new("code-code-prompt");
/// The same where there is little room.
pub const CODE_PROMPT_SHORT: Text = Text::new("code-code-prompt-short");

/// Under the prompt before anything is typed.
pub fn code_hint() -> &'static str {
    text("code-four-digits-three-words")
}

/// What was typed doesn't begin with a number as codes do.
pub fn code_number() -> String {
    text("code-code-begins-four-digits").to_owned()
}

/// No word that codes are made of begins so.
pub fn code_no_word(typed: &str) -> String {
    say!("code-no-word-code-begins", typed)
}

/// A word that was ended before it was clear which one it is.
pub fn code_short_word(typed: &str, words: &[&str]) -> String {
    say!("code-could-first-three-letters", typed, choice = choice(words))
}

/// There are words enough.
pub fn code_too_many() -> String {
    text("code-code-only-three-words").to_owned()
}

/// Tab was pressed where there is nothing to complete.
pub fn code_nothing_to_complete() -> String {
    text("code-type-letter-two-word").to_owned()
}

/// Tab was pressed, and these words are possible: at most twelve, and a count of the others.
pub fn code_words(words: &[&str]) -> String {
    choice(words)
}

/// The code is whole.
pub fn code_complete() -> String {
    text("code-code-complete-press-enter").to_owned()
}

fn choice(words: &[&str]) -> String {
    const SHOWN: usize = 12;
    match words {
        few if few.len() <= SHOWN => any_of(few),
        many => say!("code-words-and-more", words = many[..SHOWN].join(", "), more = many.len() - SHOWN),
    }
}
