//! A room's voices: what becomes of its members' datagrams, and what is sent and asked for over time.

use std::time::Duration;

use super::backfill::Backfiller;
use super::clock::GroupClock;
use super::context::RoomContext;
use super::forwarder::{Forwarder, Timing};
use super::reception::Receptions;
use super::seats::Seats;
use super::share::Share;
use super::traffic::Traffic;
use crate::adapt::Arrival;
use crate::ids::{FrameNo, SeatId, Time, overhead};
use crate::relay::core::outbox::{ConnId, Outbox};
use crate::wire::backfill::NewestFrame;
use crate::wire::{Floor, Frame, NackBundles, Probe, RetransmitUp, UpBundle, UpDatagram};

/// Live voice that has waited longer than this to be read is dropped. Playout waits about as long for what is late, so whoever heard
/// it would hear it as a gap all the same, and all that comes behind it later.
const STALE: Duration = Duration::from_millis(200);

/// How a datagram has come.
#[derive(Clone, Copy)]
pub(super) struct Came {
    /// Its size on the line, in bytes.
    pub(super) size: usize,
    /// How long it has waited to be read.
    pub(super) lag: Duration,
    /// Whether its member has the floor.
    pub(super) let_through: bool,
}

/// All that is done with voices, live and late.
pub(super) struct Media {
    forwarder: Forwarder,
    backfill: Backfiller,
    receptions: Receptions,
    traffic: Traffic,
}

impl Media {
    pub(super) fn new(clock: GroupClock, now: Time) -> Self {
        let (backfill, receptions) = (Backfiller::new(clock), Receptions::default());
        Self { forwarder: Forwarder::new(), backfill, receptions, traffic: Traffic::new(now) }
    }

    /// A member's datagram came. How many frames were dropped because they had waited too long.
    pub(super) fn handle(&mut self, id: SeatId, datagram: UpDatagram, came: Came, cx: &mut RoomContext<'_>) -> usize {
        let Came { size, let_through, .. } = came;
        match datagram {
            UpDatagram::Bundle(bundle) => return self.bundle(id, bundle, came, cx),
            UpDatagram::Retransmit(RetransmitUp(frames)) => return self.retransmit(id, frames, came, cx),
            UpDatagram::Pulse(pulse) => {
                if let Some(seat) = cx.seats.get_mut(id) {
                    seat.reported(pulse, cx.now);
                }
                self.forwarder.watch_layers(cx);
            }
            UpDatagram::Probe(Probe { sent, number }) => {
                if let Some(seat) = cx.seats.welcomed_mut(id) {
                    seat.up.receiver.probed(number, sent, size, cx.now);
                    report(id, cx);
                }
            }
            UpDatagram::Nack(NackBundles(missing)) => {
                self.forwarder.answer(id, missing, self.backfill.recent(cx.now), cx);
            }
            UpDatagram::BackfillRequest(request) => self.backfill.give(id, &request, cx),
            UpDatagram::BackfillAnswer(answer) => self.backfill.take(id, answer, cx),
            UpDatagram::NewestFrame(NewestFrame(newest)) => self.backfill.note_newest(id, newest, let_through, cx),
            UpDatagram::ReceiverReport(heard) => self.receptions.report(id, &heard, cx),
        }
        0
    }

    /// A talker's bundle: a new frame, and behind it perhaps some that were sent before.
    fn bundle(&mut self, id: SeatId, bundle: UpBundle, came: Came, cx: &mut RoomContext<'_>) -> usize {
        let (UpBundle { sent, frames }, Came { size, let_through, .. }) = (bundle, came);
        self.backfill.note(id, &frames, let_through, cx);
        let Some(seat) = cx.seats.welcomed_mut(id) else { return 0 };
        if let Some(head) =
            frames.first().map(|frame| frame.head).filter(|head| head.kid.seat() == id && !head.is_thin())
        {
            let open = !head.end && let_through;
            let earlier = || frames[1..].iter().map(|frame| &frame.head).filter(|head| !head.is_thin());
            let nearest = earlier().map(|copy| head.number.since(copy.number)).filter(|back| *back > 0).min();
            let copies = nearest.map_or(0, i16::unsigned_abs);
            seat.up.receiver.arrived(Arrival { number: head.number.0, stamp: sent, bytes: size, open, copies }, cx.now);
            if seat.up.receiver.expects_copies() {
                earlier().for_each(|copy| seat.up.receiver.nack.copied(copy.number.0));
            }
        }
        report(id, cx);
        self.forward(id, frames, Timing::Together, came, cx)
    }

    /// Frames that a talker was asked for.
    fn retransmit(&mut self, id: SeatId, frames: Vec<Frame>, came: Came, cx: &mut RoomContext<'_>) -> usize {
        self.backfill.note(id, &frames, came.let_through, cx);
        let Some(seat) = cx.seats.welcomed_mut(id) else { return 0 };
        frames.iter().for_each(|frame| seat.up.receiver.nack.answered(frame.head.number.0, cx.now));
        self.forward(id, frames, Timing::AtOnce, came, cx)
    }

    /// Forwards of these frames those that are the talker's own and new, while it has the floor and a place among the talkers. How
    /// many were dropped because they had waited too long.
    fn forward(
        &mut self,
        id: SeatId,
        frames: Vec<Frame>,
        timing: Timing,
        came: Came,
        cx: &mut RoomContext<'_>,
    ) -> usize {
        let Some(seat) = cx.seats.get_mut(id) else { return 0 };
        // What comes while its talker is muted, or too late, counts as come, so that it isn't let through when it comes again.
        let mut frames = seat.up.take_new(id, frames, cx.now);
        frames.retain(|frame| came.let_through && self.forwarder.admit(id, frame.head.level, cx.now));
        let stale = if came.lag > STALE { frames.len() } else { 0 };
        frames.truncate(frames.len() - stale);
        let bytes = frames.iter().map(|frame| frame.body.len() + overhead::DATAGRAM).sum::<usize>();
        if !self.traffic.take(bytes * cx.seats.ways().saturating_sub(1), cx.now) {
            frames.clear();
        }
        self.backfill.keep(&frames, cx.now);
        if !frames.is_empty() {
            self.forwarder.forward(id, frames, timing, self.backfill.recent(cx.now), cx);
        }
        self.forwarder.run_soon(id, cx.seats);
        stale
    }

    /// Tells a listener what it has missed since a moment of the group's time, beyond the frames that it has.
    pub(super) fn list_missed(
        &mut self,
        id: SeatId,
        since_ms: u64,
        have: Vec<(SeatId, FrameNo)>,
        let_through: impl Fn(SeatId) -> bool,
        cx: &mut RoomContext<'_>,
    ) {
        self.backfill.list(id, since_ms, have, let_through, cx);
    }

    // Seats.

    /// A seat's new line is probed from this moment on.
    pub(super) fn probe_from(&mut self, due: Time) {
        self.forwarder.probe_from(due);
    }

    /// A seat has a new line: what was asked for on the old one is asked for again.
    pub(super) fn restart_fetch(&mut self, id: SeatId) {
        self.backfill.restart(id);
    }

    /// Nothing more of this seat's voice goes out.
    pub(super) fn silence(&mut self, id: SeatId, seats: &mut Seats) {
        self.forwarder.silence(id, seats);
    }

    /// The floor is another's: `before` and `after` are those whose voices are not passed on. What they say then is not fetched.
    pub(super) fn change_floor(&mut self, before: &[SeatId], after: &[SeatId], seats: &mut Seats) {
        before.iter().chain(after).for_each(|id| self.backfill.begin_anew(*id, seats));
        after.iter().for_each(|id| self.silence(*id, seats));
    }

    /// Nothing that this seat has said is kept.
    pub(super) fn forget_history(&mut self, id: SeatId, seats: &mut Seats) {
        self.backfill.forget(id, seats);
    }

    /// The seat is free.
    pub(super) fn forget(&mut self, id: SeatId, seats: &mut Seats) {
        self.forwarder.silence(id, seats);
        self.backfill.forget(id, seats);
        self.receptions.forget(id);
    }

    /// Looks at who needs the thin layer, and tells everybody if that has changed.
    pub(super) fn watch_layers(&mut self, cx: &mut RoomContext<'_>) {
        self.forwarder.watch_layers(cx);
    }

    /// Tells a member who comes in or comes back whether the thin layer is needed.
    pub(super) fn tell_layers(&self, conn: ConnId, out: &mut Outbox) {
        self.forwarder.tell_layers(conn, out);
    }

    // Time.

    /// When [`Self::run`] is due.
    pub(super) fn due(&self) -> Time {
        self.forwarder.due().min(self.backfill.due())
    }

    /// Sends and asks for what is due.
    pub(super) fn run(&mut self, cx: &mut RoomContext<'_>) {
        self.forwarder.run(self.backfill.recent(cx.now), cx);
        self.backfill.run(cx);
    }

    /// Bytes a second that the room has wanted to send since the last call.
    pub(super) fn take_wanted(&mut self, now: Time) -> u32 {
        self.traffic.take_wanted(now)
    }

    /// Lets go of what is too old, and of all history beyond the room's share; and tells talkers how they are heard.
    pub(super) fn tick(&mut self, share: Share, floor: &Floor, cx: &mut RoomContext<'_>) {
        self.traffic.limit(share.traffic, cx.now);
        self.backfill.expire(share.history, cx);
        self.receptions.tell(floor, cx);
        self.forwarder.expire(cx.now);
    }
}

/// Tells a talker how its way up does, if it is time.
fn report(id: SeatId, cx: &mut RoomContext<'_>) {
    let Some(seat) = cx.seats.get_mut(id) else { return };
    if let Some((conn, report)) = seat.conn.zip(seat.up.report(cx.now)) {
        cx.out.datagram(conn, report.encode());
    }
}
