//! The seeds of the fuzz targets: each is what its target reads, so that fuzzing starts inside the format.

use std::fs;
use std::path::PathBuf;

use super::super::*;
use crate::ids::{ActionNo, Attempt, Epoch, FrameNo, Index, Kid, Nameplate, SeatId, SeatSet};

fn frame(kid: u8, number: u16, body: &[u8]) -> Frame {
    let head =
        FrameHead { kid: Kid(kid), number: FrameNo(number), start: number == 1, end: false, thin: false, level: 3 };
    Frame { head, body: body.to_vec() }
}

fn stream<M: serde::Serialize>(messages: &[M]) -> Vec<u8> {
    messages.iter().flat_map(|message| encode(message).expect("fits")).collect()
}

/// A bundle of one frame, 14 bytes long.
fn down_one(epoch: u32) -> Vec<u8> {
    let kid = Kid::new(SeatId(1), Epoch(epoch));
    DownBundle { sequence: 5, sent: SendStamp::default(), frames: vec![frame(kid.0, 1, b"not a tag")] }
        .encode()
        .expect("fits")
}

/// Target, name and bytes of every seed.
fn seeds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let blob = || Blob::new(b"sealed".to_vec()).expect("small");
    let hello = |purpose| ToRelay::Hello(Hello { version: VERSION, purpose });
    let action = EntryKind::Action {
        seat: SeatId(3),
        number: ActionNo(300),
        act: Act::Commit {
            admit: vec![(Attempt(7), SeatId(2))],
            replace: [SeatId(2)].into_iter().collect(),
            remove: SeatSet::default(),
        },
        body: blob(),
    };
    let frames = vec![frame(5, 1, b"one"), frame(6, 2, b"two")];
    let up = UpBundle { sent: SendStamp::at(crate::ids::Time(99_000)), frames: frames.clone() };
    let down = DownBundle {
        sequence: 5,
        sent: SendStamp::at(crate::ids::Time(99_000)),
        frames: vec![frame(5, 1, b"one"), frame(38, 2, b"two")],
    };
    let reception = Reception { loss: Loss { share: 9, gap: 5 }, queue: 20, rate: 42, most: 32 };
    let missing = Missing { first: 70, more: 5 };
    vec![
        ("control", "host", stream(&[hello(Purpose::Host), ToRelay::Leave])),
        ("control", "knock", stream(&[hello(Purpose::Knock(Nameplate(4821), blob())), ToRelay::Knock(blob())])),
        ("control", "resume", stream(&[hello(Purpose::Resume(Ticket([7; 16]), Index(300)))])),
        (
            "control",
            "append",
            stream(&[ToRelay::Append { number: ActionNo(1), epoch: Epoch(2), act: Act::Lock(true), body: blob() }]),
        ),
        ("control", "entry", stream(&[ToMember::Entry(Entry { index: Index(1), at_ms: 70_000, kind: action })])),
        ("control", "presence", stream(&[ToMember::Presence(vec![(SeatId(1), Presence::Poor)])])),
        ("control", "refused", stream(&[ToMember::Refused(Refusal::Version(2))])),
        (
            "up",
            "one",
            UpBundle { sent: SendStamp::default(), frames: vec![frame(5, 1, b"one")] }.encode().expect("fits"),
        ),
        ("up", "two", up.encode().expect("fits")),
        ("down", "two", down.encode().expect("fits")),
        // Datagrams with their lengths before them; at the length 15 the target goes on to the next epoch.
        ("open", "two_epochs", [&[14][..], &down_one(1), &[15], &down_one(2), &[0]].concat()),
        ("knock", "one", knock::write(&knock::ToDoor::Spake { attempt: [7; 16], message: vec![b'S'; 33] })),
        ("knock", "three", knock::write(&knock::ToDoor::Confirm { confirmation: [7; 32], sealed: vec![7; 150] })),
        ("pulse", "some_loss", Pulse { reception, round: 12 }.encode()),
        ("pulse", "up", Report(reception).encode()),
        ("pulse", "ask_frames", AskFrames(missing).encode()),
        ("pulse", "ask_bundles", AskBundles(missing).encode()),
        ("up", "again", RetransmitUp(frames.clone()).encode().expect("fits")),
        ("down", "again", RetransmitDown { sequence: 9, frames }.encode().expect("fits")),
    ]
}

#[test]
fn the_seeds_are_what_the_targets_read() {
    let at = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    if !at.exists() {
        println!("skipped: this copy of the source came without the fuzz targets");
        return;
    }
    for (target, name, bytes) in seeds() {
        let path = at.join(target).join(name);
        if std::env::var_os("INGLE_WRITE_SEEDS").is_some() {
            fs::create_dir_all(path.parent().expect("a target")).expect("made");
            fs::write(&path, &bytes).expect("written");
        }
        let kept = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(kept, bytes, "{} is of another version; INGLE_WRITE_SEEDS=1 writes it anew", path.display());
    }
}
