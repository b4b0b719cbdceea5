//! The menus over the room.

use crossterm::event::KeyCode;
use insta::assert_snapshot;

use super::super::keymap::Context;
use super::super::{Model, Page, Theme, update};
use super::{buffer, key, press, shown, text, type_in};
use crate::command::Command;
use crate::ids::SeatId;
use crate::session::Pick;
use crate::session::fixture::*;
use crate::session::{Act, Intent, Op, Whom};

fn intent(intent: Intent) -> Vec<Command> {
    vec![Command::Intent(intent)]
}

#[test]
fn a_letter_does_what_its_line_says_and_the_menu_is_gone() {
    let (mut model, room) = (Model::new(80, 24), nine(8));
    type_in(&mut model, &room, "w");
    assert_eq!(model.context(&room), Context::Menu);
    // My microphone is never out of reach.
    assert_eq!(press(&mut model, &room, ' '), intent(Intent::Mic { open: true }));
    assert_eq!(press(&mut model, &room, 'h'), intent(Intent::Hand { up: true }));
    assert_eq!(model.page, None);
    // What is the facilitator's is neither shown nor done.
    type_in(&mut model, &room, "w");
    assert!(!shown(&model, &room, (80, 24)).contains("  Mute "));
    assert_eq!(press(&mut model, &room, 'e'), []);
    assert_eq!(model.context(&room), Context::Menu);
    for back in [KeyCode::Esc, KeyCode::Char('q')] {
        model.page = Some(Page::Menu(super::super::menu::Menu::Turns, 0));
        assert_eq!(update(&mut model, &room, &key(back), NOW), []);
        assert_eq!(model.page, None);
    }
}

#[test]
fn a_member_is_who_is_selected_or_is_asked_for() {
    let (mut model, mut room) = (Model::new(80, 24), nine(0));
    model.picked = Pick::new(&room, SeatId(3));
    type_in(&mut model, &room, "w");
    assert_eq!(press(&mut model, &room, 'm'), intent(Intent::Mute { whom: Whom::One(SeatId(3)), muted: true }));
    model.picked = None;
    type_in(&mut model, &room, "wm");
    assert_eq!(model.context(&room), Context::Writing);
    assert!(shown(&model, &room, (80, 24)).contains("Who should be muted?"));
    assert!(shown(&model, &room, (40, 12)).contains("Who should be muted?"));
    // Nothing is no answer, and what isn't understood stays to be mended.
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), []);
    assert!(shown(&model, &room, (80, 24)).contains("Nothing is written yet."));
    type_in(&mut model, &room, "Zo");
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), []);
    assert!(shown(&model, &room, (80, 24)).contains("Nobody here is called \"Zo\""));
    update(&mut model, &room, &key(KeyCode::Backspace), NOW);
    update(&mut model, &room, &key(KeyCode::Backspace), NOW);
    type_in(&mut model, &room, "bo");
    let muted = update(&mut model, &room, &key(KeyCode::Enter), NOW);
    assert_eq!(muted, intent(Intent::Mute { whom: Whom::One(SeatId(2)), muted: true }));
    assert_eq!(model.context(&room), Context::Room);
    // Esc leaves it, and a line that is written next is a line.
    type_in(&mut model, &room, "wm");
    update(&mut model, &room, &key(KeyCode::Esc), NOW);
    update(&mut model, &room, &key(KeyCode::Enter), NOW);
    type_in(&mut model, &room, "Bo");
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), intent(Intent::Chat("Bo".to_owned())));
    // A line is there while it has something to do.
    type_in(&mut model, &room, "w");
    assert!(shown(&model, &room, (80, 24)).contains("Let everybody speak again."));
    update(&mut model, &room, &key(KeyCode::Esc), NOW);
    act(&mut room, 0, Act::FloorMute([SeatId(6)].into_iter().collect(), false), Op::Direct);
    type_in(&mut model, &room, "w");
    assert!(!shown(&model, &room, (80, 24)).contains("Let everybody speak again."));
}

#[test]
fn menus_on_every_screen() {
    let mut model = Model::new(80, 24);
    for (name, me) in [("member", 8), ("facilitator", 0)] {
        let room = nine(me);
        model.page = None;
        type_in(&mut model, &room, "w");
        for (size, columns) in [("full", (80, 24)), ("small", (40, 12)), ("strip", (60, 4)), ("line", (80, 1))] {
            assert_snapshot!(format!("menu_{name}_{size}"), shown(&model, &room, columns));
        }
        let ascii = text(&buffer(&model, &room, (80, 24), Theme::new(false, true)).0);
        assert!(ascii.is_ascii());
        assert_snapshot!(format!("menu_{name}_ascii"), ascii);
    }
    let room = nine(0);
    type_in(&mut model, &room, "m");
    for (size, columns) in [("full", (80, 24)), ("small", (40, 12)), ("strip", (60, 4)), ("line", (80, 1))] {
        assert_snapshot!(format!("menu_asks_{size}"), shown(&model, &room, columns));
    }
}
