//! What came of the voices, in numbers.

use std::time::Duration;

use super::machine::Machine;
use super::network::{Carried, Way};
use super::world::World;
use crate::adapt::Plan;
use crate::ids::{SeatId, Time};
use crate::member::Heard;

/// A packet that comes so long after it was said is still heard.
const IN_TIME: Duration = Duration::from_millis(400);

impl World {
    /// Packets of voice that a member has been given to play.
    pub fn heard(&self, member: usize) -> u64 {
        self.machines.get(member).map_or(0, |machine| machine.heard)
    }

    /// Those of them that came within 400 ms of being said.
    pub fn heard_in_time(&self, member: usize) -> u64 {
        self.machines.get(member).map_or(0, |machine| machine.in_time)
    }

    /// Talk spurts of which a member has been given the last packet within 400 ms.
    pub fn ends_heard(&self, member: usize) -> u64 {
        self.machines.get(member).map_or(0, |machine| machine.ends)
    }

    /// What was sent in datagrams on a member's line.
    pub fn carried(&self, member: usize, way: Way) -> Carried {
        self.machines.get(member).map_or_else(Carried::default, |machine| machine.net.carried(way))
    }

    pub(super) fn note_heard(&mut self, at: usize, heard: &Heard) {
        let in_time = self.age(heard) <= IN_TIME;
        let machine = &mut self.machines[at];
        let count = u64::from(heard.count);
        machine.heard += count;
        let now = self.now;
        if let Some(recording) = &mut machine.recording {
            recording.push((now, heard.clone()));
        }
        machine.in_time += if in_time { count } else { 0 };
        machine.ends += u64::from(in_time && heard.end);
    }

    pub(super) fn note_expected(&mut self, at: usize, seat: SeatId, late: Duration) {
        let machine = &mut self.machines[at];
        if machine.recording.is_some() {
            machine.expected.push((self.now, seat, late));
        }
    }

    /// What a member has heard since [`super::Step::Record`], and when.
    pub fn recorded(&self, member: usize) -> &[(Time, Heard)] {
        self.machines.get(member).and_then(|machine| machine.recording.as_deref()).unwrap_or_default()
    }

    /// How the member talks, as its line lets it.
    pub fn plan(&self, member: usize) -> Option<Plan> {
        self.machines.get(member).map(|machine| machine.plan)
    }

    /// How late talkers were said to come since [`super::Step::Record`], and when.
    pub fn expected(&self, member: usize) -> &[(Time, SeatId, Duration)] {
        self.machines.get(member).map(|machine| machine.expected.as_slice()).unwrap_or_default()
    }

    /// How long ago a packet was said, if that is less than the 5 s after which ticks begin anew.
    fn age(&self, heard: &Heard) -> Duration {
        let speaks = |machine: &&Machine| machine.member.as_ref().is_some_and(|m| m.room().me == Some(heard.seat));
        let talks = self.machines.iter().find(speaks).map_or(self.now, |machine| machine.talks);
        let since = self.now.since(talks).as_micros() as u64;
        Duration::from_micros((since + 256 * 20_000 - u64::from(heard.tick) * 20_000) % (256 * 20_000))
    }
}
