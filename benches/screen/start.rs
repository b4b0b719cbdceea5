//! The whole program in a terminal of its own, from its start until Home takes keys.
#![allow(unsafe_code)]

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::process::{Child, Command};
use std::ptr;
use std::time::{Duration, Instant};

use criterion::Criterion;

/// The last entry of Home's list, in each language: a word, since blanks are skipped by moving the cursor.
const LAST: [(&str, &str); 2] = [("en", "Leave"), ("de", "Verlassen")];

pub(crate) fn to_the_first_screen(c: &mut Criterion) {
    let mut group = c.benchmark_group("start");
    group.sample_size(20).measurement_time(Duration::from_secs(4));
    for (language, last) in LAST {
        group.bench_function(format!("the program, until Home is there ({language})"), |b| {
            b.iter_custom(|times| (0..times).map(|_| one(language, last).expect("a terminal")).sum());
        });
    }
    group.finish();
}

/// How long one start takes.
fn one(language: &str, last: &str) -> io::Result<Duration> {
    let dir = tempfile::tempdir()?;
    // Not the first start, which asks for a name.
    std::fs::write(dir.path().join("chosen.toml"), "name = \"Ana\"\n")?;
    let (mut ours, theirs) = terminal()?;
    let begun = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ingle"));
    command.arg("--language").arg(language).env("INGLE_CONFIG_DIR", dir.path()).env("TERM", "xterm-256color");
    command.stdin(theirs.try_clone()?).stdout(theirs.try_clone()?).stderr(theirs);
    let program = Ended(command.spawn()?);
    drop(command);
    let (mut shown, mut bytes) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&shown).contains(last) {
        let length = ours.read(&mut bytes)?;
        shown.extend_from_slice(&bytes[..length]);
    }
    let took = begun.elapsed();
    drop(program);
    Ok(took)
}

/// The program, which ends with the measurement.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Both ends of a terminal of 80 by 24.
fn terminal() -> io::Result<(File, OwnedFd)> {
    let (mut ours, mut theirs) = (-1, -1);
    let size = libc::winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
    // SAFETY: all pointers are to what lives here, or null where that is permitted.
    if unsafe { libc::openpty(&mut ours, &mut theirs, ptr::null_mut(), ptr::null(), &size) } < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: both were opened just now and have no other owner.
    let ends = unsafe { (File::from_raw_fd(ours), OwnedFd::from_raw_fd(theirs)) };
    // SAFETY: nothing but a flag of an open file is set.
    unsafe { libc::fcntl(ends.0.as_raw_fd(), libc::F_SETFD, libc::FD_CLOEXEC) };
    Ok(ends)
}
