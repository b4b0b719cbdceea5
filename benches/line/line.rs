//! A talker, and a line that delays, swaps and loses packets as its seed says.

use std::cell::RefCell;
use std::time::Duration;

use ingle::adapt::{Plan, PlanChoice};
use ingle::audio::capture::Capture;
use ingle::audio::{AudioEvent, Captured, Incoming};
use ingle::ids::{FrameNo, SeatId, Time};
use ingle::sim::network::Quality;

/// When somebody was said to come so late.
pub(crate) type Expected = (Time, SeatId, Duration);

/// A bad line, and the talker's plan for it.
pub(crate) struct Line {
    choice: PlanChoice,
    /// The most bits a second in place of what the plan says; on one line alone.
    bitrate: Option<u32>,
    /// Share of packets that never come, percent.
    loss: f64,
    /// Packets that are lost together.
    burst: u32,
    /// A packet takes up to this much longer than another, in milliseconds.
    jitter: f64,
    /// By how many millionths the talker's clock is slow.
    ppm: f64,
    /// How much louder than in the file the talker speaks, in dB.
    gain: f32,
    seed: u64,
    /// Both hops of a relay between two lines like this, in place of all of the above but the plan.
    hops: Option<Quality>,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            choice: PlanChoice::Auto,
            bitrate: None,
            loss: 0.0,
            burst: 1,
            jitter: 0.0,
            ppm: 0.0,
            gain: 0.0,
            seed: 1,
            hops: None,
        }
    }
}

/// A small generator of its own, so that a seed is the same line for ever.
struct Chance(u64);

impl Chance {
    /// 0 up to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

impl Line {
    /// Follows a setting like `loss=10`; `None` if it is none.
    pub(crate) fn set(&mut self, setting: &str) -> Option<()> {
        let (name, value) = setting.split_once('=')?;
        match name {
            "plan" => {
                self.choice = match value {
                    "auto" => PlanChoice::Auto,
                    "thin" => PlanChoice::Thin,
                    "full" => PlanChoice::Full,
                    _ => return None,
                }
            }
            "bitrate" => self.bitrate = Some(value.parse().ok()?),
            "loss" => self.loss = value.parse().ok()?,
            "burst" => self.burst = value.parse().ok()?,
            "jitter" => self.jitter = value.parse().ok()?,
            "ppm" => self.ppm = value.parse().ok()?,
            "gain" => self.gain = value.parse().ok()?,
            "hops" => self.hops = Some(super::hops::quality(value)?),
            "seed" => self.seed = value.parse().ok()?,
            _ => return None,
        }
        Some(())
    }

    /// What comes of `sound`, packets in the order and at the moments in which they come, and how late they are said to.
    pub(crate) fn carry(&self, sound: &[f32]) -> (Vec<(Time, Incoming)>, Vec<Expected>) {
        if let Some(quality) = self.hops {
            let carried = super::hops::carry(sound, self.choice, quality, self.seed);
            println!("the talker sent {:.1} kbps", carried.kbps);
            return (carried.frames, carried.expected);
        }
        let plan = Plan::from(self.choice);
        let packets = spoken(sound, Plan { bitrate: self.bitrate.unwrap_or(plan.bitrate), ..plan });
        let mut chance = Chance(self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        (0..8).for_each(|_| {
            chance.next();
        });
        let share = self.loss / 100.0;
        let begins = share / (f64::from(self.burst) * (1.0 - share) + share);
        let mut losing = 0;
        let mut frames = Vec::new();
        for (number, (at, packet)) in packets.into_iter().enumerate() {
            let (dice, extra) = (chance.next(), chance.next() * self.jitter);
            if losing == 0 && dice < begins {
                losing = self.burst;
            }
            if losing > 0 {
                losing -= 1;
                continue;
            }
            let Captured { packet, tick, start, end, .. } = packet.clone();
            let frame =
                Incoming { seat: SeatId(1), number: FrameNo(number as u16), count: 1, tick, start, end, packet };
            let at = at.mul_f64(1.0 + self.ppm / 1e6) + Duration::from_secs_f64(0.030 + extra / 1000.0);
            frames.push((Time(0) + at, frame));
        }
        frames.sort_by_key(|(at, _)| *at);
        (frames, vec![])
    }

    /// How loud the talker is, as a factor.
    pub(crate) fn factor(&self) -> f32 {
        10f32.powf(self.gain / 20.0)
    }
}

/// Packets of `sound`, each with the moment at which the talker has it.
fn spoken(sound: &[f32], plan: Plan) -> Vec<(Duration, Captured)> {
    let mut capture = Capture::new(plan).expect("memory");
    let out = RefCell::new(Vec::new());
    let silence = [[0.0; 960]; 50];
    for (i, block) in (1..).zip(sound.as_chunks::<960>().0.iter().chain(&silence)) {
        capture.push(block, &|event| {
            if let AudioEvent::Captured(packet) = event {
                out.borrow_mut().push((Duration::from_millis(20 * i), packet));
            }
        });
    }
    out.into_inner()
}
