//! What a member takes along: how long it was, with whom, and what was decided.

use super::Motion;

/// What a member takes along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// How long I was in the circle, in milliseconds.
    pub stayed_ms: u64,
    /// Who else was there meanwhile, in the order in which I met them; at most [`MET`](crate::wire::limits::MET).
    pub met: Vec<String>,
    /// What was decided: the texts and what followed.
    pub decided: Vec<(String, Motion)>,
}
