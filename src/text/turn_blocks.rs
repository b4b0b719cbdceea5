//! All that goes on about turns, block by block for a panel.

use std::time::Duration;

use super::commands::Word;
use super::figures::span;
use super::names::{called, name, names};
use super::turns::{missing, ordinal, round_kind};
use crate::ids::{SeatId, Time};
use crate::session::{Break, Room, Round};

/// How long before its end the group's time is counted, in milliseconds.
const BELL_SHOWN_MS: u64 = 600_000;

/// One thing about turns, for a panel: what it is, a figure for it, and a line more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TurnBlock {
    /// What it is.
    pub heading: String,
    /// A figure, or where I am.
    pub figure: String,
    /// More; may be long, and stands in one line.
    pub line: Option<String>,
    /// Where I am, for the end of that line.
    pub end: String,
    /// All of it in few words, where there is one line for everything.
    pub brief: Option<String>,
    /// What is asked of me: the command, what follows it, and what it does in a word or two.
    pub asks: Option<(Word, &'static str, &'static str)>,
}

impl TurnBlock {
    fn new(heading: impl Into<String>, figure: impl Into<String>, line: Option<String>) -> Self {
        Self { heading: heading.into(), figure: figure.into(), line, ..Self::default() }
    }

    fn asking(self, asks: Option<(Word, &'static str, &'static str)>) -> Self {
        Self { asks, ..self }
    }

    fn brief(self, brief: String) -> Self {
        Self { brief: Some(brief), ..self }
    }

    /// In one line.
    pub fn short(&self) -> String {
        match (&self.brief, &self.line) {
            (Some(brief), _) => brief.clone(),
            (None, Some(line)) if self.figure.is_empty() => format!("{}: {line}", self.heading),
            (None, Some(line)) => format!("{} {}: {line}", self.heading, self.figure),
            (None, None) => format!("{} {}", self.heading, self.figure).trim_end().to_owned(),
        }
    }

    /// Rows that it takes.
    pub fn rows(&self) -> u16 {
        1 + u16::from(self.line.is_some())
    }
}

/// All there is to show about turns, what matters most first.
pub fn turn_blocks(room: &Room, now: Time) -> Vec<TurnBlock> {
    let now_ms = room.group_ms(now);
    let turns = &room.state.turns;
    let mut blocks = Vec::new();
    blocks.extend(stay_muted(room, now_ms));
    blocks.extend(turns.round.as_ref().map(|round| round_block(room, round, now_ms)));
    blocks.extend(turns.pause.map(|pause| break_block(room, pause, now_ms)));
    blocks.extend(floor(room, now_ms));
    if room.am_facilitator() && !turns.floor.asks.is_empty() {
        let asks: Vec<_> = turns.floor.asks.iter().map(|seat| name(room, *seat)).collect();
        blocks.push(TurnBlock::new("Asking to speak", "", Some(asks.join(", "))));
    }
    blocks.extend(hands(room));
    if let Some(((at, _), point)) = turns.agenda.now.zip(turns.agenda.point()) {
        let time = match turns.agenda.ends_ms() {
            Some(ends) if ends > now_ms => left(ends, now_ms),
            _ => "time is up".to_owned(),
        };
        let all = turns.agenda.points.len();
        blocks.push(TurnBlock::new(format!("{} of {all}: {}", at + 1, point.text), time, None));
    }
    let unheard: Vec<_> = room.unheard(now).into_iter().map(|seat| name(room, seat)).collect();
    if !unheard.is_empty() {
        blocks.push(TurnBlock::new("Not heard for 20 min", "", Some(unheard.join(", "))));
    }
    if let Some(bell) = turns.bell.filter(|bell| bell.at_ms.saturating_sub(now_ms) <= BELL_SHOWN_MS) {
        let time = if bell.at_ms > now_ms { left(bell.at_ms, now_ms) } else { "now".to_owned() };
        blocks.push(TurnBlock::new("The group's time ends", time, None));
    }
    blocks
}

fn left(until_ms: u64, now_ms: u64) -> String {
    span(Duration::from_millis(until_ms.saturating_sub(now_ms)))
}

/// Whether everybody stays muted for longer, while that is asked.
fn stay_muted(room: &Room, now_ms: u64) -> Option<TurnBlock> {
    let asked = room.state.turns.floor.mute_all_asked(now_ms)?;
    let line = format!("yes {} of {}", asked.yes.iter().count(), room.state.circle.seats.len());
    let time = left(asked.until_ms, now_ms);
    let waits = room.me.is_some_and(|me| !asked.yes.contains(me));
    let brief = format!("Stay muted? {time}, {line}");
    let block = TurnBlock::new("Stay muted for longer?", time, Some(line)).brief(brief);
    Some(block.asking(waits.then_some((Word::Yes, "", "yes"))))
}

fn round_block(room: &Room, round: &Round, now_ms: u64) -> TurnBlock {
    let called = |seat: SeatId| called(room, seat);
    let (at, all) = round.place();
    let mut kind = round_kind(round.kind).to_owned();
    kind.replace_range(..1, &kind[..1].to_uppercase());
    let place = room.me.and_then(|me| round.place_of(me)).map(ordinal);
    let absent: Vec<_> = round.absent.iter().map(|seat| called(*seat)).collect();
    let now = match round.now {
        Some(seat) => called(seat).to_owned(),
        None => format!("waiting for {}", names(&absent)),
    };
    let next = round.order.first().map(|seat| format!(", then {}", called(*seat))).unwrap_or_default();
    let mine = place.as_ref().map(|place| format!(", you {place}")).unwrap_or_default();
    let brief = format!("Round {at} of {all}: {now}{next}{mine}");
    let then: Vec<_> = round.order.iter().take(3).map(|seat| called(*seat)).collect();
    let mut line = if round.now.is_some() { format!("now {now}") } else { now };
    if !then.is_empty() {
        line = format!("{line}, then {}", then.join(", "));
    }
    let spent = round.since_ms.saturating_add(round.seconds.map_or(u64::MAX, |seconds| u64::from(seconds) * 1000));
    let time = match round.seconds {
        _ if round.now.is_none() => String::new(),
        Some(_) if spent <= now_ms => ", time is up".to_owned(),
        Some(_) => format!(", {}", left(spent, now_ms)),
        None => String::new(),
    };
    let end = place.map(|place| format!("you are {place}")).unwrap_or_default();
    let block = TurnBlock::new(kind, format!("{at} of {all}{time}"), Some(line)).brief(brief);
    TurnBlock { end, ..block }
}

fn break_block(room: &Room, pause: Break, now_ms: u64) -> TurnBlock {
    let back = format!("back {} of {}", pause.back.iter().count(), room.state.circle.seats.len());
    let line = match missing(room).as_slice() {
        [] => None,
        missing => Some(format!("not back: {}", missing.join(", "))),
    };
    let until = if pause.until_ms > now_ms { left(pause.until_ms, now_ms) } else { "time to come back".to_owned() };
    let brief = format!("Break {until}, {back}");
    let waits = room.me.is_some_and(|me| !pause.back.contains(me));
    let block = TurnBlock::new(format!("Break  {until}"), back, line).brief(brief);
    block.asking(waits.then_some((Word::Back, "", "I'm back")))
}

/// Who alone is heard, if that is so.
fn floor(room: &Room, now_ms: u64) -> Option<TurnBlock> {
    match room.state.turns.floor.holder {
        Some(seat) if room.me == Some(seat) => {
            let block = TurnBlock::new("You have the talking stick", "", None).brief("You have the stick".to_owned());
            Some(block.asking(Some((Word::Stick, "NAME", "pass on"))))
        }
        Some(seat) => Some(TurnBlock::new(format!("{} has the talking stick", name(room, seat)), "", None)),
        None if room.is_all_muted() => {
            let until =
                room.state.turns.floor.mute_all_until(now_ms).map(|until| left(until, now_ms)).unwrap_or_default();
            let block = TurnBlock::new("All but the facilitator are muted", until.clone(), None);
            Some(block.brief(format!("All are muted {until}")))
        }
        None => None,
    }
}

fn hands(room: &Room) -> Option<TurnBlock> {
    let queue = room.state.turns.queue.in_order();
    let mine = queue.iter().position(|seat| room.me == Some(*seat));
    let hands: Vec<_> =
        queue.iter().enumerate().map(|(at, seat)| format!("{} {}", at + 1, called(room, *seat))).collect();
    let figure = mine.map(|at| format!("you are number {}", at + 1)).unwrap_or_default();
    let hands = hands.join(", ");
    let block = TurnBlock::new("Hands up", figure, Some(hands.clone())).brief(format!("Hands up: {hands}"));
    (!queue.is_empty()).then_some(block)
}
