//! The minutes as they are read back and kept, and the line that everybody takes along.

use super::advice::Advice;
use super::catalogue::{say, text};
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
    let mut lines = vec![say!("minutes-minutes", title = room.state.title)];
    if past.is_empty() {
        lines.push(text("minutes-nothing-decided-far").to_owned());
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
    say!("minutes-proposed-by", text, stop, by = decided.by, came_of = came_of(decided.how))
}

/// What came of a proposal.
fn came_of(how: How) -> String {
    let secret = |kind| kind == VoteKind::Secret;
    match how {
        How::Agreed { agree, aside, block } => {
            say!("minutes-agreed", agree, aside, block)
        }
        How::Passed(how, votes) => say!("minutes-passed", secret = secret(how), tally = tally(votes)),
        How::Rejected(how, votes) => say!("minutes-not-passed", secret = secret(how), tally = tally(votes)),
        How::LeftOpen => text("minutes-not-decided").to_owned(),
    }
}

/// What the group says of its minutes.
pub fn minutes_agreed(room: &Room) -> String {
    let here = room.state.circle.seats.len();
    let [right, wrong] = room.state.decisions.read.as_ref().map_or([0, 0], |read| read.answered());
    match (right, wrong) {
        (right, 0) if right >= here && here > 0 => say!("minutes-agreed-by-all-who", here),
        (right, 0) => say!("minutes-read-back-group-agreed", right, here),
        (right, wrong) => say!("minutes-read-back-wrong", right, here, wrong),
    }
}

/// The minutes as Markdown, for whoever keeps a copy.
pub fn minutes_file(room: &Room) -> String {
    let mut text = format!("# {}\n\n", say!("minutes-heading", title = plain(&room.state.title)));
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
        0 => text("minutes-alone").to_owned(),
        count if count > NAMED => {
            say!("minutes-with-others", names = receipt.met[..NAMED].join(", "), others = count - NAMED)
        }
        _ => say!("minutes-with", names = names(&receipt.met)),
    };
    let quoted = |(words, motion): &(String, Motion)| {
        say!("names-quoted", text = proposal(words, *motion, None).trim_end_matches('.'))
    };
    let told: Vec<String> = receipt.decided.iter().take(TOLD).map(quoted).collect();
    let decided = match receipt.decided.len() {
        0 => text("minutes-nothing-decided").to_owned(),
        count if count > TOLD => say!("minutes-decided-more", told = told.join(", "), count = count - TOLD),
        _ => say!("minutes-decided", told = told.join(", ")),
    };
    say!("minutes-circle-keys-destroyed-nothing", stayed, with, decided)
}

/// What to do when the minutes are read back.
pub fn minutes_task(how: Guide) -> String {
    let (right, wrong, copy) = (how(Word::Agree, ""), how(Word::Block, ""), how(Word::Save, "PATH"));
    say!("minutes-if-they-right-if", right, wrong, copy)
}

/// The same on a page, which has to be left first.
pub fn minutes_page_task(how: Guide) -> String {
    say!("minutes-go-back-group-answer", minutes_task = minutes_task(how))
}

/// A member says that the minutes are not right.
pub fn minutes_wrong(name: &str) -> String {
    say!("minutes-says-minutes-not-right", name)
}

/// The group comes to its close.
pub fn closing(room: &Room, how: Guide) -> String {
    let mut text = text("minutes-group-coming-close").to_owned();
    if room.am_facilitator() {
        text.push_str(&format!(" {}", say!("minutes-close-again", close = how(Word::Close, ""))));
    }
    text
}

/// The minutes can't be kept yet.
pub fn minutes_not_read() -> Advice {
    (text("minutes-group-not-heard-minutes").to_owned(), text("minutes-facilitator-can-read-them").to_owned())
}

/// The minutes were kept.
pub fn minutes_kept(path: &str) -> String {
    say!("minutes-minutes-computer-only", path)
}

/// The minutes could not be kept there.
pub fn minutes_not_kept(path: &str, why: std::io::ErrorKind) -> Advice {
    use std::io::ErrorKind;
    let (message, hint) = match why {
        ErrorKind::AlreadyExists => {
            (say!("minutes-already-file-called-left", path), text("minutes-choose-another-name"))
        }
        ErrorKind::NotFound => (say!("minutes-folder-does-not-exist", path), text("minutes-choose-folder-exists")),
        ErrorKind::PermissionDenied => (say!("minutes-not-allowed-write", path), text("minutes-choose-another-folder")),
        _ => (say!("minutes-minutes-could-not-written", path), text("minutes-choose-another-place")),
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
