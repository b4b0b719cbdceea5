//! What a line carries and survives: datagrams up to the limit, few bytes when nobody speaks, a new port on the way, a
//! goodbye at the end.

use std::time::Duration;

use ingle::adapt::{PROBE_EVERY, PROBES};
use ingle::ids::Nameplate;
use ingle::relay::server::{Listen, Server, ServerConfig, Stop};
use ingle::transport::{Dial, LinkEvent, dial};
use ingle::wire::{ALPN, Blob, Purpose, Refusal, ToRelay, VERSION, encode, limits};
use tokio::net::UdpSocket;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::network::in_virtual_time;
use super::support::{Member, listen, relay, relay_on, run, stranger};

#[test]
fn the_largest_datagram_fits_without_path_mtu_discovery() {
    run(async {
        let relay = relay();
        let connection = stranger(&relay, ALPN).await.expect("let in");
        let most = connection.max_datagram_size().expect("datagrams are on");
        assert!(most >= limits::DATAGRAM, "{most} is less than the limit");
    });
}

#[test]
fn an_idle_line_costs_little() {
    const SPAN: Duration = Duration::from_secs(5);
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        let member = Member::host_on(&network, relay.addr()).await;
        let start = member.link.stats();
        println!("connecting costs {} bytes up, {} down", start.up_bytes, start.down_bytes);
        assert!(start.up_bytes + start.down_bytes < 10_000);
        // What shows a newcomer's line is over by then.
        tokio::time::sleep(PROBE_EVERY * (u32::from(PROBES) * 3 / 2 + 20)).await;
        let start = member.link.stats();
        tokio::time::sleep(SPAN).await;
        let end = member.link.stats();
        let (up, down) = (end.up_bytes - start.up_bytes, end.down_bytes - start.down_bytes);
        println!("idle for {SPAN:?}: {up} bytes up, {down} down, {} packets heard", end.heard - start.heard);
        assert!(up + down < 1000, "an idle line sent {up} and {down} bytes");
    });
}

#[test]
fn a_stopping_relay_tells_everybody_within_its_time() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        let mut members = Vec::new();
        for _ in 0..5 {
            members.push(Member::host_on(&network, relay.addr()).await);
        }
        let start = Instant::now();
        let stopped = tokio::spawn(relay.stop(Stop::ForGood));
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

#[test]
fn the_largest_message_arrives_in_small_parts() {
    run(async {
        let relay = relay();
        let mut member = Member::connect(&relay).await;
        let largest = Blob::new(vec![7; limits::BLOB]).expect("within the limit");
        member.hello(VERSION, Purpose::Knock(Nameplate(Nameplate::MIN), largest));
        assert_eq!(member.refusal().await, Some(Refusal::Protocol), "the relay read all of it");
    });
}

#[test]
fn a_line_lives_on_when_a_router_gives_it_another_port() {
    run(async {
        let relay = relay();
        let (router, renew) = router(&relay).await;
        let mut member = Member::host_at(&router).await;
        renew.send(()).expect("the router runs");
        // A greeting is due once, so the relay's answer shows that the second one came.
        member.hello(VERSION, Purpose::Host);
        assert_eq!(member.refusal().await, Some(Refusal::Protocol));
    });
}

#[test]
fn what_was_queued_before_a_goodbye_arrives() {
    run(async {
        let (endpoint, host) = listen(ALPN);
        let reading = tokio::spawn(async move {
            let connection = endpoint.accept().await.expect("a call").await.expect("a member");
            let (_send, mut recv) = connection.accept_bi().await.expect("a stream");
            recv.read_to_end(limits::CONTROL_MESSAGE).await.expect("ended, not cut off")
        });
        let (link, _events) = dial(&Dial { host, pin: None }).await.expect("reached");
        let knock = ToRelay::Knock(Blob::new(vec![7; 1000]).expect("small"));
        let mut said = Vec::new();
        for message in [&knock, &knock, &knock, &ToRelay::Leave] {
            link.control(message).expect("queued");
            said.extend(encode(message).expect("fits"));
        }
        link.close().await;
        assert!(reading.await.expect("no panic") == said, "all of it, in order");
    });
}

/// A router before the relay, which takes another port towards it when told to. Returns its near address.
async fn router(relay: &Server) -> (String, oneshot::Sender<()>) {
    let relay = relay.addr();
    let near = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
    let address = near.local_addr().expect("bound").to_string();
    let (renew, mut renewed) = oneshot::channel();
    tokio::spawn(async move {
        let far = async || UdpSocket::bind("127.0.0.1:0").await.expect("a port");
        let (mut out, mut member, mut is_new) = (far().await, None, false);
        let (mut up, mut down) = ([0; 2048], [0; 2048]);
        loop {
            tokio::select! {
                Ok((n, from)) = near.recv_from(&mut up) => {
                    member = Some(from);
                    out.send_to(&up[..n], relay).await.expect("sent");
                }
                Ok((n, _)) = out.recv_from(&mut down) => {
                    near.send_to(&down[..n], member.expect("it spoke first")).await.expect("sent");
                }
                Ok(()) = &mut renewed, if !is_new => {
                    out = far().await;
                    is_new = true;
                }
            }
        }
    });
    (address, renew)
}

#[test]
fn one_relay_serves_both_families_of_addresses() {
    run(async {
        let listen = Listen::everywhere(0);
        let relay = Server::start(ServerConfig { listen, data_dir: None }).expect("started");
        if relay.addr().is_ipv4() {
            return println!("skipped, this machine has no IPv6");
        }
        let port = relay.addr().port();
        for (host, header) in [(format!("[::1]:{port}"), 48), (format!("127.0.0.1:{port}"), 28)] {
            let member = Member::host_at(&host).await;
            let stats = member.link.stats();
            // QUIC fills the first packet up to 1200 bytes.
            assert!(stats.up_bytes >= 1200 + header * stats.up_packets, "{host}: {stats:?}");
            assert!(stats.down_packets == stats.heard && stats.heard > 0);
        }
    });
}
