//! Where the panels are. Places depend on the size, on whether someone waits at the door, and on how much there is to say about
//! turns, and on nothing that moves.

use ratatui::layout::Rect;

use crate::session::Room;
use crate::text::{self, TurnBlock};

/// The three shapes of the screen.
pub(super) enum Layout {
    /// From 72 columns and 18 rows up.
    Full(Full),
    /// From 32 columns and 10 rows up.
    Small(Small),
    /// All below, down to nothing.
    Strip,
}

/// The panels of the full screen.
pub(super) struct Full {
    pub header: Rect,
    pub roster: Rect,
    pub sides: Vec<Rect>,
    pub speaker: Rect,
    pub hands: Rect,
    pub decide: Rect,
    pub door: Rect,
    pub chat: Rect,
    pub microphone: Rect,
}

/// The panels of the small screen.
pub(super) struct Small {
    pub roster: Rect,
    pub chat: Rect,
    pub microphone: Rect,
}

/// Rows of the panels on the right.
const SPEAKER: u16 = 2;
const DOOR: u16 = 4;
/// Rows that the panel for turns has at least and at most, so that others keep their places.
const TURNS: std::ops::RangeInclusive<u16> = 2..=6;
/// Rows of the panel for a proposal or a vote: a heading, two of the text, the counts, and my answer.
const DECIDE: u16 = 5;

/// Rows that the panel for turns takes.
fn turn_rows(room: &Room) -> u16 {
    let blocks = text::turn_blocks(room, room.clock.0);
    blocks.iter().map(TurnBlock::rows).sum::<u16>().clamp(*TURNS.start(), *TURNS.end())
}

/// Rows that the panel for decisions needs; none without anything to decide.
fn decide_rows(room: &Room) -> u16 {
    let decisions = &room.state.decisions;
    if decisions.current().is_some() {
        DECIDE
    } else if decisions.closing
        || room.me.is_some_and(|me| room.state.decisions.minutes_wait_for(me, &room.state.circle))
    {
        3
    } else {
        0
    }
}

impl Layout {
    pub(super) fn is_full(width: u16, height: u16) -> bool {
        width >= 72 && height >= 18
    }

    pub(super) fn of(width: u16, height: u16, room: &Room) -> Self {
        if Self::is_full(width, height) {
            let door = room.am_facilitator() && !room.door.is_empty();
            Self::Full(full(width, height, door, turn_rows(room), decide_rows(room)))
        } else if width >= 32 && height >= 10 {
            Self::Small(small(width, height))
        } else {
            Self::Strip
        }
    }

    /// Columns and rows for lines of chat on a terminal of this size; `None` if there is no place for them.
    pub(super) fn chat_size((columns, rows): (u16, u16), room: &Room) -> Option<(u16, u16)> {
        let chat = Self::of(columns, rows, room).chat()?;
        (chat.height > 1).then_some((chat.width, chat.height - 1))
    }

    /// Where the chat is, if it has a place.
    pub(super) fn chat(&self) -> Option<Rect> {
        match self {
            Self::Full(full) => Some(full.chat),
            Self::Small(small) => Some(small.chat).filter(|chat| chat.height > 0),
            Self::Strip => None,
        }
    }
}

fn full(width: u16, height: u16, door_shown: bool, turns: u16, decide: u16) -> Full {
    // Header and rule above, rule, microphone and footer below.
    let (top, body) = (2, height - 5);
    let roster = if width >= 110 { 40 } else { 37.min(width / 2) };
    let mut sides = vec![Rect::new(roster, top, 1, body)];
    let right = roster + 3;
    let room_right = width - right - 1;
    // Three columns where they fit: then the door never pushes the chat.
    let wide = room_right >= 80;
    let middle = if wide { 42 } else { room_right };
    let speaker = Rect::new(right, top, middle, SPEAKER);
    // What is decided leaves the turns fewer rows, rather than the door or the chat none.
    let turns = if decide > 0 { turns.min(body.saturating_sub(SPEAKER + decide + DOOR + 3).max(2)) } else { turns };
    let hands = Rect::new(right, speaker.bottom() + 1, middle, turns);
    let decide = Rect::new(right, hands.bottom() + 1, middle, decide);
    let below = if decide.height > 0 { decide.bottom() + 1 } else { decide.y };
    let left = (top + body).saturating_sub(below);
    let door_rows = if wide { left } else { DOOR.min(left) };
    let door = Rect::new(right, below, middle, if door_shown { door_rows } else { 0 });
    let chat = if wide {
        sides.push(Rect::new(right + middle + 1, top, 1, body));
        let x = right + middle + 4;
        Rect::new(x, top, width - x - 1, body)
    } else {
        let y = if door_shown { door.bottom() + 1 } else { door.y };
        Rect::new(right, y, middle, (top + body).saturating_sub(y))
    };
    Full {
        header: Rect::new(0, 0, width, 1),
        roster: Rect::new(0, top, roster, body),
        sides,
        speaker,
        hands,
        decide,
        door,
        chat,
        microphone: Rect::new(0, height - 2, width, 1),
    }
}

fn small(width: u16, height: u16) -> Small {
    // Header, rule, who speaks and hands or door above; rule, microphone and keys below.
    let (top, body) = (4, height - 7);
    // Five names come first; a chat of less than three rows is none.
    let names = if body >= 10 { body / 2 } else { body };
    let chat = (body - names).saturating_sub(1);
    Small {
        roster: Rect::new(0, top, width, names),
        chat: Rect::new(1, top + names + 1, width - 2, chat),
        microphone: Rect::new(0, height - 2, width, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_lie_within_the_screen_and_apart_from_each_other() {
        for (width, height) in [(72, 18), (80, 24), (109, 30), (132, 50), (200, 80)] {
            for (door, turns, decide) in
                [(false, 2, 0), (true, 2, 0), (false, 6, 0), (true, 6, 0), (false, 2, 5), (true, 6, 5), (true, 6, 3)]
            {
                let full = full(width, height, door, turns, decide);
                let mut all =
                    vec![full.header, full.roster, full.speaker, full.hands, full.decide, full.door, full.chat];
                all.extend(&full.sides);
                all.push(full.microphone);
                all.retain(|panel| !panel.is_empty());
                for (at, one) in all.iter().enumerate() {
                    assert!(one.right() <= width && one.bottom() <= height, "{one} of {width}x{height}");
                    assert!(all[at + 1..].iter().all(|other| !one.intersects(*other)), "{one} of {width}x{height}");
                }
            }
        }
    }
}
