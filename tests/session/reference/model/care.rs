//! Care: calls for help, private words, follow-ups, and members who go.

use std::collections::{BTreeMap, BTreeSet};

use super::{MINUTE, Model, Wish};

/// Confided words, calls for help, and vanished members.
#[derive(Debug, Default)]
pub(crate) struct Care {
    /// What is to be done if somebody vanishes, as the leaders know it.
    pub follow_ups: BTreeMap<usize, String>,
    /// Unhandled calls for help: by whom, and to whom.
    pub help: BTreeSet<(usize, usize)>,
    /// Vanished members not yet handled, longest first.
    pub alarms: Vec<usize>,
    /// Members who have said that they are here, and those who were there to see it.
    pub here: BTreeSet<(usize, usize)>,
}

impl Wish {
    pub(super) fn is_about_care(&self) -> bool {
        use Wish::{FollowUp, Go, HelpMe, Here, Note, Remove, SeenTo, Vanish, Whisper};
        matches!(self, Whisper(..) | HelpMe | Here | FollowUp(..) | SeenTo(_) | Note | Go | Vanish | Remove(_))
    }
}

impl Model {
    /// The members of the group, in the order of arrival.
    pub(crate) fn circle(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.members).filter(|who| !self.gone.contains(who))
    }

    /// How many are.
    pub(crate) fn count(&self) -> usize {
        self.circle().count()
    }

    pub(crate) fn is_here(&self, who: usize) -> bool {
        who < self.members && !self.gone.contains(&who)
    }

    /// Whether somebody could go now: enough are left, no secret vote has to do without somebody who may have voted, and nothing
    /// ends by time meanwhile.
    pub(crate) fn may_go(&self) -> bool {
        let soon = self.ends().any(|end| (self.now..self.now + 3 * MINUTE).contains(&end));
        self.count() > 2 && !self.votes_in_secret() && !soon
    }

    fn leads(&self, who: usize) -> bool {
        self.leads.contains(&who)
    }

    pub(super) fn can_care(&self, who: usize, wish: &Wish) -> bool {
        let door = who == self.door();
        let others_lead = self.leads.iter().any(|lead| *lead != who);
        match wish {
            Wish::Whisper(whom, text) => *whom != who && self.is_here(*whom) && !text.trim().is_empty(),
            Wish::HelpMe => others_lead,
            Wish::Here | Wish::Go | Wish::Vanish => true,
            Wish::FollowUp(whom, _) => self.is_here(*whom) && (self.leads(who) || (who == *whom && others_lead)),
            Wish::SeenTo(whom) => {
                let told = self.leads(who) || door;
                told && (self.care.alarms.contains(whom) || self.care.help.contains(&(*whom, who)))
            }
            // Notes are for the door.
            Wish::Note => false,
            Wish::Remove(whom) => door && *whom != who && self.is_here(*whom) && !self.shared,
            other => unreachable!("{other:?} is no matter of care"),
        }
    }

    pub(super) fn cares(&mut self, who: usize, wish: &Wish) {
        match wish {
            Wish::Whisper(whom, text) => self.chat.push((who, text.clone(), Some(*whom))),
            Wish::HelpMe => {
                self.care.help.extend(self.leads.iter().filter(|lead| **lead != who).map(|lead| (who, *lead)))
            }
            Wish::Here => {
                let seen: Vec<_> = self.circle().map(|other| (who, other)).collect();
                self.care.here.extend(seen);
            }
            Wish::FollowUp(whom, text) if text.is_empty() => drop(self.care.follow_ups.remove(whom)),
            Wish::FollowUp(whom, text) => drop(self.care.follow_ups.insert(*whom, text.clone())),
            Wish::SeenTo(whom) => {
                // A call for help is between the caller and those who were asked.
                if self.care.help.contains(&(*whom, who)) {
                    self.care.help.retain(|(asked, _)| asked != whom);
                }
                self.care.alarms.retain(|other| other != whom);
            }
            Wish::Go => self.leaves(who),
            Wish::Vanish => {
                self.care.alarms.push(who);
                self.leaves(who);
            }
            Wish::Remove(whom) => self.leaves(*whom),
            _ => {}
        }
        self.keep();
    }

    /// Somebody goes, and is waited for nowhere any more.
    fn leaves(&mut self, who: usize) {
        let before = self.door();
        self.gone.insert(who);
        self.hands.retain(|other| *other != who);
        self.heed(who);
        self.muted.remove(&who);
        self.leads.retain(|lead| *lead != who);
        if let Some((_, yes)) = &mut self.stay {
            yes.remove(&who);
        }
        if self.stick == Some(who) {
            self.give_stick(None);
        }
        if let Some((_, said)) = &mut self.read {
            said.remove(&who);
        }
        self.care.here.retain(|(other, _)| *other != who);
        if self.door() != before {
            self.takes_the_door();
        }
        self.goes_from_turns(who);
        self.goes_from_decisions(who);
        // A follow-up that nobody is left to pass on is lost, also if a vote now ends.
        self.keep();
        self.conclude();
    }

    /// Forgets follow-ups about members who are neither here nor looked for, and all of them for members who no longer lead.
    pub(super) fn keep(&mut self) {
        let there: BTreeSet<usize> = self.circle().collect();
        let Self { care, leads, .. } = self;
        care.help.retain(|(who, lead)| there.contains(who) && leads.contains(lead));
        care.follow_ups.retain(|whom, _| !leads.is_empty() && (there.contains(whom) || care.alarms.contains(whom)));
    }
}
