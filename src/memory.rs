//! Keeps what is in memory off disks: no core files, no look from other programs of the same user, no swapping where the system
//! allows that to be asked for.

/// What the system has granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// No core file is written if the program breaks.
    pub no_core: bool,
    /// Memory is never swapped out. A hibernating computer writes it to disk all the same.
    pub locked: bool,
}

/// Asks for all of it, for this process. To be called once, before there are any secrets.
pub fn keep_off_disks() -> Kept {
    system::keep()
}

#[cfg(unix)]
mod system {
    use rustix::process::{Resource, Rlimit, setrlimit};

    use super::Kept;

    pub(super) fn keep() -> Kept {
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        let no_core = setrlimit(Resource::Core, none).is_ok();
        Kept { no_core: private(no_core), locked: lock() }
    }

    /// A program that can't be dumped writes no core, whatever the limit, and can't be read by others of the same user.
    #[cfg(target_os = "linux")]
    fn private(_: bool) -> bool {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok()
    }

    #[cfg(not(target_os = "linux"))]
    fn private(no_core: bool) -> bool {
        no_core
    }

    /// Under a limit all that is mapped counts, not only what is used, and a program that comes to its limit fails. So it is
    /// asked for only where there is none.
    #[cfg(target_os = "linux")]
    fn lock() -> bool {
        use rustix::mm::{MlockAllFlags, mlockall};
        use rustix::process::getrlimit;
        let unlimited = getrlimit(Resource::Memlock).current.is_none() || may_lock();
        let all = MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
        unlimited && mlockall(all).is_ok()
    }

    #[cfg(not(target_os = "linux"))]
    fn lock() -> bool {
        false
    }

    /// Whether the limit doesn't count for this process.
    #[cfg(target_os = "linux")]
    fn may_lock() -> bool {
        /// `CAP_IPC_LOCK`, in the kernel's numbers.
        const IPC_LOCK: u32 = 14;
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let held = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
        held.and_then(|held| u64::from_str_radix(held.trim(), 16).ok()).is_some_and(|held| held >> IPC_LOCK & 1 == 1)
    }
}

#[cfg(not(unix))]
mod system {
    use super::Kept;

    /// Here the system writes none by itself, and asks for nothing.
    pub(super) fn keep() -> Kept {
        Kept { no_core: false, locked: false }
    }
}
