//! The group, told in sentences.

use std::time::Duration;

use super::care;
use super::door::{odd_name_in_short, try_waits_in_short};
use super::figures::{LineState, bytes, line_state};
use super::lobby::agreement;
use super::names::{called, name, names};
use super::roles::choices;
use super::sign::{Sign, signs};
use super::turn_blocks::turn_blocks;
use super::turns::my_share;
use super::verify::standing;
use crate::ids::Time;
use crate::session::{HeardBy, Lookalike, Phase, Road, Room, Waiting};

/// The members who speak now, in one sentence without a full stop, and since when the first of them does.
pub fn speaking(room: &Room, now: Time) -> (String, Option<Duration>) {
    if matches!(room.phase, Phase::Returning(_)) {
        return ("Your line is cut; coming back".to_owned(), None);
    }
    let seats: Vec<_> = room.speakers().into_iter().filter(|seat| !room.floor_muted(*seat)).collect();
    let since = seats.first().and_then(|seat| room.speaking.get(seat)).map(|speaking| now.since(speaking.since));
    match seats.as_slice() {
        [] => ("Nobody is speaking".to_owned(), None),
        [one] if room.me == Some(*one) => ("You are speaking".to_owned(), since),
        [one] => (format!("{} is speaking", called(room, *one)), since),
        several => {
            let called: Vec<_> = several.iter().map(|seat| called(room, *seat)).collect();
            let sentence = format!("{} are speaking", names(&called));
            (if called[0] == "you" { sentence.replacen("you", "You", 1) } else { sentence }, since)
        }
    }
}

/// The same in fewer words, where the names of all who speak don't fit.
pub fn speaking_short(room: &Room) -> String {
    let mut seats = room.speakers().into_iter().filter(|seat| !room.floor_muted(*seat));
    let first = seats.next().map_or("Nobody", |seat| if room.me == Some(seat) { "You" } else { called(room, seat) });
    match seats.count() {
        0 => first.to_owned(),
        others => format!("{first} and {others} more"),
    }
}

/// Everybody in the circle, a line each, in the order of the screen: arrival, and I last.
pub fn who(room: &Room, now: Time) -> Vec<String> {
    let order = room.roster();
    let mut lines = vec![format!("In the circle: {}.", order.len())];
    for seat in order {
        let words: Vec<_> = signs(room, seat, now).into_iter().map(Sign::words).collect();
        let name = name(room, seat);
        let me = if room.me == Some(seat) { " (you)" } else { "" };
        lines.push(format!("{name}{me}: {}.", words.join(", ")));
    }
    if !room.door.is_empty() && room.am_facilitator() {
        let odd =
            |waiting: &Waiting| Lookalike::of(&waiting.name, room).map(|odd| format!(" ({})", odd_name_in_short(&odd)));
        let waits = |waiting: &Waiting| {
            format!("{}{} {}", waiting.name, odd(waiting).unwrap_or_default(), agreement(waiting.agreed))
        };
        let waiting: Vec<_> = room.door.iter().map(waits).collect();
        lines.push(format!("At the door: {}.", names(&waiting)));
    }
    lines.extend(room.try_waits.then(|| try_waits_in_short().to_owned()));
    lines.extend(choices(room));
    if room.hears_of_trouble() {
        for one in room.state.care.alarms() {
            lines.push(care::alarm(room, one));
        }
    }
    if room.state.locked {
        lines.push("The door is locked.".to_owned());
    }
    lines.push(standing(room, now));
    lines.extend(turn_blocks(room, now).iter().map(|block| format!("{}.", block.short())));
    lines.extend(my_share(room));
    lines
}

/// My line, in sentences.
pub fn link(room: &Room) -> Vec<String> {
    let link = &room.link;
    let road = match link.road {
        Road::Udp => "",
        Road::Tcp => ", by the slow road (UDP is blocked here)",
    };
    let state = match line_state(room) {
        LineState::None => "There is no line yet.".to_owned(),
        LineState::Slow => format!("Your line is good{road}."),
        state @ LineState::Cut => format!("Your {}.", is(state.words())),
        state @ (LineState::Good | LineState::Fair | LineState::Poor) => format!("Your {}{road}.", is(state.words())),
    };
    let mut lines = vec![state];
    lines.extend(heard_by(room));
    lines.extend([
        format!("Sending {:.0} and receiving {:.0} kilobits a second.", link.up_kbps, link.down_kbps),
        format!(
            "{:.0}% of what you send is lost on the way, and {:.0}% of what is sent to you.",
            link.loss_up * 100.0,
            link.loss_down * 100.0
        ),
        format!("The relay answers within {:.0} milliseconds.", link.rtt_ms),
        format!("Sound is held back for {} milliseconds to bridge gaps in the line.", link.playout_ms),
        format!("{} of data used so far.", bytes(link.data_bytes)),
    ]);
    lines
}

/// How I am heard, as far as it's known: "7 of 8 hear you. Ben is losing words." `None` while nobody has said.
pub fn heard_by(room: &Room) -> Option<String> {
    let HeardBy { of, hear, losing } = room.heard_by.filter(|heard| heard.of > 0)?;
    let hear = match (hear, of) {
        (1, 1) => "You are heard.".to_owned(),
        (0, _) => "Nobody hears everything you say at the moment.".to_owned(),
        _ if hear == of => format!("All {of} hear you."),
        _ => format!("{hear} of {of} hear you."),
    };
    let losing: Vec<&str> = losing.iter().filter_map(|seat| room.state.circle.name(seat)).collect();
    match losing.as_slice() {
        [] => Some(hear),
        [one] => Some(format!("{hear} {one} is losing words.")),
        _ => Some(format!("{hear} {} are losing words.", names(&losing))),
    }
}

/// The same in few words, while not everybody hears me.
pub fn heard_by_few(room: &Room) -> Option<String> {
    let heard = room.heard_by.filter(|heard| heard.hear < heard.of)?;
    Some(format!("{} of {} hear you", heard.hear, heard.of))
}

fn is(line: &str) -> String {
    line.replacen("line ", "line is ", 1)
}
