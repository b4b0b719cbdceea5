//! Every screen as text.

use super::super::{Model, Page, Theme, TuiEvent, update};
use super::{buffer, key, press, shown, text, type_in};
use crate::ids::{Attempt, SeatId};
use crate::session::Op;
use crate::session::Pick;
use crate::session::fixture::*;
use crate::session::{Act, Outcome, Refusal, SoundCheck};
use crate::session::{Ended, Event, Invitation, Phase, Reach, Room, Trouble};
use crossterm::event::KeyCode;
use insta::assert_snapshot;

const FULL: (u16, u16) = (80, 24);
const SMALL: (u16, u16) = (40, 12);
const LINE: (u16, u16) = (80, 1);
const WIDE: (u16, u16) = (132, 50);

/// A screen after some ticks, so that the meter has a past.
fn listening(room: &mut Room, size: (u16, u16)) -> Model {
    let mut model = Model::new(size.0, size.1);
    let levels = [1, 2, 5, 7, 6, 3, 2, 1, 3, 5, 7, 5, 2, 4, 6, 5];
    for (tick, level) in (1..).zip(levels) {
        if let Some(speaking) = room.speaking.values_mut().min_by_key(|speaking| speaking.since) {
            speaking.level = level;
        }
        let now = seconds_ago(10) + std::time::Duration::from_millis(100 * tick);
        assert_eq!(update(&mut model, room, &TuiEvent::Tick, now), []);
    }
    model
}

#[test]
fn a_member_in_the_circle() {
    let mut room = nine(8);
    let model = listening(&mut room, FULL);
    assert_snapshot!("member_full", shown(&model, &room, FULL));
    assert_snapshot!("member_small", shown(&model, &room, SMALL));
    assert_snapshot!("member_line", shown(&model, &room, LINE));
    assert_snapshot!("member_wide", shown(&model, &room, WIDE));
    assert_snapshot!("member_phone", shown(&model, &room, (48, 30)));
}

#[test]
fn without_unicode() {
    let mut room = nine(8);
    open(&mut room, 4);
    let model = listening(&mut room, FULL);
    for (name, size) in [("ascii_full", FULL), ("ascii_small", SMALL), ("ascii_line", LINE)] {
        let shown = text(&buffer(&model, &room, size, Theme::new(false, true)).0);
        assert!(shown.is_ascii());
        assert_snapshot!(name, shown);
    }
}

/// A facilitator's screen that has much to show; a picture is made of it.
pub(super) fn busy() -> (Room, Model) {
    let mut room = nine(0);
    open(&mut room, 5);
    knock(&mut room, 1, "Jo", 40);
    knock(&mut room, 2, "Gus", 12);
    room.door[0].agreed = true;
    let mut model = listening(&mut room, FULL);
    model.picked = Pick::new(&room, SeatId(6));
    (room, model)
}

#[test]
fn a_facilitator_with_a_selection_and_knocks_at_the_door() {
    let (room, mut model) = busy();
    assert_snapshot!("facilitator_full", shown(&model, &room, FULL));
    assert_snapshot!("facilitator_small", shown(&model, &room, SMALL));
    assert_snapshot!("facilitator_line", shown(&model, &room, LINE));
    assert_snapshot!("facilitator_wide", shown(&model, &room, WIDE));
    press(&mut model, &room, 'x');
    assert_snapshot!("facilitator_removes_full", shown(&model, &room, FULL));
    assert_snapshot!("facilitator_removes_small", shown(&model, &room, SMALL));
    assert_snapshot!("facilitator_removes_line", shown(&model, &room, LINE));
}

#[test]
fn a_crowd_at_the_door() {
    let mut room = nine(0);
    for (attempt, name) in (1..).zip(["Jo", "Kim", "Lou", "Max", "Nia"]) {
        knock(&mut room, attempt, name, 60 - u64::from(attempt) * 10);
    }
    let mut model = Model::new(FULL.0, FULL.1);
    update(&mut model, &room, &key(KeyCode::Tab), NOW);
    model.knock = Some(Attempt(2));
    assert_snapshot!(shown(&model, &room, FULL));
}

#[test]
fn fifty_members() {
    let mut room = fifty(20);
    let mut model = listening(&mut room, FULL);
    assert_snapshot!("fifty_full", shown(&model, &room, FULL));
    assert_snapshot!("fifty_small", shown(&model, &room, SMALL));
    model.picked = Pick::new(&room, SeatId(33));
    assert_snapshot!("fifty_selected_full", shown(&model, &room, FULL));
    assert_snapshot!("fifty_selected_small", shown(&model, &room, SMALL));
}

#[test]
fn names_in_any_script() {
    let names = [
        "Maria-Magdalena Schweighof",
        "李娜李娜李娜李娜",
        "أحمد",
        "Zoe\u{308} Nguye\u{302}\u{303}n",
        "שרה",
        "👩\u{200d}👩\u{200d}👧 Fam",
        "Ngozi-Anne O'Hara",
    ];
    let mut room = group(&names, 6);
    speak(&mut room, 1, 6, 5);
    act(&mut room, 0, Act::None, Op::Hand { up: true });
    act(&mut room, 2, Act::None, Op::Hand { up: true });
    write(&mut room, "李娜李娜李娜李娜", "你好，很高兴见到你们大家，今天我想说说我的家人和我的工作");
    write(&mut room, "أحمد", "شكرا لكم جميعا");
    let model = listening(&mut room, FULL);
    assert_snapshot!("scripts_full", shown(&model, &room, FULL));
    assert_snapshot!("scripts_small", shown(&model, &room, SMALL));
}

#[test]
fn my_microphone_in_all_its_states() {
    let mut room = nine(8);
    let mut lines = Vec::new();
    let mut see = |room: &Room| {
        for (size, row) in [(FULL, 22), (SMALL, 10), (LINE, 0), ((14, 1), 0), ((3, 1), 0)] {
            lines.push(shown(&Model::new(size.0, size.1), room, size).lines().nth(row).unwrap_or_default().to_owned());
        }
    };
    see(&room);
    open(&mut room, 6);
    see(&room);
    act(&mut room, 0, Act::FloorMute([SeatId(8)].into_iter().collect(), true), Op::Direct);
    see(&room);
    room.mic.open = false;
    see(&room);
    room.phase = Phase::Returning(seconds_ago(4));
    see(&room);
    assert_snapshot!(lines.join("\n"));
}

#[test]
fn on_the_way_in() {
    let mut room = Room::default();
    let mut model = Model::new(FULL.0, FULL.1);
    for (name, phase) in [("connecting", Phase::Connecting), ("waiting", Phase::Waiting)] {
        room.phase = phase;
        if room.phase == Phase::Waiting {
            at_the_door(&mut room);
        }
        assert_snapshot!(format!("{name}_full"), shown(&model, &room, FULL));
        assert_snapshot!(format!("{name}_small"), shown(&model, &room, SMALL));
        assert_snapshot!(format!("{name}_line"), shown(&model, &room, LINE));
    }
    at_the_door(&mut room);
    press(&mut model, &room, 'q');
    assert_snapshot!("waiting_leaves_full", shown(&model, &room, FULL));
    assert_snapshot!("waiting_leaves_small", shown(&model, &room, SMALL));
    press(&mut model, &room, 'n');
    press(&mut model, &room, '?');
    assert_snapshot!("waiting_help_full", shown(&model, &room, FULL));
    assert_snapshot!("waiting_help_small", shown(&model, &room, SMALL));
}

pub(super) fn at_the_door(room: &mut Room) {
    room.phase = Phase::Waiting;
    room.state.title = "Tuesday group".to_owned();
}

#[test]
fn the_sound_check_and_the_rules_at_the_door() {
    let mut room = Room::default();
    at_the_door(&mut room);
    let mut model = Model::new(SMALL.0, SMALL.1);
    press(&mut model, &room, 'g');
    assert_snapshot!("rules_small", shown(&model, &room, SMALL));
    room.agreed = true;
    let mut check = SoundCheck::begin(seconds_ago(4));
    check.hear(5, seconds_ago(1));
    room.check = Some(check);
    let mut model = Model::new(FULL.0, FULL.1);
    assert_snapshot!("checking_full", shown(&model, &room, FULL));
    assert_snapshot!("checking_small", shown(&model, &room, SMALL));
    assert_snapshot!("checking_ascii_full", text(&buffer(&model, &room, FULL, Theme::new(false, true)).0));
    check.finish();
    room.check = Some(check);
    assert_snapshot!("checked_full", shown(&model, &room, FULL));
    model.size = SMALL;
    model.hear(&Event::SoundCheck(check), &room, NOW);
    assert_snapshot!("checked_small", shown(&model, &room, SMALL));
}

#[test]
fn comparing_words() {
    for (name, me) in [("reader", 0), ("listener", 8)] {
        let mut room = nine(me);
        compare(&mut room, 13);
        for seat in [1, 3, 5] {
            act(&mut room, seat, Act::None, Op::Verified { same: true });
        }
        let model = Model::new(FULL.0, FULL.1);
        for (shape, size) in [("full", FULL), ("small", SMALL), ("line", LINE), ("wide", WIDE)] {
            assert_snapshot!(format!("compare_{name}_{shape}"), shown(&model, &room, size));
        }
        let ascii = text(&buffer(&model, &room, FULL, Theme::new(false, true)).0);
        assert_snapshot!(format!("compare_{name}_ascii_full"), ascii);
        act(&mut room, 8, Act::None, Op::Verified { same: true });
        assert_snapshot!(format!("compare_{name}_answered_small"), shown(&model, &room, SMALL));
    }
}

#[test]
fn words_that_differ_and_words_that_do_not() {
    let mut room = group(&["Hal", "Ana", "Bo"], 1);
    let compared = |room: &mut Room, same| {
        compare(room, 13);
        act(room, 1, Act::None, Op::Verified { same: true });
        act(room, 2, Act::None, Op::Verified { same });
    };
    let marks = |room: &Room| {
        let shown = |size| shown(&Model::new(FULL.0, FULL.1), room, size).lines().next().unwrap_or_default().to_owned();
        format!("{}\n{}", shown(FULL), shown(SMALL))
    };
    let mut all = vec![marks(&room)];
    compared(&mut room, false);
    let mut model = Model::new(FULL.0, FULL.1);
    model.hear(&Event::VerifyOver(Outcome::Differ), &room, NOW);
    for (shape, size) in [("full", FULL), ("small", SMALL), ("line", LINE)] {
        assert_snapshot!(format!("words_differ_{shape}"), shown(&model, &room, size));
    }
    all.push(marks(&room));
    compared(&mut room, true);
    let mut model = Model::new(FULL.0, FULL.1);
    model.hear(&Event::VerifyOver(Outcome::Same(3)), &room, NOW);
    assert_snapshot!("words_same_full", shown(&model, &room, FULL));
    assert_snapshot!("words_same_small", shown(&model, &room, SMALL));
    all.push(marks(&room));
    commit(&mut room, &[(3, "Cyn")], &[]);
    all.push(marks(&room));
    room.state.title = "A group with a title that is as long as titles are".to_owned();
    all.push(marks(&room));
    assert_snapshot!("marks", all.join("\n"));
}

#[test]
fn alone_as_the_host() {
    let room = group(&["Hal"], 0);
    let mut model = Model::new(FULL.0, FULL.1);
    let (code, relay) = (room.code.clone().unwrap_or_default(), "relay.example.org:4433".to_owned());
    let text = crate::text::invitation(&code, &relay, &room.state.title);
    let key = "5f0c 1a2b 3c4d 5e6f 7081 92a3 b4c5 d6e7".to_owned();
    model.hear(
        &Event::Hosting(Invitation {
            code,
            relay,
            key,
            text,
            reach: Some(Reach::Network { tested: false, port: 4433 }),
            ..Invitation::default()
        }),
        &room,
        NOW,
    );
    assert_snapshot!("alone_full", shown(&model, &room, FULL));
    assert_snapshot!("alone_small", shown(&model, &room, SMALL));
    press(&mut model, &room, 'i');
    assert!(shown(&Model::new(SMALL.0, SMALL.1), &room, SMALL).contains("4821-otter-lamp-violin"));
    assert_snapshot!("invitation_full", shown(&model, &room, FULL));
    assert_snapshot!("invitation_small", shown(&model, &room, SMALL));
}

#[test]
fn leaving() {
    let member = nine(8);
    let mut facilitator = nine(0);
    facilitator.state.locked = true;
    for (name, room) in [("member", &member), ("facilitator", &facilitator)] {
        let mut model = Model::new(FULL.0, FULL.1);
        press(&mut model, room, 'q');
        for (shape, size) in [("full", FULL), ("small", SMALL), ("line", LINE)] {
            assert_snapshot!(format!("{name}_leaves_{shape}"), shown(&model, room, size));
        }
    }
}

#[test]
fn help() {
    for (name, room) in [("member", nine(8)), ("facilitator", nine(0))] {
        let mut model = Model::new(FULL.0, FULL.1);
        press(&mut model, &room, '?');
        assert_snapshot!(format!("{name}_help_full"), shown(&model, &room, FULL));
        assert_snapshot!(format!("{name}_help_small"), shown(&model, &room, SMALL));
        assert_snapshot!(format!("{name}_help_wide"), shown(&model, &room, WIDE));
    }
    let room = nine(8);
    let mut model = Model::new(FULL.0, FULL.1);
    press(&mut model, &room, '?');
    (0..100).for_each(|_| type_in(&mut model, &room, "j"));
    assert_snapshot!("help_end_full", shown(&model, &room, FULL));
}

#[test]
fn writing_and_what_could_not_be_done() {
    let room = nine(8);
    let mut model = Model::new(FULL.0, FULL.1);
    update(&mut model, &room, &key(KeyCode::Enter), NOW);
    type_in(&mut model, &room, "I would like to say that this group");
    assert_snapshot!("writing_full", shown(&model, &room, FULL));
    assert_snapshot!("writing_small", shown(&model, &room, SMALL));
    assert_snapshot!("writing_line", shown(&model, &room, (30, 1)));
    update(&mut model, &room, &key(KeyCode::Esc), NOW);
    press(&mut model, &room, 'm');
    assert_snapshot!("notice_full", shown(&model, &room, FULL));
    model.hear(&Event::Trouble(Trouble::FloorMuted), &room, NOW);
    assert_snapshot!("notice_small", shown(&model, &room, SMALL));
}

#[test]
fn typed_questions() {
    let mut room = nine(8);
    room.link.loss_down = 0.08;
    for word in ["who", "link"] {
        let mut model = Model::new(FULL.0, FULL.1);
        update(&mut model, &room, &key(KeyCode::Enter), NOW);
        type_in(&mut model, &room, &format!("/{word}"));
        assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), []);
        assert!(matches!(model.page, Some(Page::Text(..))));
        assert_snapshot!(format!("{word}_full"), shown(&model, &room, FULL));
        assert_snapshot!(format!("{word}_small"), shown(&model, &room, SMALL));
        let typed = model.page.take();
        press(&mut model, &room, if word == "who" { 'e' } else { 'h' });
        assert_eq!(model.page, typed, "a key shows the same");
    }
}

#[test]
fn what_was_written_is_a_page_where_it_has_no_place() {
    let room = nine(8);
    for code in [KeyCode::Tab, KeyCode::PageUp] {
        let mut model = Model::new(SMALL.0, SMALL.1);
        assert_eq!(update(&mut model, &room, &key(code), NOW), []);
        assert_snapshot!("written_small", shown(&model, &room, SMALL));
        let mut model = Model::new(FULL.0, FULL.1);
        assert_eq!(update(&mut model, &room, &key(code), NOW), []);
        assert_eq!(model.page, None, "it has its place on this screen");
    }
}

#[test]
fn the_line_is_cut() {
    let mut room = nine(8);
    open(&mut room, 5);
    room.phase = Phase::Returning(seconds_ago(12));
    let model = Model::new(FULL.0, FULL.1);
    assert_snapshot!("returning_full", shown(&model, &room, FULL));
    assert_snapshot!("returning_small", shown(&model, &room, SMALL));
    assert_snapshot!("returning_line", shown(&model, &room, LINE));
}

#[test]
fn a_cut_line_shows_whether_the_microphone_is_open() {
    let mut room = nine(8);
    room.phase = Phase::Returning(seconds_ago(12));
    let mut seen = Vec::new();
    for lapsed in [false, true] {
        room.seat_lapsed = lapsed;
        for open in [false, true] {
            room.mic.open = open;
            for (size, row) in [(FULL, 22), (LINE, 0), ((14, 1), 0), ((3, 1), 0)] {
                let model = Model::new(size.0, size.1);
                seen.push(shown(&model, &room, size).lines().nth(row).unwrap_or_default().to_owned());
            }
        }
    }
    for (open, closed) in [(4..8, 0..4), (12..16, 8..12)] {
        assert!(seen[open.clone()].iter().zip(&seen[closed]).all(|(open, closed)| open != closed), "{seen:?}");
    }
    assert!(seen[4].contains("MICROPHONE OPEN") && seen[4].contains("heard later"), "{seen:?}");
    assert!(seen[12].contains("NOBODY HEARS YOU") && seen[0].contains("MICROPHONE CLOSED"), "{seen:?}");
}

#[test]
fn it_is_over() {
    let mut room = nine(8);
    for (name, ended) in [
        ("closed", Ended::Closed),
        ("removed", Ended::Removed),
        ("line_lost", Ended::LineLost),
        ("no_room", Ended::Refused(Refusal::NoRoom)),
    ] {
        let mut model = Model::new(FULL.0, FULL.1);
        if ended != Ended::Refused(Refusal::NoRoom) {
            model.hear(&Event::Joined, &room, seconds_ago(3100));
        }
        room.phase = Phase::Over(ended.clone());
        model.hear(&Event::Closed(ended), &room, NOW);
        assert_snapshot!(format!("over_{name}_full"), shown(&model, &room, FULL));
        assert_snapshot!(format!("over_{name}_small"), shown(&model, &room, SMALL));
        assert_snapshot!(format!("over_{name}_line"), shown(&model, &room, LINE));
    }
}

#[test]
fn tiny_screens() {
    let mut room = nine(8);
    open(&mut room, 5);
    let sizes = [(60, 8), (31, 6), (24, 4), (20, 3), (16, 2), (46, 1), (36, 1), (24, 1), (12, 1), (4, 1), (1, 1)];
    let all: Vec<_> = sizes
        .iter()
        .map(|size| format!("{}x{}\n{}", size.0, size.1, shown(&Model::new(size.0, size.1), &room, *size)))
        .collect();
    assert_snapshot!(all.join("\n\n"));
}
