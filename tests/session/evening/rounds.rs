//! The rounds, the break, and members who go and come.

use ingle::session::{Intent, Room, RoundKind, Turn, Whom};
use ingle::sim::Step;

use super::circle::Circle;
use super::{Cast, TWELVE};

/// A round: `turn` says what each member does at its turn. Returns the members who had the turn, in order.
fn round(circle: &mut Circle, kind: RoundKind, mut turn: impl FnMut(&mut Circle, usize) -> Option<Turn>) -> Vec<usize> {
    circle.turn(0, Turn::Round(kind, Some(60)));
    circle.wait(0, "the round", |room| room.state.turns.round.is_some());
    let mut had = Vec::new();
    while circle.room(0).state.turns.round.is_some() {
        let has = |(_, room): &(usize, &Room)| room.me.is_some_and(|me| room.state.turns.is_turn_of(me));
        let Some(member) = circle.rooms().find(has).map(|(member, _)| member) else {
            circle.pass(1);
            continue;
        };
        had.push(member);
        if had.len() > 3 * TWELVE {
            circle.wrong("the round has no end");
        }
        if let Some(how) = turn(circle, member) {
            circle.turn(member, how);
            circle.wait(member, "the next turn", |room| room.me.is_some_and(|me| !room.state.turns.is_turn_of(me)));
        }
    }
    had
}

/// One comes late, one crashes when the turn comes, one wants the turn later, and one passes.
pub(super) fn check_in(circle: &mut Circle, cast: &Cast) {
    let (mut turns, mut crashed, mut asked_for_later) = (0, false, false);
    let had = round(circle, RoundKind::CheckIn, |circle, member| {
        turns += 1;
        if turns == 3 {
            circle.world.take_step(Step::Start(cast.late));
        }
        if turns == 6 {
            circle.settles(if crashed { 11 } else { 12 }, "in the middle of the round");
        }
        if member == cast.cut && !std::mem::replace(&mut crashed, true) {
            circle.crashes(member, 40);
            return None;
        }
        if member == cast.against && !std::mem::replace(&mut asked_for_later, true) {
            return Some(Turn::Later);
        }
        if member == cast.quiet {
            return Some(Turn::Pass);
        }
        let seconds = 3 + circle.below(4);
        circle.talks(member, seconds);
        Some(Turn::Done)
    });
    let of = |member: usize| had.iter().filter(|other| **other == member).count();
    for member in 0..TWELVE {
        let twice = [cast.cut, cast.against].contains(&member);
        if of(member) != 1 + usize::from(twice) {
            circle.wrong(&format!("turns of member {member}: {had:?}"));
        }
    }
    circle.settles(TWELVE, "all have checked in");
    circle.see("that the round is over", |room| room.state.turns.round.is_none());
    circle.see("no alarm", |room| room.state.care.alarms().is_empty());
}

/// A break. One crashes in it and comes back long after; all are muted for a while when it is over.
pub(super) fn rest(circle: &mut Circle, cast: &Cast) {
    circle.turn(0, Turn::Break(10));
    circle.settles(TWELVE, "there is a break");
    circle.pass(60);
    let (_, vanished) = circle.holder(cast.sleeper);
    circle.crashes(cast.sleeper, 14 * 60);
    circle.pass(120);
    circle.settles(TWELVE - 1, "one has vanished");
    circle.see("the break, and the alarm", |room| {
        let told = room.state.care.alarm(vanished).is_some_and(|alarm| !alarm.back);
        room.state.turns.pause.is_some_and(|rest| rest.back.is_empty()) && told
    });
    circle.until(65);
    let back = |room: &Room, me| room.state.turns.pause.is_some_and(|rest| !rest.back.contains(me));
    circle.each(&[0, cast.sleeper], "the break's end", back, |_| Intent::Turn(Turn::Back));
    circle.settles(TWELVE - 1, "all but the facilitator are back");
    circle.see("who is missing", |room| room.state.turns.pause.is_some_and(|rest| rest.back.iter().count() == 10));
    circle.turn(0, Turn::Back);
    circle.settles(TWELVE - 1, "the break is over");
    circle.see("that the break is over", |room| room.state.turns.pause.is_none());
    circle.wants(0, Intent::Mute { whom: Whom::All, muted: true });
    circle.settles(TWELVE - 1, "all are muted for three minutes");
    circle.see("that all are muted", |room| room.is_all_muted() && (room.am_floor_muted() != room.am_facilitator()));
    circle.until(74);
    circle.settles(TWELVE, "the one who vanished is back");
    circle.see("that all may talk", |room| !room.is_all_muted() && !room.am_floor_muted());
    circle.see("that somebody of this name is back", |room| room.state.care.alarms().iter().all(|alarm| alarm.back));
    circle.wants(1, Intent::Handled(vanished));
    circle.settles(TWELVE, "the alarm is seen to");
    circle.see("no alarm", |room| room.state.care.alarms().is_empty());
}

/// Somebody goes and is let in again by the new door, with keys of its making.
pub(super) fn go_and_come_back(circle: &mut Circle, cast: &Cast) {
    let before = circle.world.epoch(0);
    circle.leaves(cast.caller, 180);
    circle.pass(10);
    circle.settles(TWELVE - 1, "one has said goodbye");
    circle.pass(180);
    circle.settles(TWELVE, "who had gone is back");
    if circle.world.epoch(0) <= before {
        circle.wrong("the keys are those of before");
    }
    circle.see("no alarm for who said goodbye", |room| room.state.care.alarms().is_empty());
}

pub(super) fn check_out(circle: &mut Circle) {
    circle.turn(0, Turn::NextPoint);
    let had = round(circle, RoundKind::CheckOut, |circle, member| {
        let seconds = 2 + circle.below(3);
        circle.talks(member, seconds);
        Some(Turn::Done)
    });
    if had.len() != TWELVE {
        circle.wrong(&format!("turns: {had:?}"));
    }
    circle.turn(0, Turn::NextPoint);
    circle.settles(TWELVE, "all have checked out");
    circle.see("that the agenda is done", |room| room.state.turns.agenda.points.is_empty());
}
