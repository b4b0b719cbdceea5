//! The practice group: five members with a voice of their own, who follow a short script on a relay in this process.
//!
//! What they do is in `script`; `director` leads them through it and answers to what the person does; a `part` is what each
//! does by itself when its turn comes, in rounds, decisions and breaks; an `actor` is one of them, and differs from a person's
//! program only in where its voice comes from. So what a rehearsal shows is what a session shows: `line` makes a bad line by losing datagrams, and it is the relay that finds the line bad.

mod actor;
mod director;
mod line;
mod part;
mod replies;
mod script;
mod speech;
mod tour;
mod voices;
mod words;

use std::sync::Arc;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

use self::actor::{Actor, Channel};
use self::director::Director;
use self::script::Who;
use self::voices::Voices;
use crate::app::{self, Clock, Watched};
use crate::crypto::code::Code;
use crate::transport::Dial;

/// From one arrival to the next.
const ARRIVALS: Duration = Duration::from_millis(400);
/// Orders that wait for one member.
const ORDERS: usize = 16;
/// What waits for the director: five members who see everything.
const SIGHTS: usize = 256;

/// What there is about the person.
pub struct Rehearsing {
    /// What nobody in the group sees.
    pub watched: mpsc::Receiver<Watched>,
    /// Whether it begins with the tour.
    pub tour: bool,
}

/// Lets the practice members come to the group with this code, and stay until it ends.
pub fn start(on: &Handle, code: &str, relay: Dial, seed: [u8; 32], person: Rehearsing) {
    // The code comes from the group that has just been opened, so there is no other case to tell of.
    if let Ok(code) = Code::parse(code) {
        on.spawn(group(code, relay, seed, person));
    }
}

async fn group(code: Code, relay: Dial, seed: [u8; 32], mut person: Rehearsing) {
    let Ok(voices) = tokio::task::spawn_blocking(Voices::load).await else { return };
    let voices = Arc::new(voices);
    let mut rng = ChaCha20Rng::from_seed(seed);
    let (saw, mut seen) = mpsc::channel(SIGHTS);
    let orders = Who::ALL.map(|who| {
        let (sender, orders) = mpsc::channel(ORDERS);
        let channel = Channel { orders, saw: saw.clone() };
        let actor = Actor::new(who, code.clone(), relay.clone(), voices.clone(), channel, &mut rng);
        tokio::spawn(async move {
            sleep(ARRIVALS * who as u32).await;
            actor.run().await;
        });
        sender
    });
    // From here on only the members hold the channel, so that it ends with the last of them.
    drop(saw);
    let clock = Clock::start();
    let mut director = Director::new(|utterance: &str| voices.length(utterance), person.tour);
    loop {
        let wake = clock.instant(director.poll_timeout()).map(Instant::from_std);
        tokio::select! {
            sight = seen.recv() => match sight {
                Some((who, saw)) => director.handle(who, saw, clock.now()),
                None => return,
            },
            Some(watched) = person.watched.recv() => director.watched(watched, clock.now()),
            () = app::at(wake) => director.handle_timeout(clock.now()),
        }
        while let Some((who, order)) = director.poll_order() {
            // A member who is gone, or doesn't keep up, does without.
            let _ = orders[who as usize].try_send(order);
        }
    }
}
