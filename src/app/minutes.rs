//! Minutes that somebody wants to keep: the only words that are ever written to a file, and only by their wish.

use std::fs::OpenOptions;
use std::io::{self, Write};

use crate::session::{Event, Room, Trouble, clean};
use crate::text;

/// Writes the minutes to a new file, which its owner alone can read.
pub(super) fn keep(room: &Room, path: &str) -> Event {
    if !room.state.decisions.is_read() {
        return user_error(text::minutes_not_read());
    }
    let place = at_home(path);
    match write(&place, &text::minutes_file(room)) {
        Ok(()) => Event::Saved(clean::chat(path)),
        Err(error) => user_error(text::minutes_not_kept(&clean::chat(path), error.kind())),
    }
}

fn user_error((message, hint): text::Advice) -> Event {
    Event::Trouble(Trouble::Message { message, hint })
}

/// `~/` is the home of whoever types it; no shell has seen the path.
fn at_home(path: &str) -> std::path::PathBuf {
    match (path.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => std::path::Path::new(&home).join(rest),
        _ => path.into(),
    }
}

fn write(path: &std::path::Path, minutes: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(minutes.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::fixture::{act, group};
    use crate::session::{Act, Answer, Decide, Motion, Op};

    #[test]
    fn minutes_are_kept_once_read_and_nothing_is_overwritten() {
        let mut room = group(&["Hal", "Ana"], 1);
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("minutes.md").display().to_string();
        act(&mut room, 1, Act::None, Op::Decide(Decide::Propose("Break at three.".into(), Motion::Text)));
        act(&mut room, 0, Act::None, Op::Decide(Decide::Answer(1, Answer::Agree)));
        act(&mut room, 1, Act::None, Op::Decide(Decide::Test(1)));
        let trouble = |event| matches!(event, Event::Trouble(Trouble::Message { .. }));
        assert!(trouble(keep(&room, &path)) && !std::path::Path::new(&path).exists());
        act(&mut room, 0, Act::None, Op::Decide(Decide::ReadBack));
        assert_eq!(keep(&room, &path), Event::Saved(path.clone()));
        let text = std::fs::read_to_string(&path).expect("written");
        assert_eq!(
            text,
            "# Minutes of Tuesday group\n\n1. Break at three. Proposed by Ana. Agreed: 2 for it.\n\nRead back to the group; 0 \
             of 2 have agreed so far.\n"
        );
        assert!(trouble(keep(&room, &path)), "it is there already");
        assert_eq!(std::fs::read_to_string(&path).expect("still there"), text);
        assert!(trouble(keep(&room, &dir.path().join("no/such").display().to_string())));
    }
}
