//! One group whose members come, go, crash, talk and decide at a pace that no evening has.

use std::time::{Duration, Instant};

use rand_chacha::ChaCha12Rng;
use rand_core::{RngCore, SeedableRng};
use serde_json::json;

use super::States;
use super::harness::{Person, Proxy, SILENT};

/// Between two events: a group on an evening has one in a quarter of a minute.
const EVERY: Duration = Duration::from_millis(1250);
/// How often everybody is to know the same.
const CHECK: Duration = Duration::from_secs(60);
/// How long that may take: a machine may be busy, a line black, a relay away.
const AGREED: Duration = Duration::from_secs(90);
/// Lines as they may be.
const LINES: [&str; 5] = [
    "",
    "delay 40ms 10ms loss 5%",
    "delay 80ms 60ms loss 20%",
    "delay 40ms loss gemodel 2.2% 20%",
    "delay 150ms duplicate 10%",
];
/// Those who come and go.
const GUESTS: [&str; 3] = ["Emil", "Fay", "Gus"];
/// Those who stay, and are watched.
const STEADY: [&str; 3] = ["Hilda", "Ana", "Ben"];

/// A group.
pub(crate) struct Churn {
    relay: String,
    code: String,
    rng: ChaCha12Rng,
    /// Hilda, who leads; Ana, who talks over a line; and Ben.
    steady: Vec<Person>,
    /// What each has been asked about so far.
    read: Vec<usize>,
    line: Proxy,
    black_until: Option<Instant>,
    guests: Vec<Option<(Person, usize)>>,
    states: States,
    counts: [u64; 5],
}

impl Churn {
    pub(crate) fn open(relay: &str, voice: &str, seed: u64) -> Self {
        let start = |arguments: &[&str]| Person::start(&[arguments, &SILENT[..]].concat());
        let mut host = start(&["host", "--open-door", "--relay", relay, "--name", "Hilda"]);
        let hosting = host.wait(json!({ "event": "hosting" })).event.clone();
        let code = hosting["code"].as_str().expect("a code").to_owned();
        let line = Proxy::seeded(relay, seed);
        let talks = ["--mic", voice, "--speaker", "null"];
        let mut ana = Person::start(&[&["join", &code, "--relay", &line.at, "--name", "Ana"], &talks[..]].concat());
        ana.wait(json!({ "event": "joined" }));
        let mut ben = start(&["join", &code, "--relay", relay, "--name", "Ben"]);
        ben.wait(json!({ "event": "joined" }));
        Self {
            relay: relay.to_owned(),
            code,
            rng: ChaCha12Rng::seed_from_u64(seed),
            steady: vec![host, ana, ben],
            read: vec![0; STEADY.len()],
            line,
            black_until: None,
            guests: GUESTS.iter().map(|_| None).collect(),
            states: States::default(),
            counts: [0; 5],
        }
    }

    /// Other chances from now on.
    pub(crate) fn reseed(&mut self, seed: u64) {
        self.rng = ChaCha12Rng::seed_from_u64(seed);
    }

    /// The names and processes of those who stay.
    pub(crate) fn steady(&self) -> impl Iterator<Item = (&'static str, u32)> {
        STEADY.into_iter().zip(self.steady.iter().map(Person::id))
    }

    fn below(&mut self, below: u32) -> usize {
        (self.rng.next_u32() % below) as usize
    }

    /// One event after another.
    pub(crate) fn go_on_until(&mut self, end: Instant) {
        let mut check = Instant::now() + CHECK;
        while Instant::now() < end {
            std::thread::sleep(EVERY);
            if self.black_until.is_some_and(|until| until <= Instant::now()) {
                self.black_until = None;
                self.line.cut(false);
            }
            self.happen();
            if check <= Instant::now() {
                self.agree();
                check = Instant::now() + CHECK;
            }
        }
        self.agree();
    }

    fn happen(&mut self) {
        self.counts[0] += 1;
        match self.below(20) {
            0..4 => self.somebody_says("/hand up"),
            4 => self.somebody_says("/hand down"),
            5 => self.steady[0].say("/mute Ben"),
            6 => self.steady[0].say("/unmute all"),
            7 => self.steady[0].say("/round checkin 10"),
            8 => self.steady[0].say("/round end"),
            9 => {
                self.steady[2].say("/propose A break");
                self.steady[0].say("/vote open");
            }
            10 => {
                self.steady.iter_mut().for_each(|person| person.say("/ballot yes"));
                self.steady[0].say("/vote end");
            }
            11 => self.steady[2].say("/withdraw"),
            12 => {
                let line = LINES[self.below(LINES.len() as u32)];
                self.line.set(line);
            }
            13 => {
                let black = Duration::from_secs(2 + self.below(10) as u64);
                self.line.cut(true);
                self.black_until = Some(Instant::now() + black);
                self.counts[3] += 1;
            }
            14 => self.line.rebind(),
            15..18 => self.guest(),
            _ => {
                let text = format!("word number {}", self.counts[0]);
                self.somebody_says(&text);
            }
        }
    }

    fn somebody_says(&mut self, text: &str) {
        let who = self.below(STEADY.len() as u32);
        self.steady[who].say(text);
    }

    /// A guest comes, or goes, or crashes.
    fn guest(&mut self) {
        let which = self.below(GUESTS.len() as u32);
        match self.guests[which].take() {
            None => {
                let join = ["join", &self.code, "--relay", &self.relay, "--name", GUESTS[which]];
                self.guests[which] = Some((Person::start(&[&join, &SILENT[..]].concat()), 0));
                self.counts[1] += 1;
            }
            Some((guest, _)) if self.below(2) == 0 => {
                guest.crash();
                self.counts[2] += 1;
            }
            Some((mut guest, mut read)) => {
                // One who isn't in yet stays for a while.
                if guest.since(0, json!({ "event": "joined" })).is_empty() {
                    self.guests[which] = Some((guest, read));
                    return;
                }
                take(&mut self.states, &mut guest, &mut read);
                guest.say("/quit");
                let ended = guest.end();
                assert_eq!(ended.code, Some(0), "a guest who left: {ended:?}");
            }
        }
    }

    /// Everybody who is in learns of a word, and what all of them have known at any place of the log was the same.
    fn agree(&mut self) {
        self.black_until = None;
        self.line.cut(false);
        self.counts[4] += 1;
        let text = format!("check number {}", self.counts[4]);
        let Self { steady, guests, read, states, .. } = self;
        let mut all: Vec<(&mut Person, &mut usize)> = steady.iter_mut().zip(read).collect();
        for guest in guests.iter_mut().flatten() {
            let (guest, read) = guest;
            assert!(guest.since(0, json!({ "event": "closed" })).is_empty(), "a guest was sent away");
            if !guest.since(0, json!({ "event": "joined" })).is_empty() {
                all.push((guest, read));
            }
        }
        all.iter_mut().for_each(|(person, _)| _ = person.mark());
        all[0].0.say(&text);
        for (person, read) in all {
            person.wait_within(AGREED, json!({ "event": "chat", "text": text }));
            take(states, person, read);
        }
    }

    /// All leave; what happened, in a sentence.
    pub(crate) fn end(self, wrong: &mut Vec<String>) -> String {
        let [events, came, crashed, cuts, checks] = self.counts;
        let guests = self.guests.into_iter().flatten().map(|(guest, _)| guest);
        for mut person in self.steady.into_iter().rev().chain(guests) {
            person.say("/quit");
            let ended = person.end();
            if ended.code != Some(0) {
                wrong.push(format!("a program ended with {:?}: {}", ended.code, ended.err));
            }
        }
        format!(
            "{events} events, {came} came, {crashed} crashed, {cuts} cuts of a line, {checks} checks, {} states compared",
            self.states.compared
        )
    }
}

/// Compares what somebody has told of the group since the last time.
fn take(states: &mut States, person: &mut Person, read: &mut usize) {
    for state in person.since(*read, json!({ "event": "state" })) {
        let (index, hash) = (state["index"].as_u64().expect("a number"), state["hash"].as_str().expect("a text"));
        states.take(index, hash).unwrap_or_else(|why| panic!("{why}"));
    }
    *read = person.mark();
}
