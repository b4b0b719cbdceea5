//! What only members know: the words of a code, and the keys that come of them.

pub mod code;
pub mod frame;
pub mod group;
pub mod knock;
pub mod verify;
