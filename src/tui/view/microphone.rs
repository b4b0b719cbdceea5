//! My own microphone: impossible to miss, and true also when the line or the facilitator is in the way.

use ratatui::style::Style;

use super::scene::Scene;
use super::{footer, roster};
use crate::session::{Phase, Room};
use crate::text::{self, Heard};
use crate::tui::canvas::{Canvas, width};
use crate::tui::guide::{keys, label};
use crate::tui::keymap::{Action, Context};
use crate::tui::theme::Theme;

pub(super) fn heard(room: &Room) -> Heard {
    if let (true, Some(fault), false) = (room.mic.open, room.mic.fault, room.am_floor_muted()) {
        return Heard::Fault(fault);
    }
    match (&room.phase, room.mic.open) {
        (Phase::Returning(_), open) if room.seat_lapsed => Heard::NoSeat(open),
        (Phase::Returning(_), open) => Heard::NoLine(open),
        (Phase::Waiting, _) if room.check.is_some_and(|check| check.listens()) => Heard::Checked,
        (_, open) if room.am_floor_muted() => {
            let open = open || room.mic.listens;
            match room.state.turns.floor.holder {
                _ if room.me.is_some_and(|me| room.state.circle.is_muted(me)) => Heard::Muted(open),
                Some(_) => Heard::Stick(open),
                None => Heard::MuteAll(open),
            }
        }
        (Phase::Connecting | Phase::Waiting, true) => Heard::OpensInside,
        (_, true) if room.mic.opening => Heard::Opening,
        (_, true) => Heard::Open,
        (_, false) if room.mic.missing => Heard::NoMic,
        (_, false) => Heard::Closed,
    }
}

fn style(heard: Heard, theme: &Theme) -> (&'static str, Style) {
    let glyphs = theme.glyphs;
    match heard {
        Heard::NoLine(true) | Heard::NoSeat(true) => (glyphs.open, theme.microphone_blocked()),
        Heard::NoLine(false) | Heard::NoSeat(false) => (glyphs.closed, theme.microphone_blocked()),
        Heard::Muted(_) | Heard::MuteAll(_) | Heard::Stick(_) => (glyphs.muted, theme.microphone_blocked()),
        Heard::Checked => (glyphs.open, theme.microphone_closed()),
        Heard::Fault(_) | Heard::NoMic => (glyphs.muted, theme.microphone_blocked()),
        Heard::Opening | Heard::OpensInside => (glyphs.closed, theme.microphone_closed()),
        Heard::Open => (glyphs.open, theme.microphone_open()),
        Heard::Closed => (glyphs.closed, theme.microphone_closed()),
    }
}

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let heard = heard(room);
    let (glyph, style) = style(heard, theme);
    let badge = format!(" {glyph} {} ", heard.badge());
    let mut x = canvas.put(1, 0, &badge, style) + 2;
    if heard == Heard::Open && x + 7 <= canvas.width() {
        x = canvas.put(x, 0, &roster::bar(room.mic.level, canvas), theme.text()) + 2;
    }
    let figures = text::data(&text::kbps(&room.link), &text::bytes(room.link.data_bytes));
    let right = canvas.width().saturating_sub(1);
    let few = text::heard_by_few(room).filter(|_| heard == Heard::Open);
    let hint = few.unwrap_or_else(|| heard.hint(keys(room)));
    // Where the row of keys is taken by what is asked of me, the key stands here alone.
    let context = scene.model.context(room);
    let alone = !footer::shows(scene, Action::Mic) && Context::CIRCLE.contains(&context);
    let key = label(Context::Room, Action::Mic);
    let is_key = hint.starts_with(key);
    let hint = match hint.as_str() {
        // In a line that is written a key is a letter.
        _ if context == Context::Writing && is_key => "",
        hint if x + width(hint) > right && alone && is_key => key,
        hint => hint,
    };
    if x + width(hint) <= right {
        x = canvas.put(x, 0, hint, theme.text());
    }
    if x + 3 + width(&figures) <= right && room.link.data_bytes > 0 {
        canvas.put_right(right, 0, &figures, theme.faint());
    }
}
