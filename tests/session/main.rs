//! Whole groups, simulated: whatever the lines do, all connected members agree, and nothing acknowledged is lost.

mod agreement;
mod ballot;
mod behind;
mod care;
mod decisions;
mod decoy;
mod devices;
mod door;
#[cfg(feature = "client")]
mod evening;
mod facilitator;
mod fault_script;
mod harness;
mod hearing;
mod holes;
mod lines;
mod microphone;
mod narrow;
mod reference;
mod restart;
mod restore;
mod resume;
mod roles;
mod sealed;
mod second_way;
mod turns;
