//! What waits to be written to a control stream. It is bounded in bytes, and filled without waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use quinn::SendStream;
use tokio::sync::{Notify, mpsc};
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
    queue: mpsc::UnboundedSender<Message>,
    count: Arc<Count>,
    most: usize,
    /// Wakes the writer for a message that somebody waits for.
    awaited: Arc<Notify>,
}

/// The emptying end.
pub(crate) struct Waiting {
    queue: mpsc::UnboundedReceiver<Message>,
    count: Arc<Count>,
    awaited: Arc<Notify>,
    /// The message that a batch begins with, while others are waited for.
    first: Option<Message>,
    /// Until when a message waits for others.
    gather: Option<Instant>,
}

/// One message, and whether somebody waits for it.
struct Message {
    bytes: Arc<[u8]>,
    awaited: bool,
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
        let awaited = Arc::new(Notify::new());
        let (counted, woken) = (count.clone(), awaited.clone());
        let waiting = Waiting { queue: receiver, count: counted, awaited: woken, first: None, gather: None };
        (Self { queue: sender, count, most, awaited }, waiting)
    }

    /// Bytes that wait.
    pub(crate) fn waiting(&self) -> usize {
        self.count.own.load(Ordering::Relaxed)
    }

    /// Queues a message, and says whether somebody waits for it: then it doesn't wait for others.
    pub(crate) fn push(&self, bytes: Arc<[u8]>, awaited: bool) -> Result<(), Unqueued> {
        let cost = bytes.len() + OVERHEAD;
        let before = self.count.add(cost);
        let outcome = if before + cost > self.most {
            Err(Unqueued::Full)
        } else {
            self.queue.send(Message { bytes, awaited }).map_err(|_| Unqueued::Closed)
        };
        if outcome.is_err() {
            self.count.take(cost);
        } else if awaited {
            self.awaited.notify_one();
        }
        outcome
    }
}

impl Waiting {
    async fn next(&mut self) -> Option<Message> {
        let message = self.queue.recv().await?;
        self.count.take(message.bytes.len() + OVERHEAD);
        Some(message)
    }

    /// Whatever else waits, up to a batch. Whether somebody waits for any of it.
    fn rest(&mut self, batch: &mut Vec<u8>) -> bool {
        let mut awaited = false;
        while batch.len() < BATCH
            && let Ok(message) = self.queue.try_recv()
        {
            self.count.take(message.bytes.len() + OVERHEAD);
            batch.extend_from_slice(&message.bytes);
            awaited |= message.awaited;
        }
        awaited
    }

    /// What is to be written next. A message that comes alone is given at once. Those that come soon after what was written last
    /// wait for each other for [`limits::GATHER`], so that they share packets, unless somebody waits for one of them. `None` once
    /// the outbox is dropped and empty. Safe to be dropped while it waits.
    pub(crate) async fn batch(&mut self) -> Option<Vec<u8>> {
        self.next_batch().await.map(|(batch, _)| batch)
    }

    /// The same, and whether somebody waits for any of it.
    async fn next_batch(&mut self) -> Option<(Vec<u8>, bool)> {
        if self.first.is_none() {
            self.first = Some(self.next().await?);
        }
        if let Some(gather) = self.gather
            && self.first.as_ref().is_some_and(|first| !first.awaited)
        {
            tokio::select! {
                () = sleep_until(gather) => {}
                () = self.awaited.notified() => {}
            }
        }
        let first = self.first.take()?;
        let mut batch = first.bytes.to_vec();
        let awaited = self.rest(&mut batch) || first.awaited;
        Some((batch, awaited))
    }

    /// A batch has been written.
    pub(crate) fn written(&mut self) {
        self.gather = Some(Instant::now() + limits::GATHER);
    }

    /// Writes until the outbox is dropped and empty, then ends the stream and waits until the other side has it all or the
    /// connection is over. `flight` is called before each writing, and is told whether somebody waits for it.
    pub(crate) async fn write(mut self, mut stream: SendStream, flight: impl Fn(bool)) {
        while let Some((batch, awaited)) = self.next_batch().await {
            flight(awaited);
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
        assert_eq!(outbox.push([0; 10].into(), false), Ok(()));
        assert_eq!(outbox.push([0; 10].into(), false), Ok(()));
        assert_eq!(outbox.push([].into(), false), Err(Unqueued::Full));
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        assert_eq!(runtime.block_on(waiting.next()).map(|message| message.bytes.len()), Some(10));
        assert_eq!(outbox.push([0; 10].into(), false), Ok(()));
        drop(waiting);
        assert_eq!(outbox.push([].into(), false), Err(Unqueued::Full));
    }

    #[test]
    fn queued_messages_are_written_in_order_in_batches() {
        let (outbox, mut waiting) = Outbox::new(1 << 20);
        (0..40).for_each(|number| assert_eq!(outbox.push([number; 1000].into(), false), Ok(())));
        let mut all = Vec::new();
        for lengths in [17_000, 17_000, 6_000] {
            let mut batch = waiting.queue.try_recv().expect("more").bytes.to_vec();
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
        assert_eq!(outbox.push([1].into(), false), Err(Unqueued::Closed));
    }

    #[test]
    fn all_outboxes_are_counted_together_until_they_are_gone() {
        let all = Arc::new(AtomicUsize::new(0));
        let (one, mut waiting) = Outbox::counted(1000, all.clone());
        let (other, _kept) = Outbox::counted(1000, all.clone());
        one.push([0; 100].into(), false).expect("room");
        one.push([0; 100].into(), false).expect("room");
        other.push([0; 200].into(), false).expect("room");
        assert_eq!(other.push([0; 900].into(), false), Err(Unqueued::Full));
        assert_eq!((one.waiting(), all.load(Ordering::Relaxed)), (200 + 2 * OVERHEAD, 400 + 3 * OVERHEAD));
        waiting.rest(&mut vec![0; BATCH - 1]);
        assert_eq!(all.load(Ordering::Relaxed), 300 + 2 * OVERHEAD);
        drop(one);
        drop(waiting);
        assert_eq!(all.load(Ordering::Relaxed), 200 + OVERHEAD);
    }
}
