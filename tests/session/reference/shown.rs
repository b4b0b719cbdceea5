//! Whether a screen shows what the model says.

use std::collections::BTreeMap;

use ingle::ids::SeatId;
use ingle::session::{How, Order, Room, Tally, VoteKind};

use super::intent::{charter, role, round_kind};
use super::model::{End, Model, Open, Vote, seat};

/// Tolerance for the group's clock, in milliseconds: it is read when an entry comes.
const ABOUT_MS: u64 = 2000;

fn same(what: &str, screen: impl std::fmt::Debug, wanted: impl std::fmt::Debug) -> Result<(), String> {
    let (screen, wanted) = (format!("{screen:?}"), format!("{wanted:?}"));
    if screen == wanted { Ok(()) } else { Err(format!("{what}: {screen} on a screen, {wanted} in the model")) }
}

fn number(seat: &SeatId) -> usize {
    usize::from(seat.0)
}

fn list<'a>(seats: impl IntoIterator<Item = &'a SeatId>) -> Vec<usize> {
    seats.into_iter().map(number).collect()
}

/// Whether a screen shows what the model says.
pub(super) fn shown(room: &Room, model: &Model) -> Result<(), String> {
    floor(room, model)?;
    turns(room, model)?;
    parts(room, model)?;
    care(room, model)?;
    decisions(room, model)
}

/// Leaders see all that is confided, and nobody else anything.
fn care(room: &Room, model: &Model) -> Result<(), String> {
    let me = room.me.as_ref().map_or(0, number);
    let leads = model.leads.contains(&me);
    let alarms: Vec<_> = room.state.care.alarms().iter().map(|alarm| alarm.arrival as usize).collect();
    same("vanished", alarms, &model.care.alarms)?;
    let follow_ups: Vec<_> =
        room.confided.follow_ups.iter().map(|(whom, text)| (*whom as usize, text.text())).collect();
    let known = model.care.follow_ups.iter().filter(|_| leads).map(|(whom, text)| (*whom, text.as_str()));
    same("follow-ups", follow_ups, known.collect::<Vec<_>>())?;
    let help: Vec<_> = room.confided.help.keys().map(|who| *who as usize).collect();
    let asked: Vec<_> = model.care.help.iter().filter(|(_, lead)| *lead == me).map(|(who, _)| *who).collect();
    same("asking for help", help, asked)?;
    let seen: Vec<_> = model.care.here.iter().filter(|(_, by)| *by == me).map(|(who, _)| *who).collect();
    same("here", list(room.gestures.keys()), seen)
}

fn floor(room: &Room, model: &Model) -> Result<(), String> {
    let state = &room.state;
    same("hands", list(&state.turns.queue.hands), &model.hands)?;
    let muted = state.circle.seats.iter().filter(|(_, member)| member.muted).map(|(seat, _)| seat);
    same("muted", list(muted), model.muted.iter().collect::<Vec<_>>())?;
    same("all muted", room.is_all_muted(), model.quiet())?;
    let floor = &state.turns.floor;
    same("stick", floor.holder.as_ref().map(number), model.stick)?;
    same("asking", list(&floor.asks), &model.asks)?;
    same("locked", state.locked, model.locked)?;
    same("least first", state.turns.queue.order == Order::Least, model.least)?;
    let unseen = room.me.map_or(0, |me| model.unseen[number(&me)]);
    let chat: Vec<_> = room.chat.iter().map(|line| (line.from.clone(), line.text.clone(), line.only.clone())).collect();
    let me = room.me.as_ref().map(number);
    let mine = |(who, _, to): &&(usize, String, Option<usize>)| to.is_none() || [*to, Some(*who)].contains(&me);
    let name = |who: &usize| format!("Member {who}");
    let line = |(who, line, to): &(usize, String, Option<usize>)| (name(who), line.clone(), to.as_ref().map(name));
    let said: Vec<_> = model.chat[unseen..].iter().filter(mine).map(line).collect();
    same("chat", chat, said)
}

fn turns(room: &Room, model: &Model) -> Result<(), String> {
    let turns = &room.state.turns;
    let round = turns.round.as_ref().map(|round| {
        let done: Vec<SeatId> = round.done.iter().collect();
        (round.kind, round.seconds, round.now.as_ref().map(number), list(&round.order), list(&done))
    });
    let wanted = model.round.as_ref().map(|round| {
        let done: Vec<usize> = round.done.iter().copied().collect();
        (round_kind(round.kind), round.seconds, Some(round.now), round.order.clone(), done)
    });
    same("round", round, wanted)?;
    let points: Vec<_> = turns.agenda.points.iter().map(|point| (point.text.clone(), point.minutes)).collect();
    same("agenda", points, &model.agenda.points)?;
    same("point", turns.agenda.now.map(|(at, _)| usize::from(at)), model.agenda.now)?;
    let back = turns.pause.map(|rest| list(&rest.back.iter().collect::<Vec<_>>()));
    same("break", back, model.rest.as_ref().map(|back| back.iter().collect::<Vec<_>>()))?;
    let bell = turns.bell.map(|bell| bell.at_ms);
    let about = bell.zip(model.bell).is_some_and(|(screen, wanted)| screen.abs_diff(wanted) < ABOUT_MS);
    if about { Ok(()) } else { same("bell", bell, model.bell) }
}

fn parts(room: &Room, model: &Model) -> Result<(), String> {
    let state = &room.state;
    let names: Vec<_> =
        state.circle.by_arrival().iter().map(|seat| state.circle.name(*seat).unwrap_or_default().to_owned()).collect();
    same("circle", names, model.circle().map(|who| format!("Member {who}")).collect::<Vec<_>>())?;
    same("leads", list(state.circle.roles.leads()), &model.leads)?;
    same("the door", state.circle.facilitator().as_ref().map(number), Some(model.door()))?;
    let roles: Vec<_> = model.circle().map(|who| state.circle.roles.role(seat(who))).collect();
    same("roles", roles, model.circle().map(|who| role(model.part(who))).collect::<Vec<_>>())
}

fn decisions(room: &Room, model: &Model) -> Result<(), String> {
    let state = &room.state;
    let open: Vec<Open> = state
        .decisions
        .open
        .iter()
        .map(|open| {
            let [agree, aside, block] = open.answered();
            let vote = open.vote.as_ref().map(|vote| match vote.kind {
                VoteKind::Open => Vote::Open(numbers(vote.tally())),
                VoteKind::Secret => Vote::Secret(state.decisions.poll.as_ref().map_or(0, |poll| poll.turnout().0)),
            });
            Open {
                id: open.id,
                by: usize::from(open.by.0.0),
                text: open.text.clone(),
                said: [agree, aside, block],
                testing: open.test.is_some(),
                tested: open.tested,
                vote,
            }
        })
        .collect();
    same("open", open, model.shown())?;
    let past: Vec<(u32, String, End)> =
        state.decisions.past.iter().map(|past| (past.id, past.text.clone(), end(past.how))).collect();
    same("past", past, &model.past)?;
    same("charter", state.circle.charter, charter(model.shared))?;
    let read = state.decisions.read.as_ref().map(|read| {
        (
            usize::from(read.items),
            read.answers.iter().map(|(seat, right)| (number(seat), *right)).collect::<BTreeMap<_, _>>(),
        )
    });
    same("read", read, model.read.clone())
}

fn numbers(tally: Tally) -> [usize; 3] {
    [tally.yes.into(), tally.no.into(), tally.abstain.into()]
}

fn end(how: How) -> End {
    match how {
        How::Agreed { agree, aside, block } => End::Agreed([agree.into(), aside.into(), block.into()]),
        How::Passed(kind, tally) => End::Voted(true, kind == VoteKind::Secret, numbers(tally)),
        How::Rejected(kind, tally) => End::Voted(false, kind == VoteKind::Secret, numbers(tally)),
        How::LeftOpen => End::LeftOpen,
    }
}
