//! What `ingle doctor` has found, a sentence each, and what to do next.

use super::advice::{Advice, advice};

/// The head of a line: what is well.
pub const GOOD: &str = "good";
/// What is worth knowing.
pub const NOTE: &str = "note";
/// What is wrong.
pub const PROBLEM: &str = "problem";

/// At the end.
pub fn outcome(problems: usize) -> String {
    match problems {
        0 => "Everything that ingle needs is there.".into(),
        1 => "One thing needs your attention: see the line with “problem”.".into(),
        several => format!("{several} things need your attention: see the lines with “problem”."),
    }
}

/// What this program is.
pub fn version(version: &str, protocol: u32, system: &str) -> String {
    format!("This is ingle {version}, which speaks version {protocol} of its protocol, on {system}.")
}

/// The file of settings.
pub fn settings_good(path: &str) -> Advice {
    advice(format!("Your file of settings can be read: {path}."), "")
}
/// There is none.
pub fn settings_none() -> Advice {
    advice("You have no file of settings, and need none.", "")
}

/// Nothing is drawn here.
pub fn no_terminal() -> Advice {
    advice("This is not a terminal, so ingle speaks in sentences here.", "For the screen, start it in a terminal.")
}
/// A terminal that can't draw.
pub fn dumb_terminal() -> Advice {
    advice("This terminal can't draw a screen (TERM is dumb).", "Use --plain, which needs no screen.")
}
/// A small one.
pub fn small_terminal(columns: u16, rows: u16) -> Advice {
    advice(
        format!("This terminal has {columns} columns and {rows} rows, so ingle shows one line."),
        "With 80 columns and 24 rows it shows everything. Make the window larger, or the letters smaller.",
    )
}
/// A good one.
pub fn terminal(columns: u16, rows: u16, colors: bool, ascii: bool) -> Advice {
    let colors = if colors { "with colours" } else { "without colours" };
    let letters = if ascii { "plain letters only" } else { "all letters" };
    advice(format!("This terminal has {columns} columns and {rows} rows, {colors} and {letters}."), "")
}

/// A device that is there.
pub fn device(microphone: bool, name: &str) -> String {
    let side = if microphone { "microphone" } else { "speaker" };
    format!("Your {side} is there: {name}.")
}
/// None is wanted.
pub fn no_device_wanted(microphone: bool) -> Advice {
    let (side, what) = if microphone { ("microphone", "nobody hears you") } else { ("speaker", "you hear nothing") };
    advice(format!("No {side} is to be used, so {what}."), format!("Remove “{side} = null” where you set it."))
}
/// A sound server that doesn't answer.
pub fn sound_hangs() -> Advice {
    advice("Your computer's sound does not answer.", "Close other programs that use sound, or log out and in again.")
}

/// No relay is known.
pub fn no_relay() -> Advice {
    advice(
        "No relay was called, because none is known.",
        "To try one: ingle doctor --relay HOST:PORT, with the name from your invitation.",
    )
}
/// It answers over UDP.
pub fn udp_good(relay: &str, ms: u128) -> Advice {
    advice(format!("{relay} answers over UDP, after {ms} ms."), "")
}
/// It doesn't, but over TCP.
pub fn udp_blocked(relay: &str) -> Advice {
    advice(
        format!("{relay} does not answer over UDP, so ingle takes the slower road over TCP here."),
        "Calls work, with more delay. If this is your own network, let UDP out in its firewall.",
    )
}
/// It answers over TCP.
pub fn tcp_good(relay: &str, ms: u128) -> Advice {
    advice(format!("{relay} answers over TCP, after {ms} ms."), "")
}
/// It doesn't, but over UDP.
pub fn tcp_silent(relay: &str) -> Advice {
    advice(
        format!("{relay} does not answer over TCP."),
        "Nothing is lost here. Where UDP is blocked, people can't reach this relay.",
    )
}

/// The clock.
pub fn clock(date: &str) -> Advice {
    advice(format!("Your computer's clock says {date} (UTC)."), "")
}
/// The clock is wrong for sure.
pub fn clock_wrong(date: &str) -> Advice {
    advice(
        format!("Your computer's clock says {date} (UTC), which can't be right."),
        "Set the date and time: relays with a certificate can't be checked without.",
    )
}

/// What is looked at.
pub const VERSION: &str = "Version";
/// The same.
pub const SETTINGS: &str = "Settings";
/// The same.
pub const TERMINAL: &str = "Terminal";
/// The same.
pub const MICROPHONE: &str = "Microphone";
/// The same.
pub const SPEAKER: &str = "Speaker";
/// The same.
pub const RELAY_UDP: &str = "Relay, UDP";
/// The same.
pub const RELAY_TCP: &str = "Relay, TCP";
/// The same.
pub const CLOCK: &str = "Clock";
