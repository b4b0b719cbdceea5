//! One member of a load: its core, its link, and its voice.

use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Sleep, sleep_until};

use super::course::{Course, Stage};
use super::voice::{self, Voice};
use crate::adapt::PlanChoice;
use crate::ids::Time;
use crate::member::{Config, Effect, Heard, LineCounts, Member, Start};
use crate::session::{Event, Intent, Phase, Road};
use crate::transport::{Carrier, DialError, Link, LinkEvent};

/// How often the link is looked after. Every second time the transport is asked what it has counted.
const TEND: Duration = Duration::from_millis(500);
/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(2);

type Connected = (Link, mpsc::Receiver<LinkEvent>);

/// Makes a link to the relay.
pub(super) type Dialler = Arc<dyn Fn() -> JoinHandle<Result<Connected, DialError>> + Send + Sync>;

/// What a member is to do once all are in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// How many others hear it.
    pub(super) listeners: u64,
    /// If it talks: the length of a packet, and how long after the others it begins.
    pub(super) talks: Option<(Duration, Duration)>,
}

/// One member, run by a task of its own.
pub(super) struct Loaded {
    course: Arc<Course>,
    stage: watch::Receiver<Stage>,
    member: Member,
    part: Part,
    dial: Dialler,
    link: Option<Connected>,
    dialling: Option<JoinHandle<Result<Connected, DialError>>>,
    voice: Option<Voice>,
    tended: u32,
    tend: Instant,
    /// Told the group's code once the member is in.
    inside: Option<oneshot::Sender<String>>,
    is_in: bool,
    /// Until when it says goodbye.
    leaves: Option<Instant>,
    over: bool,
}

/// What woke the task.
enum Woken {
    Link(Option<LinkEvent>),
    Dialled(Result<Connected, DialError>),
    Stage,
    Timer,
}

impl Loaded {
    /// A member of this name. `inside` is told the group's code once the member is in.
    pub(super) fn new(
        course: &Arc<Course>,
        (name, start, seed): (String, Start, [u8; 32]),
        part: Part,
        dial: Dialler,
        inside: oneshot::Sender<String>,
    ) -> Self {
        let config = Config {
            name,
            start,
            mic_always_open: part.talks.is_some(),
            no_mic: false,
            mic_open: false,
            relay_here: false,
            plan: PlanChoice::Auto,
        };
        let now = Instant::now();
        Self {
            course: course.clone(),
            stage: course.stages(),
            member: Member::new(config, seed, course.time(now)),
            part,
            dial,
            link: None,
            dialling: None,
            voice: None,
            tended: 0,
            tend: now + TEND,
            inside: Some(inside),
            is_in: false,
            leaves: None,
            over: false,
        }
    }

    /// Takes part until the run is over.
    pub(super) async fn run(mut self) {
        let mut timer = Box::pin(sleep_until(Instant::now().into()));
        let mut set_to = Instant::now();
        while !self.over {
            self.carry_out();
            // A timer that goes off too soon costs less than one that is set anew for each packet.
            let due = self.due();
            if due < set_to || set_to <= Instant::now() {
                set_to = due;
                timer.as_mut().reset(due.into());
            }
            match self.woken(&mut timer).await {
                Woken::Link(event) => self.link_told(event),
                Woken::Dialled(Ok(link)) => self.connected(link),
                Woken::Dialled(Err(_)) => {
                    self.course.failed(1);
                    self.member.handle_unreached(self.now());
                }
                Woken::Stage => self.enter(),
                Woken::Timer => self.pass_time(),
            }
        }
        if let Some((link, _events)) = self.link.take() {
            link.close().await;
        }
    }

    async fn woken(&mut self, timer: &mut Pin<Box<Sleep>>) -> Woken {
        tokio::select! {
            biased;
            event = next(&mut self.link) => Woken::Link(event),
            dialled = dialled(&mut self.dialling) => Woken::Dialled(dialled),
            () = timer => Woken::Timer,
            Ok(()) = self.stage.changed() => Woken::Stage,
        }
    }

    fn now(&self) -> Time {
        self.course.time(Instant::now())
    }

    fn due(&self) -> Instant {
        let core = self.course.instant(self.member.poll_timeout());
        let voice = self.voice.as_ref().and_then(Voice::due);
        core.into_iter().chain(voice).chain(self.leaves).fold(self.tend, Instant::min)
    }

    fn connected(&mut self, link: Connected) {
        self.course.connected();
        let (key, now) = (link.0.fingerprint().0, self.now());
        self.link = Some(link);
        self.member.handle_connected(key, now);
    }

    fn link_told(&mut self, event: Option<LinkEvent>) {
        let now = self.now();
        match event {
            Some(LinkEvent::Control(message)) => self.member.handle_control(message, now),
            Some(LinkEvent::Datagram(bytes)) => self.member.handle_datagram(&bytes, now),
            Some(LinkEvent::Closed(_)) | None => {
                self.link = None;
                self.member.handle_disconnected(now);
            }
        }
    }

    fn enter(&mut self) {
        let stage = *self.stage.borrow_and_update();
        match stage {
            Stage::Founding => {}
            Stage::Talking(from, until) => {
                self.voice = self.part.talks.map(|(packet, after)| Voice::new(from + after, until, packet));
            }
            Stage::Over => {
                if self.member.room().phase != Phase::In {
                    // Those who never came in are counted by then.
                    self.course.failed(usize::from(self.is_in));
                    self.over = true;
                }
                self.leaves = Some(Instant::now() + GOODBYE);
                // The host ends its group, so that the others needn't go one by one.
                if self.member.room().am_facilitator() {
                    self.member.handle_intent(Intent::CloseNow, self.now());
                }
            }
        }
    }

    fn pass_time(&mut self) {
        let now = Instant::now();
        let time = self.course.time(now);
        self.over |= self.leaves.is_some_and(|until| until <= now);
        while let Some(voice) = self.voice.as_mut().filter(|voice| voice.due().is_some_and(|due| due <= now)) {
            self.course.said(self.part.listeners);
            self.member.handle_spoken(voice.say(time), time);
        }
        if self.tend <= now {
            self.tend = now + TEND;
            self.tend();
        }
        if self.member.poll_timeout() <= time {
            self.member.handle_timeout(time);
        }
    }

    fn tend(&mut self) {
        self.tended = self.tended.wrapping_add(1);
        let now = self.now();
        let Some((link, _)) = &mut self.link else { return };
        link.tend();
        let counts = counts(link);
        match self.tended.is_multiple_of(2) {
            true => self.member.handle_counts(counts, now),
            false => self.member.handle_line(&counts, now),
        }
    }

    fn carry_out(&mut self) {
        while let Some(effect) = self.member.poll_effect() {
            match effect {
                Effect::Dial => {
                    self.link = None;
                    self.stop_dialling();
                    self.dialling = Some((self.dial)());
                }
                Effect::Race => {
                    if self.dialling.is_none() {
                        self.dialling = Some((self.dial)());
                    }
                }
                Effect::EndRace => self.stop_dialling(),
                Effect::Hangup => self.over = true,
                Effect::Control(message) => {
                    if self.link.as_ref().is_some_and(|(link, _)| link.control(&message).is_err()) {
                        // What can't be queued is sent again on a new link.
                        self.link = None;
                        self.member.handle_disconnected(self.now());
                    }
                }
                Effect::Datagram(bytes) => {
                    if let Some((link, _)) = &self.link {
                        link.datagram(bytes);
                    }
                }
                Effect::Play(heard) => self.heard(&heard),
                Effect::Tell(event) => self.told(&event),
                Effect::DatagramBoth(_)
                | Effect::DialSecond
                | Effect::SecondControl(_)
                | Effect::DropSecond
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
                | Effect::Follow(_)
                | Effect::Others(_)
                | Effect::Upgrade => {}
            }
        }
    }

    /// What was missed and is fetched later counts with the delay that it has.
    fn heard(&mut self, heard: &Heard) {
        let now = self.now();
        if let Some(said) = voice::said(&heard.packet) {
            self.course.heard(said, now);
        }
        if heard.missed {
            self.member.handle_playing(None, now);
        }
    }

    fn told(&mut self, event: &Event) {
        match event {
            Event::Joined if !std::mem::replace(&mut self.is_in, true) => {
                self.course.came_in();
                let code = self.member.room().code.clone().unwrap_or_default();
                // A room that is given up no longer asks for it.
                self.inside.take().map(|inside| inside.send(code));
            }
            Event::Line { back: true } => self.course.back(self.now()),
            Event::Closed(_) => {
                // At the end the host closes its group, which some hear of before they look at the stage.
                self.course.failed(usize::from(*self.stage.borrow() != Stage::Over));
                self.over = true;
            }
            _ => {}
        }
    }

    fn stop_dialling(&mut self) {
        if let Some(dialling) = self.dialling.take() {
            dialling.abort();
        }
    }
}

/// What the link has counted, in the member's words.
fn counts(link: &Link) -> LineCounts {
    let stats = link.stats();
    LineCounts {
        road: match link.carrier() {
            Carrier::Quic => Road::Udp,
            Carrier::WebSocket => Road::Tcp,
        },
        unanswered: stats.unanswered,
        up_bytes: stats.up_bytes,
        down_bytes: stats.down_bytes,
        sent: stats.sent_up,
        lost: stats.lost_up,
        heard: stats.heard,
        rtt: stats.rtt,
        playout_ms: 0,
        dropped_ms: 0,
    }
}

async fn next(link: &mut Option<Connected>) -> Option<LinkEvent> {
    match link {
        Some((_, events)) => events.recv().await,
        None => pending().await,
    }
}

async fn dialled(dialling: &mut Option<JoinHandle<Result<Connected, DialError>>>) -> Result<Connected, DialError> {
    let Some(running) = dialling else { return pending().await };
    let outcome = running.await;
    *dialling = None;
    outcome.unwrap_or_else(|_| Err(DialError::Broke("the relay".to_owned())))
}
