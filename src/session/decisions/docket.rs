//! What the group has before it, and what it has decided.

use serde::{Deserialize, Serialize};

use super::{Answer, Decided, Motion, Proposal, Proposed, Reading, Stage, Test, Vote, VoteKind};
use crate::ids::SeatId;
use crate::session::poll::Poll;
use crate::session::{Circle, Power, clean};
use crate::wire::limits;

/// Bytes that names and texts of proposals take in all, open and past: the state of a newcomer must fit its envelope.
pub(super) const TEXTS: usize = 12 * 1024;

/// What the group has before it, and what it has decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decisions {
    /// Proposals that are not decided; the first of them is talked over, the others wait.
    pub open: Vec<Proposal>,
    /// What came of the others, in order: the minutes.
    pub past: Vec<Decided>,
    /// The minutes as they were read back last.
    pub read: Option<Reading>,
    /// Whether the group comes to its close.
    pub closing: bool,
    /// What the group has allowed a facilitator to do once, and to whom: a seat and its holder's order of arrival.
    pub(super) permits: Vec<(Power, Option<(SeatId, u64)>)>,
    /// The number of the newest proposal.
    pub(super) newest: u32,
    /// The secret vote that is under way.
    pub poll: Option<Poll>,
    /// How many secret polls there have been: the number of the last.
    pub(super) polls: u32,
}

impl Decisions {
    /// The proposal that is talked over.
    pub fn current(&self) -> Option<&Proposal> {
        self.open.first()
    }

    /// The proposal with a number, while it is open.
    pub fn proposal(&self, id: u32) -> Option<&Proposal> {
        self.open.iter().find(|proposal| proposal.id == id)
    }

    /// The vote that is under way, and what it is on.
    pub fn vote(&self) -> Option<(&Proposal, &Vote)> {
        self.open.iter().find_map(|proposal| Some((proposal, proposal.vote.as_ref()?)))
    }

    pub(super) fn place(&self, id: u32) -> Option<usize> {
        self.open.iter().position(|proposal| proposal.id == id)
    }

    /// Whether all that is in the minutes has been read back to the group.
    pub fn is_read(&self) -> bool {
        self.read.as_ref().is_some_and(|read| usize::from(read.items) == self.past.len())
    }

    /// Whether the minutes that were read back wait for a member's word.
    pub fn minutes_wait_for(&self, seat: SeatId, circle: &Circle) -> bool {
        let waits = self.read.as_ref().is_some_and(|read| !read.answers.contains_key(&seat));
        waits && circle.seats.contains_key(&seat)
    }

    /// A proposal as those who watch are told of it.
    pub fn proposed(&self, id: u32, circle: &Circle) -> Option<Proposed> {
        let at = self.place(id)?;
        let proposal = &self.open[at];
        Some(told(proposal, proposal.stage(at), circle))
    }

    /// Whether a test has asked a member who hasn't answered.
    pub fn test_waits_for(&self, proposal: &Proposal, seat: SeatId, circle: &Circle) -> bool {
        let asked = |test: &Test| circle.arrival(seat).is_some_and(|arrival| arrival < test.arrivals);
        proposal.test.as_ref().is_some_and(asked) && !proposal.answers.contains_key(&seat)
    }

    /// The proposal that waits for a member's answer: one that everybody is asked about, or the one that is talked over.
    pub fn to_answer(&self, seat: SeatId) -> Option<&Proposal> {
        let mut open = self.open.iter().enumerate();
        let (_, waits) = open.find(|(at, proposal)| {
            let asked = *at == 0 || proposal.test.is_some();
            asked && proposal.vote.is_none() && !proposal.answers.contains_key(&seat)
        })?;
        Some(waits)
    }

    /// The vote that waits for a member's ballot, and what it is on.
    pub fn to_vote(&self, seat: SeatId) -> Option<(&Proposal, &Vote)> {
        let (proposal, vote) = self.vote()?;
        let waits = match vote.kind {
            VoteKind::Open => vote.voter(seat).is_some_and(|voter| voter.choice.is_none()),
            VoteKind::Secret => self.poll.as_ref().is_some_and(|poll| poll.asks(seat)),
        };
        waits.then_some(())?;
        Some((proposal, vote))
    }

    /// Whether a facilitator may do something now: by the charter, or because the group has said yes to it. `whom` is the
    /// member it would be done to, if it's one.
    pub fn may(&self, power: Power, whom: Option<SeatId>, circle: &Circle) -> bool {
        circle.charter.may_alone(power) || self.permit(power, whom, circle).is_some()
    }

    pub(super) fn permit(&self, power: Power, whom: Option<SeatId>, circle: &Circle) -> Option<usize> {
        let holder = |seat: SeatId| circle.arrival(seat).map(|arrival| (seat, arrival));
        let fits = |of: &Option<(SeatId, u64)>| of.is_none() || *of == whom.and_then(holder);
        self.permits.iter().position(|(other, of)| *other == power && fits(of))
    }

    /// Bytes of the reasons, but for one member's to one proposal.
    pub(super) fn reasons(&self, but: Option<(u32, SeatId)>) -> usize {
        let length = |answer: &Answer| if let Answer::Block(reason) = answer { reason.len() } else { 0 };
        let all = self
            .open
            .iter()
            .flat_map(|proposal| proposal.answers.iter().map(move |(seat, answer)| (proposal.id, *seat, answer)));
        all.filter(|(id, seat, _)| but != Some((*id, *seat))).map(|(_, _, answer)| length(answer)).sum()
    }

    pub(super) fn texts(&self) -> usize {
        let open = self.open.iter().map(|proposal| proposal.text.len() + proposal.name.len());
        open.chain(self.past.iter().map(|decided| decided.text.len() + decided.by.len())).sum()
    }

    /// Whether this many bytes more are too many, or another proposal is.
    pub(super) fn is_full(&self, more: usize) -> bool {
        self.texts() + more > TEXTS || self.open.len() + self.past.len() >= limits::MINUTES
    }
}

/// What a proposal says: its text, or whom its motion is about.
pub(super) fn wording(text: &str, motion: Motion, circle: &Circle) -> String {
    match motion.whom() {
        Some((seat, _)) => circle.name(seat).unwrap_or_default().to_owned(),
        None if motion == Motion::Text => clean::proposal(text),
        None => String::new(),
    }
}

/// A proposal as those who watch are told of it, this far.
pub(super) fn told(proposal: &Proposal, stage: Stage, circle: &Circle) -> Proposed {
    let [agree, aside, block] = proposal.answered();
    Proposed {
        id: proposal.id,
        text: proposal.text.clone(),
        motion: proposal.motion,
        by: proposal.name.clone(),
        stage,
        agree,
        aside,
        block,
        waiting: circle.seats.len().saturating_sub(agree + aside + block),
    }
}
