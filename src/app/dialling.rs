//! The link that is being made: the first one, one beside a silent one, or one over UDP beside the slow road.

use super::elsewhere::race;
use super::session::App;
use crate::transport::{Dial, Link, dial, dial_again, dial_beside, dial_udp};
use crate::wire::RelayAt;

impl App {
    /// Makes a link over UDP beside one on the slow road.
    pub(super) fn upgrade(&mut self) {
        self.stop_dialling();
        let relay = self.relay.clone();
        (self.ahead, self.upgrading) = (false, true);
        self.dialling = Some(tokio::spawn(async move { dial_udp(&relay).await }));
    }

    pub(super) fn stop_dialling(&mut self) {
        self.upgrading = false;
        if let Some(dialling) = self.dialling.take() {
            dialling.abort();
        }
    }

    pub(super) fn dial(&mut self) {
        self.stop_dialling();
        // A link that is there and is to be replaced has fallen silent.
        let silent = self.link.is_some();
        let (relay, resumption, greeting) = (self.relay.clone(), self.resumption.clone(), self.member.greeting());
        self.ahead = resumption.is_some() && greeting.is_some();
        let others = self.elsewhere.beside(&relay);
        let calling = async move {
            match greeting {
                Some(greeting) if silent => dial_beside(&relay, resumption, &greeting).await,
                Some(greeting) => dial_again(&relay, resumption, &greeting).await,
                None => dial(&relay).await,
            }
        };
        self.dialling = Some(tokio::spawn(race(calling, others)));
    }

    /// The room is at this relay.
    pub(super) fn follow(&mut self, relay: &RelayAt) {
        self.move_to(self.trust.told(relay));
        self.resumption = None;
    }

    /// From now on another relay is called first, and those who were called before it may know where the room is.
    fn move_to(&mut self, relay: Dial) {
        let from = std::mem::replace(&mut self.relay, relay);
        self.elsewhere.first.get_or_insert(from);
    }

    /// These know where the room is, should the relay fall silent.
    pub(super) fn know(&mut self, relays: &[RelayAt]) {
        self.elsewhere.others = relays.iter().map(|relay| self.trust.told(relay)).collect();
    }

    /// A link is up: to the relay that was called, or to one that was called beside it.
    pub(super) fn landed(&mut self, link: &Link) {
        let leads_here = |relay: &Dial| relay.ways().any(|way| way == link.way());
        if leads_here(&self.relay) {
            return;
        }
        if let Some(other) = self.elsewhere.beside(&self.relay).into_iter().find(leads_here) {
            self.move_to(other);
        }
    }
}
