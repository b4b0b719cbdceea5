//! What the screen shows: pure functions of the model, the room, the size, the theme and the time. A file a panel.

mod chat;
mod decide;
mod door;
mod entrance;
mod footer;
mod hands;
mod header;
mod layout;
mod microphone;
mod notice;
mod over;
mod pages;
mod roster;
mod small;
mod speaker;
mod strip;
mod verify;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::canvas::Canvas;
pub use super::canvas::wrap;
use super::{Model, Theme};
use crate::ids::Time;
use crate::session::{Phase, Room};
use layout::Layout;

/// What a panel is drawn from.
#[derive(Clone, Copy)]
struct Scene<'a> {
    model: &'a Model,
    room: &'a Room,
    now: Time,
    size: (u16, u16),
}

/// Draws everything into `area` of `buffer`. Gives the place of the cursor while a line is written.
pub fn draw(
    model: &Model,
    room: &Room,
    buffer: &mut Buffer,
    area: Rect,
    theme: &Theme,
    now: Time,
) -> Option<(u16, u16)> {
    let mut canvas = Canvas::new(buffer, area, theme);
    let (width, height) = (canvas.width(), canvas.height());
    let scene = Scene { model, room, now, size: (width, height) };
    let layout = Layout::of(width, height, room);
    match (&room.phase, &layout) {
        (_, Layout::Strip) => strip::draw(scene, &mut canvas),
        (Phase::Over(_), _) => over::draw(scene, &mut canvas),
        (Phase::Connecting | Phase::Waiting, _) => entrance::draw(scene, &mut canvas),
        (_, Layout::Full(full)) => full_room(scene, full, &mut canvas),
        (_, Layout::Small(_)) => small::draw(scene, &layout, &mut canvas),
    }
    if let Some(page) = &model.page
        && !matches!((&room.phase, &layout), (Phase::Over(_), _) | (_, Layout::Strip))
    {
        pages::draw(scene, page, &mut canvas);
    } else if !matches!(layout, Layout::Strip) {
        notice::draw(scene, &mut canvas);
    }
    footer::draw(scene, &mut canvas)
}

fn full_room(scene: Scene<'_>, full: &layout::Full, canvas: &mut Canvas<'_>) {
    header::draw(scene, &mut canvas.part(full.header));
    canvas.rule(full.header.bottom());
    roster::draw(scene, &mut canvas.part(full.roster));
    for side in &full.sides {
        canvas.part(*side).side(0);
    }
    speaker::draw(scene, &mut canvas.part(full.speaker));
    hands::draw(scene, &mut canvas.part(full.hands));
    decide::draw(scene, &mut canvas.part(full.decide));
    door::draw(scene, &mut canvas.part(full.door));
    if verify::is_on(scene) {
        verify::draw(scene, &mut canvas.part(full.chat));
    } else {
        chat::draw(scene, &mut canvas.part(full.chat));
    }
    canvas.rule(full.microphone.y.saturating_sub(1));
    microphone::draw(scene, &mut canvas.part(full.microphone));
}

/// Whether a terminal of this size has panels for the door and the hands.
pub(super) fn has_panels((columns, rows): (u16, u16)) -> bool {
    Layout::is_full(columns, rows)
}

/// Columns and rows for lines of chat; `None` if there is no place for them.
pub(super) fn chat_size((columns, rows): (u16, u16), room: &Room) -> Option<(u16, u16)> {
    let chat = Layout::of(columns, rows, room).chat()?;
    (chat.height > 1).then_some((chat.width, chat.height - 1))
}

/// Rows that a line of chat takes in so many columns.
pub(super) fn chat_rows(from: &str, text: &str, columns: u16) -> usize {
    chat::rows(from, text, columns).len()
}

/// By how many lines a page can be scrolled down.
pub(super) fn page_end(page: &super::Page, room: &Room, size: (u16, u16)) -> usize {
    pages::end(page, room, size)
}

/// By how many lines the last page can be scrolled down.
pub(super) fn over_end(model: &Model, room: &Room) -> usize {
    over::end(model, room)
}
