//! Crowds at the door, honest or not: what they cost the members, and the limits that they are held to.

use super::*;
use crate::wire::knock::ToDoor;

const CENTRE: Origin = Origin(u64::MAX);

fn first(bytes: usize) -> Blob {
    knock::body(&ToDoor::Spake { attempt: [7; 16], message: vec![b'S'; bytes] })
}

impl Rig {
    fn hello_from(&mut self, from: Origin, purpose: Purpose) -> ConnId {
        let conn = self.connect_from(from);
        self.say(conn, ToRelay::Hello(Hello { version: wire::VERSION, purpose }));
        conn
    }
}

#[test]
fn thirty_people_come_in_at_once_from_one_address() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let mut inside = vec![];
    let mut tries = 0;
    // A client that finds the door busy comes again by itself.
    let mut outside = 30;
    while outside > 0 {
        let knocking: Vec<_> =
            (0..outside).map(|_| rig.hello_from(CENTRE, Purpose::Knock(nameplate, first(33)))).collect();
        tries += 1;
        assert!(tries < 10, "they are let in soon");
        let told = rig.taken(host.conn);
        for message in told {
            let ToMember::Knock(attempt, _) = message else { continue };
            let number = 2 + inside.len() as u64;
            rig.append(host.conn, number, commit(&[(attempt, SeatId(number as u8 - 1))], &[]));
            inside.push(attempt);
        }
        outside = knocking.into_iter().filter(|conn| rig.refusal(*conn) == Some(Refusal::Busy)).count();
        rig.now = rig.now + Duration::from_secs(1);
    }
    assert_eq!(inside.len(), 30);
}

#[test]
fn one_address_can_not_take_all_rooms_or_knock_without_end() {
    let mut rig = Rig::new();
    let opened = (0..100).filter(|_| {
        let conn = rig.hello_from(CENTRE, Purpose::Host);
        rig.refusal(conn).is_none()
    });
    assert_eq!(opened.count(), limits::ORIGIN_ROOMS as usize);
    let (_, nameplate) = rig.host();
    let knocked = (0..200).filter(|n| {
        // At decoys and doors alike.
        let conn = rig.hello_from(CENTRE, Purpose::Knock(Nameplate(nameplate.0 % 9000 + 1000 - (n % 7)), first(33)));
        rig.relay.handle_closed(conn, rig.now);
        rig.refusal(conn).is_none()
    });
    assert_eq!(knocked.count(), limits::ORIGIN_KNOCKS as usize);
}

#[test]
fn members_and_returning_ones_wait_for_nobody_at_the_door() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    for _ in 0..200 {
        rig.hello_from(CENTRE, Purpose::Knock(nameplate, first(33)));
        rig.hello_from(CENTRE, Purpose::Host);
    }
    for _ in 0..100 {
        let back = rig.hello_from(CENTRE, Purpose::Resume(ana.ticket.clone(), rig.place(Index(2))));
        assert!(rig.taken(back).iter().any(|message| matches!(message, ToMember::Resumed { .. })));
    }
    rig.append(host.conn, 3, Act::None);
    assert!(!rig.entries(host.conn).is_empty());
}

/// Two thousand knocks a second for five seconds at a room of twelve, each from the place that `origin` names.
fn flood(origin: impl Fn(u64) -> Origin) {
    const KNOCKS_A_SECOND: u64 = 2000;
    const SECONDS: u64 = 5;
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let mut members = vec![host.clone()];
    for number in 2..=12 {
        members.push(rig.join(&host, nameplate, number));
    }
    rig.heard.clear();
    rig.taken(host.conn);
    let (mut sent, mut told_door, mut here) = (0, 0, VecDeque::new());
    for n in 0..KNOCKS_A_SECOND * SECONDS {
        rig.now = rig.now + Duration::from_secs(1) / KNOCKS_A_SECOND as u32;
        // Half of them at the group's number, the others anywhere.
        let at = if n % 2 == 0 { nameplate } else { Nameplate(1000 + (n % 9000) as u16) };
        let conn = rig.hello_from(origin(n), Purpose::Knock(at, first(if n % 3 == 0 { 33 } else { 230 })));
        rig.say(conn, ToRelay::Knock(first(2000)));
        here.push_back(conn);
        if here.len() > limits::CONNECTIONS_PER_ADDRESS {
            let gone = here.pop_front().expect("some");
            rig.relay.handle_closed(gone, rig.now);
            rig.taken(gone);
        }
        if n % 120 == 0 {
            // Three talk, a packet each 60 ms.
            for talker in &members[1..4] {
                rig.relay.handle_datagram(talker.conn, &frame(talker.seat, (n / 120) as u16, 4), rig.now);
                sent += 1;
            }
            members.iter().for_each(|member| rig.relay.handle_heard(member.conn, rig.now));
        }
        rig.relay.handle_timeout(rig.now);
        rig.drain();
        for message in rig.taken(host.conn) {
            told_door += wire::encode(&message).expect("fits").len();
        }
    }
    let heard: usize = members.iter().map(|member| rig.voices(member.conn)).sum();
    println!("{sent} packets in, {heard} out; the door was told {told_door} bytes in {SECONDS} s");
    assert_eq!(heard, sent * (members.len() - 1), "every packet came through");
    // At most 8 kbps beside the voice, apart from the burst that may come at once.
    let at_once = limits::DOOR_KNOCKS as usize * (limits::KNOCK_FIRST + 32);
    assert!(told_door < at_once + 1000 * SECONDS as usize, "{told_door}");
    let held = rig.relay.held();
    assert!(held.decoys <= limits::DECOYS && held.flights <= limits::CONNECTIONS_PER_ADDRESS * 2, "{held:?}");
    assert!(held.origins <= limits::ORIGINS);
    assert!(held.connections <= limits::CONNECTIONS_PER_ADDRESS + members.len());
    assert_eq!(held.outputs, 0);
}

#[test]
fn a_flood_of_knocks_from_one_address_costs_members_no_packet() {
    flood(|_| CENTRE);
}

#[test]
fn a_flood_of_knocks_from_everywhere_costs_members_no_packet() {
    flood(|n| Origin(1 << 32 | n));
}
