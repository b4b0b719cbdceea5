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

#[test]
fn a_dumb_terminal_and_accessible_get_lines_without_escapes() {
    let relay = Relay::start();
    for environment in [("TERM", "dumb"), ("TERM", ""), ("ACCESSIBLE", "1")] {
        let command = plain(&["host", "--relay", &relay.at, "--name", "Hilda"], &[environment]);
        let mut terminal = Terminal::of(80, 24, command);
        terminal.shows(0, "To see all you can do, type /help.");
        assert!(!terminal.is_raw(), "{environment:?}");
        terminal.type_in("/quit", "Leave the group?");
        terminal.type_in("yes", "You have left the group.");
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
    host.type_in("Hilda", "You are in the circle: Tuesday group.");
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
    ana.type_in("/agree", "agreed to the ground rules");
    host.type_in("/admit", "1: Ana");
    host.type_in("1", "Ana is here.");
    ana.shows(0, "You are in the circle: Tuesday group.");

    ana.type_in("/mic", "1: on");
    ana.type_in("1", "icrophone");
    ana.type_in("good evening", "You write: good evening");
    host.shows(0, "Ana writes: good evening");
    ana.type_in("/hand", "Your hand is up, number 1.");
    host.type_in("/next", "Ana is next to speak.");
    host.type_in("/round", "1: checkin");
    host.type_in("1", "Seconds for each, or Enter for no limit:");
    host.type_in("", "check-in");
    host.type_in("/done", "Ana");
    ana.type_in("/done", "ound");
    host.type_in("/propose", "What do you propose?");
    host.type_in("Tea at five", "Hilda proposes: Tea at five.");
    ana.type_in("/agree", "Your answer: agree.");
    host.type_in("/vote", "2: secret");
    host.type_in("1", "A vote: Tea at five.");
    ana.type_in("/ballot", "2: no");
    ana.type_in("1", "Your vote: yes.");
    host.type_in("/ballot yes", "Decided: Tea at five.");
    host.type_in("/verbose", "Level 1");
    host.type_in("/verbose 2", "Level 2");
    host.type_in("/private", "1: Ana");
    host.type_in("1", "Only Ana sees it.");
    host.type_in("Thank you", "Only to Ana, from you: Thank you");
    ana.shows(0, "Only to you, from Hilda: Thank you");

    // Lines that come at once are text.
    host.type_in("/mute all\n/close", "You pasted 2 lines.");
    host.type_in("no", "Nothing was done.");
    host.type_in("/remove", "1: Ana");
    host.type_in("1", "Remove Ana from the group?");
    host.type_in("no", "Nothing was done.");
    host.type_in("/close", "End the group for everybody?");
    host.type_in("yes", "close");
    host.type_in("/close", "End the group for everybody?");
    host.type_in("yes", "The group is over.");
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
    pia.type_in("/quit", "Leave the group?");
    pia.type_in("no", "Nothing was done.");
    pia.type_in("/quit", "Leave the group?");
    pia.press("/quit\n");
    assert_eq!(pia.end(), Some(0));
    group.host.wait(json!({ "event": "member", "name": "Pia", "state": "gone" }));
}
