//! Completions for shells and manual pages, made from the arguments themselves.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use super::help::sections;
use super::sentence::Stop;
use crate::text::{help, settings as text};

/// `ingle completions`.
pub(super) fn completions(mut command: Command, shell: Shell) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "ingle", &mut script);
    // Whoever doesn't read it doesn't want it.
    let _ = io::stdout().write_all(&script);
}

/// `ingle man`: one page, or all of them into a directory.
///
/// # Errors
/// [`Stop`] if there is no such command, or the directory can't be written.
pub(super) fn man(command: Command, of: Option<&str>, dir: Option<&Path>) -> Result<(), Stop> {
    let pages = pages(command);
    if let Some(dir) = dir {
        let shown = dir.display().to_string();
        let write = || {
            fs::create_dir_all(dir)?;
            pages.iter().try_for_each(|(name, page)| fs::write(dir.join(format!("{name}.1")), page))
        };
        return write().map_err(|error: io::Error| Stop::failure(text::unwritten(&shown, &error.to_string())));
    }
    let name = of.map_or_else(|| "ingle".to_owned(), |of| format!("ingle-{of}"));
    let Some((_, page)) = pages.into_iter().find(|(page, _)| *page == name) else {
        let of: String = of.unwrap_or_default().chars().filter(|c| !c.is_control()).take(40).collect();
        return Err(Stop::usage(text::no_page(&of)));
    };
    let _ = io::stdout().write_all(&page);
    Ok(())
}

/// The page of the program and of each of its commands, by name.
fn pages(command: Command) -> Vec<(String, Vec<u8>)> {
    let mut command = sections(command).disable_help_subcommand(true);
    command.build();
    let commands: Vec<Command> = command.get_subcommands().cloned().collect();
    let each = commands.into_iter().map(|one| {
        let name = format!("ingle-{}", one.get_name());
        (name.clone(), one.display_name(name))
    });
    let all = std::iter::once(("ingle".to_owned(), command.clone())).chain(each);
    all.map(|(name, command)| {
        let mut page = Vec::new();
        // Writing into memory doesn't fail.
        let _ = Man::new(command).title(name.clone()).render(&mut page);
        (name, headed(&String::from_utf8_lossy(&page)).into_bytes())
    })
    .collect()
}

/// The page with its headings in the language that is read.
fn headed(page: &str) -> String {
    let heading = |line: &str| {
        let of = line.strip_prefix(".SH ")?;
        let (_, heading) = help::PAGE_HEADINGS.iter().find(|(written, _)| *written == of)?;
        Some(format!(".SH {heading}"))
    };
    page.lines().map(|line| heading(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Arguments;
    use crate::text::Language;

    #[test]
    fn each_command_has_a_page_that_names_its_options() {
        let pages = pages(Arguments::command());
        let names: Vec<_> = pages.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[..4], ["ingle", "ingle-host", "ingle-join", "ingle-rehearse"]);
        let text = |at: usize| String::from_utf8(pages[at].1.clone()).expect("text");
        insta::assert_snapshot!(text(0));
        for (at, page) in (0..names.len()).map(text).enumerate() {
            assert!(page.contains(".TH ") && page.contains(".SH SYNOPSIS"), "{}: {page}", names[at]);
        }
        assert!(text(2).contains("\\-\\-no\\-discovery"), "{}", text(2));
    }

    #[test]
    fn pages_follow_the_language() {
        let pages = Language::German.speak(|| pages(Arguments::command()));
        let join = String::from_utf8(pages[2].1.clone()).expect("text");
        insta::assert_snapshot!("page_german", join);
        for heading in [".SH OPTIONS", ".SH EXTRA", ".SH DESCRIPTION", "environment variable", "Possible values"] {
            assert!(!join.contains(heading), "{heading}");
        }
    }

    #[test]
    fn each_shell_completes_the_commands() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "ingle", &mut script);
            let script = String::from_utf8(script).expect("text");
            for word in ["join", "rehearse", "doctor", "on-unplug"] {
                assert!(script.contains(word), "{shell} knows {word}");
            }
        }
    }
}
