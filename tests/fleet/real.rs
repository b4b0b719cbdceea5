//! Three relays, programs of their own, with a real etcd between them; and members who speak to them over the network.

use std::time::{Duration, Instant};

use ingle::ids::{ActionNo, SeatSet};
use ingle::transport::{Dial, Fingerprint, Link, LinkEvent, Pin, dial};
use ingle::wire::{
    Blob, Checkpoint, Hello, Purpose, Refusal, RelayAt, RoomState, Tag, Ticket, ToMember, ToRelay, VERSION,
};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

use crate::programs::Fleet;

const PATIENCE: Duration = Duration::from_secs(30);

/// One line to a relay.
struct Line {
    at: String,
    link: Link,
    events: mpsc::Receiver<LinkEvent>,
}

impl Line {
    async fn to(at: &str, pin: Option<Pin>, purpose: Purpose) -> Option<Self> {
        let (link, events) = dial(&Dial { host: at.to_owned(), pin }).await.ok()?;
        link.control(&ToRelay::Hello(Hello { version: VERSION, purpose })).ok()?;
        Some(Self { at: at.to_owned(), link, events })
    }

    /// The next message; `None` once the line is over.
    async fn next(&mut self) -> Option<ToMember> {
        loop {
            match timeout(PATIENCE, self.events.recv()).await.expect("something comes")? {
                LinkEvent::Control(message) => return Some(message),
                LinkEvent::Datagram(_) => {}
                LinkEvent::Closed(_) => return None,
            }
        }
    }
}

/// Greets, and goes where it's sent. The line, and the first message that is no redirect; how often it was sent on.
async fn greet(at: &str, purpose: Purpose) -> Option<(Line, ToMember, u32)> {
    let (mut at, mut pin) = (at.to_owned(), None);
    for redirects in 0.. {
        assert!(redirects <= 8, "they send members round in circles");
        let mut line = Line::to(&at, pin, purpose.clone()).await?;
        match line.next().await? {
            ToMember::Elsewhere(RelayAt { host, key }) => {
                (at, pin) = (host.as_str().to_owned(), Some(Pin::only(Fingerprint(key))));
            }
            other => return Some((line, other, redirects)),
        }
    }
    None
}

/// The facilitator of a group, alone.
struct Host {
    line: Line,
    ticket: Ticket,
    state: RoomState,
    tag: Tag,
}

impl Host {
    async fn open(at: &str) -> Self {
        let start = Instant::now();
        loop {
            match greet(at, Purpose::Host).await {
                Some((line, ToMember::Hosting { ticket, state, tag }, _)) => {
                    return Self { line, ticket, state: *state, tag };
                }
                // The fleet may just be beginning.
                Some((_, ToMember::Refused(Refusal::NotYet), _)) => sleep(Duration::from_millis(100)).await,
                Some((_, other, _)) => panic!("{other:?}"),
                None => panic!("no relay"),
            }
            assert!(start.elapsed() < PATIENCE, "no room is opened");
        }
    }

    fn resume(&self) -> Purpose {
        Purpose::Resume(self.ticket.clone(), self.state.head)
    }

    /// Asks these in turn, each second, until one has the room again. Where that is.
    async fn comes_back(&mut self, others: &[String]) -> String {
        for at in others.iter().cycle() {
            let asked = timeout(Duration::from_millis(1500), greet(at, self.resume())).await;
            let Ok(Some((mut line, message, _))) = asked else { continue };
            match message {
                ToMember::AskCheckpoint => {
                    let (state, here) = (self.state.clone(), SeatSet::default());
                    let known = Checkpoint { state, tag: self.tag, last: ActionNo(0), group_ms: 0, here };
                    line.link.control(&ToRelay::Checkpoint(Box::new(known))).expect("sent");
                }
                ToMember::Resumed { .. } => {}
                _ => {
                    sleep(Duration::from_millis(500)).await;
                    continue;
                }
            }
            loop {
                match line.next().await {
                    Some(ToMember::Entry(entry, Some(tag))) => {
                        // What the relay puts behind the log.
                        println!("{entry:?}");
                        self.tag = tag;
                        break;
                    }
                    Some(_) => {}
                    None => break,
                }
            }
            let at = line.at.clone();
            self.line = line;
            return at;
        }
        unreachable!("it goes on for ever")
    }
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads").block_on(test);
}

#[test]
fn any_relay_leads_to_the_one_that_has_a_group() {
    run(async {
        let fleet = Fleet::start();
        let host = Host::open(&fleet.relays[0].at).await;
        let number = host.state.nameplate;
        let mut sent_on = 0;
        for relay in &fleet.relays {
            let knock = Purpose::Knock(number, Blob::new(vec![7; 33]).expect("short"));
            let mut line = Line::to(&relay.at, None, knock).await.expect("a line");
            match line.next().await.expect("an answer") {
                ToMember::Elsewhere(to) => {
                    assert_eq!(to.host.as_str(), host.line.at);
                    sent_on += 1;
                }
                ToMember::Attempt(_) => assert_eq!(relay.at, host.line.at),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(sent_on, 2);
        let figure = |name| fleet.relays.iter().filter_map(move |relay| relay.figure(name)).sum::<u64>();
        // Figures are gathered now and then.
        let mut tries = 0;
        while figure("ingle_relay_redirects_total") < 2 || figure("ingle_relay_owned") <= 8 {
            tries += 1;
            assert!(tries < 100, "the figures don't show what was done");
            sleep(Duration::from_millis(100)).await;
        }
    });
}

#[test]
fn a_dead_relays_group_is_elsewhere_within_eight_seconds() {
    run(async {
        let fleet = Fleet::start();
        let mut host = Host::open(&fleet.relays[0].at).await;
        sleep(Duration::from_secs(1)).await;
        let (owner, others) = (host.line.at.clone(), fleet.but(&host.line.at));
        fleet.relay(&owner).program.signal("KILL");
        let start = Instant::now();
        let at = host.comes_back(&others).await;
        println!("from {owner} to {at} after {:?}", start.elapsed());
        assert!(others.contains(&at) && start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
    });
}

#[test]
fn a_relay_that_was_stopped_sends_no_more_for_a_taken_group() {
    run(async {
        let fleet = Fleet::start();
        let mut host = Host::open(&fleet.relays[0].at).await;
        sleep(Duration::from_secs(1)).await;
        let (owner, others) = (host.line.at.clone(), fleet.but(&host.line.at));
        fleet.relay(&owner).program.signal("STOP");
        let beside = Line::to(&others[0], None, host.resume()).await.expect("a line");
        let mut before = std::mem::replace(&mut host.line, beside);
        let at = host.comes_back(&others).await;
        assert_ne!(at, owner);
        while before.events.try_recv().is_ok() {}
        // What the former owner is asked to do for the room it doesn't do.
        before.link.control(&ToRelay::Behind(1)).expect("sent");
        fleet.relay(&owner).program.signal("CONT");
        match before.next().await {
            Some(ToMember::Elsewhere(to)) => assert_eq!(to.host.as_str(), at),
            Some(ToMember::Refused(Refusal::Busy)) | None => {}
            other => panic!("{other:?}"),
        }
        let (line, ..) = greet(&owner, host.resume()).await.expect("an answer");
        assert_eq!(line.at, at, "it's one of them again, and knows");
    });
}

#[test]
fn without_etcd_what_runs_goes_on_and_new_groups_wait() {
    run(async {
        let mut fleet = Fleet::start();
        let mut host = Host::open(&fleet.relays[0].at).await;
        fleet.etcd.kill();
        sleep(Duration::from_secs(8)).await;
        // The room answers.
        let (line, message, _) = greet(&host.line.at.clone(), host.resume()).await.expect("an answer");
        assert!(matches!(message, ToMember::Resumed { .. }), "{message:?}");
        host.line = line;
        for relay in &fleet.relays {
            let (_, message, _) = greet(&relay.at, Purpose::Host).await.expect("an answer");
            assert_eq!(message, ToMember::Refused(Refusal::NotYet));
        }
        fleet.etcd.start_again();
        let other = Host::open(&fleet.relays[1].at).await;
        assert_ne!(other.state.nameplate, host.state.nameplate);
        let (_, message, _) = greet(&host.line.at.clone(), host.resume()).await.expect("an answer");
        assert!(matches!(message, ToMember::Resumed { .. }), "{message:?}");
    });
}

#[test]
fn a_relay_that_is_emptied_sends_its_members_to_another() {
    run(async {
        let fleet = Fleet::start();
        let mut host = Host::open(&fleet.relays[0].at).await;
        sleep(Duration::from_secs(1)).await;
        let owner = host.line.at.clone();
        fleet.relay(&owner).program.signal("USR1");
        let to = loop {
            let said = host.line.next().await.expect("it's sent on, not cut");
            if let ToMember::Elsewhere(to) = said {
                break to.host.as_str().to_owned();
            }
        };
        let start = Instant::now();
        assert_eq!(host.comes_back(std::slice::from_ref(&to)).await, to);
        assert_ne!(to, owner);
        println!("from {owner} to {to}, back after {:?}", start.elapsed());
        let (_, message, _) = greet(&owner, Purpose::Host).await.expect("an answer");
        assert!(matches!(message, ToMember::Hosting { .. }), "another one has it: {message:?}");
    });
}

#[test]
fn one_of_three_secured_etcds_dies_and_nobody_notices() {
    run(async {
        let mut fleet = Fleet::start_secure();
        let host = Host::open(&fleet.relays[0].at).await;
        let mut numbers = vec![host.state.nameplate];
        // Each of them once, so the leader too.
        for dead in 0..3 {
            fleet.etcd.kill_one(dead);
            sleep(Duration::from_secs(4)).await;
            for relay in &fleet.relays {
                numbers.push(Host::open(&relay.at).await.state.nameplate);
            }
            let (line, message, _) = greet(&host.line.at, host.resume()).await.expect("an answer");
            assert!(matches!(message, ToMember::Resumed { .. }), "{dead}: {message:?}");
            assert_eq!(line.at, host.line.at, "{dead}: it's where it was");
            fleet.etcd.start_again();
            sleep(Duration::from_secs(2)).await;
        }
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 10, "each group has a number of its own");
        for relay in &fleet.relays {
            assert_eq!(relay.figure("ingle_relay_fenced_total"), Some(0));
        }
    });
}
