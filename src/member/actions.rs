//! What this member does, on its way into the log; and the log, as it comes back.

use std::collections::VecDeque;

use super::flight::Away;
use super::{Effect, Member, Start};
use crate::ids::{ActionNo, Index, Nameplate, SeatId, SeatSet, Time};
use crate::session::{Change, Departure, Ended, Fact, Happening, Intent, MemberState, Op, Phase, Trouble, Whom};
use crate::wire::{Act, Blob, Entry, EntryKind, Gone, Presence, Ticket, ToRelay, limits};

/// An action that is not in the log yet.
struct Pending {
    number: ActionNo,
    act: Act,
    body: Blob,
}

/// My actions: numbered without gaps, kept until the log shows them or the relay says no.
#[derive(Default)]
pub(super) struct Actions {
    pending: VecDeque<Pending>,
    newest: ActionNo,
    /// Up to this entry the log is being caught up, and then what was dealt with up to that action is decided.
    catching_up: Option<(Index, ActionNo)>,
}

impl Actions {
    fn add(&mut self, act: Act, body: Blob) -> Result<ToRelay, Trouble> {
        if self.pending.len() >= limits::PENDING_ACTIONS {
            return Err(Trouble::TooFast);
        }
        self.newest = self.newest.next();
        let number = self.newest;
        self.pending.push_back(Pending { number, act: act.clone(), body: body.clone() });
        Ok(ToRelay::Append { number, act, body })
    }

    /// The log shows it.
    fn seen(&mut self, number: ActionNo) {
        self.pending.retain(|pending| pending.number != number);
    }

    /// Those up to `last` that are still open: the relay dealt with them, and the log doesn't show them.
    fn take_up_to(&mut self, last: ActionNo) -> Vec<Trouble> {
        let count = self.pending.iter().take_while(|pending| pending.number <= last).count();
        self.pending.drain(..count).map(|pending| pending.not_taken()).collect()
    }

    /// Once the log is whole again, what was dealt with and isn't in it was not taken.
    fn settle(&mut self, index: Index) -> Vec<Trouble> {
        let caught_up = self.catching_up.take_if(|(head, _)| index >= *head);
        caught_up.map(|(_, last)| self.take_up_to(last)).unwrap_or_default()
    }
}

impl Pending {
    fn not_taken(&self) -> Trouble {
        match Op::decode(&self.body) {
            Some(Op::Chat(text)) => Trouble::NotTaken(Some(text)),
            _ => Trouble::NotTaken(None),
        }
    }
}

impl Member {
    /// Turns a wish into an action and sends it.
    pub(super) fn act(&mut self, intent: Intent, now: Time) -> Result<(), Trouble> {
        if self.room.me.is_none() {
            return Err(Trouble::NotTaken(None));
        }
        match intent {
            Intent::Hand(up) => self.append(Act::None, &Op::Hand(up)),
            Intent::Chat(text) => self.append(Act::None, &Op::Chat(text)),
            Intent::Verified(same) => self.append(Act::None, &Op::Verified(same)),
            Intent::Mic(_) | Intent::Leave | Intent::Agree | Intent::SoundCheck => Ok(()),
            _ if !self.room.am_facilitator() => Err(Trouble::NotFacilitator),
            Intent::Admit(Whom::One(attempt)) => self.admit(attempt),
            Intent::Admit(Whom::All) => {
                let all: Vec<_> = self.room.door.iter().map(|waiting| waiting.attempt).collect();
                if all.is_empty() {
                    return Err(Trouble::NobodyWaits);
                }
                all.into_iter().try_for_each(|attempt| self.admit(attempt))
            }
            Intent::TurnAway(attempt) => {
                self.room.door.retain(|waiting| waiting.attempt != attempt);
                self.send_away(attempt, Away::NotNow);
                Ok(())
            }
            Intent::FloorMute(whom, muted) => {
                let seats: SeatSet = match whom {
                    Whom::One(seat) => [seat].into_iter().collect(),
                    Whom::All => {
                        self.room.state.seats.keys().copied().filter(|seat| Some(*seat) != self.room.me).collect()
                    }
                };
                self.append(Act::FloorMute(seats, muted), &Op::Direct)
            }
            Intent::AllowTry => {
                self.allow_try(now);
                Ok(())
            }
            Intent::NewCode => {
                self.renew_code();
                Ok(())
            }
            Intent::Verify => self.append(Act::None, &Op::Verify),
            Intent::Lock(locked) => self.append(Act::Lock(locked), &Op::Direct),
            Intent::Remove(seat) => self.append(Act::Remove(seat), &Op::Direct),
            Intent::Close => self.append(Act::Close, &Op::Direct),
        }
    }

    pub(super) fn append(&mut self, act: Act, op: &Op) -> Result<(), Trouble> {
        let body = op.encode().ok_or(Trouble::NotTaken(None))?;
        let message = self.actions.add(act, body)?;
        self.send(message);
        Ok(())
    }

    /// The room is open and mine to hold.
    pub(super) fn hosting(&mut self, nameplate: Nameplate, seat: SeatId, ticket: Ticket, now: Time) {
        let Start::Host { title, .. } = &self.config.start else { return };
        let op = Op::Open { title: title.clone(), name: self.config.name.clone() };
        self.room.me = Some(seat);
        self.room.clock = (now, 0);
        self.ticket = Some(ticket);
        self.keep_door(Some(nameplate));
        if let Err(trouble) = self.append(Act::None, &op) {
            self.tell(Happening::Trouble(trouble));
        }
    }

    /// Back on a new link; what the relay has not dealt with is sent once more.
    pub(super) fn resumed(&mut self, head: Index, last: ActionNo) {
        self.actions.catching_up = Some((head, last));
        let again: Vec<ToRelay> = self
            .actions
            .pending
            .iter()
            .filter(|pending| pending.number > last)
            .map(|pending| ToRelay::Append {
                number: pending.number,
                act: pending.act.clone(),
                body: pending.body.clone(),
            })
            .collect();
        again.into_iter().for_each(|message| self.send(message));
        self.back();
        self.settle();
    }

    fn settle(&mut self) {
        let troubles = self.actions.settle(self.room.state.index);
        troubles.into_iter().for_each(|trouble| self.tell(Happening::Trouble(trouble)));
    }

    /// The relay says no.
    pub(super) fn rejected(&mut self, number: ActionNo) {
        if let Some(at) = self.actions.pending.iter().position(|pending| pending.number == number)
            && let Some(pending) = self.actions.pending.remove(at)
        {
            self.tell(Happening::Trouble(pending.not_taken()));
        }
    }

    /// My seat is gone, and with it whatever was on its way.
    pub(super) fn abandon(&mut self) {
        let troubles = std::mem::take(&mut self.actions).take_up_to(ActionNo(u64::MAX));
        troubles.into_iter().for_each(|trouble| self.tell(Happening::Trouble(trouble)));
    }

    /// The next entry of the log.
    pub(super) fn entry(&mut self, entry: Entry, now: Time) {
        let state = &mut self.room.state;
        if self.room.me.is_none() || entry.index <= state.index {
            return;
        }
        if entry.index != state.index.next() {
            // The stream keeps its order, so something is amiss; a new link asks for what is missing.
            self.tell(Happening::Trouble(Trouble::Diverged));
            return self.redial(now);
        }
        let mine = matches!(entry.kind, EntryKind::Action { seat, .. } if Some(seat) == self.room.me);
        let fact = match entry.kind {
            EntryKind::Gone(seat, why) => Fact::Gone(seat, why),
            EntryKind::Action { seat, number, act, admitted, body } => {
                if mine {
                    self.actions.seen(number);
                }
                Fact::Action { seat, number, act, admitted, op: Op::decode(&body) }
            }
        };
        let changes = state.apply(entry.index, entry.at_ms, &fact);
        self.room.clock = (now, entry.at_ms);
        let opened = mine && matches!(fact, Fact::Action { op: Some(Op::Open { .. }), .. });
        for change in changes {
            self.changed(change, opened);
        }
        let (index, hash) = (self.room.state.index, self.room.state.hash());
        if opened {
            self.joined();
        } else {
            self.tell(Happening::State(index, hash));
        }
        if mine && let Fact::Action { admitted: Some(seat), op: Some(Op::Admit { .. }), .. } = fact {
            self.welcome(seat);
        }
        self.settle();
    }

    fn changed(&mut self, change: Change, opening: bool) {
        let name = |member: &Self, seat| member.room.state.name(seat).unwrap_or_default().to_owned();
        match change {
            Change::Arrived(_) if opening => {}
            Change::Arrived(seat) => {
                let name = name(self, seat);
                self.tell(Happening::Member(seat, name, MemberState::Here));
            }
            Change::Departed { seat, name, why } => {
                self.room.presence.remove(&seat);
                self.hushed(seat);
                self.effects.push_back(Effect::Forget(seat));
                if Some(seat) == self.room.me {
                    return self.end(match why {
                        Departure::Gone(Gone::Left) => Ended::Left,
                        Departure::Removed => Ended::Removed,
                        _ => Ended::LineLost,
                    });
                }
                self.tell(Happening::Member(seat, name, MemberState::Gone));
                if why == Departure::Removed && self.room.am_facilitator() {
                    // Who was removed knows the words.
                    self.renew_code();
                }
            }
            Change::Floor(seat, muted) => {
                if muted {
                    self.hushed(seat);
                }
                self.tell(Happening::Floor(seat, muted));
                if Some(seat) == self.room.me {
                    // Lifting a mute permits speech and doesn't start it, so the microphone closes with the mute.
                    if muted && !self.config.mic_always_open {
                        self.set_mic(false);
                    }
                    self.tell(Happening::Mic);
                }
            }
            Change::Hand(seat, up) => self.tell(Happening::Hand(seat, up)),
            Change::Chat(seat, text) => {
                let from = name(self, seat);
                self.keep_chat(from.clone(), text.clone(), self.room.state.at_ms);
                self.tell(Happening::Chat(seat, from, text));
            }
            Change::Locked(locked) => self.tell(Happening::Locked(locked)),
            Change::Facilitator(seat) => {
                if Some(seat) == self.room.me {
                    self.keep_door(None);
                }
                self.tell(Happening::Facilitator(seat));
            }
            Change::Verify => {
                (self.room.words, self.room.verify_over) = (None, false);
                self.tell(Happening::Verify);
            }
            Change::Verified(seat, same) => self.tell(Happening::Verified(seat, same)),
            Change::VerifyOver(outcome) => {
                self.room.verify_over = true;
                self.tell(Happening::VerifyOver(outcome));
            }
            Change::Closed => self.end(Ended::Closed),
        }
    }

    /// Whether this member is in the circle with its line up.
    pub(super) fn is_in(&self) -> bool {
        self.room.phase == Phase::In
    }

    /// The seat with this name whose member is away.
    pub(super) fn away_with_name(&self, name: &str) -> Option<SeatId> {
        self.room.state.seat_named(name).filter(|seat| self.room.presence(*seat) == Presence::Away)
    }
}
