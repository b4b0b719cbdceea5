//! What others decide of a relay's rooms, where it is one of several.

use std::collections::{BTreeMap, BTreeSet};

use super::guest::Guest;
use super::outbox::{ConnId, Outbox};
use super::restoring::Restorations;
use super::rooms::Rooms;
use super::seal::Sealer;
use crate::ids::Nameplate;
use crate::wire::{Refusal, RelayAt, Ticket, ToMember};

/// A relay's rooms, for those who decide which of them are here.
pub struct Steered<'a> {
    pub(super) conns: &'a mut BTreeMap<ConnId, Guest>,
    pub(super) rooms: &'a mut Rooms,
    pub(super) restorations: &'a mut Restorations,
    pub(super) sealer: &'a Sealer,
    pub(super) out: &'a mut Outbox,
}

impl Steered<'_> {
    /// From here on rooms are opened at numbers alone that were offered.
    pub fn open_where_offered(&mut self) {
        self.rooms.open_where_offered();
    }

    /// A room may be opened at this number.
    pub fn offer(&mut self, nameplate: Nameplate) {
        self.rooms.offer(nameplate);
    }

    /// No room may be opened at this number any more.
    pub fn withdraw(&mut self, nameplate: Nameplate) {
        self.rooms.withdraw(nameplate);
    }

    /// The number of the room that a ticket is for; `None` unless it's one that this relay, or another with its secret, has made.
    pub fn number_of(&self, ticket: &Ticket) -> Option<Nameplate> {
        self.sealer.claim(ticket).map(|claim| claim.nameplate)
    }

    /// Numbers that have rooms, or whose members want to restore theirs.
    pub fn numbers(&self) -> BTreeSet<Nameplate> {
        self.rooms.numbers().chain(self.restorations.numbers()).collect()
    }

    /// The room of this number is another relay's. Whoever is in it or at its door is sent there, or comes again soon if nobody knows
    /// where it is. What wasn't sent to them yet never is.
    pub fn let_go(&mut self, nameplate: Nameplate, to: Option<&RelayAt>) {
        self.rooms.remove(nameplate);
        self.restorations.remove(nameplate);
        let gone: Vec<ConnId> =
            self.conns.iter().filter(|(_, guest)| guest.is_at(nameplate)).map(|(conn, _)| *conn).collect();
        self.out.forget(&gone);
        for conn in gone {
            self.conns.insert(conn, Guest::Refused);
            match to {
                Some(relay) => {
                    self.out.tell(conn, &ToMember::Elsewhere(relay.clone()));
                    self.out.close(conn);
                }
                None => self.out.refuse(conn, Refusal::Busy),
            }
        }
    }

    /// Connections of members.
    pub fn members(&self) -> impl Iterator<Item = ConnId> {
        self.conns.iter().filter(|(_, guest)| matches!(guest, Guest::Member { .. })).map(|(conn, _)| *conn)
    }

    /// Tells this to members.
    pub fn tell(&mut self, to: &[ConnId], message: &ToMember) {
        self.out.tell_all(to.iter().copied(), message);
    }
}
