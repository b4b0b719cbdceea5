//! Waiting at the door: the ground rules and the sound check. Inside: the words that members compare.

use std::time::Duration;

use serde_json::json;

use crate::harness::{Group, sound};

#[test]
fn at_the_door_the_sound_is_checked_and_nothing_is_sent() {
    let mut group = Group::with_door();
    let dir = tempfile::tempdir().expect("a directory");
    let voice = sound::looped(&sound::write_voice(dir.path(), "ana-01", Duration::ZERO));
    let mut ana = group.knock("Ana", &["--mic", &voice, "--speaker", "null"]);
    ana.wait(json!({ "event": "waiting" }));
    let knock = json!({ "event": "knock", "name": "Ana", "agreed": false });
    group.host.wait(knock);
    ana.say("/rules");
    assert!(ana.wait(json!({ "event": "rules" })).event["rules"].as_array().is_some_and(|rules| rules.len() > 4));
    ana.say("/agree");
    ana.wait(json!({ "event": "agreed" }));
    let mark = group.host.mark();
    ana.say("/sound");
    ana.wait(json!({ "event": "sound", "state": "listening" }));
    ana.wait(json!({ "event": "sound", "state": "replaying" }));
    ana.wait(json!({ "event": "sound", "state": "well" }));
    assert!(group.host.since(mark, json!({ "event": "speaking" })).is_empty());
    // Let in while a second one is under way, the voice is heard, and the check is over.
    ana.say("/sound");
    ana.wait(json!({ "event": "sound", "state": "listening" }));
    group.host.say("/admit Ana");
    ana.wait(json!({ "event": "joined" }));
    group.host.wait(json!({ "event": "speaking", "name": "Ana", "on": true }));
    ana.say("/sound");
    ana.wait(json!({ "event": "error", "message": "You are in the circle already." }));
}

#[test]
#[ignore = "listens for 14 seconds; make soak"]
fn without_a_microphone_the_check_says_so() {
    let group = Group::with_door();
    let mut ana = group.knock("Ana", &[]);
    ana.wait(json!({ "event": "waiting" }));
    ana.say("/sound");
    ana.wait(json!({ "event": "sound", "state": "no_microphone" }));
}

#[test]
fn comparing_words_asks_all_who_are_there_and_nobody_else() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    let mut ben = group.join("Ben", &[]);
    ana.say("/match");
    ana.wait(json!({ "event": "error", "message": "Nothing is being compared at the moment." }));
    ana.say("/verify");
    ana.wait(json!({ "event": "error", "message": "Only the facilitator can do that." }));
    group.host.say("/verify");
    for person in [&mut group.host, &mut ana, &mut ben] {
        person.wait(json!({ "event": "verifying", "reader": "Hilda" }));
    }
    // The member who reads out the words has nothing to answer.
    group.host.say("/match");
    group.host.wait(json!({ "event": "error", "message": "You read the words aloud." }));
    // A member who comes now is not asked, and sees no words.
    let mut cleo = group.join("Cleo", &[]);
    cleo.say("/match");
    cleo.wait(json!({ "event": "error", "message": "Nothing is being compared at the moment." }));
    ana.say("/quit");
    ben.say("/quit");
    // With nobody left to answer it is over.
    group.host.wait(json!({ "event": "verify_over", "outcome": "unfinished", "same": 1, "of": 1 }));
}
