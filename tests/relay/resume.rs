//! Back to a seat with the first packet, and what an attacker can do with a copy of that packet.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ingle::ids::{ActionNo, Epoch, LogHead};
use ingle::relay::server::{Server, ServerError, Stop};
use ingle::transport::{Dial, DialError, Identity, LinkEvent, Pin, dial_again};
use ingle::wire::{Act, Blob, Hello, Purpose, Refusal, Ticket, ToMember, ToRelay, VERSION};
use tokio::time::Instant;

use super::network::{Network, in_virtual_time};
use super::slow::Slow;
use super::support::{Member, relay_on, to};

/// A line must be silent this long before its seat is talked of early; the time to notice is in it.
const SILENT: Duration = Duration::from_millis(4600);
/// Longer than anything takes on loopback.
const SOON: Duration = Duration::from_millis(700);

/// A member with a room and its seat's ticket.
async fn seated(network: &Network, at: SocketAddr) -> (Member, Ticket) {
    let mut member = Member::connect_on(network, at).await;
    member.hello(VERSION, Purpose::Host);
    let Some(ToMember::Hosting { ticket, .. }) = member.control().await else { panic!("a room was opened") };
    // TLS tickets come after the handshake.
    tokio::time::sleep(Duration::from_millis(800)).await;
    (member, ticket)
}

/// A relay at an address that another has just left, once its port is free.
async fn start_again(network: &Network, identity: &Identity, at: SocketAddr) -> Server {
    loop {
        match Server::start_on(identity, at, network.runtime()) {
            Ok(server) => break server,
            Err(ServerError::PortInUse(_)) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(error) => panic!("{error}"),
        }
    }
}

fn greeting(ticket: &Ticket) -> ToRelay {
    ToRelay::Hello(Hello { version: VERSION, purpose: Purpose::Resume(ticket.clone(), LogHead::default()) })
}

fn call(at: SocketAddr) -> Dial {
    Dial { host: at.to_string(), pin: None }
}

/// Calls again and waits until the relay has given the seat back. Returns whether the greeting went ahead, and how long it
/// took.
async fn come_back(at: SocketAddr, before: &Member, ticket: &Ticket) -> (Member, bool, Duration) {
    let start = Instant::now();
    let again = dial_again(&call(at), before.link.resumption(), &greeting(ticket)).await;
    let (link, events) = again.unwrap_or_else(|error| panic!("{error}"));
    let mut member = Member { link, events };
    let ahead = member.link.is_greeted();
    if !ahead {
        member.link.control(&greeting(ticket)).expect("queued");
    }
    assert!(matches!(member.control().await, Some(ToMember::Resumed { .. })));
    (member, ahead, start.elapsed())
}

/// Whether the member's line goes on, and nobody has taken its seat.
async fn is_left_alone(member: &mut Member) -> bool {
    tokio::time::sleep(SOON).await;
    loop {
        match member.events.try_recv() {
            Ok(LinkEvent::Control(ToMember::Refused(_)) | LinkEvent::Closed(_)) => return false,
            Ok(_) => {}
            Err(_) => return member.link.control(&ToRelay::Leave).is_ok(),
        }
    }
}

#[test]
fn a_member_is_back_after_a_round_trip_and_its_old_line_ends() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        let slow = Slow::to(&network, relay.addr(), Duration::from_millis(200));
        let (mut before, ticket) = seated(&network, slow.at).await;
        slow.close(true);
        tokio::time::sleep(SILENT).await;
        slow.close(false);
        let (member, ahead, took) = come_back(slow.at, &before, &ticket).await;
        println!("round trip of 400 ms: back after {took:?}, greeted ahead: {ahead}");
        assert!(ahead && took < Duration::from_millis(700), "{took:?}");
        assert_eq!(member.link.fingerprint(), relay.fingerprint());
        assert_eq!(before.refusal().await, Some(Refusal::Replaced));
        // The ticket of the second line serves once more.
        tokio::time::sleep(Duration::from_millis(600)).await;
        let (third, ahead, _) = come_back(slow.at, &member, &ticket).await;
        assert!(ahead);
        // Without one the handshake comes first.
        let start = Instant::now();
        let mut plain = Member::connect_on(&network, slow.at).await;
        plain.link.control(&greeting(&ticket)).expect("queued");
        assert!(matches!(plain.control().await, Some(ToMember::Resumed { .. })));
        println!("and without a ticket of TLS after {:?}", start.elapsed());
        assert!(start.elapsed() > took + Duration::from_millis(300));
        drop(third);
    });
}

#[test]
fn a_lost_first_packet_is_sent_again_with_its_greeting() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        for (up, down) in [(1, 0), (0, 1)] {
            let slow = Slow::to(&network, relay.addr(), Duration::from_millis(50));
            let (before, ticket) = seated(&network, slow.at).await;
            slow.close(true);
            tokio::time::sleep(SILENT).await;
            slow.close(false);
            slow.lose(up, down);
            let (_member, ahead, took) = come_back(slow.at, &before, &ticket).await;
            println!("{up} up and {down} down lost: back after {took:?}, greeted ahead: {ahead}");
            let wanted = if down == 0 { 1000 } else { 2600 };
            assert!(took < Duration::from_millis(wanted), "{took:?}");
        }
    });
}

#[test]
fn packets_that_are_shown_again_take_the_seat_from_nobody() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        let slow = Slow::to(&network, relay.addr(), Duration::from_millis(1));
        let (before, ticket) = seated(&network, slow.at).await;
        slow.take();
        let (mut member, ahead, _) = come_back(slow.at, &before, &ticket).await;
        assert!(ahead);
        // Everything that went up is shown again from elsewhere, three times.
        let thief = network.port();
        let packets = slow.take();
        for packet in packets.iter().cycle().take(3 * packets.len()) {
            thief.send_to(packet, relay.addr());
        }
        assert!(is_left_alone(&mut member).await);
    });
}

#[test]
fn packets_that_were_held_back_take_the_seat_from_nobody_later() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        let slow = Slow::to(&network, relay.addr(), Duration::from_millis(1));
        let (before, ticket) = seated(&network, slow.at).await;
        // The first packet doesn't get through: the member comes in over another way.
        let held = held_back(&slow, &before, &ticket).await;
        assert!(!held.is_empty());
        let mut member = Member::connect_on(&network, relay.addr()).await;
        member.link.control(&greeting(&ticket)).expect("queued");
        assert!(matches!(member.control().await, Some(ToMember::Resumed { .. })));
        // Now it's let go, to a line that lives and to one that is silent.
        let thief = network.port();
        for packet in &held {
            thief.send_to(packet, relay.addr());
        }
        tokio::time::sleep(SILENT).await;
        for packet in &held {
            thief.send_to(packet, relay.addr());
        }
        assert!(is_left_alone(&mut member).await);
    });
}

/// A first packet with the request for a seat, on its way to a relay that it doesn't reach.
async fn held_back(slow: &Slow, before: &Member, ticket: &Ticket) -> Vec<Vec<u8>> {
    slow.close(true);
    slow.take();
    let (way, asked) = (call(slow.at), greeting(ticket));
    let lost = dial_again(&way, before.link.resumption(), &asked);
    let _ = tokio::time::timeout(Duration::from_millis(300), lost).await;
    // What says that it was given up is not to get through either.
    tokio::time::sleep(Duration::from_millis(200)).await;
    slow.close(false);
    // What the line before still sends is none of it (RFC 9000, section 17.2).
    slow.take().into_iter().filter(|packet| packet[0] & 0x80 != 0).collect()
}

#[test]
fn an_open_handshake_is_sent_little_over_three_times_as_much() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        let slow = Slow::to(&network, relay.addr(), Duration::from_millis(1));
        let (before, ticket) = seated(&network, slow.at).await;
        // A log of 40 kB, all of which a member that comes back with nothing is to be told.
        for number in 1..=40 {
            let body = Blob::new(vec![7; 1000]).expect("short enough");
            let said = ToRelay::Append { number: ActionNo(number), epoch: Epoch(0), act: Act::None, body };
            before.link.control(&said).expect("queued");
        }
        tokio::time::sleep(SOON).await;
        let held = held_back(&slow, &before, &ticket).await;
        slow.close(true);
        tokio::time::sleep(SILENT).await;
        let victim = network.port();
        let (mut sent, mut got) = (0, 0);
        // The greeting is in the first.
        for packet in &held[..1] {
            victim.send_to(packet, relay.addr());
            sent += packet.len();
        }
        // It tries again as long as it waits for the end of the handshake.
        let end = Instant::now() + Duration::from_secs(8);
        while let Ok((_, packet)) = tokio::time::timeout_at(end, victim.recv_from()).await {
            got += packet.len();
        }
        println!("{sent} bytes shown, {got} bytes back");
        assert!(got > 2000, "it was taken for a member's");
        // The packet that reaches the limit may go beyond it, and a small one says that the relay has given up.
        assert!(got < 3 * sent + 1200 + 200, "{got} bytes for {sent}");
    });
}

#[test]
fn no_ticket_is_shown_twice_and_none_outlives_its_session() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        let slow = Slow::to(&network, relay.addr(), Duration::from_millis(1));
        let (before, ticket) = seated(&network, slow.at).await;
        // Two tickets are there, and go with two packets that are lost.
        for _ in 0..2 {
            held_back(&slow, &before, &ticket).await;
        }
        let (member, ahead, _) = come_back(slow.at, &before, &ticket).await;
        assert!(!ahead, "what was lost may be shown by somebody else");
        // The relay has given two more by then.
        tokio::time::sleep(SOON).await;
        let (last, ahead, _) = come_back(slow.at, &member, &ticket).await;
        assert!(ahead);
        let kept = [&before, &member, &last].map(|member| member.link.resumption().map(|kept| Arc::downgrade(&kept)));
        for member in [before, member, last] {
            member.link.close().await;
        }
        assert!(kept.iter().flatten().all(|kept| kept.upgrade().is_none()), "gone with the links");
    });
}

#[test]
fn a_relay_that_forgot_or_is_another_is_called_as_at_first() {
    in_virtual_time(async |network| {
        let listen = "127.0.0.1:0".parse().expect("an address");
        let identity = Identity::ephemeral().expect("a key");
        let first = Server::start_on(&identity, listen, network.runtime()).expect("a free port");
        let (before, ticket) = seated(&network, first.addr()).await;
        let at = first.addr();
        first.stop(Stop::ForGood).await;
        // The same key, and nothing in its memory.
        let same = start_again(&network, &identity, at).await;
        let resumption = before.link.resumption();
        let (link, _events) = dial_again(&to(&same), resumption.clone(), &greeting(&ticket))
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        assert!(!link.is_greeted() && link.fingerprint() == identity.fingerprint());
        drop(link);
        same.stop(Stop::ForGood).await;
        // Another key at the same place is found out, ticket or not.
        let other = start_again(&network, &Identity::ephemeral().expect("a key"), at).await;
        let pinned = Dial { pin: Some(Pin::only(identity.fingerprint())), ..to(&other) };
        let refused = dial_again(&pinned, resumption, &greeting(&ticket)).await.err();
        assert_eq!(
            refused,
            Some(DialError::Key { host: pinned.host.clone(), seen: other.fingerprint(), vouched: false })
        );
        Member::connect_on(&network, other.addr()).await;
    });
}
