//! Keys that come faster than a hand types are a text, however they come: by a paste that the terminal doesn't mark, or by a
//! program that fills in what it isn't asked for. What comes at once is handed over by the owner of the terminal, after a
//! pause of [`PAUSE`].

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::event::TuiEvent;

/// Keys with no more than this between them come at once. Neither a hand nor a key that is held down is as fast.
const PAUSE: Duration = Duration::from_millis(12);
/// The same once they are a text: the rest of it may come in pieces.
const MORE: Duration = Duration::from_millis(30);
/// Characters of a text that are kept; of the others only the number.
const MOST: usize = 16 * 1024;

/// Keys that came at once, so far.
#[derive(Debug, Default)]
pub struct Typing {
    keys: Vec<KeyEvent>,
    more: usize,
}

impl Typing {
    /// Something from the terminal, at once after the keys that are held: what it leads to, or `None` if it is held too. A key
    /// that goes up, for one, comes after all that went down before it.
    pub fn handle(&mut self, event: TuiEvent) -> Option<Vec<TuiEvent>> {
        if let TuiEvent::Key(key) = event {
            self.press(key);
            return None;
        }
        let mut all = self.take();
        all.push(event);
        Some(all)
    }

    /// For how long a key is waited for that belongs to those that are held.
    pub fn pause(&self) -> Duration {
        if self.is_text() { MORE } else { PAUSE }
    }

    /// A key, at once after the others that are held.
    pub(super) fn press(&mut self, key: KeyEvent) {
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

    fn is_text(&self) -> bool {
        self.keys.iter().filter(|key| letter(key).is_some()).nth(1).is_some() && !is_one_repeated(&self.keys)
    }

    /// What the held keys are: keys, or a text.
    pub fn take(&mut self) -> Vec<TuiEvent> {
        let is_text = self.is_text();
        let keys = std::mem::take(&mut self.keys);
        let more = std::mem::take(&mut self.more);
        if !is_text {
            return keys.into_iter().map(TuiEvent::Key).collect();
        }
        let mut text: String = keys.iter().filter_map(letter).collect();
        // Their number is told, not what they are.
        text.extend(std::iter::repeat_n('\u{fffd}', more));
        vec![TuiEvent::Paste(text)]
    }
}

/// A key that is held down on a slow line comes all at once, too. Only keys that write nothing count: nobody can tell whether
/// "mm" was meant.
fn is_one_repeated(keys: &[KeyEvent]) -> bool {
    let first = keys.first().map(|key| key.code);
    let moves = matches!(first, Some(KeyCode::Tab | KeyCode::Char('j' | 'k' | '+' | '-' | '=')));
    moves && keys.iter().all(|key| Some(key.code) == first)
}

/// What a key writes.
fn letter(key: &KeyEvent) -> Option<char> {
    match key.code {
        // The ends of lines as they are, where a terminal doesn't make Enter of them.
        KeyCode::Char('j' | 'm') if key.modifiers == KeyModifiers::CONTROL => Some('\n'),
        KeyCode::Char(c) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(c),
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some(' '),
        _ => None,
    }
}
