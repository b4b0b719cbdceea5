//! A relay that is killed and started again under real groups: nobody types anything, and all goes on.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use ingle::wire::limits;
use serde_json::json;

use crate::harness::{Group, Person, Relay, SILENT, sound};

/// Everybody must be back this soon after the relay's start.
const BACK: Duration = Duration::from_secs(5);

const NAMES: [&str; 49] = [
    "Ana", "Ben", "Cleo", "Dana", "Emil", "Fay", "Gus", "Ida", "Jon", "Kim", "Lea", "Max", "Nora", "Otto", "Pia",
    "Quin", "Rosa", "Sam", "Tess", "Uma", "Vic", "Wanda", "Xenia", "Yann", "Zoe", "Abel", "Bea", "Carl", "Doro",
    "Elsa", "Finn", "Gita", "Hugo", "Iris", "Jana", "Karl", "Lisa", "Milo", "Nina", "Olaf", "Paul", "Ruth", "Sven",
    "Tina", "Udo", "Vera", "Wolf", "Yusuf", "Zara",
];

/// A group of so many, its facilitator first, of whom Ana talks the whole time.
fn circle(count: usize, voice: &str) -> (Relay, String, Vec<Person>) {
    let mut group = Group::open();
    let talks = ["--mic", voice, "--speaker", "null", "--open-mic"];
    let others = NAMES[..count - 1].iter().enumerate();
    let members: Vec<_> = others.map(|(at, name)| group.join(name, if at == 0 { &talks[..] } else { &[] })).collect();
    let Group { relay, host, code } = group;
    (relay, code, std::iter::once(host).chain(members).collect())
}

/// A group of three at a relay that others use too.
fn trio(relay: &str) -> Vec<Person> {
    let start = |arguments: &[&str], name| {
        let at = ["--relay", relay, "--name", name];
        let mut person = Person::start(&[arguments, &at, &SILENT].concat());
        person.wait(json!({ "event": "joined" }));
        person
    };
    let mut host = start(&["host", "--open-door"], "Hilda");
    let code = host.since(0, json!({ "event": "hosting" }))[0]["code"].as_str().expect("a code").to_owned();
    let others = ["Ana", "Ben"].map(|name| start(&["join", &code], name));
    std::iter::once(host).chain(others).collect()
}

/// Kills the relay, and starts it again after a while. How long after that the last member was back.
fn restart(relay: &mut Relay, down: Duration, people: &mut [&mut Person]) -> Duration {
    people.iter_mut().for_each(|person| _ = person.mark());
    relay.crash();
    std::thread::sleep(down);
    relay.start_again();
    let start = Instant::now();
    let back = people.iter_mut().map(|person| person.wait_within(4 * BACK, json!({ "event": "restored" })).at);
    let took = back.map(|at| at.saturating_duration_since(start)).max().expect("members");
    println!(
        "all {} back {:.2} s after the start of a relay that was gone for {down:?}",
        people.len(),
        took.as_secs_f64()
    );
    took
}

/// All get a message, and whatever two of them knew of the group at the same place of its log was the same.
fn agree(people: &mut [Person], words: &str) {
    people.iter_mut().for_each(|person| _ = person.mark());
    people[0].say(words);
    let mut known = BTreeMap::new();
    for person in people {
        person.wait_within(BACK, json!({ "event": "chat", "text": words }));
        person.wait_within(BACK, json!({ "event": "state" }));
        for state in person.since(0, json!({ "event": "state" })) {
            let hash = known.entry(state["index"].as_u64()).or_insert_with(|| state["hash"].clone());
            assert_eq!(*hash, state["hash"], "at {}", state["index"]);
        }
    }
}

fn goes_on(down: Duration, kind: &str) {
    let dir = tempfile::tempdir().expect("a directory");
    let voice = sound::looped(&sound::write_voice(dir.path(), "ana-01", Duration::ZERO));
    let (mut relay, code, mut people) = circle(12, &voice);
    people[3].say("/hand up");
    people[0].wait(json!({ "event": "queue", "hands": ["Cleo"] }));
    people[0].say("/propose Break at three");
    people[6].wait(json!({ "event": "proposal", "stage": "discussion" }));
    people[0].say(&format!("/vote {kind}"));
    for person in &mut people {
        person.wait(json!({ "event": "vote", "kind": kind, "open": true }));
    }
    for voter in &mut people[1..6] {
        voter.say("/ballot yes");
    }
    let took = restart(&mut relay, down, &mut people.iter_mut().collect::<Vec<_>>());
    for listener in people.iter_mut().skip(2) {
        assert!(listener.hears(BACK, json!({ "event": "speaking", "name": "Ana", "on": true })), "Ana is heard");
    }
    for voter in &mut people[6..] {
        voter.say("/ballot no");
    }
    people[0].say("/ballot abstain");
    let result = json!({ "event": "result", "yes": 5, "no": 6, "abstain": 1, "verified": true });
    for person in &mut people {
        person.wait_within(4 * BACK, result.clone());
    }
    // The hand is still first, and a newcomer gets in by the old code.
    people[4].say("/hand up");
    people[0].wait(json!({ "event": "queue", "hands": ["Cleo", "Dana"] }));
    let late = ["join", &code, "--relay", &relay.at, "--name", "Late"];
    people.push(Person::start(&[&late[..], &SILENT].concat()));
    people[12].wait(json!({ "event": "joined" }));
    agree(&mut people, "all there");
    let mut all: Vec<&str> = NAMES[..11].iter().chain(&["Hilda", "Late"]).copied().collect();
    all.sort_unstable();
    assert_eq!(people[0].roster(), all);
    assert!(took < BACK, "{took:?}");
}

#[test]
#[ignore = "twelve programs, some seconds; make soak"]
fn a_vote_goes_on_when_the_relay_starts_again_at_once() {
    goes_on(Duration::ZERO, "open");
}

#[test]
#[ignore = "twelve programs, some seconds; make soak"]
fn a_secret_vote_goes_on_after_five_seconds_without_a_relay() {
    goes_on(Duration::from_secs(5), "secret");
}

#[test]
#[ignore = "a relay that is gone for a minute; make soak"]
fn a_vote_goes_on_after_a_minute_without_a_relay() {
    goes_on(Duration::from_secs(60), "open");
}

#[test]
#[ignore = "fifty programs; make soak"]
fn fifty_outlive_their_relay() {
    let (mut relay, _, mut people) = circle(50, "null");
    let took = restart(&mut relay, Duration::from_secs(3), &mut people.iter_mut().collect::<Vec<_>>());
    agree(&mut people, "all there");
    assert!(took < BACK, "{took:?}");
}

#[test]
#[ignore = "48 programs; make soak"]
fn sixteen_groups_outlive_their_relay() {
    let mut relay = Relay::start();
    // As many as one address may open at once.
    let mut groups: Vec<Vec<Person>> = (0..limits::ORIGIN_ROOMS).map(|_| trio(&relay.at)).collect();
    let took = restart(&mut relay, Duration::from_secs(3), &mut groups.iter_mut().flatten().collect::<Vec<_>>());
    groups.iter_mut().for_each(|people| agree(people, "all there"));
    assert!(took < BACK, "{took:?}");
}
