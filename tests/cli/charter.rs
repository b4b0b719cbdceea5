//! Charters: chosen by the host, read at the door, and refused with a sentence if they make no sense.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::harness::{Group, Running, SILENT, ingle};

fn charters(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charters").join(folder);
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    files
}

/// Hosts with a charter for one second.
fn host(charter: &str) -> crate::harness::Ended {
    let arguments =
        [&["host", "--listen", "127.0.0.1:0", "--seconds", "1", "--charter", charter], &SILENT[..]].concat();
    Running::start(&mut ingle(&arguments)).end()
}

#[test]
fn every_charter_that_makes_sense_opens_a_group() {
    let files = charters("valid");
    assert!(files.len() >= 3);
    for file in files {
        let ended = host(&file.display().to_string());
        assert_eq!(ended.code, Some(0), "{}: {ended:?}", file.display());
    }
}

#[test]
fn every_charter_that_makes_none_is_named_with_its_line() {
    let problems = [
        ("invalid/like.toml", "Line 1 of the charter", "It can be facilitated, shared or peer"),
        ("invalid/list.toml", "\"chair\" can't be \"a list\"", "It can be longest or rotation"),
        ("invalid/lobby.toml", "\"lobby\" can't be \"3\"", "It can be one yes or two yeses"),
        ("invalid/mute_all_time.toml", "\"mute-all-time\" can't be \"2 hours\"", "10 seconds to 60 minutes"),
        ("invalid/no_quotation_marks.toml", "Line 1 of the charter", "in quotation marks"),
        ("invalid/no_text.toml", "can't be understood", "in quotation marks"),
        ("invalid/power_of_the_door.toml", "\"remove\" can't be \"anyone\"", "It can be facilitator or group"),
        ("invalid/table.toml", "\"mute\" can't be \"a table\"", "It can be facilitator or group"),
        ("invalid/threshold.toml", "\"threshold\" can't be \"consensus minus 12\"", "consensus minus 1 to 9"),
        ("invalid/twice.toml", "Line 2 of the charter", "in quotation marks"),
        ("invalid/unknown_point.toml", "Line 2 of the charter", "It can say: like, mute, mute-all"),
        ("invalid/unknown_value.toml", "Line 3 of the charter", "It can be facilitator or group"),
    ];
    let files = charters("invalid");
    assert_eq!(files.len(), problems.len(), "one line for each file");
    for (file, (name, problem, hint)) in files.iter().zip(problems) {
        assert!(file.ends_with(name), "{}", file.display());
        host(&file.display().to_string()).failed(2, problem, hint);
    }
    host("no/such/charter").failed(2, "There is no charter called \"no/such/charter\"", "facilitated, shared or peer");
    host("/").failed(2, "The charter / can't be read", "facilitated, shared or peer");
    host("/dev/zero").failed(2, "too long for a charter", "the right file");
}

#[test]
fn who_waits_at_the_door_reads_what_the_group_holds_itself_by() {
    let mut group = Group::hosted(&["--charter", "peer"]);
    let mut ana = group.knock("Ana", &[]);
    ana.wait(json!({ "event": "waiting" }));
    let rules = |person: &mut crate::harness::Person| {
        person.say("/rules");
        person.wait(json!({ "event": "rules" })).event["rules"].clone()
    };
    let at_door = rules(&mut ana);
    let two = "Two members must say yes before anybody is let in.";
    assert!(at_door.as_array().expect("a list").iter().any(|rule| rule == two), "{at_door}");
    assert_eq!(rules(&mut group.host), at_door);
}
