//! The prompt for a code: what is said while it is typed.

use super::names::names;

/// What the prompt says.
pub const CODE_PROMPT: &str = "Your code, or the whole invitation: ";
/// The same where there is little room.
pub const CODE_PROMPT_SHORT: &str = "Code: ";

/// Under the prompt before anything is typed.
pub fn code_hint() -> &'static str {
    "Four digits and three words, like 4821-otter-lamp-violin. Tab completes a word."
}

/// What was typed doesn't begin with a number as codes do.
pub fn code_number() -> String {
    "A code begins with four digits, and the first is not 0. Please check them.".to_owned()
}

/// No word that codes are made of begins so.
pub fn code_no_word(typed: &str) -> String {
    format!("No word in a code begins with \"{typed}\". Please check it; the erase key takes letters back.")
}

/// A word that was ended before it was clear which one it is.
pub fn code_short_word(typed: &str, words: &[&str]) -> String {
    format!("\"{typed}\" could be {}. The first three letters are enough.", choice(words))
}

/// There are words enough.
pub fn code_too_many() -> String {
    "A code has only three words.".to_owned()
}

/// Tab was pressed where there is nothing to complete.
pub fn code_nothing_to_complete() -> String {
    "Type a letter or two of the word, then Tab.".to_owned()
}

/// Tab was pressed, and these words are possible: at most twelve, and a count of the others.
pub fn code_words(words: &[&str]) -> String {
    choice(words)
}

/// The code is whole.
pub fn code_complete() -> String {
    "The code is complete. Press Enter to go on.".to_owned()
}

fn choice(words: &[&str]) -> String {
    const SHOWN: usize = 12;
    match words {
        few if few.len() <= SHOWN => names(few).replace(" and ", " or "),
        many => format!("{} and {} more", many[..SHOWN].join(", "), many.len() - SHOWN),
    }
}
