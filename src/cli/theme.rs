//! Themes: the colours of the screen by name, or from a file that a person writes.

use std::io::{self, Write};
use std::path::Path;

use ratatui::style::Color;

use super::sentence::Stop;
use crate::config_file::{ConfigError, ConfigFault, ConfigFile, Setting, nearest};
use crate::text::theme as text;
use crate::tui::{DARK, LIGHT, Palette};

/// The themes that come with ingle, as the files that a person would write.
const BUILT_IN: [(&str, &str); 5] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("ember", include_str!("../../assets/themes/ember.toml")),
    ("paper", include_str!("../../assets/themes/paper.toml")),
    ("contrast", include_str!("../../assets/themes/contrast.toml")),
];

/// The keys of a theme.
const KEYS: [&str; 13] = [
    "base",
    "background",
    "text",
    "heading",
    "faint",
    "rule",
    "selected-text",
    "selected-background",
    "speaking",
    "open-text",
    "open-background",
    "blocked-text",
    "blocked-background",
];

/// What a colour can be called.
const COLORS: [(&str, Color); 17] = [
    ("terminal", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("gray", Color::Gray),
    ("darkgray", Color::DarkGray),
    ("lightred", Color::LightRed),
    ("lightgreen", Color::LightGreen),
    ("lightyellow", Color::LightYellow),
    ("lightblue", Color::LightBlue),
    ("lightmagenta", Color::LightMagenta),
    ("lightcyan", Color::LightCyan),
    ("white", Color::White),
];

/// The colours of a theme: the name of one, or a file.
///
/// # Errors
/// [`Stop`] with what is wrong and where, if there is no such theme, or its file can't be used.
pub(super) fn theme(chosen: &str) -> Result<Palette, Stop> {
    let wrong = |error: ConfigError| Stop::usage((error.to_string(), error.hint()));
    let path = Path::new(chosen);
    let file = match built_in(chosen) {
        Some(source) => ConfigFile::parse(path, source).map(Some),
        None => ConfigFile::read(path),
    };
    let file = file.map_err(wrong)?.ok_or_else(|| no_theme(chosen))?;
    palette(&file).map_err(wrong)
}

/// `ingle config theme`: prints a theme, to begin one's own with.
///
/// # Errors
/// [`Stop`] if there is none of this name.
pub(super) fn print(name: &str) -> Result<(), Stop> {
    let source = built_in(name).ok_or_else(|| no_theme(name))?;
    // Whoever doesn't read it doesn't want to know.
    let _ = write!(io::stdout(), "{source}");
    Ok(())
}

/// The file of a theme that comes with ingle.
fn built_in(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, source)| *source)
}

/// What is said where there is no theme of this name.
fn no_theme(name: &str) -> Stop {
    let names = BUILT_IN.map(|(name, _)| name);
    let near = nearest(name, names.map(str::to_owned));
    Stop::usage(text::no_theme(name, near.as_deref(), &names))
}

fn palette(file: &ConfigFile) -> Result<Palette, ConfigError> {
    let fault = |line: usize, fault| ConfigError::new(file.path(), Some(line), fault);
    for setting in file.settings() {
        if setting.table.is_some() || !KEYS.contains(&setting.key.as_str()) {
            let near = nearest(&setting.key, KEYS.into_iter().map(str::to_owned));
            return Err(fault(setting.line, ConfigFault::UnknownKey { key: setting.key.clone(), nearest: near }));
        }
    }
    let light = match file.setting(None, "base") {
        None => false,
        Some(base) => match one(base) {
            Some("dark") => false,
            Some("light") => true,
            Some(_) | None => return Err(fault(base.line, wrong_value(base, &["dark", "light"]))),
        },
    };
    let base = if light { LIGHT } else { DARK };
    let of = |key: &str, own: Color| -> Result<Color, ConfigError> {
        let Some(setting) = file.setting(None, key) else { return Ok(own) };
        one(setting).and_then(color).ok_or_else(|| fault(setting.line, wrong_value(setting, &text::colors())))
    };
    let pair = |text: &str, behind: &str, own: (Color, Color)| Ok((of(text, own.0)?, of(behind, own.1)?));
    let selected = pair("selected-text", "selected-background", (Color::Reset, Color::Reset))?;
    Ok(Palette {
        light,
        ground: of("background", base.ground)?,
        text: of("text", base.text)?,
        heading: of("heading", base.heading)?,
        faint: of("faint", base.faint)?,
        rule: of("rule", base.rule)?,
        selected: (selected != (Color::Reset, Color::Reset)).then_some(selected),
        speaking: of("speaking", base.speaking)?,
        open: pair("open-text", "open-background", base.open)?,
        blocked: pair("blocked-text", "blocked-background", base.blocked)?,
    })
}

/// The one value of a key.
fn one(setting: &Setting) -> Option<&str> {
    match setting.values.as_slice() {
        [value] => Some(value),
        _ => None,
    }
}

fn wrong_value(setting: &Setting, possible: &[&str]) -> ConfigFault {
    ConfigFault::WrongValue {
        key: setting.key.clone(),
        value: setting.values.join(", "),
        possible: possible.iter().map(|value| (*value).to_owned()).collect(),
        why: None,
    }
}

fn color(written: &str) -> Option<Color> {
    let named = COLORS.iter().find(|(name, _)| *name == written).map(|(_, color)| *color);
    named.or_else(|| {
        let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Color::Rgb(part(0)?, part(2)?, part(4)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Result<Palette, ConfigError> {
        ConfigFile::parse(Path::new("mine.toml"), source).and_then(|file| palette(&file))
    }

    #[test]
    fn the_themes_that_come_with_ingle_are_easy_to_read() {
        for (name, _) in BUILT_IN {
            let Ok(palette) = theme(name) else { panic!("{name} is read") };
            assert_eq!(palette.hard_to_read(), [], "{name}");
        }
        assert_eq!((theme("dark").ok(), theme("light").ok()), (Some(DARK), Some(LIGHT)));
        for (name, source) in BUILT_IN {
            assert!(KEYS.iter().all(|key| source.contains(&format!("\n{key} = "))), "{name} has every key");
        }
    }

    #[test]
    fn a_theme_says_what_differs_from_its_base() {
        let palette = read("base = \"light\"\nspeaking = \"#0F5c8c\"\nselected-background = \"cyan\"\n").expect("read");
        let selected = Some((Color::Reset, Color::Cyan));
        assert_eq!(palette, Palette { speaking: Color::Rgb(15, 92, 140), selected, ..LIGHT });
        assert_eq!(read("").expect("read"), DARK);
    }

    #[test]
    fn a_slip_in_a_theme_is_named_with_its_line() {
        let told = |source: &str| {
            let error = read(source).expect_err("wrong");
            format!("{error} {}", error.hint())
        };
        let unknown = told("text = \"white\"\nheding = \"white\"\n");
        assert!(
            unknown.contains("Line 2 of mine.toml sets “heding”") && unknown.contains("meant heading"),
            "{unknown}"
        );
        for value in ["\"#12345\"", "\"#12345g\"", "\"#é1234\"", "\"grene\"", "[\"red\", \"blue\"]", "3"] {
            let wrong = told(&format!("speaking = {value}\n"));
            assert!(wrong.contains("Line 1") && wrong.contains("#rrggbb"), "{wrong}");
        }
        assert!(told("base = \"gray\"\n").contains("dark or light"));
        assert!(told("[open]\ntext = \"red\"\n").contains("isn't known"));
    }
}
