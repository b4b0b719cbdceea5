//! A member's open connection to a relay, by whichever road it was reached.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::address;
use super::event::{LinkError, LinkEvent};
use super::identity::Fingerprint;
use super::interface::Interface;
use super::outbox::{Outbox, Unqueued};
use super::quic::Quic;
use super::resume::{self, Resumption};
use super::stats::LinkStats;
use super::trust::Seen;
use super::websocket::link::WebSocket;
use super::websocket::{self};
use crate::wire::{ToRelay, encode, limits};

/// Events that wait for the app. Voice beyond them is dropped, because late voice is worth nothing; control waits on the line.
const EVENTS: usize = 256;
/// How long saying goodbye may take.
const FLUSH: Duration = Duration::from_secs(1);

/// A relay that has answered, by one of the roads.
pub(super) enum Reached {
    Quic(resume::Reached),
    WebSocket(websocket::call::Reached),
}

/// What carries a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Carrier {
    /// QUIC over UDP.
    #[default]
    Quic,
    /// WebSocket on TLS over TCP, where UDP is blocked.
    WebSocket,
}

enum Road {
    Quic(Box<Quic>),
    WebSocket(WebSocket),
}

/// An open connection to a relay. Dropping it closes the connection at once; [`Link::close`] says goodbye first.
pub struct Link {
    road: Road,
    outbox: Outbox,
    writer: JoinHandle<()>,
    relay: Seen,
    resumption: Option<Arc<Resumption>>,
    /// Whether the relay already has the first message.
    greeted: bool,
    /// The way by which it was reached.
    way: String,
}

impl Link {
    pub(super) async fn start(reached: Reached) -> Option<(Self, mpsc::Receiver<LinkEvent>)> {
        let (outbox, waiting) = Outbox::new(limits::OUTBOX);
        let (events, receiver) = mpsc::channel(EVENTS);
        let link = match reached {
            Reached::Quic(resume::Reached { endpoint, connection, relay, stream, resumption, beginnings }) => {
                let (greeted, way) = (stream.is_some(), resumption.called.way.clone());
                let connection = (endpoint, connection, beginnings);
                let via = resumption.called.via.clone();
                let (quic, writer) = Quic::start(connection, via, stream, waiting, events).await?;
                Self {
                    road: Road::Quic(Box::new(quic)),
                    outbox,
                    writer,
                    relay,
                    resumption: Some(resumption),
                    greeted,
                    way,
                }
            }
            Reached::WebSocket(reached) => {
                let (relay, way) = (reached.relay, reached.way.clone());
                let (websocket, writer) = WebSocket::start(reached, waiting, events);
                Self { road: Road::WebSocket(websocket), outbox, writer, relay, resumption: None, greeted: false, way }
            }
        };
        Some((link, receiver))
    }

    /// What carries it.
    pub fn carrier(&self) -> Carrier {
        match self.road {
            Road::Quic(_) => Carrier::Quic,
            Road::WebSocket(_) => Carrier::WebSocket,
        }
    }

    /// Whether the first message that [`super::dial_again`] was given has been taken.
    pub fn is_greeted(&self) -> bool {
        self.greeted
    }

    /// The way by which the relay was reached, as in [`super::Dial::ways`].
    pub fn way(&self) -> &str {
        &self.way
    }

    /// The interface that the link has to go over, if one was named for it.
    pub fn via(&self) -> Option<&Interface> {
        self.resumption.as_ref().and_then(|resumption| resumption.called.via.as_ref())
    }

    /// This machine's address on the way to the relay, as far as it's known.
    pub fn own_address(&self) -> Option<IpAddr> {
        self.ends().0
    }

    /// This machine's address on the way there over an interface, or on the way that the system chooses; `None` if that leads
    /// nowhere.
    pub fn own_address_via(&self, via: Option<&Interface>) -> Option<IpAddr> {
        address::towards(self.ends().1, via).ok()
    }

    fn ends(&self) -> (Option<IpAddr>, SocketAddr) {
        match &self.road {
            Road::Quic(quic) => quic.ends(),
            Road::WebSocket(websocket) => websocket.ends(),
        }
    }

    /// What it takes to come back to this relay faster. It is only in memory. `None` if this road has nothing of the kind.
    pub fn resumption(&self) -> Option<Arc<Resumption>> {
        self.resumption.clone()
    }

    /// Queues a message. It arrives, in order, as long as the connection lives.
    ///
    /// # Errors
    /// [`LinkError`] if it can't be queued.
    pub fn control(&self, message: &ToRelay) -> Result<(), LinkError> {
        let bytes = encode(message).map_err(|_| LinkError::TooLarge)?;
        let closed = match &self.road {
            Road::Quic(quic) => quic.is_closed(),
            Road::WebSocket(websocket) => websocket.is_closed(),
        };
        if closed {
            return Err(LinkError::Closed);
        }
        self.outbox.push(bytes.into(), message.is_awaited()).map_err(|unqueued| match unqueued {
            Unqueued::Full => LinkError::Full,
            Unqueued::Closed => LinkError::Closed,
        })
    }

    /// Sends a datagram of at most [`limits::DATAGRAM`] bytes, if the line allows it.
    pub fn datagram(&self, bytes: Vec<u8>) {
        match &self.road {
            Road::Quic(quic) => quic.datagram(bytes),
            Road::WebSocket(websocket) => websocket.datagram(bytes),
        }
    }

    /// Follows the line; to be called twice a second. If another address of this machine leads to the relay by now, a link over
    /// QUIC goes on from there, and one over TCP ends.
    pub fn tend(&mut self) {
        match &mut self.road {
            Road::Quic(quic) => quic.tend(),
            Road::WebSocket(websocket) => websocket.tend(),
        }
    }

    /// Whether the road holds for a moment: for UDP, whether datagrams arrive as well as the handshake did.
    pub(super) async fn holds(&self) -> bool {
        match &self.road {
            Road::Quic(quic) => quic.holds().await,
            Road::WebSocket(_) => true,
        }
    }

    /// What the link has carried so far.
    pub fn stats(&self) -> LinkStats {
        match &self.road {
            Road::Quic(quic) => quic.stats(),
            Road::WebSocket(websocket) => websocket.stats(),
        }
    }

    /// Which relay this is.
    pub fn fingerprint(&self) -> Fingerprint {
        self.relay.key
    }

    /// Whether this computer trusts the relay's certificate for the name that was called.
    pub fn is_vouched(&self) -> bool {
        self.relay.vouched
    }

    /// Sends what is queued, for up to a second, and closes the connection.
    pub async fn close(self) {
        let Self { road, outbox, writer, .. } = self;
        drop(outbox);
        // What hasn't arrived after a second is left. The relay misses us soon enough.
        let _ = timeout(FLUSH, writer).await;
        match road {
            Road::Quic(quic) => quic.close().await,
            Road::WebSocket(websocket) => drop(websocket),
        }
    }
}
