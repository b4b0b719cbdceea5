//! A terminal for the program, with the test at the other end.
#![allow(unsafe_code)]

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::run::wait;
use super::{PATIENCE, ingle, signal};

/// The program in a terminal of a size. Dropping kills it.
pub(crate) struct Terminal {
    child: Child,
    keys: Option<File>,
    shown: Arc<Mutex<Vec<u8>>>,
    /// Whether the terminal shows no more than it has so far.
    still: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
    closed: Arc<AtomicBool>,
    /// How it was set before the program came.
    before: Modes,
}

impl Terminal {
    pub(crate) fn start(columns: u16, rows: u16, arguments: &[&str]) -> Self {
        Self::of(columns, rows, ingle(arguments))
    }

    /// With more set in its environment.
    pub(crate) fn of(columns: u16, rows: u16, command: Command) -> Self {
        Self::spawn(columns, rows, command, true)
    }

    /// In a terminal whose end sends no signal, as under some that start programs for others.
    pub(crate) fn without_hang_up(arguments: &[&str]) -> Self {
        Self::spawn(80, 24, ingle(arguments), false)
    }

    fn spawn(columns: u16, rows: u16, mut command: Command, hangs_up: bool) -> Self {
        let (ours, theirs) = open(columns, rows);
        let before = modes(&ours);
        if command.get_envs().all(|(name, _)| name != "TERM") {
            command.env("TERM", "xterm-256color");
        }
        let end = || theirs.try_clone().expect("a copy");
        command.stdin(end()).stdout(end()).stderr(end());
        // SAFETY: between fork and exec only calls are made that may be made there.
        unsafe {
            command.pre_exec(move || {
                // Under nohup, for one, the tests run with a signal ignored; a program in a terminal of its own does not.
                for signal in [libc::SIGHUP, libc::SIGINT, libc::SIGTERM] {
                    libc::signal(signal, libc::SIG_DFL);
                }
                if libc::setsid() < 0 || (hangs_up && libc::ioctl(0, libc::TIOCSCTTY, 0) < 0) {
                    return Err(std::io::Error::last_os_error());
                }
                Ok(())
            });
        }
        let child = command.spawn().expect("started");
        drop((command, theirs));
        let shown = Arc::new(Mutex::new(Vec::new()));
        let (mut screen, sink) = (ours.try_clone().expect("a copy"), Arc::clone(&shown));
        let (still, closed) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let (stands, ends) = (Arc::clone(&still), Arc::clone(&closed));
        let reader = thread::spawn(move || {
            let mut bytes = [0; 4096];
            while !ends.load(Ordering::SeqCst) {
                if stands.load(Ordering::SeqCst) || !readable(&screen) {
                    thread::sleep(Duration::from_millis(1));
                    continue;
                }
                // Reading fails once nobody has the other end any more.
                let Ok(length @ 1..) = screen.read(&mut bytes) else { return };
                sink.lock().expect("whole").extend_from_slice(&bytes[..length]);
            }
        });
        Self { child, keys: Some(ours), shown, still, reader: Some(reader), closed, before }
    }

    /// The terminal goes away.
    pub(crate) fn close(&mut self) {
        self.closed.store(true, Ordering::SeqCst);
        self.reader.take().expect("open").join().expect("read");
        self.keys = None;
    }

    /// Nothing that is written is taken, or it is again.
    pub(crate) fn stand_still(&self, still: bool) {
        self.still.store(still, Ordering::SeqCst);
    }

    fn keys(&self) -> &File {
        self.keys.as_ref().expect("open")
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keys().write_all(keys.as_bytes()).expect("pressed");
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let size = libc::winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let keys = self.keys().as_raw_fd();
        // SAFETY: the descriptor is open, and the size is there for the call.
        assert_eq!(unsafe { libc::ioctl(keys, libc::TIOCSWINSZ, &raw const size) }, 0);
    }

    pub(crate) fn signal(&self, name: &str) {
        signal(self.id(), name);
    }

    /// Types a line, and waits for what it brings.
    pub(crate) fn type_in(&mut self, line: &str, shows: &str) {
        // Lines within some 40 ms of each other are a paste.
        thread::sleep(Duration::from_millis(100));
        let mark = self.mark();
        self.press(&format!("{line}\n"));
        self.shows(mark, shows);
    }

    /// How much has been written so far.
    pub(crate) fn mark(&self) -> usize {
        self.shown.lock().expect("whole").len()
    }

    /// What has been written from a place on, escapes and all.
    pub(crate) fn since(&self, mark: usize) -> String {
        String::from_utf8_lossy(&self.shown.lock().expect("whole")[mark..]).into_owned()
    }

    /// Waits for `text` to be written, from a place on.
    pub(crate) fn shows(&self, mark: usize, text: &str) {
        let start = std::time::Instant::now();
        while !self.since(mark).contains(text) {
            assert!(start.elapsed() < PATIENCE, "never shown: {text:?}; there was {:?}", self.since(mark));
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Whether the terminal is set as it was before the program came.
    pub(crate) fn is_as_before(&self) -> bool {
        modes(self.keys()) == self.before
    }

    /// Whether keys reach the program one by one and without an echo.
    pub(crate) fn is_raw(&self) -> bool {
        let ([.., local], _) = modes(self.keys());
        local & (libc::ICANON | libc::ECHO) == 0
    }

    pub(crate) fn end(&mut self) -> Option<i32> {
        wait(&mut self.child)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Gone already, mostly.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How a terminal is set: its input, output, control and local modes, and its special characters.
type Modes = ([libc::tcflag_t; 4], Vec<libc::cc_t>);

fn modes(terminal: &File) -> Modes {
    // SAFETY: all zeroes is a valid termios, the call fills it, and the descriptor is open.
    let settings = unsafe {
        let mut settings: libc::termios = std::mem::zeroed();
        assert_eq!(libc::tcgetattr(terminal.as_raw_fd(), &raw mut settings), 0);
        settings
    };
    ([settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag], settings.c_cc.to_vec())
}

/// Whether there is something to read within a moment, or nothing ever will be.
fn readable(screen: &File) -> bool {
    let mut polled = libc::pollfd { fd: screen.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    // SAFETY: one descriptor, which is open, and its place for the answer.
    unsafe { libc::poll(&raw mut polled, 1, 20) > 0 }
}

fn open(columns: u16, rows: u16) -> (File, OwnedFd) {
    let size = libc::winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    let (mut ours, mut theirs) = (-1, -1);
    // SAFETY: both places are there for the call, and a terminal needs neither a name nor settings of ours.
    let opened = unsafe {
        libc::openpty(&raw mut ours, &raw mut theirs, std::ptr::null_mut(), std::ptr::null(), &raw const size)
    };
    assert_eq!(opened, 0, "a terminal");
    // SAFETY: both were opened just now, and nobody else has them.
    let (ours, theirs) = unsafe { (OwnedFd::from_raw_fd(ours), OwnedFd::from_raw_fd(theirs)) };
    for end in [&ours, &theirs] {
        // SAFETY: the descriptor is open. Programs of other tests must not hold the ends.
        unsafe { libc::fcntl(end.as_raw_fd(), libc::F_SETFD, libc::FD_CLOEXEC) };
    }
    (File::from(ours), theirs)
}
