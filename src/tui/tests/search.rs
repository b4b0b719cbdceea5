//! Looking for something in the help.

use crossterm::event::KeyCode;

use super::super::{Model, Page, TuiEvent, update};
use super::{buffer, key, press, shown, type_in};
use crate::session::fixture::*;
use crate::tui::Theme;

const FULL: (u16, u16) = (80, 24);

#[test]
fn the_help_is_searched_by_words_in_any_order() {
    let room = nine(0);
    let mut model = Model::new(80, 24);
    press(&mut model, &room, '?');
    assert!(shown(&model, &room, FULL).contains("/ search"), "the way is on the page");
    type_in(&mut model, &room, "/qk?");
    assert!(shown(&model, &room, FULL).contains("Nothing here has \"qk?\" in it."), "letters are letters now");
    (0..3).for_each(|_| _ = update(&mut model, &room, &key(KeyCode::Backspace), NOW));
    type_in(&mut model, &room, "vote Secret");
    let screen = shown(&model, &room, FULL);
    assert!(screen.contains("Search: vote Secret") && screen.contains("secret"), "{screen}");
    assert!(!screen.contains("microphone"), "only what was found:\n{screen}");
    // The cursor stands where it is written.
    let (_, cursor) = buffer(&model, &room, FULL, Theme::new(true, false));
    let (x, y) = cursor.expect("a cursor");
    let line = screen.lines().nth(y.into()).expect("a line");
    let before: String = line.chars().take(x.into()).collect();
    assert!(before.ends_with("Search: vote Secret"), "{before:?}");
    // What was found stays to be read, and then all of it is there again.
    update(&mut model, &room, &key(KeyCode::Enter), NOW);
    assert!(shown(&model, &room, FULL).contains("Search: vote Secret"));
    type_in(&mut model, &room, "/");
    update(&mut model, &room, &key(KeyCode::Esc), NOW);
    assert!(shown(&model, &room, FULL).contains("What you can do now"));
    update(&mut model, &room, &key(KeyCode::Esc), NOW);
    assert_eq!(model.page, None);
}

#[test]
fn a_pasted_word_is_looked_for_and_a_typed_one_too() {
    let room = nine(8);
    let mut model = Model::new(80, 24);
    press(&mut model, &room, '?');
    press(&mut model, &room, '/');
    update(&mut model, &room, &TuiEvent::Paste("applaud".into()), NOW);
    assert!(shown(&model, &room, FULL).contains("/applaud"));
    assert!(shown(&model, &room, (80, 1)).contains("Search: applaud"), "{}", shown(&model, &room, (80, 1)));
    assert!(shown(&model, &room, (80, 3)).contains("/applaud"), "{}", shown(&model, &room, (80, 3)));
    let mut model = Model::new(80, 24);
    update(&mut model, &room, &key(KeyCode::Enter), NOW);
    type_in(&mut model, &room, "/help applaud");
    update(&mut model, &room, &key(KeyCode::Enter), NOW);
    assert!(matches!(model.page, Some(Page::Help(_))));
    assert!(shown(&model, &room, FULL).contains("/applaud"));
}
