//! The colours of the screen, and which of them are hard to read.

use ratatui::style::Color;

use super::contrast::{self, LEAST};
use crate::text::theme as text;

/// The colours of the screen: 16 of the terminal's own, or any. [`Color::Reset`] is whatever the terminal has there. A pair is text
/// and what is behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Whether the background is light, where it is the terminal's own.
    pub light: bool,
    /// What is behind everything.
    pub ground: Color,
    /// Text like any other.
    pub text: Color,
    /// What panels are called.
    pub heading: Color,
    /// What is there to be found, not to be looked at.
    pub faint: Color,
    /// Rules and frames; by default text, dimmed.
    pub rule: Color,
    /// What is selected; `None` for text with its colours reversed.
    pub selected: Option<(Color, Color)>,
    /// Whoever speaks.
    pub speaking: Color,
    /// My microphone is open, and I am heard.
    pub open: (Color, Color),
    /// I can't be heard, whatever my microphone does.
    pub blocked: (Color, Color),
}

/// For dark backgrounds, with the terminal's own colours.
pub const DARK: Palette = Palette {
    light: false,
    ground: Color::Reset,
    text: Color::Reset,
    heading: Color::Reset,
    faint: Color::Reset,
    rule: Color::Reset,
    selected: None,
    speaking: Color::Green,
    open: (Color::Black, Color::LightGreen),
    blocked: (Color::Black, Color::LightYellow),
};

/// For light backgrounds, with the terminal's own colours.
pub const LIGHT: Palette = Palette { light: true, speaking: Color::Blue, open: (Color::White, Color::Blue), ..DARK };

/// What a colour is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what it stands for")]
pub enum Part {
    Text,
    Heading,
    Faint,
    Selected,
    Speaking,
    Open,
    Blocked,
}

impl Palette {
    /// The parts whose text has a contrast of less than 4.5 to 1 in some terminal, and how much they have. What is the
    /// terminal's own on both sides isn't ours to judge, and rules are no text.
    pub fn hard_to_read(&self) -> Vec<(Part, f64)> {
        let on_ground = |part, color: Color| (part, color, self.ground);
        let pair = |part, (text, behind)| (part, text, behind);
        let mut all = vec![
            on_ground(Part::Text, self.text),
            on_ground(Part::Heading, self.heading),
            on_ground(Part::Faint, self.faint),
            on_ground(Part::Speaking, self.speaking),
            pair(Part::Open, self.open),
            pair(Part::Blocked, self.blocked),
        ];
        all.extend(self.selected.map(|selected| pair(Part::Selected, selected)));
        let least = |(part, text, behind)| (part, contrast::least(text, behind, self.light));
        all.into_iter().map(least).filter(|(_, ratio)| *ratio < LEAST).collect()
    }

    /// A sentence about those that are hard to read, if any are.
    pub fn warning(&self) -> Option<String> {
        let hard = self.hard_to_read();
        let least = hard.iter().map(|(_, ratio)| *ratio).fold(LEAST, f64::min);
        let names: Vec<_> = hard.iter().map(|(part, _)| text::PARTS[*part as usize]).collect();
        (!names.is_empty()).then(|| text::hard_to_read(&names, least))
    }

    /// The same in the nearest of 256 colours.
    pub(super) fn in_256(self) -> Self {
        let one = contrast::in_256;
        let pair = |(text, behind)| (one(text), one(behind));
        Self {
            light: self.light,
            ground: one(self.ground),
            text: one(self.text),
            heading: one(self.heading),
            faint: one(self.faint),
            rule: one(self.rule),
            selected: self.selected.map(pair),
            speaking: one(self.speaking),
            open: pair(self.open),
            blocked: pair(self.blocked),
        }
    }
}
