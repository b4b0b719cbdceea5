//! The session as one JSON object a line, for scripts, bots and tests. Fields are added over time, and stay.

mod care;
mod decisions;
mod turns;

use std::fmt::Write as _;

use serde::Serialize;

use crate::command::Command;
use crate::ids::{SeatId, Time};
use crate::session::{Happening, LinkFigures, MemberState, Outcome, Presence, Role, Room};
use crate::text;

/// A line: when, and what.
#[derive(Serialize)]
struct Line<'a> {
    /// Seconds since the start.
    t: f64,
    #[serde(flatten)]
    event: Event<'a>,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Event<'a> {
    Hosting { code: &'a str, relay: &'a str, invitation: &'a str },
    NewRelay { relay: &'a str, key: &'a str, message: String },
    Waiting,
    Agreed(Agreed<'a>),
    Sound { state: &'a str },
    Knock { name: &'a str, agreed: bool },
    KnockOver { name: &'a str },
    WrongWords { tries: u32, held: bool },
    TryWaits,
    NewCode,
    Joined { me: &'a str, members: Vec<&'a str> },
    Member { name: &'a str, state: &'a str },
    Speaking { name: &'a str, on: bool },
    Floor { name: &'a str, muted: bool },
    Mic { open: bool, floor_muted: bool },
    Hand { name: &'a str, up: bool },
    Chat { from: &'a str, text: &'a str },
    Locked { locked: bool },
    Facilitator { name: &'a str },
    Verifying { reader: &'a str },
    Verify { words: &'a [&'static str; 4] },
    Verified(Compared<'a>),
    VerifyOver { outcome: &'a str, same: usize, of: usize },
    State { index: u64, hash: String },
    Link(Link),
    Line { back: bool },
    Error { message: String, hint: String },
    Closed { reason: &'a str, message: String, hint: String },
    Behind { name: &'a str, s: u8 },
    HeardBy { of: u8, hear: u8, losing: Vec<&'a str> },
    Who { members: Vec<Person<'a>>, my_share: Option<u32> },
    Invite { code: Option<&'a str> },
    Rules { rules: Vec<String> },
    Privacy { sentences: Vec<String> },
    Help(care::Help<'a>),
    Role { name: &'a str, role: &'a str },
    CanTakeBack { from: &'a str },
    Quiet(turns::Quiet),
    Stick { holder: Option<&'a str> },
    Queue(turns::Queue<'a>),
    Next { name: &'a str },
    Round(turns::Round<'a>),
    Agenda(turns::Agenda<'a>),
    Break(turns::Break<'a>),
    Bell(turns::Bell),
    TalksMuted { message: String },
    Nudge { name: &'a str },
    Proposal(decisions::Proposal<'a>),
    Vote { id: u32, kind: &'a str, open: bool },
    Voted { name: &'a str, choice: &'a str },
    Result { id: u32, yes: u8, no: u8, abstain: u8, passed: bool, verified: bool },
    Charter { rules: Vec<String> },
    Minutes { text: String, read: bool },
    MinutesAnswered { name: &'a str, right: bool },
    Closing,
    Overstepped { name: &'a str, power: &'a str },
    Receipt { text: String },
    Proposals { proposals: Vec<String> },
    Saved { path: &'a str },
    Ballots { id: u32, voted: usize, of: usize },
    Counting { id: u32 },
    BadBallot { name: &'a str },
    Uncounted { id: u32, why: &'static str },
    Private { from: &'a str, to: &'a str, text: &'a str },
    HelpSent,
    Here { name: &'a str },
    Followup { name: &'a str, followup: &'a str },
    Note { name: &'a str, text: &'a str },
    NoteSent,
    Alarm { name: &'a str, followup: &'a str, back: bool },
    Handled { name: &'a str, by: &'a str },
}

/// Without a name it's me.
#[derive(Serialize)]
struct Agreed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct Compared<'a> {
    name: &'a str,
    #[serde(rename = "match")]
    same: bool,
}

#[derive(Serialize)]
struct Link {
    up_kbps: f64,
    down_kbps: f64,
    loss_up: f64,
    loss_down: f64,
    rtt_ms: f64,
    playout_ms: u32,
    data_bytes: u64,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    state: &'static str,
    facilitator: bool,
    role: &'static str,
    floor_muted: bool,
    speaking: bool,
    hand: bool,
    behind_s: u8,
}

/// A happening as one line without its end; `t_seconds` since the start. `None` if it is about somebody who is no longer
/// there, whose going was told already.
pub fn object(happening: &Happening, room: &Room, t_seconds: f64) -> Option<String> {
    let name = |seat: SeatId| room.state.name(seat);
    let event = match happening {
        Happening::Hosting { code, relay, invitation } => Event::Hosting { code, relay, invitation },
        Happening::NewRelay { relay, key } => Event::NewRelay { relay, key, message: text::new_relay(relay, key) },
        Happening::Waiting => Event::Waiting,
        Happening::Agreed => Event::Agreed(Agreed { name: None }),
        Happening::SoundCheck(check) => Event::Sound { state: text::hearing(check.hearing) },
        Happening::Knock(attempt, name) => {
            let agreed = room.door.iter().any(|waiting| waiting.attempt == *attempt && waiting.agreed);
            Event::Knock { name, agreed }
        }
        Happening::KnockAgreed(_, name) => Event::Agreed(Agreed { name: Some(name) }),
        Happening::KnockOver(_, name) => Event::KnockOver { name },
        Happening::WrongWords { tries, held } => Event::WrongWords { tries: *tries, held: *held },
        Happening::TryWaits => Event::TryWaits,
        Happening::NewCode => Event::NewCode,
        Happening::Joined => {
            let members = room.roster().into_iter().filter_map(name).collect();
            Event::Joined { me: room.me.and_then(name).unwrap_or_default(), members }
        }
        Happening::Member(_, name, state) => Event::Member { name, state: member_state(*state) },
        Happening::Speaking(seat, on) => Event::Speaking { name: name(*seat)?, on: *on },
        // Lifting one mute doesn't lift another.
        Happening::Floor(seat, _) | Happening::Hushed(seat, _) => {
            Event::Floor { name: name(*seat)?, muted: room.floor_muted(*seat) }
        }
        Happening::Turned(turned) => turns::event(*turned, room)?,
        Happening::TalksMuted => turns::talks_muted(room),
        Happening::Nudge(seat) => Event::Nudge { name: name(*seat)? },
        Happening::Mic => Event::Mic { open: room.mic.open, floor_muted: room.am_floor_muted() },
        Happening::Hand(seat, up) => Event::Hand { name: name(*seat)?, up: *up },
        Happening::Chat(_, from, text) => Event::Chat { from, text },
        Happening::Locked(locked) => Event::Locked { locked: *locked },
        Happening::Facilitator(seat) => Event::Facilitator { name: name(*seat)? },
        Happening::Verify => Event::Verifying { reader: name(room.state.verification.as_ref()?.reader)? },
        Happening::Words(words) => Event::Verify { words },
        Happening::Verified(seat, same) => Event::Verified(Compared { name: name(*seat)?, same: *same }),
        Happening::VerifyOver(outcome) => over(*outcome, room),
        Happening::State(index, hash) => Event::State { index: index.0, hash: hex(hash) },
        Happening::Link(figures) => link(figures),
        Happening::Line { back } => Event::Line { back: *back },
        Happening::Trouble(trouble) => {
            let (message, hint) = text::trouble(trouble);
            Event::Error { message, hint }
        }
        Happening::Closed(ended) => {
            let (message, hint) = text::ended(ended);
            Event::Closed { reason: text::reason(ended), message, hint }
        }
        Happening::Role(seat, role) => Event::Role { name: name(*seat)?, role: role_name(*role) },
        Happening::CanTakeBack => Event::CanTakeBack { from: name(room.state.facilitator()?)? },
        Happening::HeardBy(heard) => {
            let losing = heard.losing.iter().filter_map(name).collect();
            Event::HeardBy { of: heard.of, hear: heard.hear, losing }
        }
        Happening::Behind(seat, seconds) => Event::Behind { name: name(*seat)?, s: *seconds },
        other => care::event(other, room).or_else(|| decisions::event(other, room))?,
    };
    line(event, t_seconds)
}

/// The answer to a typed question as one line without its end; `None` if the command asks for nothing to be told.
pub fn answer(command: &Command, room: &Room, t_seconds: f64) -> Option<String> {
    let event = match command {
        Command::Who => {
            let members = room.roster().into_iter().filter_map(|seat| person(room, seat)).collect();
            Event::Who { members, my_share: room.my_share() }
        }
        Command::Link => link(&room.link),
        Command::Invite => Event::Invite { code: room.code.as_deref() },
        Command::Agenda => turns::agenda(room)?,
        Command::Rules => Event::Rules { rules: text::ground_rules(room) },
        Command::Privacy => Event::Privacy { sentences: text::privacy() },
        Command::Help => Event::Help(care::commands()),
        Command::Minutes => decisions::minutes(room),
        Command::Proposal => Event::Proposals { proposals: text::proposals(room) },
        Command::Intent(_) | Command::Quit | Command::Suspend | Command::Redraw | Command::Save(_) => return None,
    };
    line(event, t_seconds)
}

/// The seconds from `start` to `now`, for `t`.
pub fn seconds(start: Time, now: Time) -> f64 {
    now.since(start).as_secs_f64()
}

fn line(event: Event<'_>, t_seconds: f64) -> Option<String> {
    serde_json::to_string(&Line { t: rounded(t_seconds, 3), event }).ok()
}

/// How comparing words ended; the figures count who hears the same words, of how many.
fn over(outcome: Outcome, room: &Room) -> Event<'static> {
    let of = room.state.listeners().len() + 1;
    match outcome {
        Outcome::Same(of) => Event::VerifyOver { outcome: "same", same: of, of },
        Outcome::Differ => {
            let answers = room.state.verification.iter().flat_map(|verification| verification.answers.values());
            Event::VerifyOver { outcome: "differ", same: 1 + answers.filter(|same| **same).count(), of }
        }
        Outcome::Unfinished { same, of } => Event::VerifyOver { outcome: "unfinished", same, of },
    }
}

fn person(room: &Room, seat: SeatId) -> Option<Person<'_>> {
    Some(Person {
        name: room.state.name(seat)?,
        state: match room.presence(seat) {
            Presence::Here => member_state(MemberState::Here),
            Presence::Poor => member_state(MemberState::Poor),
            Presence::Away => member_state(MemberState::Away),
        },
        facilitator: room.state.facilitator() == Some(seat),
        role: role_name(room.state.role(seat)),
        floor_muted: room.floor_muted(seat),
        speaking: room.speaking.contains_key(&seat),
        hand: room.state.hands.contains(&seat),
        behind_s: room.behind.get(&seat).copied().unwrap_or(0),
    })
}

/// A role as it is typed in `/role`.
fn role_name(role: Role) -> &'static str {
    match role {
        Role::Facilitator => "facilitator",
        Role::CoFacilitator => "co",
        Role::Member => "member",
    }
}

fn member_state(state: MemberState) -> &'static str {
    match state {
        MemberState::Here => "here",
        MemberState::Poor => "poor",
        MemberState::Away => "away",
        MemberState::Gone => "gone",
    }
}

fn link(figures: &LinkFigures) -> Event<'static> {
    Event::Link(Link {
        up_kbps: rounded(figures.up_kbps, 1),
        down_kbps: rounded(figures.down_kbps, 1),
        loss_up: rounded(figures.loss_up, 3),
        loss_down: rounded(figures.loss_down, 3),
        rtt_ms: rounded(figures.rtt_ms, 1),
        playout_ms: figures.playout_ms,
        data_bytes: figures.data_bytes,
    })
}

/// JSON has no infinities, and more digits than were measured say nothing.
fn rounded(figure: f64, digits: i32) -> f64 {
    let scale = 10f64.powi(digits);
    if figure.is_finite() { (figure * scale).round() / scale } else { 0.0 }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests;
