//! A voice that goes in at one end comes out at the other.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;

use crate::harness::{Group, sound};

/// A call of two: the voice that goes in at the host, and what a listener's speaker plays of it.
fn call(dir: &Path) -> (PathBuf, PathBuf) {
    let spoken = sound::write_voice(dir, "ana-01", Duration::from_secs(3));
    let (listened, heard) = (dir.join("host.wav"), dir.join("heard.wav"));
    let mic = format!("file:{}", spoken.display());
    let mut group =
        Group::hosted(&["--open-door", "--mic", &mic, "--speaker", &format!("file:{}", listened.display())]);
    let speaker = format!("file:{}", heard.display());
    let mut listener = group.join("Lea", &["--mic", "null", "--speaker", &speaker]);

    listener.wait(json!({ "event": "speaking", "name": "Hilda", "on": true }));
    // The file is over: two seconds of silence follow the last word.
    listener.wait(json!({ "event": "speaking", "name": "Hilda", "on": false }));
    for _ in 0..4 {
        listener.wait(json!({ "event": "link" }));
    }
    listener.say("/quit");
    listener.wait(json!({ "event": "closed", "reason": "left" }));
    assert_eq!(listener.end().code, Some(0));
    group.host.say("/quit");
    assert_eq!(group.host.end().code, Some(0));
    (spoken, heard)
}

#[test]
fn a_listener_hears_what_the_host_says() {
    let dir = tempfile::tempdir().expect("a directory");
    let (spoken, heard) = call(dir.path());
    let found = sound::likeness(&spoken, &heard);
    println!("mouth to ear: {:.0} ms, likeness {:.3}", found.delay_ms, found.likeness);
    assert!(found.likeness > 0.85, "{found:?}");

    let other = sound::write_voice(dir.path(), "bo-03", Duration::from_secs(3));
    std::fs::copy(dir.path().join("ana-01.wav.json"), dir.path().join("bo-03.wav.json")).expect("copied");
    let confused = sound::likeness(&other, &heard);
    assert!(confused.likeness < 0.7, "another voice is not taken for this one: {confused:?}");
}

#[test]
#[ignore = "measures a delay; make soak"]
fn a_voice_is_heard_within_a_second() {
    let dir = tempfile::tempdir().expect("a directory");
    let (spoken, heard) = call(dir.path());
    let found = sound::likeness(&spoken, &heard);
    // The aim is 250 ms; what a busy machine adds is its own.
    assert!(found.delay_ms <= 1000.0, "{found:?}");
}
