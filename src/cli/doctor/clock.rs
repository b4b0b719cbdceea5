//! The computer's clock, as far as it can be told to be wrong without another one.

use std::time::{SystemTime, UNIX_EPOCH};

use super::finding::{Finding, State};
use crate::text::doctor as text;

/// Seconds since 1970 that have passed for sure: this was written after the beginning of 2026.
const PASSED: u64 = 1_767_225_600;
/// And the beginning of 2100, by which nobody runs this version.
const NEVER: u64 = 4_102_444_800;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn clock() -> Finding {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let wrong = !(PASSED..NEVER).contains(&now);
    let (state, says) = match wrong {
        true => (State::Problem, text::clock_wrong(&date(now))),
        false => (State::Good, text::clock(&date(now))),
    };
    Finding::new(text::CLOCK.get(), state, says)
}

/// A date and time of day, from the seconds since 1970 (Howard Hinnant's civil_from_days).
fn date(seconds: u64) -> String {
    let days = seconds / 86_400 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 2 } else { from_march - 10 };
    let year = era * 400 + year_of_era + u64::from(month < 2);
    let name = usize::try_from(month).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("{day} {name} {year}, {:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_told_as_a_date() {
        assert_eq!(date(0), "1 January 1970, 00:00");
        assert_eq!(date(951_827_696), "29 February 2000, 12:34");
        assert_eq!(date(PASSED), "1 January 2026, 00:00");
        assert_eq!(date(NEVER - 1), "31 December 2099, 23:59");
    }
}
