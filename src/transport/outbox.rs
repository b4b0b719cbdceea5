//! What waits to be written to a control stream. It is bounded in bytes, and filled without waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use quinn::SendStream;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use crate::wire::limits;

/// What a queued message costs beside its bytes, so that a flood of tiny ones is bounded too.
const OVERHEAD: usize = 64;
/// Bytes that are written at once, if as many wait.
const BATCH: usize = 16 * 1024;

/// Bytes that wait in one outbox, counted in a total of all as well.
#[derive(Default)]
struct Count {
    own: AtomicUsize,
    all: Arc<AtomicUsize>,
}

impl Count {
    /// Adds so many; how many there were before.
    fn add(&self, bytes: usize) -> usize {
        self.all.fetch_add(bytes, Ordering::Relaxed);
        self.own.fetch_add(bytes, Ordering::Relaxed)
    }

    fn take(&self, bytes: usize) {
        self.all.fetch_sub(bytes, Ordering::Relaxed);
        self.own.fetch_sub(bytes, Ordering::Relaxed);
    }
}

impl Drop for Count {
    fn drop(&mut self) {
        // What nobody will write any more.
        self.take(self.own.load(Ordering::Relaxed));
    }
}

/// The filling end. Dropping it lets the writer finish what is queued and then the stream.
pub(crate) struct Outbox {
    queue: mpsc::UnboundedSender<Arc<[u8]>>,
    count: Arc<Count>,
    most: usize,
}

/// The emptying end.
pub(crate) struct Waiting {
    queue: mpsc::UnboundedReceiver<Arc<[u8]>>,
    count: Arc<Count>,
    /// The message that a batch begins with, while others are waited for.
    first: Option<Arc<[u8]>>,
    /// Until when a message waits for others.
    gather: Option<Instant>,
}

/// Why a message was not queued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unqueued {
    /// As many bytes wait as may.
    Full,
    /// Nobody writes any longer.
    Closed,
}

impl Outbox {
    /// An outbox in which at most `most` bytes wait, each message counted with a little overhead.
    pub(crate) fn new(most: usize) -> (Self, Waiting) {
        Self::counted(most, Arc::default())
    }

    /// The same, whose bytes are counted in `all` too.
    pub(crate) fn counted(most: usize, all: Arc<AtomicUsize>) -> (Self, Waiting) {
        let (sender, receiver) = mpsc::unbounded_channel();
        let count = Arc::new(Count { own: AtomicUsize::new(0), all });
        (
            Self { queue: sender, count: count.clone(), most },
            Waiting { queue: receiver, count, first: None, gather: None },
        )
    }

    /// Bytes that wait.
    pub(crate) fn waiting(&self) -> usize {
        self.count.own.load(Ordering::Relaxed)
    }

    pub(crate) fn push(&self, message: Arc<[u8]>) -> Result<(), Unqueued> {
        let cost = message.len() + OVERHEAD;
        let before = self.count.add(cost);
        let outcome = if before + cost > self.most {
            Err(Unqueued::Full)
        } else {
            self.queue.send(message).map_err(|_| Unqueued::Closed)
        };
        if outcome.is_err() {
            self.count.take(cost);
        }
        outcome
    }
}

impl Waiting {
    async fn next(&mut self) -> Option<Arc<[u8]>> {
        let message = self.queue.recv().await?;
        self.count.take(message.len() + OVERHEAD);
        Some(message)
    }

    /// Whatever else waits, up to a batch.
    fn rest(&mut self, batch: &mut Vec<u8>) {
        while batch.len() < BATCH
            && let Ok(message) = self.queue.try_recv()
        {
            self.count.take(message.len() + OVERHEAD);
            batch.extend_from_slice(&message);
        }
    }

    /// What is to be written next. A message that comes alone is given at once. Those that come soon after what was written last
    /// wait for each other for [`limits::GATHER`], so that they share packets. `None` once the outbox is dropped and empty.
    /// Safe to be dropped while it waits.
    pub(crate) async fn batch(&mut self) -> Option<Vec<u8>> {
        if self.first.is_none() {
            self.first = Some(self.next().await?);
        }
        if let Some(gather) = self.gather {
            sleep_until(gather).await;
        }
        let mut batch = self.first.take()?.to_vec();
        self.rest(&mut batch);
        Some(batch)
    }

    /// A batch has been written.
    pub(crate) fn written(&mut self) {
        self.gather = Some(Instant::now() + limits::GATHER);
    }

    /// Writes until the outbox is dropped and empty, then ends the stream and waits until the other side has it all or the
    /// connection is over.
    pub(crate) async fn write(mut self, mut stream: SendStream) {
        while let Some(batch) = self.batch().await {
            if stream.write_all(&batch).await.is_err() {
                return;
            }
            self.written();
        }
        if stream.finish().is_ok() {
            // Whether it was stopped, acknowledged or lost: nothing is left to do.
            let _ = stream.stopped().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outbox_is_bounded_and_takes_again_once_emptied() {
        let (outbox, mut waiting) = Outbox::new(2 * (10 + OVERHEAD));
        assert_eq!(outbox.push([0; 10].into()), Ok(()));
        assert_eq!(outbox.push([0; 10].into()), Ok(()));
        assert_eq!(outbox.push([].into()), Err(Unqueued::Full));
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        assert_eq!(runtime.block_on(waiting.next()).map(|message| message.len()), Some(10));
        assert_eq!(outbox.push([0; 10].into()), Ok(()));
        drop(waiting);
        assert_eq!(outbox.push([].into()), Err(Unqueued::Full));
    }

    #[test]
    fn queued_messages_are_written_in_order_in_batches() {
        let (outbox, mut waiting) = Outbox::new(1 << 20);
        (0..40).for_each(|number| assert_eq!(outbox.push([number; 1000].into()), Ok(())));
        let mut all = Vec::new();
        for lengths in [17_000, 17_000, 6_000] {
            let mut batch = waiting.queue.try_recv().expect("more").to_vec();
            waiting.rest(&mut batch);
            assert_eq!(batch.len(), lengths);
            all.extend(batch);
        }
        assert!(all.iter().enumerate().all(|(at, byte)| usize::from(*byte) == at / 1000));
    }

    #[test]
    fn an_outbox_nobody_empties_says_so() {
        let (outbox, waiting) = Outbox::new(1000);
        drop(waiting);
        assert_eq!(outbox.push([1].into()), Err(Unqueued::Closed));
    }

    #[test]
    fn all_outboxes_are_counted_together_until_they_are_gone() {
        let all = Arc::new(AtomicUsize::new(0));
        let (one, mut waiting) = Outbox::counted(1000, all.clone());
        let (other, _kept) = Outbox::counted(1000, all.clone());
        one.push([0; 100].into()).expect("room");
        one.push([0; 100].into()).expect("room");
        other.push([0; 200].into()).expect("room");
        assert_eq!(other.push([0; 900].into()), Err(Unqueued::Full));
        assert_eq!((one.waiting(), all.load(Ordering::Relaxed)), (200 + 2 * OVERHEAD, 400 + 3 * OVERHEAD));
        waiting.rest(&mut vec![0; BATCH - 1]);
        assert_eq!(all.load(Ordering::Relaxed), 300 + 2 * OVERHEAD);
        drop(one);
        drop(waiting);
        assert_eq!(all.load(Ordering::Relaxed), 200 + OVERHEAD);
    }
}
