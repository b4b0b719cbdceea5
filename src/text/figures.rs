//! Figures as people say them.

use super::catalogue::text;
use std::time::Duration;

use crate::session::{LinkFigures, Phase, Road, Room};

/// My line, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineState {
    /// Not connected yet, or no longer: nothing to say.
    None,
    /// Words arrive, and soon.
    Good,
    /// Words arrive, by the slow road.
    Slow,
    /// Words may be late, or a few missing.
    Fair,
    /// Words are missing.
    Poor,
    /// Nothing arrives.
    Cut,
}

impl LineState {
    /// The word on the screen.
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Good => text("figures-line-good"),
            Self::Slow => text("figures-slow-road"),
            Self::Fair => text("figures-line-fair"),
            Self::Poor => text("figures-line-poor"),
            Self::Cut => text("figures-line-cut"),
        }
    }
}

/// My line in a word. Up to 5 % of loss is not heard, from 15 % on words are missing.
pub fn line_state(room: &Room) -> LineState {
    match room.phase {
        Phase::Returning(_) => LineState::Cut,
        Phase::Waiting | Phase::In => judge(&room.link),
        Phase::Connecting | Phase::Over(_) => LineState::None,
    }
}

fn judge(link: &LinkFigures) -> LineState {
    let loss = link.loss_up.max(link.loss_down);
    if loss >= 0.15 || link.rtt_ms >= 1500.0 {
        LineState::Poor
    } else if loss >= 0.05 || link.rtt_ms >= 700.0 {
        LineState::Fair
    } else {
        match link.road {
            Road::Udp => LineState::Good,
            Road::Tcp => LineState::Slow,
        }
    }
}

/// A length of time as a clock shows it: `1:20`, `1:02:05`.
pub fn span(length: Duration) -> String {
    let seconds = length.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// An amount of data: `870 kB`, `4.1 MB`.
pub fn bytes(count: u64) -> String {
    let count = count as f64;
    if count < 999_500.0 {
        format!("{:.0} kB", count / 1e3)
    } else if count < 999.5e6 {
        format!("{} MB", decimal(&format!("{:.1}", count / 1e6)))
    } else {
        format!("{} GB", decimal(&format!("{:.2}", count / 1e9)))
    }
}

/// A number with the sign before its fraction that the language has.
fn decimal(number: &str) -> String {
    number.replace('.', text("figures-decimal-sign"))
}

/// A rate both ways together: `11 kbps`.
pub fn kbps(link: &LinkFigures) -> String {
    format!("{:.0} kbps", link.up_kbps + link.down_kbps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_amounts_read_naturally() {
        assert_eq!(span(Duration::from_secs(80)), "1:20");
        assert_eq!(span(Duration::from_secs(3725)), "1:02:05");
        assert_eq!(
            [0, 870_400, 999_600, 4_130_000, 1_250_000_000].map(bytes),
            ["0 kB", "870 kB", "1.0 MB", "4.1 MB", "1.25 GB"]
        );
    }

    #[test]
    fn a_line_is_as_good_as_its_worse_direction() {
        let line = |loss_up, loss_down, rtt_ms| {
            let link = LinkFigures { loss_up, loss_down, rtt_ms, ..LinkFigures::default() };
            line_state(&Room { phase: Phase::In, link, ..Room::default() }).words()
        };
        assert_eq!(line(0.01, 0.04, 600.0), "line good");
        assert_eq!(line(0.0, 0.08, 100.0), "line fair");
        assert_eq!(line(0.3, 0.0, 100.0), "line poor");
        let slow = LinkFigures { road: Road::Tcp, ..LinkFigures::default() };
        assert_eq!(line_state(&Room { phase: Phase::In, link: slow, ..Room::default() }), LineState::Slow);
        assert_eq!(
            line_state(&Room { phase: Phase::Returning(Default::default()), ..Room::default() }),
            LineState::Cut
        );
    }
}
