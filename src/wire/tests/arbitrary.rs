//! Strategies for everything that travels, one for each variant.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::Union;

use crate::ids::{
    ActionNo, Attempt, Chain, Epoch, FrameNo, Index, Kid, Layer, LogHead, Nameplate, ProbeNo, RoomId, SeatId, SeatSet,
};
use crate::wire::backfill::{BackfillAnswer, BackfillRequest, NewestFrame};
use crate::wire::knock::{Away, ToDoor, ToJoiner};
use crate::wire::*;

/// What has variants.
pub(super) trait Variants: Sized + std::fmt::Debug + 'static {
    /// Each variant's name, and a strategy for it.
    fn strategies() -> Vec<(&'static str, BoxedStrategy<Self>)>;

    /// The name of this one's variant.
    fn name(&self) -> &'static str;
}

/// A value of any variant.
pub(super) fn any_of<M: Variants>() -> Union<BoxedStrategy<M>> {
    Union::new(M::strategies().into_iter().map(|(_, strategy)| strategy))
}

/// The match over all variants is exhaustive, so one without a strategy doesn't compile.
macro_rules! variants {
    ($of:ident { $($variant:ident: $strategy:expr),+ $(,)? }) => {
        impl Variants for $of {
            fn strategies() -> Vec<(&'static str, BoxedStrategy<Self>)> {
                vec![$((stringify!($variant), $strategy.boxed())),+]
            }

            fn name(&self) -> &'static str {
                match self { $(Self::$variant { .. } => stringify!($variant)),+ }
            }
        }
    };
}

variants!(UpDatagram {
    Bundle: up_bundle().prop_map(Self::Bundle),
    Retransmit: frames().prop_map(|frames| Self::Retransmit(RetransmitUp(frames))),
    Pulse: (reception(), any::<u8>(), any::<bool>()).prop_map(|(reception, round, full)| Self::Pulse(Pulse {
        reception,
        round,
        full
    })),
    Probe: probe().prop_map(Self::Probe),
    Nack: (0..128_u16, any::<u16>()).prop_map(|(first, more)| Self::Nack(NackBundles(Missing { first, more }))),
    BackfillRequest: backfill_request().prop_map(Self::BackfillRequest),
    BackfillAnswer: backfill_answer().prop_map(Self::BackfillAnswer),
    NewestFrame: frame_no().prop_map(|number| Self::NewestFrame(NewestFrame(number))),
    ReceiverReport: vec(report_block(), 1..=limits::REPORT_BLOCKS)
        .prop_map(|blocks| Self::ReceiverReport(ReceiverReport(blocks))),
});

variants!(DownDatagram {
    Bundle: (sequence(), sent(), frames()).prop_map(|(sequence, sent, frames)| Self::Bundle(DownBundle {
        sequence,
        sent,
        frames
    })),
    Retransmit: (sequence(), frames())
        .prop_map(|(sequence, frames)| Self::Retransmit(RetransmitDown { sequence, frames })),
    Report: reception().prop_map(|reception| Self::Report(UplinkReport(reception))),
    Probe: probe().prop_map(Self::Probe),
    Nack: any::<(u16, u16)>().prop_map(|(first, more)| Self::Nack(NackFrames(Missing { first, more }))),
    BackfillRequest: backfill_request().prop_map(Self::BackfillRequest),
    BackfillAnswer: backfill_answer().prop_map(Self::BackfillAnswer),
    HeardBy: heard_by().prop_map(Self::HeardBy),
});

variants!(ToRelay {
    Hello: (any::<u16>(), any_of()).prop_map(|(version, purpose)| Self::Hello(Hello { version, purpose })),
    Knock: blob().prop_map(Self::Knock),
    Answer: (attempt(), blob()).prop_map(|(attempt, blob)| Self::Answer(attempt, blob)),
    TurnAway: (attempt(), blob()).prop_map(|(attempt, blob)| Self::TurnAway(attempt, blob)),
    Append: (number(), epoch(), any_of(), blob()).prop_map(|(number, epoch, act, body)| Self::Append {
        number,
        epoch,
        act,
        body
    }),
    Welcome: (seat(), index(), blob()).prop_map(|(seat, index, body)| Self::Welcome { seat, index, body }),
    Leave: Just(Self::Leave),
    Missed: (any::<u64>(), one_a_seat((seat(), frame_no())))
        .prop_map(|(since_ms, have)| Self::Missed { since_ms, have }),
    Behind: any::<u8>().prop_map(Self::Behind),
    Checkpoint: checkpoint().prop_map(|checkpoint| Self::Checkpoint(Box::new(checkpoint))),
    Entry: entry().prop_map(Self::Entry),
});

variants!(ToMember {
    Hosting: (ticket(), room_state(), tag()).prop_map(|(ticket, state, tag)| Self::Hosting {
        ticket,
        state: Box::new(state),
        tag
    }),
    Attempt: any_of().prop_map(Self::Attempt),
    Answer: blob().prop_map(Self::Answer),
    Knock: (attempt(), blob()).prop_map(|(attempt, blob)| Self::Knock(attempt, blob)),
    KnockOver: attempt().prop_map(Self::KnockOver),
    Seated: (seat(), ticket(), index(), blob(), room_state(), tag()).prop_map(
        |(seat, ticket, index, body, state, tag)| Self::Seated {
            seat,
            ticket,
            index,
            body,
            state: Box::new(state),
            tag
        }
    ),
    Resumed: (index(), number()).prop_map(|(head, last)| Self::Resumed { head, last }),
    Entry: (entry(), proptest::option::of(tag())).prop_map(|(entry, tag)| Self::Entry(entry, tag)),
    Rejected: number().prop_map(Self::Rejected),
    Presence: one_a_seat((seat(), any_of())).prop_map(Self::Presence),
    Refused: any_of().prop_map(Self::Refused),
    Late: one_a_seat((seat(), any::<u8>())).prop_map(Self::Late),
    Missed: one_a_seat(span()).prop_map(Self::Missed),
    Behind: one_a_seat((seat(), any::<u8>())).prop_map(Self::Behind),
    Layers: any::<bool>().prop_map(|thin| Self::Layers { thin }),
    AskCheckpoint: Just(Self::AskCheckpoint),
    Restoring: (any::<u8>(), any::<u8>()).prop_map(|(back, of)| Self::Restoring { back, of }),
    AskEntries: index().prop_map(Self::AskEntries),
    Elsewhere: relay_at().prop_map(Self::Elsewhere),
    Relays: vec(relay_at(), 0..=limits::RELAYS).prop_map(Self::Relays),
    SecondWay: Just(Self::SecondWay),
});

fn relay_at() -> impl Strategy<Value = RelayAt> {
    let host = "[a-z0-9.:_-]{1,40}".prop_map(|text| Host::try_from(text).expect("a host"));
    (host, any::<[u8; 32]>()).prop_map(|(host, key)| RelayAt { host, key })
}

variants!(Purpose {
    Host: Just(Self::Host),
    Knock: (nameplate(), blob()).prop_map(|(plate, blob)| Self::Knock(plate, blob)),
    Resume: (ticket(), log_head()).prop_map(|(ticket, head)| Self::Resume(ticket, head)),
    SecondWay: ticket().prop_map(Self::SecondWay),
});

variants!(Act {
    None: Just(Self::None),
    Commit: (vec((attempt(), seat()), 0..9), vec((seat(), seat()), 0..9), seats())
        .prop_map(|(admit, replace, remove)| Self::Commit { admit, replace, remove }),
    FloorMute: (seats(), any::<bool>()).prop_map(|(seats, on)| Self::FloorMute(seats, on)),
    Lock: any::<bool>().prop_map(Self::Lock),
    Close: Just(Self::Close),
    Doors: vec(seat(), 0..9).prop_map(Self::Doors),
    TakeBack: Just(Self::TakeBack),
    MuteAll: any::<u16>().prop_map(Self::MuteAll),
    Stick: proptest::option::of(seat()).prop_map(Self::Stick),
});

variants!(EntryKind {
    Action: (seat(), number(), any_of(), blob()).prop_map(|(seat, number, act, body)| Self::Action {
        seat,
        number,
        act,
        body
    }),
    Gone: (seat(), any_of()).prop_map(|(seat, gone)| Self::Gone(seat, gone)),
    Lapsed: seat().prop_map(Self::Lapsed),
    Restored: any::<u64>().prop_map(Self::Restored),
});

variants!(Gone { Left: Just(Self::Left), Lost: Just(Self::Lost), NeverCame: Just(Self::NeverCame) });

variants!(Presence { Here: Just(Self::Here), Poor: Just(Self::Poor), Away: Just(Self::Away) });

variants!(Attempting { AtDoor: Just(Self::AtDoor), TurnedAway: blob().prop_map(Self::TurnedAway) });

variants!(Refusal {
    Version: any::<u16>().prop_map(Self::Version),
    NoRoom: Just(Self::NoRoom),
    Full: Just(Self::Full),
    Locked: Just(Self::Locked),
    Busy: Just(Self::Busy),
    SeatGone: Just(Self::SeatGone),
    Replaced: Just(Self::Replaced),
    Removed: Just(Self::Removed),
    Closed: Just(Self::Closed),
    Unavailable: Just(Self::Unavailable),
    Restarting: Just(Self::Restarting),
    Protocol: Just(Self::Protocol),
    NotYet: Just(Self::NotYet),
});

variants!(ToDoor {
    Spake: (any::<[u8; 16]>(), sealed()).prop_map(|(attempt, message)| Self::Spake { attempt, message }),
    Confirm: (any::<[u8; 32]>(), sealed()).prop_map(|(confirmation, sealed)| Self::Confirm { confirmation, sealed }),
    AgreeToRules: sealed().prop_map(|sealed| Self::AgreeToRules { sealed }),
    Note: sealed().prop_map(|sealed| Self::Note { sealed }),
});

variants!(ToJoiner {
    Spake: sealed().prop_map(|message| Self::Spake { message }),
    Confirm: sealed().prop_map(|sealed| Self::Confirm { sealed }),
    Keeper: (any::<u32>(), sealed()).prop_map(|(number, sealed)| Self::Keeper { number, sealed }),
    Keys: (any::<u32>(), sealed()).prop_map(|(number, sealed)| Self::Keys { number, sealed }),
});

variants!(Away { WrongWords: Just(Self::WrongWords), NotNow: Just(Self::NotNow) });

fn sealed() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..200)
}

fn seat() -> impl Strategy<Value = SeatId> {
    (0..SeatId::COUNT).prop_map(SeatId)
}

fn seats() -> impl Strategy<Value = SeatSet> {
    vec(seat(), 0..9).prop_map(SeatSet::from_iter)
}

fn one_a_seat<S: Strategy>(item: S) -> impl Strategy<Value = Vec<S::Value>> {
    vec(item, 0..=usize::from(SeatId::COUNT))
}

fn blob() -> impl Strategy<Value = Blob> {
    let size = prop_oneof![9 => 0..200_usize, 1 => limits::BLOB - 1..=limits::BLOB];
    size.prop_flat_map(|size| vec(any::<u8>(), size)).prop_map(|bytes| Blob::new(bytes).expect("within the limit"))
}

fn ticket() -> impl Strategy<Value = Ticket> {
    any::<[u8; Ticket::LEN]>().prop_map(Ticket)
}

fn tag() -> impl Strategy<Value = Tag> {
    any::<[u8; Tag::LEN]>().prop_map(Tag)
}

fn log_head() -> impl Strategy<Value = LogHead> {
    (index(), any::<[u8; Chain::LEN]>()).prop_map(|(index, chain)| LogHead { index, chain: Chain(chain) })
}

fn entry() -> impl Strategy<Value = Entry> {
    (index(), any::<u64>(), any_of()).prop_map(|(index, at_ms, kind)| Entry { index, at_ms, kind })
}

/// A room after some entries.
fn room_state() -> impl Strategy<Value = RoomState> {
    (any::<[u8; 8]>(), nameplate(), seat(), vec(any_of::<EntryKind>(), 0..9)).prop_map(
        |(id, nameplate, host, kinds)| {
            let mut state = RoomState::open(RoomId(id), nameplate, host);
            for kind in kinds {
                state.apply(&Entry { index: state.head.index.next(), at_ms: 7, kind });
            }
            state
        },
    )
}

fn checkpoint() -> impl Strategy<Value = Checkpoint> {
    (room_state(), tag(), number(), any::<u64>(), seats()).prop_map(|(state, tag, last, group_ms, here)| Checkpoint {
        state,
        tag,
        last,
        group_ms,
        here,
    })
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

fn frame_no() -> impl Strategy<Value = FrameNo> {
    any::<u16>().prop_map(FrameNo)
}

fn span() -> impl Strategy<Value = Span> {
    (seat(), frame_no(), any::<u16>(), any::<(u64, u64)>()).prop_map(|(seat, first, count, (from_ms, to_ms))| Span {
        seat,
        first,
        count,
        from_ms,
        to_ms,
    })
}

fn sequence() -> impl Strategy<Value = u8> {
    0..128_u8
}

fn sent() -> impl Strategy<Value = SendStamp> {
    (0..SendStamp::UNITS).prop_map(|units| SendStamp::from_units(units).expect("below 128"))
}

/// A frame of which at most `most` bytes are sealed.
fn frame(most: usize) -> impl Strategy<Value = Frame> {
    let layer = proptest::sample::select(&Layer::ALL[..]);
    let head = (any::<u8>(), any::<u16>(), any::<bool>(), any::<bool>(), layer, 0..8_u8);
    (head, vec(any::<u8>(), 1..=most)).prop_map(|((kid, number, start, end, layer, level), body)| {
        let head = FrameHead { kid: Kid(kid), number: FrameNo(number), start, end, layer, level };
        Frame { head, body }
    })
}

/// Any count of frames that fit a datagram together, or one or two of the largest.
fn frames() -> impl Strategy<Value = Vec<Frame>> {
    prop_oneof![vec(frame(60), 1..=limits::BUNDLE_FRAMES), vec(frame(limits::FRAME), 1..=2)]
}

fn up_bundle() -> impl Strategy<Value = UpBundle> {
    (sent(), frames()).prop_map(|(sent, frames)| UpBundle { sent, frames })
}

pub(super) fn reception() -> impl Strategy<Value = Reception> {
    let loss = (0..=200_u8, 0..=64_u8).prop_map(|(share, gap)| Loss { share, gap });
    (loss, any::<(u8, u8, u8)>()).prop_map(|(loss, (queue, rate, most))| Reception { loss, queue, rate, most })
}

fn probe() -> impl Strategy<Value = Probe> {
    (sent(), 0..128_u8).prop_map(|(sent, number)| Probe { sent, number: ProbeNo(number) })
}

fn backfill_request() -> impl Strategy<Value = BackfillRequest> {
    (seat(), frame_no(), any::<u16>()).prop_map(|(seat, first, wanted)| BackfillRequest {
        seat,
        first,
        wanted: wanted | 1,
    })
}

/// Of 16 numbers some come, each said within 65 s of the first, and some never will.
fn backfill_answer() -> impl Strategy<Value = BackfillAnswer> {
    let came = vec(proptest::option::of((any::<u16>(), frame(60))), 16);
    (seat(), frame_no(), any::<u16>(), any::<u16>(), came).prop_map(|(seat, first, gone, base, came)| {
        let number = |n: u16| FrameNo(first.0.wrapping_add(n));
        let of_seat = |n: u16, frame: Frame| {
            let head = FrameHead {
                kid: Kid::new(seat, Epoch(frame.head.kid.epoch_bits().into())),
                number: number(n),
                ..frame.head
            };
            Frame { head, ..frame }
        };
        let came = (0..16).zip(came).filter(|(n, _)| gone >> n & 1 == 0);
        let frames = came
            .filter_map(|(n, came)| came.map(|(later, frame)| (u32::from(base) + u32::from(later), of_seat(n, frame))));
        BackfillAnswer { seat, first, gone, frames: frames.collect() }
    })
}

fn report_block() -> impl Strategy<Value = ReportBlock> {
    (seat(), 0..=200_u8).prop_map(|(seat, fraction_lost)| ReportBlock { seat, fraction_lost })
}

fn heard_by() -> impl Strategy<Value = HeardBy> {
    (seats(), 0..40_u8, 0..10_u8).prop_map(|(losing, hear, cut)| {
        let of = losing.iter().count() as u8 + hear + cut;
        HeardBy { of, hear, losing }
    })
}
