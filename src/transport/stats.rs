//! What a line has carried.

use std::time::Duration;

use quinn::Connection;

/// What a link has carried so far, as a mobile provider would count it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkStats {
    /// Bytes sent, all headers and the handshake included.
    pub up_bytes: u64,
    /// Bytes received, counted alike.
    pub down_bytes: u64,
    /// UDP datagrams sent, or segments of TCP.
    pub up_packets: u64,
    /// UDP datagrams received, or segments of TCP.
    pub down_packets: u64,
    /// QUIC packets sent, or datagrams over TCP, of which [`Self::lost_up`] were lost.
    pub sent_up: u64,
    /// Those sent that did not arrive, as far as is known. Over TCP, those that were dropped here because they were too late.
    pub lost_up: u64,
    /// The smoothed round trip time.
    pub rtt: Duration,
    /// Grows with every packet that arrives. While it stands still the line is silent.
    pub heard: u64,
    /// For how long the relay has shown by nothing that it gets what is sent; zero when it has shown it since, nothing was sent, or
    /// this road doesn't tell.
    pub unanswered: Duration,
}

impl LinkStats {
    pub(super) fn of(connection: &Connection, unanswered: Duration) -> Self {
        let stats = connection.stats();
        let header = if connection.remote_address().is_ipv4() { 20 + 8 } else { 40 + 8 };
        Self {
            up_bytes: stats.udp_tx.bytes + header * stats.udp_tx.datagrams,
            down_bytes: stats.udp_rx.bytes + header * stats.udp_rx.datagrams,
            up_packets: stats.udp_tx.datagrams,
            down_packets: stats.udp_rx.datagrams,
            sent_up: stats.path.sent_packets,
            lost_up: stats.path.lost_packets,
            rtt: stats.path.rtt,
            heard: stats.udp_rx.datagrams,
            unanswered,
        }
    }
}
