//! My microphone hears my loudspeaker.

use super::catalogue::Text;

/// When that begins to be heard by the others.
pub const STAYS: Text = Text::new("echo-stays");
/// What helps.
pub const HEADSET: Text = Text::new("echo-headset");
/// When it's over.
pub const OVER: Text = Text::new("echo-over");
