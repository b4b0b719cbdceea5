//! One seat as the relay sees it: a ticket, a line, and how the line is.

use std::collections::BTreeMap;
use std::time::Duration;

use super::ConnId;
use super::bucket::Bucket;
use super::downlink::Downlink;
use super::room::{Asking, LayerSubscription};
use crate::adapt::{LinkReceiver, SequenceWindow};
use crate::ids::{ActionNo, SeatId, Time};
use crate::wire::{Loss, Presence, Pulse, Reception, Ticket, UplinkReport, limits};

/// A line that loses more than this share is called poor.
const POOR_FROM: f64 = 0.08;
/// A poor line that loses less than this share is good again.
const GOOD_BELOW: f64 = 0.04;

pub(super) struct Seat {
    pub(super) ticket: Ticket,
    pub(super) conn: Option<ConnId>,
    /// One that asks for the seat while the line is silent, and has not shown yet that it's not another's.
    pub(super) early: Option<ConnId>,
    /// The newest action that was dealt with.
    pub(super) last: ActionNo,
    pub(super) seated: Time,
    /// Whose commit gave the seat, and whose welcome is waited for.
    pub(super) host: SeatId,
    /// Whether the door's welcome is through; until then the seat only waits.
    pub(super) welcomed: bool,
    pub(super) presence: Presence,
    pub(super) heard: Time,
    /// Since when nobody has been heard from this seat, and it has mattered to somebody.
    pub(super) away_since: Time,
    pub(super) actions: Bucket,
    pub(super) frames: Bucket,
    /// Which of its frames have come.
    pub(super) numbers: SequenceWindow<4>,
    /// The same of the thin layer.
    pub(super) thin: SequenceWindow<1>,
    /// In which layer it hears others; where it says nothing, in the full one.
    pub(super) subscriptions: BTreeMap<SeatId, LayerSubscription>,
    /// What it may ask for, and what is missing of what it said.
    pub(super) asking: Asking,
    /// The way up from it.
    pub(super) up: LinkReceiver,
    /// The way down to it.
    pub(super) down: Downlink,
    /// What it was told of its way up, and when.
    told: Option<(Reception, Time)>,
    /// The next probe to it, and when it is due.
    pub(super) probe: (u8, Time),
    /// How late it was said to be, in 20 ms.
    late: u8,
}

impl Seat {
    pub(super) fn new(conn: ConnId, ticket: Ticket, host: SeatId, now: Time) -> Self {
        Self {
            ticket,
            conn: Some(conn),
            early: None,
            last: ActionNo(0),
            seated: now,
            host,
            welcomed: false,
            presence: Presence::Here,
            heard: now,
            away_since: now,
            actions: Bucket::of(limits::ACTIONS_BURST, limits::ACTIONS_PER_SECOND, now),
            frames: Bucket::of(limits::FRAMES_BURST, limits::FRAMES_PER_SECOND, now),
            numbers: SequenceWindow::default(),
            thin: SequenceWindow::default(),
            subscriptions: BTreeMap::new(),
            asking: Asking::new(now),
            up: LinkReceiver::new(16),
            down: Downlink::new(now),
            told: None,
            probe: (0, Time::NEVER),
            late: 0,
        }
    }

    /// The connection to send voice to: seated, and not known to be silent.
    pub(super) fn listening(&self) -> Option<ConnId> {
        self.early.or(self.conn.filter(|_| self.presence != Presence::Away)).filter(|_| self.welcomed)
    }

    /// The connections to tell things to; what is told waits out a silence.
    pub(super) fn told(&self) -> impl Iterator<Item = ConnId> + use<> {
        let welcomed = self.welcomed;
        [self.conn, self.early].into_iter().flatten().filter(move |_| welcomed)
    }

    /// The line was cut: what it loses otherwise is to be found out anew.
    pub(super) fn interrupted(&mut self) {
        self.up.interrupted();
    }

    /// What the member says of the other direction.
    pub(super) fn reported(&mut self, pulse: Pulse, now: Time) {
        self.up.nack.set_rtt(pulse.round());
        self.down.reported(pulse, now);
    }

    /// What a member who talks is to be told of its way up, if it's time: soon where a queue stands, seldom where nothing
    /// changes, and nothing at all where nothing is wrong.
    pub(super) fn report(&mut self, now: Time) -> Option<UplinkReport> {
        let loss = Loss::new(self.up.loss(), self.up.gap());
        let is = Reception::new(loss, self.up.queuing_delay(now), self.up.kbps(), self.up.capacity_kbps(now));
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

    /// How long the line has been gone, as far as it has mattered to somebody.
    pub(super) fn gone_for(&self, now: Time) -> Duration {
        match (self.presence, self.conn) {
            // A line that is only silent was gone before it was called away.
            (Presence::Away, Some(_)) => now.since(self.heard.max(self.away_since - limits::AWAY_AFTER)),
            (Presence::Away, None) => now.since(self.away_since),
            _ => Duration::ZERO,
        }
    }

    /// How late what it says may come, in 20 ms, if that is news.
    pub(super) fn late(&mut self) -> Option<u8> {
        let late = u8::try_from(self.up.lateness().as_millis().div_ceil(20)).unwrap_or(u8::MAX);
        let news = late.abs_diff(self.late) >= 3 || (late == 0) != (self.late == 0);
        news.then(|| {
            self.late = late;
            late
        })
    }

    /// How late it was said to be.
    pub(super) fn told_late(&self) -> u8 {
        self.late
    }

    /// How the line is, given that it has been heard from.
    pub(super) fn quality(&self) -> Presence {
        let loss = self.up.loss().max(self.down.report().loss);
        let limit = if self.presence == Presence::Poor { GOOD_BELOW } else { POOR_FROM };
        if loss >= limit { Presence::Poor } else { Presence::Here }
    }
}
