//! What an evening of six leaves on disks and in logs: no word that was said or written, and no name.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;

use crate::harness::{Person, Relay, SILENT, sound};

const NAMES: [&str; 6] = ["Halvard", "Annemarie", "Bogdana", "Cynthia", "Deepika", "Eleanor"];
const TITLE: &str = "Lighthouse evening";
const CHAT: &str = "grandmother still hides marmalade";

/// Words of codes that also occur in QUIC's own log, with any code. They show nothing.
const OF_THE_LOG: [&str; 15] = [
    "builder", "field", "frame", "inner", "layer", "level", "message", "remote", "segment", "socket", "stream",
    "ticket", "token", "update", "window",
];

/// Everything in the files of a directory, with their names.
fn bytes_below(dir: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(dir).expect("a directory") {
        let path = entry.expect("an entry").path();
        bytes.extend(path.to_string_lossy().bytes());
        bytes.push(b'\n');
        bytes.extend(if path.is_dir() { bytes_below(&path) } else { fs::read(&path).expect("a file") });
    }
    bytes
}

/// Whether the text is found, however it is written; a word of a code only where it stands by itself.
fn finds(text: &str, secret: &str, alone: bool) -> bool {
    let inside = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    let ends = |at: usize| !(alone && (at > 0 && inside(at - 1) || inside(at + secret.len())));
    text.match_indices(&secret.to_lowercase()).any(|(at, _)| ends(at))
}

#[test]
fn an_evening_of_six_leaves_nothing_on_disks_and_in_logs() {
    let mut relay = Relay::talkative();
    let voices = tempfile::tempdir().expect("a directory");
    let voice = sound::looped(&sound::write_voice(voices.path(), "ana-01", Duration::ZERO));
    let homes: Vec<TempDir> = NAMES.iter().map(|_| tempfile::tempdir().expect("a directory")).collect();

    let host = ["host", "--relay", &relay.at, "--name", NAMES[0], "--title", TITLE, "--open-door"];
    let mut host = Person::at_home(homes[0].path(), &[&host, &SILENT[..]].concat());
    let code = host.wait(json!({ "event": "hosting" })).event["code"].as_str().expect("a code").to_owned();
    host.wait(json!({ "event": "joined" }));
    let mut guests: Vec<Person> = Vec::new();
    for (name, home) in NAMES.iter().zip(&homes).skip(1) {
        let mic = if guests.is_empty() { &voice } else { "null" };
        let arguments = ["join", &code, "--relay", &relay.at, "--name", name, "--mic", mic, "--speaker", "null"];
        guests.push(Person::at_home(home.path(), &arguments));
    }
    for name in &NAMES[1..] {
        host.wait(json!({ "event": "member", "name": name, "state": "here" }));
    }
    for person in guests.iter_mut().skip(1).chain([&mut host]) {
        person.wait(json!({ "event": "speaking", "name": NAMES[1], "on": true }));
    }
    guests[2].say(CHAT);
    guests[3].say("/hand");
    host.wait(json!({ "event": "chat", "from": NAMES[3], "text": CHAT }));
    host.wait(json!({ "event": "hand", "name": NAMES[4], "up": true }));

    host.say("/verify");
    let words = host.wait(json!({ "event": "verify" })).event["words"].clone();
    for guest in &mut guests {
        guest.wait(json!({ "event": "verify", "words": words }));
        guest.say("/match");
    }
    host.wait(json!({ "event": "verify_over", "outcome": "same", "same": 6, "of": 6 }));
    host.say(&format!("/mute {}", NAMES[2]));
    host.say(&format!("/remove {}", NAMES[5]));
    guests[4].wait(json!({ "event": "closed", "reason": "removed" }));
    host.wait(json!({ "event": "new_code" }));
    host.say("/invite");
    let next = host.wait(json!({ "event": "invite" })).event["code"].as_str().expect("a code").to_owned();
    assert_ne!(code, next);
    for person in guests.iter_mut().take(4) {
        person.wait(json!({ "event": "floor", "name": NAMES[2], "muted": true }));
        person.say("/quit");
    }
    host.wait(json!({ "event": "member", "name": NAMES[4], "state": "gone" }));
    host.say("/close");

    let mut left: Vec<(String, String)> = Vec::new();
    for ((person, home), name) in [host].into_iter().chain(guests).zip(&homes).zip(NAMES) {
        let ended = person.end();
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(finds(&ended.out.to_lowercase(), name, false), "the search finds what is there");
        left.push((format!("{name}'s errors"), ended.err));
        let kept = String::from_utf8_lossy(&bytes_below(home.path())).into_owned();
        assert!(kept.contains(&relay.at), "the relay is remembered, and read here");
        left.push((format!("{name}'s home"), kept));
    }
    left.push(("the relay's key".into(), String::from_utf8_lossy(&bytes_below(relay.dir())).into_owned()));
    let log = relay.end();
    assert!(log.contains("TRACE quinn") || log.contains("TRACE drive"), "everything is logged: {log:.400}");
    println!("{} bytes of log", log.len());
    left.push(("the relay's log".into(), log));

    let spoken = [&code, &next].map(|code| code.split_once('-').expect("a code").1.to_owned());
    let whole = NAMES.iter().chain([&TITLE, &CHAT]).map(|secret| (secret.to_string(), false));
    let chat = CHAT.split(' ').chain(TITLE.split(' ')).map(|word| (word.to_owned(), true));
    let codes = spoken.iter().flat_map(|words| [words.clone(), words.replace('-', " ")]).map(|words| (words, false));
    let compared = words.as_array().expect("four words").iter().map(|word| word.as_str().expect("a word"));
    let single = spoken.iter().flat_map(|words| words.split('-')).chain(compared);
    let single = single.filter(|word| !OF_THE_LOG.contains(word)).map(|word| (word.to_owned(), true));
    let secrets: Vec<(String, bool)> = whole.chain(chat).chain(codes).chain(single).collect();
    for (place, text) in &left {
        let text = text.to_lowercase();
        for (secret, alone) in &secrets {
            assert!(!finds(&text, secret, *alone), "{secret:?} stands in {place}");
        }
    }
}
