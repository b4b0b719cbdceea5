//! What is typed about decisions.

use super::find::in_circle;
use super::table::Command;
use super::user_error::user_error;
use crate::ids::SeatId;
use crate::session::{Answer, Choice, Decide, Intent, Motion, NoDecision, Power, Role, Room, Trouble, VoteKind};
use crate::text::{self, Word};

/// What a command about decisions asks for; `None` if it isn't one, or its words make no sense.
///
/// # Errors
/// A problem and a hint, if it can't be done now.
pub(super) fn decide(word: Word, argument: &str, room: &Room) -> Result<Option<Command>, Trouble> {
    let lower = argument.to_lowercase();
    let decision = match (word, lower.as_str()) {
        (Word::Propose, _) => Decide::Propose(argument.to_owned(), Motion::Text),
        (Word::Amend, _) => Decide::Amend(mine(room)?, argument.to_owned()),
        (Word::Withdraw, "") => Decide::Withdraw(mine(room)?),
        (Word::Agree, "") => agree(room)?,
        (Word::Aside, "") => Decide::Answer(current(room)?, Answer::Aside),
        (Word::Block, _) => block(room, argument)?,
        (Word::Test, "") => Decide::Test(current(room)?),
        (Word::Vote, "open") => Decide::Vote(current(room)?, VoteKind::Open),
        (Word::Vote, "secret") => Decide::Vote(current(room)?, VoteKind::Secret),
        (Word::Vote, "end") => Decide::EndVote(voted(room)?),
        (Word::Ballot, "yes") => Decide::Ballot(voted(room)?, Choice::Yes),
        (Word::Ballot, "no") => Decide::Ballot(voted(room)?, Choice::No),
        (Word::Ballot, "abstain") => Decide::Ballot(voted(room)?, Choice::Abstain),
        (Word::Motion, _) if !argument.is_empty() => match motion(argument, room)? {
            Some(motion) => Decide::Propose(String::new(), motion),
            None => return Ok(None),
        },
        (Word::Minutes, "") if room.am_facilitator() => Decide::ReadBack,
        (Word::Proposal, "") => return Ok(Some(Command::Proposal)),
        (Word::Minutes, "") => return Ok(Some(Command::Minutes)),
        (Word::Save, _) if !argument.is_empty() => return Ok(Some(Command::Save(argument.to_owned()))),
        _ => return Ok(None),
    };
    Ok(Some(Command::Intent(Intent::Decide(decision))))
}

/// I agree: to the proposal that waits for me, or else to the minutes that were read back, or else to what is talked over.
///
/// # Errors
/// A problem and a hint, if there is nothing to agree to.
pub fn agree(room: &Room) -> Result<Decide, Trouble> {
    let me = room.me.ok_or(NoDecision::Nothing)?;
    let state = &room.state;
    if let Some(proposal) = state.decisions.to_answer(me) {
        return Ok(Decide::Answer(proposal.id, Answer::Agree));
    }
    if state.decisions.minutes_wait_for(me, &state.circle) || is_about_minutes(room) {
        return Ok(Decide::Minutes { right: true });
    }
    Ok(Decide::Answer(current(room)?, Answer::Agree))
}

/// I block, or say that the minutes are not right.
fn block(room: &Room, reason: &str) -> Result<Decide, Trouble> {
    let me = room.me.ok_or(NoDecision::Nothing)?;
    match room.state.decisions.current() {
        None if room.state.decisions.minutes_wait_for(me, &room.state.circle) || is_about_minutes(room) => {
            Ok(Decide::Minutes { right: false })
        }
        _ => Ok(Decide::Answer(current(room)?, Answer::Block(reason.to_owned()))),
    }
}

/// Whether an answer can only be to the minutes: a member who has said that they are right can think again.
fn is_about_minutes(room: &Room) -> bool {
    room.state.decisions.current().is_none() && room.state.decisions.is_read()
}

/// The proposal that the group is at: of those I am asked about the first I haven't answered, or else the one talked over.
pub fn current(room: &Room) -> Result<u32, Trouble> {
    let waits = room.me.and_then(|me| room.state.decisions.to_answer(me));
    Ok(waits.or(room.state.decisions.current()).map(|proposal| proposal.id).ok_or(NoDecision::Nothing)?)
}

/// What is voted on.
pub fn voted(room: &Room) -> Result<u32, Trouble> {
    Ok(room.state.decisions.vote().map(|(proposal, _)| proposal.id).ok_or(NoDecision::NoVote)?)
}

/// My own proposal: the one talked over, or my newest.
fn mine(room: &Room) -> Result<u32, Trouble> {
    let me = room.me.and_then(|me| room.state.circle.seats.get(&me).map(|member| (me, member.arrival)));
    let open = &room.state.decisions.open;
    let is_mine = |id: &&crate::session::Proposal| Some(id.by) == me;
    let first = open.first().filter(is_mine);
    let any = first.or_else(|| open.iter().rev().find(is_mine)).or(open.first());
    Ok(any.map(|proposal| proposal.id).ok_or(NoDecision::Nothing)?)
}

fn motion(argument: &str, room: &Room) -> Result<Option<Motion>, Trouble> {
    let (what, rest) = argument.split_once(char::is_whitespace).unwrap_or((argument, ""));
    let rest = rest.trim();
    let member = |name: &str| -> Result<(SeatId, u64), Trouble> {
        let seat = in_circle(room, name)?;
        Ok((seat, room.state.circle.seats.get(&seat).map_or(0, |member| member.arrival)))
    };
    Ok(Some(match (what.to_lowercase().as_str(), rest) {
        ("role", rest) if !rest.is_empty() => {
            let Some((name, role)) = rest.rsplit_once(char::is_whitespace) else { return Ok(None) };
            let role = match role.to_lowercase().as_str() {
                "facilitator" => Role::Facilitator,
                "co" | "co-facilitator" => Role::CoFacilitator,
                "member" => Role::Member,
                _ => return Ok(None),
            };
            let (seat, arrival) = member(name.trim())?;
            Motion::Role(seat, arrival, role)
        }
        ("rotate", "") => {
            let order = room.state.circle.by_arrival();
            let at = order.iter().position(|seat| Some(*seat) == room.state.circle.facilitator());
            let next = at.and_then(|at| order.get((at + 1) % order.len())).ok_or(NoDecision::IsSo)?;
            Motion::Role(*next, room.state.circle.seats.get(next).map_or(0, |member| member.arrival), Role::Facilitator)
        }
        ("charter", rest) if !rest.is_empty() => {
            let (point, value) = match rest.split_once(char::is_whitespace) {
                Some((point, value)) => (point, value),
                None => ("like", rest),
            };
            let changed = room.state.circle.charter.with(point, value);
            Motion::Charter(changed.map_err(|error| user_error(text::charter_error(&error)))?)
        }
        ("mute", "all") => Motion::Permit(Power::MuteAll, None),
        ("mute", name) if !name.is_empty() => Motion::Permit(Power::Mute, Some(member(name)?)),
        ("remove", name) if !name.is_empty() => Motion::Permit(Power::Remove, Some(member(name)?)),
        ("lock", "") => Motion::Permit(Power::Lock, None),
        ("close", "") => Motion::Permit(Power::Close, None),
        _ => return Ok(None),
    }))
}
