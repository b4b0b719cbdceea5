//! What a relay says of itself in the registry.

use std::fmt::{self, Write as _};

use super::load::Load;

/// A relay of the fleet. The same after a restart at the same address with the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelayId(pub u64);

impl fmt::Display for RelayId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl RelayId {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let is_id = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_id { u64::from_str_radix(text, 16).ok().map(Self) } else { None }
    }
}

/// The registry's number for a change. A room's relay is fenced by the number of the change that gave it: whatever is done to the
/// room's key is done only if that is still the last change of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub i64);

/// What a relay says of itself. There is nothing about groups in it but how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Where members reach it: a name or an address, with its port.
    pub address: String,
    /// The fingerprint of its key.
    pub key: [u8; 32],
    /// The label of the region that it serves; may be empty.
    pub region: String,
    /// What it carries.
    pub load: Load,
    /// Whether it takes no new rooms and gives away those that it has.
    pub draining: bool,
    /// The lease that it holds: what others put there for it ends with it.
    pub lease: i64,
}

/// Bytes of an address; the longest name of a host and a port.
pub(super) const ADDRESS: usize = 260;
/// Bytes of a region's label.
pub(super) const REGION: usize = 32;
/// Bytes of a record that is read.
const WRITTEN: usize = 1024;
/// How a record begins.
const FORM: &str = "ingle-relay-1";

impl Record {
    /// Whether a text can stand in a record as a region's label.
    pub fn is_label(text: &str) -> bool {
        text.len() <= REGION && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    }

    /// Whether a text can stand in a record as an address.
    pub fn is_address(text: &str) -> bool {
        !text.is_empty()
            && text.len() <= ADDRESS
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:[]".contains(c))
    }

    /// As one line of words, which a person can read too.
    pub fn write(&self) -> String {
        let Self { address, key, region, load, draining, lease } = self;
        let Load { rooms, connections, permille } = load;
        let mut line = format!("{FORM} address={address} key=");
        // A string takes everything.
        key.iter().for_each(|byte| _ = write!(line, "{byte:02x}"));
        let draining = u8::from(*draining);
        let _ = write!(
            line,
            " region={region} rooms={rooms} connections={connections} permille={permille} draining={draining} lease={lease:x}"
        );
        line
    }

    /// Reads what [`Record::write`] has written; `None` if it's anything else. Words that aren't known are passed over.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok().filter(|text| text.len() <= WRITTEN)?;
        let words: Vec<&str> = text.split(' ').collect();
        let (form, words) = words.split_first()?;
        let value = |name: &str| {
            words.iter().find_map(|word| word.split_once('=').filter(|(key, _)| *key == name)).map(|(_, value)| value)
        };
        let number = |name| value(name)?.parse::<u32>().ok();
        let record = Self {
            address: value("address").filter(|text| Self::is_address(text))?.to_owned(),
            key: bytes(value("key")?)?,
            region: value("region").filter(|text| Self::is_label(text))?.to_owned(),
            load: Load {
                rooms: number("rooms")?,
                connections: number("connections")?,
                permille: u16::try_from(number("permille")?).ok()?,
            },
            draining: number("draining")? != 0,
            lease: i64::from_str_radix(value("lease")?, 16).ok()?,
        };
        (*form == FORM).then_some(record)
    }
}

/// 64 hexadecimal digits.
fn bytes(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record {
            address: "[2001:db8::5]:4433".into(),
            key: [0xab; 32],
            region: "eu-west".into(),
            load: Load { rooms: 3, connections: 41, permille: 12 },
            draining: true,
            lease: 0x694d_9c1f,
        }
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        for record in [record(), Record { region: String::new(), draining: false, ..record() }] {
            assert_eq!(Record::parse(record.write().as_bytes()), Some(record));
        }
        let later = format!("{} more=things", record().write());
        assert_eq!(Record::parse(later.as_bytes()), Some(record()));
    }

    #[test]
    fn what_is_no_record_is_passed_over() {
        let whole = record().write();
        for cut in 0..whole.len() - "694d9c1f".len() {
            assert_eq!(Record::parse(&whole.as_bytes()[..cut]), None, "{cut}");
        }
        for (from, to) in [
            ("eu-west", "eu\u{1b}[2J"),
            ("eu-west", &"x".repeat(REGION + 1)),
            ("[2001:db8::5]:4433", "a/b"),
            ("[2001:db8::5]:4433", &"a".repeat(ADDRESS + 1)),
            ("abab", "zzab"),
            ("rooms=3", "rooms=-3"),
            ("permille=12", "permille=70000"),
            ("relay-1", "relay-2"),
        ] {
            assert_eq!(Record::parse(whole.replacen(from, to, 1).as_bytes()), None, "{to}");
        }
        assert_eq!(Record::parse(&[0xff; 80]), None);
        assert_eq!(Record::parse(format!("{whole} {}", "x".repeat(WRITTEN)).as_bytes()), None);
    }

    #[test]
    fn an_id_is_sixteen_digits() {
        assert_eq!(RelayId::parse(&RelayId(0x1f).to_string()), Some(RelayId(0x1f)));
        for wrong in ["", "1f", "+00000000000001f", "000000000000001g", "000000000000001f0"] {
            assert_eq!(RelayId::parse(wrong), None, "{wrong}");
        }
    }
}
