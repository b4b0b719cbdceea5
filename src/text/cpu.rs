//! What sound costs this computer.

use super::catalogue::Text;

/// The computer has too little time, and voices sound plainer.
pub const BUSY: Text = Text::new("cpu-busy");

/// It has time again, after a long while.
pub const BUSY_OVER: Text = Text::new("cpu-busy-over");
