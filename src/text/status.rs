//! The group, told in sentences.

use super::catalogue::{say, text};
use std::time::Duration;

use super::care;
use super::door::{odd_name_in_short, try_waits_in_short};
use super::figures::{LineState, bytes, line_state};
use super::lobby::agreement;
use super::names::{called, name, names};
use super::roles::choices;
use super::second_way::second_way_lines;
use super::selection::capital;
use super::sign::{Sign, signs};
use super::turn_blocks::turn_blocks;
use super::turns::my_share;
use super::verify::standing;
use crate::ids::Time;
use crate::session::{HeardBy, Lookalike, Phase, Road, Room, Waiting};

/// The members who speak now, in one sentence without a full stop, and since when the first of them does.
pub fn speaking(room: &Room, now: Time) -> (String, Option<Duration>) {
    if matches!(room.phase, Phase::Returning(_)) {
        return (text("status-line-cut-coming-back").to_owned(), None);
    }
    let seats: Vec<_> = room.speakers().into_iter().filter(|seat| !room.floor_muted(*seat)).collect();
    let since = seats.first().and_then(|seat| room.speaking.get(seat)).map(|speaking| now.since(speaking.since));
    match seats.as_slice() {
        [] => (text("status-nobody-speaking").to_owned(), None),
        [one] if room.me == Some(*one) => (text("status-you-are-speaking").to_owned(), since),
        [one] => (say!("status-is-speaking", name = name(room, *one)), since),
        several => {
            let me = several.iter().any(|seat| room.me == Some(*seat));
            let called: Vec<_> = several.iter().map(|seat| called(room, *seat)).collect();
            let sentence = say!("status-are-speaking", names = names(&called), me);
            // A name stays as it is written.
            (if room.me == several.first().copied() { capital(&sentence) } else { sentence }, since)
        }
    }
}

/// The same in fewer words, where the names of all who speak don't fit.
pub fn speaking_short(room: &Room) -> String {
    let mut seats = room.speakers().into_iter().filter(|seat| !room.floor_muted(*seat));
    let first = seats.next().map_or(text("status-nobody"), |seat| {
        if room.me == Some(seat) { text("status-you") } else { called(room, seat) }
    });
    match seats.count() {
        0 => first.to_owned(),
        others => say!("status-and-more", first, others),
    }
}

/// Everybody in the circle, a line each, in the order of the screen: arrival, and I last.
pub fn who(room: &Room, now: Time) -> Vec<String> {
    let order = room.roster();
    let mut lines = vec![say!("status-circle", order = order.len())];
    for seat in order {
        let words: Vec<_> = signs(room, seat, now).into_iter().map(Sign::words).collect();
        let name = name(room, seat);
        lines.push(say!("status-member", name, me = room.me == Some(seat), signs = words.join(", ")));
    }
    if !room.door.is_empty() && room.am_facilitator() {
        let odd =
            |waiting: &Waiting| Lookalike::of(&waiting.name, room).map(|odd| format!(" ({})", odd_name_in_short(&odd)));
        let waits = |waiting: &Waiting| {
            format!("{}{} {}", waiting.name, odd(waiting).unwrap_or_default(), agreement(waiting.agreed))
        };
        let waiting: Vec<_> = room.door.iter().map(waits).collect();
        lines.push(say!("status-door", names = names(&waiting)));
    }
    lines.extend(room.try_waits.then(|| try_waits_in_short().to_owned()));
    lines.extend(choices(room));
    if room.hears_of_trouble() {
        for one in room.state.care.alarms() {
            lines.push(care::alarm(room, one));
        }
    }
    if room.state.locked {
        lines.push(text("status-door-locked").to_owned());
    }
    lines.push(standing(room, now));
    lines.extend(turn_blocks(room, now).iter().map(|block| format!("{}.", block.short())));
    lines.extend(my_share(room));
    lines
}

/// My line, in sentences.
pub fn link(room: &Room) -> Vec<String> {
    let link = &room.link;
    let slow = link.road == Road::Tcp;
    let state = match line_state(room) {
        LineState::None => text("status-no-line").to_owned(),
        LineState::Cut => text("status-line-cut").to_owned(),
        LineState::Good | LineState::Slow => say!("status-line-good", slow),
        LineState::Fair => say!("status-line-fair", slow),
        LineState::Poor => say!("status-line-poor", slow),
    };
    let mut lines = vec![state];
    lines.extend(heard_by(room));
    lines.extend([
        say!(
            "status-sending-receiving-kilobits-second",
            up_kbps = format!("{:.0}", link.up_kbps),
            down_kbps = format!("{:.0}", link.down_kbps)
        ),
        say!(
            "status-what-send-lost-way",
            value = format!("{:.0}", link.loss_up * 100.0),
            value2 = format!("{:.0}", link.loss_down * 100.0)
        ),
        say!("status-relay-answers-within-milliseconds", rtt_ms = format!("{:.0}", link.rtt_ms)),
        say!("status-sound-held-back-milliseconds", playout_ms = link.playout_ms),
        say!("status-data-used-far", bytes = bytes(link.data_bytes)),
    ]);
    lines.extend(second_way_lines(room));
    lines
}

/// How I am heard, as far as it's known: "7 of 8 hear you. Ben is losing words." `None` while nobody has said.
pub fn heard_by(room: &Room) -> Option<String> {
    let HeardBy { of, hear, losing } = room.heard_by.filter(|heard| heard.of > 0)?;
    let hear = match (hear, of) {
        (1, 1) => text("status-heard").to_owned(),
        (0, _) => text("status-nobody-hears-everything-say").to_owned(),
        _ if hear == of => say!("status-all-hear", of),
        _ => say!("status-hear", hear, of),
    };
    let losing: Vec<&str> = losing.iter().filter_map(|seat| room.state.circle.name(seat)).collect();
    match losing.as_slice() {
        [] => Some(hear),
        several => Some(say!("status-losing", hear, names = names(several), count = several.len())),
    }
}

/// The same in few words, while not everybody hears me.
pub fn heard_by_few(room: &Room) -> Option<String> {
    let heard = room.heard_by.filter(|heard| heard.hear < heard.of)?;
    Some(say!("status-hear-2", hear = heard.hear, of = heard.of))
}
