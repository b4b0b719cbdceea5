//! How long packets lie unread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// For how long the packets that were read last had lain in the system's queue: a relay that has more to do than it can do reads
/// late. Zero where nothing waits, or where the system doesn't tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReadLag(Arc<AtomicU64>);

impl ReadLag {
    /// The packets that were read last had waited this long.
    pub(super) fn set(&self, waited: Duration) {
        let micros = u64::try_from(waited.as_micros()).unwrap_or(u64::MAX);
        self.0.store(micros, Ordering::Relaxed);
    }

    /// How long they had waited.
    pub(crate) fn get(&self) -> Duration {
        Duration::from_micros(self.0.load(Ordering::Relaxed))
    }
}
