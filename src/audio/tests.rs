//! The threads on devices that do what the test says.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};

use super::callback::{CaptureSide, PlaybackSide};
use super::device::backend::{DeviceInfo, Ending, Form, Notice, Ring, Running, StreamId, StreamNotice};
use super::testing::vowels;
use super::*;
use crate::adapt::PlanChoice;

/// How long a thread may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The devices' ends of the streams that are open.
#[derive(Default)]
struct Card {
    mic: Option<(StreamId, CaptureSide)>,
    speaker: Option<(StreamId, PlaybackSide)>,
    notices: Option<Notices>,
}

type Shared = Arc<Mutex<Card>>;

/// A backend whose one microphone and one speaker are at once there.
struct Fake(Shared);

impl Fake {
    fn say(card: &Card, notice: Notice) {
        if let Some(notices) = &card.notices {
            notices(notice);
        }
    }
}

impl Backend for Fake {
    fn open(&mut self, stream: StreamId, side: Side, _: Option<&str>) {
        let mut card = lock(&self.0);
        let device = device(side);
        let (ring, shared) = if side == Side::Microphone {
            let (mic, ring, shared) = callback::capture(1, 48_000);
            card.mic = Some((stream, mic));
            (Ring::Mic(ring), shared)
        } else {
            let (speaker, ring, shared) = callback::playback(1, 9600);
            card.speaker = Some((stream, speaker));
            (Ring::Speaker(ring), shared)
        };
        let running = Running { device, rate: RATE, ring, shared };
        Self::say(&card, Notice::Stream(stream, StreamNotice::Running(running)));
    }

    fn close(&mut self, stream: StreamId) {
        let mut card = lock(&self.0);
        card.mic.take_if(|(id, _)| *id == stream);
        card.speaker.take_if(|(id, _)| *id == stream);
    }

    fn set_resting(&mut self, _: StreamId, _: bool) {}

    fn list(&mut self) {
        let (mics, speakers) = (vec![device(Side::Microphone)], vec![device(Side::Speaker)]);
        Self::say(&lock(&self.0), Notice::Devices { mics, speakers });
    }
}

fn device(side: Side) -> DeviceInfo {
    let name = if side == Side::Microphone { "mic" } else { "spk" };
    DeviceInfo { id: name.into(), name: name.into(), form: Form::Loudspeaker }
}

fn lock(card: &Shared) -> std::sync::MutexGuard<'_, Card> {
    card.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An audio side with an open microphone, its card, and what it tells.
fn start() -> (Audio, Shared, Receiver<AudioEvent>) {
    start_with(MicSpec::Default, SpeakerSpec::Default)
}

fn start_with(mic: MicSpec, speaker: SpeakerSpec) -> (Audio, Shared, Receiver<AudioEvent>) {
    let card = Shared::default();
    let setup = AudioSetup {
        mic,
        speaker,
        plan: PlanChoice::Auto.into(),
        mic_open: true,
        on_unplug: OnUnplug::Pause,
        cpu: CpuLimit::Auto,
        chain: Chain::Off,
    };
    let (sender, events) = channel();
    let of = card.clone();
    let open = move |notices| -> Box<dyn Backend> {
        lock(&of).notices = Some(notices);
        Box::new(Fake(of))
    };
    let sink = Mutex::new(sender);
    let audio = Audio::start_on(setup, move |event| drop(sink.lock().unwrap().send(event)), open).unwrap();
    (audio, card, events)
}

/// The first event that `fits`.
fn wait<T>(events: &Receiver<AudioEvent>, mut fits: impl FnMut(&AudioEvent) -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        let event = events.recv_timeout(until.saturating_duration_since(Instant::now())).expect("it happens");
        if let Some(found) = fits(&event) {
            return found;
        }
    }
}

fn status(event: &AudioEvent) -> Option<MicStatus> {
    if let AudioEvent::Mic(status) = event { Some(status.clone()) } else { None }
}

/// Waits for the card to have a microphone's stream, and speaks into it.
fn speak(card: &Shared, sound: &[f32]) {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Some((_, mic)) = &mut lock(card).mic {
            return mic.take(sound);
        }
        std::thread::yield_now();
    }
    panic!("no microphone was opened");
}

#[test]
fn a_voice_is_captured_while_the_microphone_is_open() {
    let (audio, card, events) = start();
    speak(&card, &vowels(0.6, 0.4));
    wait(&events, |event| if let AudioEvent::Captured(packet) = event { packet.start.then_some(()) } else { None });
    // What was said before the key is still said, and then the stream is gone.
    speak(&card, &vowels(0.3, 0.4));
    audio.set_mic_open(false);
    let (mut ended, mut closed) = (false, false);
    while !(ended && closed) {
        wait(&events, |event| match event {
            AudioEvent::Captured(packet) if packet.end => {
                ended = true;
                Some(())
            }
            AudioEvent::Mic(MicStatus::Closed) => {
                closed = true;
                Some(())
            }
            _ => None,
        });
    }
    drop(audio);
    assert!(lock(&card).mic.is_none());
}

#[test]
fn it_is_said_to_be_open_when_samples_came() {
    let (_audio, card, events) = start();
    assert_eq!(wait(&events, status), MicStatus::Opening);
    speak(&card, &vowels(0.2, 0.4));
    assert_eq!(wait(&events, status), MicStatus::Open { device: "mic".into() });
    // And then none come.
    assert_eq!(wait(&events, status), MicStatus::Fault(MicFault::Stalled));
}

#[test]
fn a_stream_that_is_killed_is_opened_again() {
    let (_audio, card, events) = start();
    speak(&card, &vowels(0.2, 0.4));
    wait(&events, |event| status(event).filter(|status| matches!(status, MicStatus::Open { .. })));
    {
        let mut card = lock(&card);
        let (id, _) = card.mic.take().expect("a stream");
        Fake::say(&card, Notice::Stream(id, StreamNotice::Ended(Ending::Other("killed".into()))));
    }
    wait(&events, |event| status(event).filter(|status| *status == MicStatus::Fault(MicFault::Other("killed".into()))));
    speak(&card, &vowels(0.2, 0.4));
    wait(&events, |event| status(event).filter(|status| matches!(status, MicStatus::Open { .. })));
}

#[test]
fn a_microphone_can_be_chosen_where_there_was_none() {
    let (audio, card, events) = start_with(MicSpec::Null, SpeakerSpec::Null);
    assert_eq!(wait(&events, status), MicStatus::Fault(MicFault::Missing));
    assert!(lock(&card).notices.is_none(), "nothing has looked for devices yet");
    audio.choose(Side::Microphone, "mic".into());
    speak(&card, &vowels(0.2, 0.4));
    wait(&events, |event| status(event).filter(|status| *status == MicStatus::Open { device: "mic".into() }));
}

#[test]
fn the_chime_is_heard_on_the_speaker() {
    let (audio, card, _events) = start();
    audio.chime();
    let until = Instant::now() + PATIENCE;
    let mut samples = [0.0f32; 480];
    let mut loudest = 0.0f32;
    while loudest < 0.05 {
        assert!(Instant::now() < until, "nothing is heard");
        if let Some((_, speaker)) = &mut lock(&card).speaker {
            speaker.give(&mut samples);
            loudest = samples.iter().fold(loudest, |loudest, sample| loudest.max(sample.abs()));
        }
        std::thread::yield_now();
    }
}

#[test]
fn a_soft_sound_is_heard_on_the_speaker() {
    let (audio, card, _events) = start();
    audio.cue(Cue::Turn);
    let until = Instant::now() + PATIENCE;
    let (mut samples, mut loudest) = ([0.0f32; 480], 0.0f32);
    while loudest < 0.02 {
        assert!(Instant::now() < until, "nothing is heard");
        if let Some((_, speaker)) = &mut lock(&card).speaker {
            speaker.give(&mut samples);
            loudest = samples.iter().fold(loudest, |loudest, sample| loudest.max(sample.abs()));
        }
        std::thread::yield_now();
    }
    assert!(loudest < 0.1, "it is soft");
}

#[test]
fn a_soft_sound_is_part_of_the_far_end_reference() {
    let sink: Sink = Arc::new(|_| {});
    let work = Workloads::new(CpuLimit::Auto, sink.clone());
    let (played, mut far) = reference::reference();
    let (spec, report): (_, Report) = (SpeakerSpec::Null, Box::new(|_| {}));
    let speaker = speaker::Speaker::new(&spec, vec![played], Arc::default(), work.playout, sink, report).expect("one");
    let (commands, queue) = mpsc::sync_channel(QUEUE);
    let thread = std::thread::spawn(move || speaker.run(&queue));
    commands.send(speaker::Command::Cue(cue::sound(Cue::Join))).expect("it runs");
    let until = Instant::now() + PATIENCE;
    // So the echo of it in the microphone is taken out like that of a voice.
    while !far.take(Instant::now()).iter().any(|sample| sample.abs() > 0.01) {
        assert!(Instant::now() < until, "the canceller never knew of it");
        std::thread::sleep(Duration::from_millis(20));
    }
    commands.send(speaker::Command::Stop).expect("it runs");
    thread.join().expect("it ends");
}
