//! What each kind of datagram and message costs at its worst, in steps and outputs, in a full room whose members all mean ill.

use super::*;
use crate::adapt::work;
use crate::ids::ProbeNo;
use crate::wire::backfill::NewestFrame;
use crate::wire::{Missing, NackBundles, Probe, ReceiverReport, ReportBlock, RetransmitUp, UpDatagram};

const SEATS: usize = limits::MEMBERS;
/// Frames in one datagram, each of which goes to everybody: a step to choose, one to pack and one to send.
const VOICE: usize = 6 * limits::BUNDLE_FRAMES * SEATS;
/// Numbers in one request or answer, each looked for among the runs of a hole, and what is asked for by it.
const HOLE_WORK: usize = 80 * limits::HOLE_RUNS;

/// The kind's place in the list of all, and the most steps and outputs that one may cost. A new kind needs both.
fn datagram_bound(datagram: &UpDatagram) -> (usize, usize) {
    match datagram {
        UpDatagram::Bundle(_) => (0, VOICE + HOLE_WORK),
        UpDatagram::Retransmit(_) => (1, VOICE + HOLE_WORK),
        UpDatagram::Pulse(_) => (2, 3 * SEATS),
        UpDatagram::Probe(_) => (3, 2),
        UpDatagram::Nack(_) => (4, 40),
        UpDatagram::BackfillRequest(_) => (5, 20 * limits::HOLE_RUNS),
        UpDatagram::BackfillAnswer(_) => (6, SEATS + HOLE_WORK),
        UpDatagram::NewestFrame(_) => (7, HOLE_WORK),
        UpDatagram::ReceiverReport(_) => (8, 10),
    }
}

const DATAGRAMS: usize = 9;

/// The same of messages.
fn message_bound(message: &ToRelay) -> (usize, usize) {
    match message {
        ToRelay::Append { .. } => (0, 4 * SEATS),
        ToRelay::Answer(..) => (1, 2),
        ToRelay::TurnAway(..) => (2, 3),
        ToRelay::Welcome { .. } => (3, 2),
        ToRelay::Missed { .. } => (4, 20 * SEATS),
        ToRelay::Behind(_) => (5, 1),
        ToRelay::Knock(_) => (6, 1),
        ToRelay::Hello(_) => (7, 2 * SEATS),
        ToRelay::Leave => (8, 3 * SEATS),
        ToRelay::Checkpoint(_) => (9, 2 * SEATS),
        ToRelay::Entry(_) => (10, 1),
    }
}

const MESSAGES: usize = 11;

fn full_room() -> (Rig, Vec<Guest>) {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let mut all = vec![host.clone()];
    for number in 2..=SEATS as u64 {
        all.push(rig.join(&host, nameplate, number));
        rig.now = rig.now + limits::DOOR_KNOCKS_EVERY;
    }
    (rig, all)
}

impl Rig {
    /// Steps and outputs since the last call.
    fn work(&mut self) -> usize {
        let outputs = std::iter::from_fn(|| self.relay.poll_output()).count();
        work::taken() + outputs
    }
}

/// The `n`th of the worst datagrams of `by`, at a time when its newest frame is about `newest`.
fn worst_datagrams(by: SeatId, newest: u16, n: u16) -> Vec<UpDatagram> {
    let frames = |first: u16, step: u16| -> Vec<Frame> {
        let frame = |at: u16| {
            let mut frame = sealed(by, first.wrapping_add(at * step), 7);
            frame.head.layer = if (at + n).is_multiple_of(3) { Layer::Thin } else { Layer::Full };
            frame.body.truncate(20);
            frame
        };
        (0..limits::BUNDLE_FRAMES as u16).map(frame).collect()
    };
    let first = FrameNo(newest.wrapping_sub(n.wrapping_mul(31) % 6000));
    let full = |first: FrameNo| (0..15).map(move |at| sealed(by, first.0.wrapping_add(at), 7));
    let gone = if n.is_multiple_of(2) { 0x5555 } else { 0xaaaa };
    let said = |frame: Frame| (1000, Frame { body: vec![7; 20], ..frame });
    vec![
        UpDatagram::Bundle(UpBundle { sent: SendStamp::default(), frames: frames(newest, 40) }),
        UpDatagram::Retransmit(RetransmitUp(frames(newest.wrapping_add(500), 3))),
        UpDatagram::Pulse(Pulse {
            reception: Reception { queue: (n % 200) as u8, ..Reception::default() },
            round: 5,
            full: false,
        }),
        UpDatagram::Probe(Probe { sent: SendStamp::default(), number: ProbeNo((n % 128) as u8) }),
        UpDatagram::Nack(NackBundles(Missing { first: n % 128, more: u16::MAX })),
        UpDatagram::BackfillRequest(BackfillRequest { seat: SeatId((n % 5) as u8), first, wanted: u16::MAX }),
        UpDatagram::BackfillAnswer(BackfillAnswer { seat: by, first, gone, frames: vec![] }),
        UpDatagram::BackfillAnswer(BackfillAnswer {
            seat: by,
            first,
            gone: 0,
            frames: full(first).map(said).collect(),
        }),
        UpDatagram::NewestFrame(NewestFrame(FrameNo(newest.wrapping_add(6600)))),
        UpDatagram::ReceiverReport(ReceiverReport(
            (0..8).map(|at| ReportBlock { seat: SeatId((at + (n % 50) as u8) % 50), fraction_lost: 200 }).collect(),
        )),
    ]
}

#[test]
fn no_datagram_costs_more_for_what_others_sent() {
    let (mut rig, all) = full_room();
    let mut worst = [0; DATAGRAMS];
    let mut newest = [0_u16; SEATS];
    for n in 0..600_u16 {
        rig.now = rig.now + Duration::from_millis(if n % 20 == 0 { 1000 } else { 40 });
        for (at, guest) in all.iter().enumerate().take(6) {
            if n % 4 == 0 {
                newest[at] = newest[at].wrapping_add(if n % 40 == 0 { 6600 } else { 20 });
            }
            // Voice has one budget, so both kinds of it take turns.
            let skipped = usize::from(n % 8 < 4);
            for (_, datagram) in (0..).zip(worst_datagrams(guest.seat, newest[at], n)).filter(|(at, _)| *at != skipped)
            {
                let bytes = datagram.encode().expect("one that a member can send");
                rig.work();
                rig.relay.handle_datagram(guest.conn, &bytes, rig.now);
                let (kind, bound) = datagram_bound(&datagram);
                let cost = rig.work();
                worst[kind] = cost.max(worst[kind]);
                assert!(cost <= bound, "{datagram:?} cost {cost}");
            }
        }
        for guest in &all {
            rig.relay.handle_heard(guest.conn, rig.now);
        }
        rig.relay.handle_timeout(rig.now);
    }
    println!("at worst {worst:?}");
    assert!(worst.iter().all(|cost| *cost > 0), "{worst:?}");
}

#[test]
fn every_kind_of_datagram_has_a_budget() {
    for kind in 0..=DATAGRAMS {
        let (mut rig, all) = full_room();
        let by = &all[7];
        let bytes: Vec<Vec<u8>> = (0..3000)
            .map(|n| worst_datagrams(by.seat, 40_u16.wrapping_mul(n), n)[kind].encode().expect("one that fits"))
            .collect();
        rig.work();
        let mut total = 0;
        for bytes in &bytes {
            rig.relay.handle_datagram(by.conn, bytes, rig.now);
            total += rig.work();
        }
        let mut late = 0;
        for bytes in &bytes {
            rig.relay.handle_datagram(by.conn, bytes, rig.now);
            late += rig.work();
        }
        println!("{kind}: {total} for 3000 at once");
        assert_eq!(late, 0, "kind {kind}: what is over the budget costs nothing");
        // As if one of the costliest kind came a thousand times.
        assert!(total <= 240 * (VOICE + HOLE_WORK), "{kind}: {total}");
    }
}

/// The `n`th of the worst messages of a seat whose next action has this number.
fn worst_messages(n: u64, number: u64, epoch: Epoch) -> Vec<ToRelay> {
    let everybody: SeatSet = (0..SEATS as u8).map(SeatId).collect();
    let acts = [
        Act::None,
        Act::FloorMute(everybody, !n.is_multiple_of(2)),
        Act::Doors((0..limits::LEADS as u8).map(SeatId).collect()),
        Act::MuteAll((n % 100) as u16),
        Act::Stick(Some(SeatId((n % 50) as u8))),
    ];
    let appends = (number..).zip(acts).map(|(number, act)| {
        let body = blob(&[7; 4000]);
        ToRelay::Append { number: ActionNo(number), epoch, act, body }
    });
    let rest = [
        ToRelay::Answer(Attempt(n as u32), blob(&[7; 2000])),
        ToRelay::TurnAway(Attempt(n as u32), blob(&[7; 2000])),
        ToRelay::Welcome { seat: SeatId((n % 50) as u8), index: Index(0), body: blob(&[7; 4000]) },
        ToRelay::Missed { since_ms: 5000 + n, have: (0..64).map(|seat| (SeatId(seat), FrameNo(n as u16))).collect() },
        ToRelay::Behind((n % 256) as u8),
        ToRelay::Knock(blob(&[7; 2000])),
    ];
    appends.chain(rest).collect()
}

#[test]
fn no_message_costs_more_for_what_others_sent() {
    let (mut rig, all) = full_room();
    let mut worst = [0; MESSAGES];
    let mut say = |rig: &mut Rig, by: &Guest, message: ToRelay| {
        rig.work();
        let (kind, bound) = message_bound(&message);
        let shown = format!("{message:?}");
        rig.relay.handle_control(by.conn, message, rig.now);
        let cost = rig.work();
        worst[kind] = cost.max(worst[kind]);
        assert!(cost <= bound, "{shown} cost {cost}");
    };
    for (at, guest) in all.iter().enumerate() {
        // A history to look through.
        for number in 0..100 {
            rig.now = rig.now + Duration::from_millis(20);
            rig.relay.handle_datagram(guest.conn, &frame(guest.seat, number, 7), rig.now);
        }
        all.iter().for_each(|guest| rig.relay.handle_heard(guest.conn, rig.now));
        let before = if at == 0 { SEATS as u64 } else { 0 };
        for n in 0..15 {
            rig.now = rig.now + Duration::from_millis(100);
            for message in worst_messages(n, before + 1 + 5 * n, rig.epoch.0) {
                say(&mut rig, guest, message);
            }
        }
    }
    for (at, guest) in all.iter().enumerate() {
        let hello = ToRelay::Hello(Hello { version: wire::VERSION, purpose: Purpose::Host });
        say(&mut rig, guest, if at % 2 == 0 { ToRelay::Leave } else { hello });
    }
    println!("at worst {worst:?}");
}

#[test]
fn a_line_that_sends_more_messages_than_any_client_ends() {
    let (mut rig, all) = full_room();
    for _ in 0..limits::MESSAGES.burst {
        rig.say(all[3].conn, ToRelay::Behind(1));
    }
    assert_eq!(rig.refusal(all[3].conn), None);
    rig.say(all[3].conn, ToRelay::Behind(1));
    assert_eq!(rig.refusal(all[3].conn), Some(Refusal::Protocol));
}
