//! Why something about decisions can't be done now, and what can.

use super::advice::{Advice, advice};
use super::catalogue::{say, text};
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
    advice(text("no-decision-by-ground-rules-needs"), say!("no-decision-ask", motion))
}

/// Why something about decisions can't be done now, and what can.
pub fn no_decision(why: NoDecision, how: Guide) -> Advice {
    let to = |what: &str, word: Word, rest: &str| say!("no-decision-to", what, how = how(word, rest));
    match why {
        NoDecision::Nothing => {
            advice(text("no-decision-no-proposal-moment"), to(text("no-decision-make-one"), Word::Propose, "TEXT"))
        }
        NoDecision::NotMine => {
            advice(text("no-decision-only-member-who-made"), text("no-decision-tell-group-what-would"))
        }
        NoDecision::Blank => advice(text("no-decision-nothing-written-yet"), text("no-decision-please-say-few-words")),
        NoDecision::Fixed => advice(
            text("no-decision-motion-cant-reworded"),
            to(text("no-decision-withdraw-make-another"), Word::Withdraw, ""),
        ),
        NoDecision::NotItsTurn => {
            advice(text("no-decision-another-proposal-comes-first"), text("no-decision-one-waits-until-group"))
        }
        NoDecision::Voting => {
            let no = how(Word::Ballot, "no");
            advice(
                text("no-decision-vote-under-way"),
                say!("no-decision-vote-yes-vote-no", ballot = how(Word::Ballot, "yes"), no),
            )
        }
        NoDecision::NoVote => {
            advice(text("no-decision-nothing-being-voted"), to(text("no-decision-call-vote"), Word::Vote, "open"))
        }
        NoDecision::NoVoter => {
            advice(text("no-decision-vote-began-before-came"), text("no-decision-can-vote-from-next"))
        }
        NoDecision::Secret => advice(text("no-decision-secret-vote-nobody-sees"), text("no-decision-ends-by-itself")),
        NoDecision::Few => {
            advice(text("no-decision-secret-vote-needs-least"), to(text("no-decision-vote-openly"), Word::Vote, "open"))
        }
        NoDecision::Counting => {
            advice(text("no-decision-ballots-being-counted-already"), text("no-decision-please-wait-moment-result"))
        }
        NoDecision::TooFew => {
            advice(text("no-decision-fewer-than-half-those"), text("no-decision-please-wait-vote-ends"))
        }
        NoDecision::NotDue => advice(text("no-decision-still-time"), text("no-decision-please-wait-little")),
        NoDecision::Many => {
            advice(text("no-decision-many-proposals-group-can"), text("no-decision-wait-until-one-them"))
        }
        NoDecision::Full => advice(text("no-decision-minutes-no-room-more"), text("no-decision-use-fewer-words-write")),
        NoDecision::NotFacilitator => {
            advice(text("no-decision-only-facilitator-can-do"), text("no-decision-can-ask-facilitator-aloud"))
        }
        NoDecision::Charter(Say::Facilitator) => {
            advice(text("no-decision-by-ground-rules-facilitator"), text("no-decision-can-ask-facilitator-aloud"))
        }
        NoDecision::Charter(Say::Group) => {
            advice(text("no-decision-by-ground-rules-group"), to(text("no-decision-ask-everybody"), Word::Test, ""))
        }
        NoDecision::Charter(Say::Anyone) => {
            advice(text("no-decision-not-open-moment"), text("no-decision-try-again-moment"))
        }
        NoDecision::Allowed => {
            advice(text("no-decision-facilitator-may-do-without"), text("no-decision-no-motion-needed"))
        }
        NoDecision::IsSo => {
            advice(text("no-decision-already-member-who-meant"), to(text("no-decision-see-who"), Word::Who, ""))
        }
        NoDecision::Closing => {
            advice(text("no-decision-group-coming-close"), text("no-decision-nothing-new-can-proposed"))
        }
        NoDecision::NotRead => {
            advice(text("no-decision-minutes-not-read-back"), text("no-decision-facilitator-can-do"))
        }
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
