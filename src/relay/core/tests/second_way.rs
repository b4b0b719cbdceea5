//! A second way to a seat: one at most, for datagrams alone, and nobody else's.

use super::*;
use crate::wire::{Host, Numbered, RelayAt};

impl Rig {
    fn second_way(&mut self, guest: &Guest) -> ConnId {
        self.hello(Purpose::SecondWay(guest.ticket.clone()))
    }

    /// The datagrams that the connection was sent, as they went over the line.
    fn sends(&mut self, by: ConnId, bytes: &[u8]) -> Vec<(ConnId, Vec<u8>)> {
        self.relay.handle_datagram(by, bytes, self.now);
        let mut sent = Vec::new();
        while let Some(output) = self.relay.poll_output() {
            if let Output::Datagram { to, bytes } = output {
                sent.push((to, bytes));
            }
        }
        sent
    }
}

#[test]
fn datagrams_go_over_both_ways_and_count_once() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let second = rig.second_way(&ana);
    assert_eq!(rig.taken(second), [ToMember::SecondWay]);
    // Down: the same over both, with one number.
    let down = rig.sends(host.conn, &frame(host.seat, 1, 4));
    let [(one, first), (two, copy)] = &down[..] else { panic!("{down:?}") };
    assert_eq!((*one, *two, first == copy), (ana.conn, second, true));
    assert!(Numbered::decode(first).is_ok_and(|numbered| numbered.number.is_some()));
    // Up: whichever comes first goes on, and the other doesn't. The host has ended, so nobody is waited for.
    rig.pass(Duration::from_millis(500), &[&host, &ana]);
    let numbered = |number: u16, of: u16| Numbered::encode(number, &frame(ana.seat, of, 4)).expect("short");
    assert_eq!(rig.sends(second, &numbered(0, 1)).len(), 1);
    assert_eq!(rig.sends(ana.conn, &numbered(0, 1)).len(), 0);
    assert_eq!(rig.sends(ana.conn, &numbered(1, 2)).len(), 1);
    assert_eq!(rig.sends(second, &numbered(1, 2)).len(), 0);
}

#[test]
fn a_seat_has_one_second_way_however_often_it_asks() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let mut all: Vec<_> = (0..200).map(|_| rig.second_way(&ana)).collect();
    let refused: Vec<_> = all.iter().filter_map(|conn| rig.refusal(*conn)).collect();
    assert_eq!(refused.len(), all.len() - 1, "one is left");
    assert!(refused.contains(&Refusal::Replaced) && refused.contains(&Refusal::Busy), "nor is it given all day");
    assert_eq!(rig.relay.held().outputs, 1);
    let sent = rig.sends(host.conn, &frame(host.seat, 1, 4));
    assert_eq!(sent.len(), 2, "one over each of two ways");
    // What comes over the others is nobody's.
    all.retain(|conn| sent.iter().all(|(to, _)| to != conn));
    let bytes = Numbered::encode(9, &frame(ana.seat, 9, 4)).expect("short");
    assert!(all.iter().all(|conn| rig.sends(*conn, &bytes).is_empty()));
}

#[test]
fn a_second_way_says_nothing_and_is_no_way_in() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    // Without a true ticket there is none.
    let forged = rig.hello(Purpose::SecondWay(Ticket([9; Ticket::LEN])));
    assert_eq!(rig.refusal(forged), Some(Refusal::SeatGone));
    assert!(rig.sends(forged, &frame(ana.seat, 1, 4)).is_empty());
    // What is said on it ends it, and the seat stays.
    let second = rig.second_way(&ana);
    rig.append(second, 1, Act::None);
    assert_eq!(rig.refusal(second), Some(Refusal::Protocol));
    assert_eq!(rig.sends(host.conn, &frame(host.seat, 1, 4)).len(), 1);
    rig.append(ana.conn, 1, Act::None);
    assert_eq!(rig.refusal(ana.conn), None);
    // Whoever leaves takes it along.
    let second = rig.second_way(&ana);
    rig.say(ana.conn, ToRelay::Leave);
    assert!(rig.sends(second, &frame(ana.seat, 2, 4)).is_empty());
    assert_eq!(rig.relay.held().outputs, 0);
}

#[test]
fn a_second_way_keeps_its_seat_here_until_it_is_cut_too() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let second = rig.second_way(&ana);
    rig.taken(host.conn);
    rig.relay.handle_closed(ana.conn, rig.now);
    rig.drain();
    assert!(rig.taken(host.conn).is_empty(), "the others are told of nothing");
    assert_eq!(rig.sends(host.conn, &frame(host.seat, 1, 4)).len(), 1, "voices go over what is left");
    // Another connection takes the seat, beside the second way.
    let back = rig.hello(Purpose::Resume(ana.ticket.clone(), rig.place(Index(2))));
    assert_eq!(rig.sends(host.conn, &frame(host.seat, 2, 4)).len(), 2);
    for conn in [back, second] {
        rig.relay.handle_closed(conn, rig.now);
        rig.drain();
    }
    assert!(rig.taken(host.conn).contains(&ToMember::Presence(vec![(ana.seat, Presence::Away)])));
    assert!(rig.sends(host.conn, &frame(host.seat, 3, 4)).is_empty());
}

#[test]
fn where_a_room_has_gone_both_ways_are_sent() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let second = rig.second_way(&ana);
    assert_eq!(rig.taken(second), [ToMember::SecondWay]);
    // What waits for either way isn't sent any more.
    rig.relay.handle_datagram(host.conn, &frame(host.seat, 1, 4), rig.now);
    let relay = RelayAt { host: Host::try_from("other.example".to_owned()).expect("a host"), key: [7; 32] };
    rig.relay.steered().let_go(nameplate, Some(&relay));
    assert!(rig.sends(second, &frame(ana.seat, 1, 4)).is_empty());
    assert_eq!(rig.relay.held().outputs, 0, "and no way is kept beside another");
    // Both are told where, and end.
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let second = rig.second_way(&ana);
    [ana.conn, second].iter().for_each(|conn| drop(rig.taken(*conn)));
    rig.relay.steered().let_go(nameplate, Some(&relay));
    rig.drain();
    for conn in [ana.conn, second] {
        assert_eq!(rig.taken(conn), [ToMember::Elsewhere(relay.clone())]);
        assert!(rig.closed.contains(&conn));
    }
}
