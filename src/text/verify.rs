//! Comparing the four words, and what is private.

use super::advice::{Advice, advice};
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
    match room.state.verification.standing(&room.state.circle, room.group_ms(now)) {
        Standing::Unverified => "The four words have not been compared yet.".to_owned(),
        Standing::Comparing if room.verify_over => "The four words have not been compared yet.".to_owned(),
        Standing::Comparing => "The four words are being compared.".to_owned(),
        Standing::Verified => "Everybody here has compared the four words: the group is verified.".to_owned(),
        Standing::Since(name) => format!("The group is not verified since {name} joined."),
        Standing::Differ => "Somebody has different words: the group is not private.".to_owned(),
    }
}

/// What to do with the words, in one sentence.
pub fn verify_task(part: Comparing, room: &Room, how: Guide) -> String {
    match part {
        Comparing::Read => "Read these four words aloud, slowly, in this order.".to_owned(),
        Comparing::Listen => {
            let (reader, same, differ) = (reader(room), how(Word::Match, ""), how(Word::Mismatch, ""));
            format!("{reader} reads four words aloud. If you hear exactly these, {same}; if not, {differ}.")
        }
        Comparing::Answered => "Thank you. The others are still comparing.".to_owned(),
    }
}

fn reader(room: &Room) -> &str {
    let reader =
        room.state.verification.last.as_ref().and_then(|verification| room.state.circle.name(verification.reader));
    reader.unwrap_or("The facilitator")
}

/// Before the words are known.
pub const WORDS_COME: &str = "The words will be here in a moment.";

/// How many have answered so far, and the members whose answer is missing.
pub fn verify_progress(room: &Room) -> String {
    let listeners = room.state.verification.listeners(&room.state.circle);
    let answers = room.state.verification.last.as_ref().map(|verification| &verification.answers);
    let waits = |seat: &&SeatId| !answers.is_some_and(|answers| answers.contains_key(seat));
    let open: Vec<_> = listeners.iter().filter(waits).filter_map(|seat| room.state.circle.name(*seat)).collect();
    let done = listeners.len() - open.len();
    match open.as_slice() {
        [] => format!("{done} of {} have answered.", listeners.len()),
        few if few.len() <= 4 => {
            format!("{done} of {} have answered; not yet: {}.", listeners.len(), few.join(", "))
        }
        _ => format!("{done} of {} have answered.", listeners.len()),
    }
}

/// How it ended: what it means, and what to do next.
pub fn verify_over(outcome: Outcome) -> Advice {
    match outcome {
        Outcome::Same(count) => (
            format!("All {count} hear the same words: nobody stands between you."),
            "This does not cover anybody who joins later; compare again then.".to_owned(),
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
        "Somebody has different words, so a stranger may be listening.",
        "Please say nothing private from here on.",
        "If somebody misheard, the facilitator can compare once more.",
        "Otherwise close this group and open a new one at another relay, with the new code sent another way, for example by \
         telephone.",
    ]
}

/// The comparison begins, for me if I take part.
pub fn verify_begins(room: &Room) -> Option<String> {
    let reader = room.state.verification.last.as_ref().map(|verification| verification.reader)?;
    if room.me == Some(reader) {
        return Some("The four words are about to be compared. Yours come in a moment.".to_owned());
    }
    let listens = room.me.is_some_and(|me| room.state.verification.listeners(&room.state.circle).contains(&me));
    let name = room.state.circle.name(reader).unwrap_or("The facilitator");
    listens.then(|| {
        format!("{name} is about to read four words aloud; please be quiet and listen. Yours come in a moment.")
    })
}

/// The words in a sentence.
pub fn the_words(words: &[&str; 4]) -> String {
    format!("The words: {}.", words.join(", "))
}

/// I have answered.
pub fn i_verified(same: bool) -> &'static str {
    if same {
        "You have told the others that your words are the same."
    } else {
        "You have told the others that your words are different."
    }
}

/// What a listener said.
pub fn verified(name: &str, same: bool) -> String {
    if same { format!("{name} hears the same words.") } else { format!("{name} hears different words.") }
}

/// What this version protects and what it doesn't, one sentence each.
pub fn explain_privacy() -> [&'static str; 3] {
    [
        "What you say and write is sealed on your computer, and only the members of the group can open it.",
        "Whoever runs the relay can't listen in or read along, but sees network addresses and who talks when.",
        "ingle itself records nothing, neither here nor there.",
    ]
}

/// The same in a line, and how to read more.
pub fn privacy_in_short(how: Guide) -> String {
    format!("{} To read more, {}.", explain_privacy().join(" "), how(Word::Privacy, ""))
}

/// All of it, on request.
pub fn privacy() -> Vec<String> {
    [
        "Only the members of the group can hear the voices, and see names, messages, hands and answers: all of it is \
         sealed from member to member.",
        "The relay carries all of this, but can't open it. It sees network addresses, how many you are, when each of you \
         talks and roughly how loudly, and that the facilitator admits, removes, mutes, locks or closes. It can also \
         refuse its service.",
        "Comparing the four words adds certainty: if all of you hear the same words from the facilitator's own voice, \
         nobody stands between you and listens in.",
        "ingle records nothing, on your computer or on the relay. No program can prevent another member from remembering \
         what you say, or from recording it by other means.",
    ]
    .map(str::to_owned)
    .into()
}

/// The words to compare could not be made.
pub fn no_words() -> Advice {
    advice(
        "This computer has too little free memory to make the words.",
        "Please close other programs, and ask to compare again.",
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
