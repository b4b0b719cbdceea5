//! What a numbered list offers, and whether it is still there when it's chosen.

use super::lacking::{Of, Slot};
use crate::ids::{Attempt, SeatId};
use crate::session::{Pick, Room, Side, clean};

/// Whom or what an answer concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// This member, and not the next one on the seat.
    Member(Pick),
    /// Whoever waits at the door with this knock.
    Knock(Attempt),
    /// What is said so.
    Said(String),
}

impl Shown {
    pub(super) fn member(seat: SeatId, room: &Room) -> Option<Self> {
        Pick::new(room, seat).map(Self::Member)
    }

    /// As it is typed now; `None` if it's no longer there.
    pub(super) fn said(&self, room: &Room) -> Option<String> {
        match self {
            Self::Member(pick) => room.state.circle.name(pick.seat(room)?).map(str::to_owned),
            Self::Knock(attempt) => {
                let at = room.door.iter().position(|waiting| waiting.attempt == *attempt)?;
                let name = &room.door.get(at)?.name;
                // Those who wait under one name are told apart by a number.
                let alike = |waiting: &&crate::session::Waiting| clean::same_name(&waiting.name, name);
                let (before, all) =
                    (room.door[..at].iter().filter(alike).count(), room.door.iter().filter(alike).count());
                Some(if all > 1 { format!("{name} {}", before + 1) } else { name.clone() })
            }
            Self::Said(word) => Some(word.clone()),
        }
    }
}

/// One line of a list.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) label: String,
    pub(super) shown: Shown,
    /// What is asked next.
    pub(super) next: &'static [Slot],
}

/// The people, and then the words; no words where they stand for people and there are none.
pub(super) fn choices(
    of: Of,
    words: &'static [(&'static str, &'static [Slot])],
    next: &'static [Slot],
    room: &Room,
) -> Vec<Choice> {
    let member = |seat: &SeatId| Shown::member(*seat, room);
    let others = || room.roster().into_iter().filter(|seat| room.me != Some(*seat));
    let people: Vec<Shown> = match of {
        Of::Words => vec![],
        Of::Others => others().filter_map(|seat| member(&seat)).collect(),
        Of::Muted => {
            others().filter(|seat| room.state.circle.is_muted(*seat)).filter_map(|seat| member(&seat)).collect()
        }
        Of::Members => room.roster().iter().filter_map(member).collect(),
        Of::Waiting => room.door.iter().map(|waiting| Shown::Knock(waiting.attempt)).collect(),
        Of::Trouble => in_trouble(room).map(Shown::Said).collect(),
    };
    let nobody = people.is_empty() && !matches!(of, Of::Words | Of::Muted);
    let people = people.into_iter().filter_map(|shown| Some(Choice { label: shown.said(room)?, shown, next }));
    let words = words.iter().filter(|_| !nobody).map(|(word, next)| Choice {
        label: (*word).to_owned(),
        shown: Shown::Said((*word).to_owned()),
        next,
    });
    people.chain(words).collect()
}

/// The devices of a side, as their list numbers them.
pub(super) fn devices(side: Side, room: &Room) -> Vec<Choice> {
    let all = room.devices.all(side).unwrap_or_default();
    all.iter().map(|name| Choice { label: name.clone(), shown: Shown::Said(name.clone()), next: &[] }).collect()
}

/// The line that is meant: by its number, by all of its words, or by the beginning of only one.
pub(super) fn find<'a>(choices: &'a [Choice], typed: &str) -> Option<&'a Choice> {
    if let Ok(number) = typed.parse::<usize>() {
        return choices.get(number.checked_sub(1)?);
    }
    let low = typed.to_lowercase();
    let equal = choices.iter().find(|choice| choice.label.to_lowercase() == low);
    equal.or_else(|| {
        let mut begun = choices.iter().filter(|choice| choice.label.to_lowercase().starts_with(&low));
        begun.next().filter(|_| begun.next().is_none())
    })
}

/// Those who vanished or ask for help, for those who are told of it.
fn in_trouble(room: &Room) -> impl Iterator<Item = String> {
    let told = room.hears_of_trouble();
    let circle = &room.state.circle;
    let here = room.confided.help.keys().filter_map(|arrival| circle.name(circle.seat_arrived(*arrival)?));
    let gone = room.state.care.alarms().iter().map(|alarm| alarm.name.as_str());
    here.chain(gone).filter(move |_| told).map(str::to_owned)
}
