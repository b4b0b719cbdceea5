//! The session as sentences, one a line and never taken back: for screen readers and tiny terminals.
//!
//! What is read aloud talks over the person who speaks. So whoever speaks, which can be heard, is told of only on wish
//! (`/verbose`). A line that comes and goes is told at most once a minute.

mod decisions;
mod dialogue;
mod speakers;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::command::{self, Command, typed};
use crate::ids::{SeatId, Time};
use crate::session::{
    About, Departure, Event, Invitation, InviteForm, Kind, MicFault, Presence, Room, SoundEvent, Speaker,
};
use crate::text::{self, Advice, Verbosity};
pub use dialogue::{Dialogue, Reply};
use speakers::Speakers;

/// How long a member's poor line is not told of again.
const POOR_AGAIN: Duration = Duration::from_secs(60);

/// Tells what happens, and remembers what it has told.
#[derive(Debug, Default)]
pub struct Narrator {
    told: BTreeMap<SeatId, Told>,
    verbosity: Verbosity,
    speakers: Speakers,
    invitation: Option<Invitation>,
    mic: Option<(bool, bool)>,
    /// What was told to be wrong with my microphone.
    mic_fault: Option<MicFault>,
    /// Whether my speaker was told to be silent.
    unheard_by_me: bool,
    /// Whether it was told that members lose my words, and when.
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
    /// The sentences for an event; often none.
    pub fn sentences(&mut self, event: &Event, room: &Room, now: Time) -> Vec<String> {
        let me = |seat: &SeatId| room.me == Some(*seat);
        let name = |seat: &SeatId| text::name(room, *seat);
        match event {
            Event::Hosting(invitation) => {
                let first = self.invitation.replace(invitation.clone()).is_none() && room.state.circle.seats.len() <= 1;
                text::hosting(invitation, first, typed)
            }
            Event::Reach(invitation) => {
                self.invitation = Some(invitation.clone());
                invitation.reach.map(|reach| text::reach_lines(reach, typed)).unwrap_or_default()
            }
            Event::NewRelay { relay, key } => one(text::new_relay(relay, key)),
            Event::RelayFound { relay, nearby } => one(text::relay_found(relay, *nearby)),
            Event::Waiting => text::waiting(room, typed),
            Event::Agreed => one(text::AGREED),
            Event::SoundCheck(check) => text::sound_check(check).into_iter().map(str::to_owned).collect(),
            // An open door has let them in by the time that it is told.
            Event::Knock { attempt, .. } | Event::KnockAgreed { attempt, .. } if !room.waits(*attempt) => vec![],
            Event::Knock { name, .. } => one(text::knock(room, name, typed)),
            Event::KnockAgreed { name, .. } => one(text::knock_agreed(name)),
            Event::KnockOver { name, .. } => one(text::knock_over(name)),
            Event::WrongWords { tries, held } => one(text::wrong_words(*tries, *held, typed)),
            Event::TryWaits => one(text::try_waits(typed)),
            Event::LetsIn(who) => one(text::lets_in_me(who)),
            Event::DoorSilent => one(text::door_silent()),
            Event::LedBefore { name, .. } => one(text::led_before(name, typed)),
            Event::Choice { seat, whom } => one(text::choice_made(room, *seat, *whom, typed)),
            Event::NewCode => one(text::new_code(typed)),
            Event::Joined => self.joined(room, now),
            Event::Arrived { seat, .. } | Event::Departed { seat, .. } | Event::Presence { seat, .. } if me(seat) => {
                vec![]
            }
            Event::Arrived { seat, name } => self.presence(*seat, name, Presence::Here, now),
            Event::Presence { seat, name, presence } => self.presence(*seat, name, *presence, now),
            Event::Departed { seat, why: Departure::Returned, .. } => {
                self.forget(*seat);
                vec![]
            }
            Event::Returned { seat, name, .. } => one(text::has_place_again(room, *seat, name)),
            Event::Namesake { name, was, .. } => one(text::namesake(name, was, typed)),
            Event::Departed { seat, name, .. } => {
                self.forget(*seat);
                one(text::is_gone(name))
            }
            Event::Muted { seat, muted } => one(text::floor(room, *seat, *muted, typed)),
            Event::Mic => self.microphone(room),
            Event::Hand { seat, up } => one(text::hand(room, *seat, *up)),
            Event::Chat { seat, from, text } => one(text::writes(room, *seat, from, text)),
            Event::Verify => text::verify_begins(room).into_iter().collect(),
            Event::Words(words) => self.words(words, room, now),
            Event::Verified { seat, same } if me(seat) => one(text::i_verified(*same)),
            // The others' answers would talk over the member who reads the words; the end tells of all.
            Event::Verified { same: true, .. } => vec![],
            Event::Verified { seat, same: false } => one(text::verified(name(seat), false)),
            Event::VerifyOver(outcome) => {
                let (message, hint) = text::verify_over(*outcome);
                vec![message, hint]
            }
            Event::Locked(locked) => one(text::locked(*locked)),
            Event::Facilitator(seat) => one(text::held_by(room, *seat, typed)),
            Event::Role { seat, role } => one(text::has_role(room, *seat, *role)),
            Event::CanTakeBack => one(text::can_take_back(room, typed)),
            Event::Line { back: true } => one(text::LINE_BACK),
            Event::Road(road) => one(text::road(*road)),
            Event::SecondWay => text::second_way(room).into_iter().collect(),
            Event::Restoring { back, of } => one(text::restoring(*back, *of)),
            Event::Restored => one(text::RESTORED),
            // The trouble that comes with it says what it means.
            Event::Line { back: false } => vec![],
            Event::Trouble(trouble) => both(text::trouble(trouble, typed)),
            Event::Closed(ended) => both(text::ended(ended)),
            Event::Turn(turned) => text::turned(room, *turned, typed).into_iter().collect(),
            Event::TalksMuted => one(text::talks_muted(room)),
            Event::Nudge(seat) => one(text::nudge(room, *seat)),
            Event::HeardBy(_) => self.heard_by(room, now),
            Event::Behind { seat, seconds } => self.behind(*seat, *seconds, room, name(seat)),
            Event::Decision(event) => decisions::sentences(event, room),
            Event::Receipt(receipt) => one(text::receipt(receipt)),
            Event::Saved(path) => one(text::minutes_kept(path)),
            Event::Care(event) => text::cared(event, room, typed).into_iter().collect(),
            Event::Sound(event) => self.sound(event, room),
            Event::Speaking { seat, on } => {
                self.speakers.handle(*seat, *on, room, now);
                self.speakers.handle_timeout(self.verbosity, room, now)
            }
            // What is for programs.
            Event::Hushed { .. } | Event::State { .. } | Event::Link(_) => vec![],
        }
    }

    /// The sentences that are due by time.
    pub fn handle_timeout(&mut self, room: &Room, now: Time) -> Vec<String> {
        self.speakers.handle_timeout(self.verbosity, room, now)
    }

    /// When [`Self::handle_timeout`] is wanted; [`Time::NEVER`] if nothing waits.
    pub fn poll_timeout(&self) -> Time {
        self.speakers.poll_timeout()
    }

    /// The sentence for what happened several times within a minute, each of which but the first was not told.
    pub fn again(&mut self, about: &About, times: u32, room: &Room) -> String {
        let named = |seat: &SeatId| room.state.circle.name(*seat) == Some(about.name.as_str());
        if let Some((_, told)) = self.told.iter_mut().find(|(seat, _)| named(seat)) {
            match about.kind {
                Kind::Line => told.away = about.on,
                Kind::Losing => told.poor = about.on,
                Kind::Behind => told.behind = about.on,
                Kind::Circle
                | Kind::Removed
                | Kind::Muted
                | Kind::Hand
                | Kind::Asks
                | Kind::Knock
                | Kind::Agrees
                | Kind::Sign(_)
                | Kind::Help
                | Kind::Vanished
                | Kind::SeenTo
                | Kind::Vote
                | Kind::Minutes
                | Kind::Ballot
                | Kind::Overstepped
                | Kind::NoMic
                | Kind::Role => {}
            }
        }
        text::again(about, times)
    }

    /// Tells which members lose my words when that begins, at most once a minute, and when all hear me again; `/link` tells it at
    /// any time.
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
            (false, _) if me => one(text::i_am_behind(seconds, typed)),
            (false, _) => one(text::member_behind(name, seconds)),
        }
    }

    /// The answer to a typed question; none if the command asks for nothing to be told.
    pub fn answer(&mut self, command: &Command, room: &Room, now: Time) -> Vec<String> {
        match command {
            Command::Who => {
                let mut lines = text::who(room, now);
                lines.push(format!("{}.", text::speaking(room, now).0));
                lines
            }
            Command::Link => text::link(room),
            Command::Spending => text::spendings(room, typed),
            Command::Devices(side) => text::device_list(*side, room, typed),
            Command::Help(wanted) => command::help(room, wanted),
            Command::Agenda => text::agenda(room),
            Command::Rules => text::rules(room),
            Command::Privacy => text::privacy(),
            Command::Invite => text::invite(self.invitation.as_ref(), room.code.as_deref()),
            Command::Minutes => text::minutes(room),
            Command::Proposal => text::proposals(room),
            Command::Quit => text::leaving_in_sentences(room, typed),
            Command::Verbose(level) => {
                self.verbosity = level.unwrap_or(self.verbosity);
                one(self.verbosity.told())
            }
            Command::Intent(_) | Command::Copy(_) | Command::Suspend | Command::Redraw | Command::Save(_) => vec![],
        }
    }

    /// What is copied as the invitation; `None` if it isn't known here.
    pub fn to_copy<'a>(&'a self, room: &'a Room, form: InviteForm) -> Option<&'a str> {
        self.invitation.as_ref().map(|invitation| invitation.in_form(form)).or(room.code.as_deref())
    }

    /// What is said once it was copied, or can't be.
    pub fn copied(&self, room: &Room, copies: bool) -> Vec<String> {
        match self.to_copy(room, InviteForm::Long) {
            None => text::invite(None, None),
            Some(_) if copies => one(text::qr::copied_in_sentences(typed)),
            Some(_) => one(text::qr::no_clipboard(typed)),
        }
    }

    /// The words, for the member who reads them and for those who listen.
    fn words(&self, words: &[&str; 4], room: &Room, now: Time) -> Vec<String> {
        let Some((part, _)) = room.comparing(now) else { return vec![] };
        vec![text::verify_task(part, room, typed), text::the_words(words)]
    }

    /// What became of devices. That I hear the group is said only after I did not.
    fn sound(&mut self, event: &SoundEvent, room: &Room) -> Vec<String> {
        let silent = room.speaker != Speaker::Plays;
        match event {
            SoundEvent::Speaker if !std::mem::replace(&mut self.unheard_by_me, silent) && !silent => vec![],
            SoundEvent::Speaker => text::speaker(room, typed),
            SoundEvent::Devices
            | SoundEvent::MicClosed(_)
            | SoundEvent::Advice(_)
            | SoundEvent::NoMic { .. }
            | SoundEvent::Spending(_)
            | SoundEvent::Volume { .. } => text::sound_event(event, room, typed).into_iter().collect(),
        }
    }

    /// Another may have this seat from now on.
    fn forget(&mut self, seat: SeatId) {
        self.told.remove(&seat);
        self.speakers.forget(seat);
    }

    fn joined(&mut self, room: &Room, now: Time) -> Vec<String> {
        self.mic = Some((room.mic.open && !room.mic.opening, room.am_floor_muted()));
        let mut lines = vec![text::joined(room)];
        lines.extend(text::who(room, now));
        lines.push(text::first_steps(typed));
        lines
    }

    fn presence(&mut self, seat: SeatId, name: &str, presence: Presence, now: Time) -> Vec<String> {
        let told = self.told.entry(seat).or_default();
        match presence {
            Presence::Here if told.away => {
                told.away = false;
                one(text::is_back(name))
            }
            Presence::Here if std::mem::take(&mut told.poor) => one(text::line_is_good(name)),
            // A line that was not told to be poor need not be told to be good.
            Presence::Here if told.poor_at.is_some() => vec![],
            Presence::Here => one(text::is_here(name)),
            Presence::Poor if told.poor_at.is_some_and(|at| now.since(at) < POOR_AGAIN) => vec![],
            Presence::Poor => {
                (told.poor, told.poor_at) = (true, Some(now));
                one(text::loses_words(name))
            }
            Presence::Away => {
                told.away = true;
                one(text::is_away(name))
            }
        }
    }

    /// Both a key and a floor-mute tell of the microphone; the floor-mute has its own sentence.
    fn microphone(&mut self, room: &Room) -> Vec<String> {
        let (open, muted) = (room.mic.open, room.am_floor_muted());
        if open && room.mic.opening {
            // That it's open is said once it is.
            return vec![];
        }
        let fault = room.mic.fault.filter(|_| open && !muted);
        if let (Some(fault), true) = (fault, fault != self.mic_fault) {
            (self.mic, self.mic_fault) = (Some((open, muted)), Some(fault));
            return both(text::mic_fault(fault, &room.devices, typed));
        }
        let mended = std::mem::replace(&mut self.mic_fault, fault).is_some() && open && fault.is_none() && !muted;
        if mended {
            self.mic = Some((open, muted));
            return one(text::MIC_WORKS);
        }
        let before = self.mic.replace((open, muted));
        match (open, muted) {
            _ if before == Some((open, muted)) => vec![],
            (true, _) => one(text::microphone(open, muted)),
            (false, _) if before.is_none_or(|(was_open, _)| was_open) => one(text::microphone(open, muted)),
            (false, _) => vec![],
        }
    }
}

fn one(sentence: impl Into<String>) -> Vec<String> {
    vec![sentence.into()]
}

fn both((message, hint): Advice) -> Vec<String> {
    one(format!("{message} {hint}").trim_end())
}

#[cfg(test)]
mod tests;
