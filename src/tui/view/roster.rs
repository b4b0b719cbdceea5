//! The members in the circle, and how each of them is.

use ratatui::layout::Rect;

use super::scene::Scene;
use crate::ids::SeatId;
use crate::text::{self, Sign};
use crate::tui::canvas::{Canvas, width};
use crate::tui::model::Focus;

/// The most rows for members who vanished.
const ALARMS: u16 = 3;

/// Columns for the longest words about a member: "away 1:20, coming back".
const WORDS: u16 = 22;

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let roster = room.roster();
    let style = if scene.model.focus(room) == Focus::Roster { theme.focused() } else { theme.heading() };
    if scene.model.focus(room) == Focus::Roster {
        canvas.focus(2, 0);
    }
    let after = canvas.put(2, 0, text::IN_THE_CIRCLE.get(), style);
    let after = canvas.put(after + 2, 0, &roster.len().to_string(), theme.text());
    if room.state.locked {
        canvas.put(after + 2, 0, text::DOOR_LOCKED.get(), theme.text());
    }
    let rows = alarms(scene, canvas);
    let mut list = canvas.part(Rect::new(0, 1, canvas.width(), rows + 1));
    let picked = scene.model.picked.and_then(|pick| pick.seat(room));
    if roster.len() <= usize::from(rows) {
        for (y, seat) in (1..).zip(&roster) {
            member(scene, *seat, y, picked, &mut list);
        }
        return;
    }
    // I am always in sight; the others move past.
    let (others, me) = match roster.split_last() {
        Some((last, others)) if room.me == Some(*last) => (others, Some(*last)),
        _ => (roster.as_slice(), None),
    };
    let space = usize::from(rows).saturating_sub(1 + usize::from(me.is_some()));
    let at = picked.and_then(|seat| others.iter().position(|other| *other == seat));
    let at = at.unwrap_or(if picked.is_some() { others.len() } else { 0 });
    let top = window(at, space, others.len());
    if top > 0 {
        list.put(4, 0, &format!("{} {}", theme.glyphs.up, text::more(top)), theme.faint());
    }
    let mut y = 1;
    for seat in others.iter().skip(top).take(space) {
        member(scene, *seat, y, picked, &mut list);
        y += 1;
    }
    let below = others.len().saturating_sub(top + space);
    if below > 0 {
        list.put(4, y, &format!("{} {}", theme.glyphs.down, text::more(below)), theme.faint());
    }
    if let Some(me) = me {
        member(scene, me, y + 1, picked, &mut list);
    }
}

/// Members who vanished, below, for those who lead. Gives the rows that are left for the circle.
fn alarms(scene: Scene<'_>, canvas: &mut Canvas<'_>) -> u16 {
    let (room, theme) = (scene.room, canvas.theme);
    let rows = canvas.height().saturating_sub(2);
    let alarms = if room.hears_of_trouble() { room.state.care.alarms() } else { &[] };
    let shown = (alarms.len() as u16).min(ALARMS).min(rows / 3);
    let top = canvas.height().saturating_sub(shown);
    for (y, at) in (top..).zip(0..shown) {
        let more = alarms.len() - usize::from(at) - 1;
        let line = match alarms.get(usize::from(at)) {
            Some(_) if at + 1 == shown && more > 0 => text::more_vanished(more + 1),
            Some(alarm) => text::alarm_short(room, alarm),
            None => continue,
        };
        canvas.put(2, y, theme.glyphs.away, theme.heading());
        canvas.put_within(4, y, canvas.width().saturating_sub(5), &line, theme.heading());
    }
    rows.saturating_sub(shown)
}

/// The first of `space` lines that keep line `at` of `all` in sight, with two more before and after it where there are.
fn window(at: usize, space: usize, all: usize) -> usize {
    let margin = 2.min(space.saturating_sub(1) / 2);
    (at + margin + 1).saturating_sub(space).min(all.saturating_sub(space))
}

/// One member in row `y`.
pub(super) fn member(scene: Scene<'_>, seat: SeatId, y: u16, picked: Option<SeatId>, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let signs = text::signs(room, seat, scene.now);
    let Some(first) = signs.first().copied() else { return };
    if picked == Some(seat) {
        canvas.put(1, y, theme.glyphs.selected, theme.heading());
        if scene.model.focus(room) == Focus::Roster {
            canvas.focus(4, y);
        }
    }
    let style = match first {
        Sign::Speaking(_) => theme.speaking(),
        Sign::Quiet => theme.faint(),
        _ => theme.text(),
    };
    canvas.put(2, y, mark(first, canvas), style);
    let name = if room.me == Some(seat) { text::YOU.get() } else { text::name(room, seat) };
    let name_style = match first {
        Sign::Speaking(_) => theme.speaking(),
        _ => theme.text(),
    };
    let full = canvas.width().saturating_sub(1);
    let words = width(&first.words()) + if matches!(first, Sign::Speaking(_)) { 6 } else { 0 };
    // All words stand in one column, unless a long name takes what its own words don't need.
    let usual = full.saturating_sub(6 + WORDS).clamp(8, 16);
    let column = width(name).min(full.saturating_sub(6 + words)).max(usual);
    canvas.put_within(4, y, column, name, name_style);
    let mut x = 4 + column + 2;
    for (at, sign) in signs.iter().enumerate() {
        let words = if at == 0 { sign.words() } else { format!(", {}", sign.words()) };
        // What matters less is left out whole.
        if at > 0 && x + width(&words) > full {
            break;
        }
        x = canvas.put_within(x, y, full.saturating_sub(x), &words, if at == 0 { style } else { theme.text() });
        if let Sign::Speaking(level) = sign {
            let meter = bar(*level, canvas);
            if x + 6 <= full {
                x = canvas.put(x + 1, y, &meter, theme.speaking());
            }
        }
    }
    if picked == Some(seat) {
        let row = Rect::new(4, y, column.min(width(name)), 1);
        canvas.part(row).style_row(0, theme.selected());
    }
}

/// The shape of a sign.
fn mark(sign: Sign, canvas: &Canvas<'_>) -> &'static str {
    let glyphs = canvas.theme.glyphs;
    match sign {
        Sign::Speaking(_) => glyphs.speaking,
        Sign::Hand(_) | Sign::Asks => glyphs.hand,
        Sign::Muted => glyphs.muted,
        Sign::Poor | Sign::Behind(_) | Sign::NoMic => glyphs.poor,
        Sign::Away(_) => glyphs.away,
        Sign::Help => glyphs.hand,
        Sign::Facilitator
        | Sign::Stick
        | Sign::CoFacilitator
        | Sign::Holds
        | Sign::Chair
        | Sign::Gesture(_)
        | Sign::Mic(_)
        | Sign::Volume(_)
        | Sign::Quiet => " ",
    }
}

/// A level `0..=7` as five columns.
pub(super) fn bar(level: u8, canvas: &Canvas<'_>) -> String {
    let levels = canvas.theme.glyphs.levels;
    let eighths = usize::from(level.min(7)) * 5;
    (0..5)
        .map(|column| match eighths.saturating_sub(column * 7) {
            0 => levels[1],
            1..7 => levels[3],
            _ => levels[6],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn the_selected_line_is_always_in_sight() {
        for all in 0..60 {
            for space in 1..20 {
                for at in 0..all {
                    let top = window(at, space, all);
                    assert!((top..top + space).contains(&at), "{at} of {all} in {space}");
                    assert!(top == 0 || top + space <= all);
                }
            }
        }
    }
}
