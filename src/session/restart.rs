//! What going and coming back doesn't change. A facilitator's mute stays on the name: nobody gets out of it by starting the
//! program anew, or by leaving and knocking again, and who lifts it is the facilitator. Who is back on a new line before the seat
//! was given up finds the raised hand in its place, the question to speak, and the talking stick.

use super::turns::TurnEvent;
use super::{Departure, Event, Member, State, clean};
use crate::ids::{SeatId, SeatSet};
use crate::wire::limits;

/// What seats had before some of them were given up for the same people on new lines.
pub(super) struct Held {
    hands: Vec<SeatId>,
    asks: Vec<SeatId>,
    holder: Option<SeatId>,
}

impl State {
    /// Who comes back on new lines: the names, and the seats that are given up.
    pub(super) fn returning(&self, replaced: &SeatSet) -> Vec<(String, (SeatId, u64))> {
        let of = |seat: SeatId| self.seats.get(&seat).map(|member| (member.name.clone(), (seat, member.arrival)));
        replaced.iter().filter_map(of).collect()
    }

    /// What was somebody's in the seat before is theirs in this one.
    pub(super) fn returned(&mut self, seat: SeatId, asked: &str, returning: &[(String, (SeatId, u64))]) {
        if let (Some(before), Some(member)) = (came_from(asked, returning), self.seats.get(&seat)) {
            let now = (seat, member.arrival);
            self.voter_returned(before, now);
            self.poll_returned(before, now);
        }
    }

    /// Looks at what those have who are about to get other seats. A stick of theirs is dropped by nobody.
    pub(super) fn hold(&mut self, replaced: SeatSet) -> Held {
        let floor = &mut self.turns.floor;
        let holder = floor.holder.take_if(|seat| replaced.contains(*seat));
        Held { hands: self.hands.clone(), asks: floor.asks.clone(), holder }
    }

    /// They have it again, where they sit now: each from its seat before to another, or to the same.
    pub(super) fn give_back(&mut self, held: Held, moved: &[(SeatId, SeatId)], events: &mut Vec<Event>) {
        let to = |from: &SeatId| moved.iter().find(|(before, _)| before == from).map(|(_, now)| *now);
        let order = |before: &[SeatId], left: &[SeatId]| -> Vec<SeatId> {
            let stays = |seat: &SeatId| left.contains(seat).then_some(*seat);
            before.iter().filter_map(|seat| to(seat).or_else(|| stays(seat))).collect()
        };
        self.hands = order(&held.hands, &self.hands);
        events.extend(held.hands.iter().filter_map(to).map(|seat| Event::Hand { seat, up: true }));
        self.turns.floor.asks = order(&held.asks, &self.turns.floor.asks);
        let asks = held.asks.iter().filter_map(to);
        events.extend(asks.map(|seat| Event::Turn(TurnEvent::Asked { seat, up: true })));
        if let Some(before) = held.holder {
            self.turns.floor.holder = to(&before);
            events.push(Event::Turn(TurnEvent::Stick(to(&before))));
        }
    }

    /// Somebody goes. Who was removed and is let in again begins anew.
    pub(super) fn keep_mute(&mut self, member: &Member, why: Departure) {
        if member.floor_muted && why != Departure::Removed {
            self.silenced.push(member.name.clone());
            if self.silenced.len() > limits::MEMBERS {
                self.silenced.remove(0);
            }
        }
    }

    /// Somebody of this name comes in: whether the mute is theirs. It's kept no longer, but in the seat.
    pub(super) fn take_mute(&mut self, name: &str) -> bool {
        let before = self.silenced.len();
        self.silenced.retain(|silenced| !clean::same_name(silenced, name));
        self.silenced.len() < before
    }

    /// Whether what a snapshot says of mutes of those who are gone could have come about.
    pub(super) fn mutes_are_sound(&self) -> bool {
        self.silenced.len() <= limits::MEMBERS && self.silenced.iter().all(|name| *name == clean::name(name))
    }
}

/// Where somebody of this name sat before, and when they arrived there.
pub(super) fn came_from(asked: &str, returning: &[(String, (SeatId, u64))]) -> Option<(SeatId, u64)> {
    let asked = clean::name(asked);
    returning.iter().find(|(name, _)| clean::same_name(name, &asked)).map(|(_, before)| *before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ActionNo;

    #[test]
    fn so_many_mutes_of_those_who_are_gone_are_kept_as_a_group_has_members_each_for_one_return() {
        let mut state = State::default();
        let member = |number: usize, floor_muted| Member {
            name: format!("Guest {number}"),
            floor_muted,
            arrival: 0,
            since_ms: 0,
            actions: ActionNo(0),
        };
        for number in 0..=limits::MEMBERS {
            state.keep_mute(&member(number, true), Departure::Gone(crate::wire::Gone::Left));
        }
        state.keep_mute(&member(100, false), Departure::Gone(crate::wire::Gone::Left));
        state.keep_mute(&member(101, true), Departure::Removed);
        assert_eq!(state.silenced.len(), limits::MEMBERS);
        assert!(state.mutes_are_sound());
        assert!(!state.take_mute("Guest 0") && !state.take_mute("Guest 100") && !state.take_mute("Guest 101"));
        assert!(state.take_mute("guest 1") && !state.take_mute("Guest 1"));
        state.silenced.push("\u{1b}[2J".into());
        assert!(!state.mutes_are_sound());
        state.silenced = vec!["Ana".into(); limits::MEMBERS + 1];
        assert!(!state.mutes_are_sound());
    }
}
