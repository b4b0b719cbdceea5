//! The knocks at my door: whether their words are right, and how often others may guess.
//!
//! Words of a code can be guessed, so guesses cost. One knock is dealt with at a time, and a wrong one holds the door for
//! [`limits::GUESS_PAUSE`]. From [`limits::FREE_GUESSES`] on each further try needs the facilitator's yes.

use std::collections::{BTreeMap, VecDeque};

use super::context::Context;
use super::flight::{self, Away, Keeper, ToJoiner, Welcome};
use crate::crypto::code::Words;
use crate::crypto::knock::{Half, Keys, Sealed, Side};
use crate::ids::{Attempt, Nameplate, Time};
use crate::session::LetsIn;
use crate::wire::{ToRelay, limits};

/// A joiner's first flight, kept until it is its turn.
struct Asked {
    attempt: [u8; 16],
    message: Vec<u8>,
}

/// Most bytes of keys that go ahead: what a flight holds.
const KEYS_AHEAD: usize = limits::KNOCK_FLIGHT - 64;

/// The knock that is being dealt with.
pub(super) struct InFlight {
    pub(super) knock: Attempt,
    pub(super) keys: Keys,
    since: Time,
}

/// A joiner who has shown that they know the words.
pub(super) struct Known {
    pub(super) keys: Keys,
    pub(super) key_package: Vec<u8>,
    /// Whoever can let them in, as they were told last, and how often they were.
    told: (Option<LetsIn>, u32),
    keys_ahead: KeysAhead,
}

/// The keys of a commit that lets a joiner in, sent before it.
#[derive(Default)]
struct KeysAhead {
    sent: u32,
    /// Whether those of the commit that is under way come before it.
    come: bool,
}

impl Known {
    pub(super) fn new(keys: Keys, key_package: Vec<u8>) -> Self {
        Self { keys, key_package, told: (None, 0), keys_ahead: KeysAhead::default() }
    }

    /// Whether this joiner has the keys before the welcome.
    pub(super) fn has_keys(&self) -> bool {
        self.keys_ahead.come
    }
}

/// All knocks at my door, and the tries that were wrong.
#[derive(Default)]
pub(super) struct Knocks {
    asked: BTreeMap<Attempt, Asked>,
    order: VecDeque<Attempt>,
    in_flight: Option<InFlight>,
    known: BTreeMap<Attempt, Known>,
    guesses: Guesses,
}

/// Wrong words, and what they cost whoever tries next. Only new words end it.
#[derive(Default)]
struct Guesses {
    wrong: u32,
    /// Until when nobody else's turn comes.
    pause: Time,
    /// Whether the facilitator has said yes to the next try.
    allowed: bool,
}

impl Knocks {
    /// All knocks are another door's from here on, or begin anew at mine. The wrong tries stay: a relay that moves the door
    /// must not win any.
    pub(super) fn drop_all(&mut self) {
        let Guesses { wrong, pause, .. } = self.guesses;
        *self = Self { guesses: Guesses { wrong, pause, allowed: false }, ..Self::default() };
    }

    /// At least so many wrong words have been tried, at this door or at those before.
    pub(super) fn learn_tries(&mut self, wrong: u32) -> u32 {
        self.guesses.wrong = self.guesses.wrong.max(wrong);
        self.guesses.wrong
    }

    /// Whether one more try needs the facilitator's yes.
    pub(super) fn are_held(&self) -> bool {
        self.guesses.wrong >= limits::FREE_GUESSES && !self.guesses.allowed
    }

    /// Whether somebody waits who can't try the words without the facilitator's yes.
    pub(super) fn try_waits(&self) -> bool {
        self.are_held() && !self.order.is_empty()
    }

    /// Tells those who have shown that they know the words whoever can let them in, if that has changed.
    pub(super) fn tell_keeper(&mut self, cx: &mut Context) {
        let keeper = cx.room.keeper();
        for (knock, known) in &mut self.known {
            let (told, number) = &mut known.told;
            if told.as_ref() == Some(&keeper) {
                continue;
            }
            *told = Some(keeper.clone());
            *number = number.saturating_add(1);
            let sealed = known.keys.seal_numbered(Sealed::Keeper, *number, &flight::write(&Keeper::new(&keeper)));
            cx.send(ToRelay::Answer(*knock, flight::body(&ToJoiner::Keeper { number: *number, sealed })));
        }
    }

    /// This joiner is let in already.
    pub(super) fn needs_no_keeper(&mut self, knock: Attempt, cx: &Context) {
        if let Some(known) = self.known.get_mut(&knock) {
            known.told.0 = Some(cx.room.keeper());
        }
    }

    /// A commit is to let these joiners in, and gives them these keys. Where it is one, and the keys are short, they go ahead: while the
    /// relay takes the commit, they are on their way.
    pub(super) fn send_keys_ahead(&mut self, attempts: &[Attempt], keys: &[Vec<u8>], cx: &mut Context) {
        self.no_keys_ahead();
        if let ([knock], [keys]) = (attempts, keys)
            && let ahead = flight::write(&Welcome::new(keys.clone(), Vec::new()))
            && ahead.len() <= KEYS_AHEAD
            && let Some(known) = self.known.get_mut(knock)
        {
            let KeysAhead { sent, come } = &mut known.keys_ahead;
            (*sent, *come) = (sent.saturating_add(1), true);
            let (number, sealed) = (*sent, known.keys.seal_numbered(Sealed::Keys, *sent, &ahead));
            cx.send(ToRelay::Answer(*knock, flight::body(&ToJoiner::Keys { number, sealed })));
        }
    }

    /// What was sent ahead may not come: another link leads to the relay, or another commit follows.
    pub(super) fn no_keys_ahead(&mut self) {
        self.known.values_mut().for_each(|known| known.keys_ahead.come = false);
    }

    /// Whether one knock waits for its turn, and no more.
    pub(super) fn one_waits(&self) -> bool {
        self.order.len() == 1
    }

    /// Whether this knock is under way already.
    pub(super) fn has(&self, knock: Attempt) -> bool {
        self.asked.contains_key(&knock) || self.in_flight.as_ref().is_some_and(|flight| flight.knock == knock)
    }

    /// Whether no more can wait for their turn.
    pub(super) fn are_full(&self) -> bool {
        self.order.len() >= limits::KNOCKS
    }

    /// A first flight waits for its turn.
    pub(super) fn add(&mut self, knock: Attempt, attempt: [u8; 16], message: Vec<u8>) {
        self.asked.insert(knock, Asked { attempt, message });
        self.order.push_back(knock);
    }

    /// A joiner who has shown that they know the words.
    pub(super) fn known(&self, knock: Attempt) -> Option<&Known> {
        self.known.get(&knock)
    }

    /// Keeps a joiner who has shown that they know the words.
    pub(super) fn know(&mut self, knock: Attempt, known: Known) {
        self.known.insert(knock, known);
    }

    /// The knock that is being dealt with, if it is this one: it goes on.
    pub(super) fn take_in_flight(&mut self, knock: Attempt) -> Option<InFlight> {
        self.in_flight.take_if(|flight| flight.knock == knock)
    }

    /// The knock that is being dealt with, if it has stalled. Nothing was guessed: whoever doesn't go on has learnt nothing.
    pub(super) fn stalled(&mut self, now: Time) -> Option<Attempt> {
        let stalled = |flight: &mut InFlight| now.since(flight.since) >= limits::KNOCK_STALLS;
        self.in_flight.take_if(stalled).map(|flight| flight.knock)
    }

    /// Everything about a knock goes.
    pub(super) fn forget(&mut self, knock: Attempt) {
        self.asked.remove(&knock);
        self.order.retain(|other| *other != knock);
        self.in_flight.take_if(|flight| flight.knock == knock);
        self.known.remove(&knock);
    }

    /// A joiner who was known has come in.
    pub(super) fn take_known(&mut self, knock: Attempt) -> Option<Known> {
        self.known.remove(&knock)
    }

    /// The facilitator says yes to one more try.
    pub(super) fn allow_try(&mut self) {
        self.guesses.allowed = true;
    }

    /// A guess was wrong. Returns how many were, with this one.
    pub(super) fn count_wrong(&mut self, now: Time) -> u32 {
        let wrong = self.guesses.wrong.saturating_add(1);
        self.guesses = Guesses { wrong, pause: now + limits::GUESS_PAUSE, allowed: false };
        wrong
    }

    /// The words are others: all guesses are free again. Returns the knocks that are under way with the old ones.
    pub(super) fn forget_guesses(&mut self) -> Vec<Attempt> {
        (self.guesses.wrong, self.guesses.allowed) = (0, false);
        let in_flight = self.in_flight.as_ref().map(|flight| flight.knock);
        self.order.iter().copied().chain(in_flight).collect()
    }

    /// Deals with the next knock, if it's time. Returns it if what it says can't come of any words.
    pub(super) fn next(&mut self, words: &Words, nameplate: Nameplate, cx: &mut Context) -> Option<Attempt> {
        while self.in_flight.is_none() && cx.now >= self.guesses.pause && !self.are_held() {
            let knock = self.order.pop_front()?;
            let Some(Asked { attempt, message }) = self.asked.remove(&knock) else { continue };
            let half = Half::start(Side::Door, words, nameplate, &attempt, &mut cx.rng);
            let answer = ToJoiner::Spake { message: half.message().to_vec() };
            let keys = <[u8; 33]>::try_from(message).ok().and_then(|theirs| half.finish(&theirs).ok());
            let Some(keys) = keys else { return Some(knock) };
            self.in_flight = Some(InFlight { knock, keys, since: cx.now });
            cx.send(ToRelay::Answer(knock, flight::body(&answer)));
        }
        None
    }

    /// When it's the next knock's turn, or the one that is being dealt with has stalled.
    pub(super) fn due(&self) -> Time {
        match &self.in_flight {
            Some(flight) => flight.since + limits::KNOCK_STALLS,
            None if self.order.is_empty() || self.are_held() => Time::NEVER,
            None => self.guesses.pause,
        }
    }
}

/// Tells a joiner to go.
pub(super) fn turn_away(knock: Attempt, why: Away, cx: &mut Context) {
    cx.send(ToRelay::TurnAway(knock, flight::body(&why)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_new_words_end_wrong_tries() {
        let mut knocks = Knocks::default();
        for tries in 1..=limits::FREE_GUESSES {
            knocks.allow_try();
            assert_eq!(knocks.count_wrong(Time(0)), tries);
            knocks.add(Attempt(tries), [0; 16], vec![]);
            knocks.drop_all();
            assert!(!knocks.has(Attempt(tries)));
        }
        assert!(knocks.are_held());
        assert_eq!(knocks.learn_tries(0), limits::FREE_GUESSES, "whatever the log says");
        knocks.forget_guesses();
        assert_eq!((knocks.are_held(), knocks.learn_tries(2)), (false, 2));
    }
}
