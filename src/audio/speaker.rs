//! The playout thread: feeds packets to [`Playout`] and its sound to where the others are heard.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

use rtrb::Producer;

use super::callback::Shared;
use super::demand::Demand;
use super::device::backend::{Ring, Running};
use super::device::file::{FileSpeaker, write_clock};
use super::device::manager::{Input, Report};
use super::device::pace::Pace;
use super::meter::Meters;
use super::playout::Playout;
use super::pull::Pull;
use super::reference::Played;
use super::resample::Resampler;
use super::spec::SpeakerSpec;
use super::workload::Workload;
use super::{AudioError, AudioEvent, BLOCK, Incoming, RATE, Sink};
use crate::ids::{SeatId, Time};

/// A device that takes sound is looked at no sooner than this again, and no later than a block: its next need is in the ring.
const SOONEST: Duration = Duration::from_millis(5);
/// How often a silent room is looked after.
const REST: Duration = Duration::from_secs(5);

/// How often it is told that a device takes samples.
const TELL_PLAYED: Duration = Duration::from_millis(300);
/// How often the lag behind live is reported, and how many times that playout is live again.
const TELL: Duration = Duration::from_millis(500);
const LIVE_TOLD: u32 = 4;

/// Where there is no device its buffer is made up: a microphone in a room for tests hears later what is played now.
const NO_DEVICE: Duration = Duration::from_millis(40);

/// How loud a soft sound is while somebody speaks, of how loud it is otherwise.
const BESIDE_A_VOICE: f32 = 0.4;

/// What the playout thread is told.
pub(super) enum Command {
    /// Packets of a member may be this late.
    Expect(SeatId, Duration),
    /// A packet came, at this moment of any clock in milliseconds.
    Play(Incoming, u64),
    /// Packets that were missed, to be heard before what is live, and when they were said; and what that clock says now.
    Missed(Vec<(Incoming, u64)>, u64),
    /// Drops the missed speech that still waits.
    Skip,
    /// A member left.
    Forget(SeatId),
    /// A member is to be heard this many times as loud as the others.
    Volume(SeatId, f32),
    /// Sound to be heard once, at once.
    Tone(Vec<f32>),
    /// A soft sound beside what is heard, unless there is one already.
    Cue(Vec<f32>),
    /// Play on this stream.
    To(Box<Running>),
    /// The stream is over.
    Off,
    /// Keep what comes for later, unheard (`true`), or let it be heard, what was kept first.
    Hold(bool),
    /// The end.
    Stop,
}

/// Where the samples go.
enum Output {
    /// A device of the system.
    Device(Box<Device>),
    /// A file.
    File(FileSpeaker),
    /// Nowhere.
    Null,
}

/// A stream's ring.
struct Device {
    ring: Producer<f32>,
    shared: Arc<Shared>,
    resampler: Resampler,
    rate: u32,
    demand: Demand,
    /// For one that waits for what isn't there yet.
    pull: Option<Pull>,
    /// The callback's count when it was last looked at, and when it was last told of.
    calls: usize,
    told: Instant,
}

impl Device {
    /// `None` if there is no such ring, or no memory.
    fn new(running: Running, now: Instant) -> Option<Self> {
        let Running { ring: Ring::Speaker(ring), shared, rate, .. } = running else { return None };
        let resampler = Resampler::from_blocks(RATE, rate).ok()?;
        let is_patient = shared.is_patient.load(Ordering::Relaxed);
        let (demand, pull) = (Demand::new(is_patient, now), is_patient.then(Pull::default));
        Some(Self { ring, shared, resampler, rate, demand, pull, calls: 0, told: now })
    }

    /// Whether the device took samples, if that is to be told now.
    fn report(&mut self, now: Instant) -> Option<Input> {
        let calls = self.shared.calls.load(Ordering::Relaxed);
        if calls == self.calls || now.saturating_duration_since(self.told) < TELL_PLAYED {
            return None;
        }
        (self.calls, self.told) = (calls, now);
        Some(Input::Played)
    }

    /// Learns how much the callback asks for at once.
    fn look(&mut self, now: Instant) {
        self.demand.asked(self.shared.largest.swap(0, Ordering::Relaxed), now);
    }

    /// Samples in the ring.
    fn filled(&self) -> usize {
        self.ring.buffer().capacity() - self.ring.slots()
    }

    /// Samples that the ring should hold.
    fn wanted(&self) -> usize {
        let room = self.ring.buffer().capacity().saturating_sub(self.resampler.gives_at_most());
        self.demand.wanted(self.rate).min(room)
    }

    /// How many samples more the ring holds than it should; less than zero if it holds too few.
    fn surplus(&self) -> i64 {
        self.filled() as i64 - self.wanted() as i64
    }

    /// A sound begins or ends. At first the ring is filled with silence, so that from the first block on blocks are asked for evenly.
    fn set_sounding(&mut self, sounding: bool) {
        self.shared.is_sounding.store(sounding, Ordering::Relaxed);
        if !sounding {
            return;
        }
        if let Some(pull) = &mut self.pull {
            pull.begin();
        }
        for _ in self.filled()..self.wanted() {
            if self.ring.push(0.0).is_err() {
                return;
            }
        }
    }

    /// When what is written now will leave the loudspeaker.
    fn leaves(&self, now: Instant) -> Instant {
        let in_ring = Duration::from_secs_f64(self.filled() as f64 / f64::from(self.rate.max(1)));
        now + in_ring + Duration::from_micros(self.shared.latency.load(Ordering::Relaxed).into())
    }

    /// When the next block is due, if it is.
    fn due(&self, now: Instant) -> Option<Instant> {
        match &self.pull {
            Some(pull) => Some(pull.due(now)).filter(|due| *due <= now),
            None => (self.surplus() < 0).then_some(now),
        }
    }

    /// How long it can't be due.
    fn wait(&self, now: Instant) -> Duration {
        match &self.pull {
            Some(pull) => pull.due(now).saturating_duration_since(now),
            None => {
                let micros = self.surplus().max(0).unsigned_abs() * 1_000_000 / u64::from(self.rate);
                Duration::from_micros(micros).clamp(SOONEST, Duration::from_millis(20))
            }
        }
    }

    /// Takes the 20 ms that were due `at` this moment; for how many frames the device had run out of sound before.
    fn write(&mut self, block: &[f32; BLOCK], at: Instant) -> usize {
        let surplus = self.surplus() as f64 / f64::from(self.rate);
        if let Some(pull) = &mut self.pull {
            pull.made(at, surplus);
        }
        let missed = self.shared.missed.swap(0, Ordering::Relaxed);
        if missed > 0 {
            self.demand.ran_dry();
        }
        for sample in self.resampler.process(block) {
            if self.ring.push(*sample).is_err() {
                break;
            }
        }
        missed
    }
}

/// The playout thread's state.
pub(super) struct Speaker {
    output: Output,
    /// Those who are to know what leaves the loudspeaker.
    listeners: Vec<Played>,
    playout: Playout,
    tone: VecDeque<f32>,
    meters: Meters,
    work: Workload,
    sink: Sink,
    report: Report,
    delay_ms: Arc<AtomicU32>,
    start: Instant,
    pace: Pace,
    rested: Instant,
    /// Whether what comes is kept for later.
    hold: bool,
    /// Whether there was something to be heard when it was last told.
    sounding: bool,
    /// When the lag behind live was last reported, and how many more times it is to be.
    told_at: Instant,
    told: u32,
}

impl Speaker {
    /// A thread's state that begins now; a device comes by a command. `delay_ms` is kept at the playout delay.
    ///
    /// # Errors
    /// If a file can't be written.
    pub(super) fn new(
        spec: &SpeakerSpec,
        listeners: Vec<Played>,
        delay_ms: Arc<AtomicU32>,
        work: Workload,
        sink: Sink,
        report: Report,
    ) -> Result<Self, AudioError> {
        let output = match spec {
            SpeakerSpec::File(path) => Output::File(FileSpeaker::create(path)?),
            SpeakerSpec::Null | SpeakerSpec::Default | SpeakerSpec::Device(_) => Output::Null,
        };
        let start = Instant::now();
        if let SpeakerSpec::File(path) = spec {
            write_clock(path, SystemTime::now());
        }
        let (playout, meters, pace) = (Playout::default(), Meters::default(), Pace::new(start));
        Ok(Self {
            output,
            listeners,
            playout,
            tone: VecDeque::new(),
            meters,
            work,
            sink,
            report,
            delay_ms,
            start,
            pace,
            rested: start,
            hold: false,
            sounding: false,
            told_at: start,
            told: 0,
        })
    }

    /// Runs until [`Command::Stop`].
    pub(super) fn run(mut self, commands: &Receiver<Command>) {
        loop {
            let due = Instant::now() + self.wait();
            match commands.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(Command::Play(frame, at_ms)) if self.hold || self.playout.is_behind() => {
                    let now = self.time(Instant::now());
                    if self.hold {
                        self.playout.live_at(at_ms, now);
                        self.told = LIVE_TOLD;
                    }
                    self.playout.push_missed(frame, at_ms, now);
                }
                Ok(Command::Play(frame, _)) => self.playout.push(frame, self.time(Instant::now())),
                Ok(Command::Missed(frames, now_ms)) => {
                    let now = self.time(Instant::now());
                    self.playout.live_at(now_ms, now);
                    frames.into_iter().for_each(|(frame, at_ms)| self.playout.push_missed(frame, at_ms, now));
                    self.told = LIVE_TOLD;
                }
                Ok(Command::Skip) => self.playout.skip_missed(),
                Ok(Command::Tone(tone)) => self.tone = tone.into(),
                Ok(Command::Cue(cue)) => self.cue(cue),
                Ok(Command::Forget(seat)) => self.playout.forget(seat),
                Ok(Command::Volume(seat, times)) => self.playout.set_volume(seat, times, self.time(Instant::now())),
                Ok(Command::Expect(seat, late)) => self.playout.expect(seat, late, self.time(Instant::now())),
                Ok(Command::To(running)) => self.play_on(*running),
                Ok(Command::Off) => self.off(),
                Ok(Command::Hold(hold)) => self.hold = hold,
                Ok(Command::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => self.work.woken(due, !self.playout.is_idle()),
            }
            self.give();
        }
    }

    /// Begins a soft sound, softer still beside a voice. What is kept for later is no time for it.
    fn cue(&mut self, cue: Vec<f32>) {
        if self.hold || !self.tone.is_empty() {
            return;
        }
        let times = if self.playout.heard().is_empty() { 1.0 } else { BESIDE_A_VOICE };
        self.tone = cue.into_iter().map(|sample| sample * times).collect();
    }

    fn time(&self, at: Instant) -> Time {
        Time::default() + at.saturating_duration_since(self.start)
    }

    /// Whether there is nothing to do: no sound, and no meter that has to fall.
    fn is_silent(&self) -> bool {
        self.playout.is_silent() && self.meters.is_silent() && self.tone.is_empty()
    }

    fn wait(&self) -> Duration {
        match &self.output {
            _ if self.hold => REST,
            Output::File(_) => self.pace.begins().saturating_duration_since(Instant::now()),
            _ if self.is_silent() && self.told > 0 => TELL,
            _ if self.is_silent() => REST,
            Output::Null => self.pace.begins().saturating_duration_since(Instant::now()),
            Output::Device(device) => device.wait(Instant::now()),
        }
    }

    fn give(&mut self) {
        let now = Instant::now();
        if now.saturating_duration_since(self.rested) >= REST {
            self.rested = now;
            self.playout.rest(self.time(now));
        }
        if let Output::Device(device) = &mut self.output {
            device.look(now);
        }
        let sounding = !self.is_silent();
        if self.sounding != sounding {
            self.sounding = sounding;
            if let Output::Device(device) = &mut self.output {
                device.set_sounding(sounding);
            }
            (self.report)(Input::Sounding(sounding));
        }
        if self.hold {
            self.pace = Pace::new(now);
            return;
        }
        if !sounding && matches!(self.output, Output::Null) {
            self.pace = Pace::new(now);
            return;
        }
        while let Some(at) = self.due(now) {
            let mut block = [0.0; BLOCK];
            let begun = Workload::begin();
            self.playout.pull(&mut block, self.time(at));
            let speech = !self.playout.heard().is_empty();
            self.playout.set_decoder_complexity(self.work.end(&begun, speech).decoder);
            let length = self.tone.len().min(BLOCK);
            block
                .iter_mut()
                .zip(self.tone.drain(..length))
                .for_each(|(sound, tone)| *sound = (*sound + tone).clamp(-1.0, 1.0));
            self.pace.advance();
            self.meters.heard(self.playout.heard(), &*self.sink);
            let leaves = match &self.output {
                Output::Device(device) => device.leaves(now),
                Output::File(_) | Output::Null => at + NO_DEVICE,
            };
            self.listeners.iter_mut().for_each(|played| played.push(&block, leaves));
            let written = match &mut self.output {
                Output::Device(device) => {
                    self.work.missed(device.write(&block, at), device.rate);
                    Ok(())
                }
                Output::File(file) => file.write(&block),
                Output::Null => Ok(()),
            };
            if let Err(error) = written {
                self.file_lost(&error.to_string());
            }
        }
        if let Output::Device(device) = &mut self.output
            && let Some(input) = device.report(now)
        {
            (self.report)(input);
        }
        let delay = self.playout.delay().as_millis();
        self.delay_ms.store(u32::try_from(delay).unwrap_or(u32::MAX), Ordering::Relaxed);
        self.tell_missed(now);
    }

    /// Reports the lag behind live now and then, and that playout is live several times, since a report that finds no room is lost.
    fn tell_missed(&mut self, now: Instant) {
        if self.told > 0 && now.saturating_duration_since(self.told_at) >= TELL {
            let said = self.playout.said();
            self.told = if said.is_some() { LIVE_TOLD } else { self.told - 1 };
            self.told_at = now;
            (self.sink)(AudioEvent::Missed(said));
        }
    }

    /// The moment for which the next block is due now, if it is.
    fn due(&self, now: Instant) -> Option<Instant> {
        match &self.output {
            Output::Device(device) => device.due(now).filter(|_| !self.is_silent()),
            Output::File(_) | Output::Null => Some(self.pace.begins()).filter(|begins| *begins <= now),
        }
    }

    fn play_on(&mut self, running: Running) {
        if let Output::File(_) = self.output {
            return;
        }
        if let Some(mut device) = Device::new(running, Instant::now()) {
            device.set_sounding(self.sounding);
            self.output = Output::Device(Box::new(device));
            self.listeners.iter_mut().for_each(Played::device_changed);
        }
    }

    /// There is no device: what would be heard still moves the meters.
    fn off(&mut self) {
        if let Output::Device(_) = self.output {
            self.output = Output::Null;
            self.pace = Pace::new(Instant::now());
        }
    }

    fn file_lost(&mut self, why: &str) {
        tracing::info!("the sound file can't be written: {why}");
        self.output = Output::Null;
        self.pace = Pace::new(Instant::now());
        (self.sink)(AudioEvent::Problem(
            "The sound file can't be written any more, so nothing is heard; make room and join again.".into(),
        ));
    }
}
