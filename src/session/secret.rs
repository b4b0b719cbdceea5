//! A few words that only a few may read.

use std::fmt;

use zeroize::Zeroizing;

use super::clean;
use crate::wire::limits;

/// A few words that leave memory when they are dropped, and that nothing prints.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Cleaned, and at most [`limits::PRIVATE_CHARS`] characters.
    pub fn new(raw: &str) -> Self {
        let whole = Zeroizing::new(clean::chat(raw));
        let end = whole.char_indices().nth(limits::PRIVATE_CHARS).map_or(whole.len(), |(end, _)| end);
        Self(Zeroizing::new(whole[..end].trim_end().to_owned()))
    }

    /// The words, to show.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}
