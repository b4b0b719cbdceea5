//! The charter that a group begins with: a preset's name, or a file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};

use toml::{Spanned, Value};

use super::sentence::Stop;
use crate::session::{Charter, clean};
use crate::text;

/// The largest file of a charter, in bytes.
const LONGEST: u64 = 16 * 1024;

/// The charter that was asked for.
///
/// # Errors
/// [`Stop`] if it is neither a preset nor a file that holds a charter.
pub(super) fn read(asked: &str) -> Result<Charter, Stop> {
    if let Some(charter) = Charter::preset(asked) {
        return Ok(charter);
    }
    let name = clean::chat(asked);
    let bytes = load(asked).map_err(|error| Stop::usage(text::no_charter(&name, error.kind())))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Stop::usage(text::long_charter(&name)));
    }
    let written = String::from_utf8(bytes).map_err(|_| Stop::usage(text::odd_charter(&name, None)))?;
    charter(&name, &written)
}

fn load(path: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn charter(name: &str, written: &str) -> Result<Charter, Stop> {
    let line = |at: usize| 1 + written.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let points: BTreeMap<Spanned<String>, Spanned<Value>> = toml::from_str(written)
        .map_err(|error| Stop::usage(text::odd_charter(name, error.span().map(|span| line(span.start)))))?;
    // What a charter is like comes first, whatever stands above it.
    let (like, rest): (Vec<_>, Vec<_>) = points.iter().partition(|(point, _)| point.get_ref() == "like");
    like.into_iter().chain(rest).try_fold(Charter::default(), |charter, (point, value)| {
        let held = match value.get_ref() {
            Value::String(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Array(_) => text::A_LIST.to_owned(),
            Value::Table(_) => text::A_TABLE.to_owned(),
            _ => text::NO_WORD.to_owned(),
        };
        let changed = charter.with(point.get_ref(), &held);
        changed.map_err(|error| Stop::usage(text::wrong_charter(name, line(point.span().start), &error)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_the_presets_say_what_the_presets_are() {
        for (name, preset) in Charter::PRESETS {
            let path = format!("{}/assets/charters/{name}.toml", env!("CARGO_MANIFEST_DIR"));
            assert!(read(&path).is_ok_and(|charter| charter == preset), "{path}");
            assert!(read(name).is_ok_and(|charter| charter == preset));
        }
    }
}
