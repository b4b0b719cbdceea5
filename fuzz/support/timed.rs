//! Nothing that comes from the network may cost much.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Most time of the processor that one input, or one step of it, may take, on an ordinary computer and slowed down by what
/// fuzzing watches.
const LONGEST: Duration = Duration::from_millis(10);

/// Does `what`, and panics if it took longer than [`LONGEST`].
pub fn timed<T>(what: impl FnOnce() -> T) -> T {
    let spent =
        || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("a clock that is not before its start");
    let before = spent();
    let done = what();
    let took = spent() - before;
    assert!(took <= LONGEST, "slow: {took:?}");
    done
}
