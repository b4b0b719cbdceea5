//! The way to a relay, where an address leads nowhere or packets are lost.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use ingle::transport::{Dial, DialError, dial_at};
use tokio::net::UdpSocket;

use super::slow::Slow;
use super::support::{Member, relay, run, to};

/// Somewhere that takes everything and says nothing.
async fn nowhere() -> (UdpSocket, SocketAddr) {
    let silent = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
    let at = silent.local_addr().expect("bound");
    (silent, at)
}

#[test]
fn a_relay_behind_one_of_two_addresses_is_reached_within_a_second() {
    run(async {
        let relay = relay();
        let (_silent, nowhere) = nowhere().await;
        // Another family, to which this machine may have no way at all.
        let far = "[2001:db8::1]:9".parse().expect("an address");
        for addresses in [vec![nowhere, relay.addr()], vec![relay.addr(), nowhere], vec![far, nowhere, relay.addr()]] {
            let start = Instant::now();
            let (link, _events) = dial_at(&to(&relay), addresses.clone()).await.expect("reached");
            println!("{addresses:?}: after {:?}", start.elapsed());
            assert!(start.elapsed() < Duration::from_secs(1));
            assert_eq!(link.fingerprint(), relay.fingerprint());
        }
        let start = Instant::now();
        let call = Dial { host: "nowhere".to_owned(), pin: None };
        let failed = dial_at(&call, vec![nowhere]).await.err();
        assert_eq!(failed, Some(DialError::Silent(call.host)));
        assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
    });
}

#[test]
fn a_first_packet_that_is_lost_costs_less_than_a_second() {
    run(async {
        let relay = relay();
        for (up, down) in [(0, 0), (1, 0), (0, 1), (2, 0), (1, 1)] {
            let slow = Slow::to(relay.addr(), Duration::from_millis(20)).await;
            slow.lose(up, down);
            let start = Instant::now();
            Member::host_at(&slow.at).await;
            println!("{up} up and {down} down lost: a room after {:?}", start.elapsed());
            // What the relay says first it says again after 1.5 s.
            let wanted = if up < 2 && down == 0 { 1000 } else { 2600 };
            assert!(start.elapsed() < Duration::from_millis(wanted));
        }
    });
}
