//! The link of a session that may have none at the moment.

use tokio::sync::mpsc;

use crate::member::LineCounts;
use crate::session::Road;
use crate::transport::{Carrier, Link, LinkEvent};

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

/// Waits for a moment; without one, for ever.
pub async fn at(time: Option<tokio::time::Instant>) {
    match time {
        Some(time) => tokio::time::sleep_until(time).await,
        None => std::future::pending().await,
    }
}
