//! The part of a screen that is the same for the whole circle, whoever sits before it.

use std::collections::BTreeMap;

use ingle::ids::{SeatId, Time};
use ingle::session::{Confided, LinkFigures, Microphone, Phase, Presence, Room};
use ingle::text;
use ingle::tui::{Model, Theme, view};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Sizes in which the screens are compared.
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (40, 12)];
/// When whatever began is taken to have begun, where each member has noticed it at another moment.
const ONCE: Time = Time(1);

/// Whose line is not as it should be.
pub(super) fn presence(room: &Room) -> BTreeMap<SeatId, Presence> {
    let presence = room.presence.iter().map(|(seat, (presence, _))| (*seat, *presence));
    presence.filter(|(_, presence)| *presence != Presence::Here).collect()
}

/// The room as two members would see it: one who only watches, and the one with the door.
fn seats_to_watch_from(room: &Room) -> [Room; 2] {
    let of_all = Room {
        me: None,
        code: None,
        relay_here: false,
        presence: presence(room).into_iter().map(|(seat, presence)| (seat, (presence, ONCE))).collect(),
        gestures: room.gestures.iter().map(|(seat, (gesture, _))| (*seat, (*gesture, ONCE))).collect(),
        mic: Microphone::default(),
        link: LinkFigures::default(),
        chat: Default::default(),
        talk: Default::default(),
        met: Vec::new(),
        confided: Confided::default(),
        heard_by: None,
        words: None,
        door: Vec::new(),
        guesses: 0,
        agreed: false,
        here_since_ms: 0,
        came_ms: 0,
        ..room.clone()
    };
    let door = Room { me: room.state.circle.facilitator(), ..of_all.clone() };
    [of_all, door]
}

/// Everything on a screen that all share, in words and as drawn, when the group's clock shows `group_ms`.
pub(super) fn shown(room: &Room, now: Time, group_ms: u64) -> Vec<String> {
    let mut lines = vec![format!("{:?}", room.state.hash()), format!("{:#?}", room.state)];
    for mut room in seats_to_watch_from(room) {
        assert_eq!(room.phase, Phase::In);
        room.clock = (now, group_ms);
        lines.extend(text::who(&room, now));
        lines.extend(text::turn_blocks(&room, now).into_iter().map(|block| format!("{block:?}")));
        lines.extend(text::agenda(&room));
        lines.extend(text::proposals(&room));
        lines.extend(text::turnout(&room).into_iter().flatten());
        lines.extend(text::minutes(&room));
        lines.push(text::minutes_agreed(&room));
        lines.extend(text::charter(&room.state.circle.charter));
        lines.extend(SIZES.iter().flat_map(|size| drawn(&room, *size, now)));
    }
    lines
}

fn drawn(room: &Room, (columns, rows): (u16, u16), now: Time) -> Vec<String> {
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    view::draw(&Model::new(columns, rows), room, &mut buffer, area, &Theme::new(true, false), now);
    let row = |y| (0..columns).map(|x| buffer[(x, y)].symbol()).collect();
    (0..rows).map(row).collect()
}

/// The first line in which two screens differ.
pub(super) fn difference(one: &[String], other: &[String]) -> Option<String> {
    if one == other {
        return None;
    }
    let lines = one.iter().flat_map(|line| line.lines()).zip(other.iter().flat_map(|line| line.lines()));
    let first = lines.into_iter().filter(|(a, b)| a != b).nth(usize::from(one[0] != other[0]));
    Some(first.map_or_else(|| "one shows more".to_owned(), |(a, b)| format!("{a:?} and {b:?}")))
}
