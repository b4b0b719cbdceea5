//! What every member has seen, and whether it fits together.

use std::collections::BTreeMap;

use crate::ids::Index;

/// Collects what members tell, and finds the first contradiction.
#[derive(Default)]
pub struct Witness {
    /// The state's hash after each entry, and the member who first told it.
    hashes: BTreeMap<Index, (usize, [u8; 32])>,
    /// Where in the log each line of chat stands.
    lines: BTreeMap<String, Index>,
    /// Lines that each member has been shown, in each run of its program.
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

    /// How many entries any member has applied.
    pub fn entries(&self) -> usize {
        self.hashes.len()
    }

    /// How many lines any member was shown.
    pub fn lines(&self) -> usize {
        self.lines.len()
    }

    /// All contradictions, in the order in which they were found.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }
}
