//! A whole first evening, in two terminals, from the first start to the close.

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_STANDARD, Engine};

use crate::harness::{Relay, Terminal, ingle};

/// Somebody who has never started ingle. Sound is set to none, as there is none here.
fn newcomer(dir: &Path, relay: &Relay) -> Terminal {
    let settings = format!("relay = \"{}\"\nmic = \"null\"\nspeaker = \"null\"\n", relay.at);
    std::fs::write(dir.join("config.toml"), settings).expect("written");
    let mut command = ingle(&[]);
    command.env("INGLE_CONFIG_DIR", dir).env("XDG_RUNTIME_DIR", dir).env("LANG", "C.UTF-8").env_remove("LC_ALL");
    Terminal::of(80, 24, command)
}

/// Waits for a word on the screen. Only what has changed is drawn, even within a word, so the window is made lower and higher again
/// until it was drawn whole.
fn sees(terminal: &Terminal, mark: usize, word: &str) {
    let start = Instant::now();
    for rows in [25, 24].into_iter().cycle() {
        sleep(Duration::from_millis(150));
        if terminal.since(mark).contains(word) {
            return;
        }
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "never shown: {word:?}; there was {:?}",
            terminal.since(mark)
        );
        terminal.resize(80, rows);
    }
}

/// Presses keys, one after the other, each once the one before was seen to.
fn keys(terminal: &mut Terminal, keys: &[(&str, &str)]) {
    for (key, word) in keys {
        let mark = terminal.mark();
        terminal.press(key);
        sees(terminal, mark, word);
    }
}

/// Writes a line as a person does.
fn write(terminal: &mut Terminal, line: &str) {
    let last = line.rsplit(' ').next().unwrap_or(line);
    keys(terminal, &[("\r", "send"), (line, last)]);
    terminal.press("\r");
}

/// What was sent to the clipboard last.
fn clipboard(terminal: &Terminal) -> String {
    let all = terminal.since(0);
    let (_, copied) = all.rsplit_once("\u{1b}]52;c;").expect("something was copied");
    let (copied, _) = copied.split_once('\u{7}').expect("all of it");
    String::from_utf8(BASE64_STANDARD.decode(copied).expect("base64")).expect("text")
}

#[test]
fn two_newcomers_meet_decide_and_part() {
    let relay = Relay::start();
    let dirs = [(); 2].map(|()| tempfile::tempdir().expect("a place"));
    let mut hal = newcomer(dirs[0].path(), &relay);
    sees(&hal, 0, "call");
    // A name, a sound check of which each step is skipped, and a group.
    keys(
        &mut hal,
        &[
            ("Hal", "Hal"),
            ("\r", "Later"),
            ("y", "microphone"),
            ("\u{1b}", "speaker"),
            ("\u{1b}", "yourself"),
            ("\u{1b}", "Practise"),
            ("h", "called?"),
            ("Tuesday", "Tuesday"),
            ("\r", "invitation"),
            ("I", "\u{1b}]52;c;"),
        ],
    );
    let invitation = clipboard(&hal);
    assert!(invitation.contains("ingle join") && invitation.contains(&relay.at), "{invitation}");
    hal.press("\u{1b}");

    let mut ana = newcomer(dirs[1].path(), &relay);
    sees(&ana, 0, "call");
    keys(&mut ana, &[("Ana", "Ana"), ("\r", "Later"), ("l", "Practise")]);
    let (mark, door) = (hal.mark(), ana.mark());
    ana.press(&format!("\u{1b}[200~{invitation}\u{1b}[201~"));
    sees(&ana, door, "waiting");
    sees(&hal, mark, "Ana");
    hal.press("a");
    sees(&ana, door, "Nobody");

    let mark = hal.mark();
    write(&mut ana, "good evening everyone");
    sees(&hal, mark, "everyone");

    let mark = ana.mark();
    write(&mut hal, "/mute Ana");
    sees(&ana, mark, "MUTED");
    let mark = ana.mark();
    write(&mut hal, "/unmute Ana");
    sees(&ana, mark, "again");

    // A round, first the one who began it.
    keys(&mut hal, &[("w", "check-in"), ("i", "Seconds"), ("\r", "finished")]);
    let mark = ana.mark();
    hal.press("f");
    sees(&ana, mark, "finished");
    ana.press("f");

    let mark = ana.mark();
    write(&mut hal, "/propose Tea at five");
    sees(&ana, mark, "five");
    let mark = ana.mark();
    write(&mut hal, "/vote open");
    sees(&ana, mark, "abstain");
    ana.press("y");
    hal.press("y");
    // On Hal's screen a notice that Ana has no microphone may come at the same moment.
    sees(&ana, mark, "passed");

    // What was decided is read back before the end.
    let (mark, closing) = (ana.mark(), hal.mark());
    hal.press("q");
    sees(&hal, closing, "Leave");
    hal.press("e");
    sees(&ana, mark, "minutes");
    for member in [&mut ana, &mut hal] {
        keys(member, &[("\u{1b}", "right"), ("a", "answer:")]);
    }
    keys(&mut hal, &[("q", "Leave")]);
    hal.press("e");
    for member in [&mut ana, &mut hal] {
        sees(member, 0, "kept");
        member.press("q");
        assert_eq!(member.end(), Some(0));
        assert!(member.is_as_before(), "the terminal is as it was");
    }
}
