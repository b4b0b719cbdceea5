//! The door: knocks, and who is let in.

use serde::{Deserialize, Serialize};

use super::{Member, Start};
use crate::crypto::code::Words;
use crate::ids::{Attempt, SeatId, Time};
use crate::session::{Ended, Happening, Op, Phase, Trouble, Waiting, clean};
use crate::wire::{Act, Blob, Refusal, ToRelay, limits};

/// A joiner's flight.
#[derive(Serialize, Deserialize)]
enum Knock {
    /// These are the words, and this is who I am.
    Asking { words: String, name: String },
}

/// The door's answer.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum Answer {
    /// Someone will let you in.
    Waiting,
    /// These are not the words.
    WrongWords,
    /// You are not let in now.
    NotNow,
}

impl Answer {
    pub(super) fn encode(self) -> Blob {
        Blob::new(postcard::to_stdvec(&self).unwrap_or_default()).unwrap_or_default()
    }

    fn decode(body: &Blob) -> Option<Self> {
        postcard::from_bytes(body.bytes()).ok()
    }
}

/// A joiner's first flight.
pub(super) fn knock(words: &Words, name: &str) -> Blob {
    let knock = Knock::Asking { words: words.spoken(), name: clean::name(name) };
    Blob::new(postcard::to_stdvec(&knock).unwrap_or_default()).unwrap_or_default()
}

impl Member {
    /// A joiner's flight has come to me, the door.
    pub(super) fn knocked(&mut self, attempt: Attempt, flight: &Blob, now: Time) {
        // A facilitator who came to the role after the opening knows the words from the code it joined with.
        let words = self.words.as_ref().or(match &self.config.start {
            Start::Join(code) => Some(&code.words),
            Start::Host { .. } => None,
        });
        let Some(words) = words else { return };
        let Ok(Knock::Asking { words: tried, name }) = postcard::from_bytes(flight.bytes()) else {
            return self.send(ToRelay::TurnAway(attempt, Answer::WrongWords.encode()));
        };
        if Words::read(&tried).is_none_or(|tried| tried != *words) {
            return self.send(ToRelay::TurnAway(attempt, Answer::WrongWords.encode()));
        }
        if self.room.door.iter().any(|waiting| waiting.attempt == attempt) || self.room.door.len() >= limits::KNOCKS {
            return;
        }
        let name = clean::name(&name);
        let returns_to = self.away_with_name(&name);
        self.room.door.push(Waiting { attempt, name: name.clone(), since: now, returns_to });
        self.send(ToRelay::Answer(attempt, Answer::Waiting.encode()));
        self.tell(Happening::Knock(attempt, name));
        if matches!(self.config.start, Start::Host { open_door: true, .. })
            && let Err(trouble) = self.admit(attempt)
        {
            self.tell(Happening::Trouble(trouble));
        }
    }

    pub(super) fn knock_over(&mut self, attempt: Attempt) {
        if let Some(at) = self.room.door.iter().position(|waiting| waiting.attempt == attempt) {
            let waiting = self.room.door.remove(at);
            self.tell(Happening::KnockOver(attempt, waiting.name));
        }
    }

    pub(super) fn admit(&mut self, attempt: Attempt) -> Result<(), Trouble> {
        let at = self.room.door.iter().position(|waiting| waiting.attempt == attempt).ok_or(Trouble::NobodyWaits)?;
        let waiting = self.room.door.remove(at);
        let act = Act::Admit { attempt, replaces: waiting.returns_to };
        self.append(act, &Op::Admit { name: waiting.name })
    }

    /// Who waits may be someone whose line was lost meanwhile, or is back.
    pub(super) fn match_returners(&mut self) {
        let matched: Vec<Option<SeatId>> = self.room.door.iter().map(|w| self.away_with_name(&w.name)).collect();
        for (waiting, seat) in self.room.door.iter_mut().zip(matched) {
            waiting.returns_to = seat;
        }
    }

    /// The admission is in the log: the newcomer gets the state as of it.
    pub(super) fn welcome(&mut self, seat: SeatId) {
        if let Some(body) = self.room.state.snapshot() {
            self.send(ToRelay::Welcome { seat, index: self.room.state.index, body });
        }
    }

    /// The door has answered my knock.
    pub(super) fn answered(&mut self, answer: &Blob) {
        if !matches!(Answer::decode(answer), Some(Answer::Waiting)) {
            return;
        }
        self.back();
        if self.room.phase == Phase::Connecting {
            self.room.phase = Phase::Waiting;
            self.tell(Happening::Waiting);
        }
    }

    pub(super) fn turned_away(&mut self, why: &Blob) {
        self.end(match Answer::decode(why) {
            // The same words whether the number or the words of a code are wrong.
            Some(Answer::WrongWords) => Ended::Refused(Refusal::NoRoom),
            _ => Ended::TurnedAway,
        });
    }
}
