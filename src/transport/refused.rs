//! Whether UDP is refused on the way, as far as the system is told.
//!
//! A firewall that refuses packets, rather than dropping them, mostly says so (RFC 792, RFC 4443). QUIC's own socket isn't told,
//! because it isn't connected. Anybody on the way can say so falsely, and gains that the slow road is tried too.

use std::net::SocketAddr;

use tokio::net::UdpSocket;

use super::address;

/// Returns once none of these addresses can be reached over UDP. Sends each an empty datagram, which a relay passes over.
pub(super) async fn refused(addresses: Vec<SocketAddr>) {
    for address in addresses {
        if let Ok(socket) = probe(address).await {
            while socket.recv(&mut [0]).await.is_ok() {}
        }
    }
}

async fn probe(address: SocketAddr) -> std::io::Result<UdpSocket> {
    let socket = UdpSocket::bind(address::any(address)).await?;
    socket.connect(address).await?;
    socket.send(&[]).await?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn a_closed_port_refuses_and_an_open_one_does_not() {
        let open = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
        let address = open.local_addr().expect("an address");
        assert!(timeout(Duration::from_millis(100), refused(vec![address])).await.is_err());
        drop(open);
        // Only the system tells; where it doesn't, the slow road waits as long as for silence.
        if cfg!(target_os = "linux") {
            timeout(Duration::from_secs(5), refused(vec![address])).await.expect("told");
        }
    }
}
