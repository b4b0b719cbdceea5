//! A practice member: the core that everybody has, on a link of its own, with a recorded voice for a microphone.

use std::sync::Arc;
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::director::{Did, Order, Saw};
use super::line::Line;
use super::part::{self, Deed, Part};
use super::script::Who;
use super::speech::Speech;
use super::voices::Voices;
use crate::adapt::PlanChoice;
use crate::app::{self, Clock};
use crate::crypto::code::Code;
use crate::ids::{SeatId, Time};
use crate::member::{Config, Effect, Member, Start};
use crate::session::{Became, Decide, DecisionEvent, Ended, Event, Intent, TurnEvent, VoteKind};
use crate::text::{self, TourStep};
use crate::transport::{Dial, Link, LinkEvent, dial};

/// How often the link is asked what it has counted, as in the app.
const COUNTS: Duration = Duration::from_secs(1);
/// Who may speak again opens the microphone after this long.
const REOPEN: Duration = Duration::from_secs(1);
/// A practice member listens this long to the words that are read aloud, and says that they are the same.
const ANSWER: Duration = Duration::from_secs(6);

/// What the director and a member tell each other.
pub(super) struct Channel {
    /// What to do.
    pub(super) orders: mpsc::Receiver<Order>,
    /// What was seen.
    pub(super) saw: mpsc::Sender<(Who, Saw)>,
}

/// One practice member.
pub(super) struct Actor {
    who: Who,
    clock: Clock,
    relay: Dial,
    channel: Channel,
    voices: Arc<Voices>,
    member: Member,
    link: Option<(Link, mpsc::Receiver<LinkEvent>)>,
    up: Line,
    down: Line,
    speech: Option<Speech>,
    reopen: Time,
    /// When to say that the words that are compared are the same.
    answer: Time,
    person: Option<SeatId>,
    part: Part,
    busy: bool,
    over: bool,
}

impl Actor {
    /// A member who has not come yet.
    pub(super) fn new(
        who: Who,
        code: Code,
        relay: Dial,
        voices: Arc<Voices>,
        channel: Channel,
        rng: &mut ChaCha20Rng,
    ) -> Self {
        let mut seed = || {
            let mut seed = [0; 32];
            rng.fill_bytes(&mut seed);
            seed
        };
        let clock = Clock::start();
        let lengths = voices.clone();
        let name = who.name().to_owned();
        let config = Config {
            name,
            start: Start::Join(code),
            mic_always_open: false,
            no_mic: false,
            mic_open: true,
            relay_here: false,
            plan: PlanChoice::Auto,
        };
        Self {
            who,
            clock,
            relay,
            channel,
            voices,
            member: Member::new(config, seed(), clock.now()),
            link: None,
            up: Line::new(ChaCha20Rng::from_seed(seed())),
            down: Line::new(ChaCha20Rng::from_seed(seed())),
            speech: None,
            reopen: Time::NEVER,
            answer: Time::NEVER,
            person: None,
            part: Part::new(who, move |utterance| lengths.length(utterance)),
            busy: false,
            over: false,
        }
    }

    /// Takes part until the group ends.
    pub(super) async fn run(mut self) {
        let mut counts = interval(COUNTS);
        counts.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            self.effects().await;
            if self.over {
                return;
            }
            let wake = self.clock.instant(self.due()).map(Instant::from_std);
            tokio::select! {
                event = app::next(&mut self.link) => self.hear(event),
                order = self.channel.orders.recv() => self.obey(order.unwrap_or(Order::Leave)),
                _ = counts.tick() => self.count(),
                () = app::at(wake) => {}
            }
            self.catch_up();
        }
    }

    /// When something is to be done, if nothing happens.
    fn due(&self) -> Time {
        let speech = self.speech.as_ref().map_or(Time::NEVER, Speech::due);
        let by_itself = self.part.due().min(self.reopen).min(self.answer);
        self.member.poll_timeout().min(speech).min(self.up.due()).min(self.down.due()).min(by_itself)
    }

    /// Does what is due.
    fn catch_up(&mut self) {
        let now = self.clock.now();
        if self.reopen <= now {
            self.reopen = Time::NEVER;
            self.member.handle_intent(Intent::Mic { open: true }, now);
        }
        if self.answer <= now {
            self.answer = Time::NEVER;
            self.member.handle_intent(Intent::Verified { same: true }, now);
        }
        self.take_part(now);
        while let Some(spoken) = self.speech.as_mut().and_then(|speech| speech.take(now)) {
            self.member.handle_spoken(spoken, now);
        }
        while let Some(datagram) = self.down.take(now) {
            self.member.handle_datagram(&datagram, now);
        }
        if self.member.poll_timeout() <= now {
            self.member.handle_timeout(now);
        }
    }

    /// Does its part in what the group is at.
    fn take_part(&mut self, now: Time) {
        let Some(person) = self.person else { return };
        self.part.look(self.member.room(), person, now);
        while let Some(deed) = self.part.take(self.member.room(), person, now) {
            match deed {
                Deed::Say(utterance) => {
                    self.speech = Some(Speech::begin(self.voices.clone(), utterance, now));
                    self.tell(Saw::Said(utterance));
                }
                Deed::Do(intent) => self.member.handle_intent(intent, now),
            }
        }
        let busy = part::is_at_something(self.member.room(), now);
        if busy != self.busy {
            self.busy = busy;
            self.tell(Saw::Busy(busy));
        }
    }

    fn hear(&mut self, event: Option<LinkEvent>) {
        let now = self.clock.now();
        match event {
            Some(LinkEvent::Control(message)) => self.member.handle_control(message, now),
            Some(LinkEvent::Datagram(bytes)) => self.down.put(bytes, now),
            Some(LinkEvent::Closed(_)) | None => {
                self.link = None;
                self.member.handle_disconnected(now);
            }
        }
    }

    fn obey(&mut self, order: Order) {
        let now = self.clock.now();
        match order {
            Order::Say(utterance) => {
                self.speech = Some(Speech::begin(self.voices.clone(), utterance, now));
            }
            Order::Hand(up) => self.member.handle_intent(Intent::Hand { up }, now),
            Order::Write(line) => self.member.handle_intent(Intent::Chat(line), now),
            Order::Do(intent) => self.member.handle_intent(intent, now),
            Order::CallVote => self.call_vote(now),
            Order::Tell(line) => {
                if let Some(person) = self.person {
                    self.member.handle_intent(Intent::Private(person, line), now);
                }
            }
            Order::BadLine(bad) => {
                self.up.set_bad(bad);
                self.down.set_bad(bad);
            }
            Order::Leave => self.member.handle_intent(Intent::Leave, now),
        }
    }

    /// Puts the newest proposal of one's own to a vote.
    fn call_vote(&mut self, now: Time) {
        let room = self.member.room();
        let mine = room.state.decisions.open.iter().filter(|open| Some(open.by.0) == room.me);
        if let Some(id) = mine.map(|open| open.id).max() {
            self.member.handle_intent(Intent::Decide(Decide::Vote(id, VoteKind::Open)), now);
        }
    }

    async fn effects(&mut self) {
        while let Some(effect) = self.member.poll_effect() {
            match effect {
                Effect::Dial => {
                    self.link = None;
                    self.dial().await;
                }
                Effect::Race => self.dial().await,
                Effect::Hangup => {
                    self.over = true;
                    app::hang_up(&mut self.link).await;
                }
                Effect::Control(message) => {
                    if self.link.as_ref().is_some_and(|(link, _)| link.control(&message).is_err()) {
                        // What can't be queued is sent again on a new link.
                        self.link = None;
                        self.member.handle_disconnected(self.clock.now());
                    }
                }
                Effect::Datagram(bytes) => self.up.put(bytes, self.clock.now()),
                Effect::Microphone(false) => self.speech = None,
                // What it missed is heard at once, as far as the others are concerned.
                Effect::Play(heard) if heard.missed => self.member.handle_playing(None, self.clock.now()),
                // A race is over before anything else can happen, and nobody is at this member's speaker and screen.
                Effect::EndRace
                | Effect::DatagramBoth(_)
                | Effect::DialSecond
                | Effect::SecondControl(_)
                | Effect::DropSecond
                | Effect::Upgrade
                | Effect::Follow(_)
                | Effect::Others(_)
                | Effect::Microphone(true)
                | Effect::Plan(_)
                | Effect::Layers(_)
                | Effect::Expect(..)
                | Effect::Play(_)
                | Effect::SkipMissed
                | Effect::Forget(_)
                | Effect::SoundCheck(_)
                | Effect::Device(..)
                | Effect::PlayAloud
                | Effect::Volume(..)
                | Effect::MakeWords(_) => {}
                Effect::Tell(event) => self.notice(&event),
            }
        }
        while let Some(datagram) = self.up.take(self.clock.now()) {
            if let Some((link, _)) = &self.link {
                link.datagram(datagram);
            }
        }
    }

    /// The relay is in this process, so that waiting for it keeps nobody.
    async fn dial(&mut self) {
        let made = dial(&self.relay).await;
        let now = self.clock.now();
        match made {
            Ok(link) => {
                let relay_key = link.0.fingerprint().0;
                self.link = Some(link);
                self.member.handle_connected(relay_key, now);
            }
            Err(_) => self.member.handle_unreached(now),
        }
    }

    fn count(&mut self) {
        let Some((link, _)) = &self.link else { return };
        let counts = app::counts(link, 0, 0);
        self.member.handle_counts(counts, self.clock.now());
    }

    /// Passes on what the director should know.
    fn notice(&mut self, event: &Event) {
        let (me, person) = (self.member.room().me, self.person);
        if let Some(person) = person {
            self.part.notice(event, self.member.room(), person, self.clock.now());
        }
        let of = |seat: &SeatId, whom: Option<SeatId>| whom == Some(*seat);
        if let Some(step) = person.and_then(|person| step(event, person)) {
            self.tell(Saw::Person(Did::Step(step)));
        }
        let saw = match event {
            Event::Joined => {
                // Who opened the group is the person, whatever becomes of the role.
                self.person = self.person.or(self.member.room().state.circle.facilitator());
                Saw::Came
            }
            Event::Verify => {
                self.answer = self.clock.now() + ANSWER;
                return;
            }
            Event::Closed(how) => Saw::Went(*how == Ended::Removed),
            Event::Muted { seat, muted } | Event::Hushed { seat, hushed: muted } if of(seat, me) => {
                if *muted {
                    self.speech = None;
                }
                self.reopen = if *muted { Time::NEVER } else { self.clock.now() + REOPEN };
                let stick = self.member.room().state.turns.floor.holder.is_some();
                if stick { Saw::Hushed(*muted) } else { Saw::Muted(*muted) }
            }
            Event::Speaking { seat, on } if of(seat, person) => Saw::Person(Did::Speak(*on)),
            Event::Hand { seat, up } if of(seat, person) => Saw::Person(Did::Hand(*up)),
            Event::Turn(TurnEvent::RoundBegan) | Event::Decision(DecisionEvent::Vote { open: true, .. }) => {
                Saw::Person(Did::Part)
            }
            Event::Decision(DecisionEvent::Proposal { became: Became::Answered(seat, _), .. }) if of(seat, person) => {
                Saw::Person(Did::Part)
            }
            Event::Decision(DecisionEvent::Proposal { proposal: told, became: Became::Made })
                if person.and_then(|person| self.member.room().state.circle.name(person)) == Some(told.by.as_str()) =>
            {
                Saw::Person(Did::Part)
            }
            Event::Chat { seat, text, .. } if of(seat, person) => {
                Saw::Person(text::tour_word(text).map_or(Did::Write, Did::Tour))
            }
            Event::Departed { seat, .. } if of(seat, person) => Saw::Person(Did::Leave),
            _ => return,
        };
        self.tell(saw);
    }

    fn tell(&self, saw: Saw) {
        // Without a director there is nobody to tell.
        let _ = self.channel.saw.try_send((self.who, saw));
    }
}

/// The step of the tour that the person has taken, as far as the group sees it.
fn step(event: &Event, person: SeatId) -> Option<TourStep> {
    if let Event::Decision(DecisionEvent::Voted { seat, .. } | DecisionEvent::Chosen(seat)) = event {
        return (*seat == person).then_some(TourStep::Vote);
    }
    match event {
        Event::Turn(TurnEvent::RoundBegan) => Some(TourStep::Round),
        Event::Turn(TurnEvent::RoundTurn(Some(seat))) if *seat != person => Some(TourStep::Finish),
        Event::Turn(TurnEvent::RoundOver) => Some(TourStep::End),
        _ => None,
    }
}
