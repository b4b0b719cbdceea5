//! My own microphone: impossible to miss, and true also when the line or the facilitator is in the way.

use ratatui::style::Style;

use super::{Scene, footer, roster};
use crate::session::{Phase, Room};
use crate::text;
use crate::tui::canvas::{Canvas, width};
use crate::tui::keymap::{Action, Context};
use crate::tui::theme::Theme;

/// Whether I am heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// My line is cut.
    NoLine,
    /// The facilitator muted me; my microphone is open or closed.
    Muted(bool),
    /// All but the facilitator are muted.
    Quiet(bool),
    /// Another has the talking stick.
    Stick(bool),
    /// It is being checked, for me alone.
    Checked,
    /// My microphone is open.
    Open,
    /// My microphone is closed.
    Closed,
}

pub(super) fn heard(room: &Room) -> Heard {
    match (&room.phase, room.mic.open) {
        (Phase::Returning(_), _) => Heard::NoLine,
        (Phase::Waiting, _) if room.check.is_some_and(|check| check.listens()) => Heard::Checked,
        (_, open) if room.am_floor_muted() => {
            let open = open || room.mic.listens;
            match room.state.turns.floor.holder {
                _ if room.me.is_some_and(|me| room.state.floor_muted(me)) => Heard::Muted(open),
                Some(_) => Heard::Stick(open),
                None => Heard::Quiet(open),
            }
        }
        (_, true) => Heard::Open,
        (_, false) => Heard::Closed,
    }
}

impl Heard {
    fn badge(self, theme: &Theme) -> (&'static str, &'static str, Style) {
        let glyphs = theme.glyphs;
        match self {
            Self::NoLine => (glyphs.away, "YOUR LINE IS CUT, NOBODY HEARS YOU", theme.microphone_blocked()),
            Self::Muted(_) => (glyphs.muted, "THE FACILITATOR HAS MUTED YOU", theme.microphone_blocked()),
            Self::Quiet(_) => (glyphs.muted, "ALL BUT THE FACILITATOR ARE MUTED", theme.microphone_blocked()),
            Self::Stick(_) => (glyphs.muted, "SOMEONE ELSE HAS THE STICK", theme.microphone_blocked()),
            Self::Checked => (glyphs.open, "SOUND CHECK, NOTHING IS SENT", theme.microphone_closed()),
            Self::Open => (glyphs.open, "YOUR MICROPHONE IS OPEN", theme.microphone_open()),
            Self::Closed => (glyphs.closed, "YOUR MICROPHONE IS CLOSED", theme.microphone_closed()),
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::NoLine => "coming back by itself",
            Self::Muted(true) | Self::Quiet(true) | Self::Stick(true) => "nothing of yours is sent",
            Self::Quiet(false) | Self::Stick(false) => "w and a ask to speak",
            Self::Muted(false) => "r raises your hand",
            Self::Checked => "only you can see it",
            Self::Open => "space to close",
            Self::Closed => "space to open",
        }
    }

    /// In a few words, the shortest last.
    pub(super) fn words(self) -> [&'static str; 3] {
        match self {
            Self::NoLine => ["nobody hears you", "not heard", "cut"],
            Self::Muted(_) | Self::Quiet(_) | Self::Stick(_) => ["you are muted", "muted", "muted"],
            Self::Checked => ["sound check, nothing is sent", "sound check", "check"],
            Self::Open => ["your microphone is open", "mic open", "open"],
            Self::Closed => ["your microphone is closed", "mic closed", "closed"],
        }
    }
}

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let (room, theme) = (scene.room, canvas.theme);
    let heard = heard(room);
    let (glyph, words, style) = heard.badge(theme);
    let badge = format!(" {glyph} {words} ");
    let mut x = canvas.put(1, 0, &badge, style) + 2;
    if heard == Heard::Open && x + 7 <= canvas.width() {
        x = canvas.put(x, 0, &roster::bar(room.mic.level, canvas), theme.text()) + 2;
    }
    let figures = format!("{}   {} so far", text::kbps(&room.link), text::bytes(room.link.data_bytes));
    let right = canvas.width().saturating_sub(1);
    let few = text::heard_by_few(room).filter(|_| heard == Heard::Open);
    let hint = few.as_deref().unwrap_or(heard.hint());
    // Where the row of keys is taken by what is asked of me, the key stands here alone.
    let context = scene.model.context(room);
    let alone = !footer::shows(scene, Action::Mic) && Context::CIRCLE.contains(&context);
    let hint = match hint {
        // In a line that is written a space is a space.
        hint if context == Context::Writing && hint.starts_with("space ") => "",
        hint if x + width(hint) > right && alone && hint.starts_with("space ") => "space",
        hint => hint,
    };
    if x + width(hint) <= right {
        x = canvas.put(x, 0, hint, theme.text());
    }
    if x + 3 + width(&figures) <= right && room.link.data_bytes > 0 {
        canvas.put_right(right, 0, &figures, theme.faint());
    }
}
