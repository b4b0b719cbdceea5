//! Keys that come faster than a hand types are a text, however they come: by a paste that the terminal doesn't mark, or by a
//! program that fills in what it isn't asked for. What comes at once is handed over by the owner of the terminal, after a
//! pause of [`PAUSE`].

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::event::TuiEvent;

/// Keys with no more than this between them come at once. Neither a hand nor a key that is held down is as fast.
pub const PAUSE: Duration = Duration::from_millis(12);
/// Characters of a text that are kept; of the others only the number.
const MOST: usize = 16 * 1024;

/// Keys that came at once, so far.
#[derive(Debug, Default)]
pub struct Typing {
    keys: Vec<KeyEvent>,
    more: usize,
}

impl Typing {
    /// A key, at once after the others that are held.
    pub fn press(&mut self, key: KeyEvent) {
        if self.keys.len() < MOST {
            self.keys.push(key);
        } else {
            self.more += 1;
        }
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// What the held keys are: keys, or a text.
    pub fn take(&mut self) -> Vec<TuiEvent> {
        let keys = std::mem::take(&mut self.keys);
        let more = std::mem::take(&mut self.more);
        let letters = keys.iter().filter(|key| is_text(key)).count();
        if letters < 2 || is_one_repeated(&keys) {
            return keys.into_iter().map(TuiEvent::Key).collect();
        }
        let mut text: String = keys.iter().filter_map(letter).collect();
        // Their number is told, not what they are.
        text.extend(std::iter::repeat_n('\u{fffd}', more));
        vec![TuiEvent::Paste(text)]
    }
}

/// Whether a key writes something, or ends a line.
fn is_text(key: &KeyEvent) -> bool {
    letter(key).is_some()
}

/// A key that is held down on a slow line comes all at once, too. Only keys that write nothing count: nobody can tell whether
/// "mm" was meant.
fn is_one_repeated(keys: &[KeyEvent]) -> bool {
    let first = keys.first().map(|key| key.code);
    let moves = matches!(first, Some(KeyCode::Tab | KeyCode::Char('j' | 'k' | '+' | '-' | '=')));
    moves && keys.iter().all(|key| Some(key.code) == first)
}

fn letter(key: &KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(c) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(c),
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some(' '),
        _ => None,
    }
}
