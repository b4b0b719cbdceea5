//! Comparing the four words, and what is private.

use super::advice::{Advice, advice};
use super::catalogue::{Text, say, text};
use super::commands::Word;
use super::guide::Guide;
use crate::ids::{SeatId, Time};
use crate::session::{Comparing, Outcome, Room, Standing};

/// The mark that every screen carries, at full length and short; both empty outside of the circle.
pub fn privacy_mark(room: &Room, now: Time) -> (String, &'static str) {
    if room.me.is_none() {
        return (String::new(), "");
    }
    match room.state.verification.standing(&room.state.circle, room.group_ms(now)) {
        Standing::Unverified => (text("verify-private-not-verified").to_owned(), text("verify-not-verified")),
        Standing::Comparing if room.verify_over => {
            (text("verify-private-not-verified").to_owned(), text("verify-not-verified"))
        }
        Standing::Comparing => (text("verify-comparing-words").to_owned(), text("verify-comparing")),
        Standing::Verified => (text("verify-private-verified").to_owned(), text("verify-verified")),
        Standing::Since(name) => (say!("verify-not-verified-since-joined", name), text("verify-not-verified")),
        Standing::Differ => (text("verify-words-differ-not-private").to_owned(), text("verify-not-private")),
    }
}

/// The same in a sentence.
pub fn standing(room: &Room, now: Time) -> String {
    match room.state.verification.standing(&room.state.circle, room.group_ms(now)) {
        Standing::Unverified => text("verify-four-words-not-compared").to_owned(),
        Standing::Comparing if room.verify_over => text("verify-four-words-not-compared").to_owned(),
        Standing::Comparing => text("verify-four-words-being-compared").to_owned(),
        Standing::Verified => text("verify-everybody-compared-four-words").to_owned(),
        Standing::Since(name) => say!("verify-group-not-verified-since", name),
        Standing::Differ => text("verify-somebody-different-words-group").to_owned(),
    }
}

/// What to do with the words, in one sentence.
pub fn verify_task(part: Comparing, room: &Room, how: Guide) -> String {
    match part {
        Comparing::Read => text("verify-read-these-four-words").to_owned(),
        Comparing::Listen => {
            let (reader, same, differ) = (reader(room), how(Word::Match, ""), how(Word::Mismatch, ""));
            say!("verify-reads-four-words-aloud", reader, same, differ)
        }
        Comparing::Answered => text("verify-thank-others-still-comparing").to_owned(),
    }
}

fn reader(room: &Room) -> &str {
    let reader =
        room.state.verification.last.as_ref().and_then(|verification| room.state.circle.name(verification.reader));
    reader.unwrap_or(text("verify-facilitator"))
}

/// Before the words are known.
pub const WORDS_COME: Text = Text::new("verify-words-come");

/// How many have answered so far, and the members whose answer is missing.
pub fn verify_progress(room: &Room) -> String {
    let listeners = room.state.verification.listeners(&room.state.circle);
    let answers = room.state.verification.last.as_ref().map(|verification| &verification.answers);
    let waits = |seat: &&SeatId| !answers.is_some_and(|answers| answers.contains_key(seat));
    let open: Vec<_> = listeners.iter().filter(waits).filter_map(|seat| room.state.circle.name(*seat)).collect();
    let done = listeners.len() - open.len();
    match open.as_slice() {
        few if (1..=4).contains(&few.len()) => {
            say!("verify-progress-missing", done, of = listeners.len(), missing = few.join(", "))
        }
        _ => say!("verify-progress", done, of = listeners.len()),
    }
}

/// How it ended: what it means, and what to do next.
pub fn verify_over(outcome: Outcome) -> Advice {
    match outcome {
        Outcome::Same(count) => {
            (say!("verify-all-hear-same-words", count), text("verify-does-not-cover-anybody").to_owned())
        }
        Outcome::Differ => {
            let [problem, ref rest @ ..] = words_differ();
            (problem.to_owned(), rest.join(" "))
        }
        Outcome::Unfinished { same, of } => {
            (say!("verify-hear-same-words-others", same, of), text("verify-nothing-wrong-facilitator-can").to_owned())
        }
    }
}

/// What to do when the words differ.
pub fn words_differ() -> [&'static str; 4] {
    [
        text("verify-somebody-different-words-stranger"),
        text("verify-please-say-nothing-private"),
        text("verify-if-somebody-misheard-facilitator"),
        text("verify-otherwise-close-group-open"),
    ]
}

/// The comparison begins, for me if I take part.
pub fn verify_begins(room: &Room) -> Option<String> {
    let reader = room.state.verification.last.as_ref().map(|verification| verification.reader)?;
    if room.me == Some(reader) {
        return Some(text("verify-four-words-about-compared").to_owned());
    }
    let listens = room.me.is_some_and(|me| room.state.verification.listeners(&room.state.circle).contains(&me));
    let name = room.state.circle.name(reader).unwrap_or(text("verify-facilitator"));
    listens.then(|| say!("verify-about-read-four-words", name))
}

/// The words in a sentence.
pub fn the_words(words: &[&str; 4]) -> String {
    say!("verify-words", words = words.join(", "))
}

/// I have answered.
pub fn i_verified(same: bool) -> &'static str {
    if same { text("verify-told-others-words-same") } else { text("verify-told-others-words-different") }
}

/// What a listener said.
pub fn verified(name: &str, same: bool) -> String {
    if same { say!("verify-hears-same-words", name) } else { say!("verify-hears-different-words", name) }
}

/// What this version protects and what it doesn't, one sentence each.
pub fn explain_privacy() -> [&'static str; 3] {
    [
        text("verify-what-say-write-sealed"),
        text("verify-whoever-runs-relay-cant"),
        text("verify-ingle-itself-records-nothing"),
    ]
}

/// The same in a line, and how to read more.
pub fn privacy_in_short(how: Guide) -> String {
    say!("verify-read-more", explain_privacy = explain_privacy().join(" "), privacy = how(Word::Privacy, ""))
}

/// All of it, on request.
pub fn privacy() -> Vec<String> {
    [
        text("verify-only-members-group-can"),
        text("verify-relay-carries-all-but"),
        text("verify-comparing-four-words-adds"),
        text("verify-ingle-records-nothing-computer"),
    ]
    .map(str::to_owned)
    .into()
}

/// The words to compare could not be made.
pub fn no_words() -> Advice {
    advice(text("verify-computer-too-little-free"), text("verify-please-close-other-programs"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Phase;

    #[test]
    fn sentences_are_plain() {
        let mut all = privacy();
        all.extend(explain_privacy().map(str::to_owned));
        all.extend(words_differ().map(str::to_owned));
        for outcome in [Outcome::Same(6), Outcome::Differ, Outcome::Unfinished { same: 3, of: 6 }] {
            let (message, hint) = verify_over(outcome);
            all.extend([message, hint]);
        }
        for sentence in all {
            assert!(sentence.ends_with('.') && sentence.is_ascii() && !sentence.contains("  "), "{sentence}");
            for jargon in ["MLS", "epoch", "cipher", "commit", "encrypt", "authenticat"] {
                assert!(!sentence.contains(jargon), "{sentence}");
            }
        }
    }

    #[test]
    fn there_is_no_mark_outside_of_the_circle() {
        let room = Room { phase: Phase::Waiting, ..Room::default() };
        assert_eq!(privacy_mark(&room, Time(0)), (String::new(), ""));
    }
}
