//! What my line may cost, in sentences.

use super::{Advice, Guide, Word};
use crate::session::{Room, Spending};

/// What is chosen, and what an hour of it costs.
pub fn spending(now: Spending) -> String {
    let what = match now {
        Spending::Auto => "Your voice takes as much data as it needs",
        Spending::Thin => "Your voice takes as little data as it can",
        Spending::Full => "Your voice has the best sound and the least delay, whatever data that takes",
    };
    format!("{what} (plan {}): {}.", now.word(), hour(now))
}

fn hour(of: Spending) -> String {
    let (clean, most) = of.megabytes_an_hour();
    format!("about {clean} MB for an hour of talking, and up to {most} MB on a bad line")
}

/// What is chosen, and what else there is.
pub fn spendings(room: &Room, how: Guide) -> Vec<String> {
    let others = Spending::ALL.into_iter().filter(|other| *other != room.spending);
    let other =
        |other: Spending| format!("With {} it is {}: {}.", other.word(), hour(other), how(Word::Plan, other.word()));
    std::iter::once(spending(room.spending)).chain(others.map(other)).collect()
}

/// A plan that there isn't.
pub fn no_such_plan(how: Guide) -> Advice {
    (
        "There is no such plan.".to_owned(),
        format!("There are auto, thin and full. For example, {}.", how(Word::Plan, "full")),
    )
}
