//! Which relays may have a group, where nobody has named one.

use std::time::Duration;

use super::ask;
use super::sentence::Stop;
use crate::app::{FaceChoice, Sought};
use crate::reach::{MOST_NEARBY, nearby};
use crate::text::start;
use crate::transport::{Dial, KnownRelays};

/// How long to look for the first relay on this network, and for others after it. An answer takes a tenth of a second.
const LOOK: Duration = Duration::from_millis(2500);
const OTHERS: Duration = Duration::from_millis(250);
/// How long to look where there is another relay to ask.
const LOOK_BRIEFLY: Duration = Duration::from_millis(1000);

/// The relay that was used last, and those on this network, in this order; at most [`MOST_NEARBY`].
///
/// # Errors
/// [`Stop`] if nobody can be told what takes so long.
pub(super) fn sought(known: Option<&KnownRelays>, no_discovery: bool, face: FaceChoice) -> Result<Vec<Sought>, Stop> {
    let last = known.and_then(|known| Some(last(known, known.last()?)));
    let mut all: Vec<Sought> = last.into_iter().collect();
    if no_discovery {
        return Ok(all);
    }
    if face != FaceChoice::Json {
        ask::say(start::LOOKING.get())?;
    }
    let look = if all.is_empty() { LOOK } else { LOOK_BRIEFLY };
    // Where the network can't be asked, there is none to find.
    let found = nearby::search(look, OTHERS).unwrap_or_default();
    all.extend(found.into_iter().map(|relay| Sought { relay, nearby: true }));
    all.truncate(MOST_NEARBY);
    Ok(all)
}

/// With the key by which it is known. What can't be read of that is told once it is called.
fn last(known: &KnownRelays, host: String) -> Sought {
    let relay = Dial { host, pin: None };
    let pin = relay.ways().find_map(|way| known.find(&Dial::known_as(way)).ok()?.pin);
    Sought { relay: Dial { pin, ..relay }, nearby: false }
}
