//! What every member has seen, and whether it fits together.

use std::collections::BTreeMap;

use super::machine::Machine;
use super::people::is_in;
use super::world::World;
use crate::ids::Index;
use crate::member::Member;
use crate::session::Phase;
use crate::wire::limits;

/// Collects what members tell, and finds the first contradiction.
#[derive(Default)]
pub struct Witness {
    /// The state's hash after each entry, with who first told it.
    hashes: BTreeMap<Index, (usize, [u8; 32])>,
    /// Where in the log each line of chat stands.
    lines: BTreeMap<String, Index>,
    /// Lines that each member (and each run of its program) has been shown.
    shown: BTreeMap<(usize, u32), Vec<String>>,
    faults: Vec<String>,
}

impl Witness {
    /// A member has applied an entry.
    pub fn state(&mut self, member: usize, index: Index, hash: [u8; 32]) {
        let (first, known) = *self.hashes.entry(index).or_insert((member, hash));
        if known != hash {
            self.faults.push(format!("members {first} and {member} differ after entry {}", index.0));
        }
    }

    /// A member, in the given run of its program, was shown a line of chat, which stands at `index`.
    pub fn chat(&mut self, member: usize, run: u32, index: Index, text: &str) {
        let known = *self.lines.entry(text.to_owned()).or_insert(index);
        if known != index {
            self.faults.push(format!("{text:?} stands at {} and at {}", known.0, index.0));
        }
        let shown = self.shown.entry((member, run)).or_default();
        if shown.iter().any(|before| before == text) {
            self.faults.push(format!("member {member} was shown {text:?} twice"));
        }
        shown.push(text.to_owned());
    }

    /// Something else is wrong.
    pub fn fault(&mut self, what: String) {
        self.faults.push(what);
    }

    /// Where a line of chat stands, if it was shown to anybody.
    pub fn line(&self, text: &str) -> Option<Index> {
        self.lines.get(text).copied()
    }

    /// How many entries were applied by anybody.
    pub fn entries(&self) -> usize {
        self.hashes.len()
    }

    /// How many lines were shown to anybody.
    pub fn lines(&self) -> usize {
        self.lines.len()
    }

    /// Whatever contradicts itself, in the order it was found.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }
}

impl World {
    /// What is wrong now that everything has settled.
    pub(super) fn verdict(&mut self) -> Result<(), String> {
        let mut heads = Vec::new();
        let nobody_in = !self.machines.iter().any(is_in);
        let waits = |machine: &&Machine| machine.member.as_ref().is_some_and(|m| m.room().phase == Phase::Waiting);
        // Who has crashed at the door keeps the place there for a while.
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
                // Who finds all places at the door taken tries again until somebody there is let in.
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
