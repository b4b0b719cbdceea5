//! More voice than the relay has time for, in virtual time.

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use super::*;

/// Rooms, members of each, and how many of them talk in packets of this length. What several say would share datagrams.
const ROOMS: u64 = 8;
const MEMBERS: u64 = 20;
const TALKERS: usize = 1;
const PACKET: u64 = 20_000;
/// Microseconds that it takes to read a packet, and to send one.
const READS: u64 = 12;
const SENDS: u64 = 11;
/// Packets that the system keeps until they are read: with 4 MiB, about as many.
const UNREAD: usize = 5000;
/// Microseconds that they talk for.
const TALK: u64 = 6_000_000;

/// What has become of a load.
#[derive(Debug)]
struct Outcome {
    /// Frames that were to be heard, and those that were.
    offered: usize,
    heard: usize,
    /// From when a frame came to when it was sent on, in milliseconds: for half of them, for 99 %, and for the last one.
    delays: [u64; 3],
    /// Messages that the relay took, of those that came meanwhile, and frames that it dropped.
    messages: (usize, usize),
    stale: u64,
}

/// A machine that does one thing after the other, `slow` times slower than one that is just fast enough for all.
fn load(slow: f64, tells: bool) -> Outcome {
    let (mut rig, mut rng) = (Rig::new(), ChaCha20Rng::seed_from_u64(7));
    let rooms: Vec<Vec<Guest>> = (0..ROOMS).map(|_| rig.room(MEMBERS)).collect();
    let each = READS + SENDS * (MEMBERS - 1);
    let enough = PACKET as f64 / (ROOMS * TALKERS as u64 * each) as f64;
    let takes = |micros: u64| Duration::from_micros((micros as f64 * slow * enough) as u64);
    // What comes, in the order of time. Each talker begins at a moment of its own.
    let mut coming: Vec<(u64, usize, usize, u16)> = Vec::new();
    for (room, talker) in (0..rooms.len()).flat_map(|room| (1..=TALKERS).map(move |talker| (room, talker))) {
        let first = rng.next_u64() % PACKET;
        let packets = (0..TALK / PACKET).map(|n| (first + n * PACKET + rng.next_u64() % 3000, room, talker, n as u16));
        coming.extend(packets.collect::<Vec<_>>());
    }
    coming.sort_unstable();
    rig.drain();
    rig.heard.clear();
    let start = rig.now;
    rooms.iter().flatten().for_each(|guest| rig.relay.handle_heard(guest.conn, start));
    let mut said: BTreeMap<(SeatId, u16, usize), Time> = BTreeMap::new();
    let (mut unread, mut coming) = (VecDeque::new(), coming.into_iter().peekable());
    let (mut delays, mut offered, mut number, mut looked) = (Vec::new(), 0, 4 + MEMBERS, start);
    let (mut taken, mut sent) = (0, 0);
    let conns: BTreeMap<ConnId, usize> =
        rooms.iter().enumerate().flat_map(|(at, room)| room.iter().map(move |guest| (guest.conn, at))).collect();
    loop {
        while let Some((at, room, talker, n)) = coming.next_if(|(at, ..)| start + Duration::from_micros(*at) <= rig.now)
        {
            let at = start + Duration::from_micros(at);
            said.insert((rooms[room][talker].seat, n, room), at);
            offered += MEMBERS as usize - 1;
            if unread.len() < UNREAD {
                unread.push_back((at, room, talker, n));
            }
        }
        if rig.now >= looked + Duration::from_secs(1) {
            looked = rig.now;
            conns.keys().for_each(|conn| rig.relay.handle_heard(*conn, rig.now));
            // People type meanwhile.
            for room in &rooms {
                (number, sent) = (number + 1, sent + 1);
                let message = ToRelay::Behind((number % 50) as u8);
                rig.relay.handle_control(room[5].conn, message, rig.now);
            }
        }
        let Some((at, room, talker, n)) = unread.pop_front() else {
            let Some((next, ..)) = coming.peek() else { break };
            rig.now = rig.now.max(start + Duration::from_micros(*next));
            continue;
        };
        rig.now = rig.now + takes(READS);
        if tells {
            rig.relay.handle_lag(rig.now.since(at));
        }
        let guest = &rooms[room][talker];
        rig.relay.handle_datagram(guest.conn, &frame(guest.seat, n, 4), rig.now);
        rig.relay.handle_timeout(rig.now);
        while let Some(output) = rig.relay.poll_output() {
            match output {
                Output::Datagram { to, bytes } => {
                    rig.now = rig.now + takes(SENDS);
                    let Ok(DownDatagram::Bundle(bundle)) = DownDatagram::decode(&bytes) else { continue };
                    for head in bundle.frames.iter().map(|frame| frame.head) {
                        let said = said[&(head.kid.seat(), head.number.0, conns[&to])];
                        delays.push(rig.now.since(said).as_millis() as u64);
                    }
                }
                Output::Control { .. } => taken += 1,
                Output::Close { .. } => panic!("nobody is let go"),
            }
        }
    }
    delays.sort_unstable();
    let at = |percent: usize| delays[(delays.len() * percent / 100).min(delays.len() - 1)];
    let stale = rig.relay.stale_frames();
    Outcome { offered, heard: delays.len(), delays: [at(50), at(99), at(100)], messages: (taken, sent), stale }
}

#[test]
fn too_much_voice_costs_frames_and_not_delay() {
    let before = load(1.5, false);
    println!("told nothing: {before:?}");
    assert!(before.delays[1] > 1000, "this load is too much: {before:?}");
    let now = load(1.5, true);
    println!("told how late it reads: {now:?}");
    assert!(now.delays[1] <= 260, "{now:?}");
    // There is time for three of five frames, with what else is said; and reading those that are dropped takes some of it.
    assert!(now.heard * 2 >= now.offered, "{now:?}");
    assert!(now.stale > 0 && now.messages.0 > 0, "{now:?}");
}

#[test]
fn a_relay_that_has_time_drops_nothing() {
    let now = load(0.8, true);
    println!("{now:?}");
    assert_eq!((now.stale, now.heard), (0, now.offered), "{now:?}");
    assert!(now.delays[2] <= 60, "{now:?}");
}

#[test]
fn only_live_voice_is_dropped() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let (ana, bo) = (rig.join(&host, nameplate, 2), rig.join(&host, nameplate, 3));
    rig.taken(bo.conn);
    rig.relay.handle_lag(Duration::from_millis(900));
    rig.relay.handle_datagram(ana.conn, &frame(ana.seat, 0, 4), rig.now);
    rig.relay.handle_datagram(ana.conn, &pulse(9, 1), rig.now);
    rig.append(host.conn, 4, Act::Lock(true));
    rig.drain();
    assert_eq!((rig.voices(bo.conn), rig.relay.stale_frames()), (0, 1));
    assert!(
        rig.entries(bo.conn).iter().any(|entry| matches!(entry.kind, EntryKind::Action { act: Act::Lock(true), .. }))
    );
    // It counts as come, and isn't asked for.
    rig.relay.handle_lag(Duration::from_millis(20));
    rig.relay.handle_datagram(ana.conn, &frame(ana.seat, 0, 4), rig.now);
    rig.relay.handle_datagram(ana.conn, &frame(ana.seat, 1, 4), rig.now);
    rig.drain();
    assert_eq!((rig.voices(bo.conn), rig.relay.stale_frames()), (1, 1));
    assert!(!rig.asks.contains_key(&ana.conn));
}
