//! How far behind I am, and others are.

use super::{Member, TELL_EVERY};
use crate::adapt::Backfill;
use crate::ids::{SeatId, Time};
use crate::member::Effect;
use crate::session::Event;
use crate::wire::{ToRelay, limits};

/// From so many milliseconds on I am behind.
const BEHIND: u64 = 2000;

impl Member {
    /// I don't want to hear what I have missed.
    pub(in crate::member) fn skip_missed(&mut self, now: Time) {
        if self.backfill.is_waiting() || self.backfill.playing.is_some() {
            self.backfill.waiting.clear();
            self.backfill.fetch = Backfill::new(limits::MISSED);
            self.backfill.playing = None;
            self.backfill.list = None;
            self.effects.push_back(Effect::SkipMissed);
            self.tell_behind(now);
        }
    }

    /// When what is being played was said, in milliseconds of the group's time; `None` once it's live again.
    pub fn handle_playing(&mut self, at_ms: Option<u64>, now: Time) {
        self.backfill.playing = at_ms;
        self.tell_behind(now);
    }

    /// By how much what I hear is later than what is live, in milliseconds.
    fn behind_ms(&self, now: Time) -> u64 {
        let first = self.backfill.first().map(|(_, at_ms)| at_ms);
        let oldest = first.into_iter().chain(self.backfill.playing).min();
        oldest.map_or(0, |oldest| self.room.group_ms(now).saturating_sub(oldest))
    }

    pub(super) fn tell_behind(&mut self, now: Time) {
        let Some(me) = self.room.me.filter(|_| self.is_in()) else { return };
        let behind = self.behind_ms(now);
        let seconds = if behind < BEHIND { 0 } else { u8::try_from(behind / 1000).unwrap_or(u8::MAX) };
        let (told, at) = self.backfill.told;
        let turn = (seconds == 0) != (told == 0);
        if seconds == told || !turn && now.since(at) < TELL_EVERY {
            return;
        }
        self.backfill.told = (seconds, now);
        self.send(ToRelay::Behind(seconds));
        self.set_behind(me, seconds);
    }

    fn set_behind(&mut self, seat: SeatId, seconds: u8) {
        let before = if seconds > 0 { self.room.behind.insert(seat, seconds) } else { self.room.behind.remove(&seat) };
        if before.unwrap_or(0) != seconds {
            self.tell(Event::Behind { seat, seconds });
        }
    }

    /// How far behind others are.
    pub(in crate::member) fn others_behind(&mut self, all: Vec<(SeatId, u8)>) {
        for (seat, seconds) in all {
            if Some(seat) != self.room.me && self.room.state.seats.contains_key(&seat) {
                self.set_behind(seat, seconds);
            }
        }
    }
}
