//! A member's open connection to a relay.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use quinn::{Connection, ConnectionError, Endpoint, RecvStream, VarInt};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::identity::Fingerprint;
use super::outbox::{Outbox, Unqueued};
use super::resume::{Reached, Resumption};
use super::stats::LinkStats;
use super::trust::Seen;
use super::window::{Prompt, Window, is_nudge};
use super::{address, settings};
use crate::wire::bundle::is_bundle;
use crate::wire::{Framing, ToMember, ToRelay, WireError, encode, limits};

/// Events that wait for the app. Voice beyond them is dropped, because late voice is worth nothing; control waits on the line.
const EVENTS: usize = 256;
/// Bytes read from the control stream at a time.
const CHUNK: usize = 16 * 1024;
/// How long saying goodbye may take.
const FLUSH: Duration = Duration::from_secs(1);
/// How long the last packet may take to leave this machine.
const LAST_PACKET: Duration = Duration::from_millis(100);

const GOODBYE: VarInt = VarInt::from_u32(0);
const NOT_UNDERSTOOD: VarInt = VarInt::from_u32(1);

/// What came over a link.
pub enum LinkEvent {
    /// A message of the relay.
    Control(ToMember),
    /// A datagram of the relay, voice above all.
    Datagram(Vec<u8>),
    /// The end, with a sentence for a person. Nothing follows it.
    Closed(String),
}

/// Why a message was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The connection is over.
    #[error("The connection is closed.")]
    Closed,
    /// More waits than the line can carry.
    #[error("The line is too slow for all there is to send.")]
    Full,
    /// The message is over its limit.
    #[error("The message is too large.")]
    TooLarge,
}

/// An open connection to a relay. Dropping it closes the connection at once; [`Link::close`] says goodbye first.
pub struct Link {
    endpoint: Endpoint,
    connection: CloseOnDrop,
    outbox: Outbox,
    writer: JoinHandle<()>,
    relay: Seen,
    resumption: Arc<Resumption>,
    /// Whether the relay already has the first message.
    greeted: bool,
    /// This machine's address on the way to the relay.
    address: Option<IpAddr>,
    /// How much of the stream may be in flight, once voice was sent.
    window: Mutex<Option<Window>>,
}

struct CloseOnDrop(Connection);

impl Drop for CloseOnDrop {
    fn drop(&mut self) {
        self.0.close(GOODBYE, b"");
    }
}

impl Link {
    pub(super) async fn start(reached: Reached) -> Option<(Self, mpsc::Receiver<LinkEvent>)> {
        let Reached { endpoint, connection, relay, stream, resumption } = reached;
        let connection = CloseOnDrop(connection);
        let greeted = stream.is_some();
        let (send, recv) = match stream {
            Some(stream) => stream,
            None => connection.0.open_bi().await.ok()?,
        };
        let (outbox, waiting) = Outbox::new(limits::OUTBOX);
        let writer = tokio::spawn(waiting.write(send));
        let (events, receiver) = mpsc::channel(EVENTS);
        tokio::spawn(read(connection.0.clone(), recv, events));
        let address = address::towards(connection.0.remote_address()).ok();
        let window = Mutex::default();
        Some((Self { endpoint, connection, outbox, writer, relay, resumption, greeted, address, window }, receiver))
    }

    /// Whether the first message that [`super::dial_again`] was given has been taken.
    pub fn is_greeted(&self) -> bool {
        self.greeted
    }

    /// The way by which the relay was reached, as in [`super::Dial::ways`].
    pub fn way(&self) -> &str {
        &self.resumption.called.way
    }

    /// What it takes to come back to this relay faster. It is only in memory.
    pub fn resumption(&self) -> Arc<Resumption> {
        self.resumption.clone()
    }

    /// Queues a message. It arrives, in order, as long as the connection lives.
    ///
    /// # Errors
    /// [`LinkError`] if it can't be queued.
    pub fn control(&self, message: &ToRelay) -> Result<(), LinkError> {
        let bytes = encode(message).map_err(|_| LinkError::TooLarge)?;
        if self.connection.0.close_reason().is_some() {
            return Err(LinkError::Closed);
        }
        self.outbox.push(bytes.into()).map_err(|unqueued| match unqueued {
            Unqueued::Full => LinkError::Full,
            Unqueued::Closed => LinkError::Closed,
        })
    }

    /// Sends a datagram of at most [`limits::DATAGRAM`] bytes, if the line allows it.
    pub fn datagram(&self, bytes: Vec<u8>) {
        if is_bundle(&bytes) {
            self.window().get_or_insert_with(|| Window::narrow(&self.connection.0));
        }
        // Voice that can't be sent now will never be in time. A dead line shows in the events.
        let _ = self.connection.0.send_datagram(bytes.into());
    }

    /// Follows the line; to be called once a second. If another address of this machine leads to the relay by now, the link goes on
    /// from there, and the window of the stream is set anew.
    pub fn tend(&mut self) {
        let connection = &self.connection.0;
        if let Some(window) = self.window().as_mut() {
            window.look(connection);
        }
        let relay = connection.remote_address();
        // Without any way to the relay there is nothing to go on from. Whatever fails is tried again in a second.
        let Ok(address) = address::towards(relay) else { return };
        let moved = self.address.is_some_and(|before| before != address);
        if !moved || settings::socket(address::any(relay)).is_ok_and(|socket| self.endpoint.rebind(socket).is_ok()) {
            self.address = Some(address);
        }
    }

    fn window(&self) -> std::sync::MutexGuard<'_, Option<Window>> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the link has carried so far.
    pub fn stats(&self) -> LinkStats {
        LinkStats::of(&self.connection.0)
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
        let Self { endpoint, connection, outbox, writer, .. } = self;
        drop(outbox);
        // What hasn't arrived after a second is left. The relay misses us soon enough.
        let _ = timeout(FLUSH, writer).await;
        drop(connection);
        let _ = timeout(LAST_PACKET, endpoint.wait_idle()).await;
    }
}

/// Passes on what comes, until the connection ends or the app no longer listens.
async fn read(connection: Connection, stream: RecvStream, events: mpsc::Sender<LinkEvent>) {
    let reason = tokio::select! {
        reason = read_control(&connection, stream, &events) => reason,
        reason = read_datagrams(&connection, &events) => reason,
        () = events.closed() => {
            connection.close(GOODBYE, b"");
            return;
        }
    };
    // The app may be gone already.
    let _ = events.send(LinkEvent::Closed(reason.to_owned())).await;
}

async fn read_control(
    connection: &Connection,
    mut stream: RecvStream,
    events: &mpsc::Sender<LinkEvent>,
) -> &'static str {
    let mut framing = Framing::default();
    let mut prompt = Prompt::default();
    loop {
        match framing.next_message() {
            Ok(Some(message)) => {
                if events.send(LinkEvent::Control(message)).await.is_err() {
                    return describe(&ConnectionError::LocallyClosed);
                }
            }
            Ok(None) => match stream.read_chunk(CHUNK, true).await {
                Ok(Some(chunk)) => {
                    prompt.read(chunk.bytes.len(), connection);
                    framing.push(&chunk.bytes);
                }
                Ok(None) => {
                    // Everything that the relay had to say is here.
                    connection.close(GOODBYE, b"");
                    return "The relay closed the connection.";
                }
                Err(_) => return describe(&connection.closed().await),
            },
            Err(WireError::Malformed | WireError::TooLarge) => {
                connection.close(NOT_UNDERSTOOD, b"");
                return "The relay sent something that this version does not understand.";
            }
        }
    }
}

async fn read_datagrams(connection: &Connection, events: &mpsc::Sender<LinkEvent>) -> &'static str {
    loop {
        match connection.read_datagram().await {
            Ok(bytes) if is_nudge(&bytes) => {}
            Ok(bytes) => {
                // Dropped if the app doesn't keep up.
                let _ = events.try_send(LinkEvent::Datagram(bytes.into()));
            }
            Err(ConnectionError::ApplicationClosed(_) | ConnectionError::ConnectionClosed(_)) => {
                // The relay's last words are still to be read from the stream, whose end then ends the link.
                std::future::pending::<()>().await;
            }
            Err(error) => return describe(&error),
        }
    }
}

fn describe(error: &ConnectionError) -> &'static str {
    match error {
        ConnectionError::TimedOut => "The line was silent for too long.",
        ConnectionError::ApplicationClosed(_) | ConnectionError::ConnectionClosed(_) => {
            "The relay closed the connection."
        }
        ConnectionError::Reset => "The relay was restarted.",
        ConnectionError::LocallyClosed => "The connection was closed here.",
        _ => "The connection broke off.",
    }
}
