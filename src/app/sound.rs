//! Sound as the loop sees it: started off the loop, since a sound server may take its time.

use std::future::pending;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::cues::Cues;
use super::devices;
use crate::adapt::Plan;
use crate::audio::check::CheckEvent;
use crate::audio::{
    self, Audio, AudioError, AudioEvent, AudioSetup, Captured, CheckProgress, CheckReport, CpuNotice, Incoming,
    MicFault, MicSpec, SpeakerSpec, Verdict,
};
use crate::ids::{SeatId, Time};
use crate::member::{Heard, Spoken, Thin};
use crate::session::{self, Hearing, Known, MicClosing, MicStatus, Room, Side, SpeakerStatus, VoiceAdvice};
use crate::text;

/// Events that may wait for the loop; voice beyond them is too late anyway.
const QUEUE: usize = 64;

/// What comes from the devices.
pub(super) enum Event {
    Spoken(Spoken),
    Level(u8),
    /// When what is heard was said, if it was missed.
    Missed(Option<u64>),
    /// How loud the microphone is that is being checked.
    Check(u8),
    /// What the check is doing, or has found.
    CheckFound(Hearing),
    /// There is no sound to check.
    NoCheck,
    /// How the microphone is.
    Mic(MicStatus),
    /// Audio has closed the microphone.
    MicClosed(MicClosing),
    /// How the speaker is.
    Speaker(SpeakerStatus),
    /// The devices there are.
    Known(Known),
    /// How my voice could be heard better.
    Advice(VoiceAdvice),
    /// A device is gone; the session goes on.
    Problem(String, String),
    /// There was no sound to begin with; the session goes on.
    Failed(AudioError),
}

enum State {
    Idle(AudioSetup),
    Starting(JoinHandle<Result<Audio, AudioError>>),
    Running(Box<Audio>),
    Silent,
}

/// A sound check on devices of its own, so that nothing of it can be sent.
struct Check {
    task: JoinHandle<Result<Audio, AudioError>>,
    /// The running one.
    audio: Option<Audio>,
    started: bool,
    levels: mpsc::Receiver<CheckProgress>,
}

impl Check {
    fn start(setup: AudioSetup, before: Option<Self>) -> Self {
        let (sender, levels) = mpsc::channel(QUEUE);
        let runtime = tokio::runtime::Handle::current();
        let task = tokio::task::spawn_blocking(move || {
            // One program can't always have a device twice.
            before.into_iter().for_each(|before| before.stop(&runtime));
            // A reading that finds no room is old.
            Audio::start_check(setup, move |progress| _ = sender.try_send(progress))
        });
        Self { task, audio: None, started: false, levels }
    }

    /// Closes its devices. Blocks until they are.
    fn stop(self, runtime: &tokio::runtime::Handle) {
        if !self.started {
            drop(runtime.block_on(self.task));
        }
    }

    /// The next thing to know. Safe to be dropped while it waits.
    async fn next(this: &mut Option<Self>) -> Event {
        let Some(check) = this else { return pending().await };
        if !check.started {
            let started = (&mut check.task).await;
            check.started = true;
            match started {
                Ok(Ok(audio)) => check.audio = Some(audio),
                _ => return Event::NoCheck,
            }
        }
        match check.levels.recv().await {
            Some(CheckProgress::Level(level)) => Event::Check(level),
            Some(CheckProgress::Replaying) => Event::CheckFound(Hearing::Replaying),
            Some(CheckProgress::Done(report)) => Event::CheckFound(hearing(&report)),
            None => pending().await,
        }
    }
}

pub(super) struct Sound {
    state: State,
    check: Option<Check>,
    mic_open: bool,
    plan: Plan,
    layers: bool,
    /// Devices that were chosen while sound was being started.
    chosen: Vec<(Side, String)>,
    /// Which events have a soft sound.
    cues: Cues,
    /// What was missed, on its way to the playout thread.
    missed: Vec<(Incoming, u64)>,
    sender: mpsc::Sender<AudioEvent>,
    events: mpsc::Receiver<AudioEvent>,
    /// What must not be lost, however long the loop takes: a few a second at most.
    news_sender: mpsc::UnboundedSender<AudioEvent>,
    news: mpsc::UnboundedReceiver<AudioEvent>,
}

impl Sound {
    pub(super) fn new(setup: AudioSetup, cues: bool) -> Self {
        let (sender, events) = mpsc::channel(QUEUE);
        let (news_sender, news) = mpsc::unbounded_channel();
        Self {
            mic_open: setup.mic_open,
            plan: setup.plan,
            layers: false,
            state: State::Idle(setup),
            chosen: Vec::new(),
            cues: Cues::new(cues),
            check: None,
            missed: Vec::new(),
            sender,
            events,
            news_sender,
            news,
        }
    }

    /// Begins to listen and play, once. Whoever comes in again goes on, and hears if something is wrong with the microphone by now.
    pub(super) fn start(&mut self, mic_open: bool) {
        self.mic_open = mic_open;
        match std::mem::replace(&mut self.state, State::Silent) {
            State::Idle(setup) => {
                let setup = AudioSetup { mic_open, ..setup };
                let (sender, news) = (self.sender.clone(), self.news_sender.clone());
                let sink = move |event| match event {
                    AudioEvent::Captured(_)
                    | AudioEvent::MicLevel(_)
                    | AudioEvent::Missed(_)
                    | AudioEvent::Playout { .. } => drop(sender.try_send(event)),
                    AudioEvent::Mic(_)
                    | AudioEvent::MicClosed(_)
                    | AudioEvent::Speaker(_)
                    | AudioEvent::Devices { .. }
                    | AudioEvent::Advice(_)
                    | AudioEvent::Problem(_)
                    | AudioEvent::Echo(_)
                    | AudioEvent::Check(_)
                    | AudioEvent::Cpu(_) => drop(news.send(event)),
                };
                let (check, runtime) = (self.check.take(), tokio::runtime::Handle::current());
                self.state = State::Starting(tokio::task::spawn_blocking(move || {
                    check.into_iter().for_each(|check| check.stop(&runtime));
                    Audio::start(setup, sink)
                }));
            }
            State::Running(audio) => {
                audio.check_next_second();
                self.state = State::Running(audio);
            }
            other @ (State::Starting(_) | State::Silent) => self.state = other,
        }
    }

    /// Begins a sound check, or ends it, as long as the session's own sound has not begun.
    pub(super) fn check(&mut self, on: bool) {
        let before = self.check.take();
        match &self.state {
            State::Idle(setup) if on => self.check = Some(Check::start(setup.clone(), before)),
            _ => {
                let runtime = tokio::runtime::Handle::current();
                drop(tokio::task::spawn_blocking(move || before.into_iter().for_each(|check| check.stop(&runtime))));
            }
        }
    }

    pub(super) fn set_mic(&mut self, open: bool) {
        self.mic_open = open;
        match &self.state {
            State::Running(audio) => audio.set_mic_open(open),
            // Nothing will ever come from it.
            State::Silent if open => {
                drop(self.news_sender.send(AudioEvent::Mic(audio::MicStatus::Fault(MicFault::Other(String::new())))));
            }
            State::Idle(_) | State::Starting(_) | State::Silent => {}
        }
    }

    /// Uses the device of this name on this side from now on; an empty name is the one that the system offers.
    pub(super) fn choose(&mut self, side: Side, name: &str) {
        match (&mut self.state, side) {
            (State::Idle(setup), Side::Mic) if name.is_empty() => setup.mic = MicSpec::Default,
            (State::Idle(setup), Side::Mic) => setup.mic = MicSpec::Device(name.to_owned()),
            (State::Idle(setup), Side::Speaker) if name.is_empty() => setup.speaker = SpeakerSpec::Default,
            (State::Idle(setup), Side::Speaker) => setup.speaker = SpeakerSpec::Device(name.to_owned()),
            (State::Running(audio), Side::Mic) => audio.choose(audio::Side::Microphone, name.to_owned()),
            (State::Running(audio), Side::Speaker) => audio.choose(audio::Side::Speaker, name.to_owned()),
            (State::Starting(_), _) => self.chosen.push((side, name.to_owned())),
            (State::Silent, _) => {}
        }
    }

    pub(super) fn set_plan(&mut self, plan: Plan) {
        self.plan = plan;
        if let State::Running(audio) = &self.state {
            audio.set_plan(plan);
        }
    }

    pub(super) fn set_layers(&mut self, thin: bool) {
        self.layers = thin;
        if let State::Running(audio) = &self.state {
            audio.set_layers(thin);
        }
    }

    /// Whether anything can be heard.
    pub(super) fn is_running(&self) -> bool {
        matches!(self.state, State::Running(_))
    }

    pub(super) fn play(&mut self, heard: Heard) {
        let Heard { seat, number, count, tick, start, end, packet, at_ms, missed } = heard;
        if let State::Running(audio) = &self.state {
            let frame = Incoming { seat, number, count, tick, start, end, packet };
            if missed || !self.missed.is_empty() {
                self.missed.push((frame, at_ms));
            } else {
                audio.play(frame, at_ms);
            }
        }
    }

    pub(super) fn expect(&self, seat: SeatId, late: Duration) {
        if let State::Running(audio) = &self.state {
            audio.expect(seat, late);
        }
    }

    /// Hands on what was missed, many packets at a time. `now_ms` is the group's time.
    pub(super) fn flush(&mut self, now_ms: u64) {
        if let State::Running(audio) = &self.state
            && !self.missed.is_empty()
        {
            self.missed = audio.play_missed(std::mem::take(&mut self.missed), now_ms).err().unwrap_or_default();
        }
    }

    pub(super) fn skip_missed(&mut self) {
        self.missed.clear();
        if let State::Running(audio) = &self.state {
            audio.skip_missed();
        }
    }

    pub(super) fn forget(&mut self, seat: SeatId) {
        self.missed.retain(|(frame, _)| frame.seat != seat);
        if let State::Running(audio) = &self.state {
            audio.forget(seat);
        }
    }

    /// Plays a member as loud as this, in percent, until they leave.
    pub(super) fn set_volume(&mut self, seat: SeatId, percent: u16) {
        if let State::Running(audio) = &self.state {
            audio.set_volume(seat, f32::from(percent) / 100.0);
        }
    }

    /// A soft sound for what happened, if it has one.
    pub(super) fn cue(&mut self, event: &session::Event, room: &Room, now: Time) {
        if let (Some(cue), State::Running(audio)) = (self.cues.handle(event, room, now), &self.state) {
            audio.cue(cue);
        }
    }

    /// Goes on aloud after headphones were unplugged.
    pub(super) fn play_aloud(&self) {
        if let State::Running(audio) = &self.state {
            audio.play_aloud();
        }
    }

    pub(super) fn dropped_ms(&self) -> u64 {
        if let State::Running(audio) = &self.state { audio.dropped_ms() } else { 0 }
    }

    pub(super) fn playout_ms(&self) -> u32 {
        if let State::Running(audio) = &self.state { audio.playout_delay_ms() } else { 0 }
    }

    /// The next thing to know. Safe to be dropped while it waits.
    pub(super) async fn next(&mut self) -> Event {
        loop {
            tokio::select! {
                started = started(&mut self.state) => match started {
                    Ok(audio) => {
                        audio.set_mic_open(self.mic_open);
                        audio.set_plan(self.plan);
                        audio.set_layers(self.layers);
                        self.state = State::Running(Box::new(audio));
                        for (side, name) in std::mem::take(&mut self.chosen) {
                            self.choose(side, &name);
                        }
                    }
                    Err(error) => {
                        self.state = State::Silent;
                        return Event::Failed(error);
                    }
                },
                event = Check::next(&mut self.check) => return event,
                Some(event) = first(&mut self.news, &mut self.events) => match event {
                    AudioEvent::Captured(Captured { packet, tick, level, start, end, thin }) => {
                        let thin = thin.map(|audio::Thin { packet, tick, count, start }| Thin { tick, count, start, packet });
                        return Event::Spoken(Spoken { tick, level, start, end, packet, thin });
                    }
                    AudioEvent::MicLevel(level) => return Event::Level(level),
                    AudioEvent::Missed(said) => return Event::Missed(said),
                    AudioEvent::Problem(message) => {
                        return Event::Problem(message, text::start::SOUND_FAILED.to_owned());
                    }
                    AudioEvent::Mic(status) => return Event::Mic(devices::mic(status)),
                    AudioEvent::MicClosed(why) => return Event::MicClosed(devices::mic_closing(why)),
                    AudioEvent::Speaker(status) => return Event::Speaker(devices::speaker(status)),
                    AudioEvent::Devices { mics, speakers } => return Event::Known(devices::known(&mics, &speakers)),
                    AudioEvent::Advice(about) => return Event::Advice(devices::advice(about)),
                    AudioEvent::Check(CheckEvent::Done(report)) => {
                        if let Some((said, hint)) = amiss(&report) {
                            return Event::Problem(said.to_owned(), hint.to_owned());
                        }
                    }
                    AudioEvent::Check(CheckEvent::Replay(_)) | AudioEvent::Playout { .. } => {}
                    AudioEvent::Echo(stays) => {
                        let said = if stays { text::echo::STAYS } else { text::echo::OVER };
                        let hint = if stays { text::echo::HEADSET.get() } else { "" };
                        return Event::Problem(said.to_owned(), hint.to_owned());
                    }
                    AudioEvent::Cpu(notice) => {
                        let said = match notice {
                            CpuNotice::Busy => text::cpu::BUSY,
                            CpuNotice::Over => text::cpu::BUSY_OVER,
                        };
                        return Event::Problem(said.to_owned(), String::new());
                    }
                },
            }
        }
    }

    /// Closes the devices and finishes the files.
    pub(super) async fn stop(&mut self) {
        let (state, check) = (std::mem::replace(&mut self.state, State::Silent), self.check.take());
        let runtime = tokio::runtime::Handle::current();
        // The threads are waited for, off the loop.
        let stop = move || {
            check.into_iter().for_each(|check| check.stop(&runtime));
            drop(state);
        };
        let _ = tokio::task::spawn_blocking(stop).await;
    }
}

/// News before what else there is.
async fn first(
    news: &mut mpsc::UnboundedReceiver<AudioEvent>,
    events: &mut mpsc::Receiver<AudioEvent>,
) -> Option<AudioEvent> {
    tokio::select! {
        biased;
        Some(event) = news.recv() => Some(event),
        event = events.recv() => event,
    }
}

async fn started(state: &mut State) -> Result<Audio, AudioError> {
    let State::Starting(task) = state else { return pending().await };
    task.await.unwrap_or_else(|error| Err(AudioError::System(error.to_string())))
}

/// What is to be said after a second that was checked, and what helps.
fn amiss(report: &CheckReport) -> Option<(&'static str, &'static str)> {
    report.verdicts.iter().find_map(|verdict| match verdict {
        Verdict::Noisy => Some((text::rejoined::NOISY.get(), text::rejoined::NOISY_HELP.get())),
        // A device that begins with silence is no news; the microphone's own line says so if it goes on.
        Verdict::NothingHeard | Verdict::Good => None,
        // These take a sentence or a note, which nobody was asked for.
        Verdict::TooLoud | Verdict::TooQuiet | Verdict::Echo => None,
    })
}

/// The worst that a check has found.
fn hearing(report: &CheckReport) -> Hearing {
    match report.verdicts.first() {
        Some(Verdict::NothingHeard) => Hearing::Nothing,
        Some(Verdict::TooLoud) => Hearing::Loudly,
        Some(Verdict::TooQuiet) => Hearing::Faintly,
        Some(Verdict::Echo) => Hearing::WithEcho,
        Some(Verdict::Noisy) => Hearing::WithNoise,
        Some(Verdict::Good) | None => Hearing::Well,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapt::PlanChoice;
    use crate::audio::{CpuLimit, OnUnplug};

    /// A folder with `room.wav`, which hisses this loudly.
    fn room(peak: i16) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 16_000,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(folder.path().join("room.wav"), spec).unwrap();
        let mut state = 1u32;
        for _ in 0..32_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let hiss = (f64::from(state >> 8) / f64::from(1 << 23) - 1.0) * f64::from(peak);
            writer.write_sample(hiss as i16).unwrap();
        }
        writer.finalize().unwrap();
        folder
    }

    /// What is said within some seconds after coming in again, where the room hisses this loudly.
    async fn said_after_coming_in_again(peak: i16) -> Option<String> {
        let folder = room(peak);
        let mut sound = Sound::new(
            AudioSetup {
                mic: MicSpec::File { path: folder.path().join("room.wav"), looped: true },
                speaker: SpeakerSpec::Null,
                plan: PlanChoice::Auto.into(),
                mic_open: true,
                on_unplug: OnUnplug::Pause,
                cpu: CpuLimit::Auto,
                chain: audio::Chain::Off,
            },
            false,
        );
        sound.start(true);
        let mut levels = 0;
        let said = loop {
            match sound.next().await {
                // Machines that run tests are busy.
                Event::Problem(said, _) if said != text::cpu::BUSY.get() && said != text::cpu::BUSY_OVER.get() => {
                    break Some(said);
                }
                Event::Level(_) => levels += 1,
                _ => {}
            }
            // Once it runs, and long enough after that for a second to be checked.
            match levels {
                1 => sound.start(true),
                30.. => break None,
                _ => {}
            }
        };
        sound.stop().await;
        said
    }

    #[tokio::test]
    async fn whoever_comes_in_again_is_told_of_noise_only() {
        assert_eq!(said_after_coming_in_again(6000).await.as_deref(), Some(text::rejoined::NOISY.get()));
        assert_eq!(said_after_coming_in_again(20).await, None);
    }
}
