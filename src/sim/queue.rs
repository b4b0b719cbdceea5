//! What is still to happen, in order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::ids::Time;

/// Events by their time; those of one time in the order they were added.
pub(super) struct Queue<E> {
    heap: BinaryHeap<Reverse<Due<E>>>,
    added: u64,
}

impl<E> Queue<E> {
    pub(super) fn new() -> Self {
        Self { heap: BinaryHeap::new(), added: 0 }
    }

    /// How many events there have been.
    pub(super) fn added(&self) -> u64 {
        self.added
    }

    pub(super) fn add(&mut self, time: Time, event: E) {
        self.added += 1;
        self.heap.push(Reverse(Due(time, self.added, event)));
    }

    /// The next event, unless it's after `end`.
    pub(super) fn next_until(&mut self, end: Time) -> Option<(Time, E)> {
        self.heap.peek().filter(|Reverse(due)| due.0 <= end)?;
        self.heap.pop().map(|Reverse(Due(time, _, event))| (time, event))
    }
}

struct Due<E>(Time, u64, E);

impl<E> PartialEq for Due<E> {
    fn eq(&self, other: &Self) -> bool {
        (self.0, self.1) == (other.0, other.1)
    }
}

impl<E> Eq for Due<E> {}

impl<E> PartialOrd for Due<E> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Due<E> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0, self.1).cmp(&(other.0, other.1))
    }
}
