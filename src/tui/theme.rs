//! Colours and shapes. Nothing is said by a colour alone, so that all of it can be left out.

mod contrast;
mod palette;

use ratatui::style::{Color, Modifier, Style};

pub use self::palette::{DARK, LIGHT, Palette, Part};

/// How the screen looks: its colours or none, and which shapes the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours may be used.
    pub color: bool,
    /// Whether only ASCII can be shown.
    pub ascii: bool,
    /// The colours, if there are any.
    pub palette: Palette,
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
        Self { color, ascii, palette: DARK, glyphs: if ascii { &ASCII } else { &UNICODE } }
    }

    /// As the environment asks for: no colours if `NO_COLOR` is set or the terminal is dumb, ASCII if asked for or if the
    /// locale is not UTF-8. Without a palette that was `chosen`, `COLORFGBG` says what the background is like, as some terminals
    /// set it. Where `COLORTERM` doesn't promise all colours, the nearest of 256 are taken. `var` looks an environment variable up.
    pub fn from_environment(ascii: bool, chosen: Option<Palette>, var: impl Fn(&str) -> Option<String>) -> Self {
        let filled = |name| var(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(filled).unwrap_or_default().to_lowercase();
        let utf8 = cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8");
        let dumb = filled("TERM").is_some_and(|term| term == "dumb");
        let behind = filled("COLORFGBG").and_then(|colors| colors.rsplit(';').next()?.parse::<u8>().ok());
        let all = filled("COLORTERM").is_some_and(|says| matches!(says.as_str(), "truecolor" | "24bit"));
        let own = if matches!(behind, Some(7 | 9..=15)) { LIGHT } else { DARK };
        let palette = chosen.map_or(own, |chosen| if all { chosen } else { chosen.in_256() });
        Self { palette, ..Self::new(filled("NO_COLOR").is_none() && !dumb, ascii || !utf8) }
    }

    /// Text like any other, and what is behind it.
    pub fn text(&self) -> Style {
        self.on_ground(self.palette.text)
    }

    /// What is there to be found, not to be looked at: units, members who are quiet. Not dimmed: dim text is hard to read.
    pub fn faint(&self) -> Style {
        self.on_ground(self.palette.faint)
    }

    /// Rules and frames.
    pub fn line(&self) -> Style {
        match self.palette.rule {
            Color::Reset => self.text().add_modifier(Modifier::DIM),
            rule => self.on_ground(rule),
        }
    }

    /// What a panel is called.
    pub fn heading(&self) -> Style {
        self.on_ground(self.palette.heading).add_modifier(Modifier::BOLD)
    }

    /// The panel that the arrows move in.
    pub fn focused(&self) -> Style {
        self.heading().add_modifier(Modifier::UNDERLINED)
    }

    /// The one that is selected.
    pub fn selected(&self) -> Style {
        match self.palette.selected.filter(|_| self.color) {
            Some((text, behind)) => Style::new().fg(text).bg(behind),
            None => self.text().add_modifier(Modifier::REVERSED),
        }
    }

    /// The colour of speech: the first of the two accents.
    pub fn speaking(&self) -> Style {
        self.on_ground(self.palette.speaking).add_modifier(Modifier::BOLD)
    }

    /// My microphone is open, and I am heard: the second accent.
    pub fn microphone_open(&self) -> Style {
        self.badge(self.palette.open)
    }

    /// My microphone is closed.
    pub fn microphone_closed(&self) -> Style {
        self.text().add_modifier(Modifier::BOLD)
    }

    /// I can't be heard, whatever my microphone does.
    pub fn microphone_blocked(&self) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        if self.color { self.badge(self.palette.blocked) } else { bold }
    }

    /// A colour before the ground; the terminal's own are left as they are.
    fn on_ground(&self, text: Color) -> Style {
        let set = |color: Color| Some(color).filter(|color| self.color && *color != Color::Reset);
        Style { fg: set(text), bg: set(self.palette.ground), ..Style::new() }
    }

    fn badge(&self, (text, behind): (Color, Color)) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        if self.color { bold.fg(text).bg(behind) } else { bold.add_modifier(Modifier::REVERSED) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ascii: bool, vars: &[(&str, &str)]) -> (bool, bool) {
        let lookup = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let theme = Theme::from_environment(ascii, None, lookup);
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

    #[test]
    fn the_background_is_asked_for() {
        let palette = |vars: &[(&str, &str)]| {
            let lookup = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            Theme::from_environment(false, None, lookup).palette
        };
        assert_eq!((palette(&[]), palette(&[("COLORFGBG", "15;0")])), (DARK, DARK));
        assert_eq!(palette(&[("COLORFGBG", "0;15")]), LIGHT);
    }

    #[test]
    fn text_keeps_its_contrast_on_dark_and_on_light() {
        for palette in [DARK, LIGHT] {
            assert_eq!(palette.hard_to_read(), []);
        }
        let pale = Palette { speaking: Color::LightGreen, ..LIGHT };
        let [(part, ratio)] = pale.hard_to_read()[..] else { panic!("one part") };
        assert!(part == Part::Speaking && ratio < 2.0, "{ratio}");
        let unseen = Palette { ground: Color::Rgb(9, 9, 9), text: Color::Rgb(99, 99, 99), ..DARK };
        assert_eq!(unseen.hard_to_read().iter().map(|(part, _)| *part).collect::<Vec<_>>(), [Part::Text]);
    }

    #[test]
    fn a_terminal_with_fewer_colours_gets_the_nearest() {
        let theme = Palette { speaking: Color::Rgb(0x7f, 0xd8, 0x8f), ground: Color::Rgb(16, 18, 20), ..DARK };
        let of = |vars: &[(&str, &str)]| {
            let lookup = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            Theme::from_environment(false, Some(theme), lookup).palette
        };
        assert_eq!(of(&[("COLORTERM", "truecolor")]), theme);
        assert_eq!((of(&[]).speaking, of(&[]).ground), (Color::Indexed(114), Color::Indexed(233)));
        assert!(of(&[]).hard_to_read().is_empty());
    }
}
