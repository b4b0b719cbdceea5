//! What a key of the screen is called, and what it does.

use super::catalogue::Text;

/// A key's word in the footer, and its sentence in the help; the sentence is empty if another key's says it.
#[derive(Clone, Copy, Debug)]
pub struct KeyText {
    /// The word in the footer.
    pub word: Text,
    /// The sentence in the help.
    pub help: Text,
}

pub(super) const fn key(word: Text, help: Text) -> KeyText {
    KeyText { word, help }
}
