//! What a line carries: datagrams up to the limit, few bytes when nobody speaks, a goodbye at the end.

use std::time::{Duration, Instant};

use ingle::transport::LinkEvent;
use ingle::wire::{Refusal, limits};

use super::support::{Member, relay, run, stranger};

#[test]
fn a_datagram_of_the_limit_fits_a_connection_without_discovery_of_its_size() {
    run(async {
        let relay = relay();
        let connection = stranger(&relay, ingle::wire::ALPN).await.expect("let in");
        let most = connection.max_datagram_size().expect("datagrams are on");
        assert!(most >= limits::DATAGRAM, "{most} is less than the limit");
    });
}

#[test]
fn an_idle_line_costs_little() {
    const SPAN: Duration = Duration::from_secs(5);
    run(async {
        let relay = relay();
        let member = Member::host(&relay).await;
        let start = member.link.stats();
        println!("connecting costs {} bytes up, {} down", start.up_bytes, start.down_bytes);
        assert!(start.up_bytes + start.down_bytes < 10_000);
        tokio::time::sleep(SPAN).await;
        let end = member.link.stats();
        let (up, down) = (end.up_bytes - start.up_bytes, end.down_bytes - start.down_bytes);
        println!("idle for {SPAN:?}: {up} bytes up, {down} down, {} packets heard", end.heard - start.heard);
        assert!(up + down < 1000, "an idle line sent {up} and {down} bytes");
    });
}

#[test]
fn a_stopping_relay_tells_everybody_within_its_time() {
    run(async {
        let relay = relay();
        let mut members = Vec::new();
        for _ in 0..5 {
            members.push(Member::host(&relay).await);
        }
        let start = Instant::now();
        let stopped = tokio::spawn(relay.stop());
        for member in &mut members {
            assert_eq!(member.refusal().await, Some(Refusal::Unavailable));
        }
        stopped.await.expect("no panic");
        assert!(start.elapsed() < Duration::from_secs(3), "took {:?}", start.elapsed());
    });
}

#[test]
fn a_relay_that_is_dropped_ends_the_link_with_a_sentence() {
    run(async {
        let relay = relay();
        let mut member = Member::host(&relay).await;
        drop(relay);
        loop {
            match member.events.recv().await.expect("an end") {
                LinkEvent::Closed(reason) => break assert_eq!(reason, "The relay closed the connection."),
                LinkEvent::Control(_) | LinkEvent::Datagram(_) => {}
            }
        }
        assert!(member.events.recv().await.is_none(), "nothing follows the end");
    });
}
