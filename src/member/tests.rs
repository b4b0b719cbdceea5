//! One member among others who don't follow the protocol: what they send is made with real keys, and without this code.

mod at_the_door;
mod poll;
mod second_way;

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::keys::{Keys, bound};
use super::log::Log;
use super::state_history::StateHistory;
use super::*;
use crate::adapt::PlanChoice;
use crate::crypto::frame::{Frames, Opened};
use crate::crypto::group::{Group, Newcomer};
use crate::ids::{ActionNo, Attempt, FrameNo, Index, SeatId, SeatSet, Time};
use crate::session::{Charter, Ended, Event, Fact, Intent, Op, Phase, State, Trouble};
use crate::wire::{Act, Blob, DownBundle, Entry, EntryKind, Frame, SendStamp, Tag, ToMember, ToRelay};

const NOW: Time = Time(1_000_000);

/// The keys of a group of four, by seat, in one epoch.
fn four() -> Vec<Group> {
    let mut host = Group::create("Hal", [1; 32]).expect("a group");
    let newcomers: Vec<_> = ["Ana", "Bo", "Cy"]
        .into_iter()
        .zip(2..)
        .map(|(name, seed)| Newcomer::new(name, [seed; 32]).expect("keys"))
        .collect();
    let packages: Vec<_> = newcomers.iter().map(|newcomer| newcomer.key_package().to_vec()).collect();
    let commit = host.commit(b"", SeatSet::default(), &packages, false).expect("a commit");
    host.take_commit().expect("taken");
    let joined = newcomers.into_iter().zip(&commit.welcomes).map(|(me, welcome)| me.join(welcome).expect("welcome"));
    std::iter::once(host).chain(joined).collect()
}

fn seats(group: &Group) -> SeatSet {
    group.seats()
}

/// The state of that group.
fn state() -> State {
    let mut state = State::default();
    let open = Op::Open { title: "Tuesday".into(), name: "Hal".into(), charter: Charter::default() };
    let seat = SeatId(0);
    state.apply(Index(1), 0, &Fact::Action { seat, number: ActionNo(1), act: Act::None, op: Some(open) });
    let admitted = [(1, "Ana"), (2, "Bo"), (3, "Cy")].map(|(seat, name)| (SeatId(seat), name.to_owned())).to_vec();
    let (replaced, removed) = Default::default();
    state.apply(Index(2), 0, &Fact::Commit { seat, number: ActionNo(2), admitted, replaced, removed });
    state
}

/// What a member of this name starts with.
fn config(name: &str, start: Start, mic_open: bool) -> Config {
    Config {
        name: name.into(),
        start,
        mic_always_open: false,
        no_mic: false,
        mic_open,
        relay_here: false,
        plan: PlanChoice::Auto,
    }
}

/// As the host of a group.
fn host(title: &str) -> Start {
    Start::Host { title: title.into(), open_door: false, charter: Charter::default() }
}

/// A member with this code and these keys, in the circle.
fn member(group: Group) -> Member {
    let mut member = Member::new(config("Bo", host(""), true), [9; 32], NOW);
    member.handle_connected([0; 32], NOW);
    member.cx.room.me = Some(group.me());
    member.cx.room.state = state();
    member.cx.room.phase = Phase::In;
    let seats = seats(&group);
    member.log = Log::new(Keys::new(group, seats).expect("keys"));
    member.cx.effects.clear();
    member
}

/// An action of `by`, as the log would show it.
fn entry(by: &mut Group, number: u64, act: Act, op: &Op) -> Entry {
    let plain = StateHistory::default().say(op).expect("small");
    let body = by.seal(&bound(ActionNo(number), &act), &plain).expect("sealed");
    shown(by.me(), number, act, body)
}

fn shown(seat: SeatId, number: u64, act: Act, body: Vec<u8>) -> Entry {
    let kind = EntryKind::Action { seat, number: ActionNo(number), act, body: Blob::new(body).expect("small") };
    Entry { index: Index(3), at_ms: 0, kind }
}

/// `by` removes a seat.
fn removal(by: &mut Group, number: u64, seat: u8) -> Entry {
    let remove: SeatSet = [SeatId(seat)].into_iter().collect();
    let act = Act::Commit { admit: vec![], replace: vec![], remove };
    let commit = by.commit(&bound(ActionNo(number), &act), remove, &[], false).expect("a commit");
    by.take_commit().expect("taken");
    shown(by.me(), number, act, commit.message)
}

fn frames(group: &Group) -> Frames {
    Frames::new(group.me(), group.epoch(), &group.frame_key().expect("a key"), seats(group))
}

fn bundle(frames: Vec<Frame>) -> Vec<u8> {
    DownBundle { sequence: 1, sent: SendStamp::default(), frames }.encode().expect("small")
}

fn spoken(frames: &mut Frames) -> Frame {
    frames.seal(true, false, 4, b"\x00a word").expect("sealed")
}

fn played(member: &mut Member) -> usize {
    std::iter::from_fn(|| member.poll_effect()).filter(|effect| matches!(effect, Effect::Play(_))).count()
}

#[test]
fn a_commit_by_a_plain_member_is_not_followed() {
    let mut groups = four();
    let mut me = member(groups.remove(2));
    let coup = removal(&mut groups[1], 1, 0);
    me.handle_control(ToMember::Entry(coup, Some(Tag::default())), NOW);
    assert_eq!(me.cx.room.phase, Phase::Over(Ended::KeysLost), "only a relay that helps it would have passed it on");
}

#[test]
fn an_act_of_the_facilitators_by_a_member_changes_nothing() {
    let mut groups = four();
    let mut me = member(groups.remove(2));
    let mute = entry(&mut groups[1], 1, Act::FloorMute([SeatId(0)].into_iter().collect(), true), &Op::Direct);
    me.handle_control(ToMember::Entry(mute, Some(Tag::default())), NOW);
    assert!(!me.cx.room.state.circle.is_muted(SeatId(0)));
    assert_eq!(me.cx.room.phase, Phase::In);
}

#[test]
fn a_removed_member_opens_nothing_that_follows() {
    let mut groups = four();
    let (mut removed, mut host) = (groups.remove(3), groups.remove(0));
    let mut old_frames = frames(&removed);
    removal(&mut host, 3, 3);
    let act = Act::None;
    let later = host.seal(&bound(ActionNo(4), &act), b"between us").expect("sealed");
    assert!(removed.open(&later, SeatId(0), &bound(ActionNo(4), &act)).is_err());
    let later = spoken(&mut frames(&host));
    assert!(!matches!(old_frames.open(&later, NOW), Opened::Plain(_)));
}

#[test]
fn a_removed_member_who_goes_on_talking_is_not_heard() {
    let mut groups = four();
    let mut removed = frames(&groups[3]);
    let mut me = member(groups.remove(2));
    me.handle_datagram(&bundle(vec![spoken(&mut removed)]), NOW);
    assert_eq!(played(&mut me), 1);
    me.handle_control(ToMember::Entry(removal(&mut groups[0], 3, 3), Some(Tag::default())), NOW);
    assert_eq!(me.cx.room.phase, Phase::In);
    me.handle_datagram(&bundle(vec![spoken(&mut removed)]), NOW);
    assert_eq!(played(&mut me), 0, "not even with keys that open others' late frames");
}

#[test]
fn a_removed_member_is_not_heard_through_the_seats_next_holder() {
    let mut groups = four();
    let mut removed = frames(&groups[3]);
    let mut me = member(groups.remove(2));
    let dee = Newcomer::new("Dee", [7; 32]).expect("keys");
    let remove: SeatSet = [SeatId(3)].into_iter().collect();
    let act = Act::Commit { admit: vec![(Attempt(1), SeatId(3))], replace: vec![], remove };
    let host = &mut groups[0];
    let commit =
        host.commit(&bound(ActionNo(3), &act), remove, &[dee.key_package().to_vec()], false).expect("a commit");
    me.handle_control(ToMember::Entry(shown(SeatId(0), 3, act, commit.message), Some(Tag::default())), NOW);
    assert_eq!(me.cx.room.state.circle.name(SeatId(3)), Some("Dee"));
    me.handle_datagram(&bundle(vec![spoken(&mut removed)]), NOW);
    assert_eq!(played(&mut me), 0);
    let dee = dee.join(&commit.welcomes[0]).expect("welcome");
    me.handle_datagram(&bundle(vec![spoken(&mut frames(&dee))]), NOW);
    assert_eq!(played(&mut me), 1);
}

#[test]
fn a_newcomer_reads_nothing_of_before() {
    let mut groups = four();
    let before = groups[0].seal(b"", b"before you came").expect("sealed");
    let frame = spoken(&mut frames(&groups[0]));
    let dee = Newcomer::new("Dee", [7; 32]).expect("keys");
    let commit = groups[0].commit(b"", SeatSet::default(), &[dee.key_package().to_vec()], false).expect("a commit");
    let mut dee = dee.join(&commit.welcomes[0]).expect("welcome");
    assert!(dee.open(&before, SeatId(0), b"").is_err());
    let mut hers = frames(&dee);
    assert!(!matches!(hers.open(&frame, NOW), Opened::Plain(_)));
}

#[test]
fn a_welcome_by_a_plain_member_gives_no_keys() {
    let mut groups = four();
    let eve = Newcomer::new("Eve", [7; 32]).expect("keys");
    // A welcome that a member makes without being the door leads into a group of its own.
    let commit = groups[1].commit(b"", SeatSet::default(), &[eve.key_package().to_vec()], false).expect("a commit");
    let mut eve = eve.join(&commit.welcomes[0]).expect("welcome");
    let said = groups[0].seal(b"", b"in the group").expect("sealed");
    assert!(eve.open(&said, SeatId(0), b"").is_err());
    assert_ne!(eve.authenticator(), groups[0].authenticator());
}

#[test]
fn a_muted_member_who_goes_on_sending_is_not_heard() {
    let mut groups = four();
    let mut muted = frames(&groups[3]);
    let mut me = member(groups.remove(2));
    let mute = entry(&mut groups[0], 3, Act::FloorMute([SeatId(3)].into_iter().collect(), true), &Op::Direct);
    me.handle_control(ToMember::Entry(mute, Some(Tag::default())), NOW);
    me.handle_datagram(&bundle(vec![spoken(&mut muted)]), NOW);
    assert_eq!(played(&mut me), 0, "whatever the relay passes on");
}

#[test]
fn forged_and_repeated_frames_are_not_played() {
    let groups = four();
    let mut ana = frames(&groups[1]);
    let frame = spoken(&mut ana);
    let mut groups = groups;
    let mut me = member(groups.remove(2));
    let mut other_seat = frame.clone();
    other_seat.head.kid = crate::ids::Kid::new(SeatId(3), groups[0].epoch());
    let mut other_number = frame.clone();
    other_number.head.number = FrameNo(frame.head.number.0.wrapping_add(1));
    let mut other_mark = frame.clone();
    other_mark.head.end = !frame.head.end;
    let mut short = frame.clone();
    short.body.truncate(4);
    for forged in [other_seat, other_number, other_mark, short] {
        me.handle_datagram(&bundle(vec![forged]), NOW);
        assert_eq!(played(&mut me), 0);
    }
    me.handle_datagram(&bundle(vec![frame.clone()]), NOW);
    assert_eq!(played(&mut me), 1);
    me.handle_datagram(&bundle(vec![frame]), NOW);
    assert_eq!(played(&mut me), 0, "a second time");
}

#[test]
fn voice_leaves_sealed_and_in_packets_of_one_size() {
    let mut groups = four();
    let mut ana = member(groups.remove(1));
    let mut sizes = Vec::new();
    for at in 0..200_u8 {
        let packet = vec![at; 90];
        ana.handle_spoken(Spoken { tick: at, level: at & 7, start: at == 0, end: at == 199, packet, thin: None }, NOW);
        while let Some(effect) = ana.poll_effect() {
            if let Effect::Datagram(bytes) = effect {
                assert!(!bytes.windows(4).any(|window| window == [at; 4]));
                sizes.push(bytes.len());
            }
        }
    }
    assert_eq!(sizes, vec![90 + 14; 200], "the bundle's stamp; kid, number, head, tick and the seal's tag: 13 bytes");
}
