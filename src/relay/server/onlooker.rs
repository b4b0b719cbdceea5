//! Looking on from outside: whether somebody's port can be reached (`transport/probe.rs` says how).

use std::future::pending;

use quinn::Connection;

use crate::transport::probe;

/// Packets for one connection.
const MOST: usize = 3;

/// Answers those who ask for a test and have said nothing else yet, until it is dropped. The handshake must be over, so that the
/// address is known to be theirs; wherever the connection goes on from later, nothing is sent there.
pub(super) async fn look_on(connection: &Connection) {
    let asker = connection.remote_address().ip();
    let mut left = MOST;
    while left > 0
        && let Ok(bytes) = connection.read_datagram().await
    {
        let Some((port, token)) = probe::read_request(&bytes) else { continue };
        left -= 1;
        if connection.remote_address().ip() == asker && probe::send(asker, port, token).is_ok() {
            // If the answer is lost, the asker asks again.
            let _ = connection.send_datagram(probe::sent(token).into());
        }
    }
    pending().await
}
