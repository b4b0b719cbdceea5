//! What somebody may wish for next, possible or not.

use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

use super::model::{Answer, Model, Stage, Voted, Wish};

const TEXTS: [&str; 5] = ["A break at three", "Meet on Tuesdays", "  ", "", "Start with a minute of silence"];

/// Who wishes for what.
pub fn wish(rng: &mut ChaCha20Rng, model: &Model) -> (usize, Wish) {
    let mut below = |n: usize| (rng.next_u64() % n as u64) as usize;
    let (who, whom) = (below(model.members), below(model.members));
    let number = model.chat.len() + model.past.len();
    let text =
        |at: usize| if TEXTS[at].trim().is_empty() { TEXTS[at].into() } else { format!("{} {number}", TEXTS[at]) };
    // Mostly the first, often another, now and then none that there is.
    let id = match (below(10), model.open.len()) {
        (0, _) | (_, 0) => below(9) as u32,
        (1..=3, open) => model.open[below(open)].id,
        _ => model.open[0].id,
    };
    let answers = [Answer::Agree, Answer::Agree, Answer::Agree, Answer::Aside, Answer::Block];
    let voted = [Voted::Yes, Voted::Yes, Voted::No, Voted::Neither];
    // Mostly on with what is under way.
    let roll = match (below(3) > 0, model.stage()) {
        (true, Stage::Nothing) => 7,
        (true, Stage::Testing) => 17,
        (true, Stage::Voting) => 31,
        _ => below(54),
    };
    let wish = match roll {
        0..=1 => Wish::Hand(below(2) == 0),
        2..=3 => Wish::Say(format!("line {number} of {who}")),
        4 => Wish::Mute(whom, below(3) > 0),
        5 => Wish::MuteOthers(below(2) == 0),
        6 => Wish::Lock(below(2) == 0),
        7..=13 => Wish::Propose(text(below(5))),
        14..=15 => Wish::Amend(id, text(below(5))),
        16 => Wish::Withdraw(id),
        17..=24 => Wish::Answer(id, answers[below(5)], ["", "not like this"][usize::from(below(3) > 0)].into()),
        25..=27 => Wish::Test(id),
        28..=30 => Wish::Vote(id, below(2) == 0),
        31..=40 => Wish::Ballot(id, voted[below(4)]),
        41..=42 => Wish::EndVote(id),
        43 => Wish::Wait,
        44..=45 => Wish::MuteOthers(true),
        46..=47 => Wish::Yes,
        48..=50 => Wish::Stick((below(4) > 0).then_some(whom)),
        _ => Wish::Ask(below(3) > 0),
    };
    (who, wish)
}
