//! One seat as the relay sees it: a ticket, a line, and how the line is.

use std::time::Duration;

use super::ConnId;
use super::bucket::Bucket;
use super::numbers::Numbers;
use crate::adapt::{Losses, Repair};
use crate::ids::{ActionNo, SeatId, Time};
use crate::wire::{Frame, Loss, Presence, Report, Ticket, limits};

/// A line that loses more than this share is called poor.
const POOR_FROM: f64 = 0.08;
/// A poor line that loses less than this share is good again.
const GOOD_BELOW: f64 = 0.04;

pub(super) struct Seat {
    pub(super) ticket: Ticket,
    pub(super) conn: Option<ConnId>,
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
    /// Number of the next bundle to this member.
    pub(super) sequence: u8,
    /// Which of its frames have come.
    pub(super) numbers: Numbers,
    /// What is to be sent to it again.
    pub(super) repair: Repair,
    up: Losses,
    down: Loss,
    /// What it was told of its way up, and when.
    told: Option<(Loss, Time)>,
}

impl Seat {
    pub(super) fn new(conn: ConnId, ticket: Ticket, host: SeatId, now: Time) -> Self {
        Self {
            ticket,
            conn: Some(conn),
            last: ActionNo(0),
            seated: now,
            host,
            welcomed: false,
            presence: Presence::Here,
            heard: now,
            away_since: now,
            actions: Bucket::of(limits::ACTIONS_BURST, limits::ACTIONS_PER_SECOND, now),
            frames: Bucket::of(limits::FRAMES_BURST, limits::FRAMES_PER_SECOND, now),
            sequence: 0,
            numbers: Numbers::default(),
            repair: Repair::default(),
            up: Losses::new(16),
            down: Loss::default(),
            told: None,
        }
    }

    /// The connection to send to: seated, and not known to be silent.
    pub(super) fn listening(&self) -> Option<ConnId> {
        self.conn.filter(|_| self.welcomed && self.presence != Presence::Away)
    }

    /// The connection to tell things to; what is told waits out a silence.
    pub(super) fn told(&self) -> Option<ConnId> {
        self.conn.filter(|_| self.welcomed)
    }

    /// Counts what came and what did not, by the first frame of a bundle.
    pub(super) fn count(&mut self, frame: &Frame) {
        self.up.arrived(frame.head.number.0);
    }

    /// What the member says of the other direction.
    pub(super) fn reported(&mut self, loss: Loss, now: Time) {
        self.down = loss;
        self.repair.report(loss.share(), loss.gap(), now);
    }

    /// What a member who talks is to be told of its way up, if it's time. Whose line has lost nothing is told nothing.
    pub(super) fn report(&mut self, now: Time) -> Option<Report> {
        let loss = Loss::new(self.up.share(), self.up.gap());
        let due = match self.told {
            None => loss.share > 0,
            Some((told, at)) if told != loss => now.since(at) >= limits::PULSE_EVERY,
            Some((_, at)) => now.since(at) >= limits::REPORT_AGAIN,
        };
        due.then(|| {
            self.told = Some((loss, now));
            Report(loss)
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

    /// How the line is, given that it has been heard from.
    pub(super) fn quality(&self) -> Presence {
        let loss = self.up.share().max(self.down.share());
        let limit = if self.presence == Presence::Poor { GOOD_BELOW } else { POOR_FROM };
        if loss >= limit { Presence::Poor } else { Presence::Here }
    }
}
