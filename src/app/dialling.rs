//! The link that is being made: the first one, one beside a silent one, or one over UDP beside the slow road.

use super::session::App;
use crate::transport::{dial, dial_again, dial_beside, dial_udp};

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
        self.dialling = Some(tokio::spawn(async move {
            match greeting {
                Some(greeting) if silent => dial_beside(&relay, resumption, &greeting).await,
                Some(greeting) => dial_again(&relay, resumption, &greeting).await,
                None => dial(&relay).await,
            }
        }));
    }
}
