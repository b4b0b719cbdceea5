//! One member's core, without sockets, devices or clocks.
//!
//! The shell calls `handle_*` with what happened and `now`, then takes every [`Effect`] from [`Member::poll_effect`], and
//! calls [`Member::handle_timeout`] no later than [`Member::poll_timeout`] says. What the screens show stands in
//! [`Member::room`]. Equal seeds and equal calls give equal effects.

mod actions;
mod backfill;
mod ballot;
mod care;
mod check;
mod commits;
mod connection;
mod decisions;
mod door;
mod effect;
mod flight;
mod hearing;
mod keys;
mod knocking;
mod private;
mod roles;
mod state_history;
#[cfg(test)]
mod tests;
mod turns;
mod uplink;
mod voice;

use std::collections::VecDeque;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use self::actions::Actions;
use self::backfill::Holes;
use self::ballot::Balloting;
use self::connection::Connection;
use self::door::Door;
pub use self::effect::{Effect, Heard, LineCounts, Spoken, Thin};
use self::hearing::Hearing;
use self::keys::Keys;
use self::knocking::Knocking;
use self::roles::Following;
use self::state_history::StateHistory;
use self::turns::Turning;
use self::voice::Voice;
use crate::adapt::PlanChoice;
use crate::crypto::code::Code;
use crate::ids::{Epoch, Index, SeatId, Time};
use crate::session::{
    Charter, ChatLine, Confided, Ended, Event, Intent, Microphone, NotNow, Phase, Room, Trouble, Turn,
};
use crate::wire::{self, Attempting, Blob, Hello, Presence, Purpose, Refusal, Ticket, ToMember, ToRelay};

/// What a member came for.
pub enum Start {
    /// To open a group and hold its door.
    Host {
        /// The group's title.
        title: String,
        /// Whether everybody with the code is let in.
        open_door: bool,
        /// What the group is to hold itself by.
        charter: Charter,
    },
    /// To be let into a group.
    Join(Code),
}

/// Who a member is, and what for.
pub struct Config {
    /// The name that the others see.
    pub name: String,
    /// What the member came for.
    pub start: Start,
    /// Whether the microphone starts open, and can't be closed: sound from a file.
    pub mic_always_open: bool,
    /// Whether the microphone starts open.
    pub mic_open: bool,
    /// Whether the relay is in this program and ends with it.
    pub relay_here: bool,
    /// How my voice is coded at most.
    pub plan: PlanChoice,
}

/// One member.
pub struct Member {
    config: Config,
    rng: ChaCha20Rng,
    door: Door,
    knocking: Knocking,
    /// The key that the relay has shown me.
    relay_key: [u8; 32],
    ticket: Option<Ticket>,
    /// The group's keys, while I have a seat.
    keys: Option<Keys>,
    room: Room,
    connection: Connection,
    actions: Actions,
    balloting: Balloting,
    history: StateHistory,
    following: Following,
    voice: Voice,
    turning: Turning,
    /// What I have told the log to be over by time.
    told_due: Option<(u32, u64)>,
    backfill: Holes,
    hearing: Hearing,
    effects: VecDeque<Effect>,
}

impl Member {
    /// A member who has not connected yet. The first effect asks for it.
    pub fn new(config: Config, seed: [u8; 32], now: Time) -> Self {
        let mut member = Self {
            rng: ChaCha20Rng::from_seed(seed),
            door: Door::default(),
            knocking: Knocking::Not,
            relay_key: [0; 32],
            ticket: None,
            keys: None,
            room: Room { clock: (now, 0), relay_here: config.relay_here, ..Room::default() },
            connection: Connection::new(now),
            actions: Actions::default(),
            balloting: Balloting::default(),
            history: StateHistory::default(),
            following: Following::default(),
            voice: Voice::new(config.plan, now),
            turning: Turning::new(),
            told_due: None,
            backfill: Holes::new(now),
            hearing: Hearing::new(now),
            effects: VecDeque::from([Effect::Dial]),
            config,
        };
        member.room.mic.open = member.config.mic_open || member.config.mic_always_open;
        member
    }

    /// What the screens show.
    pub fn room(&self) -> &Room {
        &self.room
    }

    /// The number of the group's keys, and what they are known by: equal at all who have the same.
    pub fn epoch(&self) -> Option<(Epoch, [u8; 32])> {
        self.keys.as_ref().and_then(|keys| Some((keys.group.epoch(), keys.group.authenticator().ok()?)))
    }

    /// The next thing to do, in order; `None` when all is done.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// When [`Self::handle_timeout`] is due.
    pub fn poll_timeout(&self) -> Time {
        if matches!(self.room.phase, Phase::Over(_)) {
            return Time::NEVER;
        }
        let voice = self.voice.due().min(self.speech_due()).min(self.holes_due());
        self.connection
            .due(self.ticket.is_some())
            .min(voice)
            .min(self.door_due())
            .min(self.check_due())
            .min(self.follow_due())
            .min(self.turns_due())
            .min(self.decisions_due())
            .min(self.poll_due())
    }

    /// The link that [`Effect::Dial`] or [`Effect::Race`] asked for is up, to a relay with this key. One before it is over.
    pub fn handle_connected(&mut self, relay_key: [u8; 32], now: Time) {
        self.handle_greeted(relay_key, now);
        let greeting = self.greeting();
        let hello = |purpose| ToRelay::Hello(Hello { version: wire::VERSION, purpose });
        let greeting = greeting.unwrap_or_else(|| hello(self.knock().unwrap_or(Purpose::Host)));
        self.send(greeting);
    }

    /// What I would say first on another link, if it may be said before it's known that the link is there: I come back to my
    /// seat. To say it twice does no more than to say it once.
    pub fn greeting(&self) -> Option<ToRelay> {
        let purpose = Purpose::Resume(self.ticket.clone()?, self.room.state.index);
        Some(ToRelay::Hello(Hello { version: wire::VERSION, purpose }))
    }

    /// As [`Self::handle_connected`], where [`Self::greeting`] has been said already.
    pub fn handle_greeted(&mut self, relay_key: [u8; 32], now: Time) {
        self.connection.connected(now);
        self.restart_holes(now);
        self.relay_key = relay_key;
    }

    /// The link is gone.
    pub fn handle_disconnected(&mut self, now: Time) {
        if matches!(self.room.phase, Phase::Over(_)) {
            return;
        }
        self.connection.disconnected(now);
        self.returning(now);
    }

    /// What a person wants.
    pub fn handle_intent(&mut self, intent: Intent, now: Time) {
        if matches!(self.room.phase, Phase::Over(_)) {
            return;
        }
        match intent {
            Intent::Mic { open } => self.set_mic(open, now),
            Intent::Agree => self.agree(),
            Intent::Note(text) => self.leave_note(&text),
            Intent::SoundCheck => self.check_sound(now),
            Intent::SkipMissed => self.skip_missed(now),
            Intent::Leave => {
                self.send(ToRelay::Leave);
                self.end(Ended::Left);
            }
            other => {
                if let Err(trouble) = self.act(other, now) {
                    self.tell(Event::Trouble(trouble));
                }
            }
        }
    }

    /// A control message came.
    pub fn handle_control(&mut self, message: ToMember, now: Time) {
        if matches!(self.room.phase, Phase::Over(_)) {
            return;
        }
        self.heard(now);
        match message {
            ToMember::Hosting { nameplate, seat, ticket } => self.hosting(nameplate, seat, ticket, now),
            ToMember::Attempt(Attempting::AtDoor) => {}
            ToMember::Attempt(Attempting::TurnedAway(why)) => self.turned_away(&why),
            ToMember::Answer(answer) => self.answered(&answer),
            ToMember::Knock(attempt, flight) => self.knocked(attempt, &flight, now),
            ToMember::KnockOver(attempt) => self.knock_over(attempt, now),
            ToMember::Seated { seat, ticket, index, body } => self.seated(seat, ticket, index, &body, now),
            ToMember::Resumed { head, last } => self.resumed(head, last, now),
            ToMember::Entry(entry) => self.entry(entry, now),
            ToMember::Rejected(number) => self.rejected(number, now),
            ToMember::Presence(changes) => self.presence(&changes, now),
            ToMember::Refused(refusal) => self.refused(refusal, now),
            ToMember::Late(late) => self.late(&late),
            ToMember::Missed(spans) => self.missed(spans, now),
            ToMember::Behind(all) => self.others_behind(all),
            ToMember::Layers { thin } => self.layers(thin, now),
        }
    }

    /// What is due: signs of life, speech that ended, a line to try again.
    pub fn handle_timeout(&mut self, now: Time) {
        if matches!(self.room.phase, Phase::Over(_)) {
            return;
        }
        self.watch_line(now);
        self.watch_voice(now);
        self.watch_holes(now);
        self.watch_hearing(now);
        self.watch_door(now);
        self.watch_check(now);
        self.follow_door(now);
        self.watch_turns(now);
        self.watch_decisions(now);
        self.watch_poll(now);
    }

    /// Whether this member is in the circle with its line up.
    pub(super) fn is_in(&self) -> bool {
        self.room.phase == Phase::In
    }

    /// The seat with this name whose member is away.
    pub(super) fn away_with_name(&self, name: &str) -> Option<SeatId> {
        self.room.state.seat_named(name).filter(|seat| self.room.presence(*seat) == Presence::Away)
    }

    fn draw(&mut self) -> [u8; 32] {
        let mut seed = [0; 32];
        self.rng.fill_bytes(&mut seed);
        seed
    }

    fn send(&mut self, message: ToRelay) {
        if self.connection.is_up() {
            self.effects.push_back(Effect::Control(message));
        }
    }

    fn tell(&mut self, event: Event) {
        self.effects.push_back(Effect::Tell(event));
    }

    fn end(&mut self, how: Ended) {
        self.room.phase = Phase::Over(how.clone());
        self.room.confided = Confided::default();
        self.room.note = None;
        self.room.forget_chat();
        self.room.door.clear();
        self.door.wanted.admitted.clear();
        self.drop_check();
        self.room.mic.open = false;
        self.effects.push_back(Effect::Microphone(false));
        self.part();
        self.tell(Event::Closed(how));
        self.effects.push_back(Effect::Hangup);
    }

    fn set_mic(&mut self, open: bool, now: Time) {
        let mic = self.room.mic;
        if self.config.mic_always_open || (mic.open == open && !mic.listens) {
            return;
        }
        if open && self.room.am_floor_muted() {
            return self.tell(Event::Trouble(match (self.room.me, self.room.state.turns.floor.holder) {
                (Some(me), _) if self.room.state.floor_muted(me) => Trouble::FloorMuted,
                (_, Some(_)) => Trouble::NotNow(NotNow::OnlyStickHeard),
                (_, None) => Trouble::NotNow(NotNow::OnlyFacilitatorHeard),
            }));
        }
        self.room.mic = Microphone { open, ..Microphone::default() };
        self.effects.push_back(Effect::Microphone(open));
        self.tell(Event::Mic);
        if open
            && self.room.me.is_some_and(|me| self.room.state.turns.pause.is_some_and(|rest| !rest.back.contains(me)))
        {
            // Who opens the microphone is back. If the line is in the way, the group sees it later.
            let _ = self.turn(Turn::Back, now);
        }
    }

    /// The seat is mine; the state is as of `index`.
    fn seated(&mut self, seat: SeatId, ticket: Ticket, index: Index, body: &Blob, now: Time) {
        let Some((keys, state)) = self.welcomed(seat, index, body) else { return self.end(Ended::KeysLost) };
        self.keys = Some(keys);
        self.room.me = Some(seat);
        self.room.clock = (now, state.at_ms);
        self.room.state = state;
        self.backfill = Holes::new(now);
        self.hearing = Hearing::new(now);
        self.ticket = Some(ticket);
        self.actions = Actions::default();
        self.balloting = Balloting::default();
        self.history = StateHistory::default();
        self.history.add(self.room.state.index, &self.room.state.hash());
        self.joined(now);
        self.note_door(now);
    }

    fn joined(&mut self, now: Time) {
        self.voice.begin_probing(now);
        self.back();
        self.drop_check();
        // A comparison that was decided before I came in was told then.
        self.room.verify_over = self.room.state.verification.is_some();
        self.room.came_ms = self.room.state.at_ms;
        self.room.roster().into_iter().for_each(|seat| self.room.meet(seat));
        self.room.phase = Phase::In;
        self.effects.push_back(Effect::Microphone(self.room.mic.open));
        self.tell(Event::Joined);
        self.tell(Event::State { index: self.room.state.index, hash: self.room.state.hash() });
        self.begin_turns(now);
    }

    fn presence(&mut self, changes: &[(SeatId, Presence)], now: Time) {
        for (seat, presence) in changes {
            let Some(name) = self.room.state.name(*seat).map(str::to_owned) else { continue };
            if self.room.presence(*seat) == *presence {
                continue;
            }
            self.room.presence.insert(*seat, (*presence, now));
            self.tell(Event::Presence { seat: *seat, name, presence: *presence });
        }
        self.match_returners(now);
        self.watch_turns(now);
    }

    fn refused(&mut self, refusal: Refusal, now: Time) {
        match refusal {
            Refusal::Removed => self.end(Ended::Removed),
            Refusal::Closed => self.end(Ended::Closed),
            Refusal::Unavailable if self.room.me.is_some() => self.end(Ended::RelayStopped),
            Refusal::Busy if self.room.me.is_none() => self.busy(now),
            // The seat was given up meanwhile; who has a code knocks again, as a stranger would.
            Refusal::SeatGone if self.ticket.is_some() && matches!(self.config.start, Start::Join(_)) => {
                self.abandon(now);
                self.ticket = None;
                self.room = Room { mic: self.room.mic, link: self.room.link, clock: (now, 0), ..Room::default() };
                self.voice = Voice::new(self.config.plan, now);
                self.backfill = Holes::new(now);
                self.redial(now);
            }
            Refusal::SeatGone => self.end(Ended::LineLost),
            other => self.end(Ended::Refused(other)),
        }
    }

    fn keep_chat(&mut self, from: String, text: String, at_ms: u64) {
        self.room.keep_chat(ChatLine { from, text, at_ms, only: None });
    }

    fn redial(&mut self, now: Time) {
        self.connection.dialling(now);
        self.effects.push_back(Effect::Dial);
    }

    /// How long a member tries to come back before it gives up: as long as a relay holds a deserted room.
    const GIVE_UP: Duration = wire::limits::ROOM_HELD;
}
