//! The playout over hours and bad lines, in virtual time.

mod drift;
mod effort;
mod line;
mod noise;
mod pitch;
mod repair;
mod talkers;
