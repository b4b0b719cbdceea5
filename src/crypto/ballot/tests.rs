use std::collections::BTreeSet;

use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sha2::{Digest as _, Sha256};

use super::tally::count;
use super::voter::NO;
use super::*;
use crate::ids::SeatId;

type Points = Vec<(Voter, [u8; POINT])>;

const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// A poll whose voters' seats and order of arrival are unrelated.
struct Group {
    rng: ChaCha20Rng,
    voters: Vec<Voter>,
    poll: Poll,
    secrets: Vec<Secret>,
    messages: Vec<[u8; KEY]>,
}

fn voters(count: usize) -> Vec<Voter> {
    (0..count).map(|at| Voter { arrival: 3 * at as u64 + 7, seat: SeatId(((at * 37 + 11) % 64) as u8) }).collect()
}

fn group(count: usize, seed: u64) -> Group {
    let (mut rng, voters) = (ChaCha20Rng::seed_from_u64(seed), voters(count));
    let poll = Poll::new(b"group", 4, 9, &voters).expect("a poll");
    let (secrets, messages) = voters.iter().map(|voter| poll.register(*voter, &mut rng)).unzip();
    Group { rng, voters, poll, secrets, messages }
}

impl Group {
    fn booth(&self, with: &BTreeSet<usize>) -> Booth {
        let keys: Points =
            with.iter().map(|at| (self.voters[*at], self.key(*at).expect("a proof that holds"))).collect();
        self.poll.open(&keys).expect("a booth")
    }

    fn key(&self, at: usize) -> Result<[u8; POINT], BallotError> {
        self.poll.check_key(self.voters[at], &self.messages[at])
    }

    fn cast(&mut self, booth: &Booth, at: usize, choice: Choice) -> [u8; BALLOT] {
        booth.cast(self.voters[at], &mut self.secrets[at], choice, &mut self.rng).expect("a ballot")
    }

    fn share(&mut self, recovery: &Recovery, at: usize) -> [u8; SHARE] {
        recovery.share(self.voters[at], &mut self.secrets[at], &mut self.rng).expect("a share")
    }
}

fn choice(of: usize) -> Choice {
    [Choice::Abstain, Choice::Yes, Choice::No][of % 3]
}

fn tally_of(choices: impl Iterator<Item = usize>) -> Tally {
    choices.fold(Tally { yes: 0, no: 0, abstain: 0 }, |mut tally, of| {
        *[&mut tally.abstain, &mut tally.yes, &mut tally.no][of % 3] += 1;
        tally
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whoever_drops_out_the_rest_are_tallied(
        count in 3_usize..=30,
        seed: u64,
        choices in prop::collection::vec(0_usize..3, 30),
        no_key in prop::collection::vec(any::<bool>(), 30),
        no_ballot in prop::collection::vec(any::<bool>(), 30),
        never: (bool, bool),
    ) {
        let mut group = group(count, seed);
        let mut left = count;
        let mut stays = |drops: bool| {
            let stays = !drops || left == 3;
            left -= usize::from(!stays);
            stays
        };
        let keyed: BTreeSet<usize> = (0..count).filter(|at| stays(no_key[*at] && never.0)).collect();
        let cast: BTreeSet<usize> = keyed.iter().copied().filter(|at| stays(no_ballot[*at] && never.1)).collect();
        let booth = group.booth(&keyed);
        let mut ballots = Points::new();
        for at in &cast {
            let message = group.cast(&booth, *at, choice(choices[*at]));
            ballots.push((group.voters[*at], booth.check_ballot(group.voters[*at], &message).expect("it holds")));
        }
        let expected = tally_of(cast.iter().map(|at| choices[*at]));
        if cast == keyed {
            prop_assert_eq!(booth.tally(&ballots), Ok(expected));
            return Ok(());
        }
        prop_assert_eq!(booth.tally(&ballots), Err(BallotError::Sum));
        let missing: Vec<Voter> = keyed.difference(&cast).map(|at| group.voters[*at]).collect();
        let recovery = booth.recover(&missing).expect("some are missing");
        let mut shares = Points::new();
        for at in &cast {
            prop_assert_eq!(recovery.tally(&ballots, &shares), Err(BallotError::Sum), "before all shares are there");
            let message = group.share(&recovery, *at);
            shares.push((group.voters[*at], recovery.check_share(group.voters[*at], &message).expect("it holds")));
        }
        prop_assert_eq!(recovery.tally(&ballots, &shares), Ok(expected));
    }

    #[test]
    fn hostile_messages_are_refused(bytes in prop::collection::vec(any::<u8>(), BALLOT)) {
        let group = group(3, 1);
        let booth = group.booth(&(0..3).collect());
        let recovery = booth.recover(&group.voters[..1]).expect("some are missing");
        let voter = group.voters[1];
        prop_assert!(group.poll.check_key(voter, bytes[..KEY].try_into().expect("as long")).is_err());
        prop_assert!(booth.check_ballot(voter, bytes[..].try_into().expect("as long")).is_err());
        prop_assert!(recovery.check_share(voter, bytes[..SHARE].try_into().expect("as long")).is_err());
    }
}

#[test]
fn all_tallies_of_fifty_are_found() {
    for (yes, no) in [(0, 0), (50, 0), (0, 50), (25, 25), (17, 3), (1, 48)] {
        let sum = BASE * &Scalar::from(yes + NO * no);
        let tally = Tally { yes: yes as usize, no: no as usize, abstain: (50 - yes - no) as usize };
        assert_eq!(count(sum, 50), Ok(tally));
    }
    for none in [51, NO * 51, 25 + NO * 26, 1 << 40] {
        assert_eq!(count(BASE * &Scalar::from(none), 50), Err(BallotError::Sum));
    }
}

/// Every bit of every message counts, and a message holds for its sender only.
#[test]
fn every_tampering_is_refused() {
    let mut group = group(4, 2);
    let (booth, voters) = (group.booth(&(0..4).collect()), group.voters.clone());
    let recovery = booth.recover(&voters[3..]).expect("one is missing");
    let key = group.messages[1];
    for of in 0..3 {
        let ballot = group.cast(&booth, of, choice(of));
        let share = group.share(&recovery, of);
        assert!(booth.check_ballot(voters[of], &ballot).is_ok() && recovery.check_share(voters[of], &share).is_ok());
        for bit in 0..BALLOT * 8 {
            let mut other = ballot;
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(booth.check_ballot(voters[of], &other).is_err(), "bit {bit} of the ballot");
        }
        for bit in 0..SHARE * 8 {
            let mut other = share;
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(recovery.check_share(voters[of], &other).is_err(), "bit {bit} of the share");
        }
        // Nobody can use another's message.
        let next = voters[(of + 1) % 3];
        assert_eq!(booth.check_ballot(next, &ballot), Err(BallotError::Proof));
        assert_eq!(recovery.check_share(next, &share), Err(BallotError::Proof));
        assert_eq!(recovery.check_share(voters[3], &share), Err(BallotError::Stranger));
    }
    for bit in 0..KEY * 8 {
        let mut other = key;
        other[bit / 8] ^= 1 << (bit % 8);
        assert!(group.poll.check_key(voters[1], &other).is_err(), "bit {bit} of the key");
    }
    assert_eq!(group.poll.check_key(voters[2], &key), Err(BallotError::Proof));
}

#[test]
fn a_proof_holds_in_its_own_poll_only() {
    let mut first = group(3, 3);
    let (voters, all) = (first.voters.clone(), (0..3).collect());
    let booth = first.booth(&all);
    let recovery = booth.recover(&voters[..1]).expect("one is missing");
    let (key, ballot, share) = (first.messages[1], first.cast(&booth, 1, Choice::Yes), first.share(&recovery, 1));
    let keys: Points = (0..3).map(|at| (voters[at], first.key(at).expect("it holds"))).collect();
    let mut others = voters.clone();
    others[2].seat = SeatId(63);
    for poll in [
        Poll::new(b"grouq", 4, 9, &voters),
        Poll::new(b"group", 5, 9, &voters),
        Poll::new(b"group", 4, 8, &voters),
        Poll::new(b"group", 4, 9, &others),
        Poll::new(b"group", 4, 9, &voters[..2]),
    ] {
        let poll = poll.expect("a poll");
        let keys: Points = keys.iter().map(|(voter, key)| (*voter, *key)).collect();
        let booth = poll.open(&keys).expect("a booth");
        let recovery = booth.recover(&voters[..1]).expect("one is missing");
        assert_eq!(poll.check_key(voters[1], &key), Err(BallotError::Proof));
        assert_eq!(booth.check_ballot(voters[1], &ballot), Err(BallotError::Proof));
        assert_eq!(recovery.check_share(voters[1], &share), Err(BallotError::Proof));
    }
    // A share fits one set of missing voters, and a ballot one set of keys.
    let mut four = group(4, 3);
    let whole = four.booth(&(0..4).collect());
    let ballot = four.cast(&whole, 1, Choice::No);
    assert_eq!(four.booth(&all).check_ballot(voters[1], &ballot), Err(BallotError::Proof));
    let (one, two) = (whole.recover(&four.voters[3..]), whole.recover(&four.voters[2..]));
    let (one, two) = (one.expect("one is missing"), two.expect("two are missing"));
    let share = four.share(&one, 1);
    assert_eq!(two.check_share(voters[1], &share), Err(BallotError::Proof));
}

#[test]
fn other_encodings_and_the_identity_are_refused() {
    let mut group = group(3, 4);
    let (booth, voter) = (group.booth(&(0..3).collect()), group.voters[1]);
    let (key, ballot) = (group.messages[1], group.cast(&booth, 1, Choice::Yes));
    let refused = |point: [u8; 32]| {
        let (mut key, mut ballot) = (key, ballot);
        key[..32].copy_from_slice(&point);
        ballot[..32].copy_from_slice(&point);
        assert_eq!(group.poll.check_key(voter, &key), Err(BallotError::Encoding));
        assert_eq!(booth.check_ballot(voter, &ballot), Err(BallotError::Encoding));
    };
    refused([0; 32]);
    refused([0xff; 32]);
    refused(ED25519_BASEPOINT_POINT.compress().to_bytes());
    let negative: [u8; 32] = std::array::from_fn(|at| u8::from(at == 0));
    refused(negative);
    // A response plus the group's order is the same number; only the smaller is accepted.
    for at in [POINT + 16, POINT + 48 + 16] {
        let (mut other, mut carry) = (ballot, 0);
        for byte in 0..32 {
            let sum = u16::from(ballot[at + byte]) + u16::from(ORDER[byte]) + carry;
            (other[at + byte], carry) = (sum as u8, sum >> 8);
        }
        assert_eq!(carry, 0);
        assert_eq!(booth.check_ballot(voter, &other), Err(BallotError::Encoding));
    }
}

/// Nobody can vote twice, or by half: a sum of choices is not a choice.
#[test]
fn a_ballot_that_counts_more_has_no_proof() {
    let mut group = group(3, 5);
    let booth = group.booth(&(0..3).collect());
    let ballot = group.cast(&booth, 0, Choice::Yes);
    for more in [1, 2, NO, 2 * NO] {
        let mut other = ballot;
        let point = point::decode(ballot[..POINT].try_into().expect("as long")).expect("a point");
        other[..POINT].copy_from_slice(&point::encode(&(point + BASE * &Scalar::from(more))));
        assert_eq!(booth.check_ballot(group.voters[0], &other), Err(BallotError::Proof));
    }
}

#[test]
fn a_secret_is_good_for_one_ballot_and_one_share_of_its_own() {
    let mut group = group(4, 6);
    let (booth, voters) = (group.booth(&(0..4).collect()), group.voters.clone());
    let rng = &mut ChaCha20Rng::seed_from_u64(7);
    assert_eq!(booth.cast(voters[1], &mut group.secrets[0], Choice::Yes, rng), Err(BallotError::Stranger));
    assert!(booth.cast(voters[0], &mut group.secrets[0], Choice::Yes, rng).is_ok());
    assert_eq!(booth.cast(voters[0], &mut group.secrets[0], Choice::No, rng), Err(BallotError::Used));
    let (one, two) = (booth.recover(&voters[3..]).expect("one"), booth.recover(&voters[2..]).expect("two"));
    assert_eq!(one.share(voters[1], &mut group.secrets[0], rng), Err(BallotError::Stranger));
    assert_eq!(one.share(voters[3], &mut group.secrets[3], rng), Err(BallotError::Stranger));
    assert!(one.share(voters[0], &mut group.secrets[0], rng).is_ok());
    assert_eq!(two.share(voters[0], &mut group.secrets[0], rng), Err(BallotError::Used));
}

/// If the others' keys cancelled out, the ballot would lie open. Whoever does that to a share gains nothing, and can't make its
/// maker look guilty.
#[test]
fn keys_that_cancel_out_open_nothing() {
    let rng = &mut ChaCha20Rng::seed_from_u64(8);
    let voters = voters(4);
    let poll = Poll::new(b"group", 4, 9, &voters).expect("a poll");
    let mut secrets: Vec<Secret> = voters.iter().map(|voter| poll.register(*voter, rng).0).collect();
    secrets[1].x = -secrets[0].x;
    let points = |count: usize, secrets: &[Secret]| -> Points {
        (0..count).map(|at| (voters[at], point::encode(&(BASE * &secrets[at].x)))).collect()
    };
    let three = poll.open(&points(3, &secrets)).expect("a booth");
    assert_eq!(three.cast(voters[2], &mut secrets[2], Choice::Yes, rng), Err(BallotError::Bare));
    let four = poll.open(&points(4, &secrets)).expect("a booth");
    let mut ballots = Points::new();
    for (at, choice) in [(2, Choice::Yes), (3, Choice::No)] {
        let message = four.cast(voters[at], &mut secrets[at], choice, rng).expect("a ballot");
        ballots.push((voters[at], four.check_ballot(voters[at], &message).expect("it holds")));
    }
    let recovery = four.recover(&voters[..2]).expect("two are missing");
    let mut shares = Points::new();
    for at in [2, 3] {
        let message = recovery.share(voters[at], &mut secrets[at], rng).expect("a share");
        assert_eq!(message[..POINT], [0; POINT]);
        shares.push((voters[at], recovery.check_share(voters[at], &message).expect("it holds")));
    }
    assert_eq!(recovery.tally(&ballots, &shares), Ok(Tally { yes: 1, no: 1, abstain: 0 }));
}

#[test]
fn polls_have_bounds() {
    let many: Vec<Voter> = (0..51).map(|at| Voter { arrival: at, seat: SeatId(at as u8) }).collect();
    assert!(Poll::new(b"group", 1, 1, &many[..50]).is_ok());
    let twice = [many[0], many[1], Voter { arrival: 0, seat: SeatId(9) }];
    for voters in [&many[..], &many[..1], &[], &twice] {
        assert_eq!(Poll::new(b"group", 1, 1, voters).err(), Some(BallotError::Voters));
    }
    let group = group(4, 9);
    let booth = group.booth(&(0..4).collect());
    let (stranger, voters) = (Voter { arrival: 8, seat: SeatId(11) }, &group.voters);
    for missing in [&[][..], &voters[..3], &voters[..4], &[voters[0], voters[0]], &[stranger]] {
        assert_eq!(booth.recover(missing).err(), Some(BallotError::Voters));
    }
    assert_eq!(group.poll.open(&[(voters[0], [0; 32]), (voters[1], [0; 32])]).err(), Some(BallotError::Encoding));
}

/// These seeds gave these bytes when the protocol was written: what voters send must not change unnoticed.
#[test]
fn known_answers() {
    let mut group = group(3, 10);
    let booth = group.booth(&(0..3).collect());
    let recovery = booth.recover(&group.voters[2..]).expect("one is missing");
    let ballots: Vec<_> = (0..3).map(|at| group.cast(&booth, at, choice(at))).collect();
    let shares: Vec<_> = (0..2).map(|at| group.share(&recovery, at)).collect();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let digest = |parts: &[&[u8]]| hex(&Sha256::digest(parts.concat()));
    let parts = |messages: &[[u8; KEY]]| digest(&messages.iter().map(|m| &m[..]).collect::<Vec<_>>());
    let digests = [parts(&group.messages), digest(&ballots.iter().map(|m| &m[..]).collect::<Vec<_>>()), parts(&shares)];
    assert_eq!(hex(&group.messages[0]), KNOWN_KEY);
    assert_eq!(digests, KNOWN);
}

const KNOWN_KEY: &str = "142ad93a9e4810ce9f0fcaaa623e94027eaf7b49d919bef6ac0059d2f8b96951f1af172ba436b8e4c005ed626c78136d\
                         a72dc697a489b03865b2f219410f2b35b85446d21240c32df9d5137f661df70f";
/// The hash of all keys, all ballots and all shares.
const KNOWN: [&str; 3] = [
    "5844e58c7711ab54e2c63525fb6314ac6d81908eac0e79966163ee193088e882",
    "cf61fa524899639518fde50f1163687aa20df43a264c63d83b47ba713ad7f658",
    "05f22bc024d647edfaffb1235bc2c86c7cbbfc97b5953476b8b648772dfbd91d",
];
