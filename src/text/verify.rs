//! Comparing the four words, and what is private.

use super::{Advice, advice};
use crate::ids::{SeatId, Time};
use crate::session::{Comparing, Outcome, Room, Standing};

/// The mark that every screen carries, at full length and short; both empty outside of the circle.
pub fn privacy_mark(room: &Room, now: Time) -> (String, &'static str) {
    if room.me.is_none() {
        return (String::new(), "");
    }
    match room.state.standing(room.group_ms(now)) {
        Standing::Unverified => ("private, not verified".to_owned(), "not verified"),
        Standing::Comparing if room.verify_over => ("private, not verified".to_owned(), "not verified"),
        Standing::Comparing => ("comparing words".to_owned(), "comparing"),
        Standing::Verified => ("private, verified".to_owned(), "verified"),
        Standing::Since(name) => (format!("not verified since {name} joined"), "not verified"),
        Standing::Differ => ("words differ: not private".to_owned(), "not private"),
    }
}

/// The same in a sentence.
pub fn standing(room: &Room, now: Time) -> String {
    match room.state.standing(room.group_ms(now)) {
        Standing::Unverified => "The four words have not been compared yet.".to_owned(),
        Standing::Comparing if room.verify_over => "The four words have not been compared yet.".to_owned(),
        Standing::Comparing => "The four words are being compared.".to_owned(),
        Standing::Verified => "All who are here have compared the four words: the group is verified.".to_owned(),
        Standing::Since(name) => format!("The group is not verified since {name} joined."),
        Standing::Differ => "Somebody has other words: the group is not private.".to_owned(),
    }
}

/// What to do with the words, in one sentence. `same` and `differ` are how to say that they are, or aren't.
pub fn verify_task(part: Comparing, room: &Room, same: &str, differ: &str) -> String {
    match part {
        Comparing::Read => "Read these four words aloud, slowly, in this order.".to_owned(),
        Comparing::Listen => {
            let reader = reader(room);
            format!("{reader} reads four words aloud. If you hear exactly these, {same}; if not, {differ}.")
        }
        Comparing::Answered => "Thank you. The others are still comparing.".to_owned(),
    }
}

fn reader(room: &Room) -> &str {
    let reader = room.state.verification.as_ref().and_then(|verification| room.state.name(verification.reader));
    reader.unwrap_or("The facilitator")
}

/// Before the words are known.
pub const WORDS_COME: &str = "The words will be there in a moment.";

/// Who has answered so far.
pub fn verify_progress(room: &Room) -> String {
    let listeners = room.state.listeners();
    let answers = room.state.verification.as_ref().map(|verification| &verification.answers);
    let waits = |seat: &&SeatId| !answers.is_some_and(|answers| answers.contains_key(seat));
    let open: Vec<_> = listeners.iter().filter(waits).filter_map(|seat| room.state.name(*seat)).collect();
    let done = listeners.len() - open.len();
    match open.as_slice() {
        [] => format!("{done} of {} have answered.", listeners.len()),
        few if few.len() <= 4 => {
            format!("{done} of {} have answered; still open: {}.", listeners.len(), few.join(", "))
        }
        _ => format!("{done} of {} have answered.", listeners.len()),
    }
}

/// How it ended: what it means, and what to do next.
pub fn verify_over(outcome: Outcome) -> Advice {
    match outcome {
        Outcome::Same(count) => (
            format!("{count} of {count} hear the same words: nobody stands between you."),
            "Who joins from now on is not part of this; compare again then.".to_owned(),
        ),
        Outcome::Differ => {
            let [problem, ref rest @ ..] = words_differ();
            (problem.to_owned(), rest.join(" "))
        }
        Outcome::Unfinished { same, of } => (
            format!("{same} of {of} hear the same words; the others have not answered."),
            "Nothing is wrong with that. The facilitator can compare again at any time.".to_owned(),
        ),
    }
}

/// What to do when the words differ.
pub fn words_differ() -> [&'static str; 4] {
    [
        "Somebody has other words, so a stranger may be listening.",
        "Please say nothing private from here on.",
        "If it was a slip of the ear, the facilitator can compare once more.",
        "Otherwise close this group and open a new one at another relay, with the new code sent another way, for example by \
         telephone.",
    ]
}

/// What a listener said.
pub fn verified(name: &str, same: bool) -> String {
    if same { format!("{name} hears the same words.") } else { format!("{name} hears other words.") }
}

/// What this version protects and what it doesn't, one sentence each.
pub fn explain_privacy() -> [&'static str; 3] {
    [
        "What you say and write is sealed on your machine, and only the members of the group can open it.",
        "Whoever runs the relay can't listen or read, but sees network addresses and who talks when.",
        "ingle itself records nothing, here or there.",
    ]
}

/// All of it, for `/privacy`.
pub fn privacy() -> Vec<String> {
    [
        "Only the members of the group can hear voices, and read names, what is written, hands and answers: all of it is \
         sealed from member to member.",
        "The relay carries it without being able to open it. It sees network addresses, when each of you talks and how loud \
         in eight steps, how many you are, and that the facilitator admits, removes, mutes, locks or closes. It can also \
         refuse its service.",
        "Comparing the four words adds certainty: if all of you hear the same words from the facilitator's own voice, \
         nobody stands between you and reads along.",
        "ingle records nothing, on your machine or on the relay. What another member keeps in mind, or takes down with \
         other means, no program can prevent.",
    ]
    .map(str::to_owned)
    .into()
}

/// The words to compare could not be made.
pub fn no_words() -> Advice {
    advice(
        "This computer has too little memory free to make the words.",
        "Close other programs, and ask to verify again.",
    )
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
