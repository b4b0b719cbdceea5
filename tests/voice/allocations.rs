//! What the sound threads allocate once they run: nothing while nobody speaks, and a known number of pieces for speech.
//! An allocation may wait for another thread's; so there are few, and their number is held.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use ingle::adapt::PlanChoice;
use ingle::audio::capture::Capture;
use ingle::audio::chain::Frame;
use ingle::audio::encoder::Encoder;
use ingle::audio::playout::Playout;
use ingle::audio::{AudioEvent, BLOCK, Chain, Incoming};
use ingle::ids::{FrameNo, SeatId, Time};
use testing::vowels;

#[path = "../../src/audio/testing.rs"]
mod testing;

/// The rate that the sounds are made for.
use ingle::audio::RATE;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

/// Counts what each thread allocates. C code isn't counted: libopus allocates nothing after it has begun.
struct Counting;

// SAFETY: all is handed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // A thread that ends has no count any more.
        let _ = COUNT.try_with(|count| count.set(count.get() + 1));
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn counted(work: impl FnOnce()) -> usize {
    let before = COUNT.get();
    work();
    COUNT.get() - before
}

fn hear(capture: &mut Capture, sound: &[f32]) -> (usize, usize) {
    let packets = Cell::new(0);
    let sink = |event| packets.set(packets.get() + usize::from(matches!(event, AudioEvent::Captured(_))));
    let pieces = counted(|| sound.as_chunks::<BLOCK>().0.iter().for_each(|block| capture.push(block, &sink)));
    (pieces, packets.get())
}

#[test]
fn a_silent_microphone_allocates_nothing() {
    let mut capture = Capture::new(PlanChoice::Auto.into()).unwrap();
    hear(&mut capture, &[vowels(2.0, 0.3), vec![0.0; 2 * RATE as usize]].concat());
    assert_eq!(hear(&mut capture, &vec![0.0; 5 * RATE as usize]), (0, 0));
}

/// Pieces in `seconds` while another talks and this microphone hears a little of it.
fn beside_another(capture: &mut Capture, seconds: usize) -> usize {
    let mut noise = testing::Noise(5);
    let mut pieces = 0;
    for _ in 0..seconds * 50 {
        let far: Frame = std::array::from_fn(|_| noise.next() * 0.1);
        let near: [f32; BLOCK] = std::array::from_fn(|at| far[at / 3] * 0.01);
        pieces += counted(|| capture.hear(&near, &far, &|_| {}));
    }
    pieces
}

#[test]
fn of_the_chain_only_the_echo_canceller_allocates() {
    for (chain, most) in [(Chain::Headset, 0), (Chain::Speakers, 55)] {
        let mut capture = Capture::with_chain(PlanChoice::Auto.into(), chain).unwrap();
        beside_another(&mut capture, 5);
        // The library's own, on the capture thread and not in the callback.
        let pieces = beside_another(&mut capture, 5);
        assert!(pieces <= most * 250, "{chain:?}: {pieces} pieces in 250 blocks");
    }
}

#[test]
fn a_spoken_packet_is_made_of_few_pieces() {
    let mut capture = Capture::new(PlanChoice::Auto.into()).unwrap();
    hear(&mut capture, &vowels(2.0, 0.3));
    let (pieces, packets) = hear(&mut capture, &vowels(5.0, 0.3));
    assert!(packets > 60 && pieces <= 4 * packets, "{pieces} pieces, {packets} packets");
}

#[test]
fn playout_allocates_nothing_to_speak_of() {
    let mut encoder = Encoder::new(PlanChoice::Auto.into()).unwrap();
    let sound = vowels(10.0, 0.3);
    let packets: Vec<Vec<u8>> = sound.chunks_exact(3 * BLOCK).map(|pcm| encoder.encode(pcm).unwrap()).collect();
    let mut playout: Playout = Playout::default();
    let mut out = [0.0; BLOCK];
    let mut now = Time(0);
    let mut play = |packets: &[Vec<u8>], from: usize, pushes: bool| {
        let mut pulls = 0;
        for (number, packet) in (from..).zip(packets) {
            for seat in 0..3 {
                let packet = packet.clone();
                let (number, tick) = (FrameNo(number as u16), (number * 3) as u8);
                let frame =
                    Incoming { seat: SeatId(seat), number, count: 1, tick, start: number.0 == 0, end: false, packet };
                if pushes {
                    playout.push(frame, now);
                }
            }
            for _ in 0..3 {
                pulls += counted(|| playout.pull(&mut out, now));
                now = now + std::time::Duration::from_millis(20);
            }
        }
        pulls
    };
    play(&packets[..80], 0, true);
    let speech = play(&packets[80..160], 80, true);
    // The spurts end without a sign of it: concealed, then silent.
    play(&packets[..100], 160, false);
    let silence = play(&packets[..80], 260, false);
    assert_eq!(silence, 0);
    assert!(speech == 0, "{speech} pieces in 240 blocks");
}
