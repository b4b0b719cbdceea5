//! What members, the relay and former members can't do.

use mls_rs::group::CommitOutput;
use mls_rs::time::MlsTime;
use mls_rs::{Client, ExtensionList, MlsMessage};
use mls_rs_core::extension::{Extension, ExtensionType};

use super::*;
use crate::crypto::group::library::Config;
use crate::crypto::group::suite::Provider;

/// A commit that a member builds without our rules, and then applies.
fn rogue(group: &mut Group, build: impl FnOnce(&mut Mls) -> Result<CommitOutput, mls_rs::error::MlsError>) -> Vec<u8> {
    let (output, _) = group.rules.under(Plan::Anything, || build(&mut group.mls));
    group.mls.clear_pending_commit();
    envelope::pack(&group.mls, output.unwrap().commit_message.to_bytes().unwrap(), ContentType::Commit, HERE).unwrap()
}

/// The group refuses the message, and is as it was: it still talks, and applies an honest commit.
fn refuses(circle: &mut Circle, by: u8, message: &[u8], allowed: &Allowed, error: GroupError) {
    for seat in circle.members.keys().copied().filter(|seat| *seat != SeatId(by)).collect::<Vec<_>>() {
        assert_eq!(circle.get(seat.0).apply(message, SeatId(by), HERE, allowed), Err(error), "at {seat}");
    }
    circle.agree();
    circle.say(by, b"after an attack");
}

#[test]
fn a_message_opens_once_and_only_as_it_was_sealed() {
    let mut circle = Circle::of(4);
    let old = circle.say(1, b"of another epoch");
    circle.change(0, set([]), 0, true);
    let message = circle.get(1).seal(HERE, b"mine").unwrap();
    let listener = circle.get(2);
    assert_eq!(listener.open(&message, SeatId(3), HERE).err(), Some(GroupError::Sender));
    assert_eq!(listener.open(&message, SeatId(2), HERE).err(), Some(GroupError::Sender));
    assert_eq!(listener.open(&message, SeatId(60), HERE).err(), Some(GroupError::Sender));
    assert_eq!(listener.open(&message, SeatId(1), b"entry 8").err(), Some(GroupError::Message));
    assert_eq!(listener.open(&message, SeatId(1), b"").err(), Some(GroupError::Message));
    assert_eq!(listener.open(&old, SeatId(1), HERE).err(), Some(GroupError::Message));
    // None of that has used the message up.
    assert_eq!(listener.open(&message, SeatId(1), HERE).unwrap().as_slice(), b"mine");
    assert_eq!(listener.open(&message, SeatId(1), HERE).err(), Some(GroupError::Message));
    assert_eq!(circle.get(1).open(&message, SeatId(1), HERE).err(), Some(GroupError::Sender));
    assert_eq!(circle.get(1).open(&message, SeatId(0), HERE).err(), Some(GroupError::Message));
}

#[test]
fn damaged_messages_are_refused_and_the_intact_one_opens() {
    let mut circle = Circle::of(3);
    let message = circle.get(1).seal(HERE, b"whole").unwrap();
    let commit = circle.get(1).commit(HERE, set([]), &[], false).unwrap().message;
    let listener = circle.get(2);
    for (whole, opens) in [(&message, true), (&commit, false)] {
        let mut damaged: Vec<Vec<u8>> = (0..whole.len()).map(|end| whole[..end].to_vec()).collect();
        damaged.push([whole, &b"x"[..]].concat());
        damaged.extend((0..whole.len()).map(|at| {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            bytes
        }));
        for bytes in damaged {
            let error = if opens {
                listener.open(&bytes, SeatId(1), HERE).err()
            } else {
                listener.apply(&bytes, SeatId(1), HERE, &Allowed::default()).err()
            };
            assert_eq!(error, Some(GroupError::Message));
        }
    }
    let long = vec![0; limits::BLOB + 1];
    assert_eq!(listener.open(&long, SeatId(1), HERE).err(), Some(GroupError::TooLong));
    assert_eq!(listener.apply(&long, SeatId(1), HERE, &Allowed::default()).err(), Some(GroupError::TooLong));
    assert_eq!(listener.open(&message, SeatId(1), HERE).unwrap().as_slice(), b"whole");
    assert!(listener.apply(&commit, SeatId(1), HERE, &Allowed::default()).is_ok());
}

#[test]
fn a_message_that_is_too_long_is_not_sealed() {
    let mut circle = Circle::of(2);
    let longest = vec![1; limits::BLOB - 400];
    circle.say(0, &longest);
    for long in [limits::BLOB - 64, limits::BLOB, limits::BLOB + 1] {
        assert_eq!(circle.get(0).seal(HERE, &vec![0; long]).err(), Some(GroupError::TooLong));
    }
    assert_eq!(circle.get(0).seal(&vec![0; limits::BLOB + 1], b"").err(), Some(GroupError::TooLong));
    circle.say(0, b"goes on");
}

#[test]
fn messages_and_commits_do_not_pass_for_each_other() {
    let mut circle = Circle::of(3);
    let said = circle.get(1).seal(HERE, b"words").unwrap();
    let commit = circle.get(1).commit(HERE, set([]), &[], false).unwrap().message;
    assert_eq!(circle.get(2).apply(&said, SeatId(1), HERE, &Allowed::default()), Err(GroupError::Message));
    assert_eq!(circle.get(2).open(&commit, SeatId(1), HERE).err(), Some(GroupError::Message));
    let package = Newcomer::new("Nobody", seed(900)).unwrap().key_package().to_vec();
    assert_eq!(circle.get(2).apply(&package, SeatId(1), HERE, &Allowed::default()), Err(GroupError::Message));
    assert_eq!(circle.get(2).open(&package, SeatId(1), HERE).err(), Some(GroupError::Message));
}

/// The head isn't sent, but it is authenticated: a message opens with no other.
#[test]
fn no_message_opens_behind_another_head() {
    let mut circle = Circle::of(3);
    let said = circle.get(1).mls.encrypt_application_message(b"words", b"entry 8".to_vec()).unwrap();
    let said = said.to_bytes().unwrap();
    let group = circle.get(1);
    assert_eq!(
        envelope::pack(&group.mls, said.clone(), ContentType::Application, HERE).err(),
        Some(GroupError::Broken)
    );
    let sealed = envelope::pack(&group.mls, said.clone(), ContentType::Application, b"entry 8").unwrap();
    let commit = group.commit(HERE, set([]), &[], false).unwrap().message;
    for (message, at) in [(&said, HERE), (&said, b"entry 8"), (&sealed, HERE), (&commit, b"entry 8")] {
        assert_eq!(circle.get(2).open(message, SeatId(1), at).err(), Some(GroupError::Message));
        assert_eq!(circle.get(2).apply(message, SeatId(1), at, &Allowed::default()), Err(GroupError::Message));
    }
    // Its own head says what it is.
    let head = said.len() - sealed.len();
    assert_eq!((head, said[head - 9], &said[head - 7..head]), (4 + 9 + 8 + 1 + 8, 1, &b"entry 8"[..]));
}

#[test]
fn a_commit_does_exactly_what_is_allowed() {
    let mut circle = Circle::of(6);
    let packages: Vec<_> = circle.newcomers(2).iter().map(|one| one.key_package().to_vec()).collect();
    let mut commit = |remove, add: &[Vec<u8>]| {
        let group = circle.get(0);
        let commit = group.commit(HERE, remove, add, false).unwrap();
        group.drop_commit();
        commit.message
    };
    let (remove_3, add_1, add_2) = (commit(set([3]), &[]), commit(set([]), &packages[..1]), commit(set([]), &packages));
    let (both, nothing) = (commit(set([3]), &packages[..1]), commit(set([]), &[]));

    let no = GroupError::NotAllowed;
    let nothing_allowed = Allowed::default();
    refuses(&mut circle, 0, &remove_3, &nothing_allowed, no);
    refuses(&mut circle, 0, &remove_3, &allowed(vec![], set([4])), no);
    refuses(&mut circle, 0, &remove_3, &allowed(vec![], set([3, 4])), no);
    refuses(&mut circle, 0, &remove_3, &allowed(list([6]), set([3])), no);
    refuses(&mut circle, 0, &add_1, &nothing_allowed, no);
    refuses(&mut circle, 0, &add_1, &allowed(list([7]), set([])), no);
    refuses(&mut circle, 0, &add_1, &allowed(list([6, 7]), set([])), no);
    refuses(&mut circle, 0, &add_2, &allowed(list([6]), set([])), no);
    refuses(&mut circle, 0, &add_2, &allowed(list([7, 6]), set([])), no);
    refuses(&mut circle, 0, &both, &allowed(list([6]), set([3])), no);
    refuses(&mut circle, 0, &both, &allowed(list([3]), set([])), no);
    refuses(&mut circle, 0, &nothing, &allowed(vec![], set([3])), no);
    let late = Allowed { add: vec![], must_remove: set([5]), may_remove: set([3]) };
    refuses(&mut circle, 0, &remove_3, &late, no);

    let group = circle.get(1);
    assert_eq!(group.apply(&both, SeatId(0), b"entry 8", &allowed(list([3]), set([3]))), Err(GroupError::Message));
    assert_eq!(group.apply(&both, SeatId(2), HERE, &allowed(list([3]), set([3]))), Err(no));
    assert_eq!(group.apply(&both, SeatId(1), HERE, &allowed(list([3]), set([3]))), Err(GroupError::Sender));
    assert!(group.apply(&both, SeatId(0), HERE, &allowed(list([3]), set([3]))).is_ok());
    assert_eq!(group.apply(&both, SeatId(0), HERE, &allowed(list([3]), set([3]))), Err(GroupError::Message));
}

#[test]
fn nothing_but_adds_and_removes_is_committed() {
    let mut circle = Circle::of(3);
    let attacker = circle.get(1);
    let commits = [
        rogue(attacker, |mls| {
            let bare = mls.commit_builder().authenticated_data(HERE.to_vec());
            bare.set_group_context_ext(ExtensionList::new())?.build()
        }),
        rogue(attacker, |mls| {
            let (version, suite) = (mls.protocol_version(), mls.cipher_suite());
            let bare = mls.commit_builder().authenticated_data(HERE.to_vec());
            bare.reinit(None, version, suite, ExtensionList::new())?.build()
        }),
        rogue(attacker, |mls| {
            let remove = mls_rs::group::proposal::RemoveProposal::removing(2)?;
            let twice = Proposal::Remove(remove);
            let bare = mls.commit_builder().authenticated_data(HERE.to_vec());
            bare.set_group_context_ext(ExtensionList::new())?.raw_proposal(twice).build()
        }),
    ];
    let everything = Allowed { add: vec![], must_remove: set([]), may_remove: set([0, 1, 2]) };
    for commit in &commits {
        refuses(&mut circle, 1, commit, &everything, GroupError::NotAllowed);
    }
}

#[test]
fn no_extension_comes_in_with_the_committers_own_leaf() {
    // A member like the others, whose client says that it knows the extension.
    let mut circle = Circle::of(3);
    let extension = Extension::new(ExtensionType::new(0xF0F0), vec![1]);
    let newcomer = Newcomer::new("Mallory", seed(800)).unwrap();
    let client: Client<Config> = newcomer.client.to_builder(None).extension_type(extension.extension_type).build();
    let none = ExtensionList::new;
    let package = client.generate_key_package_message(none(), none(), Some(MlsTime::from(0))).unwrap();
    let commit = circle.get(0).commit(HERE, set([]), &[package.to_bytes().unwrap()], false).unwrap();
    circle.get(0).take_commit().unwrap();
    for seat in [1, 2] {
        circle.get(seat).apply(&commit.message, SeatId(0), HERE, &allowed(list([3]), set([]))).unwrap();
    }
    let welcome = MlsMessage::from_bytes(&commit.welcomes[0]).unwrap();
    let (mls, _) = client.join_group(None, &welcome, None).unwrap();
    circle.members.insert(SeatId(3), Group { mls, rules: newcomer.rules.clone(), waiting: None, removed: false });
    circle.agree();
    circle.say(3, b"harmless");

    let commit = rogue(circle.get(3), |mls| {
        let leaf = ExtensionList::from(vec![extension]);
        mls.commit_builder().authenticated_data(HERE.to_vec()).set_leaf_node_extensions(leaf).build()
    });
    refuses(&mut circle, 3, &commit, &Allowed::default(), GroupError::NotAllowed);
}

#[test]
fn the_committer_keeps_its_name_and_key() {
    let mut circle = Circle::of(3);
    let (identity, secret) = {
        let other = Newcomer::new("Somebody Else", seed(700)).unwrap();
        let (identity, _) = other.client.signing_identity().unwrap();
        let secret = Provider::new(seed(700)).suite().unwrap();
        let (secret, public) = mls_rs::CipherSuiteProvider::signature_key_generate(&secret).unwrap();
        assert_eq!(public, identity.signature_key);
        (identity.clone(), secret)
    };
    let attacker = circle.get(1);
    let commit = rogue(attacker, |mls| {
        let bound = HERE.to_vec();
        mls.commit_builder().authenticated_data(bound).set_new_signing_identity(secret, identity).build()
    });
    refuses(&mut circle, 1, &commit, &Allowed::default(), GroupError::Message);
}

#[test]
fn nobody_removes_itself_or_the_absent() {
    let mut circle = Circle::of(3);
    for remove in [set([0]), set([0, 1]), set([5]), set([1, 63])] {
        assert_eq!(circle.get(0).commit(HERE, remove, &[], false).err(), Some(GroupError::NotAllowed));
    }
    circle.agree();
}

#[test]
fn a_removed_member_opens_nothing_that_comes_after() {
    let mut circle = Circle::of(4);
    let (_, _, gone) = circle.change(0, set([2]), 0, false);
    let mut gone = gone.into_iter().next().unwrap();
    let after = circle.say(1, b"not for them");
    assert_eq!(gone.open(&after, SeatId(1), HERE).err(), Some(GroupError::Removed));
    assert_eq!(gone.seal(HERE, b"me").err(), Some(GroupError::Removed));
    assert_eq!(gone.commit(HERE, set([]), &[], false).err(), Some(GroupError::Removed));
    assert!(gone.frame_key().is_err() && gone.verify_secret().is_err());

    // Nor if it goes on with the library alone as if nothing had happened.
    gone.removed = false;
    assert_eq!(gone.open(&after, SeatId(1), HERE).err(), Some(GroupError::Message));
    let after = envelope::unpack(&gone.mls, &after, SeatId(1), ContentType::Application, HERE).unwrap();
    assert!(gone.mls.process_incoming_message(after).is_err());
    assert_ne!(*gone.frame_key().unwrap(), *circle.get(0).frame_key().unwrap());
    let commit = circle.get(1).commit(HERE, set([]), &[], false).unwrap().message;
    assert_eq!(gone.apply(&commit, SeatId(1), HERE, &Allowed::default()), Err(GroupError::Message));
    // And nobody opens what it says.
    let said = gone.seal(HERE, b"still me").unwrap();
    assert_eq!(circle.get(0).open(&said, SeatId(2), HERE).err(), Some(GroupError::Sender));
}

#[test]
fn a_newcomer_opens_nothing_that_was_said_before() {
    let mut circle = Circle::of(3);
    let before = circle.get(1).seal(HERE, b"before").unwrap();
    circle.change(0, set([]), 1, false);
    assert_eq!(circle.get(3).open(&before, SeatId(1), HERE).err(), Some(GroupError::Message));
}

#[test]
fn messages_may_be_missing_but_not_too_many() {
    let mut circle = Circle::of(2);
    let mut said: Vec<_> = (0..1100).map(|_| circle.get(1).seal(HERE, b"x").unwrap()).collect();
    let (last, far) = (said.pop().unwrap(), said[1000].clone());
    assert_eq!(circle.get(0).open(&last, SeatId(1), HERE).err(), Some(GroupError::Message));
    assert!(circle.get(0).open(&far, SeatId(1), HERE).is_ok());
    assert!(circle.get(0).open(&last, SeatId(1), HERE).is_ok());
    assert_eq!(circle.get(0).open(&said[5], SeatId(1), HERE).err(), Some(GroupError::Message));
}
