//! Who hears later than it was said, and what to do about it.

/// I have missed something, and hear it now; `skip` is what to do not to, such as "press u".
pub fn i_am_behind(seconds: u8, skip: &str) -> String {
    format!("You are {}. You hear what you missed now, a little faster. To skip it, {skip}.", behind(seconds))
}

/// A member hears what it has missed.
pub fn member_behind(name: &str, seconds: u8) -> String {
    format!("{name} is {}, and hears what was missed now.", behind(seconds))
}

/// What I hear is live again.
pub const LIVE_AGAIN: &str = "You hear everything now as it is said.";

/// A member hears what is live.
pub fn member_live(name: &str) -> String {
    format!("{name} hears everything again as it is said.")
}

/// So many seconds, in words.
pub fn behind(seconds: u8) -> String {
    match seconds {
        1 => "1 second behind".to_owned(),
        u8::MAX => "minutes behind".to_owned(),
        seconds => format!("{seconds} seconds behind"),
    }
}
