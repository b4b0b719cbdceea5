//! The line to the relay: whether it's alive, what it loses, and how to come back when it is cut.

#[cfg(test)]
mod tests;

use std::time::Duration;

use super::context::Context;
use super::effect::{Effect, LineCounts};
use super::meter::Meter;
use crate::ids::Time;
use crate::session::{Ended, Event, LinkFigures, Phase, Road, Trouble};
use crate::wire::{RelayAt, Ticket, limits};

/// Without a packet for this long the line is taken for cut: the screen says so, and a new link is tried beside the silent one.
const SILENT: Duration = Duration::from_secs(5);
/// Where nothing is lost, the relay has shown after this long and two round trips that it gets what is sent. QUIC acknowledges
/// after 400 ms at the latest.
const ANSWERED: Duration = Duration::from_millis(900);
/// Time between two acknowledgements, any of which may be lost.
const ACKNOWLEDGED: Duration = Duration::from_millis(400);
/// Without an answer for longer than all but this share of lines would take, the line is taken for dead, one way or both.
const UNLIKELY: f64 = 1e-3;
/// After this long on the slow road UDP is tried again; each time later, up to [`UPGRADE_MOST`].
const UPGRADE: Duration = Duration::from_secs(15);
const UPGRADE_MOST: Duration = Duration::from_secs(60);
/// Without a packet for this long the relay is told that nothing comes: what goes up may pass, and the others shall know. A member
/// who isn't reached is shown as away within 6 s then, with the second in which packets are counted.
const UNREACHED: Duration = Duration::from_millis(4500);
/// When nothing has answered the first call for this long, the person is told.
const NO_ANSWER: Duration = Duration::from_millis(3500);
/// Without a packet for this long a link that leads to no seat yet is given up.
const DEAD: Duration = Duration::from_secs(10);
/// Time between tries to make a new link.
const RETRY: Duration = Duration::from_secs(1);
/// A program that does nothing for this long was asleep: it has something to do more often.
const ASLEEP: Duration = Duration::from_secs(10);
/// After this long without a line the relay may have given my seat up.
const SEAT_KEPT: Duration = limits::AWAY_AFTER.saturating_add(limits::SEAT_HELD);
/// How long a member tries to come back before it gives up: as long as a relay holds a deserted room.
const GIVE_UP: Duration = limits::ROOM_HELD;

enum Link {
    /// Asked for.
    Dialling,
    /// Failed; to be asked for again at this time.
    Down(Time),
    /// There.
    Up,
}

/// A new link beside one that has fallen silent, or that is on the slow road. Whichever is heard from first is kept.
enum Rival {
    None,
    /// Asked for.
    Dialling,
    /// Asked for over UDP, while the line on the slow road does well.
    Upgrade,
    /// Failed; to be asked for again at this time.
    Again(Time),
}

/// The link to the relay, the seat that it leads to, and what is known of the line.
pub(super) struct Connection {
    link: Link,
    rival: Rival,
    /// What gives me my seat back on another link.
    ticket: Option<Ticket>,
    /// When a packet last came.
    heard: Time,
    meter: Meter,
    /// Since when there has been no line.
    lost: Option<Time>,
    /// When my seat may be given to others, while there is no line.
    lapses: Time,
    /// When I last did anything.
    awake: Time,
    /// Since when I was asleep, and when I woke: what comes then may have waited for me, and says nothing of the line.
    slept: Option<(Time, Time)>,
    /// When the person is to be told that nothing has answered the first call.
    no_answer: Time,
    /// Whether a new link has yet to bring the log up to date.
    resuming: bool,
    /// Whether a room was asked for, and hasn't come.
    wants_room: bool,
    /// When UDP is to be tried again; never while it's what carries the line. And how long to wait the next time.
    upgrade: (Time, Duration),
    /// Since when UDP has carried the line.
    udp: Time,
    /// How often in a row one relay has sent me on to another.
    redirects: u32,
    /// Whether it was told that I wait for a relay to take new rooms.
    told_to_wait: bool,
}

/// How long the relay may leave unanswered what is sent where this share of packets and their answers is lost.
fn patience(loss: f64, rtt: Duration) -> Duration {
    let answers = UNLIKELY.ln() / loss.clamp(0.005, 0.99).ln();
    (ANSWERED + ACKNOWLEDGED.mul_f64(answers) + rtt * 2).min(SILENT)
}

impl Connection {
    /// A link that is being asked for.
    pub(super) fn new(now: Time) -> Self {
        Self {
            link: Link::Dialling,
            rival: Rival::None,
            ticket: None,
            heard: now,
            meter: Meter::default(),
            lost: None,
            lapses: Time::NEVER,
            awake: now,
            slept: None,
            no_answer: now + NO_ANSWER,
            resuming: false,
            wants_room: false,
            upgrade: (Time::NEVER, UPGRADE),
            udp: now,
            redirects: 0,
            told_to_wait: false,
        }
    }

    /// A room is being asked for.
    pub(super) fn asks_for_room(&mut self) {
        self.wants_room = true;
    }

    /// A room has come; whether one was asked for. A second would put a stranger's in the place of mine.
    pub(super) fn takes_room(&mut self) -> bool {
        self.redirects = 0;
        std::mem::take(&mut self.wants_room)
    }

    /// What gives me my seat back; `None` without a seat.
    pub(super) fn ticket(&self) -> Option<&Ticket> {
        self.ticket.as_ref()
    }

    /// Whether it leads to my seat, as far as is known.
    pub(super) fn has_seat(&self) -> bool {
        self.ticket.is_some() && !self.resuming
    }

    pub(super) fn set_ticket(&mut self, ticket: Option<Ticket>) {
        self.ticket = ticket;
    }

    fn set_link(&mut self, link: Link, cx: &mut Context) {
        self.link = link;
        cx.line_up = matches!(self.link, Link::Up);
    }

    /// Asks for a new link, and lets the one before go.
    pub(super) fn redial(&mut self, cx: &mut Context) {
        self.set_link(Link::Dialling, cx);
        self.rival = Rival::None;
        self.heard = cx.now;
        self.count_anew();
        cx.effects.push(Effect::Dial);
    }

    /// The link that was asked for is there, to a relay with this key. Whether that is another one than before.
    pub(super) fn connected(&mut self, relay_key: [u8; 32], cx: &mut Context) -> bool {
        // Where the link before was up, or was replaced by this one, nothing was counted anew yet.
        if !matches!(self.link, Link::Dialling) {
            self.count_anew();
        }
        self.set_link(Link::Up, cx);
        self.rival = Rival::None;
        self.no_answer = Time::NEVER;
        self.heard = cx.now;
        std::mem::replace(&mut cx.relay_key, relay_key) != relay_key
    }

    /// The relay sends me on to another one. Where they send me round in circles, I come again later.
    pub(super) fn elsewhere(&mut self, relay: RelayAt, cx: &mut Context) {
        self.redirects += 1;
        cx.effects.push(Effect::Follow(relay));
        if self.redirects > limits::REDIRECTS {
            self.redirects = 0;
            return self.disconnected(cx);
        }
        self.redial(cx);
    }

    /// The relay can open no room at the moment. I ask again until it can, and say so once.
    pub(super) fn not_yet(&mut self, cx: &mut Context) {
        if !std::mem::replace(&mut self.told_to_wait, true) {
            cx.tell(Event::Trouble(Trouble::NoRoomYet));
        }
        self.disconnected(cx);
    }

    /// The link is gone.
    pub(super) fn disconnected(&mut self, cx: &mut Context) {
        let link = match self.rival {
            Rival::Dialling => {
                self.count_anew();
                Link::Dialling
            }
            Rival::Again(retry) => Link::Down(retry),
            // Voices go on by the second way, and all else waits.
            Rival::None | Rival::Upgrade if cx.second_up && matches!(self.link, Link::Up) => Link::Down(cx.now),
            Rival::None | Rival::Upgrade => Link::Down(cx.now + RETRY),
        };
        self.set_link(link, cx);
        self.rival = Rival::None;
        if !cx.second_up {
            self.lose(cx);
        }
    }

    /// The link that was asked for could not be made.
    pub(super) fn unreached(&mut self, cx: &mut Context) {
        match (&self.link, &self.rival) {
            (Link::Up, Rival::Dialling) => self.rival = Rival::Again(cx.now + RETRY),
            (Link::Up, Rival::Upgrade) => {
                self.rival = Rival::None;
                self.upgrade_later(cx.now);
            }
            (Link::Up, Rival::None | Rival::Again(_)) => {}
            (Link::Dialling | Link::Down(_), _) => self.disconnected(cx),
        }
    }

    /// Notices that the program stood still, as when the computer sleeps.
    fn wake(&mut self, now: Time) {
        let before = std::mem::replace(&mut self.awake, now);
        if now.since(before) >= ASLEEP {
            self.slept = Some((before, now));
        }
        self.slept.take_if(|(_, woke)| self.lost.is_none() && now.since(*woke) >= ASLEEP);
    }

    /// A packet came.
    pub(super) fn heard(&mut self, cx: &mut Context) {
        self.wake(cx.now);
        self.heard = cx.now;
        if self.lost.is_some() && !self.resuming {
            self.back(cx);
        }
    }

    /// The line is cut.
    fn lose(&mut self, cx: &mut Context) {
        if self.lost.is_some() {
            return;
        }
        self.lost = Some(cx.now);
        if cx.is_in() {
            let since = self.slept.map_or(self.heard, |(since, _)| since);
            cx.room.phase = Phase::Returning(since);
            self.lapses = since + SEAT_KEPT;
            cx.tell(Event::Line { back: false });
            // Whoever was asleep for long learns of the seat at once.
            if self.lapses > cx.now {
                cx.tell(Event::Trouble(Trouble::LineLost));
            }
        }
    }

    /// Whether just now so much time has passed without a line that my seat may no longer be kept. It is told then.
    pub(super) fn seat_lapses(&mut self, cx: &mut Context) -> bool {
        if self.lapses > cx.now {
            return false;
        }
        self.lapses = Time::NEVER;
        if !matches!(cx.room.phase, Phase::Returning(_)) {
            return false;
        }
        cx.room.seat_lapsed = true;
        cx.tell(Event::Trouble(Trouble::SeatLapsed));
        true
    }

    /// The line is there again, and the log goes on.
    pub(super) fn back(&mut self, cx: &mut Context) {
        self.lost = None;
        self.redirects = 0;
        (self.lapses, self.slept) = (Time::NEVER, None);
        cx.room.seat_lapsed = false;
        self.resuming = false;
        if let Rival::Dialling = std::mem::replace(&mut self.rival, Rival::None) {
            cx.effects.push(Effect::EndRace);
        }
        if matches!(cx.room.phase, Phase::Returning(_)) {
            cx.room.phase = Phase::In;
            cx.tell(Event::Line { back: true });
        }
    }

    /// What is counted from here on is another link's.
    fn count_anew(&mut self) {
        self.resuming = true;
        self.meter.begin_anew();
    }

    /// Whether nothing has come for so long that the relay should know.
    pub(super) fn is_unreached(&self, now: Time) -> bool {
        matches!(self.link, Link::Up) && self.ticket.is_some() && now.since(self.heard) >= UNREACHED
    }

    /// When that becomes so.
    pub(super) fn unreached_due(&self, now: Time) -> Time {
        let told = self.is_unreached(now) || self.ticket.is_none();
        if told || !matches!(self.link, Link::Up) { Time::NEVER } else { self.heard + UNREACHED }
    }

    /// When [`Self::watch`] is due.
    pub(super) fn due(&self) -> Time {
        let line = match self.link {
            Link::Dialling => self.no_answer,
            Link::Down(retry) => retry,
            Link::Up => match self.rival {
                Rival::Dialling | Rival::Upgrade if self.lost.is_none() => self.heard + SILENT,
                Rival::Dialling | Rival::Upgrade => Time::NEVER,
                Rival::Again(retry) => retry,
                Rival::None if self.ticket.is_some() || self.lost.is_none() => self.heard + SILENT,
                Rival::None => self.heard + DEAD,
            },
        };
        line.min(self.lapses).min(self.upgrade_due())
    }

    /// Tries again, or makes a new link beside one that has fallen silent.
    ///
    /// # Errors
    /// [`Ended::LineLost`] once there has been no line for too long.
    pub(super) fn watch(&mut self, cx: &mut Context) -> Result<(), Ended> {
        self.wake(cx.now);
        let given_up = self.lost.is_some_and(|since| cx.now.since(since) > GIVE_UP);
        match (&self.link, &self.rival) {
            (Link::Dialling, _) if self.no_answer <= cx.now => {
                self.no_answer = Time::NEVER;
                cx.tell(Event::Trouble(Trouble::NoAnswerYet));
            }
            (Link::Dialling, _) => {}
            (Link::Up, Rival::Dialling) if cx.now.since(self.heard) >= SILENT => self.lose(cx),
            (Link::Up, Rival::Upgrade) if cx.now.since(self.heard) >= SILENT => {
                self.lose(cx);
                self.race(cx);
            }
            (Link::Up, Rival::Dialling | Rival::Upgrade) => {}
            (Link::Down(retry), _) | (Link::Up, Rival::Again(retry)) if *retry > cx.now => {}
            (Link::Down(_), _) | (Link::Up, Rival::Again(_)) if given_up => return Err(Ended::LineLost),
            (Link::Down(_), _) => self.redial(cx),
            (Link::Up, Rival::Again(_)) => self.race(cx),
            (Link::Up, Rival::None) => {
                let silence = cx.now.since(self.heard);
                if silence >= SILENT {
                    self.lose(cx);
                }
                // A member without a seat would begin anew on the other link, so it would win nothing by a race.
                match self.ticket {
                    Some(_) if silence >= SILENT => self.race(cx),
                    None if silence >= DEAD => self.redial(cx),
                    Some(_) | None => {}
                }
                if self.upgrade_due() <= cx.now && matches!(self.rival, Rival::None) {
                    self.rival = Rival::Upgrade;
                    cx.effects.push(Effect::Upgrade);
                }
            }
        }
        Ok(())
    }

    /// The link is silent: a new one is made beside it.
    fn race(&mut self, cx: &mut Context) {
        self.rival = Rival::Dialling;
        cx.effects.push(Effect::Race);
    }

    /// When UDP is to be tried, while the slow road carries the line and leads to a seat.
    fn upgrade_due(&self) -> Time {
        let may = matches!((&self.link, &self.rival), (Link::Up, Rival::None)) && self.lost.is_none();
        if may && self.ticket.is_some() { self.upgrade.0 } else { Time::NEVER }
    }

    fn upgrade_later(&mut self, now: Time) {
        let (due, wait) = &mut self.upgrade;
        *due = now + *wait;
        *wait = (*wait * 2).min(UPGRADE_MOST);
    }

    /// Follows what carries the line, and whether the relay gets what is sent: where it doesn't, a new link is made beside this one
    /// before it's taken for cut. `loss` is the share lost on the way down.
    pub(super) fn follow(&mut self, counts: &LineCounts, loss: f64, cx: &mut Context) {
        self.follow_road(counts.road, cx);
        if self.ticket.is_none() || !matches!(self.link, Link::Up) {
            return;
        }
        let patience = patience(1.0 - (1.0 - self.meter.loss_up().min(1.0)) * (1.0 - loss.min(1.0)), counts.rtt);
        match &self.rival {
            Rival::None if counts.unanswered >= patience => self.race(cx),
            // It was only slow.
            Rival::Dialling if self.lost.is_none() && counts.unanswered < patience => {
                self.rival = Rival::None;
                cx.effects.push(Effect::EndRace);
            }
            Rival::None | Rival::Dialling | Rival::Upgrade | Rival::Again(_) => {}
        }
    }

    fn follow_road(&mut self, road: Road, cx: &mut Context) {
        let before = std::mem::replace(&mut cx.room.link.road, road);
        match road {
            Road::Udp if cx.now.since(self.udp) >= UPGRADE_MOST => self.upgrade = (Time::NEVER, UPGRADE),
            Road::Udp => self.upgrade.0 = Time::NEVER,
            Road::Tcp => {
                if self.upgrade.0 == Time::NEVER {
                    self.upgrade_later(cx.now);
                }
                self.udp = cx.now;
            }
        }
        if before != road {
            cx.tell(Event::Road(road));
        }
    }

    /// Whether packets came since the transport counted last.
    pub(super) fn counts_show_packets(&self, counts: &LineCounts) -> bool {
        self.meter.shows_packets(counts)
    }

    /// Takes the transport's counts, and makes figures of what has changed since the last.
    pub(super) fn figures(&mut self, counts: LineCounts, loss_down: f64, now: Time) -> LinkFigures {
        self.meter.figures(counts, loss_down, now)
    }

    /// Whether nothing comes over the link, as far as is known.
    pub(super) fn is_silent(&self) -> bool {
        !matches!((&self.link, &self.rival), (Link::Up, Rival::None | Rival::Upgrade))
    }
}
