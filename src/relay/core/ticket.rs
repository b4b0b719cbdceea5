//! Tickets: what a member shows to get its seat back.

use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

use crate::wire::Ticket;

/// A ticket that nobody can guess.
pub(super) fn draw_ticket(rng: &mut ChaCha20Rng) -> Ticket {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    Ticket(bytes)
}
