//! A relay that was started again and has lost its room, whose members come back with their tickets, show how it was, and give it
//! the log again; whole, changed, or anything else, in any order. Each step is a byte that chooses the connection and what comes, a
//! byte for the length, and as many bytes.

use std::sync::OnceLock;
use std::time::Duration;

use ingle::ids::{ActionNo, Attempt, Epoch, Index, SeatId, SeatSet, Time};
use ingle::relay::core::{ConnId, Origin, Output, Relay};
use ingle::wire::limits::RESTORED_BY;
use ingle::wire::{
    Act, Blob, Checkpoint, Entry, Framing, Hello, Purpose, RoomState, Tag, Ticket, ToMember, ToRelay, VERSION,
};

use super::timed::took;

/// The relay's secret, which it has again after the restart.
const SECRET: [u8; 32] = [7; 32];
/// Three members, and a stranger.
const CONNECTIONS: u64 = 4;

/// What the members of a room have of it.
struct Kept {
    tickets: Vec<Ticket>,
    state: RoomState,
    tag: Tag,
    entries: Vec<Entry>,
}

/// A room of three as its members have it when their relay is killed.
fn kept() -> &'static Kept {
    static KEPT: OnceLock<Kept> = OnceLock::new();
    KEPT.get_or_init(before)
}

fn before() -> Kept {
    let (mut relay, now) = (Relay::with_secret([1; 32], SECRET, Time(0)), Time(0));
    (1..CONNECTIONS).for_each(|conn| relay.handle_connected(ConnId(conn), Origin(conn), now));
    let mut say = |conn: u64, message: ToRelay| {
        relay.handle_control(ConnId(conn), message, now);
        relay.flush(now);
        let mut framing = [(); CONNECTIONS as usize + 1].map(|()| Framing::default());
        let mut told = Vec::new();
        while let Some(output) = relay.poll_output() {
            let Output::Control { to, bytes, .. } = output else { continue };
            framing[to.0 as usize].push(&bytes);
            while let Ok(Some(message)) = framing[to.0 as usize].next_message::<ToMember>() {
                told.push((to.0, message));
            }
        }
        told
    };
    let mut told = say(1, hello(Purpose::Host));
    let Some((_, ToMember::Hosting { ticket, state, tag })) = told.pop() else { panic!("a room") };
    let mut kept = Kept { tickets: vec![ticket], state: *state, tag, entries: vec![] };
    let nameplate = kept.state.nameplate;
    for conn in [2, 3] {
        say(conn, hello(Purpose::Knock(nameplate, Blob::default())));
    }
    let admit = vec![(Attempt(1), SeatId(1)), (Attempt(2), SeatId(2))];
    let act = Act::Commit { admit, replace: vec![], remove: SeatSet::default() };
    let mut all = say(1, ToRelay::Append { number: ActionNo(1), epoch: Epoch(0), act, body: Blob::default() });
    for seat in [1, 2].map(SeatId) {
        all.extend(say(1, ToRelay::Welcome { seat, index: Index(1), body: Blob::default() }));
    }
    for number in 2..6 {
        let act = if number == 3 { Act::MuteAll(5) } else { Act::None };
        all.extend(say(1, ToRelay::Append { number: ActionNo(number), epoch: Epoch(1), act, body: Blob::default() }));
    }
    for (conn, message) in all {
        match message {
            ToMember::Entry(entry, tag) if conn == 1 => {
                assert!(kept.state.apply(&entry));
                kept.tag = tag.unwrap_or(kept.tag);
                kept.entries.push(entry);
            }
            ToMember::Seated { ticket, .. } => kept.tickets.push(ticket),
            _ => {}
        }
    }
    assert!(kept.tickets.len() == 3 && kept.entries.len() >= 5);
    kept
}

fn hello(purpose: Purpose) -> ToRelay {
    ToRelay::Hello(Hello { version: VERSION, purpose })
}

/// A relay that has lost everything but its secret.
struct After {
    relay: Relay,
    now: Time,
}

impl After {
    fn step(&mut self, head: u8, piece: &[u8]) {
        let (kept, seat) = (kept(), usize::from(head & 3));
        let conn = ConnId(1 + seat as u64);
        let byte = |at: usize| piece.get(at).copied().unwrap_or_default();
        let message = match head >> 2 & 7 {
            0 => {
                let mut ticket = kept.tickets[seat % 3].clone();
                // A ticket with a bit changed is another's, or nobody's.
                ticket.0[usize::from(byte(0)) % Ticket::LEN] ^= byte(1);
                let mut have = kept.state.head;
                have.index = Index(have.index.0.saturating_sub(byte(2).into()));
                hello(Purpose::Resume(ticket, have))
            }
            1 => {
                let mut state = kept.state.clone();
                state.at_ms = state.at_ms.wrapping_add(u64::from(byte(0)));
                let here = (0..8).filter(|bit| byte(1) >> bit & 1 == 1).map(SeatId).collect();
                let (last, group_ms) = (ActionNo(byte(2).into()), state.at_ms + u64::from(byte(3)) * 1000);
                ToRelay::Checkpoint(Box::new(Checkpoint { state, tag: kept.tag, last, group_ms, here }))
            }
            2 => {
                let mut entry = kept.entries[usize::from(byte(0)) % kept.entries.len()].clone();
                entry.at_ms = entry.at_ms.wrapping_add(u64::from(byte(1)));
                ToRelay::Entry(entry)
            }
            3 => hello(Purpose::Knock(kept.state.nameplate, Blob::default())),
            4 => {
                let length = piece.iter().take(3).fold(1, |sum, byte| sum << 8 | u64::from(*byte));
                self.now = self.now + Duration::from_millis(length % 100_000);
                return self.relay.handle_timeout(self.now);
            }
            5 => {
                self.relay.handle_closed(conn, self.now);
                return self.relay.handle_connected(conn, Origin(conn.0), self.now);
            }
            6 => return self.relay.handle_heard(conn, self.now),
            _ => {
                let mut framing = Framing::default();
                framing.push(piece);
                match framing.next_message() {
                    Ok(Some(message)) => message,
                    Ok(None) => return,
                    Err(_) => return self.relay.handle_malformed(conn, self.now),
                }
            }
        };
        self.relay.handle_control(conn, message, self.now);
    }
}

/// The time that the slowest step takes.
pub fn read(bytes: &[u8]) -> Duration {
    let mut after = After { relay: Relay::with_secret([2; 32], SECRET, Time(0) + RESTORED_BY), now: Time(0) };
    for conn in 1..=CONNECTIONS {
        after.relay.handle_connected(ConnId(conn), Origin(conn), after.now);
    }
    kept();
    let (mut rest, mut slowest) = (bytes, Duration::ZERO);
    while let [head, length, more @ ..] = rest {
        let (piece, more) = more.split_at(usize::from(*length).min(more.len()));
        slowest = slowest.max(took(|| {
            after.step(*head, piece);
            while after.relay.poll_output().is_some() {}
        }));
        rest = more;
    }
    slowest
}
