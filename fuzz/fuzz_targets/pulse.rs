//! A sign of life, or a relay's report; what was read is written as the same bytes.
#![no_main]

use ingle::wire::{Pulse, Report};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(pulse) = Pulse::decode(bytes) {
        assert_eq!(pulse.encode(), bytes);
    }
    if let Ok(report) = Report::decode(bytes) {
        assert_eq!(report.encode(), bytes);
    }
});
