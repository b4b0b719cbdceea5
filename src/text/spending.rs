//! What my line may cost, in sentences.

use super::catalogue::{say, text};
use super::{Advice, Guide, Word};
use crate::session::{Room, Spending};

/// What is chosen, and what an hour of it costs.
pub fn spending(now: Spending) -> String {
    let what = match now {
        Spending::Auto => text("spending-voice-takes-much-data"),
        Spending::Thin => text("spending-voice-takes-little-data"),
        Spending::Full => text("spending-voice-best-sound-least"),
    };
    say!("spending-plan", what, value = now.word(), hour = hour(now))
}

fn hour(of: Spending) -> String {
    let (clean, most) = of.megabytes_an_hour();
    say!("spending-about-mb-hour-talking", clean, most)
}

/// What is chosen, and what else there is.
pub fn spendings(room: &Room, how: Guide) -> Vec<String> {
    let others = Spending::ALL.into_iter().filter(|other| *other != room.spending);
    let other = |other: Spending| {
        say!("spending-with-it-is", value = other.word(), hour = hour(other), plan = how(Word::Plan, other.word()))
    };
    std::iter::once(spending(room.spending)).chain(others.map(other)).collect()
}

/// A plan that there isn't.
pub fn no_such_plan(how: Guide) -> Advice {
    (text("spending-no-such-plan").to_owned(), say!("spending-auto-thin-full-example", plan = how(Word::Plan, "full")))
}
