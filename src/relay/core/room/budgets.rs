//! What one seat may send of each kind. It's asked before anything is done, so that no kind costs the relay more than its budget,
//! and the matches name every kind, so that a new one doesn't compile without.

use crate::ids::Time;
use crate::relay::core::bucket::Bucket;
use crate::wire::{Refusal, ToRelay, UpDatagram, limits};

/// The buckets of one seat. Actions have one of their own beside these, because they are answered.
pub(super) struct Budgets {
    datagrams: Bucket,
    bundles: Bucket,
    retransmissions: Bucket,
    pulses: Bucket,
    probes: Bucket,
    nacks: Bucket,
    requests: Bucket,
    answers: Bucket,
    newest: Bucket,
    reports: Bucket,
    messages: Bucket,
    flights: Bucket,
    welcomes: Bucket,
    lists: Bucket,
    lags: Bucket,
}

impl Budgets {
    /// Full ones.
    pub(super) fn new(now: Time) -> Self {
        let of = |budget: limits::Budget| Bucket::of(budget.burst, budget.per_second, now);
        Self {
            datagrams: of(limits::DATAGRAMS),
            bundles: of(limits::BUNDLES),
            retransmissions: of(limits::RETRANSMISSIONS),
            pulses: of(limits::PULSES),
            probes: of(limits::PROBES),
            nacks: of(limits::NACKS),
            requests: of(limits::BACKFILL_REQUESTS),
            answers: of(limits::BACKFILL_ANSWERS),
            newest: of(limits::NEWEST_FRAMES),
            reports: of(limits::RECEIVER_REPORTS),
            messages: of(limits::MESSAGES),
            flights: of(limits::DOOR_FLIGHTS),
            welcomes: of(limits::WELCOMES),
            lists: of(limits::LISTS),
            lags: of(limits::LAGS),
        }
    }

    /// The datagram that bytes are. `None` if they are none, or too many have come: nothing is done about those, as if the line
    /// had lost them.
    pub(super) fn read_datagram(&mut self, bytes: &[u8], now: Time) -> Option<UpDatagram> {
        if !self.datagrams.take(now) {
            return None;
        }
        let datagram = UpDatagram::decode(bytes).ok()?;
        self.bucket_of(&datagram).take(now).then_some(datagram)
    }

    fn bucket_of(&mut self, datagram: &UpDatagram) -> &mut Bucket {
        match datagram {
            UpDatagram::Bundle(_) => &mut self.bundles,
            UpDatagram::Retransmit(_) => &mut self.retransmissions,
            UpDatagram::Pulse(_) => &mut self.pulses,
            UpDatagram::Probe(_) => &mut self.probes,
            UpDatagram::Nack(_) => &mut self.nacks,
            UpDatagram::BackfillRequest(_) => &mut self.requests,
            UpDatagram::BackfillAnswer(_) => &mut self.answers,
            UpDatagram::NewestFrame(_) => &mut self.newest,
            UpDatagram::ReceiverReport(_) => &mut self.reports,
        }
    }

    /// Whether something is done about a message.
    ///
    /// # Errors
    /// [`Refusal::Protocol`] if there are more than any client sends.
    pub(super) fn take_message(&mut self, message: &ToRelay, now: Time) -> Result<bool, Refusal> {
        if !self.messages.take(now) {
            return Err(Refusal::Protocol);
        }
        Ok(match message {
            ToRelay::Answer(..) | ToRelay::TurnAway(..) => self.flights.take(now),
            ToRelay::Welcome { .. } => self.welcomes.take(now),
            ToRelay::Missed { .. } => self.lists.take(now),
            ToRelay::Behind(_) => self.lags.take(now),
            // The first has its own budget, one ends the seat, two the connection, and nothing is done about the others.
            ToRelay::Append { .. }
            | ToRelay::Leave
            | ToRelay::Hello(_)
            | ToRelay::Checkpoint(_)
            | ToRelay::Knock(_)
            | ToRelay::Entry(_) => true,
        })
    }
}
