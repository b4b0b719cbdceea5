//! Voice frames, sealed end to end with SFrame (RFC 9605) under keys derived from the group's.
//!
//! The suite is `AES_128_CTR_HMAC_SHA256_64`, and the SFrame key id that of the frame's head. SFrame's own header isn't sent:
//! both sides build it from key id and counter. It's authenticated as the RFC prescribes, with the rest of the frame's head as
//! SFrame's metadata. On the wire, sealing costs a tag of 8 bytes, and the head 4.
//!
//! The counter has 64 bits, of which 16 are sent. In each epoch its high bits begin at 0 and its low bits go on from before. So
//! the numbers of frames have no gap, a newcomer needs no history, and no key is used with the same counter twice. A frame of
//! the thin layer has the counter of the full layer's frame with the same number, with the highest bit set.
//!
//! [`Frames`] is pure: it's told the time, and [`Frames::due`] says when it wants a [`Frames::tick`].

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
use talker::{Sender, THIN, Tried};

use crate::ids::{Epoch, FrameNo, Kid, Layer, SeatId, SeatSet, Time};
use crate::wire::{Frame, FrameHead, limits};

/// The most bytes that one frame seals.
pub const PLAIN: usize = limits::FRAME - TAG;

/// Why a frame can't be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// More than [`PLAIN`] bytes.
    #[error("a packet of sound is larger than a frame may be")]
    TooLong,
    /// There is no frame yet that a thin one could stand for, or it has one already.
    #[error("a packet of the thin layer has no place")]
    NoPlace,
    /// I have no seat in this epoch, and so no key.
    #[error("there is no key to seal a packet of sound with")]
    NoKey,
}

/// What became of a frame. It has no `Debug`, to keep sound out of logs.
#[derive(Clone, PartialEq, Eq)]
pub enum Opened {
    /// What its talker sealed. All of the frame's head is authentic too.
    Plain(Vec<u8>),
    /// No present key opens it, but a coming one may: it's kept for a moment, and comes out of [`Frames::enter`].
    Early,
    /// It came before, or is older than the window of [`limits::REPLAY_WINDOW`] frames.
    Replayed,
    /// It isn't what its talker sealed.
    Failed,
    /// Likewise, for the [`limits::BAD_FRAMES`]th time from this seat in this epoch. Reported once; the seat is ignored until
    /// the next epoch.
    Alarm(SeatId),
    /// From a seat that isn't in the group, is ignored, or is my own.
    Dropped,
}

/// The keys of one epoch's talkers.
struct Keys {
    epoch: Epoch,
    until: Time,
    /// Whether a member who had them has left the group.
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

/// Seals my frames and opens the others'. Its keys are erased when dropped, and it keeps nothing from which they are derived.
pub struct Frames {
    me: SeatId,
    sealer: Option<Sealer>,
    /// The counter of my next frame; its low 16 bits are that frame's number.
    counter: u64,
    /// Below this counter no thin frame can be sealed any more.
    thin: u64,
    /// Newest last; never empty, never more than [`limits::EPOCHS`].
    keys: Vec<Keys>,
    early: Early,
}

impl Frames {
    /// For a member on seat `me`, from `epoch` on, in which `seats` are in the group. `base` is the epoch's base key from the
    /// group's key schedule. Make one for each `base` at most, or counters would be used twice with it.
    pub fn new(me: SeatId, epoch: Epoch, base: &[u8; 48], seats: SeatSet) -> Self {
        let keys = vec![Keys::new(me, epoch, base, seats)];
        Self { me, sealer: sealer(me, epoch, base, seats), counter: 0, thin: 0, keys, early: Early::default() }
    }

    /// The newest epoch.
    pub fn epoch(&self) -> Epoch {
        self.current().epoch
    }

    /// The next epoch's keys: I seal with them from now on. The old ones open what comes within [`limits::OLD_EPOCH`], or
    /// within
    /// [`limits::OLD_EPOCH_SAME`] as long as everybody who has them is still in the group. The keys of seats that aren't in
    /// `seats` are gone at once, in every epoch. Where a seat has changed hands, call [`Frames::forget`] before.
    ///
    /// Returns the frames that came early and open now, in the order in which they came. An epoch that isn't newer than the
    /// last is ignored.
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

    /// Nothing that the former holders of these seats sent is opened any more.
    pub fn forget(&mut self, seats: SeatSet) {
        for keys in &mut self.keys {
            keys.parted |= keys.talkers.keys().any(|seat| seats.contains(*seat));
            keys.talkers.retain(|seat, _| !seats.contains(*seat));
        }
    }

    /// Seals my next frame; `level` is `0..=7`.
    ///
    /// # Errors
    /// [`FrameError`]; then no number is used up.
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

    /// Seals the thin layer's packet for my last frame and some before it.
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
        // Two bits tell four epochs apart, so what an old key doesn't open may belong to a coming epoch.
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

    /// Drops what is too old.
    pub fn tick(&mut self, now: Time) {
        self.keys.retain(|keys| keys.until == Time::NEVER || now < keys.until);
        self.early.expire(now);
    }

    /// When there is something to drop.
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
