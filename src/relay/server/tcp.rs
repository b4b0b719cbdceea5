//! Members who come over TCP, because UDP is blocked where they are.

use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep, timeout};

use super::connected::Connected;
use super::gate::{Gate, Verdict};
use super::hub::Hub;
use super::road::Road;
use super::seldom::Seldom;
use super::slots::Slot;
use crate::transport::outbox::Waiting;
use crate::transport::websocket::accept::Acceptor;
use crate::transport::websocket::line::{Arrival, Reader, Writer};
use crate::wire::{Framing, ToRelay, limits};

/// How long to wait when the system gives no more connections, so that asking again can't take a processor.
const BREATH: Duration = Duration::from_millis(100);
/// How long a member that has said its last word may still read.
const LINGER: Duration = Duration::from_secs(2);
/// Most connections that come by way of a web server and haven't said yet from which address.
const UNKNOWN: usize = 1024;

/// What answers connections over TCP.
pub(super) struct Answering {
    pub(super) acceptor: RwLock<Arc<Acceptor>>,
    pub(super) hub: Arc<Hub>,
    pub(super) gate: Arc<Gate>,
    /// That the system gives no more connections.
    pub(super) no_more: Seldom,
    /// Whether the relay has stopped, and all connections over TCP with it.
    pub(super) stopped: watch::Sender<bool>,
}

/// Takes connections until it is dropped. `proxied` is whether a web server in front of the relay ends their TLS and says from
/// which address they are.
pub(super) async fn accept(listener: TcpListener, answering: Arc<Answering>, proxied: bool) {
    let unknown = Arc::new(Semaphore::new(UNKNOWN));
    loop {
        let (stream, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                if answering.no_more.may_say(Instant::now()) {
                    tracing::error!(%error, "nobody can come over TCP for now; where descriptors are short, raise their limit");
                }
                sleep(BREATH).await;
                continue;
            }
        };
        let answering = answering.clone();
        if proxied {
            let Ok(permit) = unknown.clone().try_acquire_owned() else { continue };
            tokio::spawn(async move { answering.until_stop(answering.serve(stream, from.ip(), None, permit)).await });
        } else if let Verdict::Enter(slot, _) = answering.gate.enter(from.ip(), true, false, answering.hub.now()) {
            tokio::spawn(async move { answering.until_stop(answering.serve(stream, from.ip(), Some(slot), ())).await });
        }
    }
}

impl Answering {
    /// Whoever comes from now on is shown this.
    pub(super) fn show(&self, acceptor: Acceptor) {
        *self.acceptor.write().unwrap_or_else(PoisonError::into_inner) = acceptor.into();
    }

    fn acceptor(&self) -> Arc<Acceptor> {
        self.acceptor.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn until_stop(&self, serving: impl Future<Output = ()>) {
        let mut stopped = self.stopped.subscribe();
        tokio::select! {
            () = serving => {}
            _ = stopped.wait_for(|stopped| *stopped) => {}
        }
    }

    /// Serves one connection until it is over. Without a `slot` it is one that a web server passes on; `permit` is held until it
    /// is known from where.
    async fn serve<P>(&self, stream: TcpStream, from: IpAddr, slot: Option<Slot>, permit: P) {
        let opened = async {
            let acceptor = self.acceptor();
            let upgraded = acceptor.upgrade(stream, slot.is_none()).await?;
            let (address, slot) = match slot {
                Some(slot) => (from, slot),
                None => {
                    let address = upgraded.forwarded.unwrap_or(from);
                    let Verdict::Enter(slot, _) = self.gate.enter(address, true, false, self.hub.now()) else {
                        return None;
                    };
                    (address, slot)
                }
            };
            drop(permit);
            Some((acceptor.line(upgraded).await?, address, slot))
        };
        let Ok(Some(((line, reader, writer), address, slot))) = timeout(limits::HELLO_TIME, opened).await else {
            return;
        };
        let (conn, waiting) = self.hub.connect(Road::WebSocket(line.clone()), address);
        let connected = Connected { hub: self.hub.clone(), conn };
        tokio::select! {
            () = read(&connected, reader, async { line.finished().await }) => {}
            () = write(writer, waiting) => {}
            () = line.closed() => {}
        }
        line.close();
        drop(connected);
        drop(slot);
    }
}

/// Returns if the connection breaks. Once all is written the member ends it, or the hub does.
async fn write(writer: Writer, waiting: Waiting) {
    if writer.write(waiting).await.is_ok() {
        std::future::pending().await
    }
}

/// Takes what the member says. Returns when that is over, and it has what the core queued before it closed the line, for which
/// `written` waits.
async fn read(connected: &Connected, mut reader: Reader, written: impl Future<Output = ()>) {
    let Connected { hub, conn } = connected;
    let mut framing = Framing::default();
    loop {
        match framing.next_message::<ToRelay>() {
            Ok(Some(message)) => {
                if let ToRelay::Hello(hello) = &message
                    && !hub.welcomes(*conn, hello).await
                {
                    break;
                }
                hub.control(*conn, message).await;
                continue;
            }
            Ok(None) => {}
            Err(_) => {
                hub.input(*conn, |core, now| core.handle_malformed(*conn, now));
                break;
            }
        }
        match reader.next().await {
            Ok(Arrival::Control(bytes)) => framing.push(&bytes),
            Ok(Arrival::Datagram(bytes)) => hub.input(*conn, |core, now| core.handle_datagram(*conn, &bytes, now)),
            // The member has said all, and may still read.
            Ok(Arrival::End) => break,
            Err(_) => return,
        }
    }
    let _ = timeout(LINGER, written).await;
    // It has been sent; the member takes it and ends the connection.
    let _ =
        timeout(LINGER, async { while reader.next().await.is_ok_and(|arrival| !matches!(arrival, Arrival::End)) {} })
            .await;
}
