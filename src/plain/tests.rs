use insta::assert_snapshot;

use super::*;
use crate::ids::{Attempt, Index};
use crate::session::fixture::{NOW, act, compare, group, knock, nine, open, seconds_ago};
use crate::session::{Act, Ended, Invitation, Road, SecondWay, SecondWayState};
use crate::session::{Departure, HeardBy, Known, MicClosing, Op, Outcome, Phase, Side, SoundCheck, Trouble};

fn gone(seat: u8, name: &str) -> Event {
    Event::Departed { seat: SeatId(seat), name: name.to_owned(), why: Departure::Removed }
}

#[test]
fn falling_behind_and_losing_words_are_told_once_each_way() {
    let (mut narrator, mut room) = (Narrator::default(), nine(8));
    let mut tell = |event, room: &Room, now| narrator.sentences(&event, room, now);
    let told = tell(Event::Behind { seat: SeatId(1), seconds: 12 }, &room, NOW);
    assert_eq!(told, ["Ana is 12 seconds behind, and now hears what was missed."]);
    assert!(tell(Event::Behind { seat: SeatId(1), seconds: 9 }, &room, NOW).is_empty());
    assert_eq!(
        tell(Event::Behind { seat: SeatId(1), seconds: 0 }, &room, NOW),
        ["Ana hears everything again as it is said."]
    );
    let mine = tell(Event::Behind { seat: SeatId(8), seconds: 31 }, &room, NOW);
    assert_eq!(
        mine,
        ["You are 31 seconds behind. You now hear what you missed, a little faster. To skip it, type /skip."]
    );
    let by = |hear, losing: &[u8]| HeardBy { of: 8, hear, losing: losing.iter().copied().map(SeatId).collect() };
    for (heard, later, wanted) in [
        (by(8, &[]), 0, None),
        (by(7, &[1]), 1, Some("7 of 8 hear you. Ana is losing words.")),
        (by(6, &[1, 2]), 2, None),
        (by(8, &[]), 3, Some("All 8 hear you.")),
        (by(6, &[1, 2]), 70, Some("6 of 8 hear you. Ana and Bo are losing words.")),
        (by(7, &[]), 71, Some("7 of 8 hear you.")),
    ] {
        room.heard_by = Some(heard);
        let told = tell(Event::HeardBy(heard), &room, NOW + Duration::from_secs(later));
        assert_eq!(told.first().map(String::as_str), wanted, "{heard:?}");
    }
}

#[test]
fn a_whole_evening_as_a_member() {
    let mut room = Room::default();
    let mut narrator = Narrator::default();
    let mut heard = Vec::new();
    let mut tell = |event: Event, room: &Room| {
        heard.extend(narrator.sentences(&event, room, NOW));
    };
    room.phase = Phase::Waiting;
    room.state.title = "Tuesday group".to_owned();
    tell(Event::Waiting, &room);
    tell(Event::Agreed, &room);
    let mut check = SoundCheck::begin(seconds_ago(10));
    tell(Event::SoundCheck(check), &room);
    check.hear(4, NOW);
    check.finish();
    tell(Event::SoundCheck(check), &room);
    room = nine(8);
    tell(Event::Joined, &room);
    let ana = |presence| Event::Presence { seat: SeatId(1), name: "Ana".to_owned(), presence };
    tell(Event::Speaking { seat: SeatId(1), on: true }, &room);
    open(&mut room, 3);
    tell(Event::Mic, &room);
    tell(ana(Presence::Poor), &room);
    tell(ana(Presence::Here), &room);
    tell(ana(Presence::Away), &room);
    tell(ana(Presence::Here), &room);
    tell(Event::Hand { seat: SeatId(2), up: true }, &room);
    tell(Event::Hand { seat: SeatId(2), up: false }, &room);
    act(&mut room, 8, Act::None, Op::Hand { up: true });
    tell(Event::Hand { seat: SeatId(8), up: true }, &room);
    tell(Event::Chat { seat: SeatId(2), from: "Bo".to_owned(), text: "I am here".to_owned() }, &room);
    tell(Event::Chat { seat: SeatId(8), from: "Ivy".to_owned(), text: "good".to_owned() }, &room);
    tell(Event::Muted { seat: SeatId(2), muted: true }, &room);
    tell(Event::Muted { seat: SeatId(2), muted: false }, &room);
    act(&mut room, 0, Act::FloorMute([SeatId(8)].into_iter().collect(), true), Op::Direct);
    room.mic.open = false;
    tell(Event::Muted { seat: SeatId(8), muted: true }, &room);
    tell(Event::Mic, &room);
    tell(Event::Trouble(Trouble::FloorMuted), &room);
    tell(Event::Muted { seat: SeatId(8), muted: false }, &room);
    tell(Event::Mic, &room);
    tell(Event::State { index: Index(9), hash: [0; 32] }, &room);
    tell(Event::Line { back: false }, &room);
    tell(Event::Trouble(Trouble::LineLost), &room);
    tell(Event::Line { back: true }, &room);
    tell(Event::Road(Road::Tcp), &room);
    tell(Event::Road(Road::Udp), &room);
    tell(gone(0, "Hal"), &room);
    tell(Event::Facilitator(SeatId(1)), &room);
    tell(Event::Facilitator(SeatId(8)), &room);
    tell(Event::Namesake { seat: SeatId(9), name: "Gus 2".to_owned(), was: "Gus".to_owned() }, &room);
    tell(Event::Departed { seat: SeatId(7), name: "Gus".to_owned(), why: Departure::Returned }, &room);
    tell(Event::Returned { seat: SeatId(9), name: "Gus".to_owned(), was: "Gus 2".to_owned() }, &room);
    tell(Event::Returned { seat: SeatId(8), name: "Ivy".to_owned(), was: "Ivy 2".to_owned() }, &room);
    tell(Event::Knock { attempt: Attempt(2), name: "Kim, whom an open door has let in".to_owned() }, &room);
    knock(&mut room, 3, "Jo", 0);
    tell(Event::Knock { attempt: Attempt(3), name: "Jo".to_owned() }, &room);
    tell(Event::KnockAgreed { attempt: Attempt(3), name: "Jo".to_owned() }, &room);
    tell(Event::KnockOver { attempt: Attempt(3), name: "Jo".to_owned() }, &room);
    compare(&mut room, 9);
    tell(Event::Verify, &room);
    tell(Event::Words(["anchor", "meadow", "pepper", "violin"]), &room);
    act(&mut room, 8, Act::None, Op::Verified { same: true });
    tell(Event::Verified { seat: SeatId(8), same: true }, &room);
    tell(Event::Verified { seat: SeatId(1), same: true }, &room);
    tell(Event::Verified { seat: SeatId(2), same: false }, &room);
    tell(Event::VerifyOver(Outcome::Differ), &room);
    tell(Event::VerifyOver(Outcome::Same(9)), &room);
    tell(Event::VerifyOver(Outcome::Unfinished { same: 3, of: 9 }), &room);
    tell(Event::Locked(true), &room);
    tell(Event::Locked(false), &room);
    tell(Event::Closed(Ended::Closed), &room);
    assert_snapshot!(heard.join("\n"));
}

#[test]
fn two_ways_to_the_relay_are_told_and_asked_for() {
    let second = SecondWay { via: "wlan1".to_owned(), state: SecondWayState::Silent, ..SecondWay::default() };
    let room = Room { second_way: Some(second), ..nine(8) };
    let mut narrator = Narrator::default();
    let told = narrator.sentences(&Event::SecondWay, &room, NOW);
    assert_eq!(
        told,
        ["Nothing comes over one of your two ways, your usual line and wlan1. The other carries everything."]
    );
    let line = narrator.answer(&Command::Link, &room, NOW);
    assert!(line.contains(&told[0]) && line.iter().any(|line| line.starts_with("Over the second way")), "{line:?}");
}

#[test]
fn the_host_is_given_the_invitation_and_gets_it_again() {
    let room = group(&["Hal"], 0);
    let (code, relay) = (room.code.clone().unwrap_or_default(), "relay.example.org:4433".to_owned());
    let invitation = text::invitation(&code, &relay, "Tuesday group");
    let mut narrator = Narrator::default();
    let key = "5f0c 1a2b 3c4d 5e6f 7081 92a3 b4c5 d6e7".to_owned();
    let text = invitation.clone();
    let short = text::short_invitation(&code, &relay, "Tuesday group", &text::InvitationExtras::default());
    let link = text::invitation_link(&code, &relay);
    let hosting = Event::Hosting(Invitation { code, relay, key, text, short, link, reach: None });
    assert_snapshot!(narrator.sentences(&hosting, &room, NOW).join("\n"));
    let again = narrator.answer(&Command::Invite, &room, NOW).join("\n");
    assert!(again.starts_with(&invitation) && again.contains("5f0c 1a2b"), "{again}");
}

#[test]
fn questions_are_answered() {
    let mut room = nine(0);
    knock(&mut room, 1, "Jo", 3);
    room.link.loss_up = 0.2;
    let mut narrator = Narrator::default();
    let answers: Vec<_> =
        [Command::Who, Command::Link, Command::Invite, Command::Rules, Command::Privacy, Command::Help(String::new())]
            .iter()
            .map(|command| narrator.answer(command, &room, NOW).join("\n"))
            .collect();
    assert_snapshot!(answers.join("\n\n"));
    let found = narrator.answer(&Command::Help("Applaud sound".into()), &nine(8), NOW);
    assert!(found.len() == 1 && found[0].starts_with("/applaud"), "{found:?}");
    let found = narrator.answer(&Command::Help("xyzzy".into()), &nine(8), NOW);
    assert!(found.len() == 1 && found[0].contains("/help"), "{found:?}");
    assert!(!narrator.answer(&Command::Help(String::new()), &nine(8), NOW).iter().any(|line| line.contains("/mute")));
}

#[test]
fn a_line_that_comes_and_goes_is_told_once_a_minute() {
    let (room, mut narrator) = (nine(8), Narrator::default());
    let ana = |presence| Event::Presence { seat: SeatId(1), name: "Ana".to_owned(), presence };
    let mut at = |seconds: u64, event| narrator.sentences(&event, &room, seconds_ago(200 - seconds)).join(" ");
    assert_eq!(at(0, ana(Presence::Poor)), "Ana is losing words.");
    assert_eq!(at(1, ana(Presence::Here)), "Ana's line is good again.");
    for second in (2..60).step_by(2) {
        assert_eq!(at(second, ana(Presence::Poor)), "");
        assert_eq!(at(second + 1, ana(Presence::Here)), "");
    }
    assert_eq!(at(61, ana(Presence::Poor)), "Ana is losing words.");
    assert_eq!(at(62, gone(1, "Ana")), "Ana is gone.");
    assert_eq!(at(63, Event::Arrived { seat: SeatId(1), name: "Ana".to_owned() }), "Ana is here.");
}

#[test]
fn who_speaks_is_heard_and_not_told() {
    let mut narrator = Narrator::default();
    assert!(narrator.sentences(&Event::Speaking { seat: SeatId(1), on: true }, &nine(8), NOW).is_empty());
}

#[test]
fn trouble_with_sound_is_told_once_and_its_end_too() {
    let (mut narrator, mut room) = (Narrator::default(), nine(8));
    let mut tell = |event, room: &Room| narrator.sentences(&event, room, NOW);
    open(&mut room, 0);
    room.mic.opening = true;
    assert!(tell(Event::Mic, &room).is_empty(), "it's not open yet");
    room.mic.opening = false;
    assert_eq!(tell(Event::Mic, &room), ["Your microphone is open."]);
    room.mic.fault = Some(MicFault::Silent);
    let told = tell(Event::Mic, &room);
    let wanted = "Your microphone is open, but only silence comes from it. Look for a switch on it, or choose another: \
                  type /mic-device.";
    assert_eq!(told, [wanted]);
    assert!(tell(Event::Mic, &room).is_empty());
    room.mic.fault = None;
    assert_eq!(tell(Event::Mic, &room), ["Your microphone works again."]);
    assert!(tell(Event::Mic, &room).is_empty());
    room.devices.speaker = "Built-in".to_owned();
    assert!(tell(Event::Sound(SoundEvent::Speaker), &room).is_empty(), "that I hear the group I hear");
    room.speaker = Speaker::Paused;
    let told = tell(Event::Sound(SoundEvent::Speaker), &room);
    assert_eq!(told[0], "Your headphones were unplugged. Nothing is played, so that nobody near you hears the group.");
    assert!(told[1].contains("type /aloud to go on aloud"), "{told:?}");
    room.speaker = Speaker::Plays;
    assert_eq!(tell(Event::Sound(SoundEvent::Speaker), &room), ["You hear the group from Built-in."]);
    let moved = SoundEvent::MicClosed(MicClosing::Moved("Webcam".to_owned()));
    let told = tell(Event::Sound(moved), &room);
    assert_eq!(
        told,
        ["Your computer has changed to another microphone, Webcam, so yours was closed. To open it, type /mic on."]
    );
    let told = tell(Event::Sound(SoundEvent::NoMic { seat: SeatId(2), missing: true }), &room);
    assert_eq!(told, ["Bo has no microphone that works at the moment. Only those who lead see this."]);
    room.devices.known = Some(Known { mics: vec!["Built-in".into(), "USB headset".into()], speakers: vec![] });
    room.devices.mic = "USB headset".into();
    let listed = narrator.answer(&Command::Devices(Side::Mic), &room, NOW);
    assert_eq!(listed, ["1: Built-in", "2: USB headset (in use)", "To choose one, type /mic-device NUMBER."]);
}
