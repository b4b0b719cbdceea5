//! What is in a program's memory reaches no disk by a crash.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};

use crate::harness::{Relay, SILENT, ingle, signal, until};

/// Somebody who is not the one that runs the tests.
const NOBODY: u32 = 65_534;

fn limit(process: u32, name: &str) -> String {
    let limits = fs::read_to_string(format!("/proc/{process}/limits")).expect("a process");
    let line = limits.lines().find(|line| line.starts_with(name)).expect("a limit");
    line[name.len()..].split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

/// Waits until the process has forbidden it, breaks it, and sees whether it left a core.
fn leaves_no_core(mut child: Child, what: &str) {
    until("core files are off", || limit(child.id(), "Max core file size") == "0 0");
    // What can't be dumped belongs to root, whoever runs it.
    until("it can't be dumped", || {
        fs::metadata(format!("/proc/{}/environ", child.id())).is_ok_and(|file| file.uid() == 0)
    });
    signal(child.id(), "ABRT");
    let status = child.wait().expect("ended");
    assert!(status.signal() == Some(libc::SIGABRT) && !status.core_dumped(), "{what}: {status:?}");
}

/// As somebody else, if that is allowed, and with core files of any size.
fn dumping(command: &mut Command) -> &mut Command {
    // SAFETY: between fork and exec only calls are made that may be made there.
    #[allow(unsafe_code)]
    unsafe {
        command.pre_exec(|| {
            let all = libc::rlimit { rlim_cur: libc::RLIM_INFINITY, rlim_max: libc::RLIM_INFINITY };
            // What isn't allowed is as it is.
            libc::setrlimit(libc::RLIMIT_CORE, &raw const all);
            if libc::geteuid() == 0 {
                libc::setgid(NOBODY);
                libc::setuid(NOBODY);
            }
            Ok(())
        });
    }
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null())
}

#[test]
fn no_program_leaves_a_core_when_it_breaks() {
    let relay = Relay::start();
    let arguments = [&["host", "--relay", &relay.at, "--name", "Hilda", "--json"], &SILENT[..]].concat();
    leaves_no_core(dumping(&mut ingle(&arguments)).spawn().expect("started"), "a member");
    let mut other = Command::new(env!("CARGO_BIN_EXE_ingle-relay"));
    other.args(["--listen", "127.0.0.1:0"]);
    leaves_no_core(dumping(&mut other).spawn().expect("started"), "a relay");
}

#[test]
fn a_small_limit_of_locked_memory_keeps_nothing_from_running() {
    let relay = Relay::start();
    let arguments =
        [&["host", "--relay", &relay.at, "--name", "Hilda", "--seconds", "1", "--json"], &SILENT[..]].concat();
    let mut command = ingle(&arguments);
    // SAFETY: as above.
    #[allow(unsafe_code)]
    unsafe {
        command.pre_exec(|| {
            let little = libc::rlimit { rlim_cur: 64 << 10, rlim_max: 64 << 10 };
            libc::setrlimit(libc::RLIMIT_MEMLOCK, &raw const little);
            Ok(())
        });
    }
    assert!(command.stdin(Stdio::null()).status().expect("started").success());
}
