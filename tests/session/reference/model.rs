//! What the group should be, told from the ground rules and the help, and not from the reducer.
//!
//! Now and then somebody comes, or goes; once one has gone nobody comes any more. Member 0 opens the group; the charter is the
//! one that nobody chose.

mod care;
mod decisions;
mod roles;
mod turns;

use std::collections::{BTreeMap, BTreeSet};

use ingle::ids::SeatId;

/// An answer to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Agree,
    Aside,
    Block,
}

/// What somebody votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voted {
    Yes,
    No,
    Neither,
}

/// What a member is in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Facilitator,
    Co,
    Member,
}

pub(super) use care::Care;
pub(super) use decisions::{End, Open, Proposal, Stage, Vote};
pub(super) use turns::{Agenda, Kind, Round};

/// What somebody wishes for.
#[derive(Clone, Debug)]
pub(super) enum Wish {
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
    /// Somebody outside comes in.
    Come,
    /// A part in the group, given by hand.
    Name(usize, Part),
    /// The same, by the group's decision.
    Move(usize, Part),
    /// That the group shares more of what a facilitator does, or less again.
    Share(bool),
    /// That the minutes are read back.
    ReadBack,
    /// That they are right, or aren't.
    Right(bool),
    TakeBack,
    /// The next member with a raised hand, or one who asks to speak, gets the word.
    Next(usize),
    /// A round, with this many seconds for each member.
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
    /// Raised hands come least heard first, or in the order in which they were raised.
    Least(bool),
    /// A word to one member, and nobody else.
    Whisper(usize, String),
    HelpMe,
    Here,
    /// What is to be done if this one vanishes.
    FollowUp(usize, String),
    /// A vanished member or a call for help was handled.
    SeenTo(usize),
    /// A note for the leaders, in the circle.
    Note,
    /// To leave.
    Go,
    /// The program crashes, and nobody starts it again.
    Vanish,
    /// This one has to go.
    Remove(usize),
}

/// The group.
#[derive(Debug)]
pub(super) struct Model {
    /// How many were ever in.
    pub members: usize,
    pub gone: BTreeSet<usize>,
    pub care: Care,
    /// Whether the least heard of those with a raised hand comes first.
    pub least: bool,
    /// How many have yet to come.
    pub outside: usize,
    pub now: u64,
    pub hands: Vec<usize>,
    pub muted: BTreeSet<usize>,
    /// Until when all are muted, or were at the last.
    mute_all_until: Option<u64>,
    /// Until when the group is asked to renew it, and the members who say yes.
    stay: Option<(u64, BTreeSet<usize>)>,
    pub stick: Option<usize>,
    pub asks: Vec<usize>,
    pub locked: bool,
    /// The facilitator and the co-facilitators, in the order in which they follow each other.
    pub leads: Vec<usize>,
    pub round: Option<Round>,
    pub agenda: Agenda,
    /// The members back from the break.
    pub rest: Option<BTreeSet<usize>>,
    /// When the group's time is over.
    pub bell: Option<u64>,
    /// How many lines were written before each came in.
    pub unseen: Vec<usize>,
    /// Written lines: by whom, and to whom if not to all.
    pub chat: Vec<(usize, String, Option<usize>)>,
    pub open: Vec<Proposal>,
    pub past: Vec<(u32, String, End)>,
    /// Whether the group shares the facilitator's powers.
    pub shared: bool,
    /// How much of the minutes was read back, and what each says to it.
    pub read: Option<(usize, BTreeMap<usize, bool>)>,
    ids: u32,
}

const MINUTE: u64 = 60_000;

/// Seats are given out in order.
pub(super) fn seat(member: usize) -> SeatId {
    SeatId(member as u8)
}

impl Model {
    pub(super) fn new(members: usize, outside: usize, now: u64) -> Self {
        Self {
            members,
            gone: BTreeSet::new(),
            care: Care::default(),
            least: false,
            outside,
            now,
            hands: Vec::new(),
            muted: BTreeSet::new(),
            mute_all_until: None,
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
            shared: false,
            read: None,
            ids: 0,
        }
    }

    /// When something ends by time.
    pub(super) fn ends(&self) -> impl Iterator<Item = u64> {
        let open =
            self.open.iter().flat_map(|open| [open.test.map(|test| test.0), open.vote.as_ref().map(|vote| vote.until)]);
        let quiet = [
            self.mute_all_until,
            self.mute_all_until.map(|until| until + MINUTE),
            self.stay.as_ref().map(|stay| stay.0),
        ];
        open.chain(quiet).flatten()
    }

    /// Whether somebody could come now: somebody is outside, the door is open and with one who may let others in, and nothing
    /// ends by time before they are in.
    pub(super) fn may_come(&self) -> bool {
        let soon = self.ends().any(|end| (self.now..self.now + MINUTE).contains(&end));
        self.outside > 0 && self.gone.is_empty() && !self.locked && !self.leads.is_empty() && !soon
    }

    /// Whether all but the facilitator are muted.
    pub(super) fn quiet(&self) -> bool {
        self.stick.is_none() && self.mute_all_until.is_some_and(|until| self.now < until)
    }

    /// Whether to mute all would go on from before, so that the group is asked first.
    fn goes_on(&self) -> bool {
        self.mute_all_until.is_some_and(|until| self.now < until + MINUTE)
    }

    fn asked_to_stay(&self) -> Option<&BTreeSet<usize>> {
        self.stay.as_ref().filter(|(until, _)| self.now < *until).map(|(_, yes)| yes)
    }

    /// Whether it can be; and if so, it is.
    pub(super) fn wish(&mut self, who: usize, wish: &Wish) -> bool {
        let can = self.can(who, wish);
        if can {
            self.is(who, wish);
            self.conclude();
        }
        can
    }

    fn can(&self, who: usize, wish: &Wish) -> bool {
        let leads = who == self.door();
        match wish {
            Wish::Wait | Wish::Hand(_) | Wish::Say(_) => true,
            Wish::Mute(whom, _) => leads && self.is_here(*whom),
            Wish::Lock(_) => leads,
            Wish::MuteOthers(true) => leads && !(self.goes_on() && self.asked_to_stay().is_some()),
            Wish::MuteOthers(false) => leads && (self.quiet() || self.stick.is_some() || !self.muted.is_empty()),
            Wish::Yes => self.asked_to_stay().is_some_and(|yes| !yes.contains(&who)),
            Wish::Stick(to) => {
                let there = to.is_none_or(|to| self.is_here(to));
                (leads || self.stick == Some(who)) && *to != self.stick && there
            }
            Wish::Ask(up) => self.asks.contains(&who) != *up,
            Wish::Name(whom, part) => self.can_name(who, *whom, *part),
            // Nobody's line is ever gone.
            Wish::TakeBack => false,
            Wish::Least(least) => leads && *least != self.least,
            wish if wish.is_about_care() => self.can_care(who, wish),
            wish if wish.is_about_turns() => self.can_turn(who, wish),
            _ => self.can_decide(who, wish),
        }
    }

    fn is(&mut self, who: usize, wish: &Wish) {
        let now = self.now;
        let (quiet, goes_on, count) = (self.quiet(), self.goes_on(), self.count());
        match wish {
            Wish::Wait => {}
            Wish::Hand(true) if self.hands.contains(&who) => {}
            Wish::Hand(true) => self.hands.push(who),
            Wish::Hand(false) => self.hands.retain(|other| *other != who),
            Wish::Say(line) => self.chat.push((who, line.clone(), None)),
            Wish::Mute(whom, true) => drop(self.muted.insert(*whom)),
            Wish::Mute(whom, false) => self.let_speak(*whom),
            Wish::MuteOthers(true) if goes_on => self.stay = Some((now + MINUTE, [who].into())),
            Wish::MuteOthers(true) => {
                (self.mute_all_until, self.stay, self.stick) = (Some(now + 3 * MINUTE), None, None);
            }
            Wish::MuteOthers(false) => {
                if quiet {
                    self.mute_all_until = Some(now);
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
                if yes.len() * 2 > count {
                    (self.mute_all_until, self.stay, self.stick) = (Some(now + 3 * MINUTE), None, None);
                }
            }
            Wish::Stick(to) => {
                if to.is_some() && quiet {
                    self.mute_all_until = Some(now);
                }
                self.give_stick(*to);
            }
            Wish::Ask(true) => self.asks.push(who),
            Wish::Ask(false) => self.asks.retain(|other| *other != who),
            Wish::Lock(locked) => self.locked = *locked,
            Wish::Name(whom, part) => self.name(who, *whom, *part),
            Wish::Least(least) => self.least = *least,
            wish if wish.is_about_care() => self.cares(who, wish),
            wish if wish.is_about_turns() => self.turns(who, wish),
            _ => self.decide(who, wish),
        }
    }

    /// What ends by time ends, in its order.
    pub(super) fn time(&mut self) {
        self.keep();
        let now = self.now;
        let mut ends: Vec<u64> = self.ends().filter(|end| *end < now).collect();
        ends.sort_unstable();
        for end in ends.into_iter().chain([now]) {
            self.now = end;
            self.conclude();
        }
    }
}
