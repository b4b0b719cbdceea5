//! The only select loop: it owns the member's core, the link, the sound and the face, and carries out effects.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::attendance::{Attendance, Gone};
use super::elsewhere::Elsewhere;
use super::face::{Face, Input};
use super::failure::Failure;
use super::former::{self, Former};
use super::link::{Called, at, called, finished, hang_up, next};
use super::minutes;
use super::person::Person;
use super::second::{News, Second};
use super::seek::{self, Begun};
use super::setup::{Clock, Met, Outside, Setup, Trust, found_out};
use super::signals::{self, Signal, Signals};
use super::sound::{self, Sound};
use crate::command::Command;
use crate::crypto::verify::{self, VerifyError};
use crate::ids::Time;
use crate::member::{Effect, Member};
use crate::session::{Ended, Event, Intent, MicFault, MicStatus, Phase, Reach, SpeakerFault, SpeakerStatus};
use crate::text;
use crate::transport::{Dial, DialError, Link, LinkEvent, Resumption};
use crate::wire::{Refusal, ToMember, ToRelay};

/// How often the link is looked after. Every second time the transport is asked what it has counted.
const TEND: Duration = Duration::from_millis(500);
/// How long the microphone has to close before the program is stopped for a while.
const CLOSE_MIC: Duration = Duration::from_millis(150);

type Words = JoinHandle<Result<[&'static str; 4], VerifyError>>;

pub(super) struct App {
    pub(super) clock: Clock,
    pub(super) member: Member,
    pub(super) relay: Dial,
    pub(super) trust: Trust,
    /// The relay that is still to be kept for the next time.
    pub(super) met: Option<Met>,
    /// Whether it was told that the relay's key is another than before in this session.
    pub(super) told_of_key: bool,
    pub(super) advertised: String,
    pub(super) extras: text::InvitationExtras,
    /// From where the relay in this program can be reached, as far as it has turned out.
    pub(super) reach: Option<Reach>,
    outside: Option<mpsc::Receiver<Outside>>,
    pub(super) link: Option<(Link, mpsc::Receiver<LinkEvent>)>,
    /// What the member wanted done before the session began, and is still to be done.
    begun: VecDeque<Effect>,
    /// The link before, which the relay ends once it has taken the new one for my seat.
    pub(super) former: Option<Former>,
    pub(super) second: Second,
    pub(super) dialling: Option<JoinHandle<Called>>,
    /// Whether the link that is being made is to replace one that works.
    pub(super) upgrading: bool,
    /// What it takes to come back to the relay faster.
    pub(super) resumption: Option<Arc<Resumption>>,
    pub(super) elsewhere: Elsewhere,
    /// How often the link was looked after.
    pub(super) tended: u32,
    /// Whether a greeting goes ahead of the link that is being made, so that the relay may have taken it before I know.
    pub(super) ahead: bool,
    /// The words that are being made to compare.
    words: Option<Words>,
    ever_connected: bool,
    pub(super) sound: Sound,
    pub(super) face: Face,
    pub(super) person: Person,
    pub(super) on_open: Option<Box<dyn FnOnce(String) + Send>>,
    /// Whether the group is still to be ended before I leave.
    pub(super) ends_group: bool,
    /// Whether the facilitator's role is still to be handed on before I leave.
    pub(super) hands_over: bool,
    /// The code that was told to be given to others.
    pub(super) told_code: Option<String>,
    /// Until when another wish to leave needs no question.
    pub(super) asked_to_leave: Option<Instant>,
    pub(super) over: bool,
}

/// What woke the loop.
enum Woken {
    Dialled(Called),
    Link(Option<LinkEvent>),
    /// What the link before still brought.
    Former(Option<Vec<u8>>),
    Second(News),
    Sound(sound::Event),
    Words(Result<[&'static str; 4], VerifyError>),
    Face(Input),
    Signal(Signal),
    Gone(Gone),
    Outside(Outside),
    Timer,
    Stayed,
    Insist,
}

/// Runs a session to its end.
///
/// # Errors
/// [`Failure`] if it did not come about, or did not end as it should.
pub async fn run(setup: Setup, clock: Clock, seed: [u8; 32]) -> Result<(), Failure> {
    let begun = seek::begin(setup.relay, setup.sought, setup.trust, setup.member, clock, seed).await?;
    let mut signals = Signals::new().map_err(Failure::system)?;
    let mut attendance = Attendance::begin();
    let face = Face::open(setup.face, setup.watch, clock.now()).map_err(Failure::no_output)?;
    let Begun { member, relay, trust, link, effects, found } = begun;
    let advertised = if found.is_some() { relay.host.clone() } else { setup.advertised };
    let leave_at = setup.stay.map(|stay| tokio::time::Instant::now() + stay);
    let mut app = App {
        clock,
        member,
        relay,
        trust,
        met: None,
        told_of_key: false,
        advertised,
        extras: setup.extras,
        reach: None,
        outside: setup.outside,
        link,
        begun: effects,
        former: None,
        second: Second::new(setup.also_via.clone()),
        dialling: None,
        upgrading: false,
        resumption: None,
        elsewhere: Elsewhere::default(),
        tended: 0,
        ahead: false,
        words: None,
        ever_connected: false,
        sound: Sound::new(setup.audio, setup.cues),
        face,
        person: Person::default(),
        on_open: setup.on_open,
        ends_group: setup.ends_group,
        hands_over: true,
        told_code: None,
        asked_to_leave: None,
        over: false,
    };
    setup.also_via.into_iter().for_each(|via| app.member.want_second_way(via.to_string()));
    for message in setup.notices {
        app.advise((message, String::new()));
    }
    if let Some(found) = found {
        app.tell(found);
    }
    let outcome = app.go(&mut signals, &mut attendance, leave_at).await;
    app.part().await;
    app.sound.stop().await;
    app.face.close(app.member.room());
    outcome
}

impl App {
    async fn go(
        &mut self,
        signals: &mut Signals,
        attendance: &mut Attendance,
        leave_at: Option<tokio::time::Instant>,
    ) -> Result<(), Failure> {
        let mut tend = tokio::time::interval(TEND);
        tend.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let (mut stayed, mut told_gone) = (false, false);
        self.recall();
        if let Some(link) = self.link.take() {
            self.first_link(&link.0)?;
            self.link = Some(link);
        }
        loop {
            self.watch_output();
            self.effects().await;
            self.keep_met();
            if self.face.show(self.member.room(), self.clock.now()).is_err() {
                self.gone(Gone::Terminal);
                self.effects().await;
            }
            if self.over && !self.face.lingers() {
                return self.verdict();
            }
            let due = self.clock.instant(self.member.poll_timeout());
            let tick = self.face.next_tick(self.member.room(), self.clock.now()).map(|wait| Instant::now() + wait);
            let wake = due.into_iter().chain(tick).chain(self.output_due()).min().map(tokio::time::Instant::from_std);
            let output_changed = self.face.output_changed();
            // Where the relay is comes before from where it can be reached.
            let open = self.member.room().code.is_some();
            let woken = tokio::select! {
                // A task that was ended or that broke has no link; the member tries again.
                dialled = called(&mut self.dialling) => Woken::Dialled(dialled),
                event = next(&mut self.link) => Woken::Link(event),
                news = self.second.next() => Woken::Second(news),
                datagram = former::next(&mut self.former) => Woken::Former(datagram),
                words = finished(&mut self.words, || VerifyError) => Woken::Words(words),
                event = self.sound.next() => Woken::Sound(event),
                input = self.face.input() => Woken::Face(input),
                signal = signals.next() => Woken::Signal(signal),
                gone = attendance.gone(), if !told_gone => Woken::Gone(gone),
                outside = found_out(&mut self.outside), if open => Woken::Outside(outside),
                () = output_changed => Woken::Timer,
                () = at(self.person.insist) => Woken::Insist,
                _ = tend.tick() => { self.tend(); Woken::Timer }
                () = at(wake) => Woken::Timer,
                () = at(leave_at.filter(|_| !stayed)) => Woken::Stayed,
            };
            stayed |= matches!(woken, Woken::Stayed);
            told_gone |= matches!(woken, Woken::Gone(_));
            match woken {
                Woken::Dialled(Err(DialError::Key { host, seen, vouched })) if !self.ever_connected => {
                    self.changed(&host, seen, vouched, signals).await?;
                }
                woken => self.wake(woken).await?,
            }
        }
    }

    fn first_link(&mut self, link: &Link) -> Result<(), Failure> {
        self.ever_connected = true;
        self.resumption = link.resumption();
        self.meet(link)
    }

    async fn wake(&mut self, woken: Woken) -> Result<(), Failure> {
        let now = self.clock.now();
        match woken {
            Woken::Dialled(Ok(link)) => {
                if !self.ever_connected {
                    self.first_link(&link.0)?;
                }
                self.landed(&link.0);
                let (relay_key, greeted) = (link.0.fingerprint().0, link.0.is_greeted());
                self.resumption = link.0.resumption().or(self.resumption.take());
                // A silent one has nothing more to say, and is only kept until the relay ends it.
                self.former = self.link.replace(link).map(Former::new);
                self.upgrading = false;
                match greeted {
                    true => self.member.handle_greeted(relay_key, now),
                    false => self.member.handle_connected(relay_key, now),
                }
            }
            Woken::Dialled(Err(error)) if !self.ever_connected => {
                return Err(Failure::new(text::dial_fault(&error)));
            }
            Woken::Dialled(Err(error)) => {
                if let DialError::Key { host, seen, .. } = error {
                    self.changed_meanwhile(&host, seen);
                }
                self.upgrading = false;
                self.member.handle_unreached(now);
            }
            Woken::Link(Some(LinkEvent::Control(ToMember::Refused(Refusal::Replaced))))
                if self.ahead && self.dialling.is_some() =>
            {
                // By the link that I make myself.
                self.link = None;
                self.member.handle_disconnected(now);
            }
            Woken::Link(Some(LinkEvent::Control(message))) => {
                if let Some(former) = &mut self.former {
                    former.replaced();
                }
                self.member.handle_control(message, now);
            }
            Woken::Link(Some(LinkEvent::Datagram(bytes))) => self.member.handle_datagram(&bytes, now),
            Woken::Link(Some(LinkEvent::Closed(_)) | None) => {
                self.link = None;
                self.member.handle_disconnected(now);
            }
            Woken::Former(Some(bytes)) => self.member.handle_datagram(&bytes, now),
            Woken::Former(None) => self.former = None,
            Woken::Second(news) => self.second_news(news),
            Woken::Sound(sound::Event::Spoken(spoken)) => self.member.handle_spoken(spoken, now),
            Woken::Sound(sound::Event::Level(level)) => self.member.handle_mic_level(level),
            Woken::Sound(sound::Event::Missed(said)) => self.member.handle_playing(said, now),
            Woken::Sound(sound::Event::Check(level)) => self.member.handle_check_level(level, now),
            Woken::Sound(sound::Event::CheckFound(hearing)) => self.member.handle_check_found(hearing, now),
            Woken::Sound(sound::Event::NoCheck) => self.member.handle_check_failed(),
            Woken::Sound(sound::Event::Problem(message, hint)) => {
                self.advise((message, hint));
            }
            Woken::Sound(sound::Event::Mic(status)) => self.member.handle_mic_status(status, now),
            Woken::Sound(sound::Event::MicClosed(why)) => self.member.handle_mic_closed(why, now),
            Woken::Sound(sound::Event::Speaker(status)) => self.member.handle_speaker_status(status, now),
            Woken::Sound(sound::Event::Known(known)) => self.member.handle_devices(known, now),
            Woken::Sound(sound::Event::Advice(about)) => self.member.handle_advice(about, now),
            // Nobody is thrown out for want of sound: there is the screen.
            Woken::Sound(sound::Event::Failed(error)) => {
                self.advise(text::audio_fault(&error));
                self.member.handle_speaker_status(SpeakerStatus::Fault(SpeakerFault::Other, String::new()), now);
                self.member.handle_mic_status(MicStatus::Fault(MicFault::Other, String::new()), now);
            }
            Woken::Words(Ok(words)) => self.member.handle_words(words),
            Woken::Words(Err(_)) => self.advise(text::no_words()),
            Woken::Face(Input::Over) => self.input_over(),
            Woken::Face(input) => {
                for command in self.face.commands(input, self.member.room(), now) {
                    self.command(command, now).await?;
                }
            }
            Woken::Gone(gone) => self.gone(gone),
            Woken::Outside(outside) => self.reached(outside),
            Woken::Signal(Signal::End) => self.end(),
            Woken::Stayed => self.leave(),
            Woken::Insist => {
                self.person.insist = None;
                self.leave();
            }
            Woken::Signal(Signal::Suspend) => self.suspend().await?,
            Woken::Timer => {
                if self.member.poll_timeout() <= now {
                    self.member.handle_timeout(now);
                }
                for command in self.face.tick(self.member.room(), now) {
                    self.command(command, now).await?;
                }
            }
        }
        Ok(())
    }

    async fn command(&mut self, command: Command, now: Time) -> Result<(), Failure> {
        match command {
            Command::Intent(Intent::Mic { open: true }) if !self.may_open_mic() => {}
            Command::Intent(intent @ Intent::HandOver(_)) => {
                self.face.hurry();
                self.member.handle_intent(intent, now);
            }
            Command::Intent(intent) => self.member.handle_intent(intent, now),
            Command::Quit if self.asks_before_leaving() => {
                self.face.answer(&command, self.member.room(), now);
            }
            Command::Quit => self.leave(),
            Command::Suspend => self.suspend().await?,
            Command::Redraw => self.face.redraw().map_err(Failure::no_output)?,
            Command::Save(path) => self.tell(minutes::keep(self.member.room(), &path)),
            Command::Copy(form) => self.face.copy(form, self.member.room(), now).map_err(Failure::no_output)?,
            Command::Who
            | Command::Link
            | Command::Devices(_)
            | Command::Invite
            | Command::Rules
            | Command::Privacy
            | Command::Help(_)
            | Command::Agenda
            | Command::Minutes
            | Command::Spending
            | Command::Proposal
            | Command::Verbose(_) => self.face.answer(&command, self.member.room(), now),
        }
        Ok(())
    }

    /// Stops the program until it's wanted again. The microphone is closed by then.
    async fn suspend(&mut self) -> Result<(), Failure> {
        self.member.handle_intent(Intent::Mic { open: false }, self.clock.now());
        self.effects().await;
        tokio::time::sleep(CLOSE_MIC).await;
        self.face.give_back();
        signals::stop_self();
        self.face.take_again().map_err(Failure::no_output)
    }

    async fn effects(&mut self) {
        self.carry_out().await;
        self.sound.flush(self.member.room().group_ms(self.clock.now()));
    }

    async fn carry_out(&mut self) {
        while let Some(effect) = self.begun.pop_front().or_else(|| self.member.poll_effect()) {
            match effect {
                Effect::Dial => {
                    self.link = None;
                    self.dial();
                }
                Effect::Race if self.dialling.is_some() && !self.upgrading => {}
                Effect::Race => self.dial(),
                Effect::Upgrade => self.upgrade(),
                Effect::Follow(relay) => self.follow(&relay),
                Effect::Others(relays) => self.know(&relays),
                Effect::EndRace if self.ahead => {}
                Effect::EndRace => self.stop_dialling(),
                Effect::Hangup => {
                    self.hang_up().await;
                    self.over = true;
                }
                Effect::Control(message) => {
                    if let Some((link, _)) = &self.link
                        && link.control(&message).is_err()
                    {
                        // What can't be queued is sent again on a new link.
                        self.link = None;
                        self.member.handle_disconnected(self.clock.now());
                    }
                }
                Effect::Datagram(bytes) => self.datagram(bytes),
                Effect::DatagramBoth(bytes) => self.datagram_both(bytes),
                Effect::DialSecond => self.dial_second(),
                Effect::SecondControl(message) => self.second_control(&message),
                Effect::DropSecond => self.second.end(),
                Effect::Play(heard) if heard.missed && !self.sound.is_running() => {
                    self.member.handle_playing(None, self.clock.now());
                }
                Effect::Play(heard) => self.sound.play(heard),
                Effect::SkipMissed => self.sound.skip_missed(),
                Effect::Forget(seat) => self.sound.forget(seat),
                Effect::Expect(seat, late) => self.sound.expect(seat, late),
                Effect::Microphone(open) => self.sound.set_mic(open),
                Effect::Device(side, name) => self.sound.choose(side, &name),
                Effect::PlayAloud => self.sound.play_aloud(),
                Effect::Volume(seat, percent) => self.sound.set_volume(seat, percent),
                Effect::Plan(plan) => self.sound.set_plan(plan),
                Effect::Layers(thin) => self.sound.set_layers(thin),
                Effect::SoundCheck(on) => self.sound.check(on),
                Effect::MakeWords(secret) => {
                    self.words = Some(tokio::task::spawn_blocking(move || verify::words(&secret)));
                }
                Effect::Tell(event) => {
                    match event {
                        Event::Joined => {
                            self.sound.start(self.member.room().mic.open);
                            self.advertise();
                        }
                        Event::NewCode => self.advertise(),
                        // A chair that the group has chosen to lead held the door before.
                        Event::Facilitator(seat) | Event::Role { seat, .. }
                            if self.member.room().me == Some(seat) && self.member.room().may_admit() =>
                        {
                            self.advertise_if_new();
                        }
                        _ => {}
                    }
                    let joined = event == Event::Joined;
                    self.tell(event);
                    if joined {
                        self.tell_silent();
                    }
                }
            }
        }
    }

    async fn hang_up(&mut self) {
        self.stop_dialling();
        (self.former, self.resumption, self.second) = (None, None, Second::default());
        hang_up(&mut self.link).await;
    }

    /// Says goodbye to the relay, if that was not done: when a face or a device fails, the others shall not take it for a
    /// cut line and wait.
    async fn part(&mut self) {
        if let Some((link, _)) = &self.link {
            // A link that takes no more ends all the same.
            let _ = link.control(&ToRelay::Leave);
        }
        self.hang_up().await;
    }

    /// What the way it ended means for the exit code.
    fn verdict(&self) -> Result<(), Failure> {
        self.was_read()?;
        match &self.member.room().phase {
            Phase::Over(
                how @ (Ended::Refused(_)
                | Ended::LineLost
                | Ended::KeysLost
                | Ended::TurnedAway
                | Ended::Intercepted
                | Ended::LeftHanging
                | Ended::RelayStopped),
            ) => {
                let (message, hint) = text::ended(how);
                Err(Failure { message, hint, told: true })
            }
            _ => Ok(()),
        }
    }
}
