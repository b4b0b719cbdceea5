//! Twelve people, their lines, and a look over everybody's shoulder.

use std::time::Duration;

use ingle::ids::{SeatId, Time};
use ingle::session::{CareEvent, Event, Intent, Phase, Room, Trouble, Turn, TurnEvent};
use ingle::sim::network::Quality;
use ingle::sim::{Step, World};
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};

use super::screen;

/// One packet in ten is lost each way, and none comes evenly.
const BAD: Quality = Quality {
    loss: 0.1,
    burst: 0.0,
    delay: Duration::from_millis(80),
    jitter: Duration::from_millis(60),
    doubled: 0.02,
    rate: None,
};
/// The longest wait for something to be on a screen, in seconds.
const PATIENCE: u64 = 120;
/// So long nothing more comes in the log when it has settled, in seconds.
const SETTLED: u64 = 5;
/// The group's clocks may be apart by so much, in milliseconds: each is read when the newest entry comes, and that of who has just
/// come in when the keys to it do, which take some flights over lines that lose them.
const APART_MS: u64 = 10_000;

/// The group, from outside.
pub(super) struct Circle {
    pub world: World,
    pub count: usize,
    seed: u64,
    rng: ChaCha20Rng,
    /// Whose program starts again, and when.
    back: Vec<(Time, usize)>,
    /// What each was told that stands in the log, since the screens were last compared or they came in.
    told: Vec<Vec<Event>>,
    /// Members who have come in since.
    came: Vec<bool>,
    /// Members whose program has run from the beginning.
    stays: Vec<bool>,
    /// What each is called.
    names: Vec<String>,
    /// How often all screens were compared.
    pub settled: usize,
}

impl Circle {
    pub(super) fn new(count: usize, seed: u64) -> Self {
        let mut world = World::new(count, seed);
        (0..count).for_each(|member| world.take_step(Step::Line(member, BAD)));
        world.told_since();
        let rng = ChaCha20Rng::seed_from_u64(seed);
        let (told, came, stays) = (vec![Vec::new(); count], vec![false; count], vec![true; count]);
        let names = (0..count).map(|member| format!("Member {member}")).collect();
        Self { world, count, seed, rng, back: Vec::new(), told, came, stays, names, settled: 0 }
    }

    pub(super) fn below(&mut self, below: u64) -> u64 {
        self.rng.next_u64() % below
    }

    /// These members in a drawn order.
    pub(super) fn shuffled<const N: usize>(&mut self, mut these: [usize; N]) -> [usize; N] {
        for at in (1..N).rev() {
            these.swap(at, self.below(at as u64 + 1) as usize);
        }
        these
    }

    /// That's not as it should be.
    pub(super) fn wrong(&self, what: &str) -> ! {
        let seconds = self.world.now().0 / 1_000_000;
        panic!("seed {}, after {}:{:02}: {what}", self.seed, seconds / 60, seconds % 60)
    }

    pub(super) fn pass(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.world.pass(Duration::from_secs(1));
            let now = self.world.now();
            let (due, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.back).into_iter().partition(|at| at.0 <= now);
            self.back = later;
            due.into_iter().for_each(|(_, member)| self.world.take_step(Step::Start(member)));
            for (member, told) in self.world.told_since() {
                match &told {
                    Event::Joined => {
                        self.told[member].clear();
                        self.came[member] = true;
                    }
                    // Where the door is open nobody waits any more; and a line may be slow or cut.
                    Event::Trouble(
                        Trouble::NobodyWaits
                        | Trouble::NoAnswerYet
                        | Trouble::LineLost
                        | Trouble::SeatLapsed
                        | Trouble::SeatLost { .. },
                    ) => {}
                    Event::Trouble(trouble) => self.wrong(&format!("member {member} was told {trouble:?}")),
                    _ if is_in_the_log(&told) => self.told[member].push(told),
                    _ => {}
                }
            }
            if let Some(fault) = self.world.witness().faults().first() {
                self.wrong(fault);
            }
        }
    }

    /// Until this many minutes after the beginning.
    pub(super) fn until(&mut self, minute: u64) {
        let now = self.world.now().0 / 1_000_000;
        match (minute * 60).checked_sub(now) {
            Some(seconds) => self.pass(seconds),
            None => self.wrong(&format!("it is later than minute {minute}")),
        }
    }

    pub(super) fn starts(&mut self, member: usize) {
        self.world.take_step(Step::Start(member));
        let seconds = 3 + self.below(10);
        self.pass(seconds);
    }

    /// A program ends without a word, and its person starts it again some time later.
    pub(super) fn crashes(&mut self, member: usize, back_after: u64) {
        self.stays[member] = false;
        self.world.take_step(Step::Crash(member));
        self.back.push((self.world.now() + Duration::from_secs(back_after), member));
    }

    /// Somebody who came in by a name that was taken is called like this.
    pub(super) fn is_called(&mut self, member: usize, name: &str) {
        name.clone_into(&mut self.names[member]);
    }

    /// What somebody is called.
    pub(super) fn name(&self, member: usize) -> &str {
        &self.names[member]
    }

    /// Somebody says goodbye and comes in again later.
    pub(super) fn leaves(&mut self, member: usize, back_after: u64) {
        self.stays[member] = false;
        self.wants(member, Intent::Leave);
        self.back.push((self.world.now() + Duration::from_secs(back_after), member));
    }

    pub(super) fn room(&self, member: usize) -> &Room {
        self.world.room(member).unwrap_or_else(|| self.wrong(&format!("the program of member {member} doesn't run")))
    }

    pub(super) fn seat(&self, member: usize) -> SeatId {
        self.room(member).me.unwrap_or_else(|| self.wrong(&format!("member {member} has no seat")))
    }

    /// The seat and its holder's order of arrival.
    pub(super) fn holder(&self, member: usize) -> (SeatId, u64) {
        let seat = self.seat(member);
        (seat, self.room(member).state.circle.seats[&seat].arrival)
    }

    /// The members who are in, with their screens.
    pub(super) fn rooms(&self) -> impl Iterator<Item = (usize, &Room)> {
        let rooms = (0..self.count).filter_map(|member| Some((member, self.world.room(member)?)));
        rooms.filter(|(_, room)| room.phase == Phase::In)
    }

    /// Somebody does something, and a few moments pass.
    pub(super) fn wants(&mut self, member: usize, intent: Intent) {
        self.world.want(member, intent);
        let seconds = 1 + self.below(3);
        self.pass(seconds);
    }

    pub(super) fn turn(&mut self, member: usize, turn: Turn) {
        self.wants(member, Intent::Turn(turn));
    }

    pub(super) fn talks(&mut self, member: usize, seconds: u64) {
        self.world.take_step(Step::Talk(member, Duration::from_secs(seconds)));
        self.pass(seconds + 1);
        self.world.want(member, Intent::Mic { open: false });
    }

    /// Time passes until this is on somebody's screen.
    pub(super) fn wait(&mut self, member: usize, what: &str, is: impl Fn(&Room) -> bool) {
        for _ in 0..PATIENCE {
            if self.world.room(member).is_some_and(|room| room.phase == Phase::In && is(room)) {
                return;
            }
            self.pass(1);
        }
        self.wrong(&format!("member {member} waits for {what}"));
    }

    /// All but these do something, each as soon as it is asked of them on their screen, in an order that is drawn.
    pub(super) fn each(
        &mut self,
        but: &[usize],
        what: &str,
        asked: fn(&Room, SeatId) -> bool,
        act: impl Fn(usize) -> Intent,
    ) {
        let order = self.shuffled([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        for member in order.into_iter().filter(|member| !but.contains(member)) {
            self.wait(member, what, |room| room.me.is_some_and(|me| asked(room, me)));
            self.wants(member, act(member));
        }
    }

    /// All who are in see this.
    pub(super) fn see(&self, what: &str, is: impl Fn(&Room) -> bool) {
        if let Some((member, room)) = self.rooms().find(|(_, room)| !is(room)) {
            self.wrong(&format!("member {member} doesn't see {what}: {:#?}", room.state));
        }
    }

    /// Once nothing more comes, this many members are in and all their screens show the same.
    pub(super) fn settles(&mut self, so_many: usize, when: &str) {
        let head = |room: &Room| (room.state.index, screen::presence(room));
        let heads = |circle: &Self| circle.rooms().map(|(_, room)| head(room)).collect::<Vec<_>>();
        let (mut before, mut still) = (heads(self), 0);
        for _ in 0..PATIENCE {
            if still >= SETTLED && before.iter().all(|head| *head == before[0]) {
                break;
            }
            self.pass(1);
            let now = heads(self);
            still = if now == before { still + 1 } else { 0 };
            before = now;
        }
        let running = (0..self.count).filter(|member| self.world.room(*member).is_some_and(|room| room.me.is_some()));
        for member in running {
            match &self.room(member).phase {
                Phase::In | Phase::Over(_) => {}
                other => self.wrong(&format!("{when}: member {member} is {other:?}")),
            }
        }
        if before.len() != so_many {
            self.wrong(&format!("{when}: {} are in, not {so_many}", before.len()));
        }
        if let Err(difference) = self.compare() {
            self.wrong(&format!("{when}: {difference}"));
        }
        self.told.iter_mut().for_each(Vec::clear);
        self.came.fill(false);
        self.settled += 1;
    }

    fn compare(&self) -> Result<(), String> {
        let now = self.world.now();
        let Some((first, room)) = self.rooms().next() else { return Ok(()) };
        let (group_ms, epoch) = (room.group_ms(now), self.world.epoch(first));
        let wanted = screen::shown(room, now, group_ms);
        let longest = |of: &dyn Fn(&usize) -> usize| self.rooms().map(|(member, _)| member).max_by_key(of);
        let whole = longest(&|member| self.told[*member].len()).ok_or("nobody is in")?;
        let wrote = longest(&|member| self.room(*member).chat.len()).ok_or("nobody is in")?;
        for (member, room) in self.rooms() {
            let differ = |what: String| Err(format!("members {first} and {member} differ: {what}"));
            if self.world.epoch(member) != epoch {
                return differ(format!("{epoch:?} and {:?}", self.world.epoch(member)));
            }
            let clock = room.group_ms(now);
            if clock.abs_diff(group_ms) > APART_MS {
                return differ(format!("the clocks show {group_ms} and {clock} ms"));
            }
            if let Some(difference) = screen::difference(&wanted, &screen::shown(room, now, group_ms)) {
                return differ(difference);
            }
            let (all, mine) = (&self.told[whole], &self.told[member]);
            let since = all.len() - mine.len();
            if let Some((told, wanted)) = mine.iter().zip(&all[since..]).find(|(told, wanted)| told != wanted) {
                return Err(format!("member {whole} was told {wanted:?}, and {member} {told:?}"));
            }
            if since > 0 && !self.came[member] {
                return Err(format!("member {member} was not told {:?}", &all[..since]));
            }
            self.mine_fits(member, room, &self.room(wrote).chat.iter().collect::<Vec<_>>())?;
        }
        Ok(())
    }

    /// The least share of the others' speech, in percent, heard by any member whose program ran all the time.
    pub(super) fn least_heard(&self) -> u64 {
        let spoken: u64 = (0..self.count).map(|member| self.world.spoken(member)).sum();
        let share = |member| self.world.heard(member) * 100 / (spoken - self.world.spoken(member));
        (0..self.count).filter(|member| self.stays[*member]).map(share).min().unwrap_or(0)
    }

    /// Whether what only this one sees fits what all see.
    fn mine_fits(&self, member: usize, room: &Room, chat: &[&ingle::session::ChatLine]) -> Result<(), String> {
        let me = self.seat(member);
        let said: Vec<_> = room.chat.iter().collect();
        let checks = [
            ("the own name", room.state.circle.name(me) == Some(self.names[member].as_str())),
            ("who has the door", room.am_facilitator() == (room.state.circle.facilitator() == Some(me))),
            ("the code", !room.am_lead() || room.code.is_some()),
            ("what was written", chat.ends_with(&said) && (!self.stays[member] || said.len() == chat.len())),
            ("who speaks", room.speaking.is_empty()),
            ("the microphone", !room.mic.open),
        ];
        let wrong = checks.iter().find(|(_, right)| !right);
        wrong.map_or(Ok(()), |(what, _)| Err(format!("member {member} sees otherwise: {what}")))
    }
}

/// Events that all get at the same entry: not those due by time, nor those about one's own line.
fn is_in_the_log(told: &Event) -> bool {
    match told {
        Event::Turn(turned) => !matches!(
            turned,
            TurnEvent::MuteAll { on: false }
                | TurnEvent::MuteAllRefused
                | TurnEvent::RoundTime(_)
                | TurnEvent::PointTime
                | TurnEvent::BreakTime
                | TurnEvent::BellSoon
                | TurnEvent::Bell
        ),
        Event::Muted { .. }
        | Event::Hand { .. }
        | Event::Chat { .. }
        | Event::Locked(_)
        | Event::Facilitator(_)
        | Event::Role { .. }
        | Event::Care(CareEvent::Gesture { .. })
        | Event::Decision(_)
        | Event::State { .. } => true,
        _ => false,
    }
}
