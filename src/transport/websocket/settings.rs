//! Settings of both ends for TCP, TLS and WebSocket: few bytes wait anywhere, and nothing that comes is large.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use rustls::SupportedProtocolVersion;
use rustls::client::Resumption;
use rustls::version::{TLS12, TLS13};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::{TlsAcceptor, TlsConnector};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use crate::transport::identity::Identity;
use crate::transport::provider::provider;
use crate::transport::settings::SettingsError;
use crate::transport::trust::AnyRelay;
use crate::wire;

/// What the outer TLS says it carries, as any browser does.
const HTTP: &[u8] = b"http/1.1";
/// Most bytes of a message: a TLS record of the largest size, with its header and seal.
const MESSAGE: usize = 16 * 1024 + 512;
/// Most bytes that the system holds for the other side. It counts its own memory, several times as much as small packets take.
const SEND_BUFFER: usize = 32 * 1024;
/// The system takes nothing more while it has as many bytes that were not sent once.
#[cfg(any(target_os = "linux", target_os = "android"))]
const UNSENT: u32 = 1024;

/// Most bytes of a TCP segment with its options, both ways. On a path that carries less than usual and swallows what says so, TCP in
/// full segments stands still. With these a packet has at most 1,060 bytes over IPv4; a voice's are shorter anyway.
#[cfg(unix)]
const SEGMENT: u32 = 1020;

/// A TCP connection in short segments.
///
/// # Errors
/// The system's error.
pub(super) async fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Where that can't be set, segments have the usual length.
    #[cfg(unix)]
    let _ = socket2::SockRef::from(&socket).set_tcp_mss(SEGMENT);
    socket.connect(address).await
}

/// Asks the system to send at once and to hold little. What it can't do costs delay on a full line, not function.
pub(super) fn tune(stream: &TcpStream) {
    let _ = stream.set_nodelay(true);
    let socket = socket2::SockRef::from(stream);
    let _ = socket.set_send_buffer_size(SEND_BUFFER);
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let _ = socket.set_tcp_notsent_lowat(UNSENT);
}

pub(super) fn websocket() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(4 * 1024)
        .write_buffer_size(0)
        .max_write_buffer_size(4 * MESSAGE)
        .max_message_size(Some(MESSAGE))
        .max_frame_size(Some(MESSAGE))
}

/// The relay's end of one TLS, with its own key.
fn relay(identity: &Identity, alpn: &[u8]) -> Result<TlsAcceptor, SettingsError> {
    let mut tls = rustls::ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&TLS13])?
        .with_no_client_auth()
        .with_single_cert(identity.certificates(), identity.private_key())?;
    tls.alpn_protocols = vec![alpn.to_vec()];
    tls.send_tls13_tickets = 0;
    Ok(Arc::new(tls).into())
}

/// The relay's ends of the outer TLS and of the inner one.
pub(super) fn relays(identity: &Identity) -> Result<[TlsAcceptor; 2], SettingsError> {
    Ok([relay(identity, HTTP)?, relay(identity, wire::ALPN)?])
}

/// A member's end of one TLS. `named` is whether the other side has to know by which name it was called.
fn member(
    trust: Arc<AnyRelay>,
    versions: &[&'static SupportedProtocolVersion],
    alpn: &[u8],
    named: bool,
) -> Result<TlsConnector, SettingsError> {
    let mut tls = rustls::ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(versions)?
        .dangerous()
        .with_custom_certificate_verifier(trust)
        .with_no_client_auth();
    tls.alpn_protocols = vec![alpn.to_vec()];
    tls.enable_sni = named;
    tls.resumption = Resumption::disabled();
    Ok(Arc::new(tls).into())
}

/// A member's end of the outer TLS. It trusts anybody, because it keeps nothing from anybody. Web servers of today still come
/// with the version before the present one alone.
pub(super) fn outer(named: bool) -> Result<TlsConnector, SettingsError> {
    member(AnyRelay::new(None, None), &[&TLS13, &TLS12], HTTP, named)
}

/// A member's end of the inner TLS.
pub(super) fn inner(trust: Arc<AnyRelay>) -> Result<TlsConnector, SettingsError> {
    member(trust, &[&TLS13], wire::ALPN, false)
}
