//! Turns: rounds, the agenda, breaks, and permission to speak.

use std::collections::BTreeSet;

use super::{MINUTE, Model, Wish};

/// What a round is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    CheckIn,
    CheckOut,
    Free,
}

/// A round: the member whose turn it is, and those who come after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Round {
    pub kind: Kind,
    pub seconds: Option<u16>,
    pub now: usize,
    pub order: Vec<usize>,
    pub done: BTreeSet<usize>,
}

/// The points with their minutes, and at which the group is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Agenda {
    pub points: Vec<(String, u16)>,
    pub now: Option<usize>,
}

impl Wish {
    pub(super) fn is_about_turns(&self) -> bool {
        use Wish::{
            Back, Bell, Break, Come, Done, EndBreak, EndRound, Later, Next, NextPoint, NoAgenda, Pass, Point, Skip,
        };
        matches!(self, Come | Next(_) | Wish::Round(..) | EndRound | Done | Pass | Later | Skip(_))
            || matches!(self, Point(..) | NextPoint | NoAgenda | Break(_) | EndBreak | Back | Bell(_))
    }
}

impl Model {
    /// Whose turn it is in a round.
    pub(crate) fn turn(&self) -> Option<usize> {
        self.round.as_ref().map(|round| round.now)
    }

    pub(super) fn can_turn(&self, who: usize, wish: &Wish) -> bool {
        let leads = who == self.door();
        let mine = self.turn() == Some(who);
        match wish {
            Wish::Come => self.may_come(),
            Wish::Done | Wish::Pass => mine,
            Wish::Later => mine && self.round.as_ref().is_some_and(|round| !round.order.is_empty()),
            Wish::Back => self.rest.as_ref().is_some_and(|back| !back.contains(&who)),
            _ if !leads => false,
            Wish::Next(whom) => !self.quiet() && (self.hands.contains(whom) || self.asks.contains(whom)),
            Wish::Round(_, seconds) => self.round.is_none() && seconds.is_none_or(|each| (10..=1800).contains(&each)),
            Wish::EndRound => self.round.is_some(),
            Wish::Skip(whom) => self.turn() == Some(*whom),
            Wish::Point(text, minutes) => {
                !text.trim().is_empty() && (1..=480).contains(minutes) && self.agenda.points.len() < 20
            }
            Wish::NextPoint | Wish::NoAgenda => !self.agenda.points.is_empty(),
            Wish::Break(minutes) => self.rest.is_none() && (1..=120).contains(minutes),
            Wish::EndBreak => self.rest.is_some(),
            Wish::Bell(Some(minutes)) => (1..=720).contains(minutes),
            Wish::Bell(None) => self.bell.is_some(),
            other => unreachable!("{other:?} is no matter of turns"),
        }
    }

    pub(super) fn turns(&mut self, who: usize, wish: &Wish) {
        match wish {
            Wish::Come => {
                let new = self.members;
                (self.members, self.outside) = (self.members + 1, self.outside - 1);
                self.unseen.push(self.chat.len());
                // Late arrivals come at the end.
                self.round.iter_mut().for_each(|round| round.order.push(new));
            }
            Wish::Next(whom) => {
                self.hands.retain(|other| other != whom);
                self.let_speak(*whom);
                self.heed(*whom);
                if self.stick.is_some_and(|holder| holder != *whom) {
                    self.give_stick(Some(*whom));
                }
            }
            Wish::Round(kind, seconds) => {
                let mut order: Vec<usize> = self.circle().collect();
                let (now, done) = (order.remove(0), BTreeSet::new());
                self.round = Some(Round { kind: *kind, seconds: *seconds, now, order, done });
            }
            Wish::EndRound => self.round = None,
            Wish::Done | Wish::Pass | Wish::Skip(_) => {
                let round = self.round.as_mut().expect("it was looked for");
                round.done.insert(round.now);
                self.next_turn();
            }
            Wish::Later => {
                self.round.as_mut().expect("it was looked for").order.push(who);
                self.next_turn();
            }
            Wish::Point(text, minutes) => self.agenda.points.push((text.clone(), *minutes)),
            Wish::NextPoint => {
                let next = self.agenda.now.map_or(0, |now| now + 1);
                self.agenda.now = Some(next);
                if next == self.agenda.points.len() {
                    self.agenda = Agenda::default();
                }
            }
            Wish::NoAgenda => self.agenda = Agenda::default(),
            Wish::Break(_) => self.rest = Some(BTreeSet::new()),
            Wish::EndBreak => self.rest = None,
            Wish::Back => {
                let back = self.rest.as_mut().expect("it was looked for");
                back.insert(who);
                self.all_back();
            }
            Wish::Bell(minutes) => self.bell = minutes.map(|minutes| self.now + u64::from(minutes) * MINUTE),
            _ => {}
        }
    }

    fn all_back(&mut self) {
        if self.rest.as_ref().is_some_and(|back| back.len() == self.count()) {
            self.rest = None;
        }
    }

    /// A member who has gone has no turn any more.
    pub(super) fn goes_from_turns(&mut self, who: usize) {
        if let Some(round) = &mut self.round {
            round.order.retain(|other| *other != who);
            round.done.remove(&who);
            if round.now == who {
                self.next_turn();
            }
        }
        if let Some(back) = &mut self.rest {
            back.remove(&who);
            self.all_back();
        }
    }

    fn next_turn(&mut self) {
        let round = self.round.as_mut().expect("it was looked for");
        if round.order.is_empty() {
            self.round = None;
        } else {
            round.now = round.order.remove(0);
        }
    }

    /// A member who asked to speak may speak.
    pub(super) fn heed(&mut self, whom: usize) {
        self.asks.retain(|other| *other != whom);
    }

    /// A mute is lifted, if there is one.
    pub(super) fn let_speak(&mut self, whom: usize) {
        if self.muted.remove(&whom) {
            self.heed(whom);
        }
    }

    pub(super) fn give_stick(&mut self, to: Option<usize>) {
        (self.stick, self.stay) = (to, None);
        to.into_iter().for_each(|whom| self.heed(whom));
    }
}
