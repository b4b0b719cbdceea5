//! Whose voice is let through while all are muted, or somebody has the talking stick.

use super::*;

/// A door, two members, and how many frames of each reach the others.
struct Circle {
    rig: Rig,
    all: [Guest; 3],
    number: u16,
}

impl Circle {
    fn new() -> Self {
        let mut rig = Rig::new();
        let (host, nameplate) = rig.host();
        let ana = rig.join(&host, nameplate, 2);
        let bo = rig.join(&host, nameplate, 3);
        Self { rig, all: [host, ana, bo], number: 0 }
    }

    /// Whether each of them is heard by the others now.
    fn heard(&mut self) -> [bool; 3] {
        self.number += 1;
        let Self { rig, all, number } = self;
        std::array::from_fn(|talker| {
            let guest = &all[talker];
            rig.relay.handle_datagram(guest.conn, &frame(guest.seat, *number, 4), rig.now);
            rig.drain();
            let listeners = all.iter().filter(|other| other.seat != guest.seat);
            let heard: Vec<_> = listeners.map(|other| rig.voices(other.conn) == 1).collect();
            assert_eq!(heard[0], heard[1]);
            // Each talks after the last has stopped, so that nobody is left out as one too many.
            rig.now = rig.now + Duration::from_millis(700);
            heard[0]
        })
    }

    fn act(&mut self, by: usize, number: u64, act: Act) {
        let conn = self.all[by].conn;
        self.rig.append(conn, number, act);
    }

    fn pass(&mut self, span: Duration) {
        let all: Vec<&Guest> = self.all.iter().collect();
        self.rig.pass(span, &all);
    }
}

const ALL: [bool; 3] = [true; 3];

#[test]
fn a_mute_of_all_lets_the_door_alone_through_and_ends_by_itself() {
    let mut circle = Circle::new();
    assert_eq!(circle.heard(), ALL);
    circle.act(1, 1, Act::MuteAll(60));
    assert_eq!(circle.heard(), ALL, "only the door's is heeded");
    circle.act(0, 4, Act::MuteAll(60));
    assert_eq!(circle.heard(), [true, false, false]);
    circle.pass(Duration::from_secs(56));
    assert_eq!(circle.heard(), [true, false, false]);
    circle.pass(Duration::from_secs(3));
    assert_eq!(circle.heard(), ALL);
    circle.act(0, 5, Act::MuteAll(60));
    circle.act(0, 6, Act::Stick(None));
    assert_eq!(circle.heard(), [true, false, false], "there is no stick to put down");
    circle.act(0, 7, Act::MuteAll(0));
    assert_eq!(circle.heard(), ALL);
}

#[test]
fn a_mute_of_all_never_outlasts_its_limit() {
    let mut circle = Circle::new();
    circle.act(0, 4, Act::MuteAll(u16::MAX));
    circle.pass(limits::MUTE_ALL - Duration::from_secs(5));
    assert_eq!(circle.heard(), [true, false, false]);
    circle.pass(Duration::from_secs(5));
    assert_eq!(circle.heard(), ALL);
}

#[test]
fn only_the_stick_holder_is_let_through_and_may_pass_it() {
    let mut circle = Circle::new();
    let seats = [circle.all[0].seat, circle.all[1].seat, circle.all[2].seat];
    circle.act(1, 1, Act::Stick(Some(seats[1])));
    assert_eq!(circle.heard(), ALL, "nobody takes it");
    circle.act(0, 4, Act::Stick(Some(seats[1])));
    assert_eq!(circle.heard(), [false, true, false]);
    circle.act(0, 5, Act::MuteAll(0));
    assert_eq!(circle.heard(), [false, true, false], "nothing to lift");
    circle.act(1, 2, Act::Stick(Some(SeatId(40))));
    assert_eq!(circle.heard(), [false, true, false], "nobody sits there");
    circle.act(1, 3, Act::Stick(Some(seats[2])));
    circle.act(1, 4, Act::Stick(Some(seats[1])));
    assert_eq!(circle.heard(), [false, false, true], "the member who passed it no longer has it");
    circle.act(2, 1, Act::MuteAll(60));
    assert_eq!(circle.heard(), [false, false, true], "the stick's holder is not the door");
    // A floor-mute counts besides.
    circle.act(0, 6, Act::FloorMute([seats[2]].into_iter().collect(), true));
    assert_eq!(circle.heard(), [false; 3]);
    circle.act(0, 7, Act::FloorMute([seats[2]].into_iter().collect(), false));
    let conn = circle.all[2].conn;
    circle.rig.say(conn, ToRelay::Leave);
    let Circle { mut rig, all: [host, ana, _], .. } = circle;
    rig.relay.handle_datagram(ana.conn, &frame(ana.seat, 900, 4), rig.now);
    rig.drain();
    assert_eq!(rig.voices(host.conn), 1, "it falls when its holder leaves");
}
