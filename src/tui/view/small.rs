//! The room on a small screen: the speaker, the names that matter, my microphone, three keys.

use ratatui::layout::Rect;

use super::scene::Scene;
use super::{chat, hands, header, microphone, roster, sound, verify};
use crate::ids::SeatId;
use crate::text::{self, LineState, Sign, Word};
use crate::tui::canvas::{Canvas, width, wrap};
use crate::tui::guide::{guide, keys};
use crate::tui::layout::Layout;

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
        LineState::Slow | LineState::Fair | LineState::Poor => {
            canvas.put_right(right, 3, text::line_state(scene.room).words(), theme.text())
        }
        _ => right + 2,
    };
    let comparing = verify::is_on(scene);
    let told = told(scene, line.saturating_sub(3), right.saturating_sub(1));
    let most = if comparing { 1 } else { LINES.max(usize::from(small.roster.height) / 4) };
    let told = &told[..told.len().min(most)];
    for (y, line_told) in (3..).zip(told) {
        let space = if y == 3 { line.saturating_sub(3) } else { right.saturating_sub(1) };
        let keys = line_told.keys.as_ref();
        let space = keys.map_or(space, |keys| canvas.put_right(1 + space, y, keys, theme.text()).saturating_sub(3));
        canvas.put_within(1, y, space, &line_told.text, theme.text());
    }
    if comparing {
        let top = small.roster.y;
        let rows = small.microphone.y.saturating_sub(top + 1);
        verify::draw(scene, &mut canvas.part(Rect::new(1, top, columns.saturating_sub(2), rows)));
    } else {
        // What there is to tell beyond one line is told in rows of the circle.
        let more = (told.len() as u16).saturating_sub(1).min(small.roster.height.saturating_sub(1));
        let roster = Rect { y: small.roster.y + more, height: small.roster.height - more, ..small.roster };
        names(scene, &mut canvas.part(roster));
        alone(scene, &mut canvas.part(roster));
        chat::draw(scene, &mut canvas.part(small.chat));
    }
    let above = Rect::new(0, small.microphone.y.saturating_sub(1), columns, 1);
    sound::draw(scene, &mut canvas.part(above));
    microphone::draw(scene, &mut canvas.part(small.microphone));
}

/// Something to tell in a line, and the keys for it.
struct Told {
    text: String,
    keys: Option<String>,
}

/// Most lines on the smallest of these screens.
const LINES: usize = 2;

/// Alarms, those at my door, what is asked of me or how far it is, and turns; or else how many are here. `first` and `space` are
/// the columns of the first line, and of the others.
fn told(scene: Scene<'_>, first: u16, space: u16) -> Vec<Told> {
    let room = scene.room;
    let mut lines: Vec<Told> = Vec::new();
    let plain = |text: String| Told { text, keys: None };
    if let Some(alarm) = room.state.care.alarms().first().filter(|_| room.hears_of_trouble()) {
        lines.push(plain(text::alarm_short(room, alarm)));
    }
    if room.am_facilitator() && !room.door.is_empty() {
        lines.push(plain(text::at_the_door(room)));
    }
    let space = if lines.is_empty() { first } else { space };
    if let Some(text) = text::asked_in_short(room, keys(room)) {
        // All of it is a page away.
        let keys = (width(&text) > space).then(|| format!("{} {}", keys(room)(Word::Proposal, ""), text::READ));
        lines.push(Told { text, keys });
    } else if let Some(lengths) = text::decided_so_far(room) {
        let text = lengths.iter().find(|text| width(text) <= space).or(lengths.last());
        lines.extend(text.cloned().map(plain));
    }
    let blocks = text::turn_blocks(room, scene.now);
    lines.extend(blocks.iter().map(|block| Told { text: block.short(), keys: hands::keys_of(block, room) }));
    if lines.is_empty() {
        lines.push(plain(text::how_many(room)));
    }
    lines
}

/// Before anybody else is there: how the others come in.
fn alone(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let Some(code) = scene.room.code.as_ref().filter(|_| scene.room.state.circle.seats.len() <= 1) else { return };
    let theme = canvas.theme;
    let [heading, invite] = text::alone(guide(scene.room));
    canvas.put(4, 2, &heading, theme.heading());
    canvas.put(4, 3, code, theme.text());
    for (y, line) in (4..).zip(wrap(&invite, canvas.width().saturating_sub(5))) {
        canvas.put(4, y, &line, theme.text());
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
        Some(Sign::Speaking(_) | Sign::Help) => 0,
        Some(Sign::Stick | Sign::Asks) => 1,
        Some(Sign::Hand(place)) => *place + 1,
        Some(Sign::Away(_) | Sign::Behind(_) | Sign::Poor | Sign::Muted | Sign::NoMic) => 100,
        Some(Sign::Mic(_)) => 101,
        Some(Sign::Gesture(_)) => 99,
        Some(Sign::Facilitator | Sign::CoFacilitator | Sign::Holds | Sign::Chair) => 102,
        Some(Sign::Quiet | Sign::Volume(_)) | None => 103,
    }
}
