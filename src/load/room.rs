//! One room of a load: its host opens it, and the others come in by its code.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use quinn::Runtime;
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinSet;

use super::course::Course;
use super::household::Household;
use super::member::{Dialler, Loaded, Part};
use crate::crypto::code::Code;
use crate::member::Start;
use crate::session::Charter;
use crate::transport::{Dial, dial_at};

/// Joiners who are on their way in at once: no more than a door takes, and enough that few changes of keys let in all.
const AT_ONCE: usize = 12;
/// By how much of a packet's length one talker begins later than another: the golden ratio spreads any number of them evenly.
const APART: f64 = 0.618_034;

/// What a room is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// Its number among all rooms.
    pub(super) number: usize,
    /// The relay.
    pub(super) relay: SocketAddr,
    /// Its members, and how many of them talk: the last ones to come.
    pub(super) members: usize,
    pub(super) talkers: usize,
    /// The length of a packet.
    pub(super) packet: Duration,
    pub(super) seed: [u8; 32],
}

impl Plan {
    fn part(&self, member: usize) -> Part {
        let apart = (self.number * self.talkers + member) as f64 * APART % 1.0;
        let talks = member + self.talkers >= self.members;
        Part {
            listeners: self.members.saturating_sub(1) as u64,
            talks: talks.then(|| (self.packet, self.packet.mul_f64(apart))),
        }
    }

    /// How its members call the relay.
    fn dialler(&self) -> Dialler {
        let (relay, household): (_, Arc<dyn Runtime>) = (self.relay, Household::of(self.number, self.relay));
        Arc::new(move || {
            let household = household.clone();
            tokio::spawn(
                async move { dial_at(&Dial { host: relay.to_string(), pin: None }, vec![relay], household).await },
            )
        })
    }
}

/// Founds a room, and lets its members take part in it from then on. Returns once all are in or have given up; `members` are run
/// until the run is over.
pub(super) async fn found(plan: Plan, course: &Arc<Course>, members: &mut JoinSet<()>) {
    let (mut rng, dial) = (ChaCha20Rng::from_seed(plan.seed), plan.dialler());
    let mut start = |member: usize, start: Start| {
        let mut seed = [0; 32];
        rng.fill_bytes(&mut seed);
        let (inside, is_inside) = oneshot::channel();
        let name = format!("Member {}", member + 1);
        members.spawn(Loaded::new(course, (name, start, seed), plan.part(member), dial.clone(), inside).run());
        is_inside
    };
    let host = Start::Host { title: format!("Room {}", plan.number + 1), open_door: true, charter: Charter::default() };
    let code = start(0, host).await.ok().and_then(|code| Code::parse(&code).ok());
    let Some(code) = code else {
        // The host has said that it failed; the others have nowhere to go.
        return course.failed(plan.members.saturating_sub(1));
    };
    let (places, mut joining) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new());
    for member in 1..plan.members {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let is_inside = start(member, Start::Join(code.clone()));
        joining.spawn(async move {
            // One that gives up makes room as well.
            let _ = is_inside.await;
            drop(place);
        });
    }
    joining.join_all().await;
}
