//! The race of a few attempts to reach a relay, over QUIC and by the slow road: the first that comes through is kept.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use quinn::{ConnectionError, Endpoint, TransportErrorCode};
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

use super::dial_error::DialError;
use super::event::LinkEvent;
use super::fallback::{Fallback, PREFERENCE};
use super::first::{Beginning, Beginnings};
use super::hedge::{Hedge, Next};
use super::link::{Link, Reached};
use super::resume::{self, Resumption};
use super::target::{Called, Dial, Pin};
use super::trust::{AnyRelay, Seen};
use super::websocket::call;
use super::{address, refused, settings};

/// How long it may take altogether to find and reach a relay.
pub(super) const LIMIT: Duration = Duration::from_secs(5);
/// The same once anything has come from the relay over UDP: its line loses a lot.
const PATIENT: Duration = Duration::from_secs(30);
/// The same once the relay's machine has answered over TCP: the slow road takes four more round trips.
const SLOW_LIMIT: Duration = Duration::from_secs(10);
/// How many addresses of one name are tried.
pub(super) const ADDRESSES: usize = 3;
/// The TLS alert for "no protocol in common".
const NO_APPLICATION_PROTOCOL: u8 = 120;

/// A way to a relay, and the addresses that it leads to.
pub(super) struct Place {
    pub(super) called: Called,
    pub(super) addresses: Vec<SocketAddr>,
}

/// Where a relay is, and when each of its addresses is tried.
struct Plan {
    places: Vec<Place>,
    hedge: Hedge,
}

impl Plan {
    /// Which way leads to an address. One that was found before, and no longer is, leads to the same relay.
    fn called(&self, address: SocketAddr) -> Option<&Called> {
        let leads = |place: &&Place| place.addresses.contains(&address);
        self.places.iter().find(leads).or(self.places.first()).map(|place| &place.called)
    }

    /// Each address and its way, in their order.
    fn all(&self) -> Vec<(Called, SocketAddr)> {
        let all = order(&self.places).into_iter();
        all.filter_map(|address| Some((self.called(address)?.clone(), address))).collect()
    }
}

/// Whether there is no other way, at which somebody else may answer.
fn one_way(plan: Option<&Plan>) -> bool {
    plan.is_none_or(|plan| plan.places.len() == 1)
}

/// In which order the addresses are tried: the first of each way, then the second of each.
fn order(places: &[Place]) -> Vec<SocketAddr> {
    let mut all: Vec<SocketAddr> = Vec::new();
    for nth in 0..ADDRESSES {
        for address in places.iter().filter_map(|place| place.addresses.get(nth)) {
            if !all.contains(address) && all.len() < ADDRESSES {
                all.push(*address);
            }
        }
    }
    all
}

/// Attempts that run beside each other, each without waiting for the others to fail.
pub(super) struct Race {
    host: String,
    start: Instant,
    pub(super) running: JoinSet<Result<resume::Reached, DialError>>,
    answered: Arc<AtomicBool>,
    /// Whether anything has come over UDP since it was looked at last.
    alive: Arc<AtomicBool>,
    fallback: Fallback,
    slow: JoinSet<Result<call::Reached, DialError>>,
    /// There is a machine that takes TCP where the relay should be.
    taken: Arc<Notify>,
}

impl Race {
    pub(super) fn new(dial: &Dial, fallback: Fallback) -> Self {
        Self {
            host: dial.spoken(),
            start: Instant::now(),
            running: JoinSet::new(),
            answered: Arc::default(),
            alive: Arc::default(),
            fallback,
            slow: JoinSet::new(),
            taken: Arc::default(),
        }
    }

    /// The link to what is reached first. `found` is which relay is called, and where it is; an attempt at `tried` runs already.
    pub(super) async fn run(
        mut self,
        found: impl Future<Output = Result<Vec<Place>, DialError>>,
        tried: Option<SocketAddr>,
    ) -> Result<(Link, mpsc::Receiver<LinkEvent>), DialError> {
        let reached = self.first(found, tried).await?;
        Link::start(reached).await.ok_or(DialError::Broke(self.host))
    }

    async fn first(
        &mut self,
        found: impl Future<Output = Result<Vec<Place>, DialError>>,
        tried: Option<SocketAddr>,
    ) -> Result<Reached, DialError> {
        let mut deadline = self.start + LIMIT;
        let mut found = pin!(found);
        let mut plan: Option<Plan> = None;
        let mut sought = false;
        let mut refused = pin!(None);
        let (mut has_answered, mut sought_slowly) = (false, false);
        let mut failed = DialError::Silent(self.host.clone());
        loop {
            let since_start = self.start.elapsed();
            let answered = self.answered.swap(false, Ordering::Relaxed);
            if answered || self.alive.swap(false, Ordering::Relaxed) {
                has_answered = true;
                deadline = self.start + PATIENT;
                self.fallback.answered(since_start);
            }
            let mut next = match &mut plan {
                Some(plan) => match plan.hedge.next(since_start, self.running.len(), answered) {
                    Next::Try(address) => {
                        if let Some(called) = plan.called(address) {
                            let (answered, alive) = (self.answered.clone(), self.alive.clone());
                            self.running.spawn(attempt(called.clone(), address, answered, alive));
                        }
                        continue;
                    }
                    Next::Wait(since_start) => self.start + since_start,
                    Next::Done => deadline,
                },
                None => deadline,
            };
            if sought && next == deadline && self.running.is_empty() {
                // UDP has come to nothing.
                if self.slow.is_empty() && (sought_slowly || plan.is_none() || self.fallback.due().is_none()) {
                    return Err(failed);
                }
                self.fallback.refused(since_start);
            }
            if let (Some(plan), Some(due)) = (&plan, self.fallback.due()) {
                if due <= since_start {
                    sought_slowly = true;
                    self.fallback.begin();
                    self.slow.spawn(call::race(plan.all(), self.taken.clone()));
                    continue;
                }
                next = next.min(self.start + due);
            }
            tokio::select! {
                Some(ended) = self.running.join_next() => match ended {
                    Ok(Ok(reached)) => return Ok(Reached::Quic(reached)),
                    Ok(Err(error)) if error.is_final() && one_way(plan.as_ref()) => return Err(error),
                    Ok(Err(_)) if failed.is_final() => {}
                    Ok(Err(error)) => failed = error,
                    Err(_) => failed = DialError::Broke(self.host.clone()),
                },
                Some(ended) = self.slow.join_next() => match ended {
                    Ok(Ok(reached)) => return Ok(self.preferred(reached, has_answered).await),
                    Ok(Err(error)) if error.is_final() && one_way(plan.as_ref()) => return Err(error),
                    Ok(Err(_)) | Err(_) => self.fallback.failed(self.start.elapsed()),
                },
                () = self.taken.notified() => {
                    deadline = deadline.max(self.start + SLOW_LIMIT);
                    // The machine is there. Perhaps it wasn't a moment ago, or the packets were lost.
                    if let Some((called, address)) = plan.as_ref().and_then(|plan| plan.all().into_iter().next()) {
                        self.running.spawn(attempt(called, address, self.answered.clone(), self.alive.clone()));
                    }
                }
                () = wait(refused.as_mut().as_pin_mut()) => {
                    refused.set(None);
                    self.fallback.refused(self.start.elapsed());
                }
                result = &mut found, if !sought => {
                    sought = true;
                    match result {
                        Ok(places) => {
                            let order = order(&places);
                            if self.fallback.due().is_some() {
                                refused.set(Some(refused::refused(order.clone())));
                            }
                            plan = Some(Plan { places, hedge: Hedge::new(&order, tried) });
                        }
                        Err(error) => failed = error,
                    }
                }
                () = sleep_until(next.min(deadline)) => {
                    if Instant::now() >= deadline && !self.alive.load(Ordering::Relaxed) {
                        return Err(failed);
                    }
                }
            }
        }
    }

    /// What was reached by the slow road, unless QUIC is as good as there.
    async fn preferred(&mut self, reached: call::Reached, has_answered: bool) -> Reached {
        if has_answered || self.answered.load(Ordering::Relaxed) {
            let quic = async {
                while let Some(ended) = self.running.join_next().await {
                    if let Ok(Ok(reached)) = ended {
                        return Some(reached);
                    }
                }
                None
            };
            if let Ok(Some(reached)) = timeout(PREFERENCE, quic).await {
                return Reached::Quic(reached);
            }
        }
        Reached::WebSocket(reached)
    }
}

/// Waits for a future; without one, for ever.
async fn wait<F: Future<Output = ()>>(future: Option<std::pin::Pin<&mut F>>) {
    match future {
        Some(future) => future.await,
        None => std::future::pending().await,
    }
}

/// One attempt. It notes in `answered` when the relay has answered, and in `alive` when anything has come from it.
async fn attempt(
    called: Called,
    address: SocketAddr,
    answered: Arc<AtomicBool>,
    alive: Arc<AtomicBool>,
) -> Result<resume::Reached, DialError> {
    let Called { dial, way, name, platform, runtime, via, .. } = called.clone();
    let local = |error: &dyn std::fmt::Display| DialError::Local(error.to_string());
    address::towards(address, via.as_ref()).map_err(|_| DialError::Offline(way.clone()))?;
    let socket = settings::socket_via(address::any(address), via.as_ref()).map_err(|error| local(&error))?;

    let trust = AnyRelay::new(dial.pin, platform);
    let beginnings = Beginnings { alive, ..Beginnings::default() };
    let (endpoint_config, config) =
        settings::member(trust.clone(), beginnings.line.clone()).map_err(|error| local(&error))?;
    let endpoint = Endpoint::new(endpoint_config, None, socket, Arc::new(Beginning::on(runtime, beginnings.clone())))
        .map_err(|error| local(&error))?;
    let mut connecting =
        endpoint.connect_with(config.clone(), address, &name).map_err(|_| DialError::Address(way.clone()))?;
    if connecting.handshake_data().await.is_ok() {
        answered.store(true, Ordering::Relaxed);
    }
    match connecting.await {
        Ok(connection) => {
            let relay = trust.seen().ok_or_else(|| DialError::Broke(way.clone()))?;
            let resumption = Arc::new(Resumption { called, address, config, trust });
            Ok(resume::Reached { endpoint, connection, relay, stream: None, resumption, beginnings })
        }
        Err(error) => Err(explain(way, dial.pin, &error, trust.seen())),
    }
}

fn explain(host: String, pin: Option<Pin>, error: &ConnectionError, seen: Option<Seen>) -> DialError {
    let other_version = TransportErrorCode::crypto(NO_APPLICATION_PROTOCOL);
    match (error, seen) {
        (ConnectionError::TransportError(_), Some(seen)) if pin.is_some_and(|pin| !seen.fits(pin)) => {
            DialError::Key { host, seen: seen.key, vouched: seen.vouched }
        }
        (ConnectionError::TimedOut, _) => DialError::Silent(host),
        (ConnectionError::VersionMismatch, _) => DialError::Version(host),
        (ConnectionError::TransportError(error), _) if error.code == other_version => DialError::Version(host),
        (ConnectionError::ConnectionClosed(close), _) if close.error_code == other_version => DialError::Version(host),
        (ConnectionError::ConnectionClosed(close), _) if close.error_code == TransportErrorCode::CONNECTION_REFUSED => {
            DialError::Full(host)
        }
        _ => DialError::Broke(host),
    }
}
