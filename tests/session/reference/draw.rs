//! A member's next wish, possible or not.

use rand_chacha::ChaCha20Rng;
use rand_core::RngCore;

use super::model::{Answer, Kind, Model, Part, Stage, Voted, Wish};

const TEXTS: [&str; 5] = ["A break at three", "Meet on Tuesdays", "  ", "", "Start with a minute of silence"];

/// A member and its wish.
pub(super) fn wish(rng: &mut ChaCha20Rng, model: &Model) -> (usize, Wish) {
    let mut below = |n: usize| (rng.next_u64() % n as u64) as usize;
    let wish = match below(12) {
        0..=4 => decision(&mut below, model),
        10 | 11 => care(&mut below, model),
        5 | 6 => floor(&mut below, model),
        7 | 8 => turn(&mut below, model),
        _ => part(&mut below, model),
    };
    // Mostly a member who can.
    let who = match (below(4) > 0, &wish) {
        (true, Wish::Done | Wish::Pass | Wish::Later) => model.turn(),
        (true, Wish::Back) => model.circle().find(|who| model.rest.as_ref().is_some_and(|back| !back.contains(who))),
        (true, Wish::Amend(id, _) | Wish::Withdraw(id)) => {
            model.open.iter().find(|open| open.id == *id).map(|open| open.by)
        }
        (true, Wish::Stick(_)) => model.stick,
        (true, Wish::FollowUp(whom, _)) if below(2) == 0 => Some(*whom),
        (true, Wish::SeenTo(whom)) => {
            model.care.help.iter().find(|(who, _)| who == whom).map(|(_, lead)| *lead).or(Some(model.door()))
        }
        (true, wish) if is_the_doors(wish) => Some(model.door()),
        _ => None,
    };
    let somebody = |at: usize| model.circle().nth(at).unwrap_or(0);
    let who = who.filter(|who| model.is_here(*who));
    (who.unwrap_or_else(|| somebody(below(model.count()))), wish)
}

/// What only the facilitator can do.
fn is_the_doors(wish: &Wish) -> bool {
    matches!(
        wish,
        Wish::Name(..)
            | Wish::MuteOthers(_)
            | Wish::Mute(..)
            | Wish::EndVote(_)
            | Wish::Lock(_)
            | Wish::ReadBack
            | Wish::Next(_)
            | Wish::Round(..)
            | Wish::EndRound
            | Wish::Skip(_)
            | Wish::Point(..)
            | Wish::NextPoint
            | Wish::NoAgenda
            | Wish::Break(_)
            | Wish::EndBreak
            | Wish::Bell(_)
            | Wish::Least(_)
            | Wish::Remove(_)
    )
}

fn decision(below: &mut impl FnMut(usize) -> usize, model: &Model) -> Wish {
    if model.read.is_some() && below(10) == 0 {
        return Wish::Right(below(3) > 0);
    }
    let number = model.chat.len() + model.past.len();
    let text = |at: usize| {
        if TEXTS[at].trim().is_empty() { TEXTS[at].to_owned() } else { format!("{} {number}", TEXTS[at]) }
    };
    // Mostly the first, often another, now and then none that there is.
    let id = match (below(10), model.open.len()) {
        (0, _) | (_, 0) => below(9) as u32,
        (1..=3, open) => model.open[below(open)].id,
        _ => model.open[0].id,
    };
    let answers = [Answer::Agree, Answer::Agree, Answer::Agree, Answer::Aside, Answer::Block];
    let voted = [Voted::Yes, Voted::Yes, Voted::No, Voted::Neither];
    // Mostly a step of something that is under way.
    let roll = match (below(4) > 0, model.stage()) {
        (true, Stage::Nothing) => 0,
        (true, Stage::Talking) => [7, 7, 9, 18, 19, 20, 21, 22][below(8)],
        (true, Stage::Testing) => 10,
        (true, Stage::Voting) => [24, 24, 24, 24, 24, 24, 24, 34][below(8)],
        _ => below(40),
    };
    match roll {
        0..=6 => Wish::Propose(text(below(5))),
        7..=8 => Wish::Amend(id, text(below(5))),
        9 => Wish::Withdraw(id),
        10..=17 => Wish::Answer(id, answers[below(5)], ["", "not like this"][usize::from(below(3) > 0)].into()),
        18..=20 => Wish::Test(id),
        21..=23 => Wish::Vote(id, below(2) == 0),
        24..=33 => Wish::Ballot(id, voted[below(4)]),
        34..=35 => Wish::EndVote(id),
        36 => Wish::Wait,
        37 => Wish::ReadBack,
        _ => Wish::Right(below(3) > 0),
    }
}

fn floor(below: &mut impl FnMut(usize) -> usize, model: &Model) -> Wish {
    let whom = below(model.members);
    match below(20) {
        0..=2 => Wish::Hand(below(3) > 0),
        3..=4 => Wish::Say(format!("line {} and {}", model.chat.len(), below(1000))),
        5..=6 => Wish::Mute(whom, below(3) > 0),
        7..=9 => Wish::MuteOthers(below(3) > 0),
        10 => Wish::Lock(below(3) == 0),
        11..=12 => Wish::Yes,
        13..=15 => Wish::Stick((below(4) > 0).then_some(whom)),
        16..=17 => Wish::Ask(below(3) > 0),
        18 if below(3) == 0 => Wish::Least(below(2) == 0),
        18 => Wish::Next(model.hands.first().or(model.asks.first()).copied().unwrap_or(whom)),
        _ => Wish::Next(whom),
    }
}

fn turn(below: &mut impl FnMut(usize) -> usize, model: &Model) -> Wish {
    let kinds = [Kind::CheckIn, Kind::CheckOut, Kind::Free];
    let each = [None, None, Some(60), Some(10), Some(1800), Some(9), Some(1801)];
    let some = [0, 1, 15, 120, 121, 480, 481, 720, 721];
    // Mostly a step of something that is under way.
    let roll = match (below(3), model.round.is_some(), model.rest.is_some()) {
        (0, true, _) => 3 + below(9),
        (1, _, true) => 18 + below(4),
        _ => below(24),
    };
    match roll {
        0..=2 => Wish::Round(kinds[below(3)], each[below(7)]),
        3..=7 => Wish::Done,
        8..=9 => Wish::Pass,
        10..=11 => Wish::Later,
        12 => Wish::Skip(model.turn().filter(|_| below(2) == 0).unwrap_or_else(|| below(model.members))),
        13 if below(2) == 0 => Wish::EndRound,
        13 => Wish::Done,
        14..=15 => Wish::Point(["What is new", " ", "Money"][below(3)].into(), some[below(9)]),
        16 => Wish::NextPoint,
        17 if below(2) == 0 => Wish::NoAgenda,
        17 => Wish::Point("What is left".into(), 5),
        18 | 19 if model.rest.is_none() => Wish::Break([1, 15, 120, 121, 0][below(5)]),
        18 => Wish::Break(5),
        19 if below(3) == 0 => Wish::EndBreak,
        19..=21 => Wish::Back,
        22 => Wish::Bell(Some(some[below(9)])),
        _ => Wish::Bell(None),
    }
}

fn part(below: &mut impl FnMut(usize) -> usize, model: &Model) -> Wish {
    let (whom, part) = (below(model.members), [Part::Facilitator, Part::Co, Part::Co, Part::Member][below(4)]);
    match below(12) {
        0..=3 if model.may_come() => Wish::Come,
        0..=3 => Wish::Say(format!("hello {}", model.chat.len())),
        4..=7 => Wish::Name(whom, part),
        8..=9 => Wish::Move(whom, part),
        10 => Wish::Share(below(4) > 0),
        _ => Wish::TakeBack,
    }
}

fn care(below: &mut impl FnMut(usize) -> usize, model: &Model) -> Wish {
    let whom = below(model.members);
    let number = model.chat.len();
    match below(20) {
        0..=4 => Wish::Whisper(
            whom,
            ["", " ", "only you", "only you", "only you"][below(5)].replace("only", &format!("{number}: only")),
        ),
        5..=7 => Wish::HelpMe,
        8 => Wish::Here,
        9..=11 => Wish::FollowUp(whom, if below(5) == 0 { String::new() } else { format!("call {number}") }),
        12..=15 => {
            let asked = model.care.help.first().map(|(who, _)| *who);
            Wish::SeenTo(model.care.alarms.first().copied().or(asked).filter(|_| below(4) > 0).unwrap_or(whom))
        }
        16 => Wish::Note,
        17 if model.may_go() => Wish::Go,
        18 if model.may_go() => Wish::Vanish,
        19 if model.may_go() || whom == model.door() || model.shared => Wish::Remove(whom),
        _ => Wish::Here,
    }
}
