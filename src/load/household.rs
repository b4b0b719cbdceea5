//! An address for each room, as if its members came from one house.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use quinn::{AsyncTimer, AsyncUdpSocket, Runtime, TokioRuntime};

use crate::transport::settings;

/// Households in a row of addresses.
const ROW: usize = 250;

/// A runtime whose sockets call a relay on this machine from an address of their own. A relay bounds what one household may ask of
/// it, so a load from a single address would measure that.
#[derive(Debug)]
pub(super) struct Household(Option<Ipv4Addr>);

impl Household {
    /// That of this room. Another machine's relay is called from the address that this machine has.
    pub(super) fn of(room: usize, relay: SocketAddr) -> Arc<dyn Runtime> {
        let row = u8::try_from(room / ROW).unwrap_or(u8::MAX);
        let place = u8::try_from(room % ROW + 1).unwrap_or(u8::MAX);
        let is_here = matches!(relay, SocketAddr::V4(at) if at.ip().is_loopback());
        Arc::new(Self(is_here.then_some(Ipv4Addr::new(127, 1, row, place))))
    }
}

impl Runtime for Household {
    fn new_timer(&self, at: Instant) -> Pin<Box<dyn AsyncTimer>> {
        TokioRuntime.new_timer(at)
    }

    fn spawn(&self, future: Pin<Box<dyn Future<Output = ()> + Send>>) {
        TokioRuntime.spawn(future);
    }

    fn wrap_udp_socket(&self, socket: UdpSocket) -> io::Result<Arc<dyn AsyncUdpSocket>> {
        // Not every system takes all of 127.0.0.0/8 for itself.
        let own = self.0.and_then(|at| settings::socket((at, 0).into()).ok());
        TokioRuntime.wrap_udp_socket(own.unwrap_or(socket))
    }

    fn now(&self) -> Instant {
        TokioRuntime.now()
    }
}
