//! What is known of many for a while, with a bound.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use crate::ids::Time;

/// Values by their keys, in two halves: the younger takes all that are asked for, and when it is full or old it becomes the older,
/// which is forgotten as a whole. So the number has a bound, what is used is not forgotten, and forgetting costs nothing.
pub(in crate::relay) struct Remembered<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    turned: Time,
    most: usize,
    kept: Duration,
}

impl<K: Hash + Eq, V> Remembered<K, V> {
    /// Holds at most `most` values, which is not zero. What nobody has asked for is kept for `kept`, and at most twice as long.
    pub(in crate::relay) fn new(most: usize, kept: Duration) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), turned: Time(0), most, kept }
    }

    /// The value of this key; `make` gives it one if it has none.
    pub(in crate::relay) fn get(&mut self, key: K, now: Time, make: impl FnOnce() -> V) -> &mut V {
        self.forget(now);
        if !self.young.contains_key(&key) && self.young.len() >= self.most / 2 {
            // What is asked for stays.
            let value = self.old.remove(&key);
            self.turn(now);
            if let Some(value) = value {
                return self.young.entry(key).or_insert(value);
            }
        }
        let Self { young, old, .. } = self;
        let before = old.remove(&key);
        young.entry(key).or_insert_with(|| before.unwrap_or_else(make))
    }

    /// Forgets what nobody has asked for since long.
    pub(in crate::relay) fn forget(&mut self, now: Time) {
        if now.since(self.turned) >= self.kept {
            self.turn(now);
        }
    }

    /// How many are held.
    #[cfg(test)]
    pub(in crate::relay) fn held(&self) -> usize {
        self.young.len() + self.old.len()
    }

    fn turn(&mut self, now: Time) {
        self.old = std::mem::take(&mut self.young);
        self.turned = now;
    }
}
