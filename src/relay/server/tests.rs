//! One line's trouble stays its own.

mod tcp;

use std::future::Future;
use std::time::Duration;

use quinn::TokioRuntime;
use tokio::sync::mpsc::Receiver;
use tokio::time::timeout;

use super::*;
use crate::relay::core::{ConnId, Output};
use crate::transport::{Dial, Link, LinkEvent, dial};
use crate::wire::{Hello, Purpose, ToMember, ToRelay, VERSION, encode, limits};

fn run(test: impl Future<Output = ()>) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async { timeout(Duration::from_secs(60), test).await.expect("done in time") });
}

async fn host(server: &Server) -> (Link, Receiver<LinkEvent>) {
    let relay = Dial { host: server.addr().to_string(), pin: None };
    let (link, mut events) = dial(&relay).await.unwrap_or_else(|error| panic!("{error}"));
    link.control(&ToRelay::Hello(Hello { version: VERSION, purpose: Purpose::Host })).expect("queued");
    assert!(matches!(events.recv().await, Some(LinkEvent::Control(ToMember::Hosting { .. }))));
    (link, events)
}

fn start() -> Server {
    Server::start(ServerConfig { listen: SocketAddr::from(([127, 0, 0, 1], 0)).into(), data_dir: None })
        .expect("started")
}

/// A relay in which at most `most_waiting` bytes wait for all members.
fn start_with(most_waiting: usize) -> Server {
    let identity = Identity::ephemeral().expect("an identity");
    let listen = "127.0.0.1:0".parse().expect("an address");
    Server::bounded(
        &identity,
        listen,
        (Arc::new(TokioRuntime), ReadLag::default()),
        &Limits { waiting_bytes: most_waiting, ..Limits::default() },
    )
    .expect("started")
}

async fn ended(mut events: Receiver<LinkEvent>) {
    while let Some(event) = events.recv().await {
        if let LinkEvent::Closed(_) = event {
            return;
        }
    }
    panic!("the link ends with a reason");
}

#[test]
fn a_fault_over_one_members_input_ends_that_members_line_only() {
    run(async {
        let server = start();
        let (_first, events) = host(&server).await;
        let (second, _second_events) = host(&server).await;
        server.hub.input(ConnId(1), |_, _| panic!("planted"));
        ended(events).await;
        assert!(second.control(&ToRelay::Leave).is_ok());
        host(&server).await;
    });
}

#[test]
fn a_member_that_never_reads_is_cut_off_at_the_outbox_bound() {
    run(async {
        let server = start();
        let (_slow, events) = host(&server).await;
        let (second, _second_events) = host(&server).await;
        let bytes: Arc<[u8]> = encode(&ToMember::Rejected(crate::ids::ActionNo(1))).expect("small").into();
        for _ in 0..limits::OUTBOX / bytes.len() {
            server.hub.put(Output::Control { to: ConnId(1), bytes: bytes.clone(), awaited: false });
        }
        ended(events).await;
        assert!(second.control(&ToRelay::Leave).is_ok());
        host(&server).await;
    });
}

#[test]
fn where_all_outboxes_are_full_the_largest_is_cut_first() {
    run(async {
        let server = start_with(3 * limits::OUTBOX);
        let mut readers = vec![];
        for _ in 0..4 {
            readers.push(host(&server).await);
        }
        // Written as one, so that nothing is sent in between.
        let part: Arc<[u8]> = vec![0; limits::OUTBOX / 32].into();
        let outputs = |conn: u64, parts: usize| (0..parts).map(move |_| ConnId(conn)).collect::<Vec<_>>();
        let fill = [outputs(2, 24), outputs(3, 30), outputs(4, 24), outputs(1, 24)].concat();
        server.hub.put_all(fill.into_iter().map(|to| Output::Control { to, bytes: part.clone(), awaited: false }));
        assert_eq!(server.hub.open(), [1, 2, 4].map(ConnId));
        let (_, cut) = readers.remove(2);
        ended(cut).await;
        let (others, _events) = host(&server).await;
        assert!(others.control(&ToRelay::Leave).is_ok());
    });
}

#[test]
fn the_core_learns_who_can_not_follow_and_who_can_again() {
    run(async {
        let server = start();
        let (_reader, _events) = host(&server).await;
        let (_other, _other_events) = host(&server).await;
        let bytes: Arc<[u8]> = encode(&ToMember::Layers { thin: false }).expect("small").into();
        let outputs = |bytes: usize| bytes / 70;
        let put = |count: usize| {
            server.hub.put_all((0..count).map(|_| Output::Control {
                to: ConnId(1),
                bytes: bytes.clone(),
                awaited: false,
            }));
        };
        put(outputs(limits::BACKLOG / 2));
        assert_eq!(server.hub.backlogged(), []);
        put(outputs(limits::BACKLOG));
        assert_eq!(server.hub.backlogged(), [ConnId(1)]);
        // It reads, and the next look at the lines shows it.
        while !server.hub.backlogged().is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(server.hub.open().len(), 2);
    });
}

#[test]
fn a_closed_line_ends_even_if_its_stream_was_never_opened() {
    run(async {
        let server = start();
        let relay = Dial { host: server.addr().to_string(), pin: None };
        let (_silent, events) = dial(&relay).await.unwrap_or_else(|error| panic!("{error}"));
        // The relay sees the end of the handshake later than the member does.
        while server.hub.lines() == 0 {
            tokio::task::yield_now().await;
        }
        server.hub.put(Output::Close { conn: ConnId(1) });
        ended(events).await;
        server.hub.emptied().await;
    });
}
