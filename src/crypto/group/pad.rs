//! Padding of what members say, so that its length tells little: to multiples of 64 bytes.

use zeroize::Zeroizing;

const BLOCK: usize = 64;
/// Marks the end of the text; zeros follow.
const MARK: u8 = 0x80;

/// `plain`, the mark, and zeros to the next multiple of a block.
pub(super) fn pad(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let len = (plain.len() + 1).next_multiple_of(BLOCK);
    let mut padded = Zeroizing::new(Vec::with_capacity(len));
    padded.extend_from_slice(plain);
    padded.push(MARK);
    padded.resize(len, 0);
    padded
}

/// `plain` and the mark.
pub(super) fn mark(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut marked = Zeroizing::new(Vec::with_capacity(plain.len() + 1));
    marked.extend_from_slice(plain);
    marked.push(MARK);
    marked
}

/// `plain`, the mark, and zeros up to `len` bytes; `None` if there is no room for the mark.
pub(super) fn fill(plain: &[u8], len: usize) -> Option<Zeroizing<Vec<u8>>> {
    let mut filled = Zeroizing::new(Vec::with_capacity(len.max(plain.len() + 1)));
    filled.extend_from_slice(plain);
    filled.push(MARK);
    if filled.len() > len {
        return None;
    }
    filled.resize(len, 0);
    Some(filled)
}

/// Undoes [`pad`], [`mark`] and [`fill`]; `None` if this comes from none of them.
pub(super) fn cut(filled: &[u8]) -> Option<&[u8]> {
    let end = filled.iter().rposition(|byte| *byte != 0)?;
    (filled[end] == MARK).then(|| &filled[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_and_lengths_come_in_steps() {
        for len in 0..300 {
            for fill in [0, MARK, 7] {
                let plain = vec![fill; len];
                let (padded, marked) = (pad(&plain), mark(&plain));
                assert_eq!((padded.len(), marked.len()), ((len / BLOCK + 1) * BLOCK, len + 1));
                assert_eq!((cut(&padded), cut(&marked)), (Some(plain.as_slice()), Some(plain.as_slice())));
            }
        }
    }

    #[test]
    fn what_is_filled_to_one_length_comes_back() {
        for plain in [&[][..], &[0, 0], &[MARK], &[7; 63]] {
            let filled = fill(plain, 64).expect("fits");
            assert_eq!((filled.len(), cut(&filled)), (64, Some(plain)));
        }
        assert!(fill(&[7; 64], 64).is_none() && cut(&[0; 64]).is_none() && cut(&[1; 64]).is_none());
    }

    #[test]
    fn what_has_no_mark_at_its_end_is_refused() {
        for wrong in [&[][..], &[0; 64], &[1; 64], &[MARK, 0, 1, 0]] {
            assert_eq!(cut(wrong), None, "{wrong:?}");
        }
    }
}
