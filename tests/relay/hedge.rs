//! The way to a relay, where an address leads nowhere or packets are lost.

use std::time::Duration;

use ingle::transport::{Dial, DialError, dial_at};
use tokio::time::Instant;

use super::network::in_virtual_time;
use super::slow::Slow;
use super::support::{Member, relay_on, to};

#[test]
fn one_good_address_of_two_is_reached_within_a_second() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        // Takes everything and says nothing.
        let silent = network.port();
        let nowhere = silent.at;
        // Another family, to which this machine may have no way at all.
        let far = "[2001:db8::1]:9".parse().expect("an address");
        for addresses in [vec![nowhere, relay.addr()], vec![relay.addr(), nowhere], vec![far, nowhere, relay.addr()]] {
            let start = Instant::now();
            let (link, _events) = dial_at(&to(&relay), addresses.clone(), network.runtime()).await.expect("reached");
            println!("{addresses:?}: after {:?}", start.elapsed());
            assert!(start.elapsed() < Duration::from_secs(1));
            assert_eq!(link.fingerprint(), relay.fingerprint());
        }
        let start = Instant::now();
        let call = Dial { host: "nowhere".to_owned(), pin: None };
        let failed = dial_at(&call, vec![nowhere], network.runtime()).await.err();
        assert_eq!(failed, Some(DialError::Silent(call.host)));
        assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
    });
}

#[test]
fn a_first_packet_that_is_lost_costs_little() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        for (up, down) in [(0, 0), (1, 0), (0, 1), (2, 0), (1, 1)] {
            let slow = Slow::to(&network, relay.addr(), Duration::from_millis(20));
            slow.lose(up, down);
            let start = Instant::now();
            Member::host_on(&network, slow.at).await;
            println!("{up} up and {down} down lost: a room after {:?}", start.elapsed());
            assert!(start.elapsed() < Duration::from_millis(600));
        }
    });
}
