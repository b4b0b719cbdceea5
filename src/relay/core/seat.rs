//! One seat as the relay sees it: a ticket, a line, and how the line is.

use super::ConnId;
use super::bucket::Bucket;
use crate::ids::{ActionNo, FrameNo, Time};
use crate::wire::{Frame, Presence, Ticket, limits};

/// A line that loses more than this share is called poor, in thousandths.
const POOR_FROM: u32 = 80;
/// A poor line that loses less than this share is good again.
const GOOD_BELOW: u32 = 40;
/// Frames, at least, that a share is taken of.
const ENOUGH: u32 = 20;

pub(super) struct Seat {
    pub(super) ticket: Ticket,
    pub(super) conn: Option<ConnId>,
    /// The order of seating, from 0; the lowest is the door.
    pub(super) arrival: u64,
    /// The newest action that was dealt with.
    pub(super) last: ActionNo,
    pub(super) seated: Time,
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
    newest: Option<FrameNo>,
    came: u32,
    missed: u32,
    loss_up: u32,
    loss_down: u32,
}

impl Seat {
    pub(super) fn new(conn: ConnId, ticket: Ticket, arrival: u64, now: Time) -> Self {
        Self {
            ticket,
            conn: Some(conn),
            arrival,
            last: ActionNo(0),
            seated: now,
            welcomed: false,
            presence: Presence::Here,
            heard: now,
            away_since: now,
            actions: Bucket::of(limits::ACTIONS_BURST, limits::ACTIONS_PER_SECOND, now),
            frames: Bucket::of(limits::FRAMES_BURST, limits::FRAMES_PER_SECOND, now),
            sequence: 0,
            newest: None,
            came: 0,
            missed: 0,
            loss_up: 0,
            loss_down: 0,
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

    /// Counts what came and what did not, by the gaps in the numbers.
    pub(super) fn count(&mut self, frame: &Frame) {
        let number = frame.head.number;
        let step = self.newest.map_or(1, |newest| number.since(newest));
        if step > 0 {
            self.newest = Some(number);
            self.missed += u32::from(step.unsigned_abs()).saturating_sub(1).min(100);
            self.came += 1;
        }
        if self.came + self.missed >= ENOUGH * 4 {
            self.settle_loss();
        }
    }

    /// What the member says of the other direction, in half percents.
    pub(super) fn reported(&mut self, half_percents: u8) {
        self.loss_down = u32::from(half_percents) * 5;
    }

    fn settle_loss(&mut self) {
        let all = self.came + self.missed;
        if all >= ENOUGH {
            self.loss_up = 1000 * self.missed / all;
            (self.came, self.missed) = (0, 0);
        }
    }

    /// How the line is, given that it has been heard from.
    pub(super) fn quality(&self) -> Presence {
        let loss = self.loss_up.max(self.loss_down);
        let limit = if self.presence == Presence::Poor { GOOD_BELOW } else { POOR_FROM };
        if loss >= limit { Presence::Poor } else { Presence::Here }
    }
}
