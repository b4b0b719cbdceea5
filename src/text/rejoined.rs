//! What is wrong with the sound of a member who came in again.

use super::catalogue::Text;

/// The microphone's first second was full of noise.
pub const NOISY: Text = Text::new("rejoined-noisy");
/// What helps.
pub const NOISY_HELP: Text = Text::new("rejoined-noisy-help");
