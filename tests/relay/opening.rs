//! How a connection begins where packets are lost or slow, and what a relay sends to somebody who only pretends to begin one.

use std::time::Duration;

use ingle::wire::{Purpose, ToMember, VERSION};
use tokio::time::{Instant, sleep};

use super::network::in_virtual_time;
use super::slow::Slow;
use super::support::{Member, relay_on};

/// A ping that asks for the relay's first answer again.
const AGAIN: [u8; 12] = *b"\x21ingle\r\n\x01\x00\x07\x09";

/// How long each of so many members takes to get a room over this line, sorted.
fn rooms(percent: u32, delay: u64, bits: Option<u64>) -> Vec<Duration> {
    let mut all: Vec<Duration> = (0..40)
        .map(|seed| {
            in_virtual_time(async move |network| {
                let relay = relay_on(&network);
                let line = Slow::narrow(&network, relay.addr(), Duration::from_millis(delay), bits);
                line.lose_share(percent, seed);
                let start = Instant::now();
                Member::host_on(&network, line.at).await;
                start.elapsed()
            })
        })
        .collect();
    all.sort();
    println!("{percent} % lost: {:?} in the middle, {:?} for nearly all, {:?} at most", all[20], all[37], all[39]);
    all
}

#[test]
fn a_line_that_loses_a_fifth_is_joined_within_a_second() {
    let all = rooms(20, 40, None);
    assert!(all[37] < Duration::from_millis(800) && all[39] < Duration::from_millis(1500));
}

#[test]
fn a_line_that_loses_two_fifths_is_joined_within_seconds() {
    let all = rooms(40, 40, None);
    assert!(all[37] < Duration::from_millis(2500) && all[39] < Duration::from_millis(4000));
}

#[test]
fn a_narrow_line_is_not_filled_by_copies() {
    // The first packet and its answer, and what follows them, once.
    let all = rooms(0, 100, Some(16_000));
    assert!(all[39] < Duration::from_millis(2300));
}

#[test]
fn an_acknowledgement_ends_the_copies_of_a_flight() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        let line = Slow::to(&network, relay.addr(), Duration::from_millis(20));
        let mut member = Member::connect_on(&network, line.at).await;
        line.take();
        member.hello(VERSION, Purpose::Host);
        assert!(matches!(member.control().await, Some(ToMember::Hosting { .. })));
        sleep(Duration::from_millis(150)).await;
        let up = line.take();
        let copies = (0..up.len()).filter(|at| up[..*at].contains(&up[*at]));
        assert_eq!(copies.count(), 0, "the relay has answered");
    });
}

#[test]
fn a_relay_sends_a_stranger_at_most_three_times_as_much() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        let line = Slow::to(&network, relay.addr(), Duration::from_millis(20));
        Member::connect_on(&network, line.at).await;
        let first = line.take().into_iter().find(|packet| packet.len() >= 1200).expect("a first packet");
        // Somebody who has seen it writes another's address on it, and asks for the answer again and again.
        let victim = network.port();
        let (mut sent, mut got) = (0, 0);
        let until = Instant::now() + Duration::from_secs(30);
        for n in 0_u32.. {
            if Instant::now() >= until {
                break;
            }
            let packet = if n % 100 == 0 { &first[..] } else { &AGAIN[..] };
            sent += packet.len();
            victim.send_to(packet, relay.addr());
            while let Ok((_, packet)) = tokio::time::timeout(Duration::from_millis(40), victim.recv_from()).await {
                got += packet.len();
                assert!(got <= 3 * sent, "{got} for {sent}");
            }
        }
        println!("{got} bytes for {sent}");
        assert!(got > sent, "it answers up to that");
    });
}

#[test]
fn a_ping_to_nobody_is_answered_once_and_as_short() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        let stranger = network.port();
        for _ in 0..50 {
            stranger.send_to(&AGAIN, relay.addr());
            let (_, answer) = stranger.recv_from().await;
            assert_eq!(answer.len(), AGAIN.len());
            // An answer is never answered, or two relays could be set on each other.
            stranger.send_to(&answer, relay.addr());
        }
        let more = tokio::time::timeout(Duration::from_secs(5), stranger.recv_from()).await;
        assert!(more.is_err(), "nothing else comes");
    });
}
