//! A stranger who tries codes sees the same at a door with other words and at a number without a group.

use std::collections::BTreeMap;
use std::time::Duration;

use ingle::adapt::PlanChoice;
use ingle::ids::{Nameplate, Time};
use ingle::member::{Config, Effect, LineCounts, Member, Start};
use ingle::relay::core::{ConnId, Origin, Output, Relay};
use ingle::session::Charter;
use ingle::wire::knock::{self, ToDoor};
use ingle::wire::{Attempting, Blob, Framing, Hello, Purpose, Refusal, ToMember, ToRelay, VERSION, encode, limits};

const HOST: ConnId = ConnId(0);
/// The base point of the curve, which any door takes for a message.
const POINT: [u8; 32] = {
    let mut point = [0x66; 32];
    point[0] = 0x58;
    point
};

/// What a stranger does.
#[derive(Clone, Copy)]
enum Step {
    /// Comes with a first flight.
    Knock,
    /// Comes with a message of the right size that no door takes.
    Unsound,
    /// Comes with something else.
    Garbage,
    /// Shows that it has the words, which it has not.
    Show,
    /// Sends something else.
    Mutter,
    /// Goes away.
    Go,
}
use Step::{Garbage, Go, Knock, Mutter, Show, Unsound};

/// What a stranger sees: which message, of how many bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sight {
    AtDoor(usize),
    Answer(usize),
    TurnedAway(usize),
    Refused(Refusal),
    Closed,
}

enum Event {
    Step(ConnId, Step),
    ToRelay(ToRelay),
    ToHost(ToMember),
    Second,
}

/// A relay, a group behind a line perhaps, and strangers.
struct Scene {
    relay: Relay,
    host: Option<Member>,
    /// One way.
    line: Duration,
    now: Time,
    queue: BTreeMap<(Time, u64), Event>,
    added: u64,
    nameplate: Nameplate,
    saw: BTreeMap<ConnId, Vec<(Time, Sight)>>,
    heard: u64,
}

impl Scene {
    fn empty(seed: u8) -> Self {
        Self {
            relay: Relay::new([seed; 32]),
            host: None,
            line: Duration::from_millis(75),
            now: Time(0),
            queue: BTreeMap::from([((Time(0), 0), Event::Second)]),
            added: 0,
            nameplate: Nameplate(4821),
            saw: BTreeMap::new(),
            heard: 0,
        }
    }

    fn with_group(seed: u8, line: Duration) -> Self {
        let mut scene = Self { line, ..Self::empty(seed) };
        let start = Start::Host { title: "Tuesday".into(), open_door: true, charter: Charter::default() };
        let config = Config {
            name: "Hal".into(),
            start,
            mic_always_open: false,
            no_mic: false,
            mic_open: false,
            relay_here: false,
            plan: PlanChoice::Auto,
        };
        let mut host = Member::new(config, [seed; 32], scene.now);
        scene.relay.handle_connected(HOST, Origin(0), scene.now);
        host.handle_connected([3; 32], scene.now);
        scene.host = Some(host);
        scene.play(Duration::from_secs(3));
        let code = scene.host.as_ref().and_then(|host| host.room().code.clone()).expect("a code");
        scene.nameplate = Nameplate(code.split('-').next().and_then(|n| n.parse().ok()).expect("a number"));
        scene
    }

    fn add(&mut self, after: Duration, event: Event) {
        self.added += 1;
        self.queue.insert((self.now + after, self.added), event);
    }

    /// One stranger's steps, each this long after the one before.
    fn stranger(&mut self, number: u64, steps: &[(u64, Step)]) {
        let mut at = 0;
        for (after, step) in steps {
            at += after;
            self.add(Duration::from_millis(at), Event::Step(ConnId(number), *step));
        }
    }

    fn play(&mut self, span: Duration) {
        let end = self.now + span;
        loop {
            self.settle();
            let event = self.queue.first_key_value().map_or(Time::NEVER, |((at, _), _)| *at);
            let host = self.host.as_ref().map_or(Time::NEVER, Member::poll_timeout);
            let relay = self.relay.poll_timeout().unwrap_or(Time::NEVER);
            let next = event.min(host).min(relay);
            if next > end {
                break;
            }
            self.now = self.now.max(next);
            if relay <= self.now {
                self.relay.handle_timeout(self.now);
            } else if host <= self.now {
                let now = self.now;
                self.host.iter_mut().for_each(|host| host.handle_timeout(now));
            } else if let Some((_, event)) = self.queue.pop_first() {
                self.happen(event);
            }
        }
        self.now = end;
    }

    fn happen(&mut self, event: Event) {
        let now = self.now;
        match event {
            Event::Step(conn, step) => self.step(conn, step),
            Event::ToRelay(message) => self.relay.handle_control(HOST, message, now),
            Event::ToHost(message) => self.host.iter_mut().for_each(|host| host.handle_control(message.clone(), now)),
            Event::Second => {
                self.heard += 1;
                let counts = LineCounts { heard: self.heard, ..LineCounts::default() };
                self.host.iter_mut().for_each(|host| host.handle_counts(counts, now));
                self.relay.handle_heard(HOST, now);
                self.add(Duration::from_secs(1), Event::Second);
            }
        }
    }

    fn step(&mut self, conn: ConnId, step: Step) {
        let first = |message: Vec<u8>| knock::body(&ToDoor::Spake { attempt: [7; 16], message });
        let point = |point: [u8; 32]| first([&b"S"[..], &point].concat());
        let garbage = Blob::new(vec![0xfe; 51]).expect("small");
        match step {
            Knock => self.come(conn, point(POINT)),
            Unsound => self.come(conn, point([0xff; 32])),
            Garbage => self.come(conn, garbage),
            Show => {
                let three = knock::body(&ToDoor::Confirm { confirmation: [7; 32], sealed: vec![7; 146] });
                self.relay.handle_control(conn, ToRelay::Knock(three), self.now);
            }
            Mutter => self.relay.handle_control(conn, ToRelay::Knock(garbage), self.now),
            Go => self.relay.handle_closed(conn, self.now),
        }
    }

    fn come(&mut self, conn: ConnId, body: Blob) {
        self.relay.handle_connected(conn, Origin(conn.0), self.now);
        let purpose = Purpose::Knock(self.nameplate, body);
        self.relay.handle_control(conn, ToRelay::Hello(Hello { version: VERSION, purpose }), self.now);
    }

    fn settle(&mut self) {
        while let Some(effect) = self.host.as_mut().and_then(Member::poll_effect) {
            if let Effect::Control(message) = effect {
                self.add(self.line, Event::ToRelay(message));
            }
        }
        while let Some(output) = self.relay.poll_output() {
            match output {
                Output::Control { to: HOST, bytes, .. } => {
                    self.add(self.line, Event::ToHost(message(&bytes)));
                }
                Output::Control { to, bytes, .. } => self.see(to, sight(message(&bytes))),
                Output::Close { conn } => self.see(conn, Sight::Closed),
                Output::Datagram { .. } => {}
            }
        }
    }

    fn see(&mut self, conn: ConnId, sight: Sight) {
        self.saw.entry(conn).or_default().push((self.now, sight));
    }

    /// How long after `from` a stranger saw the last thing up to now.
    fn since(&self, number: u64, from: Time) -> Duration {
        self.saw[&ConnId(number)].last().map_or(Duration::MAX, |(at, _)| at.since(from))
    }
}

fn message(bytes: &[u8]) -> ToMember {
    let mut framing = Framing::default();
    framing.push(bytes);
    framing.next_message().expect("whole").expect("one")
}

fn sight(message: ToMember) -> Sight {
    let bytes = encode(&message).expect("fits").len();
    match message {
        ToMember::Attempt(Attempting::AtDoor) => Sight::AtDoor(bytes),
        ToMember::Attempt(Attempting::TurnedAway(_)) => Sight::TurnedAway(bytes),
        ToMember::Answer(_) => Sight::Answer(bytes),
        ToMember::Refused(why) => Sight::Refused(why),
        other => panic!("a stranger is told {other:?}"),
    }
}

type Course = (&'static str, &'static [&'static [(u64, Step)]]);

/// Each: strangers who come together, and the milliseconds between their steps.
const COURSES: [Course; 13] = [
    ("wrong words", &[&[(0, Knock), (1000, Show)]]),
    ("three at once", &[&[(0, Knock), (1000, Show)], &[(0, Knock), (8000, Show)], &[(0, Knock), (15_000, Show)]]),
    ("garbage", &[&[(0, Garbage)]]),
    ("no point of the curve", &[&[(0, Unsound)], &[(500, Knock), (8000, Show)]]),
    ("never going on", &[&[(0, Knock)], &[(1000, Knock), (6000, Show)]]),
    ("going away", &[&[(0, Knock), (2000, Go)], &[(1000, Knock), (3000, Show)]]),
    ("going away after showing", &[&[(0, Knock), (1000, Show), (1, Go)], &[(2000, Knock), (5500, Show)]]),
    ("going away at once", &[&[(0, Knock), (1, Go)], &[(2, Knock), (1000, Show)]]),
    ("showing too early", &[&[(0, Knock)], &[(0, Knock), (1, Show), (9000, Show)]]),
    ("muttering", &[&[(0, Knock), (1000, Mutter)], &[(10, Knock), (400, Mutter)], &[(20, Knock), (3000, Show)]]),
    ("too many flights", &[&[(0, Knock), (1, Mutter), (1, Mutter), (1, Mutter), (1, Mutter)]]),
    ("knocking twice", &[&[(0, Garbage), (1, Show), (1, Show)], &[(3000, Knock), (1000, Show)]]),
    (
        "until nobody is answered",
        &[
            &[(0, Knock), (1000, Show)],
            &[(7000, Knock), (1000, Show)],
            &[(14_000, Knock), (1000, Show)],
            &[(21_000, Knock), (1000, Show)],
            &[(28_000, Knock), (1000, Show)],
            &[(35_000, Knock), (30_000, Show)],
            &[(36_000, Garbage)],
        ],
    ),
];

#[test]
fn whatever_a_stranger_does_a_decoy_answers_as_a_door_does() {
    for (name, course) in COURSES {
        for seed in 1..=5 {
            let play = |mut scene: Scene| {
                let start = scene.now;
                for (number, steps) in (1..).zip(course) {
                    scene.stranger(number, steps);
                }
                scene.play(Duration::from_secs(90));
                let saw = scene.saw.into_iter().filter(|(conn, _)| *conn != HOST);
                saw.map(|(_, saw)| saw.into_iter().map(|(at, sight)| (at.since(start), sight)).collect::<Vec<_>>())
                    .collect::<Vec<_>>()
            };
            let door = play(Scene::with_group(seed, Duration::from_millis(75)));
            let decoy = play(Scene::empty(seed));
            let kinds = |saw: &Vec<Vec<(Duration, Sight)>>| {
                saw.iter().map(|one| one.iter().map(|(_, sight)| sight.clone()).collect()).collect::<Vec<Vec<_>>>()
            };
            assert_eq!(kinds(&door), kinds(&decoy), "{name}, seed {seed}:\n{door:?}\n{decoy:?}");
            for ((real, what), (made, _)) in door.iter().flatten().zip(decoy.iter().flatten()) {
                // At most three answers come one after the other, each within the range of lines.
                assert!(real.abs_diff(*made) < Duration::from_millis(600), "{name}: {what:?} {real:?} {made:?}");
            }
        }
    }
}

/// The delays of a first and a third flight's answer, and of the next stranger's first. `None` where the door is away.
fn delays(mut scene: Scene) -> Option<[Duration; 3]> {
    let mut course = |number: u64, step: Step| {
        let from = scene.now;
        scene.stranger(number, &[(0, step)]);
        scene.play(Duration::from_secs(3));
        scene.since(number, from)
    };
    let (first, third) = (course(101, Knock), course(101, Show));
    scene.play(limits::GUESS_PAUSE);
    let from = scene.now;
    scene.stranger(102, &[(0, Knock)]);
    scene.play(Duration::from_secs(3));
    let all = [first, third, scene.since(102, from)];
    // Where nobody answers, the last that was seen is that the knock is at the door.
    all.iter().all(|span| !span.is_zero()).then_some(all)
}

#[test]
fn decoys_answer_as_late_as_doors_on_the_same_relay() {
    let mean = |all: &[[Duration; 3]]| all.iter().flatten().sum::<Duration>() / (all.len() * 3) as u32;
    let mut doors = Vec::new();
    let mut decoys = Vec::new();
    for seed in 1..=60 {
        let line = Duration::from_micros(u64::from(seed) * 1500 + 30_000);
        doors.push(delays(Scene::with_group(seed, line)).expect("the host is there"));
        decoys.extend(delays(Scene::empty(seed)));
    }
    assert!((50..=60).contains(&decoys.len()), "few are away: {}", decoys.len());
    let (longest, shortest) = (doors.iter().flatten().max(), doors.iter().flatten().min());
    println!("doors {shortest:?} to {longest:?}, mean {:?}; decoys' mean {:?}", mean(&doors), mean(&decoys));
    for of in &decoys {
        assert!(
            of.iter().all(|span| *span > Duration::from_millis(50) && *span < Duration::from_millis(260)),
            "{of:?}"
        );
        assert!(of[0].abs_diff(of[1]) < Duration::from_millis(20), "one line, much the same delays: {of:?}");
    }
    assert!(mean(&doors).abs_diff(mean(&decoys)) < Duration::from_millis(40));

    // A door far away is asked, and after some tries decoys of the same relay may be as far.
    let far = Duration::from_millis(400);
    let mut scene = Scene::with_group(1, far);
    for number in 1..=8 {
        scene.stranger(number, &[(0, Knock), (2000, Show)]);
        scene.play(Duration::from_secs(9));
        let host = scene.host.as_mut().expect("a host");
        host.handle_intent(ingle::session::Intent::AllowTry, scene.now);
    }
    let mut as_far = 0;
    for number in 0..64 {
        scene.nameplate = Nameplate(if number + 1000 == scene.nameplate.0 { 9999 } else { 1000 + number });
        let from = scene.now;
        scene.stranger(200 + u64::from(number), &[(0, Knock)]);
        scene.play(Duration::from_secs(3));
        let delay = scene.since(200 + u64::from(number), from);
        assert!(delay < far * 2 + Duration::from_millis(20));
        as_far += u32::from(delay > Duration::from_millis(700));
    }
    assert!((2..32).contains(&as_far), "one room has its share of the delays: {as_far} of 64");
}
