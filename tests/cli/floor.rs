//! The facilitator mutes and unmutes.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Group, sound};

fn floor(name: &str, muted: bool) -> Value {
    json!({ "event": "floor", "name": name, "muted": muted })
}

fn speaks(name: &str) -> Value {
    json!({ "event": "speaking", "name": name, "on": true })
}

#[test]
fn a_talker_is_muted_at_the_relay_and_may_speak_again() {
    let dir = tempfile::tempdir().expect("a directory");
    let mic = sound::looped(&sound::write_voice(dir.path(), "bo-02", Duration::ZERO));
    let mut group = Group::open();
    let mut listener = group.join("Lea", &[]);
    let mut talker = group.join("Tom", &["--mic", &mic, "--speaker", "null"]);
    listener.wait(speaks("Tom"));

    group.host.say("/mute Tom");
    listener.wait(floor("Tom", true));
    group.host.wait(floor("Tom", true));
    talker.wait(floor("Tom", true));
    talker.wait(json!({ "event": "mic", "floor_muted": true }));
    let mark = listener.mark();
    listener.wait(json!({ "event": "link" }));
    assert!(listener.since(mark, speaks("Tom")).is_empty(), "a muted member is not heard");

    group.host.say("/unmute Tom");
    listener.wait(floor("Tom", false));
    listener.wait(speaks("Tom"));

    // What a member can't do is said, and changes nothing.
    let mark = listener.mark();
    listener.say("/mute Tom");
    let error = listener.wait(json!({ "event": "error" })).event.clone();
    assert_eq!(error["message"], "Only the facilitator can do that.");
    listener.say("after it");
    for person in [&mut group.host, &mut listener, &mut talker] {
        person.wait(json!({ "event": "chat", "from": "Lea", "text": "after it" }));
    }
    assert!(listener.since(mark, json!({ "event": "floor" })).is_empty());

    // All but the facilitator.
    let marks = (group.host.mark(), listener.mark());
    group.host.say("/mute all");
    for person in [&mut group.host, &mut listener, &mut talker] {
        person.wait(floor("Lea", true));
        person.wait(floor("Tom", true));
    }
    assert!(group.host.since(marks.0, floor("Hilda", true)).is_empty());
    listener.say("/mic on");
    listener.wait(json!({ "event": "error" }));
    let open = json!({ "event": "mic", "open": true });
    assert!(listener.since(marks.1, open.clone()).is_empty(), "a muted member can't open the microphone");
    group.host.say("/unmute all");
    listener.wait(floor("Tom", false));
    assert!(listener.since(marks.1, open).is_empty(), "lifting a mute opens no microphone");
    listener.wait(speaks("Tom"));
}

#[test]
fn without_a_microphone_none_is_said_to_be_open() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    let mark = ana.mark();
    ana.say("/mic on");
    let error = ana.wait(json!({ "event": "error" })).event.clone();
    let wanted = "You have no microphone here, so nobody can hear you. You can listen and write.";
    assert_eq!(error["message"], wanted);
    assert!(ana.since(mark, json!({ "event": "mic" })).is_empty());
    // The facilitator sees it after a moment, and nobody else does.
    group.host.wait(json!({ "event": "no_mic", "name": "Ana", "on": true }));
    group.host.say("/who");
    let who = group.host.wait(json!({ "event": "who" })).event.clone();
    let found = who["members"].as_array().into_iter().flatten().find(|member| member["name"] == "Ana").cloned();
    assert_eq!(found.expect("a member")["no_mic"], true);
    let mut ben = group.join("Ben", &[]);
    ben.say("/who");
    let who = ben.wait(json!({ "event": "who" })).event.clone();
    assert!(who["members"].as_array().into_iter().flatten().all(|member| member["no_mic"] == false), "{who}");
}
