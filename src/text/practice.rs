//! What the practice members write. What they say aloud was recorded, and stands in `assets/voices`.

use super::catalogue::{say, text};
use super::commands::Word;
use super::guide::{Guide, takes_several};

/// A line that a practice member writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "its sentence says it")]
pub enum Practice {
    SayHello,
    HowToMute,
    Round,
    MyHandIsUp,
    BreakProposal,
    HowToAnswer,
    HowToBreak,
    HowToPropose,
    HowToVote,
    HelpWasPractice,
    IAskToSpeak,
    AllAreMuted,
    Muted,
    CanSpeak,
    ThankYou,
    Removed,
    RemovedToo,
    HandSeen,
    HandIsUp,
    Heard,
    ThankYouForSaying,
    CanRead,
    AllCanRead,
    ILeadToo,
    ILead,
    IHoldTheStick,
    YouAreHere,
    OnlyWeRead,
    HelpSeen,
    IPass,
    YoursFirst,
    BackEarly,
    NotHeard,
    IAgree,
    IStandAside,
    IBlock,
    Plainer,
    AllHaveRead,
}

/// The line. `whom` is the member it is about, and each way to do something is told with keys and as it is typed.
pub fn practice(line: Practice, whom: &str, press: Guide, typed: Guide) -> String {
    let how = |word, rest: &str| {
        let (press, typed) = (press(word, rest), typed(word, rest));
        // After two keys in a row the other way stands apart.
        say!("practice-or", several = takes_several(&press), press, typed)
    };
    match line {
        Practice::SayHello => say!("practice-say-hello-if-like", mic = how(Word::Mic, "on")),
        Practice::HowToMute => say!("practice-mute-member-chosen", mute = how(Word::Mute, whom)),
        Practice::Round => say!("practice-check-round-begin-one", round = how(Word::Round, "checkin")),
        Practice::MyHandIsUp => say!("practice-my-hand-up-list", hand = how(Word::Hand, "")),
        Practice::BreakProposal => text("practice-five-minutes-break").to_owned(),
        Practice::HowToAnswer => {
            say!("practice-agree-stand-aside", agree = how(Word::Agree, ""), aside = how(Word::Aside, ""))
        }
        Practice::HowToBreak => say!("practice-begin-break", break = how(Word::Break, "5")),
        Practice::HowToPropose => say!("practice-propose-something-yourself", propose = how(Word::Propose, "TEXT")),
        Practice::HowToVote => say!("practice-put-proposal-vote", vote = how(Word::Vote, "open")),
        Practice::HelpWasPractice => {
            say!("practice-practice-i-am-well", handled = press(Word::Handled, whom))
        }
        Practice::IAskToSpeak => say!("practice-i-ask-speak-give", next = how(Word::Next, "")),
        Practice::AllAreMuted => say!("practice-all-us-muted-now", unmute = how(Word::Unmute, "all")),
        Practice::Muted => say!("practice-muted-now-lift", whom, unmute = how(Word::Unmute, whom)),
        Practice::CanSpeak => text("practice-thank-i-can-speak").to_owned(),
        Practice::ThankYou => text("practice-thank").to_owned(),
        Practice::Removed => say!("practice-out-group-now-we", whom),
        Practice::RemovedToo => say!("practice-now-out-too", whom),
        Practice::HandSeen => text("practice-i-see-hand-please").to_owned(),
        Practice::HandIsUp => text("practice-hand-up-we-listening").to_owned(),
        Practice::Heard => text("practice-we-hear-well").to_owned(),
        Practice::ThankYouForSaying => text("practice-thank-saying").to_owned(),
        Practice::CanRead => text("practice-i-can-read-thank").to_owned(),
        Practice::AllCanRead => text("practice-yes-we-all-see").to_owned(),
        Practice::ILeadToo => text("practice-thank-i-lead-now").to_owned(),
        Practice::ILead => text("practice-thank-i-lead-moment").to_owned(),
        Practice::IHoldTheStick => text("practice-thank-while-i-hold").to_owned(),
        Practice::YouAreHere => text("practice-we-see-no-words").to_owned(),
        Practice::OnlyWeRead => text("practice-thank-only-i-can").to_owned(),
        Practice::HelpSeen => text("practice-i-see-ask-help").to_owned(),
        Practice::IPass => text("practice-i-pass-time-everybody").to_owned(),
        Practice::YoursFirst => text("practice-yours-comes-first-i").to_owned(),
        Practice::BackEarly => {
            say!("practice-we-back-early-practice", back = how(Word::Back, ""))
        }
        Practice::NotHeard => text("practice-i-cant-heard-just").to_owned(),
        Practice::IAgree => text("practice-i-read-i-agree").to_owned(),
        Practice::IStandAside => text("practice-i-stand-aside-i").to_owned(),
        Practice::IBlock => {
            say!("practice-i-block-reword", amend = how(Word::Amend, "TEXT"))
        }
        Practice::Plainer => text("practice-could-said-more-plainly").to_owned(),
        Practice::AllHaveRead => say!("practice-all-us-read-see", test = how(Word::Test, "")),
    }
}
