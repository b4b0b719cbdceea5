//! What travels with each packet of sound, in bytes: what a line carries more than the codec makes.

/// IP, UDP and QUIC around a datagram: at least 20 + 8 + 25. A longer packet number or IPv6 takes more.
pub const DATAGRAM: usize = 53;
/// A bundle's own, on the way up: its stamp.
pub const UP_BUNDLE: usize = 1;
/// A bundle's own, on the way down: its sequence and its stamp.
pub const DOWN_BUNDLE: usize = 2;
/// A frame's head, key and number.
pub const FRAME_HEAD: usize = 4;
/// The length of a frame that is not the last of its bundle.
pub const FRAME_LENGTH: usize = 2;
/// Within the seal: when the packet was said, in units of 20 ms.
pub const TICK: usize = 1;
/// Within the seal of a frame of the thin layer: for how many others it stands.
pub const THIN_COUNT: usize = 1;
/// The seal's tag.
pub const TAG: usize = 8;
