//! Why something about turns can't be done now, and what to do next.

use super::advice::{Advice, advice};
use super::catalogue::{say, text};
use super::commands::Word;
use super::guide::Guide;
use crate::session::NotNow;
use crate::wire::limits;

/// Why something about turns can't be done now, and what to do next.
pub fn not_now(why: NotNow, how: Guide) -> Advice {
    let to_ask = || say!("not-now-ask-speak", ask = how(Word::Ask, ""));
    match why {
        NotNow::AskedAlready => advice(text("not-now-said-already"), text("not-now-facilitator-sees")),
        NotNow::NotAsked => advice(text("not-now-not-asked-speak"), to_ask()),
        NotNow::NobodyAsks => {
            advice(text("not-now-nothing-being-asked-moment"), text("not-now-will-told-when-something"))
        }
        NotNow::MuteAllAsked => {
            advice(text("not-now-group-being-asked-already"), text("not-now-all-stay-muted-longer"))
        }
        NotNow::MuteAll => {
            advice(text("not-now-everybody-but-muted-moment"), text("not-now-let-everybody-speak-first"))
        }
        NotNow::AllMayTalk => advice(text("not-now-everybody-may-speak"), text("not-now-nothing-change")),
        NotNow::StickIsThere => advice(text("not-now-talking-stick-already"), text("not-now-choose-someone-else-put")),
        NotNow::NoStick => advice(text("not-now-nobody-talking-stick"), text("not-now-facilitator-can-give-someone")),
        NotNow::NotHolder => advice(text("not-now-only-facilitator-whoever-talking"), to_ask()),
        NotNow::OrderAlready => advice(text("not-now-raised-hands-order-already"), text("not-now-nothing-change")),
        NotNow::NoHand => advice(text("not-now-no-hand-up-nobody"), text("not-now-will-see-when-somebody")),
        NotNow::Round => advice(text("not-now-round-under-way"), say!("not-now-end", round = how(Word::Round, "end"))),
        NotNow::NoRound => advice(text("not-now-no-round-under-way"), text("not-now-facilitator-can-begin-one")),
        NotNow::NotYourTurn => advice(text("not-now-somebody-else-turn"), text("not-now-will-told-when-yours")),
        NotNow::LastInRound => advice(text("not-now-last-round"), text("not-now-can-pass-if-want")),
        NotNow::Seconds => advice(text("not-now-time-cant-set"), text("not-now-choose-10-1800-seconds")),
        NotNow::AgendaFull => {
            advice(say!("not-now-agenda-full-points", agenda = limits::AGENDA), text("not-now-go-next-point-clear"))
        }
        NotNow::NoPoint => advice(text("not-now-cant-point-agenda"), text("not-now-give-few-words-1")),
        NotNow::NoAgenda => {
            advice(text("not-now-no-agenda"), say!("not-now-add-point", agenda = how(Word::Agenda, "TEXT MINUTES")))
        }
        NotNow::Break => advice(text("not-now-break-already"), say!("not-now-end-2", break = how(Word::Break, "end"))),
        NotNow::NoBreak => advice(text("not-now-no-break"), text("not-now-facilitator-can-begin-one")),
        NotNow::BackAlready => advice(text("not-now-back-already"), text("not-now-others-see")),
        NotNow::BreakMinutes => advice(text("not-now-break-cant-long-short"), text("not-now-choose-1-120-minutes")),
        NotNow::BellMinutes => advice(text("not-now-time-cant-set"), text("not-now-choose-1-720-minutes")),
        NotNow::NoBell => {
            advice(text("not-now-no-end-set"), say!("not-now-set-one", bell = how(Word::Bell, "MINUTES")))
        }
        NotNow::OnlyStickHeard => advice(text("not-now-only-holder-talking-stick"), to_ask()),
        NotNow::OnlyFacilitatorHeard => advice(text("not-now-all-but-facilitator-muted"), to_ask()),
    }
}
