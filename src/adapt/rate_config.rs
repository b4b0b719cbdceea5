//! The thresholds of `rate_controller`, each with what it stands on.

use std::time::Duration;

/// A queue of this length is too long: a frame of 60 ms more, which nobody hears yet. GCC's threshold moves between 6 ms and
/// 600 ms (Carlucci et al., 2016, section 4.2), because GCC fills the line; a voice leaves room.
pub(super) const QUEUE_LONG: Duration = Duration::from_millis(60);
/// A shorter queue than this is none: half a frame, and what stamps of 8 ms leave unsure.
pub(super) const QUEUE_SHORT: Duration = Duration::from_millis(40);

/// How a controller reacts to what the far end of its line reports. Where no source is named, the value is the best of those
/// tried on the generated lines of `rate_controller/lines.rs` and on the emulated ones of docs/lines.md.
pub(super) struct RateConfig {
    /// A queue that has grown by less than this is the same one.
    pub(super) queue_step: Duration,
    /// A queue of this length is drained by sending less than what fits.
    pub(super) queue_very_long: Duration,
    /// Of what came through a queue, the share that is used from then on (GCC: 0.85), and of that the share that is used until
    /// a very long queue has drained.
    pub(super) use_of_through: f64,
    pub(super) use_draining: f64,
    /// Of what came through a queue, the share that is sure to fit; and of what probes have shown to fit.
    pub(super) sure_of_through: f64,
    pub(super) sure_of_probed: f64,
    /// Of the rate of probes that a line didn't carry, what a voice may use of it.
    pub(super) use_of_probes: f64,
    /// A datagram may be this many bytes longer than the shortest, and takes longer to pass a narrow line: that is no queue.
    pub(super) uneven_bytes: f64,
    /// After a change the line has this long, and a round trip, to show what it did.
    pub(super) settle: Duration,
    /// A step down, and a round trip, must have had this long before a queue that stays shows that it is none of ours.
    pub(super) proved: Duration,
    /// How long a line must have had no queue before more is tried: where the next step fits what came through a queue, or the
    /// one before lasted; after a step down; and at most, since each step up that meets a queue doubles it (RFC 6298's rule).
    pub(super) clear: Duration,
    pub(super) clear_after_queue: Duration,
    pub(super) clear_most: Duration,
    /// More than before that meets a queue within this time was too much.
    pub(super) trial: Duration,
    /// A line of which a smaller share was used says nothing of more.
    pub(super) used: f64,
}

impl RateConfig {
    /// A talker's way up: one voice, whose packets are all alike.
    pub(super) const UPLINK: Self = Self {
        queue_step: Duration::from_millis(60),
        queue_very_long: Duration::from_millis(100),
        use_of_through: 0.88,
        use_draining: 0.82,
        sure_of_through: 0.95,
        sure_of_probed: 0.92,
        use_of_probes: 0.88,
        uneven_bytes: 0.0,
        settle: Duration::from_millis(400),
        proved: Duration::from_millis(1500),
        clear: Duration::from_secs(8),
        clear_after_queue: Duration::from_secs(30),
        clear_most: Duration::from_secs(480),
        trial: Duration::from_secs(10),
        used: 0.5,
    };

    /// A listener's way down: bundles of several voices, which show less evenly what a change did. Probes that queue say less of it,
    /// because many come in at once, and what acknowledges the other way shares it; what the others show is used whole, since voices
    /// fit it by leaps.
    pub(super) const DOWNLINK: Self = Self {
        uneven_bytes: 170.0,
        sure_of_probed: 1.0,
        use_of_probes: 2.4,
        use_of_through: 0.92,
        settle: Duration::from_millis(900),
        clear: Duration::from_secs(30),
        ..Self::UPLINK
    };
}
