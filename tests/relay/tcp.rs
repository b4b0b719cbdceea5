//! Where UDP is blocked, members come by the slow road.

use std::net::SocketAddr;
use std::time::Duration;

use ingle::relay::server::{Server, Stop};
use ingle::transport::{Carrier, Dial, DialError, Fingerprint, LinkEvent, Pin, dial};
use ingle::wire::{Purpose, ToMember, ToRelay, VERSION};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::time::{Instant, timeout};

use super::support::{Member, relay, run, to};

/// A way to the relay on which only TCP gets through.
pub(crate) async fn tcp_alone(relay: &Server) -> SocketAddr {
    let (relay, listener) = (relay.addr(), TcpListener::bind("127.0.0.1:0").await.expect("a port"));
    let at = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        while let Ok((mut member, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(relay).await.expect("the relay takes TCP");
                let _ = copy_bidirectional(&mut member, &mut stream).await;
            });
        }
    });
    at
}

fn at(address: SocketAddr) -> Dial {
    Dial { host: address.to_string(), pin: None }
}

#[test]
fn where_udp_is_refused_a_member_comes_over_tcp_at_once() {
    run(async {
        let relay = relay();
        let start = Instant::now();
        let member = Member::host_at(&tcp_alone(&relay).await.to_string()).await;
        println!("a room after {:?}", start.elapsed());
        assert_eq!(member.link.carrier(), Carrier::WebSocket);
        assert_eq!(member.link.fingerprint(), relay.fingerprint());
        if cfg!(target_os = "linux") {
            assert!(start.elapsed() < Duration::from_millis(1500), "the system says that UDP is refused");
        }
        member.link.close().await;
    });
}

#[test]
fn where_udp_is_dropped_a_member_comes_over_tcp_soon() {
    run(async {
        let relay = relay();
        let way = tcp_alone(&relay).await;
        let _silent = UdpSocket::bind(way).await.expect("the port of the same number");
        let start = Instant::now();
        let member = Member::host_at(&way.to_string()).await;
        println!("a room after {:?}", start.elapsed());
        assert_eq!(member.link.carrier(), Carrier::WebSocket);
        assert!((Duration::from_secs(2)..Duration::from_secs(4)).contains(&start.elapsed()));
    });
}

#[test]
fn where_both_work_udp_is_taken() {
    run(async {
        let relay = relay();
        let (link, _events) = dial(&to(&relay)).await.expect("reached");
        assert_eq!(link.carrier(), Carrier::Quic);
    });
}

#[test]
fn a_relay_with_another_key_is_not_taken_over_tcp_either() {
    run(async {
        let relay = relay();
        let way = tcp_alone(&relay).await;
        let other = Pin::only(Fingerprint([7; 32]));
        let seen = dial(&Dial { pin: Some(other), ..at(way) }).await.err();
        let host = way.to_string();
        assert_eq!(seen, Some(DialError::Key { host, seen: relay.fingerprint(), vouched: false }));
        let known = Pin::only(relay.fingerprint());
        let (link, _events) = dial(&Dial { pin: Some(known), ..at(way) }).await.expect("the same key on both roads");
        assert_eq!(link.carrier(), Carrier::WebSocket);
    });
}

#[test]
fn messages_larger_than_a_frame_come_whole_over_tcp() {
    run(async {
        let relay = relay();
        let mut member = Member::connect_at(&tcp_alone(&relay).await.to_string()).await;
        member.hello(VERSION, Purpose::Host);
        assert!(matches!(member.control().await, Some(ToMember::Hosting { .. })));
        // A large body that is of no use to the relay: it is answered all the same.
        member.link.control(&ToRelay::Leave).expect("queued");
        assert!(member.control().await.is_none(), "a goodbye ends the link");
        assert!(matches!(member.events.recv().await, None | Some(LinkEvent::Closed(_))));
    });
}

#[test]
fn a_relay_that_stops_tells_those_on_tcp_too() {
    run(async {
        let relay = relay();
        let mut member = Member::host_at(&tcp_alone(&relay).await.to_string()).await;
        let stopped = tokio::spawn(relay.stop(Stop::ForGood));
        assert_eq!(member.refusal().await, Some(ingle::wire::Refusal::Unavailable));
        timeout(Duration::from_secs(3), stopped).await.expect("in time").expect("no panic");
    });
}
