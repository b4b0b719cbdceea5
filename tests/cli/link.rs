//! An invitation's link as a desktop opens it.

use serde_json::json;

use crate::harness::{Group, SILENT, Terminal, ingle};

#[test]
fn a_link_is_asked_about_and_shows_the_code_to_nobody_else() {
    let mut group = Group::open();
    let arguments = [&["join", "--link", "--name", "Ana"], &SILENT[..]].concat();
    let link = format!("ingle://{}/{}", group.relay.at, group.code);
    let open = |link: &str| {
        let mut command = ingle(&arguments);
        command.env("INGLE_LINK", link);
        Terminal::of(80, 24, command)
    };
    let mut ana = open(&link);
    ana.shows(0, &group.relay.at);
    // Others on the computer see what a program was started with, but not its environment.
    let line = std::fs::read_to_string(format!("/proc/{}/cmdline", ana.id())).expect("a process");
    assert!(line.contains("--link") && !line.contains(&group.code), "{line:?}");
    ana.press("yes\r");
    group.host.wait(json!({ "event": "member", "name": "Ana", "state": "here" }));
    ana.signal("TERM");
    assert_eq!(ana.end(), Some(0));
    // Whoever says no has called nobody.
    let mut ben = open(&link);
    ben.shows(0, &group.relay.at);
    ben.press("\r");
    assert_eq!(ben.end(), Some(1));
}

#[test]
fn the_desktop_entry_keeps_the_code_out_of_process_lists() {
    let entry = std::fs::read_to_string("assets/desktop/ingle-link.desktop").expect("an entry");
    let run = entry.lines().find_map(|line| line.strip_prefix("Exec=")).expect("a command");
    // `env` puts it there and becomes ingle, whose command line is without it.
    assert_eq!(run, "env INGLE_LINK=%u ingle join --link");
}
