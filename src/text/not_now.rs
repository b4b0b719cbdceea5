//! Why something about turns can't be done now, and what to do next.

use super::advice::{Advice, advice};
use super::commands::Word;
use super::guide::Guide;
use crate::session::NotNow;
use crate::wire::limits;

/// Why something about turns can't be done now, and what to do next.
pub fn not_now(why: NotNow, how: Guide) -> Advice {
    let to_ask = || format!("To ask to speak, {}.", how(Word::Ask, ""));
    match why {
        NotNow::AskedAlready => advice("You have said so already.", "The facilitator sees it."),
        NotNow::NotAsked => advice("You have not asked to speak.", to_ask()),
        NotNow::NobodyAsks => advice("Nothing is being asked at the moment.", "You will be told when something is."),
        NotNow::MuteAllAsked => {
            advice("The group is being asked already.", "All stay muted for longer if most of those here say yes.")
        }
        NotNow::MuteAll => advice(
            "Everybody but you is muted at the moment.",
            "Let everybody speak first, or give someone the talking stick.",
        ),
        NotNow::AllMayTalk => advice("Everybody may speak.", "There is nothing to change."),
        NotNow::StickIsThere => advice("The talking stick is there already.", "Choose someone else, or put it down."),
        NotNow::NoStick => advice("Nobody has the talking stick.", "The facilitator can give it to someone."),
        NotNow::NotHolder => {
            advice("Only the facilitator, or whoever has the talking stick, can pass it on.", to_ask())
        }
        NotNow::OrderAlready => advice("Raised hands are in this order already.", "There is nothing to change."),
        NotNow::NoHand => {
            advice("No hand is up, and nobody is asking to speak.", "You will see it when somebody does.")
        }
        NotNow::Round => advice("A round is under way.", format!("To end it, {}.", how(Word::Round, "end"))),
        NotNow::NoRound => advice("No round is under way.", "The facilitator can begin one."),
        NotNow::NotYourTurn => advice("It is somebody else's turn.", "You will be told when yours comes."),
        NotNow::LastInRound => advice("You are the last in this round.", "You can pass if you want to say nothing."),
        NotNow::Seconds => advice("That time can't be set.", "Choose 10 to 1800 seconds, or none."),
        NotNow::AgendaFull => advice(
            format!("The agenda is full: it has {} points.", limits::AGENDA),
            "Go on to the next point, or clear the agenda.",
        ),
        NotNow::NoPoint => advice("That can't be a point on the agenda.", "Give it a few words, and 1 to 480 minutes."),
        NotNow::NoAgenda => {
            advice("There is no agenda.", format!("To add a point, {}.", how(Word::Agenda, "TEXT MINUTES")))
        }
        NotNow::Break => advice("There is a break already.", format!("To end it, {}.", how(Word::Break, "end"))),
        NotNow::NoBreak => advice("There is no break.", "The facilitator can begin one."),
        NotNow::BackAlready => advice("You are back already.", "The others see it."),
        NotNow::BreakMinutes => advice("A break can't be that long or that short.", "Choose 1 to 120 minutes."),
        NotNow::BellMinutes => advice("That time can't be set.", "Choose 1 to 720 minutes."),
        NotNow::NoBell => advice("No end is set.", format!("To set one, {}.", how(Word::Bell, "MINUTES"))),
        NotNow::OnlyStickHeard => {
            advice("Only the holder of the talking stick is heard, so your microphone stays closed.", to_ask())
        }
        NotNow::OnlyFacilitatorHeard => {
            advice("All but the facilitator are muted for a while, so your microphone stays closed.", to_ask())
        }
    }
}
