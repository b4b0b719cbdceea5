//! How the small benchmarks are run.

use std::time::Duration;

use criterion::Criterion;

/// Short runs: what is watched for here is a factor, not a percent.
pub(crate) fn quick() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(20)
}
