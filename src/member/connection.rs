//! The line to the relay: is it alive, what does it lose, and how to come back when it is cut.

use std::time::Duration;

use super::{Effect, LineCounts, Member};
use crate::ids::Time;
use crate::session::{Ended, Event, LinkFigures, Phase, Trouble};

/// Without a packet for this long the line is taken for cut: the screen says so, and a new link is tried beside the silent one.
const SILENT: Duration = Duration::from_secs(5);
/// Without a packet for this long a link that leads to no seat yet is given up.
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

/// A new link beside one that has fallen silent. Whichever is heard from first is kept.
enum Rival {
    None,
    /// Asked for.
    Dialling,
    /// Failed; to be asked for again then.
    Again(Time),
}

/// What is known of the line.
pub(super) struct Connection {
    link: Link,
    rival: Rival,
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

impl Connection {
    pub(super) fn new(now: Time) -> Self {
        Self {
            link: Link::Dialling,
            rival: Rival::None,
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
        self.rival = Rival::None;
        self.heard = now;
        self.count_anew();
    }

    pub(super) fn connected(&mut self, now: Time) {
        // Where the link before was up, or was replaced by this one, nothing was counted anew yet.
        if !matches!(self.link, Link::Dialling) {
            self.count_anew();
        }
        self.link = Link::Up;
        self.rival = Rival::None;
        self.heard = now;
    }

    pub(super) fn disconnected(&mut self, now: Time) {
        self.link = match self.rival {
            Rival::Dialling => {
                self.count_anew();
                Link::Dialling
            }
            Rival::Again(retry) => Link::Down(retry),
            Rival::None => Link::Down(now + RETRY),
        };
        self.rival = Rival::None;
    }

    /// What is counted from here on is another link's.
    fn count_anew(&mut self) {
        self.resuming = true;
        self.before += self.counts.up_bytes + self.counts.down_bytes;
        self.counts = LineCounts::default();
        self.counted = None;
    }

    /// When [`Member::watch_line`] is due, for who has a seat or has none.
    pub(super) fn due(&self, seated: bool) -> Time {
        match self.link {
            Link::Dialling => Time::NEVER,
            Link::Down(retry) => retry,
            Link::Up => match self.rival {
                Rival::Dialling => Time::NEVER,
                Rival::Again(retry) => retry,
                Rival::None if seated || self.lost.is_none() => self.heard + SILENT,
                Rival::None => self.heard + DEAD,
            },
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
        if !self.connection.is_up() || matches!(self.room.phase, Phase::Over(_)) {
            return;
        }
        if counts.heard > self.connection.counts.heard {
            self.heard(now);
        }
        self.voice.set_rtt(counts.rtt);
        let loss_down = self.voice.loss_down();
        self.room.link = self.connection.figures(counts, loss_down, now);
        self.tell(Event::Link(self.room.link));
    }

    /// A packet came over the line.
    pub(super) fn heard(&mut self, now: Time) {
        self.connection.heard = now;
        self.alive(now);
        if self.connection.lost.is_some() && !self.connection.resuming {
            self.back();
        }
    }

    pub(super) fn watch_line(&mut self, now: Time) {
        let given_up = self.connection.lost.is_some_and(|since| now.since(since) > Self::GIVE_UP);
        match (&self.connection.link, &self.connection.rival) {
            (Link::Dialling, _) | (Link::Up, Rival::Dialling) => {}
            (Link::Down(retry), _) | (Link::Up, Rival::Again(retry)) if *retry > now => {}
            (Link::Down(_), _) | (Link::Up, Rival::Again(_)) if given_up => self.end(Ended::LineLost),
            (Link::Down(_), _) => self.redial(now),
            (Link::Up, Rival::Again(_)) => self.race(),
            (Link::Up, Rival::None) => {
                let silence = now.since(self.connection.heard);
                if silence >= SILENT {
                    self.returning(now);
                }
                // Who has no seat yet would begin anew on the other link, so it would win nothing by a race.
                match self.ticket {
                    Some(_) if silence >= SILENT => self.race(),
                    None if silence >= DEAD => self.redial(now),
                    _ => {}
                }
            }
        }
    }

    /// The link is silent: a new one is made beside it.
    fn race(&mut self) {
        self.connection.rival = Rival::Dialling;
        self.effects.push_back(Effect::Race);
    }

    /// The link that [`Effect::Dial`] or [`Effect::Race`] asked for could not be made.
    pub fn handle_unreached(&mut self, now: Time) {
        match (&self.connection.link, &self.connection.rival) {
            (Link::Up, Rival::Dialling) => self.connection.rival = Rival::Again(now + RETRY),
            (Link::Up, _) => {}
            _ => self.handle_disconnected(now),
        }
    }

    /// The line is cut.
    pub(super) fn returning(&mut self, now: Time) {
        if self.connection.lost.is_some() {
            return;
        }
        self.connection.lost = Some(now);
        if self.is_in() {
            self.room.phase = Phase::Returning(now);
            self.tell(Event::Line { back: false });
            self.tell(Event::Trouble(Trouble::LineLost));
        }
    }

    /// The line is there again, and the log goes on.
    pub(super) fn back(&mut self) {
        self.connection.lost = None;
        self.connection.resuming = false;
        if let Rival::Dialling = std::mem::replace(&mut self.connection.rival, Rival::None) {
            self.effects.push_back(Effect::EndRace);
        }
        if matches!(self.room.phase, Phase::Returning(_)) {
            self.room.phase = Phase::In;
            self.tell(Event::Line { back: true });
        }
    }
}
