//! One seat as the relay sees it: a connection, and how its way up and its way down do.

use std::time::Duration;

use super::budgets::Budgets;
use super::downlink::Downlink;
use super::subscriptions::Subscriptions;
use super::uplink::Uplink;
use crate::adapt::{PlanChoice, TwoWays, Way};
use crate::ids::{ActionNo, SeatId, Time};
use crate::relay::core::bucket::Bucket;
use crate::relay::core::outbox::ConnId;
use crate::wire::{Frame, Loss, Numbered, Presence, Pulse, Refusal, RoomState, UpDatagram, limits};

/// A line that loses more than this share is called poor.
const POOR_FROM: f64 = 0.08;
/// A poor line that loses less than this share is good again.
const GOOD_BELOW: f64 = 0.04;

/// On a line that loses so much that it's called poor, this many times as long a silence counts as away: it takes several signs of
/// life in a row, and a member to whom nothing is sent meanwhile would miss what it could hear.
const POOR_PATIENCE: u32 = 2;

/// Everything the relay keeps for one seat.
pub(super) struct Seat {
    pub(super) conn: Option<ConnId>,
    /// A connection that asks for the seat while the seat's line is silent, and has yet to show that it is the member's.
    pub(super) early: Option<ConnId>,
    /// A second connection of its member's, over which datagrams go both ways as well.
    pub(super) second: Option<ConnId>,
    /// What has come over both.
    pub(super) ways: TwoWays,
    /// The newest action that was dealt with.
    pub(super) last_action: ActionNo,
    pub(super) actions: Bucket,
    /// Bytes that its actions may still have, and those by which it changes the keys.
    pub(super) action_bytes: Bucket,
    pub(super) commit_bytes: Bucket,
    /// Entries of the log that it may still be given again.
    pub(super) entries_again: Bucket,
    /// Second ways that it may still be given.
    pub(super) second_ways: Bucket,
    /// Whether so much waits for its connection that it can't follow.
    pub(super) backlogged: bool,
    /// What it may still send of all the rest.
    pub(super) budgets: Budgets,
    /// When it was given.
    pub(super) seated: Time,
    /// The moment of the group's time from which on what is said is for it, in milliseconds.
    pub(super) hears_from_ms: u64,
    /// The member whose commit gave the seat, and whose welcome it waits for.
    pub(super) host: SeatId,
    /// The room at the entry that gave the seat, until the door's welcome is through.
    pub(super) given: Option<Box<RoomState>>,
    /// Whether the door's welcome is through. Until then the seat only waits.
    pub(super) welcomed: bool,
    pub(super) presence: Presence,
    /// When anything came from it last.
    pub(super) heard: Time,
    /// Since when the member says that nothing comes to it.
    pub(super) unreached: Option<Time>,
    /// Since when nothing has come from this seat and somebody was there to miss it.
    pub(super) away_since: Time,
    pub(super) up: Uplink,
    pub(super) down: Downlink,
    /// The layer in which it hears each of the others.
    pub(super) subscriptions: Subscriptions,
}

impl Seat {
    /// A seat that `host` has given and still has to welcome.
    pub(super) fn new(conn: Option<ConnId>, host: SeatId, now: Time) -> Self {
        let of = |budget: limits::Budget| Bucket::of(budget.burst, budget.per_second, now);
        Self {
            conn,
            early: None,
            second: None,
            ways: TwoWays::default(),
            last_action: ActionNo(0),
            actions: Bucket::of(limits::ACTIONS_BURST, limits::ACTIONS_PER_SECOND, now),
            action_bytes: of(limits::ACTION_BYTES),
            commit_bytes: of(limits::COMMIT_BYTES),
            entries_again: of(limits::ENTRIES_AGAIN),
            second_ways: of(limits::SECOND_WAYS),
            backlogged: false,
            budgets: Budgets::new(now),
            seated: now,
            hears_from_ms: 0,
            host,
            given: None,
            welcomed: false,
            presence: Presence::Here,
            heard: now,
            unreached: None,
            away_since: now,
            up: Uplink::new(now),
            down: Downlink::new(now),
            subscriptions: Subscriptions::default(),
        }
    }

    /// The seat of a member of a room that is being restored, whose newest action is this one. It has no line yet.
    pub(super) fn restored(id: SeatId, last_action: ActionNo, now: Time) -> Self {
        let (presence, up) = (Presence::Away, Uplink::after_outage(now));
        Self { last_action, presence, up, welcomed: true, ..Self::new(None, id, now) }
    }

    /// Its member is on this connection from here on, and is given `missed` entries of the log. The connection that it was on,
    /// and whether this one has been told of the entries already.
    ///
    /// # Errors
    /// [`Refusal::Busy`] if it has been given too many lately.
    pub(super) fn give_to(
        &mut self,
        conn: ConnId,
        missed: usize,
        now: Time,
    ) -> Result<(Option<ConnId>, bool), Refusal> {
        if !self.entries_again.take_many(1 + missed, now) {
            return Err(Refusal::Busy);
        }
        self.backlogged = false;
        self.unreached = None;
        let told_early = self.early.take() == Some(conn);
        Ok((self.conn.replace(conn), told_early))
    }

    /// This connection is told what its member is told, with `missed` entries of the log, as long as the seat's line is silent.
    /// Whether it is.
    pub(super) fn lend_to(&mut self, conn: ConnId, missed: usize, now: Time) -> bool {
        let silent = self.conn.is_none() || now.since(self.heard) >= limits::EARLY_AFTER;
        let lent = self.early.is_none() && silent && self.entries_again.take_many(1 + missed, now);
        if lent {
            self.early = Some(conn);
        }
        lent
    }

    /// The connection to send voice to. `None` while the seat isn't welcomed, or is known to be silent.
    pub(super) fn listening(&self) -> Option<ConnId> {
        self.early.or(self.any_way().filter(|_| self.presence != Presence::Away)).filter(|_| self.welcomed)
    }

    /// What a datagram of its member's is that came by one of its ways; `None` for what is none, has come by the other way, or is
    /// one too many.
    pub(super) fn read_datagram(&mut self, way: Way, bytes: &[u8], now: Time) -> Option<UpDatagram> {
        let Numbered { number, datagram } = Numbered::decode(bytes).ok()?;
        if number.is_some_and(|number| !self.ways.is_first(number)) {
            // Its member is there all the same.
            self.heard = now;
            return None;
        }
        self.up.receiver.comes_by(way);
        self.budgets.read_datagram(datagram, now)
    }

    /// A connection of its member's: the one that has the seat, or else the second way.
    pub(super) fn any_way(&self) -> Option<ConnId> {
        self.conn.or(self.second)
    }

    /// The connections to send control messages to; these wait out a silence.
    pub(super) fn told(&self) -> impl Iterator<Item = ConnId> + use<> {
        let welcomed = self.welcomed;
        [self.conn, self.early].into_iter().flatten().filter(move |_| welcomed)
    }

    /// Whether it hears this frame, as seat `own`: the frame is another's, and in the layer in which it hears that talker.
    pub(super) fn hears(&self, own: SeatId, frame: &Frame) -> bool {
        frame.head.kid.seat() != own && self.subscriptions.contain(frame)
    }

    /// The member says how its way down does.
    pub(super) fn reported(&mut self, pulse: Pulse, now: Time) {
        if pulse.reception.loss == Loss::ALL {
            self.unreached.get_or_insert(now);
            return;
        }
        self.unreached = None;
        let choice = if pulse.full { PlanChoice::Full } else { PlanChoice::Auto };
        self.up.receiver.set_choice(choice);
        self.up.receiver.nack.set_rtt(pulse.round());
        self.down.reported(pulse, choice, now);
    }

    /// How long the line has been gone, as far as somebody was there to miss it.
    pub(super) fn gone_for(&self, now: Time) -> Duration {
        match (self.presence, self.any_way()) {
            // A line that is only silent was gone before it was called away.
            (Presence::Away, Some(_)) if self.unreached.is_some() => now.since(self.away_since - limits::AWAY_AFTER),
            (Presence::Away, Some(_)) => now.since(self.heard.max(self.away_since - limits::AWAY_AFTER)),
            (Presence::Away, None) => now.since(self.away_since),
            (Presence::Here | Presence::Poor, _) => Duration::ZERO,
        }
    }

    /// How the line is by now: away after a silence of [`limits::AWAY_AFTER`], or twice that on a poor one; poor while it loses
    /// much.
    pub(super) fn presence_at(&self, now: Time) -> Presence {
        let patience = limits::AWAY_AFTER * if self.loss() >= POOR_FROM { POOR_PATIENCE } else { 1 };
        match self.any_way() {
            Some(_) if self.unreached.is_none() && now.since(self.heard) < patience => self.quality(),
            _ => Presence::Away,
        }
    }

    /// The share that the line loses one way, whichever is worse.
    fn loss(&self) -> f64 {
        self.up.receiver.loss().max(self.down.report().loss)
    }

    /// How a line is that has been heard from.
    fn quality(&self) -> Presence {
        let limit = if self.presence == Presence::Poor { GOOD_BELOW } else { POOR_FROM };
        if self.loss() >= limit { Presence::Poor } else { Presence::Here }
    }
}
