//! The link that is being made: the first one, one beside a silent one, or one over UDP beside the slow road.

use std::pin::pin;
use std::time::Duration;

use tokio::time::sleep;

use super::elsewhere::race;
use super::session::App;
use crate::transport::{Dial, Link, dial, dial_again, dial_beside, dial_udp, dial_via};
use crate::wire::RelayAt;

/// How much sooner the line that the system chooses is tried than another.
const SYSTEMS_CHOICE: Duration = Duration::from_secs(1);

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
        let (via, reached) = (self.second.via.clone(), self.resumption.clone());
        let beside = via.map(|via| {
            let relay = relay.clone();
            async move {
                // What the system chooses is better where it works.
                sleep(if silent { Duration::ZERO } else { SYSTEMS_CHOICE }).await;
                dial_via(&relay, reached, Some(via)).await
            }
        });
        let usual = async move {
            match greeting {
                Some(greeting) if silent => dial_beside(&relay, resumption, &greeting).await,
                Some(greeting) => dial_again(&relay, resumption, &greeting).await,
                None => dial(&relay).await,
            }
        };
        let calling = async move {
            match beside {
                Some(beside) => first(usual, beside).await,
                None => usual.await,
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

/// What comes about first; if neither does, what became of the first of them.
async fn first<T, E>(
    usual: impl Future<Output = Result<T, E>>,
    beside: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let (mut usual, mut beside) = (pin!(usual), pin!(beside));
    tokio::select! {
        made = &mut usual => match made {
            Ok(made) => Ok(made),
            Err(error) => beside.await.map_err(|_| error),
        },
        made = &mut beside => match made {
            Ok(made) => Ok(made),
            Err(_) => usual.await,
        },
    }
}
