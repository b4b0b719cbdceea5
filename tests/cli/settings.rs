//! The file of settings, and the commands that only tell: config, doctor, completions, man.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::{Ended, Relay, Running, SILENT, ingle};

fn run(dir: &Path, arguments: &[&str], more: &[(&str, &str)]) -> Ended {
    let mut command = ingle(arguments);
    command.env("INGLE_CONFIG_DIR", dir).envs(more.iter().copied());
    Running::start(&mut command).end()
}

fn object(ended: &Ended) -> Value {
    serde_json::from_str(&ended.out).unwrap_or_else(|error| panic!("{error}: {ended:?}"))
}

#[test]
fn a_file_of_settings_is_written_once_and_says_where_it_is() {
    let dir = tempfile::tempdir().expect("a place");
    let place = dir.path().join("new/ingle");
    let file = place.join("config.toml");
    let first = run(&place, &["config", "init"], &[]);
    assert_eq!((first.code, first.err.as_str()), (Some(0), ""), "{first:?}");
    assert!(first.out.starts_with(&format!("Your settings are in {}.\n", file.display())), "{first:?}");
    assert_eq!(run(&place, &["join"], &[]).code, Some(2), "it sets nothing, so there is no code");
    std::fs::write(&file, "name = \"Ana\"\n").expect("written");
    run(&place, &["config", "init"], &[]).failed(1, "There is already a file of settings", "--force");
    assert_eq!(std::fs::read_to_string(&file).expect("read"), "name = \"Ana\"\n");
    assert_eq!(run(&place, &["config", "init", "--force"], &[]).code, Some(0));
    assert_eq!(std::fs::read_to_string(place.join("config.toml.old")).expect("kept"), "name = \"Ana\"\n");
    run(Path::new(""), &["config", "init"], &[]).failed(2, "no place for settings", "INGLE_CONFIG_DIR");
    // Where the system has it.
    let mut command = ingle(&["config", "init"]);
    command.env_remove("INGLE_CONFIG_DIR").env("XDG_CONFIG_HOME", dir.path().join("xdg"));
    assert_eq!(Running::start(&mut command).end().code, Some(0));
    assert!(dir.path().join("xdg/ingle/config.toml").is_file());
}

#[test]
fn the_file_gives_way_to_the_environment_and_that_to_a_flag() {
    let dir = tempfile::tempdir().expect("a place");
    std::fs::write(dir.path().join("config.toml"), "name = \"Ana\"\n[host]\ntitle = \"Tuesday\"\n").expect("written");
    let of = |key: &str, more: &[(&str, &str)]| {
        let told = object(&run(dir.path(), &["config", "--json"], more));
        let rows = told["settings"].as_array().expect("a list").clone();
        let row = rows.into_iter().find(|row| row["key"] == key).expect("a row");
        (row["value"].clone(), row["source"].clone(), row["where"].clone())
    };
    assert_eq!(of("name", &[]), ("Ana".into(), "file".into(), "file: line 1".into()));
    let env = [("INGLE_NAME", "Bea")];
    assert_eq!(of("name", &env), ("Bea".into(), "environment".into(), "environment: INGLE_NAME".into()));
    assert_eq!(of("title", &[]), ("Tuesday".into(), "file".into(), "file: line 3".into()));
    assert_eq!(of("plan", &[]).1, "default");
    let shown = run(dir.path(), &["config"], &env);
    assert!(shown.out.contains("environment: INGLE_NAME"), "{shown:?}");
    // A flag before both, in a session.
    let relay = Relay::start();
    let host = ["host", "--relay", &relay.at, "--json", "--seconds", "1"];
    for (flag, name, title) in [(&[][..], "Bea", "Tuesday"), (&["--name", "Cyn", "--title", "Friday"], "Cyn", "Friday")]
    {
        let ended = run(dir.path(), &[&host, flag, &["--mic", "null", "--speaker", "null"]].concat(), &env);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(ended.out.contains(&format!("\"{name}\"")) && ended.out.contains(title), "{ended:?}");
    }
}

#[test]
fn a_slip_in_the_file_is_told_with_line_and_nearest_word() {
    let dir = tempfile::tempdir().expect("a place");
    let file = dir.path().join("config.toml");
    std::fs::write(&file, "# mine\nspeeker = \"USB\"\n").expect("written");
    for arguments in [&[&["host"], &SILENT[..]].concat()[..], &["join", "1234-a-b-c"], &["config"]] {
        run(dir.path(), arguments, &[]).failed(
            2,
            &format!("Line 2 of {} sets “speeker”, which isn't known.", file.display()),
            "Perhaps you meant speaker.",
        );
    }
    // What helps to find it isn't kept from helping.
    let doctor = run(dir.path(), &["doctor", "--mic", "null", "--speaker", "null", "--json"], &[]);
    assert_eq!(doctor.code, Some(1), "{doctor:?}");
    assert_eq!(object(&doctor)["checks"][1]["state"], "problem");
    assert_eq!(run(dir.path(), &["completions", "bash"], &[]).code, Some(0));
    assert_eq!(run(dir.path(), &["--help"], &[]).code, Some(0));
}

#[test]
fn the_doctor_looks_at_everything_and_never_hangs() {
    let dir = tempfile::tempdir().expect("a place");
    let relay = Relay::start();
    let silent = ["--mic", "null", "--speaker", "null", "--json"];
    let well = run(dir.path(), &[&["doctor", "--relay", &relay.at], &silent[..]].concat(), &[]);
    assert_eq!(well.code, Some(0), "{well:?}");
    let told = object(&well);
    let about: Vec<_> = told["checks"].as_array().expect("a list").iter().map(|check| &check["about"]).collect();
    let all = ["Version", "Settings", "Terminal", "Microphone", "Speaker", "Relay, UDP", "Relay, TCP", "Clock"];
    assert_eq!(about, all);
    for check in told["checks"].as_array().expect("a list") {
        assert!(check["message"].as_str().is_some_and(|said| said.ends_with('.')), "{check}");
    }
    assert_eq!([&told["checks"][5]["state"], &told["checks"][6]["state"]], ["good", "good"], "{told}");
    // A relay that swallows everything.
    let deaf = std::net::UdpSocket::bind("127.0.0.1:0").expect("a port");
    let at = deaf.local_addr().expect("bound").to_string();
    let begun = Instant::now();
    let ill = run(dir.path(), &[&["doctor", "--relay", &at], &silent[..]].concat(), &[]);
    assert!(begun.elapsed() < Duration::from_secs(18), "{:?}", begun.elapsed());
    assert_eq!(ill.code, Some(1), "{ill:?}");
    // No sound here, said in sentences with what to do.
    let page = run(dir.path(), &["doctor"], &[]);
    assert_eq!(page.code, Some(1), "{page:?}");
    assert!(page.out.contains("problem   Microphone") && page.out.contains("Plug in a microphone"), "{page:?}");
    assert!(page.out.trim_end().ends_with("see the lines with “problem”."), "{page:?}");
}

#[test]
fn completions_and_pages_are_printed_and_written() {
    let dir = tempfile::tempdir().expect("a place");
    for shell in ["bash", "zsh", "fish"] {
        let script = run(dir.path(), &["completions", shell], &[]);
        assert!(script.code == Some(0) && script.out.contains("ingle"), "{script:?}");
    }
    assert!(run(dir.path(), &["man"], &[]).out.contains(".TH ingle 1"));
    assert!(run(dir.path(), &["man", "join"], &[]).out.contains(".TH ingle-join 1"));
    run(dir.path(), &["man", "sing"], &[]).failed(2, "There is no command “sing”", "--help");
    let pages = dir.path().join("pages");
    assert_eq!(run(dir.path(), &["man", "--dir", pages.to_str().expect("a path")], &[]).code, Some(0));
    assert_eq!(std::fs::read_dir(&pages).expect("a directory").count(), 8);
}
