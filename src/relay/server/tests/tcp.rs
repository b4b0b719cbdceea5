//! What a stranger can do over TCP costs the stranger's line.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{host, limits, run, start};
use crate::relay::core::{ConnId, Output};
use crate::relay::server::Server;
use crate::transport::websocket::call::stranger;
use crate::wire::record::CHUNK;
use crate::wire::{Hello, Purpose, Record, ToRelay, VERSION, encode};

/// Says this within all handshakes, and waits until the relay ends the connection. Others are served all the while.
async fn say(server: &Server, bytes: &[u8]) -> Vec<u8> {
    let mut stream = stranger(server.addr()).await;
    // The relay may have ended it in the middle.
    let _ = stream.write_all(bytes).await;
    let _ = stream.flush().await;
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said).await;
    drop(host(server).await);
    said
}

fn control(bytes: &[u8]) -> Vec<u8> {
    bytes.chunks(CHUNK).flat_map(|chunk| Record::Control(chunk.to_vec()).encode().expect("a record")).collect()
}

#[test]
fn records_of_no_kind_or_over_their_limit_end_the_line() {
    run(async {
        let server = start();
        for bytes in [[9, 0, 0].as_slice(), &[0, 0xff, 0xff], &[1, 0xff, 0xff], &[2, 0, 9], &[3, 0, 0]] {
            assert!(say(&server, bytes).await.is_empty(), "{bytes:?}");
        }
        server.hub.emptied().await;
    });
}

#[test]
fn a_control_message_that_is_none_is_refused_over_tcp_too() {
    run(async {
        let server = start();
        for bytes in [vec![0, 0, 0, 3, 0xff, 0xff, 0xff], vec![0xff; 4]] {
            let said = say(&server, &control(&bytes)).await;
            let refused = encode(&crate::wire::ToMember::Refused(crate::wire::Refusal::Protocol)).expect("small");
            assert_eq!(said, control(&refused));
        }
        server.hub.emptied().await;
    });
}

#[test]
fn rubbish_and_pings_in_a_flood_harm_nobody() {
    run(async {
        let server = start();
        let mut flood = Vec::new();
        for n in 0..2000_u16 {
            flood.extend(Record::Ping(u64::from(n).to_be_bytes()).encode().expect("a record"));
            flood.extend(Record::Datagram(vec![n as u8; usize::from(n % 1000)]).encode().expect("a record"));
            flood.extend(Record::Pong([0xff; 8]).encode().expect("a record"));
        }
        let mut stream = stranger(server.addr()).await;
        let (mut read, mut write) = tokio::io::split(&mut stream);
        let answered = async {
            let mut bytes = [0; 4096];
            let mut answers = 0;
            while answers < 11 {
                answers += read.read(&mut bytes).await.expect("pongs");
            }
        };
        let (_, said) = tokio::join!(answered, write.write_all(&flood));
        said.expect("taken");
        drop(host(&server).await);
    });
}

#[test]
fn a_stranger_that_never_reads_is_cut_off_over_tcp_too() {
    run(async {
        let server = start();
        let mut stream = stranger(server.addr()).await;
        let hello = encode(&ToRelay::Hello(Hello { version: VERSION, purpose: Purpose::Host })).expect("small");
        stream.write_all(&control(&hello)).await.expect("taken");
        stream.flush().await.expect("taken");
        let (_other, _events) = host(&server).await;
        let bytes: std::sync::Arc<[u8]> = vec![0; limits::OUTBOX / 8].into();
        // The system takes some, and what is more than may wait ends the line.
        for _ in 0..16 {
            server.hub.put(Output::Control { to: ConnId(1), bytes: bytes.clone(), awaited: false });
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        assert_eq!(server.hub.open(), [ConnId(2)]);
        drop(host(&server).await);
    });
}
