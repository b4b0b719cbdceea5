//! How a command is written, told to who wrote it otherwise.

use super::{COMMANDS, Entry, user_error};
use crate::session::Trouble;

/// A command stands alone, or needs something after it.
pub(super) fn usage(entry: &Entry) -> Trouble {
    if entry.argument.is_empty() {
        user_error(format!("/{} stands alone.", entry.typed), format!("Type /{} by itself.", entry.typed))
    } else {
        user_error(format!("/{} needs a word more.", entry.typed), form(entry))
    }
}

/// The same where something stands after it, but not what can.
pub(super) fn misread(entry: &Entry, argument: &str, trouble: Trouble) -> Trouble {
    if entry.argument.is_empty() || argument.trim().is_empty() || trouble != usage(entry) {
        return trouble;
    }
    user_error(format!("What stands after /{} was not understood.", entry.typed), form(entry))
}

/// What to type, in words: `/mic on or off`.
fn form(entry: &Entry) -> String {
    let argument = entry.argument.replace('|', " or ").replace(['[', ']'], "");
    let alone = if entry.argument.starts_with('[') { " by itself, or with " } else { " " };
    format!("Type /{}{alone}{argument}.", entry.typed)
}

pub(super) fn unknown(word: &str, line: &str) -> Trouble {
    let near: Vec<_> = COMMANDS.iter().filter(|entry| !word.is_empty() && entry.typed.starts_with(word)).collect();
    let message = format!("There is no /{}.", word.chars().take(20).collect::<String>());
    match near.as_slice() {
        [one] => user_error(message, format!("Did you mean /{}?", one.typed)),
        _ if line.len() < 40 => {
            user_error(message, format!("Type /help to see what there is, or /{line} to write it as it is."))
        }
        _ => user_error(message, "Type /help to see what there is, or // at the start to write a line as it is."),
    }
}
