//! The pure parts that every packet and every action passes through.

mod bundle;
mod group;
mod relay;
mod session;

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};

/// Short runs: what is watched for here is a factor, not a percent.
fn quick() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(20)
}

criterion_group! {
    name = benches;
    config = quick();
    targets = bundle::both_ways, relay::one_frame_to_eleven, session::an_entry_among_fifty, group::twelve_on_a_lossy_line
}
criterion_main!(benches);
