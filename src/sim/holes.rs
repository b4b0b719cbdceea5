//! What a member has heard, one packet after the other, and when: a model of playout that plays what was missed a quarter
//! faster than it was said, never two packets at once, and then what is live.

use std::time::Duration;

use super::machine::Machine;
use super::network::Way;
use super::player::Play;
use super::world::{World, WorldEvent};
use crate::ids::{SeatId, Time};
use crate::member::Heard;
use crate::session::{Event, HeardBy};

/// How much faster a packet that was missed is heard.
const FASTER: f64 = 1.25;
/// How often the member is told what is being played.
const TELL: Duration = Duration::from_millis(500);

impl World {
    /// All that a member was given to play, in that order.
    pub fn plays(&self, member: usize) -> &[Play] {
        self.machines.get(member).map_or(&[], |machine| &machine.player.plays)
    }

    /// Packets that a member has said while it was in the group.
    pub fn spoken(&self, member: usize) -> u64 {
        self.machines.get(member).map_or(0, |machine| machine.player.spoken)
    }

    /// How far behind a member sees the others, in seconds: each change, and when it came.
    pub fn behind(&self, member: usize) -> &[(Time, usize, u8)] {
        self.machines.get(member).map_or(&[], |machine| &machine.player.seen)
    }

    /// How a member was told that its voice is heard: each change, and when it came.
    pub fn heard_by(&self, member: usize) -> &[(Time, HeardBy)] {
        self.machines.get(member).map_or(&[], |machine| &machine.player.heard_by)
    }

    /// The member on a seat, by its number.
    pub fn member_on(&self, seat: SeatId) -> Option<usize> {
        let has = |machine: &Machine| machine.member.as_ref().is_some_and(|member| member.room().me == Some(seat));
        self.machines.iter().position(has)
    }

    /// The longest time that a datagram has waited on a member's line since this was last asked.
    pub fn queued(&mut self, member: usize, way: Way) -> Duration {
        self.machines.get_mut(member).map_or(Duration::ZERO, |machine| machine.net.longest_queue(way))
    }

    pub(super) fn told_of_hearing(&mut self, at: usize, event: &Event) {
        let now = self.now;
        match event {
            Event::Behind { seat, seconds } => {
                let who = self.member_on(*seat);
                self.machines[at].player.seen.extend(who.map(|who| (now, who, *seconds)));
            }
            Event::HeardBy(heard) => self.machines[at].player.heard_by.push((now, *heard)),
            _ => {}
        }
    }

    pub(super) fn note_play(&mut self, at: usize, heard: &Heard) {
        self.note_heard(at, heard);
        if self.machines[at].member.as_ref().is_some_and(|m| {
            // What a talker said while it had the floor may be heard later.
            if heard.missed { m.room().state.circle.is_muted(heard.seat) } else { m.room().floor_muted(heard.seat) }
        }) {
            self.witness.fault(format!("member {at} was given the voice of a muted {}", heard.seat));
        }
        let Some(talker) = self.member_on(heard.seat) else { return };
        let now = self.now;
        let packet = Duration::from_millis(self.machines[talker].plan.packet_ms().into()) * heard.count.into();
        let player = &mut self.machines[at].player;
        let begins = player.free.max(now);
        let behind = heard.missed || player.free > now;
        if behind {
            player.free = begins + packet.div_f64(FASTER);
            player.behind.push_back((begins, heard.at_ms));
        }
        let Heard { number, count, at_ms, missed, .. } = *heard;
        let stands_for = number.last(count.into());
        player.plays.extend(stands_for.map(|number| Play { talker, number, at_ms, heard: begins, missed }));
        if behind && !std::mem::replace(&mut player.telling, true) {
            self.at(now, WorldEvent::Playing(at));
        }
    }

    pub(super) fn playing(&mut self, at: usize) {
        let now = self.now;
        let player = &mut self.machines[at].player;
        while player.behind.get(1).is_some_and(|(heard, _)| *heard <= now) {
            player.behind.pop_front();
        }
        let said = player.behind.front().filter(|_| player.free > now).map(|(_, at_ms)| *at_ms);
        player.telling = said.is_some();
        if said.is_none() {
            player.behind.clear();
        } else {
            self.at(now + TELL, WorldEvent::Playing(at));
        }
        self.with(at, |member, now| member.handle_playing(said, now));
    }

    pub(super) fn skipped(&mut self, at: usize) {
        self.machines[at].player.skip(self.now);
    }
}
