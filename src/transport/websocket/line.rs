//! One line over a WebSocket, the same for both ends: what is to be sent waits here, and what comes is read here.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf, split};
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, timeout};

use super::byte_stream::Duplex;
use super::counted::Counts;
use super::latest::Latest;
use crate::transport::outbox::Waiting;
use crate::transport::settings::IDLE;
use crate::transport::stats::LinkStats;
use crate::wire::record::{CHUNK, PING};
use crate::wire::{Record, Records};

/// Bytes read at a time.
const READ: usize = 4 * 1024;

/// How far a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Open,
    /// All that was queued here is on its way, and nothing follows.
    Finished,
    /// It is over.
    Closed,
}

/// The line. Its clones are the same.
#[derive(Clone)]
pub(crate) struct Line(Arc<Shared>);

struct Shared {
    start: Instant,
    counts: Arc<Counts>,
    stage: watch::Sender<Stage>,
    queue: Mutex<Queue>,
    /// There is something in the queue.
    queued: Notify,
    /// Datagrams that were to be sent.
    sent: AtomicU64,
}

#[derive(Default)]
struct Queue {
    datagrams: Latest,
    /// The newest ping is all that counts, of mine and of theirs.
    ping: Option<[u8; PING]>,
    pong: Option<[u8; PING]>,
    rtt: Duration,
}

/// What came over a line.
pub(crate) enum Arrival {
    /// Bytes of the control stream.
    Control(Vec<u8>),
    /// A datagram.
    Datagram(Vec<u8>),
    /// The other side has said all.
    End,
}

/// Why nothing more comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// The other side speaks something else.
    NotUnderstood,
    /// Nothing came for [`IDLE`].
    Silent,
    /// The connection broke.
    Cut,
}

/// The reading end.
pub(crate) struct Reader {
    line: Line,
    stream: ReadHalf<Box<dyn Duplex>>,
    records: Records,
}

/// The writing end.
pub(crate) struct Writer {
    line: Line,
    stream: WriteHalf<Box<dyn Duplex>>,
}

impl Line {
    /// A line over a stream on which all handshakes are over.
    pub(super) fn over(stream: Box<dyn Duplex>, counts: Arc<Counts>) -> (Self, Reader, Writer) {
        let line = Self(Arc::new(Shared {
            start: Instant::now(),
            counts,
            stage: watch::Sender::new(Stage::Open),
            queue: Mutex::default(),
            queued: Notify::new(),
            sent: AtomicU64::new(0),
        }));
        let (read, write) = split(stream);
        let reader = Reader { line: line.clone(), stream: read, records: Records::default() };
        let writer = Writer { line: line.clone(), stream: write };
        (line, reader, writer)
    }

    /// Sends a datagram as soon as the line takes it, if that is soon.
    pub(crate) fn datagram(&self, bytes: Vec<u8>) {
        self.0.sent.fetch_add(1, Ordering::Relaxed);
        self.queue().datagrams.push(bytes, self.now());
        self.0.queued.notify_one();
    }

    /// Asks the other side whether it is there.
    pub(super) fn ping(&self) {
        self.queue().ping = Some(u64::try_from(self.now().as_micros()).unwrap_or(u64::MAX).to_be_bytes());
        self.0.queued.notify_one();
    }

    /// Ends it at once.
    pub(crate) fn close(&self) {
        self.0.stage.send_replace(Stage::Closed);
    }

    /// Whether it is over.
    pub(crate) fn is_closed(&self) -> bool {
        *self.0.stage.borrow() == Stage::Closed
    }

    /// Returns once it is over.
    pub(crate) async fn closed(&self) {
        self.reached(Stage::Closed).await;
    }

    /// Returns once all that was queued here is on its way and nothing follows, or it is over.
    pub(crate) async fn finished(&self) {
        self.reached(Stage::Finished).await;
    }

    async fn reached(&self, stage: Stage) {
        // An error would mean that the sender is gone, which this line holds itself.
        let _ = self.0.stage.subscribe().wait_for(|now| *now >= stage).await;
    }

    /// Grows with whatever comes.
    pub(crate) fn arrived(&self) -> u64 {
        self.0.counts.down[1].load(Ordering::Relaxed)
    }

    pub(super) fn stats(&self) -> LinkStats {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let counts = &self.0.counts;
        let queue = self.queue();
        LinkStats {
            up_bytes: count(&counts.up[0]),
            down_bytes: count(&counts.down[0]),
            up_packets: count(&counts.up[1]),
            down_packets: count(&counts.down[1]),
            sent_up: count(&self.0.sent),
            lost_up: queue.datagrams.dropped(),
            rtt: queue.rtt,
            heard: count(&counts.down[1]),
            // A ping may wait behind a segment that is sent again.
            unanswered: Duration::ZERO,
        }
    }

    fn now(&self) -> Duration {
        self.0.start.elapsed()
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is to be sent before the control stream goes on: an answer, then one datagram.
    fn urgent(&self) -> [Option<Record>; 2] {
        let now = self.now();
        let mut queue = self.queue();
        let signal = queue.pong.take().map(Record::Pong).or_else(|| queue.ping.take().map(Record::Ping));
        [signal, queue.datagrams.pop(now).map(Record::Datagram)]
    }

    fn take(&self, record: Record) -> Option<Arrival> {
        match record {
            Record::Control(bytes) => Some(Arrival::Control(bytes)),
            Record::Datagram(bytes) => Some(Arrival::Datagram(bytes)),
            Record::Ping(bytes) => {
                self.queue().pong = Some(bytes);
                self.0.queued.notify_one();
                None
            }
            Record::Pong(bytes) => {
                let sent = Duration::from_micros(u64::from_be_bytes(bytes));
                // One that answers no ping of mine says nothing.
                if let Some(rtt) = self.now().checked_sub(sent) {
                    let mut queue = self.queue();
                    queue.rtt = if queue.rtt.is_zero() { rtt } else { (queue.rtt * 7 + rtt) / 8 };
                }
                None
            }
        }
    }
}

impl Reader {
    /// What comes next. Safe to be dropped while it waits.
    ///
    /// # Errors
    /// [`Broken`] if nothing more can come.
    pub(crate) async fn next(&mut self) -> Result<Arrival, Broken> {
        let mut bytes = [0; READ];
        loop {
            match self.records.next_record() {
                Ok(Some(record)) => {
                    if let Some(arrival) = self.line.take(record) {
                        return Ok(arrival);
                    }
                }
                Ok(None) => match timeout(IDLE, self.stream.read(&mut bytes)).await {
                    Ok(Ok(0)) => return Ok(Arrival::End),
                    Ok(Ok(length)) => self.records.push(&bytes[..length]),
                    Ok(Err(error)) if error.kind() == io::ErrorKind::InvalidData => return Err(Broken::NotUnderstood),
                    Ok(Err(_)) => return Err(Broken::Cut),
                    Err(_) => return Err(Broken::Silent),
                },
                Err(_) => return Err(Broken::NotUnderstood),
            }
        }
    }
}

impl Writer {
    /// Writes what is queued until the outbox is dropped and empty, and says that nothing follows.
    ///
    /// # Errors
    /// The system's error if the connection breaks.
    pub(crate) async fn write(mut self, mut waiting: Waiting) -> io::Result<()> {
        let (mut control, mut more) = (Vec::new(), true);
        while more || !control.is_empty() {
            let urgent = self.line.urgent();
            let chunk = (!control.is_empty()).then(|| {
                let rest = control.split_off(control.len().min(CHUNK));
                Record::Control(std::mem::replace(&mut control, rest))
            });
            // In turn, so that neither the voice nor the stream waits for all of the other.
            let mut idle = true;
            for record in urgent.into_iter().flatten().chain(chunk) {
                idle = false;
                // What was taken in is never too large for a record.
                let Ok(bytes) = record.encode() else { continue };
                self.stream.write_all(&bytes).await?;
                self.stream.flush().await?;
                if control.is_empty() && matches!(record, Record::Control(_)) {
                    waiting.written();
                }
            }
            if idle {
                tokio::select! {
                    () = self.line.0.queued.notified() => {}
                    batch = waiting.batch() => match batch {
                        Some(batch) => control = batch,
                        None => more = false,
                    },
                }
            } else if control.is_empty() && more {
                // What is ready joins in without waiting for a pause.
                tokio::select! {
                    biased;
                    batch = waiting.batch() => match batch {
                        Some(batch) => control = batch,
                        None => more = false,
                    },
                    () = std::future::ready(()) => {}
                }
            }
        }
        self.stream.shutdown().await?;
        self.line.0.stage.send_if_modified(|stage| {
            let first = *stage < Stage::Finished;
            *stage = (*stage).max(Stage::Finished);
            first
        });
        Ok(())
    }
}
