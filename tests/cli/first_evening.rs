//! A whole first evening, in two terminals, from the first start to the close.

use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine};

use crate::harness::{Relay, Terminal, ingle};

/// Somebody who has never started ingle. Sound is set to none, as there is none here.
fn newcomer(dir: &Path, relay: &Relay) -> Terminal {
    let settings = format!("relay = \"{}\"\nmic = \"null\"\nspeaker = \"null\"\n", relay.at);
    std::fs::write(dir.join("config.toml"), settings).expect("written");
    let mut command = ingle(&[]);
    command.env("INGLE_CONFIG_DIR", dir).env("LANG", "C.UTF-8").env_remove("LC_ALL");
    Terminal::of(80, 24, command)
}

/// Presses keys, one after the other, each once the one before was seen to.
fn keys(terminal: &mut Terminal, keys: &[(&str, &str)]) {
    for (key, shown) in keys {
        let mark = terminal.mark();
        terminal.press(key);
        terminal.shows(mark, shown);
    }
}

/// Writes a line as a person does.
fn write(terminal: &mut Terminal, line: &str) {
    let last = line.rsplit(' ').next().unwrap_or(line);
    keys(terminal, &[("\r", "sends"), (line, last)]);
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
    hal.shows(0, "What should the others call you?");
    // A name, a sound check of which each step is skipped, and a group.
    keys(
        &mut hal,
        &[
            ("Hal", "Hal"),
            ("\r", "Later"),
            ("y", "Step 1 of 3"),
            ("\u{1b}", "Step 2 of 3"),
            ("\u{1b}", "Step 3 of 3"),
            ("\u{1b}", "Practise"),
            ("h", "What is your group called?"),
            ("Tuesday", "Tuesday"),
            ("\r", "Others join with the code"),
            ("I", "\u{1b}]52;c;"),
        ],
    );
    let invitation = clipboard(&hal);
    assert!(invitation.contains("ingle join") && invitation.contains(&relay.at), "{invitation}");
    hal.press("\u{1b}");

    let mut ana = newcomer(dirs[1].path(), &relay);
    ana.shows(0, "What should the others call you?");
    keys(&mut ana, &[("Ana", "Ana"), ("\r", "Later"), ("l", "Practise")]);
    let (mark, door) = (hal.mark(), ana.mark());
    ana.press(&format!("\u{1b}[200~{invitation}\u{1b}[201~"));
    ana.shows(door, "waiting to be let in");
    hal.shows(mark, "Ana");
    hal.press("a");
    ana.shows(door, "Nobody");

    let mark = hal.mark();
    write(&mut ana, "good evening everyone");
    hal.shows(mark, "everyone");

    let mark = ana.mark();
    write(&mut hal, "/mute Ana");
    ana.shows(mark, "MUTED");
    let mark = ana.mark();
    write(&mut hal, "/unmute Ana");
    ana.shows(mark, "again");

    // A round, first the one who began it.
    keys(&mut hal, &[("w", "check-in"), ("i", "Seconds"), ("\r", "finished")]);
    let mark = ana.mark();
    hal.press("f");
    ana.shows(mark, "finished");
    ana.press("f");

    let mark = ana.mark();
    write(&mut hal, "/propose Tea at five");
    ana.shows(mark, "five");
    let (mark, voted) = (ana.mark(), hal.mark());
    write(&mut hal, "/vote open");
    ana.shows(mark, "abstain");
    ana.press("y");
    hal.press("y");
    hal.shows(voted, "passed");

    // What was decided is read back before the end.
    let (mark, closing) = (ana.mark(), hal.mark());
    hal.press("q");
    hal.shows(closing, "Leave");
    hal.press("e");
    ana.shows(mark, "minutes");
    for member in [&mut ana, &mut hal] {
        keys(member, &[("\u{1b}", "right")]);
        member.press("a");
    }
    for member in [&mut ana, &mut hal] {
        member.shows(0, "Your microphone is closed. ingle kept nothing");
        member.press("q");
        assert_eq!(member.end(), Some(0));
        assert!(member.is_as_before(), "the terminal is as it was");
    }
}
