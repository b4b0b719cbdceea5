//! The door that a decoy plays: one whose words nobody knows.

use std::collections::VecDeque;

use curve25519_dalek::Scalar;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

use crate::ids::{Attempt, Time};
use crate::wire::knock::{self, Away, ToDoor};
use crate::wire::{Blob, limits};

/// Bytes of a SPAKE2 message, and what the symmetric kind begins with.
const MESSAGE: usize = 33;
const SYMMETRIC: u8 = b'S';

/// A flight on its way to the door.
pub(super) enum Up {
    /// The first. Without the message if that has the wrong size.
    Spake(Option<[u8; MESSAGE]>),
    Confirm,
    /// Something else.
    Other,
    /// The joiner is gone.
    Over,
}

impl Up {
    pub(super) fn read(body: &Blob) -> Self {
        match knock::read(body.bytes()) {
            Some(ToDoor::Spake { message, .. }) => Self::Spake(message.try_into().ok()),
            Some(ToDoor::Confirm { .. }) => Self::Confirm,
            Some(ToDoor::AgreeToRules { .. } | ToDoor::Note { .. }) | None => Self::Other,
        }
    }
}

/// An answer on its way back.
#[derive(Clone, Copy)]
pub(super) enum Down {
    Spake,
    Away(Away),
}

/// A door at which no words are right.
#[derive(Default)]
pub(super) struct Door {
    order: VecDeque<(Attempt, Option<[u8; MESSAGE]>)>,
    in_flight: Option<(Attempt, Time)>,
    pause: Time,
    pub(super) wrong: u32,
    pub(super) said: Vec<(Attempt, Down)>,
}

impl Door {
    pub(super) fn knows(&self, attempt: Attempt) -> bool {
        self.in_flight.is_some_and(|(other, _)| other == attempt)
            || self.order.iter().any(|(other, _)| *other == attempt)
    }

    pub(super) fn forget(&mut self, attempt: Attempt) {
        self.order.retain(|(other, _)| *other != attempt);
        self.in_flight.take_if(|(other, _)| *other == attempt);
    }

    /// Somebody else is at it. They know of the tries before, and of no joiner that waits.
    pub(super) fn pass_on(&mut self) {
        self.order.clear();
        self.in_flight = None;
        self.said.clear();
    }

    fn is_held(&self) -> bool {
        self.wrong >= limits::FREE_GUESSES
    }

    pub(super) fn due(&self) -> Time {
        match self.in_flight {
            Some((_, since)) => since + limits::KNOCK_STALLS,
            None if self.order.is_empty() || self.is_held() => Time::NEVER,
            None => self.pause,
        }
    }

    pub(super) fn take(&mut self, attempt: Attempt, what: Up, now: Time) {
        match what {
            Up::Spake(_) if self.knows(attempt) => {}
            Up::Spake(_) if self.order.len() >= limits::KNOCKS => self.send_away(attempt, Away::NotNow),
            Up::Spake(message) => {
                self.order.push_back((attempt, message));
                self.next(now);
            }
            Up::Confirm => {
                if self.in_flight.take_if(|(other, _)| *other == attempt).is_some() {
                    self.wrong_words(attempt, now);
                    self.next(now);
                }
            }
            Up::Other => self.send_away(attempt, Away::WrongWords),
            Up::Over => {
                self.forget(attempt);
                self.next(now);
            }
        }
    }

    pub(super) fn wake(&mut self, now: Time) {
        if let Some((attempt, _)) = self.in_flight.take_if(|(_, since)| now.since(*since) >= limits::KNOCK_STALLS) {
            self.send_away(attempt, Away::NotNow);
        }
        self.next(now);
    }

    fn next(&mut self, now: Time) {
        while self.in_flight.is_none() && now >= self.pause && !self.is_held() {
            let Some((attempt, message)) = self.order.pop_front() else { return };
            if message.is_some_and(|message| is_sound(&message)) {
                self.in_flight = Some((attempt, now));
                self.said.push((attempt, Down::Spake));
            } else {
                self.wrong_words(attempt, now);
            }
        }
    }

    fn wrong_words(&mut self, attempt: Attempt, now: Time) {
        self.send_away(attempt, Away::WrongWords);
        self.wrong += 1;
        self.pause = now + limits::GUESS_PAUSE;
    }

    fn send_away(&mut self, attempt: Attempt, why: Away) {
        self.forget(attempt);
        self.said.push((attempt, Down::Away(why)));
    }
}

/// A message like a door's, which is a point blinded by a random multiple of the base: each point of prime order is as likely
/// as any other.
pub(super) fn some_message(rng: &mut ChaCha20Rng) -> [u8; MESSAGE] {
    let mut wide = [0; 64];
    rng.fill_bytes(&mut wide);
    let point = EdwardsPoint::mul_base(&Scalar::from_bytes_mod_order_wide(&wide));
    let mut message = [SYMMETRIC; MESSAGE];
    message[1..].copy_from_slice(point.compress().as_bytes());
    message
}

/// Whether a door would take a joiner's message: the symmetric kind, with a point of prime order.
fn is_sound(message: &[u8; MESSAGE]) -> bool {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(&message[1..]);
    let point = CompressedEdwardsY(bytes).decompress();
    message[0] == SYMMETRIC && point.is_some_and(|point| !point.is_small_order() && point.is_torsion_free())
}
