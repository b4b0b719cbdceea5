//! Whether a session ended well: all members are where they should be, with the same log and the same keys.

use super::machine::Machine;
use super::people::is_in;
use super::world::World;
use crate::member::Member;
use crate::session::Phase;
use crate::wire::limits;

impl World {
    /// Once everything has settled: the first thing that is wrong.
    pub(super) fn verdict(&mut self) -> Result<(), String> {
        let mut heads = Vec::new();
        let nobody_in = !self.machines.iter().any(is_in);
        let waits = |machine: &&Machine| machine.member.as_ref().is_some_and(|m| m.room().phase == Phase::Waiting);
        // A member who crashed at the door keeps the place there for a while.
        let full = |member: &Member| member.room().door.len() >= limits::KNOCKS;
        let door_full = self.machines.iter().filter(waits).count() >= limits::KNOCKS
            || self.machines.iter().filter_map(|machine| machine.member.as_ref()).any(full);
        for (at, machine) in self.machines.iter().enumerate() {
            let Some(member) = &machine.member else { continue };
            match &member.room().phase {
                Phase::In => {
                    heads.push((at, member.room().state.index, member.epoch()));
                    if let Some(line) = machine.open_lines.first() {
                        self.witness.fault(format!("member {at} never saw what became of {line:?}"));
                    }
                }
                Phase::Over(_) | Phase::Waiting => {}
                // A knock waits for a door that may still come back.
                Phase::Connecting if nobody_in => {}
                // A joiner who finds all places at the door taken tries again until somebody there is let in.
                Phase::Connecting if door_full => {}
                other => self.witness.fault(format!("member {at} is still {other:?}")),
            }
        }
        if let Some((first, head, keys)) = heads.first() {
            for (other, index, others) in &heads {
                if index != head {
                    self.witness.fault(format!("member {first} is at entry {}, member {other} at {}", head.0, index.0));
                }
                if others != keys {
                    self.witness.fault(format!("members {first} and {other} have different keys"));
                }
            }
        }
        self.witness.faults().first().cloned().map_or(Ok(()), Err)
    }
}
