//! A secret vote on its way through the log: which voters have chosen, whose sealed ballots there are, and when they are
//! counted.
//!
//! The protocol is the Open Vote Network (`crypto::ballot`), in an order in which people come first. A voter that has chosen
//! publishes a key; once all have, or the time is over, the clients of those who did exchange ballots by themselves, within
//! moments. So hardly anybody is lost between the two, and until then everybody can think again. A voter lost all the
//! same without a ballot is taken off the sum by a share of each of the others. If one of those is lost meanwhile, the vote
//! ends uncounted, and for good: a voter who keeps something back knows the sum already, and a second one without somebody
//! would show how that one voted.
//!
//! Only [`Scrutiny`] can tell what the messages mean; everything here follows from the log and its answers.

use std::collections::BTreeMap;

use serde::de::{Error, SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Member, Tally, clean};
use crate::ids::SeatId;
use crate::wire::limits;

/// Bytes of a message with a key.
pub const KEY: usize = 80;
/// Bytes of a message with a ballot.
pub const BALLOT: usize = 176;
/// Bytes of a message with a share.
pub const SHARE: usize = 80;
/// Fewer have no secret vote: of two, each would know the other's.
pub const LEAST_VOTERS: usize = 3;
/// With fewer, the faces warn that a tally can reveal how somebody voted.
pub const FEW_VOTERS: usize = 4;
/// How long the others wait for what a client does by itself, in milliseconds of the group's time: longer than the seat of
/// somebody whose line is cut is held.
pub const AUTOMATIC_MS: u64 = 100_000;

/// A point, in its encoding.
pub type Point = [u8; 32];

/// `N` bytes, without a length before them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Bytes<const N: usize>(pub [u8; N]);

/// What a voter's client says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// My voter has chosen; this is my key.
    Key(Bytes<KEY>),
    /// My ballot.
    Ballot(Bytes<BALLOT>),
    /// What the keys of those who are missing did to my ballot.
    Share(Bytes<SHARE>),
    /// Nothing, but that the time is over: the group's time moves only with the log.
    Due,
}

/// How far a poll is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Keys come in, from those who have chosen.
    Choosing,
    /// Ballots come in.
    Casting,
    /// Somebody is missing; shares come in.
    Recovering,
}

/// A member who may vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voter {
    /// The seat; with the order of arrival it names the voter in the proofs.
    pub seat: SeatId,
    /// The holder's order of arrival.
    pub arrival: u64,
    /// The holder's name, to be told if the vote can't be counted without them.
    pub name: String,
    /// Whether the voter still has that seat.
    pub here: bool,
    /// Whether a message of this voter was no good, which is told once.
    pub caught: bool,
    /// The key, once it is there and its proof holds.
    pub key: Option<Point>,
    /// The ballot, likewise.
    pub ballot: Option<Point>,
    /// The share, likewise.
    pub share: Option<Point>,
}

/// A secret vote that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poll {
    /// The number of the vote it belongs to.
    pub vote: u32,
    /// Its own number: no two have the same.
    pub number: u32,
    /// How far it is.
    pub stage: Stage,
    /// When the stage ends at the latest, in milliseconds of the group's time.
    pub until_ms: u64,
    /// Who may vote in it, in the order of arrival.
    pub voters: Vec<Voter>,
}

/// How a poll ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// All proofs hold, and this is what the ballots add up to.
    Tally(Tally),
    /// Too few have chosen to keep it secret how. Nobody has given a ballot.
    TooFew,
    /// Some have given their ballots, and what others should have given is missing.
    Incomplete,
    /// The ballots don't add up. Should not happen: each of them had a proof.
    Failed,
}

/// What checks the messages of a poll and counts: the same for the same poll at all members.
pub trait Scrutiny {
    /// The key in a message of this voter, if its proof holds.
    fn key(&self, poll: &Poll, voter: &Voter, message: &[u8; KEY]) -> Option<Point>;
    /// The ballot in a message of this voter, if its proof holds.
    fn ballot(&self, poll: &Poll, voter: &Voter, message: &[u8; BALLOT]) -> Option<Point>;
    /// The share in a message of this voter, if its proof holds.
    fn share(&self, poll: &Poll, voter: &Voter, message: &[u8; SHARE]) -> Option<Point>;
    /// What the ballots and shares add up to.
    fn tally(&self, poll: &Poll) -> Option<Tally>;
}

/// Takes no message for good. For those who look at a group without a part in it.
pub struct NoScrutiny;

impl Scrutiny for NoScrutiny {
    fn key(&self, _: &Poll, _: &Voter, _: &[u8; KEY]) -> Option<Point> {
        None
    }

    fn ballot(&self, _: &Poll, _: &Voter, _: &[u8; BALLOT]) -> Option<Point> {
        None
    }

    fn share(&self, _: &Poll, _: &Voter, _: &[u8; SHARE]) -> Option<Point> {
        None
    }

    fn tally(&self, _: &Poll) -> Option<Tally> {
        None
    }
}

/// What became of a message.
pub(super) enum Taken {
    /// It holds.
    Good,
    /// It is no good: told once for each voter.
    Caught,
}

/// What became of a poll when it went on.
pub(super) enum Progress {
    /// Nobody more is waited for to choose: from here on the clients do the rest.
    Counting,
    /// It is at another stage.
    On,
    /// It is over.
    Over(Count),
}

impl Poll {
    pub(super) fn new(vote: u32, number: u32, until_ms: u64, seats: &BTreeMap<SeatId, Member>) -> Self {
        let mut voters: Vec<Voter> = seats
            .iter()
            .map(|(seat, member)| Voter {
                seat: *seat,
                arrival: member.arrival,
                name: member.name.clone(),
                here: true,
                caught: false,
                key: None,
                ballot: None,
                share: None,
            })
            .collect();
        voters.sort_unstable_by_key(|voter| voter.arrival);
        Self { vote, number, stage: Stage::Choosing, until_ms, voters }
    }

    /// The voter in this seat now, if there is one.
    pub fn voter(&self, seat: SeatId) -> Option<&Voter> {
        self.voters.iter().find(|voter| voter.here && voter.seat == seat)
    }

    /// Whether people are asked; afterwards their clients do all.
    pub fn is_asking(&self) -> bool {
        self.stage == Stage::Choosing
    }

    /// Whether the member on this seat is asked, and hasn't chosen.
    pub fn asks(&self, seat: SeatId) -> bool {
        self.is_asking() && self.voter(seat).is_some_and(|voter| voter.key.is_none())
    }

    /// How many have chosen, of how many who could: those who are here, and those who had chosen before they went.
    pub fn turnout(&self) -> (usize, usize) {
        let chosen = self.electors().count();
        (chosen, self.voters.iter().filter(|voter| voter.here || voter.key.is_some()).count())
    }

    /// Those who have chosen.
    pub fn electors(&self) -> impl Iterator<Item = &Voter> {
        self.voters.iter().filter(|voter| voter.key.is_some())
    }

    /// Those who have chosen, and whose ballot is missing.
    pub fn missing(&self) -> impl Iterator<Item = &Voter> {
        self.electors().filter(|voter| voter.ballot.is_none())
    }

    /// Whether this voter's client is to publish the thing of this stage, and hasn't.
    pub fn waits_for(&self, voter: &Voter) -> bool {
        voter.here
            && match self.stage {
                Stage::Choosing => voter.key.is_none(),
                Stage::Casting => voter.key.is_some() && voter.ballot.is_none(),
                Stage::Recovering => voter.ballot.is_some() && voter.share.is_none(),
            }
    }

    /// Whether a message could still count. One that can't is better not sent: a ballot that comes after the shares would
    /// lie open.
    pub fn takes(&self, number: u32, step: &Step) -> bool {
        number == self.number
            && match step {
                Step::Key(_) => self.stage == Stage::Choosing,
                Step::Ballot(_) => self.stage == Stage::Casting,
                Step::Share(_) => self.stage == Stage::Recovering,
                Step::Due => true,
            }
    }

    /// What a message is good for, once it was looked at; `None` if it comes at the wrong time, or again.
    pub(super) fn take(&mut self, seat: SeatId, step: &Step, scrutiny: &dyn Scrutiny) -> Option<Taken> {
        let voter = self.voter(seat)?;
        if !self.waits_for(voter) {
            return None;
        }
        let point = match step {
            Step::Key(message) => scrutiny.key(self, voter, &message.0),
            Step::Ballot(message) => scrutiny.ballot(self, voter, &message.0),
            Step::Share(message) => scrutiny.share(self, voter, &message.0),
            Step::Due => return None,
        };
        let stage = self.stage;
        let voter = self.voters.iter_mut().find(|voter| voter.here && voter.seat == seat)?;
        if point.is_none() {
            let before = std::mem::replace(&mut voter.caught, true);
            return (!before).then_some(Taken::Caught);
        }
        match stage {
            Stage::Choosing => voter.key = point,
            Stage::Casting => voter.ballot = point,
            Stage::Recovering => voter.share = point,
        }
        Some(Taken::Good)
    }

    /// Whether nothing more is to be waited for in this stage.
    pub(super) fn is_ripe(&self, at_ms: u64) -> bool {
        let lost = |voter: &Voter| !voter.here && voter.ballot.is_some() && voter.share.is_none();
        at_ms >= self.until_ms
            || !self.voters.iter().any(|voter| self.waits_for(voter))
            || (self.stage == Stage::Recovering && self.voters.iter().any(lost))
    }

    /// Those who have chosen, and without whom it can't be counted now that a stage is over.
    pub(super) fn absent(&self, at_ms: u64) -> Vec<String> {
        let late = self.stage == Stage::Recovering && at_ms >= self.until_ms;
        let absent = |voter: &&Voter| voter.ballot.is_none() || (voter.share.is_none() && (late || !voter.here));
        self.electors().filter(absent).map(|voter| voter.name.clone()).collect()
    }
}

impl Poll {
    /// A seat was given up.
    pub(super) fn depart(&mut self, seat: SeatId) {
        self.voters.iter_mut().filter(|voter| voter.seat == seat).for_each(|voter| voter.here = false);
    }

    /// A stage is over: on to the next.
    ///
    /// Of one set of keys there is never more than one sum, and no other poll follows by itself. Whoever keeps a ballot or a
    /// share back knows the sum of all; one of all but somebody would tell how that one voted. So no voter is left out whose
    /// ballot is in.
    pub(super) fn go_on(&mut self, at_ms: u64, scrutiny: &dyn Scrutiny) -> Progress {
        let until_ms = at_ms.saturating_add(AUTOMATIC_MS);
        match self.stage {
            Stage::Choosing => {
                // Nobody misses those who have gone by now: a key tells nothing.
                self.voters.iter_mut().filter(|voter| !voter.here).for_each(|voter| voter.key = None);
                if self.electors().count() < LEAST_VOTERS {
                    return Progress::Over(Count::TooFew);
                }
                (self.stage, self.until_ms) = (Stage::Casting, until_ms);
                Progress::Counting
            }
            Stage::Casting | Stage::Recovering if self.is_whole() => {
                Progress::Over(scrutiny.tally(self).map_or(Count::Failed, Count::Tally))
            }
            Stage::Casting if self.can_recover() => {
                (self.stage, self.until_ms) = (Stage::Recovering, until_ms);
                Progress::On
            }
            Stage::Casting | Stage::Recovering => Progress::Over(Count::Incomplete),
        }
    }

    /// Whether enough have given a ballot, and all of them are there to give a share.
    fn can_recover(&self) -> bool {
        let cast = || self.electors().filter(|voter| voter.ballot.is_some());
        cast().count() >= LEAST_VOTERS && cast().all(|voter| voter.here)
    }

    /// Whether what a snapshot says of it could have come about, where this many have ever come in.
    pub(super) fn is_sound(&self, arrivals: u64, is_here: impl Fn((SeatId, u64)) -> bool) -> bool {
        let sound = |voter: &Voter| {
            let stage = match self.stage {
                Stage::Choosing => voter.ballot.is_none() && voter.share.is_none(),
                Stage::Casting => voter.share.is_none(),
                Stage::Recovering => true,
            };
            let order =
                (voter.key.is_some() || voter.ballot.is_none()) && (voter.ballot.is_some() || voter.share.is_none());
            voter.seat.is_valid()
                && voter.arrival < arrivals
                && voter.name == clean::name(&voter.name)
                && is_here((voter.seat, voter.arrival)) == voter.here
                && stage
                && order
        };
        (LEAST_VOTERS..=limits::MEMBERS).contains(&self.voters.len())
            && self.voters.windows(2).all(|pair| pair[0].arrival < pair[1].arrival)
            && self.voters.iter().all(sound)
    }

    /// Whether all is there that the sum needs.
    fn is_whole(&self) -> bool {
        match self.stage {
            Stage::Choosing => false,
            Stage::Casting => self.missing().next().is_none(),
            Stage::Recovering => self.electors().all(|voter| voter.ballot.is_none() || voter.share.is_some()),
        }
    }
}

impl<const N: usize> std::fmt::Debug for Bytes<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{N} bytes")
    }
}

impl<const N: usize> Serialize for Bytes<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(N)?;
        self.0.iter().try_for_each(|byte| tuple.serialize_element(byte))?;
        tuple.end()
    }
}

impl<'de, const N: usize> Deserialize<'de> for Bytes<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit<const N: usize>;
        impl<'de, const N: usize> Visitor<'de> for Visit<N> {
            type Value = Bytes<N>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{N} bytes")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut bytes = [0; N];
                for (at, byte) in bytes.iter_mut().enumerate() {
                    *byte = seq.next_element()?.ok_or_else(|| A::Error::invalid_length(at, &self))?;
                }
                Ok(Bytes(bytes))
            }
        }
        deserializer.deserialize_tuple(N, Visit)
    }
}

#[cfg(test)]
mod tests;
