//! Bad input: one sentence for the problem, one for what to do, the right exit code, and no hang.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::Arc;

use ingle::transport::{Identity, settings};
use serde_json::json;

use crate::harness::{Ended, Group, Person, Running, SILENT, ingle};

const CODE: &str = "4821-otter-lamp-violin";

/// Starts joining at a relay, without sound.
fn join(relay: &str) -> Running {
    Running::start(&mut ingle(&[&["join", CODE, "--relay", relay], &SILENT[..]].concat()))
}

/// Hosts with other sound, on a machine without any, and with a way out should it come about.
fn host(sound: &[&str]) -> Ended {
    let arguments = [&["host", "--listen", "127.0.0.1:0", "--seconds", "1"], sound].concat();
    Running::start(&mut ingle(&arguments)).end()
}

#[test]
fn a_relay_that_is_not_there() {
    // Bound, so that nobody else answers there; what comes is left unread.
    let deaf = std::net::UdpSocket::bind("127.0.0.1:0").expect("a port");
    let at = deaf.local_addr().expect("bound").to_string();
    let (deaf_one, closed, nameless) = (join(&at), join("127.0.0.1:9"), join("no.such.name.invalid:4433"));
    deaf_one.end().failed(1, &format!("Nothing answers at {at}."), "Check the port");
    closed.end().failed(1, "Nothing answers at 127.0.0.1:9.", "Check the port");
    nameless.end().failed(1, "No machine with the name “no.such.name.invalid” can be found.", "spelling");
}

#[test]
fn a_relay_that_can_not_be_meant() {
    for wrong in ["relay.example:port", "relay.example:70000", "relay.example:0", ":4433", "a:b:c"] {
        let ended = join(wrong).end();
        ended.failed(2, &format!("“{wrong}” is not the address of a relay."), "NAME:PORT");
        let arguments = [&["host", "--relay", wrong], &SILENT[..]].concat();
        let ended = Running::start(&mut ingle(&arguments)).end();
        ended.failed(2, &format!("“{wrong}” is not the address of a relay."), "NAME:PORT");
    }
}

#[test]
fn a_relay_of_another_version() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let _inside = runtime.enter();
    let identity = Identity::ephemeral().expect("a key");
    let (endpoint, config) = settings::relay(&identity, b"ingle/9").expect("settings");
    let socket = settings::socket("127.0.0.1:0".parse().expect("an address")).expect("a socket");
    let at = socket.local_addr().expect("bound").to_string();
    let relay =
        quinn::Endpoint::new(endpoint, Some(config), socket, Arc::new(quinn::TokioRuntime)).expect("an endpoint");
    runtime.spawn(async move {
        while let Some(incoming) = relay.accept().await {
            // It ends in the handshake, whoever comes.
            let _ = incoming.await;
        }
    });
    join(&at).end().failed(1, &format!("The relay at {at} speaks another version of ingle."), "newest version");
}

#[test]
fn a_code_that_is_none() {
    let of = |code: &[&str]| {
        let arguments = [&["join", "--relay", "127.0.0.1:9"], code, &SILENT[..]].concat();
        Running::start(&mut ingle(&arguments)).end()
    };
    of(&[]).failed(2, "There is no code to join with.", "ingle join");
    of(&["nonsense"]).failed(2, "four digits", "ask whoever invited you");
    of(&["4821-otter-lamp"]).failed(2, "", "ask whoever invited you");
    of(&["4821-otter-lamp-xyzzy"]).failed(2, "", "ask whoever invited you");
    of(&["4821", "otter", "lamp", "\u{1b}[31m"]).failed(2, "", "ask whoever invited you");
    let ended = Running::start(&mut ingle(&[&["join", CODE], &SILENT[..]].concat())).end();
    ended.failed(2, "not known which relay", "--relay HOST:PORT");
    let arguments = [&["join", "nonsense", "--json", "--relay", "127.0.0.1:9"], &SILENT[..]].concat();
    let ended = Running::start(&mut ingle(&arguments)).end();
    let event: serde_json::Value = serde_json::from_str(&ended.out).expect("one object");
    assert_eq!((&event["event"], ended.code), (&json!("error"), Some(2)));
    assert!(ended.err.starts_with(event["message"].as_str().expect("a sentence")), "{ended:?}");
}

#[test]
fn sound_files_that_are_none() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = |name: &str| format!("file:{}/{name}", dir.path().display());
    fs::write(dir.path().join("text.wav"), "Dear diary, today there was no sound at all.").expect("written");
    fs::write(dir.path().join("empty.wav"), "").expect("written");
    fs::create_dir(dir.path().join("folder.wav")).expect("made");
    let mic = |name: &str| host(&["--mic", &path(name), "--speaker", "null"]);
    mic("nowhere.wav").failed(1, "can't be read: there is nothing at this path.", "Check the path");
    mic("folder.wav").failed(1, "can't be read: it is a folder.", "Check the path");
    mic("text.wav").failed(1, "isn't a wav file", "Use a wav file");
    mic("empty.wav").failed(1, "isn't a wav file", "Use a wav file");
    let speaker = |name: &str| host(&["--mic", "null", "--speaker", &path(name)]);
    speaker("nowhere/x.wav").failed(1, "can't be written: there is nothing at this path.", "--speaker");
    speaker("folder.wav").failed(1, "can't be written: it is a folder.", "--speaker");
}

#[test]
fn devices_that_are_not_there() {
    host(&["--mic", "No such thing", "--speaker", "null"]).failed(1, "no microphone called \"No such thing\"", "--mic");
    host(&["--mic", "null", "--speaker", "No such thing"]).failed(
        1,
        "no speaker called \"No such thing\"",
        "--speaker",
    );
    // Those that nobody asked for by name keep nobody out.
    for (sound, missing, can) in [
        (&[][..], "no sound device", "You can read and write"),
        (&["--speaker", "null"], "no microphone", "You can listen and write"),
        (&["--mic", "null"], "no speaker", "You can speak and write"),
    ] {
        let ended = host(sound);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(ended.out.contains(missing) && ended.out.contains(can), "{ended:?}");
        assert!(ended.out.contains("The group is open"), "{ended:?}");
    }
}

#[test]
fn who_nobody_reads_any_more_leaves_the_group() {
    let mut group = Group::open();
    let arguments = ["join", &group.code, "--relay", &group.relay.at, "--name", "Pia", "--plain"];
    for (name, form) in [("Pia", "--plain"), ("Jon", "--json")] {
        let arguments = [&arguments[..4], &["--name", name, form], &SILENT[..]].concat();
        let mut child = ingle(&arguments).stdin(Stdio::null()).spawn().expect("started");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        while !line.contains("joined") && !line.contains("in the circle") {
            assert!(out.read_line(&mut line).is_ok_and(|length| length > 0), "{line}");
        }
        drop(out);
        let left = Running::from(child);
        group.host.wait(json!({ "event": "member", "name": name, "state": "here" }));
        group.host.say("anybody there?");
        group.host.wait(json!({ "event": "member", "name": name, "state": "gone" }));
        left.end().failed(1, "Nobody reads what ingle writes any more", "Start it in a terminal");
    }
    assert_eq!(group.host.roster(), ["Hilda"]);
}

#[test]
fn a_relay_that_is_gone_does_not_keep_anybody_from_leaving() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    drop(group.relay);
    group.host.wait(json!({ "event": "line", "back": false }));
    ana.wait(json!({ "event": "line", "back": false }));
    let leave = |mut person: Person| {
        person.say("/quit");
        person.wait(json!({ "event": "closed", "reason": "left" }));
        assert_eq!(person.end().code, Some(0));
    };
    leave(ana);
    leave(group.host);
}
