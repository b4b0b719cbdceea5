//! What has come of a load.

use std::fmt::Write;

use super::course::Course;

/// What has come of a load.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Packets of voice that were to be heard: each counts once for each member who was to hear it.
    pub offered: u64,
    /// Those that were, opened with the group's keys.
    pub delivered: u64,
    /// From when a packet is said to when it's opened, in milliseconds, for half of them; `None` if nothing was heard.
    pub delay_p50_ms: Option<f64>,
    /// The same for 99 % of them.
    pub delay_p99_ms: Option<f64>,
    /// Connections that were made.
    pub connects: usize,
    /// Connections that could not be made, and members who did not come in or didn't stay.
    pub failed: usize,
    /// How long it took until all were in, in seconds.
    pub founding_s: f64,
    /// Members who were back after the relay was killed and started again.
    pub returned: usize,
    /// From when it was started to when a member was back, in milliseconds, for half of them; `None` if nobody was.
    pub return_p50_ms: Option<f64>,
    /// The same for 99 % of them.
    pub return_p99_ms: Option<f64>,
}

impl Outcome {
    /// One JSON object on one line.
    pub fn json(&self) -> String {
        let number = |value: Option<f64>| value.map_or("null".to_owned(), |value| format!("{value:.3}"));
        let mut line = String::new();
        // A string takes all that is written to it.
        let _ = write!(
            line,
            "{{\"offered\":{},\"delivered\":{},\"delay_p50_ms\":{},\"delay_p99_ms\":{},\"connects\":{},\"failed\":{},\"founding_s\":{:.1},\"returned\":{},\"return_p50_ms\":{},\"return_p99_ms\":{}}}",
            self.offered,
            self.delivered,
            number(self.delay_p50_ms),
            number(self.delay_p99_ms),
            self.connects,
            self.failed,
            self.founding_s,
            self.returned,
            number(self.return_p50_ms),
            number(self.return_p99_ms),
        );
        line
    }
}

/// What has come of a run so far, whose members were in after `founding_s` seconds.
pub(super) fn outcome(course: &Course, founding_s: f64) -> Outcome {
    let (delays, returns) = (course.take_delays(), course.take_returns());
    let at = |times: &[u32], percent: usize| {
        let index = (times.len() * percent / 100).min(times.len().checked_sub(1)?);
        times.get(index).map(|micros| f64::from(*micros) / 1000.0)
    };
    let (_, failed) = course.attendance();
    Outcome {
        offered: course.offered(),
        delivered: delays.len() as u64,
        delay_p50_ms: at(&delays, 50),
        delay_p99_ms: at(&delays, 99),
        connects: course.connects(),
        failed,
        founding_s,
        returned: returns.len(),
        return_p50_ms: at(&returns, 50),
        return_p99_ms: at(&returns, 99),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::ids::Time;

    #[test]
    fn delays_are_told_by_their_percentiles() {
        let course = Course::new();
        course.said(101);
        for n in (0..100).rev() {
            course.heard(Time(1000), Time(2000 + n * 1000));
        }
        let outcome = outcome(&course, 1.25);
        let line = outcome.json();
        assert!(
            line.starts_with(r#"{"offered":101,"delivered":100,"delay_p50_ms":51.000,"delay_p99_ms":100.000,"#),
            "{line}"
        );
    }

    #[test]
    fn whoever_comes_back_is_counted_from_when_the_relay_started() {
        let course = Course::new();
        course.back(Time(500));
        course.restarted(Instant::now());
        let started = course.time(Instant::now());
        (1..=3).for_each(|n| course.back(started + Duration::from_secs(n)));
        let Outcome { returned, return_p50_ms, return_p99_ms, .. } = outcome(&course, 0.0);
        assert_eq!(returned, 3, "before, it was only a line that was cut");
        assert!(return_p50_ms.is_some_and(|ms| (2000.0..2900.0).contains(&ms)), "{return_p50_ms:?}");
        assert!(return_p99_ms.is_some_and(|ms| (3000.0..3900.0).contains(&ms)), "{return_p99_ms:?}");
    }

    #[test]
    fn of_nothing_heard_no_delay_is_told() {
        assert_eq!(
            outcome(&Course::new(), 0.0).json(),
            r#"{"offered":0,"delivered":0,"delay_p50_ms":null,"delay_p99_ms":null,"connects":0,"failed":0,"founding_s":0.0,"returned":0,"return_p50_ms":null,"return_p99_ms":null}"#
        );
    }
}
