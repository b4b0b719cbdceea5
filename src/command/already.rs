//! Wishes for what is so already: nobody is left without a word.

use super::table::typed;
use super::user_error::user_error;
use crate::session::{Intent, Room, Trouble, Whom};
use crate::text::{self, typed as say};

/// Checks that a wish changes something, where it would otherwise pass in silence.
///
/// # Errors
/// A sentence and a hint, if it is so already.
pub(super) fn already(intent: Intent, room: &Room) -> Result<Intent, Trouble> {
    let state = &room.state;
    let so = match &intent {
        Intent::Hand { up } if room.me.is_some_and(|me| state.turns.queue.hands.contains(&me) == *up) => {
            say::hand_is_so(*up, typed)
        }
        Intent::Lock { locked } if state.locked == *locked => say::door_is_so(*locked, typed),
        Intent::Mute { whom: Whom::One(seat), muted } if state.circle.is_muted(*seat) == *muted => {
            say::mute_is_so(text::name(room, *seat), *muted, typed)
        }
        _ => return Ok(intent),
    };
    Err(user_error(so))
}
