//! The same as plain lists: slow, and easy to believe.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Waits,
    Now,
    Away,
    Done,
}

/// Members in the order of arrival, of whom the first leads.
#[derive(Debug, Default)]
struct Naive {
    members: Vec<u8>,
    hands: Vec<u8>,
    asks: Vec<u8>,
    stick: Option<u8>,
    /// The last mute of all: its end, and whether it was lifted then.
    mute_all: Option<(u64, bool)>,
    asked: Option<(u64, Vec<u8>)>,
    round: Option<Vec<(u8, Place)>>,
}

#[derive(Clone, Debug)]
enum Step {
    Come(u8),
    Go(u8),
    Hand(u8, bool),
    Wait(u16),
    MuteAll(u8, u16),
    Stick(u8, Option<u8>),
    Turn(u8, Turn),
}

impl Naive {
    fn leads(&self, by: u8) -> bool {
        self.members.first() == Some(&by)
    }

    fn mute_all_until(&self, now: u64) -> Option<u64> {
        let (end, lifted) = self.mute_all?;
        (!lifted && self.stick.is_none() && now < end).then_some(end)
    }

    fn renews(&self, now: u64) -> bool {
        self.mute_all.is_some_and(|(end, _)| now < end + 60_000)
    }

    fn agreed(&self, now: u64) -> bool {
        self.asked.as_ref().is_some_and(|(end, yes)| now < *end && yes.len() > self.members.len() / 2)
    }

    fn heard(&self, seat: u8, now: u64) -> bool {
        match self.stick {
            Some(holder) => holder == seat,
            None => self.mute_all_until(now).is_none() || self.leads(seat),
        }
    }

    fn settle(&mut self) {
        let Some(round) = &mut self.round else { return };
        if round.iter().any(|(_, place)| *place == Place::Now) {
            return;
        }
        let over = round.iter().all(|(_, place)| *place == Place::Done);
        if let Some(next) = round.iter_mut().find(|(_, place)| *place == Place::Waits) {
            next.1 = Place::Now;
        } else if over {
            self.round = None;
        }
    }

    fn step(&mut self, step: &Step, now: u64) {
        match step {
            Step::Come(seat) => {
                self.members.push(*seat);
                self.round.iter_mut().for_each(|round| round.push((*seat, Place::Waits)));
            }
            Step::Go(seat) => {
                self.members.retain(|other| other != seat);
                self.hands.retain(|other| other != seat);
                self.asks.retain(|other| other != seat);
                self.stick = self.stick.filter(|holder| holder != seat);
                self.asked.iter_mut().for_each(|(_, yes)| yes.retain(|other| other != seat));
                self.round.iter_mut().for_each(|round| round.retain(|(other, _)| other != seat));
            }
            Step::Hand(seat, true) if !self.hands.contains(seat) => self.hands.push(*seat),
            Step::Hand(seat, false) => self.hands.retain(|other| other != seat),
            Step::MuteAll(by, 0) if self.leads(*by) && self.mute_all_until(now).is_some() => {
                (self.mute_all, self.asked) = (Some((now, true)), None);
            }
            Step::MuteAll(by, seconds @ 1..=180) if self.leads(*by) && (!self.renews(now) || self.agreed(now)) => {
                self.mute_all = Some((now + u64::from(*seconds) * 1000, false));
                (self.asked, self.stick) = (None, None);
            }
            Step::Stick(by, to) if (self.leads(*by) || self.stick == Some(*by)) && self.stick != *to => {
                if to.is_some_and(|to| !self.members.contains(&to)) {
                    return;
                }
                if to.is_some() && self.mute_all_until(now).is_some() {
                    self.mute_all = Some((now, true));
                }
                (self.asked, self.stick) = (None, *to);
                self.asks.retain(|other| Some(*other) != *to);
            }
            Step::Turn(by, turn) => self.turn(*by, turn, now),
            _ => {}
        }
        self.settle();
    }

    fn turn(&mut self, by: u8, turn: &Turn, now: u64) {
        let leads = self.leads(by);
        match turn {
            Turn::Ask { up: true } if !self.asks.contains(&by) => self.asks.push(by),
            Turn::Ask { up: false } => self.asks.retain(|other| *other != by),
            Turn::AskMuteAll if leads && self.renews(now) && self.asked.as_ref().is_none_or(|(end, _)| now >= *end) => {
                self.asked = Some((now + 60_000, vec![by]));
            }
            Turn::Yes => {
                if let Some((end, yes)) = &mut self.asked
                    && now < *end
                    && !yes.contains(&by)
                {
                    yes.push(by);
                }
            }
            Turn::Next(seat) if leads && (self.hands.contains(&seat.0) || self.asks.contains(&seat.0)) => {
                self.hands.retain(|other| *other != seat.0);
                self.asks.retain(|other| *other != seat.0);
            }
            Turn::Round(_, None) if leads && self.round.is_none() => {
                self.round = Some(self.members.iter().map(|seat| (*seat, Place::Waits)).collect());
            }
            Turn::EndRound if leads => self.round = None,
            Turn::Done | Turn::Pass => self.mark(by, Place::Done),
            Turn::Skip(seat) if leads => self.mark(seat.0, Place::Done),
            Turn::Absent(seat) => self.mark(seat.0, Place::Away),
            Turn::Later => {
                let Some(round) = &mut self.round else { return };
                let others = round.iter().any(|(_, place)| *place == Place::Waits);
                if others && let Some(at) = round.iter().position(|entry| *entry == (by, Place::Now)) {
                    round.remove(at);
                    round.push((by, Place::Waits));
                }
            }
            Turn::Return => {
                let Some(round) = &mut self.round else { return };
                let Some(at) = round.iter().position(|entry| *entry == (by, Place::Away)) else { return };
                round.remove(at);
                let before = round.iter().position(|(_, place)| *place == Place::Waits);
                round.insert(before.unwrap_or(round.len()), (by, Place::Waits));
            }
            _ => {}
        }
    }

    fn mark(&mut self, seat: u8, place: Place) {
        let entries = self.round.iter_mut().flatten();
        entries.filter(|entry| **entry == (seat, Place::Now)).for_each(|entry| entry.1 = place);
    }

    fn agrees_with(&self, log: &Log) {
        let state = &log.state;
        for seat in &self.members {
            assert_eq!(
                state.turns.floor.hushes(SeatId(*seat), &state.circle, log.now_ms),
                !self.heard(*seat, log.now_ms),
                "{seat}"
            );
        }
        let plain = |seats: &[SeatId]| seats.iter().map(|seat| seat.0).collect::<Vec<_>>();
        assert_eq!(plain(&state.circle.by_arrival()), self.members);
        assert_eq!(plain(&state.turns.queue.hands), self.hands);
        assert_eq!(plain(&state.turns.floor.asks), self.asks);
        assert_eq!(state.turns.floor.mute_all_agreed(&state.circle, log.now_ms), self.agreed(log.now_ms));
        assert_eq!(state.turns.round.is_some(), self.round.is_some());
        if let (Some(round), Some(naive)) = (&state.turns.round, &self.round) {
            let of =
                |wanted| naive.iter().filter(|(_, place)| *place == wanted).map(|(seat, _)| *seat).collect::<Vec<_>>();
            assert_eq!(round.now.map(|seat| seat.0).into_iter().collect::<Vec<_>>(), of(Place::Now));
            assert_eq!(plain(&round.order), of(Place::Waits));
            let (mut absent, mut away, mut done) = (plain(&round.absent), of(Place::Away), of(Place::Done));
            absent.sort_unstable();
            away.sort_unstable();
            done.sort_unstable();
            assert_eq!((absent, plain(&round.done.iter().collect::<Vec<_>>())), (away, done));
        }
    }
}

fn any_turn() -> impl Strategy<Value = Turn> {
    let seat = || (0u8..8).prop_map(SeatId);
    prop_oneof![
        2 => any::<bool>().prop_map(|up| Turn::Ask { up }),
        2 => Just(Turn::AskMuteAll),
        4 => Just(Turn::Yes),
        2 => seat().prop_map(Turn::Next),
        2 => Just(Turn::Round(RoundKind::Free, None)),
        1 => Just(Turn::EndRound),
        4 => Just(Turn::Done),
        4 => Just(Turn::Pass),
        4 => Just(Turn::Later),
        4 => seat().prop_map(Turn::Skip),
        4 => seat().prop_map(Turn::Absent),
        4 => Just(Turn::Return),
        1 => Just(Turn::Back),
        1 => vec(seat(), 0..9).prop_map(Turn::Least),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    let seat = || prop_oneof![2 => Just(0u8), 3 => 0u8..8];
    prop_oneof![
        2 => (1u8..8).prop_map(Step::Come),
        1 => seat().prop_map(Step::Go),
        3 => (seat(), any::<bool>()).prop_map(|(seat, up)| Step::Hand(seat, up)),
        2 => (0u16..90).prop_map(Step::Wait),
        3 => (seat(), prop_oneof![Just(0u16), Just(180), 1u16..200]).prop_map(|(by, length)| Step::MuteAll(by, length)),
        3 => (seat(), prop::option::of(seat())).prop_map(|(by, to)| Step::Stick(by, to)),
        30 => (seat(), any_turn()).prop_map(|(by, turn)| Step::Turn(by, turn)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn turns_are_as_the_naive_model_has_them(steps in vec(any_step(), 1..120)) {
        let (mut log, mut naive) = (Log::of(4), Naive { members: vec![0, 1, 2, 3], ..Naive::default() });
        for step in &steps {
            let seated = |seat: &u8| log.state.circle.seats.contains_key(&SeatId(*seat));
            let before = log.state.clone();
            // Only the log's order decides about members: nobody comes twice, and the last stays.
            let events = match step {
                Step::Come(seat) if !seated(seat) => log.admit(*seat),
                Step::Go(seat) if seated(seat) && log.state.circle.seats.len() > 1 => log.leave(*seat),
                Step::Come(_) | Step::Go(_) => continue,
                Step::Wait(seconds) => {
                    log.pass(u64::from(*seconds));
                    naive.agrees_with(&log);
                    continue;
                }
                Step::Hand(seat, _) | Step::MuteAll(seat, _) | Step::Stick(seat, _) | Step::Turn(seat, _) if !seated(seat) => continue,
                Step::Hand(seat, up) => log.act(*seat, Act::None, Op::Hand { up: *up }),
                Step::MuteAll(by, length) => log.act(*by, Act::MuteAll(*length), Op::Direct),
                Step::Stick(by, to) => log.act(*by, Act::Stick(to.map(SeatId)), Op::Direct),
                Step::Turn(by, turn) => log.act(*by, Act::None, Op::Turn(turn.clone())),
            };
            naive.step(step, log.now_ms);
            naive.agrees_with(&log);
            prop_assert_eq!(State::from_snapshot(&log.state.snapshot()), Some(log.state.clone()));
            // What changes nothing says nothing, and what says nothing changes nothing.
            let mut same = before;
            (same.index, same.circle.at_ms) = (log.state.index, log.state.circle.at_ms);
            same.circle.seats.iter_mut().for_each(|(seat, member)| {
                member.actions = log.state.circle.seats.get(seat).map_or(member.actions, |now| now.actions);
            });
            let nothing_new = matches!(step, Step::Turn(_, Turn::Least(_)));
            prop_assert!(nothing_new || events.is_empty() == (same == log.state), "{:?} {:?}", step, events);
        }
    }
}
