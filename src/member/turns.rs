//! Turns, from my side: what is due by time, and what my client says for me.
//!
//! A client speaks by itself in four cases, and only so that nobody is kept waiting: the facilitator's renews a mute of all
//! that most have agreed to, and says who was heard least; the facilitator's, or that of the member who is here longest, says
//! that the one whose turn it is in a round is away; and that of a member who was passed over asks for the turn on coming back.

use std::collections::BTreeMap;
use std::time::Duration;

use super::context::Context;
use super::floor::Floor;
use super::gestures::mute_all_seconds;
use super::log::Log;
use super::speech;
use crate::ids::{Index, SeatId, Time};
use crate::session::{Event, NUDGE, Op, Order, Presence, Room, Turn, TurnEvent};
use crate::wire::Act;

/// How long the group waits for a member who is away and whose turn it is.
const ABSENT: Duration = Duration::from_secs(5);
/// How often the facilitator's client looks for members who have not been heard from.
const NUDGE_EVERY: Duration = Duration::from_secs(20);

/// What is told and said of turns by time.
pub(super) struct Turns {
    /// Up to this time, in milliseconds of the group's, everything due was told.
    looked_ms: u64,
    /// When to look again.
    due: Time,
    /// The entry after which my client last spoke by itself.
    said: Index,
    /// The silent members whom the facilitator was told of, and since when they are.
    nudged: BTreeMap<SeatId, u64>,
}

impl Turns {
    /// As of this moment of the group's time: what was due before was told then.
    fn from(looked_ms: u64) -> Self {
        Self { looked_ms, due: Time::NEVER, said: Index::default(), nudged: BTreeMap::new() }
    }

    pub(super) fn new() -> Self {
        Self::from(0)
    }

    /// When [`Self::watch`] is due.
    pub(super) fn due(&self) -> Time {
        self.due
    }

    /// I am in: what was due before was told then.
    pub(super) fn begin(&mut self, floor: &mut Floor, log: &mut Log, cx: &mut Context) {
        let now_ms = cx.group_ms();
        *self = Self::from(now_ms);
        cx.room.here_since_ms = now_ms;
        cx.room.talk = BTreeMap::new();
        cx.room.mute_all_over = cx.room.state.turns.floor.mute_all_until(now_ms).is_none();
        floor.begin(cx);
        self.watch(floor, log, cx);
    }

    /// Tells what is due by time, and says what my client has to say by itself.
    pub(super) fn watch(&mut self, floor: &mut Floor, log: &mut Log, cx: &mut Context) {
        if !cx.is_in() {
            self.due = Time::NEVER;
            return;
        }
        let now_ms = cx.group_ms();
        let before = self.looked_ms;
        let due = cx.room.state.turns.due();
        for (at_ms, event) in due.iter().filter(|(at_ms, _)| (before.saturating_add(1)..=now_ms).contains(at_ms)) {
            if *event == (TurnEvent::MuteAll { on: false }) {
                cx.room.mute_all_over = true;
            }
            let agreed = *event == TurnEvent::MuteAllRefused
                && cx.room.state.turns.floor.mute_all_agreed(&cx.room.state.circle, at_ms.saturating_sub(1));
            if !agreed {
                cx.tell(Event::Turn(*event));
            }
            floor.changed(cx);
        }
        self.looked_ms = before.max(now_ms);
        self.nudge(cx);
        self.speak_for_me(log, cx);
        let next = due.iter().map(|(at_ms, _)| *at_ms).find(|at_ms| *at_ms > self.looked_ms);
        let next = next.map_or(Time::NEVER, |at_ms| cx.now + Duration::from_millis(at_ms.saturating_sub(now_ms)));
        let nudge = if cx.room.am_facilitator() { cx.now + NUDGE_EVERY } else { Time::NEVER };
        let absent = absent(&cx.room).map(|(_, due)| due).filter(|due| *due > cx.now).unwrap_or(Time::NEVER);
        self.due = next.min(nudge).min(absent);
    }

    fn speak_for_me(&mut self, log: &mut Log, cx: &mut Context) {
        let index = cx.room.state.index;
        if !cx.line_up || !log.is_whole() || self.said == index {
            return;
        }
        if let Some((act, op)) = to_say(cx)
            && log.append(act, op, cx).is_ok()
        {
            self.said = index;
        }
    }

    fn nudge(&mut self, cx: &mut Context) {
        for seat in cx.room.unheard(cx.now) {
            let last_ms = speech::talk(&cx.room, seat).and_then(|talk| talk.last_ms).unwrap_or_default();
            if self.nudged.insert(seat, last_ms) != Some(last_ms) {
                cx.tell(Event::Nudge(seat));
            }
        }
    }
}

/// The seat whose turn it is, if its member is away, and when that is to be said.
fn absent(room: &Room) -> Option<(SeatId, Time)> {
    let seat = room.state.turns.round.as_ref()?.now?;
    let (presence, since) = room.presence.get(&seat)?;
    (*presence == Presence::Away && Some(seat) != room.me).then_some((seat, *since + ABSENT))
}

/// Whether it's my client that speaks where any could: the facilitator's, or else that of the member who is here longest.
fn is_first(room: &Room) -> bool {
    let here = |seat: &SeatId| Some(*seat) == room.me || room.presence(*seat) != Presence::Away;
    let state = &room.state;
    state.circle.facilitator().into_iter().chain(state.circle.by_arrival()).find(here) == room.me
}

fn to_say(cx: &Context) -> Option<(Act, Op)> {
    let (room, state, me) = (&cx.room, &cx.room.state, cx.room.me?);
    if room.am_facilitator() && state.turns.floor.mute_all_agreed(&state.circle, cx.group_ms()) {
        return Some((Act::MuteAll(mute_all_seconds(cx)), Op::Direct));
    }
    if room.am_facilitator() && state.turns.queue.order == Order::Least {
        let least = least_heard(room);
        if least != state.turns.queue.in_order() {
            return Some((Act::None, Op::Turn(Turn::Least(least))));
        }
    }
    let round = state.turns.round.as_ref()?;
    if round.absent.contains(&me) {
        return Some((Act::None, Op::Turn(Turn::Return)));
    }
    let (seat, _) = absent(room).filter(|(_, due)| cx.now >= *due && is_first(room))?;
    Some((Act::None, Op::Turn(Turn::Absent(seat))))
}

/// The raised hands, the member who was heard least first, in whole minutes: the order doesn't change with every word.
fn least_heard(room: &Room) -> Vec<SeatId> {
    let mut hands = room.state.turns.queue.hands.clone();
    hands.sort_by_key(|seat| speech::talk(room, *seat).map_or(0, |talk| talk.length.as_secs() / 60));
    hands
}

// The list of those who were not heard from is looked at more often than it changes.
const _: () = assert!(NUDGE_EVERY.as_secs() < NUDGE.as_secs());
