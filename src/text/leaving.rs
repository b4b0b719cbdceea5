//! What it means to leave: a question, what becomes of the group, and what can be chosen.

use super::commands::Word;
use super::guide::Guide;
use super::names::name;
use crate::ids::SeatId;
use crate::session::{Phase, Room};

/// What to know before leaving, and what can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// The question.
    pub question: &'static str,
    /// What becomes of the group.
    pub told: Vec<String>,
    /// To leave.
    pub go: String,
    /// To end the group for everybody, for those who can.
    pub end: Option<&'static str>,
    /// To stay.
    pub stay: &'static str,
}

/// What it means that I leave; a facilitator hands over to the selected member, or else to whoever is next.
pub fn leaving(room: &Room, selected: Option<SeatId>) -> Leaving {
    let leave = |told: &str| Leaving {
        question: "Leave the group?",
        told: vec![told.to_owned()],
        go: "Leave.".to_owned(),
        end: room.may_admit().then_some("End the group for everybody."),
        stay: "Stay.",
    };
    if room.phase == Phase::Waiting {
        let told = leave("You can knock again later with the same code.");
        return Leaving { question: "Leave the door?", ..told };
    }
    let alone = room.state.circle.seats.len() <= 1;
    match room.successor(selected) {
        _ if alone && room.am_facilitator() => {
            Leaving { end: None, ..leave("Nobody else is here to hand over to, so the group ends when you go.") }
        }
        _ if alone => leave("Nobody else is here."),
        _ if room.relay_here => Leaving {
            go: "Leave, which ends the group.".to_owned(),
            ..leave(
                "The group meets through this computer, so nobody can take over: it ends for everybody when you go.",
            )
        },
        Some(seat) => {
            let next = name(room, seat);
            let told = format!(
                "{next} leads the group then. To hand over to somebody else, select them first. You can come back with the \
                 same code."
            );
            Leaving { go: format!("Leave, and hand over to {next}."), ..leave(&told) }
        }
        None if room.may_admit() && !room.am_standing_in() => leave(
            "Nobody can take over at the moment, since the others' lines are cut. Once they are back, they choose who leads.",
        ),
        None => leave("The group goes on. You can knock again later with the same code."),
    }
}

/// The same in sentences, with what to type.
pub fn leaving_in_sentences(room: &Room, how: Guide) -> Vec<String> {
    let Leaving { question, told, go, end, .. } = leaving(room, None);
    let mut lines = vec![format!("{question} {}", told.join(" "))];
    lines.push(format!("{go} To do so, {}.", how(Word::Quit, "")));
    if room.successor(None).is_some() {
        lines.push(format!("To hand over to somebody else, {}.", how(Word::Quit, "NAME")));
    }
    lines.extend(end.map(|_| format!("To end the group for everybody, {}.", how(Word::Close, ""))));
    lines.push("To stay, do nothing.".to_owned());
    lines
}

/// The member I hand over to could not take the role in time.
pub(super) fn not_handed_over(name: &str, how: Guide) -> (String, String) {
    let quit = how(Word::Quit, "");
    (format!("{name} could not take over in time, so you are still here."), format!("To try again, {quit}."))
}
