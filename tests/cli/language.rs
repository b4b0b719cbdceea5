//! The program in another language: on the screen, in lines, and not for programs.

use crate::harness::{Running, Terminal, ingle};

const QUIET: [&str; 4] = ["--mic", "null", "--speaker", "null"];

fn rehearse(more: &[&str]) -> std::process::Command {
    ingle(&[&["rehearse", "--name", "Ana"], &QUIET[..], more].concat())
}

#[test]
fn a_session_in_lines_is_in_german_throughout() {
    let mut ana = Terminal::of(80, 24, rehearse(&["--plain", "--language", "de"]));
    ana.shows(0, "Um dein Mikrofon zu öffnen, tippe /mic on.");
    ana.shows(0, "Das ist eine Probe");
    let mark = ana.mark();
    ana.press("/hand\r");
    ana.shows(mark, "Deine Hand ist oben, Nummer");
    let mark = ana.mark();
    ana.press("/who\r");
    ana.shows(mark, "Im Kreis: ");
    let mark = ana.mark();
    ana.press("/mute\r");
    ana.shows(mark, "Wer soll stumm sein?");
    ana.press("0\r");
    ana.shows(mark, "Es wurde nichts getan.");
    let mark = ana.mark();
    ana.press("/nonsense\r");
    ana.shows(mark, "Es gibt kein /nonsense.");
    let mark = ana.mark();
    ana.press("/quit\r");
    ana.shows(mark, "Tippe ja oder nein.");
    ana.press("ja\r");
    ana.shows(mark, "Danke, dass du da warst.");
    assert_eq!(ana.end(), Some(0));
}

#[test]
fn the_screen_follows_the_system() {
    let mut command = rehearse(&[]);
    command.env("LC_MESSAGES", "de_DE.UTF-8").env("LANG", "C.UTF-8").env_remove("LC_ALL");
    let mut ana = Terminal::of(80, 24, command);
    ana.shows(0, "DEIN MIKROFON");
    ana.shows(0, "Im Kreis");
    ana.press("?");
    ana.shows(0, "Was du jetzt tun kannst");
    ana.signal("TERM");
    assert_eq!(ana.end(), Some(0));
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
