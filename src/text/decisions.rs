//! Proposals, votes and what comes of them, in sentences.

use super::ballot;
use super::catalogue::{Text, say, text};
use super::charter::{charter_changes, deed};
use super::commands::Word;
use super::guide::Guide;
use super::names::name;
use crate::ids::SeatId;
use crate::session::{Answer, Became, Charter, Choice, Motion, Power, Proposed, Role, Room, Stage, Tally, VoteKind};

/// What a proposal says: its text, or what its motion does. `now` is what the group holds itself by at present.
pub fn proposal(words: &str, motion: Motion, now: Option<&Charter>) -> String {
    match motion {
        Motion::Text => words.to_owned(),
        Motion::Role(_, _, Role::Facilitator) => say!("decisions-takes-facilitator-role", text = words),
        Motion::Role(_, _, Role::CoFacilitator) => say!("decisions-becomes-co-facilitator", text = words),
        Motion::Role(_, _, Role::Member) => say!("decisions-takes-part-member-again", text = words),
        Motion::Charter(to) => match now.map(|from| charter_changes(from, &to)) {
            Some(changes) if !changes.is_empty() => say!("decisions-ground-rules-change", changes = changes.join(" ")),
            _ => text("decisions-ground-rules-change-2").to_owned(),
        },
        Motion::Permit(Power::Mute, _) => say!("decisions-facilitator-mutes", text = words),
        Motion::Permit(Power::Remove, _) => say!("decisions-facilitator-takes-out-group", text = words),
        Motion::Permit(Power::MuteAll, _) => text("decisions-facilitator-mutes-all").to_owned(),
        Motion::Permit(Power::Lock, _) => text("decisions-facilitator-locks-unlocks-door").to_owned(),
        Motion::Permit(Power::Close, _) => text("decisions-group-ends").to_owned(),
        Motion::Permit(Power::Turns | Power::Vote | Power::Roles, _) => {
            text("decisions-facilitator-goes-ahead").to_owned()
        }
    }
}

/// The same for a proposal as it is told.
pub fn proposed(proposed: &Proposed, room: &Room) -> String {
    proposal(&proposed.text, proposed.motion, Some(&room.state.circle.charter))
}

/// All that is proposed, and what is said to it.
pub fn proposals(room: &Room) -> Vec<String> {
    let open = &room.state.decisions.open;
    if open.is_empty() {
        return vec![text("decisions-nothing-proposed-moment").to_owned()];
    }
    let mut lines = Vec::new();
    for proposal in open {
        let Some(told) = room.state.decisions.proposed(proposal.id, &room.state.circle) else { continue };
        lines.push(say!("decisions-proposes", by = told.by, proposed = proposed(&told, room)));
        match &proposal.vote {
            Some(vote) if vote.kind == VoteKind::Open => {
                lines.push(say!("decisions-being-voted-far", tally = tally(vote.tally())));
            }
            Some(_) => lines.push(text("decisions-being-voted-secret").to_owned()),
            None if told.stage == Stage::Waiting => lines.push(text("decisions-comes-after-what-talked").to_owned()),
            None => lines.push(counted(&told)),
        }
        for (seat, answer) in &proposal.answers {
            match answer {
                Answer::Block(reason) => lines.push(blocks(name(room, *seat), reason)),
                Answer::Agree | Answer::Aside => {}
            }
        }
    }
    lines
}

/// What has become of a proposal in a sentence for the screen, where the panel doesn't tell it.
pub fn proposal_told(proposed: &Proposed, became: &Became, room: &Room, how: Guide) -> Option<String> {
    let what = self::proposed(proposed, room);
    let mine = room.me.and_then(|me| room.state.circle.name(me)) == Some(proposed.by.as_str());
    Some(match (became, proposed.stage) {
        (Became::Made | Became::Amended, stage) if mine && stage != Stage::Waiting => {
            text("decisions-proposal-before-group-others").to_owned()
        }
        (Became::Made, Stage::Waiting) => say!("decisions-proposes-2", by = proposed.by, what),
        (Became::Made | Became::Amended, _) => say!("decisions-proposes-something-please-answer", by = proposed.by),
        (Became::Tested, _) => text("decisions-agreement-everybody-asked").to_owned(),
        (Became::Answered(seat, Answer::Block(reason)), _) => blocks(name(room, *seat), reason),
        (Became::Answered(..), _) | (_, Stage::Passed | Stage::Rejected) => return None,
        (_, Stage::Agreed) => say!("decisions-agreed", what),
        (_, Stage::Withdrawn) => say!("decisions-withdraws-proposal", by = proposed.by),
        (_, Stage::LeftOpen) => say!("decisions-not-decided", what),
        _ => {
            say!("decisions-no-agreement-yet-change", amend = how(Word::Amend, "TEXT"), vote = how(Word::Vote, "open"))
        }
    })
}

/// The same at length, for a face that has no panel.
pub fn proposal_sentences(proposed: &Proposed, became: &Became, room: &Room, how: Guide) -> Vec<String> {
    let what = stopped(&self::proposed(proposed, room));
    let by = &proposed.by;
    let mine = |seat| room.me == Some(seat);
    let answer = || {
        let (agree, aside) = (how(Word::Agree, ""), how(Word::Aside, ""));
        say!("decisions-agree-stand-aside-block", agree, aside, block = how(Word::Block, "REASON"))
    };
    match (became, proposed.stage) {
        (Became::Made, Stage::Waiting) => {
            vec![say!("decisions-proposes-comes-after-what", by, what)]
        }
        // What is put to a vote at once is not answered otherwise.
        (Became::Made, _) if room.state.decisions.vote().is_some_and(|(voted, _)| voted.id == proposed.id) => {
            vec![say!("decisions-proposes-2", by, what)]
        }
        (Became::Made, _) => vec![say!("decisions-proposes-2", by, what), answer()],
        (Became::Amended, _) => vec![say!("decisions-now-proposes-please-answer", by, what), answer()],
        (Became::Answered(seat, answer), _) if mine(*seat) => {
            vec![say!("decisions-answer", answer = self::answer(Some(answer)), counted = counted(proposed))]
        }
        (Became::Answered(seat, Answer::Block(reason)), _) => vec![blocks(name(room, *seat), reason)],
        // The others' answers would talk over those who speak; the end tells of all.
        (Became::Answered(..), _) => vec![],
        (Became::Tested, _) if room.me.is_some_and(|me| waits_for(proposed, me, room)) => {
            vec![say!("decisions-agreement", what), answer()]
        }
        (Became::Tested, _) => vec![say!("decisions-agreement-everybody-asked-2", what)],
        (Became::Came, Stage::Agreed) => vec![say!("decisions-agreed-2", what, counted = counted(proposed))],
        (Became::Came, Stage::Withdrawn) => vec![say!("decisions-withdraws-proposal-2", by, what)],
        (Became::Came, Stage::LeftOpen) => vec![say!("decisions-not-decided", what)],
        (Became::Came, Stage::Passed) => vec![say!("decisions-decided", what)],
        (Became::Came, Stage::Rejected) => vec![],
        (Became::Came, _) => vec![
            say!("decisions-no-agreement-yet", what, counted = counted(proposed)),
            say!(
                "decisions-change-withdraw-put-vote",
                amend = how(Word::Amend, "TEXT"),
                withdraw = how(Word::Withdraw, ""),
                vote = how(Word::Vote, "open")
            ),
        ],
    }
}

/// Somebody blocks.
fn blocks(name: &str, reason: &str) -> String {
    if reason.is_empty() { say!("decisions-blocks", name) } else { say!("decisions-blocks-because", name, reason) }
}

fn waits_for(proposed: &Proposed, me: SeatId, room: &Room) -> bool {
    room.state.decisions.to_answer(me).is_some_and(|waits| waits.id == proposed.id)
}

/// With a full stop, unless what people wrote ends in something like it.
fn stopped(sentence: &str) -> String {
    let end = if sentence.ends_with(['.', '!', '?', ':']) { "" } else { "." };
    format!("{sentence}{end}")
}

/// A vote begins, for the screen.
pub fn vote_told(id: u32, room: &Room) -> Option<String> {
    let proposed = room.state.decisions.proposed(id, &room.state.circle)?;
    let what = self::proposed(&proposed, room);
    Some(match room.state.decisions.poll.as_ref().filter(|poll| poll.vote == id) {
        Some(_) => {
            say!("decisions-secret-vote", stopped = stopped(&what), secret_vote = ballot::secret_vote(room).last()?)
        }
        None => say!("decisions-vote", what),
    })
}

/// The same at length, for a face that has no panel.
pub fn vote_sentences(id: u32, room: &Room, how: Guide) -> Vec<String> {
    let Some(proposed) = room.state.decisions.proposed(id, &room.state.circle) else { return vec![] };
    let mut lines = vec![say!("decisions-vote-2", stopped = stopped(&self::proposed(&proposed, room)))];
    if room.me.is_some_and(|me| room.state.decisions.to_vote(me).is_some()) {
        let [yes, no, abstain] = ["yes", "no", "abstain"].map(|choice| how(Word::Ballot, choice));
        lines.push(say!("decisions-vote-yes-vote-no", yes, no, abstain));
    }
    lines
}

/// What I have voted.
pub fn my_vote(choice: Choice) -> String {
    say!("decisions-my-vote", vote = voted(choice))
}

/// The ground rules have changed.
pub const RULES_CHANGED: Text = Text::new("decisions-rules-changed");

/// The same, and how to read them.
pub fn rules_changed(how: Guide) -> String {
    say!("decisions-read-them", changed = RULES_CHANGED, rules = how(Word::Rules, ""))
}

/// How far a proposal is, in a word for scripts. The words stay.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Waiting => "waiting",
        Stage::Discussion => "discussion",
        Stage::Testing => "testing",
        Stage::Open => "open",
        Stage::Voting => "voting",
        Stage::Agreed => "agreed",
        Stage::Passed => "passed",
        Stage::Rejected => "rejected",
        Stage::Withdrawn => "withdrawn",
        Stage::LeftOpen => "left_open",
    }
}

/// How a vote is held, in a word for scripts. The words stay.
pub fn vote_kind(kind: VoteKind) -> &'static str {
    match kind {
        VoteKind::Open => "open",
        VoteKind::Secret => "secret",
    }
}

/// What is voted, in a word for scripts. The words stay.
pub fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::Yes => "yes",
        Choice::No => "no",
        Choice::Abstain => "abstain",
    }
}

/// The same for people.
pub(super) fn voted(choice: Choice) -> &'static str {
    match choice {
        Choice::Yes => text("decisions-yes"),
        Choice::No => text("decisions-no"),
        Choice::Abstain => text("decisions-abstain"),
    }
}

/// How many agree, stand aside, block and have not answered; at length, and short.
pub fn counts(proposed: &Proposed) -> [String; 2] {
    let Proposed { agree, aside, block, waiting, .. } = proposed;
    [
        say!("decisions-agree-stand-aside-block-waiting", agree, aside, block, waiting),
        say!("decisions-agree-aside-block-waiting", agree, aside, block, waiting),
    ]
}

/// The same in a sentence.
pub fn counted(proposed: &Proposed) -> String {
    let Proposed { agree, aside, block, waiting, .. } = proposed;
    let mut told = vec![say!("decisions-counted-agree", count = agree)];
    told.extend((*aside > 0).then(|| say!("decisions-counted-aside", count = aside)));
    told.extend((*block > 0).then(|| say!("decisions-counted-block", count = block)));
    told.extend((*waiting > 0).then(|| say!("decisions-counted-waiting", count = waiting)));
    format!("{}.", told.join(", "))
}

/// What the group decides, and nothing is asked of me any more: how far it is, in one line of several lengths, the longest first.
pub fn decided_so_far(room: &Room) -> Option<Vec<String>> {
    let decisions = &room.state.decisions;
    if let Some((_, vote)) = decisions.vote() {
        if vote.kind == VoteKind::Secret {
            let poll = room.state.decisions.poll.as_ref()?;
            let (voted, of) = poll.turnout();
            let shortest = say!("decisions-secret-vote-voted", voted, of);
            let counting = text("decisions-secret-vote-being-counted").to_owned();
            let mut lengths = ballot::turnout(room)?.map(|turnout| say!("decisions-secret-vote-2", turnout)).to_vec();
            lengths.push(if poll.is_asking() { shortest } else { counting });
            return Some(lengths);
        }
        let (tally, of) = (vote.tally(), vote.electorate());
        let Tally { yes, no, abstain } = tally;
        let waiting = of.saturating_sub(tally.ballots());
        return Some(vec![
            say!("decisions-vote-yes-no-abstain", yes, no, abstain, waiting),
            say!("decisions-vote-yes-no-abstain-waiting", yes, no, abstain, waiting),
            say!("decisions-vote-voted", value = tally.ballots(), of),
        ]);
    }
    if let Some(told) =
        decisions.current().and_then(|proposal| room.state.decisions.proposed(proposal.id, &room.state.circle))
    {
        let answered = told.agree + told.aside + told.block;
        let of = answered + told.waiting;
        return Some(vec![
            say!("decisions-answered", answered, of, blocks = told.block),
            say!("decisions-answered-short", answered, of, blocks = told.block),
        ]);
    }
    let read = decisions.read.as_ref().filter(|_| decisions.is_read());
    let [right, wrong] = read.map_or([0, 0], |read| read.answered());
    let waiting = room.state.circle.seats.len().saturating_sub(right + wrong);
    match read {
        Some(_) if waiting > 0 => Some(vec![
            say!("decisions-minutes-right-not-right", right, wrong, waiting),
            say!("decisions-minutes-yet-answer", waiting),
        ]),
        _ => decisions.closing.then(|| vec![text("decisions-group-coming-close").to_owned()]),
    }
}

/// What a member has said to a proposal, in a word or two.
pub fn answer(answer: Option<&Answer>) -> &'static str {
    match answer {
        Some(Answer::Agree) => text("decisions-agree"),
        Some(Answer::Aside) => text("decisions-stand-aside"),
        Some(Answer::Block(_)) => text("decisions-block"),
        None => text("decisions-not-yet"),
    }
}

/// What was voted.
pub fn tally(tally: Tally) -> String {
    say!("decisions-yes-no-abstained", yes = tally.yes, no = tally.no, abstain = tally.abstain)
}

/// How a vote ended.
pub fn result(votes: Tally, passed: bool) -> String {
    say!("decisions-result", tally = tally(votes), passed)
}

/// What a facilitator has done without the group's yes.
pub fn overstepped(name: &str, power: Power) -> String {
    say!("decisions-by-ground-rules-needs", name, deed = deed(power))
}
