//! What only members know: codes and their words.

pub mod code;
