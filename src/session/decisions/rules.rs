//! What can be done about decisions, and when; and what can have come about by it.

use super::course::{PERMITS, REASONS};
use super::docket::{TEXTS, wording};
use super::{Answer, Decide, Decisions, Motion, NoDecision, Proposal, Vote, VoteKind};
use crate::ids::{SeatId, SeatSet};
use crate::session::poll::LEAST_VOTERS;
use crate::session::{Charter, Circle, Power, Say, clean};
use crate::wire::limits;

impl Decisions {
    /// Whether a member can do something about decisions now.
    ///
    /// # Errors
    /// [`NoDecision`] if not: the reducer passes over what this refuses.
    pub fn can_decide(&self, by: SeatId, what: &Decide, circle: &Circle) -> Result<(), NoDecision> {
        use NoDecision as No;
        let member = circle.seats.get(&by).ok_or(No::Nothing)?;
        let leads = circle.facilitator() == Some(by);
        let proposal = |id: &u32| self.proposal(*id).ok_or(No::Nothing);
        let mine = |proposal: &Proposal| if proposal.by == (by, member.arrival) { Ok(()) } else { Err(No::NotMine) };
        let unless = |not: bool, why: NoDecision| if not { Err(why) } else { Ok(()) };
        match what {
            Decide::Propose(text, motion) => {
                let wording = wording(text, *motion, circle);
                let theirs = self.open.iter().filter(|open| open.by == (by, member.arrival)).count();
                unless(self.closing, No::Closing)?;
                unless(*motion == Motion::Text && wording.is_empty(), No::Blank)?;
                unless(theirs >= limits::PROPOSALS_EACH || self.open.len() >= limits::PROPOSALS, No::Many)?;
                unless(self.is_full(wording.len() + member.name.len()), No::Full)?;
                can_move(*motion, circle)
            }
            Decide::Amend(id, text) => {
                let proposal = proposal(id)?;
                mine(proposal)?;
                unless(proposal.motion != Motion::Text, No::Fixed)?;
                unless(proposal.vote.is_some(), No::Voting)?;
                let text = clean::proposal(text);
                unless(text.is_empty(), No::Blank)?;
                let more = text.len().saturating_sub(proposal.text.len());
                unless(self.texts() + more > TEXTS, No::Full)
            }
            Decide::Withdraw(id) => {
                let proposal = proposal(id)?;
                mine(proposal)?;
                unless(proposal.vote.is_some(), No::Voting)
            }
            Decide::Answer(id, answer) => {
                let proposal = proposal(id)?;
                unless(proposal.vote.is_some(), No::Voting)?;
                let asked = proposal.test.is_some() || self.place(*id) == Some(0);
                unless(!asked, No::NotItsTurn)?;
                unless(matches!(answer, Answer::Block(reason) if clean::reason(reason).is_empty()), No::Blank)
            }
            Decide::Test(id) => {
                let proposal = proposal(id)?;
                unless(proposal.vote.is_some(), No::Voting)?;
                unless(self.place(*id) != Some(0), No::NotItsTurn)?;
                let may = leads || mine(proposal).is_ok() || circle.charter.anyone_may(Power::Vote);
                unless(!may, No::Charter(circle.charter.say(Power::Vote)))
            }
            Decide::Vote(id, kind) => {
                let proposal = proposal(id)?;
                can_call(proposal, leads, circle)?;
                unless(*kind == VoteKind::Secret && circle.seats.len() < LEAST_VOTERS, No::Few)?;
                let chosen = self.poll.as_ref().is_some_and(|poll| poll.electors().next().is_some());
                match self.vote() {
                    // As long as nobody has voted, an open vote can become a secret one.
                    Some((other, vote))
                        if other.id == *id && vote.kind != *kind && vote.tally().ballots() == 0 && !chosen =>
                    {
                        Ok(())
                    }
                    Some(_) => Err(No::Voting),
                    None => Ok(()),
                }
            }
            Decide::Ballot(id, _) => {
                let vote = proposal(id)?.vote.as_ref().ok_or(No::NoVote)?;
                unless(vote.voter(by).is_none(), No::NoVoter)?;
                unless(vote.kind == VoteKind::Secret, No::Secret)
            }
            Decide::EndVote(id) => {
                let vote = proposal(id)?.vote.as_ref().ok_or(No::NoVote)?;
                unless(!leads, No::NotFacilitator)?;
                if vote.kind == VoteKind::Secret {
                    let poll = self.poll.as_ref().filter(|poll| poll.is_asking()).ok_or(No::Counting)?;
                    let chosen = poll.electors().count();
                    return unless(chosen < LEAST_VOTERS || chosen * 2 < vote.electorate(), No::TooFew);
                }
                unless(!vote.tally().is_enough(vote.electorate()), No::TooFew)
            }
            Decide::Due(id) => {
                let proposal = proposal(id)?;
                let vote = proposal.vote.as_ref().map(|vote| vote.until_ms);
                let until = vote.or(proposal.test.map(|test| test.until_ms)).ok_or(No::Nothing)?;
                unless(circle.at_ms < until, No::NotDue)
            }
            Decide::ReadBack => unless(!leads, No::NotFacilitator),
            Decide::Minutes { .. } => unless(self.read.is_none(), No::NotRead),
            Decide::Close => {
                unless(!leads, No::NotFacilitator)?;
                unless(self.closing, No::Closing)?;
                unless(self.vote().is_some(), No::Voting)?;
                unless(!self.may(Power::Close, None, circle), No::Charter(Say::Group))
            }
        }
    }

    /// Whether what a snapshot says of decisions could have come about.
    pub(in crate::session) fn is_sound(&self, circle: &Circle) -> bool {
        let known = |seat: &SeatId| circle.seats.contains_key(seat);
        let ids = self.open.iter().map(|open| open.id).chain(self.past.iter().map(|past| past.id));
        let mut ids: Vec<u32> = ids.collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        let worded = |text: &str, name: &str, motion: Motion| {
            let text_is = match motion {
                Motion::Text => !text.is_empty() && text == clean::proposal(text),
                _ if motion.whom().is_some() => text == clean::name(text),
                _ => text.is_empty(),
            };
            let charter = !matches!(motion, Motion::Charter(charter) if !Charter::is_sound(&charter));
            text_is && name == clean::name(name) && charter
        };
        let open = |open: &Proposal| {
            let reasons = |answer: &Answer| !matches!(answer, Answer::Block(why) if *why != clean::reason(why));
            let votes = |vote: &Vote| {
                let here: SeatSet = vote.voters.iter().filter(|voter| voter.here).map(|voter| voter.seat).collect();
                vote.voters.len() <= limits::MEMBERS
                    && vote.voters.iter().all(|voter| voter.arrival < circle.arrivals && voter.seat.is_valid())
                    && vote
                        .voters
                        .iter()
                        .filter(|voter| voter.here)
                        .all(|voter| circle.arrival(voter.seat) == Some(voter.arrival))
                    && here.iter().count() == vote.voters.iter().filter(|voter| voter.here).count()
            };
            worded(&open.text, &open.name, open.motion)
                && open.answers.keys().all(known)
                && open.answers.values().all(reasons)
                && open.test.is_none_or(|test| test.arrivals <= circle.arrivals)
                && open.vote.as_ref().is_none_or(votes)
        };
        self.open.len() <= limits::PROPOSALS
            && count == ids.len()
            && count <= limits::MINUTES
            && ids.iter().all(|id| (1..=self.newest).contains(id))
            && self.texts() <= TEXTS
            && self.reasons(None) <= REASONS
            && self.permits.len() <= PERMITS
            && self.open.iter().all(open)
            && self.open.iter().filter(|open| open.vote.is_some()).count() <= 1
            && self.past.iter().all(|past| worded(&past.text, &past.by, past.motion))
            && self.read.iter().flat_map(|read| read.answers.keys()).all(known)
            && self.poll_is_sound(circle)
    }
}

/// Whether somebody may put a proposal to a vote.
fn can_call(proposal: &Proposal, leads: bool, circle: &Circle) -> Result<(), NoDecision> {
    let say = circle.charter.say(Power::Vote);
    let may = proposal.motion.is_everybodys()
        || match say {
            Say::Anyone => true,
            Say::Facilitator => leads,
            Say::Group => proposal.tested,
        };
    if may { Ok(()) } else { Err(NoDecision::Charter(say)) }
}

/// Whether a motion makes sense now.
fn can_move(motion: Motion, circle: &Circle) -> Result<(), NoDecision> {
    let here = motion.whom().is_none_or(|(seat, arrival)| circle.arrival(seat) == Some(arrival));
    let sound = match motion {
        Motion::Text => true,
        Motion::Role(seat, _, role) => circle.roles.role(seat) != role,
        Motion::Charter(charter) => charter.is_sound() && charter != circle.charter,
        Motion::Permit(power, whom) => {
            if circle.charter.may_alone(power) {
                return Err(NoDecision::Allowed);
            }
            whom.is_some() == matches!(power, Power::Mute | Power::Remove)
                && matches!(power, Power::Mute | Power::MuteAll | Power::Lock | Power::Remove | Power::Close)
        }
    };
    if here && sound { Ok(()) } else { Err(NoDecision::IsSo) }
}
