//! The links to the relay: what becomes of the one that has my seat, and of a second way beside it.

use super::config::Start;
use super::core::Member;
#[cfg(doc)]
use super::effect::Effect;
use super::effect::LineCounts;
use super::room_copy::Untagged;
use crate::ids::Time;
use crate::session::Event;
use crate::wire::{self, Hello, Purpose, ToMember, ToRelay};

impl Member {
    /// The link that [`Effect::Dial`], [`Effect::Race`] or [`Effect::Upgrade`] asked for is up, to a relay with this key. One before it is over.
    pub fn handle_connected(&mut self, relay_key: [u8; 32], now: Time) {
        self.handle_greeted(relay_key, now);
        let greeting = self.greeting().map_or_else(
            || {
                let purpose = match &self.config.start {
                    Start::Host { .. } => {
                        self.connection.asks_for_room();
                        Ok(Purpose::Host)
                    }
                    Start::Join(code) => self.knocking.begin(code, &mut self.cx),
                };
                purpose.map(|purpose| ToRelay::Hello(Hello { version: wire::VERSION, purpose }))
            },
            Ok,
        );
        match greeting {
            Ok(greeting) => self.cx.send(greeting),
            Err(ended) => self.end(ended),
        }
    }

    /// What I would say first on another link, if it may be said before it's known that the link is there: I come back to my
    /// seat. To say it twice does no more than to say it once.
    pub fn greeting(&self) -> Option<ToRelay> {
        let purpose = Purpose::Resume(self.connection.ticket()?.clone(), self.copy.as_ref()?.head());
        Some(ToRelay::Hello(Hello { version: wire::VERSION, purpose }))
    }

    /// As [`Self::handle_connected`], where [`Self::greeting`] has been said already.
    pub fn handle_greeted(&mut self, relay_key: [u8; 32], now: Time) {
        self.cx.now = now;
        if self.connection.connected(relay_key, &mut self.cx) {
            self.second.moved(&mut self.cx);
        }
        self.untagged = Untagged::default();
        self.door.relinked();
        self.backfill.restart(&self.cx);
    }

    /// The link is gone.
    pub fn handle_disconnected(&mut self, now: Time) {
        self.cx.now = now;
        if !self.cx.is_over() {
            self.connection.disconnected(&mut self.cx);
        }
    }

    /// The link that [`Effect::Dial`], [`Effect::Race`] or [`Effect::Upgrade`] asked for could not be made.
    pub fn handle_unreached(&mut self, now: Time) {
        self.cx.now = now;
        if !self.cx.is_over() {
            self.connection.unreached(&mut self.cx);
        }
    }

    /// Between two times that [`Self::handle_counts`] is told: how the line does by now.
    pub fn handle_line(&mut self, counts: &LineCounts, now: Time) {
        self.cx.now = now;
        if self.cx.line_up && !self.cx.is_over() {
            self.connection.follow(counts, self.voice.down.loss(), &mut self.cx);
        }
    }

    /// Once a second: what the transport has counted.
    pub fn handle_counts(&mut self, counts: LineCounts, now: Time) {
        self.cx.now = now;
        if !self.cx.line_up || self.cx.is_over() {
            return;
        }
        if self.connection.counts_show_packets(&counts) {
            self.heard();
        }
        self.voice.set_rtt(counts.rtt);
        self.connection.follow(&counts, self.voice.down.loss(), &mut self.cx);
        self.second.note_first(self.connection.is_silent(), &mut self.cx);
        self.cx.room.link = self.connection.figures(counts, self.voice.down.loss(), now);
        self.cx.tell(Event::Link(self.cx.room.link));
    }

    // A second way.

    /// From now on a second way is wanted, over the interface that this computer calls so.
    pub fn want_second_way(&mut self, via: String) {
        self.second.want(via, &mut self.cx);
    }

    /// The link that [`Effect::DialSecond`] asked for is up, to a relay with this key.
    pub fn handle_second_connected(&mut self, relay_key: [u8; 32], now: Time) {
        self.cx.now = now;
        if !self.cx.is_over() {
            self.second.connected(relay_key, self.connection.ticket(), &mut self.cx);
        }
    }

    /// It is gone, or could not be made; `same` is whether it would lead over the interface of the first.
    pub fn handle_second_lost(&mut self, same: bool, now: Time) {
        self.cx.now = now;
        if !self.cx.is_over() {
            self.second.lost(same, &mut self.cx);
        }
    }

    /// A control message came over it.
    pub fn handle_second_control(&mut self, message: &ToMember, now: Time) {
        self.cx.now = now;
        if !self.cx.is_over() {
            self.second.told(message, &mut self.cx);
        }
    }

    /// Once a second: what the transport has counted on it.
    pub fn handle_second_counts(&mut self, counts: LineCounts, now: Time) {
        self.cx.now = now;
        if !self.cx.is_over() {
            self.second.counted(counts, &mut self.cx);
        }
    }
}
