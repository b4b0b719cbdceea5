//! A member's end of a QUIC connection to a relay.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use quinn::{Connection, ConnectionError, Endpoint, RecvStream, Runtime, TokioRuntime, VarInt};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use super::event::{LinkEvent, end};
use super::first::Beginnings;
use super::interface::Interface;
use super::lull::{Lull, Restless};
use super::outbox::Waiting;
use super::resume::Stream;
use super::stats::LinkStats;
use super::window::{Prompt, Window, acknowledge, acknowledge_unless_answered, is_nudge};
use super::{address, settings};
use crate::wire::bundle::is_bundle;
use crate::wire::{Framing, ToMember, WireError};

/// Bytes read from the control stream at a time.
const CHUNK: usize = 16 * 1024;
/// How often the window follows the line.
const LOOK_EVERY: Duration = Duration::from_millis(950);
/// How long the last packet may take to leave this machine.
const LAST_PACKET: Duration = Duration::from_millis(100);

/// Datagrams by which UDP shows that it holds, the time between them, and how long the last answer may take.
const TRIES: u32 = 10;
const TRY_EVERY: Duration = Duration::from_millis(100);
const LAST_ANSWER: Duration = Duration::from_millis(500);

const GOODBYE: VarInt = VarInt::from_u32(0);
const NOT_UNDERSTOOD: VarInt = VarInt::from_u32(1);

/// The connection. Dropping it closes it at once.
pub(super) struct Quic {
    endpoint: Endpoint,
    connection: CloseOnDrop,
    /// This machine's address on the way to the relay, and the interface that it has to lead over.
    address: Option<IpAddr>,
    via: Option<Interface>,
    /// How much of the stream may be in flight, once voice was sent.
    window: Mutex<Option<Window>>,
    answers: Mutex<Answers>,
    /// What has come.
    lull: Lull,
    /// When the window followed the line last.
    looked: Instant,
}

/// Whether the relay gets what is sent: it acknowledges it soon. What it acknowledges for the first time gives a new sample of the
/// round trip; one that hears nothing goes on repeating what it acknowledged before.
#[derive(Default)]
struct Answers {
    rtt: Duration,
    /// When the first packet was sent since the last acknowledgement.
    asked: Option<Instant>,
}

impl Answers {
    fn look(&mut self, connection: &Connection) {
        let rtt = connection.rtt();
        if std::mem::replace(&mut self.rtt, rtt) != rtt {
            self.asked = None;
        }
    }
}

struct CloseOnDrop(Connection);

impl Drop for CloseOnDrop {
    fn drop(&mut self) {
        self.0.close(GOODBYE, b"");
    }
}

impl Quic {
    /// Begins to write what waits, and to pass on what comes. `stream` is the control stream if it was opened already.
    pub(super) async fn start(
        (endpoint, connection, beginnings): (Endpoint, Connection, Beginnings),
        via: Option<Interface>,
        stream: Option<Stream>,
        waiting: Waiting,
        events: mpsc::Sender<LinkEvent>,
    ) -> Option<(Self, JoinHandle<()>)> {
        let connection = CloseOnDrop(connection);
        let (send, recv) = match stream {
            Some(stream) => stream,
            None => connection.0.open_bi().await.ok()?,
        };
        let flying = connection.0.clone();
        let flight = move |awaited| beginnings.flights.expect(&beginnings.line, &flying, awaited);
        let writer = tokio::spawn(waiting.write(send, flight));
        tokio::spawn(read(connection.0.clone(), recv, events));
        tokio::spawn(stay_reachable(connection.0.clone()));
        let address = address::towards(connection.0.remote_address(), via.as_ref()).ok();
        let window = Mutex::default();
        Some((
            Self {
                endpoint,
                connection,
                address,
                via,
                window,
                answers: Mutex::default(),
                lull: Lull::new(TokioRuntime.now()),
                looked: Instant::now(),
            },
            writer,
        ))
    }

    pub(super) fn is_closed(&self) -> bool {
        self.connection.0.close_reason().is_some()
    }

    pub(super) fn datagram(&self, bytes: Vec<u8>) {
        if is_bundle(&bytes) {
            self.window().get_or_insert_with(|| Window::narrow(&self.connection.0));
        }
        // Voice that can't be sent now will never be in time. A dead line shows in the events.
        let _ = self.connection.0.send_datagram(bytes.into());
        self.asked();
    }

    /// Something was sent that the relay acknowledges.
    fn asked(&self) {
        let mut answers = self.answers();
        answers.look(&self.connection.0);
        answers.asked.get_or_insert_with(Instant::now);
    }

    fn answers(&self) -> std::sync::MutexGuard<'_, Answers> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// If another address of this machine leads to the relay by now, the connection goes on from there, and the window of the
    /// stream is set anew.
    ///
    /// When nothing more comes, the relay is asked for a sign of life.
    pub(super) fn tend(&mut self) {
        let connection = &self.connection.0;
        let stats = connection.stats();
        let said = stats.frame_rx.datagram + stats.frame_rx.stream;
        if self.lull.look(stats.udp_rx.datagrams, said, TokioRuntime.now()) {
            acknowledge(connection);
            self.asked();
        }
        if self.looked.elapsed() >= LOOK_EVERY {
            self.looked = Instant::now();
            if let Some(window) = self.window().as_mut() {
                window.look(connection);
            }
        }
        let relay = connection.remote_address();
        // Without any way to the relay there is nothing to go on from. Whatever fails is tried again in a second.
        let via = self.via.as_ref();
        let Ok(address) = address::towards(relay, via) else { return };
        let moved = self.address.is_some_and(|before| before != address);
        let socket = || settings::socket_via(address::any(relay), via);
        if !moved || socket().is_ok_and(|socket| self.endpoint.rebind(socket).is_ok()) {
            self.address = Some(address);
        }
    }

    /// This machine's address on the way to the relay, and the relay's.
    pub(super) fn ends(&self) -> (Option<IpAddr>, SocketAddr) {
        (self.address, self.connection.0.remote_address())
    }

    fn window(&self) -> std::sync::MutexGuard<'_, Option<Window>> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn stats(&self) -> LinkStats {
        let mut answers = self.answers();
        answers.look(&self.connection.0);
        LinkStats::of(&self.connection.0, answers.asked.map_or(Duration::ZERO, |asked| asked.elapsed()))
    }

    /// Whether UDP holds for a second and a half: most of the datagrams sent meanwhile arrive, and are acknowledged.
    pub(super) async fn holds(&self) -> bool {
        let connection = &self.connection.0;
        let before = connection.stats();
        for _ in 0..TRIES {
            acknowledge(connection);
            sleep(TRY_EVERY).await;
        }
        sleep(LAST_ANSWER).await;
        let after = connection.stats();
        let lost = after.path.lost_packets - before.path.lost_packets;
        connection.close_reason().is_none()
            && after.frame_rx.acks > before.frame_rx.acks + 1
            && lost * 2 < after.path.sent_packets - before.path.sent_packets
    }

    pub(super) async fn close(self) {
        let Self { endpoint, connection, .. } = self;
        drop(connection);
        let _ = timeout(LAST_PACKET, endpoint.wait_idle()).await;
    }
}

/// Shows the relay where we are, when it may not know.
async fn stay_reachable(connection: Connection) {
    let mut restless = Restless::new(TokioRuntime.now());
    while connection.close_reason().is_none() {
        sleep(restless.look_after(TokioRuntime.now())).await;
        let stats = connection.stats();
        let (datagrams, challenges) = (stats.frame_rx.datagram, stats.frame_rx.path_challenge);
        if restless.look(stats.udp_rx.datagrams, datagrams, challenges, TokioRuntime.now()) {
            acknowledge(&connection);
        }
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
        match framing.next_message::<ToMember>() {
            Ok(Some(message)) => {
                if message.is_awaited() {
                    acknowledge_unless_answered(connection);
                }
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
                    return end::RELAY_CLOSED;
                }
                Err(_) => return describe(&connection.closed().await),
            },
            Err(WireError::Malformed | WireError::TooLarge) => {
                connection.close(NOT_UNDERSTOOD, b"");
                return end::NOT_UNDERSTOOD;
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
        ConnectionError::TimedOut => end::SILENT,
        ConnectionError::ApplicationClosed(_) | ConnectionError::ConnectionClosed(_) => end::RELAY_CLOSED,
        ConnectionError::Reset => end::RESTARTED,
        ConnectionError::LocallyClosed => end::CLOSED_HERE,
        _ => end::BROKE,
    }
}
