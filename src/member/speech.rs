//! The members who speak now, and how much each has spoken.

use std::time::Duration;

use super::context::Context;
use crate::ids::{SeatId, Time};
use crate::session::{Event, Room, Speaking, Talk};

/// Without a frame for this long a talker has ceased: longer than the longest packet and its jitter.
const CEASED: Duration = Duration::from_millis(400);

/// A frame of this seat is heard now.
pub(super) fn speaks(seat: SeatId, level: u8, end: bool, cx: &mut Context) {
    if end {
        return ceased(seat, cx);
    }
    let now = cx.now;
    let news = !cx.room.speaking.contains_key(&seat);
    let speaking = cx.room.speaking.entry(seat).or_insert(Speaking { level, since: now, heard: now });
    (speaking.level, speaking.heard) = (level, now);
    if news {
        cx.tell(Event::Speaking { seat, on: true });
    }
}

/// Somebody ceased to speak, or may not.
pub(super) fn ceased(seat: SeatId, cx: &mut Context) {
    if let Some(speaking) = cx.room.speaking.remove(&seat) {
        let last_ms = cx.room.group_ms(speaking.heard);
        if let Some(talk) = talk_mut(&mut cx.room, seat) {
            talk.length += speaking.heard.since(speaking.since);
            talk.last_ms = Some(last_ms);
        }
        cx.tell(Event::Speaking { seat, on: false });
    }
}

/// Somebody gave another sign than a word.
pub(super) fn gave_sign(seat: SeatId, cx: &mut Context) {
    let last_ms = cx.room.state.circle.at_ms;
    if let Some(talk) = talk_mut(&mut cx.room, seat) {
        talk.last_ms = Some(last_ms);
    }
}

/// How much the member who has this seat now was heard to speak.
pub(super) fn talk(room: &Room, seat: SeatId) -> Option<&Talk> {
    let arrival = room.state.circle.seats.get(&seat)?.arrival;
    room.talk.get(&seat).filter(|talk| talk.arrival == arrival)
}

fn talk_mut(room: &mut Room, seat: SeatId) -> Option<&mut Talk> {
    let arrival = room.state.circle.seats.get(&seat)?.arrival;
    let talk = room.talk.entry(seat).or_default();
    if talk.arrival != arrival {
        *talk = Talk { arrival, ..Talk::default() };
    }
    Some(talk)
}

/// When the first of those who speak now will have ceased, if nothing more comes.
pub(super) fn due(room: &Room) -> Time {
    room.speaking.values().map(|speaking| speaking.heard + CEASED).min().unwrap_or(Time::NEVER)
}

/// Those of whom nothing came for long have ceased.
pub(super) fn watch(cx: &mut Context) {
    let silent = |speaking: &Speaking| cx.now.since(speaking.heard) >= CEASED;
    let silent: Vec<SeatId> = cx.room.speaking.iter().filter(|(_, s)| silent(s)).map(|(seat, _)| *seat).collect();
    silent.into_iter().for_each(|seat| ceased(seat, cx));
}
