//! The leader, and the succession.

use super::{Model, Part};

/// So many lead at most.
const LEADS: usize = 4;

impl Model {
    /// The member with the door: the facilitator, or without one the member who has been here longest.
    pub(crate) fn door(&self) -> usize {
        self.leads.first().copied().or(self.circle().next()).unwrap_or(0)
    }

    pub(crate) fn part(&self, who: usize) -> Part {
        match self.leads.iter().position(|lead| *lead == who) {
            Some(0) => Part::Facilitator,
            Some(_) => Part::Co,
            None => Part::Member,
        }
    }

    pub(super) fn can_name(&self, who: usize, whom: usize, part: Part) -> bool {
        let steps_back = who == whom && part == Part::Member;
        // The succession may be the group's to decide; the role itself can always be handed on.
        let leads = self.part(who) == Part::Facilitator && (part == Part::Facilitator || !self.shared);
        let others = self.leads.iter().filter(|lead| **lead != whom).count();
        let room = part != Part::Co || (1..LEADS).contains(&others);
        self.is_here(whom) && part != self.part(whom) && (steps_back || leads) && room
    }

    pub(super) fn name(&mut self, who: usize, whom: usize, part: Part) {
        self.becomes(whom, part);
        // A facilitator who hands the role on stays as co-facilitator.
        if part == Part::Facilitator && self.leads.len() < LEADS {
            self.leads.insert(1, who);
        }
        self.keep();
    }

    /// A new facilitator replaces the one before, who no longer leads; others follow in the order of naming.
    pub(super) fn becomes(&mut self, whom: usize, part: Part) {
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
        // A member who can lift mutes can't stay muted.
        if self.door() != before {
            self.takes_the_door();
        }
    }

    pub(super) fn takes_the_door(&mut self) {
        self.muted.remove(&self.door());
    }
}
