//! The person at the session, or the program, as far as it is seen whether they are still there.

use super::attendance::Gone;

/// What is known of whoever attends the session.
#[derive(Default)]
pub(super) struct Person {
    /// The end that has nobody at it any more.
    pub(super) gone: Option<Gone>,
    /// Whether the process ends soon, whatever hangs.
    pub(super) ends: bool,
    /// Whether what is written is not taken at present.
    pub(super) still: bool,
    /// Whether the microphone was closed because of that.
    pub(super) shut: bool,
    /// Nothing can be typed any more, which is yet to be told; whether that has closed the microphone.
    pub(super) silent: Option<bool>,
    /// When to leave, however it stands with the group.
    pub(super) insist: Option<tokio::time::Instant>,
}
