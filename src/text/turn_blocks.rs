//! All that goes on about turns, block by block for a panel.

use super::catalogue::{say, text};
use std::time::Duration;

use super::commands::Word;
use super::figures::span;
use super::names::{called, name, names};
use super::selection::capital;
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
        blocks.push(TurnBlock::new(text("turn-blocks-asking-speak"), "", Some(asks.join(", "))));
    }
    blocks.extend(hands(room));
    if let Some(((at, _), point)) = turns.agenda.now.zip(turns.agenda.point()) {
        let time = match turns.agenda.ends_ms() {
            Some(ends) if ends > now_ms => left(ends, now_ms),
            _ => text("turn-blocks-time-is-up").to_owned(),
        };
        let all = turns.agenda.points.len();
        blocks.push(TurnBlock::new(say!("turn-blocks-point", at = at + 1, all, text = point.text), time, None));
    }
    let unheard: Vec<_> = room.unheard(now).into_iter().map(|seat| name(room, seat)).collect();
    if !unheard.is_empty() {
        blocks.push(TurnBlock::new(text("turn-blocks-not-heard-20-min"), "", Some(unheard.join(", "))));
    }
    if let Some(bell) = turns.bell.filter(|bell| bell.at_ms.saturating_sub(now_ms) <= BELL_SHOWN_MS) {
        let time = if bell.at_ms > now_ms { left(bell.at_ms, now_ms) } else { text("turn-blocks-now-2").to_owned() };
        blocks.push(TurnBlock::new(text("turn-blocks-group-time-ends"), time, None));
    }
    blocks
}

fn left(until_ms: u64, now_ms: u64) -> String {
    span(Duration::from_millis(until_ms.saturating_sub(now_ms)))
}

/// Whether everybody stays muted for longer, while that is asked.
fn stay_muted(room: &Room, now_ms: u64) -> Option<TurnBlock> {
    let asked = room.state.turns.floor.mute_all_asked(now_ms)?;
    let line = say!("turn-blocks-yes", yes = asked.yes.iter().count(), seats = room.state.circle.seats.len());
    let time = left(asked.until_ms, now_ms);
    let waits = room.me.is_some_and(|me| !asked.yes.contains(me));
    let brief = say!("turn-blocks-stay-muted", time, line);
    let block = TurnBlock::new(text("turn-blocks-stay-muted-longer"), time, Some(line)).brief(brief);
    Some(block.asking(waits.then_some((Word::Yes, "", text("turn-blocks-yes-2")))))
}

fn round_block(room: &Room, round: &Round, now_ms: u64) -> TurnBlock {
    let called = |seat: SeatId| called(room, seat);
    let (at, all) = round.place();
    let kind = capital(round_kind(round.kind));
    let place = room.me.and_then(|me| round.place_of(me)).map(ordinal);
    let absent: Vec<_> = round.absent.iter().map(|seat| called(*seat)).collect();
    let now = match round.now {
        Some(seat) => called(seat).to_owned(),
        None => say!("turn-blocks-waiting-for", names = names(&absent)),
    };
    let next = round.order.first().map(|seat| called(*seat));
    let brief = match next {
        Some(next) => say!("turn-blocks-round-then", at, all, now, next),
        None => say!("turn-blocks-round", at, all, now),
    };
    let brief = match &place {
        Some(place) => say!("turn-blocks-round-mine", brief, place),
        None => brief,
    };
    let then: Vec<_> = round.order.iter().take(3).map(|seat| called(*seat)).collect();
    let mut line = if round.now.is_some() { say!("turn-blocks-now", name = now) } else { now };
    if !then.is_empty() {
        line = say!("turn-blocks-then", line, names = then.join(", "));
    }
    let spent = round.since_ms.saturating_add(round.seconds.map_or(u64::MAX, |seconds| u64::from(seconds) * 1000));
    let time = match round.seconds {
        _ if round.now.is_none() => String::new(),
        Some(_) if spent <= now_ms => format!(", {}", text("turn-blocks-time-is-up")),
        Some(_) => format!(", {}", left(spent, now_ms)),
        None => String::new(),
    };
    let end = place.map(|place| say!("turn-blocks-you-are", place)).unwrap_or_default();
    let block = TurnBlock::new(kind, format!("{}{time}", say!("turn-blocks-of", at, all)), Some(line)).brief(brief);
    TurnBlock { end, ..block }
}

fn break_block(room: &Room, pause: Break, now_ms: u64) -> TurnBlock {
    let back = say!("turn-blocks-back", back = pause.back.iter().count(), seats = room.state.circle.seats.len());
    let line = match missing(room).as_slice() {
        [] => None,
        missing => Some(say!("turn-blocks-not-back", missing = missing.join(", "))),
    };
    let until = if pause.until_ms > now_ms {
        left(pause.until_ms, now_ms)
    } else {
        text("turn-blocks-time-come-back").to_owned()
    };
    let brief = say!("turn-blocks-break", until, back);
    let waits = room.me.is_some_and(|me| !pause.back.contains(me));
    let block = TurnBlock::new(say!("turn-blocks-break-2", until), back, line).brief(brief);
    block.asking(waits.then_some((Word::Back, "", text("turn-blocks-im-back"))))
}

/// Who alone is heard, if that is so.
fn floor(room: &Room, now_ms: u64) -> Option<TurnBlock> {
    match room.state.turns.floor.holder {
        Some(seat) if room.me == Some(seat) => {
            let block =
                TurnBlock::new(text("turn-blocks-talking-stick"), "", None).brief(text("turn-blocks-stick").to_owned());
            Some(block.asking(Some((Word::Stick, "NAME", text("turn-blocks-pass")))))
        }
        Some(seat) => Some(TurnBlock::new(say!("turn-blocks-talking-stick-2", name = name(room, seat)), "", None)),
        None if room.is_all_muted() => {
            let until =
                room.state.turns.floor.mute_all_until(now_ms).map(|until| left(until, now_ms)).unwrap_or_default();
            let block = TurnBlock::new(text("turn-blocks-all-but-facilitator-muted"), until.clone(), None);
            Some(block.brief(say!("turn-blocks-all-muted", until)))
        }
        None => None,
    }
}

fn hands(room: &Room) -> Option<TurnBlock> {
    let queue = room.state.turns.queue.in_order();
    let mine = queue.iter().position(|seat| room.me == Some(*seat));
    let hands: Vec<_> =
        queue.iter().enumerate().map(|(at, seat)| format!("{} {}", at + 1, called(room, *seat))).collect();
    let figure = mine.map(|at| say!("turn-blocks-number", at = at + 1)).unwrap_or_default();
    let hands = hands.join(", ");
    let block = TurnBlock::new(text("turn-blocks-hands-up"), figure, Some(hands.clone()))
        .brief(say!("turn-blocks-hands-up-2", hands));
    (!queue.is_empty()).then_some(block)
}
