//! How far behind I am, and others are.

use std::time::Duration;

use crate::ids::{SeatId, Time};
use crate::member::context::Context;
use crate::session::Event;
use crate::wire::ToRelay;

/// From this many milliseconds on I am behind.
const BEHIND: u64 = 2000;
/// How often at most the others are told how far behind I am.
const TELL_EVERY: Duration = Duration::from_secs(3);

/// How far behind the others know me to be.
pub(super) struct Behind {
    /// In seconds.
    told: u8,
    /// When that was looked at.
    at: Time,
}

impl Behind {
    pub(super) fn new(now: Time) -> Self {
        Self { told: 0, at: now }
    }

    /// When to look again; `catching_up` is whether I hear anything that isn't live.
    pub(super) fn due(&self, catching_up: bool) -> Time {
        if catching_up || self.told > 0 { self.at + TELL_EVERY } else { Time::NEVER }
    }

    /// It was looked at.
    pub(super) fn looked(&mut self, now: Time) {
        if now.since(self.at) >= TELL_EVERY {
            self.at = now;
        }
    }

    /// Tells the others how far behind I am, if that is news: `oldest` is when the oldest that I am yet to hear was said, in
    /// milliseconds of the group's time.
    pub(super) fn tell(&mut self, oldest: Option<u64>, cx: &mut Context) {
        let Some(me) = cx.room.me.filter(|_| cx.is_in()) else { return };
        let behind = oldest.map_or(0, |oldest| cx.group_ms().saturating_sub(oldest));
        let seconds = if behind < BEHIND { 0 } else { u8::try_from(behind / 1000).unwrap_or(u8::MAX) };
        let turn = (seconds == 0) != (self.told == 0);
        if seconds == self.told || !turn && cx.now.since(self.at) < TELL_EVERY {
            return;
        }
        (self.told, self.at) = (seconds, cx.now);
        cx.send(ToRelay::Behind(seconds));
        set(me, seconds, cx);
    }
}

fn set(seat: SeatId, seconds: u8, cx: &mut Context) {
    let behind = &mut cx.room.behind;
    let before = if seconds > 0 { behind.insert(seat, seconds) } else { behind.remove(&seat) };
    if before.unwrap_or(0) != seconds {
        cx.tell(Event::Behind { seat, seconds });
    }
}

/// How far behind others are.
pub(super) fn others(all: Vec<(SeatId, u8)>, cx: &mut Context) {
    for (seat, seconds) in all {
        if Some(seat) != cx.room.me && cx.room.state.circle.seats.contains_key(&seat) {
            set(seat, seconds, cx);
        }
    }
}
