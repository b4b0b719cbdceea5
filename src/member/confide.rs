//! Looking after each other: a private word, a call for help, and what those who lead know in confidence.

use super::context::Context;
use super::log::Log;
use super::private::{Item, Private, Said};
use crate::crypto::code::Words;
use crate::ids::SeatId;
use crate::session::{CareEvent, ChatLine, Confided, Event, Op, Room, Secret, Trouble, clean};
use crate::wire::{Act, limits};

/// Says something to these seats, and to nobody else.
fn say_to(seats: &[SeatId], said: Said, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    let keys = log.keys().ok_or(Trouble::NotTaken(None))?;
    let private = Private::new(seats, said, &keys.group, cx)?;
    log.append_private(private, cx)
}

/// Those who lead, but me.
fn other_leads(cx: &Context) -> Vec<SeatId> {
    cx.room.state.circle.roles.leads().iter().copied().filter(|lead| cx.room.me != Some(*lead)).collect()
}

/// A word to one.
///
/// # Errors
/// [`Trouble::NotTaken`] if there are no words or nobody to hear them.
pub(super) fn word(seat: SeatId, text: &str, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    let text = Secret::new(text);
    let there = cx.room.me != Some(seat) && cx.room.state.circle.seats.contains_key(&seat);
    if !there || text.is_empty() {
        return Err(Trouble::NotTaken(None));
    }
    say_to(&[seat], Said::Word(text.text().to_owned()), log, cx)
}

/// I need help.
///
/// # Errors
/// [`Trouble::NobodyLeads`].
pub(super) fn call_for_help(log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    let leads = other_leads(cx);
    if leads.is_empty() { Err(Trouble::NobodyLeads) } else { say_to(&leads, Said::Help, log, cx) }
}

/// What is to be done if somebody vanishes: said by those who lead of anybody, and by everybody of themselves.
///
/// # Errors
/// [`Trouble::NotFacilitator`] if it's another's and I don't lead, [`Trouble::NobodyLeads`] if there is nobody to know it.
pub(super) fn follow_up(seat: SeatId, text: &str, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    let (lead, leads) = (cx.room.am_lead(), other_leads(cx));
    let member = cx.room.state.circle.seats.get(&seat).ok_or(Trouble::NotTaken(None))?;
    let (arrival, name, text) = (member.arrival, member.name.clone(), Secret::new(text));
    if !lead && cx.room.me != Some(seat) {
        return Err(Trouble::NotFacilitator);
    }
    if !lead && leads.is_empty() {
        return Err(Trouble::NobodyLeads);
    }
    if !leads.is_empty() {
        let item = Item { arrival, note: false, text: text.text().to_owned() };
        say_to(&leads, Said::Confided(vec![item]), log, cx)?;
    }
    if lead {
        keep(arrival, Kind::FollowUp, text.clone(), cx);
        cx.tell(Event::Care(CareEvent::FollowUp { name, text }));
    }
    Ok(())
}

/// I have seen to a member who vanished, or asked for help.
///
/// # Errors
/// [`Trouble::NothingToHandle`] if nobody did, [`Trouble::NotFacilitator`] if it isn't mine to see to.
pub(super) fn handled(arrival: u64, log: &mut Log, cx: &mut Context) -> Result<(), Trouble> {
    if !cx.room.hears_of_trouble() {
        return Err(Trouble::NotFacilitator);
    }
    let alarm = cx.room.state.care.alarm(arrival).is_some();
    let helped = cx.room.confided.help.remove(&arrival).is_some();
    if !alarm && !helped {
        return Err(Trouble::NothingToHandle);
    }
    if helped {
        let leads = other_leads(cx);
        if !leads.is_empty() {
            say_to(&leads, Said::Helped(arrival), log, cx)?;
        }
        tell_helped(cx.room.me, arrival, cx);
    }
    if alarm { log.append(Act::None, Op::SeenTo(arrival), cx) } else { Ok(()) }
}

fn tell_helped(by: Option<SeatId>, arrival: u64, cx: &mut Context) {
    let state = &cx.room.state;
    let name = |seat: Option<SeatId>| seat.and_then(|seat| state.circle.name(seat)).map(str::to_owned);
    if let (Some(by), Some(name)) = (name(by), name(state.circle.seat_arrived(arrival))) {
        cx.tell(Event::Care(CareEvent::SeenTo { by, name }));
    }
}

/// Somebody leads from here on, and it's mine to tell them what those who lead know: the words of the code among it.
pub(super) fn confide_all(seat: SeatId, words: Option<(u32, Words)>, log: &mut Log, cx: &mut Context) {
    let confided = &cx.room.confided;
    let items = confided.follow_ups.iter().map(|entry| (entry, false));
    let items = items.chain(confided.notes.iter().map(|entry| (entry, true)));
    let mut items: Vec<Item> =
        items.map(|((arrival, text), note)| Item { arrival: *arrival, note, text: text.text().to_owned() }).collect();
    while !items.is_empty() {
        let mut bytes = 16;
        let fits = items.iter().take_while(|item| {
            bytes += item.text.len() + 16;
            bytes < limits::PRIVATE
        });
        let some: Vec<Item> = {
            let count = fits.count().max(1);
            items.drain(..count).collect()
        };
        // What doesn't go out now is known to somebody else who leads, or to nobody.
        let _ = say_to(&[seat], Said::Confided(some), log, cx);
    }
    tell_code(&[seat], words, log, cx);
}

/// A note that was left at the door goes to the others who lead.
pub(super) fn confide_note(seat: SeatId, note: Secret, log: &mut Log, cx: &mut Context) {
    let Some(arrival) = cx.room.state.circle.seats.get(&seat).map(|member| member.arrival) else { return };
    if !cx.room.am_lead() || note.is_empty() {
        return;
    }
    let leads: Vec<SeatId> = other_leads(cx).into_iter().filter(|lead| *lead != seat).collect();
    let item = Item { arrival, note: true, text: note.text().to_owned() };
    keep(arrival, Kind::Note, note, cx);
    if !leads.is_empty() {
        let _ = say_to(&leads, Said::Confided(vec![item]), log, cx);
    }
}

/// Those who may have the door after me get the words of the code.
fn tell_code(seats: &[SeatId], words: Option<(u32, Words)>, log: &mut Log, cx: &mut Context) {
    if let (false, Some((age, words))) = (seats.is_empty(), words) {
        let _ = say_to(seats, Said::Code(age, words.spoken()), log, cx);
    }
}

/// The same to all who lead.
pub(super) fn tell_code_to_leads(words: Option<(u32, Words)>, log: &mut Log, cx: &mut Context) {
    tell_code(&other_leads(cx), words, log, cx);
}

/// What something confided is about.
#[derive(Clone, Copy)]
enum Kind {
    /// What is to be done if the member vanishes.
    FollowUp,
    /// What the member left at the door.
    Note,
}

fn keep(arrival: u64, kind: Kind, text: Secret, cx: &mut Context) {
    let confided = &mut cx.room.confided;
    let map = match kind {
        Kind::Note => &mut confided.notes,
        Kind::FollowUp => &mut confided.follow_ups,
    };
    if text.is_empty() {
        map.remove(&arrival);
    } else {
        map.insert(arrival, text);
    }
}

/// After an entry: lets go of what I was told in confidence once it is about nobody any more, or I no longer lead.
pub(super) fn keep_what_counts(cx: &mut Context) {
    if !cx.room.am_lead() {
        cx.room.confided = Confided::default();
    }
    let Room { confided, state, .. } = &mut cx.room;
    confided.keep(&state.circle, &state.care);
}

/// Something private of mine has its place in the log: it has reached those whom it was for, or nobody.
pub(super) fn sent(private: &Private, cx: &mut Context) {
    let reached = private.reaches_somebody(&cx.room.state);
    match &private.said {
        Said::Word(text) if reached => keep_word(Way::Mine, private.first_name(), text.clone(), cx),
        Said::Word(_) => refused(private, cx),
        Said::Help if reached => cx.tell(Event::Care(CareEvent::HelpSent)),
        Said::Help => cx.tell(Event::Trouble(Trouble::NobodyLeads)),
        Said::Confided(items) if !cx.room.am_lead() => {
            if let [item] = items.as_slice() {
                let name = cx.my_name();
                cx.tell(Event::Care(CareEvent::FollowUp { name, text: Secret::new(&item.text) }));
            }
        }
        Said::Confided(_) | Said::Helped(_) | Said::Code(..) => {}
    }
}

/// It went to nobody: the words come back to their writer.
pub(super) fn refused(private: &Private, cx: &mut Context) {
    cx.tell(Event::Trouble(match &private.said {
        Said::Word(text) => Trouble::PrivateLost(private.first_name(), text.clone()),
        Said::Help | Said::Helped(_) | Said::Confided(_) | Said::Code(..) => Trouble::NotTaken(None),
    }));
}

/// Whose a private word is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Mine,
    Theirs,
}

fn keep_word(way: Way, other: String, text: String, cx: &mut Context) {
    let me = cx.my_name();
    let mine = way == Way::Mine;
    let (from, to) = if mine { (me, other) } else { (other, me) };
    let at_ms = cx.room.state.circle.at_ms;
    cx.room.keep_chat(ChatLine { from: from.clone(), text: text.clone(), at_ms, only: Some(to.clone()) });
    cx.tell(Event::Care(CareEvent::Private { from, to, text, mine }));
}

/// Something private of another's went by. If it's for me, I open it; otherwise nothing is known of it. Returns the words of
/// the code, with their age, if it's those.
pub(super) fn received(from: SeatId, sealed: &[u8], log: &Log, cx: &mut Context) -> Option<(u32, Words)> {
    let plain = log.keys()?.group.open_private(sealed, from)?;
    let (said, rest) = postcard::take_from_bytes::<Said>(&plain).ok()?;
    let member = cx.room.state.circle.seats.get(&from).filter(|_| rest.is_empty())?;
    let (name, theirs) = (member.name.clone(), member.arrival);
    // Whoever held the door until now may still pass on what it knows.
    let leads = cx.room.state.circle.roles.is_lead(from) || cx.room.state.circle.facilitator() == Some(from);
    match &said {
        Said::Word(text) => {
            let text = clean::chat(text);
            if !text.is_empty() {
                keep_word(Way::Theirs, name, text, cx);
            }
        }
        Said::Help if cx.room.am_lead() => {
            cx.room.confided.help.insert(theirs, cx.room.clock.0);
            cx.tell(Event::Care(CareEvent::Help(name)));
        }
        Said::Helped(arrival) if leads => {
            if cx.room.confided.help.remove(arrival).is_some() {
                tell_helped(Some(from), *arrival, cx);
            }
        }
        Said::Confided(items) if cx.room.am_lead() => {
            for item in items.iter().filter(|item| leads || item.arrival == theirs) {
                take_in(item, items.len() == 1, cx);
            }
        }
        Said::Code(age, words) if leads => return Words::read(words).map(|words| (*age, words)),
        Said::Help | Said::Helped(_) | Said::Confided(_) | Said::Code(..) => {}
    }
    None
}

/// Keeps what I am told in confidence, and shows it if it came alone: what comes with others isn't new to the group.
fn take_in(item: &Item, alone: bool, cx: &mut Context) {
    let about = cx.room.state.circle.seat_arrived(item.arrival);
    if about.is_none() && cx.room.state.care.alarm(item.arrival).is_none() {
        return;
    }
    let text = Secret::new(&item.text);
    keep(item.arrival, if item.note { Kind::Note } else { Kind::FollowUp }, text.clone(), cx);
    let about = about.and_then(|seat| cx.room.state.circle.name(seat)).map(str::to_owned);
    match about.filter(|_| alone) {
        Some(name) if item.note => cx.tell(Event::Care(CareEvent::Note { name, text })),
        Some(name) => cx.tell(Event::Care(CareEvent::FollowUp { name, text })),
        None => {}
    }
}
