//! A second way to the relay, beside the connection that has the seat: over another interface, for datagrams alone.
//!
//! Everything that is sent as a datagram goes over both, numbered, and what comes first counts. The log and all else that needs an
//! order stays on the first; when that dies, another takes its place ([`super::connection`]), and voices meanwhile come and go by
//! the second.

use std::time::Duration;

use super::context::Context;
use super::effect::{Effect, LineCounts};
use super::meter::Meter;
use crate::adapt::{TwoWays, Way};
use crate::ids::Time;
use crate::session::{Event, LinkFigures, SecondWay as Shown, SecondWayState};
use crate::wire::{self, Hello, Numbered, Purpose, Ticket, ToMember, ToRelay};

/// Without a packet for this long it is called silent, and given up after the second.
const SILENT: Duration = Duration::from_secs(5);
const DEAD: Duration = Duration::from_secs(12);
/// Time between tries to make it.
const RETRY: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    /// To be made from this time on.
    Down(Time),
    Dialling,
    /// There; the relay has been asked to take it for mine.
    Asking,
    /// The relay has.
    Up,
}

/// My second way, if I want one.
pub(super) struct SecondWay {
    wanted: bool,
    link: Link,
    numbers: TwoWays,
    /// When a packet last came over it.
    heard: Time,
    meter: Meter,
    /// Whether it was told how it stands.
    told: bool,
}

impl SecondWay {
    pub(super) fn new(now: Time) -> Self {
        let (link, numbers, meter) = (Link::Down(now), TwoWays::default(), Meter::default());
        Self { wanted: false, link, numbers, heard: now, meter, told: false }
    }

    /// I want one, over this interface.
    pub(super) fn want(&mut self, via: String, cx: &mut Context) {
        self.wanted = true;
        cx.room.second_way = Some(Shown { via, ..Shown::default() });
    }

    /// When [`Self::watch`] is due; `has_seat` is whether there is anything that it could be a second way to.
    pub(super) fn due(&self, has_seat: bool) -> Time {
        match self.link {
            Link::Down(due) if self.wanted && has_seat => due,
            Link::Down(_) | Link::Dialling | Link::Asking | Link::Up => Time::NEVER,
        }
    }

    /// Looks for it, if it's time.
    pub(super) fn watch(&mut self, has_seat: bool, cx: &mut Context) {
        if self.due(has_seat) <= cx.now {
            self.link = Link::Dialling;
            cx.effects.push(Effect::DialSecond);
        }
    }

    /// The link that was asked for is there, to a relay with this key.
    pub(super) fn connected(&mut self, relay_key: [u8; 32], ticket: Option<&Ticket>, cx: &mut Context) {
        // Another relay has no seat of mine, and learns nothing of one.
        let Some(ticket) = ticket.filter(|_| relay_key == cx.relay_key) else { return self.give_up(cx) };
        self.link = Link::Asking;
        self.heard = cx.now;
        self.numbers.hear_anew();
        self.meter.begin_anew();
        let purpose = Purpose::SecondWay(ticket.clone());
        cx.effects.push(Effect::SecondControl(ToRelay::Hello(Hello { version: wire::VERSION, purpose })));
    }

    /// The relay says something over it.
    pub(super) fn told(&mut self, message: &ToMember, cx: &mut Context) {
        // Otherwise it has been refused, or says what nobody says here.
        if *message != ToMember::SecondWay || self.link != Link::Asking {
            return self.give_up(cx);
        }
        (self.link, self.heard) = (Link::Up, cx.now);
        self.show(SecondWayState::Carries, cx);
    }

    /// It is gone, or could not be made; `same` is whether it would lead over the interface of the first.
    pub(super) fn lost(&mut self, same: bool, cx: &mut Context) {
        self.link = Link::Down(cx.now + RETRY);
        self.show(if same { SecondWayState::Same } else { SecondWayState::Looking }, cx);
    }

    /// My seat is at another relay than before. A second way leads nowhere from the one that it led to, and is made anew there as soon
    /// as the first has my seat.
    pub(super) fn moved(&mut self, cx: &mut Context) {
        self.give_up(cx);
        if let Link::Down(due) = &mut self.link {
            *due = cx.now;
        }
    }

    /// It is let go, and looked for again later.
    pub(super) fn give_up(&mut self, cx: &mut Context) {
        if self.wanted && !matches!(self.link, Link::Down(_)) {
            cx.effects.push(Effect::DropSecond);
            self.lost(false, cx);
        }
    }

    /// A datagram that is to be sent, as it's sent.
    pub(super) fn send(&mut self, bytes: Vec<u8>) -> Effect {
        let copied = match self.link {
            Link::Up => Numbered::encode(self.numbers.number(), &bytes),
            Link::Down(_) | Link::Dialling | Link::Asking => None,
        };
        copied.map_or(Effect::Datagram(bytes), Effect::DatagramBoth)
    }

    /// What a datagram is that came by one of the ways; `None` for what has come by the other, or is nothing.
    pub(super) fn receive<'a>(&mut self, way: Way, bytes: &'a [u8], now: Time) -> Option<&'a [u8]> {
        if way == Way::Second {
            self.heard = now;
        }
        let Numbered { number, datagram } = Numbered::decode(bytes).ok()?;
        number.is_none_or(|number| self.numbers.is_first(number)).then_some(datagram)
    }

    /// Once a second: what the transport has counted on it.
    pub(super) fn counted(&mut self, counts: LineCounts, cx: &mut Context) {
        if self.meter.shows_packets(&counts) {
            self.heard = cx.now;
        }
        let LinkFigures { loss_up, rtt_ms, data_bytes, .. } = self.meter.figures(counts, 0.0, cx.now);
        cx.room.second_way.iter_mut().for_each(|shown| {
            (shown.loss_up, shown.rtt_ms, shown.data_bytes) = (loss_up, rtt_ms, data_bytes);
        });
        if self.link != Link::Up {
            return;
        }
        match cx.now.since(self.heard).max(counts.unanswered) {
            silence if silence >= DEAD => self.give_up(cx),
            silence if silence >= SILENT => self.show(SecondWayState::Silent, cx),
            _ => self.show(SecondWayState::Carries, cx),
        }
    }

    /// Whether nothing comes over the first way.
    pub(super) fn note_first(&self, silent: bool, cx: &mut Context) {
        let Some(shown) = &mut cx.room.second_way else { return };
        let carries = shown.state == SecondWayState::Carries;
        if std::mem::replace(&mut shown.first_silent, silent) != silent && carries {
            cx.tell(Event::SecondWay);
        }
    }

    fn show(&mut self, state: SecondWayState, cx: &mut Context) {
        cx.second_up = self.link == Link::Up && state == SecondWayState::Carries;
        let Some(shown) = &mut cx.room.second_way else { return };
        let (before, told) = (std::mem::replace(&mut shown.state, state), std::mem::replace(&mut self.told, true));
        if before != state || !told {
            cx.tell(Event::SecondWay);
        }
    }
}
