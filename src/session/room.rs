//! One member's view of the group: what the faces read.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use zeroize::Zeroize;

use super::{
    Confided, Devices, Ended, Gesture, LetsIn, LinkFigures, Microphone, Receipt, Role, SecondWay, Secret, SoundCheck,
    Speaker, Spending, State,
};
use crate::ids::{Attempt, SeatId, Time};
use crate::wire::{HeardBy, Presence, limits};

/// Where this member is on the way in and out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Looking for the relay, or talking to it.
    #[default]
    Connecting,
    /// At the door.
    Waiting,
    /// In the circle.
    In,
    /// In the circle, but the line is cut; coming back since then.
    Returning(Time),
    /// Out.
    Over(Ended),
}

/// A member without a word for this long is on the facilitator's list of those not heard from.
pub const NUDGE: Duration = Duration::from_secs(20 * 60);

/// How much a member has been heard to speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Talk {
    /// In all.
    pub length: Duration,
    /// When last, in milliseconds of the group's time; `None` if never.
    pub last_ms: Option<u64>,
    /// The member's order of arrival, which tells them from the next one on the same seat.
    pub arrival: u64,
}

/// A line of chat as it is kept: in memory, and gone at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatLine {
    /// Who wrote it.
    pub from: String,
    /// What.
    pub text: String,
    /// When, in milliseconds of the group's time.
    pub at_ms: u64,
    /// The name of its reader, if it's for one only.
    pub only: Option<String>,
}

/// Someone at the door, for the facilitator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The knock.
    pub attempt: Attempt,
    /// The name asked for, clean.
    pub name: String,
    /// Since when.
    pub since: Time,
    /// Whether they have agreed to the ground rules. Not a lock: they can be let in without.
    pub agreed: bool,
    /// What they left for those who lead.
    pub note: Option<Secret>,
}

/// What the faces read.
#[derive(Clone, Debug, Default)]
pub struct Room {
    /// Where I am.
    pub phase: Phase,
    /// My seat, once I have one.
    pub me: Option<SeatId>,
    /// What all agree on.
    pub state: State,
    /// The code that others join with, while I know it.
    pub code: Option<String>,
    /// Whether the relay is in this program and ends with it.
    pub relay_here: bool,
    /// How the others' lines are; a member who is not named is here.
    pub presence: BTreeMap<SeatId, (Presence, Time)>,
    /// Members who speak now, how loud (`0..=7`), and since when.
    pub speaking: BTreeMap<SeatId, Speaking>,
    /// While my line is cut: whether it has been for so long that my seat may no longer be kept.
    pub seat_lapsed: bool,
    /// My microphone.
    pub mic: Microphone,
    /// My speaker.
    pub speaker: Speaker,
    /// The devices of this computer.
    pub devices: Devices,
    /// How loud I want to hear members, by name, in percent; a member who is not named as loud as they are.
    pub volumes: BTreeMap<String, u16>,
    /// What my line may cost.
    pub spending: Spending,
    /// Chat since I came in.
    pub chat: VecDeque<ChatLine>,
    /// Wrong words tried at my door since the code is as it is.
    pub guesses: u32,
    /// Those who wait at my door.
    pub door: Vec<Waiting>,
    /// Whether somebody at my door can't try the words until I say yes, after too many wrong ones.
    pub try_waits: bool,
    /// At the door, whoever can let me in, once the door has told.
    pub lets_in: Option<LetsIn>,
    /// Whether the door where I wait hasn't answered for a while.
    pub door_silent: bool,
    /// Whether I have agreed to the ground rules, at the door.
    pub agreed: bool,
    /// The sound check at the door: under way, or the last.
    pub check: Option<SoundCheck>,
    /// The words to compare, once they are known; those of the comparison that [`State::verification`] has.
    pub words: Option<[&'static str; 4]>,
    /// Whether the face was told that comparing the words is over.
    pub verify_over: bool,
    /// When I came into the circle, in milliseconds of the group's time.
    pub came_ms: u64,
    /// Who else was there since; at most [`limits::MET`] names.
    pub met: Vec<String>,
    /// What I take along, once it is over.
    pub receipt: Option<Receipt>,
    /// At the door, the note that I left.
    pub note: Option<Secret>,
    /// What I was told about others in confidence.
    pub confided: Confided,
    /// The last quiet sign of each member, and when.
    pub gestures: BTreeMap<SeatId, (Gesture, Time)>,
    /// My line.
    pub link: LinkFigures,
    /// My second way, if I want one.
    pub second_way: Option<SecondWay>,
    /// Whether the time of the last mute of all has passed.
    pub mute_all_over: bool,
    /// How much I have heard each member speak, me too, since I came in. Only for my own share and the facilitator's list.
    pub talk: BTreeMap<SeatId, Talk>,
    /// When I came in, in milliseconds of the group's time: of what was before I know nothing.
    pub here_since_ms: u64,
    /// How many seconds behind each member hears, me included; a member who is not named hears what is live.
    pub behind: BTreeMap<SeatId, u8>,
    /// How I am heard, as far as it's known: while I talk and shortly after.
    pub heard_by: Option<HeardBy>,
    /// When the group's clock was last read, and what it showed, in milliseconds.
    pub clock: (Time, u64),
}

/// What I have to do while the words are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparing {
    /// Read them aloud.
    Read,
    /// Listen, and say whether they are mine.
    Listen,
    /// Nothing more; I have answered.
    Answered,
}

/// A member heard speaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaking {
    /// Loudness, `0..=7`.
    pub level: u8,
    /// Since when.
    pub since: Time,
    /// When last heard.
    pub heard: Time,
}

impl Room {
    /// Whether I may let in those who knock.
    pub fn may_admit(&self) -> bool {
        self.me.is_some_and(|me| self.state.circle.roles.may_admit(me))
    }

    /// Whether I am the facilitator or a co-facilitator, and hear of those who need something.
    pub fn am_lead(&self) -> bool {
        self.me.is_some_and(|me| self.state.circle.roles.is_lead(me))
    }

    /// Whether I am told that members vanished: I lead, or hold the door while nobody does.
    pub fn hears_of_trouble(&self) -> bool {
        self.am_lead() || self.am_facilitator()
    }

    /// Whether this member has asked those who lead, me among them, for help.
    pub fn needs_help(&self, seat: SeatId) -> bool {
        let arrival = self.state.circle.arrival(seat);
        arrival.is_some_and(|arrival| self.confided.help.contains_key(&arrival))
    }

    /// Whether I hold the door and the floor.
    pub fn am_facilitator(&self) -> bool {
        self.me.is_some() && self.state.circle.facilitator() == self.me
    }

    /// Whether I hold the door while the facilitator's line is gone.
    pub fn am_standing_in(&self) -> bool {
        self.am_facilitator() && self.me.is_some_and(|me| self.state.circle.roles.role(me) != Role::Facilitator)
    }

    /// Whether I am not heard: muted by the facilitator, with all others, or because another has the talking stick.
    pub fn am_floor_muted(&self) -> bool {
        self.me.is_some_and(|me| self.floor_muted(me))
    }

    /// The same of any seat.
    pub fn floor_muted(&self, seat: SeatId) -> bool {
        self.state.circle.is_muted(seat) || self.hushed(seat)
    }

    /// Whether the group's rules keep this seat from being heard: a mute of all, or the talking stick.
    pub fn hushed(&self, seat: SeatId) -> bool {
        // At the group's first moment nothing is over by time; what is now, `mute_all_over` tells.
        let over = self.mute_all_over && self.state.turns.floor.holder.is_none();
        !over && self.state.turns.floor.hushes(seat, &self.state.circle, 0)
    }

    /// Whether all but the facilitator are muted.
    pub fn is_all_muted(&self) -> bool {
        !self.mute_all_over && self.state.turns.floor.mute_all_until(0).is_some()
    }

    /// My share of all that I have heard spoken, in percent; `None` before anybody spoke.
    pub fn my_share(&self) -> Option<u32> {
        let all: u128 = self.talk.values().map(|talk| talk.length.as_millis()).sum();
        let mine = self.talk.get(&self.me?).map_or(0, |talk| talk.length.as_millis());
        (mine * 100 + all / 2).checked_div(all).and_then(|share| u32::try_from(share).ok())
    }

    /// For the facilitator: members not heard from for [`NUDGE`] at `now`, longest first. None for others.
    pub fn unheard(&self, now: Time) -> Vec<SeatId> {
        let now_ms = self.group_ms(now);
        let mut unheard: Vec<_> = self
            .state
            .circle
            .seats
            .iter()
            .filter_map(|(seat, member)| {
                let talk = self.talk.get(seat).filter(|talk| talk.arrival == member.arrival);
                let last_ms = talk.and_then(|talk| talk.last_ms).unwrap_or(member.since_ms).max(self.here_since_ms);
                let long = Duration::from_millis(now_ms.saturating_sub(last_ms)) >= NUDGE;
                let there = Some(*seat) != self.me
                    && !self.speaking.contains_key(seat)
                    && self.presence(*seat) != Presence::Away;
                (long && there && self.am_facilitator()).then_some((last_ms, *seat))
            })
            .collect();
        unheard.sort_unstable();
        unheard.into_iter().map(|(_, seat)| seat).collect()
    }

    /// What I have to do with the words that are being compared, and how much time there is for it; `None` if nothing is
    /// asked of me.
    pub fn comparing(&self, now: Time) -> Option<(Comparing, Duration)> {
        let last = self.state.verification.last.as_ref().filter(|_| !self.verify_over)?;
        let left = Duration::from_millis(last.left_ms(self.group_ms(now))?);
        let me = self.me?;
        let part = if me == last.reader {
            Comparing::Read
        } else if !last.listeners(&self.state.circle).contains(&me) {
            return None;
        } else {
            last.answers.get(&me).map_or(Comparing::Listen, |_| Comparing::Answered)
        };
        Some((part, left))
    }

    /// The seat of a member who is away and by whose name the one on this seat came in: perhaps the same person on a new line.
    /// Not while a secret vote runs, for a place in that isn't given back.
    pub fn seat_to_give_back(&self, seat: SeatId) -> Option<SeatId> {
        let namesake = self.state.circle.namesake(seat).filter(|_| self.state.decisions.poll.is_none())?;
        (self.presence(namesake) == Presence::Away && self.presence(seat) != Presence::Away).then_some(namesake)
    }

    /// Members who may be others who are away, and to whom I can give the place back.
    pub fn namesakes(&self) -> Vec<SeatId> {
        let seats = self.state.circle.by_arrival().into_iter().filter(|_| self.am_facilitator());
        seats.filter(|seat| self.seat_to_give_back(*seat).is_some()).collect()
    }

    /// For the facilitator: the member who led before, was away meanwhile and is here again, to whom the role can be given back.
    pub fn role_to_give_back(&self) -> Option<SeatId> {
        let roles = &self.state.circle.roles;
        let leads = self.am_facilitator() && self.me.is_some_and(|me| roles.role(me) == Role::Facilitator);
        let back = |seat: &SeatId| self.presence(*seat) != Presence::Away && self.me != Some(*seat);
        roles.replaced().filter(|_| leads).filter(back)
    }

    /// Whether the group has to choose somebody to lead, since nobody who does is there.
    pub fn is_chaired(&self) -> bool {
        self.me.is_some() && self.state.circle.roles.chair().is_some()
    }

    /// Whom I would choose to lead with one key: the selected member, or else the one whom most have chosen if I
    /// haven't chosen anybody, or else me. `None` if that would change nothing, or somebody leads.
    pub fn would_choose(&self, selected: Option<SeatId>) -> Option<SeatId> {
        let (me, roles) = (self.me?, &self.state.circle.roles);
        let mine = roles.chosen_by(me);
        let leading = roles.leading().filter(|_| mine.is_none());
        let whom = selected.or(leading).or(mine).unwrap_or(me);
        (self.is_chaired() && mine != Some(whom)).then_some(whom)
    }

    /// Whoever can let in those who wait at my door.
    pub fn keeper(&self) -> LetsIn {
        let circle = &self.state.circle;
        let keeper = circle.facilitator().filter(|seat| circle.roles.may_admit(*seat));
        let name = keeper.and_then(|seat| circle.name(seat));
        name.map_or(LetsIn::Nobody, |name| LetsIn::Member(name.to_owned()))
    }

    /// For the facilitator who wants to go: the member who is to have the role then, which is the one selected, or else the
    /// first who leads beside me, or else the one who has been here longest. Only those whose line is good for it. `None` if I
    /// can't hand the role on: it isn't mine, nobody else is there, or the group ends with my program.
    pub fn successor(&self, selected: Option<SeatId>) -> Option<SeatId> {
        let (me, circle) = (self.me?, &self.state.circle);
        let mine = circle.roles.role(me) == Role::Facilitator && self.am_facilitator() && !self.relay_here;
        let can =
            |seat: &SeatId| *seat != me && circle.seats.contains_key(seat) && self.presence(*seat) != Presence::Away;
        let all = circle.by_arrival();
        let mut order = selected.iter().chain(circle.roles.leads()).chain(&all).copied();
        if mine { order.find(can) } else { None }
    }

    /// The member who is away and has the name of somebody at my door.
    pub fn away_with_name(&self, name: &str) -> Option<SeatId> {
        self.state.circle.seat_named(name).filter(|seat| self.presence(*seat) == Presence::Away)
    }

    /// Whether somebody waits at my door with this knock: not, when an open door has let them in.
    pub fn waits(&self, attempt: Attempt) -> bool {
        self.door.iter().any(|waiting| waiting.attempt == attempt)
    }

    /// The quiet sign of a member that all see now.
    pub fn gesture(&self, seat: SeatId, now: Time) -> Option<Gesture> {
        self.gestures
            .get(&seat)
            .filter(|(gesture, since)| now.since(*since) < gesture.lasts())
            .map(|(gesture, _)| *gesture)
    }

    /// How a member's line is.
    pub fn presence(&self, seat: SeatId) -> Presence {
        self.presence.get(&seat).map_or(Presence::Here, |(presence, _)| *presence)
    }

    /// For those who lead: whether this member has no microphone that works.
    pub fn has_no_mic(&self, seat: SeatId) -> bool {
        self.hears_of_trouble() && self.state.circle.seats.get(&seat).is_some_and(|member| member.no_mic)
    }

    /// How loud a member can be heard, in percent.
    pub const VOLUMES: std::ops::RangeInclusive<u16> = 50..=200;

    /// How loud I want to hear a member, in percent.
    pub fn volume(&self, seat: SeatId) -> u16 {
        self.state.circle.name(seat).and_then(|name| self.volumes.get(name)).copied().unwrap_or(100)
    }

    /// The group's time at `now`, in milliseconds since the room was opened.
    pub fn group_ms(&self, now: Time) -> u64 {
        self.clock.1 + now.since(self.clock.0).as_millis() as u64
    }

    /// Those who speak, the longest first.
    pub fn speakers(&self) -> Vec<SeatId> {
        let mut seats: Vec<_> = self.speaking.iter().map(|(seat, speaking)| (speaking.since, *seat)).collect();
        seats.sort_unstable();
        seats.into_iter().map(|(_, seat)| seat).collect()
    }

    /// Everybody in the circle as a face lists them: in the order of arrival, and I last.
    pub fn roster(&self) -> Vec<SeatId> {
        let mut seats = self.state.circle.by_arrival();
        if let Some(mine) = seats.iter().position(|seat| self.me == Some(*seat)) {
            seats[mine..].rotate_left(1);
        }
        seats
    }

    /// Lets go of what was written, and leaves nothing of it in memory.
    pub fn forget_chat(&mut self) {
        for mut line in self.chat.drain(..) {
            line.text.zeroize();
        }
    }

    /// Keeps a line of chat, and lets the oldest go when there are too many.
    pub fn keep_chat(&mut self, line: ChatLine) {
        self.chat.push_back(line);
        while self.chat.len() > limits::CHAT_LINES {
            self.chat.pop_front();
        }
    }

    /// Somebody is in the circle with me.
    pub fn meet(&mut self, seat: SeatId) {
        let Some(name) = self.state.circle.name(seat).filter(|_| self.me != Some(seat)) else { return };
        if self.met.len() < limits::MET && !self.met.iter().any(|met| met == name) {
            self.met.push(name.to_owned());
        }
    }

    /// What I take along if I go at this moment of the group's time.
    pub fn receipt_at(&self, group_ms: u64) -> Receipt {
        let past = self.state.decisions.past.iter().filter(|decided| decided.how.is_yes());
        Receipt {
            stayed_ms: group_ms.saturating_sub(self.came_ms),
            met: self.met.clone(),
            decided: past.map(|decided| (decided.text.clone(), decided.motion)).collect(),
        }
    }
}
