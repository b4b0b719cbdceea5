//! Missed frames are given to the members they were meant for, to nobody else, and not endlessly.

use super::*;
use crate::wire::Span;
use crate::wire::backfill::NewestFrame;

const SPAN: Duration = Duration::from_millis(60);

fn three() -> (Rig, Guest, Guest, Guest) {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let bo = rig.join(&host, nameplate, 3);
    (rig, host, ana, bo)
}

impl Rig {
    fn datagram(&mut self, from: &Guest, bytes: &[u8]) {
        self.relay.handle_datagram(from.conn, bytes, self.now);
        self.drain();
    }

    /// A talker says frames with these numbers, one each 60 ms.
    fn says(&mut self, talker: &Guest, numbers: std::ops::Range<u16>) {
        for number in numbers {
            self.now = self.now + SPAN;
            self.datagram(talker, &frame(talker.seat, number, 4));
        }
    }

    fn fetch(&mut self, from: &Guest, seat: SeatId, first: u16, wanted: u16) -> Option<BackfillAnswer> {
        self.datagram(from, &BackfillRequest { seat, first: FrameNo(first), wanted }.encode());
        self.answers.remove(&from.conn).and_then(|mut answers| answers.pop())
    }

    fn list(&mut self, from: &Guest, since_ms: u64, have: Vec<(SeatId, FrameNo)>) -> Option<Vec<Span>> {
        self.taken(from.conn);
        self.say(from.conn, ToRelay::Missed { since_ms, have });
        let told = self.taken(from.conn).into_iter();
        told.filter_map(|message| if let ToMember::Missed(spans) = message { Some(spans) } else { None }).next()
    }

    /// The numbers that a talker was asked for since the last call.
    fn asked(&mut self, talker: &Guest) -> Vec<u16> {
        let asks = self.fetches.remove(&talker.conn).unwrap_or_default();
        asks.iter().flat_map(|ask| ask.first.named_by(ask.wanted).map(|n| n.0)).collect()
    }

    /// A talker answers a request with these frames, and says which are gone.
    fn answer(&mut self, talker: &Guest, seat: SeatId, first: u16, numbers: &[u16], gone: u16) {
        let frames = numbers.iter().map(|n| (1000 + 60 * u32::from(*n), sealed(seat, *n, 4))).collect();
        let answer = BackfillAnswer { seat, first: FrameNo(first), gone, frames };
        self.datagram(talker, &answer.encode().expect("fits"));
    }
}

fn numbers(answer: &BackfillAnswer) -> Vec<u16> {
    answer.frames.iter().map(|(_, frame)| frame.head.number.0).collect()
}

#[test]
fn a_listener_gets_missed_frames_as_they_were_sealed() {
    let (mut rig, host, ana, bo) = three();
    rig.says(&ana, 0..20);
    let spans = rig.list(&bo, 0, vec![(ana.seat, FrameNo(9))]).expect("a list");
    assert_eq!(spans, [Span { seat: ana.seat, first: FrameNo(10), count: 10, from_ms: 660, to_ms: 1200 }]);
    let answer = rig.fetch(&bo, ana.seat, 10, 0b111).expect("an answer");
    assert_eq!(numbers(&answer), [10, 11, 12]);
    assert!(answer.frames.iter().all(|(_, frame)| *frame == sealed(ana.seat, frame.head.number.0, 4)));
    assert_eq!(rig.list(&ana, 0, vec![]), Some(vec![]), "nobody has missed what they said");
    assert_eq!(rig.fetch(&host, SeatId(40), 0, 1).map(|answer| answer.gone), Some(1));
}

#[test]
fn strangers_and_muted_members_get_and_give_no_backfill() {
    let (mut rig, host, ana, bo) = three();
    rig.says(&ana, 0..20);
    rig.says(&bo, 0..20);
    let stranger = Guest { conn: rig.connect(), ..ana.clone() };
    assert_eq!(rig.fetch(&stranger, bo.seat, 0, 7), None);
    rig.say(stranger.conn, ToRelay::Missed { since_ms: 0, have: vec![] });
    assert_eq!(rig.refusal(stranger.conn), Some(Refusal::Protocol));
    rig.append(host.conn, 4, Act::FloorMute([ana.seat].into_iter().collect(), true));
    let answer = rig.fetch(&bo, ana.seat, 0, 7).expect("an answer");
    assert_eq!((numbers(&answer), answer.gone), (vec![], 7));
    assert!(rig.list(&bo, 0, vec![]).expect("a list").is_empty());
    // Nobody can fetch what is said while muted, not even later.
    rig.says(&ana, 20..30);
    rig.append(host.conn, 5, Act::FloorMute([ana.seat].into_iter().collect(), false));
    rig.now = rig.now + Duration::from_secs(2);
    rig.says(&ana, 60..61);
    assert_eq!(rig.asked(&ana), [0; 0], "what she said meanwhile stays with her");
    assert_eq!(rig.fetch(&bo, ana.seat, 45, 0x8001).map(|answer| (numbers(&answer), answer.gone)), Some((vec![60], 1)));
}

#[test]
fn newcomers_get_nothing_from_before_they_came() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    rig.says(&host, 0..20);
    rig.now = rig.now + Duration::from_secs(1);
    let ana = rig.join(&host, nameplate, 2);
    assert_eq!(rig.list(&ana, 0, vec![]), Some(vec![]));
    assert_eq!(rig.fetch(&ana, host.seat, 0, 7).map(|answer| answer.gone), Some(7));
    rig.says(&host, 20..22);
    assert_eq!(
        rig.fetch(&ana, host.seat, 19, 7).map(|answer| (numbers(&answer), answer.gone)),
        Some((vec![20, 21], 1))
    );
}

#[test]
fn backfill_requests_over_the_limit_are_not_answered() {
    let (mut rig, _, ana, bo) = three();
    rig.says(&ana, 0..20);
    let given = (0..1000).filter(|_| rig.fetch(&bo, ana.seat, 0, 7).is_some()).count();
    assert_eq!(given, limits::BACKFILL_REQUESTS.burst as usize);
    let lists = (0..100).filter(|_| rig.list(&bo, 0, vec![]).is_some()).count();
    assert_eq!(lists, limits::LISTS.burst as usize);
    rig.now = rig.now + Duration::from_secs(1);
    assert!(rig.fetch(&bo, ana.seat, 0, 7).is_some() && rig.list(&bo, 0, vec![]).is_some());
}

#[test]
fn speech_into_a_cut_line_is_fetched_and_announced() {
    let (mut rig, host, ana, bo) = three();
    rig.says(&ana, 0..10);
    rig.now = rig.now + Duration::from_secs(3);
    rig.says(&ana, 60..61);
    let asked = rig.asked(&ana);
    assert!(asked.starts_with(&[10, 11, 12]) && asked.iter().all(|n| (10..60).contains(n)), "{asked:?}");
    assert_eq!(rig.fetch(&bo, ana.seat, 10, 1).map(|a| (numbers(&a), a.gone)), Some((vec![], 0)), "not yet");
    rig.taken(bo.conn);
    rig.answer(&ana, ana.seat, 10, &[10, 11, 12], 0);
    let told = rig.taken(bo.conn);
    let span = |m: &ToMember| matches!(m, ToMember::Missed(s) if s[0].first == FrameNo(10) && s[0].count == 50);
    assert!(told.iter().any(span), "{told:?}");
    assert_eq!(rig.fetch(&host, ana.seat, 10, 7).map(|answer| numbers(&answer)), Some(vec![10, 11, 12]));
    let next = rig.asked(&ana);
    assert!(!next.is_empty() && next.iter().all(|n| (13..60).contains(n)), "{next:?}");
    // What the talker no longer has is gone for the listeners too.
    rig.answer(&ana, ana.seat, next[0], &[], 0xffff);
    assert_eq!(rig.fetch(&bo, ana.seat, next[0], 1).map(|answer| answer.gone), Some(1));
}

#[test]
fn what_a_line_loses_in_a_row_is_no_hole() {
    let (mut rig, _, ana, _) = three();
    // Six of twenty are lost at a time, and now and then twenty.
    for round in 0..20 {
        rig.says(&ana, round * 20..round * 20 + 14);
        rig.now = rig.now + SPAN * 6;
    }
    rig.now = rig.now + SPAN * 20;
    rig.says(&ana, 420..430);
    rig.datagram(&ana, &NewestFrame(FrameNo(450)).encode());
    assert_eq!(rig.asked(&ana), [0; 0]);
    rig.now = rig.now + SPAN * 100;
    rig.says(&ana, 530..531);
    assert_eq!(rig.asked(&ana)[..3], [430, 431, 432], "six seconds are a cut");
}

#[test]
fn a_talker_tells_the_end_of_its_speech_into_a_cut_line() {
    let (mut rig, _, ana, _) = three();
    rig.says(&ana, 0..10);
    rig.now = rig.now + Duration::from_secs(3);
    rig.datagram(&ana, &NewestFrame(FrameNo(9)).encode());
    rig.datagram(&ana, &NewestFrame(FrameNo(14)).encode());
    assert_eq!(rig.asked(&ana), [0; 0], "a few packets are no hole");
    rig.datagram(&ana, &NewestFrame(FrameNo(40)).encode());
    assert_eq!(rig.asked(&ana)[..3], [10, 11, 12]);
    rig.datagram(&ana, &NewestFrame(FrameNo(40)).encode());
    assert_eq!(rig.asked(&ana), [0; 0], "told twice, asked for once");
}

#[test]
fn unrequested_backfill_is_not_kept() {
    let (mut rig, _, ana, bo) = three();
    rig.says(&ana, 0..10);
    rig.answer(&ana, ana.seat, 20, &[20, 21], 0);
    assert_eq!(rig.fetch(&bo, ana.seat, 20, 3).map(|answer| answer.gone), Some(3), "nobody has asked for it");
    rig.now = rig.now + Duration::from_secs(3);
    rig.says(&ana, 60..61);
    rig.answer(&bo, ana.seat, 10, &[10], 0);
    rig.answer(&bo, bo.seat, 10, &[10], 0);
    let answer = rig.fetch(&bo, ana.seat, 10, 1).expect("an answer");
    assert_eq!((numbers(&answer), answer.gone), (vec![], 0), "only she can give it");
    for _ in 0..50 {
        rig.datagram(&ana, &NewestFrame(FrameNo(u16::MAX / 2)).encode());
        rig.datagram(&ana, &NewestFrame(FrameNo(7000)).encode());
    }
    let asks = rig.asked(&ana).len();
    assert!(asks < 100, "{asks} asked for at once");
}

#[test]
fn members_lags_are_told_now_and_then() {
    let (mut rig, host, ana, bo) = three();
    let behind = |rig: &mut Rig, guest: &Guest| -> Vec<Vec<(SeatId, u8)>> {
        let told = rig.taken(guest.conn).into_iter();
        told.filter_map(|m| if let ToMember::Behind(all) = m { Some(all) } else { None }).collect()
    };
    rig.pass(Duration::from_secs(3), &[&host, &ana, &bo]);
    for seconds in 0..100 {
        rig.say(bo.conn, ToRelay::Behind(100 - seconds));
        rig.pass(Duration::from_millis(250), &[&host, &ana, &bo]);
    }
    let told = behind(&mut rig, &ana);
    assert!((10..=13).contains(&told.len()), "{} times in 25 s", told.len());
    rig.say(bo.conn, ToRelay::Behind(0));
    rig.pass(Duration::from_secs(3), &[&host, &ana, &bo]);
    assert_eq!(behind(&mut rig, &ana).last(), Some(&vec![(bo.seat, 0)]));
    rig.pass(Duration::from_secs(10), &[&host, &ana, &bo]);
    assert!(behind(&mut rig, &host).last().is_some() && behind(&mut rig, &ana).is_empty());
}
