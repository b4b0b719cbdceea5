//! What I ask of the group about turns, the floor, roles and its end: each is checked, and goes into the log.

use super::context::Context;
use super::log::Log;
use crate::ids::{SeatId, SeatSet};
use crate::session::{Decide, Gesture, LetsIn, NotNow, Op, Power, Role, Trouble, Turn};
use crate::wire::Act;

/// Whether a facilitator may do this now, by the charter or with the group's yes.
///
/// # Errors
/// [`Trouble::AskTheGroup`].
pub(super) fn may(power: Power, whom: Option<SeatId>, cx: &Context) -> Result<(), Trouble> {
    if cx.room.state.decisions.may(power, whom, &cx.room.state.circle) {
        Ok(())
    } else {
        Err(Trouble::AskTheGroup(power))
    }
}

/// Gives the others a quiet sign.
///
/// # Errors
/// [`Trouble::TooFast`] in the pause after another, or if too much is on its way.
pub(super) fn sign(gesture: Gesture, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    let me = cx.room.me.ok_or(Trouble::NotTaken(None))?;
    if !cx.room.state.circle.can_gesture(me, gesture, cx.group_ms()) {
        return Err(Trouble::TooFast);
    }
    log.append(Act::None, Op::Gesture(gesture), cx)
}

/// Does something about turns.
///
/// # Errors
/// [`Trouble`] that says why it would change nothing.
pub(super) fn turn(turn: Turn, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    if let Turn::Next(_) = turn
        && cx.room.is_all_muted()
        && cx.room.am_facilitator()
    {
        return Err(Trouble::NotNow(NotNow::MuteAll));
    }
    let next = if let Turn::Next(seat) = turn { Some(seat) } else { None };
    let op = Op::Turn(turn);
    log.check(&Act::None, &op, cx)?;
    log.append(Act::None, op, cx)?;
    if let Some(seat) = next {
        if cx.room.state.circle.is_muted(seat) {
            log.append(Act::FloorMute([seat].into_iter().collect(), false), Op::Direct, cx)?;
        }
        if cx.room.state.turns.floor.holder.is_some_and(|holder| holder != seat) {
            log.append(Act::Stick(Some(seat)), Op::Direct, cx)?;
        }
    }
    Ok(())
}

/// Gives the talking stick to someone, or puts it down.
///
/// # Errors
/// [`Trouble::NotNow`] if it isn't mine to give, or that would change nothing.
pub(super) fn pass_stick(to: Option<SeatId>, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    let act = Act::Stick(to);
    log.check(&act, &Op::Direct, cx)?;
    log.append(act, Op::Direct, cx)
}

/// Takes a voice off the floor, or lifts that.
///
/// # Errors
/// [`Trouble`] if the member has gone meanwhile, or the group must be asked.
pub(super) fn mute_one(seat: SeatId, muted: bool, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    if !cx.room.state.circle.seats.contains_key(&seat) {
        return Err(Trouble::NotTaken(None));
    }
    if muted {
        may(Power::Mute, Some(seat), cx)?;
    }
    log.append(Act::FloorMute([seat].into_iter().collect(), muted), Op::Direct, cx)
}

/// Mutes all others for a while, after asking the group if it would go on from before.
///
/// # Errors
/// [`Trouble`] if the group must be asked.
pub(super) fn mute_all(log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    if cx.room.state.turns.floor.mute_all_is_renewal(cx.group_ms()) {
        return turn(Turn::AskMuteAll, log, cx);
    }
    may(Power::MuteAll, None, cx)?;
    log.append(Act::MuteAll(mute_all_seconds(cx)), Op::Direct, cx)
}

/// Lets everybody speak: ends a mute of all, puts the talking stick down and lifts each mute.
///
/// # Errors
/// [`Trouble::NotNow`] if everybody may speak already.
pub(super) fn unmute_all(log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    let state = &cx.room.state;
    let (mute_all, stick) = (cx.room.is_all_muted(), state.turns.floor.holder.is_some());
    let off: SeatSet = state.circle.seats.iter().filter(|(_, member)| member.muted).map(|(seat, _)| *seat).collect();
    if !mute_all && !stick && off.is_empty() {
        return Err(Trouble::NotNow(NotNow::AllMayTalk));
    }
    if mute_all {
        log.append(Act::MuteAll(0), Op::Direct, cx)?;
    }
    if stick {
        log.append(Act::Stick(None), Op::Direct, cx)?;
    }
    if !off.is_empty() {
        log.append(Act::FloorMute(off, false), Op::Direct, cx)?;
    }
    Ok(())
}

/// How long a mute of all is.
pub(super) fn mute_all_seconds(cx: &Context) -> u16 {
    u16::try_from(cx.room.state.circle.charter.mute_all_ms() / 1000).unwrap_or(u16::MAX)
}

/// Gives a role, or steps back.
///
/// # Errors
/// [`Trouble`] if nobody has the seat, the role isn't mine to give, or it stays as it is.
pub(super) fn name_role(seat: SeatId, role: Role, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    let (state, Some(me)) = (&cx.room.state, cx.room.me) else { return Err(Trouble::NotTaken(None)) };
    if !state.circle.seats.contains_key(&seat) {
        return Err(Trouble::NotTaken(None));
    }
    if !state.circle.can_name_role(me, seat, role) {
        let asks = cx.room.am_facilitator() && !state.circle.charter.may_alone(Power::Roles);
        return Err(if asks { Trouble::AskTheGroup(Power::Roles) } else { Trouble::NotFacilitator });
    }
    let leads = state.circle.leads_after(me, seat, role);
    if leads == state.circle.roles.leads() {
        return Err(Trouble::RoleStays);
    }
    let act = if cx.room.am_facilitator() { Act::Doors(leads) } else { Act::None };
    log.append(act, Op::Role(seat, role), cx)
}

/// My line was gone and another has the door; I take it back.
///
/// # Errors
/// [`Trouble::NothingToTakeBack`], or [`Trouble::NobodyLeadsYet`].
pub(super) fn take_back(log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    let room = &cx.room;
    if !room.me.is_some_and(|me| room.state.circle.roles.can_take_back(me)) {
        return Err(match room.keeper() {
            LetsIn::Nobody => Trouble::NobodyLeadsYet,
            LetsIn::Member(_) if room.am_facilitator() => Trouble::NothingToTakeBack(None),
            LetsIn::Member(name) => Trouble::NothingToTakeBack(Some(name)),
        });
    }
    log.append(Act::TakeBack, Op::Direct, cx)
}

/// While nobody who leads is there: I want this member to lead. The relay counts with the group whom the door goes to.
///
/// # Errors
/// [`Trouble`] if somebody leads, nobody has the seat, or I have chosen that member already.
pub(super) fn choose(seat: SeatId, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    let room = &cx.room;
    if let (false, LetsIn::Member(name)) = (room.is_chaired(), room.keeper()) {
        return Err(Trouble::SomebodyLeads(name));
    }
    let circle = &room.state.circle;
    let me = room.me.filter(|_| circle.seats.contains_key(&seat)).ok_or(Trouble::NotTaken(None))?;
    if circle.roles.chosen_by(me) == Some(seat) {
        return Err(Trouble::ChosenAlready(cx.name(seat)));
    }
    log.append(Act::Doors(vec![seat]), Op::Choose(seat), cx)
}

/// Something about decisions, but for my choice in a secret vote.
///
/// # Errors
/// [`Trouble::NoDecision`] if it can't be done now.
pub(super) fn decide(what: Decide, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    let me = cx.room.me.ok_or(Trouble::NotTaken(None))?;
    cx.room.state.decisions.can_decide(me, &what, &cx.room.state.circle).map_err(Trouble::NoDecision)?;
    log.append(Act::None, Op::Decide(what), cx)
}

/// The facilitator wants the group to end: first the minutes are read back, if there are any.
///
/// # Errors
/// [`Trouble`] if the group must be asked, or they can't be read back now.
pub(super) fn close(log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    may(Power::Close, None, cx)?;
    let decisions = &cx.room.state.decisions;
    if decisions.closing || (decisions.past.is_empty() && decisions.open.is_empty()) {
        return log.append(Act::Close, Op::Direct, cx);
    }
    decide(Decide::Close, log, cx)
}
