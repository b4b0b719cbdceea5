//! See `fuzz/src/down_datagram.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ingle_fuzz::timed::soon(|| ingle_fuzz::down_datagram::read(bytes)));
