//! What only members know: the words of a code, the keys that come of them, and how somebody voted, which only they know.

pub mod ballot;
pub mod code;
pub mod frame;
pub mod group;
pub mod knock;
pub mod verify;
