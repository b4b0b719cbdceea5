//! A sign of life, a relay's report, or what is fetched of the past; what was read is written as the same bytes.
#![no_main]

use ingle::wire::hears::{HeardBy, Hears};
use ingle::wire::backfill::{Answer, BackfillRequest, NewestFrame};
use ingle::wire::{Pulse, Report};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(pulse) = Pulse::decode(bytes) {
        assert_eq!(pulse.encode(), bytes);
    }
    if let Ok(report) = Report::decode(bytes) {
        assert_eq!(report.encode(), bytes);
    }
    if let Ok(ask) = BackfillRequest::decode(bytes) {
        assert_eq!(ask.encode(), bytes);
    }
    if let Ok(head) = NewestFrame::decode(bytes) {
        assert_eq!(head.encode(), bytes);
    }
    if let Ok(hears) = Hears::decode(bytes) {
        assert_eq!(hears.encode().as_deref(), Ok(bytes));
    }
    // A frame's place within a millisecond, and the mark of the last, can be written in more than one way.
    if let Ok(answer) = Answer::decode(bytes)
        && let Ok(again) = answer.encode()
    {
        assert_eq!(Answer::decode(&again), Ok(answer));
    }
    let _ = HeardBy::decode(bytes);
});
