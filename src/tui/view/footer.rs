//! The last row: the keys that do something now, made from the keymap; or the line that is being written.

use ratatui::layout::Rect;

use super::scene::Scene;
use super::{over, pages};
use crate::session::{Phase, Room, Speaker};
use crate::text::{self, keys};
use crate::tui::canvas::{Canvas, width};
use crate::tui::guide::label;
use crate::tui::keymap::{self, Action, Binding, Context};
use crate::tui::layout::Layout;
use crate::tui::menu::{self, Menu};
use crate::tui::model::Page;

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
    for key in shown_keys(scene, row.width().saturating_sub(2)) {
        x = row.put(x, 0, key.binding.label, row.theme.heading());
        x = row.put(x + 1, 0, key.word, row.theme.text()) + 3;
    }
    None
}

fn write(scene: Scene<'_>, row: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let input = scene.model.input.as_ref()?;
    row.clear();
    // The question stands above, but on a single row.
    let single = scene
        .model
        .question_in_short(scene.room)
        .filter(|question| scene.size.1 == 1 && width(question) < row.width() / 2);
    let prompt = match single {
        Some(question) => format!("{question} "),
        None if row.width() >= 24 => text::WRITING.to_owned(),
        None => String::new(),
    };
    let x = row.put(u16::from(!prompt.is_empty()), 0, &prompt, row.theme.heading());
    let hint = text::send_or_stop(label(Context::Writing, Action::Send), label(Context::Writing, Action::No));
    let mut end = row.width();
    if end >= 60 {
        end = row.put_right(end - 1, 0, &hint, row.theme.faint()).saturating_sub(2);
    }
    let space = end.saturating_sub(x);
    let (text, column) = input.view(space);
    // Written by hand rather than with a cut mark: the end of the line is where the cursor is, or out of sight.
    let mut clip = row.part(Rect::new(x, 0, space, 1));
    clip.put_clipped(&text);
    clip.place(column, 0)
}

/// The keys to show in `space` columns: what matters most is kept, in the order of the table.
fn shown_keys(scene: Scene<'_>, space: u16) -> Vec<Shown> {
    let asked = scene.model.context(scene.room) != Context::Room;
    let mut all: Vec<Shown> = keymap::bindings(&scene.model.contexts(scene.room))
        .enumerate()
        .filter(|(_, binding)| useful(scene, binding))
        .filter_map(|(at, binding)| {
            let (rank, word) = binding.footer?;
            let rank = rank_now(scene, asked, binding, rank);
            Some(Shown { at, rank, binding, word: word_now(binding, word.get(), scene.room) })
        })
        .collect();
    all.sort_by_key(|key| key.rank);
    // What is asked of me and the ways on should all be there, in fewer letters if need be.
    let needed = all.iter().filter(|key| key.rank < ALWAYS).count();
    let (mut shown, whole) = fitting(&all, space, needed);
    if !whole {
        all.iter_mut().for_each(|key| key.word = keys::shorter(key.word));
        shown = fitting(&all, space, needed).0;
    }
    shown.sort_by_key(|key| key.at);
    shown
}

/// Whether the row has the key for this.
pub(super) fn shows(scene: Scene<'_>, action: Action) -> bool {
    shown_keys(scene, scene.size.0.saturating_sub(2)).iter().any(|key| key.binding.action == action)
}

/// Ranks below this are worth shorter words.
const ALWAYS: u8 = 3;

/// A key in the row: its place in the table, how much it matters now, and its word.
#[derive(Clone, Copy)]
struct Shown {
    at: usize,
    rank: u8,
    binding: &'static Binding,
    word: &'static str,
}

/// The keys that fit, and whether the first `needed` of them do.
fn fitting(all: &[Shown], space: u16, needed: usize) -> (Vec<Shown>, bool) {
    let (mut used, mut whole, mut shown) = (0, true, Vec::new());
    for (at, key) in all.iter().enumerate() {
        let more = width(key.binding.label) + 1 + width(key.word) + 3;
        // The gap after the last needs no room.
        if used + more <= space + 3 {
            used += more;
            shown.push(*key);
        } else {
            whole &= at >= needed;
        }
    }
    (shown, whole)
}

/// How much a key matters now.
fn rank_now(scene: Scene<'_>, asked: bool, binding: &Binding, rank: u8) -> u8 {
    match binding.action {
        _ if is_urgent(scene, binding) => 0,
        // A person who is asked something still finds the ways to all else.
        Action::Open(_) if asked => 2,
        _ => rank,
    }
}

/// The word for a key: of minutes one says whether they are right.
fn word_now(binding: &Binding, word: &'static str, room: &Room) -> &'static str {
    let minutes = menu::only_minutes(room);
    match binding.action {
        Action::Agree if minutes => keys::MINUTES_RIGHT.get(),
        Action::Block if minutes => keys::MINUTES_NOT_RIGHT.get(),
        _ => word,
    }
}

/// Whether a key leads to a member who needs it now, having vanished or asked for help.
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
            Action::Aside => room.me.is_some_and(|me| room.state.decisions.to_answer(me).is_some()),
            Action::SoundCheck => room.phase == Phase::Waiting && !room.check.is_some_and(|check| check.listens()),
            Action::EndForAll => matches!(model.page, Some(Page::Leave(_))) && room.phase != Phase::Waiting,
            // The row above says it where it is wide enough.
            Action::Aloud => room.speaker == Speaker::Paused,
            Action::Mic => !Layout::is_full(scene.size.0, scene.size.1),
            Action::Down if matches!(room.phase, Phase::Over(_)) => over::end(model, room) > 0,
            Action::Down => model.page.as_ref().is_some_and(|page| pages::end(page, room, scene.size) > 0),
            Action::NextPanel => model.panels(room).len() > 1,
            // Whoever can give the word now hardly needs a hand of their own, and the row is short.
            Action::Hand => !(room.am_facilitator() && crate::command::next(room).is_ok()),
            Action::Next => crate::command::next(room).is_ok(),
            Action::Mute | Action::MuteAll | Action::Remove => room.state.circle.seats.len() > 1,
            _ => true,
        }
}
