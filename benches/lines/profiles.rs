//! The lines that are tried, and their words, which are those of Linux's netem.

use std::time::Duration;

use ingle::sim::link::{Bursts, Rate, Setting};

/// A kind of line, of the talker and of the listener alike, in both directions; so a voice crosses it twice.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Profile {
    pub name: String,
    /// The line in netem's words.
    pub words: String,
    pub setting: Setting,
    /// Seconds of the speech between which nothing passes.
    pub dark: Option<(f64, f64)>,
}

/// Names and words of all profiles.
const ALL: [(&str, &str); 10] = [
    ("clean", "delay 20ms"),
    ("loss5", "delay 40ms 10ms loss 5%"),
    ("burst10", "delay 40ms loss gemodel 3.7% 33.3%"),
    ("loss20", "delay 40ms loss 20%"),
    ("loss40", "delay 40ms loss 40%"),
    ("narrow32", "rate 32kbit limit 10 delay 100ms loss 1%"),
    ("narrow16", "rate 16kbit limit 10 delay 100ms loss 1%"),
    ("edge", "rate 48kbit limit 20 delay 200ms 80ms loss 3%"),
    ("sat", "delay 300ms loss 1%"),
    ("blackout", "delay 20ms"),
];
/// The profile whose line breaks, and when.
const BLACKOUT: (&str, (f64, f64)) = ("blackout", (10.0, 15.0));

/// All profiles.
pub(crate) fn all() -> Vec<Profile> {
    ALL.iter().filter_map(|(name, words)| of(name, words).ok()).collect()
}

/// The profile with a name, or the one that `NAME=WORDS` describes.
///
/// # Errors
/// A sentence for a person.
pub(crate) fn named(name: &str) -> Result<Profile, String> {
    if let Some((name, words)) = name.split_once('=') {
        return of(name, words);
    }
    let known = all().into_iter().find(|profile| profile.name == name);
    known.ok_or_else(|| format!("There is no profile {name}. There are {}.", ALL.map(|(name, _)| name).join(", ")))
}

fn of(name: &str, words: &str) -> Result<Profile, String> {
    let dark = (name == BLACKOUT.0).then_some(BLACKOUT.1);
    Ok(Profile { name: name.into(), words: words.into(), setting: setting(words)?, dark })
}

/// What netem's words say of a line: `delay 40ms 10ms`, `loss 5%`, `loss gemodel 3.7% 33.3%`, `duplicate 5%`,
/// `rate 16kbit`, `limit 10`.
///
/// # Errors
/// A sentence for a person.
pub(crate) fn setting(words: &str) -> Result<Setting, String> {
    let mut words = words.split_whitespace().peekable();
    let mut setting = Setting::CLEAR;
    let (mut bits, mut limit) = (None, 1000);
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("A line's word {word} needs a value behind it."))?;
        let bad = |value: &str| format!("A line can't have {word} {value}.");
        let read = |value: &str, of: fn(&str) -> Option<f64>| of(value).ok_or_else(|| bad(value));
        match (word, value) {
            ("delay", _) => {
                setting.delay = Duration::from_secs_f64(read(value, seconds)?);
                if let Some(jitter) = words.next_if(|next| next.starts_with(|c: char| c.is_ascii_digit())) {
                    setting.jitter = Duration::from_secs_f64(read(jitter, seconds)?);
                }
            }
            ("loss", "gemodel") => {
                let odds = [words.next(), words.next()].map(|odds| read(odds.unwrap_or_default(), share));
                let [begin, end] = odds;
                setting.bursts = Some(Bursts { begin: begin?, end: end? });
            }
            ("loss", _) => setting.loss = read(value, share)?,
            ("duplicate", _) => setting.duplicate = read(value, share)?,
            ("rate", _) => bits = Some(read(value, bits_a_second)? as u64),
            ("limit", _) => limit = value.parse().ok().filter(|limit| *limit > 0).ok_or_else(|| bad(value))?,
            _ => return Err(format!("A line has delay, loss, duplicate, rate and limit, and no {word}.")),
        }
    }
    setting.rate = bits.map(|bits| Rate { bits, limit });
    Ok(setting)
}

fn number(text: &str, unit: &str) -> Option<f64> {
    text.strip_suffix(unit)?.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)
}

fn seconds(text: &str) -> Option<f64> {
    let all = number(text, "ms").map(|ms| ms / 1e3).or_else(|| number(text, "us").map(|us| us / 1e6));
    all.or_else(|| number(text, "s")).filter(|seconds| *seconds <= 60.0)
}

fn share(text: &str) -> Option<f64> {
    number(text, "%").map(|percent| percent / 100.0).filter(|share| *share <= 1.0)
}

fn bits_a_second(text: &str) -> Option<f64> {
    let all = number(text, "kbit").map(|k| k * 1e3).or_else(|| number(text, "mbit").map(|m| m * 1e6));
    all.or_else(|| number(text, "bit")).filter(|bits| *bits >= 1.0)
}
