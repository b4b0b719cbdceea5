//! The objects as they are written. Fields are added over time, and stay.

use serde::Serialize;

/// A line: when, and what.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    /// Seconds since the start.
    pub(super) t: f64,
    #[serde(flatten)]
    pub(super) event: LineEvent<'a>,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum LineEvent<'a> {
    Hosting {
        code: &'a str,
        relay: &'a str,
        key: &'a str,
        invitation: &'a str,
        short: &'a str,
        link: &'a str,
    },
    NewRelay {
        relay: &'a str,
        key: &'a str,
        message: String,
    },
    Reach {
        who: &'a str,
        relay: &'a str,
        invitation: &'a str,
        message: String,
        hint: String,
    },
    RelayFound {
        relay: &'a str,
        nearby: bool,
        message: String,
    },
    Waiting,
    Agreed(Agreed<'a>),
    Sound {
        state: &'a str,
    },
    Knock {
        name: &'a str,
        agreed: bool,
        /// What is odd about the name.
        #[serde(skip_serializing_if = "Option::is_none")]
        odd: Option<String>,
    },
    KnockOver {
        name: &'a str,
    },
    WrongWords {
        tries: u32,
        held: bool,
    },
    TryWaits,
    NewCode,
    Joined {
        me: &'a str,
        members: Vec<&'a str>,
    },
    Member {
        name: &'a str,
        state: &'a str,
    },
    Speaking {
        name: &'a str,
        on: bool,
    },
    Floor {
        name: &'a str,
        muted: bool,
    },
    Mic(MicNow<'a>),
    Speaker(SpeakerNow<'a>),
    Devices(DevicesNow<'a>),
    MicClosed(MicClosed<'a>),
    VoiceAdvice(Advised),
    NoMic {
        name: &'a str,
        on: bool,
    },
    Volume(Volume<'a>),
    Plan(PlanNow),
    Hand {
        name: &'a str,
        up: bool,
    },
    Chat {
        from: &'a str,
        text: &'a str,
    },
    Locked {
        locked: bool,
    },
    Facilitator {
        name: &'a str,
        /// Whether this member can let others in, as a chair can't.
        admits: bool,
    },
    LetsIn {
        name: Option<&'a str>,
        message: String,
    },
    DoorSilent {
        message: &'a str,
    },
    LedBefore {
        name: &'a str,
    },
    Choice {
        name: &'a str,
        of: &'a str,
        so_far: Option<usize>,
        needed: Option<usize>,
    },
    Verifying {
        reader: &'a str,
    },
    Verify {
        words: &'a [&'static str; 4],
    },
    Verified(Compared<'a>),
    VerifyOver {
        outcome: &'a str,
        same: usize,
        of: usize,
    },
    State {
        index: u64,
        hash: String,
    },
    Link(Link),
    Line {
        back: bool,
    },
    SecondWay(super::second_way::SecondWayLine<'a>),
    Road {
        road: &'static str,
        message: &'static str,
    },
    /// The relay had lost the group, and these of its members are back.
    Restoring {
        back: u8,
        of: u8,
    },
    /// The group goes on at a relay that had lost it.
    Restored {},
    Error {
        message: String,
        hint: String,
    },
    Closed {
        reason: &'a str,
        message: String,
        hint: String,
    },
    Behind {
        name: &'a str,
        s: u8,
    },
    HeardBy {
        of: u8,
        hear: u8,
        losing: Vec<&'a str>,
    },
    Who {
        members: Vec<Person<'a>>,
        my_share: Option<u32>,
    },
    Invite {
        code: Option<&'a str>,
    },
    Rules {
        rules: Vec<String>,
    },
    Privacy {
        sentences: Vec<String>,
    },
    Help(Help<'a>),
    Role {
        name: &'a str,
        role: &'a str,
    },
    Returned {
        name: &'a str,
        was: &'a str,
    },
    Namesake {
        name: &'a str,
        was: &'a str,
    },
    CanTakeBack {
        from: &'a str,
    },
    Quiet(MuteAll),
    Stick {
        holder: Option<&'a str>,
    },
    Queue(Queue<'a>),
    Next {
        name: &'a str,
    },
    Round(Round<'a>),
    Agenda(Agenda<'a>),
    Break(Break<'a>),
    Bell(Bell),
    TalksMuted {
        message: String,
    },
    Nudge {
        name: &'a str,
    },
    Proposal(Proposal<'a>),
    Vote {
        id: u32,
        kind: &'a str,
        open: bool,
    },
    Voted {
        name: &'a str,
        choice: &'a str,
    },
    Result {
        id: u32,
        yes: u8,
        no: u8,
        abstain: u8,
        passed: bool,
        verified: bool,
    },
    Charter {
        rules: Vec<String>,
    },
    Minutes {
        text: String,
        read: bool,
    },
    MinutesAnswered {
        name: &'a str,
        right: bool,
    },
    Closing,
    Overstepped {
        name: &'a str,
        power: &'a str,
    },
    Receipt {
        text: String,
    },
    Proposals {
        proposals: Vec<String>,
    },
    Saved {
        path: &'a str,
    },
    Ballots {
        id: u32,
        voted: usize,
        of: usize,
    },
    Counting {
        id: u32,
    },
    BadBallot {
        name: &'a str,
    },
    Uncounted {
        id: u32,
        why: &'static str,
        absent: Vec<String>,
    },
    Private {
        from: &'a str,
        to: &'a str,
        text: &'a str,
    },
    HelpSent,
    Followup {
        name: &'a str,
        followup: &'a str,
    },
    Note {
        name: &'a str,
        text: &'a str,
    },
    NoteSent,
    Alarm {
        name: &'a str,
        followup: &'a str,
        back: bool,
    },
    Handled {
        name: &'a str,
        by: &'a str,
    },
    /// A quiet sign: each has its own word as the event.
    #[serde(untagged)]
    Gesture {
        event: &'static str,
        name: &'a str,
    },
}

/// My microphone: what I want, and what comes of it.
#[derive(Serialize)]
pub(super) struct MicNow<'a> {
    pub(super) open: bool,
    pub(super) floor_muted: bool,
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fault: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) device: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct SpeakerNow<'a> {
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fault: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) device: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct DevicesNow<'a> {
    pub(super) mics: &'a [String],
    pub(super) speakers: &'a [String],
}

#[derive(Serialize)]
pub(super) struct MicClosed<'a> {
    pub(super) why: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Advised {
    pub(super) about: &'static str,
    pub(super) message: &'static str,
}

#[derive(Serialize)]
pub(super) struct Volume<'a> {
    pub(super) name: &'a str,
    pub(super) percent: u16,
}

#[derive(Serialize)]
pub(super) struct PlanNow {
    pub(super) plan: &'static str,
    pub(super) mb_an_hour: u32,
    pub(super) mb_an_hour_most: u32,
    pub(super) message: String,
}

/// Without a name it's me.
#[derive(Serialize)]
pub(super) struct Agreed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Compared<'a> {
    pub(super) name: &'a str,
    #[serde(rename = "match")]
    pub(super) same: bool,
}

#[derive(Serialize)]
pub(super) struct Link {
    pub(super) road: &'static str,
    pub(super) up_kbps: f64,
    pub(super) down_kbps: f64,
    pub(super) loss_up: f64,
    pub(super) loss_down: f64,
    pub(super) rtt_ms: f64,
    pub(super) playout_ms: u32,
    pub(super) dropped_ms: u64,
    pub(super) data_bytes: u64,
}

#[derive(Serialize)]
pub(super) struct Person<'a> {
    pub(super) name: &'a str,
    pub(super) state: &'static str,
    pub(super) facilitator: bool,
    pub(super) role: &'static str,
    pub(super) floor_muted: bool,
    pub(super) speaking: bool,
    pub(super) hand: bool,
    pub(super) behind_s: u8,
    /// For those who lead: whether there is no microphone that works.
    pub(super) no_mic: bool,
}

/// A proposal, with its answers if those are asked for.
#[derive(Serialize)]
pub(super) struct Proposal<'a> {
    pub(super) id: u32,
    pub(super) text: String,
    pub(super) by: &'a str,
    pub(super) stage: &'a str,
    pub(super) agree: usize,
    pub(super) aside: usize,
    pub(super) block: usize,
    pub(super) waiting: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answered: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<&'a str>,
}

/// A mute of all but the facilitator; times are seconds of the group's clock.
#[derive(Serialize)]
pub(super) struct MuteAll {
    pub(super) on: bool,
    pub(super) until_s: Option<f64>,
    /// How many say yes to more of it, and of how many, while that is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) yes: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refused: Option<bool>,
}

#[derive(Serialize)]
pub(super) struct Queue<'a> {
    pub(super) order: &'static str,
    pub(super) hands: Vec<&'a str>,
    pub(super) asks: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Round<'a> {
    pub(super) kind: &'static str,
    pub(super) now: Option<&'a str>,
    pub(super) order: Vec<&'a str>,
    pub(super) absent: Vec<&'a str>,
    pub(super) seconds: Option<u16>,
    /// What has changed, and about whom.
    pub(super) news: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Agenda<'a> {
    pub(super) points: Vec<Point<'a>>,
    /// The place of the point that the group is at, from 0.
    pub(super) now: Option<u8>,
    /// Whether its minutes have passed.
    pub(super) passed: bool,
}

#[derive(Serialize)]
pub(super) struct Point<'a> {
    pub(super) text: &'a str,
    pub(super) minutes: u16,
}

#[derive(Serialize)]
pub(super) struct Break<'a> {
    /// When to be back, in seconds of the group's clock; null when it's over.
    pub(super) until_s: Option<f64>,
    pub(super) back: Vec<&'a str>,
    pub(super) news: &'static str,
}

#[derive(Serialize)]
pub(super) struct Bell {
    /// When the group's time is over, in seconds of its clock.
    pub(super) at_s: Option<f64>,
    pub(super) news: &'static str,
}

/// Two things have this name: a member who asks for help, and what can be typed.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Help<'a> {
    Asked { name: &'a str },
    Commands { commands: Vec<Entry> },
}

#[derive(Serialize)]
pub(super) struct Entry {
    pub(super) command: String,
    pub(super) help: &'static str,
}
