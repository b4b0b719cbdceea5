//! The relay's core with a room of twelve.

use std::time::Duration;

use criterion::{Criterion, Throughput};
use ingle::ids::{ActionNo, Attempt, Epoch, Index, Nameplate, SeatId, SeatSet, Time};
use ingle::relay::core::{ConnId, Origin, Output, Relay};
use ingle::wire::{
    Act, Blob, Entry, EntryKind, Framing, Hello, Purpose, SendStamp, ToMember, ToRelay, UpBundle, VERSION,
};

use crate::bundle::frame;

const HOST: ConnId = ConnId(0);
const LISTENERS: u64 = 11;
const PACKET: Duration = Duration::from_millis(60);

/// A relay whose host answers every knock with a seat.
struct Room {
    relay: Relay,
    nameplate: Nameplate,
    actions: ActionNo,
    epoch: Epoch,
}

impl Room {
    fn of_twelve() -> Self {
        let mut room =
            Self { relay: Relay::new([1; 32]), nameplate: Nameplate(0), actions: ActionNo(0), epoch: Epoch(0) };
        room.hello(HOST, Purpose::Host);
        for guest in 1..=LISTENERS {
            room.hello(ConnId(guest), Purpose::Knock(room.nameplate, body()));
        }
        room
    }

    fn hello(&mut self, conn: ConnId, purpose: Purpose) {
        self.relay.handle_connected(conn, Origin(conn.0), Time(0));
        self.relay.handle_control(conn, ToRelay::Hello(Hello { version: VERSION, purpose }), Time(0));
        while let Some(output) = self.relay.poll_output() {
            if let Output::Control { to: HOST, bytes, .. } = output {
                self.host_hears(message(&bytes));
            }
        }
    }

    fn host_hears(&mut self, message: ToMember) {
        match message {
            ToMember::Hosting { state, .. } => {
                self.nameplate = state.nameplate;
                self.host_acts(Act::None);
            }
            ToMember::Knock(attempt, _) => self.admit(attempt),
            ToMember::Entry(Entry { index, kind: EntryKind::Action { act: Act::Commit { admit, .. }, .. }, .. }, _) => {
                self.epoch = self.epoch.next();
                admit.into_iter().for_each(|(_, seat)| self.welcome(seat, index));
            }
            _ => {}
        }
    }

    fn admit(&mut self, attempt: Attempt) {
        let seat = SeatId(self.epoch.0 as u8 + 1);
        let none = SeatSet::default();
        self.host_acts(Act::Commit { admit: vec![(attempt, seat)], replace: vec![], remove: none });
    }

    fn welcome(&mut self, seat: SeatId, index: Index) {
        self.relay.handle_control(HOST, ToRelay::Welcome { seat, index, body: body() }, Time(0));
    }

    fn host_acts(&mut self, act: Act) {
        self.actions = self.actions.next();
        let message = ToRelay::Append { number: self.actions, epoch: self.epoch, act, body: body() };
        self.relay.handle_control(HOST, message, Time(0));
    }
}

fn body() -> Blob {
    Blob::new(vec![7; 64]).expect("small")
}

fn message(bytes: &[u8]) -> ToMember {
    let mut framing = Framing::default();
    framing.push(bytes);
    framing.next_message().expect("whole").expect("one")
}

pub(crate) fn one_frame_to_eleven(c: &mut Criterion) {
    let mut relay = Room::of_twelve().relay;
    let mut now = Time(0);
    let datagram = UpBundle { sent: SendStamp::default(), frames: vec![frame(SeatId(0), 1)] }.encode().expect("small");
    let mut speak = || {
        now = now + PACKET;
        relay.handle_datagram(HOST, &datagram, now);
        std::iter::from_fn(|| relay.poll_output()).filter(|output| matches!(output, Output::Datagram { .. })).count()
    };
    assert_eq!(speak() as u64, LISTENERS);
    let mut group = c.benchmark_group("relay core");
    group.throughput(Throughput::Elements(LISTENERS));
    group.bench_function("one frame to eleven listeners", |b| b.iter(&mut speak));
    group.finish();
}
