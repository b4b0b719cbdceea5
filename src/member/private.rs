//! What is for a few only: a private word, a call for help, what is confided to those who lead, and the words of the code.
//!
//! All of it is sealed to its recipients (`crypto::group`) within what is sent to all, in one size. Whom it was meant for is
//! fixed when it is said: if they are gone by the time it has its place in the log, it has reached nobody.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::Member;
use crate::crypto::code::Words;
use crate::crypto::group::Group;
use crate::ids::SeatId;
use crate::session::{ChatLine, Event, Op, Secret, Trouble, clean};
use crate::wire::{Act, limits};

/// What is sealed.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) enum Said {
    /// From one to another.
    Word(String),
    /// I need help.
    Help,
    /// Who asked for help, by arrival, has been seen to.
    Helped(u64),
    /// About members, for those who lead.
    Confided(Vec<Item>),
    /// The words of the code, and how often they had been drawn anew.
    Code(u32, String),
}

/// One thing about one member.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct Item {
    arrival: u64,
    /// What they left at the door; otherwise what is to be done if they vanish.
    note: bool,
    text: String,
}

/// Somebody it is meant for, and nobody else who may get the seat.
struct Recipient {
    seat: SeatId,
    arrival: u64,
    name: String,
    signer: Vec<u8>,
}

/// Something private on its way into the log.
pub(super) struct Private {
    to: Vec<Recipient>,
    said: Said,
    plain: Zeroizing<Vec<u8>>,
    secret: Zeroizing<[u8; 32]>,
}

impl Private {
    /// As an operation, sealed with the keys of now to those who are still there.
    pub(super) fn op(&self, group: &Group) -> Option<Op> {
        let there = |to: &&Recipient| group.signer(to.seat).is_some_and(|signer| signer == to.signer);
        let seats: Vec<SeatId> = self.to.iter().filter(there).map(|to| to.seat).collect();
        group.seal_to(&seats, &self.secret, &self.plain).ok().map(Op::Private)
    }
}

impl Member {
    /// Says something to these seats, and to nobody else.
    fn say_to(&mut self, seats: &[SeatId], said: Said) -> Result<(), Trouble> {
        let Some(keys) = &self.keys else { return Err(Trouble::NotTaken(None)) };
        let recipient = |seat: &SeatId| {
            let member = self.room.state.seats.get(seat)?;
            let signer = keys.group.signer(*seat)?;
            Some(Recipient { seat: *seat, arrival: member.arrival, name: member.name.clone(), signer })
        };
        let to: Vec<Recipient> = seats.iter().filter_map(recipient).collect();
        let plain = postcard::to_stdvec(&said).map(Zeroizing::new).map_err(|_| Trouble::NotTaken(None))?;
        if to.is_empty() || to.len() > limits::LEADS || plain.len() >= limits::PRIVATE {
            return Err(Trouble::NotTaken(None));
        }
        let secret = Zeroizing::new(self.draw());
        self.actions.add_private(Private { to, said, plain, secret })?;
        self.flush();
        Ok(())
    }

    /// Those who lead, but me.
    fn other_leads(&self) -> Vec<SeatId> {
        self.room.state.leads().iter().copied().filter(|lead| self.room.me != Some(*lead)).collect()
    }

    /// A word to one.
    pub(super) fn private(&mut self, seat: SeatId, text: &str) -> Result<(), Trouble> {
        let text = Secret::new(text);
        let there = self.room.me != Some(seat) && self.room.state.seats.contains_key(&seat);
        if !there || text.is_empty() {
            return Err(Trouble::NotTaken(None));
        }
        self.say_to(&[seat], Said::Word(text.text().to_owned()))
    }

    /// I need help.
    pub(super) fn help_me(&mut self) -> Result<(), Trouble> {
        let leads = self.other_leads();
        if leads.is_empty() { Err(Trouble::NobodyLeads) } else { self.say_to(&leads, Said::Help) }
    }

    /// What is to be done if somebody vanishes: said by who leads of anybody, and by everybody of themselves.
    pub(super) fn follow_up(&mut self, seat: SeatId, text: &str) -> Result<(), Trouble> {
        let (lead, leads) = (self.room.am_lead(), self.other_leads());
        let Some(member) = self.room.state.seats.get(&seat) else { return Err(Trouble::NotTaken(None)) };
        let (arrival, name, text) = (member.arrival, member.name.clone(), Secret::new(text));
        if !lead && self.room.me != Some(seat) {
            return Err(Trouble::NotFacilitator);
        }
        if !lead && leads.is_empty() {
            return Err(Trouble::NobodyLeads);
        }
        if !leads.is_empty() {
            let item = Item { arrival, note: false, text: text.text().to_owned() };
            self.say_to(&leads, Said::Confided(vec![item]))?;
        }
        if lead {
            self.confided(arrival, false, text.clone());
            self.tell(Event::FollowUp { name, text });
        }
        Ok(())
    }

    /// I have seen to who vanished, or asked for help.
    pub(super) fn handled(&mut self, arrival: u64) -> Result<(), Trouble> {
        if !self.room.hears_of_trouble() {
            return Err(Trouble::NotFacilitator);
        }
        let alarm = self.room.state.alarm(arrival).is_some();
        let helped = self.room.confided.help.remove(&arrival).is_some();
        if !alarm && !helped {
            return Err(Trouble::NothingToHandle);
        }
        if helped {
            let leads = self.other_leads();
            if !leads.is_empty() {
                self.say_to(&leads, Said::Helped(arrival))?;
            }
            self.tell_helped(self.room.me, arrival);
        }
        if alarm { self.append(Act::None, Op::SeenTo(arrival)) } else { Ok(()) }
    }

    fn tell_helped(&mut self, by: Option<SeatId>, arrival: u64) {
        let state = &self.room.state;
        let name = |seat: Option<SeatId>| seat.and_then(|seat| state.name(seat)).map(str::to_owned);
        if let (Some(by), Some(name)) = (name(by), name(state.seat_arrived(arrival))) {
            self.tell(Event::SeenTo { by, name });
        }
    }

    /// Somebody leads from here on, and I hold the door: they get to know what those who lead know.
    pub(super) fn confide_all(&mut self, seat: SeatId) {
        let confided = &self.room.confided;
        let items = confided.follow_ups.iter().map(|entry| (entry, false));
        let items = items.chain(confided.notes.iter().map(|entry| (entry, true)));
        let mut items: Vec<Item> = items
            .map(|((arrival, text), note)| Item { arrival: *arrival, note, text: text.text().to_owned() })
            .collect();
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
            let _ = self.say_to(&[seat], Said::Confided(some));
        }
        self.tell_code(&[seat]);
    }

    /// A note that was left at the door goes to the others who lead.
    pub(super) fn confide_note(&mut self, seat: SeatId, note: Secret) {
        let Some(arrival) = self.room.state.seats.get(&seat).map(|member| member.arrival) else { return };
        if !self.room.am_lead() || note.is_empty() {
            return;
        }
        let leads: Vec<SeatId> = self.other_leads().into_iter().filter(|lead| *lead != seat).collect();
        let item = Item { arrival, note: true, text: note.text().to_owned() };
        self.confided(arrival, true, note);
        if !leads.is_empty() {
            let _ = self.say_to(&leads, Said::Confided(vec![item]));
        }
    }

    /// Those who may have the door after me get the words of the code.
    pub(super) fn tell_code(&mut self, seats: &[SeatId]) {
        if let (false, Some((age, words))) = (seats.is_empty(), self.door_words()) {
            let _ = self.say_to(seats, Said::Code(age, words));
        }
    }

    /// The same to all who lead.
    pub(super) fn tell_code_to_leads(&mut self) {
        let leads = self.other_leads();
        self.tell_code(&leads);
    }

    fn confided(&mut self, arrival: u64, note: bool, text: Secret) {
        let confided = &mut self.room.confided;
        let map = if note { &mut confided.notes } else { &mut confided.follow_ups };
        if text.is_empty() {
            map.remove(&arrival);
        } else {
            map.insert(arrival, text);
        }
    }

    /// Something private of mine has its place in the log: it has reached whom it was for, or nobody.
    pub(super) fn private_out(&mut self, private: Private) {
        let state = &self.room.state;
        let there = |to: &&Recipient| state.seats.get(&to.seat).is_some_and(|member| member.arrival == to.arrival);
        let reached = private.to.iter().any(|to| there(&to));
        match (&private.said, private.to.first()) {
            (Said::Word(text), Some(to)) if reached => {
                let (to, text) = (to.name.clone(), text.clone());
                self.keep_private(true, &to, text);
            }
            (Said::Word(_), _) => self.private_refused(&private),
            (Said::Help, _) if reached => self.tell(Event::HelpSent),
            (Said::Help, _) => self.tell(Event::Trouble(Trouble::NobodyLeads)),
            (Said::Confided(items), _) if !self.room.am_lead() => {
                if let [item] = items.as_slice() {
                    let name = self.room.me.and_then(|me| self.room.state.name(me)).unwrap_or_default().to_owned();
                    self.tell(Event::FollowUp { name, text: Secret::new(&item.text) });
                }
            }
            _ => {}
        }
    }

    /// It went to nobody: the words come back to who wrote them.
    pub(super) fn private_refused(&mut self, private: &Private) {
        let name = private.to.first().map(|to| to.name.clone()).unwrap_or_default();
        self.tell(Event::Trouble(match &private.said {
            Said::Word(text) => Trouble::PrivateLost(name, text.clone()),
            _ => Trouble::NotTaken(None),
        }));
    }

    fn keep_private(&mut self, mine: bool, name: &str, text: String) {
        let me = self.room.me.and_then(|me| self.room.state.name(me)).unwrap_or_default().to_owned();
        let (from, to) = if mine { (me, name.to_owned()) } else { (name.to_owned(), me) };
        let at_ms = self.room.state.at_ms;
        self.room.keep_chat(ChatLine { from: from.clone(), text: text.clone(), at_ms, only: Some(to.clone()) });
        self.tell(Event::Private { from, to, text, mine });
    }

    /// Something private went by. If it's for me, I open it; otherwise nothing is known of it.
    pub(super) fn private_in(&mut self, from: SeatId, sealed: &[u8]) {
        let Some(keys) = &self.keys else { return };
        let Some(plain) = keys.group.open_private(sealed, from) else { return };
        let said = postcard::take_from_bytes::<Said>(&plain).ok().filter(|(_, rest)| rest.is_empty());
        let (Some((said, _)), Some(member)) = (said, self.room.state.seats.get(&from)) else { return };
        let (name, theirs) = (member.name.clone(), member.arrival);
        // Who held the door until now may still pass on what it knows.
        let leads = self.room.state.is_lead(from) || self.room.state.facilitator() == Some(from);
        match &said {
            Said::Word(text) => {
                let text = clean::chat(text);
                if !text.is_empty() {
                    self.keep_private(false, &name, text);
                }
            }
            Said::Help if self.room.am_lead() => {
                self.room.confided.help.insert(theirs, self.room.clock.0);
                self.tell(Event::Help(name));
            }
            Said::Helped(arrival) if leads => {
                if self.room.confided.help.remove(arrival).is_some() {
                    self.tell_helped(Some(from), *arrival);
                }
            }
            Said::Confided(items) if self.room.am_lead() => {
                let alone = items.len() == 1;
                for item in items {
                    let about = self.room.state.seat_arrived(item.arrival);
                    let known = about.is_some() || self.room.state.alarm(item.arrival).is_some();
                    if !known || !(leads || item.arrival == theirs) {
                        continue;
                    }
                    let text = Secret::new(&item.text);
                    self.confided(item.arrival, item.note, text.clone());
                    let about = about.and_then(|seat| self.room.state.name(seat)).map(str::to_owned);
                    match about.filter(|_| alone) {
                        Some(name) if item.note => self.tell(Event::Note { name, text }),
                        Some(name) => self.tell(Event::FollowUp { name, text }),
                        None => {}
                    }
                }
            }
            Said::Code(age, words) if leads => {
                if let Some(words) = Words::read(words) {
                    self.learn_words(*age, words);
                }
            }
            Said::Help | Said::Helped(_) | Said::Confided(_) | Said::Code(..) => {}
        }
    }
}
