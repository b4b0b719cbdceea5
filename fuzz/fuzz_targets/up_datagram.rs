//! See `fuzz/src/up_datagram.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ingle_fuzz::timed::soon(|| ingle_fuzz::up_datagram::read(bytes)));
