//! What is wrong with the sound of a member who came in again.

/// The microphone's first second was full of noise.
pub const NOISY: &str = "Your microphone hears much noise around you.";
/// What helps.
pub const NOISY_HELP: &str = "It helps to close a window, or to use a headset.";
