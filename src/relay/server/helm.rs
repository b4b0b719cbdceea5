//! What the fleet that a relay belongs to does with it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::figures::Figures;
use super::hub::Hub;
use crate::ids::{Nameplate, Time};
use crate::wire::RelayAt;

/// What the fleet that a relay belongs to does with it.
#[derive(Clone)]
pub struct Helm {
    pub(super) hub: Arc<Hub>,
}

impl Helm {
    /// The time as the relay knows it.
    pub fn now(&self) -> Time {
        self.hub.now()
    }

    /// What goes on.
    pub fn figures(&self) -> Figures {
        self.hub.figures()
    }

    /// Numbers that have rooms here, or whose members want to restore theirs.
    pub fn numbers(&self) -> BTreeSet<Nameplate> {
        self.hub.steer(|steered| steered.numbers())
    }

    /// A room may be opened at this number.
    pub fn offer(&self, nameplate: Nameplate) {
        self.hub.steer(|steered| steered.offer(nameplate));
    }

    /// No room may be opened at this number any more.
    pub fn withdraw(&self, nameplate: Nameplate) {
        self.hub.steer(|steered| steered.withdraw(nameplate));
    }

    /// The room of this number is another relay's: its members are sent there, if it's known.
    pub fn let_go(&self, nameplate: Nameplate, to: Option<&RelayAt>) {
        self.hub.steer(|steered| steered.let_go(nameplate, to));
    }

    /// Nobody else can have the rooms before then.
    pub fn sure(&self, until: Time) {
        self.hub.fence(|fence, _| fence.sure(until));
    }

    /// Nothing more is sent for any room.
    pub fn close(&self) {
        self.hub.fence(|fence, _| fence.close());
    }

    /// All rooms that are here are this relay's, as the registry has said lately.
    pub fn open(&self) {
        let mut opened = true;
        self.hub.fence(|fence, now| opened = fence.open(now));
        if !opened {
            // It stood still with that word on its way.
            self.hub.stood_still();
        }
    }

    /// Members are to know these other relays; to be called a few times a second, with the same ones as long as may be.
    pub fn tell_relays(&self, relays: &[RelayAt]) {
        self.hub.tell_relays(relays);
    }

    /// Numbers that are this relay's, for its figures.
    pub fn count_owned(&self, owned: usize) {
        self.hub.count_owned(owned);
    }
}
