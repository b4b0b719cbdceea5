//! Home on a screen of any size.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::item::Item;
use super::model::{Home, Page, items};
use crate::session::Hearing;
use crate::text::{self as all, home as text};
use crate::tui::canvas::{Canvas, width, wrap};
use crate::tui::theme::Theme;

/// From this many columns on an item has its sentence beside it.
const WIDE: u16 = 68;
/// Columns of an item's title then.
const TITLE: u16 = 20;
/// From this many rows on there is a head and a foot.
const FRAMED: u16 = 8;

/// From this many rows on there is room under a list.
const ROOMY: u16 = 14;

/// A line of a page.
struct Line {
    text: String,
    style: Style,
    /// Where the cursor stands, if it stands here.
    cursor: Option<u16>,
}

impl Line {
    fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style, cursor: None }
    }
}

/// Draws Home, and gives the place of the cursor.
pub fn draw(home: &Home, buffer: &mut Buffer, area: Rect, theme: &Theme) -> Option<(u16, u16)> {
    let focus = Cell::new(None);
    let mut canvas = Canvas::new(buffer, area, theme, &focus);
    canvas.fill();
    let (columns, rows) = (canvas.width(), canvas.height());
    if rows < FRAMED {
        return body(home, &mut canvas);
    }
    let name = home.elsewhere.name.as_ref().unwrap_or(&home.choice.name);
    canvas.put(1, 0, text::NAME, theme.heading());
    if columns >= 40 {
        canvas.put_right(columns.saturating_sub(1), 0, &text::you_are(name), theme.text());
    }
    canvas.rule(1);
    canvas.rule(rows - 2);
    let foot = match home.page {
        Page::Menu => text::LIST_KEYS,
        Page::FirstName => text::LINE_KEYS,
        Page::Name | Page::Title => text::EDIT_KEYS,
        Page::Mic { alone: false } | Page::Speaker { alone: false } => text::STEP_KEYS,
        Page::Check if home.checks() => text::CHECK_KEYS,
        Page::TrySound | Page::Settings | Page::Mic { .. } | Page::Speaker { .. } | Page::Check => text::PAGE_KEYS,
    };
    let fits = foot.into_iter().find(|foot| width(foot) + 2 <= columns).unwrap_or_default();
    canvas.put(1, rows - 1, fits.get(), theme.faint());
    let gap = u16::from(rows >= 18);
    let indent = u16::from(columns >= 20);
    let part = Rect::new(indent, 2 + gap, columns.saturating_sub(2 * indent), rows.saturating_sub(4 + gap));
    body(home, &mut canvas.part(part))
}

/// The page itself: as much of it as there is room for, around the cursor.
fn body(home: &Home, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let theme = canvas.theme;
    let (columns, rows) = (canvas.width(), usize::from(canvas.height()));
    let mut lines = lines(home, columns, canvas.height(), theme);
    let airy = lines.len() <= rows;
    if !airy {
        lines.retain(|line| !line.text.is_empty() || line.cursor.is_some());
    }
    let focus = lines.iter().position(|line| line.cursor.is_some());
    // The head of the page, or what leads down to the cursor.
    let last = focus.map_or(rows, |focus| (focus + 1).max(rows.min(lines.len())));
    let first = last.saturating_sub(rows);
    let mut cursor = None;
    for (y, line) in (0..).zip(lines.iter().skip(first).take(rows)) {
        canvas.put(0, y, &line.text, line.style);
        if let Some(x) = line.cursor {
            cursor = canvas.place(x.min(columns.saturating_sub(1)), y);
        }
    }
    cursor
}

fn lines(home: &Home, columns: u16, rows: u16, theme: &Theme) -> Vec<Line> {
    let mut lines = vec![];
    let (heading, sentences) = head(home);
    let single = rows < 3;
    // Where there is little room, what is said of the last key takes the place of the heading.
    let said = home.note.as_ref().filter(|_| columns < WIDE || rows < ROOMY);
    if let Some(said) = said.filter(|_| !single) {
        lines.extend(wrap(said, columns).into_iter().map(|line| Line::new(line, theme.heading())));
        lines.push(Line::new("", theme.text()));
    } else if !single {
        if home.page == Page::FirstName {
            lines.extend(wrap(text::WELCOME.get(), columns).into_iter().map(|line| Line::new(line, theme.text())));
            lines.push(Line::new("", theme.text()));
        }
        lines.extend(wrap(heading, columns).into_iter().map(|line| Line::new(line, theme.heading())));
        lines.extend(sentences.iter().flat_map(|it| wrap(it, columns)).map(|line| Line::new(line, theme.text())));
        lines.push(Line::new("", theme.text()));
    }
    if home.sounds() {
        let bar = meter(home.level, theme);
        let mut line = Line::new(format!("{}  {bar}", text::LOUDNESS), theme.heading());
        line.cursor = home.checks().then_some(0);
        lines.push(line);
        lines.push(Line::new("", theme.text()));
    }
    if home.writes() {
        let before = if single { format!("{heading} ") } else { "> ".to_owned() };
        let before = if width(&before) + 8 > columns { "> ".to_owned() } else { before };
        let (written, at) = home.input.view(columns.saturating_sub(width(&before)));
        let mut line = Line::new(format!("{before}{written}"), theme.text());
        line.cursor = Some(width(&before) + at);
        lines.push(line);
    }
    for (at, item) in items(home).iter().enumerate() {
        lines.extend(entry(item, at, at == home.at, columns, theme));
    }
    let under = match (&home.note, home.page) {
        (Some(_), _) if said.is_some() && !single => None,
        (Some(note), _) => Some((note.clone(), theme.heading())),
        (None, Page::Menu) => Some((text::PASTE.to_owned(), theme.text())),
        (None, Page::Settings) => Some((text::settings_are(home.file.as_deref()), theme.text())),
        (None, _) => None,
    };
    if let Some((sentence, style)) = under {
        let mut note: Vec<_> = wrap(&sentence, columns).into_iter().map(|line| Line::new(line, style)).collect();
        // What is said of the last key is seen on the smallest screen.
        if single && home.note.is_some() {
            note.truncate(1);
            note.iter_mut().for_each(|line| line.cursor = Some(0));
            return note;
        }
        // A part of a sentence would mislead; what is said of the last key must be seen.
        let taken = lines.iter().filter(|line| !line.text.is_empty()).count() + note.len();
        if home.note.is_some() || taken <= usize::from(rows) {
            lines.push(Line::new("", theme.text()));
            lines.extend(note);
        }
    }
    lines
}

/// What the page is about.
fn head(home: &Home) -> (&'static str, Vec<&'static str>) {
    let no_mics = home.devices.as_ref().map(|(mics, _)| mics.is_empty());
    let no_speakers = home.devices.as_ref().map(|(_, speakers)| speakers.is_empty());
    match home.page {
        Page::FirstName | Page::Name => (text::WHICH_NAME.get(), vec![text::NAME_IS_KEPT.get()]),
        Page::TrySound => (text::TRY_SOUND.get(), vec![text::TRY_TAKES.get()]),
        Page::Menu => (text::QUESTION.get(), vec![]),
        Page::Title => (text::WHICH_TITLE.get(), vec![text::TITLE_IS_SEEN.get()]),
        Page::Settings => (text::SETTINGS.0.get(), vec![]),
        Page::Mic { alone } => {
            let heading = if alone { text::CHANGE_MIC } else { text::STEP_MIC };
            match no_mics {
                None => (heading.get(), vec![text::LOOKING.get()]),
                Some(true) => (heading.get(), vec![text::NO_MIC.get()]),
                Some(false) => (heading.get(), vec![text::SAY_SOMETHING.get()]),
            }
        }
        Page::Speaker { alone } => {
            let heading = if alone { text::CHANGE_SPEAKER } else { text::STEP_SPEAKER };
            match no_speakers {
                None => (heading.get(), vec![text::LOOKING.get()]),
                Some(true) => (heading.get(), vec![text::NO_SPEAKER.get()]),
                Some(false) => (heading.get(), vec![text::HEADPHONES.get()]),
            }
        }
        Page::Check => (text::STEP_CHECK.get(), checked(home)),
    }
}

/// What the check does or has found, in sentences.
fn checked(home: &Home) -> Vec<&'static str> {
    let Some(hearing) = home.hearing else { return vec![text::OPENING.get()] };
    let mut sentences = all::sound_heard(hearing);
    let found = !matches!(hearing, Hearing::Listening | Hearing::Replaying | Hearing::NoMicrophone | Hearing::NoSound);
    if found {
        sentences.truncate(1);
        sentences.push(text::NO_NOTES.get());
    }
    sentences
}

/// How loud the voice is, as a bar of eight.
fn meter(level: u8, theme: &Theme) -> String {
    let full = usize::from(level) + usize::from(level > 0);
    let loud = theme.glyphs.levels[6].repeat(full);
    format!("{loud}{}", theme.glyphs.dot.repeat(8 - full.min(8)))
}

fn entry(item: &Item, at: usize, selected: bool, columns: u16, theme: &Theme) -> Vec<Line> {
    let (title, sentence) = item.entry();
    let mark = if selected { theme.glyphs.selected } else { " " };
    let key = item.key(at).unwrap_or(' ');
    let style = if selected { theme.heading() } else { theme.text() };
    let before = format!("{mark} {key}  ");
    let (left, narrow) = (width(&before), columns < WIDE);
    let space = TITLE.saturating_sub(width(&title));
    let mut text = format!("{before}{title}");
    if !narrow && !sentence.is_empty() {
        text += &format!("{}  {sentence}", " ".repeat(usize::from(space)));
    }
    let mut lines = vec![Line::new(text, style)];
    lines[0].cursor = selected.then_some(left);
    if narrow && selected && !sentence.is_empty() {
        let under = wrap(&sentence, columns.saturating_sub(left)).into_iter();
        let indent = " ".repeat(usize::from(left));
        lines.extend(under.map(|line| Line::new(format!("{indent}{line}"), theme.text())));
    }
    lines
}
