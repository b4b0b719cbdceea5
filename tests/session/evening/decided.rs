//! The twelve decide: by agreement, by an open vote and by a secret one, and on their leader.

use std::time::Duration;

use ingle::ids::SeatId;
use ingle::session::{Answer, Choice, Decide, How, Intent, Motion, Role, Room, Tally, Turn, VoteKind};
use ingle::sim::Step;
use ingle::text;

use super::circle::Circle;
use super::{Cast, TWELVE};

pub(super) fn decide(what: Decide) -> Intent {
    Intent::Decide(what)
}

fn proposed(circle: &mut Circle, by: usize, text: &str, motion: Motion, id: u32) {
    circle.wants(by, decide(Decide::Propose(text.to_owned(), motion)));
    for member in 0..TWELVE {
        circle.wait(member, "the proposal", |room| room.state.decisions.proposal(id).is_some());
    }
}

/// A proposal that is talked over, amended and agreed on.
pub(super) fn agree(circle: &mut Circle, cast: &Cast) {
    circle.turn(0, Turn::NextPoint);
    proposed(circle, cast.maker, "We meet on Tuesdays", Motion::Text, 1);
    circle.settles(TWELVE, "something is proposed");
    circle.wants(cast.aside, Intent::Hand { up: true });
    circle.wants(cast.quiet, Intent::Hand { up: true });
    circle.settles(TWELVE, "two want to speak");
    for member in [cast.aside, cast.quiet] {
        let seat = circle.seat(member);
        circle.turn(0, Turn::Next(seat));
        circle.talks(member, 4);
    }
    circle.wants(cast.quiet, Intent::Chat("Tuesdays I can't.".to_owned()));
    circle.wants(cast.maker, decide(Decide::Amend(1, "We meet on Wednesdays".to_owned())));
    circle.wants(0, decide(Decide::Test(1)));
    let aside = cast.aside;
    let answer = move |member| if member == aside { Answer::Aside } else { Answer::Agree };
    circle.each(&[cast.maker], "the question", asked_to_answer, |member| decide(Decide::Answer(1, answer(member))));
    circle.settles(TWELVE, "the first is agreed on");
    circle.see("the first in the minutes", |room| {
        let past = &room.state.decisions.past;
        let [agreed] = past.as_slice() else { return false };
        agreed.text == "We meet on Wednesdays" && agreed.how == How::Agreed { agree: 11, aside: 1, block: 0 }
    });
}

fn asked_to_answer(room: &Room, me: SeatId) -> bool {
    room.state.decisions.to_answer(me).is_some_and(|proposal| proposal.test.is_some())
}

fn asked_to_vote(room: &Room, me: SeatId) -> bool {
    room.state.decisions.to_vote(me).is_some()
}

/// One that isn't agreed on, while lines are cut, and is put to a vote.
pub(super) fn vote(circle: &mut Circle, cast: &Cast) {
    proposed(circle, cast.other, "We let a newspaper in", Motion::Text, 2);
    let seat = circle.seat(cast.other);
    circle.wants(0, Intent::Stick(Some(seat)));
    circle.settles(TWELVE, "one has the talking stick");
    circle.see("who has it", |room| room.state.turns.floor.holder == Some(seat));
    circle.world.take_step(Step::Blackout(cast.quiet, Duration::from_secs(40)));
    circle.world.take_step(Step::Rebind(cast.caller));
    circle.talks(cast.other, 8);
    circle.wants(cast.other, Intent::Stick(None));
    circle.pass(60);
    circle.wants(cast.other, decide(Decide::Test(2)));
    let against = cast.against;
    let reason = "I would not come any more";
    let answer = |member| if member == against { Answer::Block(reason.to_owned()) } else { Answer::Agree };
    circle.each(&[cast.other], "the question", asked_to_answer, |member| decide(Decide::Answer(2, answer(member))));
    circle.settles(TWELVE, "there is no agreement");
    circle.see("who is against it, and why", |room| {
        let open = room.state.decisions.proposal(2);
        open.is_some_and(|open| open.tested && open.answered() == [11, 0, 1])
            && text::proposals(room).contains(&format!("Member {against} blocks: {reason}"))
    });
    circle.wants(0, decide(Decide::Vote(2, VoteKind::Open)));
    circle.settles(TWELVE, "a vote is open");
    let choice = move |member: usize| match member {
        _ if member == against => Choice::No,
        0 => Choice::Abstain,
        2..=4 => Choice::No,
        _ => Choice::Yes,
    };
    let tally = tally(choice);
    circle.each(&[], "the vote", asked_to_vote, |member| decide(Decide::Ballot(2, choice(member))));
    circle.settles(TWELVE, "the second is voted on");
    circle.see("the result in the minutes", |room| {
        room.state.decisions.past.get(1).is_some_and(|past| past.how == How::Passed(VoteKind::Open, tally))
    });
}

fn tally(choice: impl Fn(usize) -> Choice) -> Tally {
    let of = |wanted| (0..TWELVE).filter(|member| choice(*member) == wanted).count() as u8;
    Tally { yes: of(Choice::Yes), no: of(Choice::No), abstain: of(Choice::Abstain) }
}

/// A secret vote, in which the facilitator's program crashes when its choice is made. The co-facilitator holds the group, and
/// whoever comes in by the facilitator's name only watches.
pub(super) fn vote_in_secret(circle: &mut Circle, cast: &Cast) {
    proposed(circle, cast.maker, "Who leads next is drawn by lot", Motion::Text, 3);
    circle.wants(0, decide(Decide::Vote(3, VoteKind::Secret)));
    circle.settles(TWELVE, "a secret vote is open");
    let choice = |member: usize| [Choice::Yes, Choice::Yes, Choice::No, Choice::Yes, Choice::Abstain][member % 5];
    let ballot = |member| decide(Decide::Ballot(3, choice(member)));
    circle.wait(0, "the vote", |room| room.me.is_some_and(|me| asked_to_vote(room, me)));
    circle.wants(0, ballot(0));
    let (old, arrival) = circle.holder(0);
    circle.crashes(0, 50);
    let co = circle.seat(1);
    circle.wait(1, "the door", Room::am_facilitator);
    circle.settles(TWELVE - 1, "the facilitator has crashed");
    circle.see("who holds the group", |room| room.state.circle.facilitator() == Some(co));
    // One thinks about it for long.
    let slow = cast.aside;
    circle.each(&[0, slow], "the vote", asked_to_vote, ballot);
    circle.wait(0, "a seat", |room| room.me.is_some());
    circle.is_called(0, "Member 0 2");
    circle.settles(TWELVE, "the facilitator of before is back as somebody new");
    let new = circle.seat(0);
    circle.see("that the newcomer has no vote", |room| !asked_to_vote(room, new));
    circle
        .see("how many have", |room| room.state.decisions.poll.as_ref().is_some_and(|poll| poll.turnout() == (11, 12)));
    circle.wait(1, "the old seat to be given up", |room| !room.state.circle.seats.contains_key(&old));
    circle.settles(TWELVE, "the old seat is given up");
    circle.see("that somebody of this name is back", |room| {
        room.state.care.alarm(arrival).is_some_and(|alarm| alarm.back)
    });
    circle.wants(1, Intent::Handled(arrival));
    circle.wants(slow, ballot(slow));
    circle.wait(0, "the result", |room| room.state.decisions.past.len() == 3);
    circle.settles(TWELVE, "the secret vote is counted");
    let tally = Tally { yes: tally(choice).yes - 1, ..tally(choice) };
    circle.see("the result in the minutes", |room| {
        room.state.decisions.past.get(2).is_some_and(|past| past.how == How::Passed(VoteKind::Secret, tally))
    });
}

/// The group gives the role back by a vote, and with it go door and keys.
pub(super) fn move_the_role(circle: &mut Circle, cast: &Cast) {
    let (seat, arrival) = circle.holder(0);
    circle.see("that the role has passed on", |room| room.state.circle.roles.role(seat) == Role::Member);
    proposed(circle, cast.mover, "", Motion::Role(seat, arrival, Role::Facilitator), 4);
    circle.settles(TWELVE, "a vote on the role is open");
    let against = cast.against;
    let choice = move |member: usize| if member == against { Choice::No } else { Choice::Yes };
    circle.each(&[], "the vote", asked_to_vote, |member| decide(Decide::Ballot(4, choice(member))));
    circle.wait(0, "the door", Room::am_facilitator);
    circle.settles(TWELVE, "the role has moved");
    let co = circle.seat(1);
    circle.see("who has the role", |room| {
        room.state.circle.facilitator() == Some(seat)
            && [(seat, Role::Facilitator), (co, Role::Member)]
                .iter()
                .all(|(seat, role)| room.state.circle.roles.role(*seat) == *role)
            && !room.state.circle.roles.door_is_behind()
    });
    circle.wants(0, Intent::Role(co, Role::CoFacilitator));
    circle.settles(TWELVE, "there is a co-facilitator again");
}
