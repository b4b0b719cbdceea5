//! Programs that tests start: a port for them, signals, and the figures that a relay shows of itself.
#![allow(dead_code, reason = "several test programs share this, and each uses its own part")]

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::process::{self, Command};
use std::sync::atomic::{AtomicU32, Ordering};

/// A port that nobody has, on UDP and on TCP. It is below those that the system hands out, so no socket of a test
/// beside this one is given it before it is used.
pub(crate) fn free_port() -> SocketAddr {
    static TRIED: AtomicU32 = AtomicU32::new(0);
    (0..2000)
        .map(|_| {
            let offset = process::id().wrapping_mul(101).wrapping_add(TRIED.fetch_add(1, Ordering::Relaxed));
            SocketAddr::from(([127, 0, 0, 1], 20_000 + u16::try_from(offset % 12_000).expect("below 12,000")))
        })
        .find(|at| TcpListener::bind(at).is_ok() && UdpSocket::bind(at).is_ok())
        .expect("a port")
}

/// Sends a signal to a process, by its name without SIG.
pub(crate) fn signal(process: u32, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &process.to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()), "SIG{name} was sent");
}

/// What is answered over HTTP at this place.
pub(crate) fn page(at: SocketAddr, path: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(at)?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// One of a relay's figures, by its name; `None` where there is none, or nobody answers.
pub(crate) fn figure(at: SocketAddr, name: &str) -> Option<u64> {
    let answer = page(at, "/metrics").ok()?;
    answer.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.trim().parse().ok())
}
