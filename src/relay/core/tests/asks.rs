//! Frames that are asked for on both hops, and frames of several simultaneous talkers.

use super::*;
use crate::wire::{Missing, NackBundles, RetransmitUp};

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

impl Rig {
    /// Time passes, and what is due is done.
    fn run(&mut self, span: Duration) {
        let end = self.now + span;
        while let Some(due) = self.relay.poll_timeout().filter(|due| *due <= end) {
            self.now = due.max(self.now);
            self.relay.handle_timeout(self.now);
        }
        self.now = end;
        self.drain();
    }

    /// A talker's new frame comes.
    fn talk(&mut self, talker: &Guest, number: u16, end: bool) {
        let mut frame = sealed(talker.seat, number, 4);
        frame.head.end = end;
        let bytes = UpBundle { sent: SendStamp::at(self.now), frames: vec![frame] }.encode().expect("small");
        self.relay.handle_datagram(talker.conn, &bytes, self.now);
        self.drain();
    }

    fn bundles(&mut self, listener: &Guest) -> Vec<Vec<(SeatId, u16)>> {
        let bundles = self.heard.remove(&listener.conn).unwrap_or_default();
        let named = |bundle: DownBundle| bundle.frames.iter().map(|f| (f.head.kid.seat(), f.head.number.0)).collect();
        bundles.into_iter().map(named).collect()
    }

    fn ask(&mut self, listener: &Guest, first: u16, more: u16) {
        let ask = NackBundles(Missing { first, more }).encode();
        self.relay.handle_datagram(listener.conn, &ask, self.now);
        self.drain();
    }
}

fn four() -> (Rig, [Guest; 4]) {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let others = [2, 3, 4].map(|number| rig.join(&host, nameplate, number));
    let [ana, bo, cyn] = others;
    for guest in [&host, &ana, &bo, &cyn] {
        rig.relay.handle_datagram(guest.conn, &pulse(0, 0), rig.now);
    }
    (rig, [host, ana, bo, cyn])
}

#[test]
fn a_talkers_lost_frames_are_asked_for_and_forwarded_late() {
    let (mut rig, [host, ana, ..]) = four();
    let lost = [5, 15, 40];
    for number in (0..50).filter(|number| !lost.contains(number)) {
        rig.talk(&ana, number, number == 49);
        rig.run(ms(if number == 39 { 120 } else { 60 }));
        // On a line that has lost frames before, a frame is missed before the next has come; otherwise by the next.
        let missed = lost.iter().find(|lost| number == if **lost == 40 { 39 } else { **lost + 1 });
        if let Some(missed) = missed {
            let asks = rig.asks.remove(&ana.conn).expect("an ask");
            assert_eq!(asks[0], [*missed]);
            let again = RetransmitUp(vec![sealed(ana.seat, *missed, 4)]).encode().expect("small");
            rig.relay.handle_datagram(ana.conn, &again, rig.now);
            rig.relay.handle_datagram(ana.conn, &again, rig.now);
            rig.drain();
        }
    }
    let mut heard: Vec<u16> = rig.bundles(&host).concat().iter().map(|(_, number)| *number).collect();
    assert_eq!(heard[39..42], [39, 40, 41], "in its place");
    heard.sort_unstable();
    assert_eq!(heard, (0..50).collect::<Vec<_>>());
    rig.run(ms(2000));
    assert!(rig.asks.is_empty(), "nothing is missing after the end");
}

#[test]
fn a_bundle_is_sent_again_only_to_the_listener_who_asks() {
    let (mut rig, [host, ana, bo, _]) = four();
    for number in 0..10 {
        rig.talk(&ana, number, false);
        rig.run(ms(60));
    }
    let sequence = rig.heard[&bo.conn][7].sequence;
    rig.ask(&bo, sequence.into(), 0b10);
    let again = rig.again.remove(&bo.conn).expect("answers");
    let numbers: Vec<_> = again.iter().map(|again| (again.sequence, again.frames[0].head.number.0)).collect();
    assert_eq!(numbers, [(sequence, 7), (sequence + 2, 9)]);
    assert!(rig.again.is_empty());
    assert_eq!(rig.bundles(&host).len(), 10);
}

#[test]
fn endless_or_baseless_requests_are_answered_sparingly() {
    let (mut rig, [_, ana, bo, _]) = four();
    rig.ask(&bo, 5, u16::MAX);
    assert!(rig.again.is_empty(), "nothing was sent yet");
    for number in 0..600 {
        rig.talk(&ana, number, false);
        rig.run(ms(20));
        for first in (0..128).step_by(8) {
            rig.ask(&bo, first, u16::MAX);
        }
    }
    let seconds = 600 * 20 / 1000;
    let answers = rig.again.remove(&bo.conn).expect("some").len() as u32;
    assert!(answers <= limits::ANSWERS_BURST + limits::ANSWERS_PER_SECOND * (seconds + 1), "{answers}");
}

#[test]
fn old_or_muted_frames_are_not_sent_again() {
    let (mut rig, [host, ana, bo, _]) = four();
    rig.talk(&ana, 0, true);
    rig.run(ms(2000));
    rig.ask(&bo, 0, 0);
    assert!(rig.again.is_empty(), "too old");
    rig.talk(&ana, 1, false);
    rig.append(host.conn, 5, Act::FloorMute([ana.seat].into_iter().collect(), true));
    rig.ask(&bo, 1, 0);
    assert!(rig.again.is_empty(), "muted since");
    rig.run(ms(1000));
    assert!(rig.asks.is_empty(), "nobody asks a muted talker for more");
}

#[test]
fn simultaneous_talkers_share_a_datagram() {
    for offsets in [[0, 20, 45], [0, 50, 10], [0, 30, 59], [0, 1, 2]] {
        let (mut rig, [host, ana, bo, cyn]) = four();
        let mut plan: Vec<(u64, usize, u16)> = (0..3)
            .flat_map(|who| (0..50_u16).map(move |number| (who, number)))
            .map(|(who, number)| (u64::from(number) * 60 + offsets[who], who, number))
            .collect();
        plan.sort_unstable();
        for (at, who, number) in plan {
            rig.run(Time(at * 1000 + 1_000_000).since(rig.now));
            rig.talk([&ana, &bo, &cyn][who], number, number == 49);
        }
        rig.run(ms(200));
        let bundles = rig.bundles(&host);
        assert_eq!(bundles.concat().len(), 150, "each once");
        assert!(bundles.len() <= 60, "{} datagrams for offsets {offsets:?}", bundles.len());
        let own = rig.bundles(&ana).concat();
        assert!(own.len() == 100 && own.iter().all(|(seat, _)| *seat != ana.seat));
    }
}

#[test]
fn a_lone_talker_waits_for_nobody() {
    let (mut rig, [host, ana, bo, _]) = four();
    rig.talk(&bo, 0, true);
    for number in 0..10 {
        rig.talk(&ana, number, false);
        assert_eq!(rig.bundles(&host).last().map(Vec::len), Some(1));
        rig.run(ms(60));
    }
}

#[test]
fn a_congested_line_gets_fewer_voices_and_the_others_get_all() {
    let (mut rig, [host, ana, bo, cyn]) = four();
    for number in 0..400_u16 {
        if number % 8 == 0 {
            let loss = Loss::default();
            // The queue grows. One of constant length would not be of our making.
            let full = Pulse::new(Reception::new(loss, ms(200 + 3 * u64::from(number)), 24.0, None), ms(100), false);
            rig.relay.handle_datagram(host.conn, &full.encode(), rig.now);
            [&ana, &bo, &cyn].iter().for_each(|guest| rig.relay.handle_heard(guest.conn, rig.now));
        }
        [&ana, &bo, &cyn].iter().for_each(|guest| rig.talk(guest, number, false));
        rig.run(ms(60));
    }
    let (few, all) = (rig.bundles(&host), rig.bundles(&cyn));
    assert_eq!(few[350].iter().map(|(seat, _)| *seat).collect::<Vec<_>>(), [ana.seat], "the one who began first");
    assert_eq!(all[350].len(), 2);
}
