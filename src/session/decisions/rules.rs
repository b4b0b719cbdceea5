//! What can be done about decisions, and when; and what can have come about by it.

use super::{Answer, Decide, Decisions, Motion, Proposal, State, VoteKind};
use crate::ids::{SeatId, SeatSet};
use crate::session::poll::LEAST_VOTERS;
use crate::session::{Charter, Power, Say, clean};
use crate::wire::limits;

/// What the group can have allowed and nobody has used.
pub(super) const PERMITS: usize = 8;
/// Bytes that reasons take in all.
pub(super) const REASONS: usize = 4096;
/// Bytes that names and texts of proposals take in all, open and past: the state of a newcomer must fit its envelope.
const TEXTS: usize = 12 * 1024;

/// Why something about decisions can't be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDecision {
    /// There is no proposal, or none any more.
    Nothing,
    /// Only who made it can change it or take it back.
    NotMine,
    /// Nothing is written.
    Blank,
    /// What a motion does can't be written anew; it can be taken back.
    Fixed,
    /// It waits for those before it.
    NotItsTurn,
    /// It is being voted on.
    Voting,
    /// Nothing is being voted on.
    NoVote,
    /// This vote was opened before I came.
    NoVoter,
    /// In a secret vote the ballots are not said aloud.
    Secret,
    /// Too few are here to keep it secret how they vote.
    Few,
    /// The secret ballots are being counted.
    Counting,
    /// Not half of those who may vote have done so.
    TooFew,
    /// The time isn't over.
    NotDue,
    /// I have as many proposals open as one can have, or all have.
    Many,
    /// There are as many words in the minutes as can be.
    Full,
    /// Only a facilitator can do that.
    NotFacilitator,
    /// The charter leaves this to others.
    Charter(Say),
    /// The charter lets a facilitator do that without a motion.
    Allowed,
    /// It is so already, or who is meant has gone.
    IsSo,
    /// The group comes to its close.
    Closing,
    /// The minutes were not read back.
    NotRead,
}

impl Decisions {
    /// Bytes of the reasons, but for one member's to one proposal.
    pub(super) fn reasons(&self, but: Option<(u32, SeatId)>) -> usize {
        let length = |answer: &Answer| if let Answer::Block(reason) = answer { reason.len() } else { 0 };
        let all = self
            .open
            .iter()
            .flat_map(|proposal| proposal.answers.iter().map(move |(seat, answer)| (proposal.id, *seat, answer)));
        all.filter(|(id, seat, _)| but != Some((*id, *seat))).map(|(_, _, answer)| length(answer)).sum()
    }

    fn texts(&self) -> usize {
        let open = self.open.iter().map(|proposal| proposal.text.len() + proposal.name.len());
        open.chain(self.past.iter().map(|decided| decided.text.len() + decided.by.len())).sum()
    }

    fn is_full(&self, more: usize) -> bool {
        self.texts() + more > TEXTS || self.open.len() + self.past.len() >= limits::MINUTES
    }
}

impl State {
    /// Whether a member can do something about decisions now.
    ///
    /// # Errors
    /// [`NoDecision`] if not: the reducer passes over what this refuses.
    pub fn can_decide(&self, by: SeatId, what: &Decide) -> Result<(), NoDecision> {
        use NoDecision as No;
        let member = self.seats.get(&by).ok_or(No::Nothing)?;
        let leads = self.facilitator() == Some(by);
        let proposal = |id: &u32| self.decisions.proposal(*id).ok_or(No::Nothing);
        let mine = |proposal: &Proposal| if proposal.by == (by, member.arrival) { Ok(()) } else { Err(No::NotMine) };
        let unless = |not: bool, why: NoDecision| if not { Err(why) } else { Ok(()) };
        match what {
            Decide::Propose(text, motion) => {
                let wording = self.wording(text, *motion);
                let theirs = self.decisions.open.iter().filter(|open| open.by == (by, member.arrival)).count();
                unless(self.decisions.closing, No::Closing)?;
                unless(*motion == Motion::Text && wording.is_empty(), No::Blank)?;
                unless(theirs >= limits::PROPOSALS_EACH || self.decisions.open.len() >= limits::PROPOSALS, No::Many)?;
                unless(self.decisions.is_full(wording.len() + member.name.len()), No::Full)?;
                self.can_move(*motion)
            }
            Decide::Amend(id, text) => {
                let proposal = proposal(id)?;
                mine(proposal)?;
                unless(proposal.motion != Motion::Text, No::Fixed)?;
                unless(proposal.vote.is_some(), No::Voting)?;
                let text = clean::proposal(text);
                unless(text.is_empty(), No::Blank)?;
                let more = text.len().saturating_sub(proposal.text.len());
                unless(self.decisions.texts() + more > TEXTS, No::Full)
            }
            Decide::Withdraw(id) => {
                let proposal = proposal(id)?;
                mine(proposal)?;
                unless(proposal.vote.is_some(), No::Voting)
            }
            Decide::Answer(id, answer) => {
                let proposal = proposal(id)?;
                unless(proposal.vote.is_some(), No::Voting)?;
                let asked = proposal.test.is_some() || self.decisions.place(*id) == Some(0);
                unless(!asked, No::NotItsTurn)?;
                unless(matches!(answer, Answer::Block(reason) if clean::reason(reason).is_empty()), No::Blank)
            }
            Decide::Test(id) => {
                let proposal = proposal(id)?;
                unless(proposal.vote.is_some(), No::Voting)?;
                unless(self.decisions.place(*id) != Some(0), No::NotItsTurn)?;
                let may = leads || mine(proposal).is_ok() || self.charter.anyone_may(Power::Vote);
                unless(!may, No::Charter(self.charter.say(Power::Vote)))
            }
            Decide::Vote(id, kind) => {
                let proposal = proposal(id)?;
                self.can_call(proposal, leads)?;
                unless(*kind == VoteKind::Secret && self.seats.len() < LEAST_VOTERS, No::Few)?;
                let chosen = self.poll.as_ref().is_some_and(|poll| poll.electors().next().is_some());
                match self.decisions.vote() {
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
                unless(self.at_ms < until, No::NotDue)
            }
            Decide::ReadBack => unless(!leads, No::NotFacilitator),
            Decide::Minutes { .. } => unless(self.decisions.read.is_none(), No::NotRead),
            Decide::Close => {
                unless(!leads, No::NotFacilitator)?;
                unless(self.decisions.closing, No::Closing)?;
                unless(self.decisions.vote().is_some(), No::Voting)?;
                unless(!self.may(Power::Close, None), No::Charter(Say::Group))
            }
        }
    }

    /// Whether somebody may put a proposal to a vote.
    fn can_call(&self, proposal: &Proposal, leads: bool) -> Result<(), NoDecision> {
        let say = self.charter.say(Power::Vote);
        let may = proposal.motion.is_everybodys()
            || match say {
                Say::Anyone => true,
                Say::Facilitator => leads,
                Say::Group => proposal.tested,
            };
        if may { Ok(()) } else { Err(NoDecision::Charter(say)) }
    }

    /// Whether a motion makes sense now.
    fn can_move(&self, motion: Motion) -> Result<(), NoDecision> {
        let here = motion.whom().is_none_or(|(seat, arrival)| self.arrival(seat) == Some(arrival));
        let sound = match motion {
            Motion::Text => true,
            Motion::Role(seat, _, role) => self.role(seat) != role,
            Motion::Charter(charter) => charter.is_sound() && charter != self.charter,
            Motion::Permit(power, whom) => {
                if self.charter.may_alone(power) {
                    return Err(NoDecision::Allowed);
                }
                whom.is_some() == matches!(power, Power::Mute | Power::Remove)
                    && matches!(power, Power::Mute | Power::MuteAll | Power::Lock | Power::Remove | Power::Close)
            }
        };
        if here && sound { Ok(()) } else { Err(NoDecision::IsSo) }
    }

    /// Whether what a snapshot says of decisions could have come about.
    pub(in crate::session) fn decisions_are_sound(&self) -> bool {
        let decisions = &self.decisions;
        let known = |seat: &SeatId| self.seats.contains_key(seat);
        let ids = decisions.open.iter().map(|open| open.id).chain(decisions.past.iter().map(|past| past.id));
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
            let votes = |vote: &super::Vote| {
                let here: SeatSet = vote.voters.iter().filter(|voter| voter.here).map(|voter| voter.seat).collect();
                vote.voters.len() <= limits::MEMBERS
                    && vote.voters.iter().all(|voter| voter.arrival < self.arrivals && voter.seat.is_valid())
                    && vote
                        .voters
                        .iter()
                        .filter(|voter| voter.here)
                        .all(|voter| self.arrival(voter.seat) == Some(voter.arrival))
                    && here.iter().count() == vote.voters.iter().filter(|voter| voter.here).count()
            };
            worded(&open.text, &open.name, open.motion)
                && open.answers.keys().all(known)
                && open.answers.values().all(reasons)
                && open.test.is_none_or(|test| test.arrivals <= self.arrivals)
                && open.vote.as_ref().is_none_or(votes)
        };
        decisions.open.len() <= limits::PROPOSALS
            && count == ids.len()
            && count <= limits::MINUTES
            && ids.iter().all(|id| (1..=decisions.newest).contains(id))
            && decisions.texts() <= TEXTS
            && decisions.reasons(None) <= REASONS
            && decisions.permits.len() <= PERMITS
            && decisions.open.iter().all(open)
            && decisions.open.iter().filter(|open| open.vote.is_some()).count() <= 1
            && decisions.past.iter().all(|past| worded(&past.text, &past.by, past.motion))
            && decisions.read.iter().flat_map(|read| read.answers.keys()).all(known)
    }
}
