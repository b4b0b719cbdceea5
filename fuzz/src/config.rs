//! A file of settings: whatever it holds, it is read or refused with a sentence and the line.

use std::path::Path;
use std::time::Duration;

use ingle::config_file::ConfigFile;

use super::timed::took;

/// The time that it takes.
pub fn read(bytes: &[u8]) -> Duration {
    took(|| parse(&String::from_utf8_lossy(bytes)))
}

fn parse(text: &str) {
    let lines = text.lines().count().max(1);
    match ConfigFile::parse(Path::new("relay.toml"), text) {
        Ok(file) => {
            for setting in file.settings() {
                assert!((1..=lines).contains(&setting.line));
                assert!(file.setting(setting.table.as_deref(), &setting.key).is_some());
            }
        }
        Err(error) => {
            assert!(error.line.is_none_or(|line| line <= lines + 1));
            assert!(!error.to_string().is_empty() && !error.hint().is_empty());
        }
    }
}
