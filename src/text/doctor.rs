//! What `ingle doctor` has found, a sentence each, and what to do next.

use super::advice::{Advice, advice};
use super::catalogue::{Text, say, text};

/// The head of a line: what is well.
pub const GOOD: Text = Text::new("doctor-good");
/// What is worth knowing.
pub const NOTE: Text = Text::new("doctor-note");
/// What is wrong.
pub const PROBLEM: Text = Text::new("doctor-problem");

/// At the end.
pub fn outcome(problems: usize) -> String {
    match problems {
        0 => text("doctor-everything-ingle-needs").into(),
        problems => say!("doctor-outcome", problems, problem = PROBLEM),
    }
}

/// What this program is.
pub fn version(version: &str, protocol: u32, system: &str) -> String {
    say!("doctor-ingle-which-speaks-version", version, protocol, system)
}

/// The file of settings.
pub fn settings_good(path: &str) -> Advice {
    advice(say!("doctor-file-settings-can-read", path), "")
}
/// There is none.
pub fn settings_none() -> Advice {
    advice(text("doctor-no-file-settings-need"), "")
}

/// Nothing is drawn here.
pub fn no_terminal() -> Advice {
    advice(text("doctor-not-terminal-ingle-speaks"), text("doctor-screen-start-terminal"))
}
/// A terminal that can't draw.
pub fn dumb_terminal() -> Advice {
    advice(text("doctor-terminal-cant-draw-screen"), text("doctor-use-plain-which-needs"))
}
/// A small one.
pub fn small_terminal(columns: u16, rows: u16) -> Advice {
    advice(say!("doctor-terminal-columns-rows-ingle", columns, rows), text("doctor-80-columns-24-rows"))
}
/// A good one.
pub fn terminal(columns: u16, rows: u16, colors: bool, ascii: bool) -> Advice {
    advice(say!("doctor-terminal-good", columns, rows, colors, ascii), "")
}

/// A device that is there.
pub fn device(microphone: bool, name: &str) -> String {
    say!("doctor-device", microphone, name)
}
/// None is wanted.
pub fn no_device_wanted(microphone: bool) -> Advice {
    let setting = if microphone { "microphone" } else { "speaker" };
    advice(say!("doctor-no-device", microphone), say!("doctor-no-device-hint", setting))
}
/// A sound server that doesn't answer.
pub fn sound_hangs() -> Advice {
    advice(text("doctor-computer-sound-does-not"), text("doctor-close-other-programs-use"))
}

/// No relay is known.
pub fn no_relay() -> Advice {
    advice(text("doctor-no-relay-called-because"), text("doctor-try-one-ingle-doctor"))
}
/// It answers over UDP.
pub fn udp_good(relay: &str, ms: u128) -> Advice {
    advice(say!("doctor-answers-over-udp-after", relay, ms), "")
}
/// It doesn't, but over TCP.
pub fn udp_blocked(relay: &str) -> Advice {
    advice(say!("doctor-does-not-answer-over", relay), text("doctor-calls-work-more-delay"))
}
/// It answers over TCP.
pub fn tcp_good(relay: &str, ms: u128) -> Advice {
    advice(say!("doctor-answers-over-tcp-after", relay, ms), "")
}
/// It doesn't, but over UDP.
pub fn tcp_silent(relay: &str) -> Advice {
    advice(say!("doctor-does-not-answer-over-tcp", relay), text("doctor-nothing-lost-where-udp"))
}

/// The clock.
pub fn clock(date: &str) -> Advice {
    advice(say!("doctor-computer-clock-says-utc", date), "")
}
/// The clock is wrong for sure.
pub fn clock_wrong(date: &str) -> Advice {
    advice(say!("doctor-computer-clock-says-utc-which", date), text("doctor-set-date-time-relays"))
}

/// What is looked at.
pub const VERSION: Text = Text::new("doctor-version");
/// The same.
pub const SETTINGS: Text = Text::new("doctor-settings");
/// The same.
pub const TERMINAL: Text = Text::new("doctor-terminal");
/// The same.
pub const MICROPHONE: Text = Text::new("doctor-microphone");
/// The same.
pub const SPEAKER: Text = Text::new("doctor-speaker");
/// The same.
pub const RELAY_UDP: Text = Text::new("doctor-relay-udp");
/// The same.
pub const RELAY_TCP: Text = Text::new("doctor-relay-tcp");
/// The same.
pub const CLOCK: Text = Text::new("doctor-clock");
