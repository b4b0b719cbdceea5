//! Secret votes: my own part in one, and the check of everybody's.

use std::time::Duration;

use zeroize::Zeroize;

use super::Member;
use crate::crypto::ballot::{Booth, Choice, Poll as Round, Recovery, Secret, Voter as Who};
use crate::ids::Time;
use crate::session::poll::{BALLOT, Bytes, KEY, Point, Poll, SHARE, Scrutiny, Stage, Step, Voter};
use crate::session::{self, NoDecision, Op, Tally, Trouble};
use crate::wire::Act;

/// Clients say one after the other, with so much time between them, that the time of a stage is over.
const TURN: Duration = Duration::from_secs(2);
/// Who has said so says it again after this time.
const AGAIN: Duration = Duration::from_secs(10);

/// My part in the secret vote that is under way. Gone as soon as it is over.
#[derive(Default)]
pub(super) struct Balloting {
    mine: Option<Mine>,
    /// When I last said that the time is over.
    said: Option<Time>,
}

impl Balloting {
    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.mine.is_none()
    }
}

struct Mine {
    vote: u32,
    choice: Choice,
    /// The key of the poll with this number.
    key: Option<(u32, Secret)>,
}

impl Drop for Mine {
    fn drop(&mut self) {
        self.choice.zeroize();
    }
}

impl Member {
    /// My choice in the secret vote that is under way. It can be another until all have chosen.
    pub(super) fn choose(&mut self, choice: session::Choice) -> Result<(), Trouble> {
        let choice = match choice {
            session::Choice::Yes => Choice::Yes,
            session::Choice::No => Choice::No,
            session::Choice::Abstain => Choice::Abstain,
        };
        let poll = self.room.state.poll.as_ref().ok_or(NoDecision::NoVote)?;
        self.room.me.and_then(|me| poll.voter(me)).ok_or(NoDecision::NoVoter)?;
        let vote = Some(poll).filter(|poll| poll.is_asking()).ok_or(NoDecision::Counting)?.vote;
        match self.balloting.mine.as_mut().filter(|mine| mine.vote == vote) {
            Some(mine) => mine.choice = choice,
            None => self.balloting.mine = Some(Mine { vote, choice, key: None }),
        }
        self.tend_poll()
    }

    /// Says what my client has to say in the secret vote as it stands.
    pub(super) fn tend_poll(&mut self) -> Result<(), Trouble> {
        let Some(poll) = &self.room.state.poll else {
            self.balloting = Balloting::default();
            return Ok(());
        };
        if self.balloting.mine.as_ref().is_some_and(|mine| mine.vote != poll.vote) {
            self.balloting.mine = None;
        }
        let (Some(mine), Some(keys)) = (self.balloting.mine.as_mut(), self.keys.as_ref()) else { return Ok(()) };
        let Some(voter) = self.room.me.and_then(|me| poll.voter(me)).filter(|voter| poll.waits_for(voter)) else {
            return Ok(());
        };
        let (number, check, rng) = (poll.number, Check(keys.group.id()), &mut self.rng);
        let key = mine.key.as_mut().filter(|(of, _)| *of == number).map(|(_, secret)| secret);
        // What was said once is on its way.
        let step = match (poll.stage, key) {
            (Stage::Choosing, None) => check.round(poll).map(|round| {
                let (secret, message) = round.register(who(voter), rng);
                mine.key = Some((number, secret));
                Step::Key(Bytes(message))
            }),
            (Stage::Casting, Some(secret)) => {
                let cast = |booth: Booth| booth.cast(who(voter), secret, mine.choice, rng).ok();
                check.booth(poll).and_then(cast).map(|message| Step::Ballot(Bytes(message)))
            }
            (Stage::Recovering, Some(secret)) => {
                let share = |recovery: Recovery| recovery.share(who(voter), secret, rng).ok();
                check.recovery(poll).and_then(share).map(|message| Step::Share(Bytes(message)))
            }
            (Stage::Choosing, Some(_)) | (_, None) => None,
        };
        step.map_or(Ok(()), |step| self.append(Act::None, Op::Poll(number, step)))
    }

    /// A step of mine was not taken: it's said again, if it still counts.
    pub(super) fn step_not_taken(&mut self, number: u32, step: Step) -> Result<(), Trouble> {
        let counts = self.room.state.poll.as_ref().is_some_and(|poll| poll.takes(number, &step));
        match step {
            Step::Due => Ok(()),
            _ if !counts => Ok(()),
            step => self.append(Act::None, Op::Poll(number, step)),
        }
    }

    /// When I say that the time of a stage is over: the later, the later I came in, for one is enough.
    pub(super) fn poll_due(&self) -> Time {
        let due = self.room.state.poll.as_ref().filter(|_| self.is_in()).and_then(|poll| {
            let me = self.room.me.filter(|me| poll.voter(*me).is_some())?;
            let before = poll.voters.iter().filter(|voter| voter.here).take_while(|voter| voter.now.0 != me).count();
            let (read, group_ms) = self.room.clock;
            let left = Duration::from_millis(poll.until_ms.saturating_sub(group_ms));
            let due = read + left + TURN * before as u32;
            Some(self.balloting.said.map_or(due, |said| due.max(said + AGAIN)))
        });
        due.unwrap_or(Time::NEVER)
    }

    pub(super) fn watch_poll(&mut self, now: Time) {
        if now < self.poll_due() {
            return;
        }
        self.balloting.said = Some(now);
        let number = self.room.state.poll.as_ref().map_or(0, |poll| poll.number);
        // If too much is on its way, it's said again later, or by others.
        let _ = self.append(Act::None, Op::Poll(number, Step::Due));
    }
}

pub(super) fn who(voter: &Voter) -> Who {
    Who { arrival: voter.arrival, seat: voter.seat }
}

/// Checks and counts for the group with this id. Follows from the poll alone, so that all come to the same.
pub(super) struct Check<'a>(pub(super) &'a [u8]);

impl Check<'_> {
    pub(super) fn round(&self, poll: &Poll) -> Option<Round> {
        let voters: Vec<Who> = poll.voters.iter().map(who).collect();
        Round::new(self.0, poll.vote.into(), poll.number.into(), &voters).ok()
    }

    pub(super) fn booth(&self, poll: &Poll) -> Option<Booth> {
        self.round(poll)?.open(&points(poll, |voter| voter.key)).ok()
    }

    pub(super) fn recovery(&self, poll: &Poll) -> Option<Recovery> {
        let missing: Vec<Who> = poll.missing().map(who).collect();
        self.booth(poll)?.recover(&missing).ok()
    }
}

fn points(poll: &Poll, point: impl Fn(&Voter) -> Option<Point>) -> Vec<(Who, Point)> {
    poll.voters.iter().filter_map(|voter| Some((who(voter), point(voter)?))).collect()
}

impl Scrutiny for Check<'_> {
    fn key(&self, poll: &Poll, voter: &Voter, message: &[u8; KEY]) -> Option<Point> {
        self.round(poll)?.check_key(who(voter), message).ok()
    }

    fn ballot(&self, poll: &Poll, voter: &Voter, message: &[u8; BALLOT]) -> Option<Point> {
        self.booth(poll)?.check_ballot(who(voter), message).ok()
    }

    fn share(&self, poll: &Poll, voter: &Voter, message: &[u8; SHARE]) -> Option<Point> {
        self.recovery(poll)?.check_share(who(voter), message).ok()
    }

    fn tally(&self, poll: &Poll) -> Option<Tally> {
        let ballots = points(poll, |voter| voter.ballot);
        let tally = match poll.missing().next() {
            None => self.booth(poll)?.tally(&ballots),
            Some(_) => self.recovery(poll)?.tally(&ballots, &points(poll, |voter| voter.share)),
        };
        let small = |count: usize| u8::try_from(count).ok();
        let tally = tally.ok()?;
        Some(Tally { yes: small(tally.yes)?, no: small(tally.no)?, abstain: small(tally.abstain)? })
    }
}
