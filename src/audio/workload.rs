//! What the sound threads' work costs, told to the governor they share: processor time where the system counts it for each
//! thread, so that one that had to wait isn't taken for an expensive one.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::AudioEvent;
use super::event::Sink;
use super::governor::{Complexity, CpuLimit, Governor, LATE, Stage};
use crate::ids::Time;

/// One for each thread.
pub(super) struct Workloads {
    pub(super) capture: Workload,
    pub(super) playout: Workload,
    pub(super) drop_outs: DropOuts,
}

impl Workloads {
    /// A governor within `limit`, whose notices go to `sink`.
    pub(super) fn new(limit: CpuLimit, sink: Sink) -> Self {
        let governor = Arc::new(Mutex::new(Governor::new(limit)));
        let start = Instant::now();
        let drop_outs = DropOuts::default();
        let of = |stage| {
            let (governor, sink, drop_outs) = (governor.clone(), sink.clone(), drop_outs.clone());
            Workload { stage, governor, start, sink, drop_outs }
        };
        Self { capture: of(Stage::Capture), playout: of(Stage::Playout), drop_outs }
    }
}

/// How much sound was lost between the threads and their devices, in microseconds.
#[derive(Clone, Default)]
pub(super) struct DropOuts(Arc<AtomicU64>);

impl DropOuts {
    /// Since the start, in milliseconds.
    pub(super) fn milliseconds(&self) -> u64 {
        self.0.load(Ordering::Relaxed) / 1000
    }
}

/// One thread's work.
pub(super) struct Workload {
    stage: Stage,
    /// Held for no longer than some sums take, and never in a device's callback.
    governor: Arc<Mutex<Governor>>,
    start: Instant,
    sink: Sink,
    drop_outs: DropOuts,
}

/// When a piece of work began, on the wall and on the thread's own clock.
pub(super) struct Begun {
    wall: Instant,
    thread: Duration,
}

impl Workload {
    /// A piece of work begins.
    pub(super) fn begin() -> Begun {
        Begun { wall: Instant::now(), thread: thread_time() }
    }

    /// 20 ms of sound are done, with or without `speech` in it; how much may be done from now on.
    pub(super) fn end(&self, begun: &Begun, speech: bool) -> Complexity {
        let spent = thread_time().saturating_sub(begun.thread);
        self.done(spent, begun.wall.elapsed().saturating_sub(spent), speech)
    }

    /// Silence says nothing of what speech costs.
    fn done(&self, spent: Duration, waited: Duration, speech: bool) -> Complexity {
        self.tell(|governor, now| {
            if speech {
                governor.spent(self.stage, spent, now);
            }
            if waited > LATE {
                governor.late(now);
            }
        })
    }

    /// A wait that was to end at `due` is over. In silence nobody hears that it was too long.
    pub(super) fn woken(&self, due: Instant, speech: bool) {
        if speech && due.elapsed() > LATE {
            self.tell(Governor::late);
        }
    }

    /// The device, which takes or gives `rate` frames a second, had nothing to play, or no room for what it heard, for so many of
    /// them.
    pub(super) fn missed(&self, frames: usize, rate: u32) {
        if frames > 0 {
            self.drop_outs.0.fetch_add(frames as u64 * 1_000_000 / u64::from(rate.max(1)), Ordering::Relaxed);
            self.tell(Governor::late);
        }
    }

    fn tell(&self, what: impl FnOnce(&mut Governor, Time)) -> Complexity {
        let now = Time::default() + self.start.elapsed();
        let (complexity, notice) = {
            let mut governor = self.governor.lock().unwrap_or_else(PoisonError::into_inner);
            let before = governor.complexity();
            what(&mut governor, now);
            let after = governor.complexity();
            if before != after {
                tracing::debug!("{:?} has other complexities: {before:?}, now {after:?}", self.stage);
            }
            (after, governor.poll_notice())
        };
        if let Some(notice) = notice {
            (self.sink)(AudioEvent::Cpu(notice));
        }
        complexity
    }
}

/// Processor time that this thread has had.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn thread_time() -> Duration {
    use rustix::time::{ClockId, clock_gettime};

    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = Duration::from_secs(u64::try_from(time.tv_sec).unwrap_or_default());
    seconds + Duration::from_nanos(u64::try_from(time.tv_nsec).unwrap_or_default())
}

/// Not counted here: the wall's time stands for it.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn thread_time() -> Duration {
    use std::sync::OnceLock;

    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_thread_that_waits_has_no_processor_time() {
        let begun = Workload::begin();
        std::thread::sleep(Duration::from_millis(60));
        let spent = thread_time().saturating_sub(begun.thread);
        assert!(spent < Duration::from_millis(30), "{spent:?}");
    }

    #[test]
    fn both_threads_follow_one_governor() {
        let work = Workloads::new(CpuLimit::Auto, Arc::new(drop));
        for turn in 0..3u64 {
            work.playout.tell(|governor, _| governor.late(Time(turn * 1_000_000)));
        }
        let told = work.capture.done(Duration::ZERO, Duration::ZERO, true);
        assert!(told.capture < Complexity::default().capture);
    }

    #[test]
    fn a_late_turn_in_silence_is_nothing() {
        let after = |speech| {
            let mut work = Workloads::new(CpuLimit::Auto, Arc::new(drop));
            let now = Instant::now();
            let (Some(start), Some(due)) = (now.checked_sub(Duration::from_secs(9)), now.checked_sub(2 * LATE)) else {
                return None;
            };
            work.playout.start = start;
            // The third one is too many.
            for second in [6, 7] {
                work.playout.tell(|governor, _| governor.late(Time(second * 1_000_000)));
            }
            work.playout.woken(due, speech);
            Some(work.playout.done(Duration::ZERO, Duration::ZERO, false) == Complexity::default())
        };
        assert_ne!(after(false), Some(false));
        assert_ne!(after(true), Some(true));
    }

    #[test]
    fn what_devices_miss_is_counted_in_time() {
        let work = Workloads::new(CpuLimit::Auto, Arc::new(drop));
        work.playout.missed(480, 48_000);
        work.capture.missed(160, 16_000);
        work.capture.missed(0, 48_000);
        assert_eq!(work.drop_outs.milliseconds(), 20);
    }

    #[test]
    fn silence_says_nothing_of_what_speech_costs() {
        let work = Workloads::new(CpuLimit::Auto, Arc::new(drop));
        let after = |speech| {
            (0..1000).fold(None, |_, _| Some(work.playout.done(Duration::from_millis(50), Duration::ZERO, speech)))
        };
        assert_eq!(after(false), Some(Complexity::default()));
        assert_ne!(after(true), Some(Complexity::default()));
    }
}
