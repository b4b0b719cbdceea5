//! `ingle join` without a code, in a terminal: typed with Tab, corrected, pasted, given up.

use serde_json::json;

use crate::harness::{Group, SILENT, Terminal, until};

fn asked(more: &[&str]) -> Terminal {
    asked_as("Ana", more)
}

fn asked_as(name: &str, more: &[&str]) -> Terminal {
    let terminal = Terminal::start(80, 24, &[&["join", "--name", name], more, &SILENT[..]].concat());
    terminal.shows(0, "Your code, or the whole invitation:");
    until("keys come one by one", || terminal.is_raw());
    terminal
}

fn given_back(terminal: &mut Terminal, code: Option<i32>) {
    assert_eq!(terminal.end(), code);
    assert!(!terminal.is_raw(), "keys are echoed again");
    until("pastes are no longer marked", || terminal.since(0).contains("\u{1b}[?2004l"));
}

/// Where others on the machine could read what was typed.
fn command_line(terminal: &Terminal) -> String {
    let bytes = std::fs::read(format!("/proc/{}/cmdline", terminal.id())).expect("a process");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_code_is_typed_with_tab_and_a_slip_is_told_before_it_counts() {
    let mut group = Group::open();
    let mut terminal = asked(&["--relay", &group.relay.at]);
    terminal.shows(0, "Tab completes a word.");
    let mut parts = group.code.split('-');
    let number = parts.next().expect("a number");
    let words: Vec<&str> = parts.collect();
    terminal.press(&format!("{number}-qqq"));
    terminal.shows(0, "No word in a code begins with \"qqq\".");
    terminal.press("\u{7f}\u{7f}\u{7f}");
    // One letter leaves several words; three letters leave one.
    let mark = terminal.mark();
    terminal.press(&format!("{}\t", &words[0][..1]));
    until("there is a choice", || terminal.since(mark).contains(" or ") || terminal.since(mark).contains(" more"));
    terminal.press("\u{17}");
    terminal.press(&format!("{number}-"));
    for word in &words {
        let mark = terminal.mark();
        terminal.press(&format!("{}\t", &word[..3]));
        terminal.shows(mark, word);
    }
    terminal.shows(0, "The code is complete.");
    // Until the line was drawn for the last time.
    terminal.shows(0, "Press Enter to go on.");
    let mark = terminal.mark();
    terminal.press("\r");
    group.host.wait(json!({ "event": "member", "name": "Ana", "state": "here" }));
    terminal.shows(mark, "In the circle");
    for word in &words {
        assert!(!command_line(&terminal).contains(word));
    }
    assert!(!terminal.since(mark).contains(&words.join("-")), "the words don't stay on the screen");
    terminal.signal("TERM");
    assert_eq!(terminal.end(), Some(0));
}

#[test]
fn an_invitation_is_pasted_with_and_without_marks() {
    let mut group = Group::open();
    let invitation = format!(
        "You are invited to \"Tuesday 1900\". To join, type:\r\r  ingle join {} --relay {}\r\rPlease don't pass this on.\rq",
        group.code, group.relay.at
    );
    let mut marked = asked(&[]);
    marked.press(&format!("\u{1b}[200~{invitation}\u{1b}[201~"));
    // A second of the same name would have a number.
    let mut bare = asked_as("Ben", &[]);
    bare.press(&invitation);
    for (name, terminal) in [("Ana", &mut marked), ("Ben", &mut bare)] {
        group.host.wait(json!({ "event": "member", "name": name, "state": "here" }));
        terminal.shows(0, "In the circle");
        // The rest of the paste is no key: nobody is asked whether to leave.
        assert!(!terminal.since(0).contains("Leave"), "{}", terminal.since(0));
        terminal.signal("TERM");
        assert_eq!(terminal.end(), Some(0));
    }
}

#[test]
fn giving_up_gives_the_terminal_back() {
    let mut terminal = asked(&[]);
    terminal.press("4821-ott");
    terminal.press("\u{3}");
    given_back(&mut terminal, Some(130));
    let mut terminal = asked(&[]);
    terminal.press("\u{4}");
    given_back(&mut terminal, Some(130));
    for signal in ["TERM", "INT", "HUP"] {
        let mut terminal = asked(&[]);
        terminal.signal(signal);
        given_back(&mut terminal, None);
    }
}

#[test]
fn a_pause_gives_the_terminal_back_for_a_while() {
    let mut terminal = asked(&[]);
    terminal.press("4821-ott");
    terminal.press("\u{1a}");
    until("the program is stopped", || crate::harness::state(terminal.id()) == Some('T'));
    assert!(!terminal.is_raw());
    let mark = terminal.mark();
    terminal.signal("CONT");
    terminal.shows(mark, "4821-ott");
    until("keys come one by one", || terminal.is_raw());
    terminal.press("\u{3}");
    given_back(&mut terminal, Some(130));
}
