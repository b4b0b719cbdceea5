//! Key packages and welcomes from outside.

use mls_rs::time::MlsTime;
use mls_rs::{Client, ExtensionList, MlsMessage};
use mls_rs_core::extension::{Extension, ExtensionType};

use super::*;

fn add(group: &mut Group, package: &[u8]) -> Result<Commit, GroupError> {
    let commit = group.commit(HERE, SeatSet::default(), &[package.to_vec()], false);
    group.drop_commit();
    commit
}

/// A key package as anybody can make it with the library.
fn package(name: &str, number: u16, in_package: ExtensionList, in_leaf: ExtensionList) -> Vec<u8> {
    let newcomer = Newcomer::new(name, seed(number)).unwrap();
    let time = Some(MlsTime::from(0));
    let types = in_package.iter().chain(in_leaf.iter()).map(|one| one.extension_type).collect::<Vec<_>>();
    let client: Client<_> = newcomer.client.to_builder(None).extension_types(types).build();
    client.generate_key_package_message(in_package, in_leaf, time).unwrap().to_bytes().unwrap()
}

#[test]
fn key_packages_have_a_limit_and_no_extensions() {
    let mut group = Group::create("Ada", seed(0)).unwrap();
    let longest = "\u{1F525}".repeat(limits::NAME_CHARS);
    let newcomer = Newcomer::new(&longest, seed(1)).unwrap();
    assert!(newcomer.key_package().len() <= limits::KEY_PACKAGE);
    assert!(add(&mut group, newcomer.key_package()).is_ok());
    assert_eq!(Newcomer::new(&format!("{longest}x"), seed(1)).err(), Some(GroupError::Name));
    assert_eq!(Group::create(&format!("{longest}x"), seed(1)).err(), Some(GroupError::Name));

    let none = ExtensionList::new;
    let one = |len: usize| ExtensionList::from(vec![Extension::new(ExtensionType::new(0xF0F0), vec![0; len])]);
    assert!(add(&mut group, &package("Bo", 2, none(), none())).is_ok());
    for (in_package, in_leaf) in [(one(1), none()), (none(), one(1)), (one(500), none()), (none(), one(500))] {
        let bytes = package("Bo", 2, in_package, in_leaf);
        assert_eq!(add(&mut group, &bytes).err(), Some(GroupError::KeyPackage));
    }
    for long in [vec![0; limits::KEY_PACKAGE + 1], vec![0; limits::BLOB * 2]] {
        assert_eq!(add(&mut group, &long).err(), Some(GroupError::KeyPackage));
    }
}

#[test]
fn a_committer_cannot_bring_in_a_key_package_that_is_too_long() {
    let mut circle = Circle::of(2);
    let big = ExtensionList::from(vec![Extension::new(ExtensionType::new(0xF0F0), vec![0; 500])]);
    let bytes = package("Bo", 2, big, ExtensionList::new());
    let attacker = circle.get(1);
    let (built, _) = attacker.rules.under(Plan::Anything, || {
        let package = MlsMessage::from_bytes(&bytes).unwrap();
        attacker.mls.commit_builder().authenticated_data(HERE.to_vec()).add_member(package)?.build()
    });
    let commit =
        envelope::pack(&attacker.mls, built.unwrap().commit_message.to_bytes().unwrap(), ContentType::Commit, HERE)
            .unwrap();
    let result = circle.get(0).apply(&commit, SeatId(1), HERE, &allowed(list([2]), set([])));
    assert_eq!(result, Err(GroupError::NotAllowed));
}

#[test]
fn damaged_key_packages_are_refused() {
    let mut group = Group::create("Ada", seed(0)).unwrap();
    let whole = Newcomer::new("Bo", seed(1)).unwrap().key_package().to_vec();
    for at in 0..whole.len() {
        assert!(add(&mut group, &whole[..at]).is_err());
        // The version before the key package is ignored; the one in it is checked.
        for bit in [1, 128].into_iter().filter(|_| at > 1) {
            let mut bytes = whole.clone();
            bytes[at] ^= bit;
            assert_eq!(add(&mut group, &bytes).err(), Some(GroupError::KeyPackage), "byte {at}");
        }
    }
    assert!(add(&mut group, &[&whole[..], b"x"].concat()).is_err());
    let said = group.seal(HERE, b"no key package").unwrap();
    assert_eq!(add(&mut group, &said).err(), Some(GroupError::KeyPackage));
    assert_eq!(group.seats(), set([0]));
    assert!(add(&mut group, &whole).is_ok());
}

#[test]
fn nobody_comes_in_twice() {
    let mut group = Group::create("Ada", seed(0)).unwrap();
    let package = Newcomer::new("Bo", seed(1)).unwrap().key_package().to_vec();
    let twice = group.commit(HERE, set([]), &[package.clone(), package.clone()], false);
    assert_eq!(twice.err(), Some(GroupError::KeyPackage));
    group.commit(HERE, set([]), std::slice::from_ref(&package), false).unwrap();
    group.take_commit().unwrap();
    assert_eq!(add(&mut group, &package).err(), Some(GroupError::KeyPackage));
    // In the commit that removes them they may: the same keys on a new leaf.
    assert!(group.commit(HERE, set([1]), &[package], false).is_ok());
}

#[test]
fn a_welcome_is_for_one_newcomer() {
    let mut group = Group::create("Ada", seed(0)).unwrap();
    let [first, second, third] = [1, 2, 3].map(|number| Newcomer::new("Bo", seed(number)).unwrap());
    let packages = [first.key_package().to_vec(), second.key_package().to_vec()];
    let commit = group.commit(HERE, set([]), &packages, false).unwrap();
    assert_eq!((commit.welcomes.len(), &commit.seats), (2, &list([1, 2])));
    assert_eq!(first.join(&commit.welcomes[1]).err(), Some(GroupError::Welcome));
    assert_eq!(third.join(&commit.welcomes[1]).err(), Some(GroupError::Welcome));
    assert_eq!(second.join(&commit.welcomes[1]).unwrap().me(), SeatId(2));
}

#[test]
fn damaged_welcomes_are_refused() {
    let mut group = Group::create("Ada", seed(0)).unwrap();
    let newcomer = || Newcomer::new("Bo", seed(1)).unwrap();
    let commit = group.commit(HERE, set([]), &[newcomer().key_package().to_vec()], false).unwrap();
    let whole = &commit.welcomes[0];
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        assert_eq!(newcomer().join(&bytes).err(), Some(GroupError::Welcome), "byte {at}");
        assert_eq!(newcomer().join(&whole[..at]).err(), Some(GroupError::Welcome), "cut at {at}");
    }
    for other in [&commit.message[..], newcomer().key_package(), b""] {
        assert_eq!(newcomer().join(other).err(), Some(GroupError::Welcome));
    }
    assert_eq!(newcomer().join(&vec![0; limits::BLOB + 1]).err(), Some(GroupError::TooLong));
    assert!(newcomer().join(whole).is_ok());
}

#[test]
fn groups_of_another_kind_are_not_joined() {
    let newcomer = || Newcomer::new("Bo", seed(1)).unwrap();
    let package = || MlsMessage::from_bytes(newcomer().key_package()).unwrap();
    let extension = || ExtensionList::from(vec![Extension::new(ExtensionType::new(0xF0F0), vec![1])]);
    let welcome = |group: &mut Group, info: ExtensionList| {
        let (built, _) = group.rules.under(Plan::Anything, || {
            group.mls.commit_builder().set_group_info_ext(info).add_member(package())?.build()
        });
        built.unwrap().welcome_messages[0].to_bytes().unwrap()
    };
    let mut plain = Group::create("Ada", seed(0)).unwrap();
    let good = welcome(&mut plain, ExtensionList::new());
    plain.mls.clear_pending_commit();
    let extended = welcome(&mut plain, extension());
    assert!(newcomer().join(&good).is_ok());
    assert_eq!(newcomer().join(&extended).err(), Some(GroupError::Welcome));
}

#[test]
fn a_joiner_keeps_no_keys_of_the_welcome() {
    let mut group = Group::create("Ada", seed(0)).unwrap();
    let newcomer = Newcomer::new("Bo", seed(1)).unwrap();
    let store = newcomer.client.key_package_store();
    assert_eq!(store.key_packages().len(), 1);
    let commit = group.commit(HERE, set([]), &[newcomer.key_package().to_vec()], false).unwrap();
    let joined = newcomer.join(&commit.welcomes[0]).unwrap();
    assert!(store.key_packages().is_empty());
    assert_eq!(joined.name(SeatId(0)), Some("Ada".into()));
}
