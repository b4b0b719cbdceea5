//! Commands about devices and how members are heard.

use super::find::in_circle;
use super::table::{Command, Entry, typed as how};
use super::usage::usage;
use super::user_error::user_error;
use crate::ids::SeatId;
use crate::session::{Intent, Room, Side, Spending, Trouble};
use crate::text::{self, Word};

/// The name of the device that the system offers.
const DEFAULT: &str = "default";

/// What a command about devices asks for; `None` if the word is another's.
pub(super) fn command(entry: &Entry, argument: &str, room: &Room) -> Option<Result<Command, Trouble>> {
    let side = match entry.word {
        Word::MicDevice => Side::Mic,
        Word::SpeakerDevice => Side::Speaker,
        Word::Aloud if argument.is_empty() => return Some(Ok(Command::Intent(Intent::PlayAloud))),
        Word::Plan => return Some(spend(argument)),
        Word::Volume => return Some(volume(entry, argument, room).map(Command::Intent)),
        _ => return None,
    };
    Some(match argument {
        "" => Ok(Command::Devices(side)),
        typed => device(side, typed, room).map(|name| Command::Intent(Intent::Device(side, name))),
    })
}

/// The device that is meant: by its number in the list, its name, or a part that only one name has. Before it's known which
/// there are, whatever is written.
fn device(side: Side, typed: &str, room: &Room) -> Result<String, Trouble> {
    if typed.eq_ignore_ascii_case(DEFAULT) {
        return Ok(String::new());
    }
    let Some(all) = room.devices.all(side) else { return Ok(typed.to_owned()) };
    let low = typed.to_lowercase();
    let numbered = typed.parse::<usize>().ok().and_then(|number| all.get(number.checked_sub(1)?));
    let named = || all.iter().find(|name| name.to_lowercase() == low);
    let parted = || {
        let mut fits = all.iter().filter(|name| name.to_lowercase().contains(&low));
        fits.next().filter(|_| fits.next().is_none())
    };
    let found = named().or(numbered).or_else(parted);
    found.cloned().ok_or_else(|| user_error(text::no_such_device(side, typed, all)))
}

/// `auto`, `thin` or `full`; nothing asks what there is.
fn spend(argument: &str) -> Result<Command, Trouble> {
    if argument.is_empty() {
        return Ok(Command::Spending);
    }
    let named = Spending::ALL.into_iter().find(|plan| plan.word().eq_ignore_ascii_case(argument));
    named.map(|plan| Command::Intent(Intent::Spend(plan))).ok_or_else(|| user_error(text::no_such_plan(how)))
}

/// `NAME PERCENT`.
fn volume(entry: &Entry, argument: &str, room: &Room) -> Result<Intent, Trouble> {
    let (name, percent) = argument.rsplit_once(char::is_whitespace).ok_or_else(|| usage(entry))?;
    let percent = percent.trim_end_matches('%').parse::<u16>().ok();
    let percent = percent.filter(|percent| Room::VOLUMES.contains(percent));
    let percent = percent.ok_or_else(|| user_error(text::no_such_volume(how)))?;
    Ok(Intent::Volume(not_me(in_circle(room, name.trim())?, room)?, percent))
}

/// The wish to hear a member a step louder or softer.
///
/// # Errors
/// A problem and a hint, if it's me, or as far as it goes.
pub fn louder(seat: SeatId, up: bool, room: &Room) -> Result<Intent, Trouble> {
    /// A step, in percent.
    const STEP: u16 = 10;
    let now = room.volume(not_me(seat, room)?);
    let next = if up { now.saturating_add(STEP) } else { now.saturating_sub(STEP) };
    let next = next.clamp(*Room::VOLUMES.start(), *Room::VOLUMES.end());
    if next == now {
        return Err(user_error(text::no_such_volume(how)));
    }
    Ok(Intent::Volume(seat, next))
}

fn not_me(seat: SeatId, room: &Room) -> Result<SeatId, Trouble> {
    if room.me == Some(seat) { Err(user_error(text::own_volume())) } else { Ok(seat) }
}
