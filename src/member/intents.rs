//! What a person wants, brought to the part that does it.

use super::core::Member;
use super::{ballot, confide, devices, gestures, sound_check, spending};
use crate::ids::Time;
use crate::session::{Ended, Event, Intent, Op, Power, Role, Room, SoundEvent, Spending, Trouble, Turn, Whom, clean};
use crate::wire::{Act, ToRelay};

/// What a member must be for an intent.
enum Needs {
    /// Nothing: it's wanted of this client alone.
    Nothing,
    /// In the group.
    Seat,
    /// The facilitator.
    Facilitator,
    /// The facilitator, and not only for want of anybody who leads.
    Lead,
}

impl Needs {
    fn of(intent: &Intent) -> Self {
        match intent {
            Intent::Mic { .. }
            | Intent::Agree
            | Intent::Note(_)
            | Intent::SoundCheck
            | Intent::SkipMissed
            | Intent::Device(..)
            | Intent::PlayAloud
            | Intent::Spend(_)
            | Intent::Leave => Self::Nothing,
            Intent::Hand { .. }
            | Intent::Chat(_)
            | Intent::Verified { .. }
            | Intent::Decide(_)
            | Intent::Private(..)
            | Intent::HelpMe
            | Intent::Gesture(_)
            | Intent::FollowUp(..)
            | Intent::Handled(_)
            | Intent::Volume(..)
            | Intent::Role(..)
            | Intent::Choose(_)
            | Intent::TakeBack
            | Intent::Turn(_)
            | Intent::Stick(_) => Self::Seat,
            Intent::TurnAway(_)
            | Intent::Mute { .. }
            | Intent::AllowTry
            | Intent::GiveBack(_)
            | Intent::HandOver(_)
            | Intent::NewCode
            | Intent::Verify
            | Intent::Lock { .. }
            | Intent::Remove(_)
            | Intent::CloseNow => Self::Facilitator,
            Intent::Admit(_) | Intent::Close => Self::Lead,
        }
    }

    fn check(&self, room: &Room) -> Result<(), Trouble> {
        match self {
            Self::Nothing => Ok(()),
            Self::Seat | Self::Facilitator | Self::Lead if room.me.is_none() => Err(Trouble::NotTaken(None)),
            Self::Facilitator | Self::Lead if !room.am_facilitator() => Err(Trouble::NotFacilitator),
            Self::Lead if !room.may_admit() => Err(Trouble::OnlyLeads),
            Self::Seat | Self::Facilitator | Self::Lead => Ok(()),
        }
    }
}

impl Member {
    /// What a person wants.
    pub fn handle_intent(&mut self, intent: Intent, now: Time) {
        self.cx.now = now;
        if self.cx.is_over() {
            return;
        }
        let done = Needs::of(&intent).check(&self.cx.room).and_then(|()| self.act(intent));
        self.cx.report(done);
    }

    /// Does it here, or turns it into an action of the log.
    fn act(&mut self, intent: Intent) -> Result<(), Trouble> {
        let (log, cx) = (&mut self.log, &mut self.cx);
        match intent {
            Intent::Mic { open } => self.set_mic(open),
            Intent::Agree => self.knocking.agree(cx),
            Intent::Note(text) => self.knocking.leave_note(&text, cx),
            Intent::SoundCheck => sound_check::begin(cx),
            Intent::Device(side, name) => return self.devices.choose(side, name, cx),
            Intent::PlayAloud => return devices::play_aloud(cx),
            Intent::Volume(seat, percent) => return devices::set_volume(seat, percent, cx),
            Intent::Spend(spending) => self.spend(spending),
            Intent::SkipMissed => self.backfill.skip_missed(cx),
            Intent::Leave => self.leave(),
            Intent::Hand { up } => return log.append(Act::None, Op::Hand { up }, cx),
            Intent::Chat(text) => return log.append(Act::None, Op::Chat(clean::chat(&text)), cx),
            Intent::Verified { same } => return log.append(Act::None, Op::Verified { same }, cx),
            Intent::Decide(what) => {
                return match ballot::secret_choice(&what, &cx.room) {
                    Some(choice) => self.balloting.choose(choice, log, cx),
                    None => gestures::decide(what, log, cx),
                };
            }
            Intent::Private(seat, text) => return confide::word(seat, &text, log, cx),
            Intent::HelpMe => return confide::call_for_help(log, cx),
            Intent::Gesture(gesture) => return gestures::sign(gesture, log, cx),
            Intent::FollowUp(seat, text) => return confide::follow_up(seat, &text, log, cx),
            Intent::Handled(arrival) => return confide::handled(arrival, log, cx),
            Intent::Role(seat, role) => return gestures::name_role(seat, role, log, cx),
            Intent::TakeBack => return gestures::take_back(log, cx),
            Intent::Choose(seat) => return gestures::choose(seat, log, cx),
            Intent::HandOver(seat) => {
                if self.handover.begin(seat, log, cx)? {
                    self.leave();
                }
            }
            Intent::Turn(turn) => return gestures::turn(turn, log, cx),
            Intent::Stick(to) => return gestures::pass_stick(to, log, cx),
            Intent::Admit(whom) => return self.door.admit(whom, log, cx),
            Intent::TurnAway(attempt) => self.door.turn_away(attempt, cx),
            Intent::Mute { whom: Whom::One(seat), muted } => return gestures::mute_one(seat, muted, log, cx),
            Intent::Mute { whom: Whom::All, muted: true } => return gestures::mute_all(log, cx),
            Intent::Mute { whom: Whom::All, muted: false } => return gestures::unmute_all(log, cx),
            Intent::AllowTry => self.door.allow_try(log, cx),
            Intent::GiveBack(seat) if cx.room.role_to_give_back() == Some(seat) => {
                return gestures::name_role(seat, Role::Facilitator, log, cx);
            }
            Intent::GiveBack(seat) => return self.door.give_back(seat, log, cx),
            Intent::NewCode => self.door.renew_code(log, cx),
            Intent::Verify => self.door.verify(log, cx),
            Intent::Lock { locked } => {
                gestures::may(Power::Lock, None, cx)?;
                return log.append(Act::Lock(locked), Op::Direct, cx);
            }
            Intent::Remove(seat) => {
                gestures::may(Power::Remove, Some(seat), cx)?;
                return self.door.remove(seat, log, cx);
            }
            Intent::Close => return gestures::close(log, cx),
            Intent::CloseNow => return log.append(Act::Close, Op::Direct, cx),
        }
        Ok(())
    }

    /// Lets my line cost this from now on.
    fn spend(&mut self, spending: Spending) {
        self.config.plan = spending::plan(spending);
        self.voice.choose(self.config.plan, &mut self.cx);
        self.cx.room.spending = spending;
        self.cx.tell(Event::Sound(SoundEvent::Spending(spending)));
    }

    /// Says goodbye.
    pub(super) fn leave(&mut self) {
        self.cx.send(ToRelay::Leave);
        self.end(Ended::Left);
    }

    /// Opens or closes my microphone. Opening it in a break says that I am back.
    pub(super) fn set_mic(&mut self, open: bool) {
        let (log, cx) = (&mut self.log, &mut self.cx);
        let awaited = |me| cx.room.state.turns.pause.is_some_and(|pause| !pause.back.contains(me));
        let back = open && cx.room.me.is_some_and(awaited);
        if self.floor.set_mic(open, cx) && back {
            // If the line is in the way, the group sees it later.
            let _ = gestures::turn(Turn::Back, log, cx);
        }
    }
}
