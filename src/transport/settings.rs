//! QUIC settings for thin and lossy lines, measured for voice. Both ends use the same.
//!
//! Loss-based congestion control starves voice at 20 % loss, and leaves seconds of stale audio after a blackout. So the
//! controller here lets everything through, and two small queues keep the line free instead: few bytes of streams once there is
//! voice on the line (`super::window`), and two datagrams. [`crate::adapt`] decides what is sent at all.

use std::any::Any;
use std::io;
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::time::{Duration, Instant};

use quinn::congestion::{Controller, ControllerFactory};
use quinn::crypto::rustls::{QuicClientConfig, QuicServerConfig};
use quinn::{
    AckFrequencyConfig, ClientConfig, ConnectionId, ConnectionIdGenerator, EndpointConfig, IdleTimeout, ServerConfig,
    TransportConfig, VarInt,
};
use quinn_proto::RttEstimator;
use rand_chacha::ChaCha12Rng;
use rand_core::{RngCore, SeedableRng};
use rustls::client::Resumption;
use rustls::crypto::ring::default_provider;
use rustls::server::ServerSessionMemoryCache;
use socket2::{Domain, Protocol, Socket, Type};

use super::acks::Unhurried;
use super::flights::Line;
use super::identity::Identity;
use super::interface::{self, Interface};
use super::provider::provider;
use super::reset::ResetKey;
use super::trust::AnyRelay;
use crate::wire;

/// Bytes of streams in flight until voice is on the line: a newcomer waits for keys and state, and nothing can be late yet.
const STREAM_IN_FLIGHT_BEFORE_VOICE: u64 = 16 * 1024;
/// How long a connection may be without a packet before it is given up.
pub const IDLE: Duration = Duration::from_secs(120);
/// How often the member's end of a silent connection sends a packet, so that routers keep the way open.
pub const KEEP_ALIVE: Duration = Duration::from_secs(12);

/// Streams that a side may open. One is used; with the others a stranger can fill no more than the connection's window.
const STREAMS: u32 = 4;
const STREAM_WINDOW: u32 = 64 * 1024;
const CONNECTION_WINDOW: u32 = 128 * 1024;
const DATAGRAM_SEND_BUFFER: usize = 2048;
const DATAGRAM_RECEIVE_BUFFER: usize = 64 * 1024;
/// The first packet is sent again after three of these. On 16 kbps that packet and its answer, of 1,228 bytes each, take 1.4 s;
/// sent again earlier, it would be in its own way.
const INITIAL_RTT: Duration = Duration::from_millis(500);
const SOCKET_BUFFER: usize = 4 << 20;
/// Bytes of a connection id at the relay. Without one the uplink breaks when a router gives the member a new port; long ones
/// cost bytes in every packet.
const SERVER_CID: usize = 4;
/// The same at the member. Without one a connection stalls when it goes on from another address.
const CLIENT_CID: usize = 1;
/// Most connections that may wait for their handshake to begin; more are refused.
const WAITING_HANDSHAKES: usize = 1024;
const WAITING_BYTES: u64 = 4 << 20;

/// TCP connections that wait to be accepted.
const LISTEN_BACKLOG: i32 = 1024;
/// Tickets that a relay gives to each member, and that the member keeps.
const TICKETS: usize = 2;
/// TLS sessions that a relay remembers.
const SESSIONS: usize = 8192;

/// Why a TLS or QUIC setting could not be made. It is a fault of this build or machine, never of the other side.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The TLS library refuses what we ask of it.
    #[error(transparent)]
    Tls(#[from] rustls::Error),
    /// The machine gives no randomness.
    #[error("this machine gives no random numbers")]
    Random,
    /// QUIC refuses the TLS settings.
    #[error(transparent)]
    Suite(#[from] quinn::crypto::rustls::NoInitialCipherSuite),
}

/// Random bytes from the machine.
///
/// # Errors
/// [`SettingsError::Random`] if the machine has none to give.
pub fn random<const N: usize>() -> Result<[u8; N], SettingsError> {
    let mut bytes = [0; N];
    default_provider().secure_random.fill(&mut bytes).map_err(|_| SettingsError::Random)?;
    Ok(bytes)
}

/// The settings for the [`Endpoint`](quinn::Endpoint) of a relay that speaks `alpn`.
///
/// # Errors
/// [`SettingsError`] if this machine can't do it.
pub fn relay(identity: &Identity, alpn: &[u8]) -> Result<(EndpointConfig, ServerConfig), SettingsError> {
    let mut tls = rustls::ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_no_client_auth()
        .with_single_cert(identity.certificates(), identity.private_key())?;
    tls.alpn_protocols = vec![alpn.to_vec()];
    // A member who comes back within a day may ask for its seat in its first packet. The tickets are kept here, in memory, and
    // each is good once: a packet that was sent with one and is shown again isn't read. They cost 90 bytes each.
    tls.send_tls13_tickets = TICKETS;
    tls.session_storage = ServerSessionMemoryCache::new(SESSIONS);
    tls.max_early_data_size = u32::MAX; // QUIC wants this value (RFC 9001, section 4.6.1); its windows are the limit.
    let mut config = ServerConfig::with_crypto(Arc::new(Unhurried(Arc::new(QuicServerConfig::try_from(tls)?))));
    config
        .transport_config(Arc::new(transport(None, Line::default())))
        .max_incoming(WAITING_HANDSHAKES)
        .incoming_buffer_size(16 * 1024)
        .incoming_buffer_size_total(WAITING_BYTES)
        .validation_token_config({
            let mut tokens = quinn::ValidationTokenConfig::default();
            tokens.sent(0);
            tokens
        });
    let reset = ResetKey::new(identity.secret("ingle stateless reset 1"));
    Ok((endpoint::<SERVER_CID>(EndpointConfig::new(Arc::new(reset)))?, config))
}

/// A relay's settings for one connection, whose flights are sent again.
pub(crate) fn with_line(config: &ServerConfig, line: Line) -> Arc<ServerConfig> {
    let mut config = config.clone();
    config.transport_config(Arc::new(transport(None, line)));
    Arc::new(config)
}

/// The settings for a member's [`Endpoint`](quinn::Endpoint) and connection, whose flights are sent again.
///
/// # Errors
/// [`SettingsError`] if this machine can't do it.
pub(crate) fn member(trust: Arc<AnyRelay>, line: Line) -> Result<(EndpointConfig, ClientConfig), SettingsError> {
    let mut tls = rustls::ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(trust)
        .with_no_client_auth();
    tls.alpn_protocols = vec![wire::ALPN.to_vec()];
    // A relay has one certificate, so it needn't know by which name it was called, which anybody could read in the first packet.
    tls.enable_sni = false;
    tls.enable_early_data = true;
    tls.resumption = Resumption::in_memory_sessions(TICKETS);
    let mut config = ClientConfig::new(Arc::new(Unhurried(Arc::new(QuicClientConfig::try_from(tls)?))));
    config.transport_config(Arc::new(transport(Some(KEEP_ALIVE), line)));
    Ok((member_endpoint()?, config))
}

/// The settings for a member's [`Endpoint`](quinn::Endpoint).
///
/// # Errors
/// [`SettingsError`] if this machine can't do it.
pub(crate) fn member_endpoint() -> Result<EndpointConfig, SettingsError> {
    endpoint::<CLIENT_CID>(EndpointConfig::default())
}

/// A UDP socket at `at`, with buffers that survive a thousand handshakes at once where the system grants them.
///
/// # Errors
/// The system's error, for instance that the port is taken.
pub fn socket(at: SocketAddr) -> io::Result<UdpSocket> {
    socket_via(at, None)
}

/// The same, over an interface if one is named.
///
/// # Errors
/// The same.
pub(super) fn socket_via(at: SocketAddr, via: Option<&Interface>) -> io::Result<UdpSocket> {
    let socket = Socket::new(Domain::for_address(at), Type::DGRAM, Some(Protocol::UDP))?;
    if at.is_ipv6() && at.ip().is_unspecified() {
        // One socket for both families; where the system can't, it serves IPv6 alone.
        let _ = socket.set_only_v6(false);
    }
    // The system may give less; that costs speed, not function.
    let _ = socket.set_recv_buffer_size(SOCKET_BUFFER);
    let _ = socket.set_send_buffer_size(SOCKET_BUFFER);
    interface::bind(&socket, at, via)?;
    Ok(socket.into())
}

/// From now on the system gives each packet by itself; `false` if it won't. Packets that come gathered would have QUIC set aside 3 MB
/// for each connection that a member tries, most of which stays with the program.
#[cfg(target_os = "linux")]
pub(super) fn gather_nothing(socket: &UdpSocket) -> bool {
    use nix::sys::socket::{setsockopt, sockopt::UdpGroSegment};
    setsockopt(socket, UdpGroSegment, &false).is_ok()
}

/// Elsewhere QUIC asks how many come as one.
#[cfg(not(target_os = "linux"))]
pub(super) fn gather_nothing(_: &UdpSocket) -> bool {
    false
}

/// A TCP socket that listens at `at`.
///
/// # Errors
/// The system's error, for instance that the port is taken.
pub(crate) fn listener(at: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(at), Type::STREAM, Some(Protocol::TCP))?;
    if at.is_ipv6() && at.ip().is_unspecified() {
        let _ = socket.set_only_v6(false);
    }
    // A relay that is started again takes its port although connections of before are still dying.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&at.into())?;
    socket.listen(LISTEN_BACKLOG)?;
    Ok(socket.into())
}

/// A member's settings as before, for another connection.
pub(crate) fn again(config: &ClientConfig, line: Line) -> ClientConfig {
    let mut config = config.clone();
    config.transport_config(Arc::new(transport(Some(KEEP_ALIVE), line)));
    config
}

fn transport(keep_alive: Option<Duration>, line: Line) -> TransportConfig {
    let mut acknowledge = AckFrequencyConfig::default();
    acknowledge.ack_eliciting_threshold(VarInt::from_u32(100)).max_ack_delay(Some(Duration::from_secs(1)));
    let mut config = TransportConfig::default();
    config
        .congestion_controller_factory(Arc::new(Open(line)))
        .send_window(STREAM_IN_FLIGHT_BEFORE_VOICE)
        .mtu_discovery_config(None)
        .initial_rtt(INITIAL_RTT)
        .max_idle_timeout(IdleTimeout::try_from(IDLE).ok())
        .keep_alive_interval(keep_alive)
        .datagram_send_buffer_size(DATAGRAM_SEND_BUFFER)
        .datagram_receive_buffer_size(Some(DATAGRAM_RECEIVE_BUFFER))
        .stream_receive_window(VarInt::from_u32(STREAM_WINDOW))
        .receive_window(VarInt::from_u32(CONNECTION_WINDOW))
        .max_concurrent_bidi_streams(VarInt::from_u32(STREAMS))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .ack_frequency_config(Some(acknowledge));
    config
}

fn endpoint<const CID: usize>(mut config: EndpointConfig) -> Result<EndpointConfig, SettingsError> {
    let seed = random()?;
    config.cid_generator(move || Box::new(Cids::<CID>(ChaCha12Rng::from_seed(seed))));
    Ok(config)
}

/// Random connection ids of `N` bytes.
struct Cids<const N: usize>(ChaCha12Rng);

impl<const N: usize> ConnectionIdGenerator for Cids<N> {
    fn generate_cid(&mut self) -> ConnectionId {
        let mut id = [0; N];
        self.0.fill_bytes(&mut id);
        ConnectionId::new(&id)
    }

    fn cid_len(&self) -> usize {
        N
    }

    fn cid_lifetime(&self) -> Option<Duration> {
        None
    }
}

/// A congestion controller whose window is always open. It passes on what is acknowledged.
#[derive(Clone)]
struct Open(Line);

impl Controller for Open {
    fn on_ack(&mut self, _: Instant, sent: Instant, bytes: u64, _: bool, _: &RttEstimator) {
        self.0.acknowledged(sent, bytes);
    }

    fn on_congestion_event(&mut self, _: Instant, _: Instant, _: bool, _: u64) {}

    fn on_mtu_update(&mut self, _: u16) {}

    fn window(&self) -> u64 {
        // Wide enough that pacing, which follows from the window, never holds a packet back.
        1 << 33
    }

    fn clone_box(&self) -> Box<dyn Controller> {
        Box::new(self.clone())
    }

    fn initial_window(&self) -> u64 {
        self.window()
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

impl ControllerFactory for Open {
    fn build(self: Arc<Self>, _: Instant, _: u16) -> Box<dyn Controller> {
        Box::new(Self(self.0.clone()))
    }
}
