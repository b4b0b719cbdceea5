//! The link that is being made: the first one, one beside a silent one, or one over UDP beside the slow road.

use super::elsewhere::race;
use super::session::App;
use crate::transport::{Link, dial, dial_again, dial_beside, dial_udp};
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
        let to = self.trust.told(relay);
        let from = std::mem::replace(&mut self.relay, to);
        self.elsewhere.first.get_or_insert(from);
        self.resumption = None;
    }

    /// These know where the room is, should the relay fall silent.
    pub(super) fn know(&mut self, relays: &[RelayAt]) {
        self.elsewhere.others = relays.iter().map(|relay| self.trust.told(relay)).collect();
    }

    /// A link is up: to the relay that was called, or to one that was called beside it.
    pub(super) fn landed(&mut self, link: &Link) {
        if self.relay.ways().any(|way| way == link.way()) {
            return;
        }
        let found =
            self.elsewhere.beside(&self.relay).into_iter().find(|other| other.ways().any(|way| way == link.way()));
        if let Some(other) = found {
            let from = std::mem::replace(&mut self.relay, other);
            self.elsewhere.first.get_or_insert(from);
        }
    }
}
