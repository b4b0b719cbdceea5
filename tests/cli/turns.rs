//! Turns through the real programs: what is typed into one is told by all.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Group, sound};

fn round(now: Option<&str>, order: &[&str]) -> Value {
    json!({ "event": "round", "kind": "checkin", "now": now, "order": order })
}

#[test]
fn rounds_hands_agenda_and_breaks_are_told_to_all() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    let mut ben = group.join("Ben", &[]);
    // Hilda came first.
    group.host.say("/round checkin 90");
    ben.wait(round(Some("Hilda"), &["Ana", "Ben"]));
    group.host.say("/done");
    ana.wait(round(Some("Ana"), &["Ben"]));
    ana.say("/later");
    ben.wait(round(Some("Ben"), &["Ana"]));
    ana.say("/done");
    ana.wait(json!({ "event": "error", "message": "It is somebody else's turn." }));
    ben.say("/pass");
    group.host.wait(round(Some("Ana"), &[]));
    ana.wait(round(Some("Ana"), &[]));
    let mut eve = group.join("Eve", &[]);
    ana.wait(round(Some("Ana"), &["Eve"]));
    ana.say("/done");
    eve.wait(round(Some("Eve"), &[]));
    eve.say("/done");
    eve.wait(json!({ "event": "round", "news": "over", "now": null }));

    ben.say("/hand up");
    ana.wait(json!({ "event": "queue", "hands": ["Ben"] }));
    ana.say("/hand up");
    group.host.wait(json!({ "event": "queue", "order": "hands", "hands": ["Ben", "Ana"] }));
    eve.say("/ask");
    group.host.wait(json!({ "event": "queue", "asks": ["Eve"] }));
    group.host.say("/next");
    ana.wait(json!({ "event": "next", "name": "Ben" }));
    group.host.say("/order least");
    ana.wait(json!({ "event": "queue", "order": "least", "hands": ["Ana"] }));

    group.host.say("/agenda What we do with the money 10");
    group.host.say("/agenda next");
    let point = json!({ "text": "What we do with the money", "minutes": 10 });
    ben.wait(json!({ "event": "agenda", "points": [point], "now": 0 }));
    group.host.say("/break 5");
    for person in [&mut ana, &mut eve] {
        person.wait(json!({ "event": "break", "news": "began" }));
    }
    ana.say("/back");
    eve.wait(json!({ "event": "break", "news": "back", "back": ["Ana"] }));
    group.host.say("/break end");
    ben.wait(json!({ "event": "break", "news": "over" }));
    // What a member may not do is one sentence, and nothing else.
    let mark = group.host.mark();
    ana.say("/agenda Mine 5");
    ana.wait(json!({ "event": "error", "message": "Only the facilitator can do that." }));
    ana.say("after it");
    group.host.wait(json!({ "event": "chat", "text": "after it" }));
    assert!(group.host.since(mark, json!({ "event": "agenda" })).is_empty());
}

#[test]
fn the_stick_and_a_mute_of_all_silence_talkers_and_say_so() {
    let dir = tempfile::tempdir().expect("a directory");
    let mic = sound::looped(&sound::write_voice(dir.path(), "bo-02", Duration::ZERO));
    let mut group = Group::open();
    let mut listener = group.join("Lea", &[]);
    let mut talker = group.join("Tom", &["--mic", &mic, "--speaker", "null"]);
    let speaks = json!({ "event": "speaking", "name": "Tom", "on": true });
    listener.wait(speaks.clone());
    group.host.say("/stick Lea");
    for person in [&mut group.host, &mut listener, &mut talker] {
        person.wait(json!({ "event": "stick", "holder": "Lea" }));
        person.wait(json!({ "event": "floor", "name": "Tom", "muted": true }));
    }
    talker.wait(json!({ "event": "talks_muted" }));
    listener.say("/stick Tom");
    listener.wait(json!({ "event": "floor", "name": "Tom", "muted": false }));
    listener.wait(speaks.clone());
    talker.say("/stick down");
    listener.wait(json!({ "event": "stick", "holder": null }));
    let until = |seen: &Value| seen["until_s"].as_f64().expect("a time");
    group.host.say("/mute all");
    let first = until(&group.host.wait(json!({ "event": "quiet", "on": true })).event);
    listener.wait(json!({ "event": "quiet", "on": true }));
    let mark = listener.mark();
    group.host.say("/mute all");
    group.host.wait(json!({ "event": "quiet", "yes": 1, "of": 3 }));
    listener.wait(json!({ "event": "quiet", "yes": 1, "of": 3 }));
    assert!(listener.since(mark, speaks.clone()).is_empty());
    listener.say("/yes");
    group.host.wait(json!({ "event": "quiet", "yes": 2, "of": 3 }));
    // Most have said yes, so it goes on by itself.
    let second = until(&group.host.wait(json!({ "event": "quiet", "on": true })).event);
    assert!(second > first, "{second} and {first}");
    group.host.say("/unmute all");
    listener.wait(json!({ "event": "quiet", "on": false }));
    listener.wait(speaks);
}
