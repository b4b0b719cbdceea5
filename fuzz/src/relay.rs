//! A whole relay with a small group, to which members and strangers say anything in any order. Each step is a byte that chooses
//! the connection and what comes, a byte for the length, and as many bytes.
use std::time::Duration;

use ingle::ids::{ActionNo, Attempt, Epoch, Index, Nameplate, SeatId, SeatSet, Time};
use ingle::relay::core::{ConnId, Origin, Output, Relay};
use ingle::wire::{Act, Blob, Framing, Hello, Purpose, ToMember, ToRelay, VERSION};

use super::timed::took;

/// Connections that anything comes on: the host, two members, a joiner, a stranger, and one that was never made.
const CONNECTIONS: u64 = 6;

struct Group {
    relay: Relay,
    now: Time,
}

impl Group {
    fn new() -> Self {
        let mut group = Self { relay: Relay::new([7; 32]), now: Time(0) };
        for conn in 1..CONNECTIONS {
            group.relay.handle_connected(ConnId(conn), Origin(conn), group.now);
        }
        group.say(1, hello(Purpose::Host));
        let nameplate = group.nameplate();
        for conn in 2..=4 {
            group.say(conn, hello(Purpose::Knock(nameplate, Blob::default())));
        }
        let admit = vec![(Attempt(1), SeatId(1)), (Attempt(2), SeatId(2))];
        let (replace, remove) = (vec![], SeatSet::default());
        let act = Act::Commit { admit, replace, remove };
        group.say(1, ToRelay::Append { number: ActionNo(1), epoch: Epoch(0), act, body: Blob::default() });
        for seat in [1, 2].map(SeatId) {
            group.say(1, ToRelay::Welcome { seat, index: Index(1), body: Blob::default() });
        }
        group.drain();
        group
    }

    fn say(&mut self, conn: u64, message: ToRelay) {
        self.relay.handle_control(ConnId(conn), message, self.now);
    }

    fn drain(&mut self) {
        while self.relay.poll_output().is_some() {}
    }

    /// The number of the room that was opened.
    fn nameplate(&mut self) -> Nameplate {
        let Some(Output::Control { bytes, .. }) = self.relay.poll_output() else { panic!("an answer") };
        let mut framing = Framing::default();
        framing.push(&bytes);
        let Ok(Some(ToMember::Hosting { state, .. })) = framing.next_message() else { panic!("a room") };
        state.nameplate
    }

    fn step(&mut self, head: u8, piece: &[u8]) {
        let conn = ConnId(1 + u64::from(head & 7) % CONNECTIONS);
        match head >> 3 & 7 {
            0..=2 => self.relay.handle_datagram(conn, piece, self.now),
            3 | 4 => {
                let mut framing = Framing::default();
                framing.push(piece);
                match framing.next_message() {
                    Ok(Some(message)) => self.relay.handle_control(conn, message, self.now),
                    Ok(None) => {}
                    Err(_) => self.relay.handle_malformed(conn, self.now),
                }
            }
            5 => {
                let length = piece.iter().take(3).fold(1, |sum, byte| sum << 8 | u64::from(*byte));
                self.now = self.now + Duration::from_millis(length % 200_000);
                self.relay.handle_timeout(self.now);
            }
            6 => {
                self.relay.handle_closed(conn, self.now);
                self.relay.handle_connected(conn, Origin(conn.0), self.now);
            }
            _ => self.relay.handle_heard(conn, self.now),
        }
        self.drain();
    }
}

fn hello(purpose: Purpose) -> ToRelay {
    ToRelay::Hello(Hello { version: VERSION, purpose })
}

/// The time that the slowest step takes.
pub fn read(bytes: &[u8]) -> Duration {
    let (mut group, mut slowest) = (Group::new(), Duration::ZERO);
    let mut rest = bytes;
    while let [head, length, more @ ..] = rest {
        let (piece, more) = more.split_at(usize::from(*length).min(more.len()));
        slowest = slowest.max(took(|| group.step(*head, piece)));
        rest = more;
    }
    slowest
}
