//! The same over both hops of a real relay's core and real members, in the simulator: with all that they repair.

use std::sync::Arc;
use std::time::Duration;

use ingle::audio::{Captured, Incoming};
use ingle::ids::{SeatId, Time};
use ingle::member::{Heard, Spoken};
use ingle::sim::network::{Quality, Way};
use ingle::sim::{Script, Step, World};

/// When the talker begins.
const BEGIN: Duration = Duration::from_secs(25);

/// A line by name, each way, for the talker and for the listener.
pub fn quality(name: &str) -> Option<Quality> {
    let ms = Duration::from_millis;
    let (loss, burst, delay, jitter, rate) = match name {
        "clean" => (0.0, 0.0, 20, 0, None),
        "loss5" => (0.05, 0.0, 30, 20, None),
        "burst10" => (0.1, 3.0, 40, 0, None),
        "loss20" => (0.2, 0.0, 40, 0, None),
        "loss40" => (0.4, 0.0, 40, 0, None),
        "narrow32" => (0.01, 0.0, 100, 0, Some((32.0, 10))),
        "narrow16" => (0.01, 0.0, 100, 0, Some((16.0, 10))),
        "edge" => (0.03, 0.0, 120, 160, Some((48.0, 20))),
        "sat" => (0.01, 0.0, 300, 0, None),
        _ => return None,
    };
    Some(Quality { loss, burst, delay: ms(delay), jitter: ms(jitter), doubled: 0.0, rate })
}

/// What came to a listener.
pub struct Carried {
    /// When, counted from the moment in which the first packet was begun.
    pub frames: Vec<(Time, Incoming)>,
    /// How late it was said to come, and when that was said.
    pub expected: Vec<(Time, SeatId, Duration)>,
    /// What the talker sent, in kilobits a second at the IP level.
    pub kbps: f64,
}

/// Lets member 1 say `packets` to member 0, both on such a line.
pub fn carry(packets: &[(Duration, Captured)], quality: Quality, seed: u64) -> Carried {
    let spoken = packets.iter().map(|(at, captured)| {
        let Captured { packet, tick, level, start, end, .. } = captured.clone();
        (*at, Spoken { tick, level, start, end, packet, thin: None })
    });
    let last = packets.last().map_or(Duration::ZERO, |(at, _)| *at);
    let steps = vec![
        (Time(0), Step::Line(0, quality)),
        (Time(0), Step::Line(1, quality)),
        (Time(0), Step::Start(0)),
        (Time(2_000_000), Step::Start(1)),
        (Time(0) + BEGIN, Step::Record(0)),
        (Time(0) + BEGIN, Step::Say(1, Arc::new(spoken.collect()))),
    ];
    let script = Script { members: 2, steps, end: Time(0) + BEGIN + last + Duration::from_secs(3) };
    let world = World::play(&script, seed).expect("all agree");
    let heard = world.recorded(0).iter().map(|(at, heard)| {
        let Heard { seat, number, count, tick, start, end, packet, .. } = heard.clone();
        (*at - BEGIN, Incoming { seat, number, count, tick, start, end, packet })
    });
    let carried = world.carried(1, Way::Up);
    let kbps = (carried.bytes + 53 * carried.datagrams) as f64 * 8.0 / 1000.0 / last.as_secs_f64();
    let expected = world.expected(0).iter().map(|(at, seat, late)| (*at - BEGIN, *seat, *late)).collect();
    Carried { frames: heard.collect(), expected, kbps }
}
