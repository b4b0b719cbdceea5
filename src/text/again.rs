//! What happened several times within a minute, in one sentence.

use crate::session::{About, Gesture, Kind};

/// How often it happened, and how it stands now.
pub fn again(about: &About, times: u32) -> String {
    let (name, often) = (&about.name, often(times));
    let now = |on: &str, off: &str| if about.on { format!(" {on}") } else { format!(" {off}") };
    match about.kind {
        Kind::Circle => {
            let now = now(&format!("{name} is here now."), &format!("{name} is gone."));
            format!("{name} came in {often}.{now}")
        }
        Kind::Removed => format!("{name} was taken out of the group {often}."),
        Kind::Line => format!("{name}'s line was cut {often}.{}", now("It is cut now.", "It is back.")),
        Kind::Losing => {
            format!("{name} lost words {often}.{}", now("Words still get lost.", "The line is good again."))
        }
        Kind::Muted => {
            let now = now(&format!("{name} is muted now."), &format!("{name} may speak."));
            format!("The facilitator muted {name} {often}.{now}")
        }
        Kind::Hand => format!("{name} raised a hand {often}.{}", now("It is up now.", "It is down.")),
        Kind::Asks => {
            let now = now(&format!("{name} still asks to."), &format!("{name} no longer asks to."));
            format!("{name} asked to speak {often}.{now}")
        }
        Kind::Knock => {
            let now = now(&format!("{name} is at the door."), &format!("{name} is no longer at the door."));
            format!("{name} knocked {often}.{now}")
        }
        Kind::Agrees => format!("{name} agreed to the ground rules {often}."),
        Kind::Sign(Gesture::Here) => format!("{name} gave a quiet sign {often}."),
        Kind::Sign(Gesture::Applause) => format!("{name} applauded {often}."),
        Kind::Help => format!("{name} asked for help {often}. Only those who lead see this."),
        Kind::Vanished => format!("{name} vanished {often}."),
        Kind::SeenTo => format!("{name} was looked after {often}."),
        Kind::Behind => {
            let now = now(&format!("{name} is behind now."), &format!("{name} hears what is live."));
            format!("{name} was behind {often}.{now}")
        }
        Kind::Vote => format!("{name} voted {often}."),
        Kind::Minutes => format!("{name} answered {often} whether the minutes are right."),
        Kind::Ballot => format!("{name} sent ballots that are no good {often}."),
        Kind::Overstepped => format!("{name} did something without the group's yes {often}."),
        Kind::NoMic => {
            let now = now("It is gone now.", "It works now.");
            format!("{name}'s microphone was gone {often}.{now}")
        }
        Kind::Role => format!("{name} was given another role {often}."),
    }
}

fn often(times: u32) -> String {
    const WORDS: [&str; 10] = ["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match times {
        0 | 1 => "again".to_owned(),
        2 => "twice".to_owned(),
        3..=12 => format!("{} times", WORDS[times as usize - 3]),
        _ => format!("{times} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_says_how_often_and_how_it_stands() {
        let about = |kind, on| About { name: "Bo".into(), kind, on };
        assert_eq!(again(&about(Kind::Line, false), 4), "Bo's line was cut four times. It is back.");
        assert_eq!(again(&about(Kind::Line, true), 1), "Bo's line was cut again. It is cut now.");
        assert_eq!(again(&about(Kind::Circle, false), 20), "Bo came in 20 times. Bo is gone.");
        assert_eq!(again(&about(Kind::Sign(Gesture::Here), true), 60), "Bo gave a quiet sign 60 times.");
        assert_eq!(again(&about(Kind::Hand, true), 12), "Bo raised a hand twelve times. It is up now.");
        assert_eq!(again(&about(Kind::Help, true), 2), "Bo asked for help twice. Only those who lead see this.");
    }
}
