//! Connections without members: how many a relay takes at once, and how soon it answers whoever knocks.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{sleep_until, timeout};

use super::course::Course;
use super::household::Household;
use super::outcome::{Outcome, outcome};
use crate::ids::Nameplate;
use crate::transport::{Dial, LinkEvent, dial_at};
use crate::wire::{Blob, Hello, Purpose, ToMember, ToRelay, VERSION};

/// Connections that begin at once where nobody says how many begin in a second.
const AT_ONCE: usize = 100;
/// How long a relay may take to answer a knock.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is to come of connections without members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storm {
    /// Where the relay is. One on this machine is called from an address for each connection.
    pub relay: SocketAddr,
    /// How many there are.
    pub count: u32,
    /// How many begin in a second; without it as many as are made, of which a hundred at a time are under way.
    pub per_second: Option<u32>,
    /// Whether each of them knocks, at a number of which hardly any has a group, and waits for an answer.
    pub knocks: bool,
}

/// Makes them, each of which ends when it has what it waits for. The delays are those from its beginning to then.
///
/// # Errors
/// The system gives no threads.
pub fn storm(storm: Storm, tell: impl Fn(&str)) -> io::Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (course, from) = (Arc::new(Course::new()), Instant::now());
    tell(&format!("{} connections.", storm.count));
    runtime.block_on(all(storm, &course, from));
    Ok(outcome(&course, from.elapsed().as_secs_f64()))
}

async fn all(storm: Storm, course: &Arc<Course>, from: Instant) {
    let (places, mut under_way) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new());
    for number in 0..storm.count {
        let place = match storm.per_second {
            Some(per_second) => {
                let due = from + Duration::from_secs(number.into()) / per_second.max(1);
                sleep_until(due.into()).await;
                None
            }
            None => places.clone().acquire_owned().await.ok(),
        };
        let course = course.clone();
        under_way.spawn(async move {
            one(storm, number, &course).await;
            drop(place);
        });
        while under_way.try_join_next().is_some() {}
    }
    under_way.join_all().await;
}

/// Makes one connection.
async fn one(storm: Storm, number: u32, course: &Course) {
    let begun = course.time(Instant::now());
    course.said(1);
    let (dial, household) =
        (Dial { host: storm.relay.to_string(), pin: None }, Household::of(number as usize, storm.relay));
    let Ok((link, mut events)) = dial_at(&dial, vec![storm.relay], household).await else { return course.failed(1) };
    course.connected();
    if storm.knocks {
        let numbers = u32::from(Nameplate::MAX - Nameplate::MIN) + 1;
        let nameplate = Nameplate(Nameplate::MIN + (number % numbers) as u16);
        let purpose = Purpose::Knock(nameplate, Blob::default());
        // One that can't be said isn't answered.
        let _ = link.control(&ToRelay::Hello(Hello { version: VERSION, purpose }));
        let answer = timeout(PATIENCE, async {
            loop {
                match events.recv().await {
                    Some(LinkEvent::Control(message)) => return !matches!(message, ToMember::Refused(_)),
                    Some(LinkEvent::Datagram(_)) => {}
                    Some(LinkEvent::Closed(_)) | None => return false,
                }
            }
        });
        if !answer.await.unwrap_or(false) {
            return course.failed(1);
        }
    }
    course.heard(begun, course.time(Instant::now()));
    link.close().await;
}
