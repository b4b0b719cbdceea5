//! What of a QUIC packet can be read by anybody (RFC 9000, section 17): which kind it is, and where it ends.

/// The kinds that matter while a connection begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A first packet, or its answer.
    Initial,
    /// From the end of the handshake.
    Handshake,
    /// 0-RTT, Retry, or of another version.
    OtherLong,
    /// Of a connection that has begun.
    Short,
}

/// The kind of the first packet in a datagram; `None` if it is empty.
pub(super) fn kind(datagram: &[u8]) -> Option<Kind> {
    let first = *datagram.first()?;
    let version_1 = datagram.get(1..5) == Some(&[0, 0, 0, 1]);
    Some(match (first & 0x80 != 0, (first >> 4) & 3) {
        (false, _) => Kind::Short,
        (true, 0) if version_1 => Kind::Initial,
        (true, 2) if version_1 => Kind::Handshake,
        (true, _) => Kind::OtherLong,
    })
}

/// Where the first packet of a datagram ends, if it is an Initial or Handshake packet and all of it is there.
pub(super) fn end(datagram: &[u8]) -> Option<usize> {
    let kind = kind(datagram).filter(|kind| matches!(kind, Kind::Initial | Kind::Handshake))?;
    let after_id = |at: usize| Some(at + 1 + usize::from(*datagram.get(at)?));
    let mut at = after_id(after_id(5)?)?;
    if kind == Kind::Initial {
        let (token, after) = number(datagram, at)?;
        at = after.checked_add(token)?;
    }
    let (length, after) = number(datagram, at)?;
    after.checked_add(length).filter(|end| *end <= datagram.len())
}

/// Whether there are only Initial packets in a datagram.
pub(super) fn is_only_initial(mut datagram: &[u8]) -> bool {
    let mut any = false;
    while let Some(end) = (kind(datagram) == Some(Kind::Initial)).then(|| end(datagram)).flatten() {
        (datagram, any) = (&datagram[end..], true);
    }
    any && datagram.is_empty()
}

/// Whether there is a packet of this kind in a datagram, as far as its packets are long ones.
pub(super) fn has(mut datagram: &[u8], wanted: Kind) -> bool {
    loop {
        if kind(datagram) == Some(wanted) {
            return true;
        }
        match end(datagram) {
            Some(end) => datagram = &datagram[end..],
            None => return false,
        }
    }
}

/// A variable-length integer (RFC 9000, section 16), and where what follows it begins.
fn number(datagram: &[u8], at: usize) -> Option<(usize, usize)> {
    let first = *datagram.get(at)?;
    let after = at + (1 << (first >> 6));
    let rest = datagram.get(at + 1..after)?;
    let value = rest.iter().fold(u64::from(first & 0x3f), |value, byte| value << 8 | u64::from(*byte));
    Some((usize::try_from(value).ok()?, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn initial(length: u8) -> Vec<u8> {
        let mut packet = vec![0xc3, 0, 0, 0, 1, 2, 9, 9, 1, 7, 0, 0x40, length];
        packet.extend(vec![5; usize::from(length)]);
        packet
    }

    fn handshake() -> Vec<u8> {
        vec![0xe3, 0, 0, 0, 1, 0, 1, 7, 3, 1, 2, 3]
    }

    #[test]
    fn packets_in_one_datagram_are_told_apart() {
        let datagram = [initial(30), handshake(), vec![0x41, 1, 2, 3]].concat();
        assert_eq!((kind(&datagram), end(&datagram)), (Some(Kind::Initial), Some(43)));
        assert_eq!((kind(&datagram[43..]), end(&datagram[43..])), (Some(Kind::Handshake), Some(12)));
        assert_eq!((kind(&datagram[55..]), end(&datagram[55..])), (Some(Kind::Short), None));
        assert!(!is_only_initial(&datagram) && is_only_initial(&datagram[..43]));
        assert!(is_only_initial(&[initial(30), initial(3)].concat()));
        assert!(has(&datagram, Kind::Handshake) && has(&datagram, Kind::Short) && !has(&initial(9), Kind::Handshake));
    }

    #[test]
    fn cut_off_and_wild_packets_end_nowhere() {
        let datagram = [initial(30), handshake()].concat();
        for cut in 0..43 {
            assert_eq!(end(&datagram[..cut]), None);
            assert!(!is_only_initial(&datagram[..cut]));
        }
        assert_eq!(end(&[&[0xc0, 0, 0, 0, 1, 0, 0][..], &[0xff; 20]].concat()), None, "a token without end");
        assert_eq!(kind(&[0xc0, 0, 0, 0, 2]), Some(Kind::OtherLong));
    }
}
