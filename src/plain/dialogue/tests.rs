use super::*;
use crate::ids::{Attempt, SeatId};
use crate::session::fixture::{NOW, commit, knock, nine};
use crate::session::{Known, Role, Turn, Whom};

/// Types lines one after the other, and gives what came of the last.
fn last(dialogue: &mut Dialogue, room: &Room, lines: &[&str]) -> Result<Reply, Trouble> {
    lines.iter().map(|line| dialogue.handle(&[(*line).to_owned()], room, NOW)).last().expect("a line")
}

fn does(room: &Room, lines: &[&str]) -> Option<Command> {
    let reply = last(&mut Dialogue::new(true), room, lines);
    reply.unwrap_or_else(|trouble| panic!("{lines:?}: {trouble:?}")).command
}

fn tells(room: &Room, lines: &[&str]) -> Vec<String> {
    last(&mut Dialogue::new(true), room, lines).expect("understood").told
}

fn intent(intent: Intent) -> Option<Command> {
    Some(Command::Intent(intent))
}

#[test]
fn what_a_command_lacks_is_chosen_by_number() {
    let mut room = nine(0);
    let told = tells(&room, &["/mute"]);
    assert_eq!((told[0].as_str(), told[1].as_str(), told[9].as_str()), ("Who should be muted?", "1: Ana", "9: all"));
    assert_eq!(told[10], "Type a number from 1 to 9, or 0 to leave it.");
    let ana = Intent::Mute { whom: Whom::One(SeatId(1)), muted: true };
    assert_eq!(does(&room, &["/mute", "1"]), intent(ana.clone()));
    assert_eq!(does(&room, &["/mute", "ana"]), intent(ana));
    assert_eq!(does(&room, &["/mute", "9"]), intent(Intent::Mute { whom: Whom::All, muted: true }));
    assert_eq!(does(&room, &["/role", "2", "2"]), intent(Intent::Role(SeatId(2), Role::CoFacilitator)));
    assert_eq!(
        does(&room, &["/private", "1", "Are you all right?"]),
        intent(Intent::Private(SeatId(1), "Are you all right?".into()))
    );
    let round = |seconds| intent(Intent::Turn(Turn::Round(crate::session::RoundKind::CheckIn, seconds)));
    assert_eq!(tells(&room, &["/round", "1"]), ["Seconds for each, or Enter for no limit:"]);
    assert_eq!(
        (does(&room, &["/round", "1", ""]), does(&room, &["/round", "1", "90"])),
        (round(None), round(Some(90)))
    );
    assert_eq!(does(&room, &["/mic", "1"]), intent(Intent::Mic { open: true }));
    room.devices.known = Some(Known { mics: vec!["Built-in".into(), "USB headset".into()], speakers: vec![] });
    assert_eq!(does(&room, &["/mic-device", "2"]), intent(Intent::Device(Side::Mic, "USB headset".into())));
    knock(&mut room, 3, "Jo", 0);
    knock(&mut room, 4, "Jo", 0);
    assert_eq!(does(&room, &["/admit", "2"]), intent(Intent::Admit(Whom::One(Attempt(4)))));
}

#[test]
fn what_is_left_or_not_understood_does_nothing() {
    let room = nine(0);
    for lines in [&["/mute", "0"][..], &["/mute", ""], &["/mute", "17"], &["/propose", ""], &["/remove", "1", "no"]] {
        assert_eq!(does(&room, lines), None, "{lines:?}");
    }
    assert_eq!(tells(&room, &["/order", "3"]), ["That is not in the list. Type 1 or 2, or 0 to leave it."]);
    // The list stands until it's left, and a command leaves it.
    assert_eq!(does(&room, &["/order", "3", "2"]), intent(Intent::Turn(Turn::Order(crate::session::Order::Least))));
    assert_eq!(does(&room, &["/mute", "/who"]), Some(Command::Who));
    let chat = |text: &str| intent(Intent::Chat(text.to_owned()));
    assert_eq!(does(&room, &["/mute", "/who", "1"]), chat("1"));
    // What is wrong can be mended.
    let mut dialogue = Dialogue::new(true);
    assert!(last(&mut dialogue, &room, &["/break", "a while"]).is_err());
    assert_eq!(last(&mut dialogue, &room, &["10"]).expect("minutes").command, intent(Intent::Turn(Turn::Break(10))));
    // Whoever may not do it isn't asked for more.
    assert!(last(&mut Dialogue::new(true), &nine(8), &["/mute"]).is_err());
}

#[test]
fn a_list_means_whoever_was_shown() {
    let mut room = nine(0);
    let mut dialogue = Dialogue::new(true);
    last(&mut dialogue, &room, &["/mute"]).expect("a list");
    commit(&mut room, &[], &[1]);
    commit(&mut room, &[(1, "Ann")], &[]);
    let told = last(&mut dialogue, &room, &["1"]).expect("told");
    assert_eq!((told.command, told.told), (None, vec!["Ana is no longer there, so nothing was done.".to_owned()]));
    // Nor does a yes remove the one who has the seat now.
    last(&mut dialogue, &room, &["/remove Bo"]).expect("a question");
    commit(&mut room, &[], &[2]);
    commit(&mut room, &[(2, "Bea")], &[]);
    assert_eq!(last(&mut dialogue, &room, &["yes"]).expect("told").command, None);
}

#[test]
fn removing_ending_and_leaving_are_asked_about() {
    let room = nine(0);
    let remove = intent(Intent::Remove(SeatId(1)));
    for (line, wanted) in [("/remove Ana", remove), ("/close", intent(Intent::Close)), ("/quit", Some(Command::Quit))] {
        assert_eq!(does(&room, &[line]), None, "{line}");
        assert_eq!(does(&room, &[line, "no"]), None, "{line}");
        assert_eq!(does(&room, &[line, "yes"]), wanted, "{line}");
        assert_eq!(does(&room, &[line, line]), wanted, "{line}");
        // A program is not asked.
        let reply = last(&mut Dialogue::new(false), &room, &[line]).expect("done");
        assert_eq!(reply.command, wanted, "{line}");
    }
    assert_eq!(tells(&room, &["/remove Ana"])[0].split('?').next(), Some("Remove Ana from the group"));
    assert_eq!(tells(&room, &["/remove Ana", "well"]), ["Type yes or no."]);
    // A yes that comes late is said to everybody.
    let mut dialogue = Dialogue::new(true);
    last(&mut dialogue, &room, &["/close"]).expect("a question");
    let late = dialogue.handle(&["yes".to_owned()], &room, NOW + STANDS).expect("chat");
    assert_eq!(late.command, intent(Intent::Chat("yes".to_owned())));
}

#[test]
fn several_lines_at_once_are_no_commands() {
    let room = nine(0);
    let mut dialogue = Dialogue::new(true);
    let lines = ["/mute all", "", "/close"].map(str::to_owned);
    let reply = dialogue.handle(&lines, &room, NOW).expect("asked");
    let asked = "You pasted 3 lines. Type yes to send them to everybody as one message, or no to drop them.";
    assert_eq!((reply.command, reply.told), (None, vec![asked.to_owned()]));
    let sent = last(&mut dialogue, &room, &["yes"]).expect("sent").command;
    assert_eq!(sent, intent(Intent::Chat("/mute all /close".to_owned())));
    let long = vec!["x".repeat(300); 2];
    let reply = dialogue.handle(&long, &room, NOW).expect("told");
    let told = "You pasted 601 characters, and a message has room for 500. Nothing was sent.";
    assert_eq!((reply.command, reply.told), (None, vec![told.to_owned()]));
}

#[test]
fn no_question_steers_a_terminal_or_shows_a_sign() {
    let room = nine(0);
    for entry in command::COMMANDS {
        let Ok(reply) = last(&mut Dialogue::new(true), &room, &[&command::slashed(entry.word)]) else { continue };
        assert!(reply.told.iter().all(|line| line.is_ascii() && !line.contains('\u{1b}')), "{:?}", reply.told);
    }
}
