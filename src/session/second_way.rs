//! My second way to the relay, over another interface of this computer than the first.

/// How it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecondWayState {
    /// It is being looked for.
    #[default]
    Looking,
    /// It carries all that the first way carries.
    Carries,
    /// Nothing comes over it.
    Silent,
    /// Both ways would lead over the same interface, so there is only one.
    Same,
}

/// The second way, and what it carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SecondWay {
    /// The interface, as this computer calls it.
    pub via: String,
    /// How it stands.
    pub state: SecondWayState,
    /// Whether nothing comes over the first way.
    pub first_silent: bool,
    /// Share of what was sent over it that was lost, `0.0..=1.0`.
    pub loss_up: f64,
    /// Round trip to the relay over it, in milliseconds.
    pub rtt_ms: f64,
    /// Sent and received over it since the start, in bytes.
    pub data_bytes: u64,
}
