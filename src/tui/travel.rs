//! Arrows and pages: what they move.

use super::chat_rows::chat_rows;
use super::keymap::Action;
use super::layout::Layout;
use super::model::{Focus, Model};
use crate::session::{ChatLine, Pick, Room};
use crate::text;

/// Arrows and pages: a selection in the lists, a scroll in the chat. Pages always scroll the chat if it is there.
pub(super) fn travel(model: &mut Model, room: &Room, action: Action) {
    let up = matches!(action, Action::Up | Action::PageUp);
    let chat = Layout::chat_size(model.size, room);
    let focus = if matches!(action, Action::PageUp | Action::PageDown) && chat.is_some() {
        Focus::Chat
    } else {
        model.focus(room)
    };
    match (focus, chat) {
        (Focus::Chat, Some((columns, rows))) => {
            let step =
                if matches!(action, Action::PageUp | Action::PageDown) { usize::from(rows).max(2) - 1 } else { 1 };
            let me = room.me.and_then(|me| room.state.circle.name(me));
            let rows_of = |line: &ChatLine| chat_rows(&line.from, &text::chat_text(line, me), columns).len();
            let all: usize = room.chat.iter().map(rows_of).sum();
            let most = all.saturating_sub(usize::from(rows));
            model.chat_back =
                if up { (model.chat_back + step).min(most) } else { model.chat_back.saturating_sub(step) };
        }
        (Focus::Door, _) => {
            let at = room.door.iter().position(|waiting| model.knock == Some(waiting.attempt));
            let next = step(at, 0, room.door.len(), up, 1);
            model.knock = next.and_then(|at| room.door.get(at)).map(|waiting| waiting.attempt);
        }
        _ => {
            let roster = room.roster();
            let seat = model.picked.and_then(|pick| pick.seat(room));
            let at = roster.iter().position(|other| seat == Some(*other));
            let stride = if matches!(action, Action::PageUp | Action::PageDown) { 10 } else { 1 };
            if let Some(at) = step(at, model.picked_at, roster.len(), up, stride) {
                model.picked = Pick::new(room, roster[at]);
                model.picked_at = at;
            }
        }
    }
}

/// The next place in a list of `len`; from nowhere, the place where the selection was last.
fn step(at: Option<usize>, before: usize, len: usize, up: bool, stride: usize) -> Option<usize> {
    let last = len.checked_sub(1)?;
    Some(match at {
        None => before.min(last),
        Some(at) if up => at.saturating_sub(stride),
        Some(at) => (at + stride).min(last),
    })
}
