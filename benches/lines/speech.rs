//! What is said.

use std::io::{self, Error};
use std::path::Path;

use ingle::audio::RATE;

#[allow(dead_code)] // other benchmarks take all that a member says
#[path = "../support/speech.rs"]
mod voices;

use crate::wav;

/// Speech at 48 kHz.
pub struct Speech {
    pub sound: Vec<f32>,
    /// What it is, in words.
    pub name: String,
}

impl Speech {
    /// How long it is.
    pub fn seconds(&self) -> f64 {
        self.sound.len() as f64 / f64::from(RATE)
    }
}

/// The wav file at `path`, seen from `root`, or else one utterance of each of four voices of the practice group.
pub fn read(path: Option<&str>, root: &Path) -> io::Result<Speech> {
    let Some(path) = path else {
        let mut sound = Vec::new();
        for utterance in ["ana-01", "bo-02", "cyn-02", "dee-02"] {
            voices::read(&root.join("assets/voices").join(utterance).with_extension("opus"), &mut sound)?;
        }
        let name = "four voices of the practice group, which are synthetic (`assets/voices`)".into();
        return Ok(Speech { sound, name });
    };
    let problem = |what: &str| Error::other(format!("SPEECH={path} can't be used: {what}."));
    let full = root.join(path);
    let sound = wav::read(&full.display().to_string()).map_err(|error| problem(&error.to_string()))?;
    let speech = Speech { sound, name: format!("`{}`", full.file_name().unwrap_or_default().to_string_lossy()) };
    if (4.0..=300.0).contains(&speech.seconds()) { Ok(speech) } else { Err(problem("it must be 4 to 300 s long")) }
}
