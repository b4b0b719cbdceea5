//! Rooms that send as much as they can, beside one in which people talk.

use super::*;

const PACKET: Duration = Duration::from_millis(60);
const FLOOD: Duration = Duration::from_millis(10);
const BYTES: usize = 470;

impl Rig {
    /// A room of `members`, all of whom are in.
    pub(super) fn room(&mut self, members: u64) -> Vec<Guest> {
        self.epoch = (Epoch(0), Index(0));
        let (host, nameplate) = self.host();
        let mut all = vec![host.clone()];
        for number in 2..=members {
            all.push(self.join(&host, nameplate, number));
            self.now = self.now + limits::DOOR_KNOCKS_EVERY;
        }
        all
    }
}

/// A frame as large as one may be.
fn large(seat: SeatId, number: u16) -> Vec<u8> {
    let mut frame = sealed(seat, number, 7);
    frame.body = vec![7; BYTES];
    UpBundle { sent: SendStamp::default(), frames: vec![frame] }.encode().expect("fits")
}

/// Of what one talker says in 10 s to a room of five, how many packets the others hear, and how many bytes all rooms send in a
/// second, while `rooms` others of `members` send all that they can.
fn beside(rooms: usize, members: u64, limits: Limits) -> (f64, usize) {
    const SECONDS: u64 = 10;
    let mut rig = Rig::new();
    rig.relay = Relay::new([1; 32]).limited(limits);
    let quiet = rig.room(5);
    let loud: Vec<Vec<Guest>> = (0..rooms).map(|_| rig.room(members)).collect();
    loud.iter().flatten().chain(&quiet).for_each(|guest| rig.relay.handle_heard(guest.conn, rig.now));
    let (mut said, mut heard, mut bytes) = (0, 0, 0);
    let (start, mut number) = (rig.now, 0_u16);
    let mut next_packet = start;
    while rig.now < start + Duration::from_secs(SECONDS) {
        rig.now = rig.now + FLOOD;
        number += 1;
        for room in &loud {
            for talker in &room[..3] {
                rig.relay.handle_datagram(talker.conn, &large(talker.seat, number), rig.now);
            }
        }
        if rig.now >= next_packet {
            next_packet = next_packet + PACKET;
            rig.relay.handle_datagram(quiet[1].conn, &frame(quiet[1].seat, number / 6, 4), rig.now);
            said += quiet.len() - 1;
        }
        for guest in loud.iter().flatten().chain(&quiet) {
            if number.is_multiple_of(50) {
                rig.relay.handle_heard(guest.conn, rig.now);
            }
        }
        rig.relay.handle_timeout(rig.now);
        while let Some(output) = rig.relay.poll_output() {
            if let Output::Datagram { to, bytes: sent } = output {
                let mine = quiet.iter().any(|guest| guest.conn == to);
                // What is not voice is small.
                heard += usize::from(mine && matches!(DownDatagram::decode(&sent), Ok(DownDatagram::Bundle(_))));
                bytes += if mine { 0 } else { sent.len() + 32 };
            }
        }
    }
    (heard as f64 / said as f64, bytes / SECONDS as usize)
}

#[test]
fn a_room_that_sends_all_it_can_is_held_to_its_share() {
    let limits = Limits { room_traffic: 1_000_000, ..Limits::default() };
    let (heard, sent) = beside(1, 30, limits);
    println!("{heard} heard, {sent} bytes a second");
    assert!(heard >= 0.99, "{heard}");
    assert!((700_000..1_100_000).contains(&sent), "{sent}");
}

#[test]
fn rooms_that_fill_the_line_take_no_sound_from_another() {
    // What an attacker with one address can open, at a relay with a narrow line.
    let limits = Limits { traffic: 2_000_000, ..Limits::default() };
    let (heard, sent) = beside(16, 12, limits);
    println!("{heard} heard, {sent} bytes a second");
    assert!(heard >= 0.99, "{heard}");
    // All of them had a share of their own until the first look, after a quarter of a second.
    assert!((1_200_000..2_600_000).contains(&sent), "{sent}");
}

/// Frames that go out in 10 s in a full room with three talkers, at a relay with these limits.
fn full_room(limits: Limits) -> usize {
    let mut rig = Rig::new();
    rig.relay = Relay::new([1; 32]).limited(limits);
    let all = rig.room(limits::MEMBERS as u64);
    let mut heard = 0;
    all.iter().for_each(|guest| rig.relay.handle_heard(guest.conn, rig.now));
    for number in 0..500_u16 {
        rig.now = rig.now + Duration::from_millis(20);
        for talker in &all[1..4] {
            rig.relay.handle_datagram(talker.conn, &frame(talker.seat, number, 4), rig.now);
        }
        if number.is_multiple_of(20) {
            all.iter().for_each(|guest| rig.relay.handle_heard(guest.conn, rig.now));
        }
        rig.relay.handle_timeout(rig.now);
        while let Some(output) = rig.relay.poll_output() {
            let Output::Datagram { bytes, .. } = output else { continue };
            let Ok(DownDatagram::Bundle(bundle)) = DownDatagram::decode(&bytes) else { continue };
            heard += bundle.frames.len();
        }
    }
    heard
}

#[test]
fn a_full_room_of_three_talkers_loses_nothing_by_its_share() {
    let unlimited = full_room(Limits { room_traffic: u32::MAX >> 4, traffic: u32::MAX >> 4, ..Limits::default() });
    assert!(unlimited > 500, "{unlimited}");
    assert_eq!(full_room(Limits::default()), unlimited);
    // Half of what they need is too little.
    let half = full_room(Limits { room_traffic: 300_000, ..Limits::default() });
    assert!(half < unlimited, "{half}");
}
