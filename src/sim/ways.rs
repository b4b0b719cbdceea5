//! A member's second way to the relay, over a line of its own.

use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::conn::Conn;
use super::network::{Carried, Net, Quality, Way};
use super::second::Second;
use super::world::{RELAY_KEY, World, WorldEvent};
use crate::adapt;
use crate::member::{LineCounts, Member};
use crate::relay::core::{ConnId, Origin};
use crate::session::SecondWayState;
use crate::wire::{self, ToRelay};

/// So many packets are counted as sent each second.
const COUNTED: u64 = 100;

impl World {
    /// A member's machine has a second line like this from now on, and its program, which runs, uses both.
    pub fn add_second_way(&mut self, member: usize, quality: Quality) {
        let mut net = Net::new(ChaCha20Rng::seed_from_u64(member as u64 + 7000));
        net.quality = quality;
        self.machines[member].second = Some(Second { net, conn: None, heard: 0, dialling: None });
        self.with(member, |member, _| member.want_second_way("wlan1".to_owned()));
    }

    /// Nothing passes on a member's second line for this time.
    pub fn cut_second_way(&mut self, member: usize, span: Duration) {
        let until = self.now + span;
        self.machines[member].second.iter_mut().for_each(|second| second.net.dark_until = until);
    }

    /// How a member's second way stands, and whether nothing comes by the first.
    pub fn second_way(&self, member: usize) -> Option<(SecondWayState, bool)> {
        let member = self.machines.get(member)?.member.as_ref()?;
        member.room().second_way.as_ref().map(|second| (second.state, second.first_silent))
    }

    /// What was sent over a member's second line.
    pub fn carried_second(&self, member: usize, way: Way) -> Carried {
        let second = self.machines.get(member).and_then(|machine| machine.second.as_ref());
        second.map_or_else(Carried::default, |second| second.net.carried(way))
    }

    /// The line that a connection goes over.
    pub(super) fn line(&mut self, conn: ConnId) -> Option<&mut Net> {
        let link = self.conns.get(&conn)?;
        let machine = &mut self.machines[link.machine];
        match &mut machine.second {
            Some(second) if link.beside => Some(&mut second.net),
            _ => Some(&mut machine.net),
        }
    }

    /// A new connection, which is at the relay now.
    pub(super) fn open(&mut self, at: usize, conn: ConnId, beside: bool) {
        let link = Conn { beside, ..Conn::new(at, self.now) };
        self.conns.insert(conn, link);
        self.relay.handle_connected(conn, Origin(at as u64), self.now);
        self.drain_relay();
    }

    /// Which way this connection is of a machine's.
    pub(super) fn way_of(&self, conn: ConnId) -> Option<(usize, adapt::Way)> {
        if let Some(at) = self.owner(conn) {
            return Some((at, adapt::Way::First));
        }
        let link = self.conns.get(&conn).filter(|link| !link.dead)?;
        let second = self.machines[link.machine].second.as_ref()?;
        (second.conn == Some(conn)).then_some((link.machine, adapt::Way::Second))
    }

    /// Something came to the member over this connection.
    pub(super) fn came(&mut self, at: usize, conn: ConnId) {
        let machine = &mut self.machines[at];
        match machine.second.as_mut().filter(|second| second.conn == Some(conn)) {
            Some(second) => second.heard += 1,
            None => machine.counts.heard += 1,
        }
        self.conns.get_mut(&conn).into_iter().for_each(|link| (link.heard, link.asked) = (self.now, None));
    }

    /// For how long the relay has left unanswered what was sent over this connection.
    fn unanswered(&self, conn: Option<ConnId>) -> Duration {
        let asked = conn.and_then(|conn| self.conns.get(&conn)).and_then(|link| link.asked);
        asked.map_or(Duration::ZERO, |asked| self.now.since(asked))
    }

    /// Sends a datagram over a member's first connection, or over both.
    pub(super) fn datagram(&mut self, at: usize, bytes: &[u8], both: bool) {
        let second = self.machines[at].second.as_ref().and_then(|second| second.conn).filter(|_| both);
        for conn in self.machines[at].conn.into_iter().chain(second) {
            self.send_up(conn, bytes);
        }
    }

    pub(super) fn second_control(&mut self, at: usize, message: &ToRelay) {
        let second = self.machines[at].second.as_ref().and_then(|second| second.conn);
        if let (Some(conn), Ok(bytes)) = (second, wire::encode(message)) {
            let time = self.stream(conn, Way::Up, bytes.len());
            self.at(time, WorldEvent::ToRelay(conn, bytes));
        }
    }

    fn send_up(&mut self, conn: ConnId, bytes: &[u8]) {
        let now = self.now;
        let arrivals = self.line(conn).map(|net| net.datagram(Way::Up, bytes.len(), now)).unwrap_or_default();
        self.sent(conn);
        for time in arrivals {
            self.at(time, WorldEvent::UpDatagram(conn, bytes.to_vec()));
        }
    }

    /// It goes over the line that the first connection doesn't use.
    pub(super) fn dial_second(&mut self, at: usize) {
        let first = self.machines[at].conn.and_then(|conn| self.conns.get(&conn));
        let beside = first.is_none_or(|first| !first.beside);
        self.next_conn += 1;
        let (conn, now) = (ConnId(self.next_conn), self.now);
        let machine = &mut self.machines[at];
        let Some(second) = &mut machine.second else { return };
        second.dialling = Some((conn, beside));
        let net = if beside { &mut second.net } else { &mut machine.net };
        let (up, done) = net.dials(now, self.relay_up);
        self.at(done, WorldEvent::DialledSecond(at, conn, up));
    }

    pub(super) fn dialled_second(&mut self, at: usize, conn: ConnId, up: bool) {
        let Some(second) = &mut self.machines[at].second else { return };
        let Some((_, beside)) = second.dialling.take_if(|(dialled, _)| *dialled == conn) else { return };
        if !up || self.now < self.relay_up {
            return self.with(at, |member, now| member.handle_second_lost(false, now));
        }
        second.conn = Some(conn);
        self.open(at, conn, beside);
        self.with(at, |member, now| member.handle_second_connected(RELAY_KEY, now));
    }

    /// The first connection has come to lead over the line of the second, which is given up for the other line.
    pub(super) fn part_ways(&mut self, at: usize) {
        let beside = |conn: Option<ConnId>| conn.and_then(|conn| self.conns.get(&conn)).map(|link| link.beside);
        let second = self.machines[at].second.as_ref().and_then(|second| second.conn);
        if second.is_some() && beside(second) == beside(self.machines[at].conn) {
            self.drop_second(at);
            self.with(at, |member, now| member.handle_second_lost(true, now));
        }
    }

    pub(super) fn drop_second(&mut self, at: usize) {
        let Some(second) = &mut self.machines[at].second else { return };
        second.dialling = None;
        if let Some(conn) = second.conn.take()
            && self.conns.remove(&conn).is_some()
        {
            self.relay.handle_closed(conn, self.now);
            self.drain_relay();
        }
    }

    /// Control messages that came over the second connection.
    pub(super) fn take_second(&mut self, at: usize, conn: ConnId, bytes: &[u8]) {
        self.came(at, conn);
        let Some(link) = self.conns.get_mut(&conn) else { return };
        link.framing[Way::Down as usize].push(bytes);
        let mut messages = Vec::new();
        while let Ok(Some(message)) = link.framing[Way::Down as usize].next_message() {
            messages.push(message);
        }
        for message in messages {
            self.with(at, |member, now| member.handle_second_control(&message, now));
        }
    }

    /// The second connection's counts: whether anything has come over it, above all.
    pub(super) fn count_second(&mut self, at: usize) {
        let Some(second) = &self.machines[at].second else { return };
        let (rtt, heard, conn) = (second.net.quality.round(), second.heard, second.conn);
        let unanswered = self.unanswered(self.machines[at].conn);
        // Elsewhere nobody needs to know so soon that the first connection is dead. Of what is lost the transport knows.
        let machine = &mut self.machines[at];
        machine.counts.unanswered = unanswered;
        machine.counts.sent += COUNTED;
        machine.counts.lost += (machine.net.quality.loss * COUNTED as f64) as u64;
        if conn.is_some() {
            let counts = LineCounts { rtt, heard, unanswered: self.unanswered(conn), ..LineCounts::default() };
            self.with(at, |member, now| member.handle_second_counts(counts, now));
        }
    }

    /// The second connection was ended by the relay.
    pub(super) fn second_closed(&mut self, conn: ConnId) {
        if let Some((at, adapt::Way::Second)) = self.way_of(conn) {
            self.machines[at].second.iter_mut().for_each(|second| second.conn = None);
            self.with(at, |member: &mut Member, now| member.handle_second_lost(false, now));
        }
    }
}
