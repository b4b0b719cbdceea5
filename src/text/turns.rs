//! Who speaks, and who comes next, in sentences.

use std::time::Duration;

use super::{Advice, advice, names, span};
use crate::ids::{SeatId, Time};
use crate::session::{NotNow, Order, Room, RoundKind, TurnEvent};
use crate::wire::limits;

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

/// So many seconds, in minutes where they are whole.
fn length(seconds: u64) -> String {
    if seconds >= 60 && seconds.is_multiple_of(60) { minutes(seconds / 60) } else { format!("{seconds} seconds") }
}

fn name(room: &Room, seat: SeatId) -> &str {
    room.state.name(seat).unwrap_or("Someone")
}

/// Why I am not heard though my microphone may be open; `None` if I am.
pub fn why_muted(room: &Room) -> Option<String> {
    let me = room.me.filter(|me| room.floor_muted(*me))?;
    Some(match room.state.turns.floor.holder {
        _ if room.state.floor_muted(me) => "the facilitator has muted you".to_owned(),
        Some(holder) => format!("{} has the talking stick", name(room, holder)),
        None => "all but the facilitator are muted".to_owned(),
    })
}

/// What is said to who talks and is muted.
pub fn talks_muted(room: &Room) -> String {
    let why = why_muted(room).unwrap_or_else(|| "you are muted".to_owned());
    format!("You are talking, but nobody hears you: {why}.")
}

/// The facilitator's hint about who has not been heard from.
pub fn nudge(room: &Room, seat: SeatId) -> String {
    format!("{} has not been heard from for 20 minutes. Only you see this.", name(room, seat))
}

/// My own share of what was spoken; nobody is told of another's.
pub fn my_share(room: &Room) -> Option<String> {
    Some(format!("You have spoken {} % of the time in which anybody spoke.", room.my_share()?))
}

/// A word for a key, or what is typed for it.
fn by<'a>(typed: bool, line: &'a str, key: &'a str) -> &'a str {
    if typed { line } else { key }
}

/// What became of turns, in a sentence or two; `None` if it need not be said to this person. `typed` if commands are typed
/// rather than keys pressed.
pub fn turned(room: &Room, turned: TurnEvent, typed: bool) -> Option<String> {
    let me = |seat: SeatId| room.me == Some(seat);
    let turns = &room.state.turns;
    Some(match turned {
        TurnEvent::MuteAll { on: true } if room.am_facilitator() => {
            format!("All others are muted for {}.", length(room.state.mute_all_ms() / 1000))
        }
        TurnEvent::MuteAll { on: true } => format!(
            "All but the facilitator are muted for {}. To ask to speak, {}.",
            length(room.state.mute_all_ms() / 1000),
            by(typed, "type /ask", "press w and a")
        ),
        TurnEvent::MuteAll { on: false } if room.am_floor_muted() => match turns.floor.holder {
            Some(_) => return None,
            None => "The others may speak again. You are still muted by the facilitator.".to_owned(),
        },
        TurnEvent::MuteAll { on: false } if turns.floor.holder.is_some() => return None,
        TurnEvent::MuteAll { on: false } => "Everybody may speak again.".to_owned(),
        TurnEvent::MuteAllAsked if room.am_facilitator() => {
            "The group is asked whether all stay muted for as long again. Most have to say yes.".to_owned()
        }
        TurnEvent::MuteAllAsked => format!(
            "The facilitator asks whether all stay muted for {} more. If you agree, {}; otherwise do nothing.",
            length(room.state.mute_all_ms() / 1000),
            by(typed, "type /yes", "press w and y")
        ),
        TurnEvent::MuteAllYes(seat) if me(seat) => "You have said yes.".to_owned(),
        TurnEvent::MuteAllYes(_) | TurnEvent::MuteAllAgreed | TurnEvent::Queue | TurnEvent::Heeded(_) => return None,
        TurnEvent::MuteAllRefused => "Too few have said yes, so the mute of all does not go on.".to_owned(),
        TurnEvent::Stick(Some(seat)) if me(seat) => format!(
            "You have the talking stick: only you are heard. To pass it on or put it down, {}.",
            by(typed, "type /stick NAME or /stick down", "press w")
        ),
        TurnEvent::Stick(Some(seat)) => {
            let name = name(room, seat);
            format!("{name} has the talking stick: only {name} is heard.")
        }
        TurnEvent::Stick(None) if room.is_all_muted() => "The talking stick is down.".to_owned(),
        TurnEvent::Stick(None) => "The talking stick is down: everybody may speak.".to_owned(),
        TurnEvent::Asked { seat, up: true } if me(seat) => "The facilitator sees that you ask to speak.".to_owned(),
        TurnEvent::Asked { seat, up: false } if me(seat) => {
            "The facilitator no longer sees that you ask to speak.".to_owned()
        }
        TurnEvent::Asked { seat, up: true } if room.am_facilitator() => {
            let name = name(room, seat);
            let next = if typed { format!("type /next {name}") } else { "press w and n".to_owned() };
            format!("{name} asks to speak. To give {name} the word, {next}.")
        }
        TurnEvent::Asked { .. } => return None,
        TurnEvent::Ordered => match turns.queue.order {
            Order::Hands => "Raised hands come in the order in which they were raised.".to_owned(),
            Order::Least => "Of those with raised hands, who was heard least comes first.".to_owned(),
        },
        TurnEvent::Next(seat) if me(seat) && room.mic.open => "You are next to speak.".to_owned(),
        TurnEvent::Next(seat) if me(seat) => {
            let open = by(typed, "To open your microphone, type /mic on.", "Space opens your microphone.");
            format!("You are next to speak. {open}")
        }
        TurnEvent::Next(seat) => format!("{} is next to speak.", name(room, seat)),
        TurnEvent::RoundBegan => {
            let round = turns.round.as_ref()?;
            let each = round.seconds.map(|seconds| format!(", with {} for each", length(seconds.into())));
            let each = each.unwrap_or_default();
            format!("A {} begins{each}. Everybody has a turn, and anybody may pass.", round_kind(round.kind))
        }
        TurnEvent::RoundTurn(Some(seat)) if me(seat) => format!(
            "It is your turn. {}.",
            by(
                typed,
                "When you have finished, type /done; to say nothing, /pass; to come later, /later",
                "When you have finished, press f; to say nothing, o; to come later, b"
            )
        ),
        TurnEvent::RoundTurn(Some(seat)) => {
            let place = room.me.and_then(|me| turns.round.as_ref()?.place_of(me));
            let mine = place.map(|place| format!(" You are {}.", ordinal(place))).unwrap_or_default();
            format!("It is {}'s turn.{mine}", name(room, seat))
        }
        TurnEvent::RoundTurn(None) => {
            "Those who are left in the round are away. They have their turn when they are back.".to_owned()
        }
        TurnEvent::RoundPassed(seat) if me(seat) => "You have passed.".to_owned(),
        TurnEvent::RoundPassed(seat) => format!("{} passes.", name(room, seat)),
        TurnEvent::RoundSkipped { seat, .. } if me(seat) => "The round has gone on to the next.".to_owned(),
        TurnEvent::RoundSkipped { seat, away: true } => {
            format!("{} is away, and has a turn on coming back.", name(room, seat))
        }
        TurnEvent::RoundSkipped { seat, away: false } => format!("The round goes on after {}.", name(room, seat)),
        TurnEvent::RoundLater(seat) if me(seat) => "Your turn comes at the end of the round.".to_owned(),
        TurnEvent::RoundLater(seat) => format!("{}'s turn comes at the end of the round.", name(room, seat)),
        TurnEvent::RoundReturned(seat) if me(seat) => "You are back, and yours is the next turn.".to_owned(),
        TurnEvent::RoundReturned(seat) => format!("{} is back and has the next turn.", name(room, seat)),
        TurnEvent::RoundTime(seat) if me(seat) => {
            "Your time has passed. Take the moment that you need to finish.".to_owned()
        }
        TurnEvent::RoundTime(seat) if room.am_facilitator() => {
            format!("{}'s time has passed. Nothing is cut off.", name(room, seat))
        }
        TurnEvent::RoundTime(_) => return None,
        TurnEvent::RoundOver => "The round is over. Thank you.".to_owned(),
        TurnEvent::Agenda if turns.agenda.points.is_empty() => "There is no agenda any more.".to_owned(),
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
            format!("The {} for \"{}\" have passed. Nothing is cut off.", minutes(point.minutes.into()), point.text)
        }
        TurnEvent::BreakBegan => format!(
            "A break: please be back at {} on the group's clock. Your microphone is closed. When you are back, {}.",
            clock(turns.pause.as_ref()?.until_ms),
            by(typed, "type /back", "press w and j")
        ),
        TurnEvent::BreakTime => {
            let missing = missing(room);
            match missing.as_slice() {
                [] => "The time to come back.".to_owned(),
                missing => format!("The time to come back. Not back yet: {}.", names(missing)),
            }
        }
        TurnEvent::Back(seat) if me(seat) => "The others see that you are back.".to_owned(),
        TurnEvent::Back(seat) => format!("{} is back.", name(room, seat)),
        TurnEvent::BreakOver => "The break is over.".to_owned(),
        TurnEvent::BellSet => match turns.bell {
            Some(bell) => format!("The group's time ends at {} on its clock.", clock(bell.at_ms)),
            None => "The group's time has no set end any more.".to_owned(),
        },
        TurnEvent::BellSoon => "Five minutes are left: time to come to a close.".to_owned(),
        TurnEvent::Bell => "The group's time is over. Take a moment to finish what you want to say.".to_owned(),
    })
}

fn clock(group_ms: u64) -> String {
    span(Duration::from_millis(group_ms))
}

/// Who is not back from the break yet.
fn missing(room: &Room) -> Vec<&str> {
    let Some(rest) = &room.state.turns.pause else { return vec![] };
    let away = room.roster().into_iter().filter(|seat| !rest.back.contains(*seat));
    away.map(|seat| if room.me == Some(seat) { "you" } else { name(room, seat) }).collect()
}

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
    /// What is asked of me, for faces with keys: the keys of the menu, and what they say.
    pub keys: &'static str,
}

impl TurnBlock {
    fn new(heading: impl Into<String>, figure: impl Into<String>, line: Option<String>) -> Self {
        Self { heading: heading.into(), figure: figure.into(), line, ..Self::default() }
    }

    fn keys(self, keys: &'static str) -> Self {
        Self { keys, ..self }
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
    let left = |until_ms: u64| span(Duration::from_millis(until_ms.saturating_sub(now_ms)));
    let called = |seat: SeatId| if room.me == Some(seat) { "you" } else { name(room, seat) };
    let mut blocks = Vec::new();
    if let Some(asked) = room.state.mute_all_asked(now_ms) {
        let line = format!("yes {} of {}", asked.yes.iter().count(), room.state.seats.len());
        let time = left(asked.until_ms);
        let waits = room.me.is_some_and(|me| !asked.yes.contains(me));
        let brief = format!("Stay muted? {time}, {line}");
        let block = TurnBlock::new("Stay muted for longer?", time, Some(line)).brief(brief);
        blocks.push(block.keys(if waits { "w y yes" } else { "" }));
    }
    if let Some(round) = &turns.round {
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
        let end = place.map(|place| format!("you are {place}")).unwrap_or_default();
        let spent = round.since_ms.saturating_add(round.seconds.map_or(u64::MAX, |seconds| u64::from(seconds) * 1000));
        let time = match round.seconds {
            _ if round.now.is_none() => String::new(),
            Some(_) if spent <= now_ms => ", time passed".to_owned(),
            Some(_) => format!(", {}", left(spent)),
            None => String::new(),
        };
        let block = TurnBlock::new(kind, format!("{at} of {all}{time}"), Some(line)).brief(brief);
        blocks.push(TurnBlock { end, ..block });
    }
    if let Some(rest) = turns.pause {
        let back = format!("back {} of {}", rest.back.iter().count(), room.state.seats.len());
        let line = match missing(room).as_slice() {
            [] => None,
            missing => Some(format!("not back: {}", missing.join(", "))),
        };
        let until = if rest.until_ms > now_ms { left(rest.until_ms) } else { "time to come back".to_owned() };
        let brief = format!("Break {until}, {back}");
        let waits = room.me.is_some_and(|me| !rest.back.contains(me));
        let block = TurnBlock::new(format!("Break  {until}"), back, line).brief(brief);
        blocks.push(block.keys(if waits { "w j I'm back" } else { "" }));
    }
    match turns.floor.holder {
        Some(seat) if room.me == Some(seat) => {
            let block = TurnBlock::new("You have the talking stick", "", None).brief("You have the stick".to_owned());
            blocks.push(block.keys("w s pass on"));
        }
        Some(seat) => blocks.push(TurnBlock::new(format!("{} has the talking stick", name(room, seat)), "", None)),
        None if room.is_all_muted() => {
            let until = room.state.mute_all_until(now_ms).map(left).unwrap_or_default();
            blocks.push(
                TurnBlock::new("All but the facilitator are muted", until.clone(), None)
                    .brief(format!("All are muted {until}")),
            );
        }
        None => {}
    }
    if room.am_facilitator() && !turns.floor.asks.is_empty() {
        let asks: Vec<_> = turns.floor.asks.iter().map(|seat| name(room, *seat)).collect();
        blocks.push(TurnBlock::new("Asking to speak", "", Some(asks.join(", "))));
    }
    let queue = room.state.queue();
    if !queue.is_empty() {
        let hands: Vec<_> =
            queue.iter().enumerate().map(|(at, seat)| format!("{} {}", at + 1, called(*seat))).collect();
        let mine = queue.iter().position(|seat| room.me == Some(*seat));
        let figure = mine.map(|at| format!("you are number {}", at + 1)).unwrap_or_default();
        let hands = hands.join(", ");
        blocks.push(TurnBlock::new("Hands up", figure, Some(hands.clone())).brief(format!("Hands up: {hands}")));
    }
    if let Some(((at, _), point)) = turns.agenda.now.zip(turns.agenda.point()) {
        let time = match turns.agenda.ends_ms() {
            Some(ends) if ends > now_ms => left(ends),
            _ => "time passed".to_owned(),
        };
        let all = turns.agenda.points.len();
        blocks.push(TurnBlock::new(format!("{} of {all}: {}", at + 1, point.text), time, None));
    }
    let unheard: Vec<_> = room.unheard(now).into_iter().map(|seat| name(room, seat)).collect();
    if !unheard.is_empty() {
        blocks.push(TurnBlock::new("Not heard for 20 min", "", Some(unheard.join(", "))));
    }
    if let Some(bell) = turns.bell.filter(|bell| bell.at_ms.saturating_sub(now_ms) <= 600_000) {
        let time = if bell.at_ms > now_ms { left(bell.at_ms) } else { "now".to_owned() };
        blocks.push(TurnBlock::new("The group's time ends", time, None));
    }
    blocks
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

/// Why something about turns can't be done now, and what to do next.
pub fn not_now(why: NotNow) -> Advice {
    match why {
        NotNow::AskedAlready => advice("You have said so already.", "The facilitator sees it."),
        NotNow::NotAsked => advice("You have not asked to speak.", "With /ask the facilitator sees that you want to."),
        NotNow::NobodyAsks => advice("Nothing is being asked at the moment.", "You will be told when there is."),
        NotNow::MuteAllAsked => {
            advice("The group is being asked already.", "All stay muted for longer if most of those here say yes.")
        }
        NotNow::MuteAll => {
            advice("All but you are muted at the moment.", "Let all speak first, or give someone the talking stick.")
        }
        NotNow::AllMayTalk => advice("Everybody may speak.", "There is nothing to change."),
        NotNow::StickIsThere => advice("The talking stick is there already.", "Choose someone else, or put it down."),
        NotNow::NoStick => advice("Nobody has the talking stick.", "The facilitator can give it to someone."),
        NotNow::NotHolder => {
            advice("Only the facilitator, or who has the talking stick, can pass it.", "You can ask for it with /ask.")
        }
        NotNow::OrderAlready => advice("Raised hands come in this order already.", "There is nothing to change."),
        NotNow::NoHand => advice("No hand is up, and nobody asks to speak.", "You will see it when someone does."),
        NotNow::Round => advice("A round is under way.", "It can be ended with /round end."),
        NotNow::NoRound => advice("No round is under way.", "The facilitator can begin one with /round."),
        NotNow::NotYourTurn => advice("It is another's turn.", "You will be told when yours comes."),
        NotNow::LastInRound => advice("You are the last in this round.", "You can pass if you want to say nothing."),
        NotNow::Seconds => advice("That time can't be set.", "Choose 10 to 1800 seconds, or none."),
        NotNow::AgendaFull => (
            format!("The agenda has {} points, which is the most.", limits::AGENDA),
            "Go on to the next, or clear it.".to_owned(),
        ),
        NotNow::NoPoint => advice("That is no point for the agenda.", "Give it a few words and 1 to 480 minutes."),
        NotNow::NoAgenda => advice("There is no agenda.", "A point is added with /agenda TEXT MINUTES."),
        NotNow::Break => advice("There is a break already.", "It can be ended with /break end."),
        NotNow::NoBreak => advice("There is no break.", "The facilitator can begin one with /break."),
        NotNow::BackAlready => advice("You are back already.", "The others see it."),
        NotNow::BreakMinutes => advice("A break can't be that long or short.", "Choose 1 to 120 minutes."),
        NotNow::BellMinutes => advice("That time can't be set.", "Choose 1 to 720 minutes."),
        NotNow::NoBell => advice("No end is set.", "It is set with /bell MINUTES."),
        NotNow::OnlyStickHeard => advice(
            "Only who has the talking stick is heard, so your microphone stays closed.",
            "You can ask to speak with /ask.",
        ),
        NotNow::OnlyFacilitatorHeard => advice(
            "All but the facilitator are muted for a while, so your microphone stays closed.",
            "You can ask to speak with /ask.",
        ),
    }
}
