//! A member's end of a line over a WebSocket.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::call::Reached;
use super::line::{Arrival, Broken, Line, Reader};
use crate::transport::address;
use crate::transport::event::{LinkEvent, end};
use crate::transport::outbox::Waiting;
use crate::transport::stats::LinkStats;
use crate::wire::Framing;

/// How often the relay is asked whether it is there: twice before a member takes the line for cut.
const PING_EVERY: Duration = Duration::from_millis(1900);

/// The line. Dropping it closes it at once.
pub(crate) struct WebSocket {
    line: Line,
    /// Where the relay was reached, and this machine's address on the way there.
    relay: SocketAddr,
    address: Option<IpAddr>,
    /// When the relay was last asked whether it is there.
    pinged: Instant,
}

impl Drop for WebSocket {
    fn drop(&mut self) {
        self.line.close();
    }
}

impl WebSocket {
    /// Begins to write what waits, and to pass on what comes.
    pub(crate) fn start(reached: Reached, waiting: Waiting, events: mpsc::Sender<LinkEvent>) -> (Self, JoinHandle<()>) {
        let Reached { line, reader, writer, address: relay, .. } = reached;
        let written = line.clone();
        let writer = tokio::spawn(async move {
            tokio::select! {
                outcome = writer.write(waiting) => match outcome {
                    // The relay ends the connection once it has all.
                    Ok(()) => written.closed().await,
                    Err(_) => written.close(),
                },
                () = written.closed() => {}
            }
        });
        tokio::spawn(read(line.clone(), reader, events));
        line.ping();
        let address = address::towards(relay, None).ok();
        (Self { line, relay, address, pinged: Instant::now() }, writer)
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.line.is_closed()
    }

    pub(crate) fn datagram(&self, bytes: Vec<u8>) {
        self.line.datagram(bytes);
    }

    /// Asks whether the relay is there, and ends a line whose address this machine no longer has: TCP can't move.
    pub(crate) fn tend(&mut self) {
        if self.pinged.elapsed() >= PING_EVERY {
            self.pinged = Instant::now();
            self.line.ping();
        }
        let Ok(address) = address::towards(self.relay, None) else { return };
        if self.address.replace(address).is_some_and(|before| before != address) {
            self.line.close();
        }
    }

    /// This machine's address on the way to the relay, and the relay's.
    pub(crate) fn ends(&self) -> (Option<IpAddr>, SocketAddr) {
        (self.address, self.relay)
    }

    pub(crate) fn stats(&self) -> LinkStats {
        self.line.stats()
    }
}

/// Passes on what comes, until the line ends or the app no longer listens.
async fn read(line: Line, reader: Reader, events: mpsc::Sender<LinkEvent>) {
    let reason = tokio::select! {
        reason = read_all(reader, &events) => reason,
        () = line.closed() => end::BROKE,
        () = events.closed() => end::CLOSED_HERE,
    };
    line.close();
    // The app may be gone already.
    let _ = events.send(LinkEvent::Closed(reason.to_owned())).await;
}

async fn read_all(mut reader: Reader, events: &mpsc::Sender<LinkEvent>) -> &'static str {
    let mut framing = Framing::default();
    loop {
        match framing.next_message() {
            Ok(Some(message)) => {
                if events.send(LinkEvent::Control(message)).await.is_err() {
                    return end::CLOSED_HERE;
                }
                continue;
            }
            Ok(None) => {}
            Err(_) => return end::NOT_UNDERSTOOD,
        }
        match reader.next().await {
            Ok(Arrival::Control(bytes)) => framing.push(&bytes),
            Ok(Arrival::Datagram(bytes)) => {
                // Dropped if the app doesn't keep up.
                let _ = events.try_send(LinkEvent::Datagram(bytes));
            }
            Ok(Arrival::End) => return end::RELAY_CLOSED,
            Err(Broken::NotUnderstood) => return end::NOT_UNDERSTOOD,
            Err(Broken::Silent) => return end::SILENT,
            Err(Broken::Cut) => return end::BROKE,
        }
    }
}
