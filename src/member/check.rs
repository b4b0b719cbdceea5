//! At the door: the ground rules, and the sound check. In the circle: comparing words ends by time.

use super::{Effect, Member};
use crate::ids::Time;
use crate::session::{Event, Hearing, Phase, SoundCheck, Trouble};

impl Member {
    /// I agree to the ground rules.
    pub(super) fn agree(&mut self) {
        if self.room.phase != Phase::Waiting || self.room.agreed {
            return;
        }
        self.room.agreed = true;
        self.send_agreement();
        self.tell(Event::Agreed);
    }

    /// Lets me hear something, and listens to my microphone for a while. Nothing that it hears comes this way but how loud
    /// it is.
    pub(super) fn check_sound(&mut self, now: Time) {
        if self.room.phase != Phase::Waiting {
            return self.tell(Event::Trouble(Trouble::NotTaken(None)));
        }
        let check = SoundCheck::begin(now);
        self.room.check = Some(check);
        self.effects.push_back(Effect::SoundCheck(true));
        self.tell(Event::SoundCheck(check));
    }

    /// How loud the microphone is that is being checked, `0..=7`.
    pub fn handle_check_level(&mut self, level: u8, now: Time) {
        if let Some(check) = &mut self.room.check {
            check.hear(level, now);
        }
    }

    /// The system gives no sound to check.
    pub fn handle_check_failed(&mut self) {
        self.end_check(Some(Hearing::NoSound));
    }

    /// I am let in, or go: the check is over without a word.
    pub(super) fn drop_check(&mut self) {
        if self.room.check.take().is_some_and(|check| check.listens()) {
            self.effects.push_back(Effect::SoundCheck(false));
        }
    }

    /// The words to compare are made. Those of a comparison that is over, or of keys that have passed, are too late.
    pub fn handle_words(&mut self, words: [&'static str; 4]) {
        if self.room.state.verification.is_some() && !self.room.verify_over {
            self.room.words = Some(words);
            self.tell(Event::Words(words));
        }
    }

    fn end_check(&mut self, hearing: Option<Hearing>) {
        let Some(check) = self.room.check.as_mut().filter(|check| check.listens()) else { return };
        match hearing {
            Some(hearing) => check.end(hearing),
            None => check.finish(),
        }
        let check = *check;
        self.effects.push_back(Effect::SoundCheck(false));
        self.tell(Event::SoundCheck(check));
    }

    /// When a sound check or the time to answer is over.
    pub(super) fn check_due(&self) -> Time {
        let check = self.room.check.map_or(Time::NEVER, |check| check.due());
        check.min(self.answers_due().unwrap_or(Time::NEVER))
    }

    /// When the time to compare the words is over: the first moment at which there is none left.
    fn answers_due(&self) -> Option<Time> {
        let verification = self.room.state.verification.as_ref().filter(|_| !self.room.verify_over)?;
        let (read, group_ms) = self.room.clock;
        let left = verification.left_ms(group_ms).map_or(0, |left| left + 1);
        Some(read + std::time::Duration::from_millis(left))
    }

    pub(super) fn watch_check(&mut self, now: Time) {
        if self.room.check.is_some_and(|check| check.due() <= now) {
            self.end_check(None);
        }
        if self.answers_due().is_some_and(|due| due <= now) {
            self.room.verify_over = true;
            if let Some(outcome) = self.room.state.outcome() {
                self.tell(Event::VerifyOver(outcome));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Start};
    use super::*;
    use crate::crypto::code::Code;
    use crate::ids::{ActionNo, SeatId, SeatSet};
    use crate::member::Spoken;
    use crate::session::{Charter, Fact, Intent, Op, Outcome, VERIFY_MS};
    use crate::wire::Act;

    const SECOND: u64 = 1_000_000;

    fn at_the_door(mic_open: bool) -> Member {
        let code = Code::parse("4821-otter-lamp-violin").unwrap_or_else(|error| panic!("{error}"));
        let start = Start::Join(code);
        let config = Config {
            name: "Ana".into(),
            start,
            mic_always_open: false,
            mic_open,
            relay_here: false,
            plan: crate::adapt::PlanChoice::Auto,
        };
        let mut member = Member::new(config, [1; 32], Time(0));
        member.handle_connected([5; 32], Time(0));
        member.room.phase = Phase::Waiting;
        effects(&mut member);
        member
    }

    fn effects(member: &mut Member) -> Vec<Effect> {
        std::iter::from_fn(|| member.poll_effect()).collect()
    }

    fn told(member: &mut Member) -> Vec<Event> {
        let told = |effect| if let Effect::Tell(event) = effect { Some(event) } else { None };
        effects(member).into_iter().filter_map(told).filter(|told| !matches!(told, Event::Link(_))).collect()
    }

    #[test]
    fn agreeing_is_told_once() {
        let mut member = at_the_door(false);
        for expected in [vec![Event::Agreed], vec![]] {
            member.handle_intent(Intent::Agree, Time(0));
            assert_eq!(told(&mut member), expected);
            assert!(member.room().agreed);
        }
    }

    #[test]
    fn a_sound_check_listens_for_a_while_and_sends_nothing() {
        let mut member = at_the_door(true);
        member.handle_intent(Intent::SoundCheck, Time(0));
        assert!(effects(&mut member).iter().any(|effect| matches!(effect, Effect::SoundCheck(true))));
        let check_due = member.check_due();
        assert!(check_due > Time(5 * SECOND) && member.poll_timeout() <= check_due);
        for second in 2..5 {
            member.handle_check_level(4, Time(second * SECOND));
            // Even if something were coded, nothing of it would leave.
            let packet = vec![1; 90];
            member.handle_spoken(
                Spoken { tick: 0, level: 4, start: true, end: false, packet, thin: None },
                Time(second * SECOND),
            );
            assert!(effects(&mut member).is_empty());
            assert_eq!((member.room().check.map(|check| check.level), member.room().mic.level), (Some(4), 0));
        }
        member.watch_check(check_due);
        let last = effects(&mut member);
        assert!(matches!(last.as_slice(), [Effect::SoundCheck(false), Effect::Tell(Event::SoundCheck(check))]
            if check.hearing == Hearing::Well));
        assert_eq!(member.check_due(), Time::NEVER);
        assert!(member.room().mic.open, "the person's own choice stays");
    }

    #[test]
    fn without_sound_it_is_over_at_once() {
        let mut member = at_the_door(false);
        member.handle_intent(Intent::SoundCheck, Time(0));
        told(&mut member);
        member.handle_check_failed();
        member.handle_check_failed();
        let heard: Vec<_> = told(&mut member);
        assert!(matches!(heard.as_slice(), [Event::SoundCheck(check)] if check.hearing == Hearing::NoSound));
    }

    #[test]
    fn whoever_comes_in_or_goes_ends_the_check() {
        let mut member = at_the_door(false);
        let left = |member: &mut Member, _| member.end(crate::session::Ended::TurnedAway);
        for go in [Member::joined, left] {
            member.room.phase = Phase::Waiting;
            member.handle_intent(Intent::SoundCheck, Time(0));
            effects(&mut member);
            go(&mut member, Time(0));
            let stops = |effect: &Effect| matches!(effect, Effect::SoundCheck(false));
            assert_eq!(effects(&mut member).iter().filter(|effect| stops(effect)).count(), 1);
            assert_eq!(member.room().check, None);
        }
    }

    #[test]
    fn comparing_ends_by_time_and_that_is_told_once() {
        let mut member = at_the_door(false);
        member.room.me = Some(SeatId(1));
        let (seat, number) = (SeatId(0), ActionNo(1));
        let action = |op| Fact::Action { seat, number, act: Act::None, op: Some(op) };
        let (replaced, removed) = (SeatSet::default(), SeatSet::default());
        let facts = [
            action(Op::Open { title: "Tuesday".into(), name: "Hal".into(), charter: Charter::default() }),
            Fact::Commit { seat, number, admitted: vec![(SeatId(1), "Ana".into())], replaced, removed },
            action(Op::Verify),
        ];
        for fact in facts {
            let index = member.room.state.index.next();
            member.room.state.apply(index, 5000, &fact);
        }
        member.room.clock = (Time(7 * SECOND), 5000);
        let due = member.check_due();
        assert_eq!(due, Time(7 * SECOND + (VERIFY_MS + 1) * 1000));
        member.watch_check(Time(due.0 - 1));
        assert_eq!(told(&mut member), []);
        for expected in [vec![Event::VerifyOver(Outcome::Unfinished { same: 1, of: 2 })], vec![]] {
            member.watch_check(due);
            assert_eq!(told(&mut member), expected);
        }
        assert_eq!(member.check_due(), Time::NEVER);
    }
}
