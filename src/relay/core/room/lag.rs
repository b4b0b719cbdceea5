//! How far behind live those members are who listen to what they have missed. All are told, but not often.

use std::collections::BTreeMap;
use std::time::Duration;

use super::seats::Seats;
use crate::ids::{SeatId, Time};
use crate::relay::core::context::Context;
use crate::wire::ToMember;

/// The members are told at most this often.
const TELL_EVERY: Duration = Duration::from_secs(2);

/// What one member has said of itself.
struct Lag {
    seconds: u8,
    /// Whether the others have been told.
    told: bool,
}

/// The members who are behind, at most one entry a seat.
#[derive(Default)]
pub(super) struct Lags {
    members: BTreeMap<SeatId, Lag>,
    told_at: Time,
}

impl Lags {
    /// A member says how many seconds it is behind; 0 is live.
    pub(super) fn set(&mut self, member: SeatId, seconds: u8) {
        self.members.insert(member, Lag { seconds, told: false });
    }

    /// The seat is free.
    pub(super) fn forget(&mut self, member: SeatId) {
        self.members.remove(&member);
    }

    /// Everybody's lag, for a member who has just come.
    pub(super) fn all(&self) -> Vec<(SeatId, u8)> {
        self.members.iter().map(|(id, lag)| (*id, lag.seconds)).collect()
    }

    /// Tells the members what is new, unless it's too soon.
    pub(super) fn tell(&mut self, seats: &Seats, cx: &mut Context<'_>) {
        let news = self.take_news(cx.now);
        if !news.is_empty() {
            seats.tell_all(&ToMember::Behind(news), cx.out);
        }
    }

    fn take_news(&mut self, now: Time) -> Vec<(SeatId, u8)> {
        if now.since(self.told_at) < TELL_EVERY {
            return Vec::new();
        }
        let untold = self.members.iter().filter(|(_, lag)| !lag.told);
        let news: Vec<_> = untold.map(|(id, lag)| (*id, lag.seconds)).collect();
        if !news.is_empty() {
            self.told_at = now;
            self.members.retain(|_, lag| {
                lag.told = true;
                lag.seconds > 0
            });
        }
        news
    }
}
