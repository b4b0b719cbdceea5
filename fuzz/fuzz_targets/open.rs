//! See `fuzz/src/open.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ingle_fuzz::timed::soon(|| ingle_fuzz::open::read(bytes)));
