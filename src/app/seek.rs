//! Where nobody has named a relay: several may have the group, so the code is tried at each at the same time, and the first whose
//! door has the words is kept.
//!
//! A relay without the group answers as any door does to wrong words, which costs the group nothing. One that means ill is given
//! what any relay gets: one guess at the words for each knock.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::failure::Failure;
use super::link::at;
use super::setup::{Clock, Sought, Trust};
use crate::member::{Config, Effect, Member};
use crate::session::{Ended, Event, Phase};
use crate::text::{self, start};
use crate::transport::{Dial, DialError, Link, LinkEvent, dial, settings};

/// How long no door may have answered before the search is over.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long the relays that were not chosen have to be told goodbye.
const GOODBYE: Duration = Duration::from_millis(300);

type Connection = (Link, mpsc::Receiver<LinkEvent>);

/// A session's beginning.
pub(super) struct Begun {
    pub(super) member: Member,
    pub(super) relay: Dial,
    pub(super) trust: Trust,
    /// The link, if there is one already, and what the member wants done that has not been done yet.
    pub(super) link: Option<Connection>,
    pub(super) effects: VecDeque<Effect>,
    /// What the person is to know of where the relay comes from.
    pub(super) found: Option<Event>,
}

/// Why a relay is out of the question.
enum Missed {
    Unreached(DialError),
    Broke,
    Ended(Ended),
    Local(String),
}

/// A session at the relay that was named, or at the one of those sought that has the group.
///
/// # Errors
/// [`Failure`] if none of those sought has it.
pub(super) async fn begin(
    relay: Dial,
    sought: Vec<Sought>,
    trust: Trust,
    config: Config,
    clock: Clock,
    seed: [u8; 32],
) -> Result<Begun, Failure> {
    let alone = |relay: Dial, trust: Trust, found: Option<Event>| {
        let member = Member::new(config.clone(), seed, clock.now());
        Begun { member, relay, trust, link: None, effects: VecDeque::new(), found }
    };
    match &sought[..] {
        [] => return Ok(alone(relay, trust, None)),
        [one] => return Ok(alone(one.relay.clone(), one.trust(trust), Some(one.event()))),
        [_, _, ..] => {}
    }
    let (mut tries, go_on) = (JoinSet::new(), Arc::new(Notify::new()));
    for one in sought {
        let (config, go_on, trust) = (config.clone(), go_on.clone(), one.trust(trust.clone()));
        tries.spawn(knock(one, trust, config, clock, go_on));
    }
    let mut failed: Option<Missed> = None;
    let kept = timeout(PATIENCE, async {
        loop {
            if tries.len() == 1 {
                // Whatever that one's door says, there is no other left.
                go_on.notify_one();
            }
            match tries.join_next().await {
                Some(Ok(Ok(begun))) => return Some(begun),
                Some(Ok(Err(missed))) => failed = Some(worse(failed.take(), missed)),
                Some(Err(_)) => {}
                None => return None,
            }
        }
    })
    .await;
    tries.abort_all();
    // Links that are dropped close by themselves, and what that sends is on its way before this ends.
    let _ = timeout(GOODBYE, async { while tries.join_next().await.is_some() {} }).await;
    match kept {
        Ok(Some(begun)) => Ok(begun),
        Ok(None) | Err(_) => Err(Failure::new(failed.map_or_else(start::no_door, Missed::advice))),
    }
}

/// Which failure says more: that of a door says more than that of a line.
fn worse(before: Option<Missed>, missed: Missed) -> Missed {
    match before {
        Some(Missed::Ended(ended)) => Missed::Ended(ended),
        Some(_) | None => missed,
    }
}

impl Missed {
    fn advice(self) -> text::Advice {
        match self {
            Self::Unreached(error) => text::dial_fault(&error),
            Self::Broke => start::no_door(),
            Self::Ended(ended) => text::ended(&ended),
            Self::Local(why) => start::cannot_run(&why),
        }
    }
}

/// Knocks at one relay until its door has shown that it has the words, or `go_on` says that it is the last one left.
async fn knock(
    mut one: Sought,
    trust: Trust,
    config: Config,
    clock: Clock,
    go_on: Arc<Notify>,
) -> Result<Begun, Missed> {
    // Each relay gets an exchange of its own, made of nothing that another one sees.
    let seed = settings::random().map_err(|error| Missed::Local(error.to_string()))?;
    let mut link = dial(&one.relay).await.map_err(Missed::Unreached)?;
    let mut member = Member::new(config, seed, clock.now());
    let mut effects = VecDeque::new();
    // The first effect asks for the link that is there.
    effects.extend(member.poll_effect().filter(|effect| !matches!(effect, Effect::Dial)));
    member.handle_connected(link.0.fingerprint().0, clock.now());
    let (mut last, mut followed) = (false, false);
    loop {
        while let Some(effect) = member.poll_effect() {
            match effect {
                Effect::Control(message) => link.0.control(&message).map_err(|_| Missed::Broke)?,
                Effect::Datagram(bytes) => link.0.datagram(bytes),
                Effect::Follow(relay) => (one.relay, followed) = (trust.told(&relay), true),
                Effect::Dial if std::mem::take(&mut followed) => {
                    link = dial(&one.relay).await.map_err(Missed::Unreached)?;
                    member.handle_connected(link.0.fingerprint().0, clock.now());
                }
                Effect::Dial | Effect::Race | Effect::EndRace | Effect::Upgrade => return Err(Missed::Broke),
                // Without a seat there is no second way to it.
                Effect::DatagramBoth(_) | Effect::DialSecond | Effect::SecondControl(_) | Effect::DropSecond => {}
                Effect::Hangup => {
                    return Err(match &member.room().phase {
                        Phase::Over(ended) => Missed::Ended(ended.clone()),
                        Phase::Connecting | Phase::Waiting | Phase::In | Phase::Returning(_) => Missed::Broke,
                    });
                }
                later @ (Effect::Play(_)
                | Effect::Expect(..)
                | Effect::Forget(_)
                | Effect::SkipMissed
                | Effect::Microphone(_)
                | Effect::Device(..)
                | Effect::PlayAloud
                | Effect::Volume(..)
                | Effect::Plan(_)
                | Effect::Layers(_)
                | Effect::SoundCheck(_)
                | Effect::MakeWords(_)
                | Effect::Others(_)
                | Effect::Tell(_)) => effects.push_back(later),
            }
        }
        if last || matches!(member.room().phase, Phase::Waiting | Phase::In) {
            let found = Some(one.event());
            return Ok(Begun { member, relay: one.relay, trust, link: Some(link), effects, found });
        }
        let due = clock.instant(member.poll_timeout()).map(tokio::time::Instant::from_std);
        let came = tokio::select! {
            came = link.1.recv() => came,
            () = at(due) => {
                member.handle_timeout(clock.now());
                continue;
            }
            () = go_on.notified() => {
                last = true;
                continue;
            }
        };
        match came {
            Some(LinkEvent::Control(message)) => member.handle_control(message, clock.now()),
            Some(LinkEvent::Datagram(bytes)) => member.handle_datagram(&bytes, clock.now()),
            Some(LinkEvent::Closed(_)) | None => return Err(Missed::Broke),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Refusal;

    #[test]
    fn what_a_door_says_outlives_what_lines_do() {
        let wrong = || Missed::Ended(Ended::Refused(Refusal::Full));
        let silent = || Missed::Unreached(DialError::Silent("a:1".to_owned()));
        for order in [[wrong(), silent()], [silent(), wrong()]] {
            let said = order.into_iter().fold(None, |before, missed| Some(worse(before, missed)));
            assert!(matches!(said, Some(Missed::Ended(_))));
        }
    }
}
