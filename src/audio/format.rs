//! The form in which sound is handled between the devices: one channel of `f32` samples.

/// Sample rate of all sound between the devices, in Hz.
pub const RATE: u32 = 48_000;
/// Samples in 20 ms, the step in which sound is handled.
pub const BLOCK: usize = 960;
/// A spurt begins at least this much, in milliseconds and whole packets, before the moment in which speech or its onset was
/// noticed. Less would cut first syllables, because noticing takes time; more would be delay that short packets don't have
/// otherwise.
pub const LEAD_MS: u16 = 60;
