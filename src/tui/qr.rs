//! A QR code as rows of text.

use qrcodegen::{QrCode, QrCodeEcc};
use ratatui::style::{Color, Style};

use super::canvas::Canvas;
use super::theme::Theme;

/// Light modules around the code, as ISO/IEC 18004 has it.
const QUIET: i32 = 4;

/// The picture of a text.
pub(super) struct Picture(QrCode);

impl Picture {
    /// `None` if the text is too long for any.
    pub(super) fn of(text: &str) -> Option<Self> {
        // A screen has no dirt, and fewer modules are seen from further away.
        QrCode::encode_text(text, QrCodeEcc::Low).ok().map(Self)
    }

    /// Columns and rows: two modules share a column where there are half blocks, and one takes two columns elsewhere.
    pub(super) fn size(&self, theme: &Theme) -> (u16, u16) {
        let side = self.0.size() + 2 * QUIET;
        let (columns, rows) = if theme.ascii { (side * 2, side) } else { (side, (side + 1) / 2) };
        (columns as u16, rows as u16)
    }

    /// Draws it from the corner of a part on, which has to be large enough.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        let (columns, rows) = self.size(theme);
        for row in 0..rows {
            for column in 0..columns {
                let (symbol, style) = match theme.ascii {
                    true => {
                        let light = self.is_light(column / 2, row);
                        cell(theme, [light, light])
                    }
                    false => cell(theme, [self.is_light(column, row * 2), self.is_light(column, row * 2 + 1)]),
                };
                canvas.put(column, row, symbol, style);
            }
        }
    }

    fn is_light(&self, column: u16, row: u16) -> bool {
        !self.0.get_module(i32::from(column) - QUIET, i32::from(row) - QUIET)
    }
}

/// An upper and a lower module, light or not. Without colours it is drawn in light on a dark ground, and in dark on a light one.
fn cell(theme: &Theme, [upper, lower]: [bool; 2]) -> (&'static str, Style) {
    if theme.color {
        let color = |light| if light { Color::White } else { Color::Black };
        let style = Style::new().fg(color(upper)).bg(color(lower));
        return (if upper == lower { " " } else { "▀" }, style);
    }
    let ink = !theme.palette.light;
    let symbol = match (upper == ink, lower == ink) {
        (true, true) if theme.ascii => "#",
        (true, true) => "█",
        (true, false) => "▀",
        (false, true) => "▄",
        (false, false) => " ",
    };
    (symbol, Style::new())
}
