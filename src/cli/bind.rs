//! Keys that a person has chosen.

use super::sentence::Stop;
use crate::text::keys as say;
use crate::tui::keymap::{self, RebindError};
use crate::tui::menu::LINES;

/// Lets the chosen keys hold: `hand=h`, one for each action.
///
/// # Errors
/// [`Stop`], if one of them can't be.
pub(super) fn bind(chosen: &[String]) -> Result<(), Stop> {
    let menus = |letter| LINES.iter().any(|line| line.key == letter);
    let bindings = keymap::rebound(chosen, menus).map_err(|error| {
        Stop::usage(match error {
            RebindError::Form(written) => say::bind_form(&written),
            RebindError::NoAction(name, nearest) => say::bind_no_action(&name, nearest),
            RebindError::NoKey(key) => say::bind_no_key(&key),
            RebindError::Letter(key) => say::bind_letter(&key),
            RebindError::Twice(key, one, other) => say::bind_twice(&key, one, other),
            RebindError::InMenus(key) => say::bind_in_menus(&key),
        })
    })?;
    if !chosen.is_empty() {
        keymap::hold(bindings);
    }
    Ok(())
}
