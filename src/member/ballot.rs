//! Secret votes: my own part in one, and the checks of everybody's.

use std::time::Duration;

use zeroize::Zeroize;

use super::context::Context;
use super::log::Log;
use crate::crypto::ballot::{Booth, Choice, Poll as Round, Recovery, Secret, Voter as Who};
use crate::ids::Time;
use crate::session::poll::{BALLOT, Bytes, KEY, Point, Poll, SHARE, Scrutiny, Stage, Step, Voter};
use crate::session::{self, Decide, NoDecision, Op, Room, Tally, Trouble, VoteKind};
use crate::wire::Act;

/// Clients say one after another, this far apart, that the time of a stage is over.
const TURN: Duration = Duration::from_secs(2);
/// A client that has said so says it again after this time.
const AGAIN: Duration = Duration::from_secs(10);

/// My part in the secret vote that is under way. Forgotten as soon as it is over.
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

    /// My choice in the secret vote that is under way. It can be changed until all have chosen.
    ///
    /// # Errors
    /// [`Trouble::NoDecision`] if there is no vote, it isn't mine, or it is being counted.
    pub(super) fn choose(&mut self, choice: session::Choice, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
        let choice = match choice {
            session::Choice::Yes => Choice::Yes,
            session::Choice::No => Choice::No,
            session::Choice::Abstain => Choice::Abstain,
        };
        let poll = cx.room.state.decisions.poll.as_ref().ok_or(NoDecision::NoVote)?;
        cx.room.me.and_then(|me| poll.voter(me)).ok_or(NoDecision::NoVoter)?;
        let vote = Some(poll).filter(|poll| poll.is_asking()).ok_or(NoDecision::Counting)?.vote;
        match self.mine.as_mut().filter(|mine| mine.vote == vote) {
            Some(mine) => mine.choice = choice,
            None => self.mine = Some(Mine { vote, choice, key: None }),
        }
        self.tend(log, cx)
    }

    /// Sends my client's part of the secret vote's present stage.
    ///
    /// # Errors
    /// As [`Log::append`].
    pub(super) fn tend(&mut self, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
        let Some(poll) = &cx.room.state.decisions.poll else {
            *self = Self::default();
            return Ok(());
        };
        if self.mine.as_ref().is_some_and(|mine| mine.vote != poll.vote) {
            self.mine = None;
        }
        let (Some(mine), Some(keys)) = (self.mine.as_mut(), log.keys()) else { return Ok(()) };
        let Some(voter) = cx.room.me.and_then(|me| poll.voter(me)).filter(|voter| poll.waits_for(voter)) else {
            return Ok(());
        };
        let (number, check, rng) = (poll.number, Check(keys.group.id()), &mut cx.rng);
        let key = mine.key.as_mut().filter(|(of, _)| *of == number).map(|(_, secret)| secret);
        // What was sent once is on its way.
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
            (Stage::Choosing, Some(_)) | (Stage::Casting | Stage::Recovering, None) => None,
        };
        step.map_or(Ok(()), |step| log.append(Act::None, Op::Poll(number, step), cx))
    }

    /// When I say that the time of a stage is over: later if I came in later, since one is enough.
    pub(super) fn due(&self, cx: &Context) -> Time {
        let due = cx.room.state.decisions.poll.as_ref().filter(|_| cx.is_in()).and_then(|poll| {
            let me = cx.room.me.filter(|me| poll.voter(*me).is_some())?;
            let before = poll.voters.iter().filter(|voter| voter.here).take_while(|voter| voter.seat != me).count();
            let (read, group_ms) = cx.room.clock;
            let left = Duration::from_millis(poll.until_ms.saturating_sub(group_ms));
            let due = read + left + TURN * before as u32;
            Some(self.said.map_or(due, |said| due.max(said + AGAIN)))
        });
        due.unwrap_or(Time::NEVER)
    }

    /// Says that the time of a stage is over, if it's mine to say.
    pub(super) fn watch(&mut self, log: &mut Log, cx: &mut Context) {
        if cx.now < self.due(cx) {
            return;
        }
        self.said = Some(cx.now);
        let number = cx.room.state.decisions.poll.as_ref().map_or(0, |poll| poll.number);
        // If too much is on its way, it's said again later, or by others.
        let _ = log.append(Act::None, Op::Poll(number, Step::Due), cx);
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

/// My choice, if this is one in a secret vote.
pub(super) fn secret_choice(what: &Decide, room: &Room) -> Option<session::Choice> {
    let Decide::Ballot(id, choice) = what else { return None };
    let (on, vote) = room.state.decisions.vote()?;
    (on.id == *id && vote.kind == VoteKind::Secret).then_some(*choice)
}

/// A step of mine was not taken: it's sent again, if it still counts.
///
/// # Errors
/// As [`Log::append`].
pub(super) fn step_not_taken(number: u32, step: Step, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    let counts = cx.room.state.decisions.poll.as_ref().is_some_and(|poll| poll.takes(number, &step));
    match step {
        Step::Key(_) | Step::Ballot(_) | Step::Share(_) if counts => log.append(Act::None, Op::Poll(number, step), cx),
        Step::Key(_) | Step::Ballot(_) | Step::Share(_) | Step::Due => Ok(()),
    }
}

pub(super) fn who(voter: &Voter) -> Who {
    Who { arrival: voter.arrival, seat: voter.seat }
}

/// Checks and counts for the group with this id. The outcome depends on the poll alone, so it's the same for all.
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
