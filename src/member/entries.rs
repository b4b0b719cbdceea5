//! The log as it comes back: each entry is applied, told, and followed up.

use super::actions::{Pending, What};
use super::ballot::{self, Check};
use super::core::Member;
use super::effect::Effect;
use super::{commits, comparison, confide, devices, gestures, speech};
use crate::ids::{ActionNo, Index, SeatId, SeatSet};
use crate::session::{
    CareEvent, ChatLine, Departure, Ended, Event, Fact, Op, Role, Room, SoundEvent, Trouble, Turn, TurnEvent,
};
use crate::wire::{Act, Entry, Gone, Tag};

impl Member {
    /// Back on a new link; what the relay has not dealt with is sent once more.
    pub(super) fn resumed(&mut self, head: Index, last: ActionNo) {
        self.log.resume(head, last);
        self.connection.back(&mut self.cx);
        self.settle();
        self.succession.note(&mut self.log, &mut self.cx);
    }

    /// Once the log is whole again, what the relay dealt with and isn't in it was not taken.
    fn settle(&mut self) {
        let Some(open) = self.log.settle(self.cx.room.state.index) else { return };
        open.into_iter().for_each(|pending| self.not_taken(pending));
        self.log.flush(&mut self.cx);
        self.door.commit(&mut self.log, &mut self.cx);
    }

    /// The relay says no.
    pub(super) fn rejected(&mut self, number: ActionNo) {
        if let Some(pending) = self.log.rejected(number) {
            self.not_taken(pending);
            self.log.flush(&mut self.cx);
        }
    }

    /// An action of mine won't be in the log.
    pub(super) fn not_taken(&mut self, pending: Pending) {
        let (log, cx) = (&mut self.log, &mut self.cx);
        match pending.what {
            What::Op(Op::Chat(text)) => cx.tell(Event::Trouble(Trouble::NotTaken(Some(text)))),
            What::Op(Op::Direct) if matches!(pending.act, Act::Doors(_)) => self.succession.refused(cx.now),
            What::Op(Op::Poll(number, step)) => {
                let again = ballot::step_not_taken(number, step, log, cx);
                cx.report(again);
            }
            What::Op(Op::NoMic(_)) => self.devices.not_taken(cx.now),
            What::Op(_) => cx.tell(Event::Trouble(Trouble::NotTaken(None))),
            What::Commit(..) => self.door.commit_refused(log, cx.now),
            What::Private(private) => confide::refused(&private, cx),
        }
    }

    /// An entry came. What I have applied I can also prove to a relay that has lost it: nothing counts before the tag on it.
    pub(super) fn entry_told(&mut self, entry: Entry, tag: Option<Tag>) {
        match tag {
            Some(tag) => {
                let before = self.untagged.take();
                before.into_iter().chain([entry]).for_each(|entry| self.entry(entry, tag));
            }
            None if self.untagged.add(entry) => {}
            None => self.connection.redial(&mut self.cx),
        }
    }

    /// The next entry of the log.
    fn entry(&mut self, entry: Entry, tag: Tag) {
        let cx = &mut self.cx;
        if cx.room.me.is_none() || entry.index <= cx.room.state.index {
            return;
        }
        if entry.index != cx.room.state.index.next() {
            // The stream keeps its order, so something is amiss; a new link asks for what is missing.
            cx.tell(Event::Trouble(Trouble::Diverged));
            return self.connection.redial(cx);
        }
        let whole = self.log.with_my_body(&entry, cx);
        let Entry { index, at_ms, kind } = entry;
        let Some(reading) = self.log.read(kind, cx) else { return self.end(Ended::KeysLost) };
        if let Some(copy) = &mut self.copy {
            copy.follow(whole, tag);
        }
        let fact = reading.fact;
        let code_age = cx.room.state.code_age;
        let events = cx.room.state.apply_with(index, at_ms, &fact, &Check(self.log.group_id()));
        cx.room.clock = (cx.now, cx.room.state.circle.at_ms);
        let opened = matches!(fact, Fact::Action { op: Some(Op::Open { .. }), .. }) && index == Index(1);
        if events.is_empty() && came_too_late(&fact, &cx.room) {
            cx.tell(Event::Trouble(Trouble::NotTaken(None)));
        }
        self.log.hold(true);
        self.confided(&fact, code_age);
        for event in events {
            self.follow(event, opened);
        }
        self.floor.changed(&mut self.cx);
        self.backfill.follow_floor(&self.cx);
        if let Some(private) = reading.private {
            confide::sent(&private, &mut self.cx);
        }
        confide::keep_what_counts(&mut self.cx);
        let hash = self.cx.room.state.hash();
        self.log.remember(index, &hash);
        if opened {
            self.joined();
        } else {
            self.cx.tell(Event::State { index, hash });
        }
        self.log.hold(false);
        if let Fact::Commit { replaced, removed, admitted, .. } = fact {
            self.enter_epoch(replaced.iter().map(|(seat, _)| *seat).chain(removed.iter()).collect());
            let new = admitted.iter().map(|(seat, _)| *seat).chain(replaced.iter().map(|(_, seat)| *seat)).collect();
            commits::repeat_floor(new, &mut self.log, &mut self.cx);
        }
        for (knock, seat, welcome) in reading.newcomers {
            if let Some(note) = self.door.take_note(knock) {
                confide::confide_note(seat, note, &mut self.log, &mut self.cx);
            }
            self.door.welcome(knock, seat, welcome, &mut self.cx);
        }
        self.log.flush(&mut self.cx);
        self.settle();
        let (log, cx) = (&mut self.log, &mut self.cx);
        let tended = self.balloting.tend(log, cx);
        cx.report(tended);
        self.door.commit(log, cx);
        self.succession.note(log, cx);
        self.turns.watch(&mut self.floor, log, cx);
        self.door.tell_keeper(cx);
        self.namesakes.watch(cx);
        self.go_if_handed_over();
    }

    /// The group has new keys: frames that came before them are heard.
    fn enter_epoch(&mut self, left: SeatSet) {
        match self.log.enter_epoch(left, &self.cx) {
            Ok(early) => early.iter().for_each(|(head, plain)| self.play(head, plain)),
            Err(ended) => return self.end(ended),
        }
        self.log.flush(&mut self.cx);
    }

    /// Takes in what an entry says and no face is told: something sealed to a few, or that the words of the code are new since
    /// they had this age.
    fn confided(&mut self, fact: &Fact, code_age: u32) {
        let Fact::Action { seat, act: Act::None, op: Some(op), .. } = fact else { return };
        let (log, cx) = (&mut self.log, &mut self.cx);
        let mine = Some(*seat) == cx.room.me;
        if let Op::Private(sealed) = op
            && !mine
            && let Some(words) = confide::received(*seat, sealed, log, cx)
        {
            self.door.learn_words(words, cx);
        }
        if *op == Op::CodeChanged && mine && cx.room.state.code_age != code_age {
            self.door.words_count(cx);
            confide::tell_code_to_leads(self.door.words(cx), log, cx);
        }
    }

    /// What the log says is passed on to the face, once I have done my part of it.
    fn follow(&mut self, event: Event, opening: bool) {
        let (log, cx) = (&mut self.log, &mut self.cx);
        match &event {
            Event::Arrived { .. } if opening => return,
            Event::Arrived { seat, .. } => {
                cx.room.meet(*seat);
                devices::set_volume_again(*seat, cx);
            }
            Event::Departed { seat, why, .. } => {
                let (seat, why) = (*seat, *why);
                return self.departed(seat, why, event);
            }
            Event::Muted { seat, muted } => {
                self.backfill.forget_past(*seat, cx);
                if *muted {
                    speech::ceased(*seat, cx);
                }
            }
            Event::Hand { seat, .. } => {
                speech::gave_sign(*seat, cx);
                cx.tell(event);
                return cx.tell(Event::Turn(TurnEvent::Queue));
            }
            Event::Chat { seat, from, text } => {
                speech::gave_sign(*seat, cx);
                let (from, text, at_ms) = (from.clone(), text.clone(), cx.room.state.circle.at_ms);
                cx.room.keep_chat(ChatLine { from, text, at_ms, only: None });
            }
            Event::Turn(TurnEvent::MuteAll { on }) => cx.room.mute_all_over = !on,
            // Whoever goes away from the computer isn't listened to.
            Event::Turn(TurnEvent::BreakBegan) => self.set_mic(false),
            Event::Facilitator(seat) if Some(*seat) == cx.room.me => self.door.keep(None, log, cx),
            Event::Facilitator(_) => self.door.lose(cx),
            Event::Verify => comparison::begin(log, cx),
            Event::VerifyOver(_) => cx.room.verify_over = true,
            Event::Closed(how) => return self.end(how.clone()),
            Event::Role { seat, role } => {
                let (seat, leads) = (*seat, *role != Role::Member);
                cx.tell(event);
                if leads && Some(seat) == cx.room.me {
                    self.door.lead(log, cx);
                    // Given the role by hand or choice, I needn't ask for what my lost line took.
                    let back = cx.room.state.circle.roles.can_take_back(seat);
                    let taken = if back { gestures::take_back(log, cx) } else { Ok(()) };
                    cx.report(taken);
                }
                if leads && Some(seat) != cx.room.me && self.succession.confides_to(seat, &self.door, cx) {
                    confide::confide_all(seat, self.door.words(cx), log, cx);
                }
                return;
            }
            Event::Care(CareEvent::Gesture { seat, gesture }) => {
                cx.room.gestures.insert(*seat, (*gesture, cx.room.clock.0));
            }
            Event::Care(CareEvent::Alarm { .. } | CareEvent::SeenTo { .. }) if !cx.room.hears_of_trouble() => {
                return;
            }
            // My own I see.
            Event::Sound(SoundEvent::NoMic { seat, .. })
                if !cx.room.hears_of_trouble() || Some(*seat) == cx.room.me =>
            {
                return;
            }
            // The relay knows nothing of my way up.
            Event::Restored => self.voice.begin_probing(cx.now),
            // Only told.
            Event::Turn(_)
            | Event::Care(CareEvent::Alarm { .. } | CareEvent::SeenTo { .. })
            | Event::Sound(SoundEvent::NoMic { .. })
            | Event::Locked(_)
            | Event::Choice { .. }
            | Event::Verified { .. }
            | Event::Decision(_) => {}
            // One person is met once, and nobody meets themselves.
            Event::Returned { seat, name, was } => {
                let mine = Some(*seat) == cx.room.me;
                cx.room.met.retain(|met| met != if mine { name } else { was });
                devices::set_volume_again(*seat, cx);
            }
            // Never of the log: said by clients, of themselves.
            Event::Hosting(_)
            | Event::Reach(_)
            | Event::NewRelay { .. }
            | Event::RelayFound { .. }
            | Event::Restoring { .. }
            | Event::Waiting
            | Event::LetsIn(_)
            | Event::DoorSilent
            | Event::LedBefore { .. }
            | Event::Agreed
            | Event::SoundCheck(_)
            | Event::Knock { .. }
            | Event::KnockOver { .. }
            | Event::KnockAgreed { .. }
            | Event::Care(CareEvent::KnockNote { .. })
            | Event::WrongWords { .. }
            | Event::TryWaits
            | Event::NewCode
            | Event::Joined
            | Event::Namesake { .. }
            | Event::Presence { .. }
            | Event::Speaking { .. }
            | Event::Mic
            | Event::Words(_)
            | Event::State { .. }
            | Event::Link(_)
            | Event::Line { .. }
            | Event::Road(_)
            | Event::SecondWay
            | Event::Trouble(_)
            | Event::CanTakeBack
            | Event::Hushed { .. }
            | Event::TalksMuted
            | Event::Nudge(_)
            | Event::Receipt(_)
            | Event::Saved(_)
            | Event::Behind { .. }
            | Event::HeardBy(_)
            | Event::Sound(
                SoundEvent::Speaker
                | SoundEvent::Devices
                | SoundEvent::MicClosed(_)
                | SoundEvent::Advice(_)
                | SoundEvent::Spending(_)
                | SoundEvent::Volume { .. },
            )
            | Event::Care(
                CareEvent::Private { .. }
                | CareEvent::Help(_)
                | CareEvent::HelpSent
                | CareEvent::FollowUp { .. }
                | CareEvent::Note { .. }
                | CareEvent::NoteSent,
            ) => {}
        }
        self.cx.tell(event);
    }

    /// Somebody has left, or I have.
    fn departed(&mut self, seat: SeatId, why: Departure, event: Event) {
        let (log, cx) = (&mut self.log, &mut self.cx);
        cx.room.presence.remove(&seat);
        cx.room.gestures.remove(&seat);
        self.door.departed(seat);
        speech::ceased(seat, cx);
        self.backfill.forget_talker(seat, cx);
        self.reports.forget(seat);
        cx.effects.push(Effect::Forget(seat));
        if Some(seat) == cx.room.me {
            return self.end(match why {
                Departure::Gone(Gone::Left) => Ended::Left,
                Departure::Removed => Ended::Removed,
                Departure::Gone(Gone::Lost | Gone::NeverCame) | Departure::Returned => Ended::LineLost,
            });
        }
        cx.tell(event);
        if why == Departure::Removed && cx.room.am_facilitator() {
            // The member who was removed knows the words.
            self.door.renew_code(log, cx);
        }
    }
}

/// Whether an action of mine has changed nothing, and I don't know that: the group was further than I knew.
fn came_too_late(fact: &Fact, room: &Room) -> bool {
    let mine = |seat: &SeatId| Some(*seat) == room.me;
    match fact {
        Fact::Action { seat, op: Some(Op::Turn(turn)), .. } if mine(seat) => {
            !matches!(turn, Turn::Least(_) | Turn::Absent(_) | Turn::Return | Turn::Back)
        }
        // Of a member who is back it's said again, for the relay.
        Fact::Action { seat, act: Act::Stick(to), .. } => mine(seat) && *to != room.state.turns.floor.holder,
        Fact::Action { seat, act: Act::MuteAll(_), .. } => mine(seat),
        Fact::Action { .. } | Fact::Commit { .. } | Fact::Gone(..) | Fact::Lapsed(_) | Fact::Restored => false,
    }
}
