//! A network interface of this machine, over which a connection is to go whatever the system would choose.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use socket2::Socket;

/// An interface by the name that the system has for it, such as `wlan1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface(Arc<str>);

impl Interface {
    /// The interface of this name, whether or not there is one now.
    pub fn named(name: &str) -> Self {
        Self(name.into())
    }

    /// Binds a socket to this interface, at `at` or at its own address.
    fn bind(&self, socket: &Socket, at: SocketAddr) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        if socket.bind_device(Some(self.0.as_bytes())).is_ok() {
            return socket.bind(&at.into());
        }
        // Where the system doesn't let a program choose, it mostly follows the address that a packet comes from.
        let own = self.address(at).ok_or_else(|| io::Error::from(io::ErrorKind::AddrNotAvailable))?;
        socket.bind(&own.into())
    }

    /// Its address in the family of `at`, with the same port.
    fn address(&self, at: SocketAddr) -> Option<SocketAddr> {
        let all = if_addrs::get_if_addrs().ok()?.into_iter().filter(|interface| *interface.name == *self.0);
        let mut own = all.map(|interface| interface.ip()).filter(|ip| ip.is_ipv4() == at.is_ipv4());
        own.next().map(|ip| (ip, at.port()).into())
    }
}

impl fmt::Display for Interface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Binds a socket, over an interface if one is named.
///
/// # Errors
/// The system's error, for instance that there is no such interface, or that it has no address.
pub(super) fn bind(socket: &Socket, at: SocketAddr, via: Option<&Interface>) -> io::Result<()> {
    match via {
        Some(via) => via.bind(socket, at),
        None => socket.bind(&at.into()),
    }
}
