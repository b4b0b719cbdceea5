//! What a thread that has to be on time asks of its machine. Where it's refused, sound goes on as it can.

/// Before the thread's first block. Its priority is raised as far as this user may: to the lowest real-time class, or to a
/// better one among ordinary threads. Numbers too small to be heard count as zero.
pub(super) fn begin() {
    prefer();
    flush_denormals();
}

/// Real time needs RLIMIT_RTPRIO, as in the group `audio` of many systems, and niceness needs RLIMIT_NICE. What would ask
/// the desktop for it (rtkit) brings the client of a message bus, which is more than it's worth: sound servers raise the
/// priority of their own threads, in which the callbacks run.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn prefer() {
    /// Behind the threads of sound servers and of the system itself.
    const REAL_TIME: i32 = 5;
    /// Before other programs.
    const NICE: i32 = -11;

    if !set_real_time(REAL_TIME) {
        // The calling thread's own: on Linux each has one.
        let _ = rustix::process::setpriority_process(None, NICE);
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
#[allow(unsafe_code)]
fn set_real_time(priority: i32) -> bool {
    // SAFETY: all of a `sched_param` are numbers, for which zero is valid.
    let mut param: libc::sched_param = unsafe { std::mem::zeroed() };
    param.sched_priority = priority;
    // SAFETY: 0 is the calling thread, and `param` outlives the call.
    unsafe { libc::sched_setscheduler(0, libc::SCHED_RR | libc::SCHED_RESET_ON_FORK, &raw const param) == 0 }
}

/// Threads start with what other systems think right.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn prefer() {}

/// Filters that die away end in numbers close to zero (*denormal*), with which many processors are up to a hundred times slower.
/// This thread treats them as zero.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
#[allow(unsafe_code)]
fn flush_denormals() {
    /// Results (flush to zero) and arguments (denormals are zero).
    const FTZ_DAZ: u32 = 1 << 15 | 1 << 6;

    let mut control = 0u32;
    // SAFETY: it writes the four bytes of `control`.
    unsafe { std::arch::asm!("stmxcsr [{}]", in(reg) &raw mut control, options(nostack, preserves_flags)) };
    control |= FTZ_DAZ;
    // SAFETY: these two bits change results below the smallest normal number only, and no code here counts on those. The
    // register is this thread's own.
    unsafe { std::arch::asm!("ldmxcsr [{}]", in(reg) &raw const control, options(nostack, preserves_flags)) };
}

/// The same for this processor.
#[cfg(target_arch = "aarch64")]
#[allow(unsafe_code)]
fn flush_denormals() {
    /// Flush to zero.
    const FZ: u64 = 1 << 24;

    let mut control: u64;
    // SAFETY: it reads the thread's own register.
    unsafe { std::arch::asm!("mrs {}, fpcr", out(reg) control, options(nomem, nostack, preserves_flags)) };
    control |= FZ;
    // SAFETY: this bit changes results below the smallest normal number only, and no code here counts on those.
    unsafe { std::arch::asm!("msr fpcr, {}", in(reg) control, options(nomem, nostack, preserves_flags)) };
}

/// Not known here.
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64")))]
fn flush_denormals() {}

#[cfg(test)]
mod tests {
    use std::hint::black_box;

    use super::*;

    #[test]
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    fn numbers_too_small_to_be_heard_are_zero_on_sound_threads_only() {
        let half = || black_box(f32::MIN_POSITIVE) * black_box(0.5);
        let on_sound_thread = std::thread::spawn(move || {
            begin();
            half()
        });
        assert_eq!(on_sound_thread.join().unwrap(), 0.0);
        assert!(half() > 0.0);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_sound_thread_takes_the_priority_it_is_allowed() {
        let priority = std::thread::spawn(|| {
            begin();
            let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
            // After the name: field 3 and on. 18 is the priority: below zero for real time, 20 plus niceness else.
            let fields: Vec<i32> =
                stat.rsplit_once(')').unwrap().1.split_whitespace().map(|f| f.parse().unwrap_or(0)).collect();
            fields[15]
        });
        let priority = priority.join().unwrap();
        // Refused, it stays as it was.
        assert!(priority == -6 || (0..=39).contains(&priority), "{priority}");
    }
}
