//! The screen in a real terminal: always restored at the end, and whole at any size.

use serde_json::json;

use crate::harness::{DEAF, Group, Relay, SILENT, Terminal, ingle, state, until};

const ENTER: &str = "\u{1b}[?1049h";
const LEAVE: &str = "\u{1b}[?1049l";
/// From "Nobody is speaking"; the spaces of a screen aren't written.
const IN: &str = "Nobody";
const SHOW_CURSOR: &str = "\u{1b}[?25h";

fn host(columns: u16, rows: u16, relay: &Relay) -> Terminal {
    let arguments = [&["host", "--relay", &relay.at, "--name", "Hilda", "--open-mic"], &SILENT[..]].concat();
    Terminal::start(columns, rows, &arguments)
}

fn given_back(terminal: &Terminal) {
    // The other screen may have said it before; what stays is written after that was left.
    let stays =
        |all: String| all.rsplit_once(LEAVE).is_some_and(|(_, after)| after.contains("You have left the group."));
    until("the last word arrives", || stays(terminal.since(0)));
    let all = terminal.since(0);
    assert_eq!(all.matches(ENTER).count(), all.matches(LEAVE).count(), "the other screen is left");
    let after = all.rsplit(LEAVE).next().unwrap_or_default();
    assert!(after.contains(SHOW_CURSOR), "the cursor is back: {after:?}");
    assert!(!terminal.is_raw(), "keys are echoed again");
}

#[test]
fn signals_give_the_terminal_back() {
    let relay = Relay::start();
    let mut all = ["TERM", "HUP", "INT"].map(|name| (name, host(80, 24, &relay)));
    for (name, terminal) in &mut all {
        terminal.shows(0, IN);
        assert!(terminal.is_raw());
        terminal.signal(name);
        assert_eq!(terminal.end(), Some(0), "after SIG{name}");
        given_back(terminal);
    }
}

#[test]
fn leaving_is_asked_for_once_more_and_gives_the_terminal_back() {
    let relay = Relay::start();
    let mut terminal = host(80, 24, &relay);
    terminal.shows(0, IN);
    terminal.press("q");
    terminal.shows(0, "Leave");
    terminal.press("y");
    assert_eq!(terminal.end(), Some(0));
    given_back(&terminal);
}

#[test]
fn a_session_that_fails_leaves_the_terminal_as_it_was() {
    let arguments = [&["host", "--relay", "127.0.0.1:9", "--name", "Hilda"], &SILENT[..]].concat();
    let mut terminal = Terminal::start(80, 24, &arguments);
    assert_eq!(terminal.end(), Some(1));
    until("the sentence arrives", || terminal.since(0).contains("Check the port"));
    let all = terminal.since(0);
    let after = all.rsplit(LEAVE).next().unwrap_or_default();
    assert!(after.contains("Nothing answers at 127.0.0.1:9."), "{after:?}");
    assert!(!terminal.is_raw());
}

#[test]
fn a_pause_closes_the_microphone_and_frees_the_terminal() {
    let relay = Relay::start();
    let mut terminal = host(80, 24, &relay);
    terminal.shows(0, IN);
    let mark = terminal.mark();
    terminal.press("\u{1a}");
    until("the program is stopped", || state(terminal.id()) == Some('T'));
    terminal.shows(mark, LEAVE);
    assert!(!terminal.is_raw());
    let mark = terminal.mark();
    terminal.signal("CONT");
    // This terminal answers no questions, as one at the end of a bad line: everything must be drawn without.
    terminal.shows(mark, ENTER);
    terminal.shows(mark, IN);
    terminal.shows(mark, "YOU HAVE NO MICROPHONE HERE");
    assert!(terminal.is_raw());
    let mark = terminal.mark();
    terminal.resize(60, 20);
    terminal.shows(mark, IN);
    let mark = terminal.mark();
    terminal.press("\u{c}");
    terminal.shows(mark, IN);
    terminal.signal("TERM");
    assert_eq!(terminal.end(), Some(0));
}

#[test]
fn a_pause_closes_the_microphone_before_the_program_stops() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[&["--open-mic"], &DEAF[..]].concat());
    ana.signal("TSTP");
    ana.wait(json!({ "event": "mic", "open": false }));
    until("the program is stopped", || state(ana.id()) == Some('T'));
    ana.signal("CONT");
    ana.say("back again");
    group.host.wait(json!({ "event": "chat", "from": "Ana", "text": "back again" }));
}

#[test]
fn no_size_is_too_small() {
    let mut group = Group::open();
    let names = ["Ana", "Ben", "Cleo", "Dora"];
    let sizes = [(0, 0), (1, 1), (10, 3), (300, 100)];
    let mut all: Vec<Terminal> = names
        .iter()
        .zip(sizes)
        .map(|(name, (columns, rows))| {
            let arguments = ["join", &group.code, "--relay", &group.relay.at, "--name", name];
            Terminal::start(columns, rows, &[&arguments, &SILENT[..]].concat())
        })
        .collect();
    for _ in &all {
        group.host.wait(json!({ "event": "member", "state": "here" }));
    }
    group.host.say("a line that is longer than most of these screens are wide");
    group.host.say("/mute all");
    for _ in &all {
        group.host.wait(json!({ "event": "floor", "muted": true }));
    }
    for (terminal, size) in all.iter_mut().zip(sizes) {
        terminal.press("?");
        terminal.press("\u{1b}");
        terminal.signal("TERM");
        assert_eq!(terminal.end(), Some(0), "{size:?}");
        given_back(terminal);
    }
}

#[test]
fn the_windows_title_names_no_group_and_is_given_back() {
    let relay = Relay::start();
    let title = ["host", "--relay", &relay.at, "--name", "Hilda", "--title", "Quiet harbour"];
    let mut terminal = Terminal::start(80, 24, &[&title[..], &SILENT[..]].concat());
    terminal.shows(0, IN);
    terminal.signal("TERM");
    assert_eq!(terminal.end(), Some(0));
    given_back(&terminal);
    let all = terminal.since(0);
    let titles: Vec<&str> = all.split("\u{1b}]0;").skip(1).filter_map(|rest| rest.split('\u{7}').next()).collect();
    assert_eq!(titles, ["ingle"]);
    assert_eq!((all.matches("\u{1b}[22;2t").count(), all.matches("\u{1b}[23;2t").count()), (1, 1));
}

#[test]
fn one_key_sends_the_invitation_to_the_clipboard() {
    let relay = Relay::start();
    let mut terminal = host(80, 24, &relay);
    terminal.shows(0, IN);
    terminal.press("I");
    // "You are invited to"
    terminal.shows(0, "\u{1b}]52;c;WW91IGFyZSBpbnZpdGVk");
    terminal.shows(0, "clipboard.");
    terminal.signal("TERM");
    assert_eq!(terminal.end(), Some(0));
    let arguments = [&["host", "--plain", "--relay", &relay.at, "--name", "Hilda"], &SILENT[..]].concat();
    let mut terminal = Terminal::start(80, 24, &arguments);
    terminal.shows(0, "ingle join");
    terminal.press("/copy short\r");
    terminal.shows(0, "\u{1b}]52;c;");
    terminal.shows(0, "Sent to the clipboard.");
    terminal.signal("TERM");
    assert_eq!(terminal.end(), Some(0));
    // One that can't place a cursor has no clipboard either.
    let mut command = ingle(&arguments);
    command.env("TERM", "dumb");
    let mut terminal = Terminal::of(80, 24, command);
    terminal.shows(0, "ingle join");
    terminal.press("/copy\r");
    terminal.shows(0, "Nothing can be copied from here.");
    assert!(!terminal.since(0).contains('\u{1b}'));
    terminal.signal("TERM");
    assert_eq!(terminal.end(), Some(0));
}

#[test]
fn text_that_comes_at_once_moves_nothing() {
    let mut group = Group::open();
    let arguments = ["join", &group.code, "--relay", &group.relay.at, "--name", "Tess"];
    let mut tess = Terminal::start(80, 24, &[&arguments, &SILENT[..]].concat());
    group.host.wait(json!({ "event": "member", "name": "Tess", "state": "here" }));
    tess.shows(0, IN);
    // Its keys would leave the group.
    tess.press("qy is what I wrote\rr");
    tess.shows(0, "Enter sends it as a message");
    tess.press("\r");
    group.host.wait(json!({ "event": "chat", "from": "Tess", "text": "qy is what I wrote r" }));
    tess.signal("TERM");
    assert_eq!(tess.end(), Some(0));
}
