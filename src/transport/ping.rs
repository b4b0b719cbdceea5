//! A word beside QUIC's first packets: has the relay got them?
//!
//! A first packet and its answer have 1,200 bytes each (RFC 9000, section 8.1), which take 1.4 s on 16 kbps. Without an answer,
//! nobody knows whether they are lost or only on their way. A ping behind them has 12 bytes and can't overtake them, so its
//! answer tells. Neither is longer than what it answers, and an answer is never answered, so nobody can make a relay send more
//! than they send themselves. No QUIC packet is as short.

/// Bytes of a ping, and of its answer.
pub(super) const LENGTH: usize = 12;

/// In the first byte, the bit is clear that every QUIC packet of ours has set.
const MAGIC: [u8; 8] = *b"\x21ingle\r\n";

/// What is asked and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ping {
    /// A member asks whether the relay has got its first packet.
    Ask,
    /// A member knows that the relay has, and asks for the answer again.
    Again,
    /// The relay has not got it.
    NotBegun,
    /// The relay has.
    Begun,
}

const KINDS: [Ping; 4] = [Ping::Ask, Ping::Again, Ping::NotBegun, Ping::Begun];

/// A ping as it is on the wire. What follows the kind comes back in the answer.
pub(super) fn write(ping: Ping, number: u8, token: [u8; 2]) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    bytes[..8].copy_from_slice(&MAGIC);
    bytes[8] = ping as u8;
    bytes[9] = number;
    bytes[10..].copy_from_slice(&token);
    bytes
}

/// The ping in a datagram, if it is one: its kind, its number and its token.
pub(super) fn read(datagram: &[u8]) -> Option<(Ping, u8, [u8; 2])> {
    let [magic @ .., kind, number, a, b] = <[u8; LENGTH]>::try_from(datagram).ok()?;
    (magic == MAGIC).then_some(())?;
    Some((*KINDS.get(usize::from(kind))?, number, [a, b]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ping_comes_back_and_nothing_else_is_one() {
        for (number, kind) in KINDS.into_iter().enumerate() {
            let bytes = write(kind, number as u8, [7, 9]);
            assert_eq!(read(&bytes), Some((kind, number as u8, [7, 9])));
            assert_eq!(read(&bytes[..11]), None);
            assert_eq!(read(&[&bytes[..], &[0]].concat()), None);
            let mut other = bytes;
            other[8] = 4;
            assert_eq!(read(&other), None);
            other = bytes;
            other[3] ^= 1;
            assert_eq!(read(&other), None);
        }
    }
}
