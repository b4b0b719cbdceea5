//! Turns to speak, in sentences.

use std::time::Duration;

use super::commands::Word;
use super::figures::span;
use super::guide::Guide;
use super::names::{called, name, names};
use crate::ids::SeatId;
use crate::session::{Order, Room, RoundKind, TurnEvent};

/// What a round is called.
pub fn round_kind(kind: RoundKind) -> &'static str {
    match kind {
        RoundKind::CheckIn => "check-in round",
        RoundKind::CheckOut => "check-out round",
        RoundKind::Free => "round",
    }
}

/// A number as it's said in a row: 1st, 2nd.
pub fn ordinal(number: usize) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

/// A number of minutes in words.
fn minutes(count: u64) -> String {
    if count == 1 { "1 minute".to_owned() } else { format!("{count} minutes") }
}

/// A length of time in seconds, or in minutes where they are whole.
fn length(seconds: u64) -> String {
    if seconds >= 60 && seconds.is_multiple_of(60) { minutes(seconds / 60) } else { format!("{seconds} seconds") }
}

/// Why I am not heard though my microphone may be open; `None` if I am.
pub fn why_muted(room: &Room) -> Option<String> {
    let me = room.me.filter(|me| room.floor_muted(*me))?;
    Some(match room.state.turns.floor.holder {
        _ if room.state.circle.is_muted(me) => "the facilitator has muted you".to_owned(),
        Some(holder) => format!("{} has the talking stick", name(room, holder)),
        None => "all but the facilitator are muted".to_owned(),
    })
}

/// To a member who talks and is muted.
pub fn talks_muted(room: &Room) -> String {
    let why = why_muted(room).unwrap_or_else(|| "you are muted".to_owned());
    format!("You are talking, but nobody hears you: {why}.")
}

/// The facilitator's hint about a member who has not been heard.
pub fn nudge(room: &Room, seat: SeatId) -> String {
    format!("{} has not been heard for 20 minutes. Only you see this.", name(room, seat))
}

/// My own share of the time in which anybody spoke; nobody is told of another's.
pub fn my_share(room: &Room) -> Option<String> {
    Some(format!("You have spoken for {}% of the time in which anybody spoke.", room.my_share()?))
}

/// What became of turns, in a sentence or two; `None` if it need not be said to this person.
pub fn turned(room: &Room, turned: TurnEvent, how: Guide) -> Option<String> {
    let me = |seat: SeatId| room.me == Some(seat);
    let turns = &room.state.turns;
    Some(match turned {
        TurnEvent::MuteAll { .. }
        | TurnEvent::MuteAllAsked
        | TurnEvent::MuteAllYes(_)
        | TurnEvent::MuteAllAgreed
        | TurnEvent::MuteAllRefused => return mute_all(room, turned, how),
        TurnEvent::RoundBegan
        | TurnEvent::RoundTurn(_)
        | TurnEvent::RoundPassed(_)
        | TurnEvent::RoundSkipped { .. }
        | TurnEvent::RoundLater(_)
        | TurnEvent::RoundReturned(_)
        | TurnEvent::RoundTime(_)
        | TurnEvent::RoundOver => return round(room, turned, how),
        TurnEvent::Queue | TurnEvent::Heeded(_) => return None,
        TurnEvent::Stick(Some(seat)) if me(seat) => format!(
            "You have the talking stick: only you are heard. To pass it on, {}; to put it down, {}.",
            how(Word::Stick, "NAME"),
            how(Word::Stick, "down")
        ),
        TurnEvent::Stick(Some(seat)) => {
            let name = name(room, seat);
            format!("{name} has the talking stick: only {name} is heard.")
        }
        TurnEvent::Stick(None) if room.is_all_muted() => "The talking stick is down.".to_owned(),
        TurnEvent::Stick(None) => "The talking stick is down: everybody may speak.".to_owned(),
        TurnEvent::Asked { seat, up: true } if me(seat) => {
            "The facilitator sees that you would like to speak.".to_owned()
        }
        TurnEvent::Asked { seat, up: false } if me(seat) => {
            "The facilitator no longer sees that you would like to speak.".to_owned()
        }
        TurnEvent::Asked { seat, up: true } if room.am_facilitator() => {
            let name = name(room, seat);
            format!("{name} would like to speak. To give {name} the floor, {}.", how(Word::Next, name))
        }
        TurnEvent::Asked { .. } => return None,
        TurnEvent::Ordered => match turns.queue.order {
            Order::Hands => "Raised hands come in the order in which they went up.".to_owned(),
            Order::Least => "Of those with raised hands, the one heard least comes first.".to_owned(),
        },
        TurnEvent::Next(seat) if me(seat) && room.mic.open => "You are next to speak.".to_owned(),
        TurnEvent::Next(seat) if me(seat) => {
            format!("You are next to speak. To open your microphone, {}.", how(Word::Mic, "on"))
        }
        TurnEvent::Next(seat) => format!("{} is next to speak.", name(room, seat)),
        TurnEvent::Agenda if turns.agenda.points.is_empty() => "The agenda is empty now.".to_owned(),
        TurnEvent::Agenda => {
            let points: Vec<_> = turns.agenda.points.iter().map(|point| point.text.as_str()).collect();
            format!("On the agenda: {}.", names(&points))
        }
        TurnEvent::Point(Some(_)) => {
            let point = turns.agenda.point()?;
            format!("Now on the agenda: {}, {}.", point.text, minutes(point.minutes.into()))
        }
        TurnEvent::Point(None) => "All points of the agenda are done.".to_owned(),
        TurnEvent::PointTime => {
            let point = turns.agenda.point()?;
            format!("The {} for \"{}\" are up. Nothing is cut off.", minutes(point.minutes.into()), point.text)
        }
        TurnEvent::BreakBegan => format!(
            "A break: please be back at {} on the group's clock. Your microphone is closed. When you are back, {}.",
            clock(turns.pause.as_ref()?.until_ms),
            how(Word::Back, "")
        ),
        TurnEvent::BreakTime => match missing(room).as_slice() {
            [] => "It is time to come back.".to_owned(),
            missing => format!("It is time to come back. Not back yet: {}.", names(missing)),
        },
        TurnEvent::Back(seat) if me(seat) => "The others see that you are back.".to_owned(),
        TurnEvent::Back(seat) => format!("{} is back.", name(room, seat)),
        TurnEvent::BreakOver => "The break is over.".to_owned(),
        TurnEvent::BellSet => match turns.bell {
            Some(bell) => format!("The group's time ends at {} on its clock.", clock(bell.at_ms)),
            None => "The group's time no longer has a set end.".to_owned(),
        },
        TurnEvent::BellSoon => "Five minutes are left: time to come to a close.".to_owned(),
        TurnEvent::Bell => "The group's time is up. Take a moment to finish what you want to say.".to_owned(),
    })
}

/// About a mute of all but the facilitator.
fn mute_all(room: &Room, turned: TurnEvent, how: Guide) -> Option<String> {
    let time = length(room.state.circle.charter.mute_all_ms() / 1000);
    let holder = room.state.turns.floor.holder;
    Some(match turned {
        TurnEvent::MuteAll { on: true } if room.am_facilitator() => format!("All others are muted for {time}."),
        TurnEvent::MuteAll { on: true } => {
            format!("All but the facilitator are muted for {time}. To ask to speak, {}.", how(Word::Ask, ""))
        }
        TurnEvent::MuteAll { on: false } if holder.is_some() => return None,
        TurnEvent::MuteAll { on: false } if room.am_floor_muted() => {
            "The others may speak again. You are still muted by the facilitator.".to_owned()
        }
        TurnEvent::MuteAll { on: false } => "Everybody may speak again.".to_owned(),
        TurnEvent::MuteAllAsked if room.am_facilitator() => {
            "The group is asked whether all stay muted for as long again. Most have to say yes.".to_owned()
        }
        TurnEvent::MuteAllAsked => format!(
            "The facilitator asks whether all should stay muted for {time} more. If you agree, {}; if not, do nothing.",
            how(Word::Yes, "")
        ),
        TurnEvent::MuteAllYes(seat) if room.me == Some(seat) => "You have said yes.".to_owned(),
        TurnEvent::MuteAllRefused => "Too few have said yes, so the mute does not go on.".to_owned(),
        _ => return None,
    })
}

/// About a round.
fn round(room: &Room, turned: TurnEvent, how: Guide) -> Option<String> {
    let me = |seat: SeatId| room.me == Some(seat);
    let name = |seat: SeatId| name(room, seat);
    let round = room.state.turns.round.as_ref();
    Some(match turned {
        TurnEvent::RoundBegan => {
            let round = round?;
            let each = round.seconds.map(|seconds| format!(", with {} for each", length(seconds.into())));
            let each = each.unwrap_or_default();
            format!("A {} begins{each}. Everybody has a turn, and anybody may pass.", round_kind(round.kind))
        }
        TurnEvent::RoundTurn(Some(seat)) if me(seat) => format!(
            "It is your turn. When you have finished, {}; to say nothing, {}; to come later, {}.",
            how(Word::Done, ""),
            how(Word::Pass, ""),
            how(Word::Later, "")
        ),
        TurnEvent::RoundTurn(Some(seat)) => {
            let place = room.me.and_then(|me| round?.place_of(me));
            let mine = place.map(|place| format!(" You are {}.", ordinal(place))).unwrap_or_default();
            format!("It is {}'s turn.{mine}", name(seat))
        }
        TurnEvent::RoundTurn(None) => {
            "Everybody who is left in the round is away. They have their turn when they are back.".to_owned()
        }
        TurnEvent::RoundPassed(seat) if me(seat) => "You have passed.".to_owned(),
        TurnEvent::RoundPassed(seat) => format!("{} passes.", name(seat)),
        TurnEvent::RoundSkipped { seat, .. } if me(seat) => "The round has gone on to the next person.".to_owned(),
        TurnEvent::RoundSkipped { seat, away: true } => format!("{} is away, and has a turn once back.", name(seat)),
        TurnEvent::RoundSkipped { seat, away: false } => format!("The round goes on after {}.", name(seat)),
        TurnEvent::RoundLater(seat) if me(seat) => "Your turn comes at the end of the round.".to_owned(),
        TurnEvent::RoundLater(seat) => format!("{}'s turn comes at the end of the round.", name(seat)),
        TurnEvent::RoundReturned(seat) if me(seat) => "You are back, and the next turn is yours.".to_owned(),
        TurnEvent::RoundReturned(seat) => format!("{} is back and has the next turn.", name(seat)),
        TurnEvent::RoundTime(seat) if me(seat) => {
            "Your time is up. Take the moment that you need to finish.".to_owned()
        }
        TurnEvent::RoundTime(seat) if room.am_facilitator() => {
            format!("{}'s time is up. Nothing is cut off.", name(seat))
        }
        TurnEvent::RoundOver => "The round is over. Thank you.".to_owned(),
        _ => return None,
    })
}

fn clock(group_ms: u64) -> String {
    span(Duration::from_millis(group_ms))
}

/// Those who are not back from the break yet.
pub(super) fn missing(room: &Room) -> Vec<&str> {
    let Some(pause) = &room.state.turns.pause else { return vec![] };
    let away = room.roster().into_iter().filter(|seat| !pause.back.contains(*seat));
    away.map(|seat| called(room, seat)).collect()
}

/// The agenda, a line a point.
pub fn agenda(room: &Room) -> Vec<String> {
    let agenda = &room.state.turns.agenda;
    if agenda.points.is_empty() {
        return vec!["There is no agenda.".to_owned()];
    }
    let at = agenda.now.map(|(at, _)| usize::from(at));
    let line = |(place, point): (usize, &crate::session::Point)| {
        let state = match at {
            Some(at) if place < at => ", done",
            Some(at) if place == at => ", now",
            _ => "",
        };
        format!("{}. {}, {}{state}.", place + 1, point.text, minutes(point.minutes.into()))
    };
    agenda.points.iter().enumerate().map(line).collect()
}
