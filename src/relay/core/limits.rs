//! How much a relay holds and takes. What a room or a member may do at most, whatever a relay is set to, is in
//! [`crate::wire::limits`].

use crate::wire::limits;
use crate::wire::limits::Budget;

/// Bytes a second: 32 Mbit/s, which is three talkers at their best for 50 listeners, four times over.
const ROOM_TRAFFIC: u32 = 4_000_000;
/// Bytes a second: 200 Mbit/s, less than the smallest server that can be rented is given.
const TRAFFIC: u32 = 25_000_000;
/// Knocks of everybody: one at each number that a code can begin with at once, and then a town's, which is little for a processor.
const KNOCKS: Budget = Budget { burst: 10_000, per_second: 1000 };

/// What one relay holds and takes. The defaults are those of a relay that nobody has set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Rooms at once.
    pub rooms: usize,
    /// Rooms that one household opens at once; then one more every [`limits::ORIGIN_ROOMS_EVERY`]. As with the next two, all
    /// IPv6 addresses that share their first 56 bits may have twice as much, and all that share their first 48 four times.
    pub rooms_each: u32,
    /// Knocks of one household at once; then one more every [`limits::ORIGIN_KNOCKS_EVERY`].
    pub knocks_each: u32,
    /// Members of one household who come back at once; then one more every [`limits::ORIGIN_RETURNS_EVERY`].
    pub returns_each: u32,
    /// Knocks of everybody together.
    pub knocks: Budget,
    /// Bytes of the logs of all rooms together: with many rooms, each has less.
    pub log_bytes: usize,
    /// Bytes of the speech that is kept for those who missed it, of all rooms together: with many rooms, each has less.
    pub history_bytes: usize,
    /// Bytes of voice that one room may send to its listeners in a second.
    pub room_traffic: u32,
    /// The same of all rooms together. Where they want more, those that want more than their share are held to it.
    pub traffic: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rooms: limits::ROOMS,
            rooms_each: limits::ORIGIN_ROOMS,
            knocks_each: limits::ORIGIN_KNOCKS,
            returns_each: limits::ORIGIN_RETURNS,
            knocks: KNOCKS,
            log_bytes: limits::LOG_RELAY,
            history_bytes: limits::PAST_RELAY,
            room_traffic: ROOM_TRAFFIC,
            traffic: TRAFFIC,
        }
    }
}
