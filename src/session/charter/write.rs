//! A charter as people write it: a word for each point, and a word or two for what holds there.

use super::{Chair, Charter, Power, Say, Threshold};

/// What can't be read as a point of a charter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CharterError {
    /// No point of a charter is called so.
    Point(String),
    /// The point can't hold this; `allowed` says what it can hold.
    Value {
        /// The point.
        point: &'static str,
        /// What was written.
        written: String,
        /// What could be.
        allowed: &'static str,
    },
}

const POINTS: [(&str, &str); 13] = [
    ("like", PRESETS),
    ("mute", GUARDED),
    ("mute-all", GUARDED),
    ("lock", GUARDED),
    ("remove", GUARDED),
    ("close", GUARDED),
    ("turns", SHARED),
    ("vote", SHARED),
    ("roles", GUARDED),
    ("threshold", "simple, two thirds, consensus, or consensus minus 1 to 9"),
    ("mute-all-time", "10 seconds to 60 minutes"),
    ("lobby", "one yes or two yeses"),
    ("chair", "longest or rotation"),
];

const PRESETS: &str = "facilitated, shared or peer";
const GUARDED: &str = "facilitator or group";
const SHARED: &str = "facilitator, group or anyone";

/// Characters of what was written that an error repeats.
const REPEATED: usize = 40;

impl Power {
    /// The word for it in a charter.
    pub fn word(self) -> &'static str {
        POINTS[self as usize + 1].0
    }
}

impl Charter {
    /// The points in the order in which they are written, each with what it can hold.
    pub const POINTS: [(&'static str, &'static str); 13] = POINTS;

    /// The charter with one point changed; `like` stands for all points of a preset.
    ///
    /// # Errors
    /// [`CharterError`] if there is no such point, or it can't hold that.
    pub fn with(self, point: &str, written: &str) -> Result<Self, CharterError> {
        let at = POINTS.iter().position(|(name, _)| name.eq_ignore_ascii_case(point.trim()));
        let at = at.ok_or_else(|| CharterError::Point(cut(point)))?;
        let words: Vec<String> = written.split_whitespace().map(str::to_lowercase).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (point, allowed) = POINTS[at];
        let changed = self.read(at, &words).filter(Self::is_sound);
        changed.ok_or_else(|| CharterError::Value { point, written: cut(written), allowed })
    }

    fn read(mut self, at: usize, words: &[&str]) -> Option<Self> {
        match (POINTS[at].0, words) {
            ("like", [name]) => self = Self::preset(name)?,
            ("threshold", words) => self.threshold = threshold(words)?,
            ("mute-all-time", [number, unit]) => self.mute_all_seconds = seconds(number, unit)?,
            ("lobby", ["1" | "one"] | ["one" | "1", "yes"]) => self.yeses = 1,
            ("lobby", ["2" | "two"] | ["two" | "2", "yeses"]) => self.yeses = 2,
            ("chair", ["longest"] | ["longest", "present"]) => self.chair = Chair::Longest,
            ("chair", ["rotation"]) => self.chair = Chair::Rotation,
            (_, [who]) => {
                let power = Power::ALL.get(at.checked_sub(1)?)?;
                self.says[*power as usize] = match *who {
                    "facilitator" => Say::Facilitator,
                    "group" => Say::Group,
                    "anyone" => Say::Anyone,
                    _ => return None,
                };
            }
            _ => return None,
        }
        Some(self)
    }
}

fn threshold(words: &[&str]) -> Option<Threshold> {
    Some(match words {
        ["simple"] => Threshold::Simple,
        ["two", "thirds"] | ["two-thirds"] => Threshold::TwoThirds,
        ["consensus"] => Threshold::Consensus { minus: 0 },
        ["consensus", "minus", number] => {
            let minus = if *number == "one" { 1 } else { number.parse().ok()? };
            Threshold::Consensus { minus }
        }
        _ => return None,
    })
}

fn seconds(number: &str, unit: &str) -> Option<u16> {
    let number: u16 = number.parse().ok()?;
    match unit {
        "second" | "seconds" => Some(number),
        "minute" | "minutes" => number.checked_mul(60),
        _ => None,
    }
}

fn cut(written: &str) -> String {
    crate::session::clean::chat(written).chars().take(REPEATED).collect()
}
