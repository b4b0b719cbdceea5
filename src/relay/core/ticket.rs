//! Tickets: what a member shows to get its seat back.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use crate::ids::{Nameplate, SeatId};
use crate::wire::Ticket;

/// Bytes that say where the seat is; the rest is secret.
const PLACE: usize = 3;

/// Draws a relay's tickets and finds the seats that they give. Where a seat is stands in its ticket, so that no ticket has to be
/// compared with those of all rooms. It's covered by what only this relay can make of the rest, so that nobody who shows a ticket
/// of their own can choose the room at which it's tried.
#[derive(Clone)]
pub(super) struct Tickets {
    key: [u8; 16],
}

impl Tickets {
    /// Those of a relay with this seed.
    pub(super) fn new(seed: [u8; 32]) -> Self {
        let mut rng = ChaCha20Rng::from_seed(seed);
        // What is drawn otherwise stays the same.
        rng.set_stream(1);
        let mut key = [0; 16];
        rng.fill_bytes(&mut key);
        Self { key }
    }

    /// A ticket for a seat, which nobody can guess.
    pub(super) fn draw(&self, room: Nameplate, seat: SeatId, rng: &mut ChaCha20Rng) -> Ticket {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes[PLACE..]);
        let [a, b] = room.0.to_be_bytes();
        let cover = self.cover(&bytes);
        bytes.iter_mut().zip([a, b, seat.0]).zip(cover).for_each(|((to, place), cover)| *to = place ^ cover);
        Ticket(bytes)
    }

    /// Where the seat is that this ticket gives, if it's one of ours. Whether it is must be seen there.
    pub(super) fn place(&self, ticket: &Ticket) -> (Nameplate, SeatId) {
        let [a, b, seat] = self.cover(&ticket.0);
        let [x, y, z, ..] = ticket.0;
        (Nameplate(u16::from_be_bytes([a ^ x, b ^ y])), SeatId(seat ^ z))
    }

    fn cover(&self, ticket: &[u8; 16]) -> [u8; PLACE] {
        let mut hasher = DefaultHasher::new();
        hasher.write(&self.key);
        hasher.write(&ticket[PLACE..]);
        let [a, b, c, ..] = hasher.finish().to_be_bytes();
        [a, b, c]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_leads_to_its_seat_and_never_looks_alike() {
        let (tickets, mut rng) = (Tickets::new([3; 32]), ChaCha20Rng::from_seed([4; 32]));
        let mut seen = std::collections::BTreeSet::new();
        for room in (Nameplate::MIN..=Nameplate::MAX).step_by(100).map(Nameplate) {
            for seat in (0..SeatId::COUNT).map(SeatId) {
                let ticket = tickets.draw(room, seat, &mut rng);
                assert_eq!(tickets.place(&ticket), (room, seat));
                seen.insert(ticket.0[..PLACE].to_vec());
            }
        }
        assert!(seen.len() > 5700, "{} of 5760", seen.len());
        let ticket = tickets.draw(Nameplate(1000), SeatId(0), &mut rng);
        let other = Tickets::new([5; 32]);
        assert_ne!(other.place(&ticket), (Nameplate(1000), SeatId(0)));
    }
}
