use std::fmt::Debug;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index as Cut;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::arbitrary::{any_of, reception};
use crate::wire::bundle::is_bundle;
use crate::wire::*;

/// Sends messages as one stream, cut at `cuts`, and returns what comes out.
fn through<M: Serialize + DeserializeOwned>(messages: &[M], cuts: &[Cut]) -> Result<Vec<M>, WireError> {
    let mut stream = Vec::new();
    for message in messages {
        stream.extend(encode(message)?);
    }
    let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
    cuts.extend([0, stream.len()]);
    cuts.sort_unstable();
    let (mut framing, mut out) = (Framing::default(), Vec::new());
    for piece in cuts.windows(2) {
        framing.push(&stream[piece[0]..piece[1]]);
        while let Some(message) = framing.next_message()? {
            out.push(message);
        }
    }
    Ok(out)
}

fn comes_back<M>(messages: &[M], cuts: &[Cut]) -> Result<(), TestCaseError>
where
    M: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let out = through(messages, cuts);
    prop_assert_eq!(out.as_deref(), Ok(messages));
    Ok(())
}

/// Reads as a stream until an error or the end.
fn read<M: DeserializeOwned>(bytes: &[u8]) -> Result<usize, WireError> {
    let (mut framing, mut count) = (Framing::default(), 0);
    framing.push(bytes);
    while framing.next_message::<M>()?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// What a datagram is read as is written and read again as the same.
fn is_read_as_written(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(up) = UpDatagram::decode(bytes) {
        let again = up.encode().expect("what came fits");
        // An answer's times and the seats of a report can be written in more than one way.
        prop_assert!(again == bytes || matches!(up, UpDatagram::BackfillAnswer(_)));
        prop_assert_eq!(UpDatagram::decode(&again), Ok(up));
    }
    if let Ok(down) = DownDatagram::decode(bytes) {
        let again = down.encode().expect("what came fits");
        prop_assert!(again == bytes || matches!(down, DownDatagram::BackfillAnswer(_) | DownDatagram::HeardBy(_)));
        prop_assert_eq!(DownDatagram::decode(&again), Ok(down));
    }
    Ok(())
}

proptest! {
    #[test]
    fn messages_to_the_relay_come_back_in_any_pieces(
        messages in vec(any_of::<ToRelay>(), 1..5),
        cuts in vec(any::<Cut>(), 0..8),
    ) {
        comes_back(&messages, &cuts)?;
    }

    #[test]
    fn messages_to_members_come_back_in_any_pieces(
        messages in vec(any_of::<ToMember>(), 1..5),
        cuts in vec(any::<Cut>(), 0..8),
    ) {
        comes_back(&messages, &cuts)?;
    }

    #[test]
    fn datagrams_of_members_come_back(datagram in any_of::<UpDatagram>()) {
        let bytes = datagram.encode().expect("fits");
        prop_assert_eq!(is_bundle(&bytes), matches!(datagram, UpDatagram::Bundle(_)));
        prop_assert_eq!(UpDatagram::decode(&bytes), Ok(datagram));
    }

    #[test]
    fn datagrams_of_relays_come_back(datagram in any_of::<DownDatagram>()) {
        let bytes = datagram.encode().expect("fits");
        prop_assert_eq!(is_bundle(&bytes), matches!(datagram, DownDatagram::Bundle(_)));
        prop_assert_eq!(DownDatagram::decode(&bytes), Ok(datagram));
    }

    #[test]
    fn a_reception_keeps_its_figures(reception in reception()) {
        let loss = Loss::new(reception.loss.share(), reception.loss.gap());
        let again = Reception::new(loss, reception.queue(), reception.kbps(), reception.most());
        // Without loss there is no gap.
        let loss = if reception.loss.share > 0 { reception.loss } else { Loss::default() };
        prop_assert_eq!(again, Reception { loss, ..reception });
    }

    #[test]
    fn a_nack_names_as_many_numbers_as_its_mask(first: u16, more: u16) {
        let numbers: Vec<u16> = Missing { first, more }.numbers().collect();
        prop_assert_eq!((numbers[0], numbers.len()), (first, 1 + more.count_ones() as usize));
    }

    #[test]
    fn figures_of_any_kind_become_a_report_that_is_read(share in any::<f64>(), gap in any::<f64>(), kbps in any::<f64>()) {
        let reception = Reception::new(Loss::new(share, gap), std::time::Duration::MAX, kbps, Some(kbps));
        let report = DownDatagram::Report(UplinkReport(reception));
        prop_assert_eq!(DownDatagram::decode(&report.encode().expect("fits")), Ok(report));
    }

    #[test]
    fn a_datagram_with_a_byte_changed_is_read_as_written(up in any_of::<UpDatagram>(), at in any::<Cut>(), byte: u8) {
        let mut bytes = up.encode().expect("fits");
        let at = at.index(bytes.len());
        bytes[at] = byte;
        is_read_as_written(&bytes)?;
    }

    #[test]
    fn arbitrary_bytes_are_read_as_written_or_refused(
        first in prop_oneof![any::<u8>(), 0x80..0x90_u8],
        rest in prop_oneof![vec(any::<u8>(), 0..80), vec(any::<u8>(), 0..1500)],
    ) {
        let bytes = [&[first][..], &rest].concat();
        is_read_as_written(&bytes)?;
        let _ = (read::<ToRelay>(&bytes), read::<ToMember>(&bytes));
    }

    #[test]
    fn arbitrary_bytes_behind_a_true_length_are_read_without_harm(body in vec(any::<u8>(), 0..200)) {
        let mut bytes = (body.len() as u32).to_be_bytes().to_vec();
        bytes.extend(body);
        let _ = (read::<ToRelay>(&bytes), read::<ToMember>(&bytes));
    }

    #[test]
    fn a_message_with_one_byte_changed_is_read_without_harm(
        message in any_of::<ToMember>(),
        at in any::<Cut>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = encode(&message).expect("fits");
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read::<ToMember>(&bytes);
    }

    #[test]
    fn a_message_cut_short_within_its_length_is_an_error(message in any_of::<ToRelay>(), cut in any::<Cut>()) {
        let whole = encode(&message).expect("fits");
        let length = cut.index(whole.len() - 4);
        let mut bytes = (length as u32).to_be_bytes().to_vec();
        bytes.extend(&whole[4..4 + length]);
        prop_assert_eq!(read::<ToRelay>(&bytes), Err(WireError::Malformed));
    }
}
