//! The first byte of every datagram that isn't a bundle. A bundle's first byte is below 128.

pub(super) const PULSE: u8 = 0x80;
pub(super) const UPLINK_REPORT: u8 = 0x81;
pub(super) const RETRANSMIT_UP: u8 = 0x82;
pub(super) const RETRANSMIT_DOWN: u8 = 0x83;
pub(super) const NACK_FRAMES: u8 = 0x84;
pub(super) const NACK_BUNDLES: u8 = 0x85;
pub(super) const PROBE: u8 = 0x86;
pub(super) const BACKFILL_REQUEST: u8 = 0x88;
pub(super) const BACKFILL_ANSWER: u8 = 0x89;
pub(super) const NEWEST_FRAME: u8 = 0x8a;
pub(super) const RECEIVER_REPORT: u8 = 0x8b;
pub(super) const HEARD_BY: u8 = 0x8c;
pub(super) const NUMBERED: u8 = 0x8d;
