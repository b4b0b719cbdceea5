//! The course of votes: each closes when all have voted, by the facilitator, or by time.

use super::docket::told;
use super::{Became, Choice, Decisions, How, Stage, VOTE_MS, Vote, VoteKind, Voter};
use crate::ids::SeatId;
use crate::session::poll::Count;
use crate::session::{Circle, DecisionEvent, Event, Tally};

impl Decisions {
    pub(super) fn open_vote(&mut self, id: u32, kind: VoteKind, circle: &Circle, events: &mut Vec<Event>) {
        let Some(at) = self.place(id) else { return };
        let voter = |seat: SeatId| Some(Voter { seat, arrival: circle.arrival(seat)?, here: true, choice: None });
        let voters = circle.by_arrival().into_iter().filter_map(voter).collect();
        let until_ms = circle.at_ms.saturating_add(VOTE_MS);
        let mut proposal = self.open.remove(at);
        proposal.test = None;
        proposal.vote = Some(Vote { kind, until_ms, voters });
        // What is voted on is what the group is at.
        self.open.insert(0, proposal);
        self.poll = None;
        if kind == VoteKind::Secret {
            self.open_poll(id, until_ms, circle);
        }
        events.push(Event::Decision(DecisionEvent::Vote { id, kind, open: true }));
    }

    pub(super) fn ballot(&mut self, by: SeatId, id: u32, choice: Choice, circle: &mut Circle, events: &mut Vec<Event>) {
        let Some(at) = self.place(id) else { return };
        let Some(vote) = &mut self.open[at].vote else { return };
        let voter = vote.voters.iter_mut().find(|voter| voter.here && voter.seat == by);
        let Some(voter) = voter else { return };
        voter.choice = Some(choice);
        events.push(Event::Decision(DecisionEvent::Voted { seat: by, choice }));
        self.conclude_vote(id, circle, events);
    }

    /// Ends an open vote if nothing more can come. A secret one ends when its ballots are counted.
    pub(super) fn conclude_vote(&mut self, id: u32, circle: &mut Circle, events: &mut Vec<Event>) {
        let Some(vote) = self.proposal(id).and_then(|proposal| proposal.vote.as_ref()) else { return };
        let waits = vote.voters.iter().any(|voter| voter.here && voter.choice.is_none());
        if vote.kind == VoteKind::Open && (!waits || circle.at_ms >= vote.until_ms) {
            self.end_vote(id, circle, events);
        }
    }

    /// An open vote is over; in a secret one nobody more is waited for.
    pub(super) fn end_vote(&mut self, id: u32, circle: &mut Circle, events: &mut Vec<Event>) {
        let Some(vote) = self.proposal(id).and_then(|proposal| proposal.vote.as_ref()) else { return };
        if vote.kind == VoteKind::Secret {
            return self.end_choosing(circle.at_ms);
        }
        let (tally, electorate) = (vote.tally(), vote.electorate());
        self.counted(id, tally, electorate, circle, events);
    }

    /// What a secret vote came to.
    pub(super) fn polled(
        &mut self,
        id: u32,
        count: Count,
        absent: Vec<String>,
        circle: &mut Circle,
        events: &mut Vec<Event>,
    ) {
        let Some(at) = self.place(id) else { return };
        let electorate = self.open[at].vote.as_ref().map_or(0, Vote::electorate);
        match count {
            // Members who have left may be among the ballots.
            Count::Tally(tally) => self.counted(id, tally, electorate.max(tally.ballots()), circle, events),
            Count::TooFew => {
                self.open[at].vote = None;
                events.push(Event::Decision(DecisionEvent::Uncounted { id, count, absent: Vec::new() }));
            }
            // Somebody may know the sum of these ballots, so this proposal isn't voted on again.
            Count::Incomplete | Count::Failed => {
                events.push(Event::Decision(DecisionEvent::Uncounted { id, count, absent }));
                self.leave_open(at, circle, events);
            }
        }
    }

    /// The votes on a proposal are counted: `electorate` could have voted.
    fn counted(&mut self, id: u32, tally: Tally, electorate: usize, circle: &mut Circle, events: &mut Vec<Event>) {
        let Some(at) = self.place(id) else { return };
        let Some(kind) = self.open[at].vote.as_ref().map(|vote| vote.kind) else { return };
        let passed = circle.charter.threshold().passes(tally, electorate);
        let stage = if passed { Stage::Passed } else { Stage::Rejected };
        let proposal = Box::new(told(&self.open[at], stage, circle));
        events.push(Event::Decision(DecisionEvent::Vote { id, kind, open: false }));
        events.push(Event::Decision(DecisionEvent::Result { id, kind, tally, passed }));
        events.push(Event::Decision(DecisionEvent::Proposal { proposal, became: Became::Came }));
        let how = if passed { How::Passed(kind, tally) } else { How::Rejected(kind, tally) };
        self.decided(at, how, circle, events);
    }

    fn voters_mut(&mut self) -> impl Iterator<Item = &mut Voter> {
        let votes = self.open.iter_mut().filter_map(|proposal| proposal.vote.as_mut());
        votes.flat_map(|vote| &mut vote.voters)
    }

    /// A seat was given up. What its holder has voted stays voted.
    pub(super) fn voter_left(&mut self, seat: SeatId, arrival: u64) {
        for voter in self.voters_mut() {
            if (voter.seat, voter.arrival) == (seat, arrival) {
                voter.here = false;
            }
        }
    }

    /// The same person is back on a new line, and has a new seat: the right to vote goes along, but not in a secret vote.
    pub(in crate::session) fn voter_returned(&mut self, before: (SeatId, u64), now: (SeatId, u64)) {
        if self.poll.is_some() {
            return;
        }
        for vote in self.open.iter_mut().filter_map(|proposal| proposal.vote.as_mut()) {
            let voters = &mut vote.voters;
            let Some(old) = voters.iter().position(|voter| (voter.seat, voter.arrival) == before) else { continue };
            let Some(new) = voters.iter().position(|voter| (voter.seat, voter.arrival) == now) else {
                (voters[old].seat, voters[old].arrival, voters[old].here) = (now.0, now.1, true);
                continue;
            };
            // One person has one vote: the one on the new seat, if there is one.
            voters[new].choice = voters[new].choice.or(voters[old].choice);
            voters.remove(old);
        }
    }
}
