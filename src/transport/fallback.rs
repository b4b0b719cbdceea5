//! When the slow road is tried beside QUIC. Pure: it is told the time since the start, and what has become of the tries.

use std::time::Duration;

/// After this long without an answer over UDP the slow road is tried as well. It's the time of QUIC's second round: until then
/// silence may be a lost packet.
const AFTER: Duration = Duration::from_secs(2);
/// The same where a line over UDP has just fallen silent: it has been waited for already.
const AFTER_SILENCE: Duration = Duration::from_millis(300);
/// After this long the slow road is tried whatever has come over UDP: where only small packets get through, no handshake ends.
const MOST: Duration = Duration::from_secs(4);
/// A try by the slow road that came to nothing is repeated after this long, because the relay may be starting.
const AGAIN: Duration = Duration::from_secs(1);
/// How long a relay that was reached by the slow road, and has answered over UDP as well, may take to be reached so.
pub(super) const PREFERENCE: Duration = Duration::from_millis(500);

/// The slow road's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fallback {
    /// When it is tried; `None` while it is, and where there is none.
    due: Option<Duration>,
}

impl Fallback {
    /// `silent` is whether a line over UDP has just fallen silent.
    pub(super) fn new(silent: bool) -> Self {
        Self { due: Some(if silent { AFTER_SILENCE } else { AFTER }) }
    }

    /// Without a slow road.
    pub(super) fn none() -> Self {
        Self { due: None }
    }

    /// When it is to be tried, since the start.
    pub(super) fn due(&self) -> Option<Duration> {
        self.due
    }

    /// It's being tried.
    pub(super) fn begin(&mut self) {
        self.due = None;
    }

    /// The try came to nothing.
    pub(super) fn failed(&mut self, now: Duration) {
        self.due = Some(now + AGAIN);
    }

    /// The relay has answered over UDP: what is left of that handshake is waited for, for a while.
    pub(super) fn answered(&mut self, now: Duration) {
        self.due = self.due.map(|due| due.max((now + AFTER).min(MOST)));
    }

    /// Nothing gets through over UDP.
    pub(super) fn refused(&mut self, now: Duration) {
        self.due = self.due.map(|due| due.min(now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn the_slow_road_waits_two_seconds_for_an_answer_over_udp() {
        let mut fallback = Fallback::new(false);
        assert_eq!(fallback.due(), Some(ms(2000)));
        fallback.answered(ms(1400));
        assert_eq!(fallback.due(), Some(ms(3400)), "on a narrow line the rest of the handshake is under way");
        fallback.answered(ms(3000));
        assert_eq!(fallback.due(), Some(ms(4000)), "but not for ever");
        fallback.refused(ms(1500));
        assert_eq!(fallback.due(), Some(ms(1500)));
    }

    #[test]
    fn where_udp_is_refused_the_slow_road_is_tried_at_once() {
        let mut fallback = Fallback::new(false);
        fallback.refused(ms(3));
        assert_eq!(fallback.due(), Some(ms(3)));
        fallback.begin();
        fallback.refused(ms(4));
        assert_eq!(fallback.due(), None, "it's being tried already");
        fallback.failed(ms(10));
        assert_eq!(fallback.due(), Some(ms(1010)));
    }

    #[test]
    fn a_line_that_fell_silent_is_not_waited_for_again() {
        assert_eq!(Fallback::new(true).due(), Some(ms(300)));
        assert_eq!(Fallback::none().due(), None);
    }
}
