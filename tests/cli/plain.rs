//! A whole evening in line mode, as a person at a terminal plays it: no escapes, no signs, and questions with numbers.

use std::process::Command;

use serde_json::json;

use crate::harness::{Group, Relay, SILENT, Terminal, ingle};

/// The program in lines, as an environment asks for them.
fn plain(arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = ingle(&[arguments, &SILENT].concat());
    command.envs(environment.iter().copied());
    command
}

/// Types a line, and waits for what it brings.
fn type_in(terminal: &mut Terminal, line: &str, shows: &str) {
    // Lines within some 40 ms of each other are a paste.
    std::thread::sleep(std::time::Duration::from_millis(100));
    let mark = terminal.mark();
    terminal.press(&format!("{line}\n"));
    terminal.shows(mark, shows);
}

#[test]
fn a_dumb_terminal_and_accessible_get_lines_without_escapes() {
    let relay = Relay::start();
    for environment in [("TERM", "dumb"), ("TERM", ""), ("ACCESSIBLE", "1")] {
        let command = plain(&["host", "--relay", &relay.at, "--name", "Hilda"], &[environment]);
        let mut terminal = Terminal::of(80, 24, command);
        terminal.shows(0, "To see all you can do, type /help.");
        assert!(!terminal.is_raw(), "{environment:?}");
        type_in(&mut terminal, "/quit", "Leave the group?");
        type_in(&mut terminal, "yes", "You have left the group.");
        assert_eq!(terminal.end(), Some(0));
        assert!(!terminal.since(0).contains('\u{1b}'), "{environment:?}: {:?}", terminal.since(0));
    }
}

#[test]
fn a_blind_facilitator_plays_a_whole_evening_in_lines() {
    let relay = Relay::start();
    let command = plain(&["host", "--relay", &relay.at, "--title", "Tuesday group", "--plain"], &[]);
    let mut host = Terminal::of(80, 24, command);
    // Nothing is asked key by key, and nothing is drawn.
    host.shows(0, "What should the others call you?");
    type_in(&mut host, "Hilda", "You are in the circle: Tuesday group.");
    let shown = host.since(0);
    let code = shown.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        (word.split('-').count() == 4 && word.starts_with(|c: char| c.is_ascii_digit())).then(|| word.to_owned())
    });
    let code = code.unwrap_or_else(|| panic!("a code in {shown:?}"));

    // The other comes in by a code that is asked for, since it's not on the command line.
    let mut ana = Terminal::of(80, 24, plain(&["join", "--relay", &relay.at, "--name", "Ana", "--plain"], &[]));
    ana.shows(0, "code");
    ana.press(&format!("{code}\n"));
    host.shows(0, "Ana is at the door.");
    type_in(&mut ana, "/agree", "agreed to the ground rules");
    type_in(&mut host, "/admit", "1: Ana");
    type_in(&mut host, "1", "Ana is here.");
    ana.shows(0, "You are in the circle: Tuesday group.");

    type_in(&mut ana, "/mic", "1: on");
    type_in(&mut ana, "1", "icrophone");
    type_in(&mut ana, "good evening", "You write: good evening");
    host.shows(0, "Ana writes: good evening");
    type_in(&mut ana, "/hand", "Your hand is up, number 1.");
    type_in(&mut host, "/next", "Ana is next to speak.");
    type_in(&mut host, "/round", "1: checkin");
    type_in(&mut host, "1", "Seconds for each, or Enter for no limit:");
    type_in(&mut host, "", "check-in");
    type_in(&mut host, "/done", "Ana");
    type_in(&mut ana, "/done", "ound");
    type_in(&mut host, "/propose", "What do you propose?");
    type_in(&mut host, "Tea at five", "Hilda proposes: Tea at five.");
    type_in(&mut ana, "/agree", "Your answer: agree.");
    type_in(&mut host, "/vote", "2: secret");
    type_in(&mut host, "1", "A vote: Tea at five.");
    type_in(&mut ana, "/ballot", "2: no");
    type_in(&mut ana, "1", "Your vote: yes.");
    type_in(&mut host, "/ballot yes", "Decided: Tea at five.");
    type_in(&mut host, "/verbose", "Level 1");
    type_in(&mut host, "/verbose 2", "Level 2");
    type_in(&mut host, "/private", "1: Ana");
    type_in(&mut host, "1", "Only Ana sees it.");
    type_in(&mut host, "Thank you", "Only to Ana, from you: Thank you");
    ana.shows(0, "Only to you, from Hilda: Thank you");

    // Lines that come at once are text.
    type_in(&mut host, "/mute all\n/close", "You pasted 2 lines.");
    type_in(&mut host, "no", "Nothing was done.");
    type_in(&mut host, "/remove", "1: Ana");
    type_in(&mut host, "1", "Remove Ana from the group?");
    type_in(&mut host, "no", "Nothing was done.");
    type_in(&mut host, "/close", "End the group for everybody?");
    type_in(&mut host, "yes", "close");
    type_in(&mut host, "/close", "End the group for everybody?");
    type_in(&mut host, "yes", "The group is over.");
    assert_eq!((host.end(), ana.end()), (Some(0), Some(0)));
    for terminal in [&host, &ana] {
        let all = terminal.since(0);
        assert!(all.is_ascii() && !all.contains('\u{1b}'), "{all:?}");
    }
}

#[test]
fn a_member_who_leaves_in_lines_is_asked() {
    let mut group = Group::open();
    let arguments = ["join", &group.code, "--relay", &group.relay.at, "--name", "Pia", "--plain"];
    let mut pia = Terminal::of(80, 24, plain(&arguments, &[]));
    group.host.wait(json!({ "event": "member", "name": "Pia", "state": "here" }));
    type_in(&mut pia, "/quit", "Leave the group?");
    type_in(&mut pia, "no", "Nothing was done.");
    type_in(&mut pia, "/quit", "Leave the group?");
    pia.press("/quit\n");
    assert_eq!(pia.end(), Some(0));
    group.host.wait(json!({ "event": "member", "name": "Pia", "state": "gone" }));
}
