//! Members who came in by the name of one who is away. It may be the same person on a new line, or somebody who knows the
//! name: whoever holds the door can ask them, and give them the place back. Likewise the member who led before, was away
//! meanwhile and is here again: the facilitator can give the role back.

use std::collections::BTreeSet;

use super::context::Context;
use crate::session::Event;

/// Whom I was told of: orders of arrival. At most one for each member.
#[derive(Default)]
pub(super) struct Namesakes {
    told: BTreeSet<u64>,
    /// The member who led before.
    led: Option<u64>,
}

impl Namesakes {
    /// Tells me of those whom I can give something back, once each.
    pub(super) fn watch(&mut self, cx: &mut Context) {
        let circle = &cx.room.state.circle;
        let mut told = BTreeSet::new();
        let mut events = Vec::new();
        for (seat, member) in circle.seats.iter().filter(|_| cx.room.am_facilitator()) {
            let Some(before) = cx.room.seat_to_give_back(*seat) else { continue };
            told.insert(member.arrival);
            if !self.told.contains(&member.arrival) {
                let was = circle.name(before).unwrap_or_default().to_owned();
                events.push(Event::Namesake { seat: *seat, name: member.name.clone(), was });
            }
        }
        self.told = told;
        let led = cx.room.role_to_give_back().and_then(|seat| Some((seat, circle.seats.get(&seat)?)));
        let before = std::mem::replace(&mut self.led, led.map(|(_, member)| member.arrival));
        if let Some((seat, member)) = led.filter(|(_, member)| before != Some(member.arrival)) {
            events.push(Event::LedBefore { seat, name: member.name.clone() });
        }
        events.into_iter().for_each(|event| cx.tell(event));
    }
}
