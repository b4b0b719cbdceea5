//! Turns as events.

use super::line::{Agenda, Bell, Break, LineEvent, MuteAll, Point, Queue, Round};
use crate::ids::SeatId;
use crate::session::{Order, Room, RoundKind, TurnEvent};
use crate::text;

/// What became of turns; `None` if there is nothing to tell.
pub(super) fn event(turned: TurnEvent, room: &Room) -> Option<LineEvent<'_>> {
    let name = |seat: SeatId| room.state.circle.name(seat);
    let turns = &room.state.turns;
    Some(match turned {
        TurnEvent::MuteAll { on } => LineEvent::Quiet(quiet(room, on, None)),
        TurnEvent::MuteAllAsked | TurnEvent::MuteAllYes(_) => LineEvent::Quiet(quiet(room, room.is_all_muted(), None)),
        TurnEvent::MuteAllAgreed => return None,
        TurnEvent::MuteAllRefused => LineEvent::Quiet(quiet(room, room.is_all_muted(), Some(true))),
        TurnEvent::Stick(holder) => LineEvent::Stick { holder: holder.and_then(name) },
        TurnEvent::Asked { .. } | TurnEvent::Heeded(_) | TurnEvent::Queue | TurnEvent::Ordered => {
            LineEvent::Queue(queue(room))
        }
        TurnEvent::Next(seat) => LineEvent::Next { name: name(seat)? },
        TurnEvent::RoundBegan => round(room, "began", None),
        TurnEvent::RoundTurn(seat) => round(room, "turn", seat),
        TurnEvent::RoundPassed(seat) => round(room, "passed", Some(seat)),
        TurnEvent::RoundSkipped { seat, away: true } => round(room, "away", Some(seat)),
        TurnEvent::RoundSkipped { seat, away: false } => round(room, "skipped", Some(seat)),
        TurnEvent::RoundLater(seat) => round(room, "later", Some(seat)),
        TurnEvent::RoundReturned(seat) => round(room, "returned", Some(seat)),
        TurnEvent::RoundTime(seat) => round(room, "time", Some(seat)),
        TurnEvent::RoundOver => round(room, "over", None),
        TurnEvent::Agenda | TurnEvent::Point(_) | TurnEvent::PointTime => {
            let points = turns.agenda.points.iter();
            LineEvent::Agenda(Agenda {
                points: points.map(|point| Point { text: &point.text, minutes: point.minutes }).collect(),
                now: turns.agenda.now.map(|(at, _)| at),
                passed: turned == TurnEvent::PointTime,
            })
        }
        TurnEvent::BreakBegan => rest(room, "began"),
        TurnEvent::BreakTime => rest(room, "time"),
        TurnEvent::Back(_) => rest(room, "back"),
        TurnEvent::BreakOver => rest(room, "over"),
        TurnEvent::BellSet => bell(room, "set"),
        TurnEvent::BellSoon => bell(room, "soon"),
        TurnEvent::Bell => bell(room, "now"),
    })
}

fn seconds(ms: u64) -> f64 {
    ms as f64 / 1000.0
}

fn quiet(room: &Room, on: bool, refused: Option<bool>) -> MuteAll {
    let until_s = room.state.turns.floor.mute_all_until(0).filter(|_| on).map(seconds);
    let asked = room.state.turns.floor.mute_all_asked(room.clock.1).filter(|_| refused.is_none());
    let of = asked.map(|_| room.state.circle.seats.len());
    MuteAll { on, until_s, yes: asked.map(|asked| asked.yes.iter().count()), of, refused }
}

fn queue(room: &Room) -> Queue<'_> {
    let order = match room.state.turns.queue.order {
        Order::Hands => "hands",
        Order::Least => "least",
    };
    let names = |seats: &[SeatId]| seats.iter().filter_map(|seat| room.state.circle.name(*seat)).collect();
    let asks = if room.am_facilitator() { names(&room.state.turns.floor.asks) } else { mine(room) };
    Queue { order, hands: names(&room.state.turns.queue.in_order()), asks }
}

/// Requests to speak are for the facilitator to know; a member knows their own too.
fn mine(room: &Room) -> Vec<&str> {
    let me = room.me.filter(|me| room.state.turns.floor.asks.contains(me));
    me.and_then(|me| room.state.circle.name(me)).into_iter().collect()
}

fn round<'a>(room: &'a Room, news: &'static str, about: Option<SeatId>) -> LineEvent<'a> {
    let round = room.state.turns.round.as_ref();
    let names = |seats: &[SeatId]| seats.iter().filter_map(|seat| room.state.circle.name(*seat)).collect();
    LineEvent::Round(Round {
        kind: round.map_or("none", |round| match round.kind {
            RoundKind::CheckIn => "checkin",
            RoundKind::CheckOut => "checkout",
            RoundKind::Free => "free",
        }),
        now: round.and_then(|round| room.state.circle.name(round.now?)),
        order: round.map_or_else(Vec::new, |round| names(&round.order)),
        absent: round.map_or_else(Vec::new, |round| names(&round.absent)),
        seconds: round.and_then(|round| round.seconds),
        news,
        name: about.and_then(|seat| room.state.circle.name(seat)),
    })
}

fn rest<'a>(room: &'a Room, news: &'static str) -> LineEvent<'a> {
    let rest = room.state.turns.pause;
    LineEvent::Break(Break {
        until_s: rest.map(|rest| seconds(rest.until_ms)),
        back: rest.iter().flat_map(|rest| rest.back.iter()).filter_map(|seat| room.state.circle.name(seat)).collect(),
        news,
    })
}

fn bell(room: &Room, news: &'static str) -> LineEvent<'static> {
    LineEvent::Bell(Bell { at_s: room.state.turns.bell.map(|bell| seconds(bell.at_ms)), news })
}

/// The agenda as an event, in answer to a question.
pub(super) fn agenda(room: &Room) -> Option<LineEvent<'_>> {
    event(TurnEvent::Agenda, room)
}

/// Why nobody hears me, while I talk all the same.
pub(super) fn talks_muted(room: &Room) -> LineEvent<'static> {
    LineEvent::TalksMuted { message: text::talks_muted(room) }
}
