//! What the group's log says about looking after each other, as it concerns me.

use super::Member;
use super::private::Private;
use crate::ids::SeatId;
use crate::session::{Confided, Fact, Intent, Op, Role, Room, Trouble};
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

    /// Takes in what an entry says and no face is told: something sealed to a few, or that the words of the code are new
    /// since they had this age.
    pub(super) fn confided_in(&mut self, fact: &Fact, code_age: u32) {
        let Fact::Action { seat, act: Act::None, op: Some(op), .. } = fact else { return };
        let mine = Some(*seat) == self.room.me;
        match op {
            Op::Private(sealed) if !mine && self.room.state.seats.contains_key(seat) => self.private_in(*seat, sealed),
            Op::CodeChanged if mine && self.room.state.code_age() != code_age => {
                self.words_count();
                self.tell_code_to_leads();
            }
            _ => {}
        }
    }

    /// A member has another role: those who lead from here on get to know what the others who lead know.
    pub(super) fn role_changed(&mut self, seat: SeatId, role: Role) {
        if role != Role::Member && Some(seat) != self.room.me && self.confides_to(seat) {
            self.confide_all(seat);
        }
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
