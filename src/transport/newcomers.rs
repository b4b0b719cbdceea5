//! Addresses from which connections begin at a relay.
//!
//! A member that has lost the relay's first answer asks for it again ([`super::ping`]), and gets the same datagram. Until its
//! address is known to be its own, it is sent at most three times as much as it has sent (RFC 9000, section 8.1), copies and
//! QUIC's own packets counted together: whoever writes another's address on a packet must not make a relay flood that one.
//!
//! A packet of the connection may overtake the one that ends the handshake. QUIC could not read it yet, so it waits here.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::time::Duration;

use tokio::time::Instant;

use super::packet::{self, Kind};
use super::ping;

/// Most addresses that are kept; beyond it the oldest is forgotten.
const MOST: usize = 1024;
/// How long one is kept.
const KEPT: Duration = Duration::from_secs(10);
/// How much more than it has sent an address may be sent.
const TIMES: usize = 3;
/// From one copy of the answer to the next.
const COPY_EVERY: Duration = Duration::from_millis(50);
/// Packets of one address that may wait for the end of its handshake.
const EARLY: usize = 3;
/// Bytes at the end of a packet by which it is known again.
const SEAL: usize = 16;
/// Bytes of a first packet: what is shorter is none (RFC 9000, section 14.1).
const INITIAL: usize = 1200;

/// What is known of one address.
struct Newcomer {
    since: Instant,
    /// The seal of its first packet.
    seal: [u8; SEAL],
    received: usize,
    sent: usize,
    /// The relay's answer, and when it left.
    answer: Option<(Vec<u8>, Instant)>,
    /// Whether a packet from the end of the handshake has come.
    ends: bool,
    round_trip: Option<Duration>,
    early: Vec<Vec<u8>>,
    /// The number and the token of the newest ping that came before there was an answer.
    asks: Option<(u8, [u8; 2])>,
    /// Whether the address is its own.
    confirmed: bool,
}

/// What to do with a datagram that came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Passes {
    /// QUIC takes it.
    Now,
    /// It is kept, and comes out of [`Newcomers::take_early`].
    Later,
    /// It is a copy of the first, which may have been refused or asked to prove its address: QUIC would begin anew with it.
    Never,
}

/// All addresses from which connections begin.
#[derive(Default)]
pub(super) struct Newcomers {
    all: HashMap<SocketAddr, Newcomer>,
    order: VecDeque<(Instant, SocketAddr)>,
}

impl Newcomers {
    /// Whether there are none.
    pub(super) fn are_none(&self) -> bool {
        self.all.is_empty()
    }

    /// A datagram came, which is no ping.
    pub(super) fn received(&mut self, from: SocketAddr, datagram: &[u8], now: Instant) -> Passes {
        self.forget(now);
        let kind = packet::kind(datagram);
        let seal = datagram.last_chunk().copied().unwrap_or_default();
        if kind == Some(Kind::Initial)
            && let Some(newcomer) = self.all.get_mut(&from)
            && newcomer.seal == seal
        {
            newcomer.received += datagram.len();
            return Passes::Never;
        }
        if kind == Some(Kind::Initial) && datagram.len() >= INITIAL && !self.all.contains_key(&from) {
            if self.order.len() >= MOST
                && let Some((_, oldest)) = self.order.pop_front()
            {
                self.all.remove(&oldest);
            }
            self.order.push_back((now, from));
            let (received, sent, ends, confirmed) = (0, 0, false, false);
            let (answer, round_trip, early, asks) = (None, None, Vec::new(), None);
            let newcomer =
                Newcomer { since: now, seal, received, sent, answer, ends, round_trip, early, asks, confirmed };
            self.all.insert(from, newcomer);
        }
        let Some(newcomer) = self.all.get_mut(&from) else { return Passes::Now };
        newcomer.received += datagram.len();
        if !newcomer.ends && packet::has(datagram, Kind::Handshake) {
            newcomer.ends = true;
            newcomer.round_trip = newcomer.answer.as_ref().map(|(_, left)| now.duration_since(*left));
        }
        if kind == Some(Kind::Short) && !newcomer.ends && !newcomer.confirmed {
            if newcomer.early.len() < EARLY {
                newcomer.early.push(datagram.to_vec());
            }
            return Passes::Later;
        }
        Passes::Now
    }

    /// The packets from this address that can be read now, because the end of the handshake has come.
    pub(super) fn take_early(&mut self, from: SocketAddr) -> Vec<Vec<u8>> {
        let newcomer = self.all.get_mut(&from).filter(|newcomer| newcomer.ends);
        newcomer.map(|newcomer| std::mem::take(&mut newcomer.early)).unwrap_or_default()
    }

    /// QUIC sends this: whether it may leave.
    pub(super) fn sends(&mut self, to: SocketAddr, contents: &[u8], segment: usize, now: Instant) -> bool {
        let Some(newcomer) = self.all.get_mut(&to) else { return true };
        if !newcomer.may_be_sent(contents.len()) {
            return false;
        }
        newcomer.sent += contents.len();
        let first = &contents[..segment.min(contents.len())];
        if packet::kind(first) == Some(Kind::Initial) && packet::has(first, Kind::Handshake) {
            newcomer.answer = Some((first.to_vec(), now));
        }
        true
    }

    /// A ping came, with this number and token. What is sent for it: whether the address has begun a connection, and before that
    /// the relay's first answer again. Nothing as long as there is no such answer: it must not come before it.
    pub(super) fn asked(
        &mut self,
        from: SocketAddr,
        ping: (u8, [u8; 2]),
        again: bool,
        now: Instant,
    ) -> Option<(bool, Option<Vec<u8>>)> {
        let Some(newcomer) = self.all.get_mut(&from) else { return Some((false, None)) };
        newcomer.received += ping::LENGTH;
        if newcomer.answer.is_none() && !newcomer.confirmed {
            newcomer.asks = Some(ping);
            return None;
        }
        newcomer.sent += ping::LENGTH;
        let copy = newcomer.answer.as_ref().filter(|(bytes, left)| {
            again && !newcomer.ends && now.duration_since(*left) >= COPY_EVERY && newcomer.may_be_sent(bytes.len())
        });
        let copy = copy.map(|(bytes, _)| bytes.clone());
        if let Some(bytes) = &copy {
            newcomer.sent += bytes.len();
            newcomer.answer = Some((bytes.clone(), now));
        }
        Some((true, copy))
    }

    /// The ping that waited for an answer that has left.
    pub(super) fn take_asks(&mut self, from: SocketAddr) -> Option<(u8, [u8; 2])> {
        let newcomer = self.all.get_mut(&from).filter(|newcomer| newcomer.answer.is_some())?;
        let ping = newcomer.asks.take()?;
        newcomer.sent += ping::LENGTH;
        Some(ping)
    }

    /// The handshake with this address is over: it is its own. The time from the relay's answer to what came of it.
    pub(super) fn confirm(&mut self, at: SocketAddr) -> Option<Duration> {
        let newcomer = self.all.get_mut(&at)?;
        (newcomer.confirmed, newcomer.answer) = (true, None);
        newcomer.round_trip
    }

    fn forget(&mut self, now: Instant) {
        while let Some((since, at)) = self.order.front().copied().filter(|(since, _)| now.duration_since(*since) > KEPT)
        {
            self.order.pop_front();
            if self.all.get(&at).is_some_and(|newcomer| newcomer.since == since) {
                self.all.remove(&at);
            }
        }
    }
}

impl Newcomer {
    fn may_be_sent(&self, bytes: usize) -> bool {
        self.confirmed || self.sent + bytes <= TIMES * self.received
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn initial() -> Vec<u8> {
        let mut packet = vec![0xc3, 0, 0, 0, 1, 0, 0, 0, 0x44, 0xa8];
        packet.resize(1202, 5);
        packet
    }

    /// A relay's answer: an Initial and a Handshake packet in 1,200 bytes.
    fn answer() -> Vec<u8> {
        let mut packet = vec![0xc3, 0, 0, 0, 1, 0, 0, 0, 20];
        packet.resize(29, 5);
        packet.extend([0xe3, 0, 0, 0, 1, 0, 0, 0x44, 0x88]);
        packet.resize(1200, 6);
        packet
    }

    fn at(port: u16) -> SocketAddr {
        ([192, 0, 2, 1], port).into()
    }

    const PING: (u8, [u8; 2]) = (3, [7, 9]);
    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn an_address_gets_three_times_what_it_sent_and_no_more() {
        let (mut all, now) = (Newcomers::default(), Instant::now());
        assert_eq!(all.received(at(1), &initial(), now), Passes::Now);
        let (mut sent, mut pings) = (0, 0);
        for second in 0..9 {
            let now = now + 1000 * MS * second;
            sent += if all.sends(at(1), &answer(), 1200, now) { 1200 } else { 0 };
            for n in 0..9 {
                pings += 12;
                let (begun, copy) = all.asked(at(1), PING, true, now + 100 * MS * n).expect("it is answered");
                assert!(begun);
                sent += 12 + copy.map_or(0, |copy| copy.len());
            }
        }
        assert_eq!(all.received(at(1), &initial(), now), Passes::Never);
        assert!(sent <= 3 * (1202 + pings), "{sent} for {}", 1202 + pings);
        assert!(sent >= 3 * 1200, "but up to that it gets what it asks for: {sent}");
    }

    #[test]
    fn who_is_confirmed_is_sent_everything() {
        let (mut all, now) = (Newcomers::default(), Instant::now());
        all.received(at(1), &initial(), now);
        all.confirm(at(1));
        assert!((0..99).all(|_| all.sends(at(1), &[0x41; 1200], 1200, now)));
        assert_eq!(all.asked(at(1), PING, true, now), Some((true, None)), "nothing of the handshake is left");
        assert_eq!(all.received(at(1), &[0x41; 30], now), Passes::Now);
    }

    #[test]
    fn an_answer_comes_again_when_it_is_asked_for() {
        let (mut all, now) = (Newcomers::default(), Instant::now());
        assert_eq!(all.asked(at(1), PING, true, now), Some((false, None)), "nobody has begun anything");
        all.received(at(1), &initial(), now);
        assert_eq!(all.asked(at(1), PING, true, now), None, "there is no answer yet");
        assert_eq!(all.take_asks(at(1)), None);
        all.sends(at(1), &answer(), 1200, now);
        assert_eq!((all.take_asks(at(1)), all.take_asks(at(1))), (Some(PING), None));
        assert_eq!(all.asked(at(1), PING, true, now + 20 * MS), Some((true, None)), "it has just left");
        assert_eq!(all.asked(at(1), PING, false, now + 80 * MS), Some((true, None)), "it isn't asked for");
        assert_eq!(all.asked(at(1), PING, true, now + 80 * MS), Some((true, Some(answer()))));
        assert_eq!(all.asked(at(2), PING, true, now + 80 * MS), Some((false, None)), "it is another's");
    }

    #[test]
    fn what_overtakes_the_end_of_the_handshake_waits_for_it() {
        let (mut all, now) = (Newcomers::default(), Instant::now());
        all.received(at(1), &initial(), now);
        for n in 0..9 {
            assert_eq!(all.received(at(1), &[0x41, n], now), Passes::Later);
        }
        assert!(all.take_early(at(1)).is_empty());
        let end = [0xe3, 0, 0, 0, 1, 0, 0, 3, 1, 2, 3];
        assert_eq!(all.received(at(1), &end, now), Passes::Now);
        assert_eq!(all.take_early(at(1)), [0, 1, 2].map(|n| vec![0x41, n]), "and no more of them");
        assert!(all.take_early(at(1)).is_empty());
        assert_eq!(all.received(at(1), &[0x41, 9], now), Passes::Now);
        assert_eq!(all.received(at(2), &[0x41, 9], now), Passes::Now, "a connection that moves along");
    }

    #[test]
    fn a_flood_of_first_packets_is_bounded_and_forgotten() {
        let (mut all, now) = (Newcomers::default(), Instant::now());
        for port in 0..=u16::MAX {
            all.received(at(port), &initial(), now);
        }
        assert_eq!((all.all.len(), all.order.len()), (MOST, MOST));
        assert_eq!(all.asked(at(u16::MAX), PING, false, now), None, "it is kept");
        assert_eq!(all.asked(at(0), PING, false, now), Some((false, None)));
        all.received(at(1), &[0x41], now + KEPT + MS);
        assert!(all.are_none() && all.order.is_empty());
        // What is too short, or of another version, begins nothing.
        all.received(at(1), &initial()[..1199], now + KEPT + MS);
        all.received(at(1), &[0xc0; 1300], now + KEPT + MS);
        assert!(all.are_none());
    }
}
