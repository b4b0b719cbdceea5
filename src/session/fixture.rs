//! Groups for the tests of the faces, made by the real reducer.

use std::time::Duration;

use super::{Charter, ChatLine, Fact, LinkFigures, Microphone, Op, Phase, Room, Speaking, Waiting};
use crate::ids::{ActionNo, Attempt, SeatId, Time};
use crate::wire::{Act, Gone, Presence};

/// When everything is drawn: 52:10 into the group.
pub(crate) const NOW: Time = Time(10_000_000_000);

pub(crate) fn seconds_ago(seconds: u64) -> Time {
    NOW - Duration::from_secs(seconds)
}

/// Applies an action to a room's state, a second after the last.
pub(crate) fn act(room: &mut Room, by: u8, act: Act, op: Op) {
    let (index, at_ms) = (room.state.index.next(), room.state.circle.at_ms + 1000);
    let number = ActionNo(index.0);
    room.state.apply(index, at_ms, &Fact::Action { seat: SeatId(by), number, act, op: Some(op) });
}

/// The seat 0 lets these in, and removes those.
pub(crate) fn commit(room: &mut Room, admit: &[(u8, &str)], remove: &[u8]) {
    let (index, at_ms) = (room.state.index.next(), room.state.circle.at_ms + 1000);
    let fact = Fact::Commit {
        seat: SeatId(0),
        number: ActionNo(index.0),
        admitted: admit.iter().map(|(seat, name)| (SeatId(*seat), (*name).to_owned())).collect(),
        replaced: vec![],
        removed: remove.iter().copied().map(SeatId).collect(),
    };
    room.state.apply(index, at_ms, &fact);
}

/// This seat was held for its time, and is given up.
pub(crate) fn lost(room: &mut Room, seat: u8) {
    let (index, at_ms) = (room.state.index.next(), room.state.circle.at_ms + 1000);
    room.state.apply(index, at_ms, &Fact::Gone(SeatId(seat), Gone::Lost));
}

/// A quiet group with these members, the first of them its facilitator, seen by the seat `me`.
pub(crate) fn group<S: AsRef<str>>(names: &[S], me: u8) -> Room {
    let clock = (NOW, 3_130_000);
    let here_since_ms = clock.1 - 600_000;
    let mut room = Room { phase: Phase::In, me: Some(SeatId(me)), clock, here_since_ms, ..Room::default() };
    room.code = Some("4821-otter-lamp-violin".to_owned());
    for (seat, name) in (0..).zip(names) {
        let name = name.as_ref().to_owned();
        if seat == 0 {
            act(
                &mut room,
                0,
                Act::None,
                Op::Open { title: "Tuesday group".to_owned(), name, charter: Charter::default() },
            );
        } else {
            commit(&mut room, &[(seat, &name)], &[]);
        }
    }
    room.link = LinkFigures {
        up_kbps: 0.6,
        down_kbps: 10.4,
        rtt_ms: 80.0,
        playout_ms: 120,
        dropped_ms: 40,
        data_bytes: 4_130_000,
        ..LinkFigures::default()
    };
    room
}

/// Nine members in all the states there are. Hal is the facilitator; `me` is 0 for him and 8 for Ivy, a member.
pub(crate) fn nine(me: u8) -> Room {
    let mut room = group(&["Hal", "Ana", "Bo", "Cyn", "Dee", "Eli", "Fay", "Gus", "Ivy"], me);
    act(&mut room, 3, Act::None, Op::Hand { up: true });
    act(&mut room, 2, Act::None, Op::Hand { up: true });
    act(&mut room, 0, Act::FloorMute([SeatId(6)].into_iter().collect(), true), Op::Direct);
    speak(&mut room, 1, 5, 80);
    room.presence.insert(SeatId(5), (Presence::Poor, seconds_ago(9)));
    room.presence.insert(SeatId(7), (Presence::Away, seconds_ago(20)));
    write(&mut room, "Jo", "thank you, that helped me");
    write(
        &mut room,
        "Bo",
        "I am here, just can't talk today. There are people in the room, and I would rather listen.",
    );
    room
}

pub(crate) fn fifty(me: u8) -> Room {
    let names: Vec<_> = (0..50).map(|seat| format!("Member {seat:02}")).collect();
    let mut room = group(&names, me);
    for seat in [30, 12, 41, 7, 22, 9] {
        act(&mut room, seat, Act::None, Op::Hand { up: true });
    }
    speak(&mut room, 44, 3, 12);
    speak(&mut room, 17, 6, 3);
    room
}

pub(crate) fn speak(room: &mut Room, seat: u8, level: u8, seconds: u64) {
    room.speaking.insert(SeatId(seat), Speaking { level, since: seconds_ago(seconds), heard: NOW });
}

pub(crate) fn write(room: &mut Room, from: &str, text: &str) {
    room.keep_chat(ChatLine { from: from.to_owned(), text: text.to_owned(), at_ms: 3_000_000, only: None });
}

pub(crate) fn knock(room: &mut Room, attempt: u32, name: &str, seconds: u64) {
    let since = seconds_ago(seconds);
    room.door.push(Waiting { attempt: Attempt(attempt), name: name.to_owned(), since, agreed: false, note: None });
}

/// The facilitator began to compare words this many seconds ago.
pub(crate) fn compare(room: &mut Room, seconds: u64) {
    room.state.circle.at_ms = room.clock.1 - seconds * 1000 - 1000;
    act(room, 0, Act::None, Op::Verify);
    room.words = Some(["anchor", "meadow", "pepper", "violin"]);
}

pub(crate) fn open(room: &mut Room, level: u8) {
    room.mic = Microphone { open: true, level, ..Microphone::default() };
}
