//! A code out of what was typed or pasted.

use crate::crypto::code::{Code, CodeError};

/// A code as typed, or the one in a longer text.
pub(super) fn read(text: &str) -> Result<Code, CodeError> {
    Code::parse(text).or_else(|error| Code::find_in(text).ok_or(error))
}
