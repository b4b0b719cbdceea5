//! Connections in a simulated session: made, raced, probed, dropped.

use std::time::Duration;

use super::network::Way;
use super::world::{RELAY_KEY, World, WorldEvent};
use crate::ids::Time;
use crate::member::{LineCounts, Member};
use crate::relay::core::ConnId;

/// The time after which a probe follows a packet that nothing acknowledges, on a line without delay (RFC 9002, section 6.2).
const PROBE: Duration = Duration::from_millis(500);
/// Packets in a probe, of which one may be lost.
const PROBES_AT_ONCE: u32 = 2;
/// Probes in a row; then the member has long begun to look for another connection.
const PROBES: u32 = 6;

impl World {
    pub(super) fn dial(&mut self, at: usize) {
        let now = self.now;
        self.next_conn += 1;
        let conn = ConnId(self.next_conn);
        let machine = &mut self.machines[at];
        let mut soonest = (machine.net.dials(now, self.relay_up), false);
        if let Some(second) = &mut machine.second {
            // Both lines are tried, and the first that leads there is kept.
            let ((up, done), (up_beside, done_beside)) = (soonest.0, second.net.dials(now, self.relay_up));
            if up_beside && !(up && done <= done_beside) {
                soonest = ((up_beside, done_beside), true);
            }
        }
        let ((up, done), beside) = soonest;
        (machine.dialling, machine.dials_beside) = (Some(conn), beside);
        self.at(done, WorldEvent::Dialled(at, conn, up));
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
        // If there was one before, the relay ends it.
        self.machines[at].conn = Some(conn);
        self.machines[at].counts = LineCounts::default();
        let beside = self.machines[at].dials_beside;
        self.open(at, conn, beside);
        self.with(at, |member, now| member.handle_connected(RELAY_KEY, now));
        self.part_ways(at);
    }

    /// When a control message of `bytes`, sent now, arrives.
    pub(super) fn stream(&mut self, conn: ConnId, way: Way, bytes: usize) -> Time {
        let Some(link) = self.conns.get_mut(&conn) else { return Time::NEVER };
        let machine = &mut self.machines[link.machine];
        let sent = machine.streamed(way, bytes, self.now, self.narrow);
        let newest = link.newest[way as usize];
        let newest = self.line(conn).map_or(newest, |net| net.stream(way, sent, newest));
        self.conns.get_mut(&conn).into_iter().for_each(|link| link.newest[way as usize] = newest);
        newest
    }

    pub(super) fn drop_link(&mut self, at: usize) {
        self.machines[at].dialling = None;
        if let Some(conn) = self.machines[at].conn.take() {
            // The relay hears of it only if the line lets it; otherwise the seat just falls silent.
            let now = self.now;
            let arrivals = self.line(conn).map(|net| net.packet(Way::Up, now)).unwrap_or_default();
            let dead = self.conns.remove(&conn).is_none_or(|link| link.dead);
            if !dead && !arrivals.is_empty() {
                self.relay.handle_closed(conn, self.now);
                self.drain_relay();
            }
        }
    }

    pub(super) fn acknowledge(&mut self, conn: ConnId) {
        let now = self.now;
        let Some(net) = self.line(conn) else { return };
        for time in net.packet(Way::Down, now) {
            self.at(time, WorldEvent::Acknowledged(conn));
        }
    }

    /// Something was sent now. A probe follows unless it is acknowledged.
    pub(super) fn sent(&mut self, conn: ConnId) {
        let Some(link) = self.conns.get_mut(&conn) else { return };
        link.sent = self.now;
        link.asked.get_or_insert(self.now);
        if !std::mem::replace(&mut link.probing, true) {
            self.probe_after(conn, self.now, 0);
        }
    }

    fn probe_after(&mut self, conn: ConnId, sent: Time, nth: u32) {
        let Some(net) = self.line(conn) else { return };
        let wait = PROBE + net.quality.delay * 3;
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
        for _ in 0..PROBES_AT_ONCE {
            for time in self.line(conn).map(|net| net.packet(Way::Up, now)).unwrap_or_default() {
                self.at(time, WorldEvent::Probed(conn));
            }
        }
        self.probe_after(conn, sent, nth + 1);
    }
}
