//! One relay's part, call by call. Whole fleets are simulated in `tests/fleet`.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::{Claimed, Effect, Fleet, Lead, Load, Number, Numbers, Place, Record, RelayId, Revision, Settings};
use crate::ids::Time;

const TTL: Duration = Duration::from_secs(3);
const ME: RelayId = RelayId(7);
const PEER: RelayId = RelayId(8);

fn at(ms: u64) -> Time {
    Time(0) + Duration::from_millis(ms)
}

fn fleet() -> Fleet {
    let numbers = Arc::new(Numbers::new(1000, 9000, [3; 32]));
    let address = "192.0.2.1:4433".into();
    Fleet::new(Settings { id: ME, address, key: [1; 32], region: "eu".into(), numbers, spare: 2 }, [5; 32])
}

fn peer(permille: u16, draining: bool) -> Option<Arc<Record>> {
    let load = Load { rooms: 1, connections: 3, permille };
    let (address, region) = ("192.0.2.2:4433".into(), "eu".into());
    Some(Arc::new(Record { address, key: [2; 32], region, load, draining, lease: 99 }))
}

fn effects(fleet: &mut Fleet) -> Vec<Effect> {
    std::iter::from_fn(|| fleet.poll_effect()).collect()
}

fn claims(effects: &[Effect]) -> Vec<Number> {
    effects.iter().filter_map(|effect| if let Effect::Claim(number) = effect { Some(*number) } else { None }).collect()
}

fn tick(fleet: &mut Fleet, here: &[Number], ms: u64) -> Vec<Effect> {
    fleet.tick(Load::default(), &here.iter().copied().collect::<BTreeSet<_>>(), at(ms));
    effects(fleet)
}

/// With a lease and two numbers, the first of which has a room.
fn settled() -> (Fleet, Number, Number) {
    let mut fleet = fleet();
    assert_eq!(tick(&mut fleet, &[], 0), [Effect::Grant]);
    fleet.granted(42, TTL, at(0), at(10));
    effects(&mut fleet);
    let ready = claims(&tick(&mut fleet, &[], 250));
    let [room, spare] = ready[..] else { panic!("{ready:?}") };
    for (revision, number) in [(5, room), (6, spare)] {
        fleet.claimed(number, Claimed::Mine(Revision(revision)), at(260));
        assert!(effects(&mut fleet).contains(&Effect::Offer(number)));
    }
    fleet.opened(room);
    (fleet, room, spare)
}

#[test]
fn a_number_is_let_go_once_its_room_is_over() {
    let (mut fleet, room, _) = settled();
    assert!(!tick(&mut fleet, &[room], 500).contains(&Effect::Release(room, Revision(5))));
    assert!(tick(&mut fleet, &[], 750).contains(&Effect::Release(room, Revision(5))));
}

#[test]
fn a_relay_whose_lease_ran_out_asks_whose_its_rooms_are() {
    let (mut fleet, room, spare) = settled();
    tick(&mut fleet, &[room], 1100);
    fleet.expired(at(1200));
    let after = effects(&mut fleet);
    assert_eq!(after[..], [Effect::Fence, Effect::Withdraw(spare), Effect::Grant]);
    fleet.granted(43, TTL, at(1200), at(1210));
    let after = effects(&mut fleet);
    assert_eq!((claims(&after), after.contains(&Effect::Open)), (vec![room], false));
    fleet.claimed(room, Claimed::Other(PEER), at(1220));
    let after = effects(&mut fleet);
    assert_eq!(after[0], Effect::LetGo(room, Some(PEER)));
    assert_eq!(after.last(), Some(&Effect::Open));
}

#[test]
fn an_answer_from_before_it_stood_still_opens_no_fence() {
    let (mut fleet, ..) = settled();
    fleet.slept(at(9000));
    assert_eq!(effects(&mut fleet), [Effect::Fence, Effect::Renew]);
    fleet.renewed(TTL, at(1000));
    assert!(!effects(&mut fleet).contains(&Effect::Open) && fleet.is_fenced());
    fleet.renewed(TTL, at(9000));
    assert!(effects(&mut fleet).contains(&Effect::Open) && !fleet.is_fenced());
}

#[test]
fn while_the_registry_is_away_nothing_is_opened_or_claimed() {
    let (mut fleet, room, spare) = settled();
    let away = 60_000;
    assert_eq!(fleet.place(at(300)), Place::Here);
    assert_eq!(fleet.place(at(away)), Place::NotYet);
    assert!(claims(&tick(&mut fleet, &[room], away)).is_empty());
    assert_eq!((fleet.lead(room, None, at(away)), fleet.lead(spare, None, at(away))), (Lead::Here, Lead::Here));
    let other = Number(if room.0 == 1000 || spare.0 == 1000 { 1001 } else { 1000 });
    assert_eq!((fleet.lead(other, None, at(300)), fleet.lead(other, None, at(away))), (Lead::Claim, Lead::NotYet));
    assert!(!fleet.is_fenced(), "what runs goes on");
}

#[test]
fn rooms_are_given_away_to_where_their_numbers_belong() {
    let (mut fleet, room, spare) = settled();
    fleet.relay(PEER, peer(0, false));
    fleet.drain(at(400));
    let after = effects(&mut fleet);
    assert!(after.contains(&Effect::Release(spare, Revision(6))), "{after:?}");
    assert!(after.contains(&Effect::Hand(room, Revision(5), PEER)), "{after:?}");
    assert!(after.iter().any(|effect| matches!(effect, Effect::Publish(record) if record.draining)));
    fleet.handed(room, PEER, true);
    assert_eq!(effects(&mut fleet), [Effect::LetGo(room, Some(PEER))]);
    assert!(matches!(fleet.place(at(500)), Place::There(PEER, _)));
    assert!(tick(&mut fleet, &[], 750).iter().all(|effect| !matches!(effect, Effect::Claim(_))));
}

#[test]
fn a_number_is_sought_where_it_is_or_else_where_it_belongs() {
    let (mut fleet, ..) = settled();
    fleet.relay(PEER, peer(0, false));
    let mut seen = BTreeSet::new();
    for number in (1000..10_000).map(Number) {
        match fleet.lead(number, None, at(300)) {
            Lead::There(to, _) => {
                seen.insert(to);
                assert_eq!(fleet.lead(number, Some(PEER), at(300)), fleet.lead(number, None, at(300)));
            }
            Lead::Claim => assert!(matches!(fleet.lead(number, Some(PEER), at(300)), Lead::There(PEER, _))),
            Lead::Here | Lead::NotYet => {}
        }
    }
    assert_eq!(seen, BTreeSet::from([PEER]));
    // Whoever has died has no rooms, whatever was heard of them last.
    fleet.relay(PEER, None);
    assert!((1000..10_000).map(Number).all(|at_| !matches!(fleet.lead(at_, Some(PEER), at(300)), Lead::There(..))));
}

#[test]
fn new_rooms_go_where_there_is_least() {
    let (mut fleet, ..) = settled();
    fleet.tick(Load { permille: 200, ..Load::default() }, &BTreeSet::new(), at(300));
    fleet.relay(PEER, peer(300, false));
    assert_eq!(fleet.place(at(300)), Place::Here);
    fleet.relay(PEER, peer(100, true));
    assert_eq!(fleet.place(at(300)), Place::Here, "a relay that is being emptied gets none");
    fleet.relay(PEER, peer(100, false));
    let sent = (0..40).take_while(|_| matches!(fleet.place(at(300)), Place::There(PEER, _))).count();
    assert!((2..10).contains(&sent), "what was sent counts until the next news: {sent}");
}
