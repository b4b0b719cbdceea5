//! The playout over hours and bad lines, in virtual time.

mod decoder_complexity;
mod drift;
mod line;
mod noise;
mod pitch;
mod repair;
mod talkers;
