//! The knock: a joiner and the door find out whether they know the same words, without anybody else learning it, and derive
//! keys that only the two have.
//!
//! SPAKE2 over Ed25519 in its symmetric form (RFC 9382 describes the protocol; the messages are those of the `spake2`
//! crate), then HKDF-SHA256 over a transcript, then confirmations. The joiner confirms first: an impostor at the door learns
//! nothing without the words, and an impostor has one guess per attempt.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use curve25519_dalek::edwards::CompressedEdwardsY;
use hkdf::Hkdf;
use rand_core::RngCore;
use rand_core_06 as old;
use sha2::{Digest, Sha256};
use spake2::{Ed25519Group, Identity, Password, Spake2};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::code::Words;
use crate::ids::Nameplate;

/// Bytes of a SPAKE2 message: one for the side, 32 for the point.
pub const MESSAGE: usize = 33;
/// Bytes of a confirmation.
pub const CONFIRMATION: usize = 32;

const LABEL: &[u8] = b"ingle/1 knock";

/// Which of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The side that wants to come in.
    Joiner,
    /// The side that may let it in.
    Door,
}

impl Side {
    fn name(self) -> &'static [u8] {
        match self {
            Self::Joiner => b"joiner",
            Self::Door => b"door",
        }
    }
}

/// What is sealed with the keys of a knock. Each has a key of its own and is sealed once, or numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealed {
    /// By the joiner: who it is.
    Introduction,
    /// By the door: the group's title and charter, and proof that the door has the words.
    Reception,
    /// By the joiner, while it waits: that it agrees to the ground rules.
    Agreement,
    /// By the door: the group's keys and state.
    Welcome,
    /// By the joiner, while it waits: a note for those who lead.
    Note,
    /// By the door, while the joiner waits: the member who can let it in. Numbered, for it may change.
    Keeper,
    /// By the door, ahead of the welcome: the group's keys. Numbered, for a commit may have to be made anew.
    Keys,
}

impl Sealed {
    const ALL: [Self; 7] =
        [Self::Introduction, Self::Reception, Self::Agreement, Self::Welcome, Self::Note, Self::Keeper, Self::Keys];

    fn name(self) -> &'static [u8] {
        match self {
            Self::Introduction => b"introduction",
            Self::Reception => b"reception",
            Self::Agreement => b"agreement",
            Self::Welcome => b"welcome",
            Self::Note => b"note",
            Self::Keeper => b"keeper",
            Self::Keys => b"keys",
        }
    }
}

/// The other side sent what an honest one would not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the other side of the knock did not keep to the protocol")]
pub struct KnockError;

/// One side's half of a knock, until the other's message comes.
pub struct Half {
    side: Side,
    spake: Spake2<Ed25519Group>,
    binding: [u8; 32],
    message: [u8; MESSAGE],
}

impl Half {
    /// Begins a knock. `attempt` is drawn by the joiner and sent to the door; it keeps a message from fitting another knock.
    pub fn start(side: Side, words: &Words, nameplate: Nameplate, attempt: &[u8; 16], rng: &mut dyn RngCore) -> Self {
        let binding: [u8; 32] = Sha256::new()
            .chain_update(LABEL)
            .chain_update(nameplate.0.to_be_bytes())
            .chain_update(attempt)
            .finalize()
            .into();
        let spoken = Zeroizing::new(words.spoken());
        let password = Password::new(spoken.as_bytes());
        let (spake, sent) = Spake2::start_symmetric_with_rng(&password, &Identity::new(&binding), Generator(rng));
        let mut message = [0; MESSAGE];
        message.copy_from_slice(&sent);
        Self { side, spake, binding, message }
    }

    /// The message for the other side.
    pub fn message(&self) -> [u8; MESSAGE] {
        self.message
    }

    /// Takes the other side's message and derives keys. Both sides have the same ones if they had the same words.
    ///
    /// # Errors
    /// [`KnockError`] if the message is our own, not a point, or a point of small order, which would make the key guessable.
    pub fn finish(self, theirs: &[u8; MESSAGE]) -> Result<Keys, KnockError> {
        if *theirs == self.message || !is_sound(theirs) {
            return Err(KnockError);
        }
        let shared = Zeroizing::new(self.spake.finish(theirs).map_err(|_| KnockError)?);
        let (joiner, door) = match self.side {
            Side::Joiner => (&self.message, theirs),
            Side::Door => (theirs, &self.message),
        };
        let transcript = Sha256::new().chain_update(self.binding).chain_update(joiner).chain_update(door).finalize();
        let derive = Hkdf::<Sha256>::new(Some(&transcript), &shared);
        let key = |use_: &[u8], of: &[u8]| {
            let mut key = [0; 32];
            // 32 bytes are far below what HKDF can give.
            let _ = derive.expand_multi_info(&[LABEL, b" ", use_, b" ", of], &mut key);
            key
        };
        Ok(Keys {
            confirm: [Side::Joiner, Side::Door].map(|side| key(b"confirm", side.name())),
            seal: Sealed::ALL.map(|sealed| key(b"seal", sealed.name())),
        })
    }
}

/// Whether a message holds a point of the large prime order: not the identity, and without a component of small order.
fn is_sound(message: &[u8; MESSAGE]) -> bool {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(&message[1..]);
    let point = CompressedEdwardsY(bytes).decompress();
    point.is_some_and(|point| !point.is_small_order() && point.is_torsion_free())
}

/// The keys of one side; both sides have the same if they used the same words. Each key has one use.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Keys {
    confirm: [[u8; 32]; 2],
    seal: [[u8; 32]; Sealed::ALL.len()],
}

impl Keys {
    /// Proves that side `by` had the words.
    pub fn confirmation(&self, by: Side) -> [u8; CONFIRMATION] {
        self.confirm[by as usize]
    }

    /// Whether this confirmation of the other side, `by`, is right. Takes the same time either way.
    pub fn confirms(&self, by: Side, theirs: &[u8; CONFIRMATION]) -> bool {
        self.confirm[by as usize].ct_eq(theirs).into()
    }

    /// Seals `plain`, which gets 16 bytes longer. To be called at most once for each `what`.
    pub fn seal(&self, what: Sealed, plain: &[u8]) -> Vec<u8> {
        // The key is used once, so the nonce may be fixed. Sealing fails only beyond 256 GiB.
        self.cipher(what).encrypt(&Nonce::default(), plain).unwrap_or_default()
    }

    /// Opens what the other side sealed as `what`; `None` unless it was, with these keys.
    pub fn open(&self, what: Sealed, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.cipher(what).decrypt(&Nonce::default(), sealed).ok().map(Zeroizing::new)
    }

    /// Seals `plain`, which gets 16 bytes longer, as often as there are numbers from 1 on. To be called at most once for each
    /// `what` and `number`, and never for what [`Self::seal`] is called for.
    pub fn seal_numbered(&self, what: Sealed, number: u32, plain: &[u8]) -> Vec<u8> {
        self.cipher(what).encrypt(&nonce(number), plain).unwrap_or_default()
    }

    /// Opens what the other side sealed as `what` with this number; `None` unless it was, with these keys.
    pub fn open_numbered(&self, what: Sealed, number: u32, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.cipher(what).decrypt(&nonce(number), sealed).ok().map(Zeroizing::new)
    }

    fn cipher(&self, what: Sealed) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(Key::from_slice(&self.seal[what as usize]))
    }
}

/// The nonce of what is numbered: the number in its last four bytes.
fn nonce(number: u32) -> Nonce {
    let mut nonce = Nonce::default();
    nonce[8..].copy_from_slice(&number.to_be_bytes());
    nonce
}

/// Adapts our generator to the older trait that the crate uses.
struct Generator<'a>(&'a mut dyn RngCore);

impl old::RngCore for Generator<'_> {
    fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), old::Error> {
        self.0.fill_bytes(bytes);
        Ok(())
    }
}

impl old::CryptoRng for Generator<'_> {}

#[cfg(test)]
mod tests {
    use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    const PLATE: Nameplate = Nameplate(4821);

    fn half(side: Side, words: &str, seed: u64) -> Half {
        let words = Words::read(words).expect("words of the list");
        Half::start(side, &words, PLATE, &[7; 16], &mut ChaCha20Rng::seed_from_u64(seed))
    }

    fn keys(joiner: &str, door: &str) -> (Keys, Keys) {
        let (joiner, door) = (half(Side::Joiner, joiner, 1), half(Side::Door, door, 2));
        let (to_door, to_joiner) = (joiner.message(), door.message());
        (joiner.finish(&to_joiner).expect("sound"), door.finish(&to_door).expect("sound"))
    }

    #[test]
    fn the_same_words_give_the_same_keys() {
        let (joiner, door) = keys("otter-lamp-violin", "otter-lamp-violin");
        assert!(door.confirms(Side::Joiner, &joiner.confirmation(Side::Joiner)));
        assert!(joiner.confirms(Side::Door, &door.confirmation(Side::Door)));
        let sealed = joiner.seal(Sealed::Introduction, b"Ana");
        assert_eq!(sealed.len(), 3 + 16);
        assert_eq!(door.open(Sealed::Introduction, &sealed).as_deref().map(Vec::as_slice), Some(&b"Ana"[..]));
        for other in [Sealed::Reception, Sealed::Agreement, Sealed::Welcome] {
            assert!(door.open(other, &sealed).is_none(), "a flight does not serve as another");
        }
    }

    #[test]
    fn what_is_numbered_opens_with_its_number_alone() {
        let (joiner, door) = keys("otter-lamp-violin", "otter-lamp-violin");
        let [first, second] = [1, 2].map(|number| door.seal_numbered(Sealed::Keeper, number, b"Ana"));
        assert_ne!(first, second, "each has a nonce of its own");
        let opened = |number, sealed: &[u8]| joiner.open_numbered(Sealed::Keeper, number, sealed).is_some();
        assert_eq!(
            [opened(1, &first), opened(2, &second), opened(2, &first), opened(0, &first)],
            [true, true, false, false]
        );
        assert!(joiner.open(Sealed::Keeper, &first).is_none());
    }

    #[test]
    fn other_words_give_nothing() {
        let (joiner, door) = keys("otter-lamp-violin", "otter-lamp-window");
        assert!(!door.confirms(Side::Joiner, &joiner.confirmation(Side::Joiner)));
        assert!(!joiner.confirms(Side::Door, &door.confirmation(Side::Door)));
        assert!(door.open(Sealed::Introduction, &joiner.seal(Sealed::Introduction, b"Ana")).is_none());
    }

    #[test]
    fn a_confirmation_does_not_confirm_the_other_side() {
        let (joiner, door) = keys("otter-lamp-violin", "otter-lamp-violin");
        assert!(!joiner.confirms(Side::Door, &joiner.confirmation(Side::Joiner)));
        assert!(!door.confirms(Side::Joiner, &door.confirmation(Side::Door)));
    }

    #[test]
    fn another_room_or_attempt_gives_other_keys() {
        let words = Words::read("otter-lamp-violin").expect("words of the list");
        let joiner = half(Side::Joiner, "otter-lamp-violin", 1);
        let to_door = joiner.message();
        for (plate, attempt) in [(Nameplate(4822), [7; 16]), (PLATE, [8; 16])] {
            let mut rng = ChaCha20Rng::seed_from_u64(2);
            let door = Half::start(Side::Door, &words, plate, &attempt, &mut rng);
            let keys = door.finish(&to_door).expect("sound");
            let joiner =
                half(Side::Joiner, "otter-lamp-violin", 1).finish(&half(Side::Door, "otter-lamp-violin", 2).message);
            assert!(!keys.confirms(Side::Joiner, &joiner.expect("sound").confirmation(Side::Joiner)));
        }
    }

    #[test]
    fn points_of_small_order_and_reflections_are_refused() {
        let with = |bytes: [u8; 32]| {
            let mut message = [b'S'; MESSAGE];
            message[1..].copy_from_slice(&bytes);
            half(Side::Door, "otter-lamp-violin", 2).finish(&message).err()
        };
        for point in EIGHT_TORSION {
            assert_eq!(with(point.compress().to_bytes()), Some(KnockError), "the identity is the first of them");
            let mixed = ED25519_BASEPOINT_POINT + point;
            let sound = point == EIGHT_TORSION[0];
            assert_eq!(with(mixed.compress().to_bytes()).is_none(), sound);
        }
        assert_eq!(with([0xff; 32]), Some(KnockError), "not on the curve");
        let door = half(Side::Door, "otter-lamp-violin", 2);
        let own = door.message();
        assert_eq!(door.finish(&own).err(), Some(KnockError));
        let mut other_kind = half(Side::Joiner, "otter-lamp-violin", 1).message();
        other_kind[0] = b'A';
        assert_eq!(half(Side::Door, "otter-lamp-violin", 2).finish(&other_kind).err(), Some(KnockError));
    }
}
