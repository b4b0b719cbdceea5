//! All members have the same state, even when some come late or leave.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::harness::{Group, Person};

/// The state's hash at each index that a member has reported.
fn hashes(person: &mut Person) -> BTreeMap<u64, String> {
    let states = person.since(0, json!({ "event": "state" }));
    let told = |state: &Value| Some((state["index"].as_u64()?, state["hash"].as_str()?.to_owned()));
    states.into_iter().map(|state| told(state).expect("an index and a hash")).collect()
}

#[test]
fn five_who_do_all_they_can_have_the_same_hashes() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    let mut ben = group.join("Ben", &[]);
    let mut cleo = group.join("Cleo", &[]);
    // At the same time, so that the order is the relay's alone.
    for round in 0..5 {
        for person in [&mut group.host, &mut ana, &mut ben, &mut cleo] {
            person.say(&format!("round {round}"));
            person.say("/hand");
        }
        group.host.say(if round % 2 == 0 { "/mute Ben" } else { "/unmute all" });
    }
    cleo.say("Cleo's last words");
    cleo.wait(json!({ "event": "chat", "text": "Cleo's last words" }));
    cleo.say("/quit");
    group.host.wait(json!({ "event": "member", "name": "Cleo", "state": "gone" }));
    let mut dora = group.join("Dora", &[]);
    dora.say("/hand");
    group.host.say("/lock");
    for person in [&mut group.host, &mut ana, &mut ben, &mut dora] {
        person.wait(json!({ "event": "hand", "name": "Dora", "up": true }));
        person.wait(json!({ "event": "locked", "locked": true }));
    }
    group.host.say("the end");
    let mut last = Vec::new();
    for person in [&mut group.host, &mut ana, &mut ben, &mut dora] {
        person.wait(json!({ "event": "chat", "text": "the end" }));
        person.roster();
        last.push(*hashes(person).keys().next_back().expect("an index"));
    }
    assert!(last.iter().all(|index| *index == last[0]), "{last:?}");

    cleo.wait(json!({ "event": "closed", "reason": "left" }));
    let whole = hashes(&mut group.host);
    assert_eq!(whole.keys().copied().collect::<Vec<_>>(), (1..=last[0]).collect::<Vec<_>>(), "no entry is left out");
    for (person, least) in [(&mut ana, 40), (&mut ben, 40), (&mut cleo, 10), (&mut dora, 3)] {
        let theirs = hashes(person);
        assert!(theirs.len() >= least, "{}", theirs.len());
        theirs.iter().for_each(|(index, hash)| assert_eq!(whole.get(index), Some(hash), "at {index}"));
    }
}
