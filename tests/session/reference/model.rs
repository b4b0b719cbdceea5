//! What the group should be, told from the ground rules and the help, and not from the reducer.
//!
//! Nobody goes in it, and now and then somebody comes. Member 0 opens the group; the charter is the one that nobody chose.

mod roles;
mod turns;

use std::collections::{BTreeMap, BTreeSet};

use ingle::ids::SeatId;

/// What somebody says to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Agree,
    Aside,
    Block,
}

/// What somebody votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voted {
    Yes,
    No,
    Neither,
}

/// What a member is in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Facilitator,
    Co,
    Member,
}

pub use turns::{Agenda, Kind, Round};

/// What somebody wishes for.
#[derive(Clone, Debug)]
pub enum Wish {
    /// That whatever ends by time does.
    Wait,
    Hand(bool),
    Say(String),
    Mute(usize, bool),
    /// All but the facilitator for three minutes, or nobody any more.
    MuteOthers(bool),
    /// Yes, all may stay muted.
    Yes,
    /// The talking stick goes to this one, or is put down.
    Stick(Option<usize>),
    /// To be let speak, or no longer.
    Ask(bool),
    Lock(bool),
    Propose(String),
    Amend(u32, String),
    Withdraw(u32),
    Answer(u32, Answer, String),
    Test(u32),
    /// A secret vote, or an open one.
    Vote(u32, bool),
    Ballot(u32, Voted),
    EndVote(u32),
    /// Who is outside comes in.
    Come,
    /// A part in the group, given by hand.
    Name(usize, Part),
    /// The same, by the group's decision.
    Move(usize, Part),
    TakeBack,
    /// Who has a hand up or asks is next.
    Next(usize),
    /// A round, with so many seconds for each.
    Round(Kind, Option<u16>),
    EndRound,
    Done,
    Pass,
    Later,
    Skip(usize),
    /// Another point on the agenda, and its minutes.
    Point(String, u16),
    NextPoint,
    NoAgenda,
    Break(u16),
    EndBreak,
    Back,
    /// When the group's time is over, in minutes.
    Bell(Option<u16>),
}

/// How a vote stands, as far as everybody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vote {
    Open([usize; 3]),
    Secret(usize),
}

/// An open proposal as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub id: u32,
    pub by: usize,
    pub text: String,
    pub said: [usize; 3],
    pub testing: bool,
    pub tested: bool,
    pub vote: Option<Vote>,
}

/// How a proposal ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Agreed([usize; 3]),
    /// Whether it passed, whether the vote was secret, and what was voted.
    Voted(bool, bool, [usize; 3]),
    LeftOpen,
}

#[derive(Clone, Debug)]
struct Ballots {
    secret: bool,
    until: u64,
    /// Who was there when it was opened.
    voters: BTreeSet<usize>,
    cast: BTreeMap<usize, Voted>,
}

#[derive(Clone, Debug)]
pub struct Proposal {
    pub id: u32,
    by: usize,
    text: String,
    said: BTreeMap<usize, Answer>,
    /// Whom it is about, and what they become.
    motion: Option<(usize, Part)>,
    /// Until when everybody is asked who was there by then: so many.
    test: Option<(u64, usize)>,
    tested: bool,
    vote: Option<Ballots>,
}

/// What is under way about decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Nothing,
    Talking,
    Testing,
    Voting,
}

/// The group.
#[derive(Debug)]
pub struct Model {
    pub members: usize,
    /// How many have yet to come.
    pub outside: usize,
    pub now: u64,
    pub hands: Vec<usize>,
    pub muted: BTreeSet<usize>,
    /// Until when all are muted, or were at the last.
    quiet_until: Option<u64>,
    /// Until when it is asked whether they may stay so, and who says yes.
    stay: Option<(u64, BTreeSet<usize>)>,
    pub stick: Option<usize>,
    pub asks: Vec<usize>,
    pub locked: bool,
    /// The facilitator and the co-facilitators, in the order in which they follow each other.
    pub leads: Vec<usize>,
    pub round: Option<Round>,
    pub agenda: Agenda,
    /// Who is back from the break.
    pub rest: Option<BTreeSet<usize>>,
    /// When the group's time is over.
    pub bell: Option<u64>,
    /// How many lines were written before each came in.
    pub unseen: Vec<usize>,
    pub chat: Vec<(usize, String)>,
    pub open: Vec<Proposal>,
    pub past: Vec<(u32, String, End)>,
    ids: u32,
    pub taken: u64,
    pub refused: u64,
}

const MINUTE: u64 = 60_000;

/// Seats are given out in order.
pub fn seat(member: usize) -> SeatId {
    SeatId(member as u8)
}

impl Model {
    pub fn new(members: usize, outside: usize, now: u64) -> Self {
        Self {
            members,
            outside,
            now,
            hands: Vec::new(),
            muted: BTreeSet::new(),
            quiet_until: None,
            stay: None,
            stick: None,
            asks: Vec::new(),
            locked: false,
            leads: vec![0],
            round: None,
            agenda: Agenda::default(),
            rest: None,
            bell: None,
            unseen: vec![0; members],
            chat: Vec::new(),
            open: Vec::new(),
            past: Vec::new(),
            ids: 0,
            taken: 0,
            refused: 0,
        }
    }

    /// When something ends by time.
    pub fn ends(&self) -> impl Iterator<Item = u64> {
        let open =
            self.open.iter().flat_map(|open| [open.test.map(|test| test.0), open.vote.as_ref().map(|vote| vote.until)]);
        let quiet =
            [self.quiet_until, self.quiet_until.map(|until| until + MINUTE), self.stay.as_ref().map(|stay| stay.0)];
        open.chain(quiet).flatten()
    }

    /// What the group is at.
    pub fn stage(&self) -> Stage {
        match self.open.first() {
            None => Stage::Nothing,
            Some(open) if open.vote.is_some() => Stage::Voting,
            Some(open) if open.test.is_some() => Stage::Testing,
            Some(_) => Stage::Talking,
        }
    }

    /// Whether somebody could come now: somebody is outside, the door is open and with one who may let others in, and nothing
    /// ends by time before they are in.
    pub fn may_come(&self) -> bool {
        let soon = self.ends().any(|end| (self.now..self.now + MINUTE).contains(&end));
        self.outside > 0 && !self.locked && !self.leads.is_empty() && !soon
    }

    /// Whether all but the facilitator are muted.
    pub fn quiet(&self) -> bool {
        self.stick.is_none() && self.quiet_until.is_some_and(|until| self.now < until)
    }

    /// Whether to mute all would go on from before, so that the group is asked first.
    fn goes_on(&self) -> bool {
        self.quiet_until.is_some_and(|until| self.now < until + MINUTE)
    }

    fn asked_to_stay(&self) -> Option<&BTreeSet<usize>> {
        self.stay.as_ref().filter(|(until, _)| self.now < *until).map(|(_, yes)| yes)
    }

    /// Whether it can be; and if so, it is.
    pub fn wish(&mut self, who: usize, wish: &Wish) -> bool {
        let can = self.can(who, wish);
        if can {
            self.taken += 1;
            self.is(who, wish);
            self.conclude();
        } else {
            self.refused += 1;
        }
        can
    }

    fn can(&self, who: usize, wish: &Wish) -> bool {
        let leads = who == self.door();
        let place = |id: &u32| self.open.iter().position(|open| open.id == *id);
        let is_voted_on = |at: usize| self.open[at].vote.is_some();
        match wish {
            Wish::Wait | Wish::Hand(_) | Wish::Say(_) => true,
            Wish::Mute(..) | Wish::Lock(_) => leads,
            Wish::MuteOthers(true) => leads && !(self.goes_on() && self.asked_to_stay().is_some()),
            Wish::MuteOthers(false) => leads && (self.quiet() || self.stick.is_some() || !self.muted.is_empty()),
            Wish::Yes => self.asked_to_stay().is_some_and(|yes| !yes.contains(&who)),
            Wish::Stick(to) => (leads || self.stick == Some(who)) && *to != self.stick,
            Wish::Ask(up) => self.asks.contains(&who) != *up,
            Wish::Propose(text) => !text.trim().is_empty() && self.may_propose(who),
            Wish::Amend(id, text) => {
                let mine = |at: usize| self.open[at].by == who && self.open[at].motion.is_none() && !is_voted_on(at);
                place(id).is_some_and(mine) && !text.trim().is_empty()
            }
            Wish::Withdraw(id) => place(id).is_some_and(|at| self.open[at].by == who && !is_voted_on(at)),
            Wish::Answer(id, answer, why) => place(id).is_some_and(|at| {
                let asked = at == 0 || self.open[at].test.is_some();
                asked && !is_voted_on(at) && !(*answer == Answer::Block && why.trim().is_empty())
            }),
            Wish::Test(id) => place(id) == Some(0) && !is_voted_on(0),
            Wish::Vote(id, _) => {
                let voting = self.open.iter().find_map(|open| Some((open.id, open.vote.as_ref()?)));
                let other_way = |(on, vote): (u32, &Ballots)| {
                    on == *id && vote.cast.is_empty() && matches!(wish, Wish::Vote(_, secret) if *secret != vote.secret)
                };
                place(id).is_some() && voting.is_none_or(other_way)
            }
            Wish::Ballot(id, _) => self.vote_on(*id).is_some_and(|vote| vote.voters.contains(&who)),
            Wish::EndVote(id) => self.vote_on(*id).is_some_and(|vote| {
                leads && vote.cast.len() >= if vote.secret { 3 } else { 1 } && vote.cast.len() * 2 >= vote.voters.len()
            }),
            Wish::Name(..) | Wish::Move(..) | Wish::TakeBack => self.can_have_part(who, wish),
            _ => self.can_turn(who, wish),
        }
    }

    fn may_propose(&self, who: usize) -> bool {
        self.open.iter().filter(|open| open.by == who).count() < 2 && self.open.len() < 8
    }

    fn vote_on(&self, id: u32) -> Option<&Ballots> {
        self.open.iter().find(|open| open.id == id)?.vote.as_ref()
    }

    fn is(&mut self, who: usize, wish: &Wish) {
        let now = self.now;
        let (quiet, goes_on) = (self.quiet(), self.goes_on());
        let open = &mut self.open;
        match wish {
            Wish::Wait => {}
            Wish::Hand(true) if self.hands.contains(&who) => {}
            Wish::Hand(true) => self.hands.push(who),
            Wish::Hand(false) => self.hands.retain(|other| *other != who),
            Wish::Say(line) => self.chat.push((who, line.clone())),
            Wish::Mute(whom, true) => drop(self.muted.insert(*whom)),
            Wish::Mute(whom, false) => self.let_speak(*whom),
            Wish::MuteOthers(true) if goes_on => self.stay = Some((now + MINUTE, [who].into())),
            Wish::MuteOthers(true) => {
                (self.quiet_until, self.stay, self.stick) = (Some(now + 3 * MINUTE), None, None);
            }
            Wish::MuteOthers(false) => {
                if quiet {
                    self.quiet_until = Some(now);
                }
                if quiet || self.stick.is_some() {
                    self.stay = None;
                }
                self.stick = None;
                std::mem::take(&mut self.muted).into_iter().for_each(|whom| self.heed(whom));
            }
            Wish::Yes => {
                let (_, yes) = self.stay.as_mut().expect("it was looked for");
                yes.insert(who);
                if yes.len() * 2 > self.members {
                    (self.quiet_until, self.stay, self.stick) = (Some(now + 3 * MINUTE), None, None);
                }
            }
            Wish::Stick(to) => {
                if to.is_some() && quiet {
                    self.quiet_until = Some(now);
                }
                self.give_stick(*to);
            }
            Wish::Ask(true) => self.asks.push(who),
            Wish::Ask(false) => self.asks.retain(|other| *other != who),
            Wish::Lock(locked) => self.locked = *locked,
            Wish::Propose(text) => drop(self.propose(who, text.clone(), None)),
            Wish::Amend(id, text) => {
                let open = find(open, *id);
                open.text.clone_from(text);
                open.said.retain(|other, _| *other == who);
                (open.test, open.tested) = (None, false);
            }
            Wish::Withdraw(id) => open.retain(|open| open.id != *id),
            Wish::Answer(id, answer, _) => drop(find(open, *id).said.insert(who, *answer)),
            Wish::Test(id) => find(open, *id).test = Some((now + 3 * MINUTE, self.members)),
            Wish::Vote(id, secret) => self.open_vote(*id, *secret),
            Wish::Ballot(id, voted) => {
                let vote = find(open, *id).vote.as_mut().expect("it was looked for");
                vote.cast.insert(who, *voted);
            }
            Wish::EndVote(id) => find(open, *id).vote.as_mut().expect("it was looked for").until = now,
            Wish::Name(..) | Wish::Move(..) | Wish::TakeBack => self.has_part(who, wish),
            _ => self.turns(who, wish),
        }
    }

    fn propose(&mut self, who: usize, text: String, motion: Option<(usize, Part)>) -> u32 {
        self.ids += 1;
        let said = [(who, Answer::Agree)].into();
        let (id, by) = (self.ids, who);
        self.open.push(Proposal { id, by, text, said, motion, test: None, tested: false, vote: None });
        id
    }

    fn open_vote(&mut self, id: u32, secret: bool) {
        let at = self.open.iter().position(|open| open.id == id).expect("it was looked for");
        let mut chosen = self.open.remove(at);
        chosen.test = None;
        let (until, voters) = (self.now + 5 * MINUTE, (0..self.members).collect());
        chosen.vote = Some(Ballots { secret, until, voters, cast: BTreeMap::new() });
        // What is voted on is what the group is at.
        self.open.insert(0, chosen);
    }

    /// What ends by time ends, in its order.
    pub fn time(&mut self) {
        let now = self.now;
        let mut ends: Vec<u64> = self.ends().filter(|end| *end < now).collect();
        ends.sort_unstable();
        for end in ends.into_iter().chain([now]) {
            self.now = end;
            self.conclude();
        }
    }

    /// Ends whatever is at its end.
    fn conclude(&mut self) {
        while let Some(at) = self.open.iter().position(|open| self.is_over(open)) {
            let mut open = self.open.remove(at);
            let said = counts(&open);
            if let Some(vote) = open.vote.take() {
                let of = |wanted| vote.cast.values().filter(|voted| **voted == wanted).count();
                let tally = [of(Voted::Yes), of(Voted::No), of(Voted::Neither)];
                if vote.secret && vote.cast.len() < 3 {
                    self.open.insert(at, open);
                } else {
                    let passed = vote.cast.len() * 2 >= vote.voters.len() && tally[0] > tally[1];
                    self.past.push((open.id, open.text, End::Voted(passed, vote.secret, tally)));
                    self.follows(open.motion.filter(|_| passed));
                }
            } else {
                let [agree, aside, block] = said;
                if (agree + aside + block) * 2 >= self.members && agree > aside && block == 0 {
                    self.past.push((open.id, open.text, End::Agreed(said)));
                    self.follows(open.motion);
                } else {
                    (open.test, open.tested) = (None, true);
                    self.open.insert(at, open);
                }
            }
        }
    }

    fn is_over(&self, open: &Proposal) -> bool {
        let by_time = |until: &u64| *until <= self.now;
        match (&open.vote, &open.test) {
            (Some(vote), _) => vote.cast.len() == vote.voters.len() || by_time(&vote.until),
            (None, Some((until, asked))) => (0..*asked).all(|who| open.said.contains_key(&who)) || by_time(until),
            (None, None) => false,
        }
    }

    /// The open proposals as everybody sees them.
    pub fn shown(&self) -> Vec<Open> {
        let shown = |open: &Proposal| Open {
            id: open.id,
            by: open.by,
            text: open.text.clone(),
            said: counts(open),
            testing: open.test.is_some(),
            tested: open.tested,
            vote: open.vote.as_ref().map(|vote| {
                let of = |wanted| vote.cast.values().filter(|voted| **voted == wanted).count();
                if vote.secret {
                    Vote::Secret(vote.cast.len())
                } else {
                    Vote::Open([of(Voted::Yes), of(Voted::No), of(Voted::Neither)])
                }
            }),
        };
        self.open.iter().map(shown).collect()
    }
}

fn counts(open: &Proposal) -> [usize; 3] {
    let of = |wanted| open.said.values().filter(|answer| **answer == wanted).count();
    [of(Answer::Agree), of(Answer::Aside), of(Answer::Block)]
}

fn find(open: &mut [Proposal], id: u32) -> &mut Proposal {
    open.iter_mut().find(|open| open.id == id).expect("it was looked for")
}
