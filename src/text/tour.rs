//! The tour through a rehearsal: what a practice member writes, one small step at a time.

use super::catalogue::{Text, say, text};
use super::commands::Word;
use super::guide::{Guide, takes_several};

/// A step of the tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TourStep {
    /// Open the microphone.
    Open,
    /// Close it again.
    Close,
    /// Raise a hand.
    Hand,
    /// See what can be done.
    Help,
    /// Begin a round.
    Round,
    /// Finish one's turn in it.
    Finish,
    /// End it.
    End,
    /// Vote.
    Vote,
}

impl TourStep {
    /// All of them, in order.
    pub const ALL: [Self; 8] =
        [Self::Open, Self::Close, Self::Hand, Self::Help, Self::Round, Self::Finish, Self::End, Self::Vote];
}

/// A line of the tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TourLine {
    /// There is a tour.
    Offer,
    /// It begins.
    Welcome,
    /// How it is left.
    Ways,
    /// What to do.
    Task(TourStep),
    /// It was done.
    Seen(TourStep),
    /// It was left out.
    Skipped,
    /// It is over.
    Over,
    /// It was ended.
    Stopped,
}

/// What the person writes to begin, to shorten or to end the tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TourWord {
    /// Begins it, or begins it anew.
    Begin,
    /// Leaves a step out.
    Skip,
    /// Ends it.
    Stop,
}

/// The word in a line that is nothing else.
pub fn tour_word(line: &str) -> Option<TourWord> {
    match line.trim().trim_end_matches(['.', '!']).to_lowercase().as_str() {
        "tour" => Some(TourWord::Begin),
        "skip" => Some(TourWord::Skip),
        "stop" => Some(TourWord::Stop),
        _ => None,
    }
}

/// What is voted on.
pub const TOUR_PROPOSAL: Text = Text::new("tour-proposal");

/// The line, with keys and as it is typed.
pub fn tour(line: TourLine, press: Guide, typed: Guide) -> String {
    let how = |word, rest: &str| {
        let (press, typed) = (press(word, rest), typed(word, rest));
        // After two keys in a row the other way stands apart.
        say!("practice-or", several = takes_several(&press), press, typed)
    };
    match line {
        TourLine::Offer => text("tour-offer").to_owned(),
        TourLine::Welcome => text("tour-welcome").to_owned(),
        TourLine::Ways => text("tour-ways").to_owned(),
        TourLine::Task(step) => match step {
            TourStep::Open => say!("tour-open", mic = how(Word::Mic, "on")),
            TourStep::Close => say!("tour-close", mic = how(Word::Mic, "off")),
            TourStep::Hand => say!("tour-hand", hand = how(Word::Hand, "")),
            TourStep::Help => say!("tour-help", help = how(Word::Help, "")),
            TourStep::Round => say!("tour-round", round = how(Word::Round, "checkin")),
            TourStep::Finish => say!("tour-finish", done = how(Word::Done, "")),
            TourStep::End => say!("tour-end", round = how(Word::Round, "end")),
            TourStep::Vote => say!("tour-vote", ballot = how(Word::Ballot, "yes")),
        },
        TourLine::Seen(step) => match step {
            TourStep::Open => text("tour-open-seen").to_owned(),
            TourStep::Close => text("tour-close-seen").to_owned(),
            TourStep::Hand => text("tour-hand-seen").to_owned(),
            TourStep::Help => text("tour-help-seen").to_owned(),
            TourStep::Round => text("tour-round-seen").to_owned(),
            TourStep::Finish => text("tour-finish-seen").to_owned(),
            TourStep::End => text("tour-end-seen").to_owned(),
            TourStep::Vote => text("tour-vote-seen").to_owned(),
        },
        TourLine::Skipped => text("tour-skipped").to_owned(),
        TourLine::Over => text("tour-over").to_owned(),
        TourLine::Stopped => text("tour-stopped").to_owned(),
    }
}
