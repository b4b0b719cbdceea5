//! Home, driven by keys and read as text.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::*;
use crate::session::Hearing;
use crate::text::{Language, home as text};
use crate::tui::event::TuiEvent;
use crate::tui::theme::Theme;

const SIZES: [(&str, u16, u16); 4] = [("full", 80, 24), ("middle", 60, 16), ("small", 40, 12), ("line", 40, 1)];

fn home() -> Home {
    let choice = HomeChoice { name: "Ana".into(), ..HomeChoice::default() };
    Home::new(false, choice, Elsewhere::default(), Some("/home/ana/.config/ingle/config.toml".into()))
}

fn first() -> Home {
    Home::new(true, HomeChoice::default(), Elsewhere::default(), None)
}

fn key(code: KeyCode) -> TuiEvent {
    TuiEvent::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn press(home: &mut Home, keys: &str) -> Vec<HomeWish> {
    let code = |c| match c {
        '\n' => KeyCode::Enter,
        '\u{1b}' => KeyCode::Esc,
        'v' => KeyCode::Down,
        c => KeyCode::Char(c),
    };
    keys.chars().flat_map(|c| home.update(&key(code(c)))).collect()
}

fn shown(home: &Home, columns: u16, rows: u16, theme: Theme) -> (String, Option<(u16, u16)>) {
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    let cursor = draw(home, &mut buffer, area, &theme);
    let line = |y| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    ((0..rows).map(line).collect::<Vec<_>>().join("\n"), cursor)
}

/// Each page that there is, by name.
fn pages() -> Vec<(&'static str, Home)> {
    let devices = (vec!["USB headset".to_owned(), "Built-in microphone".into()], vec!["USB headset".to_owned()]);
    let at = |mut home: Home, keys: &str| {
        press(&mut home, keys);
        home.devices(devices.0.clone(), devices.1.clone());
        home.level(4);
        home
    };
    let mut checked = at(home(), "s\n\n");
    checked.hear(Hearing::Well);
    let mut refused = home();
    refused.say(text::NO_CODE.get());
    vec![
        ("first_name", at(first(), "")),
        ("try_sound", at(first(), "Ana\n")),
        ("menu", home()),
        ("no_code", refused),
        ("title", at(home(), "h")),
        ("settings", at(home(), "e")),
        ("name", at(home(), "en")),
        ("microphone", at(home(), "s")),
        ("speaker", at(home(), "s\n")),
        ("check", at(home(), "s\n\n")),
        ("checked", checked),
    ]
}

#[test]
fn each_page_in_german_says_all_of_it() {
    Language::German.speak(|| {
        for (page, home) in pages() {
            let (text, _) = shown(&home, 80, 24, Theme::new(true, false));
            assert!(!text.contains('…'), "{page} is cut off:\n{text}");
            insta::assert_snapshot!(format!("german_{page}"), text);
        }
    });
}

#[test]
fn each_page_at_each_size() {
    for (page, home) in pages() {
        for (size, columns, rows) in SIZES {
            let (text, cursor) = shown(&home, columns, rows, Theme::new(true, false));
            insta::assert_snapshot!(format!("{page}_{size}"), format!("{text}\ncursor: {cursor:?}"));
        }
    }
    let (text, _) = shown(&home(), 80, 24, Theme::new(false, true));
    assert!(text.is_ascii(), "{text}");
    insta::assert_snapshot!("menu_ascii", text);
}

#[test]
fn the_cursor_stands_on_what_is_selected_at_every_size() {
    for (page, home) in pages() {
        for columns in [1, 8, 20, 33, 40, 80, 200] {
            for rows in [1, 2, 3, 7, 8, 12, 24, 60] {
                let (text, cursor) = shown(&home, columns, rows, Theme::new(true, false));
                assert!(cursor.is_some(), "{page} {columns}x{rows}:\n{text}");
            }
        }
    }
    let mut home = home();
    for title in ["Join", "Host", "Sound", "Practise", "Settings", "Leave"] {
        let (text, cursor) = shown(&home, 80, 24, Theme::new(true, false));
        let (x, y) = cursor.expect("a cursor");
        let line: String = text.lines().nth(y.into()).expect("a line").chars().skip(x.into()).collect();
        assert!(line.starts_with(title), "{line}");
        press(&mut home, "v");
    }
}

#[test]
fn the_first_start_asks_for_a_name_and_offers_a_sound_check() {
    let mut home = first();
    assert_eq!(press(&mut home, "  Ana \n"), [HomeWish::Keep]);
    assert_eq!(home.chosen().name, "Ana");
    assert_eq!(press(&mut home, "l"), [HomeWish::Silence]);
    assert_eq!(press(&mut home, "j"), [HomeWish::Join(String::new())]);
    // Each of the two can be skipped, and is kept as skipped.
    let mut home = first();
    assert_eq!(press(&mut home, "\u{1b}\u{1b}p"), [HomeWish::Keep, HomeWish::Practise]);
    assert_eq!(home.chosen(), &HomeChoice::default());
}

#[test]
fn the_sound_check_has_three_steps_and_each_can_be_skipped() {
    let mut home = first();
    press(&mut home, "Ana\n");
    assert_eq!(press(&mut home, "y"), [HomeWish::FindDevices, HomeWish::Listen]);
    home.devices(vec!["A".into(), "B".into()], vec!["C".into()]);
    assert_eq!(press(&mut home, "vv"), [HomeWish::Listen, HomeWish::Listen]);
    assert_eq!(home.listens_to(), "B");
    assert_eq!(press(&mut home, "\n"), [HomeWish::Keep, HomeWish::Silence]);
    assert_eq!(press(&mut home, "2"), [HomeWish::Keep, HomeWish::Check]);
    assert_eq!(
        home.chosen(),
        &HomeChoice { name: "Ana".into(), mic: "B".into(), speaker: "C".into(), ..HomeChoice::default() }
    );
    assert!(home.checks());
    for hearing in [Hearing::Listening, Hearing::Replaying, Hearing::Faintly] {
        home.hear(hearing);
    }
    assert!(!home.checks());
    assert_eq!(press(&mut home, "a"), [HomeWish::Check]);
    home.hear(Hearing::Well);
    assert_eq!(press(&mut home, "\n"), [HomeWish::Silence]);
    // Skipping chooses nothing.
    let kept = home.chosen().clone();
    let skipped = press(&mut home, "s\u{1b}\u{1b}\u{1b}");
    assert_eq!(skipped[2..], [HomeWish::Silence, HomeWish::Check, HomeWish::Silence]);
    assert_eq!(home.chosen(), &kept);
}

#[test]
fn what_is_pasted_or_begins_a_code_leads_to_joining() {
    let mut home = home();
    let pasted = TuiEvent::Paste("ingle join 4821-otter-lamp-violin".into());
    assert_eq!(home.update(&pasted), [HomeWish::Pasted("ingle join 4821-otter-lamp-violin".into())]);
    assert_eq!(press(&mut home, "4"), [HomeWish::Join("4".into())]);
    // In a line that is written it is text.
    press(&mut home, "h");
    assert_eq!(home.update(&TuiEvent::Paste("Tuesday q\n".into())), []);
    assert_eq!(press(&mut home, "\n"), [HomeWish::Host("Tuesday q".into())]);
}

#[test]
fn a_name_from_elsewhere_is_shown_and_not_asked_for() {
    let elsewhere = Elsewhere { name: Some("Bea".into()), language: true };
    let mut home = Home::new(false, HomeChoice::default(), elsewhere, None);
    assert!(shown(&home, 80, 24, Theme::new(true, false)).0.contains("You are Bea"));
    assert_eq!(press(&mut home, "en"), []);
    assert!(shown(&home, 80, 24, Theme::new(true, false)).0.contains(text::NAME_IS_SET.get()));
    assert_eq!(press(&mut home, "l"), []);
    assert!(shown(&home, 80, 24, Theme::new(true, false)).0.contains(text::LANGUAGE_IS_SET.get()));
}

proptest! {
    #[test]
    fn any_keys_at_any_size_draw_without_a_panic(
        keys in "[a-z0-9\n\u{1b}]{0,30}", name in "\\PC{0,20}", columns in 1u16..200, rows in 1u16..60,
    ) {
        let mut home = first();
        home.update(&TuiEvent::Paste(name));
        home.devices(vec!["李 USB 👩‍👩‍👧".into()], vec![]);
        press(&mut home, &keys);
        let (_, cursor) = shown(&home, columns, rows, Theme::new(true, false));
        prop_assert!(cursor.is_none_or(|(x, y)| x < columns && y < rows));
    }
}

#[test]
fn soft_sounds_are_turned_off_and_on_in_the_settings() {
    let mut home = home();
    assert_eq!(press(&mut home, "ec"), [HomeWish::Keep]);
    assert!(home.chosen().no_cues && shown(&home, 80, 24, Theme::new(true, false)).0.contains("Soft sounds"));
    assert_eq!(press(&mut home, "c"), [HomeWish::Keep]);
    assert!(!home.chosen().no_cues);
}

#[test]
fn the_language_is_chosen_in_the_settings() {
    let mut home = home();
    let german = HomeWish::Speak(Language::German);
    assert_eq!(press(&mut home, "el"), [HomeWish::Keep, german]);
    assert_eq!(home.chosen().language, Some(Language::German));
    Language::German.speak(|| {
        assert!(shown(&home, 80, 24, Theme::new(true, false)).0.contains("Deutsch"));
        assert_eq!(press(&mut home, "l"), [HomeWish::Keep, HomeWish::Speak(Language::English)]);
    });
    assert_eq!(home.chosen().language, Some(Language::English));
}
