//! The way up from one member: which of its frames have come, and how its line does.

use std::time::Duration;

use crate::adapt::{LinkReceiver, SequenceWindow};
use crate::ids::{FrameNo, Layer, SeatId, Time};
use crate::relay::core::bucket::Bucket;
use crate::wire::{Frame, FrameHead, Loss, Reception, UplinkReport, limits};

/// Units of 20 ms by which lateness must change to be news.
const LATE_CHANGES: u8 = 3;

/// The newest frame of a talker that came live.
#[derive(Clone, Copy)]
pub(super) struct LastFrame {
    pub(super) came: Time,
    /// The same moment in milliseconds of the group's time.
    pub(super) at_ms: u64,
}

/// What is known of a talker's frames before and after the relay was away, of which it remembers nothing.
#[derive(Clone, Copy, Default)]
pub(super) struct Outage {
    /// The newest from before, as the first listener had it who asked what it has missed.
    had: Option<FrameNo>,
    /// The first from after, and when it was said, in milliseconds of the group's time.
    next: Option<(FrameNo, u64)>,
}

/// What comes from one member.
pub(super) struct Uplink {
    frames: Bucket,
    /// Which frames of the full layer have come.
    full: SequenceWindow<4>,
    /// The same of the thin layer.
    thin: SequenceWindow<1>,
    pub(super) receiver: LinkReceiver,
    pub(super) last: Option<LastFrame>,
    /// When anything new of its voice came.
    talked: Option<Time>,
    /// Whether its next frame begins anew: what is missing before it was said while it was muted.
    pub(super) anew: bool,
    /// While it isn't known yet what was said while the relay was away.
    outage: Option<Outage>,
    /// What the member was told of this line, and when.
    told: Option<(Reception, Time)>,
    /// How late the listeners were told its frames may come, in 20 ms.
    told_late: u8,
}

impl Uplink {
    pub(super) fn new(now: Time) -> Self {
        Self {
            frames: Bucket::of(limits::FRAMES_BURST, limits::FRAMES_PER_SECOND, now),
            full: SequenceWindow::default(),
            thin: SequenceWindow::default(),
            receiver: LinkReceiver::new(16),
            last: None,
            talked: None,
            anew: false,
            outage: None,
            told: None,
            told_late: 0,
        }
    }

    /// The same after the relay was away: nobody here knows what has come before.
    pub(super) fn after_outage(now: Time) -> Self {
        Self { anew: true, outage: Some(Outage::default()), ..Self::new(now) }
    }

    /// Its next frame begins anew: what it says meanwhile is not fetched.
    pub(super) fn begin_anew(&mut self) {
        (self.anew, self.outage) = (true, None);
    }

    /// The first frame after the relay was away, if it's that.
    pub(super) fn first_after_outage(&mut self, number: FrameNo, at_ms: u64) {
        self.outage.iter_mut().for_each(|outage| _ = outage.next.get_or_insert((number, at_ms)));
    }

    /// A listener has this frame from before the relay was away, if it was.
    pub(super) fn heard_before_outage(&mut self, number: FrameNo) {
        self.outage.iter_mut().for_each(|outage| _ = outage.had.get_or_insert(number));
    }

    /// The newest frame from before the relay was away, and the first from after with its time. Once.
    pub(super) fn take_outage(&mut self) -> Option<(FrameNo, FrameNo, u64)> {
        let Outage { had, next } = self.outage?;
        let (had, (next, at_ms)) = (had?, next?);
        self.outage = None;
        Some((had, next, at_ms))
    }

    /// Whether this frame has not come before.
    pub(super) fn is_new(&self, head: &FrameHead) -> bool {
        match head.layer {
            Layer::Full => self.full.is_new(head.number),
            Layer::Thin => self.thin.is_new(head.number),
        }
    }

    /// A frame of the full layer has come from the talker's history.
    pub(super) fn mark_fetched(&mut self, number: FrameNo) {
        self.full.mark(number);
    }

    fn mark(&mut self, head: &FrameHead) {
        match head.layer {
            Layer::Full => self.full.mark(head.number),
            Layer::Thin => self.thin.mark(head.number),
        }
    }

    /// The newest number of the full layer; before the first, the one before that.
    pub(super) fn newest(&self) -> FrameNo {
        self.full.newest().unwrap_or(FrameNo(u16::MAX))
    }

    /// Something new of its voice came.
    pub(super) fn talked(&mut self, now: Time) {
        self.talked = Some(now);
    }

    /// How long ago anything new of its voice came.
    pub(super) fn silent_for(&self, now: Time) -> Duration {
        self.talked.map_or(Duration::MAX, |at| now.since(at))
    }

    /// Of these frames the member's own, each once and within its rate.
    pub(super) fn take_new(&mut self, own: SeatId, frames: Vec<Frame>, now: Time) -> Vec<Frame> {
        let mut taken = Vec::with_capacity(frames.len());
        // Listeners couldn't open a frame under another's name, but would count it against the member it names.
        for frame in frames.into_iter().filter(|frame| frame.head.kid.seat() == own) {
            if !self.is_new(&frame.head) {
                continue; // It costs nobody else anything, so it isn't held against the rate.
            }
            if !self.frames.take(now) {
                break;
            }
            self.mark(&frame.head);
            taken.push(frame);
        }
        taken
    }

    /// What a talker is to be told of its way up, if it is time: soon while there is a queue, rarely while nothing changes, and
    /// nothing at all while nothing is wrong.
    pub(super) fn report(&mut self, now: Time) -> Option<UplinkReport> {
        let up = &self.receiver;
        let loss = Loss::new(up.loss(), up.gap());
        let is = Reception::new(loss, up.queuing_delay(now), up.kbps(), up.capacity_kbps(now));
        let due = match self.told {
            None => loss.share > 0 || is.queue() >= limits::QUEUE || is.most > 0,
            Some((_, at)) if is.queue() >= limits::QUEUE => now.since(at) >= limits::QUEUE_TOLD_EVERY,
            Some((told, at)) if told.loss != loss || told.most != is.most || told.queue() >= limits::QUEUE => {
                now.since(at) >= limits::REPORT_EVERY
            }
            Some((_, at)) => now.since(at) >= limits::REPORT_AGAIN,
        };
        due.then(|| {
            self.told = Some((is, now));
            UplinkReport(is)
        })
    }

    /// How late its frames may come, in 20 ms, if that is news for the listeners.
    pub(super) fn late_news(&mut self) -> Option<u8> {
        let late = u8::try_from(self.receiver.lateness().as_millis().div_ceil(20)).unwrap_or(u8::MAX);
        let news = late.abs_diff(self.told_late) >= LATE_CHANGES || (late == 0) != (self.told_late == 0);
        news.then(|| {
            self.told_late = late;
            late
        })
    }

    /// How late the listeners were told its frames may come, in 20 ms.
    pub(super) fn told_late(&self) -> u8 {
        self.told_late
    }
}
