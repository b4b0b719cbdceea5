//! A path to a relay on which packets take time, or get lost.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::{Instant, sleep_until};

use super::network::{Network, Port};

/// A path to a relay that delays packets, keeps a copy of those that go up, and can be told to pass none of them.
pub(crate) struct Slow {
    pub at: SocketAddr,
    kept: Arc<Mutex<Vec<Vec<u8>>>>,
    closed: Arc<Mutex<bool>>,
    /// How many of the next packets are lost, up and down.
    losing: [Arc<AtomicUsize>; 2],
    /// How many of a hundred are lost besides, and a generator of chances.
    share: Arc<Mutex<(u32, ChaCha20Rng)>>,
}

/// Whether this packet is one that is lost.
fn is_lost(losing: &AtomicUsize) -> bool {
    losing.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
}

/// Whether this packet is lost by chance.
fn is_unlucky(chance: &Mutex<(u32, ChaCha20Rng)>) -> bool {
    let (percent, rng) = &mut *chance.lock().expect("whole");
    rng.next_u32() % 100 < *percent
}

impl Slow {
    pub(crate) fn to(network: &Network, relay: SocketAddr, delay: Duration) -> Self {
        Self::narrow(network, relay, delay, None)
    }

    /// A path that besides carries this many bits a second each way, the 28 bytes of IP and UDP counted.
    pub(crate) fn narrow(network: &Network, relay: SocketAddr, delay: Duration, bits: Option<u64>) -> Self {
        let network = network.clone();
        let near = Arc::new(network.port());
        let at = near.at;
        let (kept, closed) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(false)));
        let (keeping, shut) = (kept.clone(), closed.clone());
        let losing: [Arc<AtomicUsize>; 2] = Default::default();
        let lost = losing.clone();
        let share = Arc::new(Mutex::new((0, ChaCha20Rng::seed_from_u64(0))));
        let chance = share.clone();
        tokio::spawn(async move {
            let mut ways: HashMap<SocketAddr, Arc<Port>> = HashMap::new();
            let late = Late::by(delay, bits);
            loop {
                let (member, packet) = near.recv_from().await;
                keeping.lock().expect("whole").push(packet.clone());
                if *shut.lock().expect("whole") || is_lost(&lost[0]) || is_unlucky(&chance) {
                    continue;
                }
                let far = ways.entry(member).or_insert_with(|| {
                    let far = Arc::new(network.port());
                    let late = Late::by(delay, bits);
                    tokio::spawn(carry_down(far.clone(), near.clone(), member, late, lost[1].clone(), chance.clone()));
                    far
                });
                late.send(far.clone(), relay, packet);
            }
        });
        Self { at, kept, closed, losing, share }
    }

    /// Loses this many of the next packets, up and down.
    pub(crate) fn lose(&self, up: usize, down: usize) {
        self.losing[0].store(up, Ordering::Relaxed);
        self.losing[1].store(down, Ordering::Relaxed);
    }

    /// Loses this many of a hundred packets each way, by chances that follow from `seed`.
    pub(crate) fn lose_share(&self, percent: u32, seed: u64) {
        *self.share.lock().expect("whole") = (percent, ChaCha20Rng::seed_from_u64(seed));
    }

    pub(crate) fn close(&self, closed: bool) {
        *self.closed.lock().expect("whole") = closed;
    }

    pub(crate) fn take(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.kept.lock().expect("whole"))
    }
}

/// What leaves some time after it was given.
struct Late {
    delay: Duration,
    queue: tokio::sync::mpsc::UnboundedSender<(Instant, Arc<Port>, SocketAddr, Vec<u8>)>,
    bits: Option<u64>,
    /// When the packets before have been carried.
    free: Mutex<Instant>,
}

impl Late {
    fn by(delay: Duration, bits: Option<u64>) -> Self {
        let (queue, mut waiting) = unbounded_channel::<(Instant, Arc<Port>, SocketAddr, Vec<u8>)>();
        tokio::spawn(async move {
            while let Some((due, from, to, packet)) = waiting.recv().await {
                sleep_until(due).await;
                from.send_to(&packet, to);
            }
        });
        Self { delay, queue, bits, free: Mutex::new(Instant::now()) }
    }

    fn send(&self, from: Arc<Port>, to: SocketAddr, packet: Vec<u8>) {
        let takes = self.bits.map_or(0, |bits| (packet.len() as u64 + 28) * 8_000_000 / bits);
        let mut free = self.free.lock().expect("whole");
        *free = Instant::now().max(*free) + Duration::from_micros(takes);
        // The other end goes with the runtime.
        let _ = self.queue.send((*free + self.delay, from, to, packet));
    }
}

async fn carry_down(
    far: Arc<Port>,
    near: Arc<Port>,
    member: SocketAddr,
    late: Late,
    losing: Arc<AtomicUsize>,
    chance: Arc<Mutex<(u32, ChaCha20Rng)>>,
) {
    loop {
        let (_, packet) = far.recv_from().await;
        if !is_lost(&losing) && !is_unlucky(&chance) {
            late.send(near.clone(), member, packet);
        }
    }
}
