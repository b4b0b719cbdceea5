//! A code as somebody types it, or an invitation that is pasted whole; what was read is said and read again as the same.

use std::time::Duration;

use ingle::crypto::code::{Code, Words, completions};

use super::timed::took;

/// The time that it takes.
pub fn read(bytes: &[u8]) -> Duration {
    took(|| parse(&String::from_utf8_lossy(bytes)))
}

fn parse(typed: &str) {
    for code in [Code::parse(typed).ok(), Code::find_in(typed)].into_iter().flatten() {
        let again = Code::parse(&code.spoken()).expect("it was said by us");
        assert_eq!(again.spoken(), code.spoken());
    }
    if let Some(words) = Words::read(typed) {
        assert!(Words::read(&words.spoken()).is_some_and(|again| again == words));
    }
    let typed = typed.chars().take(8).collect::<String>();
    assert!(completions(&typed).all(|word| word.starts_with(&typed.to_lowercase())));
}
