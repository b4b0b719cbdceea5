//! What was sent lately, to be sent again behind what is new.
//!
//! It holds the packets that RFC 2198 would carry as redundant ones; after the end of a spurt, when nothing new comes, they go by
//! themselves.

use std::collections::VecDeque;
use std::time::Duration;

use super::repeats::Redundancy;
use crate::ids::Time;

/// As far back as two copies at the greatest distance are.
const SLOTS: usize = 8;
/// Most pieces of all slots together.
const PIECES: usize = 16;
/// What is older comes too late to be heard.
const KEPT: Duration = Duration::from_secs(1);
/// After the end of a spurt repeats come for the time of this many packets.
const STEPS: u8 = 4;
/// From one packet of a voice to the next.
const SHORTEST: Duration = Duration::from_millis(20);
const LONGEST: Duration = Duration::from_millis(120);

/// One talker's last datagrams: a slot for what was new in each.
pub struct Ring<T> {
    /// Oldest first.
    slots: VecDeque<(Time, Vec<T>)>,
    /// When repeats go on after the end of a spurt, and which step that is.
    after: Option<(Time, u8)>,
    span: Duration,
}

impl<T> Default for Ring<T> {
    fn default() -> Self {
        Self { slots: VecDeque::new(), after: None, span: LONGEST / 2 }
    }
}

impl<T> Ring<T> {
    /// These were sent now, together with what [`Ring::behind`] gave before. `end`: the spurt is over, and something is to be sent
    /// again after it.
    pub fn push(&mut self, new: Vec<T>, end: bool, now: Time) {
        if let Some((last, _)) = self.slots.back() {
            self.span = now.since(*last).clamp(SHORTEST, LONGEST);
        }
        self.slots.push_back((now, new));
        while self.slots.len() > SLOTS || self.slots.iter().map(|(_, new)| new.len()).sum::<usize>() > PIECES {
            self.slots.pop_front();
        }
        self.after = end.then(|| (now + self.span, 1));
    }

    /// What goes behind new frames that aren't in the ring yet.
    pub fn behind(&self, repeats: Redundancy, now: Time) -> impl Iterator<Item = &T> {
        repeats.back().filter_map(move |back| self.slot(back - 1, now)).flatten()
    }

    /// What is sent at a `step` after the end of a spurt, with that end first: what would have gone behind the next packet or, at
    /// the step that is the distance, behind all the later ones.
    pub fn tail(&self, repeats: Redundancy, step: u8, now: Time) -> impl Iterator<Item = &T> {
        let (distance, step) = (usize::from(repeats.distance), usize::from(step));
        let farthest = distance * usize::from(repeats.copies);
        let at_first = move |slot: usize| step == 1 && (slot + 1).is_multiple_of(distance);
        let rest = move |slot: usize| step == distance && distance > 1 && slot + 2 <= farthest;
        let wanted = move |slot: usize| at_first(slot) || rest(slot);
        let any = (0..farthest).any(wanted);
        (0..farthest)
            .filter(move |slot| wanted(*slot) || any && *slot == 0)
            .filter_map(move |slot| self.slot(slot, now))
            .flatten()
    }

    /// Everything that isn't too old.
    pub fn all(&self, now: Time) -> impl Iterator<Item = &T> {
        self.slots.iter().filter(move |(sent, _)| now.since(*sent) <= KEPT).flat_map(|(_, new)| new)
    }

    /// When [`Ring::step`] is due.
    pub fn due(&self) -> Time {
        self.after.map_or(Time::NEVER, |(due, _)| due)
    }

    /// The step for [`Ring::tail`], if one is due.
    pub fn step(&mut self, now: Time) -> Option<u8> {
        let (due, step) = self.after.filter(|(due, _)| *due <= now)?;
        self.after = (step < STEPS).then(|| (due + self.span, step + 1));
        Some(step)
    }

    /// Whether everything is too old.
    pub fn is_old(&self, now: Time) -> bool {
        self.slots.back().is_none_or(|(sent, _)| now.since(*sent) > KEPT)
    }

    /// The slot that is `back` before the last.
    fn slot(&self, back: usize, now: Time) -> Option<&[T]> {
        let (sent, new) = self.slots.get(self.slots.len().checked_sub(back + 1)?)?;
        (now.since(*sent) <= KEPT).then_some(new.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(n: u32) -> Time {
        Time(0) + Duration::from_millis(60) * n
    }

    fn ring(of: u32) -> Ring<u32> {
        let mut ring = Ring::default();
        (0..of).for_each(|n| ring.push(vec![n], n + 1 == of, at(n)));
        ring
    }

    fn plan(copies: u8, distance: u8) -> Redundancy {
        Redundancy { copies, distance }
    }

    #[test]
    fn repeats_are_as_far_back_as_they_should_be() {
        let behind = |plan| ring(20).behind(plan, at(20)).copied().collect::<Vec<_>>();
        assert_eq!(behind(Redundancy::NONE), Vec::<u32>::new());
        assert_eq!(behind(plan(1, 2)), [18]);
        assert_eq!(behind(plan(1, 3)), [17]);
        assert_eq!(behind(plan(2, 4)), [16, 12]);
        assert_eq!(ring(1).behind(plan(2, 1), at(1)).copied().collect::<Vec<_>>(), [0]);
        assert_eq!(ring(20).behind(plan(2, 4), at(38)).count(), 0, "too old");
    }

    #[test]
    fn the_end_of_a_spurt_is_repeated_as_if_it_went_on() {
        let tails = |plan| {
            let (mut ring, mut tails) = (ring(20), vec![]);
            for n in 20..30 {
                if let Some(step) = ring.step(at(n)) {
                    tails.push((n, ring.tail(plan, step, at(n)).copied().collect::<Vec<_>>()));
                }
            }
            assert_eq!(tails.len(), usize::from(STEPS));
            tails.retain(|(_, tail)| !tail.is_empty());
            tails
        };
        assert_eq!(tails(Redundancy::NONE), []);
        assert_eq!(tails(plan(1, 1)), [(20, vec![19])]);
        assert_eq!(tails(plan(1, 2)), [(20, vec![19, 18]), (21, vec![19])]);
        assert_eq!(tails(plan(1, 3)), [(20, vec![19, 17]), (22, vec![19, 18])]);
        assert_eq!(tails(plan(2, 2)), [(20, vec![19, 18, 16]), (21, vec![19, 18, 17])]);
    }

    #[test]
    fn a_spurt_that_goes_on_has_no_tail_and_the_ring_has_its_bounds() {
        let mut ring = ring(20);
        ring.push(vec![20], false, at(20));
        assert_eq!((ring.due(), ring.step(at(40))), (Time::NEVER, None));
        for n in 21..100 {
            ring.push(vec![n; 7], false, at(n));
        }
        assert!(ring.slots.iter().map(|(_, new)| new.len()).sum::<usize>() <= PIECES);
        assert!(!ring.is_old(at(100)) && ring.is_old(at(120)));
    }
}
