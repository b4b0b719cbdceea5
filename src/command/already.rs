//! What is so already, told to who wishes for it once more: nobody is left without a word.

use super::user_error;
use crate::session::{Intent, Room, Trouble, Whom};

/// Checks that a wish changes something, where it would otherwise pass in silence.
///
/// # Errors
/// A sentence and a hint, if it is so already.
pub(super) fn already(intent: Intent, room: &Room) -> Result<Intent, Trouble> {
    let state = &room.state;
    let (message, hint) = match &intent {
        Intent::Hand { up: true } if room.me.is_some_and(|me| state.turns.queue.hands.contains(&me)) => {
            ("Your hand is up already.".to_owned(), "Type /hand down to lower it.")
        }
        Intent::Hand { up: false } if room.me.is_some_and(|me| !state.turns.queue.hands.contains(&me)) => {
            ("Your hand is not up.".to_owned(), "Type /hand up to raise it.")
        }
        Intent::Lock { locked: true } if state.locked => {
            ("The door is locked already.".to_owned(), "Type /unlock to unlock it.")
        }
        Intent::Lock { locked: false } if !state.locked => {
            ("The door is not locked.".to_owned(), "Type /lock to lock it.")
        }
        Intent::Mute { whom: Whom::One(seat), muted } if state.circle.is_muted(*seat) == *muted => {
            let name = state.circle.name(*seat).unwrap_or("Someone");
            if *muted {
                (format!("{name} is muted already."), "To let them speak again, type /unmute and the name.")
            } else {
                (format!("{name} is not muted."), "To see who is, type /who.")
            }
        }
        _ => return Ok(intent),
    };
    Err(user_error(message, hint))
}
