//! A member's line that is dead on the way down.

use std::time::Duration;

use super::{Rig, frame};
use crate::wire::{Loss, Presence, Pulse, Reception, ToMember};

#[test]
fn a_member_to_whom_nothing_comes_is_away_until_it_does() {
    let mut rig = Rig::new();
    let (host, nameplate) = rig.host();
    let ana = rig.join(&host, nameplate, 2);
    let presence = |rig: &mut Rig, loss: Loss| {
        let reception = Reception { loss, ..Reception::default() };
        let mut told = vec![];
        for _ in 0..3 {
            // What it says still comes, voice as well.
            rig.relay.handle_datagram(ana.conn, &Pulse { reception, round: 5, full: false }.encode(), rig.now);
            rig.relay.handle_datagram(ana.conn, &frame(ana.seat, 0, 4), rig.now);
            rig.relay.handle_heard(host.conn, rig.now);
            rig.now = rig.now + Duration::from_millis(500);
            rig.relay.handle_timeout(rig.now);
            rig.drain();
            told.extend(rig.taken(host.conn));
        }
        told.retain(|message| matches!(message, ToMember::Presence(_)));
        told
    };
    let of = |presence| [ToMember::Presence(vec![(ana.seat, presence)])];
    assert_eq!(presence(&mut rig, Loss::default()), []);
    assert_eq!(presence(&mut rig, Loss::ALL), of(Presence::Away));
    assert_eq!(presence(&mut rig, Loss::ALL), []);
    assert_eq!(presence(&mut rig, Loss::default()), of(Presence::Here));
    // A line that loses nearly everything is poor, and there.
    assert_eq!(presence(&mut rig, Loss::new(1.0, 16.0)), of(Presence::Poor));
}
