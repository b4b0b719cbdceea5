//! A part of the screen to write on. Nothing written here leaves it, whatever its size and whatever the text.

use std::cell::Cell;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::theme::Theme;

/// An area of a buffer, and the theme to draw in.
#[derive(Debug)]
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    /// Where the terminal's cursor stands: on what is selected.
    focus: &'a Cell<Option<(u16, u16)>>,
    /// The theme.
    pub theme: &'a Theme,
}

impl<'a> Canvas<'a> {
    /// The part of `area` that lies within the buffer.
    pub(super) fn new(
        buffer: &'a mut Buffer,
        area: Rect,
        theme: &'a Theme,
        focus: &'a Cell<Option<(u16, u16)>>,
    ) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, area, focus, theme }
    }

    /// Places the cursor on column `x` of row `y`, or leaves it where it is if that is not in this part. What is drawn later counts.
    pub(super) fn focus(&self, x: u16, y: u16) {
        self.focus.set(self.place(x, y).or(self.focus.get()));
    }

    /// Columns.
    pub(super) fn width(&self) -> u16 {
        self.area.width
    }

    /// Rows.
    pub(super) fn height(&self) -> u16 {
        self.area.height
    }

    /// Another part of the same screen; `rect` counts from this part's corner.
    pub(super) fn part(&mut self, rect: Rect) -> Canvas<'_> {
        let (x, y) = (self.area.x.saturating_add(rect.x), self.area.y.saturating_add(rect.y));
        let area = Rect { x, y, ..rect }.intersection(self.area);
        let area = if x >= self.area.right() || y >= self.area.bottom() { Rect::default() } else { area };
        Canvas { buffer: self.buffer, area, focus: self.focus, theme: self.theme }
    }

    /// Writes from column `x` of row `y` on, cut with a mark if it is too long. Gives the column after it.
    pub(super) fn put(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let space = self.area.width.saturating_sub(x);
        self.put_within(x, y, space, text, style)
    }

    /// The same within `space` columns.
    pub(super) fn put_within(&mut self, x: u16, y: u16, space: u16, text: &str, style: Style) -> u16 {
        let space = space.min(self.area.width.saturating_sub(x));
        if y >= self.area.height || space == 0 {
            return x;
        }
        let text = fit(text, space, self.theme);
        let (column, row) = (self.area.x + x, self.area.y + y);
        let (end, _) = self.buffer.set_stringn(column, row, &text, usize::from(space), style);
        end - self.area.x
    }

    /// Writes from the corner on, and ends without a mark where the space does.
    pub(super) fn put_clipped(&mut self, text: &str) {
        let mut x = 0;
        for (grapheme, width) in graphemes(text) {
            if x + width > self.area.width {
                break;
            }
            x = self.put(x, 0, &grapheme, self.theme.text());
        }
    }

    /// Writes so that the text ends before column `right`. Gives the column it begins at.
    pub(super) fn put_right(&mut self, right: u16, y: u16, text: &str, style: Style) -> u16 {
        let x = right.min(self.area.width).saturating_sub(width(text));
        self.put(x, y, text, style);
        x
    }

    /// Draws a rule across row `y`.
    pub(super) fn rule(&mut self, y: u16) {
        let rule = self.theme.glyphs.rule.repeat(usize::from(self.area.width));
        self.put(0, y, &rule, self.theme.line());
    }

    /// Draws a line down column `x`.
    pub(super) fn side(&mut self, x: u16) {
        for y in 0..self.area.height {
            self.put(x, y, self.theme.glyphs.side, self.theme.line());
        }
    }

    /// Clears everything.
    pub(super) fn clear(&mut self) {
        for position in self.area.positions() {
            self.buffer[position].reset();
        }
        self.fill();
    }

    /// Puts the ground of the theme behind everything.
    pub(super) fn fill(&mut self) {
        self.buffer.set_style(self.area, self.theme.text());
    }

    /// Gives row `y` a style, from its first to its last column.
    pub(super) fn style_row(&mut self, y: u16, style: Style) {
        if y < self.area.height {
            self.buffer.set_style(Rect { y: self.area.y + y, height: 1, ..self.area }, style);
        }
    }

    /// Where column `x` of row `y` is on the whole screen; `None` if it is not in this part.
    pub(super) fn place(&self, x: u16, y: u16) -> Option<(u16, u16)> {
        (x < self.area.width && y < self.area.height).then(|| (self.area.x + x, self.area.y + y))
    }
}

/// Columns that a text takes.
pub(super) fn width(text: &str) -> u16 {
    if is_simple(text) {
        return u16::try_from(text.len()).unwrap_or(u16::MAX);
    }
    graphemes(text).fold(0, |sum: u16, (_, width)| sum.saturating_add(width))
}

/// Whether each byte is one character of one column: most text is, and needs no closer look.
fn is_simple(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// What is seen as one character each, with its columns; what can't be seen, and what steers a terminal, is left out.
pub(super) fn graphemes(text: &str) -> impl Iterator<Item = (String, u16)> {
    let seen: Vec<_> = Span::raw(text)
        .styled_graphemes(Style::new())
        .map(|grapheme| (grapheme.symbol.to_owned(), grapheme.symbol.cell_width()))
        .filter(|(_, width)| *width > 0)
        .collect();
    seen.into_iter()
}

/// The text as the terminal can show it, cut with a mark to `space` columns.
pub(super) fn fit(text: &str, space: u16, theme: &Theme) -> String {
    if text.len() <= usize::from(space) && is_simple(text) {
        return text.to_owned();
    }
    let mut out = String::new();
    let (mut used, mut before_mark) = (0u16, 0);
    for (grapheme, width) in graphemes(text) {
        if used + width > space {
            out.truncate(before_mark);
            out.push_str(theme.glyphs.more);
            return out;
        }
        if theme.ascii && !grapheme.is_ascii() {
            out.extend(std::iter::repeat_n(plain(&grapheme), usize::from(width)));
        } else {
            out.push_str(&grapheme);
        }
        used += width;
        if used < space {
            before_mark = out.len();
        }
    }
    out
}

/// The plain letter nearest to one that ingle's own sentences have, of the same width; a question mark for any other.
fn plain(grapheme: &str) -> char {
    match grapheme {
        "ä" => 'a',
        "ö" => 'o',
        "ü" => 'u',
        "Ä" => 'A',
        "Ö" => 'O',
        "Ü" => 'U',
        "ß" => 's',
        "„" | "“" | "”" => '"',
        _ => '?',
    }
}

/// The text in lines of at most `space` columns, broken between words where it can be. No lines for no space.
pub fn wrap(text: &str, space: u16) -> Vec<String> {
    if space == 0 {
        return Vec::new();
    }
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0u16);
    for word in text.split(' ') {
        let long = width(word);
        if used > 0 && used.saturating_add(1).saturating_add(long) > space {
            lines.push(std::mem::take(&mut line));
            used = 0;
        } else if used > 0 {
            line.push(' ');
            used += 1;
        }
        if used.saturating_add(long) <= space && is_simple(word) {
            line.push_str(word);
            used += long;
            continue;
        }
        // What no line can hold, like letters joined into one sign of four columns, is left out.
        for (grapheme, width) in graphemes(word).filter(|(_, width)| *width <= space) {
            if used + width > space && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(&grapheme);
            used = used.saturating_add(width);
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_text_is_cut_with_a_mark_and_never_within_a_letter() {
        let theme = Theme::new(false, false);
        assert_eq!(fit("Ana", 3, &theme), "Ana");
        assert_eq!(fit("Anabel", 4, &theme), "Ana…");
        assert_eq!(fit("李娜李娜", 4, &theme), "李…");
        assert_eq!(fit("x", 0, &theme), "…");
        assert_eq!(fit("Zoë 李", 9, &Theme::new(false, true)), "Zo? ??");
    }

    #[test]
    fn words_stay_whole_where_they_can() {
        assert_eq!(wrap("I am here, just can't talk today", 12), ["I am here,", "just can't", "talk today"]);
        assert_eq!(wrap("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
        assert!(wrap("x", 0).is_empty());
        assert_eq!(wrap("a\u{a960}\u{ac00}b", 2), ["ab"]);
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_space(text in "\\PC{0,60}|[\\x00-\\u{2fff}]{0,60}", space in 2u16..40) {
            let theme = Theme::new(true, false);
            prop_assert!(width(&fit(&text, space, &theme)) <= space);
            prop_assert!(wrap(&text, space).iter().all(|line| width(line) <= space));
        }
    }
}
