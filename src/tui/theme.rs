//! Colours and shapes. Nothing is said by a colour alone, so that all of it can be left out.

use ratatui::style::{Color, Modifier, Style};

/// How the screen looks: 16 colours or none, and which shapes the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours may be used.
    pub color: bool,
    /// Whether only ASCII can be shown.
    pub ascii: bool,
    /// The shapes.
    pub glyphs: &'static Glyphs,
}

/// The shapes on the screen, each one column wide.
#[derive(Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what it stands for")]
pub struct Glyphs {
    pub rule: &'static str,
    pub side: &'static str,
    pub dot: &'static str,
    pub more: &'static str,
    pub selected: &'static str,
    pub speaking: &'static str,
    pub hand: &'static str,
    pub muted: &'static str,
    pub poor: &'static str,
    pub away: &'static str,
    pub open: &'static str,
    pub closed: &'static str,
    pub up: &'static str,
    pub down: &'static str,
    /// Loudness `0..=7`.
    pub levels: [&'static str; 8],
    /// The frame of a question: corners from top left, clockwise.
    pub corners: [&'static str; 4],
}

/// For terminals that show Unicode.
pub(super) static UNICODE: Glyphs = Glyphs {
    rule: "─",
    side: "│",
    dot: "·",
    more: "…",
    selected: "›",
    speaking: "◆",
    hand: "▸",
    muted: "✕",
    poor: "~",
    away: "○",
    open: "●",
    closed: "○",
    up: "↑",
    down: "↓",
    levels: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇"],
    corners: ["┌", "┐", "┘", "└"],
};

/// For all others.
pub(super) static ASCII: Glyphs = Glyphs {
    rule: "-",
    side: "|",
    dot: "-",
    more: "~",
    selected: ">",
    speaking: "*",
    hand: "^",
    muted: "x",
    poor: "~",
    away: "o",
    open: "O",
    closed: "o",
    up: "^",
    down: "v",
    levels: [" ", ".", ":", "-", "=", "+", "#", "#"],
    corners: ["+", "+", "+", "+"],
};

impl Theme {
    /// With or without colours, with ASCII or Unicode shapes.
    pub fn new(color: bool, ascii: bool) -> Self {
        Self { color, ascii, glyphs: if ascii { &ASCII } else { &UNICODE } }
    }

    /// As the environment asks for: no colours if `NO_COLOR` is set or the terminal is dumb, ASCII if asked for or if the
    /// locale is not UTF-8. `var` looks an environment variable up.
    pub fn from_environment(ascii: bool, var: impl Fn(&str) -> Option<String>) -> Self {
        let filled = |name| var(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(filled).unwrap_or_default().to_lowercase();
        let utf8 = cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8");
        let dumb = filled("TERM").is_some_and(|term| term == "dumb");
        Self::new(filled("NO_COLOR").is_none() && !dumb, ascii || !utf8)
    }

    /// Text like any other.
    pub fn text(&self) -> Style {
        Style::new()
    }

    /// What is there to be found, not to be looked at: rules, units, members who are quiet.
    pub fn faint(&self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What a panel is called.
    pub fn heading(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The panel that the arrows move in.
    pub fn focused(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// The one that is selected.
    pub fn selected(&self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The colour of speech: the first of the two accents.
    pub fn speaking(&self) -> Style {
        self.accent(Style::new().add_modifier(Modifier::BOLD), Some(Color::Green), None)
    }

    /// My microphone is open, and I am heard: the second accent.
    pub fn microphone_open(&self) -> Style {
        let plain = Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED);
        if self.color { Style::new().add_modifier(Modifier::BOLD).fg(Color::Black).bg(Color::Green) } else { plain }
    }

    /// My microphone is closed.
    pub fn microphone_closed(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// I can't be heard, whatever my microphone does.
    pub fn microphone_blocked(&self) -> Style {
        self.accent(Style::new().add_modifier(Modifier::BOLD), Some(Color::Black), Some(Color::Yellow))
    }

    fn accent(&self, style: Style, fg: Option<Color>, bg: Option<Color>) -> Style {
        if self.color { Style { fg, bg, ..style } } else { style }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ascii: bool, vars: &[(&str, &str)]) -> (bool, bool) {
        let lookup = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let theme = Theme::from_environment(ascii, lookup);
        (theme.color, theme.ascii)
    }

    #[test]
    fn the_environment_decides_unless_told() {
        assert_eq!(of(false, &[("LANG", "en_GB.UTF-8")]), (true, false));
        assert_eq!(of(true, &[("LANG", "en_GB.UTF-8")]), (true, true));
        assert_eq!(of(false, &[("LANG", "C.utf8"), ("NO_COLOR", "1")]), (false, false));
        assert_eq!(of(false, &[("LANG", "C.utf8"), ("NO_COLOR", "")]), (true, false));
        assert_eq!(of(false, &[("LC_ALL", "C.utf8"), ("TERM", "dumb")]), (false, false));
        #[cfg(not(windows))]
        assert_eq!(of(false, &[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]), (true, true));
    }

    #[test]
    fn ascii_shapes_are_ascii_and_all_are_one_column_wide() {
        use unicode_width::UnicodeWidthStr;
        for glyphs in [&UNICODE, &ASCII] {
            let mut all = vec![glyphs.rule, glyphs.side, glyphs.dot, glyphs.more, glyphs.selected, glyphs.speaking];
            all.extend([glyphs.hand, glyphs.muted, glyphs.poor, glyphs.away, glyphs.open, glyphs.closed]);
            all.extend([glyphs.up, glyphs.down]);
            all.extend(glyphs.levels.iter().chain(&glyphs.corners));
            assert!(all.iter().all(|glyph| glyph.width() == 1));
            assert!(!std::ptr::eq(glyphs, &ASCII) || all.iter().all(|glyph| glyph.is_ascii()));
        }
    }
}
