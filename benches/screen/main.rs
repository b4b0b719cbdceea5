//! The screen: what a frame costs, and how soon the program is ready for a key. `cargo bench --all-features --bench screen`

mod frame;
#[path = "../support/quick.rs"]
mod quick;
#[cfg(unix)]
mod start;

use criterion::{criterion_group, criterion_main};
use quick::quick;

#[cfg(unix)]
criterion_group! {
    name = benches;
    config = quick();
    targets = frame::of_twelve, start::to_the_first_screen
}
#[cfg(not(unix))]
criterion_group! {
    name = benches;
    config = quick();
    targets = frame::of_twelve
}
criterion_main!(benches);
