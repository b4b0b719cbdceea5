//! What a member's program runs on.

use std::collections::VecDeque;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;

use super::batch::Batch;
use super::network::{Carried, Net, Way};
use super::player::Player;
use super::second::Second;
use crate::adapt::{Plan, PlanChoice, THIN_LAYER};
use crate::ids::{SeatId, Time};
use crate::member::{Heard, LineCounts, Member, Thin};
use crate::relay::core::ConnId;
use crate::session::Event;

/// One member's machine: its program, if it runs, and its line.
pub(super) struct Machine {
    pub(super) member: Option<Member>,
    pub(super) runs: u32,
    pub(super) net: Net,
    pub(super) conn: Option<ConnId>,
    /// The connection that is being made.
    pub(super) dialling: Option<ConnId>,
    /// Whether it leads over the second line.
    pub(super) dials_beside: bool,
    pub(super) second: Option<Second>,
    pub(super) counts: LineCounts,
    /// The plan that was chosen, and the present one.
    pub(super) choice: PlanChoice,
    pub(super) plan: Plan,
    /// If it codes in the thin layer too, its next packet, as far as it has come.
    thin: Option<Thin>,
    pub(super) frozen_until: Time,
    /// When its clock goes off next.
    pub(super) wake: Time,
    /// Messages that came while the program stood still.
    pub(super) held: VecDeque<(ConnId, Vec<u8>)>,
    pub(super) talking: bool,
    pub(super) next_line: u32,
    /// Lines that were written in this run and neither shown nor refused yet.
    pub(super) open_lines: Vec<String>,
    /// Lines that were shown by the entry whose state has yet to be told.
    pub(super) shown: Vec<String>,
    pub(super) heard: u64,
    pub(super) in_time: u64,
    pub(super) ends: u64,
    pub(super) recording: Option<Vec<(Time, Heard)>>,
    pub(super) expected: Vec<(Time, SeatId, Duration)>,
    /// When it began to talk last.
    pub(super) talks: Time,
    /// When its line was cut, as it saw it, and when it was back.
    pub(super) breaks: Vec<(Time, Option<Time>)>,
    /// What it was told of turns and of troubles.
    pub(super) told: Vec<(Time, Event)>,
    /// What was sent over the control stream, up and down.
    pub(super) streamed: [Carried; 2],
    /// What of that waits to leave.
    pub(super) batches: [Batch; 2],
    /// Until when it keeps the line busy, if that is narrow.
    pub(super) busy_until: [Time; 2],
    pub(super) player: Player,
    /// What it was told in private or in writing, with its name then, and whether it led.
    pub(super) private: Vec<(String, bool, Event)>,
}

impl Machine {
    /// One on which nothing runs yet.
    pub(super) fn new(rng: ChaCha20Rng) -> Self {
        Self {
            member: None,
            runs: 0,
            net: Net::new(rng),
            conn: None,
            dialling: None,
            dials_beside: false,
            second: None,
            counts: LineCounts::default(),
            choice: PlanChoice::Auto,
            plan: PlanChoice::Auto.into(),
            thin: None,
            frozen_until: Time(0),
            wake: Time::NEVER,
            held: VecDeque::new(),
            talking: false,
            next_line: 0,
            open_lines: Vec::new(),
            shown: Vec::new(),
            heard: 0,
            in_time: 0,
            ends: 0,
            recording: None,
            expected: Vec::new(),
            talks: Time(0),
            breaks: Vec::new(),
            told: Vec::new(),
            streamed: Default::default(),
            batches: Default::default(),
            busy_until: [Time(0); 2],
            player: Player::default(),
            private: Vec::new(),
        }
    }

    pub(super) fn set_layers(&mut self, thin: bool) {
        let none = Thin { tick: 0, count: 0, start: false, packet: Vec::new() };
        self.thin = thin.then(|| self.thin.take().unwrap_or(none));
    }

    /// A control message is sent: when it has left.
    pub(super) fn streamed(&mut self, way: Way, bytes: usize, now: Time, narrow: Option<f64>) -> Time {
        let (leaves, takes) = self.batches[way as usize].add(bytes, now);
        let streamed = &mut self.streamed[way as usize];
        streamed.datagrams += takes.datagrams;
        streamed.bytes += takes.bytes;
        let Some(kbps) = narrow else { return now };
        let busy = &mut self.busy_until[way as usize];
        *busy = (*busy).max(leaves) + Duration::from_secs_f64(takes.bytes as f64 * 8.0 / (kbps * 1000.0));
        *busy
    }

    /// What the thin layer has with this packet, which was said at `tick`, as [`crate::audio`] makes it.
    pub(super) fn thin(&mut self, tick: u8, start: bool, end: bool) -> Option<Thin> {
        let thin = self.thin.as_mut()?;
        if start || thin.count == 0 {
            *thin = Thin { tick, count: 0, start, packet: vec![tick; THIN_LAYER.packet_bytes()] };
        }
        thin.count += 1;
        let whole = u16::from(thin.count) * self.plan.packet_ms() >= THIN_LAYER.packet_ms();
        (whole || end).then(|| std::mem::replace(thin, Thin { count: 0, ..thin.clone() }))
    }
}
