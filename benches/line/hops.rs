//! The same over both hops of a real relay's core and real members, in the simulator: with all that they repair.

use std::cell::RefCell;
use std::time::Duration;

use ingle::adapt::PlanChoice;
use ingle::audio::capture::Capture;
use ingle::audio::{AudioEvent, BLOCK, Captured, Incoming};
use ingle::ids::{SeatId, Time};
use ingle::member::{Heard, Spoken};
use ingle::session::Intent;
use ingle::sim::network::{Quality, Way};
use ingle::sim::{Step, World};

/// How long both are in before the talker begins.
const BEFORE: Duration = Duration::from_secs(15);

/// A line by name, each way, for the talker and for the listener.
pub(crate) fn quality(name: &str) -> Option<Quality> {
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
pub(crate) struct Carried {
    /// When, counted from the moment in which the first packet was begun.
    pub frames: Vec<(Time, Incoming)>,
    /// How late it was said to come, and when that was said.
    pub expected: Vec<(Time, SeatId, Duration)>,
    /// What the talker sent, in kilobits a second at the IP level.
    pub kbps: f64,
}

/// Lets member 1 say `sound` to member 0, both with this plan and on such a line, coded as the line lets it.
pub(crate) fn carry(sound: &[f32], plan: PlanChoice, quality: Quality, seed: u64) -> Carried {
    let mut world = World::new(2, seed);
    for member in 0..2 {
        world.choose(member, plan);
        world.take_step(Step::Line(member, quality));
        world.take_step(Step::Start(member));
        world.pass(Duration::from_secs(2));
    }
    world.pass(BEFORE);
    world.take_step(Step::Record(0));
    world.want(1, Intent::Mic { open: true });
    let (begin, before) = (world.now(), world.carried(1, Way::Up));
    let mut capture = Capture::new(plan.into()).expect("memory");
    let blocks = sound.as_chunks::<BLOCK>().0;
    for block in blocks.iter().chain(&[[0.0; BLOCK]; 150]) {
        world.pass(Duration::from_millis(20));
        capture.set_plan(world.plan(1).expect("a talker"));
        let captured = RefCell::new(Vec::new());
        capture.push(block, &|event| {
            if let AudioEvent::Captured(packet) = event {
                captured.borrow_mut().push(packet);
            }
        });
        for Captured { packet, tick, level, start, end, .. } in captured.into_inner() {
            world.say(1, Spoken { tick, level, start, end, packet, thin: None });
        }
    }
    let since = Duration::from_micros(begin.0);
    let heard = world.recorded(0).iter().map(|(at, heard)| {
        let Heard { seat, number, count, tick, start, end, packet, .. } = heard.clone();
        (*at - since, Incoming { seat, number, count, tick, start, end, packet })
    });
    let sent = world.carried(1, Way::Up);
    let bytes = sent.ip_bytes() - before.ip_bytes();
    let kbps = bytes as f64 * 8.0 / 1000.0 / world.now().since(begin).as_secs_f64();
    let expected = world.expected(0).iter().map(|(at, seat, late)| (*at - since, *seat, *late)).collect();
    Carried { frames: heard.collect(), expected, kbps }
}
