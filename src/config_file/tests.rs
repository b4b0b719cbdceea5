//! What a file sets, what it gives way to, and how a slip in it is told.

use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::*;

fn program() -> Command {
    let relay = Arg::new("relay").long("relay").env("INGLE_TEST_CONFIG_RELAY");
    let plain = Arg::new("plain").long("plain").action(ArgAction::SetTrue);
    let seats = Arg::new("seats").long("seats").value_parser(value_parser!(u8)).default_value("8");
    let plan = Arg::new("plan").long("plan").value_parser(["auto", "thin"]).default_value("auto");
    let bans = Arg::new("ban").long("ban").action(ArgAction::Append);
    let json = Arg::new("json").long("json").action(ArgAction::SetTrue).conflicts_with("plain");
    let host = Command::new("host").args([relay.clone(), plain.clone(), seats, bans]);
    let join = Command::new("join").args([relay, plain, plan, json]);
    Command::new("program").subcommands([host, join])
}

fn file(text: &str) -> Result<ConfigFile, ConfigError> {
    ConfigFile::parse(Path::new("/etc/program.toml"), text)
}

fn run(text: &str, line: &[&str]) -> ArgMatches {
    let command = file(text).and_then(|file| file.apply(program(), &["json"])).expect("a good file");
    let matches = command.try_get_matches_from([&["program"], line].concat()).expect("a good line");
    matches.subcommand().expect("a subcommand").1.clone()
}

fn fault(text: &str) -> (String, String) {
    let error = file(text).and_then(|file| file.apply(program(), &["json"])).expect_err("a fault");
    (error.to_string(), error.hint())
}

#[test]
fn a_file_gives_way_to_the_command_line() {
    let text = "relay = \"a:1\"\nplan = \"thin\"\n\n[host]\nrelay = \"b:2\"\nseats = 0x10\nban = [\"x\", \"y\"]\n";
    let relay = |matches: &ArgMatches| matches.get_one::<String>("relay").cloned().unwrap_or_default();
    let (host, join) = (run(text, &["host"]), run(text, &["join"]));
    assert_eq!((relay(&host), relay(&join)), ("b:2".into(), "a:1".into()), "a table comes first");
    assert_eq!(host.get_one::<u8>("seats"), Some(&16));
    assert_eq!(
        host.get_many::<String>("ban").map(|all| all.cloned().collect::<Vec<_>>()),
        Some(vec!["x".into(), "y".into()])
    );
    assert_eq!(join.get_one::<String>("plan").map(String::as_str), Some("thin"));
    assert_eq!(relay(&run(text, &["join", "--relay", "c:3"])), "c:3");
    assert_eq!(run(text, &["host", "--seats", "3"]).get_one::<u8>("seats"), Some(&3));
    assert_eq!(run("", &["host"]).get_one::<u8>("seats"), Some(&8));
}

#[test]
fn a_switch_that_a_file_sets_can_be_turned_off_again() {
    let plain = |text: &str, line: &[&str]| run(text, line).get_flag("plain");
    assert!(plain("plain = true", &["join"]));
    assert!(!plain("plain = true", &["join", "--plain=false"]));
    assert!(!plain("plain = false", &["join"]));
    assert!(plain("plain = false", &["join", "--plain"]));
    // A default is nobody's wish, so it conflicts with nothing.
    assert!(run("plain = true", &["join", "--json"]).get_flag("json"));
}

#[test]
fn the_environment_comes_before_the_file() {
    // Clap reads the environment when the argument is made, so what is set for this process serves as well.
    let with_path = |text: &str| {
        let command = program().mut_subcommand("join", |join| join.mut_arg("relay", |arg| arg.env("PATH")));
        let command = file(text).and_then(|file| file.apply(command, &[])).expect("a good file");
        let matches = command.try_get_matches_from(["program", "join"]).expect("a good line");
        matches.subcommand().and_then(|(_, join)| join.get_one::<String>("relay").cloned())
    };
    assert_eq!(with_path("relay = \"a:1\""), std::env::var("PATH").ok());
}

#[test]
fn a_slip_names_the_line_and_the_nearest_word() {
    let name = "/etc/program.toml";
    for (text, problem, hint) in [
        ("\n\nrealy = \"a\"", format!("Line 3 of {name} sets “realy”, which isn't known."), "Perhaps you meant relay."),
        (
            "[hots]\nx = 1",
            format!("Line 2 of {name} has the heading [hots], which isn't known."),
            "Perhaps you meant host.",
        ),
        (
            "[empty]",
            format!("Line 1 of {name} has the heading [empty], which isn't known."),
            "Remove the heading, and the lines under it.",
        ),
        (
            "[host]\nplan = \"thin\"",
            format!("Line 2 of {name} sets “plan”, which isn't known."),
            "Perhaps you meant plain.",
        ),
        (
            "json = true",
            format!("Line 1 of {name} sets “json”, which isn't known."),
            "Remove the line, or put a # before it.",
        ),
        (
            "plan = \"fat\"",
            format!("Line 1 of {name} sets plan to “fat”, which it can't be."),
            "It can be auto or thin.",
        ),
        (
            "plain = \"yes\"",
            format!("Line 1 of {name} sets plain to “yes”, which it can't be."),
            "Write plain = true or plain = false.",
        ),
        ("plan = []", format!("Line 1 of {name} sets plan to a list."), "Write one value after plan =."),
        (
            "plan = [\"auto\", \"thin\"]",
            format!("Line 1 of {name} sets plan to a list."),
            "Write one value after plan =.",
        ),
        (
            "relay = 2026-11-30",
            format!("Line 1 of {name} sets relay to what is no value."),
            "Write a word, a number, true or false after relay =.",
        ),
    ] {
        assert_eq!(fault(text), (problem, hint.to_owned()), "{text}");
    }
    let (problem, hint) = fault("seats = 300");
    assert!(problem.starts_with(&format!("Line 1 of {name} sets seats to “300”: 300 is not in 0..=255")), "{problem}");
    assert_eq!(hint, "Change what stands after seats =, or put a # before the line.");
    let (problem, hint) = fault("relay = \"a\"\nname = Ana\n");
    assert!(problem.starts_with(&format!("Line 2 of {name} can't be understood: ")), "{problem}");
    assert!(hint.contains("quotation marks"), "{hint}");
    // What a file holds can't reach the terminal as an escape.
    assert!(!fault("\"\\u001b[2J\" = 1").0.contains('\u{1b}'));
}

#[test]
fn what_is_no_file_or_too_long_is_told_and_never_waited_for() {
    let dir = tempfile::tempdir().expect("a place");
    assert_eq!(ConfigFile::read(&dir.path().join("none.toml")), Ok(None));
    let fault = |path: &Path| *ConfigFile::read(path).expect_err("a fault").fault;
    assert_eq!(fault(dir.path()), ConfigFault::NoFile);
    assert_eq!(fault(Path::new("/dev/zero")), ConfigFault::NoFile);
    let long = dir.path().join("long.toml");
    std::fs::write(&long, "").expect("written");
    assert_eq!(ConfigFile::read(&long.join("within.toml")), Ok(None));
    std::fs::write(&long, "#".repeat(LONGEST as usize + 1)).expect("written");
    assert_eq!(fault(&long), ConfigFault::TooLong);
    std::fs::write(&long, "#".repeat(LONGEST as usize)).expect("written");
    assert!(ConfigFile::read(&long).is_ok_and(|file| file.is_some()));
    std::fs::write(&long, [0xff, 0xfe]).expect("written");
    assert!(matches!(fault(&long), ConfigFault::Unreadable(_)));
}

#[test]
fn the_line_of_a_setting_can_be_told() {
    let file = file("plain = true\n[join]\n# here\nplain = false\n").expect("a good file");
    let line = |of, key| file.setting(of, key).map(|setting| (setting.line, setting.values.join(",")));
    assert_eq!(line(Some("join"), "plain"), Some((4, "false".into())));
    assert_eq!(line(Some("host"), "plain"), Some((1, "true".into())));
    assert_eq!(line(None, "relay"), None);
}
