//! Other relays of the fleet that a relay belongs to, as it tells its members of them.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, de};

use super::error::WireError;
use super::limits;

/// Where a relay is: a name or an address, with its port unless it's the usual one. It can stand on a screen as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Host(String);

impl Host {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Host {
    type Error = WireError;

    fn try_from(text: String) -> Result<Self, WireError> {
        let fits = (1..=limits::RELAY_HOST).contains(&text.len());
        let is_host = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:[]".contains(&byte));
        if fits && is_host { Ok(Self(text)) } else { Err(WireError::Malformed) }
    }
}

/// A relay, and the fingerprint of the key that it must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayAt {
    /// Where it is.
    pub host: Host,
    /// The fingerprint of its key.
    pub key: [u8; 32],
}

/// Reads a list of at most [`limits::RELAYS`], before anything makes room for as many as it claims to have.
pub(super) fn a_few<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<RelayAt>, D::Error> {
    struct Items(PhantomData<RelayAt>);

    impl<'de> de::Visitor<'de> for Items {
        type Value = Vec<RelayAt>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "at most {} relays", limits::RELAYS)
        }

        fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Vec<RelayAt>, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = list.next_element()? {
                if items.len() == limits::RELAYS {
                    return Err(de::Error::invalid_length(items.len() + 1, &self));
                }
                items.push(item);
            }
            Ok(items)
        }
    }

    from.deserialize_seq(Items(PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::ToMember;

    fn at(host: &str) -> RelayAt {
        RelayAt { host: Host(host.to_owned()), key: [1; 32] }
    }

    fn read(message: &ToMember) -> Option<ToMember> {
        postcard::from_bytes(&postcard::to_stdvec(message).expect("written")).ok()
    }

    #[test]
    fn no_place_can_hold_what_a_screen_must_not_show() {
        for good in ["relay.example.org", "192.0.2.1:7000", "[2001:db8::5]:4433", "a_b-c:1"] {
            assert!(read(&ToMember::Elsewhere(at(good))).is_some(), "{good}");
        }
        let long = "a".repeat(limits::RELAY_HOST + 1);
        for bad in ["", " ", "a b", "a,b", "a/b", "user@host", "a\u{1b}[2J", "\u{202e}a", "ä.example", &long] {
            assert_eq!(read(&ToMember::Elsewhere(at(bad))), None, "{bad:?}");
        }
    }

    #[test]
    fn a_member_is_told_of_a_few_relays_and_no_more() {
        let relays = |count| ToMember::Relays((0..count).map(|n| at(&format!("r{n}:1"))).collect());
        assert!(read(&relays(limits::RELAYS)).is_some());
        assert_eq!(read(&relays(limits::RELAYS + 1)), None);
    }
}
