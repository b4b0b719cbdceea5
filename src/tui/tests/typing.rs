//! Text that wasn't typed, keys that are held, what is asked about, and where the cursor stands.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::super::menu::Menu;
use super::super::{Model, Page, Theme, TuiEvent, Typing, update};
use super::{buffer, key, press, shown, type_in};
use crate::command::Command;
use crate::ids::SeatId;
use crate::session::Pick;
use crate::session::fixture::*;
use crate::session::{Ended, Intent, Phase, Room, RoundKind, Turn};

fn intent(intent: Intent) -> Vec<Command> {
    vec![Command::Intent(intent)]
}

/// What comes of keys that come at once.
fn at_once(model: &mut Model, room: &Room, keys: &[KeyCode]) -> Vec<Command> {
    let mut typing = Typing::default();
    keys.iter().for_each(|code| typing.press(KeyEvent::new(*code, KeyModifiers::NONE)));
    typing.take().iter().flat_map(|event| update(model, room, event, NOW)).collect()
}

fn letters(text: &str) -> Vec<KeyCode> {
    text.chars().map(|c| if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) }).collect()
}

fn notice(model: &Model) -> &str {
    model.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

#[test]
fn what_comes_at_once_is_never_keys() {
    let room = nine(0);
    for text in ["Mxy", "qy", "M\n", "dz y", "\nhello\n", "x\ny\n", "A a"] {
        let mut model = Model::new(80, 24);
        model.picked = Pick::new(&room, SeatId(2));
        assert_eq!(at_once(&mut model, &room, &letters(text)), [], "{text:?}");
        assert_eq!(model.page, None, "{text:?}");
        assert_eq!(notice(&model), "You pasted text. Enter sends it as a message, Esc drops it.", "{text:?}");
        let sent = text.trim().replace('\n', " ");
        assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), intent(Intent::Chat(sent)), "{text:?}");
    }
    // Nor with the terminal's own mark, nor where a menu, a page or a question is open.
    for open in [None, Some(Page::Menu(Menu::Turns, 0)), Some(Page::Help(Default::default())), Some(Page::End)] {
        let mut model = Model::new(80, 24);
        model.page.clone_from(&open);
        assert_eq!(update(&mut model, &room, &TuiEvent::Paste("y/close\ny".to_owned()), NOW), []);
        assert!(notice(&model).starts_with("You pasted text."), "{open:?}");
        assert!(open != Some(Page::End) || model.page == open, "a question stays");
    }
    // At the door, and at the end.
    for phase in [Phase::Connecting, Phase::Waiting, Phase::Over(Ended::Closed)] {
        let room = Room { phase, ..Room::default() };
        let mut model = Model::new(80, 24);
        assert_eq!(at_once(&mut model, &room, &letters("qay ")), []);
        assert_eq!(notice(&model), "You pasted text. There is nothing to write to here, so it was dropped.");
    }
}

#[test]
fn a_pasted_command_is_a_message_and_one_line_of_it() {
    let (mut model, room) = (Model::new(80, 24), nine(0));
    at_once(&mut model, &room, &letters("/mute all\n/close\n"));
    let sent = update(&mut model, &room, &key(KeyCode::Enter), NOW);
    assert_eq!(sent, intent(Intent::Chat("/mute all /close".to_owned())));
}

#[test]
fn keys_one_by_one_and_held_keys_are_keys() {
    let (mut model, room) = (Model::new(80, 24), nine(0));
    assert_eq!(at_once(&mut model, &room, &[KeyCode::Char('l')]), intent(Intent::Lock { locked: true }));
    at_once(&mut model, &room, &letters("jjj"));
    assert_eq!(model.picked, Pick::new(&room, SeatId(3)), "a key that is held comes at once on a slow line");
    at_once(&mut model, &room, &[KeyCode::Up, KeyCode::Up, KeyCode::Char('r')]);
    assert_eq!(model.picked, Pick::new(&room, SeatId(1)));
}

#[test]
fn into_a_line_text_is_written_and_what_is_too_much_is_told() {
    let (mut model, room) = (Model::new(80, 24), nine(8));
    update(&mut model, &room, &key(KeyCode::Enter), NOW);
    assert_eq!(at_once(&mut model, &room, &letters("qM?\n")), []);
    assert!(notice(&model).starts_with("You pasted text."), "the end of the line sent nothing");
    model.notice = None;
    update(&mut model, &room, &TuiEvent::Paste("x".repeat(600)), NOW);
    assert_eq!(notice(&model), "You pasted 600 characters, and a line has room for 500: the end was left out.");
    let mut model = Model::new(80, 24);
    at_once(&mut model, &room, &letters(&"y".repeat(20_000)));
    assert!(notice(&model).starts_with("You pasted 20000 characters, and a line has room for 500"));
}

#[test]
fn removing_ending_and_leaving_are_always_asked_about() {
    let room = nine(0);
    let typed = |line: &str| {
        let mut model = Model::new(80, 24);
        update(&mut model, &room, &key(KeyCode::Enter), NOW);
        type_in(&mut model, &room, line);
        assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), [], "{line}");
        model
    };
    for (line, page, wanted) in [
        ("/remove Bo", Page::Remove(Pick::new(&room, SeatId(2)).expect("Bo")), intent(Intent::Remove(SeatId(2)))),
        ("/close", Page::End, intent(Intent::Close)),
        ("/quit", Page::Leave(None), vec![Command::Quit]),
        ("/quit Ana", Page::Leave(Pick::new(&room, SeatId(1))), intent(Intent::HandOver(SeatId(1)))),
    ] {
        let mut model = typed(line);
        assert_eq!(model.page, Some(page), "{line}");
        assert_eq!(press(&mut model, &room, 'n'), [], "{line}");
        let mut model = typed(line);
        assert_eq!(press(&mut model, &room, 'y'), wanted, "{line}");
    }
    let mut model = Model::new(80, 24);
    type_in(&mut model, &room, "dz");
    assert_eq!(model.page, Some(Page::End));
    assert!(shown(&model, &room, (80, 24)).contains("End the group for everybody?"));
    // The one who was shown has gone, and another has the seat.
    let (mut room, mut model) = (room.clone(), typed("/remove Bo"));
    commit(&mut room, &[], &[2]);
    commit(&mut room, &[(2, "Bea")], &[]);
    assert_eq!(press(&mut model, &room, 'y'), []);
}

#[test]
fn one_key_closes_the_microphone_on_every_page() {
    let room = nine(0);
    let ctrl_x = TuiEvent::Key(KeyEvent::new(KeyCode::Char('x'), KeyModifiers::CONTROL));
    let closes = intent(Intent::Mic { open: false });
    for keys in ["", "w", "?", "q", "h", "dz"] {
        let mut model = Model::new(80, 24);
        type_in(&mut model, &room, keys);
        assert_eq!(update(&mut model, &room, &ctrl_x, NOW), closes, "{keys}");
    }
    let mut model = Model::new(80, 24);
    update(&mut model, &room, &key(KeyCode::Enter), NOW);
    assert_eq!(update(&mut model, &room, &ctrl_x, NOW), closes, "while a line is written");
    let door = Room { phase: Phase::Waiting, ..Room::default() };
    assert_eq!(update(&mut Model::new(80, 24), &door, &ctrl_x, NOW), closes);
}

#[test]
fn the_held_key_talks_and_closes_when_it_goes_up() {
    let (mut model, mut room) = (Model::new(80, 24), nine(8));
    let space = |kind| KeyEvent { kind, ..KeyEvent::new(KeyCode::Char(' '), KeyModifiers::NONE) };
    let after = |millis| NOW + Duration::from_millis(millis);
    let down = update(&mut model, &room, &TuiEvent::Key(space(KeyEventKind::Press)), NOW);
    assert_eq!(down, intent(Intent::Mic { open: true }));
    open(&mut room, 3);
    for at in (500..3000).step_by(33) {
        assert_eq!(update(&mut model, &room, &TuiEvent::Key(space(KeyEventKind::Repeat)), after(at)), []);
        assert_eq!(update(&mut model, &room, &TuiEvent::Tick, after(at)), []);
    }
    let up = TuiEvent::Release(space(KeyEventKind::Release));
    let closes = intent(Intent::Mic { open: false });
    assert_eq!(update(&mut model, &room, &up, after(3100)), closes);
    // Its end may be lost, and the window may be left.
    for lost in [TuiEvent::FocusLost, TuiEvent::Tick] {
        room.mic.open = false;
        update(&mut model, &room, &TuiEvent::Key(space(KeyEventKind::Press)), after(5000));
        open(&mut room, 3);
        update(&mut model, &room, &TuiEvent::Key(space(KeyEventKind::Repeat)), after(5500));
        assert_eq!(update(&mut model, &room, &lost, after(6600)), closes, "{lost:?}");
    }
}

/// What stands where the cursor is, to the end of its row.
fn at_cursor(model: &Model, room: &Room, size: (u16, u16)) -> String {
    let (cells, cursor) = buffer(model, room, size, Theme::new(true, false));
    let (x, y) = cursor.expect("a cursor");
    (x..size.0).map(|x| cells[(x, y)].symbol()).collect::<String>().trim_end().to_owned()
}

#[test]
fn the_cursor_stands_on_what_is_selected() {
    let mut room = nine(0);
    knock(&mut room, 1, "Jo", 5);
    knock(&mut room, 2, "Kim", 5);
    for size in [(80, 24), (132, 40)] {
        let mut model = Model::new(size.0, size.1);
        assert!(at_cursor(&model, &room, size).starts_with("In the circle"));
        type_in(&mut model, &room, "jj");
        assert!(at_cursor(&model, &room, size).starts_with("Bo"), "{}", at_cursor(&model, &room, size));
        update(&mut model, &room, &key(KeyCode::Tab), NOW);
        assert!(at_cursor(&model, &room, size).starts_with("At the door"));
        update(&mut model, &room, &key(KeyCode::Down), NOW);
        update(&mut model, &room, &key(KeyCode::Down), NOW);
        assert!(at_cursor(&model, &room, size).starts_with("Kim"));
        press(&mut model, &room, 'x');
        assert!(at_cursor(&model, &room, size).starts_with("Turn Kim away?"));
        press(&mut model, &room, 'n');
        press(&mut model, &room, 'q');
        assert!(at_cursor(&model, &room, size).starts_with("Leave the group?"));
    }
    let mut model = Model::new(40, 12);
    type_in(&mut model, &room, "jj");
    assert!(at_cursor(&model, &room, (40, 12)).starts_with("Bo"));
}

#[test]
fn a_menu_is_walked_with_arrows_and_enter() {
    let room = nine(0);
    for size in [(80, 24), (40, 12)] {
        let mut model = Model::new(size.0, size.1);
        type_in(&mut model, &room, "w");
        assert!(at_cursor(&model, &room, size).starts_with("h  Raise your hand"));
        let lines = super::super::menu::lines(Menu::Turns, &room);
        for line in &lines[1..] {
            update(&mut model, &room, &key(KeyCode::Down), NOW);
            let start: String = at_cursor(&model, &room, size).chars().take(1).collect();
            assert_eq!(start, line.key.to_string(), "the selected line is in sight");
        }
        update(&mut model, &room, &key(KeyCode::Down), NOW);
        (1..lines.len()).for_each(|_| _ = update(&mut model, &room, &key(KeyCode::Up), NOW));
        assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), intent(Intent::Hand { up: true }));
        assert_eq!(model.page, None);
    }
}

#[test]
fn a_question_for_a_number_takes_nothing_else() {
    let (mut model, room) = (Model::new(80, 24), nine(0));
    type_in(&mut model, &room, "wi");
    assert!(shown(&model, &room, (80, 24)).contains("Seconds for each, or Enter for no limit:"));
    type_in(&mut model, &room, "yx 9");
    assert_eq!(notice(&model), "That key does nothing here: a number is asked for.");
    type_in(&mut model, &room, "0");
    let round = Intent::Turn(Turn::Round(RoundKind::CheckIn, Some(90)));
    assert_eq!(update(&mut model, &room, &key(KeyCode::Enter), NOW), intent(round));
}

#[test]
fn every_size_from_one_by_one_is_drawn() {
    let mut scenes = Vec::new();
    for me in [0, 8] {
        let mut room = nine(me);
        knock(&mut room, 1, "Jo", 5);
        for keys in ["", "w", "?", "?/mute", "io", "q", "dz"] {
            let mut model = Model::new(80, 24);
            type_in(&mut model, &room, if me == 0 { keys } else { keys.trim_end_matches('z') });
            scenes.push((model, room.clone()));
        }
    }
    for phase in [Phase::Connecting, Phase::Waiting, Phase::Over(Ended::Closed), Phase::Returning(seconds_ago(9))] {
        scenes.push((Model::new(80, 24), Room { phase, ..nine(8) }));
    }
    let mut at = 0;
    for columns in 1..=200 {
        for rows in 1..=60 {
            // Scenes take turns, and each meets sizes of every kind.
            at = (at + 1) % scenes.len();
            let (model, room) = &mut scenes[at];
            model.size = (columns, rows);
            let (_, cursor) = buffer(model, room, (columns, rows), Theme::new(true, false));
            assert!(cursor.is_some_and(|(x, y)| x < columns && y < rows), "{columns}x{rows}");
        }
    }
}

#[test]
fn a_text_in_pieces_and_with_bare_line_ends_is_one() {
    let mut typing = Typing::default();
    let mut press = |code, modifiers| {
        assert_eq!(typing.handle(TuiEvent::Key(KeyEvent::new(code, modifiers))), None);
        typing.pause()
    };
    let short = press(KeyCode::Char('a'), KeyModifiers::NONE);
    let long = press(KeyCode::Char('j'), KeyModifiers::CONTROL);
    assert!(short < long, "what is a text already may come in pieces");
    assert!(press(KeyCode::Char('b'), KeyModifiers::NONE) == long);
    let all = typing.handle(TuiEvent::Resize(80, 24));
    assert_eq!(all, Some(vec![TuiEvent::Paste("a\nb".to_owned()), TuiEvent::Resize(80, 24)]));
    // By itself it is a key like any other.
    typing.press(KeyEvent::new(KeyCode::Char('j'), KeyModifiers::CONTROL));
    assert!(matches!(typing.take()[..], [TuiEvent::Key(_)]) && typing.is_empty());
}
