//! What members confide to a few in a simulated session, and whether it reached anybody else.

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use super::machine::Machine;
use super::world::World;
use crate::session::{CareEvent, Event, Gesture, Intent, Room, Trouble};

/// With what a private word begins, before the name of whom it's for.
const FOR: &str = "for ";

/// What became of what was said in private, over all members and runs of their programs.
#[derive(Debug, Default)]
pub struct InPrivate {
    /// Words that their writers were told had been sent.
    pub sent: usize,
    /// Words that were read.
    pub read: usize,
    /// Words that came back to their writers.
    pub returned: usize,
    /// What a member saw that was not meant for it.
    pub astray: Vec<String>,
}

/// What a member does about care, drawn from a number: what can be done now, and a good deal that can't.
pub(super) fn drawn(room: &Room, seed: u64) -> Intent {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let mut below = move |n: u64| rng.next_u64() % n;
    let order = room.state.circle.by_arrival();
    let seat = order.get(below(order.len().max(1) as u64) as usize).copied().unwrap_or(crate::ids::SeatId(0));
    let name = room.state.circle.name(seat).unwrap_or("nobody");
    match below(12) {
        0..=5 => Intent::Private(seat, format!("{FOR}{name}: {}", below(1_000_000))),
        6 => Intent::HelpMe,
        7 => Intent::Gesture(Gesture::Here),
        8 | 9 => Intent::FollowUp(seat, format!("call {}", below(1_000_000))),
        10 => {
            let asked =
                room.confided.help.keys().next().or(room.state.care.alarms().first().map(|alarm| &alarm.arrival));
            Intent::Handled(asked.copied().unwrap_or(below(20)))
        }
        _ => Intent::Note("too late for a note".to_owned()),
    }
}

impl Machine {
    /// Keeps what was told in private, and what all were told in writing.
    pub(super) fn keep_private(&mut self, event: &Event) {
        let kept = matches!(
            event,
            Event::Care(CareEvent::Private { .. })
                | Event::Chat { .. }
                | Event::Care(CareEvent::Help(_) | CareEvent::FollowUp { .. })
                | Event::Trouble(Trouble::PrivateLost(..))
        );
        if !kept {
            return;
        }
        let Some(room) = self.member.as_ref().map(crate::member::Member::room) else { return };
        let me = room.me.and_then(|me| room.state.circle.name(me)).unwrap_or_default().to_owned();
        self.private.push((me, room.am_lead(), event.clone()));
    }
}

impl World {
    /// What became of what was said in private.
    pub fn told_in_private(&self) -> InPrivate {
        let mut all = InPrivate::default();
        for (me, leads, told) in self.machines.iter().flat_map(|machine| &machine.private) {
            let mut wrong = false;
            match told {
                Event::Care(CareEvent::Private { mine: true, to, text, .. }) => {
                    all.sent += 1;
                    wrong = !text.starts_with(&format!("{FOR}{to}: "));
                }
                Event::Care(CareEvent::Private { to, text, .. }) => {
                    all.read += 1;
                    // A member who is back on a new line may have been called by a number when it was written.
                    wrong = to != me
                        || !(text.starts_with(&format!("{FOR}{me}: ")) || text.starts_with(&format!("{FOR}{me} ")));
                }
                Event::Chat { text, .. } => wrong = text.starts_with(FOR) || text.starts_with("call "),
                Event::Care(CareEvent::Help(_)) => wrong = !leads,
                Event::Care(CareEvent::FollowUp { name, .. }) => wrong = !leads && name != me,
                Event::Trouble(Trouble::PrivateLost(..)) => all.returned += 1,
                _ => {}
            }
            if wrong {
                all.astray.push(format!("{me}: {told:?}"));
            }
        }
        all
    }
}
