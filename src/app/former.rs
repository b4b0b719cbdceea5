//! The link before the present one, until the relay has given my seat to the present one.

use tokio::sync::mpsc;
use tokio::time::{Duration, Instant, timeout_at};

use crate::transport::{Link, LinkEvent};

/// How long what is still on its way over it may take.
const LAST: Duration = Duration::from_secs(3);

/// A link that is being replaced.
pub(super) struct Former {
    link: Link,
    events: mpsc::Receiver<LinkEvent>,
    /// Until when it's listened to, once it was replaced; what is said goes over both before.
    until: Option<Instant>,
}

impl Former {
    /// A link that works, or one that doesn't: then nothing is sent over it any more.
    pub(super) fn new((link, events): (Link, mpsc::Receiver<LinkEvent>)) -> Self {
        Self { link, events, until: None }
    }

    /// The relay has answered on the present link: from here on it's only listened to.
    pub(super) fn replaced(&mut self) {
        self.until.get_or_insert_with(|| Instant::now() + LAST);
    }

    /// Sends a datagram over it too, since the relay may take it only there.
    pub(super) fn datagram(&self, bytes: &[u8]) {
        if self.until.is_none() {
            self.link.datagram(bytes.to_vec());
        }
    }
}

/// The next datagram over a former link, if there is one. `None` once it's over. Safe to be dropped while it waits.
pub(super) async fn next(former: &mut Option<Former>) -> Option<Vec<u8>> {
    let Some(former) = former else { return std::future::pending().await };
    loop {
        let event = match former.until {
            Some(until) => timeout_at(until, former.events.recv()).await.ok().flatten(),
            None => former.events.recv().await,
        };
        match event {
            Some(LinkEvent::Datagram(bytes)) => return Some(bytes),
            // Whatever is in the log comes over the present link too, and the rest is told anew.
            Some(LinkEvent::Control(_)) => {}
            Some(LinkEvent::Closed(_)) | None => return None,
        }
    }
}
