//! The charter: what a group holds itself by, in sentences, and what is wrong with one that can't be read.

use super::catalogue::{Text, say, text};
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
    for who in [Say::Facilitator, Say::Group, Say::Anyone] {
        let deeds = of(who);
        if deeds.is_empty() {
            continue;
        }
        let deeds = names(&deeds);
        lines.push(match who {
            Say::Facilitator => say!("charter-facilitator-may", deeds),
            Say::Group => say!("charter-group-may", deeds),
            Say::Anyone => say!("charter-everybody-may", deeds),
        });
    }
    lines.push(say!("charter-mute-all-ends-by", time = time(charter.mute_all_ms() / 1000)));
    lines.push(decided(charter.threshold()));
    if charter.yeses() > 1 {
        lines.push(text("charter-two-members-must-say").to_owned());
    }
    lines.push(text("charter-any-time-members-can").to_owned());
    lines.push(match charter.chair() {
        Chair::Longest => text("charter-if-no-facilitator-left").to_owned(),
        Chair::Rotation => text("charter-if-no-facilitator-left-role").to_owned(),
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
        Power::Mute => text("charter-mute-one"),
        Power::MuteAll => text("charter-mute-all"),
        Power::Lock => text("charter-lock-door"),
        Power::Remove => text("charter-remove-member"),
        Power::Close => text("charter-end-group"),
        Power::Turns => text("charter-lead-turns"),
        Power::Vote => text("charter-call-vote"),
        Power::Roles => text("charter-name-co-facilitators"),
    }
}

/// How decisions are taken, in a sentence or two.
fn decided(threshold: Threshold) -> String {
    let vote = match threshold {
        Threshold::Simple => text("charter-needs-more-yes").to_owned(),
        Threshold::TwoThirds => text("charter-needs-two-yes").to_owned(),
        Threshold::Consensus { minus } => say!("charter-needs-consensus", against = minus),
    };
    say!("charter-decided", vote)
}

fn time(seconds: u64) -> String {
    match seconds {
        _ if seconds.is_multiple_of(60) => say!("charter-minutes", minutes = seconds / 60),
        _ => say!("charter-seconds", seconds),
    }
}

/// What is wrong with a point of a charter, and what it could be.
pub fn charter_error(error: &CharterError) -> Advice {
    match error {
        CharterError::Point(point) => (
            say!("charter-charter-no-point-called", point),
            say!("charter-can-say", value = Charter::POINTS.map(|(point, _)| point).join(", ")),
        ),
        CharterError::Value { point, written, allowed } => {
            (say!("charter-cant", point, written), say!("charter-can", allowed))
        }
    }
}

/// A value that is a list.
pub const A_LIST: Text = Text::new("charter-a-list");
/// A value that is a table.
pub const A_TABLE: Text = Text::new("charter-a-table");
/// A value that is something else than a text or a number.
pub const NO_WORD: Text = Text::new("charter-no-word");

/// The same, in a file.
pub fn wrong_charter(name: &str, line: usize, error: &CharterError) -> Advice {
    let (message, hint) = charter_error(error);
    (say!("charter-line-charter", line, name, message), hint)
}

/// A file that can't be read.
pub fn no_charter(name: &str, why: ErrorKind) -> Advice {
    let message = match why {
        ErrorKind::NotFound => say!("charter-no-charter-called-no", name),
        ErrorKind::PermissionDenied => say!("charter-not-allowed-read-charter", name),
        _ => say!("charter-charter-cant-read", name),
    };
    (message, text("charter-choose-facilitated-shared-peer").to_owned())
}

/// A file that is far longer than any charter.
pub fn long_charter(name: &str) -> Advice {
    (say!("charter-file-too-long-charter", name), text("charter-please-check-right-file").to_owned())
}

/// A file that is no TOML, from some line on.
pub fn odd_charter(name: &str, line: Option<usize>) -> Advice {
    let hint = text("charter-write-name-equals-sign");
    let problem = match line {
        Some(line) => say!("charter-odd-line", line, name),
        None => say!("charter-odd", name),
    };
    (problem, hint.to_owned())
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
