//! Strategies for everything that travels.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::ids::{ActionNo, Attempt, Epoch, FrameNo, Index, Kid, Nameplate, SeatId, SeatSet};
use crate::wire::*;

pub fn seat() -> impl Strategy<Value = SeatId> {
    (0..SeatId::COUNT).prop_map(SeatId)
}

fn blob() -> impl Strategy<Value = Blob> {
    let size = prop_oneof![9 => 0..200_usize, 1 => limits::BLOB - 1..=limits::BLOB];
    size.prop_flat_map(|size| vec(any::<u8>(), size)).prop_map(|bytes| Blob::new(bytes).expect("within the limit"))
}

fn ticket() -> impl Strategy<Value = Ticket> {
    any::<[u8; 16]>().prop_map(Ticket)
}

fn nameplate() -> impl Strategy<Value = Nameplate> {
    (Nameplate::MIN..=Nameplate::MAX).prop_map(Nameplate)
}

fn attempt() -> impl Strategy<Value = Attempt> {
    any::<u32>().prop_map(Attempt)
}

fn index() -> impl Strategy<Value = Index> {
    any::<u64>().prop_map(Index)
}

fn number() -> impl Strategy<Value = ActionNo> {
    any::<u64>().prop_map(ActionNo)
}

fn epoch() -> impl Strategy<Value = Epoch> {
    any::<u32>().prop_map(Epoch)
}

fn seats() -> impl Strategy<Value = SeatSet> {
    vec(seat(), 0..9).prop_map(SeatSet::from_iter)
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        Just(Act::None),
        (vec((attempt(), seat()), 0..9), seats(), seats()).prop_map(|(admit, replace, remove)| Act::Commit {
            admit,
            replace,
            remove
        }),
        (seats(), any::<bool>()).prop_map(|(seats, on)| Act::FloorMute(seats, on)),
        any::<bool>().prop_map(Act::Lock),
        Just(Act::Close),
        vec(seat(), 0..9).prop_map(Act::Doors),
        Just(Act::TakeBack),
        any::<u16>().prop_map(Act::MuteAll),
        proptest::option::of(seat()).prop_map(Act::Stick),
    ]
}

fn purpose() -> impl Strategy<Value = Purpose> {
    prop_oneof![
        Just(Purpose::Host),
        (nameplate(), blob()).prop_map(|(plate, blob)| Purpose::Knock(plate, blob)),
        (ticket(), index()).prop_map(|(ticket, index)| Purpose::Resume(ticket, index)),
    ]
}

pub fn to_relay() -> impl Strategy<Value = ToRelay> {
    prop_oneof![
        (any::<u16>(), purpose()).prop_map(|(version, purpose)| ToRelay::Hello(Hello { version, purpose })),
        blob().prop_map(ToRelay::Knock),
        (attempt(), blob()).prop_map(|(attempt, blob)| ToRelay::Answer(attempt, blob)),
        (attempt(), blob()).prop_map(|(attempt, blob)| ToRelay::TurnAway(attempt, blob)),
        (number(), epoch(), act(), blob()).prop_map(|(number, epoch, act, body)| ToRelay::Append {
            number,
            epoch,
            act,
            body
        }),
        (seat(), index(), blob()).prop_map(|(seat, index, body)| ToRelay::Welcome { seat, index, body }),
        Just(ToRelay::Leave),
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    let gone = prop_oneof![Just(Gone::Left), Just(Gone::Lost), Just(Gone::NeverCame)];
    let kind = prop_oneof![
        (seat(), number(), act(), blob()).prop_map(|(seat, number, act, body)| EntryKind::Action {
            seat,
            number,
            act,
            body
        }),
        (seat(), gone).prop_map(|(seat, gone)| EntryKind::Gone(seat, gone)),
        seat().prop_map(EntryKind::Lapsed),
    ];
    (index(), any::<u64>(), kind).prop_map(|(index, at_ms, kind)| Entry { index, at_ms, kind })
}

fn refusal() -> impl Strategy<Value = Refusal> {
    prop_oneof![
        any::<u16>().prop_map(Refusal::Version),
        Just(Refusal::NoRoom),
        Just(Refusal::Full),
        Just(Refusal::Locked),
        Just(Refusal::Busy),
        Just(Refusal::SeatGone),
        Just(Refusal::Replaced),
        Just(Refusal::Removed),
        Just(Refusal::Closed),
        Just(Refusal::Unavailable),
        Just(Refusal::Protocol),
    ]
}

fn presence() -> impl Strategy<Value = Presence> {
    prop_oneof![Just(Presence::Here), Just(Presence::Poor), Just(Presence::Away)]
}

pub fn to_member() -> impl Strategy<Value = ToMember> {
    let attempting = prop_oneof![Just(Attempting::AtDoor), blob().prop_map(Attempting::TurnedAway)];
    prop_oneof![
        (nameplate(), seat(), ticket()).prop_map(|(nameplate, seat, ticket)| ToMember::Hosting {
            nameplate,
            seat,
            ticket
        }),
        attempting.prop_map(ToMember::Attempt),
        blob().prop_map(ToMember::Answer),
        (attempt(), blob()).prop_map(|(attempt, blob)| ToMember::Knock(attempt, blob)),
        attempt().prop_map(ToMember::KnockOver),
        (seat(), ticket(), index(), blob()).prop_map(|(seat, ticket, index, body)| ToMember::Seated {
            seat,
            ticket,
            index,
            body
        }),
        (index(), number()).prop_map(|(head, last)| ToMember::Resumed { head, last }),
        entry().prop_map(ToMember::Entry),
        number().prop_map(ToMember::Rejected),
        vec((seat(), presence()), 0..=usize::from(SeatId::COUNT)).prop_map(ToMember::Presence),
        refusal().prop_map(ToMember::Refused),
    ]
}

/// Frames of which `most` bytes each are sealed.
pub fn frame(most: usize) -> impl Strategy<Value = Frame> {
    let head = (any::<u8>(), any::<u16>(), any::<bool>(), any::<bool>(), any::<bool>(), 0..8_u8);
    (head, vec(any::<u8>(), 1..=most)).prop_map(|((kid, number, start, end, thin, level), body)| {
        let head = FrameHead { kid: Kid(kid), number: FrameNo(number), start, end, thin, level };
        Frame { head, body }
    })
}

/// Bundles of any count whose frames fit a datagram together, and of one of the largest.
fn sent() -> impl Strategy<Value = SendStamp> {
    (0..128_u64).prop_map(|n| SendStamp::at(crate::ids::Time(n * 8000)))
}

pub fn up_bundle() -> impl Strategy<Value = UpBundle> {
    let many = vec(frame(60), 1..=limits::BUNDLE_FRAMES);
    let frames = prop_oneof![many, vec(frame(limits::FRAME), 1..=2)];
    (sent(), frames).prop_map(|(sent, frames)| UpBundle { sent, frames })
}

pub fn down_bundle() -> impl Strategy<Value = DownBundle> {
    (0..128_u8, up_bundle()).prop_map(|(sequence, UpBundle { sent, frames })| DownBundle { sequence, sent, frames })
}
