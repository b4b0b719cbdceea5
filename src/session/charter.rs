//! What the group has agreed on for holding itself: what a facilitator does alone, what everybody may, and how decisions
//! are taken. Chosen by the member who opens the group, and from then on changed by the group only.

mod points;
mod power;
#[cfg(test)]
mod tests;
mod threshold;
mod write;

pub use points::Charter;
pub use power::{Chair, Power, Say};
pub use threshold::{Tally, Threshold};
pub use write::CharterError;
