//! Microphone, speaker and volumes on the screen.

use crossterm::event::KeyCode;
use insta::assert_snapshot;

use super::super::{Model, update};
use super::{key, press, shown, type_in};
use crate::command::Command;
use crate::ids::SeatId;
use crate::session::Pick;
use crate::session::fixture::*;
use crate::session::{
    Act, Event, Intent, Known, MicFault, Microphone, Op, Phase, Room, SecondWay, SecondWayState, Side, SoundEvent,
    Speaker, SpeakerFault, Spending,
};

const FULL: (u16, u16) = (80, 24);
const SMALL: (u16, u16) = (40, 12);
const LINE: (u16, u16) = (80, 1);
const SIZES: [(u16, u16); 6] = [FULL, SMALL, LINE, (40, 1), (24, 1), (30, 6)];

fn intent(intent: Intent) -> Vec<Command> {
    vec![Command::Intent(intent)]
}

/// Ivy's room, with the microphone open.
fn room() -> Room {
    let mut room = nine(8);
    open(&mut room, 4);
    room.devices.known = Some(Known {
        mics: vec!["Built-in Audio Analog Stereo".into(), "USB headset".into()],
        speakers: vec!["Built-in Audio Analog Stereo".into(), "USB headset".into()],
    });
    room.devices.mic = "USB headset".into();
    room
}

/// The rows that tell of sound: the last three of a large screen, or all of a single line.
fn rows(room: &Room, size: (u16, u16)) -> String {
    let screen = shown(&Model::new(size.0, size.1), room, size);
    let lines: Vec<_> = screen.lines().collect();
    lines[lines.len().saturating_sub(3)..].join("\n")
}

#[test]
fn each_fault_of_the_microphone_at_every_size() {
    let mut all = String::new();
    for fault in MicFault::ALL {
        let mut room = room();
        (room.mic.level, room.mic.fault) = (0, Some(fault));
        for size in [FULL, SMALL, LINE] {
            all += &format!("{}x{}\n{}\n\n", size.0, size.1, rows(&room, size));
        }
        for size in SIZES {
            let screen = shown(&Model::new(size.0, size.1), &room, size);
            assert!(!screen.contains("MICROPHONE IS OPEN") && !screen.contains("mic open"), "{fault:?}\n{screen}");
            assert!(!screen.contains("microphone open"), "{fault:?}\n{screen}");
        }
    }
    assert_snapshot!(all);
}

#[test]
fn a_microphone_that_opens_or_is_not_there() {
    let mut room = room();
    (room.mic.opening, room.mic.level) = (true, 0);
    assert_snapshot!("mic_opening", rows(&room, FULL));
    room.mic = Microphone { missing: true, ..Microphone::default() };
    assert_snapshot!("mic_missing", shown(&Model::new(80, 24), &room, FULL));
    assert_snapshot!("mic_missing_small", rows(&room, SMALL));
    assert_snapshot!("mic_missing_line", rows(&room, LINE));
    // Muted by the facilitator, that is what keeps it shut.
    room.mic = Microphone { open: true, fault: Some(MicFault::Gone), ..Microphone::default() };
    act(&mut room, 0, Act::FloorMute([SeatId(8)].into_iter().collect(), true), Op::Direct);
    assert!(shown(&Model::new(80, 24), &room, FULL).contains("THE FACILITATOR HAS MUTED YOU"));
}

#[test]
fn at_the_door_no_microphone_is_open_yet() {
    let mut room = Room { phase: Phase::Waiting, ..Room::default() };
    open(&mut room, 0);
    for size in [FULL, SMALL] {
        let screen = shown(&Model::new(size.0, size.1), &room, size);
        assert!(screen.contains("MICROPHONE OPENS ONCE YOU ARE IN"), "{screen}");
    }
    assert!(shown(&Model::new(80, 24), &room, FULL).contains("space to keep it closed"));
    room.mic = Microphone { missing: true, ..Microphone::default() };
    let screen = shown(&Model::new(80, 24), &room, FULL);
    assert!(screen.contains("YOU HAVE NO MICROPHONE HERE") && !screen.contains("to choose one"), "{screen}");
}

#[test]
fn a_speaker_that_plays_nothing() {
    let mut room = room();
    let mut all = String::new();
    for fault in SpeakerFault::ALL {
        room.speaker = Speaker::Fault(fault);
        for size in [FULL, SMALL, LINE] {
            all += &format!("{}x{}\n{}\n\n", size.0, size.1, rows(&room, size));
        }
    }
    assert_snapshot!(all);
}

#[test]
fn unplugged_headphones_and_the_key_to_go_on() {
    let mut room = room();
    (room.mic.open, room.speaker) = (false, Speaker::Paused);
    let mut model = Model::new(80, 24);
    model.hear(&Event::Sound(SoundEvent::Speaker), &room, NOW);
    assert_snapshot!("paused_notice", shown(&model, &room, FULL));
    for (name, size) in [("paused_full", FULL), ("paused_small", SMALL), ("paused_line", LINE)] {
        assert_snapshot!(name, shown(&Model::new(size.0, size.1), &room, size));
    }
    assert!(shown(&Model::new(24, 1), &room, (24, 1)).contains("! to go on aloud"));
    assert_eq!(press(&mut model, &room, '!'), intent(Intent::PlayAloud));
    type_in(&mut model, &room, "z");
    assert_eq!(press(&mut model, &room, 'a'), intent(Intent::PlayAloud));
    // Aloud again, there is nothing to say but what changed.
    room.speaker = Speaker::Plays;
    model.hear(&Event::Sound(SoundEvent::Speaker), &room, NOW);
    let screen = shown(&model, &room, FULL);
    assert!(!screen.contains("aloud") && screen.contains("You hear the group"), "{screen}");
}

#[test]
fn a_device_is_chosen_while_talking() {
    let (mut model, room) = (Model::new(80, 24), room());
    type_in(&mut model, &room, "z");
    assert_snapshot!("sound_menu", shown(&model, &room, FULL));
    type_in(&mut model, &room, "m");
    assert_snapshot!("which_microphone", rows_of(&model, &room, FULL));
    assert_snapshot!("which_microphone_small", shown(&model, &room, SMALL));
    type_in(&mut model, &room, "9");
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), []);
    assert!(shown(&model, &room, FULL).contains("No microphone is called \"9\""));
    update(&mut model, &room, &key(KeyCode::Backspace), NOW);
    type_in(&mut model, &room, "1");
    let chosen = Intent::Device(Side::Mic, "Built-in Audio Analog Stereo".into());
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), intent(chosen));
    type_in(&mut model, &room, "zs");
    assert!(shown(&model, &room, (80, 1)).contains("Which speaker?"));
    type_in(&mut model, &room, "usb");
    let chosen = Intent::Device(Side::Speaker, "USB headset".into());
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), intent(chosen));
}

fn rows_of(model: &Model, room: &Room, size: (u16, u16)) -> String {
    let screen = shown(model, room, size);
    let lines: Vec<_> = screen.lines().collect();
    lines[lines.len().saturating_sub(5)..].join("\n")
}

#[test]
fn what_the_line_costs_is_changed_by_a_key_and_told() {
    let (mut model, mut room) = (Model::new(80, 24), room());
    for (before, after) in
        [(Spending::Auto, Spending::Thin), (Spending::Thin, Spending::Full), (Spending::Full, Spending::Auto)]
    {
        room.spending = before;
        assert_eq!(press(&mut model, &room, 'P'), intent(Intent::Spend(after)));
    }
    room.spending = Spending::Full;
    model.hear(&Event::Sound(SoundEvent::Spending(Spending::Full)), &room, NOW);
    let screen = shown(&model, &room, (100, 24));
    assert!(screen.contains("23 MB for an hour of talking"), "{screen}");
    update(&mut model, &room, &key(KeyCode::Enter), NOW);
    type_in(&mut model, &room, "/plan");
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), []);
    let screen = shown(&model, &room, (100, 24));
    assert!(screen.contains("plan full") && screen.contains("With thin") && screen.contains("press P"), "{screen}");
}

#[test]
fn a_member_is_made_louder_and_the_name_shows_it() {
    let (mut model, mut room) = (Model::new(80, 24), room());
    press(&mut model, &room, '+');
    assert!(shown(&model, &room, FULL).contains("Nobody is selected"));
    model.picked = Pick::new(&room, SeatId(1));
    assert_eq!(press(&mut model, &room, '+'), intent(Intent::Volume(SeatId(1), 110)));
    assert_eq!(press(&mut model, &room, '='), intent(Intent::Volume(SeatId(1), 110)));
    assert_eq!(press(&mut model, &room, '-'), intent(Intent::Volume(SeatId(1), 90)));
    room.volumes.insert("Ana".into(), 200);
    room.volumes.insert("Bo".into(), 50);
    assert_eq!(press(&mut model, &room, '+'), []);
    model.notice = None;
    assert_snapshot!("volumes", shown(&model, &room, FULL));
    assert_snapshot!("volumes_small", shown(&model, &room, SMALL));
}

#[test]
fn those_who_lead_see_who_has_no_microphone() {
    for (me, sees) in [(0, true), (8, false)] {
        let mut room = nine(me);
        act(&mut room, 4, Act::None, Op::NoMic(true));
        let screen = shown(&Model::new(80, 24), &room, FULL);
        assert_eq!(screen.contains("~ Dee       no microphone"), sees, "{screen}");
        let line = crate::text::who(&room, NOW).join(" ");
        assert_eq!(line.contains("Dee: no microphone."), sees, "{line}");
    }
}

#[test]
fn two_ways_to_the_relay_are_said_on_the_screen() {
    let second = SecondWay { via: "wlan1".to_owned(), state: SecondWayState::Carries, ..SecondWay::default() };
    let room = Room { second_way: Some(second), ..room() };
    let mut model = Model::default();
    model.hear(&Event::SecondWay, &room, NOW);
    assert!(shown(&model, &room, FULL).contains("Voices go two ways now"), "{}", shown(&model, &room, FULL));
    let line = crate::text::link(&room).join("\n");
    assert!(line.contains("Over the second way, 0% of what you send is lost"), "{line}");
}
