//! The link of a session that may have none at the moment.

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::member::LineCounts;
use crate::session::Road;
use crate::transport::{Carrier, DialError, Link, LinkEvent};

/// What becomes of a call to a relay.
pub(super) type Called = Result<(Link, mpsc::Receiver<LinkEvent>), DialError>;

/// What a link has counted, in the member's words.
pub fn counts(link: &Link, playout_ms: u32, dropped_ms: u64) -> LineCounts {
    let stats = link.stats();
    LineCounts {
        road: match link.carrier() {
            Carrier::Quic => Road::Udp,
            Carrier::WebSocket => Road::Tcp,
        },
        unanswered: stats.unanswered,
        up_bytes: stats.up_bytes,
        down_bytes: stats.down_bytes,
        sent: stats.sent_up,
        lost: stats.lost_up,
        heard: stats.heard,
        rtt: stats.rtt,
        playout_ms,
        dropped_ms,
    }
}

/// Ends a link, if there is one, once what is queued on it is on its way.
pub async fn hang_up(link: &mut Option<(Link, mpsc::Receiver<LinkEvent>)>) {
    // The events are let go last: a link that nobody listens to ends at once, and what is queued on it with it.
    if let Some((link, _events)) = link.take() {
        link.close().await;
    }
}

/// The next thing that comes over a link; never anything while there is none. Safe to be dropped while it waits.
pub async fn next(link: &mut Option<(Link, mpsc::Receiver<LinkEvent>)>) -> Option<LinkEvent> {
    match link {
        Some((_, events)) => events.recv().await,
        None => std::future::pending().await,
    }
}

/// What becomes of a call that is made by a task; never anything while there is none. Safe to be dropped while it waits.
pub(super) async fn called(task: &mut Option<JoinHandle<Called>>) -> Called {
    finished(task, || DialError::Broke("this address".to_owned())).await
}

/// What becomes of a task, or what `broke` says if it ended without; never anything while there is none. Safe to be dropped while it
/// waits.
pub(super) async fn finished<T, E>(
    task: &mut Option<JoinHandle<Result<T, E>>>,
    broke: impl FnOnce() -> E,
) -> Result<T, E> {
    let Some(running) = task else { return std::future::pending().await };
    let outcome = running.await;
    *task = None;
    outcome.unwrap_or_else(|_| Err(broke()))
}

/// Waits for a moment; without one, for ever.
pub async fn at(time: Option<tokio::time::Instant>) {
    match time {
        Some(time) => tokio::time::sleep_until(time).await,
        None => std::future::pending().await,
    }
}
