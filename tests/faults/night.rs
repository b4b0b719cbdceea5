//! An attack night: everything that somebody can do to a group over the network, against real programs, beside a group of six
//! that talks. It prints what the six lost.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use ingle::adapt::PlanChoice;
use ingle::crypto::code::Code;
use ingle::ids::{ActionNo, Epoch, Index, LogHead, Nameplate, SeatId, SeatSet, Time};
use ingle::member::{Config, Effect, Member, Start};
use ingle::session::Phase;
use ingle::transport::{Dial, Link, LinkEvent, dial};
use ingle::wire::{Act, Blob, Framing, Hello, Purpose, Ticket, ToMember, ToRelay, VERSION, limits};
use rand_chacha::ChaCha12Rng;
use rand_core::{RngCore, SeedableRng};
use serde_json::json;
use tokio::sync::mpsc::Receiver;
use tokio::task::JoinSet;

use super::flood::{flood, loss};
use super::harness::{Group, Person, Proxy, sound};

/// How long each attack lasts, in seconds, unless `ATTACK_SECONDS` says otherwise.
const SECONDS: u64 = 24;
/// How long the bad line is cut.
const CUT: Duration = Duration::from_secs(9);
/// How long the member on it may take to be back.
const BACK: Duration = Duration::from_secs(15);
/// Most sound that anybody may lose to an attack.
const MOST_LOST: f64 = 0.01;
/// How long an attacker waits for an answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long before its end an attack becomes as coarse as it can.
const LAST: Duration = Duration::from_secs(3);
/// Rooms that one attack opens: another is to have some of the share of an address.
const ROOMS: u64 = 8;
/// Guests in a room of the attacker's own.
const GUESTS: usize = 40;
/// Connections that an attacker has at once: the share of one address, less the six and those that knock.
const CONNECTIONS: usize = 200;

/// What a stranger holds of a connection.
struct Stranger {
    link: Link,
    events: Receiver<LinkEvent>,
}

impl Stranger {
    async fn call(relay: &str) -> Option<Self> {
        let relay = Dial { host: relay.to_owned(), pin: None };
        let (link, events) = tokio::time::timeout(PATIENCE, dial(&relay)).await.ok()?.ok()?;
        Some(Self { link, events })
    }

    fn hello(&self, purpose: Purpose) -> bool {
        self.link.control(&ToRelay::Hello(Hello { version: VERSION, purpose })).is_ok()
    }

    /// One who has opened a room of its own.
    async fn with_a_room(relay: &str) -> Option<(Self, Nameplate)> {
        let mut stranger = Self::call(relay).await?;
        stranger.hello(Purpose::Host);
        loop {
            match tokio::time::timeout(PATIENCE, stranger.events.recv()).await.ok()?? {
                LinkEvent::Control(ToMember::Hosting { state, .. }) => return Some((stranger, state.nameplate)),
                LinkEvent::Control(_) | LinkEvent::Datagram(_) => {}
                LinkEvent::Closed(_) => return None,
            }
        }
    }

    /// Whether the relay has ended the connection. Reads what has come.
    fn is_over(&mut self) -> bool {
        while let Ok(event) = self.events.try_recv() {
            if matches!(event, LinkEvent::Closed(_)) {
                return true;
            }
        }
        self.events.is_closed()
    }
}

/// One value of each kind that a member may send, written.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    files.map(|file| fs::read(file.expect("a file").path()).expect("read")).collect()
}

/// As often as this a second, until the time is over.
async fn often(per_second: u64, until: Instant, mut what: impl AsyncFnMut(u64) -> bool) -> u64 {
    let (start, mut done) = (Instant::now(), 0);
    while Instant::now() < until {
        let due = start.elapsed().as_millis() as u64 * per_second / 1000;
        while done < due && Instant::now() < until {
            if !what(done).await {
                return done;
            }
            done += 1;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    done
}

/// From a room of its own, every kind of datagram with numbers as far apart as can be.
async fn datagrams(relay: String, _: Code, until: Instant) -> String {
    let kinds = seeds("up_datagram");
    let mut rng = ChaCha12Rng::seed_from_u64(1);
    let Some((mut stranger, _)) = Stranger::with_a_room(&relay).await else { return "not let in".into() };
    let sent = often(2000, until, async |number| {
        let mut bytes = kinds[number as usize % kinds.len()].clone();
        // The kind is in the first byte. Of the rest all may be other, or a little, or nothing.
        let odds = [1, 2, 16, u32::MAX][rng.next_u32() as usize % 4];
        for byte in &mut bytes[1..] {
            if rng.next_u32() % odds == 0 {
                *byte = rng.next_u32() as u8;
            }
        }
        stranger.link.datagram(bytes);
        number % 64 != 0 || !stranger.is_over()
    });
    format!("{} datagrams", sent.await)
}

/// From rooms of its own, every kind of message.
async fn messages(relay: String, _: Code, until: Instant) -> String {
    let read = |bytes: Vec<u8>| {
        let mut framing = Framing::default();
        framing.push(&bytes);
        framing.next_message::<ToRelay>().ok().flatten().expect("a seed is a message")
    };
    let kinds: Vec<ToRelay> = seeds("to_relay").into_iter().map(read).collect();
    let (mut stranger, mut rooms) = (None, 0);
    let sent = often(500, until, async |number| {
        if stranger.as_mut().is_none_or(Stranger::is_over) && rooms < ROOMS {
            stranger = Stranger::with_a_room(&relay).await.map(|(stranger, _)| stranger);
            rooms += 1;
        }
        if let Some(stranger) = &stranger {
            // A full line is what is wanted.
            let _ = stranger.link.control(&kinds[number as usize % kinds.len()]);
        }
        true
    });
    let sent = sent.await;
    format!("{sent} messages, {rooms} rooms")
}

/// A room full of the attacker's own connections, to which all is said that can be, and which read nothing.
async fn deaf(relay: String, _: Code, until: Instant) -> String {
    let Some((mut host, nameplate)) = Stranger::with_a_room(&relay).await else { return "not let in".into() };
    let (mut guests, mut number) = (Vec::new(), 0);
    'full: while guests.len() < GUESTS {
        // As many as may be at a door at once.
        for _ in 0..limits::KNOCKS {
            let Some(guest) = Stranger::call(&relay).await else { break 'full };
            guest.hello(Purpose::Knock(nameplate, Blob::default()));
            guests.push(guest);
        }
        while let Ok(Some(event)) = tokio::time::timeout(PATIENCE / 3, host.events.recv()).await {
            let LinkEvent::Control(ToMember::Knock(knock, _)) = event else { continue };
            let (seat, epoch) = (SeatId(number as u8 + 1), Epoch(number as u32));
            number += 1;
            let (admit, none) = (vec![(knock, seat)], SeatSet::default());
            let act = Act::Commit { admit, replace: vec![], remove: none };
            let commit = ToRelay::Append { number: ActionNo(number), epoch, act, body: Blob::default() };
            let welcome = ToRelay::Welcome { seat, index: Index(number), body: Blob::default() };
            if host.link.control(&commit).and(host.link.control(&welcome)).is_err() {
                break 'full;
            }
        }
    }
    let inside = number;
    let epoch = Epoch(inside as u32);
    let bodies = [4000, limits::BLOB].map(|length| Blob::new(vec![7; length]).expect("fits"));
    let sent = often(200, until, async |at| {
        let body = bodies[usize::from(Instant::now() + LAST >= until)].clone();
        if host.link.control(&ToRelay::Append { number: ActionNo(number + 1), epoch, act: Act::None, body }).is_ok() {
            number += 1;
        }
        at % 16 != 0 || !host.is_over()
    });
    let sent = sent.await;
    format!("{inside} in the room, {} actions of {sent} tries", number - inside)
}

/// Seats asked for with tickets that nobody was given.
async fn tickets(relay: String, _: Code, until: Instant) -> String {
    let mut under_way = JoinSet::new();
    let sent = often(200, until, async |number| {
        while under_way.try_join_next().is_some() {}
        if under_way.len() < CONNECTIONS {
            let relay = relay.clone();
            under_way.spawn(async move {
                let mut ticket = [0; Ticket::LEN];
                ChaCha12Rng::seed_from_u64(number).fill_bytes(&mut ticket);
                let mut stranger = Stranger::call(&relay).await?;
                stranger.hello(Purpose::Resume(Ticket(ticket), LogHead { index: Index(number), ..LogHead::default() }));
                tokio::time::timeout(PATIENCE, stranger.events.recv()).await.ok()?;
                Some(())
            });
        }
        true
    });
    let sent = sent.await;
    under_way.shutdown().await;
    format!("{sent} tries")
}

/// A member who came in by the code and then fills the group's log.
async fn shouting(relay: String, code: Code, until: Instant) -> String {
    let Some(mut eve) = come_in(&relay, code, "Eve").await else { return "not let in".into() };
    let (large, small) = (Blob::new(vec![7; limits::BLOB]).expect("fits"), Blob::new(vec![7; 4000]).expect("fits"));
    let epoch = eve.epoch;
    let (mut number, mut rejected) = (eve.said, 0);
    let sent = often(200, until, async |at| {
        while let Ok(event) = eve.stranger.events.try_recv() {
            match event {
                LinkEvent::Control(ToMember::Rejected(_)) => rejected += 1,
                LinkEvent::Closed(_) => return false,
                LinkEvent::Control(_) | LinkEvent::Datagram(_) => {}
            }
        }
        // First what may be said, as often as can be, and at the end what may never be.
        let body = if Instant::now() + LAST < until { &small } else { &large };
        let append = ToRelay::Append { number: ActionNo(number + 1), epoch, act: Act::None, body: body.clone() };
        if eve.stranger.link.control(&append).is_ok() {
            number += 1;
        }
        at < 100_000
    });
    let sent = sent.await;
    format!("{} actions of {sent} tries, {rejected} rejected", number - eve.said)
}

/// Somebody who has the code, and knocks by the name of the member whose line is cut.
async fn namesake(relay: String, code: Code, until: Instant) -> String {
    // The line is cut by then.
    tokio::time::sleep(until.saturating_duration_since(Instant::now()) / 4).await;
    let inside = come_in(&relay, code, "Emil").await;
    tokio::time::sleep_until(until.into()).await;
    if inside.is_some() { "came in".into() } else { "not let in".into() }
}

/// A member of the group, whose program is the attacker's.
struct Inside {
    stranger: Stranger,
    epoch: Epoch,
    /// Actions so far.
    said: u64,
}

/// Knocks by a name and is let in, by an open door.
async fn come_in(relay: &str, code: Code, name: &str) -> Option<Inside> {
    let start = Instant::now();
    let now = || Time(start.elapsed().as_micros() as u64);
    let config = Config {
        name: name.into(),
        start: Start::Join(code),
        mic_always_open: false,
        no_mic: false,
        mic_open: false,
        relay_here: false,
        plan: PlanChoice::Auto,
    };
    let mut seed = [3; 32];
    seed[..name.len()].copy_from_slice(name.as_bytes());
    let mut member = Member::new(config, seed, now());
    let mut stranger = Stranger::call(relay).await?;
    member.handle_connected(stranger.link.fingerprint().0, now());
    let (mut said, mut seated) = (0, None);
    while start.elapsed() < 6 * PATIENCE {
        while let Some(effect) = member.poll_effect() {
            if let Effect::Control(message) = effect {
                if let ToRelay::Append { number, .. } = &message {
                    said = number.0;
                }
                stranger.link.control(&message).ok()?;
            }
        }
        // What she says by herself when she comes in is over by then.
        if seated.is_some_and(|at: Instant| at.elapsed() > Duration::from_secs(1)) {
            return Some(Inside { epoch: member.epoch()?.0, stranger, said });
        }
        match tokio::time::timeout(Duration::from_millis(50), stranger.events.recv()).await {
            Ok(Some(LinkEvent::Control(message))) => member.handle_control(message, now()),
            Ok(Some(LinkEvent::Datagram(_))) | Err(_) => {}
            Ok(Some(LinkEvent::Closed(_)) | None) => return None,
        }
        member.handle_timeout(now());
        if member.room().phase == Phase::In {
            seated.get_or_insert(Instant::now());
        }
    }
    None
}

/// The processor's time that a process has used, in seconds, and its memory in MiB.
fn used(process: u32) -> (f64, u64) {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("runs");
    let fields: Vec<&str> = stat.rsplit_once(") ").expect("a name").1.split(' ').collect();
    let ticks: f64 = fields[11..13].iter().map(|ticks| ticks.parse::<f64>().expect("a number")).sum();
    let pages: u64 = fields[21].parse().expect("a number");
    (ticks / 100.0, pages * 4096 / 1024 / 1024)
}

/// Those who talk and listen.
struct Six {
    group: Group,
    others: Vec<Person>,
    /// The last of them is on a bad line, which is cut for a while in each attack.
    bad: Proxy,
}

impl Six {
    fn everybody(&mut self) -> impl Iterator<Item = &mut Person> {
        std::iter::once(&mut self.group.host).chain(&mut self.others)
    }

    /// What the one who lost most lost while `what` went on for `span`, and how often a line was cut that was good, or
    /// somebody lost their seat.
    fn during(&mut self, span: Duration, what: impl FnOnce()) -> (f64, usize) {
        let marks: Vec<usize> = self.everybody().map(Person::mark).collect();
        let bad = &self.bad;
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(span / 8);
                bad.cut(true);
                std::thread::sleep(CUT.min(span / 2));
                bad.cut(false);
            });
            what();
        });
        let last = self.others.len();
        let (mut most, mut lost) = (0.0_f64, 0);
        for (at, (person, mark)) in self.everybody().zip(marks).enumerate() {
            if at == last {
                // A line that is cut loses what is sent on it; it is to be back, and the seat kept.
                let start = Instant::now();
                let is_back =
                    |person: &mut Person| !person.since(mark, json!({ "event": "line", "back": true })).is_empty();
                while !is_back(person) && start.elapsed() < BACK {
                    std::thread::sleep(Duration::from_millis(50));
                }
                lost += usize::from(!is_back(person));
            } else {
                most = most.max(loss(person, mark, "loss_up")).max(loss(person, mark, "loss_down"));
                lost += person.since(mark, json!({ "event": "line", "back": false })).len();
            }
            lost += person.since(mark, json!({ "event": "closed" })).len();
            lost += person.since(mark, json!({ "event": "joined" })).len();
            lost += person.since(mark, json!({ "event": "waiting" })).len();
        }
        (most, lost)
    }
}

#[test]
#[ignore = "takes two minutes and needs a quiet machine; make attack"]
fn an_attack_night_costs_the_six_nothing() {
    let seconds = std::env::var("ATTACK_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(SECONDS);
    let span = Duration::from_secs(seconds);
    let dir = tempfile::tempdir().expect("a directory");
    let voice = |name: &str| sound::looped(&sound::write_voice(dir.path(), name, Duration::ZERO));
    let group = Group::open();
    let voices = ["ana-01", "bo-01", "cyn-01"];
    let names = ["Ana", "Ben", "Cleo", "Dora", "Emil"];
    let bad = Proxy::to(&group.relay.at);
    let mut others = Vec::new();
    for (at, name) in names.into_iter().enumerate() {
        let microphone = voices.get(at).map_or("null".to_owned(), |voice_name| voice(voice_name));
        let heard = dir.path().join(format!("{name}.heard.wav"));
        let speaker = format!("file:{}", heard.display());
        let more = ["--mic", &microphone, "--speaker", &speaker];
        let over = if at + 1 == names.len() { bad.at.clone() } else { group.relay.at.clone() };
        let mut person = group.knock_over(&over, name, &more);
        person.wait(json!({ "event": "joined" }));
        others.push(person);
    }
    let (relay, code) = (group.relay.at.clone(), Code::parse(&group.code).unwrap_or_else(|error| panic!("{error}")));
    let mut six = Six { group, others, bad };
    // The figures smooth over some seconds.
    std::thread::sleep(Duration::from_secs(5));
    let (calm, _) = six.during(span, || std::thread::sleep(span));
    println!("in peace the one who loses most loses {:.2} %", calm * 100.0);
    println!("{:<40} {:>8} {:>6} {:>8} {:>9}  what came of it", "attack", "sound", "lost", "relay", "memory");

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut failed = Vec::new();
    let mut night = |name: &str, attack: &mut dyn FnMut(Instant) -> String| {
        let process = six.group.relay.id();
        let (before, _) = used(process);
        let mut came = String::new();
        let (most, lost) = six.during(span, || came = attack(Instant::now() + span));
        let (after, memory) = used(process);
        let share = (after - before) / span.as_secs_f64() * 100.0;
        println!("{name:<40} {:>7.2}% {lost:>6} {share:>7.0}% {memory:>5} MiB  {came}", most * 100.0);
        if most > calm + MOST_LOST || lost > 0 {
            failed.push(name.to_owned());
        }
        // What it left behind is another's to bear no longer.
        std::thread::sleep(Duration::from_secs(3));
    };
    macro_rules! attacks {
        ($($name:literal: $attack:ident),* $(,)?) => {
            $(night($name, &mut |until| runtime.block_on($attack(relay.clone(), code.clone(), until)));)*
        };
    }
    attacks! {
        "a member's name, while its line is cut": namesake,
        "a member who fills the log": shouting,
        "connections that read nothing": deaf,
        "every kind of datagram": datagrams,
        "every kind of message": messages,
        "made-up tickets": tickets,
    }
    night("wrong words, as often as can be", &mut |until| {
        let came = flood(&relay, &code.spoken(), until - Instant::now());
        format!("{came:?}")
    });
    assert!(failed.is_empty(), "the six lost something to: {failed:?}");
    let names: Vec<String> = six.group.host.roster();
    for name in ["Ana", "Ben", "Cleo", "Dora", "Emil", "Hilda"] {
        assert!(names.iter().any(|there| there == name), "{name} is still there: {names:?}");
    }
}
