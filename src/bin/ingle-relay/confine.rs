//! Gives up what a relay has no use for, so that whoever finds a fault in it finds little behind: files other than its own, other
//! programs, connections that it makes itself. As far as the kernel can: landlock and seccomp.

use std::path::PathBuf;

/// What was given up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Confinement {
    /// All files but those that are read again, and connections over TCP that it makes itself.
    pub(super) files: bool,
    /// Calls that start programs, look into others, or change the machine.
    pub(super) calls: bool,
}

/// Gives up all of it but these files and folders, which can be read, and connections that it makes itself if it `calls`. To be
/// called before there are other threads.
pub(super) fn confine<'a>(kept: impl Iterator<Item = &'a PathBuf>, calls: bool) -> Confinement {
    system::confine(kept, calls)
}

/// Bytes of memory that the machine has; as much as can be where it doesn't say.
pub(super) fn machine_memory() -> u64 {
    system::machine_memory()
}

/// Takes as many descriptors as the system allows: each connection over TCP needs one.
pub(super) fn raise_descriptors() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        limit.current = limit.maximum;
        // With fewer it serves fewer over TCP, and says so when it comes to that.
        let _ = setrlimit(Resource::Nofile, limit);
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};

    use landlock::{
        ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus, path_beneath_rules,
    };
    use seccompiler::{SeccompAction, SeccompFilter};

    use super::Confinement;

    /// The newest of landlock's versions that we know; an older kernel does what it can of it.
    const KNOWN: ABI = ABI::V5;
    /// What no relay calls. A list of what it calls would break with the next C library; systemd keeps such a list, and our unit
    /// names it.
    const NEVER: &[i64] = &[
        libc::SYS_execve,
        libc::SYS_execveat,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_kcmp,
        libc::SYS_pidfd_getfd,
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_move_mount,
        libc::SYS_pivot_root,
        libc::SYS_chroot,
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_io_uring_setup,
        libc::SYS_keyctl,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_delete_module,
        libc::SYS_kexec_load,
        libc::SYS_reboot,
        libc::SYS_swapon,
        libc::SYS_swapoff,
        libc::SYS_settimeofday,
        libc::SYS_clock_settime,
        libc::SYS_open_by_handle_at,
        libc::SYS_personality,
        libc::SYS_acct,
        libc::SYS_quotactl,
        libc::SYS_syslog,
    ];

    pub(super) fn confine<'a>(kept: impl Iterator<Item = &'a PathBuf>, calls: bool) -> Confinement {
        let files = give_up_files(&readable(kept), calls).unwrap_or(false);
        Confinement { files, calls: give_up_calls().is_ok() }
    }

    /// The folders of these files, and of what they lead to: a renewed certificate is another file under the same name.
    fn readable<'a>(kept: impl Iterator<Item = &'a PathBuf>) -> BTreeSet<PathBuf> {
        let folder = |path: &Path| match path.is_dir() {
            true => Some(path.to_owned()),
            false => path.parent().map(|parent| if parent.as_os_str().is_empty() { ".".into() } else { parent.into() }),
        };
        let places = |path: &PathBuf| [Some(path.clone()), path.canonicalize().ok()];
        kept.flat_map(places).flatten().filter_map(|path| folder(&path)).collect()
    }

    /// Whether it was done, wholly or in part.
    fn give_up_files(readable: &BTreeSet<PathBuf>, calls: bool) -> Result<bool, landlock::RulesetError> {
        let files = Ruleset::default().handle_access(AccessFs::from_all(KNOWN))?;
        let all = if calls { files } else { files.handle_access(AccessNet::ConnectTcp)? };
        let status =
            all.create()?.add_rules(path_beneath_rules(readable, AccessFs::from_read(KNOWN)))?.restrict_self()?;
        Ok(status.ruleset != RulesetStatus::NotEnforced)
    }

    /// They fail from now on, in all threads.
    fn give_up_calls() -> Result<(), seccompiler::Error> {
        let rules: BTreeMap<i64, _> = NEVER.iter().map(|call| (*call, vec![])).collect();
        let refused = SeccompAction::Errno(libc::EPERM as u32);
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, std::env::consts::ARCH.try_into()?)?;
        let program: seccompiler::BpfProgram = filter.try_into()?;
        seccompiler::apply_filter_all_threads(&program)
    }

    pub(super) fn machine_memory() -> u64 {
        let info = rustix::system::sysinfo();
        #[allow(clippy::useless_conversion, reason = "it has 32 bits where the machine has")]
        let machine = u64::from(info.totalram) * u64::from(info.mem_unit);
        // A container or a unit may be given less.
        let given = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
        let given = given.iter().filter_map(|file| std::fs::read_to_string(file).ok()?.trim().parse::<u64>().ok());
        given.fold(machine, u64::min)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn only_its_own_folders_can_be_read_afterwards() {
            let dir = tempfile::tempdir().expect("a folder");
            let (own, other) = (dir.path().join("own/key.pem"), dir.path().join("other"));
            std::fs::create_dir(dir.path().join("own")).expect("made");
            std::fs::write(&own, "a key").expect("written");
            std::fs::write(&other, "not ours").expect("written");
            // It holds for one thread and those that it starts.
            let done = std::thread::spawn(move || {
                let folders = readable([&own].into_iter());
                if !give_up_files(&folders, false).expect("rules") {
                    println!("this kernel has no landlock");
                    return;
                }
                assert!(std::fs::read(&own).is_ok());
                std::fs::write(own.with_file_name("new.pem"), "").expect_err("it writes nothing");
                std::fs::read(&other).expect_err("it is not ours");
                std::net::TcpStream::connect("127.0.0.1:9").expect_err("it calls nobody");
            });
            done.join().expect("no panic");
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::path::PathBuf;

    use super::Confinement;

    pub(super) fn confine<'a>(_: impl Iterator<Item = &'a PathBuf>, _: bool) -> Confinement {
        Confinement::default()
    }

    pub(super) fn machine_memory() -> u64 {
        u64::MAX
    }
}
