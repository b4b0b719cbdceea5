//! What sound costs this computer.

/// The computer has too little time, and voices sound plainer.
pub const BUSY: &str = "Your computer is busy, so voices sound plainer for now.";

/// It has time again, after a long while.
pub const BUSY_OVER: &str = "Your computer has time again, so voices sound as before.";
