//! Leads the practice group through its script, and lets it follow what the person does.
//!
//! Pure: [`Director::handle`] takes what the members saw, [`Director::handle_timeout`] is due at
//! [`Director::poll_timeout`], and every [`Order`] comes from [`Director::poll_order`].

use std::collections::VecDeque;
use std::time::Duration;

use super::replies::{Occasion, Replies, Standing};
use super::script::{Act, Awaited, Cue, QUIET, SCRIPT, Then, Who};
use super::tour::{Tour, TourAct};
use super::words::{self, words};
use crate::app::Watched;
use crate::ids::Time;
use crate::session::{Decide, Intent, Motion, Turn};
use crate::text::{TOUR_PROPOSAL, TourLine, TourStep, TourWord};

/// From the last arrival to the first word.
const SETTLE: Duration = Duration::from_millis(1500);
/// How long the group waits for one who hasn't come yet.
const GATHER: Duration = Duration::from_secs(6);
/// How long the group waits for one who may not speak, before it goes on.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long the group lets the person speak before it goes on all the same: a noisy microphone never ends.
const POLITE: Duration = Duration::from_secs(20);
/// After the person, or one who was cut short, a breath.
const BREATH: Duration = Duration::from_millis(1500);
/// Who may speak again takes this long to find the words.
const RECOVER: Duration = Duration::from_millis(2500);
/// Who takes part just before being asked to has done so.
const JUST_BEFORE: Duration = Duration::from_secs(4);
/// Less than this was a noise and no word.
const WORD: Duration = Duration::from_millis(600);

/// What a practice member saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Saw {
    /// I am in the circle.
    Came,
    /// I am no longer; `true` if I was removed.
    Went(bool),
    /// I am muted by the facilitator, or may speak again.
    Muted(bool),
    /// I am kept from being heard, or no longer, by whoever has the talking stick.
    Hushed(bool),
    /// I say the utterance of this name, for a reason of my own.
    Said(&'static str),
    /// The group is at something for which it is quiet, or no longer.
    Busy(bool),
    /// What the person did, which every member sees.
    Person(Did),
}

/// What the person did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Did {
    /// Began or ceased to speak.
    Speak(bool),
    /// Raised or lowered a hand.
    Hand(bool),
    /// Wrote a line.
    Write,
    /// Left the group.
    Leave,
    /// Took part: began a round or a vote, proposed something, or answered.
    Part,
    /// Wrote what begins, shortens or ends the tour.
    Tour(TourWord),
    /// Did what a step of the tour asks for.
    Step(TourStep),
}

/// What a practice member is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Say the utterance of this name.
    Say(&'static str),
    /// Raise or lower the hand.
    Hand(bool),
    /// Write this line.
    Write(String),
    /// Whatever else anybody can do.
    Do(Intent),
    /// Put the own proposal to a vote.
    CallVote,
    /// Write this to the person, and to nobody else.
    Tell(String),
    /// Have a bad line from now on, or a good one again.
    BadLine(bool),
    /// Leave the group.
    Leave,
}

/// Where the group is in its script.
#[derive(Clone, Copy)]
enum Stage {
    /// Nobody is there.
    Gathering,
    /// The next cue is due then, if nothing holds it up.
    Next(Time),
    /// The person is waited for.
    Awaiting(Awaiting),
    /// The person has left.
    Over,
}

/// What the person is waited for with.
#[derive(Clone, Copy)]
struct Awaiting {
    what: Awaited,
    /// When the cue began.
    from: Time,
    /// When it is over.
    end: Time,
    /// When waiting ends in any case.
    until: Time,
}

/// What the director knows of a practice member besides its standing.
#[derive(Clone, Copy, Default)]
struct Past {
    came: bool,
    lifted: Option<Time>,
    busy: bool,
}

/// When the person spoke last.
#[derive(Clone, Copy, Default)]
struct Voice {
    since: Option<Time>,
    ceased: Option<Time>,
}

/// Leads the group.
pub(super) struct Director<L> {
    length: L,
    members: [Standing; 5],
    past: [Past; 5],
    person: Voice,
    /// When the person took part last.
    part: Option<Time>,
    /// Before then nobody begins: the group is at something else.
    hold: Time,
    /// What was said out of turn.
    said: Vec<&'static str>,
    at: usize,
    stage: Stage,
    replies: Replies,
    /// The tour, while it goes on. The script waits for it.
    tour: Option<Tour>,
    /// Whether it begins with the tour or offers it, until it has.
    tours: Option<bool>,
    orders: VecDeque<(Who, Order)>,
}

impl<L: Fn(&str) -> Duration> Director<L> {
    /// A director who knows how long each utterance takes, and whether to begin with the tour or to offer it.
    pub(super) fn new(length: L, tours: bool) -> Self {
        Self {
            length,
            members: Default::default(),
            past: Default::default(),
            person: Voice::default(),
            part: None,
            hold: Time(0),
            said: Vec::new(),
            at: 0,
            stage: Stage::Gathering,
            replies: Replies::default(),
            tour: None,
            tours: Some(tours),
            orders: VecDeque::new(),
        }
    }

    /// The next thing to do.
    pub(super) fn poll_order(&mut self) -> Option<(Who, Order)> {
        self.orders.pop_front()
    }

    /// Whether the person has left.
    fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over)
    }

    /// When [`Self::handle_timeout`] is due.
    pub(super) fn poll_timeout(&self) -> Time {
        let tour = self.tour.as_ref().map_or(Time::NEVER, Tour::poll_timeout);
        if self.is_over() { Time::NEVER } else { self.cue_due().min(self.replies.due()).min(tour) }
    }

    /// A practice member saw something.
    pub(super) fn handle(&mut self, who: Who, saw: Saw, now: Time) {
        let member = &mut self.members[who as usize];
        match saw {
            Saw::Came => {
                *member = Standing { here: true, muted: false };
                self.past[who as usize].came = true;
                self.gathered(now);
            }
            Saw::Went(removed) => {
                member.here = false;
                self.cut_short(who, now);
                if removed {
                    self.replies.note(Occasion::Removed(who), now);
                }
                if !self.is_over() && self.members.iter().all(|member| !member.here) {
                    self.stage = Stage::Gathering;
                }
            }
            Saw::Muted(true) => {
                member.muted = true;
                self.cut_short(who, now);
                self.replies.note(Occasion::Muted(who), now);
            }
            Saw::Muted(false) => {
                member.muted = false;
                self.past[who as usize].lifted = Some(now);
                self.replies.note(Occasion::Lifted(who), now);
            }
            Saw::Hushed(hushed) => {
                member.muted = hushed;
                if hushed {
                    self.cut_short(who, now);
                } else {
                    self.past[who as usize].lifted = Some(now);
                }
            }
            Saw::Said(utterance) => {
                self.hold = self.hold.max(now + (self.length)(utterance) + BREATH);
                if !self.said.contains(&utterance) {
                    self.said.push(utterance);
                }
            }
            Saw::Busy(busy) => {
                self.past[who as usize].busy = busy;
                self.hold = self.hold.max(now + BREATH);
            }
            // All see the same; one of them tells it.
            Saw::Person(did) if self.teller() == Some(who) => {
                self.person_did(did, now);
            }
            Saw::Person(_) => {}
        }
    }

    /// The person did what nobody in the group sees.
    pub(super) fn watched(&mut self, watched: Watched, now: Time) {
        match watched {
            Watched::Mic(true) if self.step(TourStep::Open, now) => {}
            // Where there is no microphone it is never open, so that the same key is pressed twice.
            Watched::Mic(_) => _ = self.step(TourStep::Close, now),
            Watched::Help => _ = self.step(TourStep::Help, now),
        }
    }

    /// Does what is due.
    pub(super) fn handle_timeout(&mut self, now: Time) {
        self.go_on_with_tour(now);
        while let Some((who, line)) = self.replies.take(&self.members, now) {
            self.orders.push_back((who, Order::Write(line)));
        }
        while self.cue_due() <= now && !self.is_over() {
            match self.stage {
                Stage::Awaiting(_) => self.stage = Stage::Next(now),
                _ => self.perform(now),
            }
        }
    }

    fn person_did(&mut self, did: Did, now: Time) {
        let tours = self.tour.is_some();
        match did {
            Did::Speak(true) => {
                self.person.since = Some(now);
                let _ = self.step(TourStep::Open, now);
            }
            Did::Speak(false) => {
                if self.person.since.take().is_some_and(|since| now.since(since) >= WORD) {
                    self.person.ceased = Some(now);
                    self.replies.note(Occasion::Spoke, now);
                }
            }
            Did::Hand(true) if tours => _ = self.step(TourStep::Hand, now),
            Did::Hand(true) => self.replies.note(Occasion::Hand, now),
            Did::Hand(false) => {}
            Did::Write => self.replies.note(Occasion::Wrote, now),
            Did::Step(step) => _ = self.step(step, now),
            Did::Tour(word) => self.tour(word, now),
            Did::Part => self.part = Some(now),
            Did::Leave => {
                self.stage = Stage::Over;
                self.orders.extend(Who::ALL.map(|who| (who, Order::Leave)));
            }
        }
    }

    /// The person did what a step asks for: whether the tour was at it.
    fn step(&mut self, step: TourStep, now: Time) -> bool {
        self.tour.as_mut().is_some_and(|tour| tour.handle(step, now))
    }

    /// What the person writes about the tour.
    fn tour(&mut self, word: TourWord, now: Time) {
        match (word, &mut self.tour) {
            (TourWord::Begin, _) => self.tour = Some(Tour::begin(now)),
            (TourWord::Skip, Some(tour)) => tour.skip(now),
            (TourWord::Stop, Some(_)) => {
                self.tour = None;
                self.guide(Order::Write(words::tour(TourLine::Stopped)));
            }
            // To them it is a word like any other.
            (TourWord::Skip | TourWord::Stop, None) => self.replies.note(Occasion::Wrote, now),
        }
    }

    fn go_on_with_tour(&mut self, now: Time) {
        while let Some(act) = self.tour.as_mut().and_then(|tour| tour.handle_timeout(now)) {
            match act {
                TourAct::Say(line) => self.guide(Order::Write(words::tour(line))),
                TourAct::Propose => {
                    let proposal = Decide::Propose(TOUR_PROPOSAL.to_owned(), Motion::Text);
                    self.orders.push_back((Who::Bo, Order::Do(Intent::Decide(proposal))));
                }
                TourAct::CallVote => self.orders.push_back((Who::Bo, Order::CallVote)),
            }
        }
        if self.tour.as_ref().is_some_and(Tour::is_over) {
            self.tour = None;
            // The script goes on after a breath, and not with what was due meanwhile.
            self.hold = self.hold.max(now + BREATH);
        }
    }

    /// Whoever leads through the tour does this: the first who is there.
    fn guide(&mut self, order: Order) {
        self.orders.extend(self.teller().map(|who| (who, order)));
    }

    /// Who tells what all see.
    fn teller(&self) -> Option<Who> {
        Who::ALL.into_iter().find(|who| self.is_here(*who))
    }

    /// Whether the group is at something for which it is quiet.
    fn is_busy(&self) -> bool {
        self.teller().is_some_and(|who| self.past[who as usize].busy)
    }

    fn is_here(&self, who: Who) -> bool {
        self.members[who as usize].here
    }

    fn gathered(&mut self, now: Time) {
        if matches!(self.stage, Stage::Gathering) || self.at == 0 {
            let all = self.past.iter().all(|past| past.came);
            self.stage = Stage::Next(now + if all { SETTLE } else { GATHER });
        }
    }

    /// A member who speaks now can't go on; nobody waits for the rest of it.
    fn cut_short(&mut self, who: Who, now: Time) {
        let last = self.at.checked_sub(1).map(cue);
        if let (Some(Cue { who: speaker, act: Act::Say(_), .. }), Stage::Next(due)) = (last, &mut self.stage)
            && *speaker == who
        {
            *due = (*due).min(now + BREATH);
        }
    }

    /// When the stage is to change, if nothing else happens.
    fn cue_due(&self) -> Time {
        match self.stage {
            Stage::Gathering | Stage::Over => Time::NEVER,
            Stage::Next(_) | Stage::Awaiting(_) if self.tour.is_some() => Time::NEVER,
            Stage::Next(_) | Stage::Awaiting(_) if self.is_busy() => Time::NEVER,
            Stage::Next(due) => self.floor_free(cue(self.at), due.max(self.hold)),
            Stage::Awaiting(awaiting) => self.awaited(awaiting),
        }
    }

    /// When a cue that is due can begin: nobody speaks while the person does, or while muted.
    fn floor_free(&self, cue: &Cue, due: Time) -> Time {
        let Cue { who, act: Act::Say(_), then } = cue else { return due };
        let member = self.members[*who as usize];
        if !member.here {
            return due;
        }
        if member.muted {
            if self.members.iter().all(|member| member.muted || !member.here) {
                return Time::NEVER; // It is quiet because the person wants it so.
            }
            let patience = match then {
                Then::Await(Awaited::MuteAndLift(of), patience) if of == who => *patience,
                _ => PATIENCE,
            };
            // When all were muted and the mute is lifted, members hear of it one by one.
            let lifted = self.past.iter().filter_map(|past| past.lifted).max().unwrap_or(due);
            return due.max(lifted) + patience;
        }
        let recovered = self.past[*who as usize].lifted.map_or(Time(0), |lifted| lifted + RECOVER);
        let spoken = match self.person {
            Voice { since: Some(_), .. } => Time::NEVER,
            Voice { ceased: Some(ceased), .. } => ceased + BREATH,
            _ => Time(0),
        };
        due.max(spoken).min(due + POLITE).max(recovered)
    }

    /// When waiting for the person ends.
    fn awaited(&self, Awaiting { what, from, end, until }: Awaiting) -> Time {
        match what {
            Awaited::Speech => match self.person {
                Voice { since: Some(_), .. } => until + POLITE,
                // The answer in writing comes first.
                Voice { ceased: Some(ceased), .. } if ceased > from => ceased + BREATH * 2,
                _ => until,
            },
            Awaited::Round | Awaited::Part => match self.part {
                Some(part) if part + JUST_BEFORE > from => part.max(from) + BREATH * 2,
                _ => until,
            },
            Awaited::MuteAndLift(who) => match (self.members[who as usize], self.past[who as usize].lifted) {
                (Standing { here: false, .. }, _) => from,
                (Standing { muted: false, .. }, Some(lifted)) if lifted > from => lifted + RECOVER,
                (Standing { muted: false, .. }, Some(_)) => end + BREATH,
                _ => until,
            },
        }
    }

    /// Whether a cue of the script was seen to by what came before it: said in a turn, or there was a round already.
    fn is_over_already(&self, at: usize, act: Act, then: Then) -> bool {
        let said = |utterance| self.said.contains(&utterance);
        match (act, then) {
            (Act::Say(utterance), _) => at < SCRIPT.len() && said(utterance),
            (_, Then::Await(Awaited::Round, _)) => Who::ALL.into_iter().any(|who| said(who.check_in())),
            _ => false,
        }
    }

    /// Carries out the next cue, or passes over it if its member can't. Before the first there is the tour, or word of it.
    fn perform(&mut self, now: Time) {
        match self.tours.take() {
            Some(true) => return self.tour = Some(Tour::begin(now)),
            Some(false) => self.guide(Order::Write(words::tour(TourLine::Offer))),
            None => {}
        }
        let Cue { who, act, then } = *cue(self.at);
        let at = self.at;
        self.at += 1;
        let speaks = matches!(act, Act::Say(_));
        if !self.is_here(who) || (speaks && self.members[who as usize].muted) || self.is_over_already(at, act, then) {
            self.stage = Stage::Next(now);
            return;
        }
        let length = if let Act::Say(utterance) = act { (self.length)(utterance) } else { Duration::ZERO };
        let order = match act {
            Act::Say(utterance) => Order::Say(utterance),
            Act::Hand(up) => Order::Hand(up),
            Act::Write(line) => Order::Write(words(line, Who::Ana.name())),
            Act::BadLine(bad) => Order::BadLine(bad),
            Act::Propose(text) => Order::Do(Intent::Decide(Decide::Propose(words(text, ""), Motion::Text))),
            Act::HelpMe => Order::Do(Intent::HelpMe),
            Act::Tell(line) => Order::Tell(words(line, who.name())),
            Act::Ask => Order::Do(Intent::Turn(Turn::Ask { up: true })),
        };
        self.orders.push_back((who, order));
        self.stage = match then {
            Then::After(pause) => Stage::Next(now + length + pause),
            Then::Within(time) => Stage::Next(now + time),
            Then::Await(what, limit) => {
                let end = now + length;
                Stage::Awaiting(Awaiting { what, from: now, end, until: end + limit })
            }
        };
    }
}

/// The cue at this place: the script once, then the quiet part again and again.
fn cue(at: usize) -> &'static Cue {
    SCRIPT.get(at).unwrap_or_else(|| &QUIET[(at - SCRIPT.len()) % QUIET.len()])
}

#[cfg(test)]
mod tests;
