//! What it means to leave: a question, what becomes of the group, and what can be chosen.

use super::catalogue::{say, text};
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
        question: text("leaving-leave-group"),
        told: vec![told.to_owned()],
        go: text("leaving-leave").to_owned(),
        end: room.may_admit().then_some(text("leaving-end-group-everybody")),
        stay: text("leaving-stay"),
    };
    if room.phase == Phase::Waiting {
        let told = leave(text("leaving-can-knock-again-later"));
        return Leaving { question: text("leaving-leave-door"), ..told };
    }
    let alone = room.state.circle.seats.len() <= 1;
    match room.successor(selected) {
        _ if alone && room.am_facilitator() => Leaving { end: None, ..leave(text("leaving-nobody-else-hand-over")) },
        _ if alone => leave(text("leaving-nobody-else")),
        _ if room.relay_here => Leaving {
            go: text("leaving-leave-which-ends-group").to_owned(),
            ..leave(text("leaving-group-meets-through-computer"))
        },
        Some(seat) => {
            let next = name(room, seat);
            let told = say!("leaving-leads-group-then-hand", next);
            Leaving { go: say!("leaving-leave-hand-over", next), ..leave(&told) }
        }
        None if room.may_admit() && !room.am_standing_in() => leave(text("leaving-nobody-can-take-over")),
        None => leave(text("leaving-group-goes-can-knock")),
    }
}

/// The same in sentences, with what to type.
pub fn leaving_in_sentences(room: &Room, how: Guide) -> Vec<String> {
    let Leaving { question, told, go, end, .. } = leaving(room, None);
    let mut lines = vec![format!("{question} {}", told.join(" "))];
    lines.push(say!("leaving-do", go, quit = how(Word::Quit, "")));
    if room.successor(None).is_some() {
        lines.push(say!("leaving-hand-over-somebody-else", quit = how(Word::Quit, "NAME")));
    }
    lines.extend(end.map(|_| say!("leaving-end-group-everybody-2", close = how(Word::Close, ""))));
    lines.push(text("leaving-stay-do-nothing").to_owned());
    lines
}

/// The member I hand over to could not take the role in time.
pub(super) fn not_handed_over(name: &str, how: Guide) -> (String, String) {
    let quit = how(Word::Quit, "");
    (say!("leaving-could-not-take-over", name), say!("leaving-try-again", quit))
}
