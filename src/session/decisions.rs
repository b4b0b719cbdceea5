//! What the group decides: proposals that are talked over, agreed on or put to a vote, and the minutes of what came of them.

mod minutes;
mod proposals;
mod rules;
#[cfg(test)]
mod tests;
mod votes;

use serde::{Deserialize, Serialize};

pub use minutes::{Decided, How, Reading};
pub use proposals::{Answer, Became, Motion, Proposal, Proposed, Stage, TEST_MS, Test};
pub use rules::NoDecision;
pub use votes::{Choice, VOTE_MS, Vote, VoteKind, Voter};

use super::{Event, Power, State};
use crate::ids::SeatId;

/// What a member does about decisions. Where a number stands, it is the proposal's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decide {
    /// I propose this. The text counts only where the motion has none of its own.
    Propose(String, Motion),
    /// My proposal is to say this instead.
    Amend(u32, String),
    /// I take my proposal back.
    Withdraw(u32),
    /// What I say to a proposal.
    Answer(u32, Answer),
    /// Everybody is asked whether there is agreement.
    Test(u32),
    /// The proposal is put to a vote.
    Vote(u32, VoteKind),
    /// My vote, in an open one.
    Ballot(u32, Choice),
    /// The facilitator's: the vote is over.
    EndVote(u32),
    /// The time for a test or a vote is over: the group's time moves only with the log.
    Due(u32),
    /// The facilitator's: the minutes are read back.
    ReadBack,
    /// The minutes that were read back are right, or aren't.
    Minutes {
        /// Whether they are.
        right: bool,
    },
    /// The facilitator's: the group comes to its close, and the minutes are read back.
    Close,
}

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
    permits: Vec<(Power, Option<(SeatId, u64)>)>,
    /// The number of the newest proposal.
    newest: u32,
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

    fn place(&self, id: u32) -> Option<usize> {
        self.open.iter().position(|proposal| proposal.id == id)
    }
}

impl State {
    /// Whether a facilitator may do something now: by the charter, or because the group has said yes to it. `whom` is who it
    /// would be done to, if it's one.
    pub fn may(&self, power: Power, whom: Option<SeatId>) -> bool {
        self.charter.may_alone(power) || self.permit(power, whom).is_some()
    }

    fn permit(&self, power: Power, whom: Option<SeatId>) -> Option<usize> {
        let arrival = |seat: SeatId| self.seats.get(&seat).map(|member| (seat, member.arrival));
        let fits = |of: &Option<(SeatId, u64)>| of.is_none() || *of == whom.and_then(arrival);
        self.decisions.permits.iter().position(|(other, of)| *other == power && fits(of))
    }

    /// A facilitator has done what the charter may not leave to them alone: the group's yes is used up, or it is told that
    /// there was none.
    pub(super) fn used(&mut self, by: SeatId, power: Power, whom: Option<SeatId>, events: &mut Vec<Event>) {
        if self.charter.may_alone(power) {
            return;
        }
        match self.permit(power, whom) {
            Some(at) => drop(self.decisions.permits.remove(at)),
            None => events.push(Event::Overstepped { seat: by, power }),
        }
    }

    /// A member does something about decisions. What can't be done now changes nothing.
    pub(super) fn decide(&mut self, by: SeatId, what: &Decide, events: &mut Vec<Event>) {
        if self.can_decide(by, what).is_err() {
            return;
        }
        match what {
            Decide::Propose(text, motion) => self.propose(by, text, *motion, events),
            Decide::Amend(id, text) => self.amend(*id, text, events),
            Decide::Withdraw(id) => self.withdraw(*id, events),
            Decide::Answer(id, answer) => self.reply(by, *id, answer, events),
            Decide::Test(id) => self.test(*id, events),
            Decide::Vote(id, kind) => self.open_vote(*id, *kind, events),
            Decide::Ballot(id, choice) => self.ballot(by, *id, *choice, events),
            Decide::EndVote(id) => self.end_vote(*id, events),
            Decide::Due(id) => self.decision_due(*id, events),
            Decide::ReadBack => self.read_back(events),
            Decide::Minutes { right } => self.minutes_are(by, *right, events),
            Decide::Close => self.begin_close(events),
        }
    }

    /// A proposal is decided: into the minutes with it, and if the group wants it, it is so.
    fn decided(&mut self, at: usize, how: How, events: &mut Vec<Event>) {
        let proposal = self.decisions.open.remove(at);
        let Proposal { id, motion, text, name, .. } = proposal;
        self.decisions.past.push(Decided { id, text, motion, by: name, how, at_ms: self.at_ms });
        if how.is_yes() {
            self.carry_out(motion, events);
        }
    }

    fn carry_out(&mut self, motion: Motion, events: &mut Vec<Event>) {
        match motion {
            Motion::Text => {}
            Motion::Role(seat, arrival, role) => {
                if self.arrival(seat) == Some(arrival) {
                    self.set_role(seat, role, events);
                }
            }
            Motion::Charter(charter) => {
                self.charter = charter;
                events.push(Event::Charter);
            }
            Motion::Permit(power, whom) => {
                let whom = whom.filter(|(seat, arrival)| self.arrival(*seat) == Some(*arrival));
                if self.decisions.permits.len() >= rules::PERMITS {
                    self.decisions.permits.remove(0);
                }
                self.decisions.permits.push((power, whom));
                if power == Power::Close {
                    self.begin_close(events);
                }
            }
        }
    }

    fn arrival(&self, seat: SeatId) -> Option<u64> {
        self.seats.get(&seat).map(|member| member.arrival)
    }

    /// A seat was given up: nobody waits for its answer any more.
    pub(super) fn undecided(&mut self, seat: SeatId, arrival: u64) {
        let decisions = &mut self.decisions;
        decisions.permits.retain(|(_, whom)| *whom != Some((seat, arrival)));
        if let Some(read) = &mut decisions.read {
            read.answers.remove(&seat);
        }
        for proposal in &mut decisions.open {
            proposal.answers.remove(&seat);
        }
        self.voter_left(seat, arrival);
    }

    /// Who was waited for has gone, and nobody else may be: after all of an entry, for whoever comes back on a new line
    /// votes on.
    pub(super) fn decisions_go_on(&mut self, events: &mut Vec<Event>) {
        for id in self.decisions.open.iter().map(|proposal| proposal.id).collect::<Vec<_>>() {
            self.conclude_test(id, events);
            self.conclude_vote(id, events);
        }
    }
}
