//! The room on a small screen: who speaks, the names that matter, my microphone, three keys.

use ratatui::layout::Rect;

use super::layout::Layout;
use super::{Scene, chat, decide, door, header, microphone, roster, verify};
use crate::ids::SeatId;
use crate::text::{self, LineState, Sign};
use crate::tui::canvas::{Canvas, width};

pub(super) fn draw(scene: Scene<'_>, layout: &Layout, canvas: &mut Canvas<'_>) {
    let Layout::Small(small) = layout else { return };
    let theme = canvas.theme;
    let columns = canvas.width();
    header::draw_small(scene, &mut canvas.part(Rect::new(0, 0, columns, 1)));
    canvas.rule(1);
    let (sentence, since) = text::speaking(scene.room, scene.now);
    let right = columns.saturating_sub(1);
    let end = match since {
        Some(since) => canvas.put_right(right, 2, &text::span(since), theme.text()).saturating_sub(2),
        None => right,
    };
    let style = if since.is_some() { theme.speaking() } else { theme.text() };
    let space = end.saturating_sub(1);
    let sentence = if width(&sentence) > space { text::speaking_short(scene.room) } else { sentence };
    canvas.put_within(1, 2, space, &sentence, style);
    // The header has no room for the line, so it is told here when there is something to tell.
    let line = match text::line_state(scene.room) {
        LineState::Fair | LineState::Poor => {
            canvas.put_right(right, 3, text::line_state(scene.room).words(), theme.text())
        }
        _ => right + 2,
    };
    canvas.put_within(1, 3, line.saturating_sub(3), &turn(scene), theme.text());
    if verify::is_on(scene) {
        let top = small.roster.y;
        let rows = small.microphone.y.saturating_sub(top + 1);
        verify::draw(scene, &mut canvas.part(Rect::new(1, top, columns.saturating_sub(2), rows)));
    } else {
        names(scene, &mut canvas.part(small.roster));
        chat::draw(scene, &mut canvas.part(small.chat));
    }
    canvas.rule(small.microphone.y.saturating_sub(1));
    microphone::draw(scene, &mut canvas.part(small.microphone));
}

/// Who waits at my door, or else what is asked of me, or else whose turn it is, or else how many are here.
fn turn(scene: Scene<'_>) -> String {
    let room = scene.room;
    if room.am_facilitator() && !room.door.is_empty() {
        let names: Vec<_> = room.door.iter().map(door::called).collect();
        return format!("At the door: {}", text::names(&names));
    }
    if let Some(line) = decide::line(room) {
        return line.into_iter().nth(1).unwrap_or_default();
    }
    if let Some(alarm) = room.state.alarms().first().filter(|_| room.hears_of_trouble()) {
        return text::alarm_short(room, alarm);
    }
    match text::turn_blocks(room, scene.now).first() {
        Some(block) => block.short(),
        None if room.state.locked => format!("{} in the circle, door locked", room.state.seats.len()),
        None => format!("{} in the circle", room.state.seats.len()),
    }
}

/// The names that matter first; around the selected one in the usual order while there is one.
fn names(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let room = scene.room;
    let rows = usize::from(canvas.height());
    let mut order = room.roster();
    let picked = scene.model.picked.and_then(|pick| pick.seat(room));
    if let Some(at) = picked.and_then(|seat| order.iter().position(|other| *other == seat)) {
        let top = at.saturating_sub(rows / 2).min(order.len().saturating_sub(rows));
        order.drain(..top);
    } else if order.len() > rows {
        order.sort_by_cached_key(|seat| weight(scene, *seat));
    }
    for (y, seat) in (0..canvas.height()).zip(order) {
        roster::member(scene, seat, y, picked, canvas);
    }
}

/// Speaking, hands and trouble first; equal ones stay in the order of arrival.
fn weight(scene: Scene<'_>, seat: SeatId) -> usize {
    match text::signs(scene.room, seat, scene.now).first() {
        Some(Sign::Speaking(_)) => 0,
        Some(Sign::Help) => 0,
        Some(Sign::Stick | Sign::Asks) => 1,
        Some(Sign::Hand(place)) => *place + 1,
        Some(Sign::Away(_) | Sign::Behind(_) | Sign::Poor | Sign::Muted) => 100,
        Some(Sign::Mic(_)) => 101,
        Some(Sign::Facilitator | Sign::CoFacilitator | Sign::Holds | Sign::Chair | Sign::Here) => 102,
        Some(Sign::Quiet) | None => 103,
    }
}
