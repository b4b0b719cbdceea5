//! A relay's clock and network, for many connections that each do little at a time.

use std::future::Future;
use std::io;
use std::net::UdpSocket;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use quinn::{AsyncTimer, AsyncUdpSocket, Runtime, TokioRuntime};
#[cfg(target_os = "linux")]
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::time::{Sleep, sleep_until};

#[cfg(target_os = "linux")]
use super::batch::Batching;
use super::lossy::Lossy;
use super::read_lag::ReadLag;

/// Tokio, with timers that are seldom set and a socket that is never waited for: with one thread, one that reads and sends many
/// packets at once.
#[derive(Debug, Default)]
pub(crate) struct Thrift {
    lag: ReadLag,
}

impl Thrift {
    /// How long its sockets leave packets unread. Nothing is known of it with several threads, or where the system doesn't tell.
    pub(crate) fn lag(&self) -> ReadLag {
        self.lag.clone()
    }
}

impl Runtime for Thrift {
    fn new_timer(&self, at: Instant) -> Pin<Box<dyn AsyncTimer>> {
        Box::pin(Timer::new(at))
    }

    fn spawn(&self, future: Pin<Box<dyn Future<Output = ()> + Send>>) {
        TokioRuntime.spawn(future);
    }

    fn wrap_udp_socket(&self, socket: UdpSocket) -> io::Result<Arc<dyn AsyncUdpSocket>> {
        // On several threads packets would wait for a thread that sends them.
        #[cfg(target_os = "linux")]
        if Handle::current().runtime_flavor() == RuntimeFlavor::CurrentThread {
            return Ok(Batching::on(socket, self.lag())?);
        }
        Ok(Arc::new(Lossy(TokioRuntime.wrap_udp_socket(socket)?)))
    }

    fn now(&self) -> Instant {
        TokioRuntime.now()
    }
}

/// A connection's timer. Each packet puts it off, so it's set anew only when it goes off too early, or is wanted earlier; and looked
/// at only then, because with many connections hardly anything of one is at hand.
#[derive(Debug)]
struct Timer {
    deadline: Instant,
    /// When it goes off.
    set_to: Instant,
    /// Whom it wakes then.
    wakes: Option<Waker>,
    sleep: Pin<Box<Sleep>>,
}

impl Timer {
    fn new(at: Instant) -> Self {
        Self { deadline: at, set_to: at, wakes: None, sleep: Box::pin(sleep_until(at.into())) }
    }

    fn arm(&mut self, at: Instant) {
        self.set_to = at;
        self.wakes = None;
        self.sleep.as_mut().reset(at.into());
    }
}

impl AsyncTimer for Timer {
    fn reset(mut self: Pin<&mut Self>, at: Instant) {
        self.deadline = at;
        if at < self.set_to {
            self.arm(at);
        }
    }

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let waits = self.wakes.as_ref().is_some_and(|waker| waker.will_wake(cx.waker()));
        if waits && TokioRuntime.now() < self.set_to {
            return Poll::Pending;
        }
        loop {
            if Future::poll(self.sleep.as_mut(), cx).is_pending() {
                self.wakes = Some(cx.waker().clone());
                return Poll::Pending;
            }
            let deadline = self.deadline;
            if self.set_to >= deadline {
                return Poll::Ready(());
            }
            self.arm(deadline);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::time::Duration;

    use super::*;

    const MS: Duration = Duration::from_millis(1);

    /// When a timer goes off that is set to 100 ms, and then put to other times at those moments.
    fn goes_off(resets: &[(u32, u32)]) -> Duration {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(async {
            let from = TokioRuntime.now();
            let mut timer = Thrift::default().new_timer(from + 100 * MS);
            for (at, to) in resets {
                let until = sleep_until((from + MS * *at).into());
                tokio::select! {
                    biased;
                    () = poll_fn(|cx| timer.as_mut().poll(cx)) => panic!("too early"),
                    () = until => timer.as_mut().reset(from + MS * *to),
                }
            }
            poll_fn(|cx| timer.as_mut().poll(cx)).await;
            TokioRuntime.now() - from
        })
    }

    #[test]
    fn a_timer_goes_off_when_it_was_last_set_to() {
        assert_eq!(goes_off(&[]), 100 * MS);
        assert_eq!(goes_off(&[(20, 300)]), 300 * MS, "put off");
        assert_eq!(goes_off(&[(20, 300), (90, 310), (250, 900)]), 900 * MS, "put off again and again");
        assert_eq!(goes_off(&[(20, 60)]), 60 * MS, "wanted earlier");
        assert_eq!(goes_off(&[(20, 500), (200, 240)]), 240 * MS, "wanted earlier after it was put off");
    }

    #[test]
    fn a_timer_that_is_put_off_wakes_its_task_once_more_at_most() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        let polled = runtime.expect("a runtime").block_on(async {
            let from = TokioRuntime.now();
            let mut timer = Thrift::default().new_timer(from + 100 * MS);
            // As a connection that sends 1,000 packets before it has to look at the time again.
            let mut polls = 0;
            let done = poll_fn(|cx| {
                if polls == 0 {
                    assert!(timer.as_mut().poll(cx).is_pending());
                    (1..=1000).for_each(|n| timer.as_mut().reset(from + 100 * MS + MS * n));
                }
                polls += 1;
                timer.as_mut().poll(cx)
            });
            done.await;
            polls
        });
        assert_eq!(polled, 3);
    }
}
