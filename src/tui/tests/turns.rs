//! Turns on the screen.

use std::time::Duration;

use crossterm::event::KeyCode;
use insta::assert_snapshot;

use super::super::keymap::Context;
use super::super::{Model, Theme, update};
use super::{buffer, key, press, shown, text, type_in};
use crate::command::Command;
use crate::ids::SeatId;
use crate::session::fixture::*;
use crate::session::{Act, Event, Intent, NUDGE, Op, Order, Room, RoundKind, Talk, Turn, TurnEvent};

fn turn(room: &mut Room, by: u8, turn: Turn) {
    act(room, by, Act::None, Op::Turn(turn));
}

/// A group whose log has come to the time of its clock.
fn ready(me: u8) -> Room {
    let mut room = nine(me);
    room.state.circle.at_ms = room.clock.1 - 60_000;
    room
}

/// Four of nine have spoken, the fifth does now.
pub(super) fn round(me: u8) -> Room {
    let mut room = ready(me);
    turn(&mut room, 0, Turn::Round(RoundKind::CheckIn, Some(120)));
    for seat in 0..3 {
        turn(&mut room, seat, Turn::Done);
    }
    turn(&mut room, 3, Turn::Later);
    room
}

fn all(name: &str, room: &Room) {
    let model = Model::new(80, 24);
    for (size, columns) in [("full", (80, 24)), ("small", (40, 12)), ("line", (80, 1))] {
        assert_snapshot!(format!("{name}_{size}"), shown(&model, room, columns));
    }
    let ascii = text(&buffer(&model, room, (80, 24), Theme::new(false, true)).0);
    assert!(ascii.is_ascii());
    assert_snapshot!(format!("{name}_ascii"), ascii);
}

#[test]
fn a_round() {
    all("round", &round(8));
    all("round_mine", &round(4));
    let mut room = round(8);
    for seat in [4, 5, 6, 7, 8, 3] {
        turn(&mut room, seat, if seat == 7 { Turn::Absent(SeatId(7)) } else { Turn::Done });
    }
    all("round_waits", &room);
}

#[test]
fn a_break_with_a_round_a_point_and_the_bell() {
    let mut room = round(0);
    turn(&mut room, 0, Turn::Point("What we do with the money".into(), 10));
    turn(&mut room, 0, Turn::NextPoint);
    turn(&mut room, 0, Turn::Break(10));
    for seat in [1, 4, 8] {
        turn(&mut room, seat, Turn::Back);
    }
    turn(&mut room, 0, Turn::Bell(Some(9)));
    all("everything", &room);
    let mut room = ready(8);
    turn(&mut room, 0, Turn::Break(10));
    turn(&mut room, 1, Turn::Back);
    all("break", &room);
}

#[test]
fn the_stick_and_a_mute_of_all() {
    let mut room = ready(8);
    act(&mut room, 0, Act::Stick(Some(SeatId(4))), Op::Direct);
    all("stick", &room);
    act(&mut room, 4, Act::Stick(Some(SeatId(8))), Op::Direct);
    all("stick_mine", &room);
    let mut room = ready(8);
    act(&mut room, 0, Act::MuteAll(180), Op::Direct);
    turn(&mut room, 0, Turn::AskMuteAll);
    all("quiet", &room);
    let mut room = ready(0);
    act(&mut room, 0, Act::MuteAll(180), Op::Direct);
    turn(&mut room, 6, Turn::Ask { up: true });
    turn(&mut room, 0, Turn::Order(Order::Least));
    turn(&mut room, 0, Turn::Least(vec![SeatId(2), SeatId(3)]));
    all("asks", &room);
}

#[test]
fn the_facilitator_sees_the_unheard_and_all_their_own_share() {
    for (name, me) in [("unheard", 0), ("unheard_member", 8)] {
        let mut room = ready(me);
        (room.here_since_ms, room.state.turns.queue.hands) = (0, vec![]);
        room.presence.clear();
        for (seat, seconds) in [(1, 60), (8, 20)] {
            let arrival = room.state.circle.seats[&SeatId(seat)].arrival;
            let talk = Talk { length: Duration::from_secs(seconds), last_ms: Some(room.clock.1 - 9000), arrival };
            room.talk.insert(SeatId(seat), talk);
        }
        room.talk.get_mut(&SeatId(8)).expect("a talk").last_ms = Some(room.clock.1 - NUDGE.as_millis() as u64);
        let mut model = Model::new(80, 24);
        assert_snapshot!(format!("{name}_full"), shown(&model, &room, (80, 24)));
        assert_snapshot!(format!("{name}_small"), shown(&model, &room, (40, 12)));
        press(&mut model, &room, 'e');
        assert_snapshot!(format!("{name}_who_full"), shown(&model, &room, (80, 24)));
        model.size = (40, 12);
        update(&mut model, &room, &key(KeyCode::PageDown), NOW);
        assert_snapshot!(format!("{name}_who_small"), shown(&model, &room, (40, 12)));
        (model.size, model.page) = ((80, 24), None);
        assert_eq!(shown(&model, &room, (80, 24)).contains("Not heard for 20 min"), me == 0);
        press(&mut model, &room, 'w');
        let share = if me == 8 { "You have spoken for 25%" } else { "You have spoken for 0%" };
        assert!(shown(&model, &room, (80, 24)).contains(share));
    }
}

#[test]
fn the_keys_of_my_turn_come_before_those_of_the_room() {
    let (mut model, room) = (Model::new(80, 24), round(4));
    let intent = |turn| vec![Command::Intent(Intent::Turn(turn))];
    assert_eq!(model.context(&room), Context::MyTurn);
    assert_eq!(press(&mut model, &room, 'f'), intent(Turn::Done));
    assert_eq!(press(&mut model, &room, 'o'), intent(Turn::Pass));
    assert_eq!(press(&mut model, &room, 'b'), intent(Turn::Later));
    assert_eq!(press(&mut model, &room, 'r'), vec![Command::Intent(Intent::Hand { up: true })]);
    let others = round(8);
    for other in ['f', 'b'] {
        assert_eq!(press(&mut model, &others, other), []);
    }
    // While words are compared that comes first, and the other keys stay.
    let mut both = round(4);
    compare(&mut both, 5);
    assert_eq!(model.context(&both), Context::Comparing);
    assert_eq!(press(&mut model, &both, 'f'), intent(Turn::Done));
}

#[test]
fn the_next_speaker_by_one_key() {
    let (mut model, mut room) = (Model::new(80, 24), ready(0));
    let next = |seat| vec![Command::Intent(Intent::Turn(Turn::Next(SeatId(seat))))];
    assert_eq!(press(&mut model, &room, 'N'), next(3));
    turn(&mut room, 0, Turn::Order(Order::Least));
    turn(&mut room, 0, Turn::Least(vec![SeatId(2)]));
    assert_eq!(press(&mut model, &room, 'N'), next(2));
    turn(&mut room, 6, Turn::Ask { up: true });
    turn(&mut room, 0, Turn::Next(SeatId(2)));
    turn(&mut room, 0, Turn::Next(SeatId(3)));
    assert_eq!(press(&mut model, &room, 'N'), next(6));
    turn(&mut room, 0, Turn::Next(SeatId(6)));
    assert_eq!(press(&mut model, &room, 'N'), []);
    assert!(shown(&model, &room, (80, 24)).contains("No hand is up, and nobody is asking to speak."));
}

#[test]
fn a_point_of_the_agenda_is_asked_for_in_two_questions() {
    let (mut model, room) = (Model::new(80, 24), ready(0));
    type_in(&mut model, &room, "wp");
    assert!(shown(&model, &room, (80, 24)).contains("What is the next point about?"));
    type_in(&mut model, &room, "The money of 2026");
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), []);
    assert!(shown(&model, &room, (80, 24)).contains("Minutes for it:"));
    // What is no number is not taken.
    type_in(&mut model, &room, "ten");
    assert!(shown(&model, &room, (80, 24)).contains("a number is asked for"));
    type_in(&mut model, &room, "10");
    let point = Turn::Point("The money of 2026".into(), 10);
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), vec![Command::Intent(Intent::Turn(point))]);
    // A round needs no number of seconds.
    type_in(&mut model, &room, "wi");
    let begun = update(&mut model, &room, &key(KeyCode::Enter), NOW);
    assert_eq!(begun, vec![Command::Intent(Intent::Turn(Turn::Round(RoundKind::CheckIn, None)))]);
}

#[test]
fn what_concerns_me_is_said_and_what_the_panel_shows_is_not() {
    let room = round(4);
    let mut model = Model::new(80, 24);
    model.hear(&Event::Turn(TurnEvent::RoundTurn(Some(SeatId(4)))), &room, NOW);
    assert!(shown(&model, &room, (80, 24)).contains("It is your turn. When you have finished, press f"));
    let mut model = Model::new(80, 24);
    model.hear(&Event::Turn(TurnEvent::RoundTurn(Some(SeatId(3)))), &room, NOW);
    assert_eq!(model.notice, None);
    model.hear(&Event::TalksMuted, &room, NOW);
    assert!(shown(&model, &room, (80, 24)).contains("You are talking, but nobody hears you"));
    // Nobody but the one who asks and the facilitator hears of it.
    model.notice = None;
    model.hear(&Event::Turn(TurnEvent::Asked { seat: SeatId(6), up: true }), &room, NOW);
    assert_eq!(model.notice, None);
}
