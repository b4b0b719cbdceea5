//! The way back to a relay that was met before, with the first message in the first packet (0-RTT, RFC 9001, section 4.6).
//!
//! Somebody on the way can keep that packet and show it to the relay again. So only a member's request for its own seat goes
//! into it, which gives nothing to anybody who can't finish the handshake; and the relay takes each TLS ticket only once. The
//! relay's certificate isn't shown again: the ticket is worthless to all but the relay that has shown it before.

use std::net::SocketAddr;
use std::sync::Arc;

use quinn::{ClientConfig, Connection, Endpoint, RecvStream, SendStream, ZeroRttAccepted};

use super::first::{Beginning, Beginnings, Gate};
use super::target::Called;
use super::trust::{AnyRelay, Seen};
use super::{address, settings};

/// TLS tickets of a relay, and how it was known when it gave them.
pub struct Resumption {
    pub(super) called: Called,
    pub(super) address: SocketAddr,
    pub(super) config: ClientConfig,
    pub(super) trust: Arc<AnyRelay>,
}

/// A relay that has answered.
pub(super) struct Reached {
    pub(super) endpoint: Endpoint,
    pub(super) connection: Connection,
    pub(super) relay: Seen,
    /// The control stream with the first message on it, if the relay has taken that.
    pub(super) stream: Option<Stream>,
    pub(super) resumption: Arc<Resumption>,
    pub(super) beginnings: Beginnings,
}

impl Resumption {
    /// Calls the relay with `greeting` in the first packet. `None` if it can't be reached there, or has another key. If the relay
    /// doesn't take the ticket, the greeting is still to be sent.
    pub(super) async fn attempt(self: Arc<Self>, greeting: &[u8]) -> Option<Reached> {
        let socket = settings::socket_via(address::any(self.address), self.called.via.as_ref()).ok()?;
        let beginnings = Beginnings::default();
        let (runtime, gate) = Beginning::behind_gate(self.called.runtime.clone(), beginnings.clone());
        let endpoint = Endpoint::new(settings::member_endpoint().ok()?, None, socket, Arc::new(runtime)).ok()?;
        let connecting = endpoint
            .connect_with(settings::again(&self.config, beginnings.line.clone()), self.address, &self.called.name)
            .ok()?;
        let (connection, stream) = match connecting.into_0rtt() {
            Ok((connection, taken)) => early(connection, taken, greeting, gate).await?,
            Err(connecting) => {
                drop(gate);
                (connecting.await.ok()?, None)
            }
        };
        // Each later certificate is compared with the one that it showed first.
        let relay = self.trust.seen()?;
        Some(Reached { endpoint, connection, relay, stream, resumption: self, beginnings })
    }
}

/// A control stream.
pub(super) type Stream = (SendStream, RecvStream);

/// Sends the greeting, and waits for the end of the handshake. With the stream, if the relay has taken that.
async fn early(
    connection: Connection,
    taken: ZeroRttAccepted,
    greeting: &[u8],
    gate: Gate,
) -> Option<(Connection, Option<Stream>)> {
    let (mut send, recv) = connection.open_bi().await.ok()?;
    send.write_all(greeting).await.ok()?;
    drop(gate);
    let stream = taken.await.then_some((send, recv));
    connection.close_reason().is_none().then_some((connection, stream))
}
