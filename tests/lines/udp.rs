//! The emulator with real sockets.

use std::net::UdpSocket;
use std::time::{Duration, Instant};

use ingle::sim::link::Setting;

use crate::emulator::{HEADERS, Line, Way};
use crate::profiles;

/// A socket that sends back what comes.
fn echo() -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let back = socket.try_clone().expect("a copy");
    std::thread::spawn(move || {
        let mut bytes = [0; 2048];
        while let Ok((length, from)) = back.recv_from(&mut bytes) {
            if length == 1 {
                return;
            }
            back.send_to(&bytes[..length], from).expect("sent");
        }
    });
    socket
}

#[test]
#[ignore = "measures real sockets; make soak"]
fn a_line_is_never_early() {
    let there = echo();
    let at = there.local_addr().expect("bound");
    let line = Line::start(at, profiles::setting("delay 30ms").expect("a line"), 1).expect("started");
    let client = UdpSocket::bind("127.0.0.1:0").expect("a port");
    client.set_read_timeout(Some(Duration::from_secs(30))).expect("set");
    let mut bytes = [0; 2048];
    for length in [100, 200, 300] {
        let sent = Instant::now();
        client.send_to(&bytes[..length], line.at).expect("sent");
        assert_eq!(client.recv(&mut bytes).expect("came back"), length);
        // How late depends on what else the machine does.
        assert!(sent.elapsed() >= Duration::from_millis(60), "{:?}", sent.elapsed());
    }
    there.send_to(&[0], at).expect("the end");
}

#[test]
fn a_line_delays_counts_and_can_be_cut() {
    let there = echo();
    let at = there.local_addr().expect("bound");
    let line = Line::start(at, profiles::setting("delay 30ms").expect("a line"), 1).expect("started");
    let client = UdpSocket::bind("127.0.0.1:0").expect("a port");
    client.connect(line.at).expect("an address");
    client.set_read_timeout(Some(Duration::from_secs(30))).expect("set");
    let from = Instant::now();
    let mut bytes = [0; 2048];
    for length in [100, 200, 300] {
        client.send(&bytes[..length]).expect("sent");
        assert_eq!(client.recv(&mut bytes).expect("came back"), length);
    }
    let to = Instant::now();
    let kilobits = (600 + 3 * HEADERS) as f64 * 8.0 / 1000.0 / (to - from).as_secs_f64();
    assert!((line.kbps(Way::Up, from, to) - kilobits).abs() < 0.01);
    assert!((line.kbps(Way::Down, from, to) - kilobits).abs() < 0.01);
    assert_eq!(line.late().len(), 6);

    line.set(profiles::setting("loss 100%").expect("a line"));
    client.set_read_timeout(Some(Duration::from_millis(300))).expect("set");
    client.send(&bytes[..50]).expect("sent");
    assert!(client.recv(&mut bytes).is_err(), "nothing passes");
    // Another socket of the client's has a way of its own.
    line.set(profiles::setting("").expect("a line"));
    let moved = UdpSocket::bind("127.0.0.1:0").expect("a port");
    moved.set_read_timeout(Some(Duration::from_secs(30))).expect("set");
    moved.send_to(&bytes[..70], line.at).expect("sent");
    assert_eq!(moved.recv(&mut bytes).expect("came back"), 70);
    there.send_to(&[0], at).expect("the end");
}

#[test]
fn a_line_does_what_translators_and_firewalls_do() {
    let there = echo();
    let at = there.local_addr().expect("bound");
    let line = Line::uncounted(at, profiles::setting("duplicate 100%").expect("a line"), 1).expect("started");
    let client = UdpSocket::bind("127.0.0.1:0").expect("a port");
    client.connect(line.at).expect("an address");
    let (soon, long) = (Some(Duration::from_millis(300)), Some(Duration::from_secs(30)));
    let mut bytes = [0; 2048];
    let mut comes = |length: usize, client: &UdpSocket| {
        client.set_read_timeout(if length == 0 { soon } else { long }).expect("set");
        client.recv(&mut bytes).unwrap_or_default() == length
    };
    client.send(&[7; 30]).expect("sent");
    // Each of the two copies comes back twice.
    assert!((0..4).all(|_| comes(30, &client)));
    line.set(Setting::CLEAR);
    line.deafen(true);
    client.send(&[7; 40]).expect("sent");
    assert!(comes(0, &client), "nothing passes down");
    line.deafen(false);
    line.rebind();
    client.send(&[7; 50]).expect("sent");
    assert!(comes(50, &client), "it has another address");
    line.strand();
    client.send(&[7; 60]).expect("sent");
    assert!(comes(0, &client), "nothing passes for this socket");
    let other = UdpSocket::bind("127.0.0.1:0").expect("a port");
    other.connect(line.at).expect("an address");
    other.send(&[7; 70]).expect("sent");
    assert!(comes(70, &other));
    line.cut(true);
    other.send(&[7; 80]).expect("sent");
    assert!(comes(0, &other));
    line.cut(false);
    other.send(&[7; 90]).expect("sent");
    assert!(comes(90, &other));
    there.send_to(&[0], at).expect("the end");
}
