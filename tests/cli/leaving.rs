//! A facilitator who leaves is asked what it means, and the group goes on with another.

use serde_json::json;

use crate::harness::Group;
#[cfg(target_os = "linux")]
use crate::harness::{SILENT, Terminal};

#[test]
fn whoever_quits_hands_over_and_the_next_lets_others_in() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    let mut ben = group.join("Ben", &[]);
    group.host.say("/quit Ben");
    ben.wait(json!({ "event": "facilitator", "name": "Ben", "admits": true }));
    let code = ben.wait(json!({ "event": "hosting" })).event["code"].clone();
    ana.wait(json!({ "event": "member", "name": "Hilda", "state": "gone" }));
    let mut cleo = group.knock("Cleo", &[]);
    cleo.wait(json!({ "event": "lets_in", "name": "Ben" }));
    ben.wait(json!({ "event": "knock", "name": "Cleo" }));
    ben.say("/admit Cleo");
    cleo.wait(json!({ "event": "joined" }));
    assert_eq!(code, group.code.as_str(), "the code stays");
    // Asked to end by the system, the next is who has been here longest.
    ben.signal("TERM");
    ana.wait(json!({ "event": "facilitator", "name": "Ana", "admits": true }));
    ana.wait(json!({ "event": "member", "name": "Ben", "state": "gone" }));
    // By accident: the one who led is known again by name, and gets the role by one command.
    let mut ben = group.knock("Ben", &[]);
    ana.wait(json!({ "event": "knock", "name": "Ben" }));
    ana.say("/admit Ben");
    ben.wait(json!({ "event": "joined" }));
    ana.wait(json!({ "event": "led_before", "name": "Ben" }));
    ana.say("/giveback");
    cleo.wait(json!({ "event": "facilitator", "name": "Ben", "admits": true }));
}

/// A group that Tess leads, who is at a terminal.
#[cfg(target_os = "linux")]
fn led_at_a_terminal(face: &[&str]) -> (Terminal, Group) {
    let mut group = Group::open();
    let arguments = [&["join", &group.code, "--relay", &group.relay.at, "--name", "Tess"], &SILENT[..], face].concat();
    let tess = Terminal::start(80, 24, &arguments);
    group.host.wait(json!({ "event": "member", "name": "Tess", "state": "here" }));
    group.host.say("/role Tess facilitator");
    group.host.wait(json!({ "event": "facilitator", "name": "Tess" }));
    // Of a screen only what has changed is sent; the role of the one before is new as a whole.
    tess.shows(0, if face.is_empty() { "co-facilitator" } else { "You are the facilitator now." });
    (tess, group)
}

#[cfg(target_os = "linux")]
#[test]
fn sentences_ask_what_leaving_means() {
    let (mut tess, mut group) = led_at_a_terminal(&["--plain"]);
    tess.press("/quit\n");
    tess.shows(0, "Leave, and hand over to Hilda. To do so, type /quit.");
    tess.shows(0, "To end the group for everybody, type /close.");
    tess.press("/quit\n");
    group.host.wait(json!({ "event": "facilitator", "name": "Hilda", "admits": true }));
    tess.end();
}

#[cfg(target_os = "linux")]
#[test]
fn a_key_asks_what_leaving_means() {
    let (mut tess, mut group) = led_at_a_terminal(&[]);
    // Not faster than a hand: what comes at once is text.
    tess.press("qy");
    std::thread::sleep(std::time::Duration::from_millis(300));
    for key in ["\u{1b}", "q", "n", "q", "y"] {
        tess.press(key);
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    group.host.wait(json!({ "event": "facilitator", "name": "Hilda", "admits": true }));
    tess.end();
}
