//! What is too long is told before it is sent, rather than cut in silence.

use super::table::Command;
use super::user_error::user_error;
use crate::session::{Answer, CHAT_CHARS, Decide, Intent, POINT_CHARS, PROPOSAL_CHARS, REASON_CHARS, Trouble, Turn};
use crate::text::typed as say;

/// Checks that words have room where they go.
///
/// # Errors
/// A sentence and a hint, if they are too long.
pub(super) fn fits(command: Command) -> Result<Command, Trouble> {
    let (text, most) = match &command {
        Command::Intent(Intent::Chat(text)) => (text, CHAT_CHARS),
        Command::Intent(Intent::Decide(Decide::Propose(text, _) | Decide::Amend(_, text))) => (text, PROPOSAL_CHARS),
        Command::Intent(Intent::Decide(Decide::Answer(_, Answer::Block(reason)))) => (reason, REASON_CHARS),
        Command::Intent(Intent::Turn(Turn::Point(text, _))) => (text, POINT_CHARS),
        _ => return Ok(command),
    };
    match text.chars().count() {
        count if count > most => Err(user_error(say::too_long(count, most))),
        _ => Ok(command),
    }
}
