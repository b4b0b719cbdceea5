//! At a door that is not mine: the joiner's side of a knock.

use rand_core::RngCore;
use zeroize::Zeroizing;

use super::flight::{self, Away, Introduction, Left, Reception, ToDoor, ToJoiner, Welcome};
use super::{Member, Start, keys as group_keys};
use crate::crypto::group::Newcomer;
use crate::crypto::knock::{Half, Keys, Sealed, Side};
use crate::ids::{Index, SeatId, SeatSet, Time};
use crate::session::{Ended, Event, Phase, Secret, State, Trouble, clean};
use crate::wire::{Blob, Purpose, Refusal, ToRelay};

/// How far my knock is.
#[derive(Default)]
pub(super) enum Knocking {
    #[default]
    Not,
    /// The first flight is on its way.
    Asked(Half),
    /// The third is: the door knows that I have the words, and I don't know yet that it has.
    Shown(Keys, Box<Newcomer>),
    /// So has the door. I wait for what it seals for me.
    Known(Keys, Box<Newcomer>),
}

impl Member {
    /// What I say to the relay first, if I come with a code.
    pub(super) fn knock(&mut self) -> Option<Purpose> {
        let Start::Join(code) = &self.config.start else { return None };
        let mut attempt = [0; 16];
        self.rng.fill_bytes(&mut attempt);
        let half = Half::start(Side::Joiner, &code.words, code.nameplate, &attempt, &mut self.rng);
        let one = ToDoor::Spake { attempt, message: half.message().to_vec() };
        self.knocking = Knocking::Asked(half);
        Some(Purpose::Knock(code.nameplate, flight::body(&one)))
    }

    /// The door has answered.
    pub(super) fn answered(&mut self, answer: &Blob) {
        match (std::mem::take(&mut self.knocking), flight::read(answer.bytes())) {
            (Knocking::Asked(half), Some(ToJoiner::Spake { message })) => {
                let keys = <[u8; 33]>::try_from(message).ok().and_then(|theirs| half.finish(&theirs).ok());
                // Whoever answers with something else is not the door.
                let Some(keys) = keys else { return self.end(Ended::Intercepted) };
                let seed = self.draw();
                let Ok(me) = Newcomer::new(&clean::name(&self.config.name), seed) else {
                    return self.end(Ended::KeysLost);
                };
                let introduction = Introduction::new(me.key_package(), self.relay_key);
                let sealed = keys.seal(Sealed::Introduction, &flight::write(&introduction));
                let three = ToDoor::Confirm { confirmation: keys.confirmation(Side::Joiner), sealed };
                self.knocking = Knocking::Shown(keys, Box::new(me));
                self.send(ToRelay::Knock(flight::body(&three)));
            }
            (Knocking::Shown(keys, me), Some(ToJoiner::Confirm { sealed })) => {
                let reception =
                    keys.open(Sealed::Reception, &sealed).and_then(|plain| flight::read::<Reception>(&plain));
                match reception {
                    Some(said) if keys.confirms(Side::Door, &said.confirmation) && said.relay_key == self.relay_key => {
                        self.knocking = Knocking::Known(keys, me);
                        self.came_with_words_of(u32::from_be_bytes(said.age));
                        self.received(&said);
                    }
                    _ => self.end(Ended::Intercepted),
                }
            }
            // Nothing that an honest door sends at this point changes anything.
            (knocking, _) => self.knocking = knocking,
        }
    }

    /// At the door, and the door knows me.
    fn received(&mut self, said: &Reception) {
        self.back();
        self.room.state.title = clean::title(&said.title());
        self.room.state.charter = said.charter().unwrap_or_default();
        if self.room.phase == Phase::Connecting {
            self.room.phase = Phase::Waiting;
            self.tell(Event::Waiting);
        }
        // At another door than before, what I said to the first is to be known too.
        if self.room.agreed {
            self.send_agreement();
        }
        self.send_note();
    }

    /// I am let in: the door has sealed for me the group's keys, and its state as of the entry that seats me.
    pub(super) fn welcomed(&mut self, seat: SeatId, index: Index, body: &Blob) -> Option<(group_keys::Keys, State)> {
        let Knocking::Known(keys, me) = std::mem::take(&mut self.knocking) else { return None };
        let welcome = keys.open(Sealed::Welcome, body.bytes())?;
        let Welcome { keys, state, .. } = flight::read(&welcome)?;
        let state = State::from_snapshot(&state)?;
        let group = me.join(&keys).ok()?;
        let seats: SeatSet = state.seats.keys().copied().collect();
        let whole = state.index == index && group.me() == seat && seats.contains(seat);
        let keyed = seats.iter().all(|seat| group.seats().contains(seat));
        let keys = group_keys::Keys::new(group, seats).ok()?;
        (whole && keyed).then_some((keys, state))
    }

    /// Tells the door that I agree to the ground rules.
    pub(super) fn send_agreement(&mut self) {
        if let Knocking::Known(keys, _) = &self.knocking {
            // As long as a note, so that the relay can't tell the one from the other.
            let five = ToDoor::AgreeToRules { sealed: keys.seal(Sealed::Agreement, &flight::write(&Left::new(""))) };
            self.send(ToRelay::Knock(flight::body(&five)));
        }
    }

    /// Leaves a note for those who lead.
    pub(super) fn leave_note(&mut self, text: &str) {
        let note = Secret::new(text);
        if self.room.phase != Phase::Waiting || note.is_empty() {
            return self.tell(Event::Trouble(Trouble::NotTaken(None)));
        }
        if self.room.note.is_some() {
            return self.tell(Event::Trouble(Trouble::NoteGiven));
        }
        self.room.note = Some(note);
        self.send_note();
        self.tell(Event::NoteSent);
    }

    fn send_note(&mut self) {
        if let (Knocking::Known(keys, _), Some(note)) = (&self.knocking, &self.room.note) {
            let left = Zeroizing::new(flight::write(&Left::new(note.text())));
            let six = ToDoor::Note { sealed: keys.seal(Sealed::Note, &left) };
            self.send(ToRelay::Knock(flight::body(&six)));
        }
    }

    pub(super) fn turned_away(&mut self, why: &Blob) {
        self.end(match flight::read(why.bytes()) {
            // The same words whether the number or the words of a code are wrong.
            Some(Away::WrongWords) => Ended::Refused(Refusal::NoRoom),
            _ => Ended::TurnedAway,
        });
    }

    /// The door is busy with others; it is tried again by itself.
    pub(super) fn busy(&mut self, now: Time) {
        self.connection.disconnected(now);
        self.returning(now);
    }
}
