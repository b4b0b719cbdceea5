//! What people decide in a simulated session, drawn from a number: what can be done now, and a good deal that can't.

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use crate::ids::SeatId;
use crate::session::{Answer, Charter, Choice, Decide, Motion, Power, Role, Room, VoteKind};

/// What a member does about decisions.
pub(super) fn drawn(room: &Room, seed: u64) -> Decide {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let mut below = move |n: u64| rng.next_u64() % n;
    let open = &room.state.decisions.open;
    // Mostly one that is there; sometimes one that isn't, or isn't any more.
    let id = match open.get(below(3) as usize) {
        Some(proposal) => proposal.id,
        None => open.first().map_or(below(20) as u32, |proposal| proposal.id),
    };
    let text = format!("Proposal {}", below(1000));
    match below(24) {
        0..=2 => Decide::Propose(text, Motion::Text),
        3 => Decide::Propose(String::new(), motion(room, below(8), below(50))),
        4 => Decide::Amend(id, text),
        5 => Decide::Withdraw(id),
        6..=9 => Decide::Answer(id, Answer::Agree),
        10 => Decide::Answer(id, Answer::Aside),
        11 => Decide::Answer(id, Answer::Block(text)),
        12 | 13 => Decide::Test(id),
        14 | 15 => Decide::Vote(id, VoteKind::Open),
        16..=18 => Decide::Ballot(id, Choice::Yes),
        19 => Decide::Ballot(id, Choice::No),
        20 => Decide::Ballot(id, Choice::Abstain),
        21 => Decide::EndVote(id),
        22 => Decide::ReadBack,
        _ => Decide::Minutes { right: below(3) > 0 },
    }
}

fn motion(room: &Room, which: u64, whom: u64) -> Motion {
    let order = room.state.circle.by_arrival();
    let seat = order.get(whom as usize % order.len().max(1)).copied().unwrap_or(SeatId(0));
    let arrival = room.state.circle.seats.get(&seat).map_or(0, |member| member.arrival);
    match which {
        0 => Motion::Charter(Charter::SHARED),
        1 => Motion::Charter(Charter::FACILITATED),
        2 => Motion::Role(seat, arrival, Role::Facilitator),
        3 => Motion::Role(seat, arrival, Role::CoFacilitator),
        4 => Motion::Role(seat, arrival, Role::Member),
        5 => Motion::Permit(Power::Remove, Some((seat, arrival))),
        6 => Motion::Permit(Power::MuteAll, None),
        _ => Motion::Role(seat, arrival + 1, Role::Facilitator),
    }
}
