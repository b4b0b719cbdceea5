//! A host's program is killed, and started again on the same machine.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::harness::{Group, Person, Relay, Running, SILENT, Terminal, ingle};

/// A host with a home of its own, and its code.
fn host(home: &Path, relay: &Relay) -> (Person, String) {
    let arguments = [&["host", "--relay", &relay.at, "--name", "Hilda", "--open-door"], &SILENT[..]].concat();
    let mut host = Person::at_home(home, &arguments);
    let code = host.wait(json!({ "event": "hosting" })).event["code"].as_str().expect("a code").to_owned();
    (host, code)
}

/// All that is kept about hosting, in this home.
fn kept(home: &Path) -> Vec<String> {
    let files = fs::read_dir(home.join("ingle")).into_iter().flatten().flatten();
    let ours = files.filter(|file| file.file_name().to_string_lossy().starts_with("hosting-"));
    ours.map(|file| fs::read_to_string(file.path()).expect("text")).collect()
}

fn join(code: &str, relay: &Relay, name: &str) -> Person {
    let mut person = Person::start(&[&["join", code, "--relay", &relay.at, "--name", name], &SILENT[..]].concat());
    person.wait(json!({ "event": "joined" }));
    person
}

#[test]
fn a_killed_host_is_asked_back_and_gets_place_and_role() {
    let (home, relay) = (tempfile::tempdir().expect("a directory"), Relay::start());
    let (mut hilda, code) = host(home.path(), &relay);
    let (number, words) = code.split_once('-').expect("a dash");
    let mut ana = join(&code, &relay, "Ana");
    assert_eq!(kept(home.path()), [format!("{} {number}\n", relay.at)], "no word of the code is on disk");
    hilda.say("/role Ana co");
    ana.wait(json!({ "event": "role", "name": "Ana", "role": "co" }));
    hilda.crash();
    let mut command = ingle(&[&["host", "--relay", &relay.at, "--name", "Hilda"], &SILENT[..]].concat());
    command.env_remove("INGLE_CONFIG_DIR").env("XDG_RUNTIME_DIR", home.path()).env("HOME", home.path());
    let mut again = Terminal::of(80, 24, command);
    again.shows(0, &format!("you hosted group {number}"));
    again.press(&format!("{words}\n"));
    ana.wait(json!({ "event": "knock", "name": "Hilda" }));
    assert_eq!(kept(home.path()), [""; 0], "asked once");
    ana.say("/admit Hilda");
    ana.wait(json!({ "event": "namesake", "name": "Hilda 2", "was": "Hilda" }));
    ana.say("/giveback");
    ana.wait(json!({ "event": "facilitator", "name": "Hilda", "admits": true }));
    again.close();
    again.end();
}

#[test]
fn whoever_wants_a_new_group_gets_one() {
    let (home, relay) = (tempfile::tempdir().expect("a directory"), Relay::start());
    let (hilda, code) = host(home.path(), &relay);
    let number = code.split_once('-').expect("a dash").0.to_owned();
    hilda.crash();
    // A program is told, once, and not asked.
    let (mut other, new) = host(home.path(), &relay);
    assert_ne!(new, code);
    let told = other.since(0, json!({ "event": "error" }));
    let told = told.iter().find_map(|event| event["message"].as_str().filter(|said| said.contains(&number)));
    assert!(told.is_some_and(|said| said.contains("without a goodbye") && !said.contains(&code)), "{told:?}");
    assert_eq!(kept(home.path()).len(), 1, "its own");
    other.say("/quit");
    assert_eq!(other.end().code, Some(0));
    assert_eq!(kept(home.path()), [""; 0], "nothing is left after an end in order");
    // Nor is anything kept where nothing is to be.
    let group = Group::open();
    assert!(!group.code.is_empty());
    let (hilda, _) = host(home.path(), &relay);
    hilda.crash();
    let arguments = [&["host", "--relay", &relay.at, "--new", "--plain", "--seconds", "1"], &SILENT[..]].concat();
    let mut command = ingle(&arguments);
    command.env_remove("INGLE_CONFIG_DIR").env("XDG_RUNTIME_DIR", home.path()).env("HOME", home.path());
    let ended = Running::start(&mut command).end();
    assert!(!ended.out.contains("without a goodbye"), "{ended:?}");
}
