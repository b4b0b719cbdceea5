//! What a practice member does by itself, as the group comes to it: has a turn in a round, answers a proposal, votes, comes
//! back from a break, holds the talking stick, leads for a moment.
//!
//! Pure: it looks at the group as its member sees it. What it is asked for becomes a duty with a time, so that people see one
//! thing after the other; a duty that is no longer one is let go, and one whose action was lost on the way is done again.

use std::collections::VecDeque;
use std::time::Duration;

use super::script::Who;
use super::words::words;
use crate::ids::{SeatId, Time};
use crate::session::{
    Answer, CareEvent, Choice, Decide, Event, Gesture, Intent, Motion, Role, Room, RoundKind, Turn, TurnEvent,
};
use crate::text::Practice;

/// From being called to the first word; a microphone that was closed opens meanwhile.
const FIND_WORDS: Duration = Duration::from_millis(2200);
/// From the last word to what comes after.
const BREATH: Duration = Duration::from_millis(1200);
/// What was done and has changed nothing is done again.
const AGAIN: Duration = Duration::from_secs(15);
/// How long a practice member keeps the lead that it was given.
const LEADS: Duration = Duration::from_secs(15);
/// Thanks, and answers to private words, that one member writes at most.
const LINES: u8 = 6;

/// What a practice member does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Says the utterance of this name.
    Say(&'static str),
    /// What anybody can do.
    Do(Intent),
}

/// What is asked of a practice member. The number tells one time from the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Duty {
    /// To say something: in the turn that began then, with the talking stick, or because of the facilitator's call.
    Speak(Word),
    /// To hand on what was given: the turn.
    HandOn(u64),
    /// To pass in the round.
    Pass(u64),
    /// To give the talking stick back.
    GiveBack,
    /// To answer this proposal.
    Answer(u32),
    /// To ask whether there is agreement on the own proposal, which all have answered.
    Test(u32),
    /// To take the own proposal back, since the person has one.
    Withdraw(u32),
    /// To vote.
    Vote(u32),
    /// To say that the minutes are right.
    Minutes,
    /// To let all stay muted.
    MuteAll,
    /// To come back from the break.
    Back,
    /// To give the lead back.
    Lead,
}

/// What a member speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Turn(u64, RoundKind),
    Stick,
    Called,
}

/// One practice member's part.
pub(super) struct Part {
    who: Who,
    length: Box<dyn Fn(&str) -> Duration + Send>,
    duties: Vec<(Time, Duty)>,
    deeds: VecDeque<(Time, Deed)>,
    /// What it has spoken for last, and until when that takes.
    spoken: Option<(Word, Time)>,
    called: bool,
    /// The proposal that it has blocked: changed, it's welcome.
    blocked: Option<u32>,
    lines: u8,
}

impl Part {
    /// The part of this member, who knows how long each utterance takes.
    pub(super) fn new(who: Who, length: impl Fn(&str) -> Duration + Send + 'static) -> Self {
        let (length, duties, deeds) = (Box::new(length), Vec::new(), VecDeque::new());
        Self { who, length, duties, deeds, spoken: None, called: false, blocked: None, lines: 0 }
    }

    /// When [`Self::take`] has something.
    pub(super) fn due(&self) -> Time {
        let duty = self.duties.iter().map(|(due, _)| *due).min().unwrap_or(Time::NEVER);
        self.deeds.iter().map(|(due, _)| *due).min().unwrap_or(Time::NEVER).min(duty)
    }

    /// Something happened that is answered, and leaves nothing to be seen in the group's state.
    pub(super) fn notice(&mut self, event: &Event, room: &Room, person: SeatId, now: Time) {
        let me = room.me;
        let seat = |seat: &SeatId| Some(*seat) == me;
        match event {
            Event::Turn(TurnEvent::Next(called)) if seat(called) => self.called = true,
            Event::Role { seat: to, role: Role::CoFacilitator } if seat(to) => {
                self.write(Practice::ILeadToo, now);
            }
            Event::Role { seat: to, role: Role::Facilitator } if seat(to) => {
                self.write(Practice::ILead, now);
            }
            Event::Turn(TurnEvent::Stick(Some(to))) if seat(to) => {
                self.write(Practice::IHoldTheStick, now);
            }
            Event::Care(CareEvent::Gesture { seat, gesture: Gesture::Here })
                if *seat == person && self.who == Who::Bo =>
            {
                self.write(Practice::YouAreHere, now);
            }
            Event::Care(CareEvent::Private { mine: false, .. }) => {
                self.tell(person, Practice::OnlyWeRead, now);
            }
            Event::Care(CareEvent::Help(_)) => self.tell(person, Practice::HelpSeen, now),
            _ => {}
        }
    }

    /// Looks at the group: what is asked of this member?
    pub(super) fn look(&mut self, room: &Room, person: SeatId, now: Time) {
        let Some(me) = room.me else { return };
        let asked = self.asked(room, me, person);
        self.duties.retain(|(_, duty)| asked.contains(duty));
        for duty in asked {
            if self.duties.iter().all(|(_, known)| *known != duty) {
                let due = self.when(duty, now);
                self.duties.push((due, duty));
            }
        }
    }

    /// The next thing that is due.
    pub(super) fn take(&mut self, room: &Room, person: SeatId, now: Time) -> Option<Deed> {
        if let Some(at) = self.deeds.iter().position(|(due, _)| *due <= now) {
            return self.deeds.remove(at).map(|(_, deed)| deed);
        }
        let place = self.duties.iter().position(|(due, _)| *due <= now)?;
        let duty = self.duties[place].1;
        self.duties[place].0 = now + AGAIN;
        let deed = self.deed(duty, room, person, now);
        self.look(room, person, now);
        Some(deed)
    }

    /// What the group waits for from this member.
    fn asked(&self, room: &Room, me: SeatId, person: SeatId) -> Vec<Duty> {
        let state = &room.state;
        let mut asked = Vec::new();
        let spoken = |word: Word| self.spoken.is_some_and(|(last, _)| last == word);
        if let Some(round) = state.turns.round.as_ref().filter(|round| round.now == Some(me)) {
            let word = Word::Turn(round.since_ms, round.kind);
            asked.push(match (self.who, round.kind) {
                (Who::Dee, RoundKind::CheckIn) => Duty::Pass(round.since_ms),
                _ if spoken(word) => Duty::HandOn(round.since_ms),
                _ => Duty::Speak(word),
            });
        }
        if state.turns.floor.holder == Some(me) {
            asked.push(if spoken(Word::Stick) { Duty::GiveBack } else { Duty::Speak(Word::Stick) });
        }
        if self.called {
            asked.push(Duty::Speak(Word::Called));
        }
        if let Some(proposal) = state.decisions.to_answer(me) {
            asked.push(Duty::Answer(proposal.id));
        }
        let (mine, others): (Vec<_>, Vec<_>) = state.decisions.open.iter().partition(|open| open.by.0 == me);
        if let Some(open) = mine.first().filter(|open| open.vote.is_none() && open.test.is_none()) {
            let all = state.circle.seats.keys().all(|seat| open.answers.contains_key(seat));
            if all && !open.tested {
                asked.push(Duty::Test(open.id));
            } else if !all && others.iter().any(|other| other.by.0 == person) {
                asked.push(Duty::Withdraw(open.id));
            }
        }
        asked.extend(state.decisions.to_vote(me).map(|(proposal, _)| Duty::Vote(proposal.id)));
        asked.extend(state.decisions.minutes_wait_for(me, &state.circle).then_some(Duty::Minutes));
        // Most are for it, and it is seen that not all need be.
        let yes = [Who::Ana, Who::Bo, Who::Cyn].contains(&self.who);
        let quiet = state.turns.floor.mute_all_asked(room.clock.1).is_some_and(|asked| !asked.yes.contains(me));
        asked.extend((yes && quiet).then_some(Duty::MuteAll));
        asked.extend(state.turns.pause.is_some_and(|rest| !rest.back.contains(me)).then_some(Duty::Back));
        asked.extend((state.circle.roles.role(me) == Role::Facilitator).then_some(Duty::Lead));
        asked
    }

    /// When a duty that has just come up is done.
    fn when(&self, duty: Duty, now: Time) -> Time {
        let turn = |first: u64, each: u64| now + Duration::from_millis(first + each * self.who as u64);
        match duty {
            Duty::Speak(_) => now + FIND_WORDS,
            Duty::Pass(_) => now + FIND_WORDS + BREATH,
            Duty::HandOn(_) | Duty::GiveBack => self.spoken.map_or(now, |(_, until)| until).max(now) + BREATH,
            Duty::Answer(_) => turn(4000, 2500),
            Duty::Test(_) | Duty::Withdraw(_) => turn(2500, 0),
            Duty::Vote(_) => turn(4000, 2000),
            Duty::Minutes | Duty::MuteAll => turn(3000, 1200),
            Duty::Back => turn(10_000, 4000),
            Duty::Lead => now + LEADS,
        }
    }

    fn deed(&mut self, duty: Duty, room: &Room, person: SeatId, now: Time) -> Deed {
        let turn = |turn| Deed::Do(Intent::Turn(turn));
        let decide = |what| Deed::Do(Intent::Decide(what));
        match duty {
            Duty::Speak(word) => self.speak(word, room, now),
            Duty::HandOn(_) => turn(Turn::Done),
            Duty::Pass(_) => {
                self.write(Practice::IPass, now);
                turn(Turn::Pass)
            }
            // To the person who gave it; to nobody, if that one has gone.
            Duty::GiveBack => Deed::Do(Intent::Stick(room.state.circle.seats.contains_key(&person).then_some(person))),
            Duty::Answer(id) => decide(Decide::Answer(id, self.answer(id, room, person, now))),
            Duty::Test(id) => decide(Decide::Test(id)),
            Duty::Withdraw(id) => {
                self.write(Practice::YoursFirst, now);
                decide(Decide::Withdraw(id))
            }
            Duty::Vote(id) => decide(Decide::Ballot(
                id,
                match self.who {
                    Who::Cyn => Choice::No,
                    Who::Eli => Choice::Abstain,
                    _ => Choice::Yes,
                },
            )),
            Duty::Minutes => decide(Decide::Minutes { right: true }),
            Duty::MuteAll => turn(Turn::Yes),
            Duty::Back => {
                if self.who == Who::Bo {
                    self.write(Practice::BackEarly, now);
                }
                turn(Turn::Back)
            }
            Duty::Lead => Deed::Do(Intent::Role(person, Role::Facilitator)),
        }
    }

    /// Says what there is to say, or writes when the microphone is kept closed.
    fn speak(&mut self, word: Word, room: &Room, now: Time) -> Deed {
        self.called &= word != Word::Called;
        if room.am_floor_muted() {
            self.spoken = Some((word, now));
            return Deed::Do(Intent::Chat(words(Practice::NotHeard, "")));
        }
        let utterance = match word {
            Word::Turn(_, RoundKind::CheckIn) => self.who.check_in(),
            // What the script has for her.
            Word::Called if self.who == Who::Cyn => "cyn-02",
            _ => self.who.word(),
        };
        self.spoken = Some((word, now + (self.length)(utterance)));
        Deed::Say(utterance)
    }

    /// What this member says to a proposal: the person's are agreed to, stood aside from, and blocked until they are
    /// changed, so that each is seen.
    fn answer(&mut self, id: u32, room: &Room, person: SeatId, now: Time) -> Answer {
        let state = &room.state;
        let Some(proposal) = state.decisions.proposal(id).filter(|open| open.by.0 == person) else {
            return Answer::Agree;
        };
        let before = state.decisions.past.iter().filter(|past| past.by == proposal.name).count();
        match (self.who, before % 3) {
            (Who::Ana, 0) => {
                self.write(Practice::IAgree, now);
                Answer::Agree
            }
            (Who::Cyn, 0) => {
                self.write(Practice::IStandAside, now);
                Answer::Aside
            }
            (Who::Dee, 1) if proposal.motion == Motion::Text && self.blocked != Some(id) => {
                self.blocked = Some(id);
                self.write(Practice::IBlock, now);
                Answer::Block(words(Practice::Plainer, ""))
            }
            (Who::Eli, _) => {
                self.write(Practice::AllHaveRead, now);
                Answer::Agree
            }
            _ => Answer::Agree,
        }
    }

    fn write(&mut self, line: Practice, now: Time) {
        self.say_once_more(Intent::Chat(words(line, "")), now);
    }

    fn tell(&mut self, person: SeatId, line: Practice, now: Time) {
        self.say_once_more(Intent::Private(person, words(line, "")), now);
    }

    /// However busy the person is, there is an end to what is written.
    fn say_once_more(&mut self, intent: Intent, now: Time) {
        if self.lines < LINES {
            self.lines += 1;
            self.deeds.push_back((now + FIND_WORDS, Deed::Do(intent)));
        }
    }
}

/// Whether the group is at something for which it is quiet: a round, a vote, a break, the stick, the close.
pub(super) fn is_at_something(room: &Room, now: Time) -> bool {
    let (turns, decisions) = (&room.state.turns, &room.state.decisions);
    turns.round.is_some()
        || turns.floor.holder.is_some()
        || turns.pause.is_some_and(|rest| room.group_ms(now) < rest.until_ms)
        || decisions.vote().is_some()
        || decisions.closing
}

#[cfg(test)]
mod tests;
