//! Frames that are repeated: they go to everybody once, and again only to listeners whose lines need it.

use super::*;

/// One frame's time.
const SPAN: Duration = Duration::from_millis(60);

impl Rig {
    /// A talker's datagram with these frames comes now.
    fn hear(&mut self, talker: &Guest, frames: &[Frame]) {
        let bytes = UpBundle { sent: SendStamp::at(self.now), frames: frames.to_vec() }.encode().expect("small");
        self.relay.handle_datagram(talker.conn, &bytes, self.now);
        self.drain();
    }

    fn numbers(&mut self, listener: &Guest) -> Vec<Vec<u16>> {
        let bundles = self.heard.remove(&listener.conn).unwrap_or_default();
        bundles.iter().map(|bundle| bundle.frames.iter().map(|frame| frame.head.number.0).collect()).collect()
    }

    fn loses(&mut self, listener: &Guest, share: u8, gap: u8) {
        // Its line is too long to ask for anything.
        let reception = Reception { loss: Loss { share, gap }, ..Reception::default() };
        self.relay.handle_datagram(listener.conn, &Pulse { reception, round: 60, full: false }.encode(), self.now);
    }

    /// The time of the next frame.
    fn beat(&mut self) {
        self.now = self.now + SPAN;
        while self.relay.poll_timeout().is_some_and(|due| due <= self.now) {
            self.relay.handle_timeout(self.now);
        }
        self.drain();
    }
}

fn three() -> (Rig, Guest, Guest, Guest) {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let bo = rig.join(&host, nameplate, 3);
    (rig, host, ana, bo)
}

#[test]
fn a_repeat_that_fills_a_gap_goes_on_once() {
    let (mut rig, host, ana, _) = three();
    let of = |numbers: &[u16]| numbers.iter().map(|number| sealed(ana.seat, *number, 4)).collect::<Vec<_>>();
    for numbers in [&[0][..], &[1], &[3, 1], &[4, 2], &[4, 2], &[5, 3, 2, 0], &[5, 5]] {
        rig.hear(&ana, &of(numbers));
    }
    assert_eq!(rig.numbers(&host), [vec![0], vec![1], vec![3], vec![4, 2], vec![5]]);
}

#[test]
fn one_bad_line_costs_nobody_else_a_byte() {
    let (mut rig, host, ana, bo) = three();
    rig.loses(&bo, 40, 7);
    for number in 0..100_u16 {
        rig.hear(&ana, &[sealed(ana.seat, number, 4)]);
        [&host, &bo].iter().for_each(|guest| rig.relay.handle_heard(guest.conn, rig.now));
        rig.beat();
    }
    let bytes = |rig: &mut Rig, guest: &Guest| -> Vec<usize> {
        let bundles = rig.heard.remove(&guest.conn).unwrap_or_default();
        bundles.iter().map(|bundle| bundle.encode().expect("fits").len()).collect()
    };
    assert_eq!(bytes(&mut rig, &host), vec![2 + 4 + 91; 100], "sequence, stamp, head and what is sealed");
    let again = bytes(&mut rig, &bo);
    assert_eq!(again.len(), 100, "as many datagrams");
    assert_eq!((again[0], again[1]), (97, 97));
    assert_eq!(again[2..], [97 + 6 + 91; 98], "one frame more, with its length");
    assert!(rig.reports.is_empty(), "a talker who loses nothing is told nothing");
}

#[test]
fn a_lossy_line_gets_copies_spaced_by_the_length_of_its_gaps() {
    for (share, gap, second, last) in [(40, 7, vec![7, 5], 2), (20, 12, vec![7, 4], 3), (80, 9, vec![7, 5, 3], 2)] {
        let (mut rig, _, ana, bo) = three();
        rig.loses(&bo, share, gap);
        for number in 0..10 {
            let mut frame = sealed(ana.seat, number, 4);
            frame.head.end = number == 9;
            rig.hear(&ana, &[frame]);
            rig.beat();
        }
        (0..10).for_each(|_| rig.beat());
        let numbers = rig.numbers(&bo);
        assert_eq!(numbers[7], second);
        assert!(numbers[10..].iter().all(|tail| tail[0] == 9), "the end first: {numbers:?}");
        assert_eq!(numbers.len(), 12, "{numbers:?}");
        assert!(numbers[11].contains(&8) || last == 2, "{numbers:?}");
        let all: Vec<u16> = numbers.concat();
        let count = |wanted| all.iter().filter(|number| **number == wanted).count();
        assert!((0..10).all(|number| count(number) >= 2), "each at least twice: {numbers:?}");
    }
}

#[test]
fn three_copies_of_the_shortest_frames_are_within_the_rate() {
    let (mut rig, host, ana, _) = three();
    for number in 0..50 * 60_u16 {
        rig.now = rig.now + Duration::from_millis(20);
        let back = |by: u16| sealed(ana.seat, number.saturating_sub(by), 4);
        rig.hear(&ana, &[back(0), back(2), back(4)]);
        rig.relay.handle_heard(host.conn, rig.now);
    }
    assert_eq!(rig.voices(host.conn), 50 * 60, "each once, and none refused");
}

#[test]
fn speech_while_muted_does_not_come_out_later() {
    let (mut rig, host, ana, bo) = three();
    rig.loses(&bo, 80, 4);
    let mute = |on| Act::FloorMute([ana.seat].into_iter().collect(), on);
    rig.hear(&ana, &[sealed(ana.seat, 0, 4)]);
    rig.hear(&ana, &[sealed(ana.seat, 1, 4)]);
    rig.append(host.conn, 4, mute(true));
    rig.hear(&ana, &[sealed(ana.seat, 2, 4)]);
    rig.append(host.conn, 5, mute(false));
    rig.hear(&ana, &[sealed(ana.seat, 3, 4), sealed(ana.seat, 2, 4), sealed(ana.seat, 1, 4)]);
    assert_eq!(rig.numbers(&bo), [vec![0], vec![1, 0], vec![3]]);
}

#[test]
fn a_talker_is_told_rarely_what_its_uplink_loses() {
    let (mut rig, host, ana, _) = three();
    for number in (0..1000_u16).filter(|number| number % 5 != 0) {
        rig.now = rig.now + SPAN;
        let back = sealed(ana.seat, number.saturating_sub(2), 4);
        rig.hear(&ana, &[sealed(ana.seat, number, 4), back]);
        rig.relay.handle_heard(host.conn, rig.now);
    }
    let reports = rig.reports.remove(&ana.conn).expect("some");
    assert!(reports.len() <= 25, "{} in 48 s", reports.len());
    let UplinkReport(last) = reports[reports.len() - 1];
    assert!((35..=45).contains(&last.loss.share) && last.loss.gap == 4, "{last:?}, though the repeats came");
    assert!(rig.reports.is_empty());
    rig.now = rig.now + Duration::from_secs(60);
    rig.relay.handle_timeout(rig.now);
    rig.drain();
    assert!(rig.reports.is_empty(), "a silent member is told nothing");
}
