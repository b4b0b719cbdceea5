//! Proposals, votes and what comes of them, in sentences.

use super::{Advice, advice, charter_changes};
use crate::session::{
    Answer, Became, Charter, Choice, Motion, NoDecision, Power, Proposed, Role, Room, Say, Stage, Tally, VoteKind,
};

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
    proposal(&proposed.text, proposed.motion, Some(&room.state.charter))
}

/// All that is proposed, and what is said to it.
pub fn proposals(room: &Room) -> Vec<String> {
    let open = &room.state.decisions.open;
    if open.is_empty() {
        return vec!["Nothing is proposed at the moment.".to_owned()];
    }
    let mut lines = Vec::new();
    for proposal in open {
        let Some(told) = room.state.proposed(proposal.id) else { continue };
        lines.push(format!("{} proposes: {}", told.by, proposed(&told, room)));
        match &proposal.vote {
            Some(vote) if vote.kind == VoteKind::Open => {
                lines.push(format!("It is voted on: {} so far.", tally(vote.tally())));
            }
            Some(_) => lines.push("It is voted on, in secret.".to_owned()),
            None if told.stage == Stage::Waiting => lines.push("It waits for what is talked over now.".to_owned()),
            None => lines.push(counted(&told)),
        }
        for (seat, answer) in &proposal.answers {
            let name = room.state.name(*seat).unwrap_or("Someone");
            match answer {
                Answer::Block(reason) if reason.is_empty() => lines.push(format!("{name} blocks.")),
                Answer::Block(reason) => lines.push(format!("{name} blocks: {reason}")),
                Answer::Agree | Answer::Aside => {}
            }
        }
    }
    lines
}

/// What has become of a proposal in a sentence for the screen, where the panel doesn't tell it.
pub fn proposal_told(proposed: &Proposed, turned: &Became, room: &Room) -> Option<String> {
    let what = self::proposed(proposed, room);
    let mine = room.me.and_then(|me| room.state.name(me)) == Some(proposed.by.as_str());
    Some(match (turned, proposed.stage) {
        (Became::Made | Became::Amended, stage) if mine && stage != Stage::Waiting => {
            "Your proposal is before the group; the others are asked.".to_owned()
        }
        (Became::Made, Stage::Waiting) => format!("{} proposes: {what}", proposed.by),
        (Became::Made | Became::Amended, _) => format!("{} proposes something: please answer.", proposed.by),
        (Became::Tested, _) => "Is there agreement? Everybody is asked.".to_owned(),
        (Became::Answered(seat, Answer::Block(reason)), _) => {
            format!("{} blocks: {reason}", room.state.name(*seat).unwrap_or("Someone"))
        }
        (Became::Answered(..), _) | (_, Stage::Passed | Stage::Rejected) => return None,
        (_, Stage::Agreed) => format!("Agreed: {what}"),
        (_, Stage::Withdrawn) => format!("{} takes the proposal back.", proposed.by),
        (_, Stage::LeftOpen) => format!("Not decided: {what}"),
        _ => "There is no agreement yet. Press d to change it, or to vote.".to_owned(),
    })
}

/// A vote begins, for the screen.
pub fn vote_told(id: u32, room: &Room) -> Option<String> {
    let proposed = room.state.proposed(id)?;
    let what = self::proposed(&proposed, room);
    Some(match room.state.poll.as_ref().filter(|poll| poll.vote == id) {
        Some(_) => {
            // What people propose mostly has no full stop.
            let stop = if what.ends_with(['.', '!', '?']) { "" } else { "." };
            format!("A secret vote: {what}{stop} {}", super::secret_vote(room).last()?)
        }
        None => format!("A vote: {what}"),
    })
}

/// What to do when the minutes are read back.
pub const MINUTES_TASK: &str =
    "Press esc, then a if they are right, or b if they are not. With d and then k you keep a copy on this computer.";

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
            let poll = room.state.poll.as_ref()?;
            let (voted, of) = poll.turnout();
            let shortest = format!("Secret vote: {voted} of {of} have voted");
            let counting = "Secret vote: being counted".to_owned();
            let mut lengths = super::turnout(room)?.map(|turnout| format!("Secret vote: {turnout}")).to_vec();
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
    if let Some(told) = decisions.current().and_then(|proposal| room.state.proposed(proposal.id)) {
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
    let waiting = room.state.seats.len().saturating_sub(right + wrong);
    match read {
        Some(_) if waiting > 0 => Some(vec![
            format!("Minutes: agree {right}, not right {wrong}, waiting {waiting}"),
            format!("Minutes: {waiting} yet to answer"),
        ]),
        _ => decisions.closing.then(|| vec!["The group comes to its close".to_owned()]),
    }
}

/// What I have said to a proposal, in a word or two.
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
    format!("{name} did without the group's yes what needs it by the ground rules: {}.", deed(power))
}

/// What a power does.
pub fn deed(power: Power) -> &'static str {
    match power {
        Power::Mute => "mute one",
        Power::MuteAll => "mute all",
        Power::Lock => "lock the door",
        Power::Remove => "remove a member",
        Power::Close => "end the group",
        Power::Turns => "lead turns",
        Power::Vote => "call a vote",
        Power::Roles => "name co-facilitators",
    }
}

/// A facilitator needs the group's yes for this.
pub fn ask_the_group(power: Power) -> Advice {
    let motion = match power {
        Power::Mute => "/motion mute NAME",
        Power::MuteAll => "/motion mute all",
        Power::Lock => "/motion lock",
        Power::Remove => "/motion remove NAME",
        Power::Close => "/motion close",
        Power::Roles => "/motion role NAME co",
        Power::Turns | Power::Vote => "/propose and what you would like",
    };
    ("By the ground rules this needs the group's yes.".to_owned(), format!("Ask for it with {motion}."))
}

/// Why something about decisions can't be done now, and what can.
pub fn no_decision(why: NoDecision) -> Advice {
    let (message, hint) = match why {
        NoDecision::Nothing => {
            ("There is no proposal for that at the moment.", "Make one with /propose and your words.")
        }
        NoDecision::NotMine => {
            ("Only who made the proposal can change it or take it back.", "Say what you would change.")
        }
        NoDecision::Blank => ("Nothing is written yet.", "Write it in a few words after the command."),
        NoDecision::Fixed => ("A motion can't be written anew.", "Take it back with /withdraw, and make another."),
        NoDecision::NotItsTurn => ("Another proposal comes first.", "This one waits until the group is done with it."),
        NoDecision::Voting => ("A vote is under way.", "Answer it with /ballot yes, /ballot no or /ballot abstain."),
        NoDecision::NoVote => ("Nothing is being voted on.", "A vote is called with /vote open or /vote secret."),
        NoDecision::NoVoter => ("This vote began before you came.", "You can vote from the next one on."),
        NoDecision::Secret => ("In a secret vote nobody sees who votes what.", "It ends by itself."),
        NoDecision::Few => ("A secret vote needs at least three who are here.", "Vote openly with /vote open."),
        NoDecision::Counting => ("The ballots are being counted already.", "Please wait a moment for the result."),
        NoDecision::TooFew => ("Not half of those who may vote have done so.", "Please wait; the vote ends by itself."),
        NoDecision::NotDue => ("There is still time for it.", "Please wait a little."),
        NoDecision::Many => ("There are as many proposals as the group can hold.", "Wait until one is decided."),
        NoDecision::Full => ("The minutes have no room for more words.", "Say it in fewer, or write it in the chat."),
        NoDecision::NotFacilitator => ("Only the facilitator can do that.", "Ask for it aloud, or write a line."),
        NoDecision::Charter(Say::Facilitator) => {
            ("By the ground rules the facilitator calls the votes.", "Ask for it aloud, or write a line.")
        }
        NoDecision::Charter(Say::Group) => {
            ("By the ground rules the group looks for agreement first.", "Ask everybody with /test.")
        }
        NoDecision::Charter(Say::Anyone) => ("That is not open at the moment.", "Try again in a moment."),
        NoDecision::Allowed => ("The facilitator may do that without asking.", "No motion is needed for it."),
        NoDecision::IsSo => ("It is so already, or who is meant has gone.", "Look again with /who and /rules."),
        NoDecision::Closing => ("The group comes to its close.", "Nothing new is proposed now."),
        NoDecision::NotRead => ("The minutes were not read back yet.", "The facilitator does it with /minutes."),
    };
    advice(message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_a_sentence_with_a_hint() {
        use NoDecision as No;
        let all = [
            No::Nothing,
            No::NotMine,
            No::Blank,
            No::Fixed,
            No::NotItsTurn,
            No::Voting,
            No::NoVote,
            No::NoVoter,
            No::Secret,
            No::Few,
            No::Counting,
            No::TooFew,
            No::NotDue,
            No::Many,
            No::Full,
            No::NotFacilitator,
            No::Charter(Say::Facilitator),
            No::Charter(Say::Group),
            No::Charter(Say::Anyone),
            No::Allowed,
            No::IsSo,
            No::Closing,
            No::NotRead,
        ];
        for (message, hint) in all.map(no_decision).into_iter().chain(Power::ALL.map(ask_the_group)) {
            for sentence in [&message, &hint] {
                assert!(sentence.ends_with('.') && sentence.is_ascii() && sentence.len() <= 80, "{sentence}");
            }
        }
    }
}
