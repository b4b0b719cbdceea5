//! Hosting: at a relay somewhere, or with the relay in this process.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use super::arguments::{Host, Shared};
use super::embedded::{Embedded, key};
use super::left_behind::{self, Hosting};
use super::sentence::Stop;
use super::session::{seed, session, setup};
use crate::app::{Clock, FaceChoice, Setup, Trust};
use crate::audio::AudioSetup;
use crate::member::Config;
use crate::rehearse::Rehearsing;
use crate::relay::server::{Listen, ServerError};
use crate::session::clean;
use crate::text::{InvitationExtras, dial_fault, start};
use crate::transport::{DEFAULT_PORT, Dial, Identity, Interface};

pub(super) fn run(
    host: Host,
    relay: (Option<Dial>, Trust),
    config: Config,
    audio: AudioSetup,
    mut notices: Vec<String>,
    face: FaceChoice,
    clock: Clock,
) -> Result<(), Stop> {
    let (here, trust) = relay;
    let line = |text: &Option<String>| text.as_deref().map(clean::point).unwrap_or_default();
    let extras = InvitationExtras { when: line(&host.when), help: line(&host.help_number) };
    if let Some(relay) = here {
        let advertised = relay.host.clone();
        let kept = Arc::new(Mutex::new(None));
        let on_open = keep(Arc::clone(&kept), relay.host.clone());
        let made = setup(&host.shared, config, relay, advertised, audio, face);
        let also_via = host.also_via.as_deref().map(Interface::named);
        let outcome = session(Setup { trust, notices, extras, also_via, on_open: Some(on_open), ..made }, clock);
        // However it ended, it ended in order.
        drop(kept.lock().unwrap_or_else(PoisonError::into_inner).take());
        return outcome;
    }
    let (key, unkept) = key(trust.known.as_ref()).map_err(|error| no_relay(&error))?;
    let mut relay = listen(host.listen.as_deref(), &key)?;
    if !host.no_discovery {
        relay.announce();
    }
    let onlooker = host.check_via.clone().map(|host| Dial { host, pin: None });
    if let Some(onlooker) = &onlooker {
        onlooker.check().map_err(|error| Stop::usage(dial_fault(&error)))?;
    }
    let outside = relay.attend(!host.no_port_mapping, onlooker);
    notices.extend(unkept);
    notices.extend(relay.is_alone().then(|| start::NO_NETWORK.to_owned()));
    let made = setup(&host.shared, config, relay.near(), relay.far(), audio, face);
    let outcome = session(Setup { ends_group: true, notices, extras, outside, ..made }, clock);
    relay.stop();
    outcome
}

/// Keeps, once the group is open, that it is hosted here: if this program ends without a goodbye, the next one knows of it.
fn keep(kept: Arc<Mutex<Option<Hosting>>>, relay: String) -> Box<dyn FnOnce(String) + Send> {
    Box::new(move |code| {
        let dir = left_behind::dir(|name| std::env::var_os(name));
        let hosting = dir.and_then(|dir| Hosting::begin(&dir, &relay, &code));
        *kept.lock().unwrap_or_else(PoisonError::into_inner) = hosting;
    })
}

/// What the practice members are still to learn of the person.
const WATCHED: usize = 16;

/// A group on this machine alone, with the practice members, who begin with the `tour` or offer it.
pub(super) fn rehearse(
    (shared, tour): (&Shared, bool),
    config: Config,
    audio: AudioSetup,
    missing: Vec<String>,
    face: FaceChoice,
    clock: Clock,
) -> Result<(), Stop> {
    // A program is told what went wrong, and this is no trouble.
    let to_a_person = !matches!(face, FaceChoice::Json);
    let notices = to_a_person.then(|| start::REHEARSAL.to_owned()).into_iter().chain(missing).collect();
    let relay = Identity::ephemeral()
        .map_err(ServerError::from)
        .and_then(|key| Embedded::start(&key, &SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()))
        .map_err(|error| no_relay(&error))?;
    let seed = seed()?;
    let dial = relay.near();
    let handle = relay.handle();
    let (watch, watched) = tokio::sync::mpsc::channel(WATCHED);
    let on_open: Box<dyn FnOnce(String) + Send> = {
        let dial = dial.clone();
        Box::new(move |code| crate::rehearse::start(&handle, &code, dial, seed, Rehearsing { watched, tour }))
    };
    let made = setup(shared, config, dial, relay.far(), audio, face);
    let outcome = session(Setup { notices, on_open: Some(on_open), watch: Some(watch), ..made }, clock);
    relay.stop();
    outcome
}

fn listen(asked: Option<&str>, key: &Identity) -> Result<Embedded, Stop> {
    let started = match asked {
        Some(asked) => {
            let listen =
                Listen::parse(asked).map_err(|error| Stop::usage((error.to_string(), error.hint().to_owned())))?;
            Embedded::start(key, &listen)
        }
        None => match Embedded::start(key, &Listen::everywhere(DEFAULT_PORT)) {
            // Nobody asked for this port; the invitation tells which it is.
            Err(ServerError::PortInUse(_)) => Embedded::start(key, &Listen::everywhere(0)),
            started => started,
        },
    };
    started.map_err(|error| no_relay(&error))
}

fn no_relay(error: &ServerError) -> Stop {
    Stop::failure((error.to_string(), error.hint()))
}
