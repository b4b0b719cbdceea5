//! Programs that stand still: what is for them waits in the system until they go on.

use super::world::{World, WorldEvent};
use crate::ids::Time;

impl World {
    /// Until when the program that this is for stands still.
    pub(super) fn asleep(&self, event: &WorldEvent) -> Option<Time> {
        let at = match event {
            WorldEvent::Wake(at)
            | WorldEvent::Dialled(at, ..)
            | WorldEvent::DialledSecond(at, ..)
            | WorldEvent::Playing(at)
            | WorldEvent::SaysYes(at, _)
            | WorldEvent::GivesBack(at, _) => Some(*at),
            WorldEvent::Counts(at) => Some(*at),
            WorldEvent::DownDatagram(conn, _) | WorldEvent::Acknowledged(conn) | WorldEvent::Closed(conn) => {
                self.way_of(*conn).map(|(at, _)| at)
            }
            // These see to it themselves, or are for the relay.
            WorldEvent::Step(_)
            | WorldEvent::RelayWake
            | WorldEvent::ToRelay(..)
            | WorldEvent::UpDatagram(..)
            | WorldEvent::ToMember(..)
            | WorldEvent::Voice(..)
            | WorldEvent::Thawed(_)
            | WorldEvent::Probe(..)
            | WorldEvent::Probed(_) => None,
        };
        at.map(|at| self.machines[at].frozen_until).filter(|until| *until > self.now)
    }
}
