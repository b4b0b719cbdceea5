//! Programs whose terminal, input or reader goes: their microphone closes within 2 s, and within 5 s they have left, or have
//! said how they stay.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::AsRawFd;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::{DEAF, Group, Relay, Running, SILENT, Terminal, ingle, until};

/// From the end of a terminal to the end of the program.
const LEFT: Duration = Duration::from_secs(5);

/// Between lines that are typed: those that come at once are a paste.
const BY_HAND: Duration = Duration::from_millis(80);

fn ends_soon(terminal: &mut Terminal, what: &str) {
    let start = Instant::now();
    terminal.end();
    assert!(start.elapsed() < LEFT, "{what} took {:?}", start.elapsed());
}

fn join<'a>(group: &'a Group, name: &'a str, face: &[&'a str]) -> Vec<&'a str> {
    [&["join", &group.code, "--relay", &group.relay.at, "--name", name, "--open-mic"], face, &DEAF[..]].concat()
}

#[test]
fn a_face_leaves_when_its_terminal_goes_without_a_hang_up() {
    let mut group = Group::open();
    for (name, face) in [("Ana", &[][..]), ("Ben", &["--plain"]), ("Cleo", &["--json"])] {
        let mut terminal = Terminal::without_hang_up(&join(&group, name, face));
        group.host.wait(json!({ "event": "member", "name": name, "state": "here" }));
        terminal.close();
        ends_soon(&mut terminal, name);
        group.host.wait(json!({ "event": "member", "name": name, "state": "gone" }));
    }
}

#[test]
fn hosts_and_rehearsals_end_when_their_terminal_goes() {
    let relay = Relay::start();
    let at_relay = [&["host", "--relay", &relay.at, "--name", "Hilda"], &SILENT[..]].concat();
    let alone = [&["host", "--listen", "127.0.0.1:0", "--name", "Hilda"], &SILENT[..]].concat();
    let practice = [&["rehearse", "--name", "Hilda"], &SILENT[..]].concat();
    for arguments in [at_relay, alone, practice] {
        for face in [&[][..], &["--plain"]] {
            let arguments = [&arguments[..], face].concat();
            let mut terminal = Terminal::without_hang_up(&arguments);
            until("Hilda is in", || {
                let shown = terminal.since(0);
                shown.contains("Nobody") || shown.contains("circle") || shown.contains("You are")
            });
            terminal.close();
            ends_soon(&mut terminal, &arguments.join(" "));
        }
    }
}

#[test]
fn questions_end_when_the_terminal_goes() {
    let relay = Relay::start();
    let questions = [
        (vec!["join", "--relay", &relay.at], "Your code"),
        (vec!["join", "4821-otter-lamp-violin", "--name", "Ana", "--mic", "null", "--speaker", "null"], "relay"),
        (
            vec!["join", "4821-otter-lamp-violin", "--relay", &relay.at, "--mic", "null", "--speaker", "null"],
            "call you",
        ),
        (vec!["host", "--relay", &relay.at, "--mic", "null", "--speaker", "null"], "call you"),
    ];
    for (arguments, question) in questions {
        let mut terminal = Terminal::without_hang_up(&arguments);
        terminal.shows(0, question);
        terminal.close();
        ends_soon(&mut terminal, &arguments.join(" "));
    }
}

#[test]
fn a_signal_ends_the_code_prompt_in_the_middle_of_a_key() {
    let mut terminal = Terminal::start(80, 24, &["join", "--relay", "127.0.0.1:9"]);
    terminal.shows(0, "Your code");
    until("keys come one by one", || terminal.is_raw());
    terminal.press("\u{1b}[");
    std::thread::sleep(Duration::from_millis(100));
    terminal.signal("TERM");
    ends_soon(&mut terminal, "the prompt");
    assert!(!terminal.is_raw());
}

#[test]
fn the_end_of_input_at_a_terminal_is_a_goodbye() {
    let mut group = Group::open();
    let mut terminal = Terminal::start(80, 24, &join(&group, "Ana", &["--plain"]));
    group.host.wait(json!({ "event": "member", "name": "Ana", "state": "here" }));
    terminal.press("\u{4}");
    ends_soon(&mut terminal, "Ana");
    group.host.wait(json!({ "event": "member", "name": "Ana", "state": "gone" }));
}

#[test]
fn an_open_microphone_closes_when_nothing_can_be_typed() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[&["--open-mic"], &DEAF[..]].concat());
    ana.fall_silent();
    ana.wait_within(Duration::from_secs(2), json!({ "event": "mic", "open": false }));
    ana.wait(
        json!({ "event": "error", "message": "Nothing can be typed here any more, so your microphone is closed." }),
    );
    // She listens on.
    group.host.say("still there?");
    ana.wait(json!({ "event": "chat", "text": "still there?" }));
    // It closes before she comes in, where there never was any input.
    let mut ben = ingle(&join(&group, "Ben", &["--json"])).stdin(Stdio::null()).spawn().expect("started");
    let mut lines = BufReader::new(ben.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let closed = lines.find(|line| line.contains("\"mic\"")).expect("an event");
    assert!(closed.contains("\"open\":false"), "{closed}");
    ben.kill().expect("killed");
    ben.wait().expect("gone");
}

#[test]
fn a_reader_that_goes_is_missed_at_once() {
    let mut group = Group::open();
    for (name, face) in [("Ana", "--plain"), ("Ben", "--json")] {
        let mut child = ingle(&join(&group, name, &[face])).stdin(Stdio::piped()).spawn().expect("started");
        let out = child.stdout.take().expect("piped");
        let _typing = child.stdin.take();
        let left = Running::from(child);
        group.host.wait(json!({ "event": "member", "name": name, "state": "here" }));
        let start = Instant::now();
        drop(out);
        left.end().failed(1, "Nobody reads what ingle writes any more", "Start it in a terminal");
        assert!(start.elapsed() < LEFT, "{:?}", start.elapsed());
        group.host.wait(json!({ "event": "member", "name": name, "state": "gone" }));
    }
}

#[test]
fn an_open_microphone_closes_while_nobody_reads() {
    let group = Group::open();
    let mut child = ingle(&join(&group, "Ana", &["--json"])).stdin(Stdio::piped()).spawn().expect("started");
    let mut typing = child.stdin.take().expect("piped");
    let out = child.stdout.take().expect("piped");
    let mut said = BufReader::new(child.stderr.take().expect("piped"));
    // SAFETY: the descriptor is open.
    #[allow(unsafe_code)]
    let size = unsafe { libc::fcntl(out.as_raw_fd(), libc::F_SETPIPE_SZ, 4096) };
    assert!(size > 0);
    let mut out = BufReader::new(out);
    let mut line = String::new();
    while !line.contains("joined") {
        line.clear();
        assert!(out.read_line(&mut line).is_ok_and(|length| length > 0));
    }
    typing.write_all("/help\n".repeat(8).as_bytes()).expect("typed");
    let start = Instant::now();
    said.read_line(&mut line).expect("a sentence");
    assert!(line.contains("your microphone is closed. You stay in the group"), "{line}");
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    // It can't be opened unseen.
    typing.write_all(b"/mic on\n").expect("typed");
    let mut events = out.lines().map_while(Result::ok).map(|line| serde_json::from_str::<Value>(&line).expect("json"));
    events.find(|event| event["event"] == "mic" && event["open"] == false).expect("an event");
    let told = "Nothing could be shown here for a while, so your microphone is closed.";
    let opened = |event: &Value| event["event"] == "mic" && event["open"] == true;
    let is_told = |event: &Value| event["event"] == "error" && event["message"] == told;
    assert!(!opened(&events.find(|event| opened(event) || is_told(event)).expect("an event")));
    // It can when somebody reads again.
    typing.write_all(b"/mic on\n").expect("typed");
    assert_eq!(events.find(|event| event["event"] == "mic").expect("an event")["open"], true);
    drop(typing);
    child.kill().expect("killed");
    child.wait().expect("gone");
    let mut rest = String::new();
    said.read_to_string(&mut rest).expect("text");
    assert_eq!(rest, "");
}

#[test]
fn a_terminal_that_stands_still_keeps_nobody_from_leaving() {
    let mut group = Group::open();
    for (name, face) in [("Ana", &[][..]), ("Ben", &["--plain"])] {
        let mut terminal = Terminal::start(200, 60, &join(&group, name, face));
        group.host.wait(json!({ "event": "member", "name": name, "state": "here" }));
        terminal.shows(0, if face.is_empty() { "MICROPHONE" } else { "no microphone" });
        terminal.stand_still(true);
        // A terminal holds some kilobytes by itself.
        for _ in 0..30 {
            group.host.say(&"wide ".repeat(90));
            terminal.press(if face.is_empty() { "\u{c}" } else { "/help\n" });
            std::thread::sleep(BY_HAND);
        }
        std::thread::sleep(Duration::from_millis(2500));
        terminal.signal("TERM");
        ends_soon(&mut terminal, name);
        group.host.wait(json!({ "event": "member", "name": name, "state": "gone" }));
    }
}

#[test]
fn a_terminal_that_stood_still_finds_the_microphone_closed() {
    let mut group = Group::open();
    let mut terminal = Terminal::start(200, 60, &join(&group, "Ana", &["--plain"]));
    group.host.wait(json!({ "event": "member", "name": "Ana", "state": "here" }));
    terminal.shows(0, "no microphone");
    terminal.stand_still(true);
    let mark = terminal.mark();
    for _ in 0..20 {
        terminal.press("/help\n");
        std::thread::sleep(BY_HAND);
    }
    std::thread::sleep(Duration::from_millis(2500));
    terminal.stand_still(false);
    terminal.shows(mark, "Nothing could be shown here for a while, so your microphone is closed.");
    terminal.signal("TERM");
    assert_eq!(terminal.end(), Some(0));
}
