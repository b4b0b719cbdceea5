//! My microphone hears my loudspeaker.

/// When that begins to be heard by the others.
pub const STAYS: &str = "Your loudspeaker is heard by your microphone, so you are softer while others talk.";
/// What helps.
pub const HEADSET: &str = "A headset helps.";
/// When it's over.
pub const OVER: &str = "Your loudspeaker is no longer heard by your microphone; you are as loud as before.";
