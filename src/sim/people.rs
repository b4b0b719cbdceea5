//! What people do in a simulated session, and what happens to their lines.

use std::time::Duration;

use rand_core::RngCore;

use super::machine::Machine;
use super::network::Way;
use super::script::Step;
use super::world::{World, WorldEvent};
use crate::crypto::code::Code;
use crate::ids::{SeatId, Time};
use crate::member::{Config, Member, Spoken, Start};
use crate::relay::core::{ConnId, Relay};
use crate::session::{Charter, Intent, Phase, Whom};
use crate::wire::limits;

/// Up to when members who send little learn from a relay that was started again that it was.
const LEARNS_IN_MS: u64 = 4000;

impl World {
    pub(super) fn step(&mut self, step: Step) {
        match step {
            Step::Start(at) => self.start(at),
            Step::Chat(at) => {
                let Some(machine) = self.machines.get_mut(at).filter(|machine| is_in(machine)) else { return };
                machine.next_line += 1;
                let line = format!("line {at}.{}", machine.next_line);
                machine.open_lines.push(line.clone());
                self.with(at, |member, now| member.handle_intent(Intent::Chat(line), now));
            }
            Step::Hand(at, up) => self.intend(at, Intent::Hand { up }),
            Step::Talk(at, span) => {
                self.intend(at, Intent::Mic { open: true });
                if let Some(machine) = self.machines.get_mut(at).filter(|machine| !machine.talking) {
                    machine.talking = true;
                    machine.talks = self.now;
                    self.at(self.now, WorldEvent::Voice(at, self.now + span, 0));
                }
            }
            Step::Record(at) => self.machines[at].recording = Some(Vec::new()),
            Step::Mute(at, whom, muted) => {
                if let Some(seat) = self.machines.get(whom).and_then(|m| m.member.as_ref()).and_then(|m| m.room().me) {
                    self.intend(at, Intent::Mute { whom: Whom::One(seat), muted });
                }
            }
            Step::MuteAll(at, muted) => self.intend(at, Intent::Mute { whom: Whom::All, muted }),
            Step::Turn(at, turn) => self.intend(at, Intent::Turn(turn)),
            Step::Stick(at, to) => {
                let seat = to.map(|to| self.seat(to));
                if seat != Some(None) {
                    self.intend(at, Intent::Stick(seat.flatten()));
                }
            }
            Step::Lock(at, locked) => self.intend(at, Intent::Lock { locked }),
            Step::AllowTry(at) => self.intend(at, Intent::AllowTry),
            Step::Admit(at) => self.intend(at, Intent::Admit(Whom::All)),
            Step::Role(at, whom, role) => {
                if let Some(seat) = self.seat_of(whom) {
                    self.intend(at, Intent::Role(seat, role));
                }
            }
            Step::TakeBack(at) => self.intend(at, Intent::TakeBack),
            Step::Remove(at, whom) => {
                if let Some(seat) = self.machines.get(whom).and_then(|m| m.member.as_ref()).and_then(|m| m.room().me) {
                    self.intend(at, Intent::Remove(seat));
                }
            }
            Step::Skip(at) => self.intend(at, Intent::SkipMissed),
            Step::Leave(at) => self.intend(at, Intent::Leave),
            Step::Crash(at) => {
                self.machines[at].member = None;
                self.machines[at].open_lines.clear();
                self.machines[at].dialling = None;
                if let Some(conn) = self.machines[at].conn.take() {
                    self.conns.remove(&conn);
                }
            }
            Step::Freeze(at, span) => {
                let machine = &mut self.machines[at];
                machine.frozen_until = machine.frozen_until.max(self.now + span);
            }
            Step::Blackout(at, span) => self.machines[at].net.dark_until = self.now + span,
            Step::OneWay(at, way, span) => self.machines[at].net.dead_until[way as usize] = self.now + span,
            Step::Rebind(at) => {
                if let Some(link) = self.machines[at].conn.and_then(|conn| self.conns.get_mut(&conn)) {
                    link.dead = true;
                }
            }
            Step::RestartRelay(down) => self.restart_relay(down),
            Step::ReplaceRelay => {
                self.rng.fill_bytes(&mut self.relay_secret);
                self.restart_relay(Duration::ZERO);
            }
            Step::Decide(at, seed) => {
                if let Some(what) = self.room(at).map(|room| super::decide::drawn(room, seed)) {
                    self.intend(at, Intent::Decide(what));
                }
            }
            Step::Care(at, seed) => {
                if let Some(what) = self.room(at).map(|room| super::care::drawn(room, seed)) {
                    self.intend(at, what);
                }
            }
            Step::Line(at, quality) => self.machines[at].net.quality = quality,
        }
    }

    fn restart_relay(&mut self, down: Duration) {
        let mut seed = [0; 32];
        self.rng.fill_bytes(&mut seed);
        self.relay_up = self.now + down;
        self.relay = Relay::with_secret(seed, self.relay_secret, self.relay_up + limits::RESTORED_BY);
        self.relay_wake = Time::NEVER;
        // The new program knows none of the connections, and says so to whoever still sends on one: to some at once, to others
        // only when they have long asked for another connection.
        let conns: Vec<ConnId> = self.conns.keys().copied().collect();
        for conn in conns {
            let silent = Duration::from_millis(u64::from(self.rng.next_u32()) % LEARNS_IN_MS);
            let time = self.stream(conn, Way::Down, 0) + down + silent;
            self.at(time, WorldEvent::Closed(conn));
        }
    }

    fn seat_of(&self, at: usize) -> Option<SeatId> {
        self.machines.get(at).and_then(|machine| machine.member.as_ref()).and_then(|member| member.room().me)
    }

    pub(super) fn intend(&mut self, at: usize, intent: Intent) {
        if self.machines.get(at).is_some_and(is_in) {
            self.with(at, |member, now| member.handle_intent(intent, now));
        }
    }

    fn start(&mut self, at: usize) {
        let over = |member: &Member| matches!(member.room().phase, Phase::Over(_));
        if self.machines[at].member.as_ref().is_some_and(|member| !over(member)) {
            return;
        }
        let start = match (at, self.code.as_deref().map(Code::parse)) {
            (0, _) if self.code.is_none() => {
                Start::Host { title: "Simulated".into(), open_door: true, charter: Charter::default() }
            }
            (_, Some(Ok(code))) => Start::Join(code),
            _ => return,
        };
        let plan = self.machines[at].choice;
        let config = Config {
            name: format!("Member {at}"),
            start,
            mic_always_open: false,
            no_mic: false,
            mic_open: false,
            relay_here: false,
            plan,
        };
        let mut seed = [0; 32];
        self.rng.fill_bytes(&mut seed);
        self.drop_link(at);
        let machine = &mut self.machines[at];
        machine.member = Some(Member::new(config, seed, self.now));
        machine.runs += 1;
        machine.plan = plan.into();
        machine.open_lines.clear();
        self.with(at, |_, _| ());
        if self.machines[at].runs == 1 {
            self.at(self.now + Duration::from_secs(1), WorldEvent::Counts(at));
        }
    }

    pub(super) fn voice(&mut self, at: usize, end: Time, tick: u8) {
        let last = self.now >= end;
        let plan = self.machines[at].plan;
        if self.machines[at].frozen_until <= self.now {
            let start = self.now == self.machines[at].talks;
            let thin = self.machines[at].thin(tick, start, last);
            let spoken = Spoken { tick, level: 4, start, end: last, packet: vec![tick; plan.packet_bytes()], thin };
            self.machines[at].player.spoken += u64::from(is_in(&self.machines[at]));
            self.with(at, |member, now| member.handle_spoken(spoken, now));
        }
        if last {
            self.machines[at].talking = false;
        } else {
            let packet = Duration::from_millis(plan.packet_ms().into());
            self.at(self.now + packet, WorldEvent::Voice(at, end, tick.wrapping_add((plan.packet_ms() / 20) as u8)));
        }
    }
}

pub(super) fn is_in(machine: &Machine) -> bool {
    machine.member.as_ref().is_some_and(|member| matches!(member.room().phase, Phase::In | Phase::Returning(_)))
}
