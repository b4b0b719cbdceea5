//! The door: the code, those who knock with its words, and those who are let in.
//!
//! The facilitator hears of each wrong try, and after [`limits::GUESSES`] the words are drawn anew. Nobody inside ever waits
//! for any of this.

use super::commits::{self, Commits};
use super::config::Start;
use super::context::Context;
use super::flight::{self, Away, Introduction, Left, Reception, ToDoor, ToJoiner};
use super::knocks::{InFlight, Knocks, Known, turn_away};
use super::log::Log;
use crate::crypto::code::{Code, Words};
use crate::crypto::group;
use crate::crypto::knock::{Sealed, Side};
use crate::ids::{Attempt, Nameplate, SeatId, Time};
use crate::session::{CareEvent, Event, Op, Secret, Trouble, Waiting, Whom, clean};
use crate::wire::{Act, Blob, ToRelay, limits};

/// The words of the code, and how often they had been drawn anew before.
type AgedWords = (u32, Words);

/// The code that others join with, and what is done at the door while I hold it.
pub(super) struct Door {
    /// Whether everybody with the words is let in.
    open: bool,
    /// The code that I came with, if I joined.
    came_with: Option<Code>,
    /// Whether I hold the door.
    mine: bool,
    words: Option<Words>,
    /// How often the words had been drawn anew before.
    age: u32,
    nameplate: Option<Nameplate>,
    knocks: Knocks,
    commits: Commits,
}

impl Door {
    /// The door of a group that isn't there yet.
    pub(super) fn new(start: &Start) -> Self {
        let (open, came_with) = match start {
            Start::Host { open_door, .. } => (*open_door, None),
            Start::Join(code) => (false, Some(code.clone())),
        };
        Self {
            open,
            came_with,
            mine: false,
            words: None,
            age: 0,
            nameplate: None,
            knocks: Knocks::default(),
            commits: Commits::default(),
        }
    }

    /// Whether I hold it.
    pub(super) fn is_mine(&self) -> bool {
        self.mine
    }

    fn forget_knocks(&mut self) {
        self.knocks.drop_all();
        self.commits = Commits::default();
    }

    /// The code is mine to keep from here on: I opened the room, or the facilitator's role came to me.
    pub(super) fn keep(&mut self, nameplate: Option<Nameplate>, log: &mut Log, cx: &mut Context) {
        match &self.came_with {
            None => {
                self.words.get_or_insert_with(|| Words::draw(&mut cx.rng));
                self.nameplate = self.nameplate.or(nameplate);
            }
            Some(code) => {
                self.words.get_or_insert_with(|| code.words.clone());
                self.nameplate = Some(code.nameplate);
            }
        }
        self.mine = true;
        self.forget_knocks();
        cx.room.guesses = self.knocks.learn_tries(cx.room.state.code_tries);
        self.lead(log, cx);
    }

    /// I have the door, or now lead where I have it: if I can let others in, the code is shown.
    pub(super) fn lead(&mut self, log: &mut Log, cx: &mut Context) {
        if !self.mine {
            return;
        }
        if cx.room.is_chaired() {
            // It would let nobody in.
            cx.room.code = None;
            return;
        }
        self.show_code(cx);
        if self.are_old(cx) && cx.room.may_admit() {
            // They were drawn anew by somebody who could not tell me: whoever has the old ones shall not get in by them.
            self.renew_code(log, cx);
        }
    }

    /// Whether my words are no longer those of the code.
    fn are_old(&self, cx: &Context) -> bool {
        self.age != cx.room.state.code_age
    }

    /// The words of the code, if they are the present ones and I lead.
    pub(super) fn words(&self, cx: &Context) -> Option<AgedWords> {
        let age = cx.room.state.code_age;
        let words = self.words.as_ref().filter(|_| self.age == age && cx.room.am_lead())?;
        Some((age, words.clone()))
    }

    /// The words that I drew anew count from here on.
    pub(super) fn words_count(&mut self, cx: &Context) {
        self.age = cx.room.state.code_age;
    }

    /// The present holder of the door, or the one before, tells me the present words.
    pub(super) fn learn_words(&mut self, (age, words): AgedWords, cx: &mut Context) {
        if self.mine || age != cx.room.state.code_age {
            return;
        }
        let new = self.words.as_ref() != Some(&words) && self.age != age;
        (self.words, self.age) = (Some(words), age);
        if new {
            self.knocks.forget_guesses();
        }
        self.nameplate = self.came_with.as_ref().map(|code| code.nameplate).or(self.nameplate);
        self.show_code(cx);
        if new {
            cx.tell(Event::NewCode);
        }
    }

    /// The words that I came with have this age.
    pub(super) fn came_with_words_of(&mut self, age: u32) {
        self.age = age;
    }

    /// The door is another's now, and so are those who knock at it.
    pub(super) fn lose(&mut self, cx: &mut Context) {
        if !std::mem::take(&mut self.mine) {
            return;
        }
        self.forget_knocks();
        cx.room.try_waits = false;
        for waiting in std::mem::take(&mut cx.room.door) {
            cx.tell(Event::KnockOver { attempt: waiting.attempt, name: waiting.name });
        }
    }

    /// It is all over: nobody waits or comes in any more.
    pub(super) fn close(&mut self, cx: &mut Context) {
        cx.room.door.clear();
        cx.room.try_waits = false;
        self.commits.admit_nobody();
    }

    /// The code that leads in here, as far as I know it.
    pub(super) fn code(&self) -> Option<Code> {
        Some(Code { nameplate: self.nameplate?, words: self.words.clone()? })
    }

    fn show_code(&self, cx: &mut Context) {
        let Some(code) = self.code() else { return };
        cx.room.code = Some(code.spoken());
    }

    /// The words are drawn anew: those who know the old ones and aren't inside can't come in by them.
    pub(super) fn renew_code(&mut self, log: &mut Log, cx: &mut Context) {
        self.words = Some(Words::draw(&mut cx.rng));
        for knock in self.knocks.forget_guesses() {
            self.send_away(knock, Away::WrongWords, cx);
        }
        (cx.room.guesses, cx.room.try_waits) = (0, false);
        self.show_code(cx);
        cx.tell(Event::NewCode);
        let changed = log.append(Act::None, Op::CodeChanged, cx);
        cx.report(changed);
    }

    /// The facilitator says yes to one more try.
    pub(super) fn allow_try(&mut self, log: &mut Log, cx: &mut Context) {
        self.knocks.allow_try();
        self.next_knock(log, cx);
    }

    /// A joiner's flight has come to me. One that I know is passed over: it's shown again after a break. So are all while I
    /// don't hold the door: whoever answers can be asked to try words, and a relay must not choose whom it asks.
    pub(super) fn knocked(&mut self, knock: Attempt, bytes: &Blob, log: &mut Log, cx: &mut Context) {
        if !self.mine {
            return;
        }
        match flight::read(bytes.bytes()) {
            Some(ToDoor::Spake { attempt, message }) => {
                if self.knocks.has(knock) || cx.room.waits(knock) {
                    return;
                }
                if self.knocks.are_full() {
                    return self.send_away(knock, Away::NotNow, cx);
                }
                self.knocks.add(knock, attempt, message);
                self.next_knock(log, cx);
                if self.knocks.are_held() && self.knocks.one_waits() {
                    cx.tell(Event::TryWaits);
                }
            }
            Some(ToDoor::Confirm { confirmation, sealed }) => {
                if let Some(flight) = self.knocks.take_in_flight(knock) {
                    self.shown(flight, &confirmation, &sealed, log, cx);
                    self.next_knock(log, cx);
                }
            }
            Some(ToDoor::AgreeToRules { sealed }) => self.agreed(knock, &sealed, cx),
            Some(ToDoor::Note { sealed }) => self.noted(knock, &sealed, cx),
            None => self.send_away(knock, Away::WrongWords, cx),
        }
    }

    /// A joiner agrees to the ground rules, and nobody else says so for them.
    fn agreed(&mut self, knock: Attempt, sealed: &[u8], cx: &mut Context) {
        let Some(known) = self.knocks.known(knock) else { return self.send_away(knock, Away::WrongWords, cx) };
        let holds = known.keys.open(Sealed::Agreement, sealed).is_some();
        let waiting = cx.room.door.iter_mut().find(|waiting| waiting.attempt == knock && !waiting.agreed);
        if let Some(waiting) = waiting.filter(|_| holds) {
            waiting.agreed = true;
            let name = waiting.name.clone();
            cx.tell(Event::KnockAgreed { attempt: knock, name });
        }
    }

    /// A joiner leaves a note for those who lead.
    fn noted(&mut self, knock: Attempt, sealed: &[u8], cx: &mut Context) {
        let Some(known) = self.knocks.known(knock) else { return self.send_away(knock, Away::WrongWords, cx) };
        let note = known.keys.open(Sealed::Note, sealed).and_then(|plain| flight::read::<Left>(&plain));
        let waiting = cx.room.door.iter_mut().find(|waiting| waiting.attempt == knock && waiting.note.is_none());
        if let (Some(waiting), Some(note)) = (waiting, note) {
            let (name, note) = (waiting.name.clone(), Secret::new(note.text()));
            waiting.note = Some(note.clone());
            cx.tell(Event::Care(CareEvent::KnockNote { attempt: knock, name, note }));
        }
    }

    /// Deals with the next knocks, if it's time.
    fn next_knock(&mut self, log: &mut Log, cx: &mut Context) {
        // A chair with old words would turn away whoever has the new ones: they wait for somebody who leads.
        while !self.are_old(cx) || cx.room.may_admit() {
            let (Some(words), Some(nameplate)) = (&self.words, self.nameplate) else { break };
            let Some(wrong) = self.knocks.next(words, nameplate, cx) else { break };
            self.wrong_words(wrong, log, cx);
        }
        cx.room.try_waits = self.knocks.try_waits();
    }

    /// Tells those who have shown that they know the words whoever can let them in, if that has changed.
    pub(super) fn tell_keeper(&mut self, cx: &mut Context) {
        if self.mine && !cx.is_over() {
            self.knocks.tell_keeper(cx);
        }
    }

    /// A joiner says that it has the words.
    fn shown(&mut self, flight: InFlight, confirmation: &[u8; 32], sealed: &[u8], log: &mut Log, cx: &mut Context) {
        let InFlight { knock, keys, .. } = flight;
        let introduction = keys
            .confirms(Side::Joiner, confirmation)
            .then(|| keys.open(Sealed::Introduction, sealed))
            .flatten()
            .and_then(|plain| flight::read::<Introduction>(&plain));
        let Some(introduction) = introduction else { return self.wrong_words(knock, log, cx) };
        let key_package = introduction.key_package().to_vec();
        let Ok(name) = group::name_in(&key_package) else { return self.send_away(knock, Away::NotNow, cx) };
        let reception = {
            let state = &cx.room.state;
            Reception::new(keys.confirmation(Side::Door), &state.title, &state.circle.charter, self.age, cx.relay_key)
        };
        let confirm = ToJoiner::Confirm { sealed: keys.seal(Sealed::Reception, &flight::write(&reception)) };
        let confirm = ToRelay::Answer(knock, flight::body(&confirm));
        if introduction.relay_key != cx.relay_key {
            // The joiner sees it too, by the same flight.
            cx.send(confirm);
            return cx.tell(Event::Trouble(Trouble::Intercepted));
        }
        // Right words are no guess: the yes counts for the next try.
        self.knocks.know(knock, Known::new(keys, key_package));
        if self.lets_in_at_once(log, cx) {
            // The welcome shows as well that this door has the words and sees the same relay, and says all the rest. On 16 kbps it
            // would wait behind these flights for a quarter of a second.
            self.knocks.needs_no_keeper(knock, cx);
        } else {
            cx.send(confirm);
            self.knocks.tell_keeper(cx);
        }
        let name = clean::newcomer(&name);
        cx.room.door.push(Waiting { attempt: knock, name: name.clone(), since: cx.now, agreed: false, note: None });
        cx.tell(Event::Knock { attempt: knock, name });
        self.admit_by_itself(log, cx);
    }

    /// Lets in one who waits, or all.
    ///
    /// # Errors
    /// [`Trouble::NobodyWaits`].
    pub(super) fn admit(&mut self, whom: Whom<Attempt>, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
        let chosen = |waiting: &mut Waiting| match whom {
            Whom::One(attempt) => waiting.attempt == attempt,
            Whom::All => true,
        };
        let chosen: Vec<Waiting> = cx.room.door.extract_if(.., chosen).collect();
        if chosen.is_empty() {
            return Err(Trouble::NobodyWaits);
        }
        self.commits.admit(chosen);
        self.commit(log, cx);
        Ok(())
    }

    /// The facilitator says no to one who waits.
    pub(super) fn turn_away(&mut self, knock: Attempt, cx: &mut Context) {
        cx.room.door.retain(|waiting| waiting.attempt != knock);
        self.send_away(knock, Away::NotNow, cx);
    }

    /// Whether a joiner with the words is let in by the next commit, and nothing stands before that.
    fn lets_in_at_once(&self, log: &Log, cx: &Context) -> bool {
        let free = log.keys().is_some_and(|keys| !keys.group.has_commit());
        self.open && cx.room.may_admit() && free && self.commits.due(log, cx) == Time::NEVER
    }

    /// An open door lets in everybody with the words. Whoever has the name of a member who is away may be anybody, and is
    /// somebody new: what that member had, they get only by [`Self::give_back`].
    fn admit_by_itself(&mut self, log: &mut Log, cx: &mut Context) {
        if !self.open || !cx.room.may_admit() {
            return;
        }
        let ready: Vec<Attempt> = cx.room.door.iter().map(|waiting| waiting.attempt).collect();
        for knock in ready {
            let admitted = self.admit(Whom::One(knock), log, cx);
            cx.report(admitted);
        }
    }

    fn wrong_words(&mut self, knock: Attempt, log: &mut Log, cx: &mut Context) {
        self.send_away(knock, Away::WrongWords, cx);
        let tries = self.knocks.count_wrong(cx.now);
        cx.room.guesses = tries;
        let counted = log.append(Act::None, Op::WrongWords, cx);
        cx.report(counted);
        if tries >= limits::GUESSES {
            self.renew_code(log, cx);
        } else {
            cx.tell(Event::WrongWords { tries, held: self.knocks.are_held() });
        }
    }

    fn send_away(&mut self, knock: Attempt, why: Away, cx: &mut Context) {
        self.knocks.forget(knock);
        self.commits.forget(knock);
        turn_away(knock, why, cx);
    }

    /// A joiner has gone.
    pub(super) fn knock_over(&mut self, knock: Attempt, log: &mut Log, cx: &mut Context) {
        self.knocks.forget(knock);
        self.commits.forget(knock);
        if let Some(at) = cx.room.door.iter().position(|waiting| waiting.attempt == knock) {
            let waiting = cx.room.door.remove(at);
            cx.tell(Event::KnockOver { attempt: knock, name: waiting.name });
        }
        self.next_knock(log, cx);
    }

    /// When a pause or a knock that goes nowhere is over, or new keys are to be made.
    pub(super) fn due(&self, log: &Log, cx: &Context) -> Time {
        let answers = !self.are_old(cx) || cx.room.may_admit();
        let knocks = if answers { self.knocks.due() } else { Time::NEVER };
        knocks.min(self.commits.due(log, cx))
    }

    /// Does what is due by time.
    pub(super) fn watch(&mut self, log: &mut Log, cx: &mut Context) {
        if let Some(knock) = self.knocks.stalled(cx.now) {
            self.send_away(knock, Away::NotNow, cx);
        }
        self.next_knock(log, cx);
        self.admit_by_itself(log, cx);
        self.commit(log, cx);
    }

    /// The member on this seat is the one whose line is away and whose name it is: that seat is given up, and what went with it
    /// goes along.
    ///
    /// # Errors
    /// [`Trouble::NothingToGiveBack`].
    pub(super) fn give_back(&mut self, seat: SeatId, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
        let before = cx.room.seat_to_give_back(seat).ok_or(Trouble::NothingToGiveBack)?;
        self.commits.give_back(before, seat);
        self.commit(log, cx);
        Ok(())
    }

    /// Draws fresh keys, and asks all to compare them.
    pub(super) fn verify(&mut self, log: &mut Log, cx: &mut Context) {
        self.commits.verify();
        self.commit(log, cx);
    }

    /// Takes a seat away.
    ///
    /// # Errors
    /// [`Trouble::NotTaken`] if it's mine or nobody's.
    pub(super) fn remove(&mut self, seat: SeatId, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
        if Some(seat) == cx.room.me || !cx.room.state.circle.seats.contains_key(&seat) {
            return Err(Trouble::NotTaken(None));
        }
        self.commits.remove(seat);
        self.commit(log, cx);
        Ok(())
    }

    /// A member has left the seat.
    pub(super) fn departed(&mut self, seat: SeatId) {
        self.commits.departed(seat);
    }

    /// Makes new keys, if it's time.
    pub(super) fn commit(&mut self, log: &mut Log, cx: &mut Context) {
        self.commits.watch(&mut self.knocks, log, cx);
    }

    /// The relay did not take my commit.
    pub(super) fn commit_refused(&mut self, log: &mut Log, now: Time) {
        self.commits.refused(log, now);
    }

    /// My commit is in the log, and somebody in by it: the note that they left, if they left one.
    pub(super) fn take_note(&mut self, knock: Attempt) -> Option<Secret> {
        self.commits.take_note(knock)
    }

    /// Another link leads to the relay: what was on its way over the one before may be lost.
    pub(super) fn relinked(&mut self) {
        self.knocks.no_keys_ahead();
    }

    /// My commit is in the log: the newcomer gets the keys, and the state as of it.
    pub(super) fn welcome(&mut self, knock: Attempt, seat: SeatId, keys: Vec<u8>, cx: &mut Context) {
        if let Some(newcomer) = self.knocks.take_known(knock) {
            commits::welcome(&newcomer, seat, keys, cx);
        }
    }
}
