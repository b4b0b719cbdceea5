//! The minutes as they are read back and kept, and the line that everybody takes along.

use super::advice::Advice;
use super::charter::charter;
use super::commands::Word;
use super::decisions::{proposal, tally};
use super::figures::span;
use super::guide::Guide;
use super::names::names;
use crate::ids::Time;
use crate::session::{Decided, How, Motion, Receipt, Room, VoteKind};

/// Names that a receipt tells; the others are counted.
const NAMED: usize = 8;
/// Decisions that a receipt tells; the others are counted.
const TOLD: usize = 3;

/// The minutes in lines.
pub fn minutes(room: &Room) -> Vec<String> {
    let past = &room.state.decisions.past;
    let mut lines = vec![format!("Minutes of {}.", room.state.title)];
    if past.is_empty() {
        lines.push("Nothing has been decided so far.".to_owned());
    }
    for (number, decided) in (1..).zip(past) {
        lines.push(format!("{number}. {}", item(decided)));
        if let (Motion::Charter(to), true) = (decided.motion, decided.how.is_yes()) {
            lines.extend(charter(&to).into_iter().map(|rule| format!("   - {rule}")));
        }
    }
    lines
}

fn item(decided: &Decided) -> String {
    let text = proposal(&decided.text, decided.motion, None);
    let stop = if text.ends_with(['.', '!', '?', ':']) { "" } else { "." };
    format!("{text}{stop} Proposed by {}. {}", decided.by, came_of(decided.how))
}

/// What came of a proposal.
fn came_of(how: How) -> String {
    let kind = |kind| match kind {
        VoteKind::Open => "an open vote",
        VoteKind::Secret => "a secret vote",
    };
    match how {
        How::Agreed { agree, aside, block } => {
            let aside = if aside > 0 { format!(", {aside} stood aside") } else { String::new() };
            let block = if block > 0 { format!(", {block} blocked") } else { String::new() };
            format!("Agreed: {agree} for it{aside}{block}.")
        }
        How::Passed(how, votes) => format!("Passed by {}: {}.", kind(how), tally(votes)),
        How::Rejected(how, votes) => format!("Not passed by {}: {}.", kind(how), tally(votes)),
        How::LeftOpen => "Not decided.".to_owned(),
    }
}

/// What the group says of its minutes.
pub fn minutes_agreed(room: &Room) -> String {
    let here = room.state.circle.seats.len();
    let [right, wrong] = room.state.decisions.read.as_ref().map_or([0, 0], |read| read.answered());
    match (right, wrong) {
        (right, 0) if right >= here && here > 0 => format!("Agreed by all {here} who were here."),
        (right, 0) => format!("Read back to the group; {right} of {here} have agreed so far."),
        (right, 1) => format!("Read back to the group; {right} of {here} have agreed, 1 has not."),
        (right, wrong) => format!("Read back to the group; {right} of {here} have agreed, {wrong} have not."),
    }
}

/// The minutes as Markdown, for whoever keeps a copy.
pub fn minutes_file(room: &Room) -> String {
    let mut text = format!("# Minutes of {}\n\n", plain(&room.state.title));
    for line in minutes(room).into_iter().skip(1) {
        text.push_str(&plain(&line));
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&minutes_agreed(room));
    text.push('\n');
    text
}

/// Words as words: what people wrote can't look like headings, links or code.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The line that everybody takes along.
pub fn receipt(receipt: &Receipt) -> String {
    let stayed = span(std::time::Duration::from_millis(receipt.stayed_ms));
    let with = match receipt.met.len() {
        0 => "alone".to_owned(),
        count if count > NAMED => format!("with {} and {} others", receipt.met[..NAMED].join(", "), count - NAMED),
        _ => format!("with {}", names(&receipt.met)),
    };
    let text =
        |(text, motion): &(String, Motion)| format!("\"{}\"", proposal(text, *motion, None).trim_end_matches('.'));
    let told: Vec<String> = receipt.decided.iter().take(TOLD).map(text).collect();
    let decided = match receipt.decided.len() {
        0 => "nothing was decided".to_owned(),
        count if count > TOLD => format!("decided: {} and {} more", told.join(", "), count - TOLD),
        _ => format!("decided: {}", told.join(", ")),
    };
    format!("{stayed} in the circle {with}; {decided}; keys destroyed, nothing was recorded.")
}

/// What to do when the minutes are read back.
pub fn minutes_task(how: Guide) -> String {
    let (right, wrong, copy) = (how(Word::Agree, ""), how(Word::Block, ""), how(Word::Save, "PATH"));
    format!("If they are right, {right}; if not, {wrong}. To keep a copy, {copy}.")
}

/// The same on a page, which has to be left first.
pub fn minutes_page_task(how: Guide) -> String {
    format!("Go back to the group to answer. {}", minutes_task(how))
}

/// A member says that the minutes are not right.
pub fn minutes_wrong(name: &str) -> String {
    format!("{name} says that the minutes are not right.")
}

/// The group comes to its close.
pub fn closing(room: &Room, how: Guide) -> String {
    let mut text = "The group is coming to its close.".to_owned();
    if room.am_facilitator() {
        text.push_str(&format!(" Once everybody is ready, {} again to end it.", how(Word::Close, "")));
    }
    text
}

/// The minutes can't be kept yet.
pub fn minutes_not_read() -> Advice {
    (
        "The group has not heard the minutes as they are now.".to_owned(),
        "The facilitator can read them back at any time, and does so at the close.".to_owned(),
    )
}

/// The minutes were kept.
pub fn minutes_kept(path: &str) -> String {
    format!("The minutes are in {path}, on this computer only.")
}

/// The minutes could not be kept there.
pub fn minutes_not_kept(path: &str, why: std::io::ErrorKind) -> Advice {
    use std::io::ErrorKind;
    let (message, hint) = match why {
        ErrorKind::AlreadyExists => {
            (format!("There is already a file called {path}; it was left as it is."), "Choose another name.")
        }
        ErrorKind::NotFound => (format!("The folder for {path} does not exist."), "Choose a folder that exists."),
        ErrorKind::PermissionDenied => (format!("You are not allowed to write {path}."), "Choose another folder."),
        _ => (format!("The minutes could not be written to {path}."), "Choose another place."),
    };
    (message, hint.to_owned())
}

/// The time that a receipt is of.
pub fn receipt_of(room: &Room, now: Time) -> String {
    receipt(&room.receipt.clone().unwrap_or_else(|| room.receipt_at(room.group_ms(now))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Tally;

    #[test]
    fn what_people_wrote_stays_words_in_markdown() {
        assert_eq!(plain("# <b>*bold*</b> [a](b) `c` | d"), "\\# \\<b\\>\\*bold\\*\\</b\\> \\[a\\](b) \\`c\\` \\| d");
    }

    #[test]
    fn a_receipt_is_one_line_however_much_there_was() {
        let names = |count: usize| (0..count).map(|at| format!("Member {at}")).collect();
        let decided = |count: usize| (0..count).map(|at| (format!("Text {at}."), Motion::Text)).collect();
        let of = |met, count| receipt(&Receipt { stayed_ms: 3_130_000, met: names(met), decided: decided(count) });
        assert_eq!(of(0, 0), "52:10 in the circle alone; nothing was decided; keys destroyed, nothing was recorded.");
        assert_eq!(
            of(2, 2),
            "52:10 in the circle with Member 0 and Member 1; decided: \"Text 0\", \"Text 1\"; keys destroyed, nothing was \
             recorded."
        );
        let many = of(49, 60);
        assert!(many.contains("and 41 others") && many.contains("and 57 more") && many.len() < 300, "{many}");
    }

    #[test]
    fn an_item_tells_what_came_of_it() {
        let tally = Tally { yes: 5, no: 2, abstain: 1 };
        let how = [
            (How::Agreed { agree: 5, aside: 1, block: 0 }, "Agreed: 5 for it, 1 stood aside."),
            (How::Passed(VoteKind::Secret, tally), "Passed by a secret vote: 5 yes, 2 no, 1 abstained."),
            (How::Rejected(VoteKind::Open, tally), "Not passed by an open vote: 5 yes, 2 no, 1 abstained."),
            (How::LeftOpen, "Not decided."),
        ];
        for (how, told) in how {
            assert_eq!(came_of(how), told);
        }
    }
}
