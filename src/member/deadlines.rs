//! What of decisions ends by time, of which somebody's client must tell the log.

use std::time::Duration;

use super::context::Context;
use super::log::Log;
use crate::ids::Time;
use crate::session::{Decide, Op, VoteKind};
use crate::wire::Act;

/// The door tells the log that a time is over; if it doesn't, the others do, one after another.
const NEXT_TELLS: Duration = Duration::from_secs(3);

/// A proposal by its number, and when it ends, in milliseconds of the group's time.
type Deadline = (u32, u64);

/// The ends of votes and trials.
#[derive(Default)]
pub(super) struct Deadlines {
    /// The one that I have last told the log of.
    told: Option<Deadline>,
}

impl Deadlines {
    /// The one that comes first.
    fn next(&self, cx: &Context) -> Option<Deadline> {
        let ends = cx.room.state.decisions.open.iter().filter_map(|open| {
            let vote = open.vote.as_ref().filter(|vote| vote.kind == VoteKind::Open).map(|vote| vote.until_ms);
            Some((open.id, vote.or(open.test.map(|test| test.until_ms))?))
        });
        ends.filter(|due| Some(*due) != self.told).min_by_key(|(_, until)| *until)
    }

    /// When this member is to tell the log that a time is over, if nobody before it does.
    pub(super) fn due(&self, cx: &Context) -> Time {
        let due = self.next(cx).filter(|_| cx.is_in()).and_then(|(_, until)| {
            let (room, (read, group_ms)) = (&cx.room, cx.room.clock);
            let door = room.state.circle.facilitator();
            let order = room.state.circle.by_arrival();
            let before = order.iter().filter(|seat| Some(**seat) != door).position(|seat| Some(*seat) == room.me);
            let turn = if door == room.me { 0 } else { before? as u32 + 1 };
            Some(read + Duration::from_millis(until.saturating_sub(group_ms)) + NEXT_TELLS * turn)
        });
        due.unwrap_or(Time::NEVER)
    }

    /// Tells the log that a time is over, if it's time.
    pub(super) fn watch(&mut self, log: &mut Log, cx: &mut Context) {
        if self.due(cx) > cx.now {
            return;
        }
        let Some((id, until)) = self.next(cx) else { return };
        // By the relay's clock it's at least as late as by mine, which runs after it.
        self.told = Some((id, until));
        let told = log.append(Act::None, Op::Decide(Decide::Due(id)), cx);
        cx.report(told);
    }
}
