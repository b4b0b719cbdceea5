//! Any room on any screen.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::collection::vec;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::{Model, Theme, TuiEvent, update, view};
use super::buffer;
use crate::ids::{SeatId, Time};
use crate::session::fixture::*;
use crate::session::{Act, Presence, SoundCheck};
use crate::session::{Departure, Ended, Event, Op, Phase, Room, clean};
use crate::text::Language;

fn any_room() -> impl Strategy<Value = Room> {
    let seat = 0u8..64;
    let flags = vec((seat, 0u8..8, 0u8..6), 0..20);
    (vec("\\PC{0,30}", 1..50), any::<u8>(), flags, vec(("\\PC{0,30}", "\\PC{0,600}"), 0..12), 0u8..6).prop_map(
        |(names, me, flags, chat, phase)| {
            let names: Vec<_> = names.iter().map(|name| clean::name(name)).collect();
            let mut room = group(&names, me % names.len() as u8);
            for (seat, level, what) in flags {
                match what {
                    0 => speak(&mut room, seat, level * 30, u64::from(level)),
                    1 => act(&mut room, seat, Act::None, Op::Hand { up: true }),
                    2 => act(&mut room, 0, Act::FloorMute([SeatId(seat)].into_iter().collect(), true), Op::Direct),
                    3 => room.presence.extend([(SeatId(seat), (Presence::Away, seconds_ago(u64::from(level) * 999)))]),
                    5 if level == 7 => compare(&mut room, u64::from(seat)),
                    5 if level == 6 => room.check = Some(SoundCheck::begin(seconds_ago(u64::from(seat)))),
                    4 => knock(&mut room, u32::from(seat), "Jo", u64::from(level) * 999),
                    _ => open(&mut room, level * 30),
                }
            }
            for (from, text) in chat {
                write(&mut room, &clean::name(&from), &clean::chat(&text));
            }
            room.phase = match phase {
                0 => Phase::Connecting,
                1 => Phase::Waiting,
                2 => Phase::Returning(seconds_ago(99)),
                3 => Phase::Over(Ended::LineLost),
                _ => Phase::In,
            };
            room
        },
    )
}

fn any_event() -> impl Strategy<Value = TuiEvent> {
    let code = prop_oneof![
        8 => prop::char::range(' ', '~').prop_map(KeyCode::Char),
        1 => any::<char>().prop_map(KeyCode::Char),
        6 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::Up, KeyCode::Down, KeyCode::PageUp, KeyCode::PageDown,
            KeyCode::Left, KeyCode::Right, KeyCode::Home, KeyCode::End, KeyCode::Backspace, KeyCode::Delete,
        ]),
    ];
    let modifiers =
        prop::sample::select(vec![KeyModifiers::NONE, KeyModifiers::NONE, KeyModifiers::SHIFT, KeyModifiers::CONTROL]);
    prop_oneof![
        20 => (code, modifiers).prop_map(|(code, modifiers)| TuiEvent::Key(KeyEvent::new(code, modifiers))),
        2 => (0u16..=200, 0u16..=80).prop_map(|(columns, rows)| TuiEvent::Resize(columns, rows)),
        1 => Just(TuiEvent::Tick),
        1 => "\\PC{0,30}|[\\x00-\\u{2fff}]{0,30}".prop_map(TuiEvent::Paste),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_room_is_drawn_on_any_screen_after_any_keys(
        room in any_room(),
        events in vec(any_event(), 0..25),
        (columns, rows) in (0u16..=200, 0u16..=80),
        ascii: bool,
        language in prop::sample::select(Language::ALL.to_vec()),
    ) {
        let (cells, cursor) = language.speak(|| {
            let mut model = Model::new(columns, rows);
            for (at, event) in (0..).zip(&events) {
                update(&mut model, &room, event, seconds_ago(60) + Duration::from_secs(at));
            }
            buffer(&model, &room, (columns, rows), Theme::new(true, ascii))
        });
        prop_assert!(cursor.is_none_or(|(x, y)| x < columns && y < rows));
        prop_assert!(cells.content.iter().all(|cell| !cell.symbol().contains(char::is_control)));
        prop_assert!(!ascii || cells.content.iter().all(|cell| cell.symbol().is_ascii()));
    }

    #[test]
    fn nothing_is_drawn_outside_of_the_area(room in any_room(), x in 0u16..30, y in 0u16..10, columns in 0u16..99, rows in 0u16..40) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 40));
        let area = Rect::new(x, y, columns, rows);
        view::draw(&Model::new(columns, rows), &room, &mut buffer, area, &Theme::new(true, false), NOW);
        let outside = |position: &(u16, u16)| !area.contains((*position).into());
        let everywhere = (0..40).flat_map(|y| (0..100).map(move |x| (x, y)));
        prop_assert!(everywhere.filter(outside).all(|position| buffer[position].symbol() == " "));
    }
}

/// Names and chat are clean before they get here; if they were not, nothing that steers a terminal would pass.
#[test]
fn escapes_never_reach_the_screen() {
    let hostile = "\u{1b}[2J\u{9b}31m\u{7}\u{8}\r\nBo\u{202e}\u{2066}";
    let mut room = nine(0);
    room.state.title = hostile.to_owned();
    for member in room.state.circle.seats.values_mut() {
        member.name = hostile.to_owned();
    }
    write(&mut room, hostile, hostile);
    knock(&mut room, 1, hostile, 5);
    for size in [(80, 24), (40, 12), (30, 5), (80, 1)] {
        let mut model = Model::new(size.0, size.1);
        let gone = Event::Departed { seat: SeatId(1), name: hostile.to_owned(), why: Departure::Removed };
        model.hear(&gone, &room, NOW);
        let (cells, _) = buffer(&model, &room, size, Theme::new(true, false));
        for cell in &cells.content {
            assert!(!cell.symbol().contains(char::is_control), "{:?}", cell.symbol());
        }
    }
}

#[test]
fn time_may_stand_still_or_be_at_its_start() {
    let room = Room { phase: Phase::In, ..Room::default() };
    let mut model = Model::new(80, 24);
    assert_eq!(update(&mut model, &room, &TuiEvent::Tick, Time(0)), []);
    buffer(&model, &room, (80, 24), Theme::new(true, false));
}
