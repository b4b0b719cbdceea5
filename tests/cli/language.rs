//! The program in another language: on the screen, in lines, and not for programs.

use crate::harness::{Running, SILENT, Terminal, ingle};

fn rehearse(more: &[&str]) -> std::process::Command {
    ingle(&[&["rehearse", "--name", "Jo"], &SILENT[..], more].concat())
}

#[test]
fn a_session_in_lines_is_in_german_throughout() {
    let mut jo = Terminal::of(80, 24, rehearse(&["--plain", "--language", "de"]));
    jo.shows(0, "Um dein Mikrofon zu öffnen, tippe /mic on.");
    jo.shows(0, "Das ist eine Probe");
    jo.type_in("/hand", "Deine Hand ist oben, Nummer");
    jo.type_in("/who", "Im Kreis: ");
    jo.shows(0, "Eli ist da.");
    jo.type_in("/mute", "Wer soll stumm sein?");
    jo.type_in("0", "Es wurde nichts getan.");
    jo.type_in("/nonsense", "Es gibt kein /nonsense.");
    jo.type_in("/quit", "Um zu bleiben, tu nichts.");
    jo.type_in("/quit", "Danke, dass du da warst.");
    assert_eq!(jo.end(), Some(0));
}

#[test]
fn the_screen_follows_the_system() {
    let mut command = rehearse(&[]);
    command.env("LC_MESSAGES", "de_DE.UTF-8").env("LANG", "C.UTF-8").env_remove("LC_ALL");
    let mut jo = Terminal::of(80, 24, command);
    jo.shows(0, "Die Gruppe wird gesucht.");
    jo.shows(0, "KEIN MIKROFON");
    jo.shows(0, "Im Kreis");
    jo.signal("TERM");
    assert_eq!(jo.end(), Some(0));
}

#[test]
fn help_pages_and_the_file_of_settings_follow_the_language() {
    let dir = tempfile::tempdir().expect("a place");
    let run = |arguments: &[&str]| {
        let mut command = ingle(arguments);
        command.env("INGLE_CONFIG_DIR", dir.path()).env("INGLE_LANGUAGE", "de");
        Running::start(&mut command).end()
    };
    for asked in [&["join", "--help"][..], &["help", "join"], &["join", "-h"]] {
        let help = run(asked);
        assert!(help.out.contains("Aufruf: ingle join [OPTIONEN] [CODE]...\n"), "{help:?}");
        assert!(help.out.contains("Der Name, den die anderen sehen."), "{help:?}");
    }
    assert!(run(&["man", "join"]).out.contains(".SH BESCHREIBUNG\n"));
    assert!(run(&["man", "join", "--language", "en"]).out.contains(".SH DESCRIPTION\n"));
    assert!(run(&["completions", "fish"]).out.contains("Der Name, den die anderen sehen"));
    run(&["host", "--sing"]).failed(2, "„--sing“ gibt es hier nicht.", "ingle host --help");
    assert_eq!(run(&["config", "init"]).code, Some(0));
    let written = std::fs::read_to_string(dir.path().join("config.toml")).expect("written");
    assert!(written.starts_with("# Einstellungen von ingle."), "{written}");
}

#[test]
fn what_is_wrong_with_a_line_is_said_in_german() {
    let mut german = ingle(&["join", "--plain", "--language=de", "4821-otter"]);
    let ended = Running::start(&mut german).end();
    assert!(ended.err.contains("Prüfe den Code"), "{}", ended.err);
    let mut english = ingle(&["join", "--json", "--language=de", "4821-otter"]);
    let ended = Running::start(&mut english).end();
    let said = format!("{}{}", ended.out, ended.err);
    assert!(said.contains("Check the code") && !said.contains("Prüfe"), "{said}");
}
