//! How a file of settings that changes nothing shows one of them.

use clap::Arg;

/// Columns of a comment, its `#` among them.
pub const COLUMNS: usize = 100;

/// A setting that is switched off: what it does as a comment, and below it the line that would set it to `value`, which is TOML.
pub fn switched_off(arg: &Arg, help: &str, value: &str) -> String {
    format!("\n{}#{} = {value}\n", comment(help), arg.get_long().unwrap_or_default())
}

fn comment(text: &str) -> String {
    let (mut comment, mut line) = (String::new(), "#".to_owned());
    for word in text.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > COLUMNS {
            comment += &std::mem::replace(&mut line, "#".to_owned());
            comment.push('\n');
        }
        line.push(' ');
        line += word;
    }
    comment + &line + "\n"
}
