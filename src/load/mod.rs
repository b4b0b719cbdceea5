//! A load for a relay: whole groups with real keys, whose voices tell how late they are.
//!
//! Each member is a [`crate::member`] core over a [`crate::transport`] link, as in the program for people, without devices and
//! screen. Rooms are shared out among the processor's cores, a thread each.

mod course;
mod household;
mod member;
mod outcome;
mod restart;
mod room;
mod storm;
mod voice;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use self::course::{Course, Stage};
pub use self::outcome::Outcome;
use self::outcome::outcome;
use self::restart::Started;
use self::room::{Plan, found};
pub use self::storm::{Storm, storm};

/// Rooms that are founded at once, by each thread.
const AT_ONCE: usize = 4;
/// How long founding may take, beside [`FOUND_EACH`] for each member.
const FOUND: Duration = Duration::from_secs(20);
const FOUND_EACH: Duration = Duration::from_millis(100);
/// Until newcomers have measured their lines, which costs packets that talk doesn't.
const SETTLE: Duration = Duration::from_secs(4);
/// How long the last packets may take.
const STRAGGLE: Duration = Duration::from_secs(1);
/// How often it is looked how far founding is, and told.
const LOOK: Duration = Duration::from_millis(50);
const TELL: Duration = Duration::from_secs(2);

/// What a relay is to bear.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// The relay. One on this machine is called from an address for each room, where the system has as many.
    pub relay: SocketAddr,
    /// Rooms.
    pub rooms: usize,
    /// Members of each room, `1..=`[`limits::MEMBERS`](crate::wire::limits::MEMBERS).
    pub members: usize,
    /// How many of them talk all the time. A relay forwards [`limits::TALKERS`](crate::wire::limits::TALKERS) at once.
    pub talkers: usize,
    /// The length of a packet of voice: a multiple of 20 ms.
    pub packet: Duration,
    /// How long they talk.
    pub span: Duration,
}

/// Puts the load on the relay, and tells how far it is. With a command that starts it, the relay is started by it, and while they talk
/// it's killed and started again.
///
/// # Errors
/// The system gives no threads, or doesn't start the relay.
pub fn run(load: Load, command: Option<&str>, seed: [u8; 32], tell: impl Fn(&str)) -> io::Result<Outcome> {
    let mut started = command.map(Started::by).transpose()?;
    let course = Arc::new(Course::new());
    let mut rng = ChaCha20Rng::from_seed(seed);
    let plans = (0..load.rooms).map(|number| {
        let mut seed = [0; 32];
        rng.fill_bytes(&mut seed);
        let Load { relay, members, talkers, packet, .. } = load;
        Plan { number, relay, members, talkers, packet, seed }
    });
    let threads = thread::available_parallelism().map_or(1, usize::from).min(load.rooms.max(1));
    let mut shares = vec![Vec::new(); threads];
    plans.for_each(|plan| shares[plan.number % threads].push(plan));
    thread::scope(|scope| {
        for share in shares {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            let course = course.clone();
            scope.spawn(move || runtime.block_on(take_part(share, course)));
        }
        let founding_s = until_all_are_in(&load, &course, &tell);
        let from = Instant::now() + SETTLE;
        let until = from + load.span;
        course.enter(Stage::Talking(from, until));
        tell(&format!("Talking for {} s.", load.span.as_secs_f64()));
        if let Some(relay) = &mut started {
            thread::sleep((from + load.span / 2).saturating_duration_since(Instant::now()));
            tell("The relay is killed and started again.");
            // Where it can't be started nobody comes back, which is what is told then.
            course.restarted(relay.again().unwrap_or_else(|_| Instant::now()));
        }
        thread::sleep((until + STRAGGLE).saturating_duration_since(Instant::now()));
        course.enter(Stage::Over);
        Ok(founding_s)
    })
    .map(|founding_s| outcome(&course, founding_s))
}

/// Runs these rooms until the run is over.
async fn take_part(rooms: Vec<Plan>, course: Arc<Course>) {
    let (places, mut founding) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new());
    let mut stage = course.stages();
    for plan in rooms {
        let (places, course) = (places.clone(), course.clone());
        founding.spawn(async move {
            let mut members = JoinSet::new();
            let place = places.acquire_owned().await;
            found(plan, &course, &mut members).await;
            drop(place);
            members
        });
    }
    let mut members = Vec::new();
    let all = async {
        while let Some(Ok(founded)) = founding.join_next().await {
            members.push(founded)
        }
    };
    // Rooms that are not founded by then are given up.
    tokio::select! {
        () = all => {}
        _ = stage.wait_for(|stage| *stage == Stage::Over) => {}
    }
    for room in members {
        room.join_all().await;
    }
}

/// Returns how long it took, in seconds.
fn until_all_are_in(load: &Load, course: &Course, tell: &impl Fn(&str)) -> f64 {
    let (from, all) = (Instant::now(), load.rooms * load.members);
    let patience = FOUND + FOUND_EACH * u32::try_from(all).unwrap_or(u32::MAX);
    let mut told = from;
    loop {
        let (come, failed) = course.attendance();
        let passed = from.elapsed();
        if come + failed >= all || passed >= patience {
            course.failed(all.saturating_sub(come + failed));
            tell(&format!("{come} of {all} members are in, after {:.1} s.", passed.as_secs_f64()));
            return passed.as_secs_f64();
        }
        if told.elapsed() >= TELL {
            told = Instant::now();
            tell(&format!("{come} of {all} members are in."));
        }
        thread::sleep(LOOK);
    }
}
