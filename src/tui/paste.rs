//! Text that was pasted, or came faster than a hand types: it is written, or asked about, and never counts as keys.

use super::guide::label;
use super::help::Help;
use super::input::Input;
use super::keymap::{Action, Context};
use super::model::{Model, Page};
use crate::ids::Time;
use crate::session::{CHAT_CHARS, Phase, Room};
use crate::text;

/// Takes in a text.
pub(super) fn paste(model: &mut Model, room: &Room, pasted: &str, now: Time) {
    if pasted.trim().is_empty() {
        return;
    }
    model.touch();
    let inside = matches!(room.phase, Phase::In | Phase::Returning(_));
    match model.context(room) {
        Context::Writing => {
            let Some(input) = &mut model.input else { return };
            let left_out = input.write(pasted);
            if left_out > 0 {
                model.say(text::pasted_in_part(pasted.chars().count(), CHAT_CHARS), now);
            } else if pasted.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']) {
                // The end of the line would have sent it.
                model.say(asked(), now);
            }
        }
        Context::Searching => {
            if let Some(Page::Help(Help { search: Some(search), .. })) = &mut model.page {
                search.write(pasted);
            }
        }
        Context::Asking | Context::Over | Context::Entrance => model.say(text::NOTHING_TO_WRITE, now),
        Context::Reading | Context::Helping if !inside => model.say(text::NOTHING_TO_WRITE, now),
        Context::Room
        | Context::Comparing
        | Context::Voting
        | Context::Deciding
        | Context::MyTurn
        | Context::Choosing
        | Context::Menu
        | Context::Reading
        | Context::Inviting
        | Context::Helping => {
            let mut input = Input::default();
            // It is a message, whatever it begins with.
            let pasted = pasted.trim_start();
            if pasted.starts_with('/') {
                input.write("/");
            }
            let left_out = input.write(pasted);
            (model.page, model.prompt, model.input) = (None, None, Some(input));
            let mut told = asked();
            if left_out > 0 {
                told = format!("{} {told}", text::pasted_in_part(pasted.chars().count(), CHAT_CHARS));
            }
            model.say(told, now);
        }
    }
}

/// What becomes of it.
fn asked() -> String {
    text::pasted_text(label(Context::Writing, Action::Send), label(Context::Writing, Action::No))
}
