//! A sign of life; what was read is written as the same bytes.
#![no_main]

use ingle::wire::Pulse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(pulse) = Pulse::decode(bytes) {
        assert_eq!(pulse.encode(), bytes);
    }
});
