//! Each limit, gone over by one.

use super::super::*;
use crate::ids::{FrameNo, Kid, Layer, ProbeNo, SeatId, SeatSet};

fn up_of(frames: Vec<Frame>) -> UpBundle {
    UpBundle { sent: SendStamp::default(), frames }
}

fn frame(bytes: usize) -> Frame {
    let head = FrameHead { kid: Kid(9), number: FrameNo(1), start: false, end: false, layer: Layer::Full, level: 0 };
    Frame { head, body: vec![7; bytes] }
}

fn next(bytes: &[u8]) -> Result<Option<ToRelay>, WireError> {
    let mut framing = Framing::default();
    framing.push(bytes);
    framing.next_message()
}

#[test]
fn a_length_over_the_limit_is_refused_before_its_bytes_come() {
    let prefix = |length: usize| u32::try_from(length).expect("small").to_be_bytes();
    assert_eq!(next(&prefix(limits::CONTROL_MESSAGE)), Ok(None));
    assert_eq!(next(&prefix(limits::CONTROL_MESSAGE + 1)), Err(WireError::TooLarge));
    assert_eq!(next(&[0xff; 4]), Err(WireError::TooLarge));
}

#[test]
fn a_message_over_the_limit_is_not_written() {
    assert!(encode(&vec![0_u8; limits::CONTROL_MESSAGE - 3]).is_ok());
    assert_eq!(encode(&vec![0_u8; limits::CONTROL_MESSAGE]), Err(WireError::TooLarge));
}

#[test]
fn the_largest_blob_fits_and_one_byte_more_does_not() {
    assert!(Blob::new(vec![0; limits::BLOB + 1]).is_none());
    let largest = Blob::new(vec![0; limits::BLOB]).expect("within the limit");
    assert!(encode(&ToRelay::Knock(largest)).is_ok());
    // The same message as a liar would write it: variant 1, a length as a varint, the bytes.
    let knock = |length: usize| {
        let mut body = vec![1];
        body.extend(postcard::to_stdvec(&vec![0_u8; length]).expect("encoded"));
        let mut bytes = u32::try_from(body.len()).expect("small").to_be_bytes().to_vec();
        bytes.extend(body);
        bytes
    };
    assert!(matches!(next(&knock(limits::BLOB)), Ok(Some(ToRelay::Knock(_)))));
    assert_eq!(next(&knock(limits::BLOB + 1)), Err(WireError::Malformed));
}

#[test]
fn a_list_of_presences_longer_than_there_are_seats_is_refused() {
    let list = |seats: usize| {
        let mut framing = Framing::default();
        framing.push(&encode(&ToMember::Presence(vec![(SeatId(0), Presence::Here); seats])).expect("fits"));
        framing.next_message::<ToMember>()
    };
    assert!(list(usize::from(SeatId::COUNT)).is_ok());
    assert_eq!(list(usize::from(SeatId::COUNT) + 1), Err(WireError::Malformed));
}

#[test]
fn a_seat_that_no_room_gives_out_is_refused() {
    let append = |seat: u8| {
        encode(&ToRelay::Append {
            number: crate::ids::ActionNo(1),
            epoch: crate::ids::Epoch(0),
            act: Act::Commit {
                admit: vec![(crate::ids::Attempt(1), SeatId(seat))],
                replace: vec![],
                remove: SeatSet::default(),
            },
            body: Blob::default(),
        })
    };
    assert!(next(&append(63).expect("fits")).is_ok());
    assert_eq!(next(&append(64).expect("fits")), Err(WireError::Malformed));
}

#[test]
fn a_frame_over_the_limit_is_neither_written_nor_read() {
    assert!(up_of(vec![frame(limits::FRAME)]).encode().is_ok());
    assert_eq!(up_of(vec![frame(limits::FRAME + 1)]).encode(), Err(WireError::TooLarge));
    let mut bytes = up_of(vec![frame(limits::FRAME)]).encode().expect("fits");
    bytes.push(0);
    assert_eq!(UpDatagram::decode(&bytes), Err(WireError::TooLarge));
}

#[test]
fn an_empty_frame_or_bundle_is_neither_written_nor_read() {
    assert_eq!(up_of(vec![frame(0)]).encode(), Err(WireError::Malformed));
    assert_eq!(up_of(Vec::new()).encode(), Err(WireError::Malformed));
    assert_eq!(UpDatagram::decode(&[]), Err(WireError::Malformed));
    assert_eq!(DownDatagram::decode(&[]), Err(WireError::Malformed));
    assert_eq!(DownDatagram::decode(&[0]), Err(WireError::Malformed));
    let bytes = up_of(vec![frame(1)]).encode().expect("fits");
    assert_eq!(UpDatagram::decode(&bytes[..bytes.len() - 1]), Err(WireError::Malformed));
}

#[test]
fn more_frames_than_the_limit_are_neither_written_nor_read() {
    let full = up_of(vec![frame(1); limits::BUNDLE_FRAMES]);
    let bytes = full.encode().expect("fits");
    assert_eq!(up_of(vec![frame(1); limits::BUNDLE_FRAMES + 1]).encode(), Err(WireError::TooLarge));
    // One frame that is not the last (head, kid, number, length, body) before a full bundle.
    let more = [&bytes[..1], &[0, 9, 0, 1, 0, 1, 7], &bytes[1..]].concat();
    assert_eq!(UpDatagram::decode(&more), Err(WireError::TooLarge));
}

#[test]
fn a_datagram_over_the_limit_is_neither_written_nor_read() {
    // A frame costs its head, key and number, one that is not the last its length too; a bundle costs its stamp, and one down its
    // sequence.
    let up = |last: usize| up_of(vec![frame(limits::FRAME), frame(limits::FRAME), frame(last)]);
    let last = limits::DATAGRAM - 2 * (limits::FRAME + 6) - 5;
    let bytes = up(last).encode().expect("fits");
    assert_eq!(bytes.len(), limits::DATAGRAM);
    assert_eq!(UpDatagram::decode(&bytes), Ok(UpDatagram::Bundle(up(last))));
    assert_eq!(up(last + 1).encode(), Err(WireError::TooLarge));
    assert_eq!(UpDatagram::decode(&[bytes, vec![0]].concat()), Err(WireError::TooLarge));

    let down = |last: usize| DownBundle { sequence: 0, sent: SendStamp::default(), frames: up(last).frames };
    let bytes = down(last - 1).encode().expect("fits");
    assert_eq!(bytes.len(), limits::DATAGRAM);
    assert_eq!(down(last).encode(), Err(WireError::TooLarge));
    assert_eq!(DownDatagram::decode(&[bytes, vec![0]].concat()), Err(WireError::TooLarge));
}

#[test]
fn unknown_bits_and_kinds_are_refused() {
    for head in [0x80, 0x88, 0xc0] {
        assert_eq!(UpDatagram::decode(&[0, head | 0x40, 9, 0, 1, 7]), Err(WireError::Malformed), "{head:#x}");
    }
    assert_eq!(DownDatagram::decode(&[0x80, 0, 0x40, 9, 0, 1, 7]), Err(WireError::Malformed));
    assert_eq!(DownDatagram::decode(&[0, 0x80, 0x40, 9, 0, 1, 7]), Err(WireError::Malformed));
    let (pulse, report) = ([0x80, 200, 64, 255, 255, 255, 255], [0x81, 200, 64, 255, 255, 255]);
    assert!(UpDatagram::decode(&pulse).is_ok() && DownDatagram::decode(&report).is_ok());
    for wrong in [&[0x80, 201, 0, 0, 0, 0, 0][..], &[0x80, 0, 65, 0, 0, 0, 0], &report, &pulse[..6], &[0x80; 8]] {
        assert_eq!(UpDatagram::decode(wrong), Err(WireError::Malformed), "{wrong:?}");
    }
    for wrong in [&[0x81, 201, 0, 0, 0, 0][..], &[0x81, 0, 65, 0, 0, 0], &pulse, &report[..5], &[0x81; 7]] {
        assert_eq!(DownDatagram::decode(wrong), Err(WireError::Malformed), "{wrong:?}");
    }
    // A probe's number says how long it is, and it is nothing else.
    let probe = |number| Probe { sent: SendStamp::default(), number: ProbeNo(number) }.encode();
    assert_eq!([probe(0).len(), probe(1).len()], [194, 14]);
    let with = |bytes: &[u8], at: usize, byte: u8| {
        let mut bytes = bytes.to_vec();
        bytes[at] = byte;
        bytes
    };
    let (long, short) = (probe(0), probe(1));
    for wrong in
        [with(&long, 2, 1), with(&short, 2, 0), with(&long, 2, 0x80), with(&long, 193, 1), short[..13].to_vec()]
    {
        assert_eq!(UpDatagram::decode(&wrong), Err(WireError::Malformed), "{wrong:?}");
        assert_eq!(DownDatagram::decode(&wrong), Err(WireError::Malformed), "{wrong:?}");
    }
    for wrong in [&[0x85, 0x80, 0, 0][..], &[0x85, 0, 0], &[0x84, 0, 0, 0], &[0x84, 0, 0, 0, 0, 0]] {
        assert_eq!(UpDatagram::decode(wrong), Err(WireError::Malformed), "{wrong:?}");
        assert_eq!(DownDatagram::decode(wrong), Err(WireError::Malformed), "{wrong:?}");
    }
    for wrong in [&[0x83, 0x80, 0x40, 9, 0, 1, 7][..], &[0x82], &[0x83, 0]] {
        assert_eq!(DownDatagram::decode(wrong), Err(WireError::Malformed), "{wrong:?}");
        assert_eq!(UpDatagram::decode(wrong), Err(WireError::Malformed), "{wrong:?}");
    }
}

#[test]
fn a_message_with_something_behind_it_is_refused() {
    let mut bytes = encode(&ToRelay::Leave).expect("fits");
    assert_eq!(next(&bytes), Ok(Some(ToRelay::Leave)));
    bytes.push(0);
    bytes[3] += 1;
    assert_eq!(next(&bytes), Err(WireError::Malformed));
}

#[test]
fn a_ticket_is_never_shown() {
    let shown = format!("{:?}", Purpose::Resume(Ticket([0xab; Ticket::LEN]), Default::default()));
    assert!(shown.contains("secret") && !shown.contains("171") && !shown.contains("ab,"), "{shown}");
}
