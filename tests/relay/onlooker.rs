//! A relay looks on from outside: it sends one packet to a port of whoever asks, and to nobody else.

use std::net::UdpSocket;
use std::time::Duration;

use ingle::transport::LinkEvent;
use ingle::transport::probe::{self, Tested};
use ingle::transport::{Dial, dial};
use tokio::time::timeout;

use crate::support::{Member, relay, run};

fn request(port: u16, nth: u8) -> Vec<u8> {
    [b"\0ingle try ", &port.to_be_bytes()[..], &[nth; 16]].concat()
}

fn port() -> (UdpSocket, u16) {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    socket.set_read_timeout(Some(Duration::from_millis(500))).expect("set");
    let port = socket.local_addr().expect("bound").port();
    (socket, port)
}

fn arrived(socket: &UdpSocket) -> usize {
    let mut bytes = [0; 64];
    std::iter::from_fn(|| socket.recv(&mut bytes).ok()).inspect(|length| assert!(*length <= 27)).count()
}

#[test]
fn a_test_from_outside_shows_whether_a_port_can_be_reached() {
    run(async {
        let (onlooker, tested) = (relay(), relay());
        let dial = Dial { host: onlooker.addr().to_string(), pin: None };
        let arrives = Tested { is_ipv4: true, arrived: true };
        assert_eq!(probe::test(&dial, tested.addr().port(), &tested.awaited()).await, [arrives]);
        let (_other, elsewhere) = port();
        let none = Tested { is_ipv4: true, arrived: false };
        assert_eq!(probe::test(&dial, elsewhere, &tested.awaited()).await, [none]);
        // Nobody answers there, so nothing is known.
        let dial = Dial { host: format!("127.0.0.1:{elsewhere}"), pin: None };
        assert_eq!(probe::test(&dial, tested.addr().port(), &tested.awaited()).await, []);
    });
}

#[test]
fn however_often_one_asks_three_packets_are_sent_and_told_of() {
    run(async {
        let relay = relay();
        let (socket, port) = port();
        let (link, mut events) = dial(&Dial { host: relay.addr().to_string(), pin: None }).await.expect("reached");
        let mut told = 0;
        for nth in 0..20 {
            link.datagram(request(port, nth));
            if let Ok(Some(LinkEvent::Datagram(bytes))) = timeout(Duration::from_millis(50), events.recv()).await {
                assert_eq!(bytes, [b"\0ingle did ", &[nth; 16][..]].concat());
                told += 1;
            }
        }
        assert_eq!((told, arrived(&socket)), (3, 3));
        for broken in [&request(port, 1)[..20], b"\0ingle try ", &request(0, 1)] {
            let (link, _events) = dial(&Dial { host: relay.addr().to_string(), pin: None }).await.expect("reached");
            link.datagram(broken.to_vec());
            link.close().await;
        }
        assert_eq!(arrived(&socket), 0);
    });
}

#[test]
fn whoever_has_begun_to_speak_with_a_relay_is_sent_no_test() {
    run(async {
        let relay = relay();
        let (socket, port) = port();
        let member = Member::host_at(&relay.addr().to_string()).await;
        member.link.datagram(request(port, 1));
        assert_eq!(arrived(&socket), 0);
    });
}
