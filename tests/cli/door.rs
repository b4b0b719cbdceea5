//! The door: waiting, being let in or turned away; then chat and raised hands inside.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Group, Person, SILENT, ingle};

fn knock(name: &str) -> Value {
    json!({ "event": "knock", "name": name })
}

/// The longest that a door which is there takes to turn a wrong knock away.
const SOON: Duration = Duration::from_secs(15);

/// Ended with a sentence that `--json` has as well.
fn turned_away(mut person: Person, reason: &str, code: i32, sentence: &str) {
    let closed = person.wait(json!({ "event": "closed", "reason": reason })).event.clone();
    let said = closed["message"].as_str().expect("a sentence");
    assert!(said.contains(sentence), "{said}");
    assert!(closed["hint"].as_str().is_some_and(|hint| !hint.is_empty()));
    let ended = person.end();
    assert_eq!(ended.code, Some(code), "{ended:?}");
}

#[test]
fn the_facilitator_decides_who_comes_in() {
    let mut group = Group::with_door();
    let mut ana = group.knock("Ana", &[]);
    ana.wait(json!({ "event": "waiting" }));
    group.host.wait(knock("Ana"));
    // At the door nothing can be done but wait.
    ana.say("hello?");
    ana.wait(json!({ "event": "error", "message": "You are not in the circle yet." }));
    group.host.say("/admit ana");
    ana.wait(json!({ "event": "joined", "me": "Ana", "members": ["Hilda", "Ana"] }));

    let mut more = [group.knock("Ben", &[]), group.knock("Cleo", &[])];
    for person in &mut more {
        person.wait(json!({ "event": "waiting" }));
    }
    for _ in &more {
        group.host.wait(json!({ "event": "knock" }));
    }
    group.host.say("/admit all");
    for person in &mut more {
        person.wait(json!({ "event": "joined" }));
    }

    let mut dora = group.knock("Dora", &[]);
    dora.wait(json!({ "event": "waiting" }));
    group.host.wait(knock("Dora"));
    group.host.say("/decline Dora");
    turned_away(dora, "turned_away", 1, "can't let you in");

    let mut eve = group.knock("Eve", &[]);
    eve.wait(json!({ "event": "waiting" }));
    group.host.wait(knock("Eve"));
    eve.say("/quit");
    group.host.wait(json!({ "event": "knock_over", "name": "Eve" }));
    group.host.say("/admit all");
    group.host.wait(json!({ "event": "error", "message": "Nobody is at the door." }));

    group.host.say("/lock");
    ana.wait(json!({ "event": "locked", "locked": true }));
    turned_away(group.knock("Finn", &[]), "refused", 1, "is locked at the moment");
    group.host.say("/unlock");
    ana.wait(json!({ "event": "locked", "locked": false }));
    let mut finn = group.knock("Finn", &[]);
    finn.wait(json!({ "event": "waiting" }));

    // Being taken out is no failure.
    let [mut ben, _cleo] = more;
    group.host.say("/remove Ben");
    ben.wait(json!({ "event": "closed", "reason": "removed" }));
    assert_eq!(ben.end().code, Some(0));
    ana.wait(json!({ "event": "member", "name": "Ben", "state": "gone" }));

    group.host.say("/close");
    ana.wait(json!({ "event": "closed", "reason": "closed" }));
    assert_eq!(ana.end().code, Some(0));
    assert_eq!(group.host.end().code, Some(0));
    assert_ne!(finn.end().out, "", "a guest who still waits is told");
}

#[test]
fn a_wrong_code_is_the_same_sentence_whatever_is_wrong_with_it() {
    const NO_GROUP: &str = "There is no group with this code at the moment.";
    let mut group = Group::open();
    let knock = |code: &str| Person::start(&[&["join", code, "--relay", &group.relay.at], &SILENT[..]].concat());
    let number: u32 = group.code.split('-').next().and_then(|number| number.parse().ok()).expect("a number");
    turned_away(knock(&format!("{number}-otter-lamp-violin")), "refused", 1, NO_GROUP);

    // At a number without a group the door is away now and then, as that of a group is, and a knock waits there.
    let at = |by: u32| group.code.replacen(&number.to_string(), &(1000 + (number - 1000 + by) % 9000).to_string(), 1);
    let mut knocks = (1..=4).map(|by| knock(&at(by)));
    let answered = knocks.find_map(|mut person| person.hears(SOON, json!({ "event": "closed" })).then_some(person));
    turned_away(answered.expect("one of four doors is there"), "refused", 1, NO_GROUP);
    assert_eq!(group.host.roster(), ["Hilda"]);
}

#[test]
fn what_is_written_and_raised_reaches_everybody_and_is_harmless() {
    let mut group = Group::open();
    let mut ana = group.knock("A\u{1b}[2Jna\u{202e}", &[]);
    let seen = "A[2Jna";
    ana.wait(json!({ "event": "joined", "me": seen }));
    group.host.wait(json!({ "event": "member", "name": seen }));
    assert_eq!(group.host.roster(), [seen, "Hilda"]);
    ana.say("one\u{1b}]0;title\u{7}two \u{202e}three\u{9b}2J");
    let written = group.host.wait(json!({ "event": "chat", "from": seen })).event["text"].clone();
    assert_eq!(written, "one]0;titletwo three2J");
    group.host.say("//quit is how to leave");
    ana.wait(json!({ "event": "chat", "from": "Hilda", "text": "/quit is how to leave" }));
    ana.say(&"long ".repeat(3000));
    ana.wait(json!({ "event": "error", "message": "That is too long for one line, and was not sent." }));
    for up in [true, false] {
        ana.say("/hand");
        for person in [&mut group.host, &mut ana] {
            person.wait(json!({ "event": "hand", "name": seen, "up": up }));
        }
    }

    // As sentences, for a person who reads along.
    let arguments = ["join", &group.code, "--relay", &group.relay.at, "--plain", "--seconds", "2", "--name", "Pia"];
    let reading = crate::harness::Running::start(ingle(&arguments).args(SILENT));
    group.host.wait(json!({ "event": "member", "name": "Pia", "state": "here" }));
    ana.say("red \u{1b}[31malert");
    let ended = reading.end();
    assert_eq!(ended.code, Some(0));
    assert!(ended.out.contains("A[2Jna writes: red [31malert"), "{ended:?}");
    assert!(!ended.out.contains('\u{1b}'));
}
