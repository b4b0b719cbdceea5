use serde_json::{Value, json};

use super::*;
use crate::command::COMMANDS;
use crate::ids::{Attempt, Index};
use crate::session::fixture::{act, compare, knock, nine, open, speak};
use crate::session::{
    Act, CareEvent, Departure, Gesture, Known, MicClosing, MicFault, Op, Side, SoundEvent, Speaker, SpeakerFault,
};
use crate::session::{Ended, HeardBy, LetsIn, Outcome, SoundCheck, Spending, Trouble};
use crate::session::{Invitation, Reach, Refusal, Road, SecondWay, SecondWayState};

/// What a line says apart from `t` and `event`, in a room seen by Ivy, a member.
fn of(event: &Event) -> (String, Value) {
    read(&object(event, &nine(8), 12.345_678).unwrap_or_default())
}

fn read(line: &str) -> (String, Value) {
    assert!(line.starts_with("{\"t\":12.346,\"event\":\"") && !line.contains('\n'), "{line}");
    let mut value: Value = serde_json::from_str(line).unwrap_or_default();
    let fields = value.as_object_mut();
    let event = fields.and_then(|fields| {
        fields.remove("t");
        fields.remove("event")
    });
    (event.and_then(|event| event.as_str().map(str::to_owned)).unwrap_or_default(), value)
}

#[test]
fn each_happening_has_its_fields() {
    let seat = SeatId(1);
    let ana = || "Ana".to_owned();
    let figures = LinkFigures {
        road: Road::Udp,
        up_kbps: 12.3456,
        down_kbps: f64::NAN,
        loss_up: 0.012_34,
        loss_down: 0.0,
        rtt_ms: 80.04,
        playout_ms: 120,
        dropped_ms: 40,
        data_bytes: 99,
    };
    let [code, relay, key, text] = ["4821-otter", "r:4433", "5f0c 1a2b", "Join\nus"].map(str::to_owned);
    let told = Trouble::Message { message: "No.".to_owned(), hint: "Yes.".to_owned() };
    let members = ["Hal", "Ana", "Bo", "Cyn", "Dee", "Eli", "Fay", "Gus", "Ivy"];
    let all = [
        (
            Event::Hosting(Invitation {
                code,
                relay,
                key,
                text,
                short: "Join".into(),
                link: "ingle://r".into(),
                reach: None,
            }),
            "hosting",
            json!({"code": "4821-otter", "relay": "r:4433", "key": "5f0c 1a2b", "invitation": "Join\nus",
                "short": "Join", "link": "ingle://r"}),
        ),
        (
            Event::Reach(Invitation {
                relay: "r:4433".to_owned(),
                text: "Join us".to_owned(),
                reach: Some(Reach::Everybody),
                ..Invitation::default()
            }),
            "reach",
            json!({"who": "everybody", "relay": "r:4433", "invitation": "Join us",
                "message": text::reach(Reach::Everybody).0, "hint": text::reach(Reach::Everybody).1}),
        ),
        (
            Event::RelayFound { relay: "r:4433".to_owned(), nearby: true },
            "relay_found",
            json!({"relay": "r:4433", "nearby": true, "message": text::relay_found("r:4433", true)}),
        ),
        (Event::Waiting, "waiting", json!({})),
        (Event::Knock { attempt: Attempt(1), name: "Jo".to_owned() }, "knock", json!({"name": "Jo", "agreed": false})),
        (Event::LetsIn(LetsIn::Member(ana())), "lets_in", json!({"name": "Ana", "message": "Ana can let you in."})),
        (Event::LetsIn(LetsIn::Nobody), "lets_in", json!({"name": null, "message": text::lets_in_me(&LetsIn::Nobody)})),
        (Event::DoorSilent, "door_silent", json!({"message": text::door_silent()})),
        (Event::LedBefore { seat, name: ana() }, "led_before", json!({"name": "Ana"})),
        (
            Event::Choice { seat, whom: SeatId(2) },
            "choice",
            json!({"name": "Ana", "of": "Bo", "so_far": null, "needed": null}),
        ),
        (Event::Agreed, "agreed", json!({})),
        (Event::KnockAgreed { attempt: Attempt(1), name: "Jo".to_owned() }, "agreed", json!({"name": "Jo"})),
        (Event::SoundCheck(SoundCheck::begin(Time(0))), "sound", json!({"state": "listening"})),
        (Event::Words(["a", "b", "c", "d"]), "verify", json!({"words": ["a", "b", "c", "d"]})),
        (Event::Verified { seat, same: true }, "verified", json!({"name": "Ana", "match": true})),
        (Event::VerifyOver(Outcome::Same(9)), "verify_over", json!({"outcome": "same", "same": 9, "of": 9})),
        (
            Event::VerifyOver(Outcome::Unfinished { same: 3, of: 9 }),
            "verify_over",
            json!({"outcome": "unfinished", "same": 3, "of": 9}),
        ),
        (Event::KnockOver { attempt: Attempt(1), name: "Jo".to_owned() }, "knock_over", json!({"name": "Jo"})),
        (Event::Joined, "joined", json!({"me": "Ivy", "members": members})),
        (Event::Care(CareEvent::Gesture { seat, gesture: Gesture::Here }), "here", json!({"name": "Ana"})),
        (Event::Care(CareEvent::Gesture { seat, gesture: Gesture::Applause }), "applause", json!({"name": "Ana"})),
        (Event::Arrived { seat, name: ana() }, "member", json!({"name": "Ana", "state": "here"})),
        (
            Event::Presence { seat, name: ana(), presence: Presence::Poor },
            "member",
            json!({"name": "Ana", "state": "poor"}),
        ),
        (
            Event::Presence { seat, name: ana(), presence: Presence::Away },
            "member",
            json!({"name": "Ana", "state": "away"}),
        ),
        (
            Event::Departed { seat, name: ana(), why: Departure::Removed },
            "member",
            json!({"name": "Ana", "state": "gone"}),
        ),
        (
            Event::Returned { seat, name: ana(), was: "Ana 2".to_owned() },
            "returned",
            json!({"name": "Ana", "was": "Ana 2"}),
        ),
        (
            Event::Namesake { seat, name: "Ana 2".to_owned(), was: ana() },
            "namesake",
            json!({"name": "Ana 2", "was": "Ana"}),
        ),
        (Event::Speaking { seat, on: true }, "speaking", json!({"name": "Ana", "on": true})),
        (Event::Muted { seat, muted: false }, "floor", json!({"name": "Ana", "muted": false})),
        (Event::Mic, "mic", json!({"open": false, "floor_muted": false, "status": "closed"})),
        (Event::Sound(SoundEvent::Speaker), "speaker", json!({"status": "plays"})),
        (Event::Sound(SoundEvent::NoMic { seat, missing: true }), "no_mic", json!({"name": "Ana", "on": true})),
        (Event::Sound(SoundEvent::Volume { seat, percent: 150 }), "volume", json!({"name": "Ana", "percent": 150})),
        (
            Event::Sound(SoundEvent::Spending(Spending::Full)),
            "plan",
            json!({"plan": "full", "mb_an_hour": 23, "mb_an_hour_most": 50, "message": text::spending(Spending::Full)}),
        ),
        (
            Event::Sound(SoundEvent::MicClosed(MicClosing::Moved("Webcam".to_owned()))),
            "mic_closed",
            json!({"why": "moved", "to": "Webcam"}),
        ),
        (Event::Sound(SoundEvent::MicClosed(MicClosing::BackLate)), "mic_closed", json!({"why": "back_late"})),
        (Event::Hand { seat, up: true }, "hand", json!({"name": "Ana", "up": true})),
        (
            Event::Chat { seat, from: ana(), text: "a \"b\"".to_owned() },
            "chat",
            json!({"from": "Ana", "text": "a \"b\""}),
        ),
        (Event::Locked(true), "locked", json!({"locked": true})),
        (Event::Facilitator(seat), "facilitator", json!({"name": "Ana", "admits": false})),
        (Event::State { index: Index(7), hash: [0xAB; 32] }, "state", json!({"index": 7, "hash": "ab".repeat(32)})),
        (
            Event::Link(figures),
            "link",
            json!({"road": "udp", "up_kbps": 12.3, "down_kbps": 0.0, "loss_up": 0.012, "loss_down": 0.0, "rtt_ms": 80.0, "playout_ms": 120, "dropped_ms": 40, "data_bytes": 99}),
        ),
        (Event::Line { back: false }, "line", json!({"back": false})),
        (
            Event::Road(Road::Tcp),
            "road",
            json!({"road": "tcp", "message": "You are connected by the slow road (UDP is blocked here). Voices come a little later."}),
        ),
        (Event::Trouble(told), "error", json!({"message": "No.", "hint": "Yes."})),
    ];
    for (event, name, fields) in all {
        assert_eq!(of(&event), (name.to_owned(), fields));
    }
}

#[test]
fn a_second_way_has_its_line() {
    let (via, state) = ("wlan1".to_owned(), SecondWayState::Carries);
    let second = SecondWay { via, state, loss_up: 0.2, rtt_ms: 40.04, data_bytes: 9, first_silent: false };
    let room = Room { second_way: Some(second), ..nine(8) };
    let line = object(&Event::SecondWay, &room, 12.345_678).unwrap_or_default();
    let fields = json!({"via": "wlan1", "state": "carries", "first_silent": false, "loss_up": 0.2, "rtt_ms": 40.0,
        "data_bytes": 9, "message": text::second_way(&room)});
    assert_eq!(read(&line), ("second_way".to_owned(), fields));
}

#[test]
fn the_end_has_a_word_for_its_reason() {
    let reasons = [
        (Ended::Left, "left"),
        (Ended::Closed, "closed"),
        (Ended::Removed, "removed"),
        (Ended::TurnedAway, "turned_away"),
        (Ended::Refused(Refusal::Full), "refused"),
        (Ended::LineLost, "line_lost"),
    ];
    for (ended, word) in reasons {
        let (event, fields) = of(&Event::Closed(ended.clone()));
        let (message, hint) = text::ended(&ended);
        assert_eq!((event.as_str(), fields), ("closed", json!({"reason": word, "message": message, "hint": hint})));
    }
}

#[test]
fn nothing_is_said_of_a_seat_that_nobody_has() {
    for event in [Event::Speaking { seat: SeatId(40), on: false }, Event::Hand { seat: SeatId(40), up: false }] {
        assert_eq!(object(&event, &nine(8), 1.0), None);
    }
}

#[test]
fn questions_are_answered() {
    let mut room = nine(0);
    knock(&mut room, 1, "Jo", 5);
    open(&mut room, 2);
    speak(&mut room, 0, 2, 1);
    let answer = |command| read(&answer(&command, &room, 12.345_678).unwrap_or_default());
    let (event, who) = answer(Command::Who);
    assert_eq!(event, "who");
    assert_eq!(who["members"].as_array().map(Vec::len), Some(9));
    let gus = json!({"name": "Gus", "state": "away", "facilitator": false, "role": "member", "floor_muted": false, "speaking": false, "hand": false, "behind_s": 0, "no_mic": false});
    assert_eq!(who["members"][6], gus);
    assert_eq!(who["members"][8]["facilitator"], json!(true));
    assert_eq!(who["members"][8]["role"], json!("facilitator"));
    assert_eq!(answer(Command::Link).1["data_bytes"], json!(4_130_000));
    assert_eq!(answer(Command::Invite), ("invite".to_owned(), json!({"code": "4821-otter-lamp-violin"})));
    assert_eq!(answer(Command::Help(String::new())).1["commands"].as_array().map(Vec::len), Some(COMMANDS.len()));
    assert_eq!(super::answer(&Command::Quit, &room, 1.0), None);
}

#[test]
fn who_is_behind_and_how_i_am_heard_are_told() {
    let told = |event| of(&event);
    assert_eq!(
        told(Event::Behind { seat: SeatId(1), seconds: 12 }),
        ("behind".to_owned(), json!({"name": "Ana", "s": 12}))
    );
    let heard = HeardBy { of: 8, hear: 6, losing: [SeatId(1), SeatId(2)].into_iter().collect() };
    let wanted = json!({"of": 8, "hear": 6, "losing": ["Ana", "Bo"]});
    assert_eq!(told(Event::HeardBy(heard)), ("heard_by".to_owned(), wanted));
}

#[test]
fn a_microphone_says_what_is_wrong_with_it() {
    let mut room = nine(8);
    let mic = |room: &Room| read(&object(&Event::Mic, room, 12.345_678).unwrap_or_default()).1;
    room.devices.mic = "USB headset".to_owned();
    open(&mut room, 4);
    assert_eq!(mic(&room), json!({"open": true, "floor_muted": false, "status": "open", "device": "USB headset"}));
    room.mic.opening = true;
    assert_eq!(mic(&room), json!({"open": true, "floor_muted": false, "status": "opening"}));
    room.mic.opening = false;
    for fault in MicFault::ALL {
        room.mic.fault = Some(fault);
        let said = json!({"open": true, "floor_muted": false, "status": "fault", "fault": fault.word()});
        assert_eq!(mic(&room), said);
    }
    (room.mic.open, room.mic.fault, room.mic.missing) = (false, None, true);
    assert_eq!(mic(&room)["status"], "none");
    let speaker =
        |room: &Room| read(&object(&Event::Sound(SoundEvent::Speaker), room, 12.345_678).unwrap_or_default()).1;
    room.speaker = Speaker::Fault(SpeakerFault::NoServer);
    assert_eq!(speaker(&room), json!({"status": "fault", "fault": "no_server"}));
    room.speaker = Speaker::Paused;
    assert_eq!(speaker(&room), json!({"status": "paused"}));
    room.devices.known = Some(Known { mics: vec!["Built-in".to_owned()], speakers: vec![] });
    let asked = answer(&Command::Devices(Side::Speaker), &room, 12.345_678);
    let listed = ("devices".to_owned(), json!({"mics": ["Built-in"], "speakers": []}));
    assert_eq!(asked.map(|line| read(&line)), Some(listed));
}

#[test]
fn t_counts_from_the_start() {
    assert_eq!(seconds(Time(1_000_000), Time(3_500_000)), 2.5);
}

#[test]
fn comparing_names_the_reader_and_counts_the_answers() {
    let mut room = nine(0);
    compare(&mut room, 5);
    let of = |event: &Event, room: &Room| read(&object(event, room, 12.345_678).unwrap_or_default());
    assert_eq!(of(&Event::Verify, &room), ("verifying".to_owned(), json!({"reader": "Hal"})));
    act(&mut room, 1, Act::None, Op::Verified { same: true });
    act(&mut room, 2, Act::None, Op::Verified { same: false });
    let over = json!({"outcome": "differ", "same": 2, "of": 9});
    assert_eq!(of(&Event::VerifyOver(Outcome::Differ), &room), ("verify_over".to_owned(), over));
    let (event, rules) = read(&answer(&Command::Rules, &room, 12.345_678).unwrap_or_default());
    assert_eq!((event.as_str(), rules["rules"][0].as_str()), ("rules", Some(text::ground_rules(&room)[0].as_str())));
}
