//! Why something about decisions can't be done now, and what can.

use super::advice::{Advice, advice};
use super::commands::Word;
use super::guide::Guide;
use crate::session::{NoDecision, Power, Say};

/// A facilitator needs the group's yes for this.
pub fn ask_the_group(power: Power, how: Guide) -> Advice {
    let motion = match power {
        Power::Mute => how(Word::Motion, "mute NAME"),
        Power::MuteAll => how(Word::Motion, "mute all"),
        Power::Lock => how(Word::Motion, "lock"),
        Power::Remove => how(Word::Motion, "remove NAME"),
        Power::Close => how(Word::Motion, "close"),
        Power::Roles => how(Word::Motion, "role NAME co"),
        Power::Turns | Power::Vote => how(Word::Propose, "TEXT"),
    };
    advice("By the ground rules this needs the group's yes.", format!("To ask for it, {motion}."))
}

/// Why something about decisions can't be done now, and what can.
pub fn no_decision(why: NoDecision, how: Guide) -> Advice {
    let to = |what: &str, word: Word, rest: &str| format!("To {what}, {}.", how(word, rest));
    match why {
        NoDecision::Nothing => {
            advice("There is no proposal for that at the moment.", to("make one", Word::Propose, "TEXT"))
        }
        NoDecision::NotMine => advice(
            "Only the member who made the proposal can change or withdraw it.",
            "Tell the group what you would change.",
        ),
        NoDecision::Blank => advice("Nothing is written yet.", "Please say it in a few words."),
        NoDecision::Fixed => {
            advice("A motion can't be reworded.", to("withdraw it and make another", Word::Withdraw, ""))
        }
        NoDecision::NotItsTurn => {
            advice("Another proposal comes first.", "This one waits until the group is done with it.")
        }
        NoDecision::Voting => {
            let no = how(Word::Ballot, "no");
            advice("A vote is under way.", format!("To vote yes, {}; to vote no, {no}.", how(Word::Ballot, "yes")))
        }
        NoDecision::NoVote => advice("Nothing is being voted on.", to("call a vote", Word::Vote, "open")),
        NoDecision::NoVoter => advice("This vote began before you came.", "You can vote from the next one on."),
        NoDecision::Secret => advice("In a secret vote nobody sees how anybody votes.", "It ends by itself."),
        NoDecision::Few => advice("A secret vote needs at least three people.", to("vote openly", Word::Vote, "open")),
        NoDecision::Counting => {
            advice("The ballots are being counted already.", "Please wait a moment for the result.")
        }
        NoDecision::TooFew => {
            advice("Fewer than half of those who may vote have done so.", "Please wait; the vote ends by itself.")
        }
        NoDecision::NotDue => advice("There is still time for it.", "Please wait a little."),
        NoDecision::Many => {
            advice("There are as many proposals as the group can hold.", "Wait until one of them is decided.")
        }
        NoDecision::Full => {
            advice("The minutes have no room for more words.", "Use fewer words, or write it in the chat.")
        }
        NoDecision::NotFacilitator => {
            advice("Only the facilitator can do that.", "You can ask the facilitator, aloud or in writing.")
        }
        NoDecision::Charter(Say::Facilitator) => advice(
            "By the ground rules the facilitator calls the votes.",
            "You can ask the facilitator, aloud or in writing.",
        ),
        NoDecision::Charter(Say::Group) => {
            advice("By the ground rules the group looks for agreement first.", to("ask everybody", Word::Test, ""))
        }
        NoDecision::Charter(Say::Anyone) => advice("That is not open at the moment.", "Try again in a moment."),
        NoDecision::Allowed => advice("The facilitator may do that without asking.", "No motion is needed for it."),
        NoDecision::IsSo => {
            advice("It is so already, or the member who is meant has gone.", to("see who is here", Word::Who, ""))
        }
        NoDecision::Closing => advice("The group is coming to its close.", "Nothing new can be proposed now."),
        NoDecision::NotRead => advice("The minutes have not been read back yet.", "The facilitator can do that."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::guide::any_guide;

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
        let decisions = all.map(|why| no_decision(why, any_guide));
        for (message, hint) in decisions.into_iter().chain(Power::ALL.map(|power| ask_the_group(power, any_guide))) {
            for sentence in [&message, &hint] {
                assert!(sentence.ends_with('.') && sentence.is_ascii() && sentence.len() <= 80, "{sentence}");
            }
        }
    }
}
