//! My second way to the relay, in sentences.

use super::catalogue::say;
use super::figures::bytes;
use crate::session::{Room, SecondWay, SecondWayState};

/// How both ways stand, as it is told when it changes. `None` where only one is wanted.
pub fn second_way(room: &Room) -> Option<String> {
    let SecondWay { via, state, first_silent, .. } = room.second_way.as_ref()?;
    Some(match (state, first_silent) {
        (SecondWayState::Carries, false) => say!("second-way-carries", via),
        (SecondWayState::Carries, true) => say!("second-way-first-silent", via),
        (SecondWayState::Looking, _) => say!("second-way-looking", via),
        (SecondWayState::Silent, _) => say!("second-way-silent", via),
        (SecondWayState::Same, _) => say!("second-way-same", via),
    })
}

/// The same with its figures.
pub(super) fn second_way_lines(room: &Room) -> Vec<String> {
    let (Some(told), Some(second)) = (second_way(room), &room.second_way) else { return vec![] };
    let figures = say!(
        "second-way-figures",
        loss = format!("{:.0}", second.loss_up * 100.0),
        rtt_ms = format!("{:.0}", second.rtt_ms),
        bytes = bytes(second.data_bytes)
    );
    let carries = matches!(second.state, SecondWayState::Carries | SecondWayState::Silent);
    std::iter::once(told).chain(carries.then_some(figures)).collect()
}

/// How the second way stands, in one word, for scripts. The words stay.
pub fn second_way_word(state: SecondWayState) -> &'static str {
    match state {
        SecondWayState::Looking => "looking",
        SecondWayState::Carries => "carries",
        SecondWayState::Silent => "silent",
        SecondWayState::Same => "same",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_of_two_ways_has_a_sentence() {
        let told = |state, first_silent| {
            let second = SecondWay { via: "wlan1".to_owned(), state, first_silent, ..SecondWay::default() };
            second_way(&Room { second_way: Some(second), ..Room::default() }).expect("told")
        };
        let states = [
            (SecondWayState::Carries, false),
            (SecondWayState::Carries, true),
            (SecondWayState::Looking, false),
            (SecondWayState::Silent, false),
            (SecondWayState::Same, false),
        ];
        let all: std::collections::BTreeSet<_> = states.map(|(state, silent)| told(state, silent)).into();
        assert!(all.len() == states.len() && all.iter().all(|line| line.contains("wlan1")), "{all:?}");
        assert_eq!(second_way(&Room::default()), None);
    }

    #[test]
    fn the_lines_of_a_link_say_what_its_second_way_costs() {
        let second = SecondWay {
            via: "wlan1".to_owned(),
            state: SecondWayState::Carries,
            loss_up: 0.2,
            rtt_ms: 81.0,
            data_bytes: 4_130_000,
            ..SecondWay::default()
        };
        let lines = second_way_lines(&Room { second_way: Some(second), ..Room::default() });
        assert_eq!(
            lines[1],
            "Over the second way, 20% of what you send is lost, the relay answers within 81 milliseconds, and 4.1 MB of data was used."
        );
    }
}
