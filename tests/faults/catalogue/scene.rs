//! Hilda and Ana talk, Ben listens, and Ana's line is the one that something happens to.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use serde_json::json;
use tempfile::TempDir;

use super::super::harness::{Group, Person, Proxy, Relay, sound};
use super::ear::Ear;
use super::pass;

/// How long everybody talks before anything happens.
const PEACE: Duration = Duration::from_secs(6);
/// How long everybody may take to know the last entry.
const AGREED: Duration = Duration::from_secs(20);

/// Somebody who was to be heard again.
pub(super) struct Again {
    pub whom: &'static str,
    pub after: Option<Duration>,
    /// At most this long after the fault's end.
    pub most: Duration,
}

/// What came of a case.
#[derive(Default)]
pub(super) struct Outcome {
    pub again: Vec<Again>,
    /// States of the group that were compared.
    pub states: usize,
    pub exits: String,
    pub wrong: Vec<String>,
    pub skipped: Option<String>,
}

impl Outcome {
    pub(super) fn failed(why: String) -> Self {
        Self { wrong: vec![why], ..Self::default() }
    }

    pub(super) fn skipped(why: &str) -> Self {
        Self { skipped: Some(why.trim().to_owned()), ..Self::default() }
    }

    pub(super) fn is_good(&self) -> bool {
        self.wrong.is_empty() && self.again.iter().all(|again| again.after.is_some_and(|after| after <= again.most))
    }

    pub(super) fn verdict(&self) -> String {
        let late = self.again.iter().filter(|again| again.after.is_none_or(|after| after > again.most));
        let late = late.map(|again| format!("{} too late", again.whom));
        match &self.skipped {
            Some(why) => format!("SKIPPED: {why}"),
            None if self.is_good() => "good".into(),
            None => format!("FAILED: {}", self.wrong.iter().cloned().chain(late).collect::<Vec<_>>().join("; ")),
        }
    }

    pub(super) fn heard_again(&self) -> String {
        // The latest of each kind.
        let mut latest: Vec<&Again> = Vec::new();
        for again in &self.again {
            let rank = |again: &Again| again.after.unwrap_or(Duration::MAX);
            match latest.iter_mut().find(|other| other.whom == again.whom) {
                Some(other) if rank(other) < rank(again) => *other = again,
                Some(_) => {}
                None => latest.push(again),
            }
        }
        let one = |again: &&Again| match again.after {
            Some(after) => format!("{} {:.2}/{:.1} s", again.whom, after.as_secs_f64(), again.most.as_secs_f64()),
            None => format!("{} never", again.whom),
        };
        latest.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// Somebody is to hear somebody again.
struct Wait {
    /// Whether Ana is to hear Hilda, or the other way round.
    by_ana: bool,
    from: SystemTime,
    most: Duration,
    /// Until when they were listened to.
    until: Option<SystemTime>,
}

/// Three members of a group.
pub(super) struct Scene {
    pub dir: TempDir,
    pub group: Group,
    pub line: Proxy,
    pub ana: Person,
    ben: Person,
    /// What Hilda and Ana hear: each hears only the other.
    pub hilda_hears: Ear,
    pub ana_hears: Ear,
    waits: Vec<Wait>,
    peace: [SystemTime; 2],
    pub outcome: Outcome,
}

impl Scene {
    pub(super) fn new(seed: u64) -> Self {
        Self::at(Relay::start(), seed)
    }

    pub(super) fn at(relay: Relay, seed: u64) -> Self {
        let line = Proxy::seeded(&relay.at, seed);
        let over = line.at.clone();
        Self::with(relay, line, |group, more| group.knock_over(&over, "Ana", more))
    }

    /// With another way for Ana to come in.
    pub(super) fn with(relay: Relay, line: Proxy, ana: impl FnOnce(&Group, &[&str]) -> Person) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let voice = |name: &str| sound::looped(&sound::write_voice(dir.path(), name, Duration::ZERO));
        let (bo, own) = (voice("bo-01"), voice("ana-01"));
        let [hilda_hears, ana_hears] = ["hilda", "ana"].map(|name| Ear(dir.path().join(format!("{name}.heard.wav"))));
        let (speaker, own_speaker) = (hilda_hears.argument(), ana_hears.argument());
        let mut group = Group::hosted_at(relay, &["--open-door", "--mic", &bo, "--speaker", &speaker]);
        let mut ana = ana(&group, &["--mic", &own, "--speaker", &own_speaker]);
        ana.wait(json!({ "event": "joined" }));
        let ben = group.join("Ben", &[]);
        for (person, name) in [(&mut ana, "Hilda"), (&mut group.host, "Ana")] {
            person.wait(json!({ "event": "speaking", "name": name, "on": true }));
        }
        let settled = SystemTime::now() + PEACE / 6;
        pass(PEACE);
        let peace = [settled, SystemTime::now()];
        Self { dir, group, line, ana, ben, hilda_hears, ana_hears, waits: vec![], peace, outcome: Outcome::default() }
    }

    /// A fault is over: from now on Ana hears Hilda again within a time.
    pub(super) fn ana_hears_soon(&mut self, most: Duration) {
        self.waits.push(Wait { by_ana: true, from: SystemTime::now(), most, until: None });
    }

    /// A fault is over: from now on Hilda hears Ana again within a time.
    pub(super) fn hilda_hears_soon(&mut self, most: Duration) {
        self.waits.push(Wait { by_ana: false, from: SystemTime::now(), most, until: None });
    }

    /// Both.
    pub(super) fn both_hear_soon(&mut self, most: Duration) {
        self.ana_hears_soon(most);
        self.hilda_hears_soon(most);
    }

    /// Listens for a while: what comes later says nothing about what was waited for so far.
    pub(super) fn listen(&mut self, time: Duration) {
        pass(time);
        let now = SystemTime::now();
        self.waits.iter_mut().for_each(|wait| _ = wait.until.get_or_insert(now));
    }

    /// Of what Ana and Hilda heard in peace, how much they heard between two moments.
    pub(super) fn shares(&self, from: SystemTime, to: SystemTime) -> [f64; 2] {
        let [begun, over] = self.peace;
        [&self.ana_hears, &self.hilda_hears].map(|ear| ear.share(from, to) / ear.share(begun, over).max(f64::EPSILON))
    }

    /// Something that must be so.
    pub(super) fn must(&mut self, so: bool, otherwise: &str) {
        if !so {
            self.outcome.wrong.push(otherwise.to_owned());
        }
    }

    /// All agree, all leave, and what was heard is looked at.
    pub(super) fn end(mut self) -> Outcome {
        self.listen(Duration::ZERO);
        let Self { dir, group, line, ana, ben, hilda_hears, ana_hears, waits, mut outcome, .. } = self;
        let Group { mut relay, host, .. } = group;
        let mut people = vec![host, ana, ben];
        match agree(&mut people) {
            Ok(states) => outcome.states = states,
            Err(why) => outcome.wrong.push(why),
        }
        leave(people, &mut outcome);
        relay.end();
        for Wait { by_ana, from, most, until } in waits {
            let (whom, ear) = if by_ana { ("Ana Hilda", &ana_hears) } else { ("Hilda Ana", &hilda_hears) };
            outcome.again.push(Again { whom, after: ear.heard_after(from, until.unwrap_or(from)), most });
        }
        drop((line, dir));
        outcome
    }
}

/// All get a message, and whatever two of them knew of the group at the same place of its log was the same. The number of states
/// that were compared.
pub(super) fn agree(people: &mut [Person]) -> Result<usize, String> {
    people.iter_mut().for_each(|person| _ = person.mark());
    people[0].say("the end");
    let (mut known, mut compared) = (BTreeMap::new(), 0);
    for person in people {
        for wanted in [json!({ "event": "chat", "text": "the end" }), json!({ "event": "state" })] {
            if !person.hears(AGREED, wanted.clone()) {
                return Err(format!("somebody never got {wanted}"));
            }
        }
        for state in person.since(0, json!({ "event": "state" })) {
            let hash = known.entry(state["index"].as_u64()).or_insert_with(|| state["hash"].clone());
            compared += 1;
            if *hash != state["hash"] {
                return Err(format!("two states differ at {}", state["index"]));
            }
        }
    }
    Ok(compared)
}

/// All leave, and their programs end in order.
pub(super) fn leave(people: Vec<Person>, outcome: &mut Outcome) {
    let mut codes = Vec::new();
    for mut person in people {
        person.say("/quit");
        codes.push(person.end().code);
    }
    let code = |code: &Option<i32>| code.map_or("-".to_owned(), |code| code.to_string());
    outcome.exits = codes.iter().map(code).collect::<Vec<_>>().join(" ");
    if codes.iter().any(|code| *code != Some(0)) {
        outcome.wrong.push("a program ended badly".into());
    }
}
