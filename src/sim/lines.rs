//! Connections in a simulated session: made, raced, probed, dropped.

use std::time::Duration;

use super::network::Way;
use super::world::{Conn, RELAY_KEY, World, WorldEvent};
use crate::ids::Time;
use crate::member::{LineCounts, Member};
use crate::relay::core::{ConnId, Origin};

/// The time after which a probe follows a packet that nothing acknowledges, on a line without delay (RFC 9002, section 6.2).
const PROBE: Duration = Duration::from_millis(500);
/// Packets in a probe, of which one may be lost.
const PROBES_AT_ONCE: u32 = 2;
/// Probes in a row; then the member has long begun to look for another connection.
const PROBES: u32 = 6;
/// How long a try to connect may take, as in the transport.
const CONNECT: Duration = Duration::from_secs(5);

impl World {
    pub(super) fn dial(&mut self, at: usize) {
        let now = self.now;
        self.next_conn += 1;
        let conn = ConnId(self.next_conn);
        let machine = &mut self.machines[at];
        machine.dialling = Some(conn);
        let done = machine.net.stream(Way::Up, now.max(self.relay_up), Time(0)) + machine.net.quality.delay;
        let done = done.max(machine.net.dead_until[Way::Down as usize]);
        let up = done.since(now) < CONNECT;
        self.at(if up { done } else { now + CONNECT }, WorldEvent::Dialled(at, conn, up));
    }

    pub(super) fn dialled(&mut self, at: usize, conn: ConnId, up: bool) {
        let machine = &mut self.machines[at];
        if machine.member.is_none() || machine.dialling != Some(conn) {
            return;
        }
        machine.dialling = None;
        if !up || self.now < self.relay_up {
            return self.with(at, Member::handle_unreached);
        }
        let link = Conn {
            machine: at,
            framing: Default::default(),
            newest: [Time(0); 2],
            sent: Time(0),
            heard: self.now,
            probing: false,
            dead: false,
        };
        self.conns.insert(conn, link);
        // If there was one before, the relay ends it.
        self.machines[at].conn = Some(conn);
        self.machines[at].counts = LineCounts::default();
        self.relay.handle_connected(conn, Origin(at as u64), self.now);
        self.drain_relay();
        self.with(at, |member, now| member.handle_connected(RELAY_KEY, now));
    }

    /// When a control message of `bytes`, sent now, arrives.
    pub(super) fn stream(&mut self, conn: ConnId, way: Way, bytes: usize) -> Time {
        let Some(link) = self.conns.get_mut(&conn) else { return Time::NEVER };
        let machine = &mut self.machines[link.machine];
        let sent = machine.streamed(way, bytes, self.now, self.narrow);
        let newest = &mut link.newest[way as usize];
        *newest = machine.net.stream(way, sent, *newest);
        *newest
    }

    pub(super) fn drop_link(&mut self, at: usize) {
        self.machines[at].dialling = None;
        if let Some(conn) = self.machines[at].conn.take() {
            // The relay hears of it only if the line lets it; otherwise the seat just falls silent.
            let arrivals = self.machines[at].net.packet(Way::Up, self.now);
            let dead = self.conns.remove(&conn).is_none_or(|link| link.dead);
            if !dead && !arrivals.is_empty() {
                self.relay.handle_closed(conn, self.now);
                self.drain_relay();
            }
        }
    }

    pub(super) fn acknowledge(&mut self, conn: ConnId) {
        let Some(link) = self.conns.get(&conn) else { return };
        let arrivals = self.machines[link.machine].net.packet(Way::Down, self.now);
        for time in arrivals {
            self.at(time, WorldEvent::Acknowledged(conn));
        }
    }

    /// Something was sent now. A probe follows unless it is acknowledged.
    pub(super) fn sent(&mut self, conn: ConnId) {
        let Some(link) = self.conns.get_mut(&conn) else { return };
        link.sent = self.now;
        if !std::mem::replace(&mut link.probing, true) {
            self.probe_after(conn, self.now, 0);
        }
    }

    fn probe_after(&mut self, conn: ConnId, sent: Time, nth: u32) {
        let Some(link) = self.conns.get(&conn) else { return };
        let wait = PROBE + self.machines[link.machine].net.quality.delay * 3;
        self.at(sent + wait * 2_u32.pow(nth), WorldEvent::Probe(conn, sent, nth));
    }

    /// Sends a probe, unless something else was sent since `sent`, or something has come.
    pub(super) fn probe(&mut self, conn: ConnId, sent: Time, nth: u32) {
        let now = self.now;
        let Some(link) = self.conns.get_mut(&conn) else { return };
        link.probing = link.heard < link.sent && nth < PROBES;
        if !link.probing {
            return;
        }
        if link.sent != sent {
            let newest = link.sent;
            return self.probe_after(conn, newest, 0);
        }
        let at = link.machine;
        for _ in 0..PROBES_AT_ONCE {
            for time in self.machines[at].net.packet(Way::Up, now) {
                self.at(time, WorldEvent::Probed(conn));
            }
        }
        self.probe_after(conn, sent, nth + 1);
    }
}
