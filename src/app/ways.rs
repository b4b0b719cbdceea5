//! What goes over the links, and what becomes of the second one.

use super::link::counts;
use super::second::News;
use super::session::App;
use crate::adapt::Way;
use crate::transport::{LinkEvent, dial_via};
use crate::wire::ToRelay;

impl App {
    /// Sends a datagram over both links, or the one that there is.
    pub(super) fn datagram_both(&mut self, bytes: Vec<u8>) {
        if let Some((link, _)) = &self.second.link {
            link.datagram(bytes.clone());
        }
        self.datagram(bytes);
    }

    pub(super) fn second_control(&mut self, message: &ToRelay) {
        if let Some((link, _)) = &self.second.link
            && link.control(message).is_err()
        {
            self.second.end();
            self.member.handle_second_lost(false, self.clock.now());
        }
    }

    pub(super) fn datagram(&mut self, bytes: Vec<u8>) {
        if let Some(former) = &self.former {
            former.datagram(&bytes);
        }
        if let Some((link, _)) = &self.link {
            link.datagram(bytes);
        }
    }

    /// It goes over the named interface, or over what the system chooses where the first link has come to go over the former.
    pub(super) fn dial_second(&mut self) {
        let Some((first, _)) = &self.link else {
            return self.member.handle_second_lost(false, self.clock.now());
        };
        let via = self.second.via.clone().filter(|_| first.via().is_none());
        if first.own_address().is_some() && first.own_address() == first.own_address_via(via.as_ref()) {
            return self.member.handle_second_lost(true, self.clock.now());
        }
        let (relay, reached) = (self.relay.clone(), self.resumption.clone());
        self.second.end();
        self.second.making = Some(tokio::spawn(async move { dial_via(&relay, reached, via).await }));
    }

    pub(super) fn second_news(&mut self, news: News) {
        let now = self.clock.now();
        match news {
            News::Made(made) => match *made {
                Ok(link) => {
                    let relay_key = link.0.fingerprint().0;
                    self.second.link = Some(link);
                    self.member.handle_second_connected(relay_key, now);
                    self.part_ways();
                }
                Err(_) => self.member.handle_second_lost(false, now),
            },
            News::Came(Some(LinkEvent::Control(message))) => self.member.handle_second_control(&message, now),
            News::Came(Some(LinkEvent::Datagram(bytes))) => self.member.handle_datagram_by(Way::Second, &bytes, now),
            News::Came(Some(LinkEvent::Closed(_)) | None) => {
                self.second.end();
                self.member.handle_second_lost(false, now);
            }
        }
    }

    /// Looks after the links, and counts every second time.
    pub(super) fn tend(&mut self) {
        self.tended = self.tended.wrapping_add(1);
        self.tend_second(self.tended.is_multiple_of(2));
        let Some((link, _)) = &mut self.link else { return };
        link.tend();
        let counts = counts(link, self.sound.playout_ms(), self.sound.dropped_ms());
        match self.tended.is_multiple_of(2) {
            true => self.member.handle_counts(counts, self.clock.now()),
            false => self.member.handle_line(&counts, self.clock.now()),
        }
    }

    /// Looks after the second link; `count` is whether the member is told what it has carried.
    fn tend_second(&mut self, count: bool) {
        self.part_ways();
        let Some((link, _)) = &mut self.second.link else { return };
        link.tend();
        if count {
            self.member.handle_second_counts(counts(link, 0, 0), self.clock.now());
        }
    }

    /// Where both links have come to go over one interface, the second is let go: it would only cost.
    fn part_ways(&mut self) {
        let first = self.link.as_ref().and_then(|(link, _)| link.own_address());
        if first.is_some() && first == self.second.address() {
            self.second.end();
            self.member.handle_second_lost(true, self.clock.now());
        }
    }
}
