//! Who runs first. Other programs on the machine must not look like a bad line, so the programs that are measured run before
//! them where the system permits it, and the emulator before these.
#![allow(unsafe_code)]

/// This thread, and all that it starts, run before other programs on the machine; whether that is permitted.
pub(crate) fn before_others() -> bool {
    set(5)
}

/// This thread runs before the programs that are measured. Without the right to, it runs as they do.
pub(crate) fn first() {
    let _ = set(20);
}

#[cfg(target_os = "linux")]
fn set(priority: i32) -> bool {
    // SAFETY: the structure is there for the call, and all zeroes is a valid one.
    unsafe {
        let mut wanted: libc::sched_param = std::mem::zeroed();
        wanted.sched_priority = priority;
        let set = libc::sched_setscheduler(0, libc::SCHED_RR, &raw const wanted) == 0;
        // Else a wait ends up to 50 µs late.
        libc::prctl(libc::PR_SET_TIMERSLACK, 1_u64);
        set
    }
}

#[cfg(not(target_os = "linux"))]
fn set(_priority: i32) -> bool {
    false
}
