//! The library as it is set up here, and what is asked of it in more than one place.

use mls_rs::client_builder::{BaseConfig, WithCryptoProvider, WithIdentityProvider, WithMlsRules};

use super::names::Names;
use super::rules::Rules;
use super::seats::{seat_of, seat_set};
use super::suite::Provider;
use crate::ids::{Epoch, SeatId, SeatSet};

pub(super) type Config = WithMlsRules<Rules, WithIdentityProvider<Names, WithCryptoProvider<Provider, BaseConfig>>>;
pub(super) type Mls = mls_rs::Group<Config>;

/// Our seat.
pub(super) fn me(mls: &Mls) -> SeatId {
    seat_of(mls.current_member_index())
}

/// The seats of everybody in the group.
pub(super) fn seats(mls: &Mls) -> SeatSet {
    seat_set(&mls.roster())
}

/// The number of the present keys.
pub(super) fn epoch(mls: &Mls) -> Epoch {
    // Larger ones are refused on joining and when a commit is made or applied.
    Epoch(u32::try_from(mls.current_epoch()).unwrap_or(u32::MAX))
}
