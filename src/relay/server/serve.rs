//! The tasks of a relay: one that accepts, one that keeps time, and one for each connection.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use quinn::{Connecting, Connection, Endpoint, Incoming, RecvStream, SendStream, VarInt};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::connected::Connected;
use super::gate::{Gate, UnderWay, Verdict};
use super::hub::Hub;
use super::onlooker::look_on;
use super::slots::Slot;
use crate::transport::outbox::Waiting;
use crate::transport::serving::Serving;
use crate::transport::window::{Prompt, acknowledge_unless_answered, is_nudge};
use crate::wire::{Framing, ToRelay, limits};

/// How often the relay looks whether lines are alive.
const LISTEN_IN: Duration = Duration::from_secs(1);
/// How long a member that has said its last word may still read.
const LINGER: Duration = Duration::from_secs(2);
/// The shortest wait of the timekeeper, so that a due time that never passes can't take a processor.
const BREATH: Duration = Duration::from_millis(1);
/// Bytes read from a control stream at a time.
const CHUNK: usize = 16 * 1024;

const ENDED: VarInt = VarInt::from_u32(0);

/// Takes connections until the endpoint is closed.
pub(super) async fn accept(endpoint: Endpoint, hub: Arc<Hub>, gate: Arc<Gate>, serving: Serving) {
    while let Some(incoming) = endpoint.accept().await {
        let (address, proven) = (incoming.remote_address().ip(), incoming.remote_address_validated());
        match gate.enter(address, proven, incoming.may_retry(), hub.now()) {
            Verdict::Enter(slot, under_way) => {
                tokio::spawn(serve(incoming, hub.clone(), serving.clone(), slot, under_way));
            }
            Verdict::Prove => {
                // An error would mean that it may not be asked to retry, which was just checked.
                let _ = incoming.retry();
            }
            Verdict::Refuse => incoming.refuse(),
        }
    }
}

/// Wakes the core when something is due, and looks which lines are alive.
pub(super) async fn keep_time(hub: Arc<Hub>) {
    let mut look = interval(LISTEN_IN);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let wait = hub.tick().max(BREATH);
        tokio::select! {
            () = sleep(wait) => {}
            () = hub.sooner() => {}
            _ = look.tick() => hub.look(),
        }
    }
}

async fn serve(incoming: Incoming, hub: Arc<Hub>, serving: Serving, slot: Slot, under_way: UnderWay) {
    let (at, (config, line)) = (incoming.remote_address(), serving.connection());
    let Ok(Ok((connection, confirmed))) = incoming.accept_with(config).map(Connecting::into_0rtt) else { return };
    let (over, confirming) = (connection.clone(), (serving.clone(), line.clone()));
    let mut confirmed = Box::pin(async move {
        // The wait ends with the connection too.
        let is_over = timeout(limits::HELLO_TIME, confirmed).await.is_err() || over.close_reason().is_some();
        if !is_over {
            confirming.0.confirm(&confirming.1, at);
        }
        !is_over
    });
    // Before the handshake is over only a member who was here lately can say anything.
    let stream = tokio::select! {
        biased;
        confirmed = &mut confirmed => match confirmed {
            true => None,
            false => return,
        },
        stream = connection.accept_bi() => match stream {
            Ok(stream) => Some(stream),
            Err(_) => return,
        },
    };
    let (conn, waiting) = hub.connect(connection.clone().into(), connection.remote_address().ip());
    let connected = Connected { hub, conn };
    let greeting = Greeting { stream, confirmed, _under_way: under_way };
    let flight = serving.flight(line, connection.clone());
    talk(&connected, &connection, (waiting, flight), greeting).await;
    connection.close(ENDED, b"");
    drop(connected);
    drop(slot);
}

/// A connection whose first message has not been acted on.
struct Greeting<F> {
    /// The control stream, if it was opened before the handshake was over.
    stream: Option<(SendStream, RecvStream)>,
    /// Ends with the handshake, or with the time for it: whether the handshake was completed.
    confirmed: F,
    _under_way: UnderWay,
}

/// Serves one connection until it is over.
async fn talk<F: Future<Output = bool>>(
    connected: &Connected,
    connection: &Connection,
    said: (Waiting, impl Fn(bool)),
    mut greeting: Greeting<F>,
) {
    let opened = greeting.stream.take();
    let early = opened.is_some().then_some(greeting);
    let stream = match opened {
        Some(stream) => Some(stream),
        None => tokio::select! {
            stream = timeout(limits::HELLO_TIME, connection.accept_bi()) => stream.ok().and_then(Result::ok),
            () = look_on(connection) => None,
        },
    };
    let Some((send, recv)) = stream else { return };
    // When the connection is over only the control stream ends this, so that all that came before, above all a goodbye, is
    // read.
    tokio::select! {
        () = read_control(connected, connection, recv, early) => {}
        () = write(connection, said, send) => {}
        () = read_datagrams(connected, connection) => {}
    }
}

/// Returns when the core has closed the line and the member has all that was queued.
async fn write(connection: &Connection, (waiting, flight): (Waiting, impl Fn(bool)), stream: SendStream) {
    waiting.write(stream, flight).await;
    if connection.close_reason().is_some() {
        pending().await
    }
}

/// `early` is a handshake that is not over. What is read meanwhile may be an old packet that is shown again, so nothing of it is
/// acted on before the end except for what the core does early.
async fn read_control<F: Future<Output = bool>>(
    connected: &Connected,
    connection: &Connection,
    mut stream: RecvStream,
    mut early: Option<Greeting<F>>,
) {
    let Connected { hub, conn } = connected;
    let mut framing = Framing::default();
    let mut prompt = Prompt::default();
    loop {
        match framing.next_message::<ToRelay>() {
            Ok(Some(message)) => {
                if let Some(greeting) = early.take() {
                    if let ToRelay::Hello(hello) = &message {
                        hub.input(*conn, |core, now| core.handle_early(*conn, hello, now));
                    }
                    if !greeting.confirmed.await {
                        return;
                    }
                }
                if let ToRelay::Hello(hello) = &message
                    && !hub.welcomes(*conn, hello).await
                {
                    break;
                }
                let passed_on = message.is_passed_on();
                hub.control(*conn, message).await;
                if passed_on {
                    acknowledge_unless_answered(connection);
                }
            }
            Ok(None) => match stream.read_chunk(CHUNK, true).await {
                Ok(Some(chunk)) => {
                    prompt.read(chunk.bytes.len(), connection);
                    framing.push(&chunk.bytes);
                }
                // The member has said all, and may still read.
                Ok(None) => break,
                Err(_) => return,
            },
            Err(_) => {
                hub.input(*conn, |core, now| core.handle_malformed(*conn, now));
                break;
            }
        }
    }
    // Meanwhile the writer ends the connection once the member has what the core queued before it closed the line.
    let _ = timeout(LINGER, connection.closed()).await;
}

/// Takes datagrams until it is dropped.
async fn read_datagrams(connected: &Connected, connection: &Connection) {
    let Connected { hub, conn } = connected;
    while let Ok(bytes) = connection.read_datagram().await {
        if !is_nudge(&bytes) {
            hub.input(*conn, |core, now| core.handle_datagram(*conn, &bytes, now));
        }
    }
    pending().await
}
