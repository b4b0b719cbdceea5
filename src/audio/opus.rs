//! The few calls into libopus that its binding has no wrapper for. All unsafe code of the codec is in this file.
#![allow(unsafe_code)]

use std::ffi::c_int;
use std::ptr::{self, NonNull};

use opusic_c::repacketizer::Repacketizer;
use opusic_c::{ErrorCode, SampleRate, sys, utils};

use super::RATE;

/// The longest packet that Opus knows, 120 ms, in samples.
pub const MAX_PACKET: usize = RATE as usize * 120 / 1000;

/// Samples in `packet` at 48 kHz; `None` if it isn't an Opus packet or longer than 120 ms.
pub fn duration(packet: &[u8]) -> Option<usize> {
    if packet.is_empty() {
        return None;
    }
    utils::get_nb_samples(packet, SampleRate::Hz48000).ok().filter(|samples| (1..=MAX_PACKET).contains(samples))
}

/// Several Opus frames of one kind as one packet of exactly `size` bytes.
pub fn pack(packer: &mut Repacketizer, frames: &[Vec<u8>], size: usize) -> Result<Vec<u8>, ErrorCode> {
    let mut packing = packer.start();
    for frame in frames {
        packing.add_packet(frame)?;
    }
    let mut packet = Vec::with_capacity(size);
    let length = packing.create_full_packet(&mut packet.spare_capacity_mut()[..size])?;
    // SAFETY: libopus wrote `length` bytes to the start of the spare capacity, and no more than the `size` it was told of.
    unsafe { packet.set_len(length) };
    // Packing took the padding of quiet frames out, by which sizes would tell.
    packet.resize(size, 0);
    let (length, size) = (i32::try_from(length), i32::try_from(size));
    let (Ok(length), Ok(size)) = (length, size) else { return Err(ErrorCode::BadArg) };
    if length < size {
        // SAFETY: `packet` has `size` bytes, of which the first `length` are a packet.
        let result = unsafe { sys::opus_packet_pad(packet.as_mut_ptr(), length, size) };
        if result < 0 {
            return Err(result.into());
        }
    }
    Ok(packet)
}

/// An Opus decoder to 48 kHz mono. The binding's own can't set the complexity, on which LACE and deep concealment hang.
pub struct Decoder(NonNull<sys::OpusDecoder>);

// SAFETY: a decoder's state is plain memory of its own without ties to a thread; calls need `&mut self`.
unsafe impl Send for Decoder {}

impl Decoder {
    /// A decoder of the least complexity; fails if there is no memory for one.
    pub fn new() -> Result<Self, ErrorCode> {
        let mut error: c_int = 0;
        // SAFETY: the arguments are ones that libopus supports, and `error` outlives the call.
        let state = unsafe { sys::opus_decoder_create(RATE as c_int, 1, &raw mut error) };
        NonNull::new(state).map(Self).ok_or(ErrorCode::from(error))
    }

    /// How much time decoding may cost, 0 to 10: from 5 on holes are filled by a network, from 6 on another one (LACE)
    /// enhances what was coded at a low rate. Fails on other numbers.
    pub fn set_complexity(&mut self, complexity: u8) -> Result<(), ErrorCode> {
        let complexity = c_int::from(complexity);
        // SAFETY: the state is valid, and this request takes one int.
        let result = unsafe { sys::opus_decoder_ctl(self.0.as_ptr(), sys::OPUS_SET_COMPLEXITY_REQUEST, complexity) };
        if result < 0 { Err(result.into()) } else { Ok(()) }
    }

    /// Forgets what was heard before.
    pub fn reset(&mut self) {
        // SAFETY: the state is valid, and this request takes no argument. It can't fail on a valid state.
        unsafe { sys::opus_decoder_ctl(self.0.as_ptr(), sys::OPUS_RESET_STATE) };
    }

    /// Decodes `packet` to the start of `out` and says how many samples it was. Any bytes may be given.
    pub fn decode(&mut self, packet: &[u8], out: &mut [f32]) -> Result<usize, ErrorCode> {
        let (Some(samples), Ok(length)) = (duration(packet), packet.len().try_into()) else {
            return Err(ErrorCode::InvalidPacket);
        };
        let Some(out) = out.get_mut(..samples) else { return Err(ErrorCode::BufferTooSmall) };
        self.call(packet.as_ptr(), length, out)
    }

    /// Guesses what comes next and fills `out` with it, a multiple of 2.5 ms and at most 120 ms.
    pub fn conceal(&mut self, out: &mut [f32]) -> Result<usize, ErrorCode> {
        self.call(ptr::null(), 0, out)
    }

    fn call(&mut self, packet: *const u8, length: i32, out: &mut [f32]) -> Result<usize, ErrorCode> {
        let room = out.len().min(MAX_PACKET) as c_int;
        // SAFETY: the state is valid; `packet` is null or has `length` bytes; `out` has at least `room` samples of the one channel.
        let result = unsafe { sys::opus_decode_float(self.0.as_ptr(), packet, length, out.as_mut_ptr(), room, 0) };
        let samples = usize::try_from(result).map_err(|_| ErrorCode::from(result))?;
        // What comes from outside must not poison the mix, whatever the codec's networks make of it.
        for sample in &mut out[..samples] {
            *sample = if sample.is_finite() { sample.clamp(-2.0, 2.0) } else { 0.0 };
        }
        Ok(samples)
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: the state came from `opus_decoder_create` and is not used after this.
        unsafe { sys::opus_decoder_destroy(self.0.as_ptr()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn hostile_packets_are_an_error_or_bounded_sound(
            packets in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..400), 1..8)
        ) {
            let mut decoder = Decoder::new().unwrap();
            let mut out = [0.0; MAX_PACKET];
            for packet in packets {
                if let Ok(samples) = decoder.decode(&packet, &mut out) {
                    prop_assert_eq!(Some(samples), duration(&packet));
                    prop_assert!(out[..samples].iter().all(|s| s.abs() <= 2.0));
                } else {
                    prop_assert_eq!(decoder.conceal(&mut out[..960]).unwrap(), 960);
                }
            }
        }
    }

    #[test]
    fn a_packet_without_room_is_refused() {
        let mut decoder = Decoder::new().unwrap();
        // Configuration 11: 60 ms of wideband speech; one frame of two bytes.
        let packet = [11 << 3, 0, 0];
        assert_eq!(duration(&packet), Some(2880));
        assert!(decoder.decode(&packet, &mut [0.0; 100]).is_err());
        assert!(decoder.decode(&[], &mut [0.0; 100]).is_err());
    }
}
