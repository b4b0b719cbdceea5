//! Colours are two accents, and can be left out.

use ratatui::style::{Color, Modifier};

use super::super::{Model, Theme};
use super::{buffer, press};
use crate::ids::SeatId;
use crate::session::Pick;
use crate::session::fixture::*;

#[test]
fn without_colours_there_is_none() {
    let mut room = nine(0);
    open(&mut room, 5);
    knock(&mut room, 1, "Jo", 40);
    let mut model = Model::new(80, 24);
    model.picked = Pick::new(&room, SeatId(6));
    for page in [None, Some('?'), Some('q')] {
        if let Some(key) = page {
            model.page = None;
            press(&mut model, &room, key);
        }
        for size in [(80, 24), (40, 12), (80, 1)] {
            let (cells, _) = buffer(&model, &room, size, Theme::new(false, false));
            assert!(cells.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
        }
    }
}

#[test]
fn colours_stand_for_who_speaks_and_for_my_microphone_only() {
    let mut room = nine(8);
    open(&mut room, 5);
    let (cells, _) = buffer(&Model::new(80, 24), &room, (80, 24), Theme::new(true, false));
    let mut coloured = String::new();
    for y in 0..24 {
        let row = (0..80).map(|x| &cells[(x, y)]).filter(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
        let row: String = row.map(|cell| cell.symbol()).collect();
        if !row.trim().is_empty() {
            coloured.push_str(row.trim());
            coloured.push('\n');
        }
    }
    assert_eq!(coloured, "Ana is speaking\n◆Anaspeaking▆▆▆▃▁\n● YOUR MICROPHONE IS OPEN\n");
}

#[test]
fn the_selected_name_is_reversed_and_pointed_at() {
    let room = nine(0);
    let mut model = Model::new(80, 24);
    model.picked = Pick::new(&room, SeatId(6));
    let (cells, _) = buffer(&model, &room, (80, 24), Theme::new(false, false));
    let reversed: String = cells
        .content
        .iter()
        .filter(|cell| cell.modifier.contains(Modifier::REVERSED))
        .map(|cell| cell.symbol())
        .collect();
    assert_eq!(reversed, "Fay");
}
