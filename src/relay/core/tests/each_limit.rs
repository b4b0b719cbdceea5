//! Limits of a relay as it is set, each attacked for ten seconds beside a room in which somebody talks. Those on voice are in
//! `traffic`, those on knocks in `flood`.

use super::*;

/// Where the attacker is, where it has but one address.
const THERE: Origin = Origin(u64::MAX);
const PACKET: Duration = Duration::from_millis(60);
const SECONDS: u64 = 10;
/// What the attacker tries in a second.
const TRIES: u64 = 500;
/// Connections that an attacker holds at once.
const HELD: usize = limits::CONNECTIONS_PER_ADDRESS;

/// An attacker, and what came of it.
#[derive(Default)]
struct Attacker {
    conns: VecDeque<ConnId>,
    /// Greetings that were answered as asked, and those that were refused.
    taken: usize,
    refused: usize,
}

impl Attacker {
    /// One more connection that greets.
    fn greet(&mut self, rig: &mut Rig, from: Origin, purpose: Purpose) -> Option<ConnId> {
        let conn = rig.connect_from(from);
        rig.say(conn, ToRelay::Hello(Hello { version: wire::VERSION, purpose }));
        self.conns.push_back(conn);
        if self.conns.len() > HELD {
            let gone = self.conns.pop_front().expect("some");
            rig.relay.handle_closed(gone, rig.now);
            rig.taken(gone);
        }
        match rig.refusal(conn) {
            Some(_) => {
                self.refused += 1;
                None
            }
            None => {
                self.taken += 1;
                Some(conn)
            }
        }
    }
}

/// A room of five, of whom one talks, at a relay with these limits.
struct Beside {
    rig: Rig,
    room: Vec<Guest>,
}

impl Beside {
    fn new(limits: Limits) -> Self {
        let mut rig = Rig::new();
        rig.relay = Relay::new([1; 32]).limited(limits);
        let (host, nameplate) = rig.host();
        let mut room = vec![host.clone()];
        (2..=5).for_each(|number| room.push(rig.join(&host, nameplate, number)));
        rig.heard.clear();
        Self { rig, room }
    }

    /// The share of what is said that the others hear, while `attack` is called again and again.
    fn heard_under(&mut self, mut attack: impl FnMut(&mut Rig, u64)) -> f64 {
        let Self { rig, room } = self;
        let (mut said, mut number, start) = (0, 0, rig.now);
        for tried in 0..TRIES * SECONDS {
            rig.now = start + Duration::from_secs(1) * tried as u32 / TRIES as u32;
            attack(rig, tried);
            if rig.now >= start + PACKET * number {
                rig.relay.handle_datagram(room[1].conn, &frame(room[1].seat, number as u16, 4), rig.now);
                number += 1;
                said += room.len() - 1;
                room.iter().for_each(|guest| rig.relay.handle_heard(guest.conn, rig.now));
            }
            rig.relay.handle_timeout(rig.now);
            rig.drain();
        }
        let heard: usize = room.iter().map(|guest| rig.voices(guest.conn)).sum();
        heard as f64 / said as f64
    }

    /// That nobody was sent away, and that the room can go on.
    fn goes_on(&mut self) {
        let here = self.room.iter().all(|guest| !self.rig.closed.contains(&guest.conn));
        assert!(here, "a member was cut off");
        let ana = &self.room[1];
        self.rig.taken(self.room[2].conn);
        self.rig.say(
            ana.conn,
            ToRelay::Append { number: ActionNo(1), epoch: self.rig.epoch.0, act: Act::None, body: blob(b"x") },
        );
        assert_eq!(self.rig.entries(self.room[2].conn).len(), 1, "what is said in the room is passed on");
    }
}

#[test]
fn rooms_asked_for_from_everywhere_cost_no_sound() {
    let mut beside = Beside::new(Limits { rooms: 40, ..Limits::default() });
    let mut attacker = Attacker::default();
    let heard = beside.heard_under(|rig, n| _ = attacker.greet(rig, Origin(1 << 32 | n), Purpose::Host));
    assert!(heard >= 0.99, "{heard}");
    assert!(beside.rig.relay.count().0 <= 40 && attacker.refused > 0, "{:?}", beside.rig.relay.count());
    beside.goes_on();
}

#[test]
fn rooms_asked_for_from_one_address_cost_no_sound() {
    let mut beside = Beside::new(Limits::default());
    let mut attacker = Attacker::default();
    let heard = beside.heard_under(|rig, _| _ = attacker.greet(rig, THERE, Purpose::Host));
    assert!(heard >= 0.99, "{heard}");
    assert_eq!(attacker.taken, limits::ORIGIN_ROOMS as usize);
    beside.goes_on();
}

#[test]
fn seats_asked_for_again_and_again_cost_no_sound() {
    let returns = 50;
    let mut beside = Beside::new(Limits { returns_each: returns, ..Limits::default() });
    let (mut busy, mut gone, mut rng) = (0, 0, 1_u64);
    let mut conns = VecDeque::new();
    let heard = beside.heard_under(|rig, _| {
        rng = rng.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let ticket = Ticket([(rng >> 56) as u8; Ticket::LEN]);
        let conn = rig.connect_from(THERE);
        let purpose = Purpose::Resume(ticket, LogHead::default());
        rig.say(conn, ToRelay::Hello(Hello { version: wire::VERSION, purpose }));
        match rig.refusal(conn) {
            Some(Refusal::Busy) => busy += 1,
            _ => gone += 1,
        }
        conns.push_back(conn);
        if conns.len() > HELD {
            let oldest = conns.pop_front().expect("some");
            rig.relay.handle_closed(oldest, rig.now);
            rig.taken(oldest);
        }
    });
    assert!(heard >= 0.99, "{heard}");
    let most = u64::from(returns) + SECONDS * 1000 / limits::ORIGIN_RETURNS_EVERY.as_millis() as u64;
    assert!(gone <= most && busy > 0, "{gone} tickets were looked at, {busy} were not");
    // From elsewhere a member comes back meanwhile.
    let ana = beside.room[1].clone();
    let back = beside.rig.hello(Purpose::Resume(ana.ticket.clone(), LogHead::default()));
    let told = beside.rig.taken(back);
    assert!(told.iter().any(|message| matches!(message, ToMember::Resumed { .. })), "{told:?}");
    beside.room[1].conn = back;
    beside.rig.closed.clear();
    beside.goes_on();
}

#[test]
fn logs_filled_by_others_cost_no_sound_and_no_word() {
    let most = 400_000;
    let mut beside = Beside::new(Limits { log_bytes: most, ..Limits::default() });
    let mut attacker = Attacker::default();
    let hosts: Vec<ConnId> = (0..8).filter_map(|_| attacker.greet(&mut beside.rig, THERE, Purpose::Host)).collect();
    assert_eq!(hosts.len(), 8);
    let body = Blob::new(vec![7; limits::ACTION_BODY]).expect("fits");
    let heard = beside.heard_under(|rig, n| {
        let host = hosts[n as usize % hosts.len()];
        let number = ActionNo(1 + n / hosts.len() as u64);
        rig.say(host, ToRelay::Append { number, epoch: Epoch(0), act: Act::None, body: body.clone() });
        rig.relay.handle_heard(host, rig.now);
        rig.taken(host);
    });
    assert!(heard >= 0.99, "{heard}");
    let logs = beside.rig.relay.held().logs;
    // The newest entry of each is there in any case.
    assert!(logs > most / 4 && logs <= most + hosts.len() * (limits::ACTION_BODY + 256), "{logs}");
    beside.goes_on();
}

#[test]
fn voices_kept_of_others_cost_no_sound() {
    let mut beside = Beside::new(Limits { history_bytes: 200_000, ..Limits::default() });
    let mut attacker = Attacker::default();
    let hosts: Vec<ConnId> = (0..8).filter_map(|_| attacker.greet(&mut beside.rig, THERE, Purpose::Host)).collect();
    let large = |number: u16| {
        let mut frame = sealed(SeatId(0), number, 7);
        frame.body = vec![7; limits::FRAME - 64];
        UpBundle { sent: SendStamp::default(), frames: vec![frame] }.encode().expect("fits")
    };
    let heard = beside.heard_under(|rig, n| {
        let host = hosts[n as usize % hosts.len()];
        rig.relay.handle_datagram(host, &large((n / hosts.len() as u64) as u16), rig.now);
        rig.relay.handle_heard(host, rig.now);
    });
    assert!(heard >= 0.99, "{heard}");
    beside.goes_on();
}
