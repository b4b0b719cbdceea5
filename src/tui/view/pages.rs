//! What lies over the screen: the help, a few lines to read, a question.

use std::ops::Range;

use ratatui::layout::Rect;

use super::item::item;
use super::scene::Scene;
use super::{help, picture};
use crate::ids::SeatId;
use crate::session::Room;
use crate::text;
use crate::tui::canvas::{Canvas, width, wrap};
use crate::tui::guide::{guide, label};
use crate::tui::keymap::{Action, Context};
use crate::tui::layout::Layout;
use crate::tui::menu::{self, Line, Menu};
use crate::tui::model::Page;

pub(super) fn draw(scene: Scene<'_>, page: &Page, canvas: &mut Canvas<'_>) {
    if let Page::Picture(links) = page {
        return picture::draw(links, canvas);
    }
    let theme = canvas.theme;
    let full = Layout::is_full(canvas.width(), canvas.height());
    let (frame, text) = places(page, scene.room, (canvas.width(), canvas.height()));
    canvas.part(frame).clear();
    if full {
        border(frame, canvas);
    }
    let (heading, lines) = content(page, scene.room, text.width);
    let rows = usize::from(text.height.saturating_sub(2));
    let selected = match page {
        Page::Menu(menu, at) => selected(*menu, *at, scene.room, text.width),
        Page::Help(_)
        | Page::Text(..)
        | Page::Invite(..)
        | Page::Picture(_)
        | Page::Leave(_)
        | Page::Remove(_)
        | Page::Decline(_)
        | Page::End => 0..0,
    };
    // What is selected is always in sight.
    let top = if selected.is_empty() { top(page) } else { selected.end.saturating_sub(rows).min(selected.start) };
    let top = top.min(end(page, scene.room, (canvas.width(), canvas.height())));
    let mut part = canvas.part(text);
    part.put(0, 0, &heading, theme.heading());
    // A question is where the cursor stands; a page is read from its first line on.
    part.focus(0, if matches!(page, Page::Help(_) | Page::Text(..) | Page::Invite(..)) { 2 } else { 0 });
    if let Page::Help(page) = page
        && page.writes
    {
        part.focus(help::cursor(page).min(text.width.saturating_sub(1)), 0);
    }
    for (y, (at, line)) in (2..).zip(lines.iter().enumerate().skip(top).take(rows)) {
        let style = if selected.contains(&at) { theme.selected() } else { theme.text() };
        part.put(0, y, line, style);
        if at == selected.start && !selected.is_empty() {
            part.focus(0, y);
        }
    }
    let below = lines.len().saturating_sub(top + rows);
    if below > 0 {
        let right = part.width();
        part.put_right(right, 0, &format!("{} {}", theme.glyphs.down, text::more(below)), theme.faint());
    }
}

/// The most lines a page can be scrolled down by.
pub(super) fn end(page: &Page, room: &Room, size: (u16, u16)) -> usize {
    let (_, text) = places(page, room, size);
    let (_, lines) = content(page, room, text.width);
    lines.len().saturating_sub(usize::from(text.height.saturating_sub(2)))
}

fn top(page: &Page) -> usize {
    match page {
        Page::Help(page) => page.top,
        Page::Text(_, _, top) | Page::Invite(_, top) => *top,
        Page::Menu(..) | Page::Picture(_) | Page::Leave(_) | Page::Remove(_) | Page::Decline(_) | Page::End => 0,
    }
}

/// The frame and the text within it: in the middle of a full screen, all but the keys of a small one.
fn places(page: &Page, room: &Room, (columns, rows): (u16, u16)) -> (Rect, Rect) {
    if !Layout::is_full(columns, rows) {
        let frame = Rect::new(0, 0, columns, rows.saturating_sub(1));
        return (frame, Rect::new(1, 0, columns.saturating_sub(2), frame.height));
    }
    // As wide as it has to be, so that as much as possible of the circle stays in sight.
    let (heading, lines) = content(page, room, 76.min(columns - 4) - 6);
    let widest = lines.iter().chain([&heading]).map(|line| width(line)).max().unwrap_or(0);
    let wide = (widest + 6).max(40);
    let high = (lines.len() as u16).saturating_add(4).min(rows - 3);
    let frame = Rect::new((columns - wide) / 2, (rows - 1 - high) / 2, wide, high);
    (frame, Rect::new(frame.x + 3, frame.y + 1, wide - 6, high - 2))
}

fn border(frame: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let mut part = canvas.part(frame);
    let (right, bottom) = (frame.width - 1, frame.height - 1);
    part.rule(0);
    part.rule(bottom);
    for y in 1..bottom {
        part.put(0, y, theme.glyphs.side, theme.line());
        part.put(right, y, theme.glyphs.side, theme.line());
    }
    for ((x, y), corner) in [(0, 0), (right, 0), (right, bottom), (0, bottom)].into_iter().zip(theme.glyphs.corners) {
        part.put(x, y, corner, theme.line());
    }
}

/// The heading, and the lines below it wrapped to `columns`.
fn content(page: &Page, room: &Room, columns: u16) -> (String, Vec<String>) {
    let (heading, lines) = match page {
        Page::Help(page) => return (help::heading(page), help::lines(page, room, columns)),
        Page::Text(heading, lines, _) => ((*heading).to_owned(), lines.clone()),
        Page::Invite(lines, _) => (text::WHAT_OTHERS_NEED.to_owned(), lines.clone()),
        Page::Picture(_) => (text::qr::QR_CODE.to_owned(), vec![]),
        Page::Menu(menu, _) => return (menu.heading().to_owned(), choices(*menu, room, columns)),
        Page::Leave(selected) => return leave(room, selected.and_then(|pick| pick.seat(room)), columns),
        Page::Remove(pick) => {
            let name = pick.seat(room).and_then(|seat| room.state.circle.name(seat));
            let [question, hint] = text::remove_question(name, guide(room));
            (question, vec![hint])
        }
        Page::End => {
            let [question, hint] = text::end_question();
            (question, vec![hint])
        }
        Page::Decline(attempt) => {
            let waiting = room.door.iter().find(|waiting| waiting.attempt == *attempt);
            let [question, hint] = text::decline_question(waiting.map(|waiting| waiting.name.as_str()));
            (question, vec![hint])
        }
    };
    (heading, lines.iter().flat_map(|line| indented(line, columns)).collect())
}

/// What it means to leave, and the key for each way.
fn leave(room: &Room, selected: Option<SeatId>, columns: u16) -> (String, Vec<String>) {
    let text::Leaving { question, told, go, end, stay } = text::leaving(room, selected);
    let mut lines: Vec<_> = told.iter().flat_map(|line| wrap(line, columns)).collect();
    lines.push(String::new());
    let ways = [(Action::Yes, Some(go.as_str())), (Action::EndForAll, end), (Action::No, Some(stay))];
    for (action, way) in ways {
        let way = way.map(|way| item(label(Context::Asking, action), 4, way, columns));
        lines.extend(way.into_iter().flatten());
    }
    (question.to_owned(), lines)
}

/// A line wrapped to `columns`; what continues it stands under its first letter.
fn indented(line: &str, columns: u16) -> Vec<String> {
    let indent = line.len() - line.trim_start().len();
    let space = " ".repeat(indent);
    wrap(line.trim_start(), columns.saturating_sub(indent as u16))
        .iter()
        .map(|piece| format!("{space}{piece}"))
        .collect()
}

/// What a menu has for this person now.
fn choices(menu: Menu, room: &Room, columns: u16) -> Vec<String> {
    let lines = menu::lines(menu, room);
    if lines.is_empty() {
        return match menu {
            Menu::Roles => wrap(&text::roles_are_given(guide(room)), columns),
            _ => wrap(text::menus::NOTHING_TO_DO.get(), columns),
        };
    }
    let mut shown: Vec<_> = lines.iter().flat_map(|line| choice(line, columns)).collect();
    if let (Menu::Turns, Some(share)) = (menu, text::my_share(room)) {
        shown.push(String::new());
        shown.extend(wrap(&share, columns));
    }
    shown
}

fn choice(line: &Line, columns: u16) -> Vec<String> {
    item(&line.key.to_string(), 3, line.help.get(), columns)
}

/// Which rows of a menu its selected line has.
fn selected(menu: Menu, at: usize, room: &Room, columns: u16) -> Range<usize> {
    let lines = menu::lines(menu, room);
    // What there was to do may no longer be.
    let at = at.min(lines.len().saturating_sub(1));
    let start = lines.iter().take(at).map(|line| choice(line, columns).len()).sum();
    start..start + lines.get(at).map_or(0, |line| choice(line, columns).len())
}
