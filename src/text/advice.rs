//! A problem, and what to do next.

/// A problem in one sentence, and what to do next in another.
pub type Advice = (String, String);

pub(super) fn advice(message: impl Into<String>, hint: impl Into<String>) -> Advice {
    (message.into(), hint.into())
}
