//! Mutes of those who are gone. A facilitator's mute stays on the name: nobody gets out of it by starting the program anew,
//! or by leaving and knocking again, and only the facilitator lifts it.

use serde::{Deserialize, Serialize};

use super::{Departure, Member, clean};
use crate::wire::limits;

/// The names of those who were muted when they went. At most [`limits::MEMBERS`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mutes(Vec<String>);

impl Mutes {
    /// A member goes. After a removal, a member let in again begins anew.
    pub(super) fn keep(&mut self, member: &Member, why: Departure) {
        if member.muted && why != Departure::Removed {
            self.0.push(member.name.clone());
            if self.0.len() > limits::MEMBERS {
                self.0.remove(0);
            }
        }
    }

    /// Somebody of this name comes in: whether the mute is theirs. From here on only their seat has it.
    pub(super) fn take(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|muted| !clean::same_name(muted, name));
        self.0.len() < before
    }

    /// Whether what a snapshot says of them could have come about.
    pub(super) fn is_sound(&self) -> bool {
        self.0.len() <= limits::MEMBERS && self.0.iter().all(|name| *name == clean::name(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ActionNo;
    use crate::wire::Gone;

    #[test]
    fn mutes_of_the_gone_are_bounded_and_good_for_one_return() {
        let mut mutes = Mutes::default();
        let member = |number: usize, muted| Member {
            name: format!("Guest {number}"),
            muted,
            arrival: 0,
            since_ms: 0,
            gestures_from_ms: 0,
            no_mic: false,
            actions: ActionNo(0),
        };
        for number in 0..=limits::MEMBERS {
            mutes.keep(&member(number, true), Departure::Gone(Gone::Left));
        }
        mutes.keep(&member(100, false), Departure::Gone(Gone::Left));
        mutes.keep(&member(101, true), Departure::Removed);
        assert_eq!(mutes.0.len(), limits::MEMBERS);
        assert!(mutes.is_sound());
        assert!(!mutes.take("Guest 0") && !mutes.take("Guest 100") && !mutes.take("Guest 101"));
        assert!(mutes.take("guest 1") && !mutes.take("Guest 1"));
        mutes.0.push("\u{1b}[2J".into());
        assert!(!mutes.is_sound());
        mutes.0 = vec!["Ana".into(); limits::MEMBERS + 1];
        assert!(!mutes.is_sound());
    }
}
