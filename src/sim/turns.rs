//! What members are told of turns.

use super::machine::Machine;
use super::world::World;
use crate::ids::{SeatId, Time};
use crate::session::{Event, Room, TurnEvent};

impl Machine {
    /// Keeps what was told of turns and of troubles.
    pub(super) fn keep(&mut self, now: Time, event: &Event) {
        let kept = matches!(
            event,
            Event::Turn(_)
                | Event::Hushed { .. }
                | Event::TalksMuted
                | Event::Nudge(_)
                | Event::Mic
                | Event::Trouble(_)
        );
        if kept {
            self.told.push((now, event.clone()));
        }
    }
}

impl World {
    /// What a member has been told of turns and of troubles, with when.
    pub fn told_of_turns(&self, member: usize) -> &[(Time, Event)] {
        self.machines.get(member).map_or(&[], |machine| &machine.told)
    }

    /// When a member was first told this.
    pub fn turned_at(&self, member: usize, turned: TurnEvent) -> Option<Time> {
        let wanted = Event::Turn(turned);
        self.told_of_turns(member).iter().find(|(_, told)| *told == wanted).map(|(time, _)| *time)
    }

    /// What a member's faces read, while it runs.
    pub fn room(&self, member: usize) -> Option<&Room> {
        self.machines.get(member)?.member.as_ref().map(crate::member::Member::room)
    }

    /// A member's seat.
    pub fn seat(&self, member: usize) -> Option<SeatId> {
        self.room(member)?.me
    }
}
