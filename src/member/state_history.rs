//! The hashes of recent states, by which members find out if a relay shows them different logs.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ids::{Index, Time};
use crate::session::Op;
use crate::wire::limits;

/// Bytes of a state's hash that go with each action.
const MARK: usize = 8;

/// The least time between two warnings: a member who sends nonsense on purpose must not fill the screen.
const WARN_EVERY: Duration = Duration::from_secs(30);

/// The state's hashes after the newest entries, at most [`limits::PAST`].
#[derive(Default)]
pub(super) struct StateHistory {
    marks: VecDeque<(Index, [u8; MARK])>,
    warned: Option<Time>,
}

/// What is sealed in a log entry before the operation: what its maker had seen by then.
#[derive(Serialize, Deserialize)]
struct Seen(Index, [u8; MARK]);

impl StateHistory {
    /// The state after an entry.
    pub(super) fn add(&mut self, index: Index, hash: &[u8; 32]) {
        let mut mark = [0; MARK];
        mark.copy_from_slice(&hash[..MARK]);
        self.marks.push_back((index, mark));
        if self.marks.len() > limits::PAST {
            self.marks.pop_front();
        }
    }

    /// Whether to warn now that something doesn't match.
    pub(super) fn warns(&mut self, now: Time) -> bool {
        let due = self.warned.is_none_or(|then| now.since(then) >= WARN_EVERY);
        if due {
            self.warned = Some(now);
        }
        due
    }

    /// An operation, with the state that I have seen.
    pub(super) fn say(&self, op: &Op) -> Option<Vec<u8>> {
        let (index, mark) = self.marks.back().copied().unwrap_or_default();
        let mut said = postcard::to_stdvec(&Seen(index, mark)).ok()?;
        said.append(&mut op.encode()?);
        Some(said)
    }

    /// The operation, and whether its maker had seen the same state as I.
    pub(super) fn read(&self, plain: &[u8]) -> Option<(Op, bool)> {
        let (Seen(index, mark), op) = postcard::take_from_bytes(plain).ok()?;
        let differs = self.marks.iter().any(|(at, known)| *at == index && *known != mark);
        Op::decode(op).map(|op| (op, !differs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_who_was_shown_something_else_is_found_out() {
        let (mut mine, mut theirs) = (StateHistory::default(), StateHistory::default());
        for index in 1..=3 {
            mine.add(Index(index), &[index as u8; 32]);
            theirs.add(Index(index), &[index as u8; 32]);
        }
        let said = theirs.say(&Op::Hand { up: true }).expect("small");
        assert_eq!(mine.read(&said), Some((Op::Hand { up: true }, true)));
        mine.add(Index(4), &[4; 32]);
        assert_eq!(mine.read(&said), Some((Op::Hand { up: true }, true)), "behind is not different");
        theirs.add(Index(4), &[44; 32]);
        assert_eq!(
            mine.read(&theirs.say(&Op::Hand { up: true }).expect("small")),
            Some((Op::Hand { up: true }, false))
        );
        assert_eq!(mine.read(&[said, vec![0]].concat()), None);
    }

    #[test]
    fn warnings_do_not_fill_the_screen() {
        let mut past = StateHistory::default();
        let warned = (0..60).filter(|second| past.warns(Time(second * 1_000_000))).count();
        assert_eq!(warned, 2);
    }

    #[test]
    fn the_history_is_bounded() {
        let mut past = StateHistory::default();
        for index in 0..2 * limits::PAST as u64 {
            past.add(Index(index), &[0; 32]);
        }
        assert_eq!(past.marks.len(), limits::PAST);
    }
}
