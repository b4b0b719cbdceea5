//! Commands about turns.

use super::find::in_circle;
use super::table::{Command, Entry, typed as how};
use super::usage::usage;
use super::user_error::user_error;
use crate::ids::SeatId;
use crate::session::{Intent, NotNow, Order, Room, RoundKind, Trouble, Turn};
use crate::text::{self, Word, typed as say};

/// What a command about turns asks for; `None` if the word is another's.
pub(super) fn command(entry: &Entry, argument: &str, room: &Room) -> Option<Result<Command, Trouble>> {
    let lower = argument.to_lowercase();
    let turn = match (entry.word, lower.as_str()) {
        (Word::Agenda, "") => return Some(Ok(Command::Agenda)),
        (Word::Stick, "down") => return Some(Ok(Command::Intent(Intent::Stick(None)))),
        (Word::Stick, name) if !name.is_empty() => {
            return Some(in_circle(room, argument).map(|seat| Command::Intent(Intent::Stick(Some(seat)))));
        }
        (Word::Ask, "") => Ok(Turn::Ask { up: !room.me.is_some_and(|me| room.state.turns.floor.asks.contains(&me)) }),
        (Word::Next, "") => next(room),
        (Word::Next, _) => in_circle(room, argument).and_then(|seat| waits(room, seat)).map(Turn::Next),
        (Word::Order, "hands") => Ok(Turn::Order(Order::Hands)),
        (Word::Order, "least") => Ok(Turn::Order(Order::Least)),
        (Word::Round, "end") => Ok(Turn::EndRound),
        (Word::Round, kind) => round(kind).ok_or_else(|| usage(entry)),
        (Word::Pass, "") => Ok(Turn::Pass),
        (Word::Later, "") => Ok(Turn::Later),
        (Word::Done, "") => Ok(done(room)),
        (Word::Yes, "") => Ok(Turn::Yes),
        (Word::Back, "") => Ok(Turn::Back),
        (Word::Agenda, "next") => Ok(Turn::NextPoint),
        (Word::Agenda, "clear") => Ok(Turn::ClearAgenda),
        (Word::Agenda, _) => point(argument).ok_or_else(|| user_error(say::point_needs_minutes(how))),
        (Word::Break, "end") => Ok(Turn::EndBreak),
        (Word::Break, minutes) => minutes.parse().map(Turn::Break).map_err(|_| usage(entry)),
        (Word::Bell, "off") => Ok(Turn::Bell(None)),
        (Word::Bell, minutes) => minutes.parse().map(|minutes| Turn::Bell(Some(minutes))).map_err(|_| usage(entry)),
        (Word::Ask | Word::Stick | Word::Order | Word::Pass | Word::Later | Word::Done | Word::Yes | Word::Back, _) => {
            Err(usage(entry))
        }
        _ => return None,
    };
    Some(turn.map(|turn| Command::Intent(Intent::Turn(turn))))
}

/// The next to speak: the first of those with raised hands, or else of those who ask to speak.
///
/// # Errors
/// A problem and a hint, if there is nobody.
pub fn next(room: &Room) -> Result<Turn, Trouble> {
    let asks = &room.state.turns.floor.asks;
    let first = room.state.turns.queue.in_order().first().or(asks.first()).copied();
    first.map(Turn::Next).ok_or(Trouble::NotNow(NotNow::NoHand))
}

/// Checks that somebody can be given the word.
fn waits(room: &Room, seat: SeatId) -> Result<SeatId, Trouble> {
    if room.am_facilitator()
        && !room.state.turns.queue.hands.contains(&seat)
        && !room.state.turns.floor.asks.contains(&seat)
    {
        return Err(user_error(say::not_asking(text::name(room, seat), how)));
    }
    Ok(seat)
}

/// My turn is over; or, for the facilitator, that of whoever has it.
pub fn done(room: &Room) -> Turn {
    let now = room.state.turns.round.as_ref().and_then(|round| round.now);
    match now.filter(|seat| room.am_facilitator() && room.me != Some(*seat)) {
        Some(seat) => Turn::Skip(seat),
        None => Turn::Done,
    }
}

fn round(typed: &str) -> Option<Turn> {
    let mut words = typed.split_whitespace();
    let kind = match words.next()? {
        "checkin" | "check-in" => RoundKind::CheckIn,
        "checkout" | "check-out" => RoundKind::CheckOut,
        "free" => RoundKind::Free,
        _ => return None,
    };
    let seconds = words.next().map(str::parse).transpose().ok()?;
    words.next().is_none().then_some(Turn::Round(kind, seconds))
}

/// A text, and its minutes at the end.
fn point(typed: &str) -> Option<Turn> {
    let (text, minutes) = typed.rsplit_once(char::is_whitespace)?;
    Some(Turn::Point(text.trim().to_owned(), minutes.parse().ok()?))
}
