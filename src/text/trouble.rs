//! What went wrong, and what to do next.

use super::advice::{Advice, advice};
use super::care::private_lost;
use super::catalogue::{say, text};
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
            advice(text("trouble-only-facilitator-can-do"), text("trouble-can-ask-facilitator-aloud"))
        }
        Trouble::OnlyLeads => advice(
            text("trouble-only-facilitator-can-do-chairing"),
            say!("trouble-more-than-half-choose", lead = how(Word::Lead, "")),
        ),
        Trouble::RoleStays => advice(
            text("trouble-would-change-nothing-already"),
            say!("trouble-see-who-leads", who = how(Word::Who, "")),
        ),
        Trouble::PrivateLost(name, text) => private_lost(name, text),
        Trouble::NobodyLeads => advice(
            text("trouble-nobody-else-leads-group"),
            say!("trouble-tell-one-member", private = how(Word::Private, "NAME TEXT")),
        ),
        Trouble::NothingToHandle => {
            advice(text("trouble-nobody-name-vanished-asked"), say!("trouble-see-who", who = how(Word::Who, "")))
        }
        Trouble::NoteGiven => advice(text("trouble-left-note-already-can"), text("trouble-once-can-write-one")),
        Trouble::NothingToGiveBack => {
            advice(text("trouble-nobody-come-by-name"), text("trouble-during-secret-vote-no"))
        }
        Trouble::NothingToTakeBack(None) => {
            advice(text("trouble-hold-group-already"), text("trouble-taking-back-facilitator-whose"))
        }
        Trouble::NothingToTakeBack(Some(name)) => {
            advice(say!("trouble-leads-group-now-not", name), say!("trouble-if-led-before-ask", name))
        }
        Trouble::NobodyLeadsYet => advice(
            text("trouble-no-facilitator-group-choose"),
            say!("trouble-offer-yourself-more-than", lead = how(Word::Lead, "")),
        ),
        Trouble::SomebodyLeads(name) => advice(
            say!("trouble-leads-group-nobody-chosen", name),
            say!("trouble-let-group-vote-another", motion = how(Word::Motion, "role NAME facilitator")),
        ),
        Trouble::ChosenAlready(name) => {
            advice(say!("trouble-chosen-already", name), text("trouble-once-more-than-half"))
        }
        Trouble::NotHandedOver(name) => not_handed_over(name, how),
        Trouble::FloorMuted => advice(
            text("trouble-facilitator-muted-microphone-stays"),
            say!("trouble-ask-speak", ask = how(Word::Ask, "")),
        ),
        Trouble::NoMicrophone => no_microphone(how),
        Trouble::FileMicrophone => file_microphone(),
        Trouble::NothingPaused => nothing_paused(),
        Trouble::NobodyWaits => advice(text("trouble-nobody-door"), text("trouble-will-see-name-when")),
        Trouble::NotTaken(Some(line)) => {
            let (start, more) = shortened(line);
            advice(say!("trouble-line-not-sent", start, more), text("trouble-please-write-again"))
        }
        Trouble::NotTaken(None) => {
            advice(text("trouble-not-done-because-group"), text("trouble-please-look-again-repeat"))
        }
        Trouble::TooFast => advice(text("trouble-too-much-once-earlier"), text("trouble-try-again-moment")),
        Trouble::NoAnswerYet => advice(text("trouble-relay-not-answered-yet"), text("trouble-if-takes-long-look")),
        Trouble::LineLost => advice(text("trouble-line-cut-seat-kept"), text("trouble-ingle-keeps-trying-microphone")),
        Trouble::RelayRestarts => {
            advice(text("trouble-relay-being-started-again"), text("trouble-others-come-back-by"))
        }
        Trouble::NoRoomYet => advice(text("trouble-no-new-groups-moment"), text("trouble-ingle-opens-soon-can")),
        Trouble::SeatLapsed => advice(text("trouble-line-cut-long-seat"), text("trouble-ingle-keeps-trying-perhaps")),
        Trouble::SeatLost { mic_open } => advice(
            text("trouble-seat-given-up-while"),
            match mic_open {
                true => text("trouble-let-again"),
                false => text("trouble-let-again-microphone-stays"),
            },
        ),
        Trouble::Diverged => advice(text("trouble-screen-may-show-something"), text("trouble-please-leave-join-again")),
        Trouble::Intercepted => {
            advice(text("trouble-someone-may-intercepting-connection"), text("trouble-please-let-nobody-now"))
        }
        Trouble::BadSound(name) => {
            advice(say!("trouble-sound-changed-way-not", name), text("trouble-if-happens-again-meet"))
        }
        Trouble::WordsLost { name, seconds } => {
            advice(say!("trouble-about-s-what-said", seconds, name), say!("trouble-can-ask-say-again", name))
        }
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
    let shown: Vec<_> = names.iter().take(SHOWN).map(|(here, signed)| say!("trouble-came", here, signed)).collect();
    advice(
        say!("trouble-misnamed", shown = shown.join(", "), more = names.len().saturating_sub(SHOWN)),
        text("trouble-ask-everybody-say-their"),
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
            advice(text("trouble-ingle-older-than-relay"), text("trouble-please-install-newest-ingle"))
        }
        Refusal::Version(_) => advice(text("trouble-relay-older-than-ingle"), text("trouble-please-ask-whoever-runs")),
        Refusal::NoRoom => advice(text("trouble-no-group-code-moment"), text("trouble-check-code-whoever-sent")),
        Refusal::Full => (
            say!("trouble-all-seats-group-taken", members = limits::MEMBERS),
            text("trouble-try-again-when-someone").to_owned(),
        ),
        Refusal::Locked => advice(text("trouble-door-group-locked-moment"), text("trouble-ask-facilitator-unlock-try")),
        Refusal::Busy => advice(text("trouble-many-people-door-right"), text("trouble-please-try-again-minute")),
        Refusal::SeatGone => advice(text("trouble-line-lost-too-long"), text("trouble-join-again-same-code")),
        Refusal::Replaced => advice(text("trouble-group-from-another-window"), text("trouble-carry-can-close-one")),
        Refusal::Removed => {
            advice(text("trouble-facilitator-taken-out-group"), text("trouble-if-think-mistake-please"))
        }
        Refusal::Closed => advice(text("trouble-facilitator-ended-group"), text("trouble-thank-being")),
        Refusal::Restarting => {
            advice(text("trouble-relay-being-started-again-moment"), text("trouble-please-try-again-minute"))
        }
        Refusal::Unavailable => advice(text("trouble-relay-cant-take-anyone"), text("trouble-please-try-again-few")),
        Refusal::Protocol => {
            advice(text("trouble-ingle-relay-dont-understand"), text("trouble-please-install-newest-ingle-if"))
        }
        Refusal::NotYet => advice(text("trouble-no-new-groups"), text("trouble-please-try-again-few")),
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
            Refusal::NotYet,
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
            Trouble::NoRoomYet,
            Trouble::TooFast,
            Trouble::LineLost,
            Trouble::Diverged,
            Trouble::NoAnswerYet,
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
