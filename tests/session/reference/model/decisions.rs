//! What the group decides: proposals, what is said to them, votes, and the minutes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, MINUTE, Model, Part, Voted, Wish};

/// How a vote stands, as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Vote {
    Open([usize; 3]),
    Secret(usize),
}

/// An open proposal as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Open {
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
pub(crate) enum End {
    Agreed([usize; 3]),
    /// Whether it passed, whether the vote was secret, and the tally.
    Voted(bool, bool, [usize; 3]),
    LeftOpen,
}

#[derive(Clone, Debug)]
pub(super) struct Ballots {
    secret: bool,
    pub(super) until: u64,
    /// The members there when it was opened.
    voters: BTreeSet<usize>,
    cast: BTreeMap<usize, Voted>,
}

#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub id: u32,
    pub by: usize,
    text: String,
    said: BTreeMap<usize, Answer>,
    motion: Motion,
    /// Until when those who were there by then are asked, and how many they are.
    pub(super) test: Option<(u64, usize)>,
    tested: bool,
    pub(super) vote: Option<Ballots>,
}

/// What follows if the group wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Motion {
    /// Nothing but what it says.
    Text,
    /// This one becomes that.
    Part(usize, Part),
    Share(bool),
}

/// What is under way about decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Nothing,
    Talking,
    Testing,
    Voting,
}

impl Model {
    /// What the group is at.
    pub(crate) fn stage(&self) -> Stage {
        match self.open.first() {
            None => Stage::Nothing,
            Some(open) if open.vote.is_some() => Stage::Voting,
            Some(open) if open.test.is_some() => Stage::Testing,
            Some(_) => Stage::Talking,
        }
    }

    pub(super) fn can_decide(&self, who: usize, wish: &Wish) -> bool {
        let leads = who == self.door();
        let place = |id: &u32| self.open.iter().position(|open| open.id == *id);
        let is_voted_on = |at: usize| self.open[at].vote.is_some();
        match wish {
            Wish::Propose(text) => !text.trim().is_empty() && self.may_propose(who),
            Wish::Amend(id, text) => {
                let mine =
                    |at: usize| self.open[at].by == who && self.open[at].motion == Motion::Text && !is_voted_on(at);
                place(id).is_some_and(mine) && !text.trim().is_empty()
            }
            Wish::Withdraw(id) => place(id).is_some_and(|at| self.open[at].by == who && !is_voted_on(at)),
            Wish::Answer(id, answer, why) => place(id).is_some_and(|at| {
                let asked = at == 0 || self.open[at].test.is_some();
                asked && !is_voted_on(at) && !(*answer == Answer::Block && why.trim().is_empty())
            }),
            Wish::Test(id) => place(id) == Some(0) && !is_voted_on(0),
            // Of two, each would know the other's.
            Wish::Vote(_, true) if self.count() < 3 => false,
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
            Wish::Move(whom, part) => self.is_here(*whom) && *part != self.part(*whom) && self.may_propose(who),
            Wish::Share(shared) => *shared != self.shared && self.may_propose(who),
            Wish::ReadBack => leads,
            Wish::Right(_) => self.read.is_some(),
            other => unreachable!("{other:?} is no matter of decisions"),
        }
    }

    pub(super) fn votes_in_secret(&self) -> bool {
        self.open.iter().any(|open| open.vote.as_ref().is_some_and(|vote| vote.secret))
    }

    /// Members who have gone are asked nothing any more; a ballot that was cast stays cast.
    pub(super) fn goes_from_decisions(&mut self, who: usize) {
        for open in &mut self.open {
            open.said.remove(&who);
            if let Some(vote) = open.vote.as_mut().filter(|vote| !vote.cast.contains_key(&who)) {
                vote.voters.remove(&who);
            }
        }
    }

    fn may_propose(&self, who: usize) -> bool {
        self.open.iter().filter(|open| open.by == who).count() < 2 && self.open.len() < 8
    }

    fn vote_on(&self, id: u32) -> Option<&Ballots> {
        self.open.iter().find(|open| open.id == id)?.vote.as_ref()
    }

    pub(super) fn decide(&mut self, who: usize, wish: &Wish) {
        let (now, members) = (self.now, self.members);
        let open = &mut self.open;
        match wish {
            Wish::Propose(text) => drop(self.propose(who, text.clone(), Motion::Text)),
            Wish::Amend(id, text) => {
                let open = find(open, *id);
                open.text.clone_from(text);
                open.said.retain(|other, _| *other == who);
                (open.test, open.tested) = (None, false);
            }
            Wish::Withdraw(id) => open.retain(|open| open.id != *id),
            Wish::Answer(id, answer, _) => drop(find(open, *id).said.insert(who, *answer)),
            Wish::Test(id) => find(open, *id).test = Some((now + 3 * MINUTE, members)),
            Wish::Vote(id, secret) => self.open_vote(*id, *secret),
            Wish::Ballot(id, voted) => {
                let vote = find(open, *id).vote.as_mut().expect("it was looked for");
                vote.cast.insert(who, *voted);
            }
            Wish::EndVote(id) => find(open, *id).vote.as_mut().expect("it was looked for").until = now,
            Wish::Move(whom, part) => self.moves(who, format!("Member {whom}"), Motion::Part(*whom, *part)),
            Wish::Share(shared) => self.moves(who, String::new(), Motion::Share(*shared)),
            Wish::ReadBack => self.read = Some((self.past.len(), BTreeMap::new())),
            Wish::Right(right) => {
                let (_, said) = self.read.as_mut().expect("it was looked for");
                said.insert(who, *right);
            }
            _ => {}
        }
    }

    /// A motion can be put to a vote at any time, and is at once.
    fn moves(&mut self, who: usize, text: String, motion: Motion) {
        let voting = self.open.iter().any(|open| open.vote.is_some());
        let id = self.propose(who, text, motion);
        if !voting {
            self.open_vote(id, false);
        }
    }

    fn propose(&mut self, who: usize, text: String, motion: Motion) -> u32 {
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
        let (until, voters) = (self.now + 5 * MINUTE, self.circle().collect());
        chosen.vote = Some(Ballots { secret, until, voters, cast: BTreeMap::new() });
        // The proposal under vote is the current one.
        self.open.insert(0, chosen);
    }

    /// Ends whatever is at its end.
    pub(super) fn conclude(&mut self) {
        while let Some(at) = self.open.iter().position(|open| self.is_over(open)) {
            let mut open = self.open.remove(at);
            let said = counts(&open);
            if let Some(vote) = open.vote.take() {
                let of = |wanted| vote.cast.values().filter(|voted| **voted == wanted).count();
                let tally = [of(Voted::Yes), of(Voted::No), of(Voted::Neither)];
                if vote.secret && vote.cast.len() < 3 {
                    self.open.insert(at, open);
                } else {
                    let most = tally[0] > tally[1] && (!self.shared || tally[0] >= 2 * tally[1]);
                    let passed = vote.cast.len() * 2 >= vote.voters.len() && most;
                    self.past.push((open.id, open.text, End::Voted(passed, vote.secret, tally)));
                    if passed {
                        self.follows(open.motion);
                    }
                }
            } else {
                let [agree, aside, block] = said;
                if (agree + aside + block) * 2 >= self.count() && agree > aside && block == 0 {
                    self.past.push((open.id, open.text, End::Agreed(said)));
                    self.follows(open.motion);
                } else {
                    (open.test, open.tested) = (None, true);
                    self.open.insert(at, open);
                }
            }
        }
    }

    fn follows(&mut self, motion: Motion) {
        match motion {
            Motion::Text => {}
            Motion::Part(whom, part) if part == self.part(whom) || !self.is_here(whom) => {}
            Motion::Part(whom, part) => {
                self.becomes(whom, part);
                self.keep();
            }
            Motion::Share(shared) => self.shared = shared,
        }
    }

    fn is_over(&self, open: &Proposal) -> bool {
        let by_time = |until: &u64| *until <= self.now;
        match (&open.vote, &open.test) {
            (Some(vote), _) => vote.cast.len() == vote.voters.len() || by_time(&vote.until),
            (None, Some((until, asked))) => {
                self.circle().all(|who| who >= *asked || open.said.contains_key(&who)) || by_time(until)
            }
            (None, None) => false,
        }
    }

    /// The open proposals as everybody sees them.
    pub(crate) fn shown(&self) -> Vec<Open> {
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
