//! What is odd about the name of somebody at the door.

use super::{Presence, Room, clean, likeness};

/// What is odd about a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookalike {
    /// It is the name of this member, who is here.
    Same(String),
    /// It looks like the name of this member.
    Like(String),
    /// It mixes letters of several alphabets.
    Mixed,
}

impl Lookalike {
    /// What is odd about this name in this group; `None` for most names. The same name as that of a member who is away is odd in no
    /// way: it may be theirs.
    pub fn of(name: &str, room: &Room) -> Option<Self> {
        let circle = &room.state.circle;
        let fold = |name: &str| name.to_lowercase();
        for (seat, member) in &circle.seats {
            let same = fold(&member.name) == fold(name);
            if same && room.presence(*seat) == Presence::Away {
                return None;
            }
            if same {
                return Some(Self::Same(member.name.clone()));
            }
        }
        let like = |other: &str| clean::same_name(other, name) || likeness::looks_like(other, name);
        let like = circle.by_arrival().into_iter().filter_map(|seat| circle.name(seat)).find(|other| like(other));
        like.map(|other| Self::Like(other.to_owned())).or_else(|| likeness::is_mixed(name).then_some(Self::Mixed))
    }
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use super::*;
    use crate::ids::SeatId;
    use crate::session::fixture::{nine, seconds_ago};

    #[test]
    fn names_like_those_of_members_are_seen_at_the_door() {
        let mut room = nine(0);
        let of = |name: &str, room: &Room| Lookalike::of(name, room);
        for like in
            ["H\u{430}l", "HaI", "Ha1", "H\u{1ea1}l", "\u{ff28}\u{ff41}\u{ff4c}", "Hal.", "Hal 2", "H\u{200b}al"]
        {
            assert_eq!(of(like, &room), Some(Lookalike::Like("Hal".to_owned())), "{like:?}");
        }
        assert_eq!(of("hal", &room), Some(Lookalike::Same("Hal".to_owned())));
        assert_eq!(of("M\u{430}x", &room), Some(Lookalike::Mixed));
        for fine in ["Max", "Мария", "Zoë", "李娜", "Halina"] {
            assert_eq!(of(fine, &room), None, "{fine:?}");
        }
        // Gus is away, and may be coming back.
        assert_eq!(of("Gus", &room), None);
        room.presence.insert(SeatId(7), (Presence::Here, seconds_ago(1)));
        assert_eq!(of("Gus", &room), Some(Lookalike::Same("Gus".to_owned())));
    }
}
