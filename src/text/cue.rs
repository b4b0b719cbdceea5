//! Soft sounds.

use super::catalogue::Text;

/// Their line in the settings.
pub const CUES: Text = Text::new("cue-heading");
/// They are on: when there is one.
pub const CUES_ON: Text = Text::new("cue-on");
/// They are off.
pub const CUES_OFF: Text = Text::new("cue-off");
