//! Sound at Home, on a thread of its own: a sound server may take its time, and the screen must not wait for it.

use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread;
use std::time::Duration;

use crate::adapt::PlanChoice;
use crate::audio::{
    self, Audio, AudioEvent, AudioSetup, Chain, CheckProgress, CheckReport, CpuLimit, MicSpec, OnUnplug, SpeakerSpec,
};

/// How long devices may take to close before a session opens its own.
const CLOSED: Duration = Duration::from_secs(2);

/// What is to be done.
pub(super) enum Order {
    Find,
    /// Shows how loud this microphone is; empty for the one that is in force.
    Listen(String),
    Check {
        mic: String,
        speaker: String,
    },
    Silence,
}

/// What comes of it.
pub(super) enum News {
    Devices(Vec<String>, Vec<String>),
    Level(u8),
    Replaying,
    Done(CheckReport),
    Failed,
}

/// The thread's owner. Dropping it closes the devices.
pub(super) struct SoundDesk {
    orders: Option<Sender<Order>>,
    news: Receiver<News>,
    closed: Receiver<()>,
}

impl SoundDesk {
    /// With the devices that are in force where none is chosen.
    pub(super) fn open(in_force: (MicSpec, SpeakerSpec)) -> Self {
        let (orders, taken) = mpsc::channel();
        let (tell, news) = mpsc::channel();
        let (close, closed) = mpsc::channel();
        let run = move || {
            work(&taken, &tell, &in_force);
            drop(close);
        };
        // Without a thread nothing is heard, and the check says so.
        drop(thread::Builder::new().name("home sound".into()).spawn(run));
        Self { orders: Some(orders), news, closed }
    }

    pub(super) fn order(&mut self, order: Order) {
        if let Some(orders) = &self.orders {
            let _ = orders.send(order);
        }
    }

    /// All that has come since.
    pub(super) fn news(&mut self) -> Vec<News> {
        self.news.try_iter().collect()
    }

    /// The next thing that comes; `None` if nothing does for this long.
    pub(super) fn wait(&mut self, longest: Duration) -> Option<News> {
        self.news.recv_timeout(longest).ok()
    }
}

impl Drop for SoundDesk {
    fn drop(&mut self) {
        self.orders = None;
        // The thread's end of the channel goes with it.
        let _ = self.closed.recv_timeout(CLOSED);
    }
}

fn work(orders: &Receiver<Order>, tell: &Sender<News>, in_force: &(MicSpec, SpeakerSpec)) {
    let mut running: Option<Audio> = None;
    let mut put_off = None;
    while let Some(order) = put_off.take().or_else(|| orders.recv().ok()) {
        // Of several orders about devices only the last counts.
        if !matches!(order, Order::Find) {
            match orders.try_recv() {
                Ok(Order::Find) => find(tell),
                Ok(newer) => {
                    put_off = Some(newer);
                    continue;
                }
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => {}
            }
        }
        match order {
            Order::Find => find(tell),
            Order::Silence => running = None,
            Order::Listen(mic) => {
                drop(running.take());
                let setup = setup(&mic, "", in_force).for_check();
                let setup = AudioSetup { speaker: SpeakerSpec::Null, ..setup };
                let tell = tell.clone();
                let sink = move |event| {
                    if let AudioEvent::MicLevel(level) = event {
                        let _ = tell.send(News::Level(level));
                    }
                };
                running = Audio::start(setup, sink).ok();
            }
            Order::Check { mic, speaker } => {
                drop(running.take());
                let told = tell.clone();
                let progress = move |progress| {
                    let news = match progress {
                        CheckProgress::Level(level) => News::Level(level),
                        CheckProgress::Replaying => News::Replaying,
                        CheckProgress::Done(report) => News::Done(report),
                    };
                    let _ = told.send(news);
                };
                running = Audio::start_check(setup(&mic, &speaker, in_force), progress).ok();
                if running.is_none() {
                    let _ = tell.send(News::Failed);
                }
            }
        }
    }
}

fn find(tell: &Sender<News>) {
    let (mics, speakers) = audio::devices();
    let _ = tell.send(News::Devices(mics, speakers));
}

fn setup(mic: &str, speaker: &str, (mic_in_force, speaker_in_force): &(MicSpec, SpeakerSpec)) -> AudioSetup {
    AudioSetup {
        mic: if mic.is_empty() { mic_in_force.clone() } else { MicSpec::Device(mic.to_owned()) },
        speaker: if speaker.is_empty() { speaker_in_force.clone() } else { SpeakerSpec::Device(speaker.to_owned()) },
        plan: PlanChoice::Auto.into(),
        mic_open: true,
        on_unplug: OnUnplug::Continue,
        cpu: CpuLimit::Auto,
        chain: Chain::Auto,
    }
}
