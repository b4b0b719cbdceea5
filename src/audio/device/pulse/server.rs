//! The thread "sound": keeps a connection to the server, and makes another when it breaks.

use std::os::fd::{AsRawFd as _, OwnedFd};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use libpulse_binding::context::{Context, FlagSet, State};
use libpulse_binding::mainloop::api::{Mainloop as _, MainloopInner};
use libpulse_binding::mainloop::events::io::{FlagSet as IoFlags, IoEvent};
use libpulse_binding::mainloop::standard::{Mainloop, MainloopInternal};
use libpulse_binding::proplist::{Proplist, properties};
use libpulse_binding::time::MicroSeconds;

use super::command::{Command, Said};
use super::session::{Session, Wanted, Why};
use crate::audio::device::backend::{Ending, Notice, StreamId, StreamNotice};

/// A server that is there answers within milliseconds.
const CONNECT: Duration = Duration::from_secs(2);
/// How often a server that went away is looked for.
const RETRY: Duration = Duration::from_millis(500);
/// How often a server is looked for that was never there: most likely there is none.
const RARELY: Duration = Duration::from_secs(5);
/// While sound comes, it's never waited for longer, so that a stop of this process shows.
const LOOK: Duration = Duration::from_millis(100);
/// Woken so much later than wanted, this process was stopped in between.
const STOPPED: Duration = Duration::from_millis(200);

const NO_LIBRARY: &str = "the system's sound library can't be used";

/// How far we are with the server.
enum Link {
    /// Not at all; the next attempt is then.
    Down(Instant),
    /// It was asked, and has until then.
    Connecting(Context, Instant),
    Up(Box<Session>),
}

/// The thread's state. What lives in the main loop comes before it, because it must go first.
pub(super) struct Server {
    link: Link,
    address: Option<String>,
    say: Box<dyn Fn(Said)>,
    /// Why the server can't be reached, once that was said.
    down: Option<String>,
    ever_up: bool,
    /// Whether it was said that there is none.
    absent: bool,
    /// What is to be opened as soon as there is a server.
    waiting: Vec<Wanted>,
    _wake: IoEvent<MainloopInner<MainloopInternal>>,
    mainloop: Mainloop,
}

impl Server {
    /// Runs until [`Command::Stop`]. `wake` becomes readable when there is a command.
    pub(super) fn run(
        address: Option<String>,
        say: Box<dyn Fn(Said)>,
        wake: Arc<OwnedFd>,
        commands: &Receiver<Command>,
    ) {
        let fd = wake.as_raw_fd();
        let clear = Box::new(move |_, _, _| {
            let _ = rustix::io::read(&*wake, &mut [0u8; 8]);
        });
        let event = Mainloop::new().and_then(|mut mainloop| {
            let event = mainloop.new_io_event(fd, IoFlags::INPUT, clear)?;
            Some((event, mainloop))
        });
        let Some((wake, mainloop)) = event else { return say(Said::Absent) };
        let link = Link::Down(Instant::now());
        let mut this = Self {
            link,
            address,
            say,
            down: None,
            ever_up: false,
            absent: false,
            waiting: Vec::new(),
            _wake: wake,
            mainloop,
        };
        while this.step(commands) {}
    }

    /// Once around; `false` at the end.
    fn step(&mut self, commands: &Receiver<Command>) -> bool {
        while let Ok(command) = commands.try_recv() {
            if matches!(command, Command::Stop) {
                return false;
            }
            self.obey(command);
        }
        self.advance();
        let asleep = Instant::now();
        let busy = matches!(&self.link, Link::Up(session) if session.is_busy());
        let look = busy.then(|| asleep + LOOK);
        let wait = self.deadline().into_iter().chain(look).min().map(|at| at.saturating_duration_since(asleep));
        // Milliseconds are enough, and the next one is late enough.
        let micros = wait.map(|wait| MicroSeconds(wait.as_millis().min(60_000) as u64 * 1000 + 1000));
        let mainloop = &mut self.mainloop;
        let polled = mainloop.prepare(micros).and_then(|()| mainloop.poll()).and_then(|_| mainloop.dispatch());
        if let Err(error) = polled {
            self.break_off(Why::Broken(error.to_string().unwrap_or_default()));
            return true;
        }
        let now = Instant::now();
        if let (Some(wait), Link::Up(session)) = (wait, &mut self.link)
            && now.saturating_duration_since(asleep) > wait + STOPPED
        {
            session.wait_anew(now);
        }
        true
    }

    fn deadline(&self) -> Option<Instant> {
        match &self.link {
            Link::Down(at) | Link::Connecting(_, at) => Some(*at),
            Link::Up(session) => session.deadline(),
        }
    }

    fn obey(&mut self, command: Command) {
        match (command, &mut self.link) {
            (Command::Open(stream, side, device), Link::Up(session)) => {
                session.open(Wanted { stream, side, device }, &notices(&*self.say));
            }
            (Command::Open(stream, side, device), Link::Down(_) | Link::Connecting(..)) => match &self.down {
                Some(reason) => self.end(stream, Ending::Other(reason.clone())),
                None => self.waiting.push(Wanted { stream, side, device }),
            },
            (Command::Close(stream), link) => {
                self.waiting.retain(|wanted| wanted.stream != stream);
                if let Link::Up(session) = link {
                    session.close(stream);
                }
            }
            (Command::Rest(stream, resting), Link::Up(session)) => session.set_resting(stream, resting),
            (Command::List, Link::Up(session)) => session.list(),
            (Command::Rest(..) | Command::List, Link::Down(_) | Link::Connecting(..)) | (Command::Stop, _) => {}
        }
    }

    fn advance(&mut self) {
        let now = Instant::now();
        match &mut self.link {
            Link::Down(at) if *at <= now => match connect(&self.mainloop, self.address.as_deref()) {
                Ok(context) => self.link = Link::Connecting(context, now + CONNECT),
                Err(reason) => self.break_off(Why::Broken(reason)),
            },
            Link::Down(_) => {}
            Link::Connecting(context, until) => match context.get_state() {
                State::Ready => self.up(),
                State::Failed | State::Terminated => {
                    let reason = context.errno().to_string().unwrap_or_default();
                    self.break_off(Why::Broken(reason));
                }
                _ if *until <= now => self.break_off(Why::Silent),
                State::Unconnected | State::Connecting | State::Authorizing | State::SettingName => {}
            },
            Link::Up(session) => {
                let advanced = session.advance(now, &notices(&*self.say));
                if let Err(why) = advanced {
                    self.break_off(why);
                }
            }
        }
    }

    fn up(&mut self) {
        if let Link::Connecting(context, _) = std::mem::replace(&mut self.link, Link::Down(Instant::now())) {
            (self.down, self.ever_up) = (None, true);
            let mut session = Session::new(context);
            for wanted in self.waiting.drain(..) {
                session.open(wanted, &notices(&*self.say));
            }
            self.link = Link::Up(Box::new(session));
        }
    }

    /// The connection is no more. Everything that it held ends with it.
    fn break_off(&mut self, why: Why) {
        let absent = !self.ever_up && !matches!(why, Why::Silent);
        self.link = Link::Down(Instant::now() + if absent { RARELY } else { RETRY });
        self.waiting.clear();
        let reason = match why {
            Why::Silent => "the sound server doesn't answer".to_owned(),
            Why::Broken(reason) => reason,
        };
        if absent && !std::mem::replace(&mut self.absent, true) {
            tracing::debug!("no sound server: {reason}");
            (self.say)(Said::Absent);
        } else if !absent && self.down.is_none() {
            tracing::info!("the sound server is gone: {reason}");
            (self.say)(Said::Notice(Notice::Down(reason.clone())));
        }
        self.down = Some(reason);
    }

    fn end(&self, stream: StreamId, why: Ending) {
        (self.say)(Said::Notice(Notice::Stream(stream, StreamNotice::Ended(why))));
    }
}

fn connect(mainloop: &Mainloop, address: Option<&str>) -> Result<Context, String> {
    let context = Proplist::new().and_then(|mut proplist| {
        proplist.set_str(properties::APPLICATION_NAME, "ingle").ok()?;
        proplist.set_str(properties::APPLICATION_ICON_NAME, "audio-headset").ok()?;
        Context::new_with_proplist(mainloop, "ingle", &proplist)
    });
    let mut context = context.ok_or(NO_LIBRARY)?;
    match context.connect(address, FlagSet::NOAUTOSPAWN, None) {
        Ok(()) => Ok(context),
        Err(error) => Err(error.to_string().unwrap_or_default()),
    }
}

fn notices(say: &dyn Fn(Said)) -> impl Fn(Notice) {
    |notice| say(Said::Notice(notice))
}
