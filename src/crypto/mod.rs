//! What only members know: the words of a code and the keys derived from them; and what only one member knows: how they voted.

pub mod ballot;
pub mod code;
pub mod frame;
pub mod group;
pub mod knock;
pub mod verify;
