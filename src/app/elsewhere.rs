//! Other relays of the fleet that a relay belongs to: where the room has gone, and who knows.

use std::future::Future;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use super::link::Called;
use crate::transport::{Dial, DialError, dial};

/// How long the relay that is called has before others are.
const HEAD_START: Duration = Duration::from_millis(700);

/// Relays that know where the room is.
#[derive(Default)]
pub(super) struct Elsewhere {
    /// The one that was called first, once another one is.
    pub(super) first: Option<Dial>,
    pub(super) others: Vec<Dial>,
}

impl Elsewhere {
    /// Those to call where this one is silent.
    pub(super) fn beside(&self, relay: &Dial) -> Vec<Dial> {
        let all = self.others.iter().chain(&self.first);
        all.filter(|other| other.host != relay.host).cloned().collect()
    }
}

/// Calls others too where the one that is called doesn't answer at once, and keeps whoever does first.
pub(super) async fn race(first: impl Future<Output = Called> + Send + 'static, others: Vec<Dial>) -> Called {
    if others.is_empty() {
        return first.await;
    }
    let mut calls = JoinSet::new();
    calls.spawn(first);
    for (other, wait) in others.into_iter().zip(1..) {
        calls.spawn(async move {
            sleep(HEAD_START * wait).await;
            dial(&other).await
        });
    }
    let mut failed = DialError::Broke("the relays".to_owned());
    while let Some(called) = calls.join_next().await {
        match called {
            Ok(Ok(link)) => return Ok(link),
            Ok(Err(error)) => failed = error,
            // It was ended with the others.
            Err(_) => {}
        }
    }
    Err(failed)
}
