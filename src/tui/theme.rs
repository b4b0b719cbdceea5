//! Colours and shapes. Nothing is said by a colour alone, so that all of it can be left out.

use ratatui::style::{Color, Modifier, Style};

/// How the screen looks: 16 colours or none, and which shapes the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours may be used.
    pub color: bool,
    /// Whether only ASCII can be shown.
    pub ascii: bool,
    /// The accents, if there are colours.
    pub palette: Palette,
    /// The shapes.
    pub glyphs: &'static Glyphs,
}

/// The two accents of the screen, as far as the terminal's own colours go; a pair is text and what is behind it. All text has a
/// contrast of 4.5 to 1 at least, in the colours of the common terminals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Whoever speaks, on the terminal's own background.
    pub speaking: Color,
    /// My microphone is open, and I am heard.
    pub open: (Color, Color),
    /// I can't be heard, whatever my microphone does.
    pub blocked: (Color, Color),
}

/// For dark backgrounds.
pub const DARK: Palette = Palette {
    speaking: Color::Green,
    open: (Color::Black, Color::LightGreen),
    blocked: (Color::Black, Color::LightYellow),
};

/// For light backgrounds.
pub const LIGHT: Palette =
    Palette { speaking: Color::Blue, open: (Color::White, Color::Blue), blocked: (Color::Black, Color::LightYellow) };

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
    /// locale is not UTF-8. `INGLE_THEME` says whether the background is `light` or `dark`, or else `COLORFGBG` as some terminals set
    /// it. `var` looks an environment variable up.
    pub fn from_environment(ascii: bool, var: impl Fn(&str) -> Option<String>) -> Self {
        let filled = |name| var(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(filled).unwrap_or_default().to_lowercase();
        let utf8 = cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8");
        let dumb = filled("TERM").is_some_and(|term| term == "dumb");
        let behind = filled("COLORFGBG").and_then(|colors| colors.rsplit(';').next()?.parse::<u8>().ok());
        let light = match filled("INGLE_THEME").as_deref() {
            Some("light") => true,
            Some("dark") => false,
            Some(_) | None => matches!(behind, Some(7 | 9..=15)),
        };
        let palette = if light { LIGHT } else { DARK };
        Self { palette, ..Self::new(filled("NO_COLOR").is_none() && !dumb, ascii || !utf8) }
    }

    /// Text like any other.
    pub fn text(&self) -> Style {
        Style::new()
    }

    /// What is there to be found, not to be looked at: units, members who are quiet. Not dimmed: dim text is hard to read.
    pub fn faint(&self) -> Style {
        Style::new()
    }

    /// Rules and frames.
    pub fn line(&self) -> Style {
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
        let style = Style::new().add_modifier(Modifier::BOLD);
        if self.color { style.fg(self.palette.speaking) } else { style }
    }

    /// My microphone is open, and I am heard: the second accent.
    pub fn microphone_open(&self) -> Style {
        self.badge(self.palette.open)
    }

    /// My microphone is closed.
    pub fn microphone_closed(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// I can't be heard, whatever my microphone does.
    pub fn microphone_blocked(&self) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        if self.color { self.badge(self.palette.blocked) } else { bold }
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

    #[test]
    fn the_background_is_asked_for() {
        let palette = |vars: &[(&str, &str)]| {
            let lookup = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            Theme::from_environment(false, lookup).palette
        };
        assert_eq!((palette(&[]), palette(&[("COLORFGBG", "15;0")])), (DARK, DARK));
        assert_eq!((palette(&[("COLORFGBG", "0;15")]), palette(&[("INGLE_THEME", "light")])), (LIGHT, LIGHT));
        assert_eq!(palette(&[("INGLE_THEME", "dark"), ("COLORFGBG", "0;15")]), DARK);
    }

    /// The 16 colours of common terminals, as `0xRRGGBB`: xterm, the VGA console, Windows, and Tango (GNOME).
    const TERMINALS: [[u32; 16]; 4] = [
        [
            0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5, 0x7f_7f7f,
            0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
        ],
        [
            0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa, 0x55_5555,
            0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
        ],
        [
            0x0c_0c0c, 0xc5_0f1f, 0x13_a10e, 0xc1_9c00, 0x00_37da, 0x88_1798, 0x3a_96dd, 0xcc_cccc, 0x76_7676,
            0xe7_4856, 0x16_c60c, 0xf9_f1a5, 0x3b_78ff, 0xb4_009e, 0x61_d6d6, 0xf2_f2f2,
        ],
        [
            0x2e_3436, 0xcc_0000, 0x4e_9a06, 0xc4_a000, 0x34_65a4, 0x75_507b, 0x06_989a, 0xd3_d7cf, 0x55_5753,
            0xef_2929, 0x8a_e234, 0xfc_e94f, 0x73_9fcf, 0xad_7fa8, 0x34_e2e2, 0xee_eeec,
        ],
    ];

    fn in_terminal(color: Color, terminal: &[u32; 16]) -> u32 {
        let order = [
            Color::Black,
            Color::Red,
            Color::Green,
            Color::Yellow,
            Color::Blue,
            Color::Magenta,
            Color::Cyan,
            Color::Gray,
            Color::DarkGray,
            Color::LightRed,
            Color::LightGreen,
            Color::LightYellow,
            Color::LightBlue,
            Color::LightMagenta,
            Color::LightCyan,
            Color::White,
        ];
        terminal[order.iter().position(|other| *other == color).expect("one of the 16")]
    }

    /// The contrast of two colours as WCAG 2 has it, from 1 to 21.
    fn contrast(one: u32, other: u32) -> f64 {
        let light = |color: u32| -> f64 {
            let part = |shift: u32| {
                let value = f64::from((color >> shift) & 0xff) / 255.0;
                if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
        };
        let (one, other) = (light(one), light(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn text_keeps_its_contrast_on_dark_and_on_light() {
        assert!((contrast(0, 0xff_ffff) - 21.0).abs() < 0.01);
        let mut least = f64::MAX;
        for terminal in &TERMINALS {
            for (palette, behind) in [(DARK, 0x00_0000), (LIGHT, 0xff_ffff)] {
                let of = |color| in_terminal(color, terminal);
                let pairs = [palette.open, palette.blocked].map(|(text, behind)| (of(text), of(behind)));
                for (text, behind) in [(of(palette.speaking), behind)].into_iter().chain(pairs) {
                    least = least.min(contrast(text, behind));
                    assert!(contrast(text, behind) >= 4.5, "{text:06x} on {behind:06x}: {}", contrast(text, behind));
                }
            }
        }
        assert!(least < 21.0);
    }
}
