//! Members who came in by the name of one who is away. It may be the same person on a new line, or somebody who knows the
//! name: whoever holds the door can ask them, and give them the place back.

use std::collections::BTreeSet;

use super::context::Context;
use crate::session::Event;

/// Whom I was told of: orders of arrival. At most one for each member.
#[derive(Default)]
pub(super) struct Namesakes(BTreeSet<u64>);

impl Namesakes {
    /// Tells me of those whom I can give a place back, once each.
    pub(super) fn watch(&mut self, cx: &mut Context) {
        let circle = &cx.room.state.circle;
        let mut told = BTreeSet::new();
        let mut events = Vec::new();
        for (seat, member) in circle.seats.iter().filter(|_| cx.room.am_facilitator()) {
            let Some(before) = cx.room.seat_to_give_back(*seat) else { continue };
            told.insert(member.arrival);
            if !self.0.contains(&member.arrival) {
                let was = circle.name(before).unwrap_or_default().to_owned();
                events.push(Event::Namesake { seat: *seat, name: member.name.clone(), was });
            }
        }
        self.0 = told;
        events.into_iter().for_each(|event| cx.tell(event));
    }
}
