//! Votes: who may vote stands when a vote is opened, and it closes when all have, by the facilitator, or by time.

use serde::{Deserialize, Serialize};

use super::{Became, Event, How, Proposed, Stage, State};
use crate::ids::SeatId;
use crate::session::Tally;
use crate::session::poll::Count;

/// For so long, in milliseconds of the group's time, a vote is open at most: longer than the seat of somebody whose line is
/// cut is held.
pub const VOTE_MS: u64 = 300_000;

/// How a vote is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VoteKind {
    /// Everybody sees how everybody votes.
    Open,
    /// Nobody sees how anybody votes.
    Secret,
}

/// What is voted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Choice {
    /// For it.
    Yes,
    /// Against it.
    No,
    /// Neither.
    Abstain,
}

/// One who may vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voter {
    /// The seat.
    pub seat: SeatId,
    /// Its holder's order of arrival.
    pub arrival: u64,
    /// Whether that one is still there. Whose line was lost comes back to the same vote.
    pub here: bool,
    /// The vote, in an open one.
    pub choice: Option<Choice>,
}

/// A vote that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// How it is held.
    pub kind: VoteKind,
    /// When it closes at the latest, in milliseconds of the group's time.
    pub until_ms: u64,
    /// Who may vote, in the order of arrival.
    pub voters: Vec<Voter>,
}

impl Vote {
    /// The voter who has this seat now.
    pub fn voter(&self, seat: SeatId) -> Option<&Voter> {
        self.voters.iter().find(|voter| voter.here && voter.seat == seat)
    }

    /// How many may vote: those who are there, and those who had voted before they went.
    pub fn electorate(&self) -> usize {
        self.voters.iter().filter(|voter| voter.here || voter.choice.is_some()).count()
    }

    /// What was voted so far, in an open one.
    pub fn tally(&self) -> Tally {
        let of = |wanted| self.voters.iter().filter(|voter| voter.choice == Some(wanted)).count() as u8;
        Tally { yes: of(Choice::Yes), no: of(Choice::No), abstain: of(Choice::Abstain) }
    }
}

impl State {
    pub(super) fn open_vote(&mut self, id: u32, kind: VoteKind, events: &mut Vec<Event>) {
        let Some(at) = self.decisions.place(id) else { return };
        let voter = |seat: SeatId| self.arrival(seat).map(|arrival| Voter { seat, arrival, here: true, choice: None });
        let voters = self.by_arrival().into_iter().filter_map(voter).collect();
        let mut proposal = self.decisions.open.remove(at);
        proposal.test = None;
        proposal.vote = Some(Vote { kind, until_ms: self.at_ms + VOTE_MS, voters });
        // What is voted on is what the group is at.
        self.decisions.open.insert(0, proposal);
        self.poll = None;
        if kind == VoteKind::Secret {
            self.open_poll(id, self.at_ms + VOTE_MS);
        }
        events.push(Event::Vote { id, kind, open: true });
    }

    pub(super) fn ballot(&mut self, by: SeatId, id: u32, choice: Choice, events: &mut Vec<Event>) {
        let Some(at) = self.decisions.place(id) else { return };
        let Some(vote) = &mut self.decisions.open[at].vote else { return };
        let voter = vote.voters.iter_mut().find(|voter| voter.here && voter.seat == by);
        let Some(voter) = voter else { return };
        voter.choice = Some(choice);
        events.push(Event::Voted { seat: by, choice });
        self.conclude_vote(id, events);
    }

    /// Ends an open vote if nothing more can come. A secret one ends when its ballots are counted.
    pub(super) fn conclude_vote(&mut self, id: u32, events: &mut Vec<Event>) {
        let Some(vote) = self.decisions.proposal(id).and_then(|proposal| proposal.vote.as_ref()) else { return };
        let waits = vote.voters.iter().any(|voter| voter.here && voter.choice.is_none());
        if vote.kind == VoteKind::Open && (!waits || self.at_ms >= vote.until_ms) {
            self.end_vote(id, events);
        }
    }

    /// An open vote is over; in a secret one nobody more is waited for.
    pub(super) fn end_vote(&mut self, id: u32, events: &mut Vec<Event>) {
        let Some(vote) = self.decisions.proposal(id).and_then(|proposal| proposal.vote.as_ref()) else { return };
        if vote.kind == VoteKind::Secret {
            return self.end_choosing();
        }
        let (tally, electorate) = (vote.tally(), vote.electorate());
        self.counted(id, tally, electorate, events);
    }

    /// What a secret vote came to.
    pub(in crate::session) fn polled(&mut self, id: u32, count: Count, events: &mut Vec<Event>) {
        let Some(at) = self.decisions.place(id) else { return };
        let electorate = self.decisions.open[at].vote.as_ref().map_or(0, Vote::electorate);
        match count {
            // Who has left may be among the ballots.
            Count::Tally(tally) => self.counted(id, tally, electorate.max(tally.ballots()), events),
            Count::TooFew | Count::Failed => {
                self.decisions.open[at].vote = None;
                events.push(Event::Uncounted { id, count });
            }
        }
    }

    /// The votes on a proposal are counted: `electorate` could have voted.
    pub(in crate::session) fn counted(&mut self, id: u32, tally: Tally, electorate: usize, events: &mut Vec<Event>) {
        let Some(at) = self.decisions.place(id) else { return };
        let Some(kind) = self.decisions.open[at].vote.as_ref().map(|vote| vote.kind) else { return };
        let passed = self.charter.threshold().passes(tally, electorate);
        let Some(told) = self.proposed(id) else { return };
        let stage = if passed { Stage::Passed } else { Stage::Rejected };
        events.push(Event::Vote { id, kind, open: false });
        events.push(Event::Result { id, kind, tally, passed });
        events.push(Event::Proposal { proposal: Box::new(Proposed { stage, ..told }), became: Became::Came });
        let how = if passed { How::Passed(kind, tally) } else { How::Rejected(kind, tally) };
        self.decided(at, how, events);
    }

    fn voters_mut(&mut self) -> impl Iterator<Item = &mut Voter> {
        let votes = self.decisions.open.iter_mut().filter_map(|proposal| proposal.vote.as_mut());
        votes.flat_map(|vote| &mut vote.voters)
    }

    /// A seat was given up. Who had voted has voted.
    pub(super) fn voter_left(&mut self, seat: SeatId, arrival: u64) {
        for voter in self.voters_mut() {
            if (voter.seat, voter.arrival) == (seat, arrival) {
                voter.here = false;
            }
        }
    }

    /// The same person is back on a new line, and has a new seat: the right to vote goes along.
    pub(in crate::session) fn voter_returned(&mut self, before: (SeatId, u64), now: (SeatId, u64)) {
        for voter in self.voters_mut() {
            if (voter.seat, voter.arrival) == before {
                (voter.seat, voter.arrival, voter.here) = (now.0, now.1, true);
            }
        }
    }
}
