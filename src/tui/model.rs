//! What the screen has beyond the room: where the person looks, and what is being written or asked.

use std::collections::VecDeque;
use std::time::Duration;

use super::chat_rows::chat_rows;
use super::guide::guide;
use super::help::Help;
use super::hold::Hold;
use super::input::Input;
use super::keymap::{Context, Menu};
use super::layout::Layout;
use super::menu::Prompt;
use crate::ids::{Attempt, SeatId, Time};
use crate::session::{
    About, CareEvent, DecisionEvent, Departure, Event, Invitation, Kind, Outcome, Phase, Pick, Presence, Room,
    SoundEvent, Speaker, TurnEvent,
};
use crate::text::{self, Advice};

/// How long a notice stays.
const NOTICE: Duration = Duration::from_secs(7);
/// How often levels are drawn anew.
const LEVELS: Duration = Duration::from_millis(100);
/// How many levels of the speaker are kept.
const HISTORY: usize = 64;

/// The panel that the arrows move in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The circle.
    #[default]
    Roster,
    /// Those who wait.
    Door,
    /// What was written.
    Chat,
}

/// Whether what became of turns is seen in its panel, and concerns me no more than others.
fn is_in_sight(turned: TurnEvent, room: &Room) -> bool {
    match turned {
        TurnEvent::RoundTurn(Some(seat))
        | TurnEvent::RoundPassed(seat)
        | TurnEvent::RoundLater(seat)
        | TurnEvent::RoundReturned(seat)
        | TurnEvent::Back(seat) => room.me != Some(seat),
        TurnEvent::RoundBegan => room.me.is_some_and(|me| room.state.turns.is_turn_of(me)),
        TurnEvent::MuteAll { .. }
        | TurnEvent::MuteAllAsked
        | TurnEvent::MuteAllYes(_)
        | TurnEvent::MuteAllAgreed
        | TurnEvent::MuteAllRefused
        | TurnEvent::Stick(_)
        | TurnEvent::Asked { .. }
        | TurnEvent::Heeded(_)
        | TurnEvent::Queue
        | TurnEvent::Ordered
        | TurnEvent::Next(_)
        | TurnEvent::RoundTurn(None)
        | TurnEvent::RoundSkipped { .. }
        | TurnEvent::RoundTime(_)
        | TurnEvent::RoundOver
        | TurnEvent::Agenda
        | TurnEvent::Point(_)
        | TurnEvent::PointTime
        | TurnEvent::BreakBegan
        | TurnEvent::BreakTime
        | TurnEvent::BreakOver
        | TurnEvent::BellSet
        | TurnEvent::BellSoon
        | TurnEvent::Bell => false,
    }
}

/// Whether something about sound has a sentence beside what the screen shows: that nothing is played, at length, but not which
/// speaker plays.
fn tells(event: &SoundEvent, room: &Room) -> bool {
    match event {
        SoundEvent::Speaker => room.speaker == Speaker::Paused,
        SoundEvent::Devices => false,
        SoundEvent::MicClosed(_)
        | SoundEvent::Advice(_)
        | SoundEvent::NoMic { .. }
        | SoundEvent::Volume { .. }
        | SoundEvent::Spending(_) => true,
    }
}

/// What lies over the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The keys and commands.
    Help(Help),
    /// A few lines under a heading, and how many it is scrolled down.
    Text(&'static str, Vec<String>, usize),
    /// What others need to come in, and how many lines it is scrolled down.
    Invite(Vec<String>, usize),
    /// The link of an invitation for a camera, and the same with fewer ways to the relay.
    Picture(Vec<String>),
    /// Leave? As the facilitator, once this member leads.
    Leave(Option<Pick>),
    /// Remove this member?
    Remove(Pick),
    /// Turn this knock away?
    Decline(Attempt),
    /// End the group for everybody?
    End,
    /// What can be done, and which line of it is selected.
    Menu(Menu, usize),
}

/// A sentence or two that stays for some seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// When it came.
    pub since: Time,
}

/// The screen's own state.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Columns and rows.
    pub size: (u16, u16),
    /// The panel chosen last; see [`Model::focus`].
    pub(super) wanted: Focus,
    /// The selected member in the circle.
    pub picked: Option<Pick>,
    /// Where in the list the last selection was.
    pub(super) picked_at: usize,
    /// The knock that is selected at the door.
    pub knock: Option<Attempt>,
    /// The line that is being written.
    pub(super) input: Option<Input>,
    /// What the line that is being written answers, if it was asked for.
    pub(super) prompt: Option<Prompt>,
    /// How many rows of chat lie below the panel.
    pub chat_back: usize,
    /// What lies over the screen.
    pub page: Option<Page>,
    /// What was said last.
    pub notice: Option<Notice>,
    /// How loud the speaker was, oldest first, and whose levels they are.
    pub(super) levels: (Option<SeatId>, VecDeque<u8>),
    /// What to send to others, for the host.
    pub(super) invitation: Option<Invitation>,
    /// When I came into the circle, and when it was over.
    pub(super) stay: (Option<Time>, Option<Time>),
    /// How many lines the last page is scrolled down.
    pub(super) over_top: usize,
    /// Whether I was told that I hear what I have missed.
    pub(super) behind: bool,
    /// Whether I was told that nothing is played, and not yet that something is.
    paused: bool,
    /// The key of the microphone while it's held.
    pub(super) hold: Hold,
    drawn: Drawn,
    dirty: bool,
}

/// What of the moving parts was drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Drawn {
    second: u64,
    levels_at: Time,
    levels: Vec<(SeatId, u8)>,
    mic: u8,
    check: u8,
}

impl Model {
    /// For a terminal with these columns and rows.
    pub fn new(columns: u16, rows: u16) -> Self {
        Self { size: (columns, rows), dirty: true, ..Self::default() }
    }

    /// Whether something changed since this was last asked.
    pub fn take_dirty(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    /// Makes the next draw happen.
    pub fn touch(&mut self) {
        self.dirty = true;
    }

    /// The panel that the arrows move in: the one chosen, as long as it is there.
    pub fn focus(&self, room: &Room) -> Focus {
        if self.panels(room).contains(&self.wanted) { self.wanted } else { Focus::Roster }
    }

    /// The panels that are there, in the order of Tab.
    pub(super) fn panels(&self, room: &Room) -> Vec<Focus> {
        let mut panels = vec![Focus::Roster];
        if room.am_facilitator() && !room.door.is_empty() {
            panels.push(Focus::Door);
        }
        if !room.chat.is_empty() && Layout::chat_size(self.size, room).is_some() {
            panels.push(Focus::Chat);
        }
        panels
    }

    /// Where keys go now: where a key has several meanings, that of the first.
    pub fn contexts(&self, room: &Room) -> Vec<Context> {
        let only = match (&room.phase, &self.page, &self.input) {
            (Phase::Over(_), ..) => Context::Over,
            (_, Some(Page::Help(page)), _) if page.writes => Context::Searching,
            (_, Some(Page::Help(_)), _) => return vec![Context::Helping, Context::Reading],
            (_, Some(Page::Text(..)), _) => Context::Reading,
            (_, Some(Page::Invite(..) | Page::Picture(_)), _) => return vec![Context::Inviting, Context::Reading],
            (Phase::In | Phase::Returning(_), Some(Page::Menu(..)), _) => Context::Menu,
            (_, Some(_), _) => Context::Asking,
            (Phase::Waiting, _, Some(_)) if self.prompt.is_some() => Context::Writing,
            (Phase::Connecting | Phase::Waiting, ..) => Context::Entrance,
            (_, _, Some(_)) => Context::Writing,
            _ => return Context::CIRCLE.into_iter().filter(|context| context.asks(room)).collect(),
        };
        vec![only]
    }

    /// The first of [`Self::contexts`].
    pub fn context(&self, room: &Room) -> Context {
        self.contexts(room).first().copied().unwrap_or(Context::Room)
    }

    /// Whether keys are letters of a line.
    pub fn writes(&self, room: &Room) -> bool {
        matches!(self.context(room), Context::Writing | Context::Searching)
    }

    /// The question that is being answered in writing.
    pub(super) fn question(&self, room: &Room) -> Option<String> {
        self.input.as_ref().and(self.prompt.as_ref()).map(|prompt| prompt.question(room))
    }

    /// The same where there is little room.
    pub(super) fn question_in_short(&self, room: &Room) -> Option<String> {
        self.input.as_ref().and(self.prompt.as_ref()).map(|prompt| prompt.question_in_short(room))
    }

    /// Says something for some seconds.
    pub fn say(&mut self, text: impl Into<String>, now: Time) {
        self.notice = Some(Notice { text: text.into(), since: now });
        self.dirty = true;
    }

    /// Takes in what happened. The room has already changed.
    pub fn hear(&mut self, event: &Event, room: &Room, now: Time) {
        let me = |seat: &SeatId| room.me == Some(*seat);
        let how = guide(room);
        let panels = Layout::is_full(self.size.0, self.size.1);
        // A log entry by itself shows nothing; what it changed is told on its own.
        self.dirty |= !matches!(event, Event::State { .. });
        match event {
            Event::Hosting(invitation) => self.invitation = Some(invitation.clone()),
            Event::Reach(invitation) => {
                self.invitation = Some(invitation.clone());
                if let Some(reach) = invitation.reach {
                    self.say(text::reach(reach).0, now);
                }
            }
            Event::NewRelay { relay, key } => self.say(text::new_relay(relay, key), now),
            Event::RelayFound { relay, nearby } => self.say(text::relay_found(relay, *nearby), now),
            Event::WrongWords { tries, held } => self.say(text::wrong_words(*tries, *held, how), now),
            Event::TryWaits => self.say(text::try_waits(how), now),
            Event::LetsIn(who) if !panels => self.say(text::lets_in_me(who), now),
            Event::LedBefore { name, .. } => self.say(text::led_before(name, how), now),
            Event::Choice { seat, whom } => self.say(text::choice_made(room, *seat, *whom, how), now),
            Event::NewCode => self.say(text::new_code(how), now),
            Event::Joined => {
                self.stay.0 = Some(now);
                self.notice.take_if(|notice| notice.text == *text::AGREED); // it asks to wait
            }
            Event::Closed(_) => {
                self.stay.1 = Some(now);
                (self.page, self.input, self.prompt, self.notice) = (None, None, None, None);
            }
            Event::Trouble(trouble) => self.say_both(text::trouble(trouble, how), now),
            // Muted with all others still: that has its own sentence.
            Event::Muted { seat, muted: false } if me(seat) && room.am_floor_muted() => {}
            Event::Muted { seat, muted } if me(seat) => self.say(text::floor(room, *seat, *muted, how), now),
            Event::Facilitator(seat) => self.say(text::held_by(room, *seat, how), now),
            Event::Role { seat, role } => self.say(text::has_role(room, *seat, *role), now),
            Event::CanTakeBack => self.say(text::can_take_back(room, how), now),
            Event::Locked(locked) => self.say(text::locked(*locked), now),
            Event::Line { back: true } => self.say(text::LINE_BACK, now),
            Event::Road(road) => self.say(text::road(*road), now),
            Event::SecondWay => text::second_way(room).into_iter().for_each(|line| self.say(line, now)),
            Event::Restoring { back, of } => self.say(text::restoring(*back, *of), now),
            Event::Restored => self.say(text::RESTORED, now),
            Event::Presence { seat, name, presence: Presence::Away } if !me(seat) => self.say(text::is_away(name), now),
            Event::Returned { seat, name, .. } => self.say(text::has_place_again(room, *seat, name), now),
            Event::Namesake { name, was, .. } => self.say(text::namesake(name, was, how), now),
            Event::Departed { seat, name, why } if !me(seat) && *why != Departure::Returned => {
                self.say(text::is_gone(name), now)
            }
            Event::Knock { attempt, name } if room.waits(*attempt) && !panels => {
                self.say(text::knock(room, name, how), now)
            }
            Event::Agreed => self.say(text::AGREED, now),
            Event::SoundCheck(check) if !panels => self.say(text::sound_check(check).join(" "), now),
            Event::KnockAgreed { attempt, name } if room.waits(*attempt) && !panels => {
                self.say(text::knock_agreed(name), now);
            }
            Event::VerifyOver(Outcome::Differ) => {
                let lines = text::words_differ().map(str::to_owned).into();
                self.page = Some(Page::Text(text::WORDS_DIFFER.get(), lines, 0));
            }
            Event::VerifyOver(outcome) => self.say_both(text::verify_over(*outcome), now),
            Event::Turn(turned) if !is_in_sight(*turned, room) => {
                self.say_of(text::turned(room, *turned, how), now);
            }
            Event::TalksMuted => self.say(text::talks_muted(room), now),
            Event::Nudge(seat) => self.say(text::nudge(room, *seat), now),
            Event::Decision(event) => self.decided(event, room, now),
            Event::Saved(path) => self.say(text::minutes_kept(path), now),
            Event::Behind { seat, seconds } if me(seat) => {
                match (std::mem::replace(&mut self.behind, *seconds > 0), *seconds) {
                    (false, 1..) => self.say(text::i_am_behind(*seconds, how), now),
                    (true, 0) => self.say(text::LIVE_AGAIN, now),
                    _ => {}
                }
            }
            Event::Chat { seat, from, text } => self.chat(!me(seat), from, text, room, now),
            Event::Care(event @ CareEvent::Private { from, .. }) => {
                if let Some(line) = room.chat.back() {
                    let mine = room.me.and_then(|me| room.state.circle.name(me));
                    self.chat(false, from, &text::chat_text(line, mine), room, now);
                }
                self.say_of(text::cared(event, room, how), now);
            }
            Event::Care(event) => self.say_of(text::cared(event, room, how), now),
            Event::Sound(event) if tells(event, room) || (*event == SoundEvent::Speaker && self.paused) => {
                self.paused = room.speaker == Speaker::Paused;
                self.say_of(text::sound_event(event, room, how), now);
            }
            // Seen on the screen, and nothing more to say.
            Event::Waiting
            | Event::LetsIn(_)
            | Event::DoorSilent
            | Event::SoundCheck(_)
            | Event::Knock { .. }
            | Event::KnockOver { .. }
            | Event::KnockAgreed { .. }
            | Event::Arrived { .. }
            | Event::Departed { .. }
            | Event::Presence { .. }
            | Event::Speaking { .. }
            | Event::Muted { .. }
            | Event::Hushed { .. }
            | Event::Mic
            | Event::Hand { .. }
            | Event::Verify
            | Event::Words(_)
            | Event::Verified { .. }
            | Event::State { .. }
            | Event::Link(_)
            | Event::Line { back: false }
            | Event::Turn(_)
            | Event::Receipt(_)
            | Event::Behind { .. }
            | Event::Sound(_)
            | Event::HeardBy(_) => {}
        }
    }

    /// Says what became of decisions.
    fn decided(&mut self, event: &DecisionEvent, room: &Room, now: Time) {
        let me = |seat: &SeatId| room.me == Some(*seat);
        let how = guide(room);
        match event {
            DecisionEvent::Proposal { proposal, became } => {
                self.say_of(text::proposal_told(proposal, became, room, how), now);
            }
            DecisionEvent::Vote { id, open: true, .. } => self.say_of(text::vote_told(*id, room), now),
            DecisionEvent::Result { tally, passed, .. } => self.say(text::result(*tally, *passed), now),
            DecisionEvent::Chosen(seat) if me(seat) => self.say(text::VOTE_IN, now),
            DecisionEvent::Counting => self.say(text::COUNTING, now),
            DecisionEvent::BadBallot(seat) => self.say(text::bad_ballot(text::name(room, *seat)), now),
            DecisionEvent::Uncounted { count, absent, .. } => {
                self.say(text::uncounted(*count, absent, how).join(" "), now)
            }
            DecisionEvent::Charter => self.say(text::rules_changed(how), now),
            DecisionEvent::Minutes => {
                let mut lines = text::minutes(room);
                lines.extend([String::new(), text::minutes_page_task(how)]);
                self.page = Some(Page::Text(text::MINUTES_READ.get(), lines, 0));
            }
            DecisionEvent::MinutesAnswered { seat, right: false } => {
                self.say(text::minutes_wrong(text::name(room, *seat)), now)
            }
            DecisionEvent::Closing => self.say(text::closing(room, how), now),
            DecisionEvent::Overstepped { seat, power } => {
                self.say(text::overstepped(text::name(room, *seat), *power), now)
            }
            // Seen on the screen, and nothing more to say.
            DecisionEvent::Vote { open: false, .. }
            | DecisionEvent::Voted { .. }
            | DecisionEvent::Chosen(_)
            | DecisionEvent::MinutesAnswered { right: true, .. } => {}
        }
    }

    /// Takes in that something happened several times within a minute, of which only the first was told.
    pub fn hear_again(&mut self, about: &About, times: u32, now: Time) {
        self.dirty = true;
        match about.kind {
            Kind::Circle
            | Kind::Removed
            | Kind::Line
            | Kind::Asks
            | Kind::Knock
            | Kind::Sign(_)
            | Kind::Help
            | Kind::Vanished
            | Kind::SeenTo
            | Kind::Ballot
            | Kind::Overstepped
            | Kind::NoMic
            | Kind::Role => self.say(text::again(about, times), now),
            // Seen on the screen, and nothing more to say.
            Kind::Losing | Kind::Muted | Kind::Hand | Kind::Agrees | Kind::Behind | Kind::Vote | Kind::Minutes => {}
        }
    }

    fn say_both(&mut self, (message, hint): Advice, now: Time) {
        self.say(format!("{message} {hint}"), now);
    }

    fn say_of(&mut self, told: Option<String>, now: Time) {
        if let Some(told) = told {
            self.say(told, now);
        }
    }

    /// A new line: a reader further up keeps the place, and without room for a panel it is shown once.
    fn chat(&mut self, from_other: bool, from: &str, text: &str, room: &Room, now: Time) {
        match Layout::chat_size(self.size, room) {
            Some((columns, _)) if self.chat_back > 0 => self.chat_back += chat_rows(from, text, columns).len(),
            None if from_other => self.say(format!("{from}: {text}"), now),
            _ => {}
        }
    }

    /// Time has passed: levels move, clocks count, notices go.
    pub(super) fn tick(&mut self, room: &Room, now: Time) {
        if self.notice.as_ref().is_some_and(|notice| now.since(notice.since) >= NOTICE) {
            self.notice = None;
            self.dirty = true;
        }
        let second = room.group_ms(now) / 1000;
        if self.drawn.second != second {
            self.drawn.second = second;
            self.dirty = true;
        }
        // A tick may come a little early.
        if now.since(self.drawn.levels_at) + LEVELS / 10 >= LEVELS {
            self.drawn.levels_at = now;
            self.move_levels(room);
        }
    }

    fn move_levels(&mut self, room: &Room) {
        let first = room.speakers().into_iter().find(|seat| !room.floor_muted(*seat));
        if self.levels.0 != first {
            self.levels = (first, VecDeque::new());
            self.dirty = true;
        }
        if let Some(speaking) = first.and_then(|seat| room.speaking.get(&seat)) {
            self.levels.1.push_back(speaking.level.min(7));
            if self.levels.1.len() > HISTORY {
                self.levels.1.pop_front();
            }
            self.dirty = true;
        }
        let levels: Vec<_> = room.speaking.iter().map(|(seat, speaking)| (*seat, speaking.level)).collect();
        let check = room.check.map_or(0, |check| check.level);
        if (&self.drawn.levels, self.drawn.mic, self.drawn.check) != (&levels, room.mic.level, check) {
            (self.drawn.levels, self.drawn.mic, self.drawn.check) = (levels, room.mic.level, check);
            self.dirty = true;
        }
    }

    /// After how long the next tick is wanted: ten a second while there are levels to show, otherwise one.
    pub fn next_tick(&self, room: &Room, now: Time) -> Duration {
        if !room.speaking.is_empty() || room.mic.open || room.check.is_some_and(|check| check.listens()) {
            return LEVELS;
        }
        Duration::from_millis(1000 - room.group_ms(now) % 1000)
    }

    /// How long I was in the circle, once it is over.
    pub(super) fn stayed(&self) -> Option<Duration> {
        let (came, left) = (self.stay.0?, self.stay.1?);
        Some(left.since(came))
    }
}
