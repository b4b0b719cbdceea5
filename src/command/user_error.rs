//! A sentence for the person as a trouble.

use crate::session::Trouble;
use crate::text::Advice;

/// What is wrong, and what to do next.
pub(super) fn user_error((message, hint): Advice) -> Trouble {
    Trouble::Message { message, hint }
}
