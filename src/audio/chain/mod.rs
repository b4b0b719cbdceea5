//! What becomes of the microphone's sound before it is coded: less rumble, less echo, less noise, a level that can be heard.
//!
//! Everything runs at 16 kHz, which is what the codec keeps. Each step is a `Stage` over a `Block`; the chain is pure, like
//! what follows it.

mod capture_chain;
mod duck;
mod echo;
mod gain;
mod high_pass;
mod noise;
mod path;
mod rate;
mod setting;
mod stage;

pub use self::capture_chain::CaptureChain;
pub(super) use self::rate::{Down, Up};
pub use self::setting::Chain;
pub use self::stage::Frame;

#[cfg(test)]
mod tests;
