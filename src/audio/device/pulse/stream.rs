//! One stream of ours at the server.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use libpulse_binding::channelmap::Map;
use libpulse_binding::context::Context;
use libpulse_binding::def::BufferAttr;
use libpulse_binding::error::{Code, PAErr};
use libpulse_binding::proplist::{Proplist, properties};
use libpulse_binding::sample::{Format, Spec};
use libpulse_binding::stream::{FlagSet, Latency, PeekResult, SeekMode, State, Stream};
use rtrb::{Consumer, Producer};

use super::queue::{self, Queue};
use super::table::Server;
use crate::audio::callback::{self, CaptureSide, PlaybackSide, Shared};
use crate::audio::device::backend::{Ending, MIC_RING_MS, Ring, SPEAKER_RING_MS};
use crate::audio::error::Side;
use crate::audio::{BLOCK, RATE};

/// Bytes in one sample.
const SAMPLE: usize = size_of::<f32>();
/// How often sound comes. Less costs more and gains little, because sound is handled by 20 ms. PulseAudio gives half of what it's
/// asked for to the device, and sends as often.
const FRAGMENT_MS: u32 = 20;
/// PulseAudio asks for this much at least.
const REQUEST_MS: u32 = 5;
/// PulseAudio's device takes hardly more than this at once from the shortest queue.
const ENOUGH_MS: u32 = 10;
/// A server doesn't hold more than this, whatever it says.
const HELD: Duration = Duration::from_secs(30);

/// The device's end of a ring, and the other until it's handed out.
enum End {
    Mic(CaptureSide, Option<Consumer<f32>>),
    Speaker(PlaybackSide, Option<Producer<f32>>),
}

/// Whether what comes is to be heard.
#[derive(Clone, Copy)]
enum Stale {
    /// It is.
    No,
    /// This process was stopped, and what comes next is of then.
    Stopped,
    /// Not until the server has answered.
    Asked,
    /// The server has answered.
    Answered,
    /// Not until this many bytes more have come.
    Held(usize),
}

/// A stream with its end of the ring.
pub(super) struct Voice {
    stream: Stream,
    end: End,
    shared: Arc<Shared>,
    block: Box<[f32; BLOCK]>,
    /// When sound last came or was asked for.
    alive: Option<Instant>,
    stale: Rc<Cell<Stale>>,
    queue: Queue,
    /// The server had nothing left to play.
    ran_out: Rc<Cell<bool>>,
    server: Server,
}

impl Voice {
    /// Asks the server for a stream.
    pub(super) fn open(
        context: &mut Context,
        side: Side,
        device: Option<&str>,
        server: Server,
    ) -> Result<Self, Ending> {
        let spec = Spec { format: Format::FLOAT32NE, channels: 1, rate: RATE };
        let mut map = Map::default();
        map.init_mono();
        let new = Proplist::new().and_then(|mut proplist| {
            proplist.set_str(properties::MEDIA_ROLE, "phone").ok()?;
            Stream::new_with_proplist(context, "Voice", &spec, Some(&map), &mut proplist)
        });
        let mut stream = new.ok_or_else(|| ending(context.errno()))?;
        let flags = FlagSet::ADJUST_LATENCY | FlagSet::INTERPOLATE_TIMING | FlagSet::AUTO_TIMING_UPDATE;
        let (any, queue) = (any(), Queue::at(server));
        let (end, shared, connected) = match side {
            Side::Microphone => {
                let (end, ring, shared) = callback::capture(1, frames(MIC_RING_MS));
                let halves = match server {
                    Server::PulseAudio => 2,
                    Server::PipeWire => 1,
                };
                let attr = BufferAttr { fragsize: bytes(FRAGMENT_MS) * halves, ..any };
                (End::Mic(end, Some(ring)), shared, stream.connect_record(device, Some(&attr), flags))
            }
            Side::Speaker => {
                let (end, ring, shared) = callback::playback(1, frames(SPEAKER_RING_MS));
                let attr = BufferAttr { tlength: bytes(queue.length_ms()), minreq: bytes(request_ms(server)), ..any };
                (End::Speaker(end, Some(ring)), shared, stream.connect_playback(device, Some(&attr), flags, None, None))
            }
        };
        connected.map_err(ending)?;
        shared.is_patient.store(server == Server::PulseAudio, Ordering::Relaxed);
        let ran_out = Rc::new(Cell::new(false));
        let noted = ran_out.clone();
        stream.set_underflow_callback(Some(Box::new(move || noted.set(true))));
        Ok(Self {
            stream,
            end,
            shared,
            block: Box::new([0.0; BLOCK]),
            alive: None,
            stale: Rc::new(Cell::new(Stale::No)),
            queue,
            ran_out,
            server,
        })
    }

    /// How far the server is with it.
    pub(super) fn state(&self) -> State {
        self.stream.get_state()
    }

    /// Whether the server is still making it.
    pub(super) fn is_coming(&self) -> bool {
        self.state() == State::Creating
    }

    /// The server's number for it.
    pub(super) fn index(&self) -> Option<u32> {
        self.stream.get_index()
    }

    /// The id of the device on which it is.
    pub(super) fn device(&self) -> Option<String> {
        self.stream.get_device_name().map(|name| name.into_owned())
    }

    /// Whether its device sleeps.
    pub(super) fn is_suspended(&self) -> bool {
        self.stream.is_suspended().unwrap_or(false)
    }

    /// The end of the ring that isn't the device's, once.
    pub(super) fn ring(&mut self) -> Option<Ring> {
        match &mut self.end {
            End::Mic(_, ring) => ring.take().map(Ring::Mic),
            End::Speaker(_, ring) => ring.take().map(Ring::Speaker),
        }
    }

    /// What both ends of the ring know.
    pub(super) fn shared(&self) -> Arc<Shared> {
        self.shared.clone()
    }

    /// Lets it rest, or go on. What it still held is not heard later.
    pub(super) fn set_resting(&mut self, resting: bool) {
        if self.state() == State::Ready {
            self.stream.set_corked_state(resting, None);
            self.stream.flush(None);
        }
        self.ran_out.set(false);
        self.alive = None;
    }

    /// This process was stopped: what was said meanwhile isn't heard.
    pub(super) fn was_stopped(&mut self) {
        if matches!(self.stale.get(), Stale::No) {
            self.stale.set(Stale::Stopped);
        }
        self.ran_out.set(false);
    }

    /// Since when no sound has come or been asked for; `None` if it never did, or not since it rested.
    pub(super) fn alive(&self) -> Option<Instant> {
        self.alive
    }

    /// Takes or gives what there is. Allocates nothing while all goes well.
    pub(super) fn pump(&mut self, now: Instant) {
        if matches!(self.stale.get(), Stale::Answered) {
            self.stale.set(match (self.server, self.stream.get_latency()) {
                (Server::PipeWire, Ok(Latency::Positive(held))) => {
                    Stale::Held(frames(Duration::from(held).min(HELD).as_millis() as u32) * SAMPLE)
                }
                _ => Stale::No,
            });
        }
        let moved = match self.end {
            End::Mic(..) => self.take(),
            End::Speaker(..) => {
                self.lengthen(now);
                self.give()
            }
        };
        if moved {
            self.alive = Some(now);
            let micros = match self.stream.get_latency() {
                Ok(Latency::Positive(time)) => time.0,
                Ok(Latency::Negative(_) | Latency::None) | Err(_) => 0,
            };
            self.shared.latency.store(u32::try_from(micros).unwrap_or(u32::MAX), Ordering::Relaxed);
        }
    }

    /// Has the server hold more from now on, if what it held ran out.
    fn lengthen(&mut self, now: Instant) {
        if !self.ran_out.take() {
            return;
        }
        tracing::debug!("the sound server had nothing to play");
        if let Some(length_ms) = self.queue.ran_out(now) {
            let minreq = bytes(request_ms(self.server));
            drop(self.stream.set_buffer_attr(&BufferAttr { tlength: bytes(length_ms), minreq, ..any() }, |_| {}));
        }
    }

    /// Drops what there is: it's of a device that may not be heard.
    pub(super) fn drop_heard(&mut self) {
        while let Ok(PeekResult::Data(_) | PeekResult::Hole(_)) = self.stream.peek() {
            if self.stream.discard().is_err() {
                return;
            }
        }
    }

    fn take(&mut self) -> bool {
        let End::Mic(side, _) = &mut self.end else { return false };
        let mut moved = false;
        loop {
            let (heard, length) = match self.stream.peek() {
                Ok(PeekResult::Data(heard)) => (Some(heard), heard.len()),
                Ok(PeekResult::Hole(length)) => (None, length),
                Ok(PeekResult::Empty) | Err(_) => return moved,
            };
            if matches!(self.stale.get(), Stale::Stopped) {
                ask_for_now(&mut self.stream, &self.stale, self.server);
            }
            moved = true;
            if let Stale::Held(left) = self.stale.get() {
                self.stale.set(if left > length { Stale::Held(left - length) } else { Stale::No });
            } else if matches!(self.stale.get(), Stale::No) {
                for at in (0..length / SAMPLE).step_by(BLOCK) {
                    let block = &mut self.block[..(length / SAMPLE - at).min(BLOCK)];
                    match heard {
                        Some(heard) => read(&heard[at * SAMPLE..], block),
                        None => block.fill(0.0),
                    }
                    side.take(block);
                }
            }
            if self.stream.discard().is_err() {
                return moved;
            }
        }
    }

    fn give(&mut self) -> bool {
        let held = self.stream.get_buffer_attr().map_or(0, |attr| attr.tlength as usize);
        let End::Speaker(side, _) = &mut self.end else { return false };
        let mut moved = false;
        while let Some(wanted) = self.stream.writable_size().filter(|wanted| *wanted >= SAMPLE) {
            let wanted = match self.server == Server::PulseAudio && self.shared.is_sounding.load(Ordering::Relaxed) {
                true => queue::due(
                    wanted,
                    held.saturating_sub(wanted),
                    side.available() * SAMPLE,
                    bytes(ENOUGH_MS) as usize,
                ),
                false => wanted,
            };
            if wanted < SAMPLE {
                return moved;
            }
            let Ok(Some(room)) = self.stream.begin_write(Some(wanted / SAMPLE * SAMPLE)) else { return moved };
            let length = room.len().min(wanted) / SAMPLE * SAMPLE;
            self.shared.largest.fetch_max(length / SAMPLE, Ordering::Relaxed);
            for bytes in room[..length].chunks_mut(BLOCK * SAMPLE) {
                let block = &mut self.block[..bytes.len() / SAMPLE];
                side.give(block);
                write(block, bytes);
            }
            if length == 0 || self.stream.write(&room[..length], None, 0, SeekMode::Relative).is_err() {
                return moved;
            }
            moved = true;
        }
        moved
    }
}

/// Has the server drop what it still holds of a microphone. It answers behind all that it sent before.
fn ask_for_now(stream: &mut Stream, stale: &Rc<Cell<Stale>>, server: Server) {
    stale.set(Stale::Asked);
    let answered = stale.clone();
    let answer = Box::new(move |_| answered.set(Stale::Answered));
    drop(match server {
        Server::PulseAudio => stream.flush(Some(answer)),
        // Told to drop, it may stop sending for good; but it says how much it holds.
        Server::PipeWire => stream.update_timing_info(Some(answer)),
    });
}

/// Why a stream ended, by the server's error.
pub(super) fn ending(error: PAErr) -> Ending {
    match Code::try_from(error) {
        Ok(Code::NoEntity | Code::InvalidServer) => Ending::Missing,
        Ok(Code::Busy) => Ending::Busy,
        Ok(Code::Access | Code::AuthKey | Code::Forked) => Ending::Denied,
        _ => Ending::Other(error.to_string().unwrap_or_else(|| format!("error {}", error.0))),
    }
}

/// What is left to the server.
fn any() -> BufferAttr {
    BufferAttr { maxlength: u32::MAX, tlength: u32::MAX, prebuf: u32::MAX, minreq: u32::MAX, fragsize: u32::MAX }
}

/// How much the server asks for at least, in milliseconds.
fn request_ms(server: Server) -> u32 {
    match server {
        Server::PulseAudio => REQUEST_MS,
        // Less makes it run its graph in smaller steps, and then it holds up microphones made of other streams.
        Server::PipeWire => FRAGMENT_MS,
    }
}

fn read(bytes: &[u8], block: &mut [f32]) {
    for (sample, bytes) in block.iter_mut().zip(bytes.as_chunks::<SAMPLE>().0) {
        *sample = f32::from_ne_bytes(*bytes);
    }
}

fn write(block: &[f32], bytes: &mut [u8]) {
    for (bytes, sample) in bytes.as_chunks_mut::<SAMPLE>().0.iter_mut().zip(block) {
        *bytes = sample.to_ne_bytes();
    }
}

fn frames(ms: u32) -> usize {
    (RATE * ms / 1000) as usize
}

fn bytes(ms: u32) -> u32 {
    RATE * ms / 1000 * SAMPLE as u32
}
