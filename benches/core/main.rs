//! The pure parts that every packet and every action passes through.

mod bundle;
mod frame;
mod group;
#[path = "../support/quick.rs"]
mod quick;
mod relay;
mod session;

use criterion::{criterion_group, criterion_main};
use quick::quick;

criterion_group! {
    name = benches;
    config = quick();
    targets = bundle::both_ways, frame::seal_and_open, relay::one_frame_to_eleven, session::an_entry_among_fifty, group::twelve_on_a_lossy_line
}
criterion_main!(benches);
