//! See `fuzz/src/to_member.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ingle_fuzz::timed::soon(|| ingle_fuzz::to_member::read(bytes)));
