//! What a listener keeps of one talker in one epoch: the key, the counters of either layer that came, and how many frames
//! failed.

use super::key::Opener;
use super::window::{Standing, Window};
use crate::ids::Kid;
use crate::wire::{Frame, limits};

/// The bit that the counters of the thin layer have set, and those of the full layer never reach.
pub(super) const THIN: u64 = 1 << 63;
/// How many rollovers of a frame's number are tried beyond the nearest counter.
const AHEAD: u64 = 2;
/// After this many frames in a row that seem to have come before, one is looked at more closely.
const CLOSE_LOOK: u32 = 16;

pub(super) enum Tried {
    Plain(Vec<u8>),
    Replayed,
    Failed,
}

pub(super) struct Sender {
    opener: Opener,
    full: LayerCounters,
    thin: LayerCounters,
    /// Frames that have failed in this epoch.
    failures: u32,
}

/// The counters of one layer that came.
struct LayerCounters {
    /// The bits that all its counters have set.
    mark: u64,
    window: Window,
    /// Frames in a row that have failed.
    failed: u64,
    /// Frames in a row that seem to have come before.
    repeats: u32,
}

impl Sender {
    pub(super) fn new(base: &[u8; 48], kid: Kid) -> Option<Self> {
        let opener = Opener::new(base, u64::from(kid.0))?;
        Some(Self { opener, full: LayerCounters::new(0), thin: LayerCounters::new(THIN), failures: 0 })
    }

    /// Counts a failure; `true` for the one that is too much.
    pub(super) fn fail(&mut self) -> bool {
        self.failures += 1;
        self.failures == limits::BAD_FRAMES
    }

    /// Whether too much has failed.
    pub(super) fn is_over(&self) -> bool {
        self.failures >= limits::BAD_FRAMES
    }

    /// Opens a frame, and notes its counter if it does.
    pub(super) fn open(&mut self, frame: &Frame) -> Tried {
        let layer = if frame.head.is_thin() { &mut self.thin } else { &mut self.full };
        layer.open(&self.opener, frame)
    }
}

impl LayerCounters {
    fn new(mark: u64) -> Self {
        Self { mark, window: Window::new(), failed: 0, repeats: 0 }
    }

    /// A listener who hasn't heard a talker for a whole rollover of the number, because louder ones were forwarded, finds the
    /// counter by trying: the nearest, up to two rollovers further, and one more with each further frame in a row that fails.
    fn open(&mut self, opener: &Opener, frame: &Frame) -> Tried {
        let nearest = self.window.nearest(frame.head.number.0);
        let standing = self.window.standing(nearest);
        if standing == Standing::Seen {
            // Repeats are common, but only repeats come only if the number has rolled over in the meantime.
            self.repeats = (self.repeats + 1) % CLOSE_LOOK;
            if self.repeats != 0 {
                return Tried::Replayed;
            }
        }
        let first = u64::from(standing == Standing::Seen);
        let last = (self.failed > 0).then_some(AHEAD + self.failed);
        for ahead in (first..=AHEAD).chain(last) {
            let Some(counter) = nearest.checked_add(ahead << 16).filter(|counter| *counter < THIN) else { continue };
            let Some(plain) = opener.open(counter | self.mark, &[frame.head.bits()], &frame.body) else { continue };
            if ahead == 0 && standing == Standing::Past {
                return Tried::Replayed;
            }
            self.window.note(counter);
            (self.failed, self.repeats) = (0, 0);
            return Tried::Plain(plain);
        }
        if standing == Standing::Seen {
            return Tried::Replayed;
        }
        // As far as a seat may fail; with the keys of an old epoch, where failures aren't counted, no further.
        self.failed = (self.failed + 1).min(u64::from(limits::BAD_FRAMES));
        Tried::Failed
    }
}
