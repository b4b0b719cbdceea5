use std::fmt::Debug;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index as Cut;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::arbitrary::{down_bundle, to_member, to_relay, up_bundle};
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

proptest! {
    #[test]
    fn messages_to_the_relay_come_back_in_any_pieces(
        messages in vec(to_relay(), 1..5),
        cuts in vec(any::<Cut>(), 0..8),
    ) {
        comes_back(&messages, &cuts)?;
    }

    #[test]
    fn messages_to_members_come_back_in_any_pieces(
        messages in vec(to_member(), 1..5),
        cuts in vec(any::<Cut>(), 0..8),
    ) {
        comes_back(&messages, &cuts)?;
    }

    #[test]
    fn bundles_come_back(up in up_bundle(), down in down_bundle()) {
        let bytes = up.encode().expect("fits");
        prop_assert!(is_bundle(&bytes));
        prop_assert_eq!(UpBundle::decode(&bytes), Ok(up));
        let bytes = down.encode().expect("fits");
        prop_assert!(is_bundle(&bytes));
        prop_assert_eq!(DownBundle::decode(&bytes), Ok(down));
    }

    #[test]
    fn answers_come_back_and_are_no_bundles(up in up_bundle(), sequence in 0..128_u8) {
        let (up, down) = (RetransmitUp(up.frames.clone()), RetransmitDown { sequence, frames: up.frames });
        if let (Ok(up_bytes), Ok(down_bytes)) = (up.encode(), down.encode()) {
            prop_assert!(!is_bundle(&up_bytes) && !is_bundle(&down_bytes));
            prop_assert_eq!(RetransmitUp::decode(&up_bytes), Ok(up));
            prop_assert_eq!(RetransmitDown::decode(&down_bytes), Ok(down));
        }
    }

    #[test]
    fn pulses_and_asks_come_back_and_are_no_bundles(share in 0..=200_u8, gap in 0..=64_u8, other: (u8, u8, u8, u8), more: u16) {
        let (queue, rate, most, round) = other;
        let reception = Reception { loss: Loss { share, gap }, queue, rate, most };
        let (pulse, report) = (Pulse { reception, round }, Report(reception));
        prop_assert!(!is_bundle(&pulse.encode()) && !is_bundle(&report.encode()));
        prop_assert_eq!(Pulse::decode(&pulse.encode()), Ok(pulse));
        prop_assert_eq!(Report::decode(&report.encode()), Ok(report));
        if share > 0 {
            let loss = Loss::new(reception.loss.share(), reception.loss.gap());
            let again = Reception::new(loss, reception.queue(), reception.kbps(), reception.most());
            prop_assert_eq!(again, reception);
        }
        let frames = AskFrames(Missing { first: u16::from(share) * 300, more });
        let bundles = AskBundles(Missing { first: u16::from(gap), more });
        prop_assert_eq!(AskFrames::decode(&frames.encode()), Ok(frames));
        prop_assert_eq!(AskBundles::decode(&bundles.encode()), Ok(bundles));
        prop_assert_eq!(frames.0.numbers().count(), 1 + more.count_ones() as usize);
    }

    #[test]
    fn figures_of_any_kind_become_a_report_that_is_read(share in any::<f64>(), gap in any::<f64>(), kbps in any::<f64>()) {
        let report = Report(Reception::new(Loss::new(share, gap), std::time::Duration::MAX, kbps, Some(kbps)));
        prop_assert_eq!(Report::decode(&report.encode()), Ok(report));
    }

    #[test]
    fn what_a_bundle_is_read_from_is_what_it_is_written_as(bytes in vec(any::<u8>(), 0..80)) {
        if let Ok(up) = UpBundle::decode(&bytes) {
            prop_assert_eq!(up.encode(), Ok(bytes.clone()));
        }
        if let Ok(down) = DownBundle::decode(&bytes) {
            prop_assert_eq!(down.encode(), Ok(bytes.clone()));
        }
        if let Ok(again) = RetransmitUp::decode(&bytes) {
            prop_assert_eq!(again.encode(), Ok(bytes.clone()));
        }
        if let Ok(again) = RetransmitDown::decode(&bytes) {
            prop_assert_eq!(again.encode(), Ok(bytes.clone()));
        }
    }

    #[test]
    fn arbitrary_bytes_are_read_without_harm(bytes in vec(any::<u8>(), 0..1500)) {
        let _ = (read::<ToRelay>(&bytes), read::<ToMember>(&bytes));
        let _ = (UpBundle::decode(&bytes), DownBundle::decode(&bytes), Pulse::decode(&bytes), Report::decode(&bytes));
        let _ = (RetransmitUp::decode(&bytes), RetransmitDown::decode(&bytes), AskFrames::decode(&bytes), AskBundles::decode(&bytes));
    }

    #[test]
    fn arbitrary_bytes_behind_a_true_length_are_read_without_harm(body in vec(any::<u8>(), 0..200)) {
        let mut bytes = (body.len() as u32).to_be_bytes().to_vec();
        bytes.extend(body);
        let _ = (read::<ToRelay>(&bytes), read::<ToMember>(&bytes));
    }

    #[test]
    fn a_message_with_one_byte_changed_is_read_without_harm(
        message in to_member(),
        at in any::<Cut>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = encode(&message).expect("fits");
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read::<ToMember>(&bytes);
    }

    #[test]
    fn a_message_cut_short_within_its_length_is_an_error(message in to_relay(), cut in any::<Cut>()) {
        let whole = encode(&message).expect("fits");
        let length = cut.index(whole.len() - 4);
        let mut bytes = (length as u32).to_be_bytes().to_vec();
        bytes.extend(&whole[4..4 + length]);
        prop_assert_eq!(read::<ToRelay>(&bytes), Err(WireError::Malformed));
    }
}
