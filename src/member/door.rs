//! The door: who knocks with the right words, and who is let in.
//!
//! Words of a code can be guessed, so guesses cost. One knock is dealt with at a time, and a wrong one holds the door for
//! [`limits::GUESS_PAUSE`]. The facilitator hears of each; from [`limits::FREE_GUESSES`] on each further try needs their
//! yes, and after [`limits::GUESSES`] the words are drawn anew. Who is inside never waits for any of this.

use std::collections::{BTreeMap, VecDeque};

use super::commits::Wanted;
use super::flight::{self, Away, Introduction, Left, Reception, ToDoor, ToJoiner};
use super::{Member, Start};
use crate::crypto::code::{Code, Words};
use crate::crypto::group;
use crate::crypto::knock::{Half, Keys, Sealed, Side};
use crate::ids::{Attempt, Nameplate, SeatId, Time};
use crate::session::{Event, Op, Secret, Trouble, Waiting, Whom, clean};
use crate::wire::{Act, Blob, ToRelay, limits};

/// A joiner's first flight, kept until it is its turn.
struct Asked {
    attempt: [u8; 16],
    message: Vec<u8>,
}

/// The knock that is dealt with.
struct InFlight {
    knock: Attempt,
    keys: Keys,
    since: Time,
}

/// Who has shown that it knows the words.
pub(super) struct Known {
    pub(super) keys: Keys,
    pub(super) key_package: Vec<u8>,
}

/// What the door knows.
#[derive(Default)]
pub(super) struct Door {
    /// Whether I hold it.
    mine: bool,
    words: Option<Words>,
    /// How often they had been drawn anew before.
    age: u32,
    nameplate: Option<Nameplate>,
    asked: BTreeMap<Attempt, Asked>,
    order: VecDeque<Attempt>,
    in_flight: Option<InFlight>,
    pub(super) known: BTreeMap<Attempt, Known>,
    pub(super) wanted: Wanted,
    /// Until when nobody else's turn comes.
    pause: Time,
    wrong: u32,
    /// Whether the facilitator has said yes to the next try.
    allowed: bool,
}

impl Door {
    /// Whether I hold it.
    pub(super) fn is_mine(&self) -> bool {
        self.mine
    }

    /// Whether one more try needs the facilitator's yes.
    fn held(&self) -> bool {
        self.wrong >= limits::FREE_GUESSES && !self.allowed
    }

    fn forget(&mut self, knock: Attempt) {
        self.asked.remove(&knock);
        self.order.retain(|other| *other != knock);
        self.in_flight.take_if(|flight| flight.knock == knock);
        self.known.remove(&knock);
        self.wanted.admitted.retain(|waiting| waiting.attempt != knock);
    }
}

impl Member {
    /// The code is mine to keep from here on: I opened the room, or the facilitator's role came to me.
    pub(super) fn keep_door(&mut self, nameplate: Option<Nameplate>) {
        let Door { words, age, nameplate: plate, .. } = std::mem::take(&mut self.door);
        let (words, nameplate) = match &self.config.start {
            Start::Host { .. } => (words.unwrap_or_else(|| Words::draw(&mut self.rng)), plate.or(nameplate)),
            Start::Join(code) => (words.unwrap_or_else(|| code.words.clone()), Some(code.nameplate)),
        };
        self.door = Door { mine: true, words: Some(words), age, nameplate, ..Door::default() };
        self.show_code();
        if age != self.room.state.code_age() && self.room.may_admit() {
            // They were drawn anew by somebody who could not tell me: whoever has the old ones shall not get in by them.
            self.renew_code();
        }
    }

    /// The words of the code, if they are those of now, and their age.
    pub(super) fn door_words(&self) -> Option<(u32, String)> {
        let age = self.room.state.code_age();
        let words = self.door.words.as_ref().filter(|_| self.door.age == age && self.room.am_lead())?;
        Some((age, words.spoken()))
    }

    /// The words that I drew anew count from here on.
    pub(super) fn words_count(&mut self) {
        self.door.age = self.room.state.code_age();
    }

    /// Who has the door, or had it, tells me the words of now.
    pub(super) fn learn_words(&mut self, age: u32, words: Words) {
        if self.door.mine || age != self.room.state.code_age() {
            return;
        }
        let plate = match &self.config.start {
            Start::Join(code) => Some(code.nameplate),
            Start::Host { .. } => self.door.nameplate,
        };
        let new = self.door.words.as_ref() != Some(&words) && self.door.age != age;
        (self.door.words, self.door.age, self.door.nameplate) = (Some(words), age, plate);
        self.show_code();
        if new {
            self.tell(Event::NewCode);
        }
    }

    /// The words that I came with have this age.
    pub(super) fn came_with_words_of(&mut self, age: u32) {
        self.door.age = age;
    }

    /// The door is another's now, and so is who knocks at it.
    pub(super) fn lose_door(&mut self) {
        if !std::mem::take(&mut self.door.mine) {
            return;
        }
        let Door { words, age, nameplate, .. } = std::mem::take(&mut self.door);
        self.door = Door { words, age, nameplate, ..Door::default() };
        for waiting in std::mem::take(&mut self.room.door) {
            self.tell(Event::KnockOver { attempt: waiting.attempt, name: waiting.name });
        }
    }

    fn show_code(&mut self) {
        let (Some(nameplate), Some(words)) = (self.door.nameplate, self.door.words.clone()) else { return };
        self.room.code = Some(Code { nameplate, words }.spoken());
    }

    /// The words are drawn anew: those who know the old ones and aren't inside can't come in by them.
    pub(super) fn renew_code(&mut self) {
        self.door.words = Some(Words::draw(&mut self.rng));
        (self.door.wrong, self.door.allowed) = (0, false);
        let under_way: Vec<Attempt> = self.door.order.iter().copied().collect();
        let in_flight = self.door.in_flight.as_ref().map(|flight| flight.knock);
        for knock in under_way.into_iter().chain(in_flight) {
            self.send_away(knock, Away::WrongWords);
        }
        self.room.guesses = 0;
        self.show_code();
        self.tell(Event::NewCode);
        if let Err(trouble) = self.append(Act::None, Op::CodeChanged) {
            self.tell(Event::Trouble(trouble));
        }
    }

    /// The facilitator says yes to one more try.
    pub(super) fn allow_try(&mut self, now: Time) {
        self.door.allowed = true;
        self.next_knock(now);
    }

    /// A joiner's flight has come to me, the door. One that I know is passed over: it's shown again after a break.
    pub(super) fn knocked(&mut self, knock: Attempt, bytes: &Blob, now: Time) {
        let waits = self.room.door.iter().any(|waiting| waiting.attempt == knock);
        match flight::read(bytes.bytes()) {
            Some(ToDoor::Spake { attempt, message }) => {
                let known = self.door.asked.contains_key(&knock) || waits;
                if known || self.door.in_flight.as_ref().is_some_and(|flight| flight.knock == knock) {
                    return;
                }
                if self.door.order.len() >= limits::KNOCKS {
                    return self.send_away(knock, Away::NotNow);
                }
                self.door.asked.insert(knock, Asked { attempt, message });
                self.door.order.push_back(knock);
                self.next_knock(now);
                if self.door.held() && self.door.order.len() == 1 {
                    self.tell(Event::TryWaits);
                }
            }
            Some(ToDoor::Confirm { confirmation, sealed }) => {
                if let Some(flight) = self.door.in_flight.take_if(|flight| flight.knock == knock) {
                    self.shown(flight, &confirmation, &sealed, now);
                    self.next_knock(now);
                }
            }
            Some(ToDoor::AgreeToRules { sealed }) => self.agreed(knock, &sealed),
            Some(ToDoor::Note { sealed }) => self.noted(knock, &sealed),
            None => self.send_away(knock, Away::WrongWords),
        }
    }

    /// Who waits agrees to the ground rules, and nobody else says so for them.
    fn agreed(&mut self, knock: Attempt, sealed: &[u8]) {
        let Some(known) = self.door.known.get(&knock) else { return self.send_away(knock, Away::WrongWords) };
        let holds = known.keys.open(Sealed::Agreement, sealed).is_some();
        let waiting = self.room.door.iter_mut().find(|waiting| waiting.attempt == knock && !waiting.agreed);
        if let Some(waiting) = waiting.filter(|_| holds) {
            waiting.agreed = true;
            let name = waiting.name.clone();
            self.tell(Event::KnockAgreed { attempt: knock, name });
        }
    }

    /// The facilitator says no to one who waits.
    pub(super) fn turn_away(&mut self, attempt: Attempt) -> Result<(), Trouble> {
        self.room.door.retain(|waiting| waiting.attempt != attempt);
        self.send_away(attempt, Away::NotNow);
        Ok(())
    }

    /// Who waits leaves a note for those who lead.
    fn noted(&mut self, knock: Attempt, sealed: &[u8]) {
        let Some(known) = self.door.known.get(&knock) else { return self.send_away(knock, Away::WrongWords) };
        let note = known.keys.open(Sealed::Note, sealed).and_then(|plain| flight::read::<Left>(&plain));
        let waiting = self.room.door.iter_mut().find(|waiting| waiting.attempt == knock && waiting.note.is_none());
        if let (Some(waiting), Some(note)) = (waiting, note) {
            let (name, note) = (waiting.name.clone(), Secret::new(note.text()));
            waiting.note = Some(note.clone());
            self.tell(Event::KnockNote { attempt: knock, name, note });
        }
    }

    /// Deals with the next knock, if it's time.
    fn next_knock(&mut self, now: Time) {
        while self.door.in_flight.is_none() && now >= self.door.pause && !self.door.held() {
            let (Some(words), Some(nameplate)) = (self.door.words.clone(), self.door.nameplate) else { return };
            let Some(knock) = self.door.order.pop_front() else { return };
            let Some(Asked { attempt, message }) = self.door.asked.remove(&knock) else { continue };
            let half = Half::start(Side::Door, &words, nameplate, &attempt, &mut self.rng);
            let two = ToJoiner::Spake { message: half.message().to_vec() };
            let keys = <[u8; 33]>::try_from(message).ok().and_then(|theirs| half.finish(&theirs).ok());
            let Some(keys) = keys else {
                self.wrong_words(knock, now);
                continue;
            };
            self.door.in_flight = Some(InFlight { knock, keys, since: now });
            self.send(ToRelay::Answer(knock, flight::body(&two)));
        }
    }

    /// A joiner says that it has the words.
    fn shown(&mut self, flight: InFlight, confirmation: &[u8; 32], sealed: &[u8], now: Time) {
        let InFlight { knock, keys, .. } = flight;
        let introduction = keys
            .confirms(Side::Joiner, confirmation)
            .then(|| keys.open(Sealed::Introduction, sealed))
            .flatten()
            .and_then(|plain| flight::read::<Introduction>(&plain));
        let Some(introduction) = introduction else { return self.wrong_words(knock, now) };
        let key_package = introduction.key_package().to_vec();
        let Ok(name) = group::name_in(&key_package) else { return self.send_away(knock, Away::NotNow) };
        let reception = {
            let state = &self.room.state;
            Reception::new(keys.confirmation(Side::Door), &state.title, &state.charter, self.door.age, self.relay_key)
        };
        let four = ToJoiner::Confirm { sealed: keys.seal(Sealed::Reception, &flight::write(&reception)) };
        self.send(ToRelay::Answer(knock, flight::body(&four)));
        if introduction.relay_key != self.relay_key {
            // The joiner sees it too, by the fourth flight.
            return self.tell(Event::Trouble(Trouble::Intercepted));
        }
        // Right words are no guess: the yes counts for the next try.
        self.door.known.insert(knock, Known { keys, key_package });
        let name = clean::name(&name);
        let returns_to = self.away_with_name(&name);
        self.room.door.push(Waiting {
            attempt: knock,
            name: name.clone(),
            since: now,
            returns_to,
            agreed: false,
            note: None,
        });
        self.tell(Event::Knock { attempt: knock, name });
        self.open_door(now);
    }

    /// Where everybody with the words is welcome, lets them in. Whoever has the name of a member is likely that member on
    /// a new line, and gets the old seat's place once the relay calls it away.
    fn open_door(&mut self, now: Time) {
        if !matches!(self.config.start, Start::Host { open_door: true, .. }) || !self.room.may_admit() {
            return;
        }
        let ready: Vec<Attempt> =
            self.room.door.iter().filter(|waiting| self.namesake_due(waiting) <= now).map(|w| w.attempt).collect();
        for knock in ready {
            if let Err(trouble) = self.admit(Whom::One(knock), now) {
                self.tell(Event::Trouble(trouble));
            }
        }
    }

    /// When an open door need not wait any longer for a member of the same name to be away.
    fn namesake_due(&self, waiting: &Waiting) -> Time {
        let here = waiting.returns_to.is_none() && self.room.state.seat_named(&waiting.name).is_some();
        if here { waiting.since + limits::NAMESAKE_WAITS } else { Time(0) }
    }

    fn wrong_words(&mut self, knock: Attempt, now: Time) {
        self.send_away(knock, Away::WrongWords);
        self.door.wrong += 1;
        self.door.allowed = false;
        self.door.pause = now + limits::GUESS_PAUSE;
        self.room.guesses = self.door.wrong;
        if self.door.wrong >= limits::GUESSES {
            self.renew_code();
        } else {
            self.tell(Event::WrongWords { tries: self.door.wrong, held: self.door.held() });
        }
    }

    pub(super) fn send_away(&mut self, knock: Attempt, why: Away) {
        self.door.forget(knock);
        self.send(ToRelay::TurnAway(knock, flight::body(&why)));
    }

    pub(super) fn knock_over(&mut self, knock: Attempt, now: Time) {
        self.door.forget(knock);
        if let Some(at) = self.room.door.iter().position(|waiting| waiting.attempt == knock) {
            let waiting = self.room.door.remove(at);
            self.tell(Event::KnockOver { attempt: knock, name: waiting.name });
        }
        self.next_knock(now);
    }

    /// When a pause or a knock that goes nowhere is over.
    pub(super) fn door_due(&self) -> Time {
        let namesakes = match self.config.start {
            Start::Host { open_door: true, .. } if self.room.may_admit() => {
                self.room.door.iter().map(|w| self.namesake_due(w)).min()
            }
            _ => None,
        };
        let knock = match &self.door.in_flight {
            Some(flight) => flight.since + limits::KNOCK_STALLS,
            None if self.door.order.is_empty() || self.door.held() => Time::NEVER,
            None => self.door.pause,
        };
        knock.min(self.commit_at()).min(namesakes.unwrap_or(Time::NEVER))
    }

    pub(super) fn watch_door(&mut self, now: Time) {
        if let Some(flight) = self.door.in_flight.take_if(|flight| now.since(flight.since) >= limits::KNOCK_STALLS) {
            // Nothing was guessed: who does not go on has learnt nothing.
            self.send_away(flight.knock, Away::NotNow);
        }
        self.next_knock(now);
        self.open_door(now);
        self.commit_due(now);
    }

    /// Who waits may be someone whose line was lost meanwhile, or is back.
    pub(super) fn match_returners(&mut self, now: Time) {
        let known = self.room.door.iter().chain(&self.door.wanted.admitted);
        let matched: Vec<Option<SeatId>> = known.map(|w| self.away_with_name(&w.name)).collect();
        for (waiting, seat) in self.room.door.iter_mut().chain(&mut self.door.wanted.admitted).zip(matched) {
            waiting.returns_to = seat;
        }
        self.open_door(now);
    }
}
