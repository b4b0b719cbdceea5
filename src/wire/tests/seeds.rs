//! The seeds of the fuzz targets: together they hold every variant that a target reads, so that fuzzing starts inside the
//! format.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde::de::DeserializeOwned;

use super::super::knock::{Away, ToDoor, ToJoiner};
use super::super::*;
use super::arbitrary::Variants;
use crate::ids::{ActionNo, Epoch, FrameNo, Index, Kid, Layer, SeatId};

/// The largest seed: what is long teaches a fuzzer nothing more.
const LARGEST: usize = 300;

/// Bytes by their name.
type Seeds = BTreeMap<String, Vec<u8>>;

/// The folder of the seeds; none where this copy of the source came without the fuzz targets.
fn folder() -> Option<PathBuf> {
    let at = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    if !at.exists() {
        println!("skipped: this copy of the source came without the fuzz targets");
    }
    at.exists().then_some(at)
}

/// A small value of each variant, written.
fn drawn<M: Variants>(write: impl Fn(&M) -> Vec<u8>) -> Seeds {
    let mut runner = TestRunner::deterministic();
    let mut draw = |strategy: BoxedStrategy<M>| loop {
        let bytes = write(&strategy.new_tree(&mut runner).expect("a value").current());
        if bytes.len() <= LARGEST {
            return bytes;
        }
    };
    M::strategies().into_iter().map(|(name, strategy)| (name.to_owned(), draw(strategy))).collect()
}

/// The seeds of a target as they are kept, after `new` were written if that is asked for. Each name begins with its variant's.
fn kept(target: &Path, new: &Seeds) -> Seeds {
    if std::env::var_os("INGLE_WRITE_SEEDS").is_some() {
        let _ = fs::remove_dir_all(target);
        fs::create_dir_all(target).expect("made");
        new.iter().for_each(|(name, bytes)| fs::write(target.join(name), bytes).expect("written"));
    }
    let files = fs::read_dir(target).unwrap_or_else(|error| panic!("{}: {error}", target.display()));
    let file = |file: fs::DirEntry| (file.file_name().into_string().expect("a name"), fs::read(file.path()));
    files.map(|entry| file(entry.expect("a file"))).map(|(name, bytes)| (name, bytes.expect("read"))).collect()
}

/// The seeds kept of this target are named as what they are read as, and there is one of each name in `new`.
fn hold_all(target: &str, new: &Seeds, is: impl Fn(&str, &[u8]) -> bool) {
    let Some(at) = folder() else { return };
    let kept = kept(&at.join(target), new);
    for (name, bytes) in &kept {
        assert!(is(name, bytes), "{target}/{name} is of another version; INGLE_WRITE_SEEDS=1 writes it anew");
    }
    let names = |seeds: &Seeds| seeds.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&kept), names(new), "INGLE_WRITE_SEEDS=1 writes the seeds of {target} anew");
}

/// The seeds of a stream's messages, and checks them: `name` is what a message is called.
fn hold_all_messages<M: Variants + DeserializeOwned>(target: &str, seeds: Vec<Seeds>, name: impl Fn(&M) -> String) {
    let name = |bytes: &[u8]| {
        let mut framing = Framing::default();
        framing.push(bytes);
        framing.next_message().ok().flatten().map(|message| name(&message))
    };
    let bytes = seeds.into_iter().flat_map(BTreeMap::into_values);
    let new = bytes.map(|bytes| (name(&bytes).expect("a message"), bytes)).collect();
    hold_all(target, &new, |wanted, bytes| name(bytes).as_deref() == Some(wanted));
}

fn written<M: serde::Serialize>(message: &M) -> Vec<u8> {
    encode(message).expect("fits")
}

#[test]
fn seeds_hold_every_datagram_of_a_member() {
    let is = |name: &str, bytes: &[u8]| UpDatagram::decode(bytes).is_ok_and(|datagram| datagram.name() == name);
    hold_all("up_datagram", &drawn(|datagram: &UpDatagram| datagram.encode().expect("fits")), is);
}

#[test]
fn seeds_hold_every_datagram_of_a_relay() {
    let is = |name: &str, bytes: &[u8]| DownDatagram::decode(bytes).is_ok_and(|datagram| datagram.name() == name);
    hold_all("down_datagram", &drawn(|datagram: &DownDatagram| datagram.encode().expect("fits")), is);
}

#[test]
fn seeds_hold_every_record() {
    let records = [
        ("Control", Record::Control(b"part of a message".to_vec())),
        ("Datagram", Record::Datagram(b"a datagram".to_vec())),
        ("Ping", Record::Ping(*b"when now")),
        ("Pong", Record::Pong(*b"when now")),
    ];
    let seeds =
        records.map(|(name, record)| (name.to_owned(), [&[16][..], &record.encode().expect("small")].concat())).into();
    hold_all("record", &seeds, |name, bytes| seeds.get(name).is_some_and(|seed| seed == bytes));
}

#[test]
fn seeds_hold_every_message_to_the_relay() {
    let name = |message: &ToRelay| match message {
        ToRelay::Hello(hello) => format!("Hello{}", hello.purpose.name()),
        ToRelay::Append { act, .. } => format!("Append{}", act.name()),
        other => other.name().to_owned(),
    };
    let append = |act: &Act| ToRelay::Append {
        number: ActionNo(1),
        epoch: Epoch(2),
        act: act.clone(),
        body: Blob::new(b"sealed".to_vec()).expect("small"),
    };
    let hello = |purpose: &Purpose| ToRelay::Hello(Hello { version: VERSION, purpose: purpose.clone() });
    let seeds = vec![drawn(written::<ToRelay>), drawn(|act| written(&append(act))), drawn(|it| written(&hello(it)))];
    hold_all_messages("to_relay", seeds, name);
}

#[test]
fn seeds_hold_every_message_to_a_member() {
    let name = |message: &ToMember| match message {
        ToMember::Entry(entry, _) => format!("Entry{}", entry.kind.name()),
        ToMember::Refused(refusal) => format!("Refused{}", refusal.name()),
        ToMember::Attempt(attempt) => format!("Attempt{}", attempt.name()),
        other => other.name().to_owned(),
    };
    let entry = |kind: &EntryKind| {
        ToMember::Entry(Entry { index: Index(1), at_ms: 70_000, kind: kind.clone() }, Some(Tag([7; Tag::LEN])))
    };
    let seeds = vec![
        drawn(written::<ToMember>),
        drawn(|kind| written(&entry(kind))),
        drawn(|refusal| written(&ToMember::Refused(*refusal))),
        drawn(|attempt: &Attempting| written(&ToMember::Attempt(attempt.clone()))),
    ];
    hold_all_messages("to_member", seeds, name);
}

#[test]
fn seeds_hold_every_flight_of_a_knock() {
    fn flights<M: Variants + serde::Serialize>(of: &str) -> Seeds {
        drawn(knock::write::<M>).into_iter().map(|(name, bytes)| (format!("{of}{name}"), bytes)).collect()
    }
    fn is<M: Variants + DeserializeOwned>(of: &str, name: &str, bytes: &[u8]) -> bool {
        knock::read::<M>(bytes).is_some_and(|flight| format!("{of}{}", flight.name()) == name)
    }
    let mut seeds = flights::<ToDoor>("ToDoor");
    seeds.extend(flights::<ToJoiner>("ToJoiner"));
    seeds.extend(flights::<Away>("Away"));
    hold_all("knock", &seeds, |name, bytes| {
        is::<ToDoor>("ToDoor", name, bytes)
            || is::<ToJoiner>("ToJoiner", name, bytes)
            || is::<Away>("Away", name, bytes)
    });
}

/// Seeds as steps of a target that takes many kinds: each with a byte before it that chooses its kind, and its length.
fn steps(kind: u8, seeds: Seeds) -> impl Iterator<Item = (String, Vec<u8>)> {
    let short = |bytes: &[u8]| bytes.len().min(255);
    let step = move |bytes: &[u8]| [&[kind, short(bytes) as u8][..], &bytes[..short(bytes)]].concat();
    seeds.into_iter().map(move |(name, bytes)| (name, step(&bytes)))
}

/// From the second member, and from the host.
#[test]
fn seeds_of_the_relay_hold_every_step() {
    let datagrams = steps(1, drawn(|datagram: &UpDatagram| datagram.encode().expect("fits")));
    let seeds: Seeds = datagrams.chain(steps(3 << 3, drawn(written::<ToRelay>))).collect();
    hold_all("relay", &seeds, |name, bytes| seeds.get(name).is_some_and(|seed| seed == bytes));
}

#[test]
fn seeds_of_the_member_hold_every_step() {
    let datagrams = steps(0, drawn(|datagram: &DownDatagram| datagram.encode().expect("fits")));
    let seeds: Seeds = datagrams.chain(steps(3, drawn(written::<ToMember>))).collect();
    hold_all("member", &seeds, |name, bytes| seeds.get(name).is_some_and(|seed| seed == bytes));
}

/// Datagrams with their lengths before them; at the length 15 the target goes on to the next epoch.
#[test]
fn a_seed_has_frames_of_two_epochs() {
    let one = |epoch: u32| {
        let kid = Kid::new(SeatId(1), Epoch(epoch));
        let head = FrameHead { kid, number: FrameNo(1), start: true, end: false, layer: Layer::Full, level: 3 };
        let frames = vec![Frame { head, body: b"not a tag".to_vec() }];
        DownBundle { sequence: 5, sent: SendStamp::default(), frames }.encode().expect("fits")
    };
    let bytes = [&[14][..], &one(1), &[15], &one(2), &[0]].concat();
    hold_all("open", &[("two_epochs".to_owned(), bytes.clone())].into(), |_, kept| kept == bytes);
}
