//! The member: its parts, how it begins and ends, and what comes from the link and the clock.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::backfill::Backfiller;
use super::ballot::Balloting;
use super::config::{Config, Start};
use super::connection::Connection;
use super::context::Context;
use super::deadlines::Deadlines;
use super::devices::DeviceReports;
use super::door::Door;
use super::effect::{Effect, Effects};
use super::floor::Floor;
use super::handover::Handover;
use super::keys::Keys;
use super::knocking::{self, Knocking, Welcomed};
use super::log::Log;
use super::namesakes::Namesakes;
use super::reception::ReceptionReports;
use super::room_copy::{self, RoomCopy, Untagged};
use super::second_way::SecondWay;
use super::succession::Succession;
use super::turns::Turns;
use super::voice::Voice;
use super::{comparison, sound_check, speech, spending};
use crate::crypto::group::Group;
use crate::ids::{Epoch, Index, SeatId, Time};
use crate::session::{Confided, Ended, Event, Microphone, Op, Phase, Room, Trouble};
use crate::wire::{Act, Attempting, Blob, Presence, Refusal, RoomState, Tag, Ticket, ToMember};

/// One member.
///
/// ```
/// use ingle::adapt::PlanChoice;
/// use ingle::crypto::code::{Code, CodeError};
/// use ingle::ids::Time;
/// use ingle::member::{Config, Effect, Member, Start};
/// use ingle::wire::ToRelay;
///
/// let config = Config {
///     name: "Ana".to_owned(),
///     start: Start::Join(Code::parse("4821-otter-lamp-violin")?),
///     mic_always_open: false,
///     no_mic: false,
///     mic_open: false,
///     relay_here: false,
///     plan: PlanChoice::Auto,
/// };
/// let mut member = Member::new(config, [7; 32], Time(0));
/// assert!(matches!(member.poll_effect(), Some(Effect::Dial)));
/// member.handle_connected([1; 32], Time(20_000));
/// assert!(matches!(member.poll_effect(), Some(Effect::Control(ToRelay::Hello(_)))));
/// assert!(member.poll_timeout() > Time(20_000));
/// # Ok::<(), CodeError>(())
/// ```
pub struct Member {
    pub(super) config: Config,
    pub(super) cx: Context,
    pub(super) connection: Connection,
    pub(super) log: Log,
    /// While I have a seat.
    pub(super) copy: Option<RoomCopy>,
    /// Entries that count once the relay's tag on the room after them is there.
    pub(super) untagged: Untagged,
    pub(super) door: Door,
    pub(super) knocking: Knocking,
    pub(super) balloting: Balloting,
    pub(super) deadlines: Deadlines,
    pub(super) succession: Succession,
    pub(super) namesakes: Namesakes,
    pub(super) handover: Handover,
    pub(super) floor: Floor,
    pub(super) devices: DeviceReports,
    pub(super) turns: Turns,
    pub(super) voice: Voice,
    pub(super) backfill: Backfiller,
    pub(super) reports: ReceptionReports,
    pub(super) second: SecondWay,
}

impl Member {
    /// A member who has not connected yet. The first effect asks for it.
    pub fn new(config: Config, seed: [u8; 32], now: Time) -> Self {
        let mut room = Room { clock: (now, 0), relay_here: config.relay_here, ..Room::default() };
        room.spending = spending::of(config.plan);
        room.mic.open = (config.mic_open && !config.no_mic) || config.mic_always_open;
        room.mic.opening = room.mic.open && !config.mic_always_open;
        (room.mic.missing, room.devices.no_mic) = (config.no_mic, config.no_mic);
        Self {
            cx: Context {
                room,
                effects: Effects::starting_with(Effect::Dial),
                rng: ChaCha20Rng::from_seed(seed),
                now,
                line_up: false,
                second_up: false,
                relay_key: [0; 32],
            },
            connection: Connection::new(now),
            log: Log::default(),
            copy: None,
            untagged: Untagged::default(),
            door: Door::new(&config.start),
            knocking: Knocking::default(),
            balloting: Balloting::default(),
            deadlines: Deadlines::default(),
            succession: Succession::default(),
            namesakes: Namesakes::default(),
            handover: Handover::default(),
            floor: Floor::new(config.mic_always_open),
            devices: DeviceReports::new(config.mic_always_open),
            turns: Turns::new(),
            voice: Voice::new(config.plan, now),
            backfill: Backfiller::new(now),
            reports: ReceptionReports::new(now),
            second: SecondWay::new(now),
            config,
        }
    }

    /// What the screens show.
    pub fn room(&self) -> &Room {
        &self.cx.room
    }

    /// The number of the group's keys, and what they are known by: equal at all who have the same.
    pub fn epoch(&self) -> Option<(Epoch, [u8; 32])> {
        self.log.keys().and_then(|keys| Some((keys.group.epoch(), keys.group.authenticator().ok()?)))
    }

    /// The next thing to do, in order; `None` when all is done.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        match self.cx.effects.pop()? {
            Effect::Datagram(bytes) => Some(self.second.send(bytes)),
            other => Some(other),
        }
    }

    /// When [`Self::handle_timeout`] is due.
    pub fn poll_timeout(&self) -> Time {
        let (log, cx) = (&self.log, &self.cx);
        if cx.is_over() {
            return Time::NEVER;
        }
        let reports = if cx.is_live() { self.reports.due() } else { Time::NEVER };
        self.connection
            .due()
            .min(self.connection.unreached_due(cx.now))
            .min(self.second.due(self.connection.has_seat()))
            .min(self.voice.due())
            .min(speech::due(&cx.room))
            .min(self.backfill.due(cx))
            .min(reports)
            .min(self.door.due(log, cx))
            .min(self.knocking.due(cx))
            .min(self.handover.due())
            .min(sound_check::due(&cx.room))
            .min(comparison::due(&cx.room))
            .min(self.succession.due(log, cx))
            .min(self.turns.due())
            .min(self.devices.due(cx))
            .min(self.deadlines.due(cx))
            .min(self.balloting.due(cx))
    }

    /// What is due: signs of life, speech that ended, a line to try again.
    pub fn handle_timeout(&mut self, now: Time) {
        self.cx.now = now;
        if self.cx.is_over() {
            return;
        }
        if let Err(ended) = self.connection.watch(&mut self.cx) {
            self.end(ended);
        }
        if self.connection.seat_lapses(&mut self.cx) {
            // Nobody will hear what is said from here on.
            self.floor.set_mic(false, &mut self.cx);
        }
        self.second.watch(self.connection.has_seat(), &mut self.cx);
        self.second.note_first(self.connection.is_silent(), &mut self.cx);
        let (log, cx) = (&mut self.log, &mut self.cx);
        speech::watch(cx);
        self.voice.set_unreached(self.connection.is_unreached(now));
        self.voice.watch(cx);
        if self.backfill.watch(cx) {
            self.voice.sent(now);
        }
        if let Some(report) = self.reports.watch(cx) {
            self.voice.sent(now);
            cx.datagram(report);
        }
        self.door.watch(log, cx);
        sound_check::watch(cx);
        comparison::watch(cx);
        self.succession.watch(log, cx);
        self.turns.watch(&mut self.floor, log, cx);
        self.backfill.follow_floor(cx);
        self.devices.watch(log, cx);
        self.deadlines.watch(log, cx);
        self.balloting.watch(log, cx);
        self.knocking.watch(cx);
        self.go_if_handed_over();
    }

    /// Goes, if that waits for nothing more.
    pub(super) fn go_if_handed_over(&mut self) {
        if self.handover.is_done(&self.log, &mut self.cx) {
            self.leave();
        }
    }

    /// A packet came over the line.
    pub(super) fn heard(&mut self) {
        self.backfill.alive(&self.cx);
        self.connection.heard(&mut self.cx);
        self.voice.set_unreached(false);
    }

    /// A control message came.
    pub fn handle_control(&mut self, message: ToMember, now: Time) {
        self.cx.now = now;
        if self.cx.is_over() {
            return;
        }
        self.heard();
        let (log, cx) = (&mut self.log, &mut self.cx);
        match message {
            ToMember::Hosting { ticket, state, tag } => self.hosting(ticket, *state, tag),
            ToMember::Attempt(Attempting::AtDoor) => self.knocking.at_door(cx),
            ToMember::Attempt(Attempting::TurnedAway(why)) => self.end(knocking::turned_away(&why)),
            ToMember::Answer(answer) => self.answered(&answer),
            ToMember::Knock(attempt, flight) => {
                self.voice.hold_probes(now);
                self.door.knocked(attempt, &flight, log, cx);
            }
            ToMember::KnockOver(attempt) => self.door.knock_over(attempt, log, cx),
            ToMember::Seated { seat, ticket, index, body, state, tag } => {
                self.copy = Some(RoomCopy::new(*state, tag));
                self.seated(seat, ticket, index, &body);
            }
            ToMember::Resumed { head, last } => self.resumed(head, last),
            ToMember::Entry(entry, tag) => self.entry_told(entry, tag),
            ToMember::Rejected(number) => self.rejected(number),
            ToMember::Presence(changes) => self.presence(&changes),
            ToMember::Refused(refusal) => self.refused(refusal),
            ToMember::Late(late) => self.voice.down.late(&late),
            ToMember::Missed(spans) => self.backfill.missed(spans, cx),
            ToMember::Behind(all) => Backfiller::others_behind(all, cx),
            ToMember::Layers { thin } => self.voice.layers(thin, cx),
            ToMember::AskCheckpoint => room_copy::show_room(self.copy.as_ref(), log.last_known(), cx),
            ToMember::AskEntries(have) => room_copy::show_entries(self.copy.as_ref(), have, cx),
            ToMember::Restoring { back, of } => cx.tell(Event::Restoring { back, of }),
            ToMember::Elsewhere(relay) => self.connection.elsewhere(relay, cx),
            ToMember::Relays(relays) => cx.effects.push(Effect::Others(relays)),
            // That is said on the other link.
            ToMember::SecondWay => {}
        }
    }

    /// The room is open and mine to hold.
    fn hosting(&mut self, ticket: Ticket, state: RoomState, tag: Tag) {
        let nameplate = state.nameplate;
        let Some(seat) = state.doors.door() else { return };
        let Start::Host { title, charter, .. } = &self.config.start else { return };
        if !self.connection.takes_room() {
            return;
        }
        let op = Op::Open { title: title.clone(), name: self.config.name.clone(), charter: *charter };
        let group = Group::create(&self.config.name, self.cx.draw()).and_then(|group| {
            let me = group.me();
            Keys::new(group, [me].into_iter().collect())
        });
        let Some(keys) = group.ok().filter(|keys| keys.group.me() == seat) else { return self.end(Ended::KeysLost) };
        self.log = Log::new(keys);
        self.copy = Some(RoomCopy::new(state, tag));
        self.cx.room.me = Some(seat);
        self.cx.room.clock = (self.cx.now, 0);
        self.connection.set_ticket(Some(ticket));
        self.door.keep(Some(nameplate), &mut self.log, &mut self.cx);
        let opened = self.log.append(Act::None, op, &mut self.cx);
        self.cx.report(opened);
    }

    /// The door that I knocked at has answered.
    fn answered(&mut self, answer: &Blob) {
        match self.knocking.answered(answer, &self.config.name, &mut self.cx) {
            Ok(None) => {}
            Ok(Some(reception)) => {
                self.door.came_with_words_of(u32::from_be_bytes(reception.age));
                self.connection.back(&mut self.cx);
                self.knocking.received(&reception, &mut self.cx);
            }
            Err(ended) => self.end(ended),
        }
    }

    /// The seat is mine; the state is as of `index`.
    fn seated(&mut self, seat: SeatId, ticket: Ticket, index: Index, body: &Blob) {
        let Some(Welcomed { log, state, misnamed }) = self.knocking.welcomed(seat, index, body) else {
            return self.end(Ended::KeysLost);
        };
        let now = self.cx.now;
        self.log = log;
        self.log.remember(state.index, &state.hash());
        self.cx.room.me = Some(seat);
        self.cx.room.clock = (now, state.circle.at_ms);
        self.cx.room.state = state;
        self.backfill = Backfiller::new(now);
        self.reports = ReceptionReports::new(now);
        self.connection.set_ticket(Some(ticket));
        self.balloting = Balloting::default();
        self.joined();
        if !misnamed.is_empty() {
            self.cx.tell(Event::Trouble(Trouble::Misnamed(misnamed)));
        }
        self.succession.note(&mut self.log, &mut self.cx);
    }

    /// I am in the circle.
    pub(super) fn joined(&mut self) {
        let cx = &mut self.cx;
        self.voice.begin_probing(cx.now);
        self.connection.back(cx);
        sound_check::cancel(cx);
        // A comparison that was decided before I came in was told then.
        cx.room.verify_over = cx.room.state.verification.last.is_some();
        cx.room.came_ms = cx.room.state.circle.at_ms;
        cx.room.roster().into_iter().for_each(|seat| cx.room.meet(seat));
        cx.room.phase = Phase::In;
        cx.effects.push(Effect::Microphone(cx.room.mic.open));
        cx.tell(Event::Joined);
        cx.tell(Event::State { index: cx.room.state.index, hash: cx.room.state.hash() });
        self.turns.begin(&mut self.floor, &mut self.log, cx);
        self.devices.begin(cx);
    }

    fn presence(&mut self, changes: &[(SeatId, Presence)]) {
        let (log, cx) = (&mut self.log, &mut self.cx);
        for (seat, presence) in changes {
            let Some(name) = cx.room.state.circle.name(*seat).map(str::to_owned) else { continue };
            if cx.room.presence(*seat) == *presence {
                continue;
            }
            cx.room.presence.insert(*seat, (*presence, cx.now));
            cx.tell(Event::Presence { seat: *seat, name, presence: *presence });
        }
        self.door.commit(log, cx);
        self.door.tell_keeper(cx);
        self.namesakes.watch(cx);
        self.turns.watch(&mut self.floor, log, cx);
    }

    fn refused(&mut self, refusal: Refusal) {
        match refusal {
            Refusal::Removed => self.end(Ended::Removed),
            Refusal::Closed => self.end(Ended::Closed),
            Refusal::Unavailable if self.cx.room.me.is_some() => self.end(Ended::RelayStopped),
            // The door is busy with others, or the seat has come back too often; it is tried again by itself.
            Refusal::Busy => self.connection.disconnected(&mut self.cx),
            Refusal::SeatGone => self.knock_again(),
            Refusal::Restarting => {
                self.cx.tell(Event::Trouble(Trouble::RelayRestarts));
                self.connection.disconnected(&mut self.cx);
            }
            Refusal::NotYet => self.connection.not_yet(&mut self.cx),
            Refusal::Unavailable
            | Refusal::Version(_)
            | Refusal::NoRoom
            | Refusal::Full
            | Refusal::Locked
            | Refusal::Replaced
            | Refusal::Protocol => self.end(Ended::Refused(refusal)),
        }
    }

    /// The seat was given up meanwhile; a member with a code knocks again, as a stranger would. The host does if there are
    /// others to knock at.
    fn knock_again(&mut self) {
        let code = match &self.config.start {
            Start::Join(code) => Some(code.clone()),
            Start::Host { .. } if self.cx.room.roster().len() > 1 => self.door.code(),
            Start::Host { .. } => None,
        };
        let Some(code) = code.filter(|_| self.connection.ticket().is_some()) else { return self.end(Ended::LineLost) };
        if matches!(self.config.start, Start::Host { .. }) {
            self.config.start = Start::Join(code);
            self.door = Door::new(&self.config.start);
        }
        self.start_over();
    }

    /// My seat is gone, and with it whatever was on its way.
    fn start_over(&mut self) {
        for pending in self.log.abandon() {
            self.not_taken(pending);
        }
        self.log.drop_keys();
        self.copy = None;
        self.connection.set_ticket(None);
        let now = self.cx.now;
        self.second.give_up(&mut self.cx);
        let before = std::mem::take(&mut self.cx.room);
        let Room { mic, link, relay_here, speaker, devices, volumes, second_way, .. } = before;
        let room = Room { mic, link, relay_here, speaker, devices, volumes, second_way, ..Room::default() };
        self.cx.room = Room { clock: (now, 0), ..room };
        // Whoever is let in again is heard when they open it themselves.
        self.floor.set_mic(false, &mut self.cx);
        self.cx.tell(Event::Trouble(Trouble::SeatLost { mic_open: self.cx.room.mic.open }));
        self.voice = Voice::new(self.config.plan, now);
        self.backfill = Backfiller::new(now);
        self.connection.redial(&mut self.cx);
    }

    /// It is all over: nothing of the group is kept but what I take along.
    pub(super) fn end(&mut self, how: Ended) {
        let cx = &mut self.cx;
        cx.room.phase = Phase::Over(how.clone());
        cx.room.confided = Confided::default();
        cx.room.note = None;
        cx.room.forget_chat();
        self.door.close(cx);
        sound_check::cancel(cx);
        cx.room.mic = Microphone::default();
        cx.effects.push(Effect::Microphone(false));
        let was_in = cx.room.me.is_some() && cx.room.state.index.0 > 0;
        self.log.drop_keys();
        self.copy = None;
        self.connection.set_ticket(None);
        if was_in && cx.room.receipt.is_none() {
            let receipt = cx.room.receipt_at(cx.group_ms().max(cx.room.state.circle.at_ms));
            cx.room.receipt = Some(receipt.clone());
            cx.tell(Event::Receipt(Box::new(receipt)));
        }
        cx.tell(Event::Closed(how));
        cx.effects.push(Effect::Hangup);
    }
}
