//! A charter's points, and the presets to choose from.

use serde::{Deserialize, Serialize};

use super::{Chair, Power, Say, Threshold};
use crate::ids::SeatId;

/// A charter. Every value of the fields is within its bounds, see [`Charter::is_sound`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charter {
    /// Who may use each power, in the order of [`Power::ALL`].
    pub(super) says: [Say; Power::ALL.len()],
    pub(super) threshold: Threshold,
    /// Seconds after which muting all ends by itself.
    pub(super) mute_all_seconds: u16,
    /// Yeses that let somebody in at the door: 1 or 2.
    pub(super) yeses: u8,
    pub(super) chair: Chair,
}

impl Charter {
    /// A facilitator holds the room; what is decided is the group's.
    pub const FACILITATED: Self = {
        use Say::{Anyone, Facilitator};
        Self {
            says: [Facilitator, Facilitator, Facilitator, Facilitator, Facilitator, Facilitator, Anyone, Facilitator],
            threshold: Threshold::Simple,
            mute_all_seconds: 180,
            yeses: 1,
            chair: Chair::Longest,
        }
    };

    /// A facilitator keeps the peace; who belongs to the group, and when it ends, is the group's.
    pub const SHARED: Self = {
        use Say::{Anyone, Facilitator, Group};
        Self {
            says: [Facilitator, Facilitator, Facilitator, Group, Group, Facilitator, Anyone, Group],
            threshold: Threshold::TwoThirds,
            ..Self::FACILITATED
        }
    };

    /// A group of equals: the facilitator holds the door for all.
    pub const PEER: Self = {
        use Say::{Anyone, Facilitator, Group};
        Self {
            says: [Facilitator, Group, Group, Group, Group, Anyone, Anyone, Group],
            threshold: Threshold::Consensus { minus: 1 },
            mute_all_seconds: 60,
            yeses: 2,
            chair: Chair::Rotation,
        }
    };

    /// The presets with their names.
    pub const PRESETS: [(&'static str, Self); 3] =
        [("facilitated", Self::FACILITATED), ("shared", Self::SHARED), ("peer", Self::PEER)];

    /// The least and most seconds that muting all may last.
    pub const MUTE_ALL_SECONDS: [u16; 2] = [10, 3600];

    /// The preset with this name, in any letter case.
    pub fn preset(name: &str) -> Option<Self> {
        Self::PRESETS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, charter)| *charter)
    }

    /// Who may use a power.
    pub fn say(&self, power: Power) -> Say {
        self.says[power as usize]
    }

    /// Whether a facilitator may do this without asking the group.
    pub fn may_alone(&self, power: Power) -> bool {
        self.say(power) != Say::Group
    }

    /// Whether every member may do this.
    pub fn anyone_may(&self, power: Power) -> bool {
        self.say(power) == Say::Anyone
    }

    /// What a vote needs to pass.
    pub fn threshold(&self) -> Threshold {
        self.threshold
    }

    /// How long muting all lasts unless the group renews it, in milliseconds.
    pub fn mute_all_ms(&self) -> u64 {
        u64::from(self.mute_all_seconds) * 1000
    }

    /// How many yeses let somebody in at the door: 1 or 2.
    pub fn yeses(&self) -> u8 {
        self.yeses
    }

    /// Who takes the chair when every facilitator is gone.
    pub fn chair(&self) -> Chair {
        self.chair
    }

    /// The seat that the chair goes to, of those `there` with their order of arrival, after a facilitator whose order of
    /// arrival was `gone`.
    pub fn next_chair(&self, there: &[(u64, SeatId)], gone: u64) -> Option<SeatId> {
        let first = there.iter().min();
        let after = || there.iter().filter(|(arrival, _)| *arrival > gone).min();
        match self.chair {
            Chair::Longest => first,
            Chair::Rotation => after().or(first),
        }
        .map(|(_, seat)| *seat)
    }

    /// Whether every value is within its bounds.
    pub fn is_sound(&self) -> bool {
        let [least, most] = Self::MUTE_ALL_SECONDS;
        (least..=most).contains(&self.mute_all_seconds)
            && (1..=2).contains(&self.yeses)
            && self.threshold.is_sound()
            && Power::ALL.iter().all(|power| power.can_be_anyones() || !self.anyone_may(*power))
    }
}

impl Default for Charter {
    fn default() -> Self {
        Self::FACILITATED
    }
}
