//! The last row: the keys that do something now, made from the keymap; or the line that is being written.

use ratatui::layout::Rect;

use super::layout::Layout;
use super::{Scene, pages};
use crate::session::Phase;
use crate::tui::Page;
use crate::tui::canvas::{Canvas, width};
use crate::tui::keymap::{self, Action, Binding, Context};
use crate::tui::menu::{self, Menu};

/// Draws the last row. Gives the place of the cursor while a line is written.
pub(super) fn draw(scene: Scene<'_>, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let y = canvas.height().checked_sub(1)?;
    let context = scene.model.context(scene.room);
    let mut row = canvas.part(Rect::new(0, y, canvas.width(), 1));
    if context == Context::Writing {
        return write(scene, &mut row);
    }
    // Hardly any screen has its keys among its lines.
    if matches!(Layout::of(scene.size.0, scene.size.1, scene.room), Layout::Strip) {
        return None;
    }
    row.clear();
    let mut x = 1;
    for (label, word) in keys(scene, row.width().saturating_sub(2)) {
        x = row.put(x, 0, label, row.theme.heading());
        x = row.put(x + 1, 0, word, row.theme.text()) + 3;
    }
    None
}

fn write(scene: Scene<'_>, row: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let input = scene.model.input.as_ref()?;
    row.clear();
    // The question stands above, but on a single row.
    let single = scene.model.question().filter(|question| scene.size.1 == 1 && width(question) < row.width() / 2);
    let prompt = match single {
        Some(question) => format!("{question} "),
        None if row.width() >= 24 => "write: ".to_owned(),
        None => String::new(),
    };
    let x = row.put(u16::from(!prompt.is_empty()), 0, &prompt, row.theme.heading());
    let hint = "enter send   esc stop";
    let mut end = row.width();
    if end >= 60 {
        end = row.put_right(end - 1, 0, hint, row.theme.faint()).saturating_sub(2);
    }
    let space = end.saturating_sub(x);
    let (text, column) = input.view(space);
    // Written by hand rather than with a cut mark: the end of the line is where the cursor is, or out of sight.
    let mut clip = row.part(Rect::new(x, 0, space, 1));
    clip.put_clipped(&text);
    clip.place(column, 0)
}

/// The keys to show in `space` columns: what matters most is kept, in the order of the table.
fn keys(scene: Scene<'_>, space: u16) -> Vec<(&'static str, &'static str)> {
    let mut shown: Vec<(usize, u8, &Binding, &str)> = keymap::bindings(&scene.model.contexts(scene.room))
        .enumerate()
        .filter(|(_, binding)| useful(scene, binding))
        .filter_map(|(at, binding)| binding.footer.map(|(rank, word)| (at, rank, binding, word)))
        .map(|(at, rank, binding, word)| (at, if is_urgent(scene, binding) { 0 } else { rank }, binding, word))
        .collect();
    shown.sort_by_key(|(_, rank, ..)| *rank);
    let mut used = 0;
    shown.retain(|(_, _, binding, word)| {
        let more = width(binding.label) + 1 + width(word) + 3;
        used += more;
        // The gap after the last needs no room.
        used <= space + 3
    });
    shown.sort_by_key(|(at, ..)| *at);
    shown.into_iter().map(|(_, _, binding, word)| (binding.label, word)).collect()
}

/// Whether a key leads to somebody who needs it now: who vanished, or asks for help.
fn is_urgent(scene: Scene<'_>, binding: &Binding) -> bool {
    binding.action == Action::Open(Menu::Care) && menu::someone_needs_care(scene.room)
}

/// Whether a key does something for this person at this moment.
fn useful(scene: Scene<'_>, binding: &Binding) -> bool {
    let (room, model) = (scene.room, scene.model);
    binding.who.may(room)
        && match binding.action {
            Action::Note => room.phase == Phase::Waiting && room.note.is_none(),
            Action::Agree => room.me.is_some() || (room.phase == Phase::Waiting && !room.agreed),
            Action::Aside => room.me.is_some_and(|me| room.state.to_answer(me).is_some()),
            Action::SoundCheck => room.phase == Phase::Waiting && !room.check.is_some_and(|check| check.listens()),
            Action::EndForAll => model.page == Some(Page::Leave) && room.phase != Phase::Waiting,
            // The row above says it where it is wide enough.
            Action::Mic => !Layout::is_full(scene.size.0, scene.size.1),
            Action::Down => model.page.as_ref().is_some_and(|page| pages::end(page, room, scene.size) > 0),
            Action::NextPanel => model.panels(room).len() > 1,
            // Whoever can give the word now hardly needs a hand of their own, and the row is short.
            Action::Hand => !(room.am_facilitator() && crate::command::next(room).is_ok()),
            Action::Next => crate::command::next(room).is_ok(),
            Action::Mute | Action::MuteAll | Action::Remove => room.state.seats.len() > 1,
            _ => true,
        }
}
