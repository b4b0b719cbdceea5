//! The line to the relay: is it alive, what does it lose, and how to come back when it is cut.

use std::time::Duration;

use super::{LineCounts, Member};
use crate::ids::Time;
use crate::session::{Ended, Happening, LinkFigures, Phase, Trouble};

/// Without a packet for this long the screen says that the line is cut.
const SILENT: Duration = Duration::from_secs(5);
/// Without a packet for this long a new link is tried.
const DEAD: Duration = Duration::from_secs(10);
/// Time between tries to make a new link.
const RETRY: Duration = Duration::from_secs(1);

enum Link {
    /// Asked for.
    Dialling,
    /// Failed; to be asked for again then.
    Down(Time),
    /// There.
    Up,
}

/// What is known of the line.
pub(super) struct Line {
    link: Link,
    heard: Time,
    counts: LineCounts,
    counted: Option<Time>,
    loss_up: f64,
    /// Bytes of links before this one.
    before: u64,
    /// Since when there has been no line.
    lost: Option<Time>,
    /// Whether a new link has yet to bring the log up to date.
    resuming: bool,
}

impl Line {
    pub(super) fn new(now: Time) -> Self {
        Self {
            link: Link::Dialling,
            heard: now,
            counts: LineCounts::default(),
            counted: None,
            loss_up: 0.0,
            before: 0,
            lost: None,
            resuming: false,
        }
    }

    pub(super) fn is_up(&self) -> bool {
        matches!(self.link, Link::Up)
    }

    pub(super) fn dialling(&mut self, now: Time) {
        self.link = Link::Dialling;
        self.resuming = true;
        self.heard = now;
        self.before += self.counts.up_bytes + self.counts.down_bytes;
        self.counts = LineCounts::default();
        self.counted = None;
    }

    pub(super) fn connected(&mut self, now: Time) {
        self.link = Link::Up;
        self.heard = now;
    }

    pub(super) fn disconnected(&mut self, now: Time) {
        self.link = Link::Down(now + RETRY);
    }

    /// A packet came.
    pub(super) fn hear(&mut self, now: Time) {
        self.heard = now;
    }

    pub(super) fn due(&self) -> Time {
        match self.link {
            Link::Dialling => Time::NEVER,
            Link::Down(retry) => retry,
            Link::Up if self.lost.is_some() => self.heard + DEAD,
            Link::Up => self.heard + SILENT,
        }
    }

    /// Takes the transport's counts, and makes figures of what has changed since the last.
    fn figures(&mut self, counts: LineCounts, loss_down: f64, now: Time) -> LinkFigures {
        let last = std::mem::replace(&mut self.counts, counts);
        let seconds = self.counted.replace(now).map_or(0.0, |then| now.since(then).as_secs_f64());
        let kbps = |new: u64, old: u64| {
            if seconds > 0.0 { new.saturating_sub(old) as f64 * 8.0 / 1000.0 / seconds } else { 0.0 }
        };
        let sent = counts.sent.saturating_sub(last.sent);
        if sent > 0 {
            // Smoothed over some seconds: at voice rates a second holds few packets.
            let lost = counts.lost.saturating_sub(last.lost) as f64 / sent as f64;
            self.loss_up += 0.2 * (lost.min(1.0) - self.loss_up);
        }
        LinkFigures {
            up_kbps: kbps(counts.up_bytes, last.up_bytes),
            down_kbps: kbps(counts.down_bytes, last.down_bytes),
            loss_up: self.loss_up,
            loss_down,
            rtt_ms: counts.rtt.as_secs_f64() * 1000.0,
            playout_ms: counts.playout_ms,
            data_bytes: self.before + counts.up_bytes + counts.down_bytes,
        }
    }
}

impl Member {
    /// Once a second: what the transport has counted.
    pub fn handle_counts(&mut self, counts: LineCounts, now: Time) {
        if !self.line.is_up() || matches!(self.room.phase, Phase::Over(_)) {
            return;
        }
        if counts.heard > self.line.counts.heard {
            self.line.hear(now);
            if !self.line.resuming {
                self.back();
            }
        }
        let loss_down = self.voice.loss_down();
        self.room.link = self.line.figures(counts, loss_down, now);
        self.tell(Happening::Link(self.room.link));
    }

    pub(super) fn watch_line(&mut self, now: Time) {
        match self.line.link {
            Link::Dialling => {}
            Link::Down(retry) if retry > now => {}
            Link::Down(_) if self.line.lost.is_some_and(|since| now.since(since) > Self::GIVE_UP) => {
                self.end(Ended::LineLost);
            }
            Link::Down(_) => self.redial(now),
            Link::Up if now.since(self.line.heard) >= DEAD => self.redial(now),
            Link::Up if now.since(self.line.heard) >= SILENT => self.returning(now),
            Link::Up => {}
        }
    }

    /// The line is cut.
    pub(super) fn returning(&mut self, now: Time) {
        if self.line.lost.is_some() {
            return;
        }
        self.line.lost = Some(now);
        if self.is_in() {
            self.room.phase = Phase::Returning(now);
            self.tell(Happening::Line { back: false });
            self.tell(Happening::Trouble(Trouble::LineLost));
        }
    }

    /// The line is there again, and the log goes on.
    pub(super) fn back(&mut self) {
        self.line.lost = None;
        self.line.resuming = false;
        if matches!(self.room.phase, Phase::Returning(_)) {
            self.room.phase = Phase::In;
            self.tell(Happening::Line { back: true });
        }
    }
}
