//! What the screen shows: pure functions of the model, the room, the size, the theme and the time. A file a panel.

mod chat;
mod decide;
mod door;
mod entrance;
mod footer;
mod hands;
mod header;
mod help;
mod item;
mod microphone;
mod notice;
mod over;
mod pages;
mod picture;
mod roster;
mod scene;
mod small;
mod sound;
mod speaker;
mod strip;
mod verify;

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::canvas::Canvas;
pub use super::canvas::wrap;
use super::layout::{Full, Layout};
use super::model::{Model, Page};
use super::theme::Theme;
use crate::ids::Time;
use crate::session::{Phase, Room};
use scene::Scene;

/// Draws everything into `area` of `buffer`. Gives the place of the cursor: in the line that is written, or on what is selected, so
/// that braille displays and magnifiers follow it. `None` only where there is no place.
pub fn draw(
    model: &Model,
    room: &Room,
    buffer: &mut Buffer,
    area: Rect,
    theme: &Theme,
    now: Time,
) -> Option<(u16, u16)> {
    let focus = Cell::new(None);
    let mut canvas = Canvas::new(buffer, area, theme, &focus);
    canvas.fill();
    canvas.focus(0, 0);
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
    footer::draw(scene, &mut canvas).or(focus.get())
}

fn full_room(scene: Scene<'_>, full: &Full, canvas: &mut Canvas<'_>) {
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
    // The newest lines are seen above a question, too.
    let covered = notice::covers(scene, canvas).min(full.chat.height);
    let chat = Rect { height: full.chat.height - covered, ..full.chat };
    if verify::is_on(scene) {
        verify::draw(scene, &mut canvas.part(full.chat));
    } else {
        chat::draw(scene, &mut canvas.part(chat));
    }
    sound::draw(scene, &mut canvas.part(above(full.microphone)));
    microphone::draw(scene, &mut canvas.part(full.microphone));
}

/// The row above a panel.
fn above(panel: Rect) -> Rect {
    Rect::new(panel.x, panel.y.saturating_sub(1), panel.width, 1)
}

/// By how many lines a page can be scrolled down.
pub(super) fn page_end(page: &Page, room: &Room, size: (u16, u16)) -> usize {
    pages::end(page, room, size)
}

/// By how many lines the last page can be scrolled down.
pub(super) fn over_end(model: &Model, room: &Room) -> usize {
    over::end(model, room)
}
