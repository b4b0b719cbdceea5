//! Members who begin to speak, for those who ask to be told: a line each time the speaker changes, and no more than one a second.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::ids::{SeatId, Time};
use crate::session::Room;
use crate::text::{self, Verbosity};

/// Between two lines.
const APART: Duration = Duration::from_secs(1);
/// Whoever was silent for less has not begun anew: they come and go.
const PAUSE: Duration = Duration::from_secs(2);
/// The member who was told of last is told of again after a silence of this length.
const AGAIN: Duration = Duration::from_secs(10);
/// How long everybody has to be silent before that is told.
const SILENCE: Duration = Duration::from_secs(3);

/// What of the speakers was told, and what is to be.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    /// The members who were told of last.
    told: BTreeSet<SeatId>,
    /// When the last line was.
    at: Option<Time>,
    /// When each of those who are silent ceased.
    silent: BTreeMap<SeatId, Time>,
    /// Those who speak and are yet to be told of, and from when on that is due.
    due: BTreeMap<SeatId, Time>,
    /// When to tell that nobody speaks.
    silence: Option<Time>,
}

impl Speakers {
    /// A member begins to speak, or ceases.
    pub(super) fn handle(&mut self, seat: SeatId, on: bool, room: &Room, now: Time) {
        if room.me == Some(seat) {
            return;
        }
        if !on {
            self.due.remove(&seat);
            self.silent.insert(seat, now);
            self.silence = speaking(room).is_empty().then(|| now + SILENCE);
            return;
        }
        self.silence = None;
        let paused = self.silent.remove(&seat).map_or(Duration::MAX, |at| now.since(at));
        let known = self.told.contains(&seat);
        if known && paused < AGAIN {
            return;
        }
        self.due.insert(seat, if paused < PAUSE { now + PAUSE } else { now });
    }

    /// Another may have this seat from now on.
    pub(super) fn forget(&mut self, seat: SeatId) {
        self.told.remove(&seat);
        self.silent.remove(&seat);
        self.due.remove(&seat);
    }

    /// The lines that are due.
    pub(super) fn handle_timeout(&mut self, verbosity: Verbosity, room: &Room, now: Time) -> Vec<String> {
        if self.poll_timeout() > now {
            return vec![];
        }
        if self.silence.is_some_and(|at| at <= now) {
            self.silence = None;
            if verbosity == Verbosity::All && speaking(room).is_empty() {
                self.at = Some(now);
                return vec![text::NOBODY_SPEAKS.to_owned()];
            }
        }
        let heard = speaking(room);
        let ready: Vec<_> = self.due.iter().filter(|(_, at)| **at <= now).map(|(seat, _)| *seat).collect();
        self.due.retain(|seat, at| *at > now && heard.contains(seat));
        let named: Vec<_> = heard.into_iter().filter(|seat| ready.contains(seat)).collect();
        if named.is_empty() || verbosity == Verbosity::Quiet {
            return vec![];
        }
        let names: Vec<_> = named.iter().map(|seat| text::name(room, *seat)).collect();
        (self.told, self.at) = (named.iter().copied().collect(), Some(now));
        vec![text::begins_to_speak(&names)]
    }

    /// When [`Self::handle_timeout`] is wanted; [`Time::NEVER`] if nothing waits.
    pub(super) fn poll_timeout(&self) -> Time {
        let next = self.due.values().copied().chain(self.silence).min().unwrap_or(Time::NEVER);
        match self.at {
            Some(at) if next != Time::NEVER => next.max(at + APART),
            Some(_) | None => next,
        }
    }
}

/// The others who are heard now.
fn speaking(room: &Room) -> Vec<SeatId> {
    room.speakers().into_iter().filter(|seat| room.me != Some(*seat) && !room.floor_muted(*seat)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Speaking;
    use crate::session::fixture::{nine, seconds_ago};

    /// A group in which members speak, the first second being 0.
    struct Hall {
        room: Room,
        speakers: Speakers,
        verbosity: Verbosity,
        now: Time,
        told: Vec<(f64, String)>,
    }

    impl Hall {
        fn new(verbosity: Verbosity) -> Self {
            let mut room = nine(8);
            room.speaking.clear();
            Self { room, speakers: Speakers::default(), verbosity, now: seconds_ago(0), told: vec![] }
        }

        /// Members begin to speak or cease at these seconds; then a minute passes.
        fn play(&mut self, said: &[(f64, u8, bool)]) -> Vec<String> {
            let start = self.now;
            for (at, seat, on) in said {
                self.pass(start + Duration::from_secs_f64(*at));
                let (seat, since) = (SeatId(*seat), self.now);
                match on {
                    true => _ = self.room.speaking.insert(seat, Speaking { level: 4, since, heard: since }),
                    false => _ = self.room.speaking.remove(&seat),
                }
                self.speakers.handle(seat, *on, &self.room, self.now);
                self.tell();
            }
            self.pass(self.now + Duration::from_secs(60));
            let start = start.0;
            assert!(self.told.windows(2).all(|two| two[1].0 - two[0].0 >= 1.0), "{:?}", self.told);
            self.told.iter().map(|(at, line)| format!("{:.1} {line}", at - start as f64 / 1e6)).collect()
        }

        fn pass(&mut self, until: Time) {
            while self.speakers.poll_timeout() <= until {
                self.now = self.now.max(self.speakers.poll_timeout());
                self.tell();
            }
            self.now = self.now.max(until);
        }

        fn tell(&mut self) {
            let lines = self.speakers.handle_timeout(self.verbosity, &self.room, self.now);
            self.told.extend(lines.into_iter().map(|line| (self.now.0 as f64 / 1e6, line)));
        }
    }

    fn heard(verbosity: Verbosity, said: &[(f64, u8, bool)]) -> Vec<String> {
        Hall::new(verbosity).play(said)
    }

    #[test]
    fn each_change_of_speaker_is_a_line_on_wish() {
        let talk = [(0.0, 1, true), (5.0, 1, false), (5.2, 2, true), (9.0, 2, false), (9.1, 1, true), (14.0, 1, false)];
        assert_eq!(heard(Verbosity::Quiet, &talk), [""; 0]);
        assert_eq!(heard(Verbosity::Speakers, &talk), ["0.0 Ana speaks.", "5.2 Bo speaks.", "9.1 Ana speaks."]);
        let all = ["0.0 Ana speaks.", "5.2 Bo speaks.", "9.1 Ana speaks.", "17.0 Nobody speaks."];
        assert_eq!(heard(Verbosity::All, &talk), all);
    }

    #[test]
    fn a_member_who_flaps_is_one_line() {
        let flaps = |seat, from: f64| {
            (0..60).map(move |at| (from + f64::from(at) * 0.5, seat, at % 2 == 0)).collect::<Vec<_>>()
        };
        assert_eq!(heard(Verbosity::Speakers, &flaps(1, 0.0)), ["0.0 Ana speaks."]);
        assert_eq!(heard(Verbosity::All, &flaps(1, 0.0)), ["0.0 Ana speaks.", "32.5 Nobody speaks."]);
        // Beside a member who goes on speaking.
        let beside = [vec![(0.0, 2, true)], flaps(1, 3.0)].concat();
        assert_eq!(heard(Verbosity::Speakers, &beside), ["0.0 Bo speaks.", "3.0 Ana speaks."]);
    }

    #[test]
    fn lines_are_a_second_apart_and_name_those_who_still_speak() {
        let talk = [(0.0, 1, true), (0.3, 2, true), (0.4, 3, true), (0.5, 2, false), (0.6, 4, true)];
        assert_eq!(heard(Verbosity::Speakers, &talk), ["0.0 Ana speaks.", "1.0 Cyn and Dee speak."]);
        // A short word between two is none; whoever goes on speaking is told of.
        let word = [(0.0, 1, true), (3.0, 1, false), (3.0, 2, true), (3.9, 2, false), (3.9, 1, true)];
        assert_eq!(heard(Verbosity::Speakers, &word), ["0.0 Ana speaks.", "3.0 Bo speaks.", "5.9 Ana speaks."]);
    }

    #[test]
    fn neither_i_nor_whoever_is_muted_speaks() {
        let mut hall = Hall::new(Verbosity::All);
        hall.play(&[(0.0, 8, true), (1.0, 6, true)]);
        assert!(hall.told.is_empty(), "{:?}", hall.told);
    }
}
