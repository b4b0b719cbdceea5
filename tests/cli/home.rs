//! `ingle` alone in a terminal: the first start, Home, and what it leads to.

use serde_json::json;

use crate::harness::{Group, Terminal, ingle, until};

const ENTER: &str = "\u{1b}[?1049h";
const LEAVE: &str = "\u{1b}[?1049l";

fn home(dir: &std::path::Path, arguments: &[&str]) -> Terminal {
    let mut command = ingle(arguments);
    command.env("INGLE_CONFIG_DIR", dir).env("LANG", "C.UTF-8").env_remove("LC_ALL");
    Terminal::of(80, 24, command)
}

fn given_back(terminal: &mut Terminal, code: Option<i32>) {
    assert_eq!(terminal.end(), code);
    assert!(!terminal.is_raw(), "keys are echoed again");
    until("the other screen is left", || {
        let all = terminal.since(0);
        let after = all.rsplit(LEAVE).next().unwrap_or_default();
        all.matches(ENTER).count() == all.matches(LEAVE).count() && after.contains("\u{1b}[?25h")
    });
}

#[test]
fn the_first_start_asks_once_and_an_invitation_leads_in() {
    let mut group = Group::open();
    let dir = tempfile::tempdir().expect("a place");
    let mut ana = home(dir.path(), &[]);
    ana.shows(0, "What should the others call you?");
    ana.press("Ana");
    ana.shows(0, "Ana");
    ana.press("\r");
    ana.shows(0, "Later");
    ana.press("l");
    ana.shows(0, "Practise");
    // A paste without marks is no row of keys.
    let invitation = format!("Come in!\r  ingle join {} --relay {}\rq", group.code, group.relay.at);
    ana.press(&invitation);
    group.host.wait(json!({ "event": "member", "name": "Ana", "state": "here" }));
    assert!(!ana.since(0).contains("Leave the group"), "the rest of the paste is no key");
    ana.signal("TERM");
    given_back(&mut ana, Some(0));
    // Another time nothing is asked.
    let mut again = home(dir.path(), &[]);
    again.shows(0, "leaves");
    assert!(again.since(0).contains("Ana") && !again.since(0).contains("Welcome"));
    again.press("q");
    given_back(&mut again, Some(0));
}

#[test]
fn however_home_ends_the_terminal_is_given_back() {
    let dir = tempfile::tempdir().expect("a place");
    for (keys, signal, code) in [("\u{3}", None, Some(0)), ("", Some("TERM"), None), ("", Some("HUP"), None)] {
        let mut terminal = home(dir.path(), &[]);
        terminal.shows(0, "Welcome");
        terminal.press(keys);
        signal.into_iter().for_each(|name| terminal.signal(name));
        given_back(&mut terminal, code);
    }
    // Nothing is drawn while nothing changes.
    let mut still = home(dir.path(), &[]);
    still.shows(0, "skips");
    std::thread::sleep(std::time::Duration::from_millis(300));
    let mark = still.mark();
    std::thread::sleep(std::time::Duration::from_millis(700));
    assert_eq!(still.since(mark), "");
    still.press("\u{3}");
    given_back(&mut still, Some(0));
    // To the shell and back.
    let mut terminal = home(dir.path(), &[]);
    terminal.shows(0, "Welcome");
    terminal.press("\u{1a}");
    until("it has stopped", || crate::harness::state(terminal.id()) == Some('T'));
    assert!(!terminal.is_raw());
    let mark = terminal.mark();
    terminal.signal("CONT");
    terminal.shows(mark, "Welcome");
    terminal.press("\u{3}");
    given_back(&mut terminal, Some(0));
}

#[test]
fn a_digit_begins_the_code_and_what_is_no_code_is_told() {
    let dir = tempfile::tempdir().expect("a place");
    std::fs::write(dir.path().join("config.toml"), "name = \"Bea\"\n").expect("written");
    let mut terminal = home(dir.path(), &[]);
    terminal.shows(0, "Bea");
    terminal.press("\u{1b}[200~see you on Tuesday\u{1b}[201~");
    terminal.shows(0, "There is no code in that.");
    terminal.press("4");
    terminal.shows(0, "Your code, or the whole invitation:");
    let mark = terminal.mark();
    terminal.press("8");
    terminal.shows(mark, "48");
    terminal.press("\u{3}");
    assert_eq!(terminal.end(), Some(130));
}

#[test]
fn home_in_sentences_does_the_same() {
    let mut group = Group::open();
    let dir = tempfile::tempdir().expect("a place");
    let mut ana = home(dir.path(), &["--plain"]);
    ana.shows(0, "What should the others call you?");
    ana.press("Ana\r");
    ana.shows(0, "try your sound now?");
    ana.press("\r");
    ana.shows(0, "4. Practise");
    let mark = ana.mark();
    ana.press("something\r");
    ana.shows(mark, "There is no code in that.");
    ana.shows(mark, "Type a number");
    assert!(!ana.since(0).contains('\u{1b}'), "no escapes: {:?}", ana.since(0));
    ana.press(&format!("ingle join {} --relay {}\r", group.code, group.relay.at));
    group.host.wait(json!({ "event": "member", "name": "Ana", "state": "here" }));
    ana.signal("TERM");
    assert_eq!(ana.end(), Some(0));
    let mut again = home(dir.path(), &["--plain"]);
    again.shows(0, "7. Leave");
    again.press("6\r");
    again.shows(0, "Ab jetzt spricht ingle Deutsch.");
    again.shows(0, "7. Verlassen");
    again.press("7\r");
    assert_eq!(again.end(), Some(0));
    assert!(!again.since(0).contains("What should"), "nothing is asked again");
}
