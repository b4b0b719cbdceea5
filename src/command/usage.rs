//! How a command is written, for a person who wrote it otherwise.

use super::table::{COMMANDS, Command, Entry, typed as how};
use super::user_error::user_error;
use crate::session::{Answer, Decide, Intent, Motion, Trouble};
use crate::text::typed as say;

/// A command stands alone, or needs something after it.
pub(super) fn usage(entry: &Entry) -> Trouble {
    user_error(match entry.argument {
        "" => say::stands_alone(entry.typed),
        argument => say::needs_more(entry.typed, argument),
    })
}

/// The same where something stands after it, but not what can.
pub(super) fn misread(entry: &Entry, argument: &str, trouble: Trouble) -> Trouble {
    if entry.argument.is_empty() || argument.trim().is_empty() || trouble != usage(entry) {
        return trouble;
    }
    user_error(say::not_understood(entry.typed, entry.argument))
}

/// The command that was typed alone, and needs more: `parsed` is what came of the line.
pub fn lacking(line: &str, parsed: &Result<Option<Command>, Trouble>) -> Option<&'static Entry> {
    let word = line.trim().strip_prefix('/')?.to_lowercase();
    let entry = COMMANDS.iter().find(|entry| entry.typed == word)?;
    let lacks = match parsed {
        Err(trouble) => *trouble == usage(entry),
        Ok(Some(Command::Intent(Intent::Decide(
            Decide::Propose(text, Motion::Text) | Decide::Amend(_, text) | Decide::Answer(_, Answer::Block(text)),
        )))) => text.is_empty(),
        Ok(_) => false,
    };
    lacks.then_some(entry)
}

/// No command has this name.
pub(super) fn unknown(word: &str, line: &str) -> Trouble {
    let mut near = COMMANDS.iter().filter(|entry| !word.is_empty() && entry.typed.starts_with(word));
    let only = near.next().filter(|_| near.next().is_none());
    user_error(say::no_command(word, only.map(|entry| entry.typed), line, how))
}
