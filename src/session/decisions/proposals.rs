//! Proposals: talked over, answered, changed by who made them, and tested for agreement.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Event, How, State, Vote, VoteKind, rules};
use crate::ids::SeatId;
use crate::session::{Charter, Power, Role, clean};

/// For so long, in milliseconds of the group's time, everybody can answer a test.
pub const TEST_MS: u64 = 180_000;

/// What is to happen once the group wants it. A seat comes with its holder's order of arrival, so that nobody else is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Motion {
    /// Nothing that ingle does: the text says it.
    Text,
    /// A member is given a role.
    Role(SeatId, u64, Role),
    /// The group holds itself by another charter.
    Charter(Charter),
    /// A facilitator may do this once, to this one if it is done to one.
    Permit(Power, Option<(SeatId, u64)>),
}

impl Motion {
    /// Whom it is about.
    pub fn whom(self) -> Option<(SeatId, u64)> {
        match self {
            Self::Role(seat, arrival, _) => Some((seat, arrival)),
            Self::Permit(_, whom) => whom,
            Self::Text | Self::Charter(_) => None,
        }
    }

    /// Whether every member can put it to a vote, whatever the charter says.
    pub fn is_everybodys(self) -> bool {
        matches!(self, Self::Role(..) | Self::Charter(_))
    }
}

/// What somebody says to a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// I agree.
    Agree,
    /// I don't agree, and won't stand in the way.
    Aside,
    /// I can't let this be, and this is why.
    Block(String),
}

/// Everybody who is there is asked whether there is agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// Until when, in milliseconds of the group's time.
    pub until_ms: u64,
    /// Who arrived before this one was there at the start, and is asked.
    pub(super) arrivals: u64,
}

/// A proposal that is not decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its number, from 1.
    pub id: u32,
    /// Who made it, while that one is here.
    pub by: (SeatId, u64),
    /// The name of who made it.
    pub name: String,
    /// What is proposed; where the motion is about a member, the name.
    pub text: String,
    /// What follows if the group wants it.
    pub motion: Motion,
    /// What is said to it.
    pub answers: BTreeMap<SeatId, Answer>,
    /// The test that is under way.
    pub test: Option<Test>,
    /// Whether a test has found no agreement since the text is as it is.
    pub tested: bool,
    /// The vote that is under way.
    pub vote: Option<Vote>,
}

/// How far a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It waits for those before it.
    Waiting,
    /// It is talked over.
    Discussion,
    /// Everybody is asked whether there is agreement.
    Testing,
    /// There was no agreement. It can be changed, taken back, tested again, or put to a vote.
    Open,
    /// It is voted on.
    Voting,
    /// The group has agreed to it.
    Agreed,
    /// A vote has passed it.
    Passed,
    /// A vote has not passed it.
    Rejected,
    /// Who made it has taken it back.
    Withdrawn,
    /// The group closed before it was decided.
    LeftOpen,
}

/// A proposal as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Its number.
    pub id: u32,
    /// What is proposed; where the motion is about a member, the name.
    pub text: String,
    /// What follows if the group wants it.
    pub motion: Motion,
    /// The name of who made it.
    pub by: String,
    /// How far it is.
    pub stage: Stage,
    /// So many agree.
    pub agree: usize,
    /// So many stand aside.
    pub aside: usize,
    /// So many block.
    pub block: usize,
    /// So many have not answered.
    pub waiting: usize,
}

/// What has become of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// It was made.
    Made,
    /// It says something else now.
    Amended,
    /// Somebody has answered.
    Answered(SeatId, Answer),
    /// Everybody is asked.
    Tested,
    /// It is decided, or there is no agreement yet: the stage says it.
    Came,
}

impl Proposal {
    /// How far it is, as the one before which so many others are.
    pub fn stage(&self, before: usize) -> Stage {
        match (&self.vote, &self.test) {
            (Some(_), _) => Stage::Voting,
            (None, Some(_)) => Stage::Testing,
            _ if before > 0 => Stage::Waiting,
            _ if self.tested => Stage::Open,
            _ => Stage::Discussion,
        }
    }

    /// How many agree, stand aside and block.
    pub fn answered(&self) -> [usize; 3] {
        let of = |wanted: fn(&Answer) -> bool| self.answers.values().filter(|answer| wanted(answer)).count();
        [
            of(|answer| *answer == Answer::Agree),
            of(|answer| *answer == Answer::Aside),
            of(|answer| matches!(answer, Answer::Block(_))),
        ]
    }
}

impl State {
    /// A proposal as it is told.
    pub fn proposed(&self, id: u32) -> Option<Proposed> {
        let at = self.decisions.place(id)?;
        let proposal = &self.decisions.open[at];
        Some(self.told(proposal, proposal.stage(at)))
    }

    fn told(&self, proposal: &Proposal, stage: Stage) -> Proposed {
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
            waiting: self.seats.len().saturating_sub(agree + aside + block),
        }
    }

    /// Tells of a proposal that is still open.
    fn tell(&self, id: u32, turned: Became, events: &mut Vec<Event>) {
        if let Some(proposed) = self.proposed(id) {
            events.push(Event::Proposal { proposal: Box::new(proposed), became: turned });
        }
    }

    pub(super) fn propose(&mut self, by: SeatId, text: &str, motion: Motion, events: &mut Vec<Event>) {
        let Some(member) = self.seats.get(&by) else { return };
        self.decisions.newest += 1;
        let proposal = Proposal {
            id: self.decisions.newest,
            by: (by, member.arrival),
            name: member.name.clone(),
            text: self.wording(text, motion),
            motion,
            // Who proposes something wants it.
            answers: [(by, Answer::Agree)].into(),
            test: None,
            tested: false,
            vote: None,
        };
        let id = proposal.id;
        // The facilitator's role and the charter can be put to a vote at any time, whatever is being talked over.
        let first = motion.is_everybodys() && self.decisions.vote().is_none();
        let at = if first { 0 } else { self.decisions.open.len() };
        self.decisions.open.insert(at, proposal);
        self.tell(id, Became::Made, events);
        if first {
            self.open_vote(id, VoteKind::Open, events);
        }
    }

    /// What a proposal says: its text, or whom its motion is about.
    pub(super) fn wording(&self, text: &str, motion: Motion) -> String {
        match motion.whom() {
            Some((seat, _)) => self.name(seat).unwrap_or_default().to_owned(),
            None if motion == Motion::Text => clean::proposal(text),
            None => String::new(),
        }
    }

    pub(super) fn amend(&mut self, id: u32, text: &str, events: &mut Vec<Event>) {
        let Some(at) = self.decisions.place(id) else { return };
        let proposal = &mut self.decisions.open[at];
        proposal.text = clean::proposal(text);
        // What was said was said to something else.
        let mine = proposal.by.0;
        proposal.answers.retain(|seat, _| *seat == mine);
        (proposal.test, proposal.tested) = (None, false);
        self.tell(id, Became::Amended, events);
    }

    pub(super) fn withdraw(&mut self, id: u32, events: &mut Vec<Event>) {
        let Some(at) = self.decisions.place(id) else { return };
        let proposal = self.decisions.open.remove(at);
        events
            .push(Event::Proposal { proposal: Box::new(self.told(&proposal, Stage::Withdrawn)), became: Became::Came });
    }

    pub(super) fn reply(&mut self, by: SeatId, id: u32, answer: &Answer, events: &mut Vec<Event>) {
        let room = rules::REASONS.saturating_sub(self.decisions.reasons(Some((id, by))));
        let answer = match answer {
            Answer::Block(reason) => {
                let reason = clean::reason(reason);
                // Where there are too many words the block stands without them.
                Answer::Block(if reason.len() <= room { reason } else { String::new() })
            }
            other => other.clone(),
        };
        let Some(at) = self.decisions.place(id) else { return };
        self.decisions.open[at].answers.insert(by, answer.clone());
        self.tell(id, Became::Answered(by, answer), events);
        self.conclude_test(id, events);
    }

    pub(super) fn test(&mut self, id: u32, events: &mut Vec<Event>) {
        let Some(at) = self.decisions.place(id) else { return };
        let test = Test { until_ms: self.at_ms + TEST_MS, arrivals: self.arrivals };
        self.decisions.open[at].test = Some(test);
        self.tell(id, Became::Tested, events);
        self.conclude_test(id, events);
    }

    /// Whether a test has asked a member who hasn't answered.
    pub fn test_waits_for(&self, proposal: &Proposal, seat: SeatId) -> bool {
        let asked = |test: &Test| self.arrival(seat).is_some_and(|arrival| arrival < test.arrivals);
        proposal.test.as_ref().is_some_and(asked) && !proposal.answers.contains_key(&seat)
    }

    /// The proposal that waits for a member's answer: one that everybody is asked about, or the one that is talked over.
    pub fn to_answer(&self, seat: SeatId) -> Option<&Proposal> {
        let mut open = self.decisions.open.iter().enumerate();
        let (_, waits) = open.find(|(at, proposal)| {
            let asked = *at == 0 || proposal.test.is_some();
            asked && proposal.vote.is_none() && !proposal.answers.contains_key(&seat)
        })?;
        Some(waits)
    }

    /// The vote that waits for a member's ballot, and what it is on.
    pub fn to_vote(&self, seat: SeatId) -> Option<(&Proposal, &Vote)> {
        let (proposal, vote) = self.decisions.vote()?;
        let waits = match vote.kind {
            VoteKind::Open => vote.voter(seat).is_some_and(|voter| voter.choice.is_none()),
            VoteKind::Secret => self.poll.as_ref().is_some_and(|poll| poll.asks(seat)),
        };
        waits.then_some(())?;
        Some((proposal, vote))
    }

    /// Ends a test if nothing more can come of it.
    pub(super) fn conclude_test(&mut self, id: u32, events: &mut Vec<Event>) {
        let Some(at) = self.decisions.place(id) else { return };
        let proposal = &self.decisions.open[at];
        let Some(test) = proposal.test else { return };
        let waits = self.seats.keys().any(|seat| self.test_waits_for(proposal, *seat));
        if waits && self.at_ms < test.until_ms {
            return;
        }
        let [agree, aside, block] = proposal.answered();
        let enough = (agree + aside + block) * 2 >= self.seats.len();
        if enough && agree > aside && block <= self.charter.threshold().blocks() {
            let told = self.told(proposal, Stage::Agreed);
            events.push(Event::Proposal { proposal: Box::new(told), became: Became::Came });
            self.decided(at, How::Agreed { agree: agree as u8, aside: aside as u8, block: block as u8 }, events);
        } else {
            let proposal = &mut self.decisions.open[at];
            (proposal.test, proposal.tested) = (None, true);
            self.tell(id, Became::Came, events);
        }
    }

    /// The group closes: what is not decided stays so.
    pub(super) fn leave_open(&mut self, events: &mut Vec<Event>) {
        while let Some(proposal) = self.decisions.open.first() {
            let told = self.told(proposal, Stage::LeftOpen);
            events.push(Event::Proposal { proposal: Box::new(told), became: Became::Came });
            self.decided(0, How::LeftOpen, events);
        }
    }

    /// The time for something about a proposal is over.
    pub(super) fn decision_due(&mut self, id: u32, events: &mut Vec<Event>) {
        self.conclude_test(id, events);
        self.conclude_vote(id, events);
    }
}
