//! One decoy: its joiners, and the line between them and its door.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use rand_chacha::ChaCha20Rng;

use super::absence::Absence;
use super::door::{Door, Down, Up, some_message};
use crate::ids::{Attempt, Time};
use crate::relay::core::bucket::Bucket;
use crate::relay::core::context::Context;
use crate::relay::core::delays::Delays;
use crate::relay::core::outbox::ConnId;
use crate::wire::knock::{self, ToJoiner};
use crate::wire::{Attempting, ToMember, limits};

pub(super) struct Knock {
    pub(super) conn: ConnId,
    pub(super) since: Time,
    pub(super) flights: usize,
    pub(super) answered: bool,
}

struct Going<T> {
    at: Time,
    attempt: Attempt,
    /// How long its way takes. The answer's takes as long.
    half: Duration,
    what: T,
}

pub(super) struct Decoy {
    /// The usual delay of its line.
    usual: Duration,
    pub(super) knocks: BTreeMap<Attempt, Knock>,
    /// How many more knocks the door is shown.
    pub(super) shown: Bucket,
    /// Short, because the knocks that are shown are limited, and only an answered joiner sends more than one flight.
    up: VecDeque<Going<Up>>,
    down: VecDeque<Going<Down>>,
    pub(super) door: Door,
    absence: Absence,
    /// When words were last tried here.
    tried: Time,
    /// Up to when the door has done what was due.
    clock: Time,
    /// Its place on the agenda.
    pub(super) noted: Time,
}

impl Decoy {
    pub(super) fn new(usual: Duration, rng: &mut ChaCha20Rng, now: Time) -> Self {
        Self {
            usual,
            knocks: BTreeMap::new(),
            shown: Bucket::new(limits::DOOR_KNOCKS, limits::DOOR_KNOCKS_EVERY, now),
            up: VecDeque::new(),
            down: VecDeque::new(),
            door: Door::default(),
            absence: Absence::met(rng, now),
            tried: now,
            clock: now,
            noted: Time::NEVER,
        }
    }

    pub(super) fn due(&self) -> Time {
        let down = self.down.front().map_or(Time::NEVER, |going| going.at);
        let moves = if self.absence.moves && !self.knocks.is_empty() { self.absence.until } else { Time::NEVER };
        self.flight_due().min(down).min(self.door_due()).min(moves)
    }

    fn flight_due(&self) -> Time {
        self.up.front().map_or(Time::NEVER, |going| self.absence.hold(going.at))
    }

    fn door_due(&self) -> Time {
        match self.door.due() {
            Time::NEVER => Time::NEVER,
            due => self.absence.hold(due),
        }
    }

    /// Whether nobody is here, and nobody has tried words for so long that a real group would be another by now.
    pub(super) fn is_old(&self, now: Time) -> bool {
        self.knocks.is_empty() && now.since(self.tried) >= limits::DECOY_HELD
    }

    /// A joiner goes away. Whether the door is to be told.
    pub(super) fn over(&mut self, attempt: Attempt, now: Time) -> bool {
        if self.knocks.remove(&attempt).is_none() {
            return false;
        }
        if self.absence.is_away(now) {
            // What waits for a door that is away doesn't grow.
            self.up.retain(|going| going.attempt != attempt);
        }
        !self.absence.is_away(now) || self.door.knows(attempt)
    }

    /// The door is there again, or somebody else is at it.
    fn end_absence(&mut self, delays: &Delays, cx: &mut Context<'_>, gone: &mut Vec<ConnId>) {
        while self.absence.until <= cx.now {
            if self.absence.moves {
                for knock in std::mem::take(&mut self.knocks).into_values() {
                    cx.out.close(knock.conn);
                    gone.push(knock.conn);
                }
                self.up.clear();
                self.down.clear();
                self.door.pass_on();
                self.usual = delays.some_door(cx.rng);
            }
            // Nobody has looked for longer than any door is remembered.
            let long_ago = cx.now.since(self.absence.until) >= limits::DECOY_HELD;
            let from = if long_ago { cx.now } else { self.absence.until };
            self.absence = Absence::after(cx.rng, from);
        }
    }

    pub(super) fn send(&mut self, attempt: Attempt, what: Up, delays: &Delays, cx: &mut Context<'_>) {
        let half = delays.next(self.usual, cx.rng) / 2;
        let at = self.up.back().map_or(Time(0), |last| last.at).max(cx.now + half);
        self.up.push_back(Going { at, attempt, half, what });
    }

    #[cfg(test)]
    pub(super) fn on_the_way(&self) -> usize {
        self.up.len() + self.down.len()
    }

    pub(super) fn run(&mut self, delays: &Delays, cx: &mut Context<'_>, gone: &mut Vec<ConnId>) {
        let back = self.absence.until;
        self.end_absence(delays, cx, gone);
        loop {
            let (door, flight) = (self.door_due(), self.flight_due());
            if door.min(flight) > cx.now {
                break;
            }
            let wrong = self.door.wrong;
            // What the last flight made possible is done at that flight's time, not when the pause before it ended.
            let now = flight.min(door).max(self.clock).max(if back <= cx.now { back } else { Time(0) });
            self.clock = now;
            let half = if flight <= door {
                let Some(Going { attempt, half, what, .. }) = self.up.pop_front() else { break };
                self.door.take(attempt, what, now);
                half
            } else {
                self.door.wake(now);
                delays.next(self.usual, cx.rng) / 2
            };
            if self.door.wrong != wrong {
                self.tried = now;
            }
            for (attempt, what) in self.door.said.drain(..) {
                let at = self.down.back().map_or(Time(0), |last| last.at).max(now + half);
                self.down.push_back(Going { at, attempt, half, what });
            }
        }
        while self.down.front().is_some_and(|going| going.at <= cx.now) {
            let Some(Going { attempt, what, .. }) = self.down.pop_front() else { break };
            match what {
                Down::Spake => {
                    if let Some(knock) = self.knocks.get_mut(&attempt) {
                        knock.answered = true;
                        let two = ToJoiner::Spake { message: some_message(cx.rng).to_vec() };
                        cx.out.tell(knock.conn, &ToMember::Answer(knock::body(&two)));
                    }
                }
                Down::Away(why) => {
                    if let Some(knock) = self.knocks.remove(&attempt) {
                        cx.out.tell(knock.conn, &ToMember::Attempt(Attempting::TurnedAway(knock::body(&why))));
                        cx.out.close(knock.conn);
                        gone.push(knock.conn);
                    }
                }
            }
        }
    }
}
