//! What went wrong, and what to do next.

use super::advice::{Advice, advice};
use super::care::private_lost;
use super::commands::Word;
use super::devices::{file_microphone, no_microphone, nothing_paused};
use super::guide::Guide;
use super::leaving::not_handed_over;
use super::no_decision::{ask_the_group, no_decision};
use super::not_now::not_now;
use crate::session::Trouble;
use crate::wire::{self, Refusal, limits};

/// What went wrong in one sentence, and what to do next in another.
pub fn trouble(trouble: &Trouble, how: Guide) -> Advice {
    match trouble {
        Trouble::NotFacilitator => {
            advice("Only the facilitator can do that.", "You can ask the facilitator, aloud or in writing.")
        }
        Trouble::OnlyLeads => advice(
            "Only a facilitator can do that, and you are chairing the group.",
            format!("More than half of you choose who leads: to offer yourself, {}.", how(Word::Lead, "")),
        ),
        Trouble::RoleStays => advice(
            "That would change nothing: it is so already, or enough others lead the group.",
            format!("To see who leads, {}.", how(Word::Who, "")),
        ),
        Trouble::PrivateLost(name, text) => private_lost(name, text),
        Trouble::NobodyLeads => advice(
            "Nobody else here leads the group, so nobody was told.",
            format!("To tell one member, {}.", how(Word::Private, "NAME TEXT")),
        ),
        Trouble::NothingToHandle => advice(
            "Nobody of that name has vanished or asked for help.",
            format!("To see who has, {}.", how(Word::Who, "")),
        ),
        Trouble::NoteGiven => advice(
            "You have left a note already, and there can be only one.",
            "Once you are in, you can write to one member and nobody else.",
        ),
        Trouble::NothingToGiveBack => advice(
            "Nobody here has come in by the name of a member who is away.",
            "During a secret vote no place is given back.",
        ),
        Trouble::NothingToTakeBack(None) => advice(
            "You hold the group already.",
            "Taking it back is for a facilitator whose line was lost for a while.",
        ),
        Trouble::NothingToTakeBack(Some(name)) => advice(
            format!("{name} leads the group now, so it is not yours to take back."),
            format!("If you led it before, ask {name}: one key or command there gives the role back."),
        ),
        Trouble::NobodyLeadsYet => advice(
            "No facilitator is here, so the group has to choose who leads.",
            format!("To offer yourself, {}. More than half decide.", how(Word::Lead, "")),
        ),
        Trouble::SomebodyLeads(name) => advice(
            format!("{name} leads the group, so nobody is to be chosen now."),
            format!("To let the group vote on another facilitator, {}.", how(Word::Motion, "role NAME facilitator")),
        ),
        Trouble::ChosenAlready(name) => {
            advice(format!("You have chosen {name} already."), "It is so once more than half have chosen the same.")
        }
        Trouble::NotHandedOver(name) => not_handed_over(name, how),
        Trouble::FloorMuted => advice(
            "The facilitator has muted you, so your microphone stays closed.",
            format!("To ask to speak, {}.", how(Word::Ask, "")),
        ),
        Trouble::NoMicrophone => no_microphone(how),
        Trouble::FileMicrophone => file_microphone(),
        Trouble::NothingPaused => nothing_paused(),
        Trouble::NobodyWaits => advice("Nobody is at the door.", "You will see the name when someone knocks."),
        Trouble::NotTaken(Some(line)) => {
            let (start, more) = shortened(line);
            advice(format!("Your line was not sent: \"{start}{more}\"."), "Please write it again.")
        }
        Trouble::NotTaken(None) => advice(
            "That was not done, because the group had changed in the meantime.",
            "Please look again, and repeat it if it is still needed.",
        ),
        Trouble::TooFast => {
            advice("That was too much at once; earlier steps are still on their way.", "Try again in a moment.")
        }
        Trouble::LineLost => advice(
            "Your line is cut. Your seat is kept for a minute and a half.",
            "ingle keeps trying. With your microphone open, what you say is heard when the line is back.",
        ),
        Trouble::RelayRestarts => advice(
            "The relay is being started again. Please stay: nothing is lost.",
            "You and the others come back by yourselves as soon as it is there.",
        ),
        Trouble::SeatLapsed => advice(
            "Your line is cut for so long that your seat may be gone, so your microphone is closed.",
            "ingle keeps trying. Perhaps you have to be let in again.",
        ),
        Trouble::SeatLost { mic_open } => advice(
            "Your seat was given up while your line was cut, so you are back at the door.",
            match mic_open {
                true => "You have to be let in again.",
                false => "You have to be let in again. Your microphone stays closed until you open it.",
            },
        ),
        Trouble::Diverged => advice(
            "Your screen may show something else than the others see.",
            "Please leave, and join again with the same code.",
        ),
        Trouble::Intercepted => advice(
            "Someone may be intercepting the connection of the person who just knocked.",
            "Please let nobody in for now, and speak with that person by telephone.",
        ),
        Trouble::BadSound(name) => advice(
            format!("{name}'s sound was changed on its way here, so it is not played for now."),
            "If this happens again, meet at another relay.",
        ),
        Trouble::WordsLost { name, seconds } => advice(
            format!("About {seconds} s of what {name} said were lost on the way."),
            format!("You can ask {name} to say it again."),
        ),
        Trouble::Misnamed(names) => misnamed(names),
        Trouble::Refused(why) => refusal(*why),
        Trouble::NoDecision(why) => no_decision(*why, how),
        Trouble::AskTheGroup(power) => ask_the_group(*power, how),
        Trouble::Message { message, hint } => advice(message, hint),
        Trouble::NotNow(why) => not_now(*why, how),
    }
}

/// Members are called here by other names than they have signed.
fn misnamed(names: &[(String, String)]) -> Advice {
    const SHOWN: usize = 3;
    let shown: Vec<_> =
        names.iter().take(SHOWN).map(|(here, signed)| format!("\"{here}\" came in as \"{signed}\"")).collect();
    let more = match names.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(", and {more} more under other names too"),
    };
    advice(
        format!("The list of members may be wrong: {}{more}.", shown.join(", ")),
        "Ask everybody to say their name before you say more, and tell the group about this.",
    )
}

/// Enough of a line to know it again.
fn shortened(line: &str) -> (String, &'static str) {
    const KEPT: usize = 40;
    (line.chars().take(KEPT).collect(), if line.chars().count() > KEPT { " ..." } else { "" })
}

/// Why there is no connection in one sentence, and what to do next in another.
pub fn refusal(refusal: Refusal) -> Advice {
    match refusal {
        Refusal::Version(theirs) if theirs > wire::VERSION => {
            advice("This ingle is older than the relay.", "Please install the newest ingle, and try again.")
        }
        Refusal::Version(_) => {
            advice("The relay is older than this ingle.", "Please ask whoever runs the relay to update it.")
        }
        Refusal::NoRoom => advice(
            "There is no group with this code at the moment.",
            "Check the code with whoever sent it; perhaps the group is not open yet.",
        ),
        Refusal::Full => (
            format!("All {} seats of this group are taken.", limits::MEMBERS),
            "Try again when someone has left, or ask the facilitator.".to_owned(),
        ),
        Refusal::Locked => advice(
            "The door of this group is locked at the moment.",
            "Ask the facilitator to unlock it, or try again later.",
        ),
        Refusal::Busy => advice("Many people are at the door right now.", "Please try again in a minute."),
        Refusal::SeatGone => advice(
            "Your line was lost for too long, so your seat is no longer kept.",
            "Join again with the same code; the facilitator will let you in.",
        ),
        Refusal::Replaced => advice(
            "You are in this group from another window or device now.",
            "Carry on there; you can close this one.",
        ),
        Refusal::Removed => advice(
            "The facilitator has taken you out of the group.",
            "If you think this is a mistake, please contact the facilitator.",
        ),
        Refusal::Closed => advice("The facilitator has ended the group.", "Thank you for being there."),
        Refusal::Restarting => {
            advice("The relay is being started again at the moment.", "Please try again in a minute.")
        }
        Refusal::Unavailable => {
            advice("The relay can't take anyone else at the moment.", "Please try again in a few minutes.")
        }
        Refusal::Protocol => advice(
            "This ingle and the relay don't understand each other.",
            "Please install the newest ingle. If that does not help, tell whoever runs the relay.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::guide::any_guide;

    #[test]
    fn every_problem_is_a_sentence_with_a_hint_and_without_jargon() {
        let mut all: Vec<_> = [
            Refusal::Version(0),
            Refusal::Version(9),
            Refusal::NoRoom,
            Refusal::Full,
            Refusal::Locked,
            Refusal::Busy,
            Refusal::SeatGone,
            Refusal::Replaced,
            Refusal::Removed,
            Refusal::Closed,
            Refusal::Unavailable,
            Refusal::Restarting,
            Refusal::Protocol,
        ]
        .map(Trouble::Refused)
        .into();
        all.extend([Trouble::NotFacilitator, Trouble::FloorMuted, Trouble::NobodyWaits, Trouble::NotTaken(None)]);
        all.push(Trouble::BadSound("Ana".into()));
        all.push(Trouble::WordsLost { name: "Ana".into(), seconds: 2 });
        all.push(Trouble::Misnamed(vec![("Ana".into(), "Eve".into())]));
        all.extend([Trouble::NobodyLeads, Trouble::NothingToHandle, Trouble::NoteGiven]);
        all.push(Trouble::PrivateLost("Ana".into(), "hello.".into()));
        all.extend([Trouble::OnlyLeads, Trouble::RoleStays, Trouble::NothingToGiveBack, Trouble::NobodyLeadsYet]);
        all.extend([Trouble::NothingToTakeBack(None), Trouble::NothingToTakeBack(Some("Ana".into()))]);
        all.extend([Trouble::SomebodyLeads, Trouble::ChosenAlready, Trouble::NotHandedOver].map(|of| of("Ana".into())));
        all.extend([false, true].map(|mic_open| Trouble::SeatLost { mic_open }));
        all.extend([Trouble::NoMicrophone, Trouble::FileMicrophone, Trouble::NothingPaused]);
        all.extend([
            Trouble::SeatLapsed,
            Trouble::RelayRestarts,
            Trouble::TooFast,
            Trouble::LineLost,
            Trouble::Diverged,
        ]);
        for one in all {
            let (message, hint) = trouble(&one, any_guide);
            for sentence in [&message, &hint] {
                assert!(sentence.ends_with('.') && sentence.is_ascii() && sentence.len() <= 100, "{sentence}");
                let low = sentence.to_lowercase();
                for jargon in
                    ["timeout", "timed out", "datagram", "refus", "packet", "error", "fail", "invalid", "quic"]
                {
                    assert!(!low.contains(jargon), "{sentence}");
                }
            }
        }
    }

    #[test]
    fn the_older_side_is_named() {
        assert!(refusal(Refusal::Version(wire::VERSION + 1)).0.starts_with("This ingle is older"));
        assert!(refusal(Refusal::Version(0)).0.starts_with("The relay is older"));
    }
}
