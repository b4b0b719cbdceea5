//! Packets of one talker that wait to be heard: in order, once each, and not too many.

use std::collections::BTreeMap;

use crate::ids::FrameNo;

/// The most packets that wait for one talker.
pub const MOST: usize = 64;
/// A packet this far behind the newest is not late but from another numbering.
const WINDOW: i64 = 64;

/// One Opus packet that waits.
pub struct Waiting {
    /// Its number, unwrapped; where it stands for several, the first.
    pub number: i64,
    /// The number of the packet after it.
    pub next: i64,
    /// Media time of its first sample in samples, unwrapped.
    pub media: i64,
    /// Its length in samples.
    pub samples: usize,
    /// The first of a spurt.
    pub start: bool,
    /// The last of a spurt.
    pub end: bool,
    /// The packet itself.
    pub packet: Vec<u8>,
}

/// Whether the store has seen a number.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    /// It is new; this is its unwrapped number.
    New(i64),
    /// It has been here before.
    Again,
    /// It is far behind the newest.
    Old,
}

/// The store of one talker.
#[derive(Default)]
pub struct Store {
    waiting: BTreeMap<i64, Waiting>,
    newest: Option<i64>,
    /// Bit n: the number n before the newest has been here.
    seen: u64,
}

impl Store {
    /// Unwraps `number` and remembers it.
    pub fn see(&mut self, number: FrameNo) -> Seen {
        let Some(newest) = self.newest else {
            let first = i64::from(number.0);
            (self.newest, self.seen) = (Some(first), 1);
            return Seen::New(first);
        };
        let unwrapped = number.unwrapped(newest);
        let ahead = unwrapped - newest;
        if ahead > 0 {
            self.seen = if ahead < WINDOW { self.seen << ahead | 1 } else { 1 };
            self.newest = Some(unwrapped);
            return Seen::New(unwrapped);
        }
        if ahead <= -WINDOW {
            return Seen::Old;
        }
        let bit = 1 << -ahead;
        if self.seen & bit != 0 {
            return Seen::Again;
        }
        self.seen |= bit;
        Seen::New(unwrapped)
    }

    /// Keeps a packet. If too many wait, the oldest goes.
    pub fn put(&mut self, packet: Waiting) {
        self.waiting.insert(packet.number, packet);
        if self.waiting.len() > MOST {
            self.waiting.pop_first();
        }
    }

    /// The packet that is to be heard first.
    pub fn first(&self) -> Option<&Waiting> {
        self.waiting.first_key_value().map(|(_, packet)| packet)
    }

    /// Takes the packet that is to be heard first.
    pub fn pop(&mut self) -> Option<Waiting> {
        self.waiting.pop_first().map(|(_, packet)| packet)
    }

    /// Samples of the packets that wait and follow each other from the first on, within its spurt.
    pub fn in_a_row(&self) -> usize {
        let mut follows = None;
        let next = |packet: &&Waiting| {
            let is_next = follows.is_none_or(|next| next == (packet.number, packet.media) && !packet.start);
            follows = Some((packet.next, packet.media + packet.samples as i64));
            is_next
        };
        self.waiting.values().take_while(next).map(|packet| packet.samples).sum()
    }

    /// Whether more than one packet waits.
    pub fn has_several(&self) -> bool {
        self.waiting.len() > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(number: i64) -> Waiting {
        Waiting { number, next: number + 1, media: 0, samples: 960, start: false, end: false, packet: Vec::new() }
    }

    #[test]
    fn each_number_is_new_once_and_in_order_across_the_wrap() {
        let mut store = Store::default();
        let seen: Vec<_> = [65_534, 0, 65_535, 0, 65_534, 1].into_iter().map(|n| store.see(FrameNo(n))).collect();
        let new = Seen::New;
        assert_eq!(seen, [new(65_534), new(65_536), new(65_535), Seen::Again, Seen::Again, new(65_537)]);
        assert_eq!(store.see(FrameNo(1000)), new(66_536));
        assert_eq!(store.see(FrameNo(1000 - 63)), new(66_536 - 63));
        assert_eq!(store.see(FrameNo(1000 - 64)), Seen::Old);
    }

    #[test]
    fn the_store_is_bounded_and_keeps_the_newest() {
        let mut store = Store::default();
        for number in 0..1000 {
            store.put(waiting(number));
        }
        assert_eq!(store.waiting.len(), MOST);
        assert_eq!(store.first().map(|p| p.number), Some(1000 - MOST as i64));
    }
}
