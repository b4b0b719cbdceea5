//! Turns, from my side: what I ask of the group, what is due by time, and what my client says for me.
//!
//! A client speaks by itself in four cases, and only so that nobody is kept waiting: the facilitator's renews a mute of all
//! that most have agreed to, and says who was heard least; the facilitator's, or that of who is here longest, says that who has
//! the turn in a round is away; and who was passed over asks for the turn when it is back.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Effect, Member, Spoken};
use crate::ids::{ActionNo, Index, SeatId, SeatSet, Time};
use crate::session::{
    Event, Fact, NUDGE, NotNow, Op, Order, Power, Presence, Speaking, State, Talk, Trouble, Turn, TurnEvent,
};
use crate::wire::Act;

/// So long is waited for one who has the turn and is away.
const ABSENT: Duration = Duration::from_secs(5);
/// Speech of this length is not a cough.
const TALKS: Duration = Duration::from_millis(300);
/// After so long a pause it's another time that I begin to talk.
const PAUSE: Duration = Duration::from_secs(3);
/// How often the facilitator's client looks who has not been heard from.
const NUDGE_EVERY: Duration = Duration::from_secs(20);

/// What I remember of turns.
pub(super) struct Turning {
    /// Up to here, in milliseconds of the group's time, it was told what was due.
    looked_ms: u64,
    /// When to look again.
    due: Time,
    /// Whom the group's rules kept from being heard, when that was last told.
    hushed: SeatSet,
    /// Whether I was muted then, by whatever.
    muted: bool,
    /// The entry after which my client last spoke by itself.
    said: Index,
    /// Of whom it was told that nothing was heard, since when.
    nudged: BTreeMap<SeatId, u64>,
    talking: Talking,
}

/// My talking while I am muted.
#[derive(Default)]
struct Talking {
    since: Time,
    last: Time,
    told: bool,
}

impl Turning {
    pub(super) fn new() -> Self {
        Self {
            looked_ms: 0,
            due: Time::NEVER,
            hushed: SeatSet::default(),
            muted: false,
            said: Index::default(),
            nudged: BTreeMap::new(),
            talking: Talking::default(),
        }
    }
}

impl Member {
    /// When [`Self::watch_turns`] is due.
    pub(super) fn turns_due(&self) -> Time {
        self.turning.due
    }

    /// I am in: what was due before was told then.
    pub(super) fn begin_turns(&mut self, now: Time) {
        let now_ms = self.room.group_ms(now);
        self.turning = Turning { looked_ms: now_ms, ..Turning::new() };
        self.room.here_since_ms = now_ms;
        self.room.talk = BTreeMap::new();
        self.room.mute_all_over = self.room.state.mute_all_until(now_ms).is_none();
        self.floor_changed();
        self.watch_turns(now);
    }

    /// Does something about turns.
    pub(super) fn turn(&mut self, turn: Turn, now: Time) -> Result<(), Trouble> {
        if let Turn::Next(_) = turn
            && self.room.is_all_muted()
            && self.room.am_facilitator()
        {
            return Err(Trouble::NotNow(NotNow::MuteAll));
        }
        let next = if let Turn::Next(seat) = turn { Some(seat) } else { None };
        let group_ms = self.room.group_ms(now);
        self.check(Act::None, Op::Turn(turn.clone()), now, |me, state| state.why_not(me, &turn, group_ms))?;
        self.append(Act::None, Op::Turn(turn))?;
        if let Some(seat) = next {
            if self.room.state.floor_muted(seat) {
                self.append(Act::FloorMute([seat].into_iter().collect(), false), Op::Direct)?;
            }
            if self.room.state.turns.floor.holder.is_some_and(|holder| holder != seat) {
                self.append(Act::Stick(Some(seat)), Op::Direct)?;
            }
        }
        Ok(())
    }

    /// Gives the talking stick to someone, or puts it down.
    pub(super) fn pass_stick(&mut self, to: Option<SeatId>, now: Time) -> Result<(), Trouble> {
        let holder = self.room.state.turns.floor.holder;
        let mine = holder.is_some() && holder == self.room.me;
        let why = match holder {
            _ if !mine && !self.room.am_facilitator() => NotNow::NotHolder,
            Some(_) => NotNow::StickIsThere,
            None => NotNow::NoStick,
        };
        self.check(Act::Stick(to), Op::Direct, now, |_, _| Trouble::NotNow(why))?;
        self.append(Act::Stick(to), Op::Direct)
    }

    /// Takes a voice off the floor, or lifts that.
    pub(super) fn mute_one(&mut self, seat: SeatId, muted: bool) -> Result<(), Trouble> {
        if !self.room.state.seats.contains_key(&seat) {
            // Who was meant has gone meanwhile.
            return Err(Trouble::NotTaken(None));
        }
        if muted {
            self.may(Power::Mute, Some(seat))?;
        }
        self.append(Act::FloorMute([seat].into_iter().collect(), muted), Op::Direct)
    }

    /// Mutes all others for a while, after asking the group if it would go on from before; or lets everybody speak.
    pub(super) fn mute_all(&mut self, muted: bool, now: Time) -> Result<(), Trouble> {
        let now_ms = self.room.group_ms(now);
        let state = &self.room.state;
        if muted && state.mute_all_is_renewal(now_ms) {
            return self.turn(Turn::AskMuteAll, now);
        }
        if muted {
            self.may(Power::MuteAll, None)?;
            return self.append(Act::MuteAll(self.mute_all_seconds()), Op::Direct);
        }
        let (mute_all, stick) = (self.room.is_all_muted(), state.turns.floor.holder.is_some());
        let off: SeatSet = state.seats.iter().filter(|(_, member)| member.floor_muted).map(|(seat, _)| *seat).collect();
        if !mute_all && !stick && off.is_empty() {
            return Err(Trouble::NotNow(NotNow::AllMayTalk));
        }
        if mute_all {
            self.append(Act::MuteAll(0), Op::Direct)?;
        }
        if stick {
            self.append(Act::Stick(None), Op::Direct)?;
        }
        if !off.is_empty() {
            self.append(Act::FloorMute(off, false), Op::Direct)?;
        }
        Ok(())
    }

    fn mute_all_seconds(&self) -> u16 {
        u16::try_from(self.room.state.mute_all_ms() / 1000).unwrap_or(u16::MAX)
    }

    /// Whether an action of mine would change something in the group as far as I know it, and after what I have done that the
    /// log doesn't show yet; `why` it wouldn't is told.
    fn check(&self, act: Act, op: Op, now: Time, why: impl FnOnce(SeatId, &State) -> Trouble) -> Result<(), Trouble> {
        let seat = self.room.me.ok_or(Trouble::NotTaken(None))?;
        let mut state = self.room.state.clone();
        let at_ms = self.room.group_ms(now).max(state.at_ms);
        let apply = |state: &mut State, act, op| {
            let fact = Fact::Action { seat, number: ActionNo(0), act, op: Some(op) };
            state.apply(state.index.next(), at_ms, &fact)
        };
        for (act, op) in self.actions.open() {
            apply(&mut state, act.clone(), op.clone());
        }
        if apply(&mut state, act, op).is_empty() { Err(why(seat, &state)) } else { Ok(()) }
    }

    /// My own action has changed nothing: the group was further than I knew.
    pub(super) fn came_too_late(&mut self, fact: &Fact) {
        let mine = |seat: &SeatId| Some(*seat) == self.room.me;
        let tell = match fact {
            Fact::Action { seat, op: Some(Op::Turn(turn)), .. } if mine(seat) => {
                !matches!(turn, Turn::Least(_) | Turn::Absent(_) | Turn::Return | Turn::Back)
            }
            // Of who is back it's said again, for the relay.
            Fact::Action { seat, act: Act::Stick(to), .. } => mine(seat) && *to != self.room.state.turns.floor.holder,
            Fact::Action { seat, act: Act::MuteAll(_), .. } => mine(seat),
            _ => false,
        };
        if tell {
            self.tell(Event::Trouble(Trouble::NotTaken(None)));
        }
    }

    /// The log says something about turns: my part of it.
    pub(super) fn turned(&mut self, turned: TurnEvent, now: Time) {
        match turned {
            TurnEvent::MuteAll { on } => self.room.mute_all_over = !on,
            // Whoever goes away from the computer isn't listened to.
            TurnEvent::BreakBegan => self.set_mic(false, now),
            _ => {}
        }
    }

    /// Tells what has changed about who may be heard, and closes my microphone when I may not.
    pub(super) fn floor_changed(&mut self) {
        let seats: Vec<SeatId> = self.room.state.seats.keys().copied().collect();
        for seat in seats {
            let hushed = self.room.hushed(seat);
            if hushed == self.turning.hushed.contains(seat) {
                continue;
            }
            if hushed {
                self.turning.hushed.insert(seat);
                self.hushed(seat);
            } else {
                self.turning.hushed.remove(seat);
            }
            self.tell(Event::Hushed { seat, hushed });
        }
        let gone = self.turning.hushed.iter().filter(|seat| !self.room.state.seats.contains_key(seat));
        gone.collect::<Vec<_>>().into_iter().for_each(|seat| self.turning.hushed.remove(seat));
        let muted = self.room.am_floor_muted();
        if muted == std::mem::replace(&mut self.turning.muted, muted) {
            return;
        }
        let mic = &mut self.room.mic;
        if muted && mic.open && !self.config.mic_always_open {
            // Lifting a mute permits speech and doesn't start it, so the microphone closes with the mute. It listens on, for me
            // alone, so that I learn when I talk and nobody hears me.
            (mic.open, mic.level, mic.listens) = (false, 0, true);
        } else if !muted && std::mem::take(&mut mic.listens) {
            self.effects.push_back(Effect::Microphone(false));
        }
        self.turning.talking = Talking::default();
        self.tell(Event::Mic);
    }

    /// What is due by time, and what my client has to say by itself.
    pub(super) fn watch_turns(&mut self, now: Time) {
        if !self.is_in() {
            self.turning.due = Time::NEVER;
            return;
        }
        let now_ms = self.room.group_ms(now);
        let before = self.turning.looked_ms;
        let due = self.room.state.turns_due();
        for (at_ms, turned) in due.iter().filter(|(at_ms, _)| (before + 1..=now_ms).contains(at_ms)) {
            if *turned == (TurnEvent::MuteAll { on: false }) {
                self.room.mute_all_over = true;
            }
            let agreed =
                *turned == TurnEvent::MuteAllRefused && self.room.state.mute_all_agreed(at_ms.saturating_sub(1));
            if !agreed {
                self.tell(Event::Turn(*turned));
            }
            self.floor_changed();
        }
        self.turning.looked_ms = before.max(now_ms);
        self.nudge(now);
        self.speak_for_me(now);
        let next = due.iter().map(|(at_ms, _)| *at_ms).find(|at_ms| *at_ms > self.turning.looked_ms);
        let next = next.map_or(Time::NEVER, |at_ms| now + Duration::from_millis(at_ms.saturating_sub(now_ms)));
        let nudge = if self.room.am_facilitator() { now + NUDGE_EVERY } else { Time::NEVER };
        let absent = self.absent_due().filter(|due| *due > now).unwrap_or(Time::NEVER);
        self.turning.due = next.min(nudge).min(absent);
    }

    /// Who has the turn and is away, and when that is to be said.
    fn absent(&self) -> Option<(SeatId, Time)> {
        let seat = self.room.state.turns.round.as_ref()?.now?;
        let (presence, since) = self.room.presence.get(&seat)?;
        (*presence == Presence::Away && Some(seat) != self.room.me).then_some((seat, *since + ABSENT))
    }

    fn absent_due(&self) -> Option<Time> {
        self.absent().map(|(_, due)| due)
    }

    /// Whether it's my client that speaks where any could: the facilitator's, or else of who is here longest.
    fn is_first(&self) -> bool {
        let here = |seat: &SeatId| Some(*seat) == self.room.me || self.room.presence(*seat) != Presence::Away;
        let state = &self.room.state;
        state.facilitator().into_iter().chain(state.by_arrival()).find(here) == self.room.me
    }

    fn speak_for_me(&mut self, now: Time) {
        let index = self.room.state.index;
        if !self.connection.is_up() || !self.actions.is_whole() || self.turning.said == index {
            return;
        }
        if let Some((act, op)) = self.to_say(now)
            && self.append(act, op).is_ok()
        {
            self.turning.said = index;
        }
    }

    fn to_say(&self, now: Time) -> Option<(Act, Op)> {
        let (state, me) = (&self.room.state, self.room.me?);
        let now_ms = self.room.group_ms(now);
        if self.room.am_facilitator() && state.mute_all_agreed(now_ms) {
            return Some((Act::MuteAll(self.mute_all_seconds()), Op::Direct));
        }
        if self.room.am_facilitator() && state.turns.queue.order == Order::Least {
            let least = self.least_heard();
            if least != state.queue() {
                return Some((Act::None, Op::Turn(Turn::Least(least))));
            }
        }
        let round = state.turns.round.as_ref()?;
        if round.absent.contains(&me) {
            return Some((Act::None, Op::Turn(Turn::Return)));
        }
        let (seat, _) = self.absent().filter(|(_, due)| now >= *due && self.is_first())?;
        Some((Act::None, Op::Turn(Turn::Absent(seat))))
    }

    /// Those with raised hands, who was heard least first, in whole minutes: who is next doesn't change with every word.
    fn least_heard(&self) -> Vec<SeatId> {
        let mut hands = self.room.state.hands.clone();
        hands.sort_by_key(|seat| self.heard_of(*seat).map_or(0, |talk| talk.length.as_secs() / 60));
        hands
    }

    fn heard_of(&self, seat: SeatId) -> Option<&Talk> {
        let arrival = self.room.state.seats.get(&seat)?.arrival;
        self.room.talk.get(&seat).filter(|talk| talk.arrival == arrival)
    }

    /// Someone has spoken, so long.
    pub(super) fn spoke(&mut self, seat: SeatId, speaking: &Speaking) {
        let last_ms = self.room.group_ms(speaking.heard);
        if let Some(talk) = self.talk_of(seat) {
            talk.length += speaking.heard.since(speaking.since);
            talk.last_ms = Some(last_ms);
        }
    }

    /// Someone gave another sign.
    pub(super) fn gave_sign(&mut self, seat: SeatId) {
        let last_ms = self.room.state.at_ms;
        if let Some(talk) = self.talk_of(seat) {
            talk.last_ms = Some(last_ms);
        }
    }

    fn talk_of(&mut self, seat: SeatId) -> Option<&mut Talk> {
        let arrival = self.room.state.seats.get(&seat)?.arrival;
        let talk = self.room.talk.entry(seat).or_default();
        if talk.arrival != arrival {
            *talk = Talk { arrival, ..Talk::default() };
        }
        Some(talk)
    }

    fn nudge(&mut self, now: Time) {
        for seat in self.room.unheard(now) {
            let last_ms = self.heard_of(seat).and_then(|talk| talk.last_ms).unwrap_or_default();
            if self.turning.nudged.insert(seat, last_ms) != Some(last_ms) {
                self.tell(Event::Nudge(seat));
            }
        }
    }

    /// I talk, and am muted.
    pub(super) fn talks_muted(&mut self, spoken: &Spoken, now: Time) {
        let talking = &mut self.turning.talking;
        if talking.last == Time::default() || now.since(talking.last) >= PAUSE {
            *talking = Talking { since: now, last: now, told: false };
        }
        talking.last = now;
        if spoken.level > 0 && !talking.told && now.since(talking.since) >= TALKS {
            talking.told = true;
            self.tell(Event::TalksMuted);
        }
    }
}

// The list of who was not heard from is looked at more often than it changes.
const _: () = assert!(NUDGE_EVERY.as_secs() < NUDGE.as_secs());
