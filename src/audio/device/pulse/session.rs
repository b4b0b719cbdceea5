//! A connection that stands: the devices it tells of, and our streams.

use std::time::{Duration, Instant};

use libpulse_binding::context::{Context, State};

use super::ask::{self, Shared};
use super::opened::{Opened, Step};
use super::stream::Voice;
use super::table::Table;
use crate::audio::device::backend::{DeviceInfo, Ending, Notice, StreamId, StreamNotice};
use crate::audio::error::Side;

/// A server that doesn't answer for so long hangs.
const HANGS: Duration = Duration::from_secs(3);
/// While no sound comes from a stream that should run, the server is asked for a sign of life so often.
const QUIET: Duration = Duration::from_secs(1);
/// The devices are listed this often at most: a volume that is turned changes them all the time.
const LISTED: Duration = Duration::from_millis(100);

/// What is to be opened.
pub(super) struct Wanted {
    pub(super) stream: StreamId,
    pub(super) side: Side,
    /// By its id; `None` is the default.
    pub(super) device: Option<String>,
}

/// Why there is no connection.
pub(super) enum Why {
    /// The server is there and hangs.
    Silent,
    /// The system or the server says this.
    Broken(String),
}

/// Everything at one server. Streams go before the connection.
pub(super) struct Session {
    opened: Vec<Opened>,
    /// Streams that nobody wants any more and that the server hasn't made yet: only then it can be told to end them.
    leaving: Vec<Voice>,
    waiting: Vec<Wanted>,
    news: Shared,
    context: Context,
    table: Option<Table>,
    told: Option<(Vec<DeviceInfo>, Vec<DeviceInfo>)>,
    /// Whether the devices are to be told even if they are as before.
    tell: bool,
    /// Whether the devices are not as in the table, how often they were asked for and came, and when they may be again.
    dirty: bool,
    lists_asked: u64,
    lists_got: u64,
    list_at: Instant,
    /// When the server was last asked for a sign of life.
    probed: Instant,
}

impl Session {
    /// For a connection that was just made.
    pub(super) fn new(mut context: Context) -> Self {
        let (news, now) = (Shared::default(), Instant::now());
        ask::subscribe(&mut context, &news);
        Self {
            opened: Vec::new(),
            leaving: Vec::new(),
            waiting: Vec::new(),
            news,
            context,
            table: None,
            told: None,
            tell: true,
            dirty: true,
            lists_asked: 0,
            lists_got: 0,
            list_at: now,
            probed: now,
        }
    }

    /// Opens a stream, now or as soon as the devices are known.
    pub(super) fn open(&mut self, wanted: Wanted, notices: &dyn Fn(Notice)) {
        let Some(table) = &self.table else { return self.waiting.push(wanted) };
        let Wanted { stream, side, device } = wanted;
        let found = match &device {
            None => table.default(side),
            Some(id) => table.get(side, id).filter(|known| !known.unfit),
        };
        let voice = match found {
            Some(_) => Voice::open(&mut self.context, side, device.as_deref(), table.server),
            None => Err(Ending::Missing),
        };
        match voice {
            Ok(voice) => self.opened.push(Opened::new(stream, side, voice, device.is_some())),
            Err(why) => notices(Notice::Stream(stream, StreamNotice::Ended(why))),
        }
        // A server that hangs shows it here.
        ask::life(&self.context, &self.news);
    }

    /// Closes a stream.
    pub(super) fn close(&mut self, stream: StreamId) {
        self.waiting.retain(|wanted| wanted.stream != stream);
        if let Some(at) = self.opened.iter().position(|opened| opened.id == stream) {
            let voice = self.opened.remove(at).voice;
            self.leaving.extend(voice.is_coming().then_some(voice));
        }
    }

    /// Lets a stream rest or go on.
    pub(super) fn set_resting(&mut self, stream: StreamId, resting: bool) {
        if let Some(opened) = self.opened.iter_mut().find(|opened| opened.id == stream) {
            opened.set_resting(resting);
        }
    }

    /// Tells the devices again.
    pub(super) fn list(&mut self) {
        (self.dirty, self.tell) = (true, true);
    }

    /// This process was stopped: nobody else is late.
    pub(super) fn wait_anew(&mut self, now: Instant) {
        self.news.borrow_mut().wait_anew(now);
        self.probed = now;
        self.opened.iter_mut().for_each(|opened| opened.wait_anew(now));
    }

    /// Whether sound comes or goes all the time.
    pub(super) fn is_busy(&self) -> bool {
        self.opened.iter().any(|opened| opened.runs_since().is_some())
    }

    /// When [`Session::advance`] has something to do even if nothing happens.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let answer = self.news.borrow().asked().map(|asked| asked + HANGS);
        let list = (self.dirty && self.lists_asked == self.lists_got).then_some(self.list_at);
        let streams = self.opened.iter().filter_map(|opened| match opened.runs_since() {
            Some(alive) if answer.is_none() => Some(alive.max(self.probed) + QUIET),
            Some(_) => None,
            None => opened.patience(),
        });
        answer.into_iter().chain(list).chain(streams).min()
    }

    /// Does what is to be done now.
    ///
    /// # Errors
    /// Why the connection is no more.
    pub(super) fn advance(&mut self, now: Instant, notices: &dyn Fn(Notice)) -> Result<(), Why> {
        if self.context.get_state() != State::Ready {
            return Err(Why::Broken(self.context.errno().to_string().unwrap_or_default()));
        }
        if self.news.borrow().asked().is_some_and(|asked| asked + HANGS <= now) {
            return Err(Why::Silent);
        }
        self.read_news(notices);
        self.leaving.retain(|voice| voice.is_coming());
        self.look_at_streams(now, notices);
        if self.dirty && self.lists_asked == self.lists_got && self.list_at <= now {
            self.dirty = false;
            self.lists_asked += 1;
            self.list_at = now + LISTED;
            ask::devices(&self.context, &self.news);
        }
        let quiet = |opened: &Opened| opened.runs_since().is_some_and(|alive| alive.max(self.probed) + QUIET <= now);
        if self.news.borrow().asked().is_none() && self.opened.iter().any(quiet) {
            self.probed = now;
            ask::life(&self.context, &self.news);
        }
        Ok(())
    }

    fn read_news(&mut self, notices: &dyn Fn(Notice)) {
        let mut news = self.news.borrow_mut();
        self.dirty |= std::mem::take(&mut news.devices);
        let table = news.table.take();
        let own = std::mem::take(&mut news.own);
        let streams = std::mem::take(&mut news.streams);
        drop(news);
        for own in own {
            let of = |opened: &&mut Opened| opened.side == own.side && opened.voice.index() == Some(own.index);
            if let Some(opened) = self.opened.iter_mut().find(of) {
                opened.heard_of(own);
            }
        }
        for (side, index) in streams {
            if self.opened.iter().any(|opened| opened.side == side && opened.voice.index() == Some(index)) {
                ask::own(&self.context, &self.news, side, index);
            }
        }
        let Some(table) = table else { return };
        self.lists_got = self.lists_asked;
        let devices = (table.devices(Side::Microphone), table.devices(Side::Speaker));
        self.table = Some(table);
        if std::mem::take(&mut self.tell) || self.told.as_ref() != Some(&devices) {
            notices(Notice::Devices { mics: devices.0.clone(), speakers: devices.1.clone() });
            self.told = Some(devices);
        }
        for wanted in std::mem::take(&mut self.waiting) {
            self.open(wanted, notices);
        }
    }

    fn look_at_streams(&mut self, now: Instant, notices: &dyn Fn(Notice)) {
        let Some(table) = &self.table else { return };
        let mut at = 0;
        while let Some(opened) = self.opened.get_mut(at) {
            let id = opened.id;
            let mut tell = |notice| notices(Notice::Stream(id, notice));
            match opened.look(now, table, (self.lists_asked, self.lists_got), &self.context, &mut tell) {
                Step::Goes => at += 1,
                Step::NeedsList => {
                    self.dirty = true;
                    at += 1;
                }
                Step::NeedsOwn => {
                    if let Some(index) = opened.voice.index() {
                        ask::own(&self.context, &self.news, opened.side, index);
                    }
                    at += 1;
                }
                Step::Again(device) => match Voice::open(&mut self.context, opened.side, Some(&device), table.server) {
                    Ok(voice) => {
                        let old = std::mem::replace(opened, Opened::new(id, opened.side, voice, true));
                        opened.set_resting(old.resting);
                        at += 1;
                    }
                    Err(why) => {
                        tell(StreamNotice::Ended(why));
                        self.opened.remove(at);
                    }
                },
                Step::Ended(why) => {
                    tell(StreamNotice::Ended(why));
                    let voice = self.opened.remove(at).voice;
                    self.leaving.extend(voice.is_coming().then_some(voice));
                }
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The server ends all streams of a connection with it, those too that it hasn't made yet.
        self.context.disconnect();
    }
}
