//! The course of proposals: answered, changed by their makers, tested for agreement, and decided.

use super::docket::{told, wording};
use super::{
    Answer, Became, Decide, Decided, Decisions, How, Motion, Proposal, Reading, Stage, TEST_MS, Test, VoteKind,
};
use crate::ids::SeatId;
use crate::session::{Circle, DecisionEvent, Event, Power, clean};

/// What the group can have allowed and nobody has used.
pub(super) const PERMITS: usize = 8;
/// Bytes that reasons take in all.
pub(super) const REASONS: usize = 4096;

impl Decisions {
    /// A member does something about decisions. What [`Self::can_decide`] refuses changes nothing.
    pub(in crate::session) fn decide(
        &mut self,
        by: SeatId,
        what: &Decide,
        circle: &mut Circle,
        events: &mut Vec<Event>,
    ) {
        if self.can_decide(by, what, circle).is_err() {
            return;
        }
        match what {
            Decide::Propose(text, motion) => self.propose(by, text, *motion, circle, events),
            Decide::Amend(id, text) => self.amend(*id, text, circle, events),
            Decide::Withdraw(id) => self.withdraw(*id, circle, events),
            Decide::Answer(id, answer) => self.reply(by, *id, answer, circle, events),
            Decide::Test(id) => self.test(*id, circle, events),
            Decide::Vote(id, kind) => self.open_vote(*id, *kind, circle, events),
            Decide::Ballot(id, choice) => self.ballot(by, *id, *choice, circle, events),
            Decide::EndVote(id) => self.end_vote(*id, circle, events),
            Decide::Due(id) => self.conclude(*id, circle, events),
            Decide::ReadBack => self.read_back(events),
            Decide::Minutes { right } => self.minutes_are(by, *right, events),
            Decide::Close => self.begin_close(circle, events),
        }
    }

    /// A facilitator has done what the charter may not leave to them alone: the group's yes is used up, or it is told that
    /// there was none.
    pub(in crate::session) fn used(
        &mut self,
        by: SeatId,
        power: Power,
        whom: Option<SeatId>,
        circle: &Circle,
        events: &mut Vec<Event>,
    ) {
        if circle.charter.may_alone(power) {
            return;
        }
        match self.permit(power, whom, circle) {
            Some(at) => drop(self.permits.remove(at)),
            None => events.push(Event::Decision(DecisionEvent::Overstepped { seat: by, power })),
        }
    }

    /// A seat was given up: nobody waits for its answer any more.
    pub(in crate::session) fn depart(&mut self, seat: SeatId, arrival: u64) {
        self.permits.retain(|(_, whom)| *whom != Some((seat, arrival)));
        if let Some(read) = &mut self.read {
            read.answers.remove(&seat);
        }
        for proposal in &mut self.open {
            proposal.answers.remove(&seat);
        }
        self.voter_left(seat, arrival);
    }

    /// A member who was waited for has gone, and nobody else may be: after all of an entry, for a member who comes back on a
    /// new line votes on.
    pub(in crate::session) fn go_on(&mut self, circle: &mut Circle, events: &mut Vec<Event>) {
        for id in self.open.iter().map(|proposal| proposal.id).collect::<Vec<_>>() {
            self.conclude(id, circle, events);
        }
    }

    /// Ends what is under way about a proposal if nothing more can come of it, or its time is over.
    fn conclude(&mut self, id: u32, circle: &mut Circle, events: &mut Vec<Event>) {
        self.conclude_test(id, circle, events);
        self.conclude_vote(id, circle, events);
    }

    /// Tells of a proposal that is still open.
    fn tell(&self, id: u32, became: Became, circle: &Circle, events: &mut Vec<Event>) {
        if let Some(proposed) = self.proposed(id, circle) {
            events.push(Event::Decision(DecisionEvent::Proposal { proposal: Box::new(proposed), became }));
        }
    }

    fn propose(&mut self, by: SeatId, text: &str, motion: Motion, circle: &Circle, events: &mut Vec<Event>) {
        let Some(member) = circle.seats.get(&by) else { return };
        self.newest = self.newest.saturating_add(1);
        let proposal = Proposal {
            id: self.newest,
            by: (by, member.arrival),
            name: member.name.clone(),
            text: wording(text, motion, circle),
            motion,
            // Whoever proposes something wants it.
            answers: [(by, Answer::Agree)].into(),
            test: None,
            tested: false,
            vote: None,
        };
        let id = proposal.id;
        // The facilitator's role and the charter can be put to a vote at any time, whatever is being talked over.
        let first = motion.is_everybodys() && self.vote().is_none();
        let at = if first { 0 } else { self.open.len() };
        self.open.insert(at, proposal);
        self.tell(id, Became::Made, circle, events);
        if first {
            self.open_vote(id, VoteKind::Open, circle, events);
        }
    }

    fn amend(&mut self, id: u32, text: &str, circle: &Circle, events: &mut Vec<Event>) {
        let Some(at) = self.place(id) else { return };
        let proposal = &mut self.open[at];
        proposal.text = clean::proposal(text);
        // What was said was said to something else.
        let mine = proposal.by.0;
        proposal.answers.retain(|seat, _| *seat == mine);
        (proposal.test, proposal.tested) = (None, false);
        self.tell(id, Became::Amended, circle, events);
    }

    fn withdraw(&mut self, id: u32, circle: &Circle, events: &mut Vec<Event>) {
        let Some(at) = self.place(id) else { return };
        let proposal = Box::new(told(&self.open.remove(at), Stage::Withdrawn, circle));
        events.push(Event::Decision(DecisionEvent::Proposal { proposal, became: Became::Came }));
    }

    fn reply(&mut self, by: SeatId, id: u32, answer: &Answer, circle: &mut Circle, events: &mut Vec<Event>) {
        let room = REASONS.saturating_sub(self.reasons(Some((id, by))));
        let answer = match answer {
            Answer::Block(reason) => {
                let reason = clean::reason(reason);
                // Where there are too many words the block stands without them.
                Answer::Block(if reason.len() <= room { reason } else { String::new() })
            }
            Answer::Agree | Answer::Aside => answer.clone(),
        };
        let Some(at) = self.place(id) else { return };
        self.open[at].answers.insert(by, answer.clone());
        self.tell(id, Became::Answered(by, answer), circle, events);
        self.conclude_test(id, circle, events);
    }

    fn test(&mut self, id: u32, circle: &mut Circle, events: &mut Vec<Event>) {
        let Some(at) = self.place(id) else { return };
        self.open[at].test = Some(Test { until_ms: circle.at_ms + TEST_MS, arrivals: circle.arrivals });
        self.tell(id, Became::Tested, circle, events);
        self.conclude_test(id, circle, events);
    }

    /// Ends a test if nothing more can come of it.
    fn conclude_test(&mut self, id: u32, circle: &mut Circle, events: &mut Vec<Event>) {
        let Some(at) = self.place(id) else { return };
        let proposal = &self.open[at];
        let Some(test) = proposal.test else { return };
        let waits = circle.seats.keys().any(|seat| self.test_waits_for(proposal, *seat, circle));
        if waits && circle.at_ms < test.until_ms {
            return;
        }
        let [agree, aside, block] = proposal.answered();
        let enough = (agree + aside + block) * 2 >= circle.seats.len();
        if enough && agree > aside && block <= circle.charter.threshold().blocks() {
            let proposal = Box::new(told(proposal, Stage::Agreed, circle));
            events.push(Event::Decision(DecisionEvent::Proposal { proposal, became: Became::Came }));
            let how = How::Agreed { agree: agree as u8, aside: aside as u8, block: block as u8 };
            self.decided(at, how, circle, events);
        } else {
            let proposal = &mut self.open[at];
            (proposal.test, proposal.tested) = (None, true);
            self.tell(id, Became::Came, circle, events);
        }
    }

    /// A proposal is decided: into the minutes with it, and if the group wants it, it is so.
    pub(super) fn decided(&mut self, at: usize, how: How, circle: &mut Circle, events: &mut Vec<Event>) {
        let Proposal { id, motion, text, name: by, .. } = self.open.remove(at);
        self.past.push(Decided { id, text, motion, by, how, at_ms: circle.at_ms });
        if how.is_yes() {
            self.carry_out(motion, circle, events);
        }
    }

    fn carry_out(&mut self, motion: Motion, circle: &mut Circle, events: &mut Vec<Event>) {
        match motion {
            Motion::Text => {}
            Motion::Role(seat, arrival, role) => {
                if circle.arrival(seat) == Some(arrival) {
                    circle.decide_role(seat, role, events);
                }
            }
            Motion::Charter(charter) => {
                circle.charter = charter;
                events.push(Event::Decision(DecisionEvent::Charter));
            }
            Motion::Permit(power, whom) => {
                let whom = whom.filter(|(seat, arrival)| circle.arrival(*seat) == Some(*arrival));
                if self.permits.len() >= PERMITS {
                    self.permits.remove(0);
                }
                self.permits.push((power, whom));
                if power == Power::Close {
                    self.begin_close(circle, events);
                }
            }
        }
    }

    fn read_back(&mut self, events: &mut Vec<Event>) {
        self.read = Some(Reading { items: self.past.len() as u8, answers: Default::default() });
        events.push(Event::Decision(DecisionEvent::Minutes));
    }

    fn minutes_are(&mut self, by: SeatId, right: bool, events: &mut Vec<Event>) {
        if let Some(read) = &mut self.read {
            read.answers.insert(by, right);
            events.push(Event::Decision(DecisionEvent::MinutesAnswered { seat: by, right }));
        }
    }

    /// A proposal stays undecided, and nothing more can be done about it.
    pub(super) fn leave_open(&mut self, at: usize, circle: &mut Circle, events: &mut Vec<Event>) {
        let proposal = Box::new(told(&self.open[at], Stage::LeftOpen, circle));
        events.push(Event::Decision(DecisionEvent::Proposal { proposal, became: Became::Came }));
        self.decided(at, How::LeftOpen, circle, events);
    }

    /// The group closes: what is not decided stays so, and the minutes are read back. A secret vote that is under way ends
    /// with its proposal, uncounted.
    fn begin_close(&mut self, circle: &mut Circle, events: &mut Vec<Event>) {
        self.poll = None;
        while !self.open.is_empty() {
            self.leave_open(0, circle, events);
        }
        self.closing = true;
        events.push(Event::Decision(DecisionEvent::Closing));
        self.read_back(events);
    }
}
