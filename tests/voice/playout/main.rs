//! The playout over hours and bad lines, in virtual time.

mod pitch;
