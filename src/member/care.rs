//! What the group's log says about looking after each other, as it concerns me.

use super::Member;
use super::private::Private;
use crate::session::{Change, Confided, Event, Intent, Op, Role, Room, Trouble};
use crate::wire::Act;

impl Member {
    /// Does what is wanted about care.
    pub(super) fn confide(&mut self, intent: Intent) -> Result<(), Trouble> {
        match intent {
            Intent::Private(seat, text) => self.private(seat, &text),
            Intent::HelpMe => self.help_me(),
            Intent::Here => self.append(Act::None, Op::Here),
            Intent::FollowUp(seat, text) => self.follow_up(seat, &text),
            Intent::Handled(arrival) => self.handled(arrival),
            _ => Ok(()),
        }
    }

    /// Takes in a change about care or roles; whether it was one.
    pub(super) fn care(&mut self, change: &Change) -> bool {
        match change {
            Change::Role(seat, role) => {
                self.tell(Event::Role(*seat, *role));
                if *role != Role::Member && Some(*seat) != self.room.me && self.confides_to(*seat) {
                    self.confide_all(*seat);
                }
            }
            Change::Here(seat) => {
                self.room.here.insert(*seat, self.room.clock.0);
                self.tell(Event::Here(*seat));
            }
            Change::Private(seat, sealed) => {
                if Some(*seat) != self.room.me {
                    self.private_in(*seat, sealed);
                }
            }
            Change::Alarm(arrival, name) => {
                if self.room.hears_of_trouble() {
                    self.tell(Event::Alarm(*arrival, name.clone()));
                }
            }
            Change::SeenTo { by, name } => {
                if self.room.hears_of_trouble() {
                    let by = self.room.state.name(*by).unwrap_or_default().to_owned();
                    self.tell(Event::SeenTo { by, name: name.clone() });
                }
            }
            Change::CodeChanged(seat) => {
                if Some(*seat) == self.room.me {
                    self.words_count();
                    self.tell_code_to_leads();
                }
            }
            _ => return false,
        }
        true
    }

    /// After an entry: tells what became of what I said to a few, if it was that, and lets go of what I was told in confidence
    /// once it is about nobody any more, or I no longer lead.
    pub(super) fn keep_confided(&mut self, mine: Option<Box<Private>>) {
        if let Some(mine) = mine {
            self.private_out(*mine);
        }
        if !self.room.am_lead() {
            self.room.confided = Confided::default();
        }
        let Room { confided, state, .. } = &mut self.room;
        confided.keep(state);
    }
}
