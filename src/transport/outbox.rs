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

/// The filling end. Dropping it lets the writer finish what is queued and then the stream.
pub(crate) struct Outbox {
    queue: mpsc::UnboundedSender<Vec<u8>>,
    waiting: Arc<AtomicUsize>,
    most: usize,
}

/// The emptying end.
pub(crate) struct Waiting {
    queue: mpsc::UnboundedReceiver<Vec<u8>>,
    waiting: Arc<AtomicUsize>,
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
        let (sender, receiver) = mpsc::unbounded_channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        (Self { queue: sender, waiting: waiting.clone(), most }, Waiting { queue: receiver, waiting })
    }

    pub(crate) fn push(&self, message: Vec<u8>) -> Result<(), Unqueued> {
        let cost = message.len() + OVERHEAD;
        let before = self.waiting.fetch_add(cost, Ordering::Relaxed);
        let outcome = if before + cost > self.most {
            Err(Unqueued::Full)
        } else {
            self.queue.send(message).map_err(|_| Unqueued::Closed)
        };
        if outcome.is_err() {
            self.waiting.fetch_sub(cost, Ordering::Relaxed);
        }
        outcome
    }
}

impl Waiting {
    async fn next(&mut self) -> Option<Vec<u8>> {
        let message = self.queue.recv().await?;
        self.waiting.fetch_sub(message.len() + OVERHEAD, Ordering::Relaxed);
        Some(message)
    }

    /// Whatever else waits, up to a batch.
    fn rest(&mut self, batch: &mut Vec<u8>) {
        while batch.len() < BATCH
            && let Ok(message) = self.queue.try_recv()
        {
            self.waiting.fetch_sub(message.len() + OVERHEAD, Ordering::Relaxed);
            batch.extend(message);
        }
    }

    /// Writes until the outbox is dropped and empty, then ends the stream and waits until the other side has it all or the
    /// connection is over. A message that comes alone is written at once. Those that come soon after it wait for each other for
    /// [`limits::GATHER`], so that they share packets.
    pub(crate) async fn write(mut self, mut stream: SendStream) {
        let mut free = Instant::now();
        while let Some(mut batch) = self.next().await {
            sleep_until(free).await;
            self.rest(&mut batch);
            if stream.write_all(&batch).await.is_err() {
                return;
            }
            free = Instant::now() + limits::GATHER;
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
        assert_eq!(outbox.push(vec![0; 10]), Ok(()));
        assert_eq!(outbox.push(vec![0; 10]), Ok(()));
        assert_eq!(outbox.push(Vec::new()), Err(Unqueued::Full));
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        assert_eq!(runtime.block_on(waiting.next()).map(|message| message.len()), Some(10));
        assert_eq!(outbox.push(vec![0; 10]), Ok(()));
        drop(waiting);
        assert_eq!(outbox.push(Vec::new()), Err(Unqueued::Full));
    }

    #[test]
    fn queued_messages_are_written_in_order_in_batches() {
        let (outbox, mut waiting) = Outbox::new(1 << 20);
        (0..40).for_each(|number| assert_eq!(outbox.push(vec![number; 1000]), Ok(())));
        let mut all = Vec::new();
        for lengths in [17_000, 17_000, 6_000] {
            let mut batch = waiting.queue.try_recv().expect("more");
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
        assert_eq!(outbox.push(vec![1]), Err(Unqueued::Closed));
    }
}
