//! A way to a relay through which packets take their time, or don't come at all.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::net::UdpSocket;
use tokio::sync::mpsc::unbounded_channel;

/// A way to a relay that takes its time, keeps what goes up, and can be told to pass none of it.
pub struct Slow {
    pub at: String,
    kept: Arc<Mutex<Vec<Vec<u8>>>>,
    closed: Arc<Mutex<bool>>,
    /// How many of the next packets are lost, up and down.
    losing: [Arc<AtomicUsize>; 2],
}

/// Whether this packet is one that is lost.
fn is_lost(losing: &AtomicUsize) -> bool {
    losing.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
}

impl Slow {
    pub async fn to(relay: SocketAddr, delay: Duration) -> Self {
        let near = Arc::new(UdpSocket::bind("127.0.0.1:0").await.expect("a port"));
        let at = near.local_addr().expect("bound").to_string();
        let (kept, closed) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(false)));
        let (keeping, shut) = (kept.clone(), closed.clone());
        let losing: [Arc<AtomicUsize>; 2] = Default::default();
        let lost = losing.clone();
        let (up, mut waiting) = unbounded_channel::<(Instant, Arc<UdpSocket>, Vec<u8>)>();
        tokio::spawn(async move {
            while let Some((at, far, packet)) = waiting.recv().await {
                tokio::time::sleep_until(at.into()).await;
                let _ = far.send(&packet).await;
            }
        });
        tokio::spawn(async move {
            let mut ways: HashMap<SocketAddr, Arc<UdpSocket>> = HashMap::new();
            let mut bytes = [0; 2048];
            while let Ok((length, member)) = near.recv_from(&mut bytes).await {
                let packet = bytes[..length].to_vec();
                keeping.lock().expect("whole").push(packet.clone());
                if *shut.lock().expect("whole") || is_lost(&lost[0]) {
                    continue;
                }
                let far = match ways.get(&member) {
                    Some(far) => far.clone(),
                    None => {
                        let far = Arc::new(UdpSocket::bind("127.0.0.1:0").await.expect("a port"));
                        far.connect(relay).await.expect("an address");
                        ways.insert(member, far.clone());
                        tokio::spawn(carry_down(far.clone(), near.clone(), member, delay, lost[1].clone()));
                        far
                    }
                };
                let _ = up.send((Instant::now() + delay, far, packet));
            }
        });
        Self { at, kept, closed, losing }
    }

    /// Loses so many of the next packets, up and down.
    pub fn lose(&self, up: usize, down: usize) {
        self.losing[0].store(up, Ordering::Relaxed);
        self.losing[1].store(down, Ordering::Relaxed);
    }

    pub fn close(&self, closed: bool) {
        *self.closed.lock().expect("whole") = closed;
    }

    pub fn take(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.kept.lock().expect("whole"))
    }
}

async fn carry_down(
    far: Arc<UdpSocket>,
    near: Arc<UdpSocket>,
    member: SocketAddr,
    delay: Duration,
    losing: Arc<AtomicUsize>,
) {
    let (down, mut waiting) = unbounded_channel::<(Instant, Vec<u8>)>();
    tokio::spawn(async move {
        while let Some((at, packet)) = waiting.recv().await {
            tokio::time::sleep_until(at.into()).await;
            let _ = near.send_to(&packet, member).await;
        }
    });
    let mut bytes = [0; 2048];
    while let Ok(length) = far.recv(&mut bytes).await {
        if !is_lost(&losing) {
            let _ = down.send((Instant::now() + delay, bytes[..length].to_vec()));
        }
    }
}
