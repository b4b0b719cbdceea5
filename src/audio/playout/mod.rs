//! What is heard: packets of all talkers in, 20 ms of sound at a time out. Pure: time is an argument.
//!
//! Who calls [`Playout::pull`] is the clock: each call is the next 20 ms of the speaker. Later work has its places here: time
//! stretch where `Talker` conceals and sheds, asking again where it finds a hole, levelling before the mix.

pub mod delay;
pub mod effort;
pub mod leveller;
pub mod pace;
pub mod period;
pub mod ready;
pub mod store;
pub mod talker;

use std::time::Duration;

use self::talker::Talker;
use super::level::loudness;
use super::mix::soften;
use super::{BLOCK, Incoming};
use crate::ids::{SeatId, SeatSet, Time};

/// The most talkers that are heard at a time. Who comes fourth is heard when one of them pauses.
pub const VOICES: usize = 3;

/// What a talker's meter shows for the last 20 ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Who.
    pub seat: SeatId,
    /// How loud, `0..=7`.
    pub level: u8,
}

/// The playout of a whole room. At most 64 talkers, each with at most 64 packets waiting.
pub struct Playout {
    talkers: [Option<Box<Talker>>; SeatId::COUNT as usize],
    heard: Vec<Heard>,
    delay: Duration,
}

impl Default for Playout {
    fn default() -> Self {
        Self {
            talkers: [const { None }; SeatId::COUNT as usize],
            heard: Vec::with_capacity(VOICES),
            delay: Duration::ZERO,
        }
    }
}

impl Playout {
    /// A packet came. Packets of seats that no room gives out are left out.
    pub fn push(&mut self, frame: Incoming, now: Time) {
        if let Some(slot) = self.talkers.get_mut(usize::from(frame.seat.0)) {
            let talker = slot.get_or_insert_with(|| Box::new(Talker::new(now)));
            talker.push(frame, now);
            self.delay = talker.target();
        }
    }

    /// The member in `seat` left: what still waits is not heard, and the next one in the seat begins anew.
    pub fn forget(&mut self, seat: SeatId) {
        if let Some(slot) = self.talkers.get_mut(usize::from(seat.0)) {
            *slot = None;
        }
    }

    /// Fills `out` with the next 20 ms of everybody.
    pub fn pull(&mut self, out: &mut [f32; BLOCK], now: Time) {
        out.fill(0.0);
        self.heard.clear();
        let mut block = [0.0; BLOCK];
        let mut done = SeatSet::default();
        // Who is speaking goes on speaking; only then others may begin.
        for begin in [false, true] {
            for (seat, slot) in (0..).map(SeatId).zip(&mut self.talkers) {
                let Some(talker) = slot else { continue };
                if talker.is_idle() || talker.is_playing() == begin || done.contains(seat) {
                    continue;
                }
                done.insert(seat);
                if talker.pull(&mut block, now, self.heard.len() < VOICES) {
                    out.iter_mut().zip(&block).for_each(|(sum, sample)| *sum += sample);
                    self.heard.push(Heard { seat, level: loudness(&block) });
                    self.delay = talker.target();
                }
            }
        }
        soften(out);
    }

    /// Who was heard in the last 20 ms.
    pub fn heard(&self) -> &[Heard] {
        &self.heard
    }

    /// Whether nothing will be heard unless something comes.
    pub fn is_idle(&self) -> bool {
        self.talkers.iter().flatten().all(|talker| talker.is_idle())
    }

    /// Gives memory back that long silent talkers hold. To be called every few seconds.
    pub fn rest(&mut self, now: Time) {
        self.talkers.iter_mut().flatten().for_each(|talker| talker.rest(now));
    }

    /// How long packets of the talker who was heard last are held back, beyond the fastest one's way.
    pub fn delay(&self) -> Duration {
        self.delay
    }
}

#[cfg(test)]
mod tests;
