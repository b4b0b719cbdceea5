//! A sentence in the log that could be said a thousand times a second.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// From one time that something is said to the next.
const EVERY: Duration = Duration::from_secs(60);

/// When something was said last.
#[derive(Default)]
pub(super) struct Seldom(Mutex<Option<Instant>>);

impl Seldom {
    /// Whether it is time to say it again.
    pub(super) fn may_say(&self, now: Instant) -> bool {
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_time = said.is_none_or(|said| now.duration_since(said) >= EVERY);
        if is_time {
            *said = Some(now);
        }
        is_time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_and_on_is_said_once_a_minute() {
        let (seldom, start) = (Seldom::default(), Instant::now());
        let said = (0..180_000).filter(|ms| seldom.may_say(start + Duration::from_millis(*ms)));
        assert_eq!(said.count(), 3);
    }
}
