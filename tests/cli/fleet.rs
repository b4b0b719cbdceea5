//! Groups at a fleet of three relays, whose etcd is real too: nobody types anything when something happens to their relay.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::{PATIENCE, Person, SILENT, sound};
use crate::programs::Fleet;

/// A talker must be heard again this soon after a relay's death.
const HEARD: Duration = Duration::from_secs(8);

/// Hilda, Ana and Ben, each of whom names another relay. Ana talks the whole time.
fn trio(fleet: &Fleet, voice: &str) -> Vec<Person> {
    let start = |arguments: &[&str], at: usize, name, sound: &[&str]| {
        let at = ["--relay", &fleet.relays[at].at, "--name", name];
        let mut person = Person::start(&[arguments, &at, sound].concat());
        person.wait(json!({ "event": "joined" }));
        person
    };
    let mut host = start(&["host", "--open-door"], 0, "Hilda", &SILENT);
    let code = host.since(0, json!({ "event": "hosting" }))[0]["code"].as_str().expect("a code").to_owned();
    let talks = ["--mic", voice, "--speaker", "null", "--open-mic"];
    let ana = start(&["join", &code], 1, "Ana", &talks);
    let ben = start(&["join", &code], 2, "Ben", &SILENT);
    vec![host, ana, ben]
}

/// The relay that has the only group.
fn owner(fleet: &Fleet) -> usize {
    let start = Instant::now();
    loop {
        let busy = |at: &usize| fleet.relays[*at].figure("ingle_relay_members") == Some(3);
        if let Some(at) = (0..3).find(busy) {
            return at;
        }
        assert!(start.elapsed() < PATIENCE, "no relay has the group");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
#[ignore = "etcd, three relays and three members, some seconds; make soak"]
fn a_group_is_heard_again_elsewhere_when_its_relay_dies() {
    let dir = tempfile::tempdir().expect("a directory");
    let voice = sound::looped(&sound::write_voice(dir.path(), "ana-01", Duration::ZERO));
    let fleet = Fleet::start();
    let mut people = trio(&fleet, &voice);
    assert!(people[2].hears(PATIENCE, json!({ "event": "speaking", "name": "Ana", "on": true })), "Ana is heard");
    let dead = owner(&fleet);
    people.iter_mut().for_each(|person| _ = person.mark());
    fleet.relays[dead].program.signal("KILL");
    let start = Instant::now();
    for person in &mut people {
        let back = person.wait_within(PATIENCE, json!({ "event": "restored" })).at;
        println!("back {:.2} s after the relay's death", back.saturating_duration_since(start).as_secs_f64());
    }
    assert!(people[2].hears(PATIENCE, json!({ "event": "speaking", "name": "Ana", "on": true })), "Ana is heard");
    println!("heard again after {:.2} s", start.elapsed().as_secs_f64());
    assert!(start.elapsed() < HEARD, "{:?}", start.elapsed());
    people.iter_mut().for_each(|person| _ = person.mark());
    people[0].say("all there");
    people.iter_mut().for_each(|person| _ = person.wait(json!({ "event": "chat", "text": "all there" })));
}

#[test]
#[ignore = "etcd, three relays and a member, some seconds; make soak"]
fn a_host_waits_with_a_sentence_while_etcd_is_away() {
    let mut fleet = Fleet::start();
    fleet.etcd.kill();
    std::thread::sleep(Duration::from_secs(4));
    let at = fleet.relays[0].at.clone();
    let mut host = Person::start(&[&["host", "--relay", &at, "--name", "Hilda"], &SILENT[..]].concat());
    host.wait(json!({ "event": "error" }));
    fleet.etcd.start_again();
    host.wait(json!({ "event": "hosting" }));
}
