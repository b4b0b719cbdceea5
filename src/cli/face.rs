//! Which face is shown.

use std::io::{self, IsTerminal};

use super::arguments::Shared;
use super::sentence::Stop;
use crate::app::FaceChoice;

/// The face that was asked for, or else the one that suits the terminal and whoever sits at it.
pub(super) fn face(shared: &Shared) -> FaceChoice {
    let variable = |name: &str| std::env::var(name).ok();
    if shared.json {
        FaceChoice::Json
    } else if shared.plain || !at_terminal() || lines_suit(cfg!(unix), variable) {
        FaceChoice::Plain
    } else {
        FaceChoice::Screen { ascii: shared.ascii, palette: None, notify: shared.notify.notify() }
    }
}

/// The same with the colours that were chosen.
///
/// # Errors
/// [`Stop`] if there is no such theme.
pub(super) fn dressed(face: FaceChoice, theme: Option<&str>) -> Result<FaceChoice, Stop> {
    Ok(match face {
        FaceChoice::Screen { ascii, notify, .. } => {
            FaceChoice::Screen { ascii, palette: theme.map(super::theme::theme).transpose()?, notify }
        }
        FaceChoice::Plain | FaceChoice::Json => face,
    })
}

/// Whether somebody can be asked, key by key or line by line.
pub(super) fn asks(face: FaceChoice) -> bool {
    face != FaceChoice::Json && at_terminal()
}

/// Whether somebody sits at a terminal.
pub(super) fn at_terminal() -> bool {
    io::stdout().is_terminal() && io::stdin().is_terminal()
}

/// Whether lines suit better than a screen: where `ACCESSIBLE` is set, as for a screen reader, and where the terminal can't place
/// its cursor, or doesn't say that it can though it should (`names_terminals`). `variable` looks an environment variable up.
fn lines_suit(names_terminals: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let off = |value: &str| matches!(value.trim().to_ascii_lowercase().as_str(), "" | "0" | "false" | "no" | "off");
    let accessible = variable("ACCESSIBLE").is_some_and(|value| !off(&value));
    accessible
        || match variable("TERM").as_deref() {
            Some("dumb" | "unknown") => true,
            Some("") | None => names_terminals,
            Some(_) => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suit(variables: &[(&str, &str)]) -> bool {
        lines_suit(true, |name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn lines_suit_where_asked_for_and_on_dumb_terminals() {
        assert!(!suit(&[("TERM", "xterm")]));
        assert!(suit(&[("TERM", "dumb")]) && suit(&[("TERM", "")]) && suit(&[]));
        assert!(!lines_suit(false, |_| None), "not every system names terminals");
        for value in ["1", "true", "yes", "2"] {
            assert!(suit(&[("TERM", "xterm"), ("ACCESSIBLE", value)]), "{value}");
        }
        for value in ["", "0", "false", "NO"] {
            assert!(!suit(&[("TERM", "xterm"), ("ACCESSIBLE", value)]), "{value}");
        }
    }
}
