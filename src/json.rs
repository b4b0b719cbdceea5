//! The session as one JSON object a line, for scripts, bots and tests.

mod care;
mod decisions;
mod devices;
mod line;
mod rounded;
mod second_way;
mod turns;

use std::fmt::Write as _;

use crate::command::{Command, typed};
use crate::ids::{SeatId, Time};
use crate::session::{Event, Invitation, LetsIn, LinkFigures, Lookalike, Outcome, Presence, Road, Role, Room};
use crate::text;
use line::{Agreed, Compared, Line, LineEvent, Link, Person};
use rounded::rounded;

/// An event as one line without its end; `t_seconds` since the start. `None` if it is about a member who is no longer
/// there, whose leaving was told already.
pub fn object(event: &Event, room: &Room, t_seconds: f64) -> Option<String> {
    let name = |seat: SeatId| room.state.circle.name(seat);
    let event = match event {
        Event::Hosting(Invitation { code, relay, key, text, short, link, reach: _ }) => {
            LineEvent::Hosting { code, relay, key, invitation: text, short, link }
        }
        Event::NewRelay { relay, key } => LineEvent::NewRelay { relay, key, message: text::new_relay(relay, key) },
        Event::Reach(Invitation { relay, text, reach, .. }) => {
            let reach = (*reach)?;
            let (message, hint) = text::reach(reach);
            LineEvent::Reach { who: text::reach_word(reach), relay, invitation: text, message, hint }
        }
        Event::RelayFound { relay, nearby } => {
            LineEvent::RelayFound { relay, nearby: *nearby, message: text::relay_found(relay, *nearby) }
        }
        Event::Waiting => LineEvent::Waiting,
        Event::Agreed => LineEvent::Agreed(Agreed { name: None }),
        Event::SoundCheck(check) => LineEvent::Sound { state: text::hearing(check.hearing) },
        Event::Knock { attempt, name } => {
            let agreed = room.door.iter().any(|waiting| waiting.attempt == *attempt && waiting.agreed);
            let odd = Lookalike::of(name, room).map(|odd| text::odd_name(&odd));
            LineEvent::Knock { name, agreed, odd }
        }
        Event::KnockAgreed { name, .. } => LineEvent::Agreed(Agreed { name: Some(name) }),
        Event::KnockOver { name, .. } => LineEvent::KnockOver { name },
        Event::WrongWords { tries, held } => LineEvent::WrongWords { tries: *tries, held: *held },
        Event::TryWaits => LineEvent::TryWaits,
        Event::NewCode => LineEvent::NewCode,
        Event::LetsIn(who) => LineEvent::LetsIn { name: lets_in(who), message: text::lets_in_me(who) },
        Event::DoorSilent => LineEvent::DoorSilent { message: text::door_silent() },
        Event::LedBefore { name, .. } => LineEvent::LedBefore { name },
        Event::Choice { seat, whom } => choice(*seat, *whom, room)?,
        Event::Joined => {
            let members = room.roster().into_iter().filter_map(name).collect();
            LineEvent::Joined { me: room.me.and_then(name).unwrap_or_default(), members }
        }
        Event::Arrived { name, .. } => LineEvent::Member { name, state: presence(Presence::Here) },
        Event::Departed { name, .. } => LineEvent::Member { name, state: "gone" },
        Event::Presence { name, presence: now, .. } => LineEvent::Member { name, state: presence(*now) },
        Event::Speaking { seat, on } => LineEvent::Speaking { name: name(*seat)?, on: *on },
        // Lifting one mute doesn't lift another.
        Event::Muted { seat, .. } | Event::Hushed { seat, .. } => {
            LineEvent::Floor { name: name(*seat)?, muted: room.floor_muted(*seat) }
        }
        Event::Turn(turned) => turns::event(*turned, room)?,
        Event::TalksMuted => turns::talks_muted(room),
        Event::Nudge(seat) => LineEvent::Nudge { name: name(*seat)? },
        Event::Mic => devices::mic(room),
        Event::Hand { seat, up } => LineEvent::Hand { name: name(*seat)?, up: *up },
        Event::Chat { from, text, .. } => LineEvent::Chat { from, text },
        Event::Locked(locked) => LineEvent::Locked { locked: *locked },
        Event::Facilitator(seat) => {
            LineEvent::Facilitator { name: name(*seat)?, admits: room.state.circle.roles.may_admit(*seat) }
        }
        Event::Verify => LineEvent::Verifying { reader: name(room.state.verification.last.as_ref()?.reader)? },
        Event::Words(words) => LineEvent::Verify { words },
        Event::Verified { seat, same } => LineEvent::Verified(Compared { name: name(*seat)?, same: *same }),
        Event::VerifyOver(outcome) => over(*outcome, room),
        Event::State { index, hash } => LineEvent::State { index: index.0, hash: hex(hash) },
        Event::Link(figures) => link(figures),
        Event::Line { back } => LineEvent::Line { back: *back },
        Event::Road(carried) => LineEvent::Road { road: road(*carried), message: text::road(*carried) },
        Event::SecondWay => LineEvent::SecondWay(second_way::line(room)?),
        Event::Restoring { back, of } => LineEvent::Restoring { back: *back, of: *of },
        Event::Restored => LineEvent::Restored {},
        Event::Trouble(trouble) => {
            let (message, hint) = text::trouble(trouble, typed);
            LineEvent::Error { message, hint }
        }
        Event::Closed(ended) => {
            let (message, hint) = text::ended(ended);
            LineEvent::Closed { reason: text::reason(ended), message, hint }
        }
        Event::Role { seat, role } => LineEvent::Role { name: name(*seat)?, role: role_name(*role) },
        Event::Returned { name, was, .. } => LineEvent::Returned { name, was },
        Event::Namesake { name, was, .. } => LineEvent::Namesake { name, was },
        Event::CanTakeBack => LineEvent::CanTakeBack { from: name(room.state.circle.facilitator()?)? },
        Event::HeardBy(heard) => {
            let losing = heard.losing.iter().filter_map(name).collect();
            LineEvent::HeardBy { of: heard.of, hear: heard.hear, losing }
        }
        Event::Behind { seat, seconds } => LineEvent::Behind { name: name(*seat)?, s: *seconds },
        Event::Decision(event) => decisions::event(event, room)?,
        Event::Receipt(receipt) => LineEvent::Receipt { text: text::receipt(receipt) },
        Event::Saved(path) => LineEvent::Saved { path },
        Event::Care(event) => care::event(event, room)?,
        Event::Sound(event) => devices::event(event, room)?,
    };
    written(event, t_seconds)
}

/// The answer to a typed question as one line without its end; `None` if the command asks for nothing to be told.
pub fn answer(command: &Command, room: &Room, t_seconds: f64) -> Option<String> {
    let event = match command {
        Command::Who => {
            let members = room.roster().into_iter().filter_map(|seat| person(room, seat)).collect();
            LineEvent::Who { members, my_share: room.my_share() }
        }
        Command::Link => link(&room.link),
        Command::Spending => devices::spending(room.spending),
        // Programs have their own clipboards.
        Command::Invite | Command::Copy(_) => LineEvent::Invite { code: room.code.as_deref() },
        Command::Agenda => turns::agenda(room)?,
        Command::Rules => LineEvent::Rules { rules: text::ground_rules(room) },
        Command::Privacy => LineEvent::Privacy { sentences: text::privacy() },
        Command::Devices(_) => devices::devices(room)?,
        Command::Help(wanted) => LineEvent::Help(care::commands(wanted)),
        Command::Minutes => decisions::minutes(room),
        Command::Proposal => LineEvent::Proposals { proposals: text::proposals(room) },
        Command::Intent(_)
        | Command::Quit
        | Command::Suspend
        | Command::Redraw
        | Command::Save(_)
        | Command::Verbose(_) => return None,
    };
    written(event, t_seconds)
}

/// The seconds from `start` to `now`, for `t`.
pub fn seconds(start: Time, now: Time) -> f64 {
    now.since(start).as_secs_f64()
}

fn written(event: LineEvent<'_>, t_seconds: f64) -> Option<String> {
    serde_json::to_string(&Line { t: rounded(t_seconds, 3), event }).ok()
}

/// The name of the member who can let others in, if somebody can.
fn lets_in(who: &LetsIn) -> Option<&str> {
    match who {
        LetsIn::Member(name) => Some(name),
        LetsIn::Nobody => None,
    }
}

/// A member's choice of who leads; the figures count those who want the same, of how many that are needed. Once it is decided
/// there is nothing to count.
fn choice(seat: SeatId, whom: SeatId, room: &Room) -> Option<LineEvent<'_>> {
    let (circle, roles) = (&room.state.circle, &room.state.circle.roles);
    let so_far = Some(roles.choices_of(whom)).filter(|count| *count > 0);
    let needed = so_far.map(|_| roles.majority());
    Some(LineEvent::Choice { name: circle.name(seat)?, of: circle.name(whom)?, so_far, needed })
}

/// How comparing words ended; the figures count the members who hear the same words, of how many.
fn over(outcome: Outcome, room: &Room) -> LineEvent<'static> {
    let of = room.state.verification.listeners(&room.state.circle).len() + 1;
    match outcome {
        Outcome::Same(of) => LineEvent::VerifyOver { outcome: "same", same: of, of },
        Outcome::Differ => {
            let answers = room.state.verification.last.iter().flat_map(|verification| verification.answers.values());
            LineEvent::VerifyOver { outcome: "differ", same: 1 + answers.filter(|same| **same).count(), of }
        }
        Outcome::Unfinished { same, of } => LineEvent::VerifyOver { outcome: "unfinished", same, of },
    }
}

fn person(room: &Room, seat: SeatId) -> Option<Person<'_>> {
    Some(Person {
        name: room.state.circle.name(seat)?,
        state: presence(room.presence(seat)),
        facilitator: room.state.circle.facilitator() == Some(seat),
        role: role_name(room.state.circle.roles.role(seat)),
        floor_muted: room.floor_muted(seat),
        speaking: room.speaking.contains_key(&seat),
        hand: room.state.turns.queue.hands.contains(&seat),
        no_mic: room.has_no_mic(seat),
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

fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Here => "here",
        Presence::Poor => "poor",
        Presence::Away => "away",
    }
}

fn road(road: Road) -> &'static str {
    match road {
        Road::Udp => "udp",
        Road::Tcp => "tcp",
    }
}

fn link(figures: &LinkFigures) -> LineEvent<'static> {
    LineEvent::Link(Link {
        road: road(figures.road),
        up_kbps: rounded(figures.up_kbps, 1),
        down_kbps: rounded(figures.down_kbps, 1),
        loss_up: rounded(figures.loss_up, 3),
        loss_down: rounded(figures.loss_down, 3),
        rtt_ms: rounded(figures.rtt_ms, 1),
        playout_ms: figures.playout_ms,
        dropped_ms: figures.dropped_ms,
        data_bytes: figures.data_bytes,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests;
