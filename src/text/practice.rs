//! What the practice members write. What they say aloud was recorded, and stands in `assets/voices`.

use super::commands::Word;
use super::guide::Guide;

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
        if press.contains(" and ") { format!("{press}, or {typed}") } else { format!("{press} or {typed}") }
    };
    match line {
        Practice::SayHello => format!("Say hello if you like. To open your microphone, {}.", how(Word::Mic, "on")),
        Practice::HowToMute => format!("To mute the member you have chosen, {}.", how(Word::Mute, whom)),
        Practice::Round => format!("A check-in round? To begin one, {}.", how(Word::Round, "checkin")),
        Practice::MyHandIsUp => format!("My hand is up, as the list shows. For yours, {}.", how(Word::Hand, "")),
        Practice::BreakProposal => "Five minutes of break".to_owned(),
        Practice::HowToAnswer => {
            format!("To agree, {}; to stand aside, {}.", how(Word::Agree, ""), how(Word::Aside, ""))
        }
        Practice::HowToBreak => format!("To begin a break, {}.", how(Word::Break, "5")),
        Practice::HowToPropose => format!("To propose something yourself, {}.", how(Word::Propose, "TEXT")),
        Practice::HowToVote => format!("To put a proposal to a vote, {}.", how(Word::Vote, "open")),
        Practice::HelpWasPractice => {
            format!("That was practice; I am well. To say it is seen to, {}.", press(Word::Handled, whom))
        }
        Practice::IAskToSpeak => format!("I ask to speak. To give me the floor, {}.", how(Word::Next, "")),
        Practice::AllAreMuted => format!("All of us are muted now. To lift it, {}.", how(Word::Unmute, "all")),
        Practice::Muted => format!("{whom} is muted now. To lift it, {}.", how(Word::Unmute, whom)),
        Practice::CanSpeak => "Thank you, I can speak again.".to_owned(),
        Practice::ThankYou => "Thank you.".to_owned(),
        Practice::Removed => format!("{whom} is out of the group now. We go on."),
        Practice::RemovedToo => format!("Now {whom} is out too."),
        Practice::HandSeen => "I see your hand. Please go ahead.".to_owned(),
        Practice::HandIsUp => "Your hand is up. We are listening.".to_owned(),
        Practice::Heard => "We hear you well.".to_owned(),
        Practice::ThankYouForSaying => "Thank you for saying that.".to_owned(),
        Practice::CanRead => "I can read you. Thank you.".to_owned(),
        Practice::AllCanRead => "Yes, we all see what you write.".to_owned(),
        Practice::ILeadToo => "Thank you. I lead with you now, and take over if your line is lost.".to_owned(),
        Practice::ILead => "Thank you. I lead for a moment, and then give it back to you.".to_owned(),
        Practice::IHoldTheStick => {
            "Thank you. While I hold the stick, only I am heard; then it is yours again.".to_owned()
        }
        Practice::YouAreHere => "We see that you are here. No words are needed.".to_owned(),
        Practice::OnlyWeRead => "Thank you. Only you and I can read this.".to_owned(),
        Practice::HelpSeen => "I see that you ask for help. I am with you.".to_owned(),
        Practice::IPass => "I pass this time. Everybody may.".to_owned(),
        Practice::YoursFirst => "Yours comes first. I withdraw mine.".to_owned(),
        Practice::BackEarly => {
            format!("We are back early, as this is practice. When you are, {}.", how(Word::Back, ""))
        }
        Practice::NotHeard => "I can't be heard just now, so I write: I am glad to be here.".to_owned(),
        Practice::IAgree => "I have read it, and I agree. Take the time you need.".to_owned(),
        Practice::IStandAside => "I stand aside: I am not for it, but I won't stand in the way.".to_owned(),
        Practice::IBlock => {
            format!("I block it as it is. To reword it, {}.", how(Word::Amend, "TEXT"))
        }
        Practice::Plainer => "Could it be said more plainly?".to_owned(),
        Practice::AllHaveRead => format!("All of us have read it. To see if we agree, {}.", how(Word::Test, "")),
    }
}
