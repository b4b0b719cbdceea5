//! Every screen at every kind of size, in colours, without, and in ASCII: one file a screen. Under a row with styles stands a row
//! that names them, so that a change of either is seen by itself.

use std::fmt::Write as _;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use insta::assert_snapshot;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::super::home::{self, Home, HomeChoice};
use super::super::{Model, Theme, TuiEvent, update, view};
use super::{canvas_width, decisions, invite, key, screens, turns};
use crate::session::fixture::*;
use crate::session::{Ended, Event, Hearing, Phase, Room};

const SIZES: [(u16, u16); 4] = [(80, 24), (60, 16), (40, 12), (80, 1)];

/// What is drawn on a buffer, for a size and a theme. Gives the place of the cursor.
type Draw = Box<dyn Fn(&mut Buffer, (u16, u16), &Theme) -> Option<(u16, u16)>>;

fn of_room(room: Room, mut model: Model, keys: &str) -> Draw {
    for c in keys.chars() {
        let code = if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
        update(&mut model, &room, &key(code), NOW);
    }
    Box::new(move |buffer, size, theme| {
        let mut model = model.clone();
        model.size = size;
        view::draw(&model, &room, buffer, Rect::new(0, 0, size.0, size.1), theme, NOW)
    })
}

fn of_home(home: Home) -> Draw {
    Box::new(move |buffer, size, theme| home::draw(&home, buffer, Rect::new(0, 0, size.0, size.1), theme))
}

fn over() -> (Room, Model) {
    let (mut room, mut model) = (turns::round(8), Model::new(80, 24));
    model.hear(&Event::Joined, &room, seconds_ago(3130));
    room.roster().into_iter().for_each(|seat| room.meet(seat));
    room.receipt = Some(room.receipt_at(3_130_000));
    let ended = Ended::Left;
    room.phase = Phase::Over(ended.clone());
    model.hear(&Event::Closed(ended), &room, NOW);
    (room, model)
}

/// Every screen by its name.
fn all() -> Vec<(&'static str, Draw)> {
    let model = || Model::new(80, 24);
    let choice = HomeChoice { name: "Ana".into(), ..HomeChoice::default() };
    let home = || Home::new(false, choice.clone(), home::Elsewhere::default(), None);
    let mut check = home();
    for code in [KeyCode::Char('s'), KeyCode::Esc, KeyCode::Esc] {
        check.update(&TuiEvent::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }
    check.hear(Hearing::WithEcho);
    let mut waiting = nine(8);
    waiting.phase = Phase::Waiting;
    let (facilitated, facilitator) = screens::busy();
    let (hosted, host) = invite::hosting("relay.example:4433");
    let (ended, last) = over();
    vec![
        ("home", of_home(home())),
        ("first_start", of_home(Home::new(true, HomeChoice::default(), home::Elsewhere::default(), None))),
        ("sound_check", of_home(check)),
        ("lobby", of_room(waiting.clone(), model(), "")),
        ("note", of_room(waiting, model(), "n")),
        ("room", of_room(nine(8), model(), "")),
        ("facilitator", of_room(facilitated, facilitator, "")),
        ("round", of_room(turns::round(4), model(), "")),
        ("vote", of_room(decisions::secret(8), model(), "")),
        ("turns_menu", of_room(nine(0), model(), "w")),
        ("writing", of_room(nine(8), model(), "\nhello")),
        ("help", of_room(nine(0), model(), "?")),
        ("search", of_room(nine(0), model(), "?/vote secret")),
        ("invitation", of_room(hosted.clone(), host.clone(), "i")),
        ("qr_code", of_room(hosted, host, "io")),
        ("leave", of_room(nine(0), model(), "q")),
        ("close", of_room(ended, last, "")),
    ]
}

/// A letter for how a cell looks; a blank for text like any other.
fn look(cell: &Cell) -> char {
    let has = |modifier| cell.modifier.contains(modifier);
    match (cell.fg, cell.bg) {
        (Color::Green, Color::Reset) => 'g',
        (Color::Black, Color::LightGreen) => 'G',
        (Color::Black, Color::LightYellow) => 'Y',
        (Color::Black, Color::White) => 'v',
        (Color::White, Color::Black) => '^',
        (Color::White, Color::White) => '#',
        (Color::Black, Color::Black) => '.',
        (Color::Reset, Color::Reset) if has(Modifier::REVERSED) => 'r',
        (Color::Reset, Color::Reset) if has(Modifier::UNDERLINED) => 'u',
        (Color::Reset, Color::Reset) if has(Modifier::BOLD) => 'b',
        (Color::Reset, Color::Reset) if has(Modifier::DIM) => 'd',
        (Color::Reset, Color::Reset) => ' ',
        (text, behind) => panic!("{text:?} on {behind:?} has no letter"),
    }
}

/// The rows of a screen; each with the row of its looks, if it has any but rules.
fn map(screen: &Buffer, cursor: Option<(u16, u16)>) -> String {
    let mut map = String::new();
    for y in 0..screen.area.height {
        let (mut line, mut looks, mut x) = (String::new(), String::new(), 0);
        while x < screen.area.width {
            let cell = &screen[(x, y)];
            line.push_str(cell.symbol());
            looks.push(look(cell));
            x += canvas_width(cell.symbol()).max(1);
        }
        let _ = writeln!(map, "{}", line.trim_end());
        if looks.contains(|c| !matches!(c, ' ' | 'd')) {
            let _ = writeln!(map, "~{}", looks.trim_end());
        }
    }
    let _ = writeln!(map, "cursor {cursor:?}");
    map
}

fn drawn(draw: &Draw, size: (u16, u16), theme: &Theme) -> (Buffer, Option<(u16, u16)>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    let cursor = draw(&mut buffer, size, theme);
    (buffer, cursor)
}

#[test]
fn every_screen_at_every_kind_of_size() {
    for (name, draw) in all() {
        let mut page = String::new();
        for size in SIZES {
            let (screen, cursor) = drawn(&draw, size, &Theme::new(true, false));
            let _ = write!(page, "== {}x{} in colours\n{}", size.0, size.1, map(&screen, cursor));
        }
        let (screen, cursor) = drawn(&draw, (60, 16), &Theme::new(false, false));
        let _ = write!(page, "== 60x16 without colours\n{}", map(&screen, cursor));
        let (screen, cursor) = drawn(&draw, (60, 16), &Theme::new(false, true));
        assert!(screen.content.iter().all(|cell| cell.symbol().is_ascii()), "{name}");
        let _ = write!(page, "== 60x16 in ASCII\n{}", map(&screen, cursor));
        assert_snapshot!(format!("gallery_{name}"), page);
    }
}

/// The columns at which the names of the circle and what stands behind them begin, by row.
fn columns(screen: &Buffer) -> Vec<u16> {
    (4..11)
        .filter_map(|y| (16..screen.area.width).find(|x| screen[(*x, y)].symbol() == "│").map(|x| x * 100 + y))
        .collect()
}

#[test]
fn names_in_any_script_keep_the_columns_through_resizes() {
    let plain = ["Ana", "Bo", "Cyn", "Dee", "Eli", "Fay", "Gus"];
    let any = [
        "👩\u{200d}👩\u{200d}👧\u{200d}👦 Fam",
        "Zoe\u{308} Nguye\u{302}\u{303}n",
        "李娜李娜李娜李娜李娜",
        "أحمد محمود",
        "שרה לוי",
        "🏳\u{fe0f}\u{200d}🌈 ok",
        "क्ष्मि देवी",
    ];
    let at = |names: &[&str], size: (u16, u16)| {
        let (room, mut model) = (group(names, 6), Model::new(size.0, size.1));
        for size in [(40, 12), (132, 50), (30, 3), size] {
            update(&mut model, &room, &TuiEvent::Resize(size.0, size.1), NOW);
        }
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        view::draw(&model, &room, &mut buffer, Rect::new(0, 0, size.0, size.1), &Theme::new(true, false), NOW);
        buffer
    };
    for size in [(80, 24), (100, 30), (132, 50)] {
        let (one, other) = (columns(&at(&plain, size)), columns(&at(&any, size)));
        assert!(!one.is_empty() && one == other, "{size:?}: {one:?} {other:?}");
    }
}
