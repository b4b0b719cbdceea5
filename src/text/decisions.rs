//! Proposals, votes and what comes of them, in sentences.

use super::ballot;
use super::charter::{charter_changes, deed};
use super::commands::Word;
use super::guide::Guide;
use super::names::name;
use crate::ids::SeatId;
use crate::session::{Answer, Became, Charter, Choice, Motion, Power, Proposed, Role, Room, Stage, Tally, VoteKind};

/// What a proposal says: its text, or what its motion does. `now` is what the group holds itself by at present.
pub fn proposal(text: &str, motion: Motion, now: Option<&Charter>) -> String {
    match motion {
        Motion::Text => text.to_owned(),
        Motion::Role(_, _, Role::Facilitator) => format!("{text} takes the facilitator's role."),
        Motion::Role(_, _, Role::CoFacilitator) => format!("{text} becomes a co-facilitator."),
        Motion::Role(_, _, Role::Member) => format!("{text} takes part as a member again."),
        Motion::Charter(to) => match now.map(|from| charter_changes(from, &to)) {
            Some(changes) if !changes.is_empty() => format!("The ground rules change: {}", changes.join(" ")),
            _ => "The ground rules change.".to_owned(),
        },
        Motion::Permit(Power::Mute, _) => format!("The facilitator mutes {text}."),
        Motion::Permit(Power::Remove, _) => format!("The facilitator takes {text} out of the group."),
        Motion::Permit(Power::MuteAll, _) => "The facilitator mutes all.".to_owned(),
        Motion::Permit(Power::Lock, _) => "The facilitator locks or unlocks the door.".to_owned(),
        Motion::Permit(Power::Close, _) => "The group ends.".to_owned(),
        Motion::Permit(Power::Turns | Power::Vote | Power::Roles, _) => "The facilitator goes ahead.".to_owned(),
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
        return vec!["Nothing is proposed at the moment.".to_owned()];
    }
    let mut lines = Vec::new();
    for proposal in open {
        let Some(told) = room.state.decisions.proposed(proposal.id, &room.state.circle) else { continue };
        lines.push(format!("{} proposes: {}", told.by, proposed(&told, room)));
        match &proposal.vote {
            Some(vote) if vote.kind == VoteKind::Open => {
                lines.push(format!("It is being voted on: {} so far.", tally(vote.tally())));
            }
            Some(_) => lines.push("It is being voted on, in secret.".to_owned()),
            None if told.stage == Stage::Waiting => lines.push("It comes after what is talked over now.".to_owned()),
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
            "Your proposal is before the group; the others are being asked.".to_owned()
        }
        (Became::Made, Stage::Waiting) => format!("{} proposes: {what}", proposed.by),
        (Became::Made | Became::Amended, _) => format!("{} proposes something: please answer.", proposed.by),
        (Became::Tested, _) => "Is there agreement? Everybody is asked.".to_owned(),
        (Became::Answered(seat, Answer::Block(reason)), _) => blocks(name(room, *seat), reason),
        (Became::Answered(..), _) | (_, Stage::Passed | Stage::Rejected) => return None,
        (_, Stage::Agreed) => format!("Agreed: {what}"),
        (_, Stage::Withdrawn) => format!("{} withdraws the proposal.", proposed.by),
        (_, Stage::LeftOpen) => format!("Not decided: {what}"),
        _ => format!(
            "There is no agreement yet. To change the proposal, {}; to vote, {}.",
            how(Word::Amend, "TEXT"),
            how(Word::Vote, "open")
        ),
    })
}

/// The same at length, for a face that has no panel.
pub fn proposal_sentences(proposed: &Proposed, became: &Became, room: &Room, how: Guide) -> Vec<String> {
    let what = stopped(&self::proposed(proposed, room));
    let by = &proposed.by;
    let mine = |seat| room.me == Some(seat);
    let answer = || {
        let (agree, aside) = (how(Word::Agree, ""), how(Word::Aside, ""));
        format!("To agree, {agree}; to stand aside, {aside}; to block, {}.", how(Word::Block, "REASON"))
    };
    match (became, proposed.stage) {
        (Became::Made, Stage::Waiting) => {
            vec![format!("{by} proposes: {what} It comes after what is talked over now.")]
        }
        // What is put to a vote at once is not answered otherwise.
        (Became::Made, _) if room.state.decisions.vote().is_some_and(|(voted, _)| voted.id == proposed.id) => {
            vec![format!("{by} proposes: {what}")]
        }
        (Became::Made, _) => vec![format!("{by} proposes: {what}"), answer()],
        (Became::Amended, _) => vec![format!("{by} now proposes: {what} Please answer again."), answer()],
        (Became::Answered(seat, answer), _) if mine(*seat) => {
            vec![format!("Your answer: {}. {}", self::answer(Some(answer)), counted(proposed))]
        }
        (Became::Answered(seat, Answer::Block(reason)), _) => vec![blocks(name(room, *seat), reason)],
        // The others' answers would talk over those who speak; the end tells of all.
        (Became::Answered(..), _) => vec![],
        (Became::Tested, _) if room.me.is_some_and(|me| waits_for(proposed, me, room)) => {
            vec![format!("Is there agreement? {what}"), answer()]
        }
        (Became::Tested, _) => vec![format!("Is there agreement? {what} Everybody is asked.")],
        (Became::Came, Stage::Agreed) => vec![format!("Agreed: {what} {}", counted(proposed))],
        (Became::Came, Stage::Withdrawn) => vec![format!("{by} withdraws the proposal: {what}")],
        (Became::Came, Stage::LeftOpen) => vec![format!("Not decided: {what}")],
        (Became::Came, Stage::Passed) => vec![format!("Decided: {what}")],
        (Became::Came, Stage::Rejected) => vec![],
        (Became::Came, _) => vec![
            format!("There is no agreement yet: {what} {}", counted(proposed)),
            format!(
                "To change it, {}; to withdraw it, {}; to put it to a vote, {}.",
                how(Word::Amend, "TEXT"),
                how(Word::Withdraw, ""),
                how(Word::Vote, "open")
            ),
        ],
    }
}

/// Somebody blocks.
fn blocks(name: &str, reason: &str) -> String {
    if reason.is_empty() { format!("{name} blocks, without a reason.") } else { format!("{name} blocks: {reason}") }
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
        Some(_) => format!("A secret vote: {} {}", stopped(&what), ballot::secret_vote(room).last()?),
        None => format!("A vote: {what}"),
    })
}

/// The same at length, for a face that has no panel.
pub fn vote_sentences(id: u32, room: &Room, how: Guide) -> Vec<String> {
    let Some(proposed) = room.state.decisions.proposed(id, &room.state.circle) else { return vec![] };
    let mut lines = vec![format!("A vote: {}", stopped(&self::proposed(&proposed, room)))];
    if room.me.is_some_and(|me| room.state.decisions.to_vote(me).is_some()) {
        let [yes, no, abstain] = ["yes", "no", "abstain"].map(|choice| how(Word::Ballot, choice));
        lines.push(format!("To vote yes, {yes}; to vote no, {no}; to abstain, {abstain}."));
    }
    lines
}

/// What I have voted.
pub fn my_vote(choice: Choice) -> String {
    format!("Your vote: {}.", self::choice(choice))
}

/// The ground rules have changed.
pub const RULES_CHANGED: &str = "The ground rules have changed.";

/// The same, and how to read them.
pub fn rules_changed(how: Guide) -> String {
    format!("{RULES_CHANGED} To read them, {}.", how(Word::Rules, ""))
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

/// How many agree, stand aside, block and have not answered; at length, and short.
pub fn counts(proposed: &Proposed) -> [String; 2] {
    let Proposed { agree, aside, block, waiting, .. } = proposed;
    [
        format!("agree {agree}   stand aside {aside}   block {block}   waiting {waiting}"),
        format!("agree {agree}  aside {aside}  block {block}  waiting {waiting}"),
    ]
}

/// The same in a sentence.
pub fn counted(proposed: &Proposed) -> String {
    let of = |count: usize, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
    let rest = [
        (proposed.aside, "stands aside", "stand aside"),
        (proposed.block, "blocks", "block"),
        (proposed.waiting, "has not answered", "have not answered"),
    ];
    let rest = rest.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, more)| of(count, one, more));
    let told: Vec<_> = std::iter::once(of(proposed.agree, "agrees", "agree")).chain(rest).collect();
    format!("{}.", told.join(", "))
}

/// What the group decides, and nothing is asked of me any more: how far it is, in one line of several lengths, the longest first.
pub fn decided_so_far(room: &Room) -> Option<Vec<String>> {
    let decisions = &room.state.decisions;
    if let Some((_, vote)) = decisions.vote() {
        if vote.kind == VoteKind::Secret {
            let poll = room.state.decisions.poll.as_ref()?;
            let (voted, of) = poll.turnout();
            let shortest = format!("Secret vote: {voted} of {of} have voted");
            let counting = "Secret vote: being counted".to_owned();
            let mut lengths = ballot::turnout(room)?.map(|turnout| format!("Secret vote: {turnout}")).to_vec();
            lengths.push(if poll.is_asking() { shortest } else { counting });
            return Some(lengths);
        }
        let (tally, of) = (vote.tally(), vote.electorate());
        let Tally { yes, no, abstain } = tally;
        let waiting = of.saturating_sub(tally.ballots());
        return Some(vec![
            format!("Vote: yes {yes}, no {no}, abstain {abstain}, waiting {waiting}"),
            format!("Vote: yes {yes} no {no} abstain {abstain} waiting {waiting}"),
            format!("Vote: {} of {of} have voted", tally.ballots()),
        ]);
    }
    if let Some(told) =
        decisions.current().and_then(|proposal| room.state.decisions.proposed(proposal.id, &room.state.circle))
    {
        let answered = told.agree + told.aside + told.block;
        let blocks = match told.block {
            0 => String::new(),
            1 => ", 1 blocks".to_owned(),
            block => format!(", {block} block"),
        };
        let of = answered + told.waiting;
        return Some(vec![
            format!("Proposal: {answered} of {of} have answered{blocks}"),
            format!("Proposal: {answered} of {of} answered{blocks}"),
        ]);
    }
    let read = decisions.read.as_ref().filter(|_| decisions.is_read());
    let [right, wrong] = read.map_or([0, 0], |read| read.answered());
    let waiting = room.state.circle.seats.len().saturating_sub(right + wrong);
    match read {
        Some(_) if waiting > 0 => Some(vec![
            format!("Minutes: right {right}, not right {wrong}, waiting {waiting}"),
            format!("Minutes: {waiting} yet to answer"),
        ]),
        _ => decisions.closing.then(|| vec!["The group is coming to its close".to_owned()]),
    }
}

/// What a member has said to a proposal, in a word or two.
pub fn answer(answer: Option<&Answer>) -> &'static str {
    match answer {
        Some(Answer::Agree) => "agree",
        Some(Answer::Aside) => "stand aside",
        Some(Answer::Block(_)) => "block",
        None => "not yet",
    }
}

/// What was voted.
pub fn tally(tally: Tally) -> String {
    format!("{} yes, {} no, {} abstained", tally.yes, tally.no, tally.abstain)
}

/// How a vote ended.
pub fn result(votes: Tally, passed: bool) -> String {
    format!("The vote is over: {}. It has {}passed.", tally(votes), if passed { "" } else { "not " })
}

/// What a facilitator has done without the group's yes.
pub fn overstepped(name: &str, power: Power) -> String {
    format!("By the ground rules this needs the group's yes, and {name} did it without: {}.", deed(power))
}
