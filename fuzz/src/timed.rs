//! Nothing that comes from the network may cost much.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Most time of the processor that one input, or one step of it, may take, on an ordinary computer and slowed down by what
/// fuzzing watches.
const LONGEST: Duration = Duration::from_millis(10);
/// How often an input must take longer to be called slow: a busy machine counts much that is not the input's.
const TRIES: usize = 3;

/// The processor's time that `what` takes.
pub fn took(what: impl FnOnce()) -> Duration {
    let spent =
        || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("a clock that is not before its start");
    let before = spent();
    what();
    spent() - before
}

/// Reads an input with `read`, which says how long its slowest step took, and panics if that is always too long.
pub fn soon(mut read: impl FnMut() -> Duration) {
    let slow = |took: &Duration| *took > LONGEST;
    let tries: Vec<Duration> = (0..TRIES).map(|_| read()).take_while(slow).collect();
    assert!(tries.len() < TRIES, "slow: {tries:?}");
}
