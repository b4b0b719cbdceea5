//! Turns to speak, in sentences.

use super::catalogue::{say, text};
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
        RoundKind::CheckIn => text("turns-check-round"),
        RoundKind::CheckOut => text("turns-check-out-round"),
        RoundKind::Free => text("turns-round"),
    }
}

/// A number as it's said in a row: 1st, 2nd.
pub fn ordinal(number: usize) -> String {
    say!("turns-ordinal", number)
}

/// A number of minutes in words.
fn minutes(count: u64) -> String {
    say!("turns-minutes", count)
}

/// A length of time in seconds, or in minutes where they are whole.
fn length(seconds: u64) -> String {
    if seconds >= 60 && seconds.is_multiple_of(60) { minutes(seconds / 60) } else { say!("turns-seconds", seconds) }
}

/// Why I am not heard though my microphone may be open; `None` if I am.
pub fn why_muted(room: &Room) -> Option<String> {
    let me = room.me.filter(|me| room.floor_muted(*me))?;
    Some(match room.state.turns.floor.holder {
        _ if room.state.circle.is_muted(me) => text("turns-facilitator-muted").to_owned(),
        Some(holder) => say!("turns-talking-stick", name = name(room, holder)),
        None => text("turns-all-but-facilitator-muted").to_owned(),
    })
}

/// To a member who talks and is muted.
pub fn talks_muted(room: &Room) -> String {
    let why = why_muted(room).unwrap_or_else(|| text("turns-muted").to_owned());
    say!("turns-talking-but-nobody-hears", why)
}

/// The facilitator's hint about a member who has not been heard.
pub fn nudge(room: &Room, seat: SeatId) -> String {
    say!("turns-not-heard-20-minutes", name = name(room, seat))
}

/// My own share of the time in which anybody spoke; nobody is told of another's.
pub fn my_share(room: &Room) -> Option<String> {
    Some(say!("turns-spoken-time-which-anybody", value = room.my_share()?))
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
        TurnEvent::Stick(Some(seat)) if me(seat) => {
            say!("turns-talking-stick-only-heard", stick = how(Word::Stick, "NAME"), stick2 = how(Word::Stick, "down"))
        }
        TurnEvent::Stick(Some(seat)) => {
            let name = name(room, seat);
            say!("turns-talking-stick-only-heard-2", name)
        }
        TurnEvent::Stick(None) if room.is_all_muted() => text("turns-talking-stick-down").to_owned(),
        TurnEvent::Stick(None) => text("turns-talking-stick-down-everybody").to_owned(),
        TurnEvent::Asked { seat, up: true } if me(seat) => text("turns-facilitator-sees-would-like").to_owned(),
        TurnEvent::Asked { seat, up: false } if me(seat) => text("turns-facilitator-no-longer-sees").to_owned(),
        TurnEvent::Asked { seat, up: true } if room.am_facilitator() => {
            let name = name(room, seat);
            say!("turns-would-like-speak-give", name, next = how(Word::Next, name))
        }
        TurnEvent::Asked { .. } => return None,
        TurnEvent::Ordered => match turns.queue.order {
            Order::Hands => text("turns-raised-hands-come-order").to_owned(),
            Order::Least => text("turns-those-raised-hands-one").to_owned(),
        },
        TurnEvent::Next(seat) if me(seat) && room.mic.open => text("turns-next-speak").to_owned(),
        TurnEvent::Next(seat) if me(seat) => {
            say!("turns-next-speak-open-microphone", mic = how(Word::Mic, "on"))
        }
        TurnEvent::Next(seat) => say!("turns-next-speak-2", name = name(room, seat)),
        TurnEvent::Agenda if turns.agenda.points.is_empty() => text("turns-agenda-empty-now").to_owned(),
        TurnEvent::Agenda => {
            let points: Vec<_> = turns.agenda.points.iter().map(|point| point.text.as_str()).collect();
            say!("turns-agenda", names = names(&points))
        }
        TurnEvent::Point(Some(_)) => {
            let point = turns.agenda.point()?;
            say!("turns-now-agenda", text = point.text, minutes = minutes(point.minutes.into()))
        }
        TurnEvent::Point(None) => text("turns-all-points-agenda-done").to_owned(),
        TurnEvent::PointTime => {
            let point = turns.agenda.point()?;
            say!("turns-point-time", minutes = minutes(point.minutes.into()), text = point.text)
        }
        TurnEvent::BreakBegan => say!(
            "turns-break-please-back-group",
            clock = clock(turns.pause.as_ref()?.until_ms),
            back = how(Word::Back, "")
        ),
        TurnEvent::BreakTime => match missing(room).as_slice() {
            [] => text("turns-time-come-back").to_owned(),
            missing => say!("turns-time-come-back-not", names = names(missing)),
        },
        TurnEvent::Back(seat) if me(seat) => text("turns-others-see-back").to_owned(),
        TurnEvent::Back(seat) => say!("turns-back", name = name(room, seat)),
        TurnEvent::BreakOver => text("turns-break-over").to_owned(),
        TurnEvent::BellSet => match turns.bell {
            Some(bell) => say!("turns-group-time-ends-clock", clock = clock(bell.at_ms)),
            None => text("turns-group-time-no-longer").to_owned(),
        },
        TurnEvent::BellSoon => text("turns-five-minutes-left-time").to_owned(),
        TurnEvent::Bell => text("turns-group-time-up-take").to_owned(),
    })
}

/// About a mute of all but the facilitator.
fn mute_all(room: &Room, turned: TurnEvent, how: Guide) -> Option<String> {
    let time = length(room.state.circle.charter.mute_all_ms() / 1000);
    let holder = room.state.turns.floor.holder;
    Some(match turned {
        TurnEvent::MuteAll { on: true } if room.am_facilitator() => say!("turns-all-others-muted", time),
        TurnEvent::MuteAll { on: true } => {
            say!("turns-all-but-facilitator-muted-ask", time, ask = how(Word::Ask, ""))
        }
        TurnEvent::MuteAll { on: false } if holder.is_some() => return None,
        TurnEvent::MuteAll { on: false } if room.am_floor_muted() => text("turns-others-may-speak-again").to_owned(),
        TurnEvent::MuteAll { on: false } => text("turns-everybody-may-speak-again").to_owned(),
        TurnEvent::MuteAllAsked if room.am_facilitator() => text("turns-group-asked-whether-all").to_owned(),
        TurnEvent::MuteAllAsked => say!("turns-facilitator-asks-whether-all", time, yes = how(Word::Yes, "")),
        TurnEvent::MuteAllYes(seat) if room.me == Some(seat) => text("turns-said-yes").to_owned(),
        TurnEvent::MuteAllRefused => text("turns-too-few-said-yes").to_owned(),
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
            let kind = round_kind(round.kind);
            match round.seconds {
                Some(seconds) => say!("turns-round-begins-timed", kind, each = length(seconds.into())),
                None => say!("turns-round-begins", kind),
            }
        }
        TurnEvent::RoundTurn(Some(seat)) if me(seat) => say!(
            "turns-turn-when-finished-say",
            done = how(Word::Done, ""),
            pass = how(Word::Pass, ""),
            later = how(Word::Later, "")
        ),
        TurnEvent::RoundTurn(Some(seat)) => {
            let place = room.me.and_then(|me| round?.place_of(me));
            match place {
                Some(place) => say!("turns-their-turn-and-mine", name = name(seat), place = ordinal(place)),
                None => say!("turns-their-turn", name = name(seat)),
            }
        }
        TurnEvent::RoundTurn(None) => text("turns-everybody-who-left-round").to_owned(),
        TurnEvent::RoundPassed(seat) if me(seat) => text("turns-passed").to_owned(),
        TurnEvent::RoundPassed(seat) => say!("turns-passes", name = name(seat)),
        TurnEvent::RoundSkipped { seat, .. } if me(seat) => text("turns-round-gone-next-person").to_owned(),
        TurnEvent::RoundSkipped { seat, away: true } => say!("turns-away-turn-once-back", name = name(seat)),
        TurnEvent::RoundSkipped { seat, away: false } => say!("turns-round-goes-after", name = name(seat)),
        TurnEvent::RoundLater(seat) if me(seat) => text("turns-turn-comes-end-round").to_owned(),
        TurnEvent::RoundLater(seat) => say!("turns-turn-comes-end-round-2", name = name(seat)),
        TurnEvent::RoundReturned(seat) if me(seat) => text("turns-back-next-turn-yours").to_owned(),
        TurnEvent::RoundReturned(seat) => say!("turns-back-next-turn", name = name(seat)),
        TurnEvent::RoundTime(seat) if me(seat) => text("turns-time-up-take-moment").to_owned(),
        TurnEvent::RoundTime(seat) if room.am_facilitator() => {
            say!("turns-time-up-nothing-cut", name = name(seat))
        }
        TurnEvent::RoundOver => text("turns-round-over-thank").to_owned(),
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
        return vec![text("turns-no-agenda").to_owned()];
    }
    let at = agenda.now.map(|(at, _)| usize::from(at));
    let line = |(place, point): (usize, &crate::session::Point)| {
        let state = match at {
            Some(at) if place < at => "done",
            Some(at) if place == at => "now",
            _ => "later",
        };
        say!("turns-point", number = place + 1, text = point.text, minutes = minutes(point.minutes.into()), state)
    };
    agenda.points.iter().enumerate().map(line).collect()
}
