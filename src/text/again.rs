//! What happened several times within a minute, in one sentence.

use super::catalogue::say;
use crate::session::{About, Gesture, Kind};

/// How often it happened, and how it stands now.
pub fn again(about: &About, times: u32) -> String {
    let (name, on) = (&about.name, about.on);
    match about.kind {
        Kind::Circle => say!("again-circle", name, times, on),
        Kind::Removed => say!("again-removed", name, times),
        Kind::Line => say!("again-line", name, times, on),
        Kind::Losing => say!("again-losing", name, times, on),
        Kind::Muted => say!("again-muted", name, times, on),
        Kind::Hand => say!("again-hand", name, times, on),
        Kind::Asks => say!("again-asks", name, times, on),
        Kind::Knock => say!("again-knock", name, times, on),
        Kind::Agrees => say!("again-agrees", name, times),
        Kind::Sign(Gesture::Here) => say!("again-here", name, times),
        Kind::Sign(Gesture::Applause) => say!("again-applause", name, times),
        Kind::Help => say!("again-help", name, times),
        Kind::Vanished => say!("again-vanished", name, times),
        Kind::SeenTo => say!("again-seen-to", name, times),
        Kind::Behind => say!("again-behind", name, times, on),
        Kind::Vote => say!("again-vote", name, times),
        Kind::Minutes => say!("again-minutes", name, times),
        Kind::Ballot => say!("again-ballot", name, times),
        Kind::Overstepped => say!("again-overstepped", name, times),
        Kind::NoMic => say!("again-no-mic", name, times, on),
        Kind::Role => say!("again-role", name, times),
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
