//! The program in another language: on the screen, in lines, and not for programs.

use crate::harness::{Running, Terminal, ingle};

const QUIET: [&str; 4] = ["--mic", "null", "--speaker", "null"];

fn rehearse(more: &[&str]) -> std::process::Command {
    ingle(&[&["rehearse", "--name", "Jo"], &QUIET[..], more].concat())
}

#[test]
fn a_session_in_lines_is_in_german_throughout() {
    let mut jo = Terminal::of(80, 24, rehearse(&["--plain", "--language", "de"]));
    jo.shows(0, "Um dein Mikrofon zu öffnen, tippe /mic on.");
    jo.shows(0, "Das ist eine Probe");
    let mark = jo.mark();
    jo.press("/hand\r");
    jo.shows(mark, "Deine Hand ist oben, Nummer");
    let mark = jo.mark();
    jo.press("/who\r");
    jo.shows(mark, "Im Kreis: ");
    let mark = jo.mark();
    jo.shows(0, "Eli ist da.");
    jo.press("/mute\r");
    jo.shows(mark, "Wer soll stumm sein?");
    jo.press("0\r");
    jo.shows(mark, "Es wurde nichts getan.");
    let mark = jo.mark();
    jo.press("/nonsense\r");
    jo.shows(mark, "Es gibt kein /nonsense.");
    let mark = jo.mark();
    jo.press("/quit\r");
    jo.shows(mark, "Um zu bleiben, tu nichts.");
    jo.press("/quit\r");
    jo.shows(mark, "Danke, dass du da warst.");
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
fn what_is_wrong_with_a_line_is_said_in_german() {
    let mut german = ingle(&["join", "--plain", "--language=de", "4821-otter"]);
    let ended = Running::start(&mut german).end();
    assert!(ended.err.contains("Prüfe den Code"), "{}", ended.err);
    let mut english = ingle(&["join", "--json", "--language=de", "4821-otter"]);
    let ended = Running::start(&mut english).end();
    let said = format!("{}{}", ended.out, ended.err);
    assert!(said.contains("Check the code") && !said.contains("Prüfe"), "{said}");
}
