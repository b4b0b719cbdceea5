//! What the relay lends to a room, or to its decoys, for a call.

use rand_chacha::ChaCha20Rng;

use super::outbox::Outbox;
use crate::ids::Time;

/// The time, the relay's randomness, and where outputs go.
pub(super) struct Context<'a> {
    pub(super) now: Time,
    pub(super) rng: &'a mut ChaCha20Rng,
    pub(super) out: &'a mut Outbox,
}
