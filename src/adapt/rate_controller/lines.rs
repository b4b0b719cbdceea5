//! Lines made by a generator, on which the controllers of both ways are held against an oracle that knows each line.

use std::collections::VecDeque;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use crate::adapt::{
    Capacity, DelayEstimator, LinkReport, Plan, PlanChoice, PlanSelector, Redundancy, THIN_LAYER, voice_kbps,
};
use crate::ids::{Layer, SendStamp, Time};

/// How many lines there are, and how long each is used, in milliseconds.
const LINES: u64 = 20;
const CALL_MS: u64 = 600_000;
/// Between two reports of the far end.
const REPORT_MS: u64 = 250;
/// What an oracle leaves free for what isn't voice.
const ORACLE_USES: f64 = 0.95;
/// A queue that people hear.
const HEARD: f64 = 150.0;

/// Where a line changes: from when on, in milliseconds; what it carries in kilobits a second; and how long the way is.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from_ms: u64,
    kbps: f64,
    way_ms: f64,
}

#[derive(Clone, Debug)]
struct Line {
    stretches: Vec<Stretch>,
    jitter_ms: f64,
    loss: f64,
}

struct Dice(ChaCha20Rng);

impl Dice {
    fn chance(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / f64::from(u32::MAX)
    }

    fn between(&mut self, least: f64, most: f64) -> f64 {
        least + self.chance() * (most - least)
    }
}

impl Line {
    /// One to four stretches of at least a minute; every second line loses, and every third is uneven.
    fn generate(seed: u64) -> Self {
        let mut dice = Dice(ChaCha20Rng::seed_from_u64(seed));
        let stretches = 1 + seed % 4;
        let longest = CALL_MS / stretches;
        let stretches = (0..stretches).map(|n| Stretch {
            from_ms: if n == 0 { 0 } else { n * longest + dice.between(0.0, 30_000.0) as u64 },
            kbps: dice.between(14_f64.ln(), 160_f64.ln()).exp(),
            way_ms: dice.between(10.0, 300.0),
        });
        let stretches = stretches.collect();
        let jitter_ms = if seed.is_multiple_of(3) { dice.between(10.0, 80.0) } else { 2.0 };
        let loss = if seed.is_multiple_of(2) { dice.between(0.0, 0.2) } else { 0.0 };
        Self { stretches, jitter_ms, loss }
    }

    fn at(&self, ms: u64) -> Stretch {
        *self.stretches.iter().rev().find(|stretch| stretch.from_ms <= ms).expect("a line begins at zero")
    }
}

/// Who sends on the line.
trait Sender {
    /// The bytes of the next datagram at the IP level, and milliseconds until the one after it.
    fn next(&self, _now: Time) -> (usize, u64);
    fn report(&mut self, report: LinkReport, now: Time);
    /// The most of what it can send that is at most `kbps`, or its least.
    fn most_within(&self, kbps: f64) -> f64;
}

impl Sender for PlanSelector {
    fn next(&self, _now: Time) -> (usize, u64) {
        let plan = self.plan(Redundancy::NONE);
        let ms = u64::from(plan.packet_ms());
        ((plan.kbps(Redundancy::NONE) * ms as f64 / 8.0) as usize, ms)
    }

    fn report(&mut self, report: LinkReport, now: Time) {
        self.report(report, now);
    }

    fn most_within(&self, kbps: f64) -> f64 {
        let costs =
            crate::adapt::plan::RUNGS[crate::adapt::plan::AUTO..].iter().map(|plan| plan.kbps(Redundancy::NONE));
        let least = costs.clone().fold(f64::INFINITY, f64::min);
        costs.filter(|cost| *cost <= kbps).fold(least, f64::max)
    }
}

/// Three voices of the usual plan, as many of them and in the layer that fit.
struct Listener(Capacity);

impl Listener {
    /// The datagram that brings this many voices, and how often it is sent, in milliseconds.
    fn datagram(voices: usize, layer: Layer) -> (usize, u64) {
        let plan = if layer == Layer::Thin { THIN_LAYER } else { Plan::from(PlanChoice::Auto) };
        let ms = u64::from(plan.packet_ms());
        let voice = voice_kbps(plan.packet_bytes() + 9, Duration::from_millis(ms));
        (36 + (voice * ms as f64 / 8.0) as usize * voices, ms)
    }

    fn kbps((bytes, ms): (usize, u64)) -> f64 {
        bytes as f64 * 8.0 / ms as f64
    }
}

impl Sender for Listener {
    fn next(&self, _now: Time) -> (usize, u64) {
        let usual = voice_kbps(99, Duration::from_millis(60));
        let fit = self.0.fit(&[usual; 3]);
        Self::datagram(fit.voices, fit.layer)
    }

    fn report(&mut self, report: LinkReport, now: Time) {
        self.0.report(report, true, now);
    }

    fn most_within(&self, kbps: f64) -> f64 {
        let ways = (1..=3).flat_map(|voices| [Layer::Full, Layer::Thin].map(|layer| Self::datagram(voices, layer)));
        let costs = ways.map(Self::kbps);
        let least = costs.clone().fold(f64::INFINITY, f64::min);
        costs.filter(|cost| *cost <= kbps).fold(least, f64::max)
    }
}

/// How a controller did on a line.
#[derive(Debug, Default)]
struct Outcome {
    /// What was sent, of what the oracle would have sent.
    used: f64,
    /// The share of time in which a queue was heard.
    heard: f64,
    /// How long it took until no queue was heard after the worst change of the line, in seconds.
    settled_s: f64,
    /// Changes of what is sent, an hour.
    changes: f64,
}

fn call(sender: &mut dyn Sender, line: &Line, seed: u64) -> Outcome {
    let mut dice = Dice(ChaCha20Rng::seed_from_u64(seed ^ 0x5eed));
    let mut far = DelayEstimator::default();
    let (mut arrivals, mut reports) = (VecDeque::new(), VecDeque::new());
    let (mut free, mut due, mut latest) = (0.0_f64, 0, 0.0_f64);
    let (mut used, mut heard, mut changes, mut before) = (0.0, 0_u64, 0, None);
    let (mut unsettled_since, mut settled) = (None, 0_u64);
    let oracle = |ms: u64| (line.at(ms).kbps * ORACLE_USES).max(0.0);
    for ms in 0..CALL_MS {
        let now = Time(ms * 1000);
        let stretch = line.at(ms);
        if line.stretches.iter().any(|stretch| stretch.from_ms == ms) {
            unsettled_since = Some(ms);
        }
        if ms >= due {
            let datagram = sender.next(now);
            changes += u64::from(before.replace(datagram).is_some_and(|before| before != datagram));
            due = ms + datagram.1;
            // A router keeps two seconds and drops what comes on top.
            if free - ms as f64 <= 2000.0 {
                free = free.max(ms as f64) + datagram.0 as f64 * 8.0 / stretch.kbps;
                let at = free + stretch.way_ms + dice.chance() * line.jitter_ms;
                latest = latest.max(at);
                if dice.chance() >= line.loss {
                    arrivals.push_back((latest as u64, SendStamp::at(now), datagram.0));
                }
            }
        }
        let queue = (free - ms as f64).max(0.0);
        let sent = before.map_or(0.0, |(bytes, every)| bytes as f64 * 8.0 / every as f64);
        let best = sender.most_within(oracle(ms));
        used += sent.min(best) / best;
        // What no plan is small enough for is nobody's fault.
        let hopeless = best > oracle(ms);
        if queue > HEARD && !hopeless {
            heard += 1;
        } else if let Some(since) = unsettled_since.take_if(|since| ms >= *since + 2000) {
            settled = settled.max(ms - since - 2000);
        }
        while let Some((_, stamp, bytes)) = arrivals.pop_front_if(|(at, ..)| *at <= ms) {
            far.arrived(stamp, bytes, now);
        }
        if ms % REPORT_MS == 0 {
            let report = LinkReport {
                loss: line.loss,
                queuing_delay: far.queuing_delay_at(now),
                kbps: far.kbps(),
                rtt: Duration::from_millis(stretch.way_ms as u64 * 2),
                capacity_kbps: None,
            };
            reports.push_back((ms + stretch.way_ms as u64, report));
        }
        while let Some((_, report)) = reports.pop_front_if(|(at, _)| *at <= ms) {
            sender.report(report, now);
        }
    }
    Outcome {
        used: used / CALL_MS as f64,
        heard: heard as f64 / CALL_MS as f64,
        settled_s: settled as f64 / 1000.0,
        changes: changes as f64 * 3_600_000.0 / CALL_MS as f64,
    }
}

fn table(name: &str, sender: impl Fn() -> Box<dyn Sender>) -> Outcome {
    println!("{name}: seed, kbps of the line's stretches, jitter, loss | used, heard, settled s, changes an hour");
    let mut sum = Outcome::default();
    for seed in 0..LINES {
        let line = Line::generate(seed);
        let it = call(&mut *sender(), &line, seed);
        let kbps: Vec<u64> = line.stretches.iter().map(|stretch| stretch.kbps as u64).collect();
        println!(
            "{seed:2} {kbps:?} {:.0} ms {:.0} % | {:.2} {:.1} % {:.1} {:.0}",
            line.jitter_ms,
            line.loss * 100.0,
            it.used,
            it.heard * 100.0,
            it.settled_s,
            it.changes
        );
        sum.used += it.used / LINES as f64;
        sum.heard += it.heard / LINES as f64;
        sum.settled_s = it.settled_s.max(sum.settled_s);
        sum.changes += it.changes / LINES as f64;
    }
    println!("{name}: {sum:?}");
    sum
}

#[test]
fn generated_lines_are_used_almost_as_by_an_oracle() {
    let talker = table("talker", || Box::new(PlanSelector::new(PlanChoice::Auto)));
    assert!(talker.used > 0.95 && talker.heard < 0.01 && talker.settled_s < 4.0 && talker.changes < 80.0, "{talker:?}");
    let listener = table("listener", || Box::new(Listener(Capacity::new(Time(0)))));
    assert!(listener.used > 0.85 && listener.heard < 0.02 && listener.settled_s < 10.0, "{listener:?}");
    assert!(listener.changes < 80.0, "{listener:?}");
}
