//! Whoever speaks something else over TCP than a member loses the connection, and costs nobody else theirs.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use ingle::relay::server::Server;
use ingle::wire::limits;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderValue, header};
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::{WebSocketStream, client_async};

use super::stranger::tls;
use super::support::{relay, run, serves};

/// Well within the time for a handshake.
const SOON: Duration = Duration::from_secs(5);
/// More bytes than the systems at both ends hold between them.
const MUCH: usize = 32 << 20;

/// The outer TLS. `None` if the relay doesn't want it.
async fn outer(relay: &Server) -> Option<TlsStream<TcpStream>> {
    let stream = TcpStream::connect(relay.addr()).await.expect("taken");
    let name = ServerName::try_from("any.invalid").expect("a name");
    TlsConnector::from(Arc::new(tls(b"http/1.1"))).connect(name, stream).await.ok()
}

async fn connect(relay: &Server) -> TlsStream<TcpStream> {
    outer(relay).await.expect("TLS")
}

async fn websocket(
    relay: &Server,
    path: &str,
    protocol: &'static str,
) -> Option<WebSocketStream<TlsStream<TcpStream>>> {
    let mut request = format!("wss://any.invalid{path}").into_client_request().expect("a request");
    request.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(protocol));
    client_async(request, outer(relay).await?).await.ok().map(|(socket, _)| socket)
}

/// Reads until the relay ends the connection.
async fn ended(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> Vec<u8> {
    let mut said = Vec::new();
    let _ = timeout(SOON, stream.read_to_end(&mut said)).await.expect("the relay ends it");
    said
}

#[test]
fn plain_text_at_the_tls_port_is_closed() {
    run(async {
        let relay = relay();
        let mut stream = TcpStream::connect(relay.addr()).await.expect("taken");
        stream.write_all(b"GET /ingle HTTP/1.1\r\nHost: any\r\n\r\n").await.expect("taken");
        ended(stream).await;
        serves(&relay).await;
    });
}

#[test]
fn a_request_for_anything_but_the_relay_is_not_found() {
    run(async {
        let relay = relay();
        for (path, protocol) in [("/", "ingle.1"), ("/ingle", "chat"), ("/ingle/..", "ingle.1")] {
            assert!(websocket(&relay, path, protocol).await.is_none(), "{path} {protocol}");
        }
        let mut stream = connect(&relay).await;
        stream.write_all(b"GET /ingle HTTP/1.1\r\nHost: any\r\n\r\n").await.expect("taken");
        let said = String::from_utf8_lossy(&ended(stream).await).into_owned();
        assert!(!said.contains("101"), "{said}");
        serves(&relay).await;
    });
}

#[test]
fn headers_without_end_are_cut_off() {
    run(async {
        let relay = relay();
        let mut stream = connect(&relay).await;
        let _ = stream.write_all(b"GET /ingle HTTP/1.1\r\n").await;
        let mut written = 0;
        while written < MUCH && stream.write_all(&[b'a'; 1024]).await.is_ok() && stream.flush().await.is_ok() {
            written += 1024;
        }
        assert!(written < MUCH, "{MUCH} bytes of header were taken");
        serves(&relay).await;
    });
}

#[test]
fn messages_that_are_no_tls_end_the_connection() {
    run(async {
        let relay = relay();
        let large = || Message::Binary(vec![0x17; 64 * 1024].into());
        for message in [Message::Text("hello".into()), Message::Binary(vec![0; 600].into()), large()] {
            let mut socket = websocket(&relay, "/ingle", "ingle.1").await.expect("a WebSocket");
            // It may be gone in the middle of it.
            let _ = socket.send(message).await;
            let over = async { while let Some(Ok(_)) = socket.next().await {} };
            timeout(SOON, over).await.expect("the relay ends it");
        }
        serves(&relay).await;
    });
}

#[test]
fn a_message_in_endless_fragments_ends_the_connection() {
    run(async {
        let relay = relay();
        let mut socket = websocket(&relay, "/ingle", "ingle.1").await.expect("a WebSocket");
        let mut sent = 0;
        let mut kind = Data::Binary;
        let flood = async {
            while sent < MUCH {
                let part =
                    Frame::message(vec![0x16; 1024], OpCode::Data(std::mem::replace(&mut kind, Data::Continue)), false);
                if socket.send(Message::Frame(part)).await.is_err() {
                    break;
                }
                sent += 1024;
            }
        };
        timeout(SOON, flood).await.expect("not taken for ever");
        assert!(sent < MUCH, "{MUCH} bytes in fragments were taken");
        serves(&relay).await;
    });
}

#[test]
fn one_address_has_its_share_of_connections_over_tcp() {
    run(async {
        let relay = relay();
        let mut held = Vec::new();
        for _ in 0..limits::CONNECTIONS_PER_ADDRESS {
            held.push(TcpStream::connect(relay.addr()).await.expect("taken"));
        }
        let mut over = TcpStream::connect(relay.addr()).await.expect("taken by the system");
        assert_eq!(timeout(SOON, over.read(&mut [0])).await.expect("ended").unwrap_or(0), 0);
        drop(held);
        // The relay notices one after the other.
        let start = Instant::now();
        while websocket(&relay, "/ingle", "ingle.1").await.is_none() {
            assert!(start.elapsed() < SOON);
        }
    });
}

#[test]
#[ignore = "takes as long as a handshake may, ten seconds; `make soak` runs it"]
fn a_handshake_that_never_ends_is_ended() {
    run(async {
        let relay = relay();
        let start = Instant::now();
        let mut silent = vec![];
        silent.push(TcpStream::connect(relay.addr()).await.expect("taken"));
        let mut slow = TcpStream::connect(relay.addr()).await.expect("taken");
        slow.write_all(&[0x16, 3, 1]).await.expect("taken");
        silent.push(slow);
        let outer = connect(&relay).await;
        let socket = websocket(&relay, "/ingle", "ingle.1").await.expect("a WebSocket");
        for mut stream in silent {
            let _ = timeout(limits::HELLO_TIME * 3 / 2, stream.read_to_end(&mut Vec::new())).await.expect("ended");
        }
        ended(outer).await;
        ended(socket.into_inner()).await;
        assert!(start.elapsed() >= limits::HELLO_TIME);
        serves(&relay).await;
    });
}
