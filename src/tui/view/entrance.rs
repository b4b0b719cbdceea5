//! On the way in: looking for the group, and at the door.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::scene::Scene;
use super::{header, microphone, roster};
use crate::session::{Phase, Room};
use crate::text;
use crate::tui::canvas::{Canvas, wrap};
use crate::tui::guide::guide;
use crate::tui::theme::Theme;

/// Lines that stand together, and are left out together where there is no room.
type Block = Vec<(String, Style)>;

pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let (columns, rows) = (canvas.width(), canvas.height());
    let top = Rect::new(0, 0, columns, 1);
    if columns >= 72 {
        header::draw(scene, &mut canvas.part(top))
    } else {
        header::draw_small(scene, &mut canvas.part(top))
    }
    canvas.rule(1);
    let indent = if columns >= 72 { 4 } else { 1 };
    let gap = u16::from(rows >= 18);
    let area = Rect::new(indent, 2 + gap, columns.saturating_sub(2 * indent), rows.saturating_sub(5 + gap));
    let mut part = canvas.part(area);
    let space = part.width().min(72);
    let blocks = match scene.room.phase {
        Phase::Waiting => waiting(scene.room, space, part.height(), &part),
        _ => looking(scene.room, space, theme),
    };
    part.focus(0, 0);
    let mut y = 0;
    for block in blocks.into_iter().filter(|block| !block.is_empty()) {
        let apart = if y > 0 { gap } else { 0 };
        if y + apart + block.len() as u16 > part.height() {
            continue;
        }
        y += apart;
        for (line, style) in block {
            part.put(0, y, &line, style);
            y += 1;
        }
    }
    canvas.rule(rows.saturating_sub(3));
    microphone::draw(scene, &mut canvas.part(Rect::new(0, rows.saturating_sub(2), columns, 1)));
}

fn block<S: AsRef<str>>(sentences: &[S], space: u16, style: Style) -> Block {
    sentences.iter().flat_map(|sentence| wrap(sentence.as_ref(), space)).map(|line| (line, style)).collect()
}

fn looking(room: &Room, space: u16, theme: &Theme) -> Vec<Block> {
    let [heading, sentences @ ..] = text::LOOKING;
    let mut first = block(&[heading], space, theme.heading());
    if room.door_silent {
        first.extend(block(&[text::door_silent()], space, theme.text()));
    } else {
        first.extend(block(&sentences, space, theme.text()));
    }
    vec![first, privacy(space, theme, 3)]
}

/// The first sentences on what is private.
fn privacy(space: u16, theme: &Theme, sentences: usize) -> Block {
    let mut all = text::explain_privacy().to_vec();
    all.truncate(sentences);
    block(&all, space, theme.text())
}

fn waiting(room: &Room, space: u16, rows: u16, canvas: &Canvas<'_>) -> Vec<Block> {
    let theme = canvas.theme;
    let mut first = block(&[text::YOU_WAIT], space, theme.heading());
    let who = room.lets_in.as_ref().map(text::lets_in_me).or(room.door_silent.then(|| text::door_silent().to_owned()));
    first.extend(who.iter().flat_map(|who| block(&[who], space, theme.heading())));
    if rows >= 10 {
        first.extend(block(&[text::NAME_IS_SEEN], space, theme.text()));
    }
    let mut blocks = vec![first, rules(room, space, rows, theme), sound(room, space, rows, canvas)];
    blocks.push(privacy(space, theme, 2));
    blocks
}

/// The ground rules, or how to read them where there is no room for them.
fn rules(room: &Room, space: u16, rows: u16, theme: &Theme) -> Block {
    let listed = |rules: Vec<String>| -> Block {
        let all: Vec<_> = rules.iter().map(|rule| format!("- {rule}")).collect();
        block(&all, space, theme.text())
    };
    let mut lines = listed(text::ground_rules(room));
    if lines.len() as u16 + 7 > rows {
        // What holds everywhere, and how to read what this group holds itself by.
        lines = listed(text::first_rules().map(str::to_owned).into());
        lines.extend(block(&[text::more_rules(guide(room))], space, theme.text()));
    }
    // Two lines for the sound check must stay.
    if lines.len() as u16 + 7 > rows {
        return block(&[text::rules_in_short(room.agreed, guide(room))], space, theme.text());
    }
    lines.splice(0..0, block(&[text::rules_heading(room.agreed, guide(room))], space, theme.heading()));
    lines
}

fn sound(room: &Room, space: u16, rows: u16, canvas: &Canvas<'_>) -> Block {
    let theme = canvas.theme;
    let Some(check) = &room.check else {
        return block(&[text::check_your_sound(rows < 10, guide(room))], space, theme.text());
    };
    if check.listens() {
        let mut lines = vec![(format!("{}  {}", text::SOUND_CHECK, roster::bar(check.level, canvas)), theme.heading())];
        let sentences = text::sound_check(check);
        let shown = if rows >= 10 { sentences.as_slice() } else { &[text::NOTHING_IS_SENT.get()] };
        lines.extend(block(shown, space, theme.text()));
        return lines;
    }
    let mut sentences = text::sound_check(check);
    if rows < 10 {
        sentences.truncate(1);
    }
    block(&sentences, space, theme.text())
}
