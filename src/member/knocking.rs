//! At a door that is not mine: the joiner's side of a knock.

use std::time::Duration;

use rand_core::RngCore;
use zeroize::Zeroizing;

use super::context::Context;
use super::flight::{self, Away, Introduction, Keeper, Left, Reception, ToDoor, ToJoiner, Welcome};
use super::keys::Keys as GroupKeys;
use super::log::Log;
use crate::crypto::code::Code;
use crate::crypto::group::Newcomer;
use crate::crypto::knock::{Half, Keys, Sealed, Side};
use crate::ids::{Index, SeatId, SeatSet, Time};
use crate::session::{CareEvent, Ended, Event, Phase, Secret, State, Trouble, clean};
use crate::wire::{Blob, Purpose, Refusal, ToRelay, limits};

/// How long a door may take to answer until I am told that it doesn't. Longer than it pauses after wrong words.
const SILENT: Duration = Duration::from_secs(10);

/// My knock, and how often a knock of mine was left hanging.
#[derive(Default)]
pub(super) struct Knocking {
    step: Step,
    /// Knocks in a row that came to nothing after I had shown that I have the words. Each may have tested a guess of somebody
    /// who poses as the door.
    left_hanging: u32,
    /// Since when the door hasn't answered me.
    unanswered: Option<Time>,
    /// The number of the newest word on who can let me in.
    keeper: u32,
    /// The keys that came ahead of the welcome, and their number.
    keys_ahead: (u32, Vec<u8>),
}

/// How far my knock is.
#[derive(Default)]
enum Step {
    #[default]
    Not,
    /// The first flight is on its way.
    Asked(Half),
    /// The third is: the door knows that I have the words, and I don't know yet that it has.
    Shown(Keys, Box<Newcomer>),
    /// So has the door. I wait for what it seals for me.
    Known(Keys, Box<Newcomer>),
}

/// What the door has sealed for me.
pub(super) struct Welcomed {
    pub(super) log: Log,
    pub(super) state: State,
    /// As [`misnamed`](crate::session::Circle::misnamed).
    pub(super) misnamed: Vec<(String, String)>,
}

impl Knocking {
    /// Begins anew, with what is said to the relay first.
    ///
    /// # Errors
    /// [`Ended::LeftHanging`] if [`limits::LEFT_HANGING`] knocks were.
    pub(super) fn begin(&mut self, code: &Code, cx: &mut Context) -> Result<Purpose, Ended> {
        if matches!(self.step, Step::Shown(..)) {
            self.left_hanging += 1;
        }
        if self.left_hanging >= limits::LEFT_HANGING {
            return Err(Ended::LeftHanging);
        }
        let mut attempt = [0; 16];
        cx.rng.fill_bytes(&mut attempt);
        let half = Half::start(Side::Joiner, &code.words, code.nameplate, &attempt, &mut cx.rng);
        let first = ToDoor::Spake { attempt, message: half.message().to_vec() };
        (self.step, self.keys_ahead) = (Step::Asked(half), Default::default());
        Ok(Purpose::Knock(code.nameplate, flight::body(&first)))
    }

    /// I am at the door, which may be away, or wait until somebody says yes to one more try: nobody tells me which.
    pub(super) fn at_door(&mut self, cx: &Context) {
        self.unanswered.get_or_insert(cx.now);
    }

    /// When I am to be told that the door doesn't answer.
    pub(super) fn due(&self, cx: &Context) -> Time {
        match self.unanswered {
            Some(since) if !cx.room.door_silent => since + SILENT,
            Some(_) | None => Time::NEVER,
        }
    }

    /// Tells me that the door doesn't answer, if it's time.
    pub(super) fn watch(&self, cx: &mut Context) {
        if cx.now >= self.due(cx) {
            (cx.room.door_silent, cx.room.lets_in) = (true, None);
            cx.tell(Event::DoorSilent);
        }
    }

    /// The door has answered. Returns what it says of itself, once it has shown that it has the words.
    ///
    /// # Errors
    /// [`Ended`] if whoever answers is not the door, or is at another relay than mine.
    pub(super) fn answered(&mut self, answer: &Blob, name: &str, cx: &mut Context) -> Result<Option<Reception>, Ended> {
        (self.unanswered, cx.room.door_silent) = (None, false);
        match (std::mem::take(&mut self.step), flight::read(answer.bytes())) {
            (Step::Asked(half), Some(ToJoiner::Spake { message })) => {
                let keys = <[u8; 33]>::try_from(message).ok().and_then(|theirs| half.finish(&theirs).ok());
                // Whoever answers with something else is not the door.
                let keys = keys.ok_or(Ended::Intercepted)?;
                let me = Newcomer::new(&clean::name(name), cx.draw()).map_err(|_| Ended::KeysLost)?;
                let introduction = Introduction::new(me.key_package(), cx.relay_key);
                let sealed = keys.seal(Sealed::Introduction, &flight::write(&introduction));
                let confirm = ToDoor::Confirm { confirmation: keys.confirmation(Side::Joiner), sealed };
                self.step = Step::Shown(keys, Box::new(me));
                cx.send(ToRelay::Knock(flight::body(&confirm)));
                Ok(None)
            }
            (Step::Shown(keys, me), Some(ToJoiner::Confirm { sealed })) => {
                let reception =
                    keys.open(Sealed::Reception, &sealed).and_then(|plain| flight::read::<Reception>(&plain));
                let honest =
                    |said: &Reception| keys.confirms(Side::Door, &said.confirmation) && said.relay_key == cx.relay_key;
                let reception = reception.filter(honest).ok_or(Ended::Intercepted)?;
                (self.left_hanging, self.keeper) = (0, 0);
                self.step = Step::Known(keys, me);
                Ok(Some(reception))
            }
            (Step::Known(keys, me), Some(ToJoiner::Keeper { number, sealed })) => {
                let opened = keys.open_numbered(Sealed::Keeper, number, &sealed).filter(|_| number > self.keeper);
                self.step = Step::Known(keys, me);
                if let Some(keeper) = opened.and_then(|plain| flight::read::<Keeper>(&plain)) {
                    self.keeper = number;
                    let who = keeper.who();
                    if cx.room.lets_in.as_ref() != Some(&who) {
                        cx.room.lets_in = Some(who.clone());
                        cx.tell(Event::LetsIn(who));
                    }
                }
                Ok(None)
            }
            (step @ (Step::Shown(..) | Step::Known(..)), Some(ToJoiner::Keys { number, sealed })) => {
                if let Step::Shown(keys, _) | Step::Known(keys, _) = &step
                    && number > self.keys_ahead.0
                    && let Some(opened) = keys.open_numbered(Sealed::Keys, number, &sealed)
                    && let Some(ahead) = flight::read::<Welcome>(&opened)
                {
                    self.keys_ahead = (number, ahead.keys);
                }
                self.step = step;
                Ok(None)
            }
            // Nothing that an honest door sends at this point changes anything.
            (step, _) => {
                self.step = step;
                Ok(None)
            }
        }
    }

    /// At the door, and the door knows me.
    pub(super) fn received(&self, said: &Reception, cx: &mut Context) {
        cx.room.state.title = clean::title(&said.title());
        cx.room.state.circle.charter = said.charter().unwrap_or_default();
        if cx.room.phase == Phase::Connecting {
            cx.room.phase = Phase::Waiting;
            cx.tell(Event::Waiting);
        }
        // At another door than before, what I said to the first is to be known too.
        if cx.room.agreed {
            self.send_agreement(cx);
        }
        self.send_note(cx);
    }

    /// I am let in: the door has sealed for me the group's keys, and its state as of the entry that seats me. With them come
    /// the names of the state that aren't those that the members have signed.
    pub(super) fn welcomed(&mut self, seat: SeatId, index: Index, body: &Blob) -> Option<Welcomed> {
        // A door that lets me in at once says so by the welcome alone. Only whoever has the words can have sealed it.
        let (Step::Shown(keys, me) | Step::Known(keys, me)) = std::mem::take(&mut self.step) else { return None };
        let welcome = keys.open(Sealed::Welcome, body.bytes())?;
        let Welcome { keys, state, .. } = flight::read(&welcome)?;
        let ahead = std::mem::take(&mut self.keys_ahead).1;
        let keys = if keys.is_empty() { ahead } else { keys };
        let state = State::from_snapshot(&state)?;
        let group = me.join(&keys).ok()?;
        let seats: SeatSet = state.circle.seats.keys().copied().collect();
        let whole = state.index == index && group.me() == seat && seats.contains(seat);
        let keyed = seats.iter().all(|seat| group.seats().contains(seat));
        let misnamed = state.circle.misnamed(|seat| group.name(seat));
        let keys = GroupKeys::new(group, seats).ok()?;
        (whole && keyed).then(|| Welcomed { log: Log::new(keys), state, misnamed })
    }

    /// I agree to the ground rules.
    pub(super) fn agree(&self, cx: &mut Context) {
        if cx.room.phase != Phase::Waiting || cx.room.agreed {
            return;
        }
        cx.room.agreed = true;
        self.send_agreement(cx);
        cx.tell(Event::Agreed);
    }

    fn send_agreement(&self, cx: &mut Context) {
        if let Step::Known(keys, _) = &self.step {
            // As long as a note, so that the relay can't tell the one from the other.
            let sealed = keys.seal(Sealed::Agreement, &flight::write(&Left::new("")));
            cx.send(ToRelay::Knock(flight::body(&ToDoor::AgreeToRules { sealed })));
        }
    }

    /// Leaves a note for those who lead.
    pub(super) fn leave_note(&self, text: &str, cx: &mut Context) {
        let note = Secret::new(text);
        if cx.room.phase != Phase::Waiting || note.is_empty() {
            return cx.tell(Event::Trouble(Trouble::NotTaken(None)));
        }
        if cx.room.note.is_some() {
            return cx.tell(Event::Trouble(Trouble::NoteGiven));
        }
        cx.room.note = Some(note);
        self.send_note(cx);
        cx.tell(Event::Care(CareEvent::NoteSent));
    }

    fn send_note(&self, cx: &mut Context) {
        if let (Step::Known(keys, _), Some(note)) = (&self.step, &cx.room.note) {
            let left = Zeroizing::new(flight::write(&Left::new(note.text())));
            let sealed = keys.seal(Sealed::Note, &left);
            cx.send(ToRelay::Knock(flight::body(&ToDoor::Note { sealed })));
        }
    }
}

/// How it ends for a joiner whom the door turns away.
pub(super) fn turned_away(why: &Blob) -> Ended {
    match flight::read(why.bytes()) {
        // The same words whether the number or the words of a code are wrong.
        Some(Away::WrongWords) => Ended::Refused(Refusal::NoRoom),
        Some(Away::NotNow) | None => Ended::TurnedAway,
    }
}
