//! What a wish is to a member's client.

use ingle::session::{
    self, Charter, Choice, Decide, Gesture, Intent, Motion, Order, Role, RoundKind, Turn, VoteKind, Whom,
};

use super::model::{self, Answer, Kind, Part, Voted, Wish};

pub(super) fn intent(wish: &Wish) -> Intent {
    Intent::Decide(match wish.clone() {
        Wish::Wait | Wish::Come | Wish::Vanish => return Intent::Mic { open: false },
        Wish::Hand(up) => return Intent::Hand { up },
        Wish::Say(line) => return Intent::Chat(line),
        Wish::Mute(whom, muted) => return Intent::Mute { whom: Whom::One(model::seat(whom)), muted },
        Wish::Yes => return Intent::Turn(Turn::Yes),
        Wish::Stick(to) => return Intent::Stick(to.map(model::seat)),
        Wish::Ask(up) => return Intent::Turn(Turn::Ask { up }),
        Wish::MuteOthers(muted) => return Intent::Mute { whom: Whom::All, muted },
        Wish::Lock(locked) => return Intent::Lock { locked },
        Wish::Propose(text) => Decide::Propose(text, Motion::Text),
        Wish::Amend(id, text) => Decide::Amend(id, text),
        Wish::Withdraw(id) => Decide::Withdraw(id),
        Wish::Answer(id, answer, why) => Decide::Answer(
            id,
            match answer {
                Answer::Agree => session::Answer::Agree,
                Answer::Aside => session::Answer::Aside,
                Answer::Block => session::Answer::Block(why),
            },
        ),
        Wish::Test(id) => Decide::Test(id),
        Wish::Vote(id, secret) => Decide::Vote(id, if secret { VoteKind::Secret } else { VoteKind::Open }),
        Wish::Ballot(id, voted) => Decide::Ballot(id, choice(voted)),
        Wish::EndVote(id) => Decide::EndVote(id),
        Wish::Move(whom, part) => {
            // Seats are given out in order, and none is used twice.
            Decide::Propose(String::new(), Motion::Role(model::seat(whom), whom as u64, role(part)))
        }
        Wish::Share(shared) => Decide::Propose(String::new(), Motion::Charter(charter(shared))),
        Wish::ReadBack => Decide::ReadBack,
        Wish::Right(right) => Decide::Minutes { right },
        Wish::Name(whom, part) => return Intent::Role(model::seat(whom), role(part)),
        Wish::TakeBack => return Intent::TakeBack,
        Wish::Whisper(whom, text) => return Intent::Private(model::seat(whom), text),
        Wish::HelpMe => return Intent::HelpMe,
        Wish::Here => return Intent::Gesture(Gesture::Here),
        Wish::FollowUp(whom, text) => return Intent::FollowUp(model::seat(whom), text),
        // Nobody comes back, so the order of arrival is the number.
        Wish::SeenTo(whom) => return Intent::Handled(whom as u64),
        Wish::Note => return Intent::Note("call my sister".into()),
        Wish::Go => return Intent::Leave,
        Wish::Remove(whom) => return Intent::Remove(model::seat(whom)),
        other => return Intent::Turn(turn(other)),
    })
}

fn turn(wish: Wish) -> Turn {
    match wish {
        Wish::Least(least) => Turn::Order(if least { Order::Least } else { Order::Hands }),
        Wish::Next(whom) => Turn::Next(model::seat(whom)),
        Wish::Round(kind, seconds) => Turn::Round(round_kind(kind), seconds),
        Wish::EndRound => Turn::EndRound,
        Wish::Done => Turn::Done,
        Wish::Pass => Turn::Pass,
        Wish::Later => Turn::Later,
        Wish::Skip(whom) => Turn::Skip(model::seat(whom)),
        Wish::Point(text, minutes) => Turn::Point(text, minutes),
        Wish::NextPoint => Turn::NextPoint,
        Wish::NoAgenda => Turn::ClearAgenda,
        Wish::Break(minutes) => Turn::Break(minutes),
        Wish::EndBreak => Turn::EndBreak,
        Wish::Back => Turn::Back,
        Wish::Bell(minutes) => Turn::Bell(minutes),
        other => unreachable!("{other:?} is no matter of turns"),
    }
}

pub(super) fn charter(shared: bool) -> Charter {
    if shared { Charter::SHARED } else { Charter::default() }
}

pub(super) fn role(part: Part) -> Role {
    match part {
        Part::Facilitator => Role::Facilitator,
        Part::Co => Role::CoFacilitator,
        Part::Member => Role::Member,
    }
}

pub(super) fn round_kind(kind: Kind) -> RoundKind {
    match kind {
        Kind::CheckIn => RoundKind::CheckIn,
        Kind::CheckOut => RoundKind::CheckOut,
        Kind::Free => RoundKind::Free,
    }
}

fn choice(voted: Voted) -> Choice {
    match voted {
        Voted::Yes => Choice::Yes,
        Voted::No => Choice::No,
        Voted::Neither => Choice::Abstain,
    }
}
