//! Care and roles on the screen.

use crossterm::event::KeyCode;
use insta::assert_snapshot;

use super::super::keymap::Context;
use super::super::{Model, Theme, update};
use super::{buffer, key, press, shown, text, type_in};
use crate::command::Command;
use crate::ids::SeatId;
use crate::session::Pick;
use crate::session::fixture::*;
use crate::session::{Act, CareEvent, ChatLine, Event, Gesture, Intent, Op, Phase, Role, Room, Secret};

fn all(name: &str, model: &Model, room: &Room) {
    for (size, columns) in [("full", (80, 24)), ("small", (40, 12))] {
        assert_snapshot!(format!("{name}_{size}"), shown(model, room, columns));
    }
    let ascii = text(&buffer(model, room, (80, 24), Theme::new(false, true)).0);
    assert!(ascii.is_ascii());
}

/// Gus has vanished, Dee asks for help, and Eli is quietly here.
fn troubled(me: u8) -> Room {
    let mut room = nine(me);
    if me == 0 {
        let arrival = |seat: u8| room.state.circle.seats[&SeatId(seat)].arrival;
        let (gus, dee) = (arrival(7), arrival(4));
        room.confided.follow_ups.insert(gus, Secret::new("call 0171 555"));
        room.confided.help.insert(dee, seconds_ago(20));
    }
    lost(&mut room, 7);
    room.presence.remove(&SeatId(7));
    room.gestures.insert(SeatId(8), (Gesture::Here, seconds_ago(5)));
    room
}

#[test]
fn who_leads_sees_who_vanished_and_who_asks_for_help() {
    let mut model = Model::new(80, 24);
    let (room, others) = (troubled(0), troubled(1));
    all("care", &model, &room);
    all("care_member", &model, &others);
    for size in [(80, 24), (40, 12)] {
        assert!(shown(&model, &room, size).contains("Gus vanished: call 0171 555"), "{size:?}");
        let screen = shown(&model, &others, size);
        assert!(!screen.contains("vanished") && !screen.contains("help you") && !screen.contains("for help"));
    }
    assert!(shown(&model, &room, (80, 24)).contains("asks for help"));
    assert!(shown(&model, &others, (80, 24)).contains("is here"));
    let arrival = room.state.care.alarms()[0].arrival;
    model.hear(&Event::Care(CareEvent::Alarm { arrival, name: "Gus".into() }), &room, NOW);
    all("care_alarm", &model, &room);
    assert!(shown(&model, &room, (80, 24)).contains("press c and then d"));
    // Done from the menu, by name.
    type_in(&mut model, &room, "cdgus");
    let done = update(&mut model, &room, &key(KeyCode::Enter), NOW);
    assert_eq!(done, vec![Command::Intent(Intent::Handled(arrival))]);
    type_in(&mut model, &others, "cd");
    assert_eq!(model.context(&others), Context::Menu, "whoever doesn't lead has no such line");
}

#[test]
fn the_menus_of_care_and_roles() {
    for (name, me) in [("member", 1), ("facilitator", 0)] {
        let room = troubled(me);
        let mut model = Model::new(80, 24);
        type_in(&mut model, &room, "c");
        all(&format!("care_menu_{name}"), &model, &room);
        update(&mut model, &room, &key(KeyCode::Esc), NOW);
        type_in(&mut model, &room, "o");
        all(&format!("roles_menu_{name}"), &model, &room);
    }
}

#[test]
fn a_role_is_given_to_who_is_selected() {
    let (mut model, room) = (Model::new(80, 24), nine(0));
    model.picked = Pick::new(&room, SeatId(3));
    for (letter, role) in [('c', Role::CoFacilitator), ('f', Role::Facilitator), ('m', Role::Member)] {
        type_in(&mut model, &room, "o");
        assert_eq!(press(&mut model, &room, letter), vec![Command::Intent(Intent::Role(SeatId(3), role))]);
    }
}

#[test]
fn one_key_says_that_i_am_here_and_one_asks_for_help() {
    let (mut model, room) = (Model::new(80, 24), nine(8));
    type_in(&mut model, &room, "c");
    assert_eq!(press(&mut model, &room, 'e'), vec![Command::Intent(Intent::Gesture(Gesture::Here))]);
    type_in(&mut model, &room, "c");
    assert_eq!(press(&mut model, &room, 'h'), vec![Command::Intent(Intent::HelpMe)]);
}

#[test]
fn a_private_word_names_its_reader_before_it_is_written() {
    let (mut model, mut room) = (Model::new(80, 24), nine(8));
    type_in(&mut model, &room, "cpbo");
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), []);
    all("private_asks", &model, &room);
    assert!(shown(&model, &room, (40, 12)).contains("Only Bo sees it."));
    type_in(&mut model, &room, "I am not well");
    // Bo goes while it is written: it stays where it was, and nothing is sent.
    let mut gone = room.clone();
    lost(&mut gone, 2);
    assert_eq!(update(&mut model, &gone, &key(KeyCode::Enter), NOW), []);
    assert!(shown(&model, &gone, (80, 24)).contains("Nobody here is called \"Bo\""));
    let sent = update(&mut model, &room, &key(KeyCode::Enter), NOW);
    assert_eq!(sent, vec![Command::Intent(Intent::Private(SeatId(2), "I am not well".into()))]);
    // Who it was from and for stands on both screens.
    let line = |from: &str, to: &str| {
        let only = Some(to.to_owned());
        ChatLine { from: from.into(), text: "I am not well".into(), at_ms: 3_000_000, only }
    };
    room.keep_chat(line("Ivy", "Bo"));
    all("private_mine", &Model::new(80, 24), &room);
    assert!(shown(&Model::new(80, 24), &room, (80, 24)).contains("(only to Bo)"));
    let mut theirs = nine(2);
    theirs.keep_chat(line("Ivy", "Bo"));
    let mut model = Model::new(40, 12);
    let told = Event::Care(CareEvent::Private {
        from: "Ivy".into(),
        to: "Bo".into(),
        text: "I am not well".into(),
        mine: false,
    });
    model.hear(&told, &theirs, NOW);
    all("private_theirs", &model, &theirs);
    assert!(shown(&model, &theirs, (40, 12)).contains("Only to you, from Ivy"));
    assert!(shown(&Model::new(80, 24), &theirs, (80, 24)).contains("(only to you)"));
}

#[test]
fn a_note_is_left_at_the_door() {
    let mut room = Room { phase: Phase::Waiting, ..Room::default() };
    room.state.title = "Tuesday group".to_owned();
    let mut model = Model::new(80, 24);
    type_in(&mut model, &room, "n");
    all("note_asks", &model, &room);
    type_in(&mut model, &room, "call my sister");
    let left = update(&mut model, &room, &key(KeyCode::Enter), NOW);
    assert_eq!(left, vec![Command::Intent(Intent::Note("call my sister".into()))]);
    room.note = Some(Secret::new("call my sister"));
    assert_eq!(press(&mut model, &room, 'n'), []);
    assert!(shown(&model, &room, (80, 24)).contains("You have left a note already"));
    let mut model = Model::new(80, 24);
    let mut room = nine(0);
    knock(&mut room, 7, "Jo", 3);
    let note = Secret::new("call my sister");
    model.hear(
        &Event::Care(CareEvent::KnockNote { attempt: crate::ids::Attempt(7), name: "Jo".into(), note }),
        &room,
        NOW,
    );
    all("note_told", &model, &room);
}

#[test]
fn who_leads_stands_in_the_circle() {
    let mut room = nine(8);
    let doors = room.state.circle.leads_after(SeatId(0), SeatId(4), Role::CoFacilitator);
    act(&mut room, 0, Act::Doors(doors), Op::Role(SeatId(4), Role::CoFacilitator));
    all("roles", &Model::new(80, 24), &room);
    assert!(shown(&Model::new(80, 24), &room, (80, 24)).contains("co-facilitator"));
}
