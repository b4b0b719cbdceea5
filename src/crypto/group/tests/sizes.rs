//! The sizes of the group's messages. `--nocapture` prints them.

use super::*;

/// The sizes of messages in a group of `count`.
struct Sizes {
    add: usize,
    welcome: usize,
    remove: usize,
    fresh: usize,
}

/// For a group whose members came in batches and one by one, as in real life.
fn sizes(count: u16) -> Sizes {
    let mut circle = Circle::of(count / 2);
    while circle.members.len() + 1 < usize::from(count) {
        circle.change(0, set([]), 1, false);
    }
    let (commit, ..) = circle.change(0, set([]), 1, false);
    assert_eq!(circle.members.len(), usize::from(count));
    let (add, welcome) = (commit.message.len(), commit.welcomes[0].len());
    let remove = circle.change(0, set([3]), 0, false).0.message.len();
    let fresh = circle.change(0, set([]), 0, true).0.message.len();
    Sizes { add, welcome, remove, fresh }
}

#[test]
fn messages_are_small() {
    let (ten, fifty) = (sizes(10), sizes(50));
    let package = Newcomer::new("Marianne", seed(500)).unwrap().key_package().len();
    let mut circle = Circle::of(3);
    let op = circle.say(0, &[7; 20]).len();
    println!("key package {package}, op of 20 bytes {op} with {} bound", HERE.len());
    for (count, sizes) in [(10, &ten), (50, &fifty)] {
        let Sizes { add, welcome, remove, fresh } = sizes;
        println!("{count} members: add one {add}, its welcome {welcome}, remove one {remove}, renew {fresh}");
    }
    assert!(package <= 320, "{package}");
    assert!(op <= 240, "{op}");
    assert!(ten.add <= 640 && fifty.add == ten.add, "{} {}", ten.add, fifty.add);
    assert!(ten.welcome <= 2600 && fifty.welcome <= 11_000, "{} {}", ten.welcome, fifty.welcome);
    assert!(ten.remove <= 1300 && fifty.remove <= 4800, "{} {}", ten.remove, fifty.remove);
}

#[test]
fn short_texts_have_one_length() {
    let mut circle = Circle::of(2);
    let lens: Vec<_> = (0..64).map(|len| circle.say(1, &vec![1; len]).len()).collect();
    assert!(lens.iter().all(|len| *len == lens[0]));
    assert_eq!(circle.say(1, &[1; 64]).len(), lens[0] + 64);
}
