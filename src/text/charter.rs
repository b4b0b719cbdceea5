//! The charter: what a group holds itself by, in sentences, and what is wrong with one that can't be read.

use std::io::ErrorKind;

use super::advice::Advice;
use super::names::names;
use crate::session::{Chair, Charter, CharterError, Power, Say, Threshold};

/// What a group holds itself by, a sentence or two each.
pub fn charter(charter: &Charter) -> Vec<String> {
    let of = |say: Say| -> Vec<&str> {
        Power::ALL.iter().filter(|power| charter.say(**power) == say).map(|power| deed(*power)).collect()
    };
    let mut lines = Vec::new();
    for (say, who) in [
        (Say::Facilitator, "The facilitator alone may"),
        (Say::Group, "Only with the group's yes the facilitator may"),
        (Say::Anyone, "Everybody may"),
    ] {
        let deeds = of(say);
        if !deeds.is_empty() {
            lines.push(format!("{who} {}.", names(&deeds)));
        }
    }
    lines.push(format!("A mute of all ends by itself after {}.", time(charter.mute_all_ms() / 1000)));
    lines.push(decided(charter.threshold()));
    if charter.yeses() > 1 {
        lines.push("Two members must say yes before anybody is let in.".to_owned());
    }
    lines.push("At any time members can choose another facilitator or change these rules by vote.".to_owned());
    lines.push(match charter.chair() {
        Chair::Longest => "If no facilitator is left, whoever has been here longest takes the chair.".to_owned(),
        Chair::Rotation => {
            "If no facilitator is left, the role goes to the member who came in next after the last one.".to_owned()
        }
    });
    lines
}

/// What another charter says otherwise.
pub fn charter_changes(from: &Charter, to: &Charter) -> Vec<String> {
    let before = charter(from);
    charter(to).into_iter().filter(|rule| !before.contains(rule)).collect()
}

/// What a power does.
pub fn deed(power: Power) -> &'static str {
    match power {
        Power::Mute => "mute one",
        Power::MuteAll => "mute all",
        Power::Lock => "lock the door",
        Power::Remove => "remove a member",
        Power::Close => "end the group",
        Power::Turns => "lead turns",
        Power::Vote => "call a vote",
        Power::Roles => "name co-facilitators",
    }
}

/// How decisions are taken, in a sentence or two.
fn decided(threshold: Threshold) -> String {
    let vote = match threshold {
        Threshold::Simple => "more yes than no votes".to_owned(),
        Threshold::TwoThirds => "two yes votes for each no".to_owned(),
        Threshold::Consensus { minus: 0 } => "no one against".to_owned(),
        Threshold::Consensus { minus: 1 } => "at most one against".to_owned(),
        Threshold::Consensus { minus } => format!("at most {minus} against"),
    };
    format!("The group looks for agreement first. A vote needs {vote}, and half of the group voting.")
}

fn time(seconds: u64) -> String {
    match seconds {
        60 => "a minute".to_owned(),
        _ if seconds.is_multiple_of(60) => format!("{} minutes", seconds / 60),
        _ => format!("{seconds} seconds"),
    }
}

/// What is wrong with a point of a charter, and what it could be.
pub fn charter_error(error: &CharterError) -> Advice {
    match error {
        CharterError::Point(point) => (
            format!("A charter has no point called \"{point}\"."),
            format!("It can say: {}.", Charter::POINTS.map(|(point, _)| point).join(", ")),
        ),
        CharterError::Value { point, written, allowed } => {
            (format!("\"{point}\" can't be \"{written}\"."), format!("It can be {allowed}."))
        }
    }
}

/// A value that is a list.
pub const A_LIST: &str = "a list";
/// A value that is a table.
pub const A_TABLE: &str = "a table";
/// A value that is something else than a text or a number.
pub const NO_WORD: &str = "something else than a word";

/// The same, in a file.
pub fn wrong_charter(name: &str, line: usize, error: &CharterError) -> Advice {
    let (message, hint) = charter_error(error);
    (format!("Line {line} of the charter {name}: {message}"), hint)
}

/// A file that can't be read.
pub fn no_charter(name: &str, why: ErrorKind) -> Advice {
    let message = match why {
        ErrorKind::NotFound => format!("There is no charter called \"{name}\", and no such file."),
        ErrorKind::PermissionDenied => format!("You are not allowed to read the charter {name}."),
        _ => format!("The charter {name} can't be read."),
    };
    (message, "Choose facilitated, shared or peer, or give the path of a file with a charter.".to_owned())
}

/// A file that is far longer than any charter.
pub fn long_charter(name: &str) -> Advice {
    (format!("The file {name} is too long for a charter."), "Please check that it is the right file.".to_owned())
}

/// A file that is no TOML, from some line on.
pub fn odd_charter(name: &str, line: Option<usize>) -> Advice {
    let place = line.map_or_else(|| "The".to_owned(), |line| format!("Line {line} of the"));
    let hint = "Write a name, an equals sign and a value in quotation marks: lobby = \"two yeses\".";
    (format!("{place} charter {name} can't be understood."), hint.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_charter_is_told_in_plain_sentences() {
        for (_, preset) in Charter::PRESETS {
            let lines = charter(&preset);
            assert!((6..=8).contains(&lines.len()));
            for line in lines {
                assert!(line.ends_with('.') && line.is_ascii() && line.len() <= 130, "{line}");
            }
        }
        let told = |(point, value)| charter(&Charter::FACILITATED.with(point, value).expect("sound")).join(" ");
        assert!(told(("mute-all-time", "60 seconds")).contains("after a minute."));
        assert!(told(("mute-all-time", "90 seconds")).contains("after 90 seconds."));
        assert!(told(("lobby", "two yeses")).contains("Two members must say yes"));
        assert!(told(("threshold", "consensus minus 3")).contains("at most 3 against"));
    }
}
