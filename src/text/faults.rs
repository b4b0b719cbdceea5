//! What is wrong below the screens, as their errors say it in English: sound, relays, codes and the file of settings.

use super::advice::{Advice, advice};
use super::catalogue::{say, text};
use super::names::any_of;
use crate::audio::{AudioError, Side};
use crate::config_file::{ConfigError, ConfigFault, LONGEST, shown};
use crate::crypto::code::CodeError;
use crate::transport::DialError;

/// For a choice between `[mic]` and `[speaker]` in a sentence, and the option that chooses the device.
fn side(side: Side) -> (&'static str, &'static str) {
    match side {
        Side::Microphone => ("mic", "--mic"),
        Side::Speaker => ("speaker", "--speaker"),
    }
}

/// Why there is no sound, and what to do next.
pub fn audio_fault(error: &AudioError) -> Advice {
    match error {
        AudioError::NoDevices { mic: true, speaker: false } => {
            advice(text("faults-no-mic"), text("faults-no-mic-hint"))
        }
        AudioError::NoDevices { mic: false, speaker: true } => {
            advice(text("faults-no-speaker"), text("faults-no-speaker-hint"))
        }
        AudioError::NoDevices { .. } => advice(text("faults-no-devices"), text("faults-no-devices-hint")),
        AudioError::NoSuchDevice { side: of, wanted, known } => {
            let (side, flag) = side(*of);
            let hint = match known.as_slice() {
                [] => say!("faults-no-such-device-none", side, flag),
                known => say!("faults-no-such-device-some", flag, names = known.join(", ")),
            };
            advice(say!("faults-no-such-device", side, wanted), hint)
        }
        AudioError::Unreadable { path, reason } => advice(
            say!("faults-sound-unreadable", path = path.display().to_string(), reason),
            text("faults-sound-unreadable-hint"),
        ),
        AudioError::NotWav { path, reason } => {
            advice(say!("faults-not-wav", path = path.display().to_string(), reason), text("faults-not-wav-hint"))
        }
        AudioError::Unwritable { path, reason } => advice(
            say!("faults-sound-unwritable", path = path.display().to_string(), reason),
            text("faults-sound-unwritable-hint"),
        ),
        AudioError::System(reason) => advice(say!("faults-sound-system", reason), text("faults-sound-system-hint")),
    }
}

/// Why a relay was not reached, and what to do next.
pub fn dial_fault(error: &DialError) -> Advice {
    match error {
        DialError::Address(written) => advice(say!("faults-address", written), text("faults-address-hint")),
        DialError::Name(name) => advice(say!("faults-relay-name", name), text("faults-relay-name-hint")),
        DialError::Offline(host) => advice(say!("faults-offline", host), text("faults-offline-hint")),
        DialError::Silent(host) => advice(say!("faults-silent", host), text("faults-silent-hint")),
        DialError::Version(host) => advice(say!("faults-relay-version", host), text("faults-relay-version-hint")),
        DialError::Full(host) => advice(say!("faults-relay-full", host), text("faults-relay-full-hint")),
        DialError::Key { host, .. } => advice(say!("faults-relay-key", host), text("faults-relay-key-hint")),
        DialError::Broke(host) => advice(say!("faults-broke", host), text("faults-broke-hint")),
        DialError::Local(reason) => advice(say!("faults-local", reason), text("faults-local-hint")),
    }
}

/// What is wrong with a code that was typed.
pub fn code_fault(error: &CodeError) -> String {
    match error {
        CodeError::NoNumber => text("faults-code-number").to_owned(),
        CodeError::WordCount(count) => say!("faults-code-words", count = *count),
        CodeError::UnknownWord(word) => say!("faults-code-unknown", word),
    }
}

/// What is wrong with a file of settings, and what to do about it.
pub fn config_fault(error: &ConfigError) -> Advice {
    (config_problem(error), config_hint(&error.fault))
}

fn config_problem(error: &ConfigError) -> String {
    let path = error.path.display().to_string();
    let at = match error.line {
        Some(line) => say!("faults-config-line", line, path),
        None => path.clone(),
    };
    match &*error.fault {
        ConfigFault::Unreadable(why) => say!("faults-config-unreadable", path, why),
        ConfigFault::NoFile => say!("faults-config-no-file", path),
        ConfigFault::TooLong => say!("faults-config-too-long", path),
        ConfigFault::NotToml(why) => say!("faults-config-not-toml", at, why = shown(why)),
        ConfigFault::UnknownTable { table, .. } => say!("faults-config-table", at, table = shown(table)),
        ConfigFault::UnknownKey { key, .. } => say!("faults-config-key", at, key = shown(key)),
        ConfigFault::NoValue { key } => say!("faults-config-no-value", at, key = shown(key)),
        ConfigFault::NoList { key } => say!("faults-config-no-list", at, key = shown(key)),
        ConfigFault::NoSwitch { key, value } | ConfigFault::WrongValue { key, value, why: None, .. } => {
            say!("faults-config-wrong", at, key, value = shown(value))
        }
        ConfigFault::WrongValue { key, value, why: Some(why), .. } => {
            say!("faults-config-wrong-why", at, key, value = shown(value), why = shown(why).trim_end_matches('.'))
        }
    }
}

fn config_hint(fault: &ConfigFault) -> String {
    let near = |nearest: &Option<String>, without: &'static str| match nearest {
        Some(nearest) => say!("faults-config-nearest", nearest),
        None => without.to_owned(),
    };
    match fault {
        ConfigFault::Unreadable(_) => text("faults-config-unreadable-hint").to_owned(),
        ConfigFault::NoFile => text("faults-config-no-file-hint").to_owned(),
        ConfigFault::TooLong => say!("faults-config-too-long-hint", most = LONGEST / 1024),
        ConfigFault::NotToml(_) => text("faults-config-not-toml-hint").to_owned(),
        ConfigFault::UnknownTable { nearest, .. } => near(nearest, text("faults-config-table-hint")),
        ConfigFault::UnknownKey { nearest, .. } => near(nearest, text("faults-config-key-hint")),
        ConfigFault::NoValue { key } => say!("faults-config-no-value-hint", key),
        ConfigFault::NoList { key } => say!("faults-config-no-list-hint", key),
        ConfigFault::NoSwitch { key, .. } => say!("faults-config-switch-hint", key),
        ConfigFault::WrongValue { possible, key, .. } => match possible.as_slice() {
            [] => say!("faults-config-wrong-hint", key),
            possible => say!("faults-config-possible", values = any_of(possible)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::Fingerprint;

    #[test]
    fn english_says_what_the_errors_of_sound_say() {
        let (path, reason, known) =
            (std::path::PathBuf::from("a.wav"), "gone".to_owned(), vec!["USB".to_owned(), "Hub".into()]);
        let devices = |mic, speaker| AudioError::NoDevices { mic, speaker };
        let named = |side, known| AudioError::NoSuchDevice { side, wanted: "x".into(), known };
        for error in [
            devices(true, false),
            devices(false, true),
            devices(true, true),
            named(Side::Microphone, known),
            named(Side::Speaker, vec![]),
            AudioError::Unreadable { path: path.clone(), reason: reason.clone() },
            AudioError::NotWav { path: path.clone(), reason: reason.clone() },
            AudioError::Unwritable { path, reason: reason.clone() },
            AudioError::System(reason),
        ] {
            assert_eq!(audio_fault(&error), (error.to_string(), error.hint()));
        }
    }

    #[test]
    fn english_says_what_the_errors_of_relays_say() {
        let host = || "relay.example:4433".to_owned();
        for error in [
            DialError::Address(host()),
            DialError::Name(host()),
            DialError::Offline(host()),
            DialError::Silent(host()),
            DialError::Version(host()),
            DialError::Full(host()),
            DialError::Key { host: host(), seen: Fingerprint([0; 32]), vouched: false },
            DialError::Broke(host()),
            DialError::Local("no sockets".into()),
        ] {
            assert_eq!(dial_fault(&error), (error.to_string(), error.hint().to_owned()));
        }
    }

    #[test]
    fn english_says_what_the_errors_of_codes_say() {
        for error in [
            CodeError::NoNumber,
            CodeError::WordCount(0),
            CodeError::WordCount(1),
            CodeError::WordCount(2),
            CodeError::UnknownWord("x".into()),
        ] {
            assert_eq!(code_fault(&error), error.to_string());
        }
    }

    #[test]
    fn english_says_what_the_errors_of_settings_say() {
        let key = || "mic".to_owned();
        let wrong = |possible: &[&str], why: Option<&str>| ConfigFault::WrongValue {
            key: key(),
            value: "x".into(),
            possible: possible.iter().map(|one| (*one).to_owned()).collect(),
            why: why.map(str::to_owned),
        };
        for fault in [
            ConfigFault::Unreadable("no".into()),
            ConfigFault::NoFile,
            ConfigFault::TooLong,
            ConfigFault::NotToml("odd".into()),
            ConfigFault::UnknownTable { table: "jon".into(), nearest: Some("join".into()) },
            ConfigFault::UnknownTable { table: "jon".into(), nearest: None },
            ConfigFault::UnknownKey { key: key(), nearest: Some("name".into()) },
            ConfigFault::UnknownKey { key: key(), nearest: None },
            ConfigFault::NoValue { key: key() },
            ConfigFault::NoList { key: key() },
            ConfigFault::NoSwitch { key: key(), value: "x".into() },
            wrong(&[], None),
            wrong(&["a"], Some("It is odd.")),
            wrong(&["a", "b", "c"], None),
        ] {
            for line in [None, Some(3)] {
                let error = ConfigError { path: "config.toml".into(), line, fault: Box::new(fault.clone()) };
                assert_eq!(config_fault(&error), (error.to_string(), error.hint()));
            }
        }
    }
}
