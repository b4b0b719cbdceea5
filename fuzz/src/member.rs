//! A whole member, a host with an open group, to which a relay says anything in any order. Each step is a byte that chooses
//! what comes, a byte for the length, and as many bytes.
use std::time::Duration;

use ingle::adapt::PlanChoice;
use ingle::ids::{Nameplate, RoomId, SeatId, Time};
use ingle::member::{Config, Member, Spoken, Start};
use ingle::session::{Charter, Intent};
use ingle::wire::{Framing, RoomState, Tag, Ticket, ToMember};

use super::timed::took;

fn host() -> Member {
    let config = Config {
        name: "Hal".into(),
        start: Start::Host { title: "Tuesday".into(), open_door: true, charter: Charter::default() },
        mic_always_open: false,
        no_mic: false,
        mic_open: true,
        relay_here: false,
        plan: PlanChoice::Auto,
    };
    let mut member = Member::new(config, [7; 32], Time(0));
    member.handle_connected([5; 32], Time(0));
    let (ticket, tag) = (Ticket([1; Ticket::LEN]), Tag::default());
    let state = Box::new(RoomState::open(RoomId([1; 8]), Nameplate(4821), SeatId(0)));
    member.handle_control(ToMember::Hosting { ticket, state, tag }, Time(0));
    member
}

fn step(member: &mut Member, head: u8, piece: &[u8], now: &mut Time) {
    match head & 7 {
        0..=2 => member.handle_datagram(piece, *now),
        3 | 4 => {
            let mut framing = Framing::default();
            framing.push(piece);
            if let Ok(Some(message)) = framing.next_message() {
                member.handle_control(message, *now);
            }
        }
        5 => {
            let length = piece.iter().take(3).fold(1, |sum, byte| sum << 8 | u64::from(*byte));
            *now = *now + Duration::from_millis(length % 200_000);
            member.handle_timeout(*now);
        }
        6 => {
            member.handle_disconnected(*now);
            member.handle_connected([5; 32], *now);
        }
        _ => {
            member.handle_intent(Intent::Mic { open: head & 8 == 0 }, *now);
            let packet = piece.to_vec();
            let spoken = Spoken { tick: head, level: head >> 5, start: false, end: head & 16 == 0, packet, thin: None };
            member.handle_spoken(spoken, *now);
        }
    }
    while member.poll_effect().is_some() {}
}

/// The time that the slowest step takes.
pub fn read(bytes: &[u8]) -> Duration {
    let (mut member, mut now, mut slowest) = (host(), Time(0), Duration::ZERO);
    let mut rest = bytes;
    while let [head, length, more @ ..] = rest {
        let (piece, more) = more.split_at(usize::from(*length).min(more.len()));
        slowest = slowest.max(took(|| step(&mut member, *head, piece, &mut now)));
        rest = more;
    }
    slowest
}
