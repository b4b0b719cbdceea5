//! What is sealed in the flights of a knock. [`crate::wire::knock`] has their outer shape, which the relay carries.
//!
//! ```text
//! to the door, Confirm       key package with the name, relay's key as the joiner sees it
//! to the joiner, Confirm     confirmation, group's title, relay's key as the door sees it, the group's charter
//! to the joiner, Keys        the group's keys, ahead of the welcome, which then has none
//! to the joiner, Keeper      the member who can let the joiner in, each time that this changes
//! to the door, AgreeToRules  nothing, as long as a note: that it is sealed means that the joiner agrees to the ground rules
//! to the door, Note          a note for those who lead
//! ```

use serde::{Deserialize, Serialize};
use zeroize::ZeroizeOnDrop;

use crate::session::{Charter, LetsIn, clean};
pub(super) use crate::wire::knock::{Away, ToDoor, ToJoiner, body, read, write};
use crate::wire::limits;

/// Bytes that a title takes in a flight, whatever its length: a character has at most four.
const TITLE: usize = limits::TITLE_CHARS * 4;

/// Bytes that a name takes in a flight.
const NAME: usize = limits::NAME_CHARS * 4;

/// Bytes that a charter takes in a flight.
const CHARTER: usize = 32;

/// Bytes that a note takes in a flight.
const NOTE: usize = limits::PRIVATE_CHARS * 4;

/// The length of a welcome is a multiple of this, but for a few bytes.
const WELCOME_STEP: usize = 256;

/// What a joiner says of itself, along with the proof that it knows the words.
#[derive(Serialize, Deserialize)]
pub(super) struct Introduction {
    /// The joiner's keys, signed, with the name that it wants.
    key_package: Padded,
    pub(super) relay_key: [u8; 32],
}

/// What the door sends to a joiner whom it lets in.
#[derive(Serialize, Deserialize)]
pub(super) struct Welcome {
    /// The message that gives the newcomer the group's keys; empty if it went ahead, in a welcome that has nothing else.
    pub(super) keys: Vec<u8>,
    /// The group's state.
    pub(super) state: Vec<u8>,
    /// Padding, so that the length tells nothing of names.
    filling: Vec<u8>,
}

impl Welcome {
    pub(super) fn new(keys: Vec<u8>, state: Vec<u8>) -> Self {
        let over = (keys.len() + state.len()) % WELCOME_STEP;
        Self { keys, state, filling: vec![0; WELCOME_STEP - over] }
    }
}

/// Bytes with padding, so that the length tells nothing.
#[derive(Serialize, Deserialize)]
struct Padded(u16, Vec<u8>);

impl Padded {
    fn new(bytes: &[u8], length: usize) -> Self {
        let mut padded = bytes.to_vec();
        padded.resize(length, 0);
        Self(bytes.len() as u16, padded)
    }

    fn bytes(&self) -> &[u8] {
        self.1.get(..usize::from(self.0)).unwrap_or_default()
    }
}

/// The door's answer to a joiner with the right words.
#[derive(Serialize, Deserialize)]
pub(super) struct Reception {
    pub(super) confirmation: [u8; 32],
    title: Padded,
    pub(super) relay_key: [u8; 32],
    charter: Padded,
    /// How often the words had been replaced before.
    pub(super) age: [u8; 4],
}

/// The member who can let a joiner in; always of one length. No member's name is empty, so an empty one stands for nobody.
#[derive(Serialize, Deserialize)]
pub(super) struct Keeper(Padded);

impl Keeper {
    pub(super) fn new(keeper: &LetsIn) -> Self {
        let name = match keeper {
            LetsIn::Member(name) => name.as_str(),
            LetsIn::Nobody => "",
        };
        Self(Padded::new(name.as_bytes(), NAME))
    }

    pub(super) fn who(&self) -> LetsIn {
        match self.0.bytes() {
            [] => LetsIn::Nobody,
            name => LetsIn::Member(clean::name(&String::from_utf8_lossy(name))),
        }
    }
}

/// What a joiner leaves for those who lead; always of one length.
#[derive(Serialize, Deserialize, ZeroizeOnDrop)]
pub(super) struct Left([u8; 2], Vec<u8>);

impl Left {
    pub(super) fn new(text: &str) -> Self {
        let mut bytes = text.as_bytes().to_vec();
        let length = (bytes.len() as u16).to_be_bytes();
        bytes.resize(NOTE, 0);
        Self(length, bytes)
    }

    pub(super) fn text(&self) -> &str {
        let text = self.1.get(..usize::from(u16::from_be_bytes(self.0))).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }
}

impl Introduction {
    pub(super) fn new(key_package: &[u8], relay_key: [u8; 32]) -> Self {
        Self { key_package: Padded::new(key_package, limits::KEY_PACKAGE), relay_key }
    }

    pub(super) fn key_package(&self) -> &[u8] {
        self.key_package.bytes()
    }
}

impl Reception {
    pub(super) fn new(confirmation: [u8; 32], title: &str, charter: &Charter, age: u32, relay_key: [u8; 32]) -> Self {
        let charter = Padded::new(&write(charter), CHARTER);
        Self { confirmation, title: Padded::new(title.as_bytes(), TITLE), relay_key, charter, age: age.to_be_bytes() }
    }

    /// The group's charter, if it is sound.
    pub(super) fn charter(&self) -> Option<Charter> {
        read(self.charter.bytes()).filter(Charter::is_sound)
    }

    pub(super) fn title(&self) -> String {
        String::from_utf8_lossy(self.title.bytes()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_comes_back_whole_and_all_have_one_length() {
        let note = |text: &str| write(&Left::new(text));
        assert_eq!(note("").len(), note(&"李".repeat(limits::PRIVATE_CHARS)).len());
        assert_eq!(read::<Left>(&note("call Zoë")).map(|left| left.text().to_owned()), Some("call Zoë".into()));
        let mut long = note("x");
        (long[0], long[1]) = (0xff, 0xff);
        assert_eq!(read::<Left>(&long).map(|left| left.text().to_owned()), Some(String::new()));
    }

    #[test]
    fn a_keepers_name_comes_back_whole_and_all_have_one_length() {
        let flight = |keeper: &LetsIn| write(&Keeper::new(keeper));
        let all = [LetsIn::Nobody, LetsIn::Member("Bo".into()), LetsIn::Member("李".repeat(limits::NAME_CHARS))];
        for keeper in &all {
            assert_eq!(flight(keeper).len(), flight(&LetsIn::Nobody).len());
            assert_eq!(read::<Keeper>(&flight(keeper)).map(|read| read.who()).as_ref(), Some(keeper));
        }
    }

    #[test]
    fn the_length_of_a_flight_tells_nothing() {
        let length = |bytes: usize| write(&Introduction::new(&vec![1; bytes], [0; 32])).len();
        assert_eq!(length(200), length(limits::KEY_PACKAGE));
        let title = |title: &str| write(&Reception::new([0; 32], title, &Charter::PEER, 7, [0; 32]));
        assert_eq!(title("Bo").len(), title(&"李".repeat(limits::TITLE_CHARS)).len());
        assert_eq!(read::<Reception>(&title("Zoë")).map(|r| r.title()), Some("Zoë".into()));
        let received = |charter: &Charter| read::<Reception>(&write(&Reception::new([0; 32], "", charter, 7, [0; 32])));
        for (_, charter) in Charter::PRESETS {
            assert!(write(&charter).len() <= CHARTER);
            assert_eq!(received(&charter).and_then(|reception| reception.charter()), Some(charter));
        }
        let mut long = write(&Introduction::new(b"Bo", [0; 32]));
        long.push(0);
        assert!(read::<Introduction>(&long).is_none());
    }
}
