//! What only this relay can make, and know again after a restart: seats' tickets, and tags on rooms.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::ZeroizeOnDrop;

use crate::ids::{Index, Nameplate, RoomId, SeatId};
use crate::wire::{RoomState, Tag, Ticket};

/// Bytes of a ticket's tag.
const TAG: usize = 16;
/// Bytes of an entry's number in a ticket. No log comes near the largest that fits.
const GIVEN: usize = 5;

/// What the two kinds of tags are made over first, so that neither is ever the other.
const OVER_TICKET: &[u8] = b"ingle ticket 1";
const OVER_ROOM: &[u8] = b"ingle room 1";

/// What a ticket says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) nameplate: Nameplate,
    pub(super) room: RoomId,
    pub(super) seat: SeatId,
    /// The entry that gave the seat.
    pub(super) given: Index,
}

/// Makes tickets and tags with HMAC-SHA-256 (RFC 2104), cut to 128 bits and 80. Whoever has its secret can do so too: a relay that was
/// started again, or another in its place.
#[derive(Clone, ZeroizeOnDrop)]
pub(super) struct Sealer {
    secret: [u8; 32],
}

impl Sealer {
    pub(super) fn new(secret: [u8; 32]) -> Self {
        Self { secret }
    }

    /// What gives this seat back.
    pub(super) fn ticket(&self, claim: Claim) -> Ticket {
        let mut bytes = [0; Ticket::LEN];
        let (said, tag) = bytes.split_at_mut(Ticket::LEN - TAG);
        said[..2].copy_from_slice(&claim.nameplate.0.to_be_bytes());
        said[2] = claim.seat.0;
        said[3..11].copy_from_slice(&claim.room.0);
        said[11..].copy_from_slice(&claim.given.0.to_be_bytes()[8 - GIVEN..]);
        tag.copy_from_slice(&self.mac(OVER_TICKET, said));
        Ticket(bytes)
    }

    /// What a ticket says; `None` unless it's one that this relay has made.
    pub(super) fn claim(&self, ticket: &Ticket) -> Option<Claim> {
        let (said, _) = ticket.0.split_at(Ticket::LEN - TAG);
        let mut given = [0; 8];
        given[8 - GIVEN..].copy_from_slice(said.get(11..)?);
        let claim = Claim {
            nameplate: Nameplate(u16::from_be_bytes([ticket.0[0], ticket.0[1]])),
            room: RoomId(said.get(3..11)?.try_into().ok()?),
            seat: SeatId::try_from(ticket.0[2]).ok()?,
            given: Index(u64::from_be_bytes(given)),
        };
        // Tickets compare in constant time.
        (self.ticket(claim) == *ticket).then_some(claim)
    }

    /// The tag on a room.
    pub(super) fn tag(&self, state: &RoomState) -> Tag {
        let mut tag = Tag::default();
        let mac = self.mac(OVER_ROOM, &postcard::to_stdvec(state).unwrap_or_default());
        tag.0.copy_from_slice(&mac[..Tag::LEN]);
        tag
    }

    /// Whether this relay has put this tag on this room.
    pub(super) fn has_tagged(&self, state: &RoomState, tag: Tag) -> bool {
        // By the same comparison as tickets.
        let Ok(bytes) = postcard::to_stdvec(state) else { return false };
        self.begin(OVER_ROOM, &bytes).verify_truncated_left(&tag.0).is_ok()
    }

    fn mac(&self, over: &[u8], bytes: &[u8]) -> [u8; TAG] {
        let mut tag = [0; TAG];
        tag.copy_from_slice(&self.begin(over, bytes).finalize().into_bytes()[..TAG]);
        tag
    }

    fn begin(&self, over: &[u8], bytes: &[u8]) -> Hmac<Sha256> {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&self.secret).expect("HMAC takes keys of any length");
        mac.update(over);
        mac.update(bytes);
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIM: Claim =
        Claim { nameplate: Nameplate(4821), room: RoomId([9; 8]), seat: SeatId(3), given: Index(1_000_000) };

    #[test]
    fn a_ticket_is_known_again_after_a_restart() {
        let ticket = Sealer::new([3; 32]).ticket(CLAIM);
        assert_eq!(Sealer::new([3; 32]).claim(&ticket), Some(CLAIM));
        assert_eq!(Sealer::new([4; 32]).claim(&ticket), None, "of another relay");
    }

    #[test]
    fn no_bit_of_a_ticket_can_be_changed() {
        let sealer = Sealer::new([3; 32]);
        let ticket = sealer.ticket(CLAIM);
        for bit in 0..8 * Ticket::LEN {
            let mut changed = ticket.clone();
            changed.0[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(sealer.claim(&changed), None, "bit {bit}");
        }
    }

    #[test]
    fn a_tag_is_good_for_one_room_at_one_entry() {
        let sealer = Sealer::new([3; 32]);
        let mut state = RoomState::open(RoomId([1; 8]), Nameplate(1234), SeatId(0));
        let tag = sealer.tag(&state);
        assert!(Sealer::new([3; 32]).has_tagged(&state, tag));
        assert!(!Sealer::new([4; 32]).has_tagged(&state, tag));
        state.at_ms += 1;
        assert!(!sealer.has_tagged(&state, tag));
    }
}
