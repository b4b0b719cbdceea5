//! The session as sentences, one a line and never taken back: for screen readers and tiny terminals.
//!
//! What is read aloud talks over the person who speaks. So nothing is told of who begins and ceases to speak, which can
//! be heard; `/who` tells it. A line that comes and goes is told once a minute at most.

mod ballot;
mod care;
mod decisions;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::command::{self, Command};
use crate::ids::{SeatId, Time};
use crate::session::{Ended, Event, Presence, Room};
use crate::text;

/// How long a member's poor line is not told of again.
const POOR_AGAIN: Duration = Duration::from_secs(60);

/// Tells what happens, and remembers what it has told.
#[derive(Debug, Default)]
pub struct Narrator {
    told: BTreeMap<SeatId, Told>,
    invitation: Option<String>,
    mic: Option<(bool, bool)>,
    /// Whether it was told that somebody loses my words, and when.
    unheard: (bool, Option<Time>),
}

/// What was told last of a member's line.
#[derive(Debug, Default)]
struct Told {
    away: bool,
    poor: bool,
    poor_at: Option<Time>,
    behind: bool,
}

impl Narrator {
    /// The sentences for a happening; often none.
    pub fn sentences(&mut self, event: &Event, room: &Room, now: Time) -> Vec<String> {
        let me = |seat: &SeatId| room.me == Some(*seat);
        let name = |seat: &SeatId| room.state.name(*seat).unwrap_or("Someone").to_owned();
        match event {
            Event::Hosting { invitation, .. } => {
                let first = self.invitation.replace(invitation.clone()).is_none() && room.state.seats.len() <= 1;
                let open = if first { "The group is open." } else { "This is the code now." };
                let mut lines = vec![format!("{open} Send this to those who should come:"), String::new()];
                lines.extend(invitation.lines().map(str::to_owned));
                lines.extend([String::new(), privacy()]);
                lines
            }
            Event::NewRelay { relay, key } => one(text::new_relay(relay, key)),
            Event::Waiting => {
                let title = &room.state.title;
                let mut lines = vec![format!("You are at the door of \"{title}\". The facilitator will let you in.")];
                lines.extend(text::rules(room));
                lines.push("To agree to them, type /agree. To try your sound meanwhile, type /sound.".to_owned());
                lines.push(privacy());
                lines
            }
            Event::Agreed => one("You have agreed to the ground rules; the facilitator sees it. Please wait."),
            Event::SoundCheck(check) => text::sound_check(check).into_iter().map(str::to_owned).collect(),
            // An open door has let in who knocked by the time that it is told.
            Event::Knock { attempt, .. } if !room.waits(*attempt) => vec![],
            Event::Knock { name, .. } => one(format!("{name} is at the door. To let {name} in, type /admit {name}.")),
            Event::KnockAgreed { attempt, .. } if !room.waits(*attempt) => vec![],
            Event::KnockAgreed { name, .. } => one(format!("{name}, at the door, has agreed to the ground rules.")),
            Event::KnockOver { name, .. } => one(format!("{name} no longer waits at the door.")),
            Event::WrongWords { tries, held } => one(text::wrong_words(*tries, *held, "type /try")),
            Event::TryWaits => one(text::try_waits("type /try")),
            Event::NewCode => one("The code has new words; the old ones no longer open the door."),
            Event::Joined => self.joined(room, now),
            Event::Arrived { seat, .. } | Event::Departed { seat, .. } | Event::Presence { seat, .. } if me(seat) => {
                vec![]
            }
            Event::Arrived { seat, name } => self.presence(*seat, name, Presence::Here, now),
            Event::Presence { seat, name, presence } => self.presence(*seat, name, *presence, now),
            Event::Departed { seat, name, .. } => {
                self.told.remove(seat);
                one(format!("{name} is gone."))
            }
            Event::Muted { seat, muted: false } if me(seat) && room.am_floor_muted() => {
                one("The facilitator has lifted your own mute. All who are muted with you still are.")
            }
            Event::Muted { seat, muted: true } if me(seat) => {
                one("The facilitator has muted you. Nobody hears you now; to ask for the floor, type /ask.")
            }
            Event::Muted { seat, muted: false } if me(seat) && room.mic.open => {
                one("You may speak again; your microphone is open.")
            }
            Event::Muted { seat, muted: false } if me(seat) => {
                one("You may speak again. To open your microphone, type /mic on.")
            }
            Event::Muted { seat, muted: true } => one(format!("{} is muted by the facilitator.", name(seat))),
            Event::Muted { seat, muted: false } => one(format!("{} may speak again.", name(seat))),
            Event::Mic => self.microphone(room),
            Event::Hand { seat, up: true } if me(seat) => {
                one(format!("Your hand is up, number {}.", place(room, *seat)))
            }
            Event::Hand { seat, up: false } if me(seat) => one("Your hand is down."),
            Event::Hand { seat, up: true } => {
                one(format!("{}'s hand is up, number {}.", name(seat), place(room, *seat)))
            }
            Event::Hand { seat, up: false } => one(format!("{}'s hand is down.", name(seat))),
            Event::Chat { seat, text, .. } if me(seat) => one(format!("You write: {text}")),
            Event::Chat { from, text, .. } => one(format!("{from} writes: {text}")),
            Event::Verify => verify(room),
            Event::Words(words) => self.words(words, room, now),
            // The others' answers would talk over who reads the words; the end tells of all.
            Event::Verified { seat, same: true } if me(seat) => {
                one("You have told the others that your words are the same.")
            }
            Event::Verified { seat, same: false } if me(seat) => {
                one("You have told the others that your words differ.")
            }
            Event::Verified { seat, same: false } => one(text::verified(&name(seat), false)),
            Event::Verified { .. } => vec![],
            Event::VerifyOver(outcome) => {
                let (message, hint) = text::verify_over(*outcome);
                vec![message, hint]
            }
            Event::Locked(true) => one("The door is locked: nobody can knock."),
            Event::Locked(false) => one("The door is unlocked."),
            Event::Facilitator(seat) => one(text::held_by(room, *seat, "type /help")),
            Event::Role { seat, role } => one(text::has_role(room, *seat, *role)),
            Event::CanTakeBack => one(text::can_take_back(room, "type /takeback")),
            Event::Line { back: false } => {
                one("Your line is cut. Nobody hears you until it is back; it is being tried again by itself.")
            }
            Event::Line { back: true } => one("Your line is back."),
            Event::Trouble(trouble) => {
                let (message, hint) = text::trouble(trouble);
                one(format!("{message} {hint}").trim_end())
            }
            Event::Closed(ended) => closed(ended),
            Event::Turn(turned) => text::turned(room, *turned, true).into_iter().collect(),
            Event::TalksMuted => one(text::talks_muted(room)),
            Event::Nudge(seat) => one(text::nudge(room, *seat)),
            Event::Speaking { .. } | Event::State { .. } | Event::Link(_) | Event::Hushed { .. } => vec![],
            Event::HeardBy(_) => self.heard_by(room, now),
            Event::Behind { seat, seconds } => self.behind(*seat, *seconds, room, &name(seat)),
            other => {
                let mut lines = decisions::sentences(other, room);
                lines.extend(ballot::sentences(other, room));
                lines.extend(care::sentence(other, room));
                lines
            }
        }
    }

    /// Who loses my words is told when that begins, at most once a minute, and when all hear me again; `/link` tells it at any time.
    fn heard_by(&mut self, room: &Room, now: Time) -> Vec<String> {
        let Some(heard) = room.heard_by else { return vec![] };
        let sentence = text::heard_by(room).map(one).unwrap_or_default();
        match (heard.losing.is_empty(), self.unheard) {
            (false, (_, Some(at))) if now.since(at) < POOR_AGAIN => vec![],
            (false, _) => {
                self.unheard = (true, Some(now));
                sentence
            }
            (true, (true, at)) => {
                self.unheard = (false, at);
                sentence
            }
            (true, _) => vec![],
        }
    }

    /// Told when it begins and when it's over; how it goes down meanwhile, `/who` tells.
    fn behind(&mut self, seat: SeatId, seconds: u8, room: &Room, name: &str) -> Vec<String> {
        let me = room.me == Some(seat);
        let told = self.told.entry(seat).or_default();
        match (std::mem::replace(&mut told.behind, seconds > 0), seconds) {
            (true, 0) if me => one(text::LIVE_AGAIN),
            (true, 0) => one(text::member_live(name)),
            (true, _) | (false, 0) => vec![],
            (false, _) if me => one(text::i_am_behind(seconds, "type /skip")),
            (false, _) => one(text::member_behind(name, seconds)),
        }
    }

    /// The answer to a typed question; none if the command asks for nothing to be told.
    pub fn answer(&self, command: &Command, room: &Room, now: Time) -> Vec<String> {
        match command {
            Command::Who => {
                let mut lines = text::who(room, now);
                lines.push(format!("{}.", text::speaking(room, now).0));
                lines
            }
            Command::Link => text::link(room),
            Command::Help => command::help(room),
            Command::Agenda => text::agenda(room),
            Command::Rules => text::rules(room),
            Command::Privacy => text::privacy(),
            Command::Invite => match (&self.invitation, &room.code) {
                (Some(invitation), _) => invitation.lines().map(str::to_owned).collect(),
                (None, Some(code)) => one(format!("Others join with the code {code}.")),
                (None, None) => one("The code is not known here. Please ask the facilitator for it."),
            },
            Command::Minutes => text::minutes(room),
            Command::Proposal => text::proposals(room),
            Command::Intent(_) | Command::Quit | Command::Suspend | Command::Redraw | Command::Save(_) => vec![],
        }
    }

    /// The words, for who reads them and for who listens.
    fn words(&self, words: &[&str; 4], room: &Room, now: Time) -> Vec<String> {
        let Some((part, _)) = room.comparing(now) else { return vec![] };
        let task = text::verify_task(part, room, "type /match", "type /mismatch");
        vec![task, format!("The words: {}.", words.join(", "))]
    }

    fn joined(&mut self, room: &Room, now: Time) -> Vec<String> {
        self.mic = Some((room.mic.open, room.am_floor_muted()));
        let mut lines = vec![format!("You are in the circle: {}.", room.state.title)];
        lines.extend(text::who(room, now));
        lines.push("To open your microphone, type /mic on. To see all you can do, type /help.".to_owned());
        lines
    }

    fn presence(&mut self, seat: SeatId, name: &str, presence: Presence, now: Time) -> Vec<String> {
        let told = self.told.entry(seat).or_default();
        match presence {
            Presence::Here if told.away => {
                told.away = false;
                one(format!("{name} is back."))
            }
            Presence::Here if std::mem::take(&mut told.poor) => one(format!("{name}'s line is good again.")),
            // A line that was not told to be poor need not be told to be good.
            Presence::Here if told.poor_at.is_some() => vec![],
            Presence::Here => one(format!("{name} is here.")),
            Presence::Poor if told.poor_at.is_some_and(|at| now.since(at) < POOR_AGAIN) => vec![],
            Presence::Poor => {
                (told.poor, told.poor_at) = (true, Some(now));
                one(format!("{name} is losing words."))
            }
            Presence::Away => {
                told.away = true;
                one(format!("{name} is away: the line is cut. The seat is kept."))
            }
        }
    }

    /// Both a key and a floor-mute tell of the microphone; the floor-mute has its own sentence.
    fn microphone(&mut self, room: &Room) -> Vec<String> {
        let (open, muted) = (room.mic.open, room.am_floor_muted());
        let before = self.mic.replace((open, muted));
        match (open, muted) {
            _ if before == Some((open, muted)) => vec![],
            (true, true) => one("Your microphone is open, but you are muted: nobody hears you."),
            (true, false) => one("Your microphone is open."),
            (false, _) if before.is_none_or(|(was_open, _)| was_open) => one("Your microphone is closed."),
            (false, _) => vec![],
        }
    }
}

/// Words are going to be compared.
fn verify(room: &Room) -> Vec<String> {
    let reader = room.state.verification.as_ref().map(|verification| verification.reader);
    match reader {
        Some(reader) if room.me == Some(reader) => one("The four words are being compared. Yours come in a moment."),
        Some(reader) if room.me.is_some_and(|me| room.state.listeners().contains(&me)) => {
            let name = room.state.name(reader).unwrap_or("The facilitator");
            one(format!(
                "{name} is going to read four words aloud; please be quiet and listen. Yours come in a moment."
            ))
        }
        _ => vec![],
    }
}

fn one(sentence: impl Into<String>) -> Vec<String> {
    vec![sentence.into()]
}

fn privacy() -> String {
    format!("{} To read more, type /privacy.", text::explain_privacy().join(" "))
}

fn place(room: &Room, seat: SeatId) -> usize {
    let queue = room.state.queue();
    queue.iter().position(|other| *other == seat).map_or(queue.len(), |place| place + 1)
}

fn closed(ended: &Ended) -> Vec<String> {
    let (message, hint) = text::ended(ended);
    one(format!("{message} {hint}"))
}

#[cfg(test)]
mod tests;
