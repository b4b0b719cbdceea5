//! A call in virtual time: speech through capture, both lines, the relay and playout, as the programs put them together.

use std::cell::RefCell;
use std::time::Duration;

use ingle::adapt::{Plan, PlanChoice};
use ingle::audio::capture::Capture;
use ingle::audio::playout::Playout;
use ingle::audio::playout::talker::Tally;
use ingle::audio::{AudioEvent, BLOCK, Captured, Incoming};
use ingle::ids::{SeatId, Time};
use ingle::member::{Heard, Spoken};
use ingle::session::Intent;
use ingle::sim::network::{Quality, Way};
use ingle::sim::{Step, World};

use crate::profiles;

/// The members: who listens and hosts, and who talks.
const LISTENER: usize = 0;
const TALKER: usize = 1;
/// From one block of sound to the next.
const STEP: Duration = Duration::from_millis(20);
/// Before speech lines are found out about, and after it all is played.
const BEFORE: Duration = Duration::from_secs(20);
const AFTER: Duration = Duration::from_secs(4);

/// A call that is to be played.
pub(crate) struct Call<'a> {
    /// Each of the two lines, as netem would say it.
    pub line: &'a str,
    pub plan: PlanChoice,
    pub seed: u64,
    /// What is said, at 48 kHz.
    pub speech: &'a [f32],
}

/// How playout was at one moment of the speech.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// Since the speech began.
    pub at: Duration,
    /// How long packets are held back.
    pub target: Duration,
    /// How much later than that the next sample is heard, in microseconds.
    pub behind: Option<i64>,
    /// Whether missed speech is played.
    pub catches_up: bool,
    pub plan: Plan,
    pub tally: Tally,
}

/// What came of a call.
pub(crate) struct Outcome {
    /// What was played, from the first sample of the speech on.
    pub sound: Vec<f32>,
    /// One each 20 ms.
    pub moments: Vec<Moment>,
    /// Kilobits a second at the IP level while speech went: up from the talker, down to the listener, and up from the listener.
    pub kbps: [f64; 3],
    /// How late each packet came that was said, beyond the fastest; `None` if it never did.
    pub lags: Vec<Option<Duration>>,
}

impl Outcome {
    /// What was done to the voice in the end.
    pub(crate) fn tally(&self) -> Tally {
        self.moments.last().map(|moment| moment.tally).unwrap_or_default()
    }

    /// The mean target in milliseconds from this second of the speech on.
    pub(crate) fn target_ms(&self, from: u64) -> f64 {
        let from = Duration::from_secs(from);
        let all: Vec<f64> = self.moments.iter().filter(|m| m.at >= from).map(|m| m.target.as_secs_f64()).collect();
        all.iter().sum::<f64>() * 1000.0 / all.len().max(1) as f64
    }

    /// For how long missed speech was played.
    pub(crate) fn catching_up(&self) -> Duration {
        STEP * self.moments.iter().filter(|moment| moment.catches_up).count() as u32
    }
}

/// The line in the simulator's words.
fn quality(words: &str) -> Quality {
    let setting = profiles::setting(words).expect("a line");
    let (loss, burst) = match setting.bursts {
        Some(bursts) => (bursts.begin / (bursts.begin + bursts.end), 1.0 / bursts.end),
        None => (setting.loss, 0.0),
    };
    let rate = setting.rate.map(|rate| (rate.bits as f64 / 1000.0, rate.limit));
    let (delay, jitter) = (setting.delay.saturating_sub(setting.jitter), setting.jitter * 2);
    Quality { loss, burst, delay, jitter, doubled: 0.0, rate }
}

/// What was said, as the member takes it.
fn spoken(captured: Captured) -> Spoken {
    let Captured { packet, tick, level, start, end, .. } = captured;
    Spoken { tick, level, start, end, packet, thin: None }
}

/// What a listener's ears have been given so far, and what they made of it.
struct Ears {
    playout: Playout,
    given: usize,
    expected: usize,
}

impl Ears {
    /// Takes what came until now, each at its time.
    fn take(&mut self, world: &World) {
        for (at, seat, late) in &world.expected(LISTENER)[self.expected..] {
            self.playout.expect(*seat, *late, *at);
        }
        self.expected = world.expected(LISTENER).len();
        for (at, heard) in &world.recorded(LISTENER)[self.given..] {
            let Heard { seat, number, count, tick, start, end, at_ms, missed, ref packet } = *heard;
            let frame = Incoming { seat, number, count, tick, start, end, packet: packet.clone() };
            if missed {
                self.playout.live_at(at.millis(), *at);
            }
            if missed || self.playout.is_behind() {
                self.playout.push_missed(frame, at_ms, *at);
            } else {
                self.playout.push(frame, *at);
            }
        }
        self.given = world.recorded(LISTENER).len();
    }
}

/// Plays a call.
pub(crate) fn play(call: &Call) -> Outcome {
    let line = quality(call.line);
    let mut world = World::new(2, call.seed);
    for member in [LISTENER, TALKER] {
        world.choose(member, call.plan);
        world.take_step(Step::Line(member, line));
        world.take_step(Step::Start(member));
        world.pass(BEFORE / 2);
    }
    world.take_step(Step::Record(LISTENER));
    world.want(TALKER, Intent::Mic { open: true });
    let mut ears = Ears { playout: Playout::default(), given: 0, expected: 0 };
    let mut capture = Capture::new(call.plan.into()).expect("a codec");
    let mut plan = Plan::from(call.plan);
    // What is heard first is heard one block after the beginning.
    let (mut sound, mut moments, mut said) = (vec![0.0; BLOCK], Vec::new(), Vec::new());
    let carried = |world: &World| {
        [(TALKER, Way::Up), (LISTENER, Way::Down), (LISTENER, Way::Up)]
            .map(|(member, way)| world.carried(member, way).ip_bytes())
    };
    let (before, began) = (carried(&world), world.now());
    let mut after = before;
    let silence = [0.0; BLOCK];
    let steps = (AFTER.as_millis() / STEP.as_millis()) as usize;
    let blocks: Vec<&[f32; BLOCK]> =
        call.speech.as_chunks().0.iter().chain(std::iter::repeat_n(&silence, steps)).collect();
    let mut out = [0.0; BLOCK];
    for (number, block) in blocks.iter().enumerate() {
        // A block is there once all of it was said; what is heard begins now.
        world.pass(STEP);
        ears.take(&world);
        let captured = RefCell::new(Vec::new());
        capture.push(block, &|event| {
            if let AudioEvent::Captured(packet) = event {
                captured.borrow_mut().push(packet);
            }
        });
        for packet in captured.into_inner() {
            said.push(world.now());
            world.say(TALKER, spoken(packet));
        }
        if let Some(new) = world.plan(TALKER).filter(|new| *new != plan) {
            plan = new;
            capture.set_plan(new);
        }
        ears.playout.pull(&mut out, world.now());
        sound.extend_from_slice(&out);
        let seat = world.recorded(LISTENER).last().map_or(SeatId(1), |(_, heard)| heard.seat);
        moments.push(Moment {
            at: world.now().since(began),
            target: ears.playout.delay(),
            behind: ears.playout.behind(seat, world.now()),
            catches_up: ears.playout.is_behind(),
            plan,
            tally: ears.playout.tally(seat).unwrap_or_default(),
        });
        if number + 1 == blocks.len() - steps {
            after = carried(&world);
        }
    }
    let seconds = call.speech.len() as f64 / 48_000.0;
    let kbps = [0, 1, 2].map(|at| (after[at] - before[at]) as f64 * 8.0 / 1000.0 / seconds);
    Outcome { sound, moments, kbps, lags: lags(&world, &said) }
}

/// How late each packet came beyond the fastest.
fn lags(world: &World, said: &[Time]) -> Vec<Option<Duration>> {
    let mut came: Vec<Option<Time>> = vec![None; said.len()];
    let first = world.recorded(LISTENER).iter().map(|(_, heard)| heard.number.0).min().unwrap_or(0);
    for (at, heard) in world.recorded(LISTENER) {
        for number in heard.number.last(heard.count.into()) {
            if let Some(slot) = came.get_mut(usize::from(number.0.wrapping_sub(first))) {
                slot.get_or_insert(*at);
            }
        }
    }
    let took: Vec<Option<Duration>> = came.iter().zip(said).map(|(came, said)| Some((*came)?.since(*said))).collect();
    let least = took.iter().flatten().min().copied().unwrap_or_default();
    took.iter().map(|took| took.map(|took| took - least)).collect()
}
