//! Groups, honest and attacked, and what their messages cost.

mod attacks;
mod lifecycle;
mod private;
mod sizes;
mod strangers;

use std::collections::BTreeMap;

use super::*;

/// What messages are bound to in these tests.
const HERE: &[u8] = b"entry 7";

fn seed(number: u16) -> [u8; 32] {
    let mut seed = [0; 32];
    seed[..2].copy_from_slice(&number.to_be_bytes());
    seed
}

fn set<const N: usize>(seats: [u8; N]) -> SeatSet {
    seats.into_iter().map(SeatId).collect()
}

fn list<const N: usize>(seats: [u8; N]) -> Vec<SeatId> {
    seats.map(SeatId).to_vec()
}

fn allowed(add: Vec<SeatId>, must_remove: SeatSet) -> Allowed {
    Allowed { add, must_remove, may_remove: SeatSet::default() }
}

/// All members of a group, in step with the relay's order.
struct Circle {
    members: BTreeMap<SeatId, Group>,
    seeds: u16,
}

impl Circle {
    /// A group of `count` members, all added at once by the first.
    fn of(count: u16) -> Self {
        let first = Group::create("Ada", seed(0)).unwrap();
        let mut circle = Self { members: BTreeMap::from([(SeatId(0), first)]), seeds: 0 };
        if count > 1 {
            circle.change(0, set([]), usize::from(count) - 1, false);
        }
        circle
    }

    fn newcomers(&mut self, count: usize) -> Vec<Newcomer> {
        let one = |_| {
            self.seeds += 1;
            Newcomer::new(&format!("Guest {}", self.seeds), seed(self.seeds)).unwrap()
        };
        (0..count).map(one).collect()
    }

    fn get(&mut self, seat: u8) -> &mut Group {
        self.members.get_mut(&SeatId(seat)).unwrap()
    }

    /// `by` commits, everybody applies it, newcomers join, and removed members go.
    fn change(&mut self, by: u8, remove: SeatSet, add: usize, fresh: bool) -> (Commit, Changed, Vec<Group>) {
        let newcomers = self.newcomers(add);
        let packages: Vec<_> = newcomers.iter().map(|one| one.key_package().to_vec()).collect();
        let commit = self.get(by).commit(HERE, remove, &packages, fresh).unwrap();
        let allowed = allowed(commit.seats.clone(), remove);
        let mut done = None;
        for (seat, group) in &mut self.members {
            let changed = if *seat == SeatId(by) {
                group.take_commit().unwrap()
            } else {
                group.apply(&commit.message, SeatId(by), HERE, &allowed).unwrap()
            };
            assert_eq!(changed.me_removed, remove.contains(*seat));
            let same = Changed { me_removed: false, ..changed };
            assert_eq!(*done.get_or_insert_with(|| same.clone()), same);
        }
        let gone = remove.iter().filter_map(|seat| self.members.remove(&seat)).collect();
        for ((newcomer, welcome), seat) in newcomers.into_iter().zip(&commit.welcomes).zip(&commit.seats) {
            let group = newcomer.join(welcome).unwrap();
            assert_eq!(group.me(), *seat);
            self.members.insert(*seat, group);
        }
        self.agree();
        (commit, done.unwrap(), gone)
    }

    fn agree(&self) {
        let first = self.members.values().next().unwrap();
        for (seat, group) in &self.members {
            assert_eq!(group.me(), *seat);
            assert_eq!(group.epoch(), first.epoch());
            assert_eq!(group.authenticator().unwrap(), first.authenticator().unwrap());
            assert_eq!(*group.frame_key().unwrap(), *first.frame_key().unwrap());
            assert_eq!(*group.verify_secret().unwrap(), *first.verify_secret().unwrap());
            assert_eq!(group.seats().iter().collect::<Vec<_>>(), self.members.keys().copied().collect::<Vec<_>>());
            assert_eq!(group.name(*seat), first.name(*seat));
        }
    }

    /// `by` says something, and all others open it.
    fn say(&mut self, by: u8, text: &[u8]) -> Vec<u8> {
        let message = self.get(by).seal(HERE, text).unwrap();
        for (seat, group) in &mut self.members {
            if *seat != SeatId(by) {
                assert_eq!(group.open(&message, SeatId(by), HERE).unwrap().as_slice(), text);
            }
        }
        message
    }
}
