//! Who leads, and who follows.

use super::{Model, Part, Wish};

/// So many lead at most.
const LEADS: usize = 4;

impl Model {
    /// Who has the door: the facilitator, or without one who is here longest.
    pub fn door(&self) -> usize {
        self.leads.first().copied().unwrap_or(0)
    }

    pub fn part(&self, who: usize) -> Part {
        match self.leads.iter().position(|lead| *lead == who) {
            Some(0) => Part::Facilitator,
            Some(_) => Part::Co,
            None => Part::Member,
        }
    }

    pub(super) fn can_have_part(&self, who: usize, wish: &Wish) -> bool {
        match *wish {
            Wish::Name(whom, part) => {
                let steps_back = who == whom && part == Part::Member;
                let others_lead = self.leads.iter().any(|lead| *lead != whom) && self.leads.len() < LEADS;
                let room = part != Part::Co || others_lead || (who == whom && self.leads.len() > 1);
                part != self.part(whom) && (steps_back || self.part(who) == Part::Facilitator) && room
            }
            Wish::Move(whom, part) => part != self.part(whom) && self.may_propose(who),
            // Nobody's line is ever gone.
            _ => false,
        }
    }

    pub(super) fn has_part(&mut self, who: usize, wish: &Wish) {
        match *wish {
            Wish::Name(whom, part) => {
                self.becomes(whom, part);
                // Who hands the role on stays at the side of who gets it.
                if part == Part::Facilitator && self.leads.len() < LEADS {
                    self.leads.insert(1, who);
                }
            }
            Wish::Move(whom, part) => {
                let voting = self.open.iter().any(|open| open.vote.is_some());
                let id = self.propose(who, format!("Member {whom}"), Some((whom, part)));
                // This can be put to a vote at any time, and is at once.
                if !voting {
                    self.open_vote(id, false);
                }
            }
            _ => {}
        }
    }

    /// The group has decided.
    pub(super) fn follows(&mut self, motion: Option<(usize, Part)>) {
        if let Some((whom, part)) = motion.filter(|(whom, part)| *part != self.part(*whom)) {
            self.becomes(whom, part);
        }
    }

    /// A new facilitator takes the place of the one before, who leads no more; others follow in the order of naming.
    fn becomes(&mut self, whom: usize, part: Part) {
        let (before, facilitator) = (self.door(), self.leads.first().copied());
        let others: Vec<usize> = self.leads.iter().copied().filter(|lead| *lead != whom).collect();
        match part {
            Part::Facilitator => {
                let rest = others.into_iter().filter(|lead| Some(*lead) != facilitator);
                self.leads = std::iter::once(whom).chain(rest).collect();
            }
            Part::Co if others.is_empty() || others.len() >= LEADS => {}
            Part::Co => self.leads = others.into_iter().chain([whom]).collect(),
            Part::Member => self.leads = others,
        }
        // Who can lift a mute can't stay under one.
        if self.door() != before {
            self.muted.remove(&self.door());
        }
    }
}
