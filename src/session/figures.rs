//! My line in figures.

/// What carries my line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Road {
    /// UDP, as long as it gets through.
    #[default]
    Udp,
    /// TCP, where UDP is blocked: the slow road.
    Tcp,
}

/// The line in figures, once a second; rates at the IP level.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LinkFigures {
    /// What carries it.
    pub road: Road,
    /// Sent, in kilobits per second.
    pub up_kbps: f64,
    /// Received, in kilobits per second.
    pub down_kbps: f64,
    /// Share of what was sent that was lost, `0.0..=1.0`.
    pub loss_up: f64,
    /// Share of what was sent here that was lost, `0.0..=1.0`.
    pub loss_down: f64,
    /// Round trip to the relay, in milliseconds.
    pub rtt_ms: f64,
    /// Playout delay, in milliseconds.
    pub playout_ms: u32,
    /// Sound lost since the start because this computer was too late for its devices, in milliseconds.
    pub dropped_ms: u64,
    /// Sent and received since the start, in bytes.
    pub data_bytes: u64,
}
