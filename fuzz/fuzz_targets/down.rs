//! A relay's voice bundle; what was read is written as the same bytes.
#![no_main]

use ingle::wire::DownBundle;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(bundle) = DownBundle::decode(bytes) {
        assert_eq!(bundle.encode().as_deref(), Ok(bytes));
    }
});
