//! A member's voice bundle; what was read is written as the same bytes.
#![no_main]

use ingle::wire::UpBundle;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(bundle) = UpBundle::decode(bytes) {
        assert_eq!(bundle.encode().as_deref(), Ok(bytes));
    }
});
