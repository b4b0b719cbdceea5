//! Voice frames, sealed end to end with SFrame (RFC 9605) under keys that come from the group's.
//!
//! The suite is `AES_128_CTR_HMAC_SHA256_64`, and the SFrame key id that of the frame's head. SFrame's own header isn't sent:
//! both sides make it from key id and counter, and it's authenticated as the RFC prescribes, with the rest of the frame's
//! head as SFrame's metadata. On the wire a seal costs its tag of 8 bytes, and the head 4.
//!
//! The counter has 64 bits, of which 16 travel. In each epoch it begins with its high bits 0 and goes on in its low ones, so
//! that the numbers of frames have no gap, a newcomer needs no history, and no key meets the same counter twice. A frame of the
//! thin layer has the counter of the full layer's frame whose number it has, and the highest bit beside.
//!
//! [`Frames`] is pure: it's told the time, and says by [`Frames::due`] when it wants a [`Frames::tick`].

mod early;
mod key;
mod talker;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors;
mod window;

use std::collections::BTreeMap;

use early::Early;
use key::{Sealer, TAG};
use talker::{Sender, Tried};

use crate::ids::{Epoch, FrameNo, Kid, Layer, SeatId, SeatSet, Time};
use crate::wire::{Frame, FrameHead, limits};

/// What the counters of the thin layer have beside.
const THIN: u64 = 1 << 63;

/// Most bytes that one frame seals.
pub const PLAIN: usize = limits::FRAME - TAG;

/// Why a frame was not sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// More than [`PLAIN`] bytes.
    #[error("a packet of sound is larger than a frame may be")]
    TooLong,
    /// There is no frame yet that a thin one could stand for, or it has one.
    #[error("a packet of the thin layer has no place")]
    NoPlace,
    /// I have no seat in this epoch, so no key of my own.
    #[error("there is no key to seal a packet of sound with")]
    NoKey,
}

/// What became of a frame. It has no `Debug`, so that no sound gets into a log.
#[derive(Clone, PartialEq, Eq)]
pub enum Opened {
    /// What its talker had sealed. All of the frame's head is authentic too.
    Plain(Vec<u8>),
    /// No key that is here opens it, but one to come may: it's kept for a moment, and comes out of [`Frames::enter`].
    Early,
    /// It came before, or is older than the window of [`limits::REPLAY_WINDOW`] frames.
    Replayed,
    /// It isn't what its talker sealed.
    Failed,
    /// The same for the [`limits::BAD_FRAMES`]th time from this seat in this epoch, which is told once. The seat is not
    /// listened to until the next epoch.
    Alarm(SeatId),
    /// From a seat that isn't in the group, isn't listened to any more, or is my own.
    Dropped,
}

/// What the talkers of one epoch seal with.
struct Keys {
    epoch: Epoch,
    until: Time,
    /// Whether somebody who had them is no longer in the group.
    parted: bool,
    talkers: BTreeMap<SeatId, Sender>,
}

impl Keys {
    fn new(me: SeatId, epoch: Epoch, base: &[u8; 48], seats: SeatSet) -> Self {
        let others = seats.iter().filter(|seat| *seat != me);
        let talker = |seat: SeatId| Some((seat, Sender::new(base, Kid::new(seat, epoch))?));
        Self { epoch, until: Time::NEVER, parted: false, talkers: others.filter_map(talker).collect() }
    }
}

/// Seals my frames and opens the others'. Its keys leave memory when they are dropped; it keeps nothing they come from.
pub struct Frames {
    me: SeatId,
    sealer: Option<Sealer>,
    /// The counter of my next frame; its low half is that frame's number.
    counter: u64,
    /// Up to which counter there is a thin frame, or can't be one any more.
    thin: u64,
    /// Newest last; never empty, never more than [`limits::EPOCHS`].
    keys: Vec<Keys>,
    early: Early,
}

impl Frames {
    /// The frames of a member on seat `me`, from `epoch` on, in which `seats` are in the group. `base` is the epoch's base key
    /// from the group's key schedule. To be made once for each `base`, so that no counter is used twice with it.
    pub fn new(me: SeatId, epoch: Epoch, base: &[u8; 48], seats: SeatSet) -> Self {
        let keys = vec![Keys::new(me, epoch, base, seats)];
        Self { me, sealer: sealer(me, epoch, base, seats), counter: 0, thin: 0, keys, early: Early::default() }
    }

    /// The newest epoch.
    pub fn epoch(&self) -> Epoch {
        self.current().epoch
    }

    /// The next epoch's keys: I seal with them from now on. The old ones open what comes within [`limits::OLD_EPOCH`], or
    /// [`limits::OLD_EPOCH_SAME`] while all who have them are still in the group; but those of seats that are no longer in `seats` are gone at once, of every epoch. Where a seat has changed hands,
    /// [`Frames::forget`] comes before.
    ///
    /// Gives the frames that had come early and now open, in the order they came in. An epoch that isn't newer than the last
    /// is passed over.
    #[must_use]
    pub fn enter(&mut self, epoch: Epoch, base: &[u8; 48], seats: SeatSet, now: Time) -> Vec<(FrameHead, Vec<u8>)> {
        if epoch <= self.epoch() {
            return Vec::new();
        }
        self.tick(now);
        for keys in &mut self.keys {
            keys.parted |= keys.talkers.keys().any(|seat| !seats.contains(*seat));
            keys.talkers.retain(|seat, _| seats.contains(*seat));
            let kept = if keys.parted { limits::OLD_EPOCH } else { limits::OLD_EPOCH_SAME };
            keys.until = keys.until.min(now + kept);
        }
        if self.keys.len() >= limits::EPOCHS {
            self.keys.remove(0);
        }
        self.keys.push(Keys::new(self.me, epoch, base, seats));
        self.sealer = sealer(self.me, epoch, base, seats);
        self.counter &= u64::from(u16::MAX);
        self.thin = self.counter;
        let waited = self.early.take(Kid::new(self.me, epoch).epoch_bits());
        let opened = waited.into_iter().filter_map(|frame| match self.open(&frame, now) {
            Opened::Plain(plain) => Some((frame.head, plain)),
            _ => None,
        });
        opened.collect()
    }

    /// Nothing that the former holders of these seats have sent is opened any more.
    pub fn forget(&mut self, seats: SeatSet) {
        for keys in &mut self.keys {
            keys.parted |= keys.talkers.keys().any(|seat| seats.contains(*seat));
            keys.talkers.retain(|seat, _| !seats.contains(*seat));
        }
    }

    /// Seals my next frame; `level` is `0..=7`.
    ///
    /// # Errors
    /// [`FrameError`]; no number is used up then.
    pub fn seal(&mut self, start: bool, end: bool, level: u8, plain: &[u8]) -> Result<Frame, FrameError> {
        if plain.len() > PLAIN {
            return Err(FrameError::TooLong);
        }
        let sealer = self.sealer.as_ref().ok_or(FrameError::NoKey)?;
        let kid = Kid::new(self.me, self.epoch());
        let number = FrameNo(self.counter as u16);
        let head = FrameHead { kid, number, start, end, layer: Layer::Full, level: level.min(7) };
        let body = sealer.seal(self.counter, &[head.bits()], plain).ok_or(FrameError::NoKey)?;
        self.counter += 1;
        Ok(Frame { head, body })
    }

    /// Seals what the thin layer has in the place of my last frame and of some before it.
    ///
    /// # Errors
    /// [`FrameError`].
    pub fn seal_thin(&mut self, start: bool, end: bool, level: u8, plain: &[u8]) -> Result<Frame, FrameError> {
        if plain.len() > PLAIN {
            return Err(FrameError::TooLong);
        }
        let sealer = self.sealer.as_ref().ok_or(FrameError::NoKey)?;
        if self.thin == self.counter {
            return Err(FrameError::NoPlace);
        }
        let last = self.counter - 1;
        let kid = Kid::new(self.me, self.epoch());
        let head = FrameHead { kid, number: FrameNo(last as u16), start, end, layer: Layer::Thin, level: level.min(7) };
        let body = sealer.seal(last | THIN, &[head.bits()], plain).ok_or(FrameError::NoKey)?;
        self.thin = self.counter;
        Ok(Frame { head, body })
    }

    /// Opens a frame that came.
    pub fn open(&mut self, frame: &Frame, now: Time) -> Opened {
        self.tick(now);
        let (seat, bits) = (frame.head.kid.seat(), frame.head.kid.epoch_bits());
        if seat == self.me {
            return Opened::Dropped;
        }
        let fits = |keys: &Keys| Kid::new(seat, keys.epoch).epoch_bits() == bits;
        let Some(at) = self.keys.iter().rposition(fits) else { return self.keep(frame, now) };
        if self.current().talkers.get(&seat).is_some_and(Sender::is_over) {
            return Opened::Dropped;
        }
        // Two bits tell four epochs apart: what an old key doesn't open may be of one that is still to come.
        let old = at + 1 < self.keys.len();
        match self.keys[at].talkers.get_mut(&seat) {
            None if old => self.keep(frame, now),
            None => Opened::Dropped,
            Some(talker) if talker.is_over() => Opened::Dropped,
            Some(talker) => match talker.open(frame) {
                Tried::Plain(plain) => Opened::Plain(plain),
                Tried::Replayed => Opened::Replayed,
                Tried::Failed if old => self.keep(frame, now),
                Tried::Failed if talker.fail() => Opened::Alarm(seat),
                Tried::Failed => Opened::Failed,
            },
        }
    }

    /// Lets go of what is too old.
    pub fn tick(&mut self, now: Time) {
        self.keys.retain(|keys| keys.until == Time::NEVER || now < keys.until);
        self.early.expire(now);
    }

    /// When there is something to let go of.
    pub fn due(&self) -> Time {
        self.keys.iter().map(|keys| keys.until).min().unwrap_or(Time::NEVER).min(self.early.due())
    }

    fn current(&self) -> &Keys {
        &self.keys[self.keys.len() - 1]
    }

    fn keep(&mut self, frame: &Frame, now: Time) -> Opened {
        self.early.keep(frame, now);
        Opened::Early
    }
}

fn sealer(me: SeatId, epoch: Epoch, base: &[u8; 48], seats: SeatSet) -> Option<Sealer> {
    seats.contains(me).then(|| Sealer::new(base, u64::from(Kid::new(me, epoch).0))).flatten()
}
